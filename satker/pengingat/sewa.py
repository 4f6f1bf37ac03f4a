"""Who sends which message: a claim with a lease, so that a message is sent by one worker at a time and
by another one when that worker is gone.

Before a message goes to the server its try is counted and its lease renewed; after the server's yes
its row is written at once. A worker that is killed between the two leaves one message of which
nobody knows whether it arrived: that one is sent again, with the same Message-ID."""

import datetime
import logging
import time
import uuid
from collections.abc import Callable, Collection
from typing import TypeVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from integritas.sql import update_row
from satker.models import IsiKiriman, Kiriman, Pengingat
from satker.pengingat.jam import compute_jeda
from satker.pengingat.surat import Surat

logger = logging.getLogger(__name__)
T = TypeVar("T")
# A message that so many tries have not brought away is given up: with waits of an hour, in a day.
PERCOBAAN_MAKS = 30
PANJANG_GALAT = 300
# How long a worker waits for a database that is away before it leaves the rest to the next run.
SABAR_DETIK = 600
KOLOM_TERKIRIM = (
    *("status", "terkirim_pada", "alamat", "galat"),
    *("coba_lagi_pada", "sewa_sampai", "sewa_oleh"),
)


def compute_sewa(saat: datetime.datetime) -> datetime.datetime:
    return saat + datetime.timedelta(seconds=settings.KIRIM_SEWA)


def list_due(saat: datetime.datetime):
    """Messages that nobody holds and whose moment has come."""
    return Kiriman.objects.filter(
        Q(coba_lagi_pada__isnull=True) | Q(coba_lagi_pada__lte=saat),
        Q(sewa_sampai__isnull=True) | Q(sewa_sampai__lt=saat),
        status=Kiriman.Status.ANTRE,
        kirim_pada__lte=saat,
    )


def claim(pemilik: uuid.UUID, banyak: int, *, selain: Collection[str] = ()) -> list[Kiriman]:
    """Take up to so many, the oldest first, leaving out the channels named. Rows that another worker
    is just taking are passed by (PostgreSQL); SQLite lets one in at a time."""
    saat = timezone.now()
    with transaction.atomic():
        # Our own: the answer to an earlier claim was lost with the connection.
        siap = list_due(saat) | Kiriman.objects.filter(
            status=Kiriman.Status.ANTRE, sewa_oleh=pemilik
        )
        daftar = list(
            siap.select_for_update(skip_locked=True)
            .exclude(saluran__in=selain)
            .order_by("kirim_pada", "pk")
            .values_list("pk", flat=True)[:banyak]
        )
        if not daftar:
            return []
        Kiriman.objects.filter(pk__in=daftar).update(
            sewa_oleh=pemilik, sewa_sampai=compute_sewa(saat)
        )
    return list(
        Kiriman.objects.filter(pk__in=daftar, sewa_oleh=pemilik)
        .select_related("pengguna__pilihansaluran")
        .order_by("kirim_pada", "pk")
    )


def begin(kiriman: Kiriman, pemilik: uuid.UUID) -> bool:
    """Count the try and renew the lease; False when the message is not ours any more."""
    kiriman.sewa_oleh, kiriman.sewa_sampai = pemilik, compute_sewa(timezone.now())
    kiriman.percobaan += 1
    kolom, kunci = ("percobaan", "sewa_sampai"), ("id", "status", "sewa_oleh")
    return insist(lambda: update_row(kiriman, kolom, kunci))


def _ours(kiriman: Kiriman, pemilik: uuid.UUID):
    return Kiriman.objects.filter(pk=kiriman.pk, status=Kiriman.Status.ANTRE, sewa_oleh=pemilik)


# --- how it ended ----------------------------------------------------------------------------------
def record_terkirim(kiriman: Kiriman, alamat: str, surat: Surat) -> None:
    """The server has it: whoever holds the lease by now, this is written."""
    saat = timezone.now()
    kiriman.status, kiriman.terkirim_pada = Kiriman.Status.TERKIRIM, saat
    kiriman.alamat, kiriman.galat = alamat, ""
    kiriman.coba_lagi_pada = kiriman.sewa_sampai = kiriman.sewa_oleh = None
    insist(lambda: _write_terkirim(kiriman, surat, saat))


