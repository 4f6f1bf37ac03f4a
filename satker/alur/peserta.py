"""Who is expected at an event: witnesses, and people of the participating units' rosters.

The history names people of a roster by number only, and for a whole roster how many.
"""

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from satker.alur.dasar_upacara import lock_preparable
from satker.alur.undangan import call_off
from satker.models import (
    Personel,
    Peserta,
    PesertaSatker,
    Riwayat,
    Saksi,
    TandaTangan,
)
from satker.models.peserta import make_kode


def make_daftar_kode(upacara, jumlah: int) -> list[str]:
    """Codes for the door that nobody at this event has; the event is locked by the caller."""
    terpakai = set(Peserta.objects.filter(upacara=upacara).values_list("kode", flat=True))
    baru: list[str] = []
    while len(baru) < jumlah:
        if (kode := make_kode()) not in terpakai:
            terpakai.add(kode)
            baru.append(kode)
    return baru


# --- witnesses ------------------------------------------------------------------------------------
@transaction.atomic
def add_saksi(upacara, *, lembaga, by, nama="", jabatan="", email=None, keterangan="") -> Saksi:
    """An institution that witnesses; the person may be named later. Gets a code for the door."""
    upacara = lock_preparable(upacara)
    lembaga, nama = require(lembaga, "Lembaga"), nama.strip()
    _refuse_double(upacara, lembaga, nama)
    saksi = Saksi.objects.create(
        upacara=upacara,
        lembaga=lembaga,
        nama=nama,
        jabatan=jabatan.strip(),
        email=email or None,
        keterangan=keterangan.strip(),
    )
    Peserta.objects.create(upacara=upacara, saksi=saksi, kode=make_daftar_kode(upacara, 1)[0])
    _record(upacara, "saksi ditambah", by=by, sesudah={"saksi": saksi.pk, "lembaga": lembaga})
    return saksi


def _refuse_double(upacara, lembaga, nama, kecuali=None) -> None:
    sama = Saksi.objects.filter(upacara=upacara, lembaga__iexact=lembaga, nama__iexact=nama)
    if sama.exclude(pk=kecuali).exists():
        raise AlurError(f"{nama or lembaga} sudah tercatat sebagai saksi upacara ini.")


@transaction.atomic
def edit_saksi(saksi, *, lembaga, by, nama="", jabatan="", email=None, keterangan="") -> Saksi:
    upacara = lock_preparable(saksi.upacara)
    saksi = _get_saksi(saksi)
    lembaga, nama = require(lembaga, "Lembaga"), nama.strip()
    _refuse_double(upacara, lembaga, nama, kecuali=saksi.pk)
    _refuse_signed(saksi, "diubah")
    # Who comes instead of somebody has not confirmed yet.
    if (lembaga, nama) != (saksi.lembaga, saksi.nama):
        saksi.dikonfirmasi_pada = None
    saksi.lembaga, saksi.nama, saksi.jabatan = lembaga, nama, jabatan.strip()
    saksi.email, saksi.keterangan = email or None, keterangan.strip()
    saksi.save()
    _record(upacara, "saksi diubah", by=by, sesudah={"saksi": saksi.pk, "lembaga": lembaga})
    return saksi


@transaction.atomic
def confirm_saksi(saksi, *, konfirmasi: bool, by) -> Saksi:
    """The institution has said that it comes, or takes it back. Twice is once."""
    upacara = lock_preparable(saksi.upacara)
    saksi = _get_saksi(saksi)
    if konfirmasi == (saksi.dikonfirmasi_pada is not None):
        return saksi
    if konfirmasi:
        require(saksi.nama, "Nama orang yang datang")
    saksi.dikonfirmasi_pada = timezone.now() if konfirmasi else None
    saksi.save(update_fields=["dikonfirmasi_pada"])
    kejadian = "saksi dikonfirmasi" if konfirmasi else "konfirmasi saksi ditarik"
    _record(upacara, kejadian, by=by, sesudah={"saksi": saksi.pk})
    return saksi


@transaction.atomic
def remove_saksi(saksi, *, by) -> None:
    upacara = lock_preparable(saksi.upacara)
    saksi = _get_saksi(saksi)
    _refuse_signed(saksi, "dihapus")
    if saksi.peserta_set.filter(hadir_pada__isnull=False).exists():
        raise AlurError("Saksi ini sudah tercatat hadir, jadi tidak dapat dihapus.")
    nomor = saksi.pk
    call_off(upacara, saksi.peserta_set.all())
    saksi.delete()
    _record(upacara, "saksi dihapus", by=by, sebelum={"saksi": nomor})


