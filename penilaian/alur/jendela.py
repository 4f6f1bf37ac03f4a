"""The window of an assessment and what it aims at: steps of the Kanwil, each with its reason."""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from penilaian import masa, rekap
from penilaian.alur.pengisian import lock_penilaian
from penilaian.models import (
    AreaPenilaian,
    AturanPredikat,
    JenisPredikat,
    MasaPredikat,
    Nilai,
    Penilaian,
    Predikat,
    Rekap,
    Status,
)
from penilaian.pengingat import refresh_penilaian
from satker.models import Riwayat

NAMA_PALING_BANYAK = 5


@transaction.atomic
def extend(penilaian: Penilaian, tutup_pada: datetime.date, alasan: str, *, by) -> Penilaian:
    """A later end for one unit, whether its window has closed or not."""
    alasan = require(alasan, "Alasan")
    penilaian = lock_penilaian(penilaian)
    _refuse_submitted(penilaian)
    if tutup_pada <= penilaian.tutup_pada:
        raise AlurError(
            f"Tanggal tutup baru harus sesudah {format_tanggal(penilaian.tutup_pada)}, tanggal "
            "tutup yang sekarang."
        )
    _refuse_past(tutup_pada)
    lama, penilaian.tutup_pada = penilaian.tutup_pada, tutup_pada
    penilaian.save(update_fields=["tutup_pada"])
    Riwayat.record(
        penilaian.satker,
        "pengisian LKE diperpanjang",
        by=by,
        objek=penilaian.objek,
        sebelum={"tutup_pada": lama},
        sesudah={"tutup_pada": tutup_pada},
        alasan=alasan,
    )
    refresh_penilaian(penilaian.pk)
    return penilaian


@transaction.atomic
def reopen(
    penilaian: Penilaian,
    alasan: str,
    *,
    by,
    tutup_pada: datetime.date | None = None,
    daftar_area: list[str] | None = None,
) -> Penilaian:
    """Back from submitted to being filled: all areas, or only those named, take answers again."""
    alasan = require(alasan, "Alasan")
    penilaian = lock_penilaian(penilaian)
    if penilaian.status != Status.DIAJUKAN:
        raise AlurError("LKE ini belum diajukan, jadi tidak perlu dibuka kembali.")
    if tutup_pada is None and penilaian.tutup_pada < timezone.localdate():
        raise AlurError(
            f"Jendela pengisian sudah tutup {format_tanggal(penilaian.tutup_pada)}. Isi tanggal "
            "tutup yang baru."
        )
    if tutup_pada is not None:
        _refuse_past(tutup_pada)
    semua = AreaPenilaian.objects.filter(penilaian=penilaian)
    ada = set(semua.values_list("area", flat=True))
    dibuka = ada if daftar_area is None else set(daftar_area)
    if not dibuka or not dibuka <= ada:
        raise AlurError("Pilih paling sedikit satu area yang ada pada LKE ini.")
    sebelum = {
        "diajukan_pada": penilaian.diajukan_pada,
        "diajukan_oleh": penilaian.diajukan_oleh_id,
        "tutup_pada": penilaian.tutup_pada,
    }
    # What stays shut is shut by its own lock from now on.
    semua.exclude(area__in=dibuka).filter(diajukan_pada__isnull=True).update(
        diajukan_pada=penilaian.diajukan_pada, diajukan_oleh=penilaian.diajukan_oleh_id
    )
    semua.filter(area__in=dibuka).update(diajukan_pada=None, diajukan_oleh=None)
    penilaian.status = Status.PENGISIAN
    penilaian.diajukan_pada = penilaian.diajukan_oleh = None
    penilaian.tutup_pada = tutup_pada or penilaian.tutup_pada
    penilaian.save(update_fields=["status", "diajukan_pada", "diajukan_oleh", "tutup_pada"])
    Riwayat.record(
        penilaian.satker,
        "LKE dibuka kembali",
        by=by,
        objek=penilaian.objek,
        sebelum=sebelum,
        sesudah={"area": sorted(dibuka), "tutup_pada": penilaian.tutup_pada},
        alasan=alasan,
    )
    refresh_penilaian(penilaian.pk)
    return penilaian


@transaction.atomic
def change_target(penilaian: Penilaian, target: str, alasan: str, *, by) -> Penilaian:
    """Another predicate to aim at; what counts as failed follows."""
    alasan = require(alasan, "Alasan")
    if target not in JenisPredikat.values:
        raise AlurError("Target harus WBK atau WBBM.")
    penilaian = lock_penilaian(penilaian)
    _refuse_submitted(penilaian)
    if penilaian.target == target:
        raise AlurError(f"Target LKE ini sudah {target}.")
    lama, penilaian.target = penilaian.target, target
    penilaian.save(update_fields=["target"])
    for satu in Rekap.objects.filter(penilaian=penilaian):
        satu.jumlah_gagal = len(rekap.get_gagal(satu, target))
        satu.save(update_fields=["jumlah_gagal"])
    Riwayat.record(
        penilaian.satker,
        "target LKE diubah",
        by=by,
        objek=penilaian.objek,
        sebelum={"target": lama},
        sesudah={"target": target},
        alasan=alasan,
    )
    return penilaian


def _refuse_submitted(penilaian: Penilaian) -> None:
    if penilaian.status != Status.PENGISIAN:
        raise AlurError("LKE ini sudah diajukan. Buka kembali dulu.")


def _refuse_past(tutup_pada: datetime.date) -> None:
    if tutup_pada < timezone.localdate():
        raise AlurError(f"Tanggal tutup {format_tanggal(tutup_pada)} sudah lewat.")


def list_peringatan(daftar_penilaian) -> list[str]:
    """What the Kanwil should know of targets that were set all the same: WBBM is for units that
    hold WBK, and a national check asks for some years of it (domain K-13)."""
    daftar = [satu for satu in daftar_penilaian if satu.target == JenisPredikat.WBBM]
    if not daftar:
        return []
    hari = timezone.localdate()
    kini = dict(
        MasaPredikat.objects.at(hari)
        .filter(satker__in=[satu.satker_id for satu in daftar], predikat__isnull=False)
        .values_list("satker", "predikat")
    )
    tanpa = [satu.satker.kode for satu in daftar if satu.satker_id not in kini]
    hasil = []
    if tanpa:
        hasil.append(
            f"Target WBBM, tetapi belum tercatat memegang WBK: {_list_nama(tanpa)}. WBBM hanya "
            "bagi pemegang WBK."
        )
    wbk = Predikat.objects.filter(pk__in=kini.values(), jenis=Nilai.WBK)
    mulai = dict(wbk.values_list("satker", "berlaku_dari"))
    if mulai:
        tahun = AturanPredikat.objects.get_nilai("wbk-sebelum-wbbm", hari)
        muda = [
            f"{satu.satker.kode} (WBK sejak {format_tanggal(mulai[satu.satker_id])})"
            for satu in daftar
            if satu.satker_id in mulai and masa.add_bulan(mulai[satu.satker_id], 12 * tahun) > hari
        ]
        if muda:
            hasil.append(
                f"Pemeriksaan nasional meminta {tahun} tahun WBK sebelum WBBM; belum sampai: "
                f"{_list_nama(muda)}."
            )
    return hasil


def _list_nama(daftar: list[str]) -> str:
    lain = len(daftar) - NAMA_PALING_BANYAK
    return ", ".join(daftar[:NAMA_PALING_BANYAK]) + (f" dan {lain} lainnya" if lain > 0 else "")
