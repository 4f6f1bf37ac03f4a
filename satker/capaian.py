"""What came of a Perjanjian Kinerja: reach of indicators and goals, one year against another, and
whether a quarter was reported in time. Pure, `Decimal` only; per cent as a number (`Decimal(95)`).

Source: that performance is measured by quarter, and against what was agreed, is PermenPANRB 53/2014
[P53] (PK-5). How reach is computed, PK-6: realisation / target, inverse where lower is better, is
background knowledge [B] that no text at hand confirms; so are the zero cases and the rule of a goal
below. Pages say so with `DASAR`. Unknown (`None`) is never counted as 0.
"""

import calendar
import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

NAIK, TURUN = "naik", "turun"
PENUH = Decimal(100)
DUA_DESIMAL = Decimal("0.01")
TELITI = Decimal("1e-6")
# By the month in which each ends: the ministry's B03, B06, B09, B12.
BULAN_AKHIR = {"b03": 3, "b06": 6, "b09": 9, "b12": 12}
DASAR = (
    "Rumus capaian menurut kebiasaan, belum bersumber: realisasi dibagi target, dan dibalik untuk "
    "“makin rendah makin baik”."
)
TARGET_NOL = "target 0 tidak dapat menjadi pembagi; terpenuhi, dihitung 100%"
REALISASI_NOL = "realisasi 0 tidak dapat menjadi pembagi; terpenuhi, dihitung 100%"


# --- reach ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Capaian:
    """Reach in per cent, not rounded, and whether the target is met, which no rounding decides.
    `catatan` says when the quotient could not be formed."""

    persen: Decimal
    terpenuhi: bool
    catatan: str = ""

    @property
    def tampil(self) -> Decimal:
        """Two decimals, half up; what falls short of its target never reads 100,00."""
        bulat = self.persen.quantize(DUA_DESIMAL, ROUND_HALF_UP)
        return bulat if self.terpenuhi else min(bulat, PENUH - DUA_DESIMAL)


def compute_capaian(nilai: Decimal | None, target: Decimal | None, arah: str) -> Capaian | None:
    """PK-6. None when either is unknown. Neither is negative; the database refuses that.

    Zero, where the quotient does not exist: `naik` with target 0 is met by anything, and `turun`
    with realisation 0 by nothing being better than it; both count 100 and say so. `turun` with
    target 0 and anything above it is 0 %, which is what the inverse gives.
    """
    if nilai is None or target is None:
        return None
    if arah == TURUN:
        if nilai == 0:
            return Capaian(PENUH, True, "" if target == 0 else REALISASI_NOL)
        return Capaian(target / nilai * PENUH, nilai <= target)
    if target == 0:
        return Capaian(PENUH, True, "" if nilai == 0 else TARGET_NOL)
    return Capaian(nilai / target * PENUH, nilai >= target)


@dataclass(frozen=True)
class Ringkasan:
    """Of several indicators: how many there are, are known, are met, and the average of those known
    (None when none is)."""

    jumlah: int
    diketahui: int
    terpenuhi: int
    rata: Decimal | None

    @property
    def lengkap(self) -> bool:
        """There is something to speak of, and all of it is known."""
        return self.jumlah > 0 and self.diketahui == self.jumlah

    @property
    def belum(self) -> int:
        return self.jumlah - self.diketahui

    @property
    def rata_tampil(self) -> Decimal | None:
        return None if self.rata is None else self.rata.quantize(DUA_DESIMAL, ROUND_HALF_UP)


def summarise(daftar: Sequence[Capaian | None]) -> Ringkasan:
    """The average is simple, of reach as computed: neither weighted nor capped [B]."""
    ada = [satu for satu in daftar if satu is not None]
    rata = sum((satu.persen for satu in ada), Decimal(0)) / len(ada) if ada else None
    return Ringkasan(len(daftar), len(ada), sum(satu.terpenuhi for satu in ada), rata)


def is_met(daftar: Sequence[Capaian | None]) -> bool | None:
    """Whether a goal is fully met: all its indicators are [B]. One that falls short decides; else one
    unknown leaves the goal unknown, and so does having no indicator."""
    if any(satu is not None and not satu.terpenuhi for satu in daftar):
        return False
    if not daftar or any(satu is None for satu in daftar):
        return None
    return True


# --- one year against another ---------------------------------------------------------------------
@dataclass(frozen=True)
class Terukur:
    """An indicator with what came of it in a year."""

    nama: str
    satuan: str
    arah: str
    capaian: Capaian | None

    @property
    def kunci(self) -> tuple[str, str, str]:
        """The same in another year or version: same words, unit of measure and direction."""
        return fold(self.nama), fold(self.satuan), self.arah


def fold(teks: str) -> str:
    """One spelling for names: case, blanks and punctuation do not matter; `%` is a word."""
    return " ".join(re.findall(r"\w+|%", teks.casefold()))


@dataclass(frozen=True)
class Banding:
    """This year's average reach against last year's. `lebih_baik` is None, with the reason, when it
    cannot be said; `daftar_sama` are the indicators of both years, over which it was averaged."""

    lebih_baik: bool | None
    alasan: str
    rata_kini: Decimal | None = None
    rata_lalu: Decimal | None = None
    daftar_sama: tuple[tuple[Terukur, Terukur], ...] = ()


