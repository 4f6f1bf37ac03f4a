"""The score of an LKE: pure arithmetic on answers, `Decimal` only (PermenPANRB 90/2021, Lampiran
III; formulas and the rules that the regulation leaves open: `docs/skor.md`).

A question is worth 0 to 1. A sub-unsur scores the average of its questions times its weight; every
other node is the sum of its parts. Nothing is rounded on the way; a node's score is tidied to six
decimals at the end, compared with its floor as such, and shown with two, half up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum

from penilaian.instrumen import Instrumen, Pertanyaan, Simpul
from penilaian.jawaban import Isian, compute_bagian

# Wide enough that a repeating fraction errs at the 60th digit; see tidy().
KONTEKS = Context(prec=60, rounding=ROUND_HALF_UP)
BATAS_GALAT = Decimal("1e-40")
ENAM, DUA, EMPAT = Decimal("0.000001"), Decimal("0.01"), Decimal("0.0001")
NOL, SATU = Decimal(0), Decimal(1)


class Kosong(StrEnum):
    """What a question without an answer is: zero, or left out of its average as the workbook does
    (shown as *resmi*)."""

    NOL = "nol"
    ABAIKAN = "abaikan"


@dataclass(frozen=True)
class Kelayakan:
    """Score gates only; the earlier predicate is another matter."""

    lolos: bool
    gagal: tuple[str, ...]


@dataclass(frozen=True)
class Skor:
    """Scores of one LKE under one rule for empty questions: node -> six decimals."""

    kosong: Kosong
    nilai: dict[str, Decimal]
    terisi: int
    jumlah: int
    kelayakan: dict[str, Kelayakan]

    @property
    def cakupan(self) -> Decimal:
        """Answered of all questions, 0 to 1, four decimals."""
        return (Decimal(self.terisi) / self.jumlah).quantize(EMPAT, ROUND_HALF_UP)


def tidy(nilai: Decimal) -> Decimal:
    """Six decimals, half up. The error of a repeating fraction goes first, so that an exact half
    is not taken for a little less than one."""
    return nilai.quantize(BATAS_GALAT, ROUND_HALF_UP, KONTEKS).quantize(
        ENAM, ROUND_HALF_UP, KONTEKS
    )


def show(nilai: Decimal) -> Decimal:
    """Two decimals, half up: 7.715 is 7.72."""
    return nilai.quantize(DUA, ROUND_HALF_UP)


def compute_nilai(pertanyaan: Pertanyaan, jawaban: Isian) -> Decimal | None:
    """What a read answer is worth, 0 to 1; None when it is incomplete.

    `jawaban` is an option code or the typed numbers (`penilaian.jawaban.read_jawaban`). A ratio
    above 1 is capped; a base of zero follows the instrument's rule.
    """
    if isinstance(jawaban, str):
        return pertanyaan.nilai_opsi[jawaban]
    angka = compute_bagian(pertanyaan, jawaban)
    if angka is None:
        return None
    rumus = pertanyaan.rumus
    assert rumus is not None, pertanyaan.kode
    atas = angka[rumus.atas]
    if rumus.jenis == "indeks":
        return KONTEKS.divide(atas, rumus.maksimal)
    bawah = angka[rumus.bawah]
    if rumus.jenis == "rasio":
        return min(SATU, KONTEKS.divide(atas, bawah)) if bawah else rumus.nol
    if not bawah:
        return rumus.nol_lebih if atas else rumus.nol
    return max(NOL, KONTEKS.divide(bawah - atas, bawah))


def compute_nilai_semua(instrumen: Instrumen, jawaban: Mapping[str, Isian]) -> dict[str, Decimal]:
    """Worth of each answered question."""
    pertanyaan = instrumen.pertanyaan
    hasil = {}
    for kode, isian in jawaban.items():
        nilai = compute_nilai(pertanyaan[kode], isian)
        if nilai is not None:
            hasil[kode] = nilai
    return hasil


def compute(instrumen: Instrumen, jawaban: Mapping[str, Isian], kosong: Kosong) -> Skor:
    """Score read answers, code -> answer, under one rule for empty questions."""
    return compute_from_nilai(instrumen, compute_nilai_semua(instrumen, jawaban), kosong)


def compute_dua(instrumen: Instrumen, jawaban: Mapping[str, Isian]) -> dict[Kosong, Skor]:
    """Both results at once: a score is always shown with the other beside it."""
    nilai = compute_nilai_semua(instrumen, jawaban)
    return {kosong: compute_from_nilai(instrumen, nilai, kosong) for kosong in Kosong}


def compute_from_nilai(instrumen: Instrumen, nilai: Mapping[str, Decimal], kosong: Kosong) -> Skor:
    """Score questions whose worth is known."""
    mentah = compute_mentah(instrumen, nilai, kosong)
    rapi = {kode: tidy(satu) for kode, satu in mentah.items()}
    return Skor(
        kosong=kosong,
        nilai=rapi,
        terisi=len(nilai),
        jumlah=len(instrumen.daftar_pertanyaan),
        kelayakan={
            target: Kelayakan(lolos=not (gagal := find_gagal(rapi, ambang)), gagal=tuple(gagal))
            for target, ambang in instrumen.ambang.items()
        },
    )


def compute_mentah(
    instrumen: Instrumen, nilai: Mapping[str, Decimal], kosong: Kosong
) -> dict[str, Decimal]:
    """Untidied score of every node, in the instrument's order."""
    hasil: dict[str, Decimal] = {}
    with localcontext(KONTEKS):
        for simpul in instrumen.daftar_simpul:
            if simpul.daftar_pertanyaan:
                hasil[simpul.kode] = _average(simpul, nilai, kosong)
        for simpul in instrumen.daftar_simpul:
            if simpul.kode not in hasil:
                hasil[simpul.kode] = _sum(instrumen, simpul, hasil)
        return {simpul.kode: hasil[simpul.kode] for simpul in instrumen.daftar_simpul}


def _average(simpul: Simpul, nilai: Mapping[str, Decimal], kosong: Kosong) -> Decimal:
    ada = [nilai[kode] for kode in simpul.daftar_pertanyaan if kode in nilai]
    pembagi = len(simpul.daftar_pertanyaan) if kosong == Kosong.NOL else len(ada)
    if not ada:
        return NOL
    # Multiplied before it is divided: a result that ends is exact.
    return sum(ada, NOL) * simpul.bobot / pembagi


def _sum(instrumen: Instrumen, simpul: Simpul, hasil: dict[str, Decimal]) -> Decimal:
    jumlah = NOL
    for kode in simpul.anak:
        if kode not in hasil:
            hasil[kode] = _sum(instrumen, instrumen.simpul[kode], hasil)
        jumlah += hasil[kode]
    return jumlah


def find_gagal(nilai: Mapping[str, Decimal], ambang) -> list[str]:
    """Codes of the gates that are not met, in their fixed order; a predicate itself is never
    computed."""
    return [
        gerbang.kode for gerbang in ambang.daftar_gerbang if nilai[gerbang.simpul] < gerbang.minimal
    ]
