"""Days of reminders: offsets in calendar or working days. Pure; hours of a zone are in satker.zona.

Working days are Monday to Friday without the holidays given.
"""

import calendar
import datetime
from collections.abc import Container, Iterable

KALENDER, KERJA = "kalender", "kerja"
ZONA_BAWAAN = "WIB"
SABTU = 5
HARI = datetime.timedelta(days=1)


def is_hari_kerja(hari: datetime.date, libur: Container[datetime.date]) -> bool:
    return hari.weekday() < SABTU and hari not in libur


def shift(
    hari: datetime.date, geser: int, satuan: str, libur: Container[datetime.date] = frozenset()
) -> datetime.date:
    """The day `geser` days after `hari` (before it when negative).

    In working days the day itself never counts: one working day after a Friday is the Monday, one
    before a Monday the Friday. An offset of zero that falls on a day off is the working day before,
    so that a reminder of a deadline does not come after it.
    """
    if satuan == KALENDER:
        return hari + geser * HARI
    if not geser:
        while not is_hari_kerja(hari, libur):
            hari -= HARI
        return hari
    langkah = HARI if geser > 0 else -HARI
    for _ in range(abs(geser)):
        hari += langkah
        while not is_hari_kerja(hari, libur):
            hari += langkah
    return hari


def list_tahun(dari: datetime.date, sampai: datetime.date) -> list[int]:
    """The years that a stretch touches, in order, whichever end comes first."""
    awal, akhir = sorted([dari.year, sampai.year])
    return list(range(awal, akhir + 1))


def say_libur_kosong(daftar_tahun: Iterable[int], terisi: Container[int]) -> str:
    """`kalender libur 2026 belum diisi, hanya Sabtu dan Minggu dihitung`; empty when every one of
    these years has its holidays."""
    kosong = [str(tahun) for tahun in sorted(set(daftar_tahun)) if tahun not in terisi]
    if not kosong:
        return ""
    sebutan = " dan ".join([", ".join(kosong[:-1]), kosong[-1]] if kosong[1:] else kosong)
    return f"kalender libur {sebutan} belum diisi, hanya Sabtu dan Minggu dihitung"


def add_bulan(hari: datetime.date, bulan: int) -> datetime.date:
    """The same day so many months later; 31 January and one month is the last of February."""
    tahun, nomor = divmod(hari.year * 12 + hari.month - 1 + bulan, 12)
    return datetime.date(tahun, nomor + 1, min(hari.day, calendar.monthrange(tahun, nomor + 1)[1]))
