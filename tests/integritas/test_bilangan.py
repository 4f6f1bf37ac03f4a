"""Numbers as people type them."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integritas.bilangan import (
    BilanganSalahError,
    read_bilangan,
    read_sel,
    show_bilangan,
    write_bilangan,
)


@pytest.mark.parametrize(
    ("teks", "angka"),
    [
        ("95,5", "95.5"),
        ("95.5", "95.5"),
        (" 1 000 ", "1000"),
        ("1.234.567", "1234567"),
        ("1.234,5", "1234.5"),
        ("0.125", "0.125"),
        ("0", "0"),
        ("007", "7"),
    ],
)
def test_commas_and_points_are_read_where_they_can_only_mean_one_thing(teks, angka):
    assert read_bilangan(teks) == D(angka)


@pytest.mark.parametrize("teks", ["", "  ", "\u00a0"])
def test_nothing_is_no_number(teks):
    assert read_bilangan(teks) is None


@pytest.mark.parametrize(
    ("teks", "sebut"),
    [
        ("1.234", "1234 atau 1,234"),
        ("-5", "negatif"),
        ("−5", "bukan angka"),
        ("lima", "bukan angka"),
        ("95%", "bukan angka"),
        ("1,2,3", "bukan angka"),
        ("1e5", "bukan angka"),
        ("NaN", "bukan angka"),
        ("٣", "bukan angka"),
        ("0,12345", "lebih dari 4 angka"),
        ("123456789012345", "terlalu besar"),
        ("9" * 100, "bukan angka"),
    ],
)
def test_what_is_no_number_or_two_numbers_is_refused_in_words(teks, sebut):
    with pytest.raises(BilanganSalahError, match=sebut):
        read_bilangan(teks)


def test_a_cell_that_is_a_number_is_taken_as_it_is():
    assert read_sel(1.234) == D("1.234")
    assert read_sel(95.30000000000001) == D("95.3")
    assert read_sel(7) == D(7)
    assert read_sel("–") is None
    for salah in (True, float("nan"), float("inf"), -1.0, object()):
        with pytest.raises(BilanganSalahError):
            read_sel(salah)


@given(st.decimals(0, 10**13, places=4, allow_nan=False, allow_infinity=False))
def test_what_is_written_into_a_field_is_read_back_the_same(angka):
    assert read_bilangan(write_bilangan(angka)) == angka
    assert "." not in write_bilangan(angka)


def test_numbers_are_shown_without_zeros_that_nobody_typed():
    assert [show_bilangan(D(satu)) for satu in ("95.5000", "1234.0000", "0.0000", "100")] == [
        *("95,5", "1.234", "0", "100")
    ]
