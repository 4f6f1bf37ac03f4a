"""Dates, numbers and small charts as the pages show them; no business words."""

import datetime

from django import template

from integritas import teks

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
def unlocalize_angka(nilai: float) -> str:
    """A number for an SVG attribute: a point, two decimals."""
    return f"{nilai:.2f}"


@register.filter
def hari_bulan(nilai: datetime.date) -> str:
    """`19 Jan`, where the year stands beside it."""
    return teks.format_tanggal(nilai, singkat=True).rsplit(" ", 1)[0]
