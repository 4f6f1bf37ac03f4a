"""The shortest way to a target: against brute force on small instruments, by rule on the real one."""

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penilaian import skor
from penilaian.instrumen import Ambang, Instrumen, Opsi, Pertanyaan, Simpul, Tipe, load_bawaan
from penilaian.instrumen.bentuk import Gerbang
from penilaian.jalan import find_jalan
from penilaian.jawaban import read_semua
from penilaian.skor import Kosong
from tests.factories.lke import build_jawaban
from tests.penilaian.isian_acak import make_sulit

SKALA = {
    Tipe.YA_TIDAK: ["1", "0"],
    Tipe.ABC: ["1", "0.5", "0"],
    Tipe.ABCD: ["1", "0.67", "0.33", "0"],
}
INDEKS = {"B.I.a": {"indeks": "3.9"}, "B.II.a": {"indeks": "3.8"}}


# --- small instruments ----------------------------------------------------------------------------
def build_pertanyaan(kode, urutan, tipe, induk, area):
    opsi = tuple(Opsi("ABCD"[i], Decimal(n), "") for i, n in enumerate(SKALA[tipe]))
    return Pertanyaan(
        kode, urutan, "", urutan, "", "", tipe, induk, area, "pemenuhan", Decimal(1), opsi=opsi
    )


def build_instrumen(areas, hasil, lantai):
    """`areas`: per area a list of (weight, types) sub-unsur; `hasil`: types of single result
    questions; `lantai`: node -> floor in thousandths of the node's weight."""
    pertanyaan, simpul = [], []

    def add(kode, bobot, daftar_tipe, area):
        daftar = []
        for satu in daftar_tipe:
            nama = f"{kode}.{len(daftar)}"
            pertanyaan.append(build_pertanyaan(nama, len(pertanyaan) + 1, satu, kode, area))
            daftar.append(nama)
        simpul.append(
            Simpul(kode, "sub_unsur", "", Decimal(bobot), daftar_pertanyaan=tuple(daftar))
        )
        return Decimal(bobot)

    def join(kode, level, anak):
        bobot = sum((next(s.bobot for s in simpul if s.kode == a) for a in anak), Decimal(0))
        simpul.append(Simpul(kode, level, "", bobot, anak=tuple(anak)))

    for nomor, daftar in enumerate(areas, 1):
        anak = [f"A.{nomor}.{i}" for i in range(len(daftar))]
        for kode, (bobot, daftar_tipe) in zip(anak, daftar, strict=True):
            add(kode, bobot, daftar_tipe, f"A.{nomor}")
        join(f"A.{nomor}", "area", anak)
    join("A", "komponen", [f"A.{nomor}" for nomor in range(1, len(areas) + 1)])
    for nomor, tipe in enumerate(hasil):
        add(f"B.{nomor}", 5, [tipe], "B")
    join("B", "komponen", [f"B.{nomor}" for nomor in range(len(hasil))])
    join("total", "total", ["A", "B"])
    bobot = {s.kode: s.bobot for s in simpul}
    ambang = Ambang(
        "WBK",
        None,
        tuple(Gerbang(k, k, bobot[k] * lantai[k] / 1000) for k in bobot if k in lantai),
    )
    return Instrumen(
        "KECIL", 1, "", tuple(pertanyaan), tuple(simpul), {"WBK": ambang}, bobot["total"]
    )


@st.composite
def kasus(draw):
    tipe = st.sampled_from(list(SKALA))
    sub = st.tuples(
        st.sampled_from(["0.5", "1", "1.5", "2.25"]), st.lists(tipe, min_size=1, max_size=2)
    )
    areas = draw(st.lists(st.lists(sub, min_size=1, max_size=2), min_size=1, max_size=2))
    hasil = draw(st.lists(tipe, min_size=1, max_size=1))
    node = ["total", "A", "B", "B.0", "A.1", "A.2"]
    lantai = draw(st.dictionaries(st.sampled_from(node), st.integers(0, 1000), max_size=5))
    instrumen = build_instrumen(areas, hasil, lantai)
    jawaban, upaya = {}, {}
    for satu in instrumen.daftar_pertanyaan:
        pilih = draw(st.sampled_from([None, *satu.nilai_opsi]))
        if pilih:
            jawaban[satu.kode] = pilih
        if draw(st.booleans()):
            upaya[satu.kode] = draw(st.integers(1, 9))
    return instrumen, jawaban, upaya


