"""Badges, rings and the trend: what is unknown is never drawn as none."""

import datetime

import pytest
from django.template import Context, Template

from penilaian.hitung import Hitungan


def render(teks, **isi):
    return Template("{% load predikat tampil %}" + teks).render(Context(isi))


@pytest.mark.parametrize(
    ("nilai", "rupa", "nama"),
    [
        ("WBK", "wbk", "WBK"),
        ("WBBM", "wbbm", "WBBM"),
        ("TANPA", "tanpa", "Tanpa predikat"),
        (None, "tidak-diketahui", "Belum diketahui"),
    ],
)
def test_a_badge_tells_unknown_from_none(nilai, rupa, nama):
    hasil = render("{% predikat_badge nilai %}", nilai=nilai)

    assert f'class="predikat" data-predikat="{rupa}"' in hasil
    assert hasil.count(nama) == 1


def test_a_clarification_is_said_only_when_asked_for():
    assert "klarifikasi" not in render('{% predikat_badge "WBK" %}')
    assert "dalam klarifikasi" in render('{% predikat_badge "WBK" "DALAM_KLARIFIKASI" %}')


def test_one_ring_a_unit():
    hasil = render("{% rings hitungan %}", hitungan=Hitungan(4, 1, 20, 27))

    assert [hasil.count(f'class="{nama}"') for nama in ("wbbm", "wbk", "tanpa")] == [1, 4, 20]
    assert hasil.count('class="tidak-diketahui"') == 2
    assert "1 WBBM, 4 WBK, 20 tanpa predikat, 2 belum diketahui" in hasil


def test_many_units_are_a_sentence_and_unknown_ones_no_zero():
    hasil = render("{% rings hitungan %}", hitungan=Hitungan(0, 0, 0, 64))

    assert "<circle" not in hasil
    assert "64 belum diketahui" in hasil
    assert "0 WBK" not in hasil


def test_the_trend_has_the_same_figures_as_a_table():
    hari = [datetime.date(2021, 12, 31), datetime.date(2022, 1, 19)]
    hasil = render(
        "{% tren daftar %}",
        daftar=list(zip(hari, [Hitungan(0, 0, 0, 27), Hitungan(4, 1, 22, 27)], strict=True)),
    )

    assert hasil.count("<rect") == 4
    assert "19 Jan 2022" in hasil
    assert '<td class="num">22</td>' in hasil
    # Nothing is known of 2021: a question mark in the drawing and in three cells of the table.
    assert hasil.count(">?<") == 4
