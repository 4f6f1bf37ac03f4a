"""The plan of an event: made, changed, announced, cancelled. What is announced raises `urutan`, the
SEQUENCE of its calendar entry, each time it changes.

The host stands under the round's Kanwil on that day. Units of another Kanwil may take part as
guests: they are in the event, never on the round's board.
"""

import datetime
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from satker import fakta_upacara, undangan
from satker.alur import putaran as alur_putaran
from satker.alur.dasar import PALING_JAUH, get_posisi
from satker.alur.dasar_upacara import lock, lock_editable, say_terkunci
from satker.alur.peserta_satker import insert_satker
from satker.models import (
    Acara,
    DokumenUpacara,
    KedudukanSatker,
    PesertaSatker,
    PutaranSatker,
    Riwayat,
    SatuanKerja,
    Upacara,
)
from satker.pengingat import susun
from satker.zona import get_hari, to_utc

KOLOM = (
    "nama",
    "tuan_rumah_id",
    "tempat",
    "alamat_daring",
    "tanggal",
    "mulai_pada",
    "selesai_pada",
)


@dataclass(frozen=True)
class Jadwal:
    """What is planned for one event; the hours are those of the host's clocks."""

    nama: str
    tuan_rumah: SatuanKerja
    tempat: str
    tanggal: datetime.date
    mulai: datetime.time
    selesai: datetime.time | None = None
    alamat_daring: str | None = None


@transaction.atomic
def create(
    jadwal, *, by, putaran=None, daftar_satker=(), daftar_jenis=(), susulan_dari=None
) -> Upacara:
    """One event, as a draft. `daftar_satker` takes part; `daftar_jenis` are its acts in order;
    `susulan_dari` is the event whose missing people it makes up for."""
    kanwil = None
    if putaran is not None:
        putaran = alur_putaran.lock(putaran)
        kanwil = putaran.kanwil
    isi = _check(jadwal, kanwil)
    kode = f"up-{jadwal.tuan_rumah.kode[:50]}-{jadwal.tanggal:%Y}-{secrets.token_hex(4)}"
    upacara = Upacara.objects.create(
        kode=kode,
        uid=fakta_upacara.build_uid(kode),
        putaran=putaran,
        susulan_dari=susulan_dari,
        dibuat_oleh=by,
        **isi,
    )
    Acara.objects.bulk_create(
        Acara(upacara=upacara, jenis=jenis, urutan=nomor)
        for nomor, jenis in enumerate(daftar_jenis, 1)
    )
    DokumenUpacara.objects.bulk_create(
        DokumenUpacara(upacara=upacara, nama=nama) for nama in fakta_upacara.list_dokumen()
    )
    insert_satker(upacara, daftar_satker)
    Riwayat.record(
        upacara.tuan_rumah,
        "upacara direncanakan",
        by=by,
        objek=upacara.objek,
        sesudah=describe(upacara) | {"satker": sorted(satu.kode for satu in daftar_satker)},
    )
    return upacara


def list_belum(putaran) -> dict[str, list]:
    """Units of each cluster that are in no event of the round yet, by cluster."""
    berupacara = PesertaSatker.objects.filter(upacara__putaran=putaran).exclude(
        upacara__status=Upacara.Status.DIBATALKAN
    )
    daftar = (
        PutaranSatker.objects.filter(putaran=putaran)
        .exclude(gugus="")
        .exclude(satker__in=berupacara.values("satker"))
        .select_related("satker")
        .order_by("gugus", "satker__kode")
    )
    anggota: dict[str, list] = {}
    for satu in daftar:
        anggota.setdefault(satu.gugus, []).append(satu.satker)
    return anggota