def compare(kini: Sequence[Terukur], lalu: Sequence[Terukur]) -> Banding:
    """Over the indicators that both years have, or over all when they share none [B]; nothing is
    said while one of those is unknown."""
    pasangan = _pair(kini, lalu)
    if pasangan:
        satu = summarise([baris.capaian for baris, _ in pasangan])
        dua = summarise([baris.capaian for _, baris in pasangan])
        alasan = f"rata-rata {len(pasangan)} indikator yang ada pada kedua tahun"
    else:
        satu = summarise([baris.capaian for baris in kini])
        dua = summarise([baris.capaian for baris in lalu])
        alasan = "rata-rata semua indikator; tidak ada indikator yang sama pada kedua tahun"
    if not satu.lengkap or not dua.lengkap:
        kurang = satu.jumlah + dua.jumlah - satu.diketahui - dua.diketahui
        alasan = f"{kurang} capaian belum diketahui" if kurang else "tidak ada indikator"
        return Banding(None, alasan, satu.rata, dua.rata, pasangan)
    assert satu.rata is not None
    assert dua.rata is not None
    # Quotients that do not end were cut off at 28 digits: equal averages may differ in the last ones.
    lebih_baik = satu.rata.quantize(TELITI) > dua.rata.quantize(TELITI)
    return Banding(lebih_baik, alasan, satu.rata, dua.rata, pasangan)


def _pair(kini: Sequence[Terukur], lalu: Sequence[Terukur]) -> tuple[tuple[Terukur, Terukur], ...]:
    """Indicators named once in each year; a name that stands twice says nothing."""
    banyak = [Counter(baris.kunci for baris in daftar) for daftar in (kini, lalu)]
    dari_kunci = {baris.kunci: baris for baris in lalu}
    return tuple(
        (baris, dari_kunci[baris.kunci])
        for baris in kini
        if all(hitung[baris.kunci] == 1 for hitung in banyak)
    )


# --- PK-5: in time --------------------------------------------------------------------------------
def get_akhir(tahun: int, periode: str) -> datetime.date:
    """The last day of a quarter."""
    bulan = BULAN_AKHIR[periode]
    return datetime.date(tahun, bulan, calendar.monthrange(tahun, bulan)[1])


def get_mulai(tahun: int, periode: str) -> datetime.date:
    """From when on a quarter can be reported: the first day of its last month [B]; before that
    nobody knows what it will have reached."""
    return datetime.date(tahun, BULAN_AKHIR[periode], 1)


def find_periode(tahun: int, hari: datetime.date) -> str:
    """The latest quarter of the year that can be reported on that day; the first one before that."""
    mulai = [periode for periode in BULAN_AKHIR if get_mulai(tahun, periode) <= hari]
    return mulai[-1] if mulai else "b03"


class Keadaan(StrEnum):
    """Of one agreement and quarter, problems first."""

    LEWAT = "lewat"
    TERLAMBAT = "terlambat"
    BELUM = "belum"
    KOSONG = "kosong"
    MASUK = "masuk"
    TEPAT = "tepat"


@dataclass(frozen=True)
class Ketepatan:
    """`hari` are days late (LEWAT, TERLAMBAT) or days left (BELUM with a date)."""

    keadaan: Keadaan
    jumlah: int
    terisi: int
    batas: datetime.date | None = None
    hari: int = 0

    @property
    def kata(self) -> str:
        """`terlambat 5 hari`; `belum, 3 dari 5 indikator`."""
        sebagian = f", {self.terisi} dari {self.jumlah} indikator" if self.terisi else ""
        return {
            Keadaan.KOSONG: "tanpa indikator",
            Keadaan.TEPAT: "tepat waktu",
            Keadaan.MASUK: "sudah, batas belum diatur",
            Keadaan.TERLAMBAT: f"terlambat {self.hari} hari",
            Keadaan.LEWAT: f"belum{sebagian}, lewat {self.hari} hari",
            Keadaan.BELUM: f"belum{sebagian}",
        }[self.keadaan]


def judge(
    jumlah: int,
    terisi: int,
    terakhir: datetime.date | None,
    *,
    batas: datetime.date | None,
    hari: datetime.date,
) -> Ketepatan:
    """PK-5. `terakhir` is the local day on which the last of the values came in first; a value
    corrected later was present all the same. The day of the limit still counts; without a limit
    nothing is late."""
    if jumlah == 0:
        return Ketepatan(Keadaan.KOSONG, 0, 0, batas)
    if terisi < jumlah:
        if batas is None:
            return Ketepatan(Keadaan.BELUM, jumlah, terisi)
        if hari > batas:
            return Ketepatan(Keadaan.LEWAT, jumlah, terisi, batas, (hari - batas).days)
        return Ketepatan(Keadaan.BELUM, jumlah, terisi, batas, (batas - hari).days)
    if batas is None:
        return Ketepatan(Keadaan.MASUK, jumlah, terisi)
    assert terakhir is not None, "all values are there"
    if terakhir > batas:
        return Ketepatan(Keadaan.TERLAMBAT, jumlah, terisi, batas, (terakhir - batas).days)
    return Ketepatan(Keadaan.TEPAT, jumlah, terisi, batas)


def refuse_batas(tahun: int, batas: Mapping[str, datetime.date | None]) -> dict[str, str]:
    """What is wrong with a year's limits, by quarter; empty when nothing is."""
    galat: dict[str, str] = {}
    for periode, tanggal in batas.items():
        if tanggal is None:
            continue
        if tanggal < get_mulai(tahun, periode):
            galat[periode] = "mendahului bulan terakhir triwulannya"
        elif tanggal > get_akhir(tahun, periode) + datetime.timedelta(days=366):
            galat[periode] = "lebih dari setahun sesudah triwulannya"
    return galat | _refuse_urutan([(p, d) for p, d in batas.items() if d is not None])


def _refuse_urutan(daftar: Iterable[tuple[str, datetime.date]]) -> dict[str, str]:
    urut = sorted(daftar)
    return {
        dua: f"tidak sesudah batas {satu.upper()}"
        for (satu, lama), (dua, baru) in pairwise(urut)
        if baru <= lama
    }
