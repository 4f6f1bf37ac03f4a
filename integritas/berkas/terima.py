"""One door for every file that comes in: what it is, how large it may be here, and whether it is ill."""

from typing import BinaryIO

from django.conf import settings

from integritas.berkas.batas import MEGA, Batas
from integritas.berkas.clamd import scan_virus
from integritas.berkas.jenis import Hasil, check_berkas
from integritas.berkas.tolak import BerkasDitolakError


def read_batas() -> Batas:
    """The limits of this installation."""
    return Batas(berkas=settings.BERKAS_MAKS_MB * MEGA, video=settings.VIDEO_MAKS_MB * MEGA)


def accept_berkas(berkas: BinaryIO, nama: str) -> Hasil:
    """Refuse what `check_berkas` refuses, and what the scanner finds when there is one."""
    hasil = check_berkas(berkas, nama, batas=read_batas())
    if settings.INTEGRITAS_CLAMD:
        virus = scan_virus(berkas, settings.INTEGRITAS_CLAMD)
        berkas.seek(0)
        if virus:
            raise BerkasDitolakError(f"Berkas “{nama}” tidak diterima: berisi virus ({virus}).")
    return hasil
