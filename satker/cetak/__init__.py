"""Papers of the pact for people without a screen, set by typst from data passed as JSON."""

import datetime
import io
from pathlib import Path
from typing import Any

from integritas.cetak import print_pdf
from integritas.teks import format_tanggal

FOLDER = Path(__file__).parent


def print_slip(naskah, daftar_slip: list[dict], *, satker: str, pada: datetime.date) -> bytes:
    """Slips to cut out, eight to a page of A4. A slip has `personel`, `tautan` and `qr`, a segno
    code."""
    data = {
        "judul": naskah.judul,
        "waktu": "",
        "ajakan": "Pindai kode ini dengan kamera ponsel untuk membaca dan menandatangani",
    }
    daftar = [
        {
            "satker": satker,
            "nama": slip["personel"].nama,
            "jabatan": slip["personel"].jabatan,
            "kode": "",
            "tautan": slip["tautan"],
            "qr": slip["qr"],
        }
        for slip in daftar_slip
    ]
    return _print_slip(data, daftar, pada)


def print_slip_upacara(judul: str, waktu: str, daftar_slip: list[dict], pada) -> bytes:
    """Slips for people who are invited to an event and have no address: `satker`, `nama`,
    `jabatan`, `kode` of the door, `tautan` of the personal page, and `qr`, a segno code of it."""
    data = {
        "judul": judul,
        "waktu": waktu,
        "ajakan": "Tunjukkan kode ini di pintu, atau pindai dengan kamera ponsel untuk membaca dan menandatangani naskah:",
    }
    return _print_slip(data, daftar_slip, pada)


def _print_slip(data: dict, daftar: list[dict], pada: datetime.date) -> bytes:
    berkas = {}
    for nomor, slip in enumerate(daftar):
        gambar = io.BytesIO()
        slip.pop("qr").save(gambar, kind="svg", border=2, light="white", xmldecl=False)
        berkas[f"qr-{nomor}.svg"] = gambar.getvalue()
    data |= {"slip": daftar, "pada": [pada.year, pada.month, pada.day]}
    return _compile("slip.typ", data, berkas)


def print_lembar(naskah, daftar_orang: list, *, satker: str, pada: datetime.date) -> bytes:
    """The frozen text with a place to sign for each of these people."""
    data = _describe(naskah, satker, pada) | {
        "teks": naskah.teks,
        "persetujuan": naskah.persetujuan,
        "orang": [{"nama": satu.nama, "jabatan": satu.jabatan} for satu in daftar_orang],
    }
    return _compile("lembar.typ", data, {})


def _describe(naskah, satker: str, pada: datetime.date) -> dict[str, Any]:
    return {
        "judul": naskah.judul,
        "tahun": naskah.tahun,
        "sidik": naskah.sidik,
        "satker": satker,
        "pada": [pada.year, pada.month, pada.day],
        "dicetak": format_tanggal(pada),
    }


def _compile(templat: str, data: dict, berkas: dict[str, bytes]) -> bytes:
    return print_pdf({"main.typ": (FOLDER / templat).read_bytes(), **berkas}, data)
