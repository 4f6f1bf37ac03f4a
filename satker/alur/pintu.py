"""The door of a ceremony: opened, a presence taken back, and a paper list keyed in.

Opening has a line in the host's history; single presences are their own records (see `pindai`).
Closing belongs to the minutes.
"""

import uuid

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from satker.alur.kehadiran import mark_hadir, refresh_hadir
from satker.alur.pindai import TIDAK_DIBUKA, lock_open, refuse_final
from satker.models import Peserta, Pindaian, Riwayat, Upacara
from satker.zona import format_jam, get_zona

Status = Upacara.Status


@transaction.atomic
def open_pintu(upacara, *, by) -> Upacara:
    """The event begins to take people in, on its day or after. Twice is once."""
    upacara = Upacara.objects.select_for_update(of=("self",)).get(pk=upacara.pk)
    if upacara.status == Status.BERLANGSUNG:
        return upacara
    if upacara.status == Status.DITUTUP:
        raise AlurError("Upacara ini sudah ditutup, jadi pintunya tidak dapat dibuka lagi.")
    if upacara.status == Status.RENCANA:
        raise AlurError("Upacara ini masih rencana. Jadwalkan dulu, lalu buka pintunya.")
    if upacara.status != Status.TERJADWAL:
        raise AlurError(TIDAK_DIBUKA[upacara.status])
    if upacara.tanggal > timezone.now().astimezone(get_zona(upacara.zona_waktu)).date():
        raise AlurError(
            f"Upacara ini baru pada {format_tanggal(upacara.tanggal)}. Bila dimajukan, ubah dulu "
            "tanggalnya."
        )
    upacara.status, upacara.dibuka_pada = Status.BERLANGSUNG, timezone.now()
    upacara.save(update_fields=["status", "dibuka_pada"])
    Riwayat.record(
        upacara.tuan_rumah,
        "pintu upacara dibuka",
        by=by,
        objek=upacara.objek,
        sebelum={"status": Status.TERJADWAL},
        sesudah={"status": upacara.status, "dibuka_pada": upacara.dibuka_pada},
    )
    return upacara


@transaction.atomic
def undo(peserta, alasan: str, *, by) -> Peserta:
    """Take a presence back, with the reason; the attempt stays, and the person may come in again."""
    alasan = require(alasan, "Alasan")
    if len(alasan) > 300:
        raise AlurError("Alasan paling banyak 300 huruf.")
    upacara = lock_open(peserta.upacara)
    refuse_final(upacara)
    peserta = Peserta.objects.select_for_update(of=("self",)).get(pk=peserta.pk)
    if peserta.hadir_pada is None:
        raise AlurError("Orang ini tidak tercatat hadir, jadi tidak ada yang dibatalkan.")
    sebelum = {"hadir_pada": peserta.hadir_pada, "lewat": peserta.cara_hadir}
    Pindaian.objects.filter(
        peserta=peserta, hasil=Pindaian.Hasil.DITERIMA, dibatalkan_pada__isnull=True
    ).update(dibatalkan_pada=timezone.now(), dibatalkan_oleh=by, alasan_batal=alasan)
    peserta.hadir_pada = peserta.cara_hadir = peserta.dicatat_oleh = None
    peserta.save(update_fields=["hadir_pada", "cara_hadir", "dicatat_oleh"])
    if peserta.satker_id is not None:
        refresh_hadir(upacara, peserta.satker_id)
    Riwayat.record(
        upacara.tuan_rumah,
        "kehadiran dibatalkan",
        by=by,
        objek=upacara.objek,
        sebelum=sebelum | {"peserta": peserta.pk},
        # A reason may name the person; it is kept with the attempt, which can be erased.
        alasan="" if peserta.personel_id else alasan,
    )
    return peserta


@transaction.atomic
def fill(upacara, daftar_peserta: set[int], *, by) -> int:
    """Key a paper list in: these people were there. Who is present already stays as taken down;
    returns how many are new. The hour of presence is that at which the event began."""
    if not daftar_peserta:
        raise AlurError("Centang sekurangnya satu nama.")
    upacara = lock_open(upacara)
    refuse_final(upacara)
    # Locked in one order, so that two lists at once do not wait for each other.
    milik = Peserta.objects.select_for_update(of=("self",)).filter(
        upacara=upacara.pk, pk__in=daftar_peserta
    )
    peserta = list(milik.order_by("pk"))
    if len(peserta) < len(daftar_peserta):
        raise AlurError("Ada nama yang bukan peserta upacara ini. Muat ulang halaman, lalu ulangi.")
    if not (baru := [satu for satu in peserta if satu.hadir_pada is None]):
        return 0
    kini = timezone.now()
    saat = min(upacara.mulai_pada, kini)
    Peserta.objects.filter(pk__in=[satu.pk for satu in baru]).update(
        hadir_pada=saat, cara_hadir=Peserta.Cara.DAFTAR, dicatat_oleh=by
    )
    mark_hadir(upacara.pk, {satu.satker_id for satu in baru if satu.satker_id is not None})
    kalimat = f"Hadir menurut daftar cetak, mulai pukul {format_jam(saat, upacara.zona_waktu)}."
    Pindaian.objects.bulk_create(
        [
            Pindaian(
                upacara_id=upacara.pk,
                kunci=uuid.uuid4(),
                kode=satu.kode,
                peserta=satu,
                cara=Peserta.Cara.DAFTAR,
                hasil=Pindaian.Hasil.DITERIMA,
                keterangan=kalimat,
                dipindai_pada=kini,
                diterima_pada=kini,
                oleh=by,
            )
            for satu in baru
        ],
        batch_size=500,
    )
    Riwayat.record(
        upacara.tuan_rumah,
        "daftar hadir dimasukkan",
        by=by,
        objek=upacara.objek,
        sesudah={"jumlah": len(baru), "hadir_pada": saat},
    )
    return len(baru)
