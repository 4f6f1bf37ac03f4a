"""Reach, years against each other, and the quarter's limit: the rules themselves."""

import datetime
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satker.capaian import (
    NAIK,
    REALISASI_NOL,
    TARGET_NOL,
    TURUN,
    Capaian,
    Keadaan,
    Terukur,
    compare,
    compute_capaian,
    find_periode,
    get_akhir,
    is_met,
    judge,
    refuse_batas,
    summarise,
)
from satker.grafik import DASAR, draw_capaian

ANGKA = st.decimals(0, 10**14, places=4, allow_nan=False, allow_infinity=False).filter(
    lambda angka: angka < 10**14
)


@pytest.mark.parametrize(
    ("nilai", "target", "arah", "persen", "terpenuhi"),
    [
        ("95", "100", NAIK, "95", False),
        ("100", "100", NAIK, "100", True),
        ("150", "100", NAIK, "150", True),
        ("0", "100", NAIK, "0", False),
        ("5", "10", TURUN, "200", True),
        ("10", "10", TURUN, "100", True),
        ("20", "10", TURUN, "50", False),
        ("3", "0", TURUN, "0", False),
    ],
)
def test_reach_is_realisation_by_target_and_its_inverse(nilai, target, arah, persen, terpenuhi):
    assert compute_capaian(D(nilai), D(target), arah) == Capaian(D(persen), terpenuhi)


@pytest.mark.parametrize(
    ("nilai", "target", "arah", "catatan"),
    [
        ("0", "10", TURUN, REALISASI_NOL),
        ("0", "0", TURUN, ""),
        ("0", "0", NAIK, ""),
        ("7", "0", NAIK, TARGET_NOL),
    ],
)
def test_a_zero_that_cannot_divide_counts_a_hundred_and_says_so(nilai, target, arah, catatan):
    assert compute_capaian(D(nilai), D(target), arah) == Capaian(D(100), True, catatan)


@pytest.mark.parametrize("arah", [NAIK, TURUN])
def test_unknown_stays_unknown(arah):
    assert compute_capaian(None, D(5), arah) is None
    assert compute_capaian(D(5), None, arah) is None
    assert compute_capaian(None, D(0), arah) is None


@given(ANGKA, ANGKA, st.sampled_from([NAIK, TURUN]))
def test_what_is_shown_reads_a_hundred_only_when_the_target_is_met(nilai, target, arah):
    capaian = compute_capaian(nilai, target, arah)

    assert capaian.persen >= 0
    assert capaian.terpenuhi == (nilai <= target if arah == TURUN else nilai >= target)
    assert (capaian.tampil >= 100) == capaian.terpenuhi


def test_a_hair_below_the_target_never_reads_a_hundred():
    capaian = compute_capaian(D("99999.9999"), D(100000), NAIK)

    assert (capaian.tampil, capaian.terpenuhi) == (D("99.99"), False)


@pytest.mark.parametrize(
    ("daftar", "harap"),
    [
        ([], None),
        ([Capaian(D(100), True)], True),
        ([Capaian(D(100), True), None], None),
        ([Capaian(D(99), False), None], False),
        ([Capaian(D(300), True), Capaian(D(99), False)], False),
    ],
)
def test_a_goal_is_met_when_all_its_indicators_are(daftar, harap):
    assert is_met(daftar) is harap


def test_an_average_is_of_what_is_known_and_says_how_much_that_is():
    ringkas = summarise([Capaian(D(80), False), None, Capaian(D(120), True)])

    assert (ringkas.jumlah, ringkas.diketahui, ringkas.terpenuhi) == (3, 2, 1)
    assert (ringkas.rata, ringkas.lengkap) == (D(100), False)
    assert summarise([None]).rata is None
    assert not summarise([]).lengkap


def measure(nama, persen, satuan="persen"):
    capaian = None if persen is None else Capaian(D(persen), persen >= 100)
    return Terukur(nama, satuan, NAIK, capaian)


