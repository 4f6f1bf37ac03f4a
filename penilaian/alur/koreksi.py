"""Corrections: a wrong record is cancelled, a poor one completed; neither is a revocation."""

from collections import Counter, defaultdict

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from penilaian import masa, syarat
from penilaian.alur.dasar import describe, get_last, lock_many, lock_satker
from penilaian.models import (
    JenisPerubahan,
    MasaPredikat,
    PerubahanPredikat,
    Predikat,
)
from penilaian.syarat import Kelengkapan
from satker.models import Catatan, Riwayat

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
def complete(predikat, *, by, **isi) -> Predikat:
    """Add decree number, date or year found later; the beginning moves back accordingly. The
    arguments are those of `Kelengkapan`."""
    return complete_many([(predikat, Kelengkapan(**isi))], by=by)[0]


@transaction.atomic
def complete_many(daftar: list[tuple[Predikat, Kelengkapan]], *, by) -> list[Predikat]:
    """Complete many records, those of one unit in the order of their dates, in a number of
    statements that grows only with how many one unit has."""
    terkunci = lock_many(predikat.satker_id for predikat, _ in daftar)
    catatan = syarat.load_catatan(terkunci)
    hasil: list[Predikat] = []
    # One record of each unit at a time: what comes after rests on dates already written.
    babak: dict[int, list] = defaultdict(list)
    giliran: Counter[int] = Counter()
    for predikat, kelengkapan in daftar:
        babak[giliran[predikat.satker_id]].append((predikat, kelengkapan))
        giliran[predikat.satker_id] += 1
    for _, satu_babak in sorted(babak.items()):
        hasil += _complete_each(satu_babak, catatan, terkunci, by)
    MasaPredikat.objects.rebuild(list(terkunci))
    return hasil


def _complete_each(daftar, catatan, terkunci, by) -> list[Predikat]:
    daftar_predikat, wbk, perubahan, riwayat = [], [], [], []
    kini = timezone.now()
    for diminta, kelengkapan in daftar:
        milik = catatan[diminta.satker_id]
        predikat = next((satu for satu in milik.predikat if satu.pk == diminta.pk), None)
        if predikat is None:
            raise AlurError("Catatan predikat ini sudah dibatalkan.")
        putusan = syarat.check_complete(milik, predikat, kelengkapan)
        sebelum = describe(predikat)
        syarat.fill(predikat, kelengkapan, putusan)
        predikat.dilengkapi_pada = kini
        berubah = milik.move(predikat, putusan)
        if putusan.wbk is not None:
            wbk.append(putusan.wbk)
        for satu in berubah:
            if satu.jenis == JenisPerubahan.DITETAPKAN:
                satu.nomor_surat, satu.tanggal_surat = predikat.nomor_sk, predikat.tanggal_sk
        perubahan.extend(berubah)
        daftar_predikat.append(predikat)
        riwayat.append(
            Catatan(
                terkunci[predikat.satker_id],
                "predikat dilengkapi",
                predikat.objek,
                sebelum=sebelum,
                sesudah=describe(predikat),
                alasan=kelengkapan.sumber.strip(),
            )
        )
    # The one shrinks before the other grows: no day ever has two.
    Predikat.objects.bulk_update(wbk, ["berlaku_sampai"], batch_size=500)
    Predikat.objects.bulk_update(daftar_predikat, KOLOM_LENGKAP, batch_size=500)
    PerubahanPredikat.objects.bulk_update(
        perubahan, ["tanggal", "nomor_surat", "tanggal_surat"], batch_size=500
    )
    Riwayat.record_many(riwayat, by=by)
    return daftar_predikat


KOLOM_LENGKAP = [
    *("nomor_sk", "tanggal_sk", "dasar", "tahun", "ketelitian", "berlaku_dari", "sumber"),
    "dilengkapi_pada",
]
