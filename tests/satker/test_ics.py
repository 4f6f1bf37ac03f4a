"""Calendar files, read back: texts, hours, zones, and names that try to end their line."""

import datetime

import icalendar
import pytest

from satker.ics import Entri, Tamu, build_langganan, build_undangan

SAAT = datetime.datetime(2026, 11, 26, 2, tzinfo=datetime.UTC)
SULIT = 'Deklarasi; a, b\\n c — “é” 🎉 \\ "kutip" : akhir\nbaris kedua'


def make_entri(**lain) -> Entri:
    isi = {
        "uid": "satu@contoh.test",
        "urutan": 3,
        "judul": "Deklarasi",
        "tempat": "Aula",
        "tanggal": SAAT.date(),
        "mulai": SAAT,
        "selesai": SAAT + datetime.timedelta(hours=2),
        "zona": "WITA",
        "status": "CONFIRMED",
        "uraian": "Tuan rumah: A",
        "url": "https://contoh.test/u/x?a=1;b=2,3",
        "diubah": SAAT,
    }
    return Entri(**isi | lain)


@pytest.mark.parametrize("teks", [SULIT, *(f"{'x' * n}éé🎉{'y' * 90}" for n in range(60, 75))])
def test_every_text_comes_back_as_it_was(teks):
    entri = make_entri(judul=teks, tempat=teks, uraian=teks * 3)

    isi = build_langganan(teks, [entri])

    [acara] = (kalender := icalendar.Calendar.from_ical(isi)).walk("VEVENT")
    assert (acara["summary"], acara["location"], acara["description"]) == (teks, teks, teks * 3)
    assert str(acara["url"]) == entri.url
    assert acara.decoded("dtstart") == entri.mulai
    assert acara.decoded("dtend") - acara.decoded("dtstart") == datetime.timedelta(hours=2)
    assert acara.decoded("dtstamp") == SAAT
    assert kalender.errors == acara.errors == []
    assert max(map(len, isi.split(b"\r\n"))) <= 75
    assert isi.count(b"\n") == isi.count(b"\r\n")


def test_names_cannot_end_their_line():
    jahat = 'Dr. "Siti"; ^A, B: C\r\nATTENDEE:mailto:lain@contoh.test'
    tamu = Tamu(jahat, "siti@contoh.test", jahat, "panitia@contoh.test")

    isi = build_undangan(make_entri(judul="a\x00\x0bb\rc"), tamu)

    [acara] = icalendar.Calendar.from_ical(isi).walk("VEVENT")
    assert acara["attendee"] == "mailto:siti@contoh.test"
    assert acara["attendee"].params["CN"] == " ".join(jahat.split())
    assert acara["attendee"].params["RSVP"] == "FALSE"
    assert acara["organizer"] == "mailto:panitia@contoh.test"
    assert acara["summary"] == "ab\nc"
    [alarm] = acara.walk("VALARM")
    assert alarm.decoded("trigger") == datetime.timedelta(days=-1)


def test_an_event_without_an_hour_fills_its_day_and_needs_no_zone():
    isi = build_langganan("Upacara", [make_entri(mulai=None, selesai=None)])

    kalender = icalendar.Calendar.from_ical(isi)
    [acara] = kalender.walk("VEVENT")
    assert acara.decoded("dtstart") == SAAT.date()
    assert acara.decoded("dtend") == SAAT.date() + datetime.timedelta(days=1)
    assert acara["transp"] == "TRANSPARENT"
    assert kalender.walk("VTIMEZONE") == []


def test_each_zone_is_described_once():
    daftar = [make_entri(uid=f"{zona}{n}", zona=zona) for zona in ("WIT", "WIB") for n in (1, 2)]

    zona = icalendar.Calendar.from_ical(build_langganan("Upacara", daftar)).walk("VTIMEZONE")

    assert [str(satu["TZID"]) for satu in zona] == ["Asia/Jakarta", "Asia/Jayapura"]
    jam = [satu.walk("STANDARD")[0]["TZOFFSETTO"].td for satu in zona]
    assert jam == [datetime.timedelta(hours=7), datetime.timedelta(hours=9)]
