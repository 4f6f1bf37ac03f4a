"""The attendance list on paper: for a door without a line, keyed in afterwards."""

from itertools import groupby
from pathlib import Path

from django.utils import timezone

from integritas.cetak import print_pdf
from integritas.teks import format_saat, format_tanggal
from satker import daftar_pintu
from satker.zona import format_jam, get_zona

TEMPLAT = Path(__file__).parent / "cetak_hadir.typ"


def print_daftar(upacara) -> bytes:
    """Everybody expected by unit, with code and room for a signature, as PDF. Who is present already
    has the hour in place of the room."""
    daftar = daftar_pintu.fill_asal(upacara, list(daftar_pintu.list_peserta(upacara)))
    kini = timezone.localtime(timezone=get_zona(upacara.zona_waktu))
    data = {
        "nama": upacara.nama,
        "tempat": upacara.tempat,
        "waktu": _say_waktu(upacara),
        "dicetak": _say_saat(kini, upacara),
        "pada": [kini.year, kini.month, kini.day],
        "kelompok": [
            {"nama": _say_kelompok(asal), "orang": [_build_orang(upacara, satu) for satu in isi]}
            for asal, isi in groupby(daftar, key=lambda satu: satu.satker_id and satu.asal)
        ],
    }
    return print_pdf({"main.typ": TEMPLAT.read_bytes()}, data)


def _say_kelompok(asal: str | None) -> str:
    return asal or daftar_pintu.SAKSI


def _say_waktu(upacara) -> str:
    hari = format_tanggal(upacara.tanggal)
    if upacara.mulai_pada is None:
        return hari
    return f"{hari}, pukul {format_jam(upacara.mulai_pada, upacara.zona_waktu)}"


def _say_saat(kini, upacara) -> str:
    with timezone.override(get_zona(upacara.zona_waktu)):
        return f"{format_saat(kini)} {upacara.zona_waktu}"


def _build_orang(upacara, satu) -> dict:
    jabatan = satu.jabatan or ""
    if satu.saksi_id and satu.lembaga != satu.nama:
        jabatan = ", ".join(teks for teks in (jabatan, satu.lembaga) if teks)
    hadir = satu.hadir_pada
    return {
        "nama": satu.nama,
        "jabatan": jabatan,
        "kode": satu.kode,
        "hadir": format_jam(hadir, upacara.zona_waktu) if hadir is not None else "",
    }
