"""Days and moments in a unit's own time."""

import datetime
from zoneinfo import ZoneInfo

from satker.models import ZonaWaktu

ZONA = {
    ZonaWaktu.WIB: ZoneInfo("Asia/Jakarta"),
    ZonaWaktu.WITA: ZoneInfo("Asia/Makassar"),
    ZonaWaktu.WIT: ZoneInfo("Asia/Jayapura"),
}


def get_hari(saat: datetime.datetime, zona: str) -> datetime.date:
    """The day on which it happened where the unit is."""
    return saat.astimezone(ZONA[ZonaWaktu(zona)]).date()


def get_akhir_hari(hari: datetime.date, zona: str) -> datetime.datetime:
    """The moment at which that day is over there."""
    besok = hari + datetime.timedelta(days=1)
    return datetime.datetime.combine(besok, datetime.time(), ZONA[ZonaWaktu(zona)])
