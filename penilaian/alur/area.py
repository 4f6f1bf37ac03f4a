"""One area of an assessment: who fills it until when, handing it in, and giving it back."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from penilaian import izin
from penilaian.alur.pengajuan import build_checklist, refuse_checklist
from penilaian.alur.pengisian import lock_penilaian, refuse_closed
from penilaian.models import AreaPenilaian, Penilaian, Status
from satker.models import Pengguna, Penugasan, Riwayat


def list_calon_petugas(penilaian: Penilaian, area: str) -> list[Pengguna]:
    """People who may fill that area of the unit today, by name."""
    daftar = (
        Penugasan.objects.active()
        .filter(peran__in=izin.PENGISI, satker=penilaian.satker_id)
        .select_related("pengguna")
        .order_by("pengguna__nama", "pengguna")
    )
    boleh = {
        tugas.pengguna_id: tugas.pengguna
        for tugas in daftar
        if not tugas.daftar_area or area in tugas.daftar_area or area == izin.AREA_BERSAMA
    }
    return list(boleh.values())


@transaction.atomic
def assign_area(
    penilaian: Penilaian,
    area: str,
    daftar_petugas: Iterable[Pengguna],
    tenggat: datetime.date | None,
    *,
    by,
) -> AreaPenilaian:
    """Who answers for the area, and until when; nobody and no date take both away."""
    penilaian, baris = _lock(penilaian, area)
    if penilaian.status != Status.PENGISIAN:
        raise AlurError("LKE ini sudah diajukan; petugas tidak diubah lagi.")
    petugas = {satu.pk: satu for satu in daftar_petugas}
    boleh = {satu.pk for satu in list_calon_petugas(penilaian, area)}
    for satu in petugas.values():
        if satu.pk not in boleh:
            raise AlurError(f"{satu.nama} tidak bertugas untuk area {area} di satker ini hari ini.")
    if tenggat is not None and not penilaian.buka_pada <= tenggat <= penilaian.tutup_pada:
        raise AlurError(
            f"Batas pengisian harus di dalam jendela {format_tanggal(penilaian.buka_pada)} sampai "
            f"{format_tanggal(penilaian.tutup_pada)}."
        )
    sebelum = _describe(baris)
    baris.tenggat = tenggat
    baris.save(update_fields=["tenggat"])
    baris.daftar_petugas.set(petugas.values())
    sesudah = _describe(baris)
    if sesudah != sebelum:
        _record(baris, "petugas area diatur", by=by, sebelum=sebelum, sesudah=sesudah)
    return baris


@transaction.atomic
def submit_area(
    penilaian: Penilaian, area: str, *, by, setuju_kosong: bool = False, tanda: str | None = None
) -> AreaPenilaian:
    """Hand the area in: no answer or evidence of it changes until it is returned. `tanda` is the
    state that the person saw; BerubahError when it is another by now."""
    penilaian, baris = _lock(penilaian, area)
    refuse_closed(penilaian, {area})
    if alasan := izin.explain_irresponsible(by, baris):
        raise AlurError(alasan)
    checklist = build_checklist(penilaian, area)
    refuse_checklist(checklist, setuju_kosong, tanda)
    baris.diajukan_pada, baris.diajukan_oleh = timezone.now(), by
    baris.save(update_fields=["diajukan_pada", "diajukan_oleh"])
    _record(baris, "area LKE diajukan", by=by, sesudah={"kosong": checklist.jumlah_kosong})
    return baris


@transaction.atomic
def return_area(penilaian: Penilaian, area: str, alasan: str, *, by) -> AreaPenilaian:
    """Give a handed-in area back to those who fill it."""
    alasan = require(alasan, "Alasan")
    penilaian, baris = _lock(penilaian, area)
    if penilaian.status != Status.PENGISIAN:
        raise AlurError("LKE ini sudah diajukan. Minta pembukaan kembali ke Tim Kanwil.")
    if baris.diajukan_pada is None:
        raise AlurError(f"Area {area} belum diajukan.")
    sebelum = {"diajukan_pada": baris.diajukan_pada, "diajukan_oleh": baris.diajukan_oleh_id}
    baris.diajukan_pada = baris.diajukan_oleh = None
    baris.save(update_fields=["diajukan_pada", "diajukan_oleh"])
    _record(baris, "area LKE dikembalikan", by=by, sebelum=sebelum, alasan=alasan)
    return baris


def _lock(penilaian: Penilaian, area: str) -> tuple[Penilaian, AreaPenilaian]:
    penilaian = lock_penilaian(penilaian)
    baris = AreaPenilaian.objects.filter(penilaian=penilaian, area=area).first()
    if baris is None:
        raise AlurError(f"Area {area} tidak ada pada LKE ini.")
    baris.penilaian = penilaian
    return penilaian, baris


def _describe(baris: AreaPenilaian) -> dict:
    """People by id only, so that a person can be erased."""
    petugas = sorted(baris.daftar_petugas.values_list("pk", flat=True))
    return {"petugas": petugas, "tenggat": baris.tenggat}


def _record(baris: AreaPenilaian, kejadian: str, *, by, **isi) -> None:
    penilaian = baris.penilaian
    Riwayat.record(
        penilaian.satker, kejadian, by=by, objek=f"{penilaian.objek}:{baris.area}", **isi
    )
