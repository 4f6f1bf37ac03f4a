"""From what is due to what is sent: reminders whose moment has come become messages.

A reminder waits (`menunggu`) until a message that holds it is with the server (`terkirim`), until
it is done or withdrawn (by others), or until it is of no use (`terlewat`). One that waits and is in no
queued message gets one: an urgent one its own at once, the others together as the day's digest, from
eight o'clock of the person's own zone. Quiet hours hold for urgent ones too: nothing here is a matter
of minutes, and who set them asked not to be woken."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from satker.models import IsiKiriman, Kiriman, Pengingat
from satker.pengingat.antre import Pesan, queue_semua
from satker.pengingat.jam import compute_pagi
from satker.pengingat.orang import Orang, read_orang

# How many reminders one transaction turns into messages.
SEKALI = 1000
# A message that nobody gave an end is given up after this.
UMUR_TERBESAR = datetime.timedelta(days=14)
BATAS_RINGKASAN = 500


@dataclass(frozen=True)
class Hasil:
    """What one pass did; for the log and for tests."""

    terlewat: int = 0
    dibuat: int = 0


def make_due(sesudah_banyak: Callable[[], None] = lambda: None) -> Hasil:
    """One pass. May run twice at a time: rows are made once. `sesudah_banyak` is called when there is
    much: others may begin to send while the rest is made."""
    saat = timezone.now()
    terlewat = expire(saat)
    dibuat = sesudah = 0
    while True:
        terakhir, jumlah = _make_batch(saat, sesudah)
        dibuat += jumlah
        if jumlah >= SEKALI // 2:
            sesudah_banyak()
        if terakhir is None:
            return Hasil(terlewat, dibuat)
        sesudah = terakhir


# --- what is too late ------------------------------------------------------------------------------
def expire(saat: datetime.datetime) -> int:
    """Mark what is of no use any more: messages first, then the reminders; how many reminders."""
    lewat = Q(berguna_sampai__lt=saat) | Q(
        berguna_sampai__isnull=True, kirim_pada__lt=saat - UMUR_TERBESAR
    )
    bebas = Q(sewa_sampai__isnull=True) | Q(sewa_sampai__lt=saat)
    # Rows that somebody works on are left for the next pass: nobody waits for anybody.
    with transaction.atomic():
        daftar = list(
            Kiriman.objects.select_for_update(skip_locked=True)
            .filter(lewat, bebas, status=Kiriman.Status.ANTRE)
            .order_by("pk")
            .values_list("pk", flat=True)[:5000]
        )
        Kiriman.objects.filter(pk__in=daftar).update(
            status=Kiriman.Status.TERLEWAT, sewa_sampai=None, sewa_oleh=None
        )
    with transaction.atomic():
        terkirim = IsiKiriman.objects.filter(
            pengingat=OuterRef("pk"), kiriman__status=Kiriman.Status.TERKIRIM
        )
        baris = list(
            Pengingat.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(status=Pengingat.Status.MENUNGGU, berguna_sampai__lt=saat)
            .annotate(pernah=Exists(terkirim))
            .order_by("pk")
            .values_list("pk", "pernah")[:5000]
        )
        # Put off after it had been sent, it was sent all the same.
        for pernah, status in (
            (True, Pengingat.Status.TERKIRIM),
            (False, Pengingat.Status.TERLEWAT),
        ):
            kunci = [pk for pk, sudah in baris if sudah == pernah]
            Pengingat.objects.filter(pk__in=kunci).update(status=status, diubah_pada=saat)
    return sum(not sudah for _, sudah in baris)


# --- what is due -----------------------------------------------------------------------------------
@transaction.atomic
def _make_batch(saat: datetime.datetime, sesudah: int) -> tuple[int | None, int]:
    """The people after `sesudah`: the last one looked at (None at the end), and messages made.

    One transaction: a message is never seen without what it carries."""
    daftar_orang = list(
        _list_due(saat)
        .filter(pengguna_id__gt=sesudah)
        .order_by("pengguna_id")
        .values_list("pengguna_id", flat=True)
        .distinct()[:SEKALI]
    )
    if not daftar_orang:
        return None, 0
    orang = read_orang(daftar_orang)
    per_orang: dict[int, list[Pengingat]] = defaultdict(list)
    for satu in (
        _list_due(saat)
        .filter(pengguna__in=daftar_orang)
        .only("pengguna_id", "mendesak", "ditunda_sampai", "berguna_sampai")
        .order_by("pengguna_id", "pk")
    ):
        per_orang[satu.pengguna_id].append(satu)
    pesan: dict[tuple[int, str, str], tuple[Pesan, list[int]]] = {}
    tanpa_saluran: list[int] = []
    for pengguna_id, daftar in per_orang.items():
        satu_orang = orang[pengguna_id]
        if not satu_orang.daftar_saluran:
            tanpa_saluran += [satu.pk for satu in daftar if _is_awake(satu, saat, satu_orang)]
            continue
        for saluran in satu_orang.daftar_saluran:
            for satu_pesan, isi in _plan(pengguna_id, satu_orang, saluran, daftar, saat):
                pesan[pengguna_id, saluran, satu_pesan.kunci] = satu_pesan, isi
    # In the application they have been since they were made, and nowhere else is wanted.
    Pengingat.objects.filter(pk__in=tanpa_saluran, status=Pengingat.Status.MENUNGGU).update(
        status=Pengingat.Status.TERKIRIM, diubah_pada=saat
    )
    baru = queue_semua(satu_pesan for satu_pesan, _ in pesan.values())
    IsiKiriman.objects.bulk_create(
        (
            IsiKiriman(kiriman_id=satu.pk, pengingat_id=pk)
            for satu in baru
            for pk in pesan[satu.pengguna_id or 0, satu.saluran, satu.kunci][1]
        ),
        ignore_conflicts=True,
        batch_size=2000,
    )
    return daftar_orang[-1], len(baru)


def _list_due(saat: datetime.datetime):
    """Reminders that wait for a message and are in none. A day until which one is put off counts in
    the person's own zone, which is looked at later: the furthest east is taken here."""
    antre = IsiKiriman.objects.filter(
        pengingat=OuterRef("pk"), kiriman__status=Kiriman.Status.ANTRE
    )
    paling_timur = (saat + datetime.timedelta(hours=9)).astimezone(datetime.UTC).date()
    return Pengingat.objects.filter(
        ~Exists(antre),
        Q(ditunda_sampai__isnull=True) | Q(ditunda_sampai__lte=paling_timur),
        status=Pengingat.Status.MENUNGGU,
        jatuh_pada__lte=saat,
        pengguna__is_active=True,
    )


