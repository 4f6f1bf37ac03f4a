"""A draft: begun, its parties chosen, its content filled, given up."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from satker import perjanjian as baca
from satker.alur.dasar import lock
from satker.alur.janji.dasar import BerubahError, lock_draf
from satker.janji import Isi, compute_sidik
from satker.models import (
    IndikatorKinerja,
    Kegiatan,
    Penugasan,
    PerjanjianKinerja,
    Riwayat,
    Sasaran,
)

TAHUN_PERTAMA, TAHUN_TERAKHIR = 2014, 2100
MAKS_SASARAN, MAKS_INDIKATOR, MAKS_KEGIATAN = 30, 40, 60


@dataclass(frozen=True)
class PilihanPihak:
    """A party as it was chosen: an assignment with the title as typed, or somebody outside."""

    tugas: Penugasan | None
    nama: str
    jabatan: str
    nomor: str = ""


@transaction.atomic
def start(satker, tahun: int, *, by) -> PerjanjianKinerja:
    """The first draft of a unit's year, with the heads of today as parties where they are known."""
    if not TAHUN_PERTAMA <= tahun <= min(TAHUN_TERAKHIR, timezone.localdate().year + 1):
        raise AlurError(f"Tahun {tahun} belum dapat dibuatkan perjanjian kinerja.")
    satker = lock(satker)[satker.pk]
    ada = (
        PerjanjianKinerja.objects.filter(satker=satker, tahun=tahun)
        .exclude(status=PerjanjianKinerja.Status.DIBATALKAN)
        .order_by("-versi")
        .first()
    )
    if ada is not None and ada.is_editable:
        raise AlurError(f"Draf perjanjian kinerja {tahun} sudah ada. Lanjutkan draf itu.")
    if ada is not None:
        raise AlurError(f"Perjanjian kinerja {tahun} sudah ditandatangani. Buat versi baru.")
    posisi = baca.get_posisi(satker.pk, tahun)
    perjanjian = PerjanjianKinerja(
        satker=satker, tahun=tahun, tempat=posisi.tempat if posisi else "", dibuat_oleh=by
    )
    fill_pihak(perjanjian)
    perjanjian.save()
    Riwayat.record(
        satker,
        "draf perjanjian kinerja dibuat",
        by=by,
        objek=perjanjian.objek,
        sesudah={"tahun": tahun, "versi": perjanjian.versi},
    )
    return perjanjian


def fill_pihak(perjanjian: PerjanjianKinerja) -> None:
    """The head of the unit and the head of the Kanwil's own unit, of today; the caller saves."""
    hari_ini = timezone.localdate()
    atasan = baca.get_atasan(perjanjian.satker_id, hari_ini)
    for yang, kantor in (("pertama", perjanjian.satker), ("kedua", atasan)):
        tugas = baca.find_kepala(kantor.pk, hari_ini) if kantor else None
        if kantor is None or tugas is None:
            continue
        posisi = baca.get_posisi(kantor.pk, perjanjian.tahun)
        setattr(perjanjian, f"pihak_{yang}", tugas)
        setattr(perjanjian, f"nama_{yang}", tugas.pengguna.nama)
        setattr(perjanjian, f"jabatan_{yang}", f"Kepala {posisi.nama}" if posisi else "Kepala")
        setattr(perjanjian, f"nomor_{yang}", "")


@transaction.atomic
def choose_pihak(
    perjanjian, *, pertama: PilihanPihak, kedua: PilihanPihak, tempat: str, by
) -> PerjanjianKinerja:
    """Who signs. The superior of the day is looked up when it is signed, not before."""
    perjanjian = lock_draf(perjanjian)
    sebelum = _describe(perjanjian)
    boleh = {
        "pertama": [perjanjian.satker_id],
        "kedua": baca.list_atasan(perjanjian.satker_id, perjanjian.tahun),
    }
    for yang, pilihan in (("pertama", pertama), ("kedua", kedua)):
        tugas = pilihan.tugas
        calon = baca.list_kepala(boleh[yang], perjanjian.tahun)
        if tugas is not None and not calon.filter(pk=tugas.pk).exists():
            raise AlurError(f"Penugasan pihak {yang} itu bukan kepala kantor yang dimaksud.")
        nama = tugas.pengguna.nama if tugas else pilihan.nama.strip()
        jabatan = require(pilihan.jabatan, f"Jabatan pihak {yang}") if nama else ""
        setattr(perjanjian, f"pihak_{yang}", tugas)
        setattr(perjanjian, f"nama_{yang}", nama)
        setattr(perjanjian, f"jabatan_{yang}", jabatan)
        setattr(perjanjian, f"nomor_{yang}", pilihan.nomor.strip())
    satu, dua = (baca.get_pihak(perjanjian, yang) for yang in baca.PIHAK)
    if baca.janji.is_sama(satu, dua):
        raise AlurError("Pihak pertama dan pihak kedua harus dua orang yang berbeda.")
    perjanjian.tempat = tempat.strip()
    perjanjian.save()
    sesudah = _describe(perjanjian)
    if sesudah != sebelum:
        Riwayat.record(
            perjanjian.satker,
            "pihak perjanjian kinerja diubah",
            by=by,
            objek=perjanjian.objek,
            sebelum=sebelum,
            sesudah=sesudah,
        )
    return perjanjian


