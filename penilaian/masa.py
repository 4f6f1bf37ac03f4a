"""What is known of a unit's predicate on every day, from its dated changes. Pure.

Rules (PermenPANRB 90/2021; design in the models): a predicate counts from its decree, from
31 December of its year when only the year is known, or from the day a source attested it,
whichever is earlier of the last two. It stays in force while a clarification runs. After a
revocation or an end the unit is known to hold none. A source's saying "without predicate" counts
from its day until something else is known. Before anything is known there is no period at all.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

TANPA = "TANPA"
AKTIF, DALAM_KLARIFIKASI = "AKTIF", "DALAM_KLARIFIKASI"
DIBUKA, SELESAI = "KLARIFIKASI_DIBUKA", "KLARIFIKASI_SELESAI"
PENUTUP = frozenset({"DICABUT", "NAIK_KE_WBBM", "BERAKHIR"})


@dataclass(frozen=True)
class Perubahan:
    """One valid change after the grant: its kind and effective date."""

    jenis: str
    tanggal: datetime.date


@dataclass(frozen=True)
class CatatanPredikat:
    """One valid predicate with its changes in order."""

    pk: int
    jenis: str
    berlaku_dari: datetime.date
    perubahan: tuple[Perubahan, ...] = ()


@dataclass(frozen=True, order=True)
class Masa:
    """A period `[dari, sampai)` and what is known in it; `sampai` None is open."""

    dari: datetime.date
    sampai: datetime.date | None
    nilai: str
    keadaan: str = ""
    predikat: int | None = None


def compute_berlaku_dari(
    tanggal_sk: datetime.date | None, tahun: int | None, disebut_pada: datetime.date | None
) -> tuple[datetime.date, str]:
    """First day a predicate surely counts, and how well it is known: `tanggal`, `tahun`, `disebut`.

    Raises ValueError when nothing at all dates it.
    """
    if tanggal_sk is not None:
        return tanggal_sk, "tanggal"
    if tahun is not None:
        akhir = datetime.date(tahun, 12, 31)
        return min(akhir, disebut_pada) if disebut_pada else akhir, "tahun"
    if disebut_pada is not None:
        return disebut_pada, "disebut"
    raise ValueError("a predicate needs a decree date, a year or a day of attestation")


def derive_masa(
    daftar_predikat: Iterable[CatatanPredikat], daftar_tanpa: Iterable[datetime.date]
) -> list[Masa]:
    """The whole timeline of one unit, in order of date and without overlap."""
    hasil: list[Masa] = []
    # Days on which the unit is known to hold nothing: attestations, and ends of predicates.
    hari_tanpa = set(daftar_tanpa)
    terurut = sorted(daftar_predikat, key=lambda satu: (satu.berlaku_dari, satu.pk))
    for catatan in terurut:
        potongan, akhir = _split(catatan)
        hasil.extend(potongan)
        if akhir is not None:
            hari_tanpa.add(akhir)
    hasil.extend(_fill(hari_tanpa, hasil))
    return sorted(hasil, key=lambda masa: masa.dari)


def _split(catatan: CatatanPredikat) -> tuple[list[Masa], datetime.date | None]:
    """The periods of one predicate, cut where its state changes, and the day it was lost."""
    potongan: list[Masa] = []
    dari, keadaan = catatan.berlaku_dari, AKTIF
    for perubahan in catatan.perubahan:
        if perubahan.tanggal > dari:
            potongan.append(Masa(dari, perubahan.tanggal, catatan.jenis, keadaan, catatan.pk))
        dari = perubahan.tanggal
        if perubahan.jenis in PENUTUP:
            return potongan, dari
        keadaan = DALAM_KLARIFIKASI if perubahan.jenis == DIBUKA else AKTIF
    potongan.append(Masa(dari, None, catatan.jenis, keadaan, catatan.pk))
    return potongan, None


def _fill(hari_tanpa: set[datetime.date], dipegang: list[Masa]) -> list[Masa]:
    """Periods without predicate: from each known day to the next predicate."""
    hasil: list[Masa] = []
    mulai = sorted(masa.dari for masa in dipegang)
    for hari in sorted(hari_tanpa):
        if any(m.dari <= hari and (m.sampai is None or hari < m.sampai) for m in dipegang):
            continue
        if hasil and (hasil[-1].sampai is None or hari < hasil[-1].sampai):
            continue
        hasil.append(Masa(hari, next((m for m in mulai if m > hari), None), TANPA))
    return hasil


def find_masa(masa: Iterable[Masa], pada: datetime.date) -> Masa | None:
    """What is known on one day, or None."""
    for satu in masa:
        if satu.dari <= pada and (satu.sampai is None or pada < satu.sampai):
            return satu
    return None


def add_bulan(tanggal: datetime.date, bulan: int) -> datetime.date:
    """The same day `bulan` months later, or the last day of that month."""
    nol = tanggal.month - 1 + bulan
    tahun, bulan_baru = tanggal.year + nol // 12, nol % 12 + 1
    berikut = datetime.date(tahun + bulan_baru // 12, bulan_baru % 12 + 1, 1)
    akhir = (berikut - datetime.timedelta(days=1)).day
    return datetime.date(tahun, bulan_baru, min(tanggal.day, akhir))
