"""The roster of a unit: people come, change, go and are erased, in one shape: lock, refuse, change,
record. The history tells of them by number only, so that a person can be erased.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from integritas.berkas.buang import forget_berkas
from integritas.teks import format_periode, format_tanggal
from satker import cakupan
from satker.alur.dasar import PALING_JAUH
from satker.alur.undangan import forget_alamat
from satker.models import (
    Halangan,
    Personel,
    Peserta,
    Pindaian,
    Riwayat,
    SatuanKerja,
    TandaTangan,
)
from satker.models.personel import NAMA_DIHAPUS, make_token
from satker.roster import DaftarOrang, Orang, find_kurang, fold_nomor

KONTAK = ("kontak", "guna_kontak", "kontak_sampai")
KOLOM = (
    *("nama", "jenis", "jabatan", "nomor", "berlaku_dari", "berlaku_sampai"),
    *(*KONTAK, "pengguna"),
)
SEBUTAN = {"nama": "Nama", "jabatan": "Jabatan"}


def lock_satker(satker_id: int) -> SatuanKerja:
    """The unit, so that nobody else writes its roster at the same time; rows that only point to it
    may still be added."""
    return SatuanKerja.objects.select_for_update(of=("self",), no_key=True).get(pk=satker_id)


def _lock(personel) -> Personel:
    """The person, after the unit; refuses one who is erased."""
    lock_satker(personel.satker_id)
    personel = Personel.objects.select_for_update(of=("self",), no_key=True).get(pk=personel.pk)
    if personel.dihapus_pada is not None:
        raise AlurError("Data orang ini sudah dihapus.")
    return personel


def to_orang(personel, asal=None) -> Orang:
    """A person as doubles are looked for."""
    return Orang(
        personel.kunci,
        personel.nomor,
        personel.berlaku_dari,
        personel.berlaku_sampai,
        asal if asal is not None else personel,
    )


def say_ganda(lain: Personel, sebab: str) -> str:
    """Who is on the roster already, for the unit's own people."""
    masa = format_periode(lain.berlaku_dari, lain.berlaku_sampai)
    siapa = f"{lain.nama}, {lain.jabatan}{f' ({masa})' if masa else ''}"
    if sebab == "nomor":
        return f"Nomor pegawai ini sudah tercatat pada {siapa}."
    return (
        f"Nama dan jabatan ini sudah tercatat: {siapa}. Bila orangnya berbeda, isi nomor pegawai "
        "pada keduanya."
    )


def _refuse_ganda(personel: Personel) -> None:
    """The database keeps the same rule for rows without an end."""
    calon = (
        Personel.objects.filter(satker=personel.satker_id, dihapus_pada__isnull=True)
        .overlapping(personel.berlaku_dari, personel.berlaku_sampai)
        .exclude(pk=personel.pk)
        .order_by("pk")
    )
    daftar = DaftarOrang()
    for lain in calon.filter(kunci=personel.kunci):
        daftar.add(to_orang(lain))
    if personel.nomor:
        for lain in calon.filter(nomor=personel.nomor):
            daftar.add(to_orang(lain))
    if ganda := daftar.find(to_orang(personel)):
        raise AlurError(say_ganda(ganda[0].asal, ganda[1]))


def check(personel: Personel, *, kontak: bool = True) -> None:
    """Refuse what no row of the roster may say, and bring it into its one spelling. A contact that
    is not touched may already be past its day: it goes tonight."""
    for kolom, sebutan in SEBUTAN.items():
        setattr(personel, kolom, require(getattr(personel, kolom), sebutan))
    if personel.jenis not in Personel.Jenis.values:
        raise AlurError("Jenis personel tidak dikenal.")
    personel.nomor = fold_nomor(personel.nomor)
    personel.kontak = (personel.kontak or "").strip() or None
    personel.guna_kontak = (personel.guna_kontak or "").strip() or None
    if kontak and (
        kurang := find_kurang(
            personel.kontak,
            personel.guna_kontak,
            personel.kontak_sampai,
            kini=timezone.localdate(),
        )
    ):
        raise AlurError(kurang[0][1])
    _check_masa(personel)
    personel.fill_kunci()


