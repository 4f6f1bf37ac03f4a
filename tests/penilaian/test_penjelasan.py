"""The chain from an answer to a score: every number it shows leads to the score's own."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penilaian import skor
from penilaian.instrumen import load_bawaan
from penilaian.jawaban import read_semua
from penilaian.kalimat_skor import say_butir, say_simpul, tulis
from penilaian.penjelasan import Cara, explain, explain_butir, find_induk
from penilaian.skor import Kosong

INSTRUMEN = load_bawaan()


@st.composite
def jawaban(draw):
    isi = {}
    for satu in INSTRUMEN.daftar_pertanyaan:
        if not draw(st.integers(0, 3)):
            continue
        if satu.is_pilihan:
            isi[satu.kode] = draw(st.sampled_from(sorted(satu.nilai_opsi)))
            continue
        angka = {
            m.kode: Decimal(draw(st.integers(0, 400))) / 100
            if m.desimal
            else Decimal(draw(st.integers(0, 12)))
            for m in satu.daftar_isian
            if draw(st.integers(0, 9))
        }
        if angka:
            isi[satu.kode] = angka
    return isi


def compute_butir(butir) -> Fraction:
    """The worth from what the explanation shows, by its rule alone."""
    if butir.cara == Cara.PILIHAN:
        return Fraction(butir.pertanyaan.nilai_opsi[butir.jawaban])
    if butir.cara in (Cara.RASIO, Cara.INDEKS):
        return Fraction(butir.atas) / Fraction(butir.bawah)
    if butir.cara == Cara.DIBATASI:
        assert butir.atas > butir.bawah
        return Fraction(1)
    if butir.cara == Cara.PENURUNAN:
        return 1 - Fraction(butir.atas) / Fraction(butir.bawah)
    if butir.cara == Cara.KENAIKAN:
        assert butir.atas > butir.bawah
        return Fraction(0)
    assert butir.cara == Cara.PENYEBUT_NOL
    assert butir.bawah == 0
    rumus = butir.pertanyaan.rumus
    lebih = rumus.jenis == "penurunan" and butir.atas
    return Fraction(rumus.nol_lebih if lebih else rumus.nol)


def compute_simpul(satu) -> Fraction:
    """The score from the parts that the explanation shows."""
    if satu.bagian:
        return sum((compute_simpul(bagian) for bagian in satu.bagian), Fraction(0))
    ada = [compute_butir(butir) for butir in satu.daftar_butir if butir.nilai is not None]
    if not satu.pembagi:
        return Fraction(0)
    return sum(ada, Fraction(0)) / satu.pembagi * Fraction(satu.simpul.bobot)


@settings(max_examples=40, deadline=None)
@given(jawaban(), st.sampled_from(list(Kosong)))
def test_what_is_shown_adds_up_to_the_score_of_every_node(isi, kosong):
    hasil = skor.compute(INSTRUMEN, isi, kosong)

    for simpul in INSTRUMEN.daftar_simpul:
        satu = explain(INSTRUMEN, isi, simpul.kode, kosong)

        assert satu.nilai == hasil.nilai[simpul.kode]
        assert abs(compute_simpul(satu) - Fraction(satu.mentah)) < Fraction(1, 10**50)
    total = explain(INSTRUMEN, isi, "total", kosong)
    assert (total.terisi, total.jumlah) == (hasil.terisi, 113)


@settings(max_examples=40, deadline=None)
@given(jawaban(), st.sampled_from(list(Kosong)))
def test_every_node_and_every_answer_is_said(isi, kosong):
    for simpul in INSTRUMEN.daftar_simpul:
        satu = explain(INSTRUMEN, isi, simpul.kode, kosong)
        assert say_simpul(satu).endswith(f"= {tulis(satu.nilai)}")
        for butir in satu.daftar_butir:
            assert say_butir(butir).endswith(".")


def test_a_sub_unsur_is_an_average_times_its_weight():
    isi = {"A.I.1.ii.a": "Ya", "A.I.1.ii.b": "B"}

    nol = explain(INSTRUMEN, isi, "A.I.1.ii", Kosong.NOL)
    resmi = explain(INSTRUMEN, isi, "A.I.1.ii", Kosong.ABAIKAN)

    assert say_simpul(nol) == "(1,00 + 0,50 + 0,00) / 3 × bobot 1,00 = 0,50"
    assert say_simpul(resmi) == "(1,00 + 0,50) / 2 × bobot 1,00 = 0,75"
    assert (nol.pembagi, resmi.pembagi, resmi.terisi, resmi.jumlah) == (3, 2, 2, 3)


def test_nothing_answered_is_said_and_not_divided():
    satu = explain(INSTRUMEN, {}, "A.I.1.ii", Kosong.ABAIKAN)

    assert say_simpul(satu) == "belum ada jawaban = 0,00"


def test_a_sum_names_its_parts():
    satu = explain(INSTRUMEN, {"A.I.1.i.a": "Ya"}, "A.I.1", Kosong.NOL)

    assert say_simpul(satu) == "0,25 + 0,00 + 0,00 + 0,00 = 0,25"


@pytest.mark.parametrize(
    ("kode", "isian", "cara", "kata"),
    [
        ("A.I.1.i.a", None, Cara.KOSONG, "Belum dijawab."),
        ("A.I.1.i.a", "Ya", Cara.PILIHAN, "Jawaban Ya bernilai 1,00."),
        (
            "A.II.1.i.a",
            {"jumlah_agen": 3},
            Cara.TAK_LENGKAP,
            "Belum lengkap: jumlah perubahan yang dihasilkan belum diisi. Dianggap belum dijawab.",
        ),
        (
            "A.II.1.i.a",
            {"jumlah_agen": 7, "jumlah_perubahan": 5},
            Cara.RASIO,
            "Jumlah perubahan yang dihasilkan 5 / jumlah agen perubahan 7 = 0,714286….",
        ),
        (
            "A.II.1.i.a",
            {"jumlah_agen": 5, "jumlah_perubahan": 7},
            Cara.DIBATASI,
            "Jumlah perubahan yang dihasilkan 7 / jumlah agen perubahan 5 = 1,40, dihitung paling "
            "banyak 1,00.",
        ),
        (
            "A.II.1.i.a",
            {"jumlah_agen": 0, "jumlah_perubahan": 7},
            Cara.PENYEBUT_NOL,
            "Jumlah agen perubahan 0, jadi tidak dapat dibagi; aturan penyebut nol memberi 0,00 "
            "(dasar: usulan).",
        ),
        (
            "A.II.3.iii.a",
            {"pelanggaran_lalu": 4, "pelanggaran_ini": 1, "pelanggaran_disanksi": 1},
            Cara.PENURUNAN,
            "(Jumlah pelanggaran tahun lalu 4 − jumlah pelanggaran tahun ini 1) / 4 = 0,75.",
        ),
        (
            "A.II.3.iii.a",
            {"pelanggaran_lalu": 1, "pelanggaran_ini": 4, "pelanggaran_disanksi": 1},
            Cara.KENAIKAN,
            "Jumlah pelanggaran tahun ini 4 lebih banyak daripada jumlah pelanggaran tahun lalu 1, "
            "jadi 0,00.",
        ),
        (
            "A.II.3.iii.a",
            {"pelanggaran_lalu": 0, "pelanggaran_ini": 0, "pelanggaran_disanksi": 0},
            Cara.PENYEBUT_NOL,
            "Jumlah pelanggaran tahun lalu 0 dan jumlah pelanggaran tahun ini 0, jadi tidak dapat "
            "dibagi; aturan penyebut nol memberi 1,00 (dasar: rumus lembar kerja untuk 0/0; usulan "
            "untuk selebihnya).",
        ),
        (
            "A.II.5.iii.a",
            {"lhkpn_kepala": 1, "lhkpn_pejabat": 2, "lhkpn_lainnya": 1, "lhkpn_sudah": 3},
            Cara.RASIO,
            "Jumlah yang sudah melapor 3 / jumlah wajib lapor LHKPN 4 = 0,75.",
        ),
        ("B.I.a", {"indeks": "3.71"}, Cara.INDEKS, "Indeks 3,71 / 4 = 0,9275."),
    ],
)
def test_each_rule_is_told_in_words(kode, isian, cara, kata):
    [jawab] = read_semua(INSTRUMEN, {kode: isian}).values() or [None]

    butir = explain_butir(INSTRUMEN.pertanyaan[kode], jawab)

    assert butir.cara == cara
    assert say_butir(butir) == kata


@pytest.mark.parametrize(
    ("kode", "induk"),
    [
        ("total", []),
        ("A", ["total"]),
        ("A.I", ["total", "A"]),
        ("A.I.3", ["total", "A", "A.3"]),
        ("A.II.3.iii", ["total", "A", "A.3", "A.II.3"]),
        ("B.I.a", ["total", "B", "B.I"]),
    ],
)
def test_the_way_up_leads_to_the_total(kode, induk):
    assert [satu.kode for satu in find_induk(INSTRUMEN, kode)] == induk
