"""Proposals of a Kanwil, decided by admin or inspectors."""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from penilaian.alur.dasar import (
    lock_satker,
)
from penilaian.alur.penetapan import grant
from penilaian.models import (
    Predikat,
    UsulanCatatan,
)
from satker.models import Riwayat


@transaction.atomic
def propose(satker, isi: dict, *, by) -> UsulanCatatan:
    """A Kanwil asks that a grant be recorded; `isi` are keyword arguments of grant()."""
    satker = lock_satker(satker)
    if UsulanCatatan.objects.filter(
        satker=satker, isi__jenis=isi["jenis"], status=UsulanCatatan.Status.DIUSULKAN
    ).exists():
        raise AlurError("Usulan yang sama masih menunggu keputusan.")
    usulan = UsulanCatatan.objects.create(satker=satker, isi=_to_text(isi), diusulkan_oleh=by)
    Riwayat.record(
        satker, "catatan predikat diusulkan", by=by, objek=f"usulan:{usulan.pk}", sesudah=usulan.isi
    )
    return usulan


@transaction.atomic
def accept(usulan, *, by) -> Predikat:
    """Record what a Kanwil proposed; every rule of grant() holds."""
    satker = lock_satker(usulan.satker)
    usulan = _lock_usulan(usulan)
    isi = _from_text(usulan.isi)
    predikat = grant(satker, isi.pop("jenis"), by=by, **isi)
    _decide(usulan, UsulanCatatan.Status.DITERIMA, by=by, alasan="")
    return predikat


@transaction.atomic
def reject(usulan, *, by, alasan) -> UsulanCatatan:
    """Turn a proposal down, saying why."""
    lock_satker(usulan.satker)
    usulan = _lock_usulan(usulan)
    return _decide(usulan, UsulanCatatan.Status.DITOLAK, by=by, alasan=require(alasan, "Alasan"))


def _lock_usulan(usulan) -> UsulanCatatan:
    usulan = UsulanCatatan.objects.select_for_update(of=("self",)).get(pk=usulan.pk)
    if usulan.status != UsulanCatatan.Status.DIUSULKAN:
        raise AlurError(f"Usulan ini sudah {usulan.get_status_display().lower()}.")
    return usulan


def _decide(usulan, status, *, by, alasan) -> UsulanCatatan:
    usulan.status, usulan.diputuskan_pada, usulan.diputuskan_oleh = status, timezone.now(), by
    usulan.alasan_putusan = alasan
    usulan.save(update_fields=["status", "diputuskan_pada", "diputuskan_oleh", "alasan_putusan"])
    Riwayat.record(
        usulan.satker,
        f"usulan catatan {usulan.get_status_display().lower()}",
        by=by,
        objek=f"usulan:{usulan.pk}",
        alasan=alasan,
    )
    return usulan


TANGGAL_ISI = ("tanggal_sk", "disebut_pada")


def _to_text(isi: dict) -> dict:
    return {
        kunci: nilai.isoformat() if isinstance(nilai, datetime.date) else nilai
        for kunci, nilai in isi.items()
    }


def _from_text(isi: dict) -> dict:
    return {
        kunci: datetime.date.fromisoformat(nilai) if kunci in TANGGAL_ISI and nilai else nilai
        for kunci, nilai in isi.items()
    }