def _describe(perjanjian: PerjanjianKinerja) -> dict:
    """Parties by assignment and title; the history holds no names of people outside the system."""
    return {
        "pihak_pertama": perjanjian.pihak_pertama_id,
        "jabatan_pertama": perjanjian.jabatan_pertama,
        "pihak_kedua": perjanjian.pihak_kedua_id,
        "jabatan_kedua": perjanjian.jabatan_kedua,
        "tempat": perjanjian.tempat,
    }


@transaction.atomic
def save_isi(perjanjian, isi: Isi, *, by, sidik_awal: str | None = None) -> PerjanjianKinerja:
    """Put this content in the place of the draft's. Indicators keep what they were taken from by
    their `id`. `sidik_awal` is the hash of the content that the writer had seen."""
    perjanjian = lock_draf(perjanjian)
    lama = baca.read_isi(perjanjian)
    if sidik_awal is not None and compute_sidik(lama.to_data()) != sidik_awal:
        raise BerubahError(
            "Isi draf ini baru saja diubah orang lain. Isian Anda masih di halaman ini dan belum "
            "disimpan. Muat ulang di tab lain untuk melihat perubahannya, lalu simpan lagi."
        )
    _refuse_isi(isi)
    asal = {
        satu.pk: satu for satu in IndikatorKinerja.objects.filter(sasaran__perjanjian=perjanjian)
    }
    write_isi(perjanjian, isi, asal)
    sebelum, sesudah = _count(lama), _count(isi)
    if lama.to_data() != isi.to_data():
        Riwayat.record(
            perjanjian.satker,
            "isi perjanjian kinerja diubah",
            by=by,
            objek=perjanjian.objek,
            sebelum=sebelum,
            sesudah=sesudah,
        )
    return perjanjian


def _refuse_isi(isi: Isi) -> None:
    if len(isi.daftar_sasaran) > MAKS_SASARAN:
        raise AlurError(f"Sasaran paling banyak {MAKS_SASARAN}.")
    if len(isi.daftar_kegiatan) > MAKS_KEGIATAN:
        raise AlurError(f"Kegiatan paling banyak {MAKS_KEGIATAN}.")
    for sasaran in isi.daftar_sasaran:
        require(sasaran.nama, "Nama sasaran")
        if len(sasaran.daftar_indikator) > MAKS_INDIKATOR:
            raise AlurError(f"Indikator satu sasaran paling banyak {MAKS_INDIKATOR}.")
        for satu in sasaran.daftar_indikator:
            nama = require(satu.nama, "Nama indikator")
            require(satu.satuan, f"Satuan ukuran indikator “{nama}”")
            if satu.target is None or satu.target < 0:
                raise AlurError(
                    f"Target indikator “{nama}” wajib diisi dengan angka nol atau lebih."
                )
    for kegiatan in isi.daftar_kegiatan:
        require(kegiatan.nama, "Nama kegiatan")


def write_isi(perjanjian, isi: Isi, asal: dict[int, IndikatorKinerja]) -> None:
    """Write the rows anew. `asal` gives what an indicator's `id` is linked to. Nothing outside
    points to the rows of a draft."""
    Sasaran.objects.filter(perjanjian=perjanjian).delete()
    Kegiatan.objects.filter(perjanjian=perjanjian).delete()
    daftar_sasaran = Sasaran.objects.bulk_create(
        Sasaran(perjanjian=perjanjian, urutan=nomor, nama=satu.nama.strip())
        for nomor, satu in enumerate(isi.daftar_sasaran, 1)
    )
    baru = []
    for sasaran, isi_sasaran in zip(daftar_sasaran, isi.daftar_sasaran, strict=True):
        for nomor, satu in enumerate(isi_sasaran.daftar_indikator, 1):
            lama = asal.get(satu.id) if satu.id else None
            baru.append(
                IndikatorKinerja(
                    sasaran=sasaran,
                    urutan=nomor,
                    nama=satu.nama.strip(),
                    satuan=satu.satuan.strip(),
                    arah=satu.arah,
                    target=satu.target,
                    turunan_dari_id=lama.turunan_dari_id if lama else None,
                    lanjutan_dari_id=lama.lanjutan_dari_id if lama else None,
                    **dict(zip(baca.TRIWULAN, satu.triwulan, strict=True)),
                )
            )
    IndikatorKinerja.objects.bulk_create(baru)
    Kegiatan.objects.bulk_create(
        Kegiatan(
            perjanjian=perjanjian, urutan=nomor, nama=satu.nama.strip(), anggaran=satu.anggaran
        )
        for nomor, satu in enumerate(isi.daftar_kegiatan, 1)
    )


def _count(isi: Isi) -> dict:
    return {
        "jumlah_sasaran": len(isi.daftar_sasaran),
        "jumlah_indikator": isi.jumlah_indikator,
        "jumlah_kegiatan": len(isi.daftar_kegiatan),
        "sidik_isi": compute_sidik(isi.to_data()),
    }


@transaction.atomic
def cancel(perjanjian, *, by, alasan: str = "") -> PerjanjianKinerja:
    """Give a draft up. It stays readable; its number goes to the next draft."""
    perjanjian = lock_draf(perjanjian)
    perjanjian.status = PerjanjianKinerja.Status.DIBATALKAN
    perjanjian.save(update_fields=["status"])
    Riwayat.record(
        perjanjian.satker,
        "draf perjanjian kinerja dibatalkan",
        by=by,
        objek=perjanjian.objek,
        sebelum={"tahun": perjanjian.tahun, "versi": perjanjian.versi},
        alasan=alasan.strip(),
    )
    return perjanjian
