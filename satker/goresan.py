"""A signature drawn on a screen: strokes as an SVG path within 0 0 600 200. Pure.

It comes from a browser, so nothing of it is trusted: only `M` and `L` with whole numbers inside the
box pass, and what is stored is written anew from the numbers that were read.
"""

import math
import re
from html import escape

from integritas.alur import AlurError

LEBAR, TINGGI = 600, 200
# About 2,500 points; the pad stops before (static/js/goresan.js).
MAKS_HURUF = 20_000
# Less ink than this, in units of the box, is a slip of the finger.
PALING_SEDIKIT = 40

_TITIK = r"[0-9]{1,3}(?:\.[0-9]{1,3})?[ ,][0-9]{1,3}(?:\.[0-9]{1,3})?"
_POLA = re.compile(rf"(?:M ?{_TITIK}(?: ?L ?{_TITIK})+ ?)+")
_ANGKA = re.compile(r"([ML]) ?([0-9.]+)[ ,]([0-9.]+)")
PESAN_RUSAK = "Gambar tanda tangan tidak terbaca. Hapus, lalu gambar sekali lagi."
PESAN_KECIL = "Gambar tanda tangan terlalu kecil. Gambar sekali lagi di dalam kotak."


class GoresanSalahError(AlurError):
    """What came is no drawing of ours; the text is for the user."""


def read_goresan(teks: str, *, paling_sedikit: int = 0) -> str:
    """The path in its one spelling (`M12 34L56 78`); empty for none. `paling_sedikit` is the ink it
    must have, in units of the box. Raises GoresanSalahError."""
    teks = teks.strip()
    if not teks:
        return ""
    if len(teks) > MAKS_HURUF or not _POLA.fullmatch(teks):
        raise GoresanSalahError(PESAN_RUSAK)
    bagian: list[str] = []
    tinta, dari = 0.0, (0, 0)
    for huruf, x, y in _ANGKA.findall(teks):
        titik = (round(float(x)), round(float(y)))
        if titik[0] > LEBAR or titik[1] > TINGGI:
            raise GoresanSalahError(PESAN_RUSAK)
        if huruf == "L":
            tinta += math.dist(dari, titik)
        dari = titik
        bagian.append(f"{huruf}{titik[0]} {titik[1]}")
    if tinta < paling_sedikit:
        raise GoresanSalahError(PESAN_KECIL)
    return "".join(bagian)


def draw_goresan(goresan: str, sebutan: str = "", *, tinta: str = "currentColor") -> str:
    """The stored path as an SVG picture, for a page or (with a `tinta` of its own) for a PDF; empty
    when there is none. Checked once more: a stored text is not believed either."""
    goresan = read_goresan(goresan)
    if not goresan:
        return ""
    nama = f'role="img" aria-label="{escape(sebutan)}"' if sebutan else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="goresan-gambar" {nama} '
        f'viewBox="0 0 {LEBAR} {TINGGI}"><path d="{goresan}" fill="none" stroke="{escape(tinta)}" '
        'stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