def search_all(instrumen, jawaban, upaya):
    """Effort and number of questions of the cheapest way, every combination of better options
    tried; None when there is none."""
    kini = skor.compute_nilai_semua(instrumen, jawaban)
    pilihan = [
        [None, *(n for n in satu.nilai_opsi.values() if n > kini.get(satu.kode, 0))]
        for satu in instrumen.daftar_pertanyaan
    ]
    terbaik = None
    for gabung in itertools.product(*pilihan):
        naik = {
            satu.kode: nilai
            for satu, nilai in zip(instrumen.daftar_pertanyaan, gabung, strict=True)
            if nilai is not None
        }
        biaya = (sum(upaya.get(kode, 1) for kode in naik), len(naik))
        if terbaik is not None and biaya >= terbaik:
            continue
        if skor.compute_from_nilai(instrumen, kini | naik, Kosong.NOL).kelayakan["WBK"].lolos:
            terbaik = biaya
    return terbaik


@settings(max_examples=400, deadline=None)
@given(kasus())
def test_the_way_is_as_short_as_brute_force_finds(isi):
    instrumen, jawaban, upaya = isi

    jalan = find_jalan(instrumen, jawaban, "WBK", upaya)

    terpendek = search_all(instrumen, jawaban, upaya)
    assert jalan.tercapai == (terpendek is not None)
    if terpendek is not None:
        assert (jalan.upaya, len(jalan.langkah)) == terpendek


@settings(max_examples=200, deadline=None)
@given(kasus())
def test_the_way_leads_there_and_no_step_could_be_smaller(isi):
    instrumen, jawaban, upaya = isi

    jalan = find_jalan(instrumen, jawaban, "WBK", upaya)

    if not jalan.tercapai:
        assert jalan.langkah == ()
        assert jalan.gagal
        return
    sesudah = dict(jawaban) | {satu.kode: satu.ke for satu in jalan.langkah}
    hasil = skor.compute(instrumen, sesudah, Kosong.NOL)
    assert hasil.nilai == jalan.skor.nilai
    assert hasil.kelayakan["WBK"].lolos
    for satu in jalan.langkah:
        nilai = instrumen.pertanyaan[satu.kode].nilai_opsi
        for kode, besar in nilai.items():
            if nilai.get(satu.dari, 0) <= besar < nilai[satu.ke]:
                coba = skor.compute(instrumen, sesudah | {satu.kode: kode}, Kosong.NOL)
                assert not coba.kelayakan["WBK"].lolos


# --- the real instrument ------------------------------------------------------------------------
def read(instrumen, **beda):
    return read_semua(instrumen, build_jawaban(**beda))


def test_a_full_lke_needs_no_way():
    instrumen = load_bawaan()

    jalan = find_jalan(instrumen, read(instrumen), "WBBM")

    assert jalan.lolos_sudah
    assert (jalan.langkah, jalan.upaya, jalan.poin) == ((), 0, 0)


def test_one_missing_floor_is_one_step_as_small_as_it_may_be():
    instrumen = load_bawaan()
    jawaban = read(instrumen) | {"B.I.b": "E"}

    jalan = find_jalan(instrumen, jawaban, "WBK")

    [langkah] = jalan.langkah
    # C gives 2.50: just the floor of B.I.b, and with 16.23 of B.I.a enough for B.I (18.25).
    assert (langkah.kode, langkah.dari, langkah.ke, langkah.poin) == (
        *("B.I.b", "E", "C"),
        Decimal("2.500000"),
    )
    assert jalan.upaya == 1


def test_indices_change_only_where_the_unit_says_what_is_within_reach():
    instrumen = load_bawaan()
    jawaban = read(instrumen, indeks="3.00")

    tanpa = find_jalan(instrumen, jawaban, "WBK")
    dengan = find_jalan(
        instrumen, jawaban, "WBK", {"B.II.a": 4}, jangkauan=read_semua(instrumen, INDEKS)
    )

    assert not tanpa.tercapai
    assert tanpa.gagal == ("B.I", "B.I.a", "B.II", "B.II.a")
    assert [satu.kode for satu in dengan.langkah] == ["B.I.a", "B.II.a"]
    assert dengan.langkah[0].ke == {"indeks": Decimal("3.9")}
    assert dengan.upaya == 5


