"""Doubles, masks and contacts: plain values in, plain values out."""

import datetime

import pytest

from satker.roster import (
    DaftarOrang,
    Orang,
    find_kurang,
    fold_nomor,
    is_overlap,
    mask_kontak,
    mask_nomor,
)

H = datetime.date


@pytest.mark.parametrize(
    ("nomor", "tampil"),
    [
        (None, ""),
        ("", ""),
        ("199001012020121001", "••••1001"),
        ("1234567", "••••"),
        ("12345678", "••••5678"),
    ],
)
def test_a_number_shows_its_end_only_when_that_says_little(nomor, tampil):
    assert mask_nomor(nomor) == tampil


def test_a_masked_contact_says_only_that_there_is_one():
    assert (mask_kontak("a@b.id"), mask_kontak(None)) == ("••••", "")


def test_a_number_has_one_spelling():
    assert fold_nomor(" 19900101 202012-1.001 ") == "199001012020121001"
    assert fold_nomor(" - ") is None


@pytest.mark.parametrize(
    ("satu", "dua", "hasil"),
    [
        ((None, None), (None, None), True),
        ((None, H(2026, 1, 1)), (H(2026, 1, 1), None), False),
        ((None, H(2026, 1, 2)), (H(2026, 1, 1), None), True),
        ((H(2026, 1, 1), H(2026, 1, 1)), (None, None), False),
        ((H(2025, 1, 1), H(2025, 6, 1)), (H(2025, 6, 1), H(2026, 1, 1)), False),
    ],
)
def test_the_end_day_is_already_outside(satu, dua, hasil):
    assert is_overlap(*satu, *dua) is is_overlap(*dua, *satu) is hasil


@pytest.mark.parametrize(
    ("kunci", "nomor", "sebab"),
    [
        ("a|x", "1", "nomor"),
        ("b|y", "1", "nomor"),
        ("a|x", None, "nama"),
        # Two people of one name and position, told apart by their numbers.
        ("a|x", "2", None),
        ("c|z", None, "nama"),
        # Who has a number now may be the one who had none.
        ("c|z", "9", "nama"),
        ("d|x", None, None),
    ],
)
def test_who_is_a_double(kunci, nomor, sebab):
    daftar = DaftarOrang()
    daftar.add(Orang("a|x", "1", None, None))
    daftar.add(Orang("c|z", None, None, None))

    ganda = daftar.find(Orang(kunci, nomor, None, None))

    assert (ganda[1] if ganda else None) == sebab


def test_nobody_is_a_double_of_who_had_gone_before():
    daftar = DaftarOrang()
    daftar.add(Orang("a|x", "1", None, H(2026, 1, 1)))

    assert daftar.find(Orang("a|x", "1", H(2026, 1, 1), None)) is None
    assert daftar.find(Orang("a|x", "1", H(2025, 12, 31), None))


@pytest.mark.parametrize(
    ("isi", "kolom"),
    [
        ((None, None, None), []),
        (("a@b.id", "undangan", H(2027, 1, 1)), []),
        (("0812 3456 789", "undangan", H(2027, 1, 1)), []),
        (("a@b.id", None, None), ["guna_kontak", "kontak_sampai"]),
        ((None, "undangan", None), ["kontak", "kontak_sampai"]),
        (("a@b.id", "undangan", H(2026, 1, 1)), ["kontak_sampai"]),
        (("rumah biru", "undangan", H(2027, 1, 1)), ["kontak"]),
    ],
)
def test_a_contact_comes_with_purpose_and_end_or_not_at_all(isi, kolom):
    assert [nama for nama, _ in find_kurang(*isi, kini=H(2026, 1, 1))] == kolom
