"""Formulas of the form: what an answer is worth, for the unit and for two tiers of reviewers."""

from decimal import Decimal
from typing import NamedTuple

from penilaian.instrumen import Pertanyaan, Tipe


class Tahap(NamedTuple):
    """Columns of one who answers: the answer, its score, its share of the weight; by letter for
    formulas and by number, from 0, for writing."""

    jawaban: str
    nilai: str
    persen: str
    k_jawaban: int
    k_nilai: int
    k_persen: int


UNIT, TPI_UNIT, TPI_KEMENTERIAN = (
    Tahap("K", "W", "X", 10, 22, 23),
    Tahap("O", "P", "Q", 14, 15, 16),
    Tahap("S", "T", "U", 18, 19, 20),
)
TAHAP = (UNIT, TPI_UNIT, TPI_KEMENTERIAN)


def build_nilai(pertanyaan: Pertanyaan, tahap: Tahap) -> str:
    """Worth 0 to 1, empty while unanswered."""
    sel = f"{tahap.jawaban}{pertanyaan.baris_lke}"
    if pertanyaan.tipe == Tipe.PERSEN:
        return f"={sel}"
    if pertanyaan.tipe == Tipe.INDEKS:
        assert pertanyaan.rumus is not None, pertanyaan.kode
        return f'=IF({sel}="","",{sel}/{_write(pertanyaan.rumus.maksimal)})'
    rumus = '""'
    for opsi in reversed(pertanyaan.opsi):
        rumus = f'IF({sel}="{opsi.kode}",{_write(opsi.nilai)},{rumus})'
    return f"={rumus}"


def build_persen(pertanyaan: Pertanyaan, tahap: Tahap) -> str:
    """The share that the counts below give, with the instrument's rule for a base of zero."""
    rumus = pertanyaan.rumus
    assert rumus is not None, pertanyaan.kode
    baris = {m.kode: m.baris_lke for m in pertanyaan.masukan}
    atas = f"{tahap.jawaban}{baris[rumus.atas]}"
    bawah = f"{tahap.jawaban}{baris[rumus.bawah]}"
    if rumus.jenis == "rasio":
        hasil = f"IF({bawah}=0,{_write(rumus.nol)},MIN(1,{atas}/{bawah}))"
    else:
        nol = f"IF({atas}=0,{_write(rumus.nol)},{_write(rumus.nol_lebih)})"
        hasil = f"IF({bawah}=0,{nol},MAX(0,({bawah}-{atas})/{bawah}))"
    isian = ",".join(f"{tahap.jawaban}{m.baris_lke}" for m in pertanyaan.daftar_isian)
    return f'=IF(COUNT({isian})<{len(pertanyaan.daftar_isian)},"",{hasil})'


def join_baris(kolom: str, daftar: list[int]) -> str:
    """`Jawaban!W6:W7,Jawaban!W9`: rows of a column with neighbours put together."""
    rentang: list[list[int]] = []
    for satu in sorted(daftar):
        if rentang and rentang[-1][1] == satu - 1:
            rentang[-1][1] = satu
        else:
            rentang.append([satu, satu])
    return ",".join(f"Jawaban!{kolom}{awal}:{kolom}{akhir}" for awal, akhir in rentang)


def _write(nilai: Decimal) -> str:
    return format(nilai.normalize(), "f")
