"""When something may be sent, by the clock of the person."""

import datetime

import pytest

from satker.pengingat.jam import compute_jeda, compute_pagi, skip_tenang
from satker.zona import get_zona

JAM = datetime.time


def utc(jam, menit=0, hari=26):
    return datetime.datetime(2026, 11, hari, jam, menit, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("zona", "sebelum", "tepat"),
    [
        ("WIB", utc(0, 59), utc(1)),
        ("WITA", utc(23, 59, 25), utc(0)),
        ("WIT", utc(22, 59, 25), utc(23, hari=25)),
    ],
)
def test_the_morning_comes_at_eight_of_each_zone(zona, sebelum, tepat):
    assert compute_pagi(sebelum, get_zona(zona)) is None
    assert compute_pagi(tepat, get_zona(zona)) == tepat
    assert compute_pagi(tepat, get_zona(zona)).date() == datetime.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("saat", "dari", "sampai", "harap"),
    [
        # Over midnight in Jakarta: 21.00 to 05.00 is 14.00 to 22.00 UTC.
        (utc(13, 59), JAM(21), JAM(5), utc(13, 59)),
        (utc(14), JAM(21), JAM(5), utc(22)),
        (utc(20), JAM(21), JAM(5), utc(22)),
        (utc(22), JAM(21), JAM(5), utc(22)),
        # Within a day: 12.00 to 13.00 is 5.00 to 6.00 UTC.
        (utc(5, 30), JAM(12), JAM(13), utc(6)),
        (utc(6), JAM(12), JAM(13), utc(6)),
        (utc(5, 30), None, None, utc(5, 30)),
    ],
)
def test_quiet_hours_end_at_their_end(saat, dari, sampai, harap):
    assert skip_tenang(saat, get_zona("WIB"), dari, sampai) == harap


def test_waits_double_up_to_an_hour():
    menit = [compute_jeda(kali).total_seconds() / 60 for kali in (1, 2, 3, 6, 7, 30)]

    assert menit == [1, 2, 4, 32, 60, 60]
