"""A new office: a work unit under a Kanwil, or a Kanwil under an Instansi."""

import re

from django.db import transaction

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from satker.alur.dasar import describe, get_posisi, refuse_distant, refuse_unknown_kelas
from satker.models import (
    KantorWilayah,
    KedudukanSatker,
    Riwayat,
    SatuanKerja,
)

KODE = re.compile(r"^[0-9a-z]+(-[0-9a-z]+)+$")


@transaction.atomic
def open_satker(
    kode, *, by, nama, jenis, kelas="", kanwil, tempat="", zona_waktu, mulai=None, sumber, alasan=""
) -> SatuanKerja:
    """A new work unit under a Kanwil."""
    if jenis.kode == "kanwil":
        raise AlurError("Kanwil baru dibuat lewat formulir Kanwil.")
    if not jenis.mandiri:
        raise AlurError(f"{jenis.singkatan} bukan satker mandiri; catat pada kantor induknya.")
    refuse_unknown_kelas(jenis, kelas)
    if mulai is not None and get_posisi(kanwil.satker, mulai) is None:
        raise AlurError(f"{kanwil.satker.kode} tidak berdiri pada {format_tanggal(mulai)}.")
    satker = _make_identity(kode, contoh=kanwil.satker.contoh)
    _begin(
        satker,
        by=by,
        alasan=alasan,
        nama=require(nama, "Nama"),
        jenis=jenis,
        kelas=kelas,
        kanwil=kanwil,
        pembina=jenis.pembina,
        tempat=tempat.strip(),
        zona_waktu=zona_waktu,
        berlaku_dari=mulai,
        sumber=require(sumber, "Sumber"),
    )
    return satker


@transaction.atomic
def open_kanwil(
    kode,
    *,
    by,
    nama,
    jenis,
    instansi,
    provinsi,
    kode_bps,
    tempat="",
    zona_waktu,
    mulai=None,
    sumber,
    alasan="",
) -> KantorWilayah:
    """A new regional office under a ministry or a directorate general; it is a unit as well."""
    satker = _make_identity(kode, contoh=instansi.contoh)
    kanwil = KantorWilayah.objects.create(
        satker=satker, provinsi=require(provinsi, "Provinsi"), kode_bps=kode_bps.strip()
    )
    _begin(
        satker,
        by=by,
        alasan=alasan,
        nama=require(nama, "Nama"),
        jenis=jenis,
        kanwil=kanwil,
        instansi=instansi,
        pembina=instansi,
        tempat=tempat.strip(),
        zona_waktu=zona_waktu,
        berlaku_dari=mulai,
        sumber=require(sumber, "Sumber"),
    )
    return kanwil


def _make_identity(kode: str, *, contoh: bool) -> SatuanKerja:
    if not KODE.match(kode) or len(kode) > 60:
        raise AlurError(
            f'Kode "{kode}" tidak bisa dipakai. Tulis seperti 16-lapas-palembang: huruf kecil, '
            "angka dan tanda hubung."
        )
    satker, baru = SatuanKerja.objects.get_or_create(kode=kode, defaults={"contoh": contoh})
    if not baru:
        raise AlurError(f"Kode {kode} sudah dipakai; kode tidak pernah dipakai ulang.")
    return satker


def _begin(satker, *, by, alasan, **isi) -> KedudukanSatker:
    if isi["berlaku_dari"] is not None:
        refuse_distant(isi["berlaku_dari"])
    posisi = KedudukanSatker(satker=satker, **isi).fill_cari()
    posisi.save()
    Riwayat.record(
        satker,
        "satker didaftarkan",
        by=by,
        objek=f"kedudukan:{posisi.pk}",
        sesudah=describe(posisi),
        alasan=alasan,
    )
    return posisi
