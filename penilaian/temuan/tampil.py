"""Findings as a reader is told them."""

from collections.abc import Iterable

from django.db.models import F

from penilaian import xray
from penilaian.models import Penilaian, Temuan, Tingkat
from penilaian.temuan.jalankan import build_temuan
from penilaian.temuan.kembar import read_luar
from penilaian.versi import InstrumenTerpakai
from penilaian.xray import BERKAS_LAIN, Lembar


def list_temuan(user, penilaian: Penilaian, terpakai: InstrumenTerpakai) -> dict[str, list[Temuan]]:
    """By question code what this reader is told, worst first: one query for the unit, one more for
    those who oversee several. `nama_penerima` is who accepted."""
    daftar = list(
        Temuan.objects.filter(penilaian=penilaian)
        .annotate(nama_penerima=F("diterima_oleh__nama"))
        .order_by("pk")
    )
    hasil: dict[str, list[Temuan]] = {}
    for satu in daftar + _build_rahasia(user, penilaian, terpakai):
        hasil.setdefault(terpakai.kode_dari[satu.pertanyaan_id], []).append(satu)
    for kode in hasil:
        hasil[kode] = sort_temuan(hasil[kode])
    return hasil


def sort_temuan(daftar: Iterable[Temuan]) -> list[Temuan]:
    """Worst first, what was accepted last."""
    urutan = {tingkat: nomor for nomor, tingkat in enumerate(Tingkat.values)}
    return sorted(
        daftar,
        key=lambda satu: (
            satu.diterima_pada is not None,
            urutan[satu.tingkat],
            xray.get_urutan(satu.aturan),
            satu.kunci,
        ),
    )


def _build_rahasia(user, penilaian: Penilaian, terpakai: InstrumenTerpakai) -> list[Temuan]:
    luar = read_luar(user, penilaian, terpakai)
    lembar = Lembar(terpakai.isi, penilaian.tahun, luar=luar)
    daftar = []
    for kode in luar:
        for temu in BERKAS_LAIN.periksa(lembar, kode):
            satu = build_temuan(penilaian, terpakai, BERKAS_LAIN, temu)
            satu.rahasia = True
            daftar.append(satu)
    return daftar
