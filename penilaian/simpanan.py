"""Figures kept until a fact changes.

Dashboards are read all day and facts change a few times a week. Every change of a fact writes a
line of history in its own transaction, so one number, the sum of all chain heads, tells whether
anything has changed. (The newest line's number would not: of two lines written at once the older
may be committed later.) Claims have no history of their own and count by their newest key.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from penilaian.pada import Pada

# The tag changes with the facts, so this only frees memory.
DETIK_SIMPAN = 600

# One plain statement: building it with the ORM takes longer than answering it.
SQL = """
SELECT (SELECT SUM(nomor) FROM satker_rantairiwayat),
       (SELECT MAX(id) FROM penilaian_klaimangka),
       (SELECT MAX(k.data_per) FROM satker_kantorwilayah k
        JOIN satker_satuankerja s ON s.id = k.satker_id WHERE NOT s.contoh)
"""


@dataclass(frozen=True)
class Tanda:
    """What all published facts depend on, and the newest day at which any were confirmed (see
    also hitung.get_data_per)."""

    sidik: str
    data_per: datetime.date | None


def read_tanda() -> Tanda:
    """One query."""
    with connection.cursor() as kursor:
        kursor.execute(SQL)
        banyak, klaim, data_per = kursor.fetchone()
    if isinstance(data_per, str):
        data_per = datetime.date.fromisoformat(data_per)
    isi = f"{settings.VERSI}|{timezone.localdate()}|{banyak}|{klaim}|{data_per}"
    return Tanda(sha256(isi.encode()).hexdigest()[:32], data_per)


def keep(tanda: Tanda, pada: Pada, kunci: tuple, build: Callable[[], Any]) -> Any:
    """What `build` gives for these facts and this key: computed once, then taken from the cache.
    `kunci` names everything else that it depends on.

    Only figures of the date that a page shows by itself: whoever asks for every day of a century
    fills no memory.
    """
    if pada.dipilih or not settings.SIMPAN_ANGKA:
        return build()
    nama = sha256(repr((pada.iso, *kunci)).encode()).hexdigest()[:32]
    return cache.get_or_set(f"angka:{tanda.sidik}:{nama}", build, DETIK_SIMPAN)
