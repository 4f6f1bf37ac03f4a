"""Files that no row speaks of: their step was refused or died after they were stored."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from integritas.berkas.simpan import delete_berkas, iter_sha256
from integritas.models import Berkas

SEKALIGUS = 500


def sweep_yatim(
    lebih_tua_dari: timedelta, *, hapus: bool, storage: Storage = default_storage
) -> list[str]:
    """Their sums; with `hapus` they are gone. Younger ones stay: their row may be on its way, and
    a file that comes in again becomes young again."""
    batas = timezone.now() - lebih_tua_dari
    hasil = []
    for kelompok in _batch(sha256 for sha256, pada in iter_sha256(storage) if pada < batas):
        dikenal = set(Berkas.objects.filter(sha256__in=kelompok).values_list("sha256", flat=True))
        hasil += [satu for satu in kelompok if satu not in dikenal]
    if hapus:
        for satu in hasil:
            delete_berkas(satu, storage)
    return hasil


def _batch(semua: Iterator[str]) -> Iterator[list[str]]:
    kelompok = []
    for satu in semua:
        kelompok.append(satu)
        if len(kelompok) == SEKALIGUS:
            yield kelompok
            kelompok = []
    if kelompok:
        yield kelompok
