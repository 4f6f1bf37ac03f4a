"""A file on its way in: checked, scanned, stored once, and its row."""

from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.core.files import File

from integritas.berkas.jenis import fit_nama
from integritas.berkas.nama import tidy_nama
from integritas.berkas.simpan import store_berkas
from integritas.berkas.terima import accept_berkas
from integritas.models import Berkas


class Masuk(NamedTuple):
    """A harmless file that lies in the store; no row speaks of it yet. The name ends as its kind."""

    sha256: str
    ukuran: int
    jenis: str
    mime: str
    nama: str


def receive(berkas: BinaryIO | File, nama: str, *, jalur: Path | None = None) -> Masuk:
    """Refuse the file, or put it into the store. `jalur` as in `store_berkas`; an upload brings its
    own, and its sum."""
    nama = tidy_nama(nama)
    hasil = accept_berkas(berkas, nama)  # type: ignore[arg-type]
    sha256 = getattr(berkas, "sha256", None)
    if sha256:
        jalur = berkas.jalur
    tersimpan = store_berkas(berkas, jalur=jalur, sha256=sha256)
    nama = tidy_nama(fit_nama(nama, hasil.jenis))
    return Masuk(tersimpan.sha256, tersimpan.ukuran, hasil.jenis, hasil.mime, nama)


def ensure_berkas(masuk: Masuk) -> int:
    """The key of the row of this content, made by the first of those who bring it."""
    satu = Berkas(sha256=masuk.sha256, ukuran=masuk.ukuran, jenis=masuk.jenis, mime=masuk.mime)
    [satu] = Berkas.objects.bulk_create(
        [satu], update_conflicts=True, unique_fields=["sha256"], update_fields=["ukuran"]
    )
    return satu.pk