def _is_awake(satu: Pengingat, saat: datetime.datetime, orang: Orang) -> bool:
    hari = saat.astimezone(orang.zona).date()
    return satu.ditunda_sampai is None or satu.ditunda_sampai <= hari


def _plan(
    pengguna_id: int,
    orang: Orang,
    saluran: str,
    daftar: list[Pengingat],
    saat: datetime.datetime,
) -> list[tuple[Pesan, list[int]]]:
    """The messages of one person by one channel, each with the reminders it carries."""
    terjaga = [satu for satu in daftar if _is_awake(satu, saat, orang)]
    isi = {"zona": orang.zona.key}
    hasil = []
    for satu in terjaga:
        if not satu.mendesak:
            continue
        # Put off and due again, it is another message.
        lagi = f":{satu.ditunda_sampai}" if satu.ditunda_sampai else ""
        hasil.append(
            (
                Pesan(
                    "pengingat",
                    f"pengingat:{satu.pk}{lagi}",
                    orang.skip_tenang(saat),
                    pengguna_id,
                    saluran=saluran,
                    berguna_sampai=satu.berguna_sampai,
                    isi=isi,
                ),
                [satu.pk],
            )
        )
    biasa = [satu for satu in terjaga if not satu.mendesak][:BATAS_RINGKASAN]
    if biasa and (pagi := compute_pagi(saat, orang.zona)):
        hasil.append(
            (
                Pesan(
                    "ringkasan",
                    f"ringkasan:{pagi.date()}",
                    max(orang.skip_tenang(saat), pagi),
                    pengguna_id,
                    saluran=saluran,
                    berguna_sampai=max(satu.berguna_sampai for satu in biasa),
                    isi=isi,
                ),
                [satu.pk for satu in biasa],
            )
        )
    return hasil
