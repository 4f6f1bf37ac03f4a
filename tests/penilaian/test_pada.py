"""Which date a page shows, and what it says about it."""

import datetime

import pytest
import time_machine

from penilaian.pada import compute_default, resolve_pada

HARI_INI = datetime.date(2026, 11, 21)
DATA_PER = datetime.date(2022, 1, 19)


@pytest.fixture(autouse=True)
def hari_ini():
    with time_machine.travel(datetime.datetime(2026, 11, 21, 5, 0, tzinfo=datetime.UTC)):
        yield


@pytest.mark.parametrize(
    ("data_per", "bawaan"),
    [
        (None, HARI_INI),
        (DATA_PER, DATA_PER),
        (datetime.date(2025, 11, 20), datetime.date(2025, 11, 20)),
        (datetime.date(2025, 11, 21), HARI_INI),
        (HARI_INI, HARI_INI),
    ],
)
def test_today_only_while_the_facts_are_within_twelve_months(data_per, bawaan):
    assert compute_default(data_per) == bawaan


@pytest.mark.parametrize(
    ("teks", "data_per", "keterangan"),
    [
        (None, DATA_PER, "Per 19 Januari 2022, tanggal terakhir yang diketahui"),
        ("2024-12-01", DATA_PER, "Per 1 Desember 2024, belum dikonfirmasi sejak 19 Januari 2022"),
        ("2021-12-31", DATA_PER, "Per 31 Desember 2021"),
        (None, None, "Per 21 November 2026, data belum pernah dikonfirmasi"),
        (
            None,
            datetime.date(2026, 3, 1),
            "Per 21 November 2026, belum dikonfirmasi sejak 1 Maret 2026",
        ),
    ],
)
def test_the_page_says_how_far_the_date_is_known(teks, data_per, keterangan):
    assert resolve_pada(teks, data_per).keterangan == keterangan


@pytest.mark.parametrize("teks", ["2022-13-01", "kemarin", "20220119x", "1800-01-01", "9999-12-31"])
def test_a_date_that_cannot_be_is_named_and_the_default_shown(teks):
    pada = resolve_pada(teks, DATA_PER)

    assert (pada.tanggal, pada.dipilih, bool(pada.galat)) == (DATA_PER, False, True)


def test_a_link_carries_the_date_only_when_chosen():
    assert resolve_pada("2022-01-19", DATA_PER).query == "?pada=2022-01-19"
    assert resolve_pada(None, DATA_PER).query == ""
