"""Changes of a predicate in force: clarification, revocation, end."""

from django.db import transaction

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from penilaian import masa
from penilaian.alur.dasar import add_perubahan, get_last, lock_satker, refuse_closed
from penilaian.models import (
    JenisPerubahan,
    MasaPredikat,
    PerubahanPredikat,
    Predikat,
)
from penilaian.syarat import refuse_future
from satker.models import Riwayat

PENUTUP = masa.PENUTUP


def open_klarifikasi(predikat, *, by, tanggal, sumber, **surat) -> PerubahanPredikat:
    """The predicate is questioned; it stays in force."""
    return _change(
        predikat, JenisPerubahan.KLARIFIKASI_DIBUKA, by=by, tanggal=tanggal, sumber=sumber, **surat
    )


def close_klarifikasi(predikat, *, by, tanggal, sumber, **surat) -> PerubahanPredikat:
    """The question is settled in the unit's favour."""
    return _change(
        predikat, JenisPerubahan.KLARIFIKASI_SELESAI, by=by, tanggal=tanggal, sumber=sumber, **surat
    )


def revoke(predikat, *, by, tanggal, sumber, **surat) -> PerubahanPredikat:
    """The minister takes the predicate back; a bar of some years begins."""
    return _change(predikat, JenisPerubahan.DICABUT, by=by, tanggal=tanggal, sumber=sumber, **surat)


def end(predikat, *, by, tanggal, sumber, **surat) -> PerubahanPredikat:
    """The predicate ends as its decree says, or with its unit."""
    return _change(
        predikat, JenisPerubahan.BERAKHIR, by=by, tanggal=tanggal, sumber=sumber, **surat
    )


@transaction.atomic
def _change(predikat, jenis, *, by, tanggal, sumber, **surat) -> PerubahanPredikat:
    lock_satker(predikat.satker)
    predikat = Predikat.objects.select_for_update(of=("self",)).get(pk=predikat.pk)
    sumber = require(sumber, "Sumber")
    refuse_future(tanggal, "Tanggal berlaku")
    refuse_closed(predikat)
    terakhir = get_last(predikat)
    if tanggal < terakhir.tanggal:
        raise AlurError(
            f"Tanggal {format_tanggal(tanggal)} mendahului perubahan sebelumnya "
            f"({terakhir.get_jenis_display().lower()}, {format_tanggal(terakhir.tanggal)})."
        )
    terbuka = terakhir.jenis == JenisPerubahan.KLARIFIKASI_DIBUKA
    if jenis == JenisPerubahan.KLARIFIKASI_DIBUKA and terbuka:
        raise AlurError("Predikat ini sudah dalam klarifikasi.")
    if jenis == JenisPerubahan.KLARIFIKASI_SELESAI and not terbuka:
        raise AlurError("Predikat ini tidak sedang dalam klarifikasi.")
    if jenis in PENUTUP:
        if tanggal <= predikat.berlaku_dari:
            raise AlurError(
                f"Predikat ini baru tercatat sejak {format_tanggal(predikat.berlaku_dari)}; "
                "paling cepat berakhir sehari sesudahnya. Bila catatannya keliru, batalkan."
            )
        predikat.berlaku_sampai = tanggal
        predikat.save(update_fields=["berlaku_sampai"])
    perubahan = add_perubahan(predikat, jenis, tanggal, by=by, sumber=sumber, **surat)
    MasaPredikat.objects.rebuild([predikat.satker_id])
    Riwayat.record(
        predikat.satker,
        f"predikat {perubahan.get_jenis_display().lower()}",
        by=by,
        objek=predikat.objek,
        sesudah={
            "jenis": jenis,
            "tanggal": tanggal,
            "nomor_surat": perubahan.nomor_surat,
            "sumber": sumber,
        },
        alasan=perubahan.keterangan,
    )
    return perubahan
