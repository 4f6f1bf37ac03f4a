"""A new version when an official, the strategy or a priority has changed (PermenPANRB 53/2014)."""

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from satker import perjanjian as baca
from satker.alur.janji.dasar import lock_perjanjian
from satker.alur.janji.draf import fill_pihak, write_isi
from satker.models import IndikatorKinerja, PerjanjianKinerja, Riwayat

Alasan = PerjanjianKinerja.Alasan


@transaction.atomic
def revise(perjanjian, *, alasan: str, keterangan: str, by) -> PerjanjianKinerja:
    """A draft that begins as a copy of the version in force, which stays in force until the new one
    is signed. Each copied indicator points to the old one; what was reported stays with the old."""
    perjanjian = lock_perjanjian(perjanjian)
    if perjanjian.status != PerjanjianKinerja.Status.BERLAKU:
        raise AlurError("Versi baru dibuat dari perjanjian yang sedang berlaku.")
    if alasan not in Alasan.values:
        raise AlurError("Pilih alasan versi baru.")
    keterangan = require(keterangan, "Keterangan alasan")
    milik = PerjanjianKinerja.objects.filter(satker=perjanjian.satker_id, tahun=perjanjian.tahun)
    draf = milik.filter(status=PerjanjianKinerja.Status.DRAF).first()
    if draf is not None:
        raise AlurError(f"Draf versi {draf.versi} sudah ada. Lanjutkan atau batalkan draf itu.")
    baru = PerjanjianKinerja(
        satker=perjanjian.satker,
        tahun=perjanjian.tahun,
        versi=perjanjian.versi + 1,
        alasan=alasan,
        keterangan_alasan=keterangan,
        turunan_dari_id=perjanjian.turunan_dari_id,
        tempat=perjanjian.tempat,
        dibuat_oleh=by,
    )
    _copy_pihak(perjanjian, baru)
    baru.save()
    _copy_isi(perjanjian, baru)
    Riwayat.record(
        perjanjian.satker,
        "versi baru perjanjian kinerja dibuat",
        by=by,
        objek=baru.objek,
        sebelum={"versi": perjanjian.versi},
        sesudah={"tahun": baru.tahun, "versi": baru.versi, "alasan": alasan},
        alasan=keterangan,
    )
    return baru


def _copy_pihak(lama: PerjanjianKinerja, baru: PerjanjianKinerja) -> None:
    """As they stand; whoever no longer holds the office gives way to the head of today."""
    for yang in baca.PIHAK:
        for kolom in ("nama", "jabatan", "nomor"):
            setattr(baru, f"{kolom}_{yang}", getattr(lama, f"{kolom}_{yang}"))
        setattr(baru, f"pihak_{yang}", getattr(lama, f"pihak_{yang}"))
    kini = PerjanjianKinerja(satker=lama.satker, tahun=lama.tahun)
    fill_pihak(kini)
    for yang in baca.PIHAK:
        tugas, pengganti = getattr(baru, f"pihak_{yang}"), getattr(kini, f"pihak_{yang}")
        if pengganti is None or (tugas is not None and tugas.pk == pengganti.pk):
            continue
        if tugas is None and baru.alasan != Alasan.PEJABAT:
            continue
        if tugas is not None and _is_active(tugas):
            continue
        for kolom in ("nama", "jabatan", "nomor"):
            setattr(baru, f"{kolom}_{yang}", getattr(kini, f"{kolom}_{yang}"))
        setattr(baru, f"pihak_{yang}", pengganti)


def _is_active(tugas) -> bool:
    hari_ini = timezone.localdate()
    return tugas.berlaku_dari <= hari_ini and (
        tugas.berlaku_sampai is None or tugas.berlaku_sampai > hari_ini
    )


def _copy_isi(lama: PerjanjianKinerja, baru: PerjanjianKinerja) -> None:
    daftar_sasaran = baca.read_sasaran(lama)
    asal = {
        satu.pk: IndikatorKinerja(turunan_dari_id=satu.turunan_dari_id, lanjutan_dari_id=satu.pk)
        for sasaran in daftar_sasaran
        for satu in sasaran.daftar_indikator
    }
    write_isi(baru, baca.build_isi(daftar_sasaran, baca.read_kegiatan(lama)), asal)
