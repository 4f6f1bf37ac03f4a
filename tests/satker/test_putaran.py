"""What a round's board says of a unit: every state, and the event behind it."""

import datetime

import pytest

from satker.putaran import Keadaan, Kegiatan, Putusan, count, decide
from satker.zona import get_hari, to_lokal, to_utc

HARI = datetime.date(2026, 2, 10)
LALU, NANTI = datetime.date(2026, 2, 4), datetime.date(2026, 2, 16)


def kegiatan(status, tanggal=LALU, nomor=1, **lain):
    return Kegiatan(nomor, status, tanggal, **{"deklarasi": True, **lain})


@pytest.mark.parametrize(
    ("daftar", "lengkap", "harap"),
    [
        # Took place.
        ([kegiatan("tercatat")], False, Putusan(Keadaan.SUDAH, 1)),
        ([kegiatan("tercatat", tuan_rumah=True)], False, Putusan(Keadaan.SUDAH, 1, "tuan-rumah")),
        ([kegiatan("ditutup")], True, Putusan(Keadaan.SUDAH, 1)),
        ([kegiatan("ditutup", hadir=True)], True, Putusan(Keadaan.SUDAH, 1)),
        ([kegiatan("berlangsung", HARI, hadir=True)], True, Putusan(Keadaan.SUDAH, 1)),
        # The first that took place is the one told of.
        (
            [kegiatan("terjadwal", NANTI, 3), kegiatan("ditutup", HARI, 2), kegiatan("ditutup")],
            True,
            Putusan(Keadaan.SUDAH, 1),
        ),
        # Coming.
        ([kegiatan("terjadwal", NANTI)], True, Putusan(Keadaan.TERJADWAL, 1)),
        ([kegiatan("terjadwal", HARI)], False, Putusan(Keadaan.TERJADWAL, 1)),
        ([kegiatan("berlangsung", HARI)], True, Putusan(Keadaan.TERJADWAL, 1)),
        # Nobody of it came, and a make-up date.
        (
            [kegiatan("ditutup", hadir=False), kegiatan("terjadwal", NANTI, 2)],
            True,
            Putusan(Keadaan.TERJADWAL, 2),
        ),
        ([kegiatan("ditutup", hadir=False)], True, Putusan(Keadaan.BELUM, 1, "tidak-hadir")),
        # The Kanwil says who takes part, or no source says.
        ([], True, Putusan(Keadaan.BELUM)),
        ([], False, Putusan(Keadaan.TIDAK_DIKETAHUI)),
        ([kegiatan("dibatalkan", NANTI)], True, Putusan(Keadaan.BELUM)),
        ([kegiatan("rencana", NANTI)], True, Putusan(Keadaan.BELUM, 1, "rencana")),
        ([kegiatan("rencana", NANTI)], False, Putusan(Keadaan.TIDAK_DIKETAHUI, 1, "rencana")),
        # Its day has passed and nobody has said that it took place.
        ([kegiatan("terjadwal")], True, Putusan(Keadaan.TIDAK_DIKETAHUI, 1, "lewat")),
        ([kegiatan("berlangsung")], True, Putusan(Keadaan.TIDAK_DIKETAHUI, 1, "lewat")),
        # Without a declaration among its acts it does not count.
        ([kegiatan("ditutup", deklarasi=False)], True, Putusan(Keadaan.BELUM)),
        ([kegiatan("tercatat", deklarasi=False)], False, Putusan(Keadaan.TIDAK_DIKETAHUI)),
    ],
)
def test_the_state_of_a_unit(daftar, lengkap, harap):
    assert decide(daftar, lengkap=lengkap, hari=HARI) == harap


def test_every_state_is_counted_even_when_nobody_is_in_it():
    daftar = [decide([], lengkap=False, hari=HARI)] * 2

    assert count(daftar) == {
        Keadaan.BELUM: 0,
        Keadaan.TIDAK_DIKETAHUI: 2,
        Keadaan.TERJADWAL: 0,
        Keadaan.SUDAH: 0,
    }


@pytest.mark.parametrize(("zona", "jam_utc"), [("WIB", 2), ("WITA", 1), ("WIT", 0)])
def test_nine_o_clock_is_stored_in_utc(zona, jam_utc):
    saat = to_utc(HARI, datetime.time(9), zona)

    assert saat == datetime.datetime(2026, 2, 10, jam_utc, tzinfo=datetime.UTC)
    assert to_lokal(saat, zona).time() == datetime.time(9)
    assert to_lokal(None, zona) is None


def test_the_east_is_a_day_ahead_after_ten_in_the_evening():
    malam = datetime.datetime(2026, 2, 10, 15, 30, tzinfo=datetime.UTC)

    assert get_hari(malam, "WIB") == datetime.date(2026, 2, 10)
    assert get_hari(malam, "WIT") == datetime.date(2026, 2, 11)
