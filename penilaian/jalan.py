"""The shortest way to a target: which questions to improve so that every floor is held, with the
least effort. Pure arithmetic on exact integers, no Django.

Effort is a whole number per improved question, whatever the step. A better answer never costs
more, so the search takes every improved question to its best, and only afterwards lowers what need
not be so good. The floors lie on nodes of one tree; for a node it is enough to know the most points
that each effort can bring, so the frontiers of its parts are joined upwards and cut where a floor
is missed. What remains at the root is the proof: nothing cheaper holds every floor.

Ties: fewest questions, then most points to spare, then the official order.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from math import lcm

from penilaian import skor
from penilaian.instrumen import Ambang, Instrumen, Pertanyaan
from penilaian.jawaban import Isian
from penilaian.skor import ENAM, Kosong, Skor

UPAYA_BAWAAN = 1
# The least number that tidies up to a floor: half of the sixth decimal, and half of the error that
# is taken off a repeating fraction. See also skor.tidy().
KELONGGARAN = Fraction(ENAM) / 2 + Fraction(skor.BATAS_GALAT) / 2

# A way of spending effort in a node: (cost, points, trace). The cost counts effort first and
# questions second; the trace is nested pairs of question codes.
Cara = tuple[int, int, object]
KOSONG: list[Cara] = [(0, 0, None)]


@dataclass(frozen=True)
class Langkah:
    """Improve one question; `dari` is None where it has no answer. `poin` is what the total gains."""

    kode: str
    dari: Isian | None
    ke: Isian
    poin: Decimal
    upaya: int


@dataclass(frozen=True)
class Jalan:
    """The way, in the official order, the scores at its end (`skor`) and the best that can still
    be reached (`terbaik`); empty = nol.

    When the target is out of reach there are no steps, `skor` is that best, and `gagal` the floors
    that still fail."""

    target: str
    tercapai: bool
    langkah: tuple[Langkah, ...]
    skor: Skor
    terbaik: Skor

    @property
    def lolos_sudah(self) -> bool:
        return self.tercapai and not self.langkah

    @property
    def upaya(self) -> int:
        return sum(langkah.upaya for langkah in self.langkah)

    @property
    def poin(self) -> Decimal:
        return sum((langkah.poin for langkah in self.langkah), Decimal(0))

    @property
    def gagal(self) -> tuple[str, ...]:
        return self.skor.kelayakan[self.target].gagal


def find_jalan(
    instrumen: Instrumen,
    jawaban: Mapping[str, Isian],
    target: str,
    upaya: Mapping[str, int] | None = None,
    jangkauan: Mapping[str, Isian] | None = None,
) -> Jalan:
    """The shortest way from read answers to the target; a question without an answer is zero.

    `upaya` is the effort 1 to 9 of a question (else 1). Options may become any better option;
    percentages and indices change only to what `jangkauan` says is within reach."""
    ruang = _Ruang(instrumen, jawaban, target, upaya or {}, jangkauan or {})
    terbaik = ruang.score({kode: daftar[-1][1] for kode, daftar in ruang.pilihan.items()})
    daftar_cara = ruang.join(ruang.akar)
    if not daftar_cara:
        return Jalan(target, False, (), terbaik, terbaik)
    langkah, hasil = ruang.walk(_flatten(daftar_cara[0][2]))
    assert not hasil.kelayakan[target].gagal, "the frontier and the score agree"
    return Jalan(target, True, langkah, hasil, terbaik)


class _Ruang:
    """One search: what each question can become, in points as integers over one denominator."""

    def __init__(self, instrumen, jawaban, target, upaya, jangkauan):
        self.instrumen: Instrumen = instrumen
        self.jawaban: Mapping[str, Isian] = jawaban
        self.ambang: Ambang = instrumen.ambang[target]
        self.upaya: Mapping[str, int] = upaya
        self.nilai = skor.compute_nilai_semua(instrumen, jawaban)
        self.akar = next(s for s in instrumen.daftar_simpul if s.level == "total").kode
        self.butir = {
            kode: Fraction(simpul.bobot) / len(simpul.daftar_pertanyaan)
            for simpul in instrumen.daftar_simpul
            for kode in simpul.daftar_pertanyaan
        }
        # Code -> better answers with their worth, the best last.
        self.pilihan = {
            satu.kode: better
            for satu in instrumen.daftar_pertanyaan
            if (better := self._list_better(satu, jangkauan.get(satu.kode)))
        }
        self._scale()

    def _list_better(
        self, pertanyaan: Pertanyaan, jangkau: Isian | None
    ) -> list[tuple[Isian, Decimal]]:
        kini = self.nilai.get(pertanyaan.kode, skor.NOL)
        daftar: list[tuple[Isian, Decimal]] = []
        if pertanyaan.is_pilihan:
            daftar = [(opsi.kode, opsi.nilai) for opsi in pertanyaan.opsi]
        elif jangkau and (nilai := skor.compute_nilai(pertanyaan, jangkau)) is not None:
            daftar = [(jangkau, nilai)]
        return sorted(
            ((ke, nilai) for ke, nilai in daftar if nilai > kini), key=lambda satu: satu[1]
        )

    def _scale(self) -> None:
        """Points that each question can bring, and that each floor still needs, as integers."""
        tambah = {
            kode: (Fraction(daftar[-1][1]) - Fraction(self.nilai.get(kode, skor.NOL)))
            * self.butir[kode]
            for kode, daftar in self.pilihan.items()
        }
        punya: dict[str, Fraction] = {}
        self._sum_butir(self.akar, punya)
        kurang = {
            gerbang.simpul: Fraction(gerbang.minimal.quantize(ENAM, ROUND_CEILING))
            - KELONGGARAN
            - punya[gerbang.simpul]
            for gerbang in self.ambang.daftar_gerbang
        }
        penyebut = lcm(*(satu.denominator for satu in [*tambah.values(), *kurang.values()]))
        self.tambah = {kode: int(satu * penyebut) for kode, satu in tambah.items()}
        self.kurang = {kode: int(satu * penyebut) for kode, satu in kurang.items()}

    def _sum_butir(self, kode: str, punya: dict[str, Fraction]) -> Fraction:
        simpul = self.instrumen.simpul[kode]
        jumlah = sum(
            (
                Fraction(self.nilai.get(satu, skor.NOL)) * self.butir[satu]
                for satu in simpul.daftar_pertanyaan
            ),
            Fraction(0),
        )
        jumlah += sum((self._sum_butir(anak, punya) for anak in simpul.anak), Fraction(0))
        punya[kode] = jumlah
        return jumlah

    # --- the search -----------------------------------------------------------------------------
    def join(self, kode: str) -> list[Cara]:
        """The frontier of a node: cost and points rise from entry to entry, floors below held."""
        simpul = self.instrumen.simpul[kode]
        if self._has_gerbang_below(kode):
            daftar = KOSONG
            for anak in simpul.anak:
                daftar = _convolve(daftar, self.join(anak))
        else:
            daftar = self._add_butir(self._list_butir(kode))
        if (kurang := self.kurang.get(kode)) is not None:
            daftar = [cara for cara in daftar if cara[1] >= kurang]
        return daftar

    def _has_gerbang_below(self, kode: str) -> bool:
        return any(
            anak in self.kurang or self._has_gerbang_below(anak)
            for anak in self.instrumen.simpul[kode].anak
        )

    def _list_butir(self, kode: str) -> list[str]:
        simpul = self.instrumen.simpul[kode]
        daftar = [satu for satu in simpul.daftar_pertanyaan if satu in self.tambah]
        for anak in simpul.anak:
            daftar.extend(self._list_butir(anak))
        return daftar

    def _add_butir(self, daftar_kode: Sequence[str]) -> list[Cara]:
        # From last to first, so that among equals the first is taken.
        daftar = KOSONG
        kali = len(self.instrumen.daftar_pertanyaan) + 1
        for kode in reversed(daftar_kode):
            biaya = self.upaya.get(kode, UPAYA_BAWAAN) * kali + 1
            poin = self.tambah[kode]
            diambil = [(c + biaya, p + poin, (kode, jejak)) for c, p, jejak in daftar]
            daftar = _prune(diambil + daftar)
        return daftar

    # --- the answer -----------------------------------------------------------------------------
    def score(self, naik: Mapping[str, Decimal]) -> Skor:
        return skor.compute_from_nilai(self.instrumen, {**self.nilai, **naik}, Kosong.NOL)

    def walk(self, dipilih: Collection[str]) -> tuple[tuple[Langkah, ...], Skor]:
        """The steps that improve these questions only as far as the floors ask, and the scores
        after them; the last in the official order is lowered first."""
        ke = {kode: self.pilihan[kode][-1] for kode in dipilih}
        urut = [satu.kode for satu in self.instrumen.daftar_pertanyaan if satu.kode in ke]
        for kode in reversed(urut):
            for pilihan in self.pilihan[kode]:
                ke[kode] = pilihan
                if not self._score_ke(ke).kelayakan[self.ambang.target].gagal:
                    break
        hasil = self._score_ke(ke)
        return tuple(self._describe(kode, *ke[kode]) for kode in urut), hasil

    def _score_ke(self, ke: Mapping[str, tuple[Isian, Decimal]]) -> Skor:
        return self.score({kode: nilai for kode, (_, nilai) in ke.items()})

    def _describe(self, kode: str, isian: Isian, nilai: Decimal) -> Langkah:
        naik = (Fraction(nilai) - Fraction(self.nilai.get(kode, skor.NOL))) * self.butir[kode]
        return Langkah(
            kode=kode,
            dari=self.jawaban.get(kode) if kode in self.nilai else None,
            ke=isian,
            poin=skor.tidy(skor.KONTEKS.divide(naik.numerator, naik.denominator)),
            upaya=self.upaya.get(kode, UPAYA_BAWAAN),
        )


def _prune(daftar: list[Cara]) -> list[Cara]:
    """Only ways of which no cheaper one brings as much; among equals the first given stays."""
    hasil: list[Cara] = []
    terbanyak = -1
    for cara in sorted(daftar, key=lambda cara: (cara[0], -cara[1])):
        if cara[1] > terbanyak:
            hasil.append(cara)
            terbanyak = cara[1]
    return hasil


def _convolve(kiri: list[Cara], kanan: list[Cara]) -> list[Cara]:
    """Every way of the one with every way of the other, best points for each cost."""
    if len(kiri) == 1 and kiri is KOSONG:
        return kanan
    terbaik: dict[int, tuple[int, Cara, Cara]] = {}
    for satu in kiri:
        biaya, poin = satu[0], satu[1]
        for dua in kanan:
            jumlah, hasil = biaya + dua[0], poin + dua[1]
            lama = terbaik.get(jumlah)
            if lama is None or hasil > lama[0]:
                terbaik[jumlah] = (hasil, satu, dua)
    return _prune(
        [(biaya, poin, (satu[2], dua[2])) for biaya, (poin, satu, dua) in terbaik.items()]
    )


def _flatten(jejak: object) -> list[str]:
    if jejak is None:
        return []
    if isinstance(jejak, str):
        return [jejak]
    assert isinstance(jejak, tuple)
    return [kode for bagian in jejak for kode in _flatten(bagian)]
