"""Text as people paste it: control signs, emoji, other scripts. Papers and calendars come out."""

import datetime

import icalendar
import pytest

from satker.alur import penutupan
from satker.ics import Entri, Tamu, build_langganan, build_undangan
from satker.models import Upacara
from tests.factories import NaskahFactory, PersonelFactory, PesertaFactory, UpacaraFactory

KINI = datetime.datetime(2026, 2, 4, 2, tzinfo=datetime.UTC)
ANEH = "Aula 😀 行政\r\nATTENDEE:mailto:x@contoh.test\x07\u202e; satu, dua\\tiga"


@pytest.mark.django_db
def test_an_event_is_closed_whatever_signs_stand_in_its_names():
    upacara = UpacaraFactory(
        nama="Deklarasi 😀 行政 \x07",
        tempat="\u202eAula *tebal* #eval $x$",
        tanggal=datetime.date(2026, 2, 4),
        status=Upacara.Status.BERLANGSUNG,
        dibuka_pada=KINI,
    )
    orang = PersonelFactory(
        satker=upacara.tuan_rumah, nama="Orang 👩‍👩‍👧 Uji", jabatan="\U000f0000"
    )
    PesertaFactory(upacara=upacara, personel=orang, hadir_pada=KINI, cara_hadir="kode")
    NaskahFactory(upacara=upacara, judul="Pakta 行", beku=True)

    berita = penutupan.close(upacara, by=None)

    assert berita.berita.ukuran > 1000
    assert berita.daftar_hadir.ukuran > 1000


def test_no_text_of_an_event_breaks_out_of_its_line_in_a_calendar():
    entri = Entri(
        "uid@contoh",
        3,
        ANEH,
        ANEH,
        KINI.date(),
        KINI,
        None,
        "WIT",
        "CONFIRMED",
        ANEH * 5,
        "https://contoh.test/u/1/",
        KINI,
    )

    tamu = Tamu(ANEH, "tamu@contoh.test", ANEH, "Integritas <kirim@contoh.test>")
    for isi in (build_undangan(entri, tamu), build_langganan(ANEH, [entri])):
        baris = isi.split(b"\r\n")
        acara = icalendar.Calendar.from_ical(isi).walk("VEVENT")[0]

        assert max(map(len, baris)) <= 75
        assert not any(huruf < 32 for satu in baris for huruf in satu)
        assert not isi.decode().count("\u202e")
        assert str(acara["SUMMARY"]) == (
            "Aula 😀 行政\nATTENDEE:mailto:x@contoh.test; satu, dua\\tiga"
        )
        # Nobody is invited but the one.
        assert sum(satu.startswith(b"ATTENDEE") for satu in baris) == (b"METHOD:REQUEST" in isi)
    acara = icalendar.Calendar.from_ical(build_undangan(entri, tamu)).walk("VEVENT")[0]
    assert acara["ORGANIZER"] == "mailto:kirim@contoh.test"
