"""What a file really is, by its content alone, and whether it is harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from integritas.berkas import gambar, mp4, office, pdf
from integritas.berkas.awalan import find_sebutan
from integritas.berkas.baca import measure, read_at
from integritas.berkas.batas import Batas
from integritas.berkas.ekor import AWAL, refuse_ganda
from integritas.berkas.rangka_pdf import find_kepala
from integritas.berkas.tolak import BerkasDitolakError
from integritas.teks import format_angka

MEGA = 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
MIME = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "mp4": "video/mp4",
}
AKHIRAN = {jenis: {f".{jenis}"} for jenis in MIME} | {"jpeg": {".jpg", ".jpeg", ".jpe", ".jfif"}}
DITERIMA = "PDF, JPEG, PNG, WebP, DOCX, XLSX, PPTX, atau MP4"
_SEMUA_AKHIRAN = frozenset().union(*AKHIRAN.values())


@dataclass(frozen=True)
class Hasil:
    """What the file is; `mime` is ours, never what the browser said."""

    jenis: str
    mime: str
    ukuran: int


def check_berkas(berkas: BinaryIO, nama: str, *, batas: Batas | None = None) -> Hasil:
    """Refuse a file that is not what we take or could do harm, with a sentence that names it."""
    try:
        return _check(berkas, nama, batas or Batas())
    except BerkasDitolakError as error:
        raise BerkasDitolakError(f"Berkas “{_shorten(nama)}” tidak diterima: {error}") from error
    finally:
        berkas.seek(0)


def _check(berkas: BinaryIO, nama: str, batas: Batas) -> Hasil:
    ukuran = measure(berkas)
    if not ukuran:
        raise BerkasDitolakError("isinya kosong.")
    awal = read_at(berkas, 0, AWAL)
    check = _find_pemeriksa(awal)
    if not check:
        raise BerkasDitolakError(f"isinya {find_sebutan(berkas, awal)}. Yang diterima: {DITERIMA}.")
    _refuse_ukuran(ukuran, batas.video if check is mp4.check else batas.berkas)
    jenis = check(berkas, ukuran, batas)
    refuse_ganda(berkas, ukuran, jenis)
    return Hasil(jenis, MIME[jenis], ukuran)


def _find_pemeriksa(awal: bytes) -> Callable[[BinaryIO, int, Batas], str] | None:
    """Who can tell whether a file that begins so is sound."""
    if awal.startswith(b"\xff\xd8\xff"):
        return gambar.check_jpeg
    if awal.startswith(b"\x89PNG\r\n\x1a\n"):
        return gambar.check_png
    if awal.startswith(b"RIFF") and awal[8:12] == b"WEBP":
        return gambar.check_webp
    if awal.startswith(b"PK\x03\x04"):
        return office.check
    if awal[4:8] == b"ftyp":
        return mp4.check
    if find_kepala(awal) >= 0:
        return pdf.check
    return None


def _refuse_ukuran(ukuran: int, maks: int) -> None:
    if ukuran > maks:
        raise BerkasDitolakError(
            f"besarnya {format_angka(ukuran / MEGA, 1)} MB; paling besar "
            f"{format_angka(maks // MEGA)} MB."
        )


def fit_nama(nama: str, jenis: str) -> str:
    """The name with the ending of what the file is: a phone calls a PNG `.jpg`, a scanner's file
    has none, and `surat.pdf.exe` must not be handed out under that name."""
    akhiran = PurePosixPath(nama).suffix
    if akhiran.lower() in AKHIRAN[jenis]:
        return nama
    if akhiran.lower() in _SEMUA_AKHIRAN:
        nama = nama.removesuffix(akhiran)
    return f"{nama}.{jenis}"


def _shorten(nama: str) -> str:
    """The name without control and direction signs, at most 80 characters of it."""
    bersih = "".join(huruf for huruf in nama if huruf.isprintable())
    return bersih if len(bersih) <= 80 else f"{bersih[:50]}…{bersih[-28:]}"
