"""What a person does with a reminder of their own: done, put off, read; and how to be reached.

"Done" closes it for that person only: whether the matter itself is done is told by its data, and as
long as they do not tell so, those above are reminded on their day.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.teks import format_tanggal
from satker import tenggat
from satker import zona as zona_waktu
from satker.models import IsiKiriman, KedudukanSatker, Kiriman, Pengingat, PilihanSaluran
from satker.pengingat.baris import JAM

Status = Pengingat.Status
TUNDA_TERLAMA = datetime.timedelta(days=60)
TERTUTUP = {
    Status.SELESAI: "Pengingat ini sudah ditandai selesai.",
    Status.DITARIK: "Pengingat ini sudah ditarik: tanggalnya berubah atau bukan lagi tugas Anda.",
    Status.TERLEWAT: "Waktu pengingat ini sudah lewat.",
}


def _lock(pengingat: Pengingat) -> Pengingat:
    return Pengingat.objects.select_for_update(of=("self",)).get(pk=pengingat.pk)


def _refuse_closed(pengingat: Pengingat) -> None:
    if not pengingat.is_open:
        raise AlurError(TERTUTUP.get(Status(pengingat.status)) or TERTUTUP[Status.DITARIK])


def _was_sent(pengingat: Pengingat) -> bool:
    return IsiKiriman.objects.filter(
        pengingat=pengingat, kiriman__status=Kiriman.Status.TERKIRIM
    ).exists()


@transaction.atomic
def finish(pengingat: Pengingat) -> Pengingat:
    """The person says that it is done."""
    pengingat = _lock(pengingat)
    _refuse_closed(pengingat)
    kini = timezone.now()
    pengingat.status = Status.SELESAI
    pengingat.dinyatakan_pada = pengingat.diubah_pada = kini
    pengingat.dibaca_pada = pengingat.dibaca_pada or kini
    pengingat.save(update_fields=["status", "dinyatakan_pada", "diubah_pada", "dibaca_pada"])
    return pengingat


@transaction.atomic
def reopen(pengingat: Pengingat) -> Pengingat:
    """Take back what the person said; it is not sent a second time."""
    pengingat = _lock(pengingat)
    if pengingat.status != Status.SELESAI or pengingat.dinyatakan_pada is None:
        raise AlurError("Hanya pengingat yang Anda tandai selesai sendiri yang bisa dibuka lagi.")
    pengingat.status = Status.TERKIRIM if _was_sent(pengingat) else Status.MENUNGGU
    pengingat.dinyatakan_pada = None
    pengingat.diubah_pada = timezone.now()
    pengingat.save(update_fields=["status", "dinyatakan_pada", "diubah_pada"])
    return pengingat


@transaction.atomic
def snooze(pengingat: Pengingat, sampai: datetime.date) -> Pengingat:
    """Put it off: it comes back on that morning with the day's digest, sent once more."""
    pengingat = _lock(pengingat)
    _refuse_closed(pengingat)
    zona = _get_zona(pengingat.satker_id)
    hari = zona_waktu.get_hari(timezone.now(), zona)
    if sampai <= hari:
        raise AlurError(f"Tunda sampai tanggal sesudah hari ini, {format_tanggal(hari)}.")
    if sampai > hari + TUNDA_TERLAMA:
        raise AlurError(
            f"Tunda paling lama {TUNDA_TERLAMA.days} hari, sampai "
            f"{format_tanggal(hari + TUNDA_TERLAMA)}."
        )
    akhir = sampai + datetime.timedelta(days=pengingat.langkah.berguna_hari + 1)
    pengingat.status = Status.MENUNGGU
    pengingat.ditunda_sampai = sampai
    pengingat.jatuh_pada = zona_waktu.to_utc(sampai, JAM, zona)
    pengingat.berguna_sampai = zona_waktu.to_utc(akhir, datetime.time(0), zona)
    # What has been put off can wait for the digest, and is news again when it comes back.
    pengingat.mendesak = False
    pengingat.dibaca_pada = None
    pengingat.diubah_pada = timezone.now()
    pengingat.save(
        update_fields=[
            *("status", "ditunda_sampai", "jatuh_pada", "berguna_sampai", "mendesak"),
            *("dibaca_pada", "diubah_pada"),
        ]
    )
    return pengingat


def _get_zona(satker_id: int | None) -> str:
    posisi = KedudukanSatker.objects.at(timezone.localdate()).filter(satker=satker_id)
    return posisi.values_list("zona_waktu", flat=True).first() or tenggat.ZONA_BAWAAN


def mark_read(daftar) -> int:
    """Those of a queryset that were unread; returns how many."""
    return daftar.filter(dibaca_pada__isnull=True).update(dibaca_pada=timezone.now())


def mark_unread(daftar) -> int:
    return daftar.filter(dibaca_pada__isnull=False).update(dibaca_pada=None)


def set_saluran(pengguna, **isi) -> PilihanSaluran:
    """How a person wants to be reached, from now on."""
    return PilihanSaluran.objects.update_or_create(pengguna=pengguna, defaults=isi)[0]
