"""The three time zones of the country: hours at a place, moments in UTC. Pure."""

import datetime
from zoneinfo import ZoneInfo

ZONA = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def to_utc(tanggal: datetime.date, jam: datetime.time, zona: str) -> datetime.datetime:
    """The moment when the clocks of `zona` (WIB, WITA, WIT) show `jam` on `tanggal`."""
    return datetime.datetime.combine(tanggal, jam, ZoneInfo(ZONA[zona])).astimezone(datetime.UTC)


def to_lokal(saat: datetime.datetime | None, zona: str) -> datetime.datetime | None:
    """A moment as the clocks of `zona` show it; None stays None."""
    return None if saat is None else saat.astimezone(ZoneInfo(ZONA[zona]))


def get_hari(kini: datetime.datetime, zona: str) -> datetime.date:
    """What day it is in `zona`."""
    return kini.astimezone(ZoneInfo(ZONA[zona])).date()
