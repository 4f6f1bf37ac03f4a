"""What a person reads in a pack: the index, one page of HTML that needs nothing else, and a note in
each folder about evidence that lies outside it."""

import datetime
from functools import lru_cache
from pathlib import Path

from django.template import engines
from django.utils.safestring import mark_safe

from integritas.teks import format_tanggal, to_hari
from penilaian.bukti.paket.isi import ButirBukti, IsiPaket, SoalPaket
from penilaian.models import PaketBukti

BUKTI_LAIN = "Bukti lain.txt"
FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def _load():
    """The template lies here and not among the pages: its style stands inside it."""
    return engines["django"].from_string((FOLDER / "indeks.html").read_text(encoding="utf-8"))


def render_indeks(isi: IsiPaket, paket: PaketBukti, pada: datetime.datetime) -> str:
    return _load().render(
        {
            "isi": isi,
            "penilaian": isi.penilaian,
            "paket": paket,
            "pada": pada,
            "gaya": mark_safe((FOLDER / "indeks.css").read_text(encoding="utf-8")),  # nosec B308 B703
            "ukuran": sum(satu.ukuran for satu in isi.daftar_berkas if satu.sha256_isi),
            "jumlah_berkas": sum(bool(satu.sha256_isi) for satu in isi.daftar_berkas),
            "jumlah_tautan": len({butir.revisi.tautan for _, butir in isi.daftar_tautan}),
            "daftar_tanpa": isi.daftar_tanpa,
            "daftar_masalah": [
                (soal, butir)
                for soal, butir in isi.daftar_butir
                if butir.berkas is not None and butir.berkas.masalah
            ],
        }
    )


def render_lain(soal: SoalPaket) -> str:
    """The note of one question's folder; for readers whose editor knows only Windows' line ends."""
    baris = [
        f"Bukti nomor {soal.pertanyaan.urutan} ({soal.pertanyaan.kode}) yang tidak ada di folder ini:",
        "",
    ]
    for butir in soal.daftar_luar:
        baris += [f"- {butir.pakai.nama}", f"  {say_tempat(butir)}", ""]
    return "\ufeff" + "\r\n".join(baris)


def say_tempat(butir: ButirBukti) -> str:
    """Where the evidence is, when it is not in the folder of its question."""
    if butir.berkas is None:
        periksa = format_tanggal(to_hari(butir.revisi.diperiksa_pada))
        keadaan = butir.revisi.get_keadaan_display()
        return (
            f"tautan, tidak tersimpan: {butir.revisi.tautan} ({keadaan}"
            f"{', diperiksa ' + periksa if periksa else ''})"
        )
    if butir.berkas.masalah:
        return f"{butir.berkas.masalah}: {butir.berkas.jalur}"
    return f"dipakai beberapa nomor, tersimpan sekali di: {butir.berkas.jalur}"
