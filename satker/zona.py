"""The clock at the place of an event."""

import datetime
from zoneinfo import ZoneInfo

from satker.models import ZonaWaktu

ZONA = {
    ZonaWaktu.WIB: ZoneInfo("Asia/Jakarta"),
    ZonaWaktu.WITA: ZoneInfo("Asia/Makassar"),
    ZonaWaktu.WIT: ZoneInfo("Asia/Jayapura"),
}


def get_zona(kode: str) -> ZoneInfo:
    """The zone of `WIB`, `WITA` or `WIT`."""
    return ZONA[ZonaWaktu(kode)]


def format_jam(saat: datetime.datetime, kode: str) -> str:
    """`08.12 WITA`."""
    return f"{saat.astimezone(get_zona(kode)):%H.%M} {kode}"