def _check_masa(personel: Personel) -> None:
    dari, sampai = personel.berlaku_dari, personel.berlaku_sampai
    if dari is not None and sampai is not None and sampai < dari:
        raise AlurError(
            f"Berakhir {format_tanggal(sampai)} mendahului mulainya, {format_tanggal(dari)}."
        )
    for tanggal in (dari, sampai):
        if tanggal is not None and tanggal > timezone.localdate() + PALING_JAUH:
            raise AlurError(f"Tanggal {format_tanggal(tanggal)} terlalu jauh di depan.")


def _refuse_pengguna(personel: Personel) -> None:
    """One account stands for one person of a unit."""
    if personel.pengguna_id is None:
        return
    lain = (
        Personel.objects.filter(satker=personel.satker_id, pengguna=personel.pengguna_id)
        .overlapping(personel.berlaku_dari, personel.berlaku_sampai)
        .exclude(pk=personel.pk)
        .first()
    )
    if lain is not None:
        raise AlurError(f"Akun ini sudah terhubung dengan {lain.nama}, {lain.jabatan}.")


@transaction.atomic
def add(satker, *, by, **isi) -> Personel:
    """Put somebody on the roster; `isi` as in KOLOM."""
    lock_satker(satker.pk)
    personel = Personel(satker=satker, contoh=satker.contoh, **isi)
    check(personel)
    _refuse_ganda(personel)
    _refuse_pengguna(personel)
    personel.save()
    _finish(personel, "personel ditambah", by=by)
    return personel


@transaction.atomic
def change(personel, *, by, **isi) -> Personel:
    """Set these columns; what stays as it was is no change."""
    personel = _lock(personel)
    lama = {kolom: getattr(personel, kolom) for kolom in KOLOM}
    for kolom, nilai in isi.items():
        setattr(personel, kolom, nilai)
    check(personel, kontak=any(getattr(personel, kolom) != lama[kolom] for kolom in KONTAK))
    berubah = [kolom for kolom in KOLOM if getattr(personel, kolom) != lama[kolom]]
    if not berubah:
        return personel
    _refuse_ganda(personel)
    _refuse_pengguna(personel)
    personel.save(update_fields=[*berubah, "kunci"])
    if "kontak" in berubah and lama["kontak"]:
        forget_alamat([personel.pk], [lama["kontak"]])
    # Which columns, never what stood there.
    _finish(personel, "personel diubah", by=by, kolom=berubah)
    return personel


@transaction.atomic
def end(personel, sampai: datetime.date, *, by) -> Personel:
    """From `sampai` on the person is no longer on the roster."""
    personel = _lock(personel)
    lama = personel.berlaku_sampai
    if lama is not None and lama <= timezone.localdate():
        raise AlurError(f"{personel.nama} sudah tidak di roster sejak {format_tanggal(lama)}.")
    personel.berlaku_sampai = sampai
    _check_masa(personel)
    _refuse_ganda(personel)
    personel.save(update_fields=["berlaku_sampai"])
    _finish(personel, "personel diakhiri", by=by, berlaku_sampai=sampai)
    return personel


@transaction.atomic
def reopen(personel, *, by) -> Personel:
    """The end was a mistake, or the person is back without a gap."""
    personel = _lock(personel)
    if personel.berlaku_sampai is None:
        raise AlurError(f"{personel.nama} masih di roster.")
    sebelum, personel.berlaku_sampai = personel.berlaku_sampai, None
    _refuse_ganda(personel)
    _refuse_pengguna(personel)
    personel.save(update_fields=["berlaku_sampai"])
    _finish(personel, "personel dibuka lagi", by=by, sebelum={"berlaku_sampai": sebelum})
    return personel


def _finish(personel, kejadian: str, *, by, sebelum=None, **sesudah) -> None:
    cakupan.refresh({personel.satker_id}, timezone.localdate().year)
    Riwayat.record(
        personel.satker,
        kejadian,
        by=by,
        objek=personel.objek,
        sebelum=sebelum,
        sesudah=sesudah,
    )


