"""When something may be sent: the morning's digest, quiet hours, and the next try. Pure arithmetic;
moments are aware, hours are local."""

import datetime
from zoneinfo import ZoneInfo

# The day's digest goes out at this hour of the person's own zone.
JAM_RINGKASAN = datetime.time(8)
JEDA_PERTAMA, JEDA_TERBESAR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)


def compute_pagi(saat: datetime.datetime, zona: ZoneInfo) -> datetime.datetime | None:
    """Eight o'clock of this local day; None before it has come."""
    lokal = saat.astimezone(zona)
    pagi = datetime.datetime.combine(lokal.date(), JAM_RINGKASAN, tzinfo=zona)
    return pagi if lokal >= pagi else None


def skip_tenang(
    saat: datetime.datetime,
    zona: ZoneInfo,
    dari: datetime.time | None,
    sampai: datetime.time | None,
) -> datetime.datetime:
    """The moment itself, or the end of the quiet hours it falls into. `[dari, sampai)` may pass
    midnight."""
    if dari is None or sampai is None:
        return saat
    lokal = saat.astimezone(zona)
    jam = lokal.time()
    if dari < sampai:
        tenang, besok = dari <= jam < sampai, False
    else:
        tenang, besok = jam >= dari or jam < sampai, jam >= dari
    if not tenang:
        return saat
    hari = lokal.date() + datetime.timedelta(days=besok)
    return datetime.datetime.combine(hari, sampai, tzinfo=zona)


def compute_jeda(percobaan: int) -> datetime.timedelta:
    """How long to wait after so many tries: a minute, doubled each time, an hour at most."""
    return min(JEDA_PERTAMA * 2 ** min(percobaan - 1, 10), JEDA_TERBESAR)
