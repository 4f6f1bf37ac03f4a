"""Files that are two things at once: whatever a second reader would find before or behind."""

import re
from typing import BinaryIO

from integritas.berkas.baca import BACA, find_pola, read_at
from integritas.berkas.tolak import BerkasDitolakError

AWAL = 1024 + 8
EKOR = 65_535 + 22
# How far programs look for the beginning of an archive behind something else.
AWAL_ARSIP = 8 * 1024 * 1024
NASKAH = re.compile(rb"<(?:script|html|!doctype\s+html|\?php|svg|iframe|body)\b", re.IGNORECASE)
_PROGRAM = re.compile(rb"\x7fELF[\x01\x02][\x01\x02]\x01|This program (?:cannot|must) be run")
_ARSIP = re.compile(
    rb"PK\x03\x04[\x00-\x40]\x00|PK\x05\x06\x00\x00|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c"
)
_ARSIP_TENGAH = re.compile(rb"Rar!\x1a\x07[\x00\x01]|7z\xbc\xaf\x27\x1c\x00")
_TANDA_ARSIP = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
# A picture whose length in its head opens a comment of JavaScript, which is closed further down.
_TUTUP_KOMENTAR = re.compile(rb"\*/\s{0,16}[=;,.+(]")


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


def refuse_naskah(isi: bytes, tempat: str) -> None:
    """Refuse a page or script among the notes of an image or video."""
    if NASKAH.search(isi):
        raise BerkasDitolakError(f"ada naskah program di dalam keterangan {tempat}. Simpan ulang.")


def refuse_ganda(berkas: BinaryIO, ukuran: int, jenis: str) -> None:
    """Refuse a file that begins as one kind and is also another."""
    awal = read_at(berkas, 0, AWAL)
    if awal.count(b"%PDF-") > (jenis == "pdf") or NASKAH.search(awal):
        raise BerkasDitolakError("berkas ini sekaligus berkas jenis lain. Simpan ulang isinya.")
    if awal[4:6] == b"/*" and any(find_pola(berkas, _TUTUP_KOMENTAR, tumpang=32)):
        raise BerkasDitolakError("berkas ini sekaligus naskah program. Simpan ulang isinya.")
    if jenis in {"docx", "xlsx", "pptx"}:
        return
    if _has_zip(berkas, ukuran):
        raise BerkasDitolakError("ada arsip zip yang disisipkan di dalamnya. Simpan ulang isinya.")
    if _has_arsip(berkas):
        raise BerkasDitolakError("ada arsip yang disisipkan di dalamnya. Simpan ulang isinya.")


def _has_arsip(berkas: BinaryIO) -> bool:
    """One of the archives whose readers look for its beginning anywhere."""
    sisa = b""
    for mulai in range(0, AWAL_ARSIP, BACA):
        potong = sisa + read_at(berkas, mulai, BACA)
        # Two quick looks, the longer the quicker, instead of a slow one at every byte.
        if any(satu in potong for satu in _TANDA_ARSIP) and _ARSIP_TENGAH.search(potong):
            return True
        sisa = potong[-8:]
    return False


def _has_zip(berkas: BinaryIO, ukuran: int) -> bool:
    """A table of contents that a zip reader, which begins at the end, would accept."""
    mulai = max(0, ukuran - EKOR)
    ekor = read_at(berkas, mulai, EKOR)
    tempat = ekor.rfind(b"PK\x05\x06")
    while tempat >= 0:
        panjang = int.from_bytes(ekor[tempat + 12 : tempat + 16], "little")
        isi = mulai + tempat - panjang
        if ekor[max(0, tempat - 20) :].startswith(b"PK\x06\x07"):
            # The locator of ZIP64, which says where the table is.
            return True
        if 46 <= panjang <= mulai + tempat and read_at(berkas, isi, 4) == b"PK\x01\x02":
            return True
        tempat = ekor.rfind(b"PK\x05\x06", 0, tempat)
    return False