@pytest.mark.parametrize(
    ("kini", "lalu", "lebih_baik", "sama"),
    [
        # Only the indicator that both years have is compared.
        ([measure("Aduan  selesai.", 90), measure("Baru", 10)], [measure("aduan selesai", 80)], True, 1),
        ([measure("a", 80)], [measure("a", 80)], False, 1),
        ([measure("a", None)], [measure("a", 80)], None, 1),
        # Another unit of measure is another indicator.
        ([measure("a", 90)], [measure("a", 80, "orang")], True, 0),
        ([measure("a", 90), measure("b", None)], [measure("c", 80)], None, 0),
        ([], [measure("a", 80)], None, 0),
        ([measure("a", 90)], [], None, 0),
        # A name that stands twice says nothing.
        ([measure("a", 90), measure("a", 10)], [measure("a", 80)], False, 0),
    ],
)  # fmt: skip
def test_years_are_compared_only_when_both_are_known(kini, lalu, lebih_baik, sama):
    banding = compare(kini, lalu)

    assert banding.lebih_baik is lebih_baik
    assert len(banding.daftar_sama) == sama
    assert banding.alasan


BATAS = datetime.date(2026, 4, 10)


def test_equal_years_are_not_better_by_the_last_digit_of_a_quotient():
    def build(*daftar):
        return [
            Terukur(str(nomor), "u", NAIK, compute_capaian(D(nilai), D(target), NAIK))
            for nomor, (nilai, target) in enumerate(daftar)
        ]

    # 300 + 66 2/3 and 233 1/3 + 133 1/3.
    satu, dua = build((3, 1), (2, 3)), build((7, 3), (4, 3))

    assert compare(satu, dua).lebih_baik is False
    assert compare(dua, satu).lebih_baik is False


@pytest.mark.parametrize(
    ("jumlah", "terisi", "terakhir", "batas", "hari", "keadaan", "kata"),
    [
        (2, 2, BATAS, BATAS, 30, Keadaan.TEPAT, "tepat waktu"),
        (2, 2, datetime.date(2026, 4, 12), BATAS, 30, Keadaan.TERLAMBAT, "terlambat 2 hari"),
        (2, 2, BATAS, None, 30, Keadaan.MASUK, "sudah, batas belum diatur"),
        (2, 0, None, BATAS, 10, Keadaan.BELUM, "belum"),
        (2, 1, BATAS, BATAS, 13, Keadaan.LEWAT, "belum, 1 dari 2 indikator, lewat 3 hari"),
        (2, 0, None, None, 30, Keadaan.BELUM, "belum"),
        (0, 0, None, BATAS, 30, Keadaan.KOSONG, "tanpa indikator"),
    ],
)
def test_a_quarter_is_judged_by_its_limit(jumlah, terisi, terakhir, batas, hari, keadaan, kata):
    ketepatan = judge(jumlah, terisi, terakhir, batas=batas, hari=datetime.date(2026, 4, hari))

    assert (ketepatan.keadaan, ketepatan.kata) == (keadaan, kata)


def test_quarters_end_with_their_months_and_open_with_the_last():
    assert [get_akhir(2024, satu).isoformat() for satu in ("b03", "b06", "b09", "b12")] == [
        *("2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31")
    ]
    assert find_periode(2026, datetime.date(2026, 5, 31)) == "b03"
    assert find_periode(2026, datetime.date(2026, 6, 1)) == "b06"
    assert find_periode(2026, datetime.date(2025, 6, 1)) == "b03"
    assert find_periode(2026, datetime.date(2027, 1, 1)) == "b12"


def test_limits_stand_after_their_quarter_and_in_order():
    assert refuse_batas(2026, {"b03": BATAS, "b06": None, "b09": None, "b12": None}) == {}
    assert set(
        refuse_batas(
            2026,
            {
                "b03": datetime.date(2026, 2, 28),
                "b06": datetime.date(2028, 1, 1),
                "b09": datetime.date(2026, 10, 10),
                "b12": None,
            },
        )
    ) == {"b03", "b06", "b09"}


def test_the_chart_keeps_within_its_frame_and_breaks_where_no_target_is():
    tanda, tangga = draw_capaian(
        [("B03", D(5), D(10)), ("B06", None, None), ("B09", D(0), D(20)), ("B12", D(30), D(20))]
    )

    assert [satu.y is None for satu in tanda] == [False, True, False, False]
    assert tanda[2].tinggi == 0
    assert all(0 < satu.y_teks < DASAR for satu in tanda)
    assert tangga.count("M") == 2
    # Nothing known at all is a frame without a mark.
    assert draw_capaian([("B03", None, None)])[1] == ""
