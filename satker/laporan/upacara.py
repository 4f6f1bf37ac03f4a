"""Minutes and attendance list of an event as PDF/A.

Every date in the file is that of the row, so the same row always gives the same bytes.
"""

import datetime
import io
import json
from pathlib import Path

import segno
import typst

from satker.goresan import LEBAR, TINGGI

FOLDER = Path(__file__).parent
# For archives: fonts embedded, nothing fetched.
STANDAR = "a-2b"
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
    # Files by name are taken in the place of a path; its type hints do not know it.
    return typst.compile(  # type: ignore[call-overload]
        {
            "main.typ": (FOLDER / templat).read_bytes(),
            "bersama.typ": (FOLDER / "bersama.typ").read_bytes(),
            "data.json": json.dumps(data, ensure_ascii=False, sort_keys=True).encode(),
            "qr.svg": qr.getvalue(),
        },
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=[STANDAR],
    )
