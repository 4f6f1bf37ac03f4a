"""The Perjanjian Kinerja as people sign it: the statement with both parties, and its attachment."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from integritas.angka import show_angka, show_rupiah
from integritas.cetak import print_pdf
from integritas.teks import format_tanggal
from satker.janji import Isi, Pihak

TEMPLAT = Path(__file__).parent / "janji.typ"


def print_perjanjian(
    isi: Isi,
    pihak: Mapping[str, Pihak],
    *,
    satker: str,
    tahun: int,
    versi: int,
    tempat: str,
    tanggal: datetime.date | None,
    sidik: str,
    draf: bool,
    pada: datetime.date,
    catatan: str = "",
) -> bytes:
    """The document as PDF/A. `sidik` stands at the foot; a `draf` says so across every page.
    `catatan` stands at the head of each."""
    data: dict[str, Any] = {
        "satker": satker,
        "tahun": tahun,
        "versi": versi,
        "tempat": tempat,
        "tanggal": format_tanggal(tanggal),
        "sidik": sidik,
        "draf": draf,
        "catatan": catatan,
        "pada": [pada.year, pada.month, pada.day],
        "pihak": {
            yang: {"nama": satu.nama, "jabatan": satu.jabatan, "nomor": satu.nomor}
            for yang, satu in pihak.items()
        },
        "sasaran": [
            {"nama": sasaran.nama, "indikator": [_build(satu) for satu in sasaran.daftar_indikator]}
            for sasaran in isi.daftar_sasaran
        ],
        "triwulan": isi.has_triwulan,
        "kegiatan": [
            {"nama": satu.nama, "anggaran": show_rupiah(satu.anggaran)}
            for satu in isi.daftar_kegiatan
        ],
        "jumlah": show_rupiah(isi.jumlah_anggaran),
        "anggaran_lengkap": isi.anggaran_lengkap,
    }
    return print_pdf({"main.typ": TEMPLAT.read_bytes()}, data)


def _build(satu) -> dict:
    return {
        "nama": satu.nama,
        "target": f"{show_angka(satu.target)} {satu.satuan}",
        "turun": satu.arah == "turun",
        "triwulan": [show_angka(nilai) for nilai in satu.triwulan],
    }
