"""The score against a second scorer in exact fractions, and the laws that any filling obeys."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from penilaian import skor
from penilaian.instrumen import load_bawaan
from penilaian.jawaban import read_jawaban, read_semua
from penilaian.kasus import Kasus, score_kasus
from penilaian.skor import Kosong
from tests.factories.lke import build_jawaban
from tests.penilaian import acuan_lke
from tests.penilaian.isian_acak import fill, make_jawaban, make_lke

INSTRUMEN = load_bawaan()
# The repeating fractions of untidied values err at the 60th digit.
GALAT = Fraction(1, 10**50)
semua_kosong = pytest.mark.parametrize("kosong", list(Kosong))


def score(jawaban, kosong):
    """As `score_lke` prints it, without the `kode`."""
    hasil = score_kasus(INSTRUMEN, Kasus(None, read_semua(INSTRUMEN, jawaban), Kosong(kosong)))
    return {kunci: isi for kunci, isi in hasil.items() if kunci != "kode"}


# --- against the second scorer ------------------------------------------------------------------
@settings(max_examples=150, deadline=None)
@given(jawaban=make_lke())
@example(jawaban={})
def test_any_filling_scores_as_the_second_scorer_says(jawaban):
    for kosong in ("nol", "abaikan"):
        assert score(jawaban, kosong) == acuan_lke.score(jawaban, kosong)


@pytest.mark.parametrize("biji", range(8))
def test_many_fillings_score_as_the_second_scorer_says(biji):
    acak = random.Random(biji)
    for _ in range(200):
        jawaban = fill(acak, acak.choice([0.02, 0.3, 0.8, 0.97, 1]))
        for kosong in ("nol", "abaikan"):
            assert score(jawaban, kosong) == acuan_lke.score(jawaban, kosong)


@settings(max_examples=400, deadline=None)
@given(data=st.data(), kode=st.sampled_from(sorted(acuan_lke.PERTANYAAN)))
def test_any_answer_is_worth_what_the_second_scorer_says(data, kode):
    jawaban = data.draw(make_jawaban(kode))

    pertanyaan = INSTRUMEN.pertanyaan[kode]
    nilai = skor.compute_nilai(pertanyaan, read_jawaban(pertanyaan, jawaban))

    assert abs(Fraction(nilai) - acuan_lke.value(kode, jawaban)) < GALAT


def test_every_option_of_every_question_is_worth_what_its_type_says():
    for kode, satu in acuan_lke.PERTANYAAN.items():
        for opsi in satu["opsi"]:
            nilai = skor.compute_nilai(INSTRUMEN.pertanyaan[kode], opsi["kode"])
            assert Fraction(nilai) == acuan_lke.value(kode, opsi["kode"])


# --- single rules, in figures -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kode", "isian", "nilai"),
    [
        ("A.II.1.i.a", {"jumlah_agen": 4, "jumlah_perubahan": 3}, "0.75"),
        ("A.II.1.i.a", {"jumlah_agen": 4, "jumlah_perubahan": 9}, "1"),
        ("A.II.1.i.a", {"jumlah_agen": 0, "jumlah_perubahan": 0}, "0"),
        ("A.II.1.i.a", {"jumlah_agen": 0, "jumlah_perubahan": 3}, "0"),
        ("A.II.1.i.b", {"jumlah_perubahan": 0, "jumlah_terintegrasi": 0}, "0"),
        ("A.II.3.iii.a", {"lalu": 4, "ini": 1, "disanksi": 99}, "0.75"),
        ("A.II.3.iii.a", {"lalu": 4, "ini": 9, "disanksi": 0}, "0"),
        ("A.II.3.iii.a", {"lalu": 0, "ini": 0, "disanksi": 0}, "1"),
        ("A.II.3.iii.a", {"lalu": 0, "ini": 1, "disanksi": 0}, "0"),
        ("A.II.4.i.a", {"jumlah_sasaran": 0, "sasaran_tercapai": 0}, "0"),
        ("A.II.5.ii.a", {"aduan_wajib": 8, "aduan_proses": 8, "aduan_selesai": 6}, "0.75"),
        ("A.II.5.ii.a", {"aduan_wajib": 0, "aduan_proses": 0, "aduan_selesai": 0}, "1"),
        (
            "A.II.5.iii.a",
            {"lhkpn_kepala": 1, "lhkpn_pejabat": 2, "lhkpn_lainnya": 5, "lhkpn_sudah": 6},
            "0.75",
        ),
        (
            "A.II.5.iii.a",
            {"lhkpn_kepala": 0, "lhkpn_pejabat": 0, "lhkpn_lainnya": 0, "lhkpn_sudah": 0},
            "1",
        ),
        ("A.II.6.i.b", {"layanan_terdata": 0, "layanan_dipermudah": 0}, "0"),
        ("B.I.a", {"indeks": "3.60"}, "0.9"),
        ("B.II.a", {"indeks": "0"}, "0"),
        ("B.II.a", {"indeks": "4"}, "1"),
    ],
)
def test_a_number_is_worth_what_the_rule_says(kode, isian, nilai):
    if kode == "A.II.3.iii.a":
        isian = {f"pelanggaran_{nama}": jumlah for nama, jumlah in isian.items()}
    pertanyaan = INSTRUMEN.pertanyaan[kode]

    assert skor.compute_nilai(pertanyaan, read_jawaban(pertanyaan, isian)) == Decimal(nilai)


@pytest.mark.parametrize(
    ("jawaban", "simpul", "nilai", "tampil"),
    [
        # The index of the regulation's own floors, and the performance option.
        ({"B.I.a": {"indeks": "3.60"}}, "B.I.a", "15.750000", "15.75"),
        ({"B.II.a": {"indeks": "3.20"}}, "B.II", "14.000000", "14.00"),
        ({"B.I.b": "C"}, "B.I.b", "2.500000", "2.50"),
        ({"B.I.b": "b"}, "B.I", "3.750000", "3.75"),
        # A tie at the seventh decimal: 1/128 of 2/2.
        (
            {"A.II.1.i.a": {"jumlah_agen": 128, "jumlah_perubahan": 1}},
            "A.II.1.i",
            "0.007813",
            "0.01",
        ),
        # A third of one, and two of them.
        ({"A.I.1.ii.a": "Ya"}, "A.I.1.ii", "0.333333", "0.33"),
        ({"A.I.1.ii.a": "Ya", "A.I.1.ii.b": "A"}, "total", "0.666667", "0.67"),
    ],
)
def test_a_node_scores_what_the_rule_says(jawaban, simpul, nilai, tampil):
    hasil = score(jawaban, "nol")

    assert (hasil["nilai"][simpul], hasil["tampil"][simpul]) == (nilai, tampil)


@pytest.mark.parametrize(
    ("nilai", "tampil"),
    [("7.715000", "7.72"), ("7.714999", "7.71"), ("0.005000", "0.01"), ("74.995000", "75.00")],
)
def test_two_decimals_are_shown_half_up(nilai, tampil):
    assert str(skor.show(Decimal(nilai))) == tampil


def test_what_is_shown_as_the_floor_may_still_miss_it():
    """75.00 on the screen, 74.999 in the comparison."""
    ambang = INSTRUMEN.ambang["WBK"]
    penuh = {gerbang.simpul: gerbang.minimal for gerbang in ambang.daftar_gerbang}

    assert skor.find_gagal(penuh, ambang) == []
    assert skor.find_gagal(penuh | {"total": Decimal("74.999999")}, ambang) == ["total"]


def test_under_abaikan_a_node_without_any_answer_scores_nothing():
    hasil = score({"A.I.1.ii.a": "Ya", "A.I.1.ii.b": "B"}, "abaikan")

    terisi = {kode: nilai for kode, nilai in hasil["nilai"].items() if nilai != "0.000000"}
    assert terisi == dict.fromkeys(["A.I.1.ii", "A.I.1", "A.1", "A.I", "A", "total"], "0.750000")


def test_every_node_is_there_even_when_nothing_is_answered():
    hasil = score({}, "abaikan")

    assert set(hasil["nilai"]) == set(acuan_lke.score_mentah({}, "nol"))
    assert len(hasil["nilai"]) == 42 + 12 + 6 + 2 + 1 + 5 + 1 + 1
    assert set(hasil["nilai"].values()) == {"0.000000"}
    assert set(hasil["tampil"].values()) == {"0.00"}
    assert hasil["cakupan"] == "0.0000"


@pytest.mark.parametrize("target", ["WBK", "WBBM"])
def test_failed_gates_come_in_their_fixed_order(target):
    gagal = score({}, "nol")["kelayakan"][target]

    assert gagal == {"lolos": False, "gagal": acuan_lke.URUTAN_GERBANG}


def test_a_perfect_lke_passes_every_gate():
    hasil = score(build_jawaban(indeks="4", jumlah=0) | perfect_counts(), "nol")

    assert hasil["nilai"]["total"] == "100.000000"
    assert hasil["kelayakan"] == {
        "WBK": {"lolos": True, "gagal": []},
        "WBBM": {"lolos": True, "gagal": []},
    }


def perfect_counts():
    return {
        "A.II.1.i.a": {"jumlah_agen": 1, "jumlah_perubahan": 1},
        "A.II.1.i.b": {"jumlah_perubahan": 1, "jumlah_terintegrasi": 1},
        "A.II.4.i.a": {"jumlah_sasaran": 1, "sasaran_tercapai": 1},
        "A.II.6.i.b": {"layanan_terdata": 1, "layanan_dipermudah": 1},
    }


# --- laws ---------------------------------------------------------------------------------------
def compute_mentah(jawaban, kosong):
    nilai = skor.compute_nilai_semua(INSTRUMEN, read_semua(INSTRUMEN, jawaban))
    mentah = skor.compute_mentah(INSTRUMEN, nilai, kosong)
    return {kode: Fraction(satu) for kode, satu in mentah.items()}


@semua_kosong
@settings(max_examples=60, deadline=None)
@given(jawaban=make_lke())
def test_a_score_lies_between_nothing_and_the_weight(kosong, jawaban):
    mentah = compute_mentah(jawaban, kosong)
    rapi = skor.compute(INSTRUMEN, read_semua(INSTRUMEN, jawaban), kosong).nilai

    for simpul in INSTRUMEN.daftar_simpul:
        assert 0 <= mentah[simpul.kode] <= Fraction(simpul.bobot) + GALAT, simpul.kode
        assert 0 <= rapi[simpul.kode] <= simpul.bobot, simpul.kode


@semua_kosong
@settings(max_examples=60, deadline=None)
@given(jawaban=make_lke())
def test_a_node_is_the_sum_of_its_parts_before_it_is_tidied(kosong, jawaban):
    mentah = compute_mentah(jawaban, kosong)

    for simpul in INSTRUMEN.daftar_simpul:
        if simpul.anak:
            jumlah = sum(mentah[anak] for anak in simpul.anak)
            assert abs(mentah[simpul.kode] - jumlah) <= GALAT, simpul.kode


@settings(max_examples=60, deadline=None)
@given(jawaban=make_lke(lengkap=True))
def test_both_rules_agree_when_everything_is_answered(jawaban):
    nol, abaikan = score(jawaban, "nol"), score(jawaban, "abaikan")

    assert nol["cakupan"] == "1.0000"
    assert nol == abaikan


@settings(max_examples=60, deadline=None)
@given(jawaban=make_lke())
def test_empty_is_never_worth_more_than_left_out(jawaban):
    nol, abaikan = compute_mentah(jawaban, Kosong.NOL), compute_mentah(jawaban, Kosong.ABAIKAN)

    assert all(nol[kode] <= abaikan[kode] + GALAT for kode in nol)


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(),
    jawaban=make_lke(),
    kode=st.sampled_from(sorted(acuan_lke.PERTANYAAN)),
)
def test_a_better_answer_never_lowers_any_node(data, jawaban, kode):
    pertanyaan = INSTRUMEN.pertanyaan[kode]
    dua = [read_jawaban(pertanyaan, data.draw(make_jawaban(kode))) for _ in range(2)]
    rendah, tinggi = sorted(dua, key=lambda satu: skor.compute_nilai(pertanyaan, satu))
    isian = read_semua(INSTRUMEN, jawaban)
    tanpa = {satu: isi for satu, isi in isian.items() if satu != kode}

    urut = [
        skor.compute(INSTRUMEN, satu, Kosong.NOL).nilai
        for satu in (tanpa, tanpa | {kode: rendah}, tanpa | {kode: tinggi})
    ]

    for simpul in INSTRUMEN.simpul:
        assert urut[0][simpul] <= urut[1][simpul] <= urut[2][simpul], simpul


@settings(max_examples=60, deadline=None)
@given(jawaban=make_lke())
def test_both_results_at_once_are_the_two_single_ones(jawaban):
    isian = read_semua(INSTRUMEN, jawaban)

    dua = skor.compute_dua(INSTRUMEN, isian)

    assert dua == {kosong: skor.compute(INSTRUMEN, isian, kosong) for kosong in Kosong}
