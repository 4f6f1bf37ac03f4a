"""Random fillings of the packaged LKE, as the exchanged JSON holds them."""

import random
from decimal import Decimal

from hypothesis import strategies as st

from penilaian.instrumen import Instrumen
from tests.penilaian.acuan_lke import PERTANYAAN

# Zero bases, ties at the seventh decimal (1/128), thirds, and the largest count.
JUMLAH = [0, 0, 1, 1, 2, 3, 5, 7, 9, 12, 64, 128, 256, 999, 10**9]


def list_masukan(satu: dict) -> list[dict]:
    return [m for m in satu["masukan"] if not m.get("dihitung")]


@st.composite
def make_jawaban(draw, kode: str):
    """A whole answer to one question."""
    satu = PERTANYAAN[kode]
    if satu["opsi"]:
        return draw(st.sampled_from([opsi["kode"] for opsi in satu["opsi"]]))
    if satu["tipe_jawaban"] == "indeks":
        return {"indeks": str(draw(st.decimals(0, 4, places=2)))}
    jumlah = st.one_of(st.sampled_from(JUMLAH), st.integers(0, 400))
    return {m["kode"]: draw(jumlah) for m in list_masukan(satu)}


@st.composite
def make_lke(draw, lengkap=False):
    """Answers to all questions, or to some, a few of them without one of their numbers."""
    acak = draw(st.randoms(use_true_random=False))
    peluang = 1 if lengkap else draw(st.sampled_from([0, 0.1, 0.5, 0.9, 1]))
    return fill(acak, peluang, utuh=lengkap)


def fill(acak: random.Random, peluang: float, utuh=False) -> dict:
    """`peluang` of each question being answered; unless `utuh`, some miss a number."""
    hasil = {}
    for kode, satu in PERTANYAAN.items():
        if acak.random() >= peluang:
            continue
        if satu["opsi"]:
            # A lean to the best, so that gates are met about as often as they are missed.
            daftar = [opsi["kode"] for opsi in satu["opsi"]]
            hasil[kode] = daftar[0] if acak.random() < 0.6 else acak.choice(daftar)
        elif satu["tipe_jawaban"] == "indeks":
            hasil[kode] = {"indeks": str(Decimal(acak.randint(200, 400)) / 100)}
        else:
            hasil[kode] = {
                m["kode"]: acak.choice(JUMLAH) if acak.random() < 0.6 else acak.randint(0, 400)
                for m in list_masukan(satu)
            }
            if not utuh and acak.random() < 0.15:
                hasil[kode].popitem()
    return hasil


def make_sulit(instrumen: Instrumen, benih: int) -> tuple[dict, dict, dict]:
    """Answers, what is within reach, and efforts, for the shortest way at its hardest: any effort,
    every count with nine digits, so that denominators share nothing, everything within reach."""
    acak = random.Random(benih)
    jawaban: dict = {}
    jangkauan: dict = {}
    upaya: dict = {}
    for satu in instrumen.daftar_pertanyaan:
        upaya[satu.kode] = acak.randint(1, 9)
        if satu.is_pilihan:
            jawaban[satu.kode] = acak.choice(satu.opsi).kode
            continue
        for tempat in (jawaban, jangkauan):
            tempat[satu.kode] = {
                m.kode: Decimal(acak.randint(200, 400)) / 100
                if m.desimal
                else Decimal(acak.randint(1, 10**9))
                for m in satu.daftar_isian
            }
    return jawaban, jangkauan, upaya
