"""Files that are two things at once: whatever a second reader would find before or behind."""

import re
from typing import BinaryIO

from integritas.berkas.baca import read_at
from integritas.berkas.tolak import BerkasDitolakError

AWAL = 1024 + 8
EKOR = 65_535 + 22
NASKAH = re.compile(rb"<(?:script|html|!doctype\s+html|\?php|svg|iframe|body)\b", re.IGNORECASE)
_PROGRAM = re.compile(rb"\x7fELF[\x01\x02][\x01\x02]\x01|This program (?:cannot|must) be run")
_ARSIP = re.compile(
    rb"PK\x03\x04[\x00-\x40]\x00|PK\x05\x06\x00\x00|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c"
)


def find_asing(data: bytes) -> str:
    """What a second reader would make of the bytes; empty when nothing is recognised."""
    if b"%PDF-" in data:
        return "dokumen PDF"
    if _ARSIP.search(data):
        return "arsip"
    if _PROGRAM.search(data) or data.startswith(b"MZ"):
        return "program"
    if NASKAH.search(data):
        return "naskah program atau halaman web"
    return ""


def refuse_ganda(berkas: BinaryIO, ukuran: int, jenis: str) -> None:
    """Refuse a file that begins as one kind and is also another."""
    awal = read_at(berkas, 0, AWAL)
    if awal.count(b"%PDF-") > (jenis == "pdf") or NASKAH.search(awal):
        raise BerkasDitolakError("berkas ini sekaligus berkas jenis lain. Simpan ulang isinya.")
    if jenis not in {"docx", "xlsx", "pptx"} and _has_zip(berkas, ukuran):
        raise BerkasDitolakError("ada arsip zip yang disisipkan di dalamnya. Simpan ulang isinya.")


def _has_zip(berkas: BinaryIO, ukuran: int) -> bool:
    """A table of contents that a zip reader, which begins at the end, would accept."""
    mulai = max(0, ukuran - EKOR)
    ekor = read_at(berkas, mulai, EKOR)
    tempat = ekor.rfind(b"PK\x05\x06")
    while tempat >= 0:
        panjang = int.from_bytes(ekor[tempat + 12 : tempat + 16], "little")
        isi = mulai + tempat - panjang
        if 46 <= panjang <= mulai + tempat and read_at(berkas, isi, 4) == b"PK\x01\x02":
            return True
        tempat = ekor.rfind(b"PK\x05\x06", 0, tempat)
    return False
