"""Calendars as files (RFC 5545), from plain values: invitations, cancellations and feeds.

An event's identity (`uid`) never changes; `urutan` is its SEQUENCE and grows with each announced
change, so that a calendar replaces what it holds and does not add a second entry.

Written by hand, because a feed of five hundred events is asked for every hour by every phone: a
library takes ten times as long. The tests read what is written here with the icalendar library.
"""

import datetime
import re
from dataclasses import dataclass

from satker.zona import NAMA, get_zona

PRODID = "-//Integritas//Upacara//ID"
# A line is at most so many octets long, its end not counted.
PANJANG = 75
# Offsets of the three zones have not changed since 1988; the component says from when it speaks.
MULAI = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
KENDALI = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LOLOS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
# Parameters have escapes of their own (RFC 6868).
LOLOS_PARAMETER = str.maketrans({"^": "^^", '"': "^'", "\n": "^n"})


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
    batal = entri.status == "CANCELLED"
    baris = _start("CANCEL" if batal else "REQUEST")
    baris += _write_zona({entri.zona})
    # Nobody reads answers sent to the organizer's address.
    tambahan = [
        f"ORGANIZER{_write_alamat(tamu.email_pengundang, tamu.pengundang)}",
        f"ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=FALSE{_write_alamat(tamu.email, tamu.nama)}",
    ]
    if not batal:
        tambahan += [
            *("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_write_teks(entri.judul)}"),
            *("TRIGGER:-P1D", "END:VALARM"),
        ]
    return _fold([*baris, *_write_entri(entri, tambahan), "END:VCALENDAR"])


def build_langganan(nama: str, daftar: list[Entri]) -> bytes:
    """A feed that others subscribe to: METHOD PUBLISH, nobody invited, refreshed every hour."""
    baris = _start("PUBLISH")
    baris += [
        f"NAME:{_write_teks(nama)}",
        f"X-WR-CALNAME:{_write_teks(nama)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    baris += _write_zona({entri.zona for entri in daftar if entri.mulai})
    for entri in daftar:
        baris += _write_entri(entri, [])
    return _fold([*baris, "END:VCALENDAR"])


def _start(metode: str) -> list[str]:
    return [
        *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"),
        f"METHOD:{metode}",
    ]


def _write_entri(entri: Entri, tambahan: list[str]) -> list[str]:
    diubah = _write_utc(entri.diubah)
    # A plan that is not settled, or a whole day, does not block anybody's time.
    bebas = entri.mulai is None or entri.status != "CONFIRMED"
    return [
        "BEGIN:VEVENT",
        f"UID:{_write_teks(entri.uid)}",
        f"SEQUENCE:{entri.urutan}",
        f"DTSTAMP:{diubah}",
        f"LAST-MODIFIED:{diubah}",
        *_write_saat(entri),
        f"SUMMARY:{_write_teks(entri.judul)}",
        f"LOCATION:{_write_teks(entri.tempat)}",
        f"DESCRIPTION:{_write_teks(entri.uraian)}",
        f"STATUS:{entri.status}",
        f"URL:{_clean(entri.url)}",
        f"TRANSP:{'TRANSPARENT' if bebas else 'OPAQUE'}",
        *tambahan,
        "END:VEVENT",
    ]


def _write_saat(entri: Entri) -> list[str]:
    if entri.mulai is None:
        esok = entri.tanggal + datetime.timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{entri.tanggal:%Y%m%d}", f"DTEND;VALUE=DATE:{esok:%Y%m%d}"]
    zona = get_zona(entri.zona)
    pasangan = [("DTSTART", entri.mulai), ("DTEND", entri.selesai)]
    return [
        f"{nama};TZID={NAMA[entri.zona]}:{saat.astimezone(zona):%Y%m%dT%H%M%S}"
        for nama, saat in pasangan
        if saat is not None
    ]


def _write_zona(daftar_zona: set[str]) -> list[str]:
    baris = []
    for zona in sorted(daftar_zona):
        geser = f"{MULAI.replace(tzinfo=get_zona(zona)):%z}"
        baris += [
            *("BEGIN:VTIMEZONE", f"TZID:{NAMA[zona]}", "BEGIN:STANDARD"),
            *(f"DTSTART:{MULAI:%Y%m%dT%H%M%S}", f"TZNAME:{zona}"),
            *(f"TZOFFSETFROM:{geser}", f"TZOFFSETTO:{geser}", "END:STANDARD", "END:VTIMEZONE"),
        ]
    return baris


def _write_utc(saat: datetime.datetime) -> str:
    return f"{saat.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _write_alamat(email: str, nama: str) -> str:
    isi = " ".join(_clean(nama).split()).translate(LOLOS_PARAMETER)
    return f';CN="{isi}":mailto:{_clean(email)}'


def _write_teks(teks: str) -> str:
    teks = teks.replace("\r\n", "\n").replace("\r", "\n")
    return KENDALI.sub("", teks).translate(LOLOS)


def _clean(teks: str) -> str:
    """Of a value that has no escapes: nothing that ends its line."""
    return KENDALI.sub("", teks).replace("\r", "").replace("\n", " ")


def _fold(baris: list[str]) -> bytes:
    """Lines end in CRLF; a long one goes on behind a space (RFC 5545, 3.1)."""
    hasil = []
    for satu in baris:
        isi = satu.encode()
        while len(isi) > PANJANG:
            akhir = PANJANG
            # Never within a letter.
            while isi[akhir] & 0xC0 == 0x80:
                akhir -= 1
            hasil.append(isi[:akhir])
            isi = b" " + isi[akhir:]
        hasil.append(isi)
    return b"\r\n".join([*hasil, b""])