def test_what_is_within_reach_but_not_better_changes_nothing():
    instrumen = load_bawaan()
    jawaban = read(instrumen, indeks="3.00")
    turun = read_semua(instrumen, {"B.I.a": {"indeks": "2.9"}})

    assert not find_jalan(instrumen, jawaban, "WBK", jangkauan=turun).tercapai


def test_an_empty_lke_shows_the_best_that_can_be_reached():
    instrumen = load_bawaan()

    jalan = find_jalan(instrumen, {}, "WBK", jangkauan=read_semua(instrumen, INDEKS))

    assert jalan.tercapai
    assert all(langkah.dari is None for langkah in jalan.langkah)
    buruk = find_jalan(instrumen, {}, "WBK")
    assert not buruk.tercapai
    assert buruk.skor == buruk.terbaik
    assert buruk.terbaik.nilai["A.2"] == Decimal("7.000000")
    assert jalan.terbaik.nilai["B.I.a"] == Decimal("17.062500")
    assert buruk.gagal == ("total", "B.I", "B.I.a", "B.II", "B.II.a")


@pytest.mark.parametrize(
    ("upaya", "dipilih"),
    [
        ({"A.1.0.0": 3}, ["A.1.1.0", "A.1.1.1"]),
        # At the same effort one question is less to do than two.
        ({"A.1.0.0": 2}, ["A.1.0.0"]),
        ({}, ["A.1.0.0"]),
    ],
)
def test_a_costly_question_is_left_alone_when_two_cheap_ones_do(upaya, dipilih):
    ya = Tipe.YA_TIDAK
    instrumen = build_instrumen([[("1", [ya]), ("1.5", [ya, ya])]], [ya], {"A.1": 400})

    jalan = find_jalan(instrumen, {}, "WBK", upaya)

    assert [satu.kode for satu in jalan.langkah] == dipilih


def test_a_floor_that_only_tidying_lifts_is_held():
    instrumen = build_instrumen([[("1", [Tipe.ABCD] * 3)]], [Tipe.YA_TIDAK], {})
    # 0.67 / 3 = 0.22333333…, tidied 0.223333; a floor of exactly that is held.
    tepat = Ambang("WBK", None, (Gerbang("A.1", "A.1", Decimal("0.223334")),))
    lewat = Ambang("WBK", None, (Gerbang("A.1", "A.1", Decimal("0.223333")),))

    kurang = find_jalan(replace(instrumen, ambang={"WBK": tepat}), {"A.1.0.0": "B"}, "WBK")
    cukup = find_jalan(replace(instrumen, ambang={"WBK": lewat}), {"A.1.0.0": "B"}, "WBK")

    assert len(kurang.langkah) == 1
    assert cukup.lolos_sudah


@pytest.mark.parametrize(
    ("lantai", "jumlah"),
    [("0.666667", 2), ("0.6666666", 2), ("0.6666671", 3), ("0.666668", 3), ("0.333333", 1)],
)
def test_a_floor_is_compared_with_six_decimals_as_the_score_does(lantai, jumlah):
    """Two thirds are tidied to 0.666667."""
    instrumen = build_instrumen([[("1", [Tipe.ABCD] * 3)]], [Tipe.YA_TIDAK], {})
    gerbang = (Gerbang("A.1", "A.1", Decimal(lantai)),)
    instrumen = replace(instrumen, ambang={"WBK": Ambang("WBK", None, gerbang)})

    jalan = find_jalan(instrumen, {}, "WBK")

    assert len(jalan.langkah) == jumlah
    assert (jalan.upaya, jumlah) == search_all(instrumen, {}, {})


@pytest.mark.parametrize("benih", range(4))
def test_hard_instances_are_solved_and_the_frontier_agrees_with_the_score(benih):
    """Every count with nine digits: denominators that share nothing."""
    instrumen = load_bawaan()
    jawaban, jangkauan, upaya = make_sulit(instrumen, benih)
    jangkauan["B.I.a"] = jangkauan["B.II.a"] = {"indeks": Decimal("3.95")}

    for target in instrumen.ambang:
        jalan = find_jalan(instrumen, jawaban, target, upaya, jangkauan)

        assert jalan.tercapai
        assert jalan == find_jalan(instrumen, jawaban, target, upaya, jangkauan)
        assert jalan.upaya == sum(upaya[satu.kode] for satu in jalan.langkah)
        awal = skor.compute(instrumen, jawaban, Kosong.NOL)
        naik = jalan.skor.nilai["total"] - awal.nilai["total"]
        assert abs(naik - jalan.poin) < Decimal("0.0001")