@transaction.atomic
def erase(personel, *, by) -> Personel:
    """Forget who this is. That somebody of this kind was on the roster and signed stays, so that no
    figure of the past changes; name, position, number, contact, absences, strokes, links and a sheet
    that nobody else signed go. A sheet of several people keeps its image."""
    personel = _lock(personel)
    kini, hari_ini = timezone.now(), timezone.localdate()
    if personel.berlaku_sampai is None or personel.berlaku_sampai > hari_ini:
        personel.berlaku_sampai = max(hari_ini, personel.berlaku_dari or hari_ini)
    personel.nama, personel.jabatan = NAMA_DIHAPUS, personel.get_jenis_display()
    personel.nomor = personel.kontak = personel.guna_kontak = personel.kontak_sampai = None
    personel.pengguna = None
    personel.kunci, personel.token, personel.dihapus_pada = "", make_token(), kini
    personel.save()
    Halangan.objects.filter(personel=personel).delete()
    for peserta in Peserta.objects.filter(personel=personel).only("pk"):
        peserta.token = make_token()
        peserta.save(update_fields=["token"])
    forget_alamat([personel.pk])
    Pindaian.objects.filter(peserta__personel=personel, dibatalkan_pada__isnull=False).update(
        alasan_batal=NAMA_DIHAPUS
    )
    tanda = TandaTangan.objects.filter(personel=personel)
    berkas = list(tanda.filter(berkas__isnull=False).values_list("berkas", flat=True))
    tanda.filter(dicabut_pada__isnull=False).update(alasan_cabut=NAMA_DIHAPUS)
    tanda.update(
        nama=NAMA_DIHAPUS,
        jabatan=personel.jabatan,
        goresan="",
        berkas=None,
        nama_berkas="",
        dihapus_pada=kini,
    )
    forget_berkas(berkas)
    _finish(personel, "data personel dihapus", by=by)
    return personel


@transaction.atomic
def renew_token(personel, *, by) -> Personel:
    """A new personal address; the old one is dead from now on."""
    personel = _lock(personel)
    personel.token = make_token()
    personel.save(update_fields=["token"])
    Riwayat.record(personel.satker, "tautan pribadi diperbarui", by=by, objek=personel.objek)
    return personel


# --- absences -------------------------------------------------------------------------------------
@transaction.atomic
def record_halangan(
    personel, *, jenis, dari: datetime.date, sampai: datetime.date, keterangan="", by
) -> Halangan:
    """Why somebody cannot sign for a time, both days included. The kind of it stays out of the
    history: an illness is nobody's business for ever."""
    personel = _lock(personel)
    if sampai < dari:
        raise AlurError(
            f"Hari terakhir, {format_tanggal(sampai)}, mendahului hari pertama, "
            f"{format_tanggal(dari)}."
        )
    tumpang = Halangan.objects.filter(
        personel=personel, jenis=jenis, dari__lte=sampai, sampai__gte=dari
    ).first()
    if tumpang is not None:
        raise AlurError(
            f"{tumpang.get_jenis_display()} sudah tercatat "
            f"{format_periode(tumpang.dari, tumpang.sampai)}."
        )
    halangan = Halangan.objects.create(
        personel=personel,
        jenis=jenis,
        dari=dari,
        sampai=sampai,
        keterangan=keterangan.strip(),
        dicatat_oleh=by,
    )
    _record_halangan(halangan, "halangan dicatat", by=by, dari=dari, sampai=sampai)
    return halangan


@transaction.atomic
def end_halangan(halangan, sampai: datetime.date, *, by) -> Halangan | None:
    """The person is back: `sampai` is the last day away. Before the first day it never was."""
    _lock(halangan.personel)
    halangan = Halangan.objects.select_for_update(of=("self",)).get(pk=halangan.pk)
    if sampai > halangan.sampai:
        raise AlurError(
            f"Halangan ini tercatat sampai {format_tanggal(halangan.sampai)}. Untuk memperpanjang, "
            "catat halangan baru."
        )
    lama = {"sampai": halangan.sampai}
    if sampai < halangan.dari:
        _record_halangan(halangan, "halangan dibatalkan", by=by, sebelum=lama)
        halangan.delete()
        return None
    halangan.sampai = sampai
    halangan.save(update_fields=["sampai"])
    _record_halangan(halangan, "halangan diakhiri", by=by, sebelum=lama, sampai=sampai)
    return halangan


def _record_halangan(halangan, kejadian, *, by, sebelum=None, **sesudah) -> None:
    Riwayat.record(
        halangan.personel.satker,
        kejadian,
        by=by,
        objek=halangan.personel.objek,
        sebelum={"halangan": halangan.pk} | (sebelum or {}),
        sesudah={"halangan": halangan.pk} | sesudah if sesudah else {},
    )
