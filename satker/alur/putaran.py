"""The life of a round: made by a Kanwil with its units, put in clusters, published."""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError, require
from satker.models import (
    KedudukanSatker,
    PesertaSatker,
    Putaran,
    PutaranSatker,
    Riwayat,
    SatuanKerja,
    Upacara,
)

TAHUN_PERTAMA, TAHUN_TERAKHIR = 2009, 2100


def lock(putaran) -> Putaran:
    """The round, locked; one that is only known from a source is not ours to change."""
    putaran = (
        Putaran.objects.select_for_update(of=("self",))
        .select_related("kanwil__satker")
        .get(pk=putaran.pk)
    )
    if putaran.is_tercatat:
        raise AlurError("Putaran ini hanya tercatat dari sumber, jadi tidak diubah di sini.")
    return putaran


def list_satker_kanwil(kanwil, pada: datetime.date):
    """Positions of the units under a Kanwil on a day, itself among them."""
    return KedudukanSatker.objects.at(pada).filter(kanwil=kanwil)


def get_hari_putaran(tahun: int) -> datetime.date:
    """The day at which the units of a round are asked for: today, within its year."""
    hari = timezone.localdate()
    return min(max(hari, datetime.date(tahun, 1, 1)), datetime.date(tahun, 12, 31))


@transaction.atomic
def create(kanwil, *, nama, tahun, by, lengkap=True, daftar_satker=None) -> Putaran:
    """A round with all units of the Kanwil, or with those given."""
    nama = require(nama, "Nama putaran")
    if not TAHUN_PERTAMA <= tahun <= TAHUN_TERAKHIR:
        raise AlurError(f"Tahun {tahun} tidak wajar. Tulis tahun putaran, misalnya 2026.")
    SatuanKerja.objects.select_for_update(of=("self",)).get(pk=kanwil.satker_id)
    if Putaran.objects.filter(kanwil=kanwil, tahun=tahun, nama__iexact=nama).exists():
        raise AlurError(f"Kanwil ini sudah punya putaran “{nama}” tahun {tahun}.")
    milik = set(
        list_satker_kanwil(kanwil, get_hari_putaran(tahun)).values_list("satker", flat=True)
    )
    dipilih = milik if daftar_satker is None else {satu.pk for satu in daftar_satker}
    if dipilih - milik:
        raise AlurError("Hanya satker Kanwil ini yang dapat masuk ke putarannya.")
    if not dipilih:
        raise AlurError("Kanwil ini belum punya satker pada tahun itu. Daftarkan satkernya dulu.")
    putaran = Putaran.objects.create(
        kode=_make_kode(kanwil, tahun),
        kanwil=kanwil,
        nama=nama,
        tahun=tahun,
        lengkap=lengkap,
        dibuat_oleh=by,
    )
    PutaranSatker.objects.bulk_create(
        PutaranSatker(putaran=putaran, satker_id=satu) for satu in sorted(dipilih)
    )
    Riwayat.record(
        kanwil,
        "putaran dibuat",
        by=by,
        objek=putaran.objek,
        sesudah={"nama": nama, "tahun": tahun, "lengkap": lengkap, "satker": len(dipilih)},
    )
    return putaran


def _make_kode(kanwil, tahun: int) -> str:
    """`putaran-16-kanwil-2026`, and `-2` for the second of the year; never used again."""
    dasar = f"putaran-{kanwil.satker.kode[:55]}-{tahun}"
    ada = set(Putaran.objects.filter(kode__startswith=dasar).values_list("kode", flat=True))
    kode, nomor = dasar, 2
    while kode in ada:
        kode, nomor = f"{dasar}-{nomor}", nomor + 1
    return kode


@transaction.atomic
def edit(putaran, *, nama, lengkap, by) -> Putaran:
    """Another name, or whether the Kanwil states who takes part."""
    putaran = lock(putaran)
    sebelum = {"nama": putaran.nama, "lengkap": putaran.lengkap}
    putaran.nama, putaran.lengkap = require(nama, "Nama putaran"), lengkap
    if sebelum == {"nama": putaran.nama, "lengkap": lengkap}:
        raise AlurError("Tidak ada yang berubah.")
    putaran.save(update_fields=["nama", "lengkap"])
    Riwayat.record(
        putaran.kanwil,
        "putaran diubah",
        by=by,
        objek=putaran.objek,
        sebelum=sebelum,
        sesudah={"nama": putaran.nama, "lengkap": lengkap},
    )
    return putaran


