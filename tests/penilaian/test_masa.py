"""Timelines of a unit, compared day by day with the rules told the slow way."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penilaian.masa import (
    CatatanPredikat,
    Masa,
    Perubahan,
    add_bulan,
    compute_berlaku_dari,
    derive_masa,
    find_masa,
)

AWAL = datetime.date(2020, 1, 1)
HARI = 120


def hari(nomor: int) -> datetime.date:
    return AWAL + datetime.timedelta(days=nomor)


# --- the first day of a predicate -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("tanggal_sk", "tahun", "disebut_pada", "hasil"),
    [
        ("2021-12-20", 2021, "2022-01-19", ("2021-12-20", "tanggal")),
        ("2021-12-20", None, None, ("2021-12-20", "tanggal")),
        (None, 2021, None, ("2021-12-31", "tahun")),
        (None, 2021, "2022-01-19", ("2021-12-31", "tahun")),
        (None, 2021, "2021-06-01", ("2021-06-01", "tahun")),
        (None, 2021, "2021-12-31", ("2021-12-31", "tahun")),
        (None, None, "2022-01-19", ("2022-01-19", "disebut")),
    ],
)
def test_a_predicate_counts_from_the_first_day_that_is_certain(
    tanggal_sk, tahun, disebut_pada, hasil
):
    def baca(teks):
        return datetime.date.fromisoformat(teks) if teks else None

    dari, ketelitian = compute_berlaku_dari(baca(tanggal_sk), tahun, baca(disebut_pada))

    assert (dari.isoformat(), ketelitian) == hasil


def test_a_predicate_that_nothing_dates_has_no_first_day():
    with pytest.raises(ValueError, match="needs a decree date"):
        compute_berlaku_dari(None, None, None)


# --- told examples --------------------------------------------------------------------------------
def test_nothing_known_gives_no_period():
    assert derive_masa([], []) == []
    assert find_masa([], AWAL) is None


def test_a_clarification_cuts_the_period_and_keeps_the_predicate():
    catatan = CatatanPredikat(
        7,
        "WBK",
        hari(0),
        (Perubahan("KLARIFIKASI_DIBUKA", hari(10)), Perubahan("KLARIFIKASI_SELESAI", hari(20))),
    )

    assert derive_masa([catatan], []) == [
        Masa(hari(0), hari(10), "WBK", "AKTIF", 7),
        Masa(hari(10), hari(20), "WBK", "DALAM_KLARIFIKASI", 7),
        Masa(hari(20), None, "WBK", "AKTIF", 7),
    ]


def test_a_rise_joins_wbk_and_wbbm_without_a_day_between():
    wbk = CatatanPredikat(1, "WBK", hari(0), (Perubahan("NAIK_KE_WBBM", hari(30)),))
    wbbm = CatatanPredikat(2, "WBBM", hari(30))

    assert derive_masa([wbbm, wbk], []) == [
        Masa(hari(0), hari(30), "WBK", "AKTIF", 1),
        Masa(hari(30), None, "WBBM", "AKTIF", 2),
    ]


@pytest.mark.parametrize("jenis", ["DICABUT", "BERAKHIR"])
def test_a_loss_is_known_as_none_until_the_next_predicate(jenis):
    lama = CatatanPredikat(1, "WBK", hari(0), (Perubahan(jenis, hari(30)),))
    baru = CatatanPredikat(2, "WBK", hari(90))

    assert derive_masa([lama, baru], []) == [
        Masa(hari(0), hari(30), "WBK", "AKTIF", 1),
        Masa(hari(30), hari(90), "TANPA"),
        Masa(hari(90), None, "WBK", "AKTIF", 2),
    ]


def test_a_saying_counts_from_its_day_and_not_before():
    baru = CatatanPredikat(2, "WBK", hari(90))

    assert derive_masa([baru], [hari(20), hari(40), hari(95)]) == [
        Masa(hari(20), hari(90), "TANPA"),
        Masa(hari(90), None, "WBK", "AKTIF", 2),
    ]


def test_a_change_on_the_first_day_leaves_no_empty_period():
    catatan = CatatanPredikat(1, "WBK", hari(5), (Perubahan("KLARIFIKASI_DIBUKA", hari(5)),))

    assert derive_masa([catatan], []) == [Masa(hari(5), None, "WBK", "DALAM_KLARIFIKASI", 1)]


# --- any history ----------------------------------------------------------------------------------
@st.composite
def riwayat_satker(draw):
    """Predicates one after another as the workflow lets them be, and any attestations."""
    daftar, mulai = [], draw(st.integers(0, 20))
    for pk in range(1, draw(st.integers(0, 4)) + 1):
        jenis = draw(st.sampled_from(["WBK", "WBBM"]))
        perubahan, kini, terbuka = [], mulai, False
        for _ in range(draw(st.integers(0, 3))):
            kini += draw(st.integers(0, 8))
            perubahan.append(
                Perubahan("KLARIFIKASI_SELESAI" if terbuka else "KLARIFIKASI_DIBUKA", hari(kini))
            )
            terbuka = not terbuka
        ditutup = draw(st.booleans())
        if ditutup:
            kini = max(kini + draw(st.integers(0, 8)), mulai + 1)
            penutup = draw(st.sampled_from(["DICABUT", "BERAKHIR", "NAIK_KE_WBBM"]))
            perubahan.append(Perubahan(penutup, hari(kini)))
        daftar.append(CatatanPredikat(pk, jenis, hari(mulai), tuple(perubahan)))
        if not ditutup:
            break
        mulai = kini + draw(st.integers(0, 12))
    tanpa = draw(st.lists(st.integers(0, HARI).map(hari), max_size=4))
    return draw(st.permutations(daftar)), tanpa


def tell_slowly(daftar, tanpa, pada):
    """What is known on one day, read straight from the rules."""
    for catatan in daftar:
        lewat = [satu for satu in catatan.perubahan if satu.tanggal <= pada]
        tertutup = any(satu.jenis in {"DICABUT", "BERAKHIR", "NAIK_KE_WBBM"} for satu in lewat)
        if catatan.berlaku_dari <= pada and not tertutup:
            dibuka = bool(lewat) and lewat[-1].jenis == "KLARIFIKASI_DIBUKA"
            return catatan.jenis, "DALAM_KLARIFIKASI" if dibuka else "AKTIF", catatan.pk
    diketahui = [satu for satu in tanpa if satu <= pada] + [
        catatan.berlaku_dari for catatan in daftar if catatan.berlaku_dari <= pada
    ]
    return ("TANPA", "", None) if diketahui else None


@given(riwayat_satker())
def test_each_day_is_as_the_rules_tell_it(isi):
    daftar, tanpa = isi
    masa = derive_masa(daftar, tanpa)

    for nomor in range(-1, HARI + 60):
        satu = find_masa(masa, hari(nomor))
        ringkas = (satu.nilai, satu.keadaan, satu.predikat) if satu else None
        assert ringkas == tell_slowly(daftar, tanpa, hari(nomor))


@given(riwayat_satker())
def test_periods_are_in_order_and_never_overlap_and_the_last_is_open(isi):
    masa = derive_masa(*isi)

    for satu, dua in itertools.pairwise(masa):
        assert satu.sampai is not None
        assert satu.dari < satu.sampai <= dua.dari
    if masa:
        assert masa[-1].sampai is None
        # Once anything is known, every later day is known.
        assert all(satu.sampai == dua.dari for satu, dua in itertools.pairwise(masa))


@given(riwayat_satker())
def test_the_order_in_which_facts_are_found_changes_nothing(isi):
    daftar, tanpa = isi

    assert derive_masa(daftar, tanpa) == derive_masa(daftar[::-1], tanpa[::-1])


# --- months ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("awal", "bulan", "hasil"),
    [
        ("2022-01-31", 1, "2022-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2022-12-31", 12, "2023-12-31"),
        ("2022-11-30", 1, "2022-12-30"),
        ("2022-06-15", 0, "2022-06-15"),
        ("2022-06-15", 7, "2023-01-15"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(awal, bulan, hasil):
    assert add_bulan(datetime.date.fromisoformat(awal), bulan).isoformat() == hasil


@given(st.dates(datetime.date(1945, 1, 1), datetime.date(2100, 12, 31)), st.integers(0, 60))
def test_months_later_lands_in_the_right_month(tanggal, bulan):
    hasil = add_bulan(tanggal, bulan)

    assert hasil.year * 12 + hasil.month == tanggal.year * 12 + tanggal.month + bulan
    assert hasil.day == tanggal.day or (hasil + datetime.timedelta(days=1)).day == 1
