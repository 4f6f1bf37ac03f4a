"""Offsets in calendar and working days, across years and backwards, and hours of the three zones."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satker import tenggat
from satker import zona as zona_waktu

D = datetime.date
# Around the turn of 2026: Thursday 25 December, Friday 26, Thursday 1 January.
LIBUR = frozenset({D(2025, 12, 25), D(2025, 12, 26), D(2026, 1, 1)})
HARI = st.dates(D(2000, 1, 1), D(2100, 12, 31))


@pytest.mark.parametrize(
    ("hari", "geser", "hasil"),
    [
        (D(2025, 12, 24), 1, D(2025, 12, 29)),
        (D(2025, 12, 24), 4, D(2026, 1, 2)),
        (D(2026, 1, 2), -1, D(2025, 12, 31)),
        (D(2026, 1, 5), -5, D(2025, 12, 24)),
        # A Saturday and a holiday are no day of work themselves.
        (D(2025, 12, 27), 1, D(2025, 12, 29)),
        (D(2025, 12, 27), -1, D(2025, 12, 24)),
        (D(2026, 1, 1), 0, D(2025, 12, 31)),
        (D(2026, 1, 2), 0, D(2026, 1, 2)),
    ],
)
def test_working_days_leave_out_weekends_and_holidays_in_both_directions(hari, geser, hasil):
    assert tenggat.shift(hari, geser, tenggat.KERJA, LIBUR) == hasil


def test_calendar_days_count_every_day():
    assert tenggat.shift(D(2026, 1, 19), -30, tenggat.KALENDER, LIBUR) == D(2025, 12, 20)
    assert tenggat.shift(D(2024, 2, 28), 2, tenggat.KALENDER) == D(2024, 3, 1)


@given(HARI, st.integers(-40, 40).filter(bool), st.frozensets(HARI, max_size=5))
def test_so_many_working_days_lie_between(hari, geser, libur):
    hasil = tenggat.shift(hari, geser, tenggat.KERJA, libur)

    dari, sampai = (hari + tenggat.HARI, hasil) if geser > 0 else (hasil, hari - tenggat.HARI)
    antara = [dari + tenggat.HARI * nomor for nomor in range((sampai - dari).days + 1)]
    assert tenggat.is_hari_kerja(hasil, libur)
    assert sum(tenggat.is_hari_kerja(satu, libur) for satu in antara) == abs(geser)


def test_a_year_without_holidays_is_named():
    kalimat = "kalender libur 2026 belum diisi, hanya Sabtu dan Minggu dihitung"

    assert tenggat.list_tahun(D(2026, 1, 5), D(2025, 12, 24)) == [2025, 2026]
    assert tenggat.say_libur_kosong([2025, 2026], {2025}) == kalimat
    assert tenggat.say_libur_kosong([2025, 2026], {2025, 2026}) == ""
    assert tenggat.say_libur_kosong([2027, 2025, 2026], set()).startswith(
        "kalender libur 2025, 2026 dan 2027 belum diisi"
    )


@pytest.mark.parametrize(("zona", "jam"), [("WIB", 1), ("WITA", 0), ("WIT", -1)])
def test_eight_in_the_morning_of_each_zone(zona, jam):
    pagi = zona_waktu.to_utc(D(2026, 3, 1), datetime.time(8), zona)

    assert pagi == datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC) + datetime.timedelta(
        hours=jam
    )
    assert zona_waktu.get_hari(pagi, zona) == D(2026, 3, 1)
    assert zona_waktu.get_hari(pagi - datetime.timedelta(hours=8, seconds=1), zona) == D(
        2026, 2, 28
    )


def test_a_month_later_ends_with_the_month():
    assert tenggat.add_bulan(D(2025, 12, 19), 1) == D(2026, 1, 19)
    assert tenggat.add_bulan(D(2026, 1, 31), 1) == D(2026, 2, 28)
    assert tenggat.add_bulan(D(2026, 3, 31), -1) == D(2026, 2, 28)
