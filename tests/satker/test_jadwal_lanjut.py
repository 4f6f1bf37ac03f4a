"""Dates after a declaration, until the end of its year."""

import datetime

import pytest

from satker.alur.tindak_lanjut import read_pola
from satker.jadwal_lanjut import PolaLanjut, build_jadwal

HARI = datetime.date(2026, 1, 31)


def dates(pola, nilai, hari=HARI):
    return [
        satu.tanggal.isoformat() for satu in build_jadwal(hari, [PolaLanjut(pola, nilai, "x", "")])
    ]


def test_monthly_dates_stay_in_the_month_and_out_of_the_weekend():
    daftar = dates("bulanan", 1)

    # 28 February 2026 is a Saturday.
    assert daftar[:3] == ["2026-03-02", "2026-03-31", "2026-04-30"]
    assert len(daftar) == 11


def test_quarters_after_the_day():
    assert dates("triwulan", 0, datetime.date(2026, 4, 11)) == [
        "2026-06-30",
        "2026-09-30",
        "2026-12-31",
    ]


def test_a_december_declaration_still_gets_what_follows_by_days():
    assert dates("sesudah", 14, datetime.date(2026, 12, 30)) == ["2027-01-13"]
    assert dates("bulanan", 1, datetime.date(2026, 12, 30)) == []


def test_an_unknown_pattern_is_an_error():
    with pytest.raises(ValueError, match="tidak dikenal"):
        dates("mingguan", 1)


def test_the_packaged_rows_say_that_they_are_proposals():
    daftar = read_pola()

    assert {pola.pola for pola in daftar} == {"sesudah", "bulanan", "triwulan"}
    assert all(pola.sumber.startswith("usulan produk") for pola in daftar)
    assert len(build_jadwal(datetime.date(2026, 1, 19), daftar)) == 2 + 11 + 4
