"""The shapes of an instrument: nodes, questions, options, formulas and gates. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

# The result component is filled like a seventh area.
AREA_HASIL = "B"
JUMLAH_TOTAL = "total"
TARGET = ("WBK", "WBBM")
# Nodes that the kept scores have a column for, whatever else an instrument has.
AREA_PENGUNGKIT = tuple(f"A.{nomor}" for nomor in range(1, 7))
SIMPUL_HASIL = ("B.I", "B.I.a", "B.I.b", "B.II", "B.II.a", AREA_HASIL)
SIMPUL_TETAP = (*AREA_PENGUNGKIT, "A.I", "A.II", "A", *SIMPUL_HASIL, JUMLAH_TOTAL)


class Tipe(StrEnum):
    """How a question is answered."""

    YA_TIDAK = "ya_tidak"
    ABC = "abc"
    ABCD = "abcd"
    ABCDE = "abcde"
    PERSEN = "persen"
    INDEKS = "indeks"


@dataclass(frozen=True)
class Opsi:
    kode: str
    nilai: Decimal
    label: str


@dataclass(frozen=True)
class Masukan:
    """A number that is typed (`bagian` empty) or the sum of other numbers (`bagian` named)."""

    kode: str
    label: str
    baris_lke: int
    desimal: bool = False
    minimal: Decimal = Decimal(0)
    maksimal: Decimal | None = None
    bagian: tuple[str, ...] = ()

    @property
    def dihitung(self) -> bool:
        return bool(self.bagian)


@dataclass(frozen=True)
class Rumus:
    """`rasio`: atas / bawah; `penurunan`: (bawah - atas) / bawah; `indeks`: atas / maksimal.

    What a zero below means is `nol` (for `penurunan` when nothing is left above as well, else
    `nol_lebih`); `dasar` says where that rule comes from: what is a proposal ("usulan") may be
    changed by an admin. Of a `penurunan` that is the second one; 0/0 is the workbook's own rule.
    """

    jenis: str
    atas: str
    bawah: str = ""
    maksimal: Decimal = Decimal(1)
    nol: Decimal = Decimal(0)
    nol_lebih: Decimal = Decimal(0)
    dasar: str = ""

    @property
    def is_usulan(self) -> bool:
        return "usulan" in self.dasar

    @property
    def nilai_usulan(self) -> Decimal:
        """What the proposed part of the zero rule gives."""
        return self.nol_lebih if self.jenis == "penurunan" else self.nol

    def with_usulan(self, nilai: Decimal) -> "Rumus":
        assert self.is_usulan
        if self.jenis == "penurunan":
            return replace(self, nol_lebih=nilai)
        return replace(self, nol=nilai)


@dataclass(frozen=True)
class Pertanyaan:
    kode: str
    urutan: int
    nomor_resmi: str
    baris_lke: int
    nama: str
    label: str
    tipe: Tipe
    induk: str
    area: str
    aspek: str
    bobot: Decimal
    opsi: tuple[Opsi, ...] = ()
    masukan: tuple[Masukan, ...] = ()
    rumus: Rumus | None = None
    bukti: tuple[str, ...] = ()
    catatan: str = ""

    @cached_property
    def nilai_opsi(self) -> dict[str, Decimal]:
        return {opsi.kode: opsi.nilai for opsi in self.opsi}

    @cached_property
    def opsi_tanpa_huruf(self) -> dict[str, str]:
        """Option by its text in lower case: options are read without regard to case."""
        return {opsi.kode.lower(): opsi.kode for opsi in self.opsi}

    @cached_property
    def masukan_menurut_kode(self) -> dict[str, Masukan]:
        return {masukan.kode: masukan for masukan in self.masukan}

    @cached_property
    def daftar_isian(self) -> tuple[Masukan, ...]:
        """The numbers a person types."""
        return tuple(masukan for masukan in self.masukan if not masukan.dihitung)

    @property
    def is_pilihan(self) -> bool:
        return bool(self.opsi)

    def with_usulan(self, nilai: Decimal) -> "Pertanyaan":
        """The same with another value for a base of zero, where its rule is a proposal."""
        assert self.rumus is not None, self.kode
        return replace(self, rumus=self.rumus.with_usulan(nilai))


@dataclass(frozen=True)
class Simpul:
    """A node that has a score. `anak` are the codes whose scores add up to it; a sub-unsur and a
    single result question have `daftar_pertanyaan` instead."""

    kode: str
    level: str
    nama: str
    bobot: Decimal
    anak: tuple[str, ...] = ()
    daftar_pertanyaan: tuple[str, ...] = ()
    baris_lke: int | None = None
    nomor_resmi: str = ""


@dataclass(frozen=True)
class Gerbang:
    """One floor: the node, and the least score it needs."""

    kode: str
    simpul: str
    minimal: Decimal
    nama: str = ""


@dataclass(frozen=True)
class Ambang:
    """The floors of one target, in their fixed order."""

    target: str
    prasyarat: str | None
    daftar_gerbang: tuple[Gerbang, ...]


@dataclass(frozen=True)
class SyaratPengusulan:
    """What an office (`kelompok` instansi) or a unit (satker) must have before it is proposed;
    words, nothing is computed from them."""

    kelompok: str
    kode: str
    label: str
    menurut_target: Mapping[str, str]


@dataclass(frozen=True)
class Instrumen:
    kode: str
    versi_data: int
    judul: str
    daftar_pertanyaan: tuple[Pertanyaan, ...]
    daftar_simpul: tuple[Simpul, ...]
    ambang: Mapping[str, Ambang]
    skala_maksimal: Decimal
    dasar_hukum: tuple[str, ...] = ()
    sumber_syarat: str = ""
    daftar_syarat: tuple[SyaratPengusulan, ...] = ()

    @cached_property
    def pertanyaan(self) -> dict[str, Pertanyaan]:
        return {satu.kode: satu for satu in self.daftar_pertanyaan}

    @cached_property
    def simpul(self) -> dict[str, Simpul]:
        return {satu.kode: satu for satu in self.daftar_simpul}

    @cached_property
    def daftar_area(self) -> tuple[Simpul, ...]:
        """The six areas and the result component: what is filled, assigned and submitted."""
        areas = [satu for satu in self.daftar_simpul if satu.level == "area"]
        return (*areas, self.simpul[AREA_HASIL])

    @cached_property
    def pertanyaan_area(self) -> dict[str, tuple[Pertanyaan, ...]]:
        """Questions of each area in their official order."""
        return {
            area.kode: tuple(p for p in self.daftar_pertanyaan if p.area == area.kode)
            for area in self.daftar_area
        }

    def with_aturan_nol(self, aturan: Mapping[str, Decimal]) -> "Instrumen":
        """The same instrument with other values for a zero base, where its rule is a proposal."""
        if not aturan:
            return self
        daftar = []
        for satu in self.daftar_pertanyaan:
            daftar.append(satu.with_usulan(aturan[satu.kode]) if satu.kode in aturan else satu)
        return replace(self, daftar_pertanyaan=tuple(daftar))
