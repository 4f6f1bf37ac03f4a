"""Invented predicates of the invented offices: one of each kind of story."""

import datetime

from django.db import transaction

from penilaian import alur
from penilaian.models import KlaimAngka, PernyataanTanpa, PerubahanPredikat, Predikat
from satker.demo import KANWIL, SUMBER
from satker.models import SatuanKerja

TANPA = ("00-rutan-b", "00-kanim-b", "00-lpka-a")
DISEBUT = datetime.date(2024, 12, 9)


@transaction.atomic
def load() -> int:
    """Predicates of the invented units that have none yet; returns how many were recorded."""
    awal = Predikat.objects.count()
    satker = {satu.kode: satu for satu in SatuanKerja.objects.filter(contoh=True)}
    sudah = set(Predikat.objects.values_list("satker__kode", flat=True))
    for kode in satker.keys() - sudah:
        if kode in CERITA:
            CERITA[kode](satker[kode])
    dinyatakan = set(PernyataanTanpa.objects.values_list("satker__kode", flat=True))
    for kode in TANPA:
        if kode not in dinyatakan:
            alur.attest_tanpa(satker[kode], by=None, pada=DISEBUT, sumber=SUMBER)
    return Predikat.objects.count() - awal


def _grant(satker, jenis, tahun, **lebih) -> Predikat:
    return alur.grant(
        satker,
        jenis,
        by=None,
        sumber=SUMBER,
        nomor_sk=f"CONTOH-{tahun}",
        tanggal_sk=datetime.date(tahun, 12, 9),
        **lebih,
    )


def _tell_wbk(satker):
    _grant(satker, "WBK", 2024)


def _tell_wbbm(satker):
    _grant(satker, "WBK", 2020)
    _grant(satker, "WBBM", 2023)


def _tell_klarifikasi(satker):
    predikat = _grant(satker, "WBK", 2022)
    alur.open_klarifikasi(
        predikat,
        by=None,
        tanggal=datetime.date(2024, 5, 6),
        sumber=SUMBER,
        nomor_surat="CONTOH-KLARIFIKASI",
        keterangan="Contoh permintaan klarifikasi.",
    )


def _tell_dicabut(satker):
    predikat = _grant(satker, "WBK", 2021)
    alur.revoke(
        predikat,
        by=None,
        tanggal=datetime.date(2023, 8, 14),
        sumber=SUMBER,
        nomor_surat="CONTOH-CABUT",
        keterangan="Contoh pencabutan.",
    )


def _tell_tahun(satker):
    alur.grant(satker, "WBK", by=None, sumber=SUMBER, tahun=2021)


# Kanwil and Lapas B hold WBK, Lapas A WBBM; a Rupbasan stays unknown.
CERITA = {
    KANWIL: _tell_wbk,
    "00-lapas-a": _tell_wbbm,
    "00-lapas-b": _tell_wbk,
    "00-rutan-a": _tell_dicabut,
    "00-bapas-a": _tell_tahun,
    "00-kanim-a": _tell_klarifikasi,
}


@transaction.atomic
def remove() -> dict[str, int]:
    """Take away what hangs on the invented offices here, with its files."""
    satker = SatuanKerja.objects.filter(contoh=True)
    predikat = Predikat.objects.filter(satker__in=satker)
    jumlah = {"predikat": predikat.count()}
    perubahan = PerubahanPredikat.objects.filter(predikat__in=predikat)
    for satu in perubahan.exclude(pindaian="").exclude(pindaian=None):
        transaction.on_commit(lambda berkas=satu.pindaian: berkas.storage.delete(berkas.name))
    KlaimAngka.objects.filter(kanwil__satker__in=satker).delete()
    KlaimAngka.objects.filter(instansi__contoh=True).delete()
    predikat.delete()
    return jumlah
