"""The evidence calendar: which slot is filled, late, running or still to come."""

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penilaian.kalender import Celah, Keadaan, build, list_celah
from penilaian.templatetags.instrumen import nama_celah

HARI = date(2026, 5, 20)


def test_a_year_has_twelve_months_and_four_quarters():
    bulan = list_celah(2024, "bulan")
    triwulan = list_celah(2024, "triwulan")

    assert [nama_celah(satu) for satu in bulan[:3]] == ["Jan", "Feb", "Mar"]
    assert (len(bulan), bulan[1].sampai) == (12, date(2024, 2, 29))
    assert [nama_celah(satu) for satu in triwulan] == [
        f"Triwulan {n}" for n in ("I", "II", "III", "IV")
    ]
    assert (triwulan[1].dari, triwulan[1].sampai) == (date(2024, 4, 1), date(2024, 6, 30))


@pytest.mark.parametrize("berkala", ["bulan", "triwulan"])
@given(hari=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_every_day_of_the_year_is_in_one_slot(berkala, hari):
    assert sum(satu.dari <= hari <= satu.sampai for satu in list_celah(2026, berkala)) == 1


@pytest.mark.parametrize(
    ("periode", "terisi"),
    [
        ((date(2026, 3, 1), date(2026, 3, 31)), True),
        ((date(2026, 3, 4), date(2026, 3, 4)), True),
        ((date(2026, 1, 1), date(2026, 6, 30)), True),
        ((date(2026, 1, 1), None), True),
        ((None, date(2026, 12, 31)), True),
        # Only begins or ends in March.
        ((date(2026, 2, 20), date(2026, 3, 5)), False),
        ((date(2026, 3, 20), date(2026, 4, 5)), False),
        ((date(2026, 3, 20), None), False),
        ((date(2026, 4, 1), date(2026, 4, 30)), False),
        ((date(2025, 3, 1), date(2025, 3, 31)), False),
        ((None, None), False),
    ],
)
def test_a_period_fills_what_it_covers_or_lies_within(periode, terisi):
    assert Celah("bulan", 3, date(2026, 3, 1), date(2026, 3, 31)).is_filled_by(periode) is terisi


def test_slots_are_late_running_or_to_come_as_of_a_day():
    maret = (date(2026, 3, 1), date(2026, 3, 31))

    [baris] = build(2026, HARI, {7: "bulan"}, [(7, maret), (8, maret)])

    assert [isi.keadaan for isi in baris.daftar_isi] == [
        *["terlambat", "terlambat", "terisi", "terlambat", "berjalan"],
        *["nanti"] * 7,
    ]
    assert (baris.dokumen, baris.terisi, baris.terlambat) == (7, 1, 3)


@pytest.mark.parametrize(
    ("hari", "keadaan"),
    [
        (date(2026, 3, 31), Keadaan.BERJALAN),
        (date(2026, 4, 1), Keadaan.TERLAMBAT),
        (date(2026, 1, 1), Keadaan.BERJALAN),
        (date(2025, 12, 31), Keadaan.NANTI),
    ],
)
def test_a_slot_is_late_from_the_day_after_its_last(hari, keadaan):
    [baris] = build(2026, hari, {7: "triwulan"}, [])

    assert baris.daftar_isi[0].keadaan == keadaan


@given(
    st.lists(
        st.tuples(
            st.sampled_from([7, 8]),
            st.tuples(
                st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31)),
                st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31)),
            ),
        ),
        max_size=8,
    )
)
def test_more_evidence_never_empties_a_slot(daftar):
    satu = build(2026, HARI, {7: "bulan", 8: "triwulan"}, daftar[1:])
    dua = build(2026, HARI, {7: "bulan", 8: "triwulan"}, daftar)

    for kurang, lebih in zip(satu, dua, strict=True):
        assert lebih.terisi >= kurang.terisi
        assert lebih.terlambat <= kurang.terlambat
        assert len(lebih.daftar_isi) == {7: 12, 8: 4}[lebih.dokumen]


def test_a_whole_year_fills_every_slot():
    tahun = (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))

    daftar = build(2026, HARI, {7: "bulan", 8: "triwulan"}, [(7, tahun), (8, tahun)])

    assert [baris.terisi for baris in daftar] == [12, 4]