@transaction.atomic
def plan(putaran, daftar_rencana, *, by, daftar_jenis=()) -> list[Upacara]:
    """Events for whole clusters, all or none: pairs of a cluster's name and its `Jadwal`. Units that
    are in an event already are left there; the sentence of a refusal names the cluster."""
    putaran = alur_putaran.lock(putaran)
    if not daftar_rencana:
        raise AlurError("Isi tempat dan tanggal sedikitnya satu gugus.")
    anggota = list_belum(putaran)
    baru = []
    for gugus, jadwal in daftar_rencana:
        if gugus not in anggota:
            raise AlurError(
                f"Gugus {gugus} tidak ada dalam putaran ini, atau semua satkernya sudah punya upacara."
            )
        try:
            baru.append(
                create(
                    jadwal,
                    by=by,
                    putaran=putaran,
                    daftar_satker=anggota[gugus],
                    daftar_jenis=daftar_jenis,
                )
            )
        except AlurError as error:
            raise AlurError(f"Gugus {gugus}: {error}") from error
    return baru


def _check(jadwal: Jadwal, kanwil, *, lama: Upacara | None = None) -> dict:
    """The columns of a sound plan, or the refusal."""
    # One line each: they stand in titles, subjects and messages.
    nama = " ".join(require(jadwal.nama, "Nama upacara").split())
    tempat = " ".join(require(jadwal.tempat, "Tempat").split())
    if jadwal.tanggal is None or jadwal.mulai is None:
        raise AlurError("Tanggal dan jam mulai wajib diisi.")
    posisi = get_posisi(jadwal.tuan_rumah, jadwal.tanggal)
    if posisi is None:
        raise AlurError(
            f"Tuan rumah {jadwal.tuan_rumah.kode} tidak berdiri pada "
            f"{format_tanggal(jadwal.tanggal)}."
        )
    if kanwil is not None and posisi.kanwil_id != kanwil.pk:
        raise AlurError(
            f"Tuan rumah {posisi.nama} tidak di bawah Kanwil {kanwil.provinsi} pada "
            f"{format_tanggal(jadwal.tanggal)}. Pilih satker Kanwil ini."
        )
    mulai = to_utc(jadwal.tanggal, jadwal.mulai, posisi.zona_waktu)
    selesai = None
    if jadwal.selesai is not None:
        selesai = to_utc(jadwal.tanggal, jadwal.selesai, posisi.zona_waktu)
    if selesai is not None and selesai <= mulai:
        raise AlurError("Jam selesai harus sesudah jam mulai.")
    # Of an event whose day has come, place and name may still be mended.
    if lama is None or mulai != lama.mulai_pada:
        _refuse_past(jadwal.tanggal, mulai, posisi.zona_waktu)
    return {
        "nama": nama,
        "tuan_rumah": jadwal.tuan_rumah,
        "tempat": tempat,
        "alamat_daring": jadwal.alamat_daring or None,
        "tanggal": jadwal.tanggal,
        "mulai_pada": mulai,
        "selesai_pada": selesai,
        "zona_waktu": posisi.zona_waktu,
    }


def _refuse_past(tanggal, mulai, zona: str) -> None:
    kini = timezone.now()
    hari = get_hari(kini, zona)
    if tanggal < hari:
        raise AlurError(
            f"Tanggal {format_tanggal(tanggal)} sudah lewat. Pilih hari ini atau sesudahnya."
        )
    if mulai < kini:
        raise AlurError(f"Jam mulai hari ini sudah lewat menurut {zona}.")
    if tanggal > hari + PALING_JAUH:
        raise AlurError(f"Tanggal {format_tanggal(tanggal)} terlalu jauh di depan.")


def describe(upacara) -> dict:
    """What the history keeps of a plan."""
    return {kolom: getattr(upacara, kolom) for kolom in (*KOLOM, "zona_waktu", "status", "urutan")}


