"""The evidence calendar: which month or quarter of a year has the document it needs. Pure, no Django.

A use of evidence fills a slot when its period covers the slot, or lies within it: the minutes of 4
March are those of March and of the first quarter, a report from January to June is that of each
month. A period that only begins or ends inside a slot does not fill it, and one without a period
fills none; a period without an end goes on.
"""

import calendar
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

BULAN, TRIWULAN = "bulan", "triwulan"
BULAN_TIAP = {BULAN: 1, TRIWULAN: 3}
Periode = tuple[datetime.date | None, datetime.date | None]


class Keadaan(StrEnum):
    """What a slot shows."""

    TERISI = "terisi"
    TERLAMBAT = "terlambat"
    BERJALAN = "berjalan"
    NANTI = "nanti"


def is_di_luar(dari: datetime.date | None, sampai: datetime.date | None, tahun: int) -> bool:
    """The period lies wholly outside the year; an end that is not said is open."""
    return bool(
        (dari is not None and dari > datetime.date(tahun, 12, 31))
        or (sampai is not None and sampai < datetime.date(tahun, 1, 1))
    )


@dataclass(frozen=True)
class Celah:
    """A month or a quarter of the year, by its number from one; both days included."""

    berkala: str
    nomor: int
    dari: datetime.date
    sampai: datetime.date

    def is_filled_by(self, periode: Periode) -> bool:
        dari = periode[0] or datetime.date.min
        sampai = periode[1] or datetime.date.max
        if periode == (None, None):
            return False
        covers = dari <= self.dari and sampai >= self.sampai
        within = dari >= self.dari and sampai <= self.sampai
        return covers or within


@dataclass(frozen=True)
class Isi:
    """One slot of one document."""

    celah: Celah
    keadaan: Keadaan


@dataclass(frozen=True)
class Baris:
    """One document with all its slots."""

    dokumen: int
    daftar_isi: tuple[Isi, ...]

    def count(self, keadaan: Keadaan) -> int:
        return sum(isi.keadaan == keadaan for isi in self.daftar_isi)

    @property
    def terisi(self) -> int:
        return self.count(Keadaan.TERISI)

    @property
    def terlambat(self) -> int:
        return self.count(Keadaan.TERLAMBAT)


def list_celah(tahun: int, berkala: str) -> tuple[Celah, ...]:
    """The months or quarters of a year."""
    tiap = BULAN_TIAP[berkala]
    hasil: list[Celah] = []
    for awal in range(1, 13, tiap):
        akhir = awal + tiap - 1
        hasil.append(
            Celah(
                berkala,
                len(hasil) + 1,
                datetime.date(tahun, awal, 1),
                datetime.date(tahun, akhir, calendar.monthrange(tahun, akhir)[1]),
            )
        )
    return tuple(hasil)


def build(
    tahun: int,
    hari: datetime.date,
    berkala: Mapping[int, str],
    daftar_pemakaian: Iterable[tuple[int, Periode]],
) -> list[Baris]:
    """The rows of the documents in `berkala` (key -> bulan or triwulan) as of `hari`, from the uses
    that name a document."""
    periode: dict[int, list[Periode]] = {kunci: [] for kunci in berkala}
    for dokumen, satu in daftar_pemakaian:
        if dokumen in periode:
            periode[dokumen].append(satu)
    return [
        Baris(
            kunci,
            tuple(
                Isi(celah, _find_keadaan(celah, periode[kunci], hari))
                for celah in list_celah(tahun, satu)
            ),
        )
        for kunci, satu in berkala.items()
    ]


def _find_keadaan(celah: Celah, daftar: list[Periode], hari: datetime.date) -> Keadaan:
    if any(celah.is_filled_by(satu) for satu in daftar):
        return Keadaan.TERISI
    if celah.sampai < hari:
        return Keadaan.TERLAMBAT
    return Keadaan.BERJALAN if celah.dari <= hari else Keadaan.NANTI