@transaction.atomic
def _write_terkirim(kiriman: Kiriman, surat: Surat, saat: datetime.datetime) -> None:
    update_row(kiriman, KOLOM_TERKIRIM, syarat="status <> 'terkirim'")
    if surat.daftar_lepas:
        # The rows tell what it carried.
        IsiKiriman.objects.filter(kiriman=kiriman, pengingat__in=surat.daftar_lepas).delete()
    kunci = surat.daftar_pengingat
    if len(kunci) > 1:
        # In the order of their keys, as everybody who writes several: nobody blocks anybody.
        terkunci = Pengingat.objects.filter(pk__in=kunci).select_for_update().order_by("pk")
        kunci = tuple(terkunci.values_list("pk", flat=True))
    for pk in kunci:
        pengingat = Pengingat(pk=pk, status=Pengingat.Status.TERKIRIM, diubah_pada=saat)
        update_row(pengingat, ("status", "diubah_pada"), syarat="status = 'menunggu'")


def record_nanti(kiriman: Kiriman, pemilik: uuid.UUID, galat: str, jeda: float = 0) -> None:
    """A fault that may pass: try again after a while (at least `jeda` seconds); given up after many."""
    if kiriman.percobaan >= PERCOBAAN_MAKS:
        record_gagal(kiriman, pemilik, f"Menyerah sesudah {kiriman.percobaan} kali: {galat}")
        return
    tunggu = max(compute_jeda(kiriman.percobaan), datetime.timedelta(seconds=jeda))
    _release(kiriman, pemilik, galat=galat[:PANJANG_GALAT], coba_lagi_pada=timezone.now() + tunggu)


def record_gagal(kiriman: Kiriman, pemilik: uuid.UUID, galat: str) -> None:
    """A refusal that stays; the words are shown as they are."""
    _release(kiriman, pemilik, galat=galat[:PANJANG_GALAT], status=Kiriman.Status.GAGAL)


def record_ditarik(kiriman: Kiriman, pemilik: uuid.UUID, sebab: str) -> None:
    """Nothing is left to say, or nobody to say it to."""
    _release(kiriman, pemilik, galat=sebab[:PANJANG_GALAT], status=Kiriman.Status.DITARIK)


def move(kiriman: Kiriman, pemilik: uuid.UUID, ke: datetime.datetime) -> None:
    """Not now: the quiet hours of this person have begun."""
    _release(kiriman, pemilik, kirim_pada=ke)


def _release(kiriman: Kiriman, pemilik: uuid.UUID, **ubah) -> None:
    insist(lambda: _ours(kiriman, pemilik).update(sewa_sampai=None, sewa_oleh=None, **ubah))


def give_back(pemilik: uuid.UUID, saluran: str = "", galat: str = "") -> None:
    """What we hold (of this channel) and did not try: others may take it at once, or we next time."""
    milik = Kiriman.objects.filter(sewa_oleh=pemilik, status=Kiriman.Status.ANTRE)
    if saluran:
        milik = milik.filter(saluran=saluran)
    ubah = {"galat": galat[:PANJANG_GALAT]} if galat else {}
    insist(lambda: milik.update(sewa_sampai=None, sewa_oleh=None, **ubah))


def forget_try(kiriman: Kiriman, pemilik: uuid.UUID) -> None:
    """It was the channel that failed, not this message."""
    insist(lambda: _ours(kiriman, pemilik).update(percobaan=F("percobaan") - 1))


def insist(langkah: Callable[[], T]) -> T:
    """Do it again while the database is away. What was sent is not forgotten because the database
    restarted just then; and as long as it is away, nobody else can take the message."""
    batas, kali = time.monotonic() + SABAR_DETIK, 0
    while True:
        try:
            return langkah()
        except (DatabaseError, InterfaceError) as error:
            if not is_away(error) or connection.in_atomic_block or time.monotonic() > batas:
                raise
            if not kali:
                logger.warning("basis data tidak menjawab; dicoba lagi: %s", error)
            kali += 1
            connection.close()
            time.sleep(0.2)


def is_away(error: Exception) -> bool:
    """The connection broke, or the statement met a lock; not a fault of ours. What psycopg2 gives no
    name is a connection that ended in the middle of an answer."""
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError
