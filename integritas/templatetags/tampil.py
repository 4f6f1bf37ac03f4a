"""Dates, numbers and small charts as the pages show them; no business words."""

import datetime
from collections.abc import Hashable, Iterable
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from integritas import teks
from integritas.angka import show_angka, show_rupiah

register = template.Library()


@register.filter
def tanggal(nilai: datetime.date | datetime.datetime | None) -> str:
    """`19 Januari 2022`; a moment is shown as its local day."""
    return teks.format_tanggal(teks.to_hari(nilai))


@register.filter
def tanggal_singkat(nilai) -> str:
    """`19 Jan 2022`."""
    return teks.format_tanggal(teks.to_hari(nilai), singkat=True)


@register.filter
def waktu(nilai: str) -> str:
    """A year, month or day as a source gives it."""
    return teks.format_waktu(nilai)


@register.filter
def angka(nilai) -> str:
    """`1.234`."""
    return "" if nilai is None else teks.format_angka(nilai)


@register.filter
def persen(nilai) -> str:
    """`81,5%`."""
    return "" if nilai is None else f"{teks.format_angka(nilai, 1)}%"


@register.filter
def saat(nilai: datetime.datetime | None) -> str:
    """`19 Januari 2022, 14.05`."""
    return teks.format_saat(nilai)


@register.filter
def jam(nilai: datetime.datetime | None) -> str:
    """`14.05` in the local zone."""
    return "" if nilai is None else f"{timezone.localtime(nilai):%H.%M}"


@register.filter
def desimal(nilai: Decimal | int | None, banyak: int) -> str:
    """`7,72`: half up, as scores are shown (7,715 is 7,72)."""
    return _round(nilai, banyak, ROUND_HALF_UP)


@register.filter
def desimal_naik(nilai: Decimal | int | None, banyak: int) -> str:
    """What is missing, rounded away from zero: missing something is never shown as 0,00."""
    return _round(nilai, banyak, ROUND_UP)


def _round(nilai, banyak: int, cara: str) -> str:
    if nilai is None:
        return ""
    return teks.format_angka(Decimal(nilai).quantize(Decimal(1).scaleb(-banyak), cara))


@register.filter
def bilangan(nilai: Decimal | None) -> str:
    """`1.250,5`: as many places as were given."""
    return show_angka(nilai)


@register.filter
def rupiah(nilai: Decimal | None) -> str:
    """`Rp1.250.000`."""
    return show_rupiah(nilai)


@register.filter
def unlocalize_angka(nilai: float) -> str:
    """A number for an SVG attribute: a point, two decimals."""
    return f"{nilai:.2f}"


@register.filter
def hari_bulan(nilai: datetime.date) -> str:
    """`19 Jan`, where the year stands beside it."""
    return teks.format_tanggal(nilai, singkat=True).rsplit(" ", 1)[0]


@register.simple_tag
def render_once(berkas: str, **isi: Hashable) -> SafeString:
    """An include that sees nothing but the values given here, rendered once for equal values: a
    map of provinces or a table of Kanwil is the same on most days and for most readers."""
    if settings.DEBUG:
        return render_to_string(berkas, isi)
    return _render_once(berkas, tuple(sorted(isi.items())))


@register.simple_tag
def render_rows(berkas: str, daftar_baris: Iterable[dict[str, Hashable]]) -> SafeString:
    """The same for the rows of a table, whose cells are the keys of each: one tag for them all, since
    a tag for each takes longer than the rows."""
    hasil = "\n".join(render_once(berkas, **baris) for baris in daftar_baris)
    return mark_safe(hasil)  # nosec B308 B703


@lru_cache(maxsize=4096)
def _render_once(berkas: str, isi: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(berkas, dict(isi))


@register.simple_tag
def options(daftar: Iterable[tuple[str, str]], terpilih: str = "") -> SafeString:
    """The options of a select from pairs of value and name."""
    return _render_options(tuple(tuple(satu) for satu in daftar), terpilih or "")


@lru_cache(maxsize=512)
def _render_options(daftar: tuple[tuple[str, str], ...], terpilih: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (nilai, SafeString(" selected") if nilai == terpilih else "", nama)
            for nilai, nama in daftar
        ),
    )
