"""Files whose last revision is gone: their rows, and then their bytes."""

from collections.abc import Iterable

from django.db import transaction

from integritas.berkas.simpan import delete_berkas
from penilaian.models import Berkas


def forget_berkas(daftar_pk: Iterable[int]) -> None:
    """Of these files, let go of those that no revision names any more. The bytes follow once this
    is committed, unless somebody has brought the same content by then."""
    lepas = Berkas.objects.filter(pk__in=list(daftar_pk), revisibukti__isnull=True)
    daftar_sha256 = list(lepas.values_list("sha256", flat=True))
    Berkas.objects.filter(sha256__in=daftar_sha256).delete()
    transaction.on_commit(lambda: _delete(daftar_sha256))


def _delete(daftar_sha256: list[str]) -> None:
    ada = set(Berkas.objects.filter(sha256__in=daftar_sha256).values_list("sha256", flat=True))
    for sha256 in daftar_sha256:
        if sha256 not in ada:
            delete_berkas(sha256)
