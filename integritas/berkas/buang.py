"""Files that nothing speaks of any more: their rows, and then their bytes."""

from collections.abc import Iterable

from django.db import transaction

from integritas.berkas.simpan import delete_berkas
from integritas.models import Berkas


def forget_berkas(daftar_pk: Iterable[int]) -> None:
    """Of these files, let go of those that no row of any app names any more. The bytes follow once
    this is committed, unless somebody has brought the same content by then."""
    lepas = Berkas.objects.filter(pk__in=list(daftar_pk))
    for relasi in Berkas._meta.related_objects:
        lepas = lepas.filter(**{f"{relasi.field.related_query_name()}__isnull": True})
    daftar_sha256 = list(lepas.values_list("sha256", flat=True).distinct())
    Berkas.objects.filter(sha256__in=daftar_sha256).delete()
    transaction.on_commit(lambda: _delete(daftar_sha256))


def _delete(daftar_sha256: list[str]) -> None:
    ada = set(Berkas.objects.filter(sha256__in=daftar_sha256).values_list("sha256", flat=True))
    for sha256 in daftar_sha256:
        if sha256 not in ada:
            delete_berkas(sha256)