@transaction.atomic
def set_gugus(putaran, daftar_satker, gugus: str, *, by) -> int:
    """Put units of the Kanwil into a cluster of the round ("" is none); those that were not in the
    round come in. Returns how many."""
    putaran = lock(putaran)
    dipilih = {satu.pk for satu in daftar_satker}
    if not dipilih:
        raise AlurError("Pilih satker dulu.")
    gugus = " ".join(gugus.split())
    if len(gugus) > 120:
        raise AlurError("Nama gugus paling panjang 120 huruf.")
    pada = get_hari_putaran(putaran.tahun)
    ada = set(
        PutaranSatker.objects.filter(putaran=putaran, satker__in=dipilih).values_list(
            "satker", flat=True
        )
    )
    milik = set(
        list_satker_kanwil(putaran.kanwil, pada)
        .filter(satker__in=dipilih)
        .values_list("satker", flat=True)
    )
    if dipilih - milik - ada:
        raise AlurError("Hanya satker Kanwil ini yang dapat masuk ke putarannya.")
    PutaranSatker.objects.filter(putaran=putaran, satker__in=ada).update(gugus=gugus)
    PutaranSatker.objects.bulk_create(
        PutaranSatker(putaran=putaran, satker_id=satu, gugus=gugus)
        for satu in sorted(dipilih - ada)
    )
    Riwayat.record(
        putaran.kanwil,
        "satker putaran disusun",
        by=by,
        objek=putaran.objek,
        sesudah={"gugus": gugus, "satker": sorted(satu.kode for satu in daftar_satker)},
    )
    return len(dipilih)


@transaction.atomic
def remove_satker(putaran, daftar_satker, *, by) -> int:
    """Take units out of the round; not those that are in one of its events."""
    putaran = lock(putaran)
    dipilih = {satu.pk for satu in daftar_satker}
    if not dipilih:
        raise AlurError("Pilih satker dulu.")
    terpakai = (
        PesertaSatker.objects.filter(upacara__putaran=putaran, satker__in=dipilih)
        .exclude(upacara__status=Upacara.Status.DIBATALKAN)
        .order_by("satker__kode")
        .values_list("satker__kode", flat=True)
        .first()
    )
    if terpakai is not None:
        raise AlurError(
            f"{terpakai} ikut dalam upacara putaran ini. Keluarkan dulu dari upacaranya."
        )
    jumlah, _ = PutaranSatker.objects.filter(putaran=putaran, satker__in=dipilih).delete()
    Riwayat.record(
        putaran.kanwil,
        "satker dikeluarkan dari putaran",
        by=by,
        objek=putaran.objek,
        sebelum={"satker": sorted(satu.kode for satu in daftar_satker)},
    )
    return jumlah


@transaction.atomic
def publish(putaran, *, by) -> Putaran:
    """Everybody may read the board, the announced events and their officials from now on."""
    putaran = lock(putaran)
    if putaran.diterbitkan_pada is not None:
        raise AlurError("Putaran ini sudah diterbitkan.")
    diumumkan = Upacara.objects.filter(putaran=putaran).exclude(
        status__in=[Upacara.Status.RENCANA, Upacara.Status.DIBATALKAN]
    )
    if not diumumkan.exists():
        raise AlurError("Belum ada upacara yang dijadwalkan, jadi belum ada yang diterbitkan.")
    return _set_terbit(putaran, timezone.now(), "putaran diterbitkan", by=by)


@transaction.atomic
def unpublish(putaran, *, by) -> Putaran:
    """Only the Kanwil and its units read it again."""
    putaran = lock(putaran)
    if putaran.diterbitkan_pada is None:
        raise AlurError("Putaran ini belum diterbitkan.")
    return _set_terbit(putaran, None, "putaran ditarik dari umum", by=by)


def _set_terbit(putaran, kini, kejadian, *, by) -> Putaran:
    putaran.diterbitkan_pada = kini
    putaran.save(update_fields=["diterbitkan_pada"])
    Riwayat.record(putaran.kanwil, kejadian, by=by, objek=putaran.objek)
    return putaran