def _get_saksi(saksi) -> Saksi:
    saksi = Saksi.objects.filter(pk=saksi.pk).first()
    if saksi is None:
        raise AlurError("Saksi itu sudah dihapus.")
    return saksi


def _refuse_signed(saksi, apa: str) -> None:
    if TandaTangan.objects.filter(saksi=saksi).exists():
        raise AlurError(f"Saksi ini sudah menandatangani, jadi tidak dapat {apa}.")


# --- people ---------------------------------------------------------------------------------------
@transaction.atomic
def add_personel(upacara, daftar_satker, *, by, daftar_jenis=()) -> int:
    """Everybody on these units' rosters on the day, or only some kinds of staff. Who is on the list
    already stays as is; returns how many are new (0 is no refusal: run again, it adds nobody)."""
    upacara = lock_preparable(upacara)
    ikut = PesertaSatker.objects.filter(upacara=upacara, satker__in=daftar_satker)
    if not ikut.exists():
        raise AlurError("Pilih satker peserta dulu.")
    personel = Personel.objects.at(upacara.tanggal).filter(
        satker__in=ikut.values("satker"), dihapus_pada__isnull=True
    )
    if daftar_jenis:
        personel = personel.filter(jenis__in=daftar_jenis)
    ada = Peserta.objects.filter(upacara=upacara, personel__isnull=False).values("personel")
    baru = list(personel.exclude(pk__in=ada).order_by("satker", "kunci", "pk").only("satker"))
    kode = make_daftar_kode(upacara, len(baru))
    Peserta.objects.bulk_create(
        (
            Peserta(upacara=upacara, personel=satu, satker_id=satu.satker_id, kode=satu_kode)
            for satu, satu_kode in zip(baru, kode, strict=True)
        ),
        batch_size=1000,
    )
    if baru:
        _record(
            upacara,
            "peserta diambil dari daftar personel",
            by=by,
            sesudah={"jumlah": len(baru), "jenis": sorted(daftar_jenis)},
        )
    return len(baru)


@transaction.atomic
def add_satu(upacara, personel, *, by) -> Peserta:
    """One person of a participating unit's roster."""
    upacara = lock_preparable(upacara)
    if not PesertaSatker.objects.filter(upacara=upacara, satker=personel.satker_id).exists():
        raise AlurError("Satker orang ini bukan peserta upacara ini.")
    tercatat = Personel.objects.at(upacara.tanggal).filter(
        pk=personel.pk, dihapus_pada__isnull=True
    )
    if not tercatat.exists():
        raise AlurError("Orang ini tidak ada dalam daftar personel pada tanggal upacara.")
    if Peserta.objects.filter(upacara=upacara, personel=personel).exists():
        raise AlurError("Orang ini sudah ada dalam daftar peserta.")
    peserta = Peserta.objects.create(
        upacara=upacara,
        personel=personel,
        satker_id=personel.satker_id,
        kode=make_daftar_kode(upacara, 1)[0],
    )
    _record(upacara, "peserta ditambah", by=by, sesudah={"orang": personel.objek})
    return peserta


@transaction.atomic
def remove(peserta, *, by) -> None:
    """Somebody is not expected after all; not who was there or has signed."""
    upacara = lock_preparable(peserta.upacara)
    peserta = Peserta.objects.filter(pk=peserta.pk).select_related("personel").first()
    if peserta is None:
        raise AlurError("Orang ini sudah tidak ada dalam daftar.")
    if peserta.personel_id is None:
        raise AlurError("Saksi dihapus dari daftar saksi.")
    if peserta.hadir_pada is not None:
        raise AlurError("Orang ini sudah tercatat hadir, jadi tidak dapat dikeluarkan.")
    if TandaTangan.objects.filter(naskah__upacara=upacara, personel=peserta.personel_id).exists():
        raise AlurError("Orang ini sudah menandatangani, jadi tidak dapat dikeluarkan.")
    orang = peserta.personel.objek
    call_off(upacara, Peserta.objects.filter(pk=peserta.pk))
    peserta.delete()
    _record(upacara, "peserta dikeluarkan", by=by, sebelum={"orang": orang})


def _record(upacara, kejadian, *, by, sebelum=None, sesudah=None) -> None:
    Riwayat.record(
        upacara.tuan_rumah,
        kejadian,
        by=by,
        objek=upacara.objek,
        sebelum=sebelum,
        sesudah=sesudah,
    )
