"""Photographs, press links and scans of an event: added and taken away."""

from django.db import transaction

from integritas.alur import AlurError
from integritas.berkas.alamat import tidy_tautan
from integritas.berkas.buang import forget_berkas
from integritas.berkas.masuk import Masuk, ensure_berkas, receive
from satker.alur.naskah_upacara import lock_upacara
from satker.models import BerkasUpacara, Riwayat, Upacara
from satker.pengingat import susun
from satker.tasks_naskah import announce_penutupan

GAMBAR = {"jpeg", "png", "webp"}
Jenis = BerkasUpacara.Jenis


def add_berkas(upacara, jenis: str, berkas, nama: str, *, keterangan="", by) -> BerkasUpacara:
    """A file the event left. Raises AlurError when it is not what it is said to be."""
    masuk = receive(berkas, nama)
    if jenis == Jenis.FOTO and masuk.jenis not in GAMBAR:
        raise AlurError(f"“{masuk.nama}” bukan gambar. Foto berupa JPG, PNG, atau WebP.")
    if jenis == Jenis.PERS:
        raise AlurError("Untuk pemberitaan isikan tautannya, bukan berkas.")
    return _add_masuk(upacara, jenis, masuk, keterangan, by)


@transaction.atomic
def _add_masuk(upacara, jenis: str, masuk: Masuk, keterangan: str, by) -> BerkasUpacara:
    berkas_id = ensure_berkas(masuk)
    upacara = lock_upacara(upacara)
    _refuse_batal(upacara)
    if BerkasUpacara.objects.filter(upacara=upacara, berkas=berkas_id).exists():
        raise AlurError(f"“{masuk.nama}” sudah ada pada upacara ini.")
    baris = BerkasUpacara.objects.create(
        upacara=upacara,
        jenis=jenis,
        keterangan=keterangan.strip(),
        berkas_id=berkas_id,
        nama_berkas=masuk.nama,
        ditambah_oleh=by,
    )
    _record(upacara, "berkas upacara ditambah", baris, by, sha256=masuk.sha256)
    return baris


@transaction.atomic
def add_tautan(upacara, tautan: str, *, keterangan="", by) -> BerkasUpacara:
    """An address in the press; what it leads to is not kept here."""
    tautan = tidy_tautan(tautan)
    upacara = lock_upacara(upacara)
    _refuse_batal(upacara)
    if BerkasUpacara.objects.filter(upacara=upacara, tautan=tautan).exists():
        raise AlurError("Tautan ini sudah ada pada upacara ini.")
    baris = BerkasUpacara.objects.create(
        upacara=upacara,
        jenis=Jenis.PERS,
        keterangan=keterangan.strip(),
        tautan=tautan,
        ditambah_oleh=by,
    )
    _record(upacara, "berkas upacara ditambah", baris, by)
    return baris


@transaction.atomic
def remove(baris: BerkasUpacara, *, by) -> None:
    """Take it away from the event. What a unit's LKE already shows of it stays there."""
    upacara = lock_upacara(baris.upacara)
    kini = BerkasUpacara.objects.filter(pk=baris.pk, upacara=upacara).first()
    if kini is None:
        raise AlurError("Berkas ini baru saja dihapus orang lain.")
    _record(upacara, "berkas upacara dihapus", kini, by)
    kini.delete()
    if kini.berkas_id:
        forget_berkas([kini.berkas_id])


def _refuse_batal(upacara: Upacara) -> None:
    if upacara.status == Upacara.Status.DIBATALKAN:
        raise AlurError("Upacara ini dibatalkan, jadi tidak ada berkas yang ditambah.")


def _record(upacara, kejadian, baris, by, **lain) -> None:
    isi = {
        "upacara": upacara.kode,
        "jenis": baris.jenis,
        "nama": baris.nama_berkas or baris.keterangan,
        "tautan": baris.tautan,
        **lain,
    }
    Riwayat.record(upacara.tuan_rumah, kejadian, by=by, objek=upacara.objek, sesudah=isi)
    susun.refresh_objek("upacara", str(upacara.pk))
    if upacara.status == Upacara.Status.DITUTUP:
        announce_penutupan.delay_on_commit(upacara.pk)
