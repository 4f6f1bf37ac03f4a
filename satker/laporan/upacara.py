"""Minutes and attendance list of an event as PDF/A.

Every date in the file is that of the row, so the same row always gives the same bytes.
"""

import datetime
import io
from pathlib import Path

import segno

from integritas.cetak import print_pdf
from satker.goresan import LEBAR, TINGGI

FOLDER = Path(__file__).parent
BERITA, HADIR = "berita_acara.typ", "daftar_hadir.typ"


def print_berita(isi: dict, *, versi: int, alamat: str, dibuat: datetime.datetime) -> bytes:
    """The minutes; `alamat` is where they are checked. No name of anybody but witnesses."""
    tanpa_hadir = {kunci: nilai for kunci, nilai in isi.items() if kunci != "hadir"}
    return _print(BERITA, tanpa_hadir, versi, alamat, dibuat)


def print_hadir(isi: dict, *, versi: int, alamat: str, dibuat: datetime.datetime) -> bytes:
    """The attendance list: internal."""
    return _print(HADIR, isi, versi, alamat, dibuat)


def _print(templat: str, isi: dict, versi: int, alamat: str, dibuat: datetime.datetime) -> bytes:
    utc = dibuat.astimezone(datetime.UTC)
    data = isi | {
        "versi": versi,
        "alamat": alamat,
        "dibuat": [utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second],
        "kotak": [LEBAR, TINGGI],
    }
    qr = io.BytesIO()
    segno.make(alamat, error="m").save(qr, kind="svg", border=1)
    berkas = {
        "main.typ": (FOLDER / templat).read_bytes(),
        "bersama.typ": (FOLDER / "bersama.typ").read_bytes(),
        "qr.svg": qr.getvalue(),
    }
    return print_pdf(berkas, data)
