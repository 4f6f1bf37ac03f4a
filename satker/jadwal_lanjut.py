"""Dates that follow a declaration, until the end of its year. Pure.

Units stall after declaring (domain 8, 10), so the dates are made at once. Which they are is data
(satker/data/tindak-lanjut.csv), each marked as this product's proposal.
"""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

TRIWULAN = (3, 6, 9, 12)
SABTU = 5


@dataclass(frozen=True)
class PolaLanjut:
    """`pola`: `sesudah` so many days (`nilai`), `bulanan` every so many months, `triwulan` at the
    end of each quarter."""

    pola: str
    nilai: int
    perihal: str
    sumber: str


@dataclass(frozen=True)
class TanggalLanjut:
    tanggal: datetime.date
    perihal: str
    sumber: str


def build_jadwal(hari: datetime.date, daftar: Iterable[PolaLanjut]) -> list[TanggalLanjut]:
    """What is due after an event of that day, in order; on working days (Saturday and Sunday move
    to Monday). Raises ValueError for a pattern that is none."""
    hasil = [
        TanggalLanjut(_skip_weekend(tanggal), pola.perihal, pola.sumber)
        for pola in daftar
        for tanggal in _list_tanggal(hari, pola)
    ]
    return sorted(set(hasil), key=lambda satu: (satu.tanggal, satu.perihal))


def _list_tanggal(hari: datetime.date, pola: PolaLanjut) -> list[datetime.date]:
    if pola.pola == "sesudah":
        return [hari + datetime.timedelta(days=pola.nilai)]
    if pola.pola == "bulanan" and pola.nilai >= 1:
        daftar_bulan = range(hari.month + pola.nilai, 13, pola.nilai)
        return [
            hari.replace(month=bulan, day=min(hari.day, _last(hari.year, bulan).day))
            for bulan in daftar_bulan
        ]
    if pola.pola == "triwulan":
        akhir = [_last(hari.year, bulan) for bulan in TRIWULAN]
        return [satu for satu in akhir if satu > hari]
    raise ValueError(f"pola tindak lanjut tidak dikenal: {pola.pola} {pola.nilai}")


def _last(tahun: int, bulan: int) -> datetime.date:
    return datetime.date(tahun, bulan, calendar.monthrange(tahun, bulan)[1])


def _skip_weekend(hari: datetime.date) -> datetime.date:
    lebih = hari.weekday() - SABTU
    return hari + datetime.timedelta(days=2 - lebih) if lebih >= 0 else hari
