"""The three time zones of the country: hours and days at a place, moments in UTC. Pure."""

import datetime
from zoneinfo import ZoneInfo

NAMA = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
ZONA = {kode: ZoneInfo(nama) for kode, nama in NAMA.items()}


def get_zona(kode: str) -> ZoneInfo:
    """The zone of `WIB`, `WITA` or `WIT`."""
    return ZONA[str(kode)]


def to_utc(tanggal: datetime.date, jam: datetime.time, zona: str) -> datetime.datetime:
    """The moment when the clocks of `zona` show `jam` on `tanggal`."""
    return datetime.datetime.combine(tanggal, jam, get_zona(zona)).astimezone(datetime.UTC)


def to_lokal(saat: datetime.datetime | None, zona: str) -> datetime.datetime | None:
    """A moment as the clocks of `zona` show it; None stays None."""
    return None if saat is None else saat.astimezone(get_zona(zona))


def get_hari(saat: datetime.datetime, zona: str) -> datetime.date:
    """The day on which it happened there."""
    return saat.astimezone(get_zona(zona)).date()


def get_akhir_hari(hari: datetime.date, zona: str) -> datetime.datetime:
    """The moment at which that day is over there."""
    besok = hari + datetime.timedelta(days=1)
    return datetime.datetime.combine(besok, datetime.time(), get_zona(zona))


def format_jam(saat: datetime.datetime, zona: str) -> str:
    """`08.12 WITA`."""
    return f"{saat.astimezone(get_zona(zona)):%H.%M} {zona}"
