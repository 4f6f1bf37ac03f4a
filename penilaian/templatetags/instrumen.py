"""Weights and rules of an instrument, and slots of the evidence calendar, on the page."""

from decimal import Decimal

from django import template

from integritas.teks import BULAN_SINGKAT
from penilaian.instrumen import Instrumen, Pertanyaan
from penilaian.instrumen.pohon import Cabang
from penilaian.kalender import TRIWULAN, Celah
from penilaian.kalimat_instrumen import (
    AturanNol,
    list_aturan_nol,
    list_jumlah,
    say_bobot,
    say_jumlah,
    say_rumus,
    tulis_bobot,
)

register = template.Library()

NAMA_TIPE = {
    "ya_tidak": "Ya/Tidak",
    "abc": "A/B/C",
    "abcd": "A/B/C/D",
    "abcde": "A/B/C/D/E",
    "persen": "persen",
    "indeks": "indeks",
}
ROMAWI = ("I", "II", "III", "IV")


@register.filter
def bobot(nilai: Decimal) -> str:
    """`22,5`: exact."""
    return tulis_bobot(nilai)


@register.filter
def tipe(satu: Pertanyaan) -> str:
    return NAMA_TIPE[satu.tipe]


@register.simple_tag
def bobot_tanya(isi: Instrumen, satu: Pertanyaan) -> str:
    """`0,5 ÷ 2`."""
    return say_bobot(isi, satu)


@register.filter
def jumlah_anak(cabang: Cabang) -> str:
    """`4 + 4 = 8`."""
    return say_jumlah([satu.simpul for satu in cabang.anak])


@register.filter
def rumus(satu: Pertanyaan) -> str:
    return say_rumus(satu)


@register.filter
def penjumlahan(satu: Pertanyaan) -> list[str]:
    return list_jumlah(satu)


@register.filter
def aturan_nol(satu: Pertanyaan) -> list[AturanNol]:
    return list_aturan_nol(satu)


@register.filter
def bisa_diatur(satu: Pertanyaan) -> bool:
    """An admin may set the zero rule."""
    return satu.rumus is not None and satu.rumus.is_usulan


@register.filter
def nama_celah(celah: Celah) -> str:
    """`Mar`, or `Triwulan I`."""
    if celah.berkala == TRIWULAN:
        return f"Triwulan {ROMAWI[celah.nomor - 1]}"
    return BULAN_SINGKAT[celah.nomor - 1]
