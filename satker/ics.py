"""Calendars as files (RFC 5545), from plain values: invitations, cancellations and feeds.

An event's identity (`uid`) never changes; `urutan` is its SEQUENCE and grows with each announced
change, so that a calendar replaces what it holds and does not add a second entry.
"""

import datetime
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache, lru_cache

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from integritas.kendali import drop_kendali
from satker.zona import NAMA, get_zona

PRODID = "-//Integritas//Upacara//ID"
# Offsets of the three zones have not changed since 1988; the component says from when it speaks.
MULAI, AKHIR = datetime.date(2000, 1, 1), datetime.date(2050, 1, 1)


@dataclass(frozen=True)
class Entri:
    """One event. `mulai` and `selesai` are moments in UTC; without `mulai` it fills its day."""

    uid: str
    urutan: int
    judul: str
    tempat: str
    tanggal: datetime.date
    mulai: datetime.datetime | None
    selesai: datetime.datetime | None
    # WIB, WITA or WIT.
    zona: str
    # `TENTATIVE`, `CONFIRMED` or `CANCELLED`.
    status: str
    uraian: str
    url: str
    diubah: datetime.datetime


@dataclass(frozen=True)
class Tamu:
    """Who is invited, and by whom."""

    nama: str
    email: str
    pengundang: str
    email_pengundang: str


def build_undangan(entri: Entri, tamu: Tamu) -> bytes:
    """The calendar file of one invitation: METHOD REQUEST, or CANCEL for a cancelled event."""
    kalender = _start("CANCEL" if entri.status == "CANCELLED" else "REQUEST")
    _add_zona(kalender, {entri.zona})
    acara = _build(entri)
    acara.add("organizer", _address(tamu.email_pengundang, tamu.pengundang))
    alamat = _address(tamu.email, tamu.nama)
    alamat.params["ROLE"] = vText("REQ-PARTICIPANT")
    # Nobody reads answers sent to the organizer's address.
    alamat.params["RSVP"] = vText("FALSE")
    acara.add("attendee", alamat)
    if entri.status != "CANCELLED":
        pengingat = Alarm()
        pengingat.add("action", "DISPLAY")
        pengingat.add("description", drop_kendali(entri.judul))
        pengingat.add("trigger", datetime.timedelta(days=-1))
        acara.add_component(pengingat)
    kalender.add_component(acara)
    return kalender.to_ical()


def build_langganan(nama: str, daftar: list[Entri]) -> bytes:
    """A feed that others subscribe to: METHOD PUBLISH, nobody invited, refreshed every hour."""
    kalender = _start("PUBLISH")
    kalender.add("x-wr-calname", _to_baris(nama))
    kalender.add("name", _to_baris(nama))
    kalender.add("refresh-interval", datetime.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    kalender.add("x-published-ttl", "PT1H")
    _add_zona(kalender, {entri.zona for entri in daftar if entri.mulai})
    # The same event is the same text in every feed that holds it; writing it costs 0.2 ms.
    awal, akhir = kalender.to_ical().split(b"END:VCALENDAR")
    return b"".join([awal, *map(_write, daftar), b"END:VCALENDAR", akhir])


@lru_cache(maxsize=4000)
def _write(entri: Entri) -> bytes:
    return _build(entri).to_ical()


def _start(metode: str) -> Calendar:
    kalender = Calendar()
    kalender.add("prodid", PRODID)
    kalender.add("version", "2.0")
    kalender.add("calscale", "GREGORIAN")
    kalender.add("method", metode)
    return kalender


def _add_zona(kalender: Calendar, daftar_zona: set[str]) -> None:
    for zona in sorted(daftar_zona):
        kalender.add_component(_build_zona(zona))


@cache
def _build_zona(zona: str) -> Timezone:
    return Timezone.from_tzid(NAMA[zona], first_date=MULAI, last_date=AKHIR)


def _address(email: str, nama: str) -> vCalAddress:
    # The sender's may be set with a name before it.
    alamat = vCalAddress(f"mailto:{parseaddr(email)[1] or email}")
    alamat.params["CN"] = vText(_to_baris(nama))
    return alamat


def _to_baris(teks: str) -> str:
    """On one line: what is no text value has no way to write a second one, and a control sign makes
    all of it unreadable."""
    return " ".join(drop_kendali(teks).split())


def _build(entri: Entri) -> Event:
    acara = Event()
    acara.add("uid", entri.uid)
    acara.add("sequence", entri.urutan)
    acara.add("dtstamp", entri.diubah)
    acara.add("last-modified", entri.diubah)
    if entri.mulai is None:
        acara.add("dtstart", entri.tanggal)
        acara.add("dtend", entri.tanggal + datetime.timedelta(days=1))
    else:
        zona = get_zona(entri.zona)
        acara.add("dtstart", entri.mulai.astimezone(zona))
        if entri.selesai is not None:
            acara.add("dtend", entri.selesai.astimezone(zona))
    acara.add("summary", drop_kendali(entri.judul))
    acara.add("location", drop_kendali(entri.tempat))
    acara.add("description", drop_kendali(entri.uraian))
    acara.add("status", entri.status)
    acara.add("url", entri.url)
    # A plan that is not settled, or a whole day, does not block anybody's time.
    bebas = entri.mulai is None or entri.status != "CONFIRMED"
    acara.add("transp", "TRANSPARENT" if bebas else "OPAQUE")
    return acara
