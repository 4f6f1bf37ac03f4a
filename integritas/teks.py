"""Dates and numbers as Indonesian readers write them, the same on every machine."""

import calendar
import datetime
from decimal import Decimal

from django.utils import timezone

BULAN = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
BULAN_SINGKAT = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]


def format_tanggal(tanggal: datetime.date | None, singkat: bool = False) -> str:
    """`19 Januari 2022`, or `19 Jan 2022`; empty for None."""
    if tanggal is None:
        return ""
    bulan = (BULAN_SINGKAT if singkat else BULAN)[tanggal.month - 1]
    return f"{tanggal.day} {bulan} {tanggal.year}"


def format_periode(dari: datetime.date | None, sampai: datetime.date | None) -> str:
    """`Januari sampai Juni 2022` for whole months, else the two days; empty when neither is known."""
    if dari is None or sampai is None:
        if dari is not None:
            return f"sejak {format_tanggal(dari)}"
        return f"sampai {format_tanggal(sampai)}" if sampai is not None else ""
    if dari == sampai:
        return format_tanggal(dari)
    if dari.day != 1 or sampai.day != calendar.monthrange(sampai.year, sampai.month)[1]:
        return f"{format_tanggal(dari)} sampai {format_tanggal(sampai)}"
    satu, dua = BULAN[dari.month - 1], BULAN[sampai.month - 1]
    if dari.year != sampai.year:
        return f"{satu} {dari.year} sampai {dua} {sampai.year}"
    if dari.month == sampai.month:
        return f"{satu} {dari.year}"
    if (dari.month, sampai.month) == (1, 12):
        return f"tahun {dari.year}"
    return f"{satu} sampai {dua} {dari.year}"


def format_waktu(waktu: str) -> str:
    """A year, month or day as a source gives it: `2024-09` is `September 2024`."""
    bagian = [int(satu) for satu in waktu.split("-")]
    if len(bagian) == 1:
        return str(bagian[0])
    if len(bagian) == 2:
        return f"{BULAN[bagian[1] - 1]} {bagian[0]}"
    return format_tanggal(datetime.date(*bagian))


def format_angka(nilai: int | float | Decimal, desimal: int | None = None) -> str:
    """`1.234` and `3,74`: a point for thousands, a comma for decimals."""
    teks = f"{nilai:,}" if desimal is None else f"{nilai:,.{desimal}f}"
    return teks.replace(",", "\0").replace(".", ",").replace("\0", ".")


def to_hari(nilai: datetime.date | datetime.datetime | None) -> datetime.date | None:
    """The local day of a moment; a day stays itself."""
    if isinstance(nilai, datetime.datetime):
        return timezone.localtime(nilai).date() if timezone.is_aware(nilai) else nilai.date()
    return nilai


def format_saat(nilai: datetime.datetime | None) -> str:
    """`19 Januari 2022, 14.05` in the local zone; empty for None."""
    if nilai is None:
        return ""
    lokal = timezone.localtime(nilai)
    return f"{format_tanggal(lokal.date())}, {lokal:%H.%M}"
