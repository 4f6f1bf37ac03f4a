"""Dates and numbers as Indonesian readers write them."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

HARI = datetime.date(2022, 1, 19)


@pytest.mark.parametrize(
    ("saring", "nilai", "teks"),
    [
        ("tanggal", HARI, "19 Januari 2022"),
        ("tanggal", None, ""),
        ("tanggal_singkat", datetime.date(2022, 8, 1), "1 Agu 2022"),
        ("hari_bulan", HARI, "19 Jan"),
        ("waktu", "2024-09", "September 2024"),
        ("waktu", "2018", "2018"),
        ("waktu", "2022-01-19", "19 Januari 2022"),
        ("angka", 1234567, "1.234.567"),
        ("angka", 80.5, "80,5"),
        ("angka", Decimal("3.74"), "3,74"),
        ("persen", 18.5185, "18,5%"),
        ("persen", None, ""),
        # Eight in the evening of UTC is the next day in Jakarta.
        ("tanggal", datetime.datetime(2022, 1, 18, 20, tzinfo=datetime.UTC), "19 Januari 2022"),
        (
            "saat",
            datetime.datetime(2022, 1, 18, 20, 5, tzinfo=datetime.UTC),
            "19 Januari 2022, 03.05",
        ),
    ],
)
def test_shown_as_people_write(saring, nilai, teks):
    templat = Template("{% load tampil %}{{ nilai|" + saring + " }}")

    assert templat.render(Context({"nilai": nilai})) == teks
