"""Day and hours of an event as its place has them."""

import datetime

from django.utils import timezone

from integritas.teks import format_tanggal
from satker.zona import get_zona

HARI = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def to_lokal(upacara, saat: datetime.datetime) -> datetime.datetime:
    """A moment on the clock of the place."""
    return saat.astimezone(get_zona(upacara.zona_waktu))


def get_hari_ini(upacara) -> datetime.date:
    """Today at the place."""
    return to_lokal(upacara, timezone.now()).date()


def say_saat(upacara, saat: datetime.datetime) -> str:
    """`19 Januari 2026, 09.05 WITA`."""
    lokal = to_lokal(upacara, saat)
    return f"{format_tanggal(lokal.date())}, {lokal:%H.%M} {upacara.zona_waktu}"


def say_hari(upacara) -> str:
    """`Senin, 19 Januari 2026`."""
    return f"{HARI[upacara.tanggal.weekday()]}, {format_tanggal(upacara.tanggal)}"


def say_jam(upacara) -> str:
    """`09.00 sampai 11.00 WITA`; empty where no source tells the hours."""
    if upacara.mulai_pada is None:
        return ""
    dari = f"{to_lokal(upacara, upacara.mulai_pada):%H.%M}"
    if upacara.selesai_pada is None:
        return f"{dari} {upacara.zona_waktu}"
    sampai = f"{to_lokal(upacara, upacara.selesai_pada):%H.%M}"
    return f"{dari} sampai {sampai} {upacara.zona_waktu}"