@transaction.atomic
def change(upacara, jadwal, *, by) -> Upacara:
    """Another name, host, place, day or hour. Announced before, it is announced anew."""
    upacara = lock_editable(upacara)
    isi = _check(jadwal, upacara.putaran.kanwil if upacara.putaran_id else None, lama=upacara)
    sebelum = describe(upacara)
    for kolom, nilai in isi.items():
        setattr(upacara, kolom, nilai)
    if sebelum == describe(upacara):
        raise AlurError("Tidak ada yang berubah.")
    _refuse_absent(upacara)
    _touch(upacara, *isi)
    _record(upacara, "upacara diubah", sebelum, by=by)
    return upacara


def _refuse_absent(upacara) -> None:
    """Every unit of the event still exists on its (new) day."""
    daftar = dict(
        PesertaSatker.objects.filter(upacara=upacara).values_list("satker", "satker__kode")
    )
    ada = KedudukanSatker.objects.at(upacara.tanggal).filter(satker__in=daftar)
    for satu in sorted(set(daftar) - set(ada.values_list("satker", flat=True))):
        raise AlurError(
            f"Satker {daftar[satu]} tidak berdiri pada {format_tanggal(upacara.tanggal)}. "
            "Keluarkan dulu dari upacara ini."
        )


@transaction.atomic
def schedule(upacara, *, by) -> Upacara:
    """The draft becomes a date that counts: on the board, in calendars, in reminders."""
    upacara = lock(upacara)
    if upacara.status != Upacara.Status.RENCANA:
        raise AlurError(
            "Upacara ini sudah dijadwalkan."
            if upacara.status == Upacara.Status.TERJADWAL
            else say_terkunci(upacara)
        )
    _refuse_past(upacara.tanggal, upacara.mulai_pada, upacara.zona_waktu)
    if not PesertaSatker.objects.filter(upacara=upacara).exists():
        raise AlurError("Belum ada satker peserta. Tambahkan dulu.")
    if not Acara.objects.filter(upacara=upacara).exists():
        raise AlurError("Susunan acara masih kosong. Tambahkan dulu.")
    sebelum = describe(upacara)
    upacara.status, upacara.diubah_pada = Upacara.Status.TERJADWAL, timezone.now()
    upacara.save(update_fields=["status", "diubah_pada"])
    _record(upacara, "upacara dijadwalkan", sebelum, by=by)
    susun.refresh_objek("upacara", str(upacara.pk))
    return upacara


@transaction.atomic
def cancel(upacara, *, alasan, by) -> Upacara:
    """It does not take place; the reason stays with it."""
    alasan = require(alasan, "Alasan")
    upacara = lock_editable(upacara)
    sebelum = describe(upacara)
    diumumkan = upacara.status == Upacara.Status.TERJADWAL
    upacara.status = Upacara.Status.DIBATALKAN
    upacara.catatan = "\n".join(filter(None, [upacara.catatan, f"Dibatalkan: {alasan}"]))
    _touch(upacara, "status", "catatan", diumumkan=diumumkan)
    _record(upacara, "upacara dibatalkan", sebelum, by=by, alasan=alasan)
    return upacara


def _touch(upacara, *kolom, diumumkan=None) -> None:
    """Save, and tell those who were told before."""
    if diumumkan is None:
        diumumkan = upacara.status == Upacara.Status.TERJADWAL
    upacara.diubah_pada = timezone.now()
    upacara.urutan += diumumkan
    upacara.save(update_fields=[*kolom, "diubah_pada", "urutan"])
    if diumumkan:
        undangan.announce_perubahan(upacara.pk)
    else:
        susun.refresh_objek("upacara", str(upacara.pk))


def _record(upacara, kejadian, sebelum, *, by, alasan="") -> None:
    sesudah = describe(upacara)
    berubah = [kolom for kolom in sesudah if sesudah[kolom] != sebelum[kolom]]
    Riwayat.record(
        upacara.tuan_rumah,
        kejadian,
        by=by,
        objek=upacara.objek,
        sebelum={kolom: sebelum[kolom] for kolom in berubah},
        sesudah={kolom: sesudah[kolom] for kolom in berubah},
        alasan=alasan,
    )
