"""Names and sizes of files as people read them."""

import re
import unicodedata
from pathlib import PurePosixPath

from integritas.teks import format_angka

NAMA_TERPANJANG = 200
KILO, MEGA = 1024, 1024 * 1024


def tidy_nama(nama: str) -> str:
    """A file's name as it may be stored and shown: no folder, no control or direction signs, not
    longer than its column; the ending stays."""
    nama = unicodedata.normalize("NFC", nama).replace("\\", "/").rpartition("/")[2]
    nama = "".join(huruf if huruf.isprintable() else " " for huruf in nama)
    nama = re.sub(r"\s+", " ", nama).strip(" .") or "tanpa nama"
    if len(nama) <= NAMA_TERPANJANG:
        return nama
    akhiran = PurePosixPath(nama).suffix[:12]
    return nama[: NAMA_TERPANJANG - len(akhiran)].rstrip() + akhiran


def say_ukuran(ukuran: int) -> str:
    """`3,4 MB`, `12 KB`."""
    if ukuran >= MEGA:
        return f"{format_angka(ukuran / MEGA, 1)} MB"
    return f"{format_angka(max(1, round(ukuran / KILO)))} KB"
