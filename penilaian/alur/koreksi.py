"""Corrections: a wrong record is cancelled, a poor one completed; neither is a revocation."""

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.teks import format_tanggal
from penilaian import masa, syarat
from penilaian.alur.dasar import describe, get_last, lock_satker
from penilaian.models import (
    JenisPerubahan,
    MasaPredikat,
    PerubahanPredikat,
    Predikat,
)
from penilaian.syarat import Kelengkapan, require
from satker.models import Riwayat

PENUTUP = masa.PENUTUP


@transaction.atomic
def cancel(predikat, *, by, alasan) -> Predikat:
    """A record that should never have been made; it stays visible and counts for nothing."""
    satker = lock_satker(predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=predikat.pk)
    alasan = require(alasan, "Alasan")
    if predikat.dibatalkan_pada is not None:
        raise AlurError("Catatan predikat ini sudah dibatalkan.")
    lanjutan = (
        PerubahanPredikat.objects.valid()
        .filter(predikat=predikat, jenis=JenisPerubahan.NAIK_KE_WBBM)
        .exists()
    )
    if lanjutan:
        raise AlurError("WBK ini sudah naik ke WBBM. Batalkan catatan WBBM-nya dulu.")
    kenaikan = (
        PerubahanPredikat.objects.valid().filter(kelanjutan=predikat).select_related("predikat")
    ).first()
    if kenaikan is not None:
        _refuse_reopening(satker, kenaikan.tanggal, [predikat.pk, kenaikan.predikat_id])
    kini = timezone.now()
    predikat.dibatalkan_pada, predikat.alasan_batal = kini, alasan
    predikat.save(update_fields=["dibatalkan_pada", "alasan_batal"])
    if kenaikan is not None:
        kenaikan.dibatalkan_pada, kenaikan.alasan_batal = kini, alasan
        kenaikan.save(update_fields=["dibatalkan_pada", "alasan_batal"])
        kenaikan.predikat.berlaku_sampai = None
        kenaikan.predikat.save(update_fields=["berlaku_sampai"])
    MasaPredikat.objects.rebuild([satker.pk])
    Riwayat.record(
        satker,
        "catatan predikat dibatalkan",
        by=by,
        objek=predikat.objek,
        sebelum=describe(predikat),
        alasan=alasan,
    )
    return predikat


@transaction.atomic
def cancel_perubahan(perubahan, *, by, alasan) -> PerubahanPredikat:
    """Take back the last change of a predicate as wrong; an end taken back reopens it."""
    satker = lock_satker(perubahan.predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=perubahan.predikat_id)
    alasan = require(alasan, "Alasan")
    terakhir = get_last(predikat)
    if predikat.dibatalkan_pada is not None or perubahan.jenis == JenisPerubahan.DITETAPKAN:
        raise AlurError("Yang dibatalkan adalah catatan predikatnya, bukan penetapannya saja.")
    if terakhir.pk != perubahan.pk:
        raise AlurError("Hanya perubahan terakhir yang bisa dibatalkan.")
    if perubahan.jenis == JenisPerubahan.NAIK_KE_WBBM:
        raise AlurError("Kenaikan dibatalkan dengan membatalkan catatan WBBM-nya.")
    if perubahan.jenis in PENUTUP:
        _refuse_reopening(satker, perubahan.tanggal, [predikat.pk])
        predikat.berlaku_sampai = None
        predikat.save(update_fields=["berlaku_sampai"])
    terakhir.dibatalkan_pada, terakhir.alasan_batal = timezone.now(), alasan
    terakhir.save(update_fields=["dibatalkan_pada", "alasan_batal"])
    MasaPredikat.objects.rebuild([satker.pk])
    Riwayat.record(
        satker,
        "perubahan predikat dibatalkan",
        by=by,
        objek=predikat.objek,
        sebelum={"jenis": terakhir.jenis, "tanggal": terakhir.tanggal},
        alasan=alasan,
    )
    return terakhir


def _refuse_reopening(satker, tanggal, daftar_pk) -> None:
    """A predicate in force again from `tanggal` on must not meet what was recorded since."""
    lain = Predikat.objects.valid().filter(satker=satker, berlaku_dari__gte=tanggal)
    if ada := lain.exclude(pk__in=daftar_pk).order_by("berlaku_dari", "pk").first():
        raise AlurError(
            f"Sesudah itu sudah tercatat {ada.jenis} mulai {format_tanggal(ada.berlaku_dari)}. "
            "Batalkan catatan itu dulu bila keliru."
        )
    syarat.refuse_contradiction(syarat.load_catatan([satker.pk])[satker.pk], tanggal)


@transaction.atomic
def complete(
    predikat, *, by, sumber, tanggal_sk=None, nomor_sk="", tahun=None, dasar=""
) -> Predikat:
    """Add decree number, date or year found later; the beginning moves back accordingly."""
    satker = lock_satker(predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=predikat.pk)
    catatan = syarat.load_catatan([satker.pk])[satker.pk]
    # The record among the facts on hand, so that the rules know it for the same.
    predikat = next((satu for satu in catatan.predikat if satu.pk == predikat.pk), predikat)
    putusan = syarat.check_complete(
        catatan, predikat, Kelengkapan(sumber, tanggal_sk, nomor_sk, tahun, dasar)
    )
    sebelum = describe(predikat)
    predikat.nomor_sk = nomor_sk.strip() or predikat.nomor_sk
    predikat.tanggal_sk = tanggal_sk or predikat.tanggal_sk
    predikat.dasar = dasar or predikat.dasar
    predikat.tahun = predikat.tanggal_sk.year if predikat.tanggal_sk else (tahun or predikat.tahun)
    predikat.berlaku_dari, predikat.ketelitian = putusan.dari, putusan.ketelitian
    predikat.sumber = syarat.join_sumber(predikat.sumber, sumber.strip())
    if putusan.wbk is not None:
        PerubahanPredikat.objects.valid().filter(kelanjutan=predikat).update(tanggal=putusan.dari)
        # The one shrinks before the other grows: no day ever has two.
        putusan.wbk.berlaku_sampai = putusan.dari
        putusan.wbk.save(update_fields=["berlaku_sampai"])
    predikat.dilengkapi_pada = timezone.now()
    predikat.save()
    PerubahanPredikat.objects.valid().filter(
        predikat=predikat, jenis=JenisPerubahan.DITETAPKAN
    ).update(tanggal=putusan.dari, nomor_surat=predikat.nomor_sk, tanggal_surat=predikat.tanggal_sk)
    MasaPredikat.objects.rebuild([satker.pk])
    Riwayat.record(
        satker,
        "predikat dilengkapi",
        by=by,
        objek=predikat.objek,
        sebelum=sebelum,
        sesudah=describe(predikat),
        alasan=sumber.strip(),
    )
    return predikat
