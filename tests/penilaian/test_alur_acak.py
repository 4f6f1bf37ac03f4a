"""Steps in any order: what is stored always equals what is derived, and the database never has to
refuse what the workflow let through."""

import datetime
import random

import pytest

from integritas.alur import AlurError
from penilaian import alur
from penilaian.models import MasaPredikat, PernyataanTanpa, PerubahanPredikat, Predikat
from satker.models import SatuanKerja
from satker.periksa import find_rusak
from tests.factories import AturanFactory
from tests.penilaian.keadaan import take_snapshot

pytestmark = pytest.mark.django_db
LANGKAH = 60


def draw_date(acak):
    """Few days, so that steps meet; most go forward in time as work does."""
    return datetime.date(
        acak.randint(2015, 2023), acak.choice([1, 6, 12]), acak.choice([1, 15, 30])
    )


def choose(acak, queryset):
    daftar = list(queryset.order_by("pk"))
    return acak.choice(daftar) if daftar else None


def grant(acak, satker):
    waktu = acak.choice(
        [
            {"tanggal_sk": draw_date(acak)},
            {"tahun": acak.randint(2015, 2023)},
            {"disebut_pada": draw_date(acak)},
            {"tahun": acak.randint(2015, 2023), "disebut_pada": draw_date(acak)},
        ]
    )
    jenis = acak.choice(["WBK", "WBK", "WBBM"])
    alasan = acak.choice(["", "uji"])
    alur.grant(satker, jenis, by=None, sumber="uji", alasan_tanpa_wbk=alasan, **waktu)


def change(acak, satker):
    predikat = choose(acak, Predikat.objects.filter(satker=satker))
    langkah = acak.choice([alur.open_klarifikasi, alur.close_klarifikasi, alur.revoke, alur.end])
    if predikat:
        langkah(predikat, by=None, tanggal=draw_date(acak), sumber="uji")


def cancel(acak, satker):
    if predikat := choose(acak, Predikat.objects.filter(satker=satker)):
        alur.cancel(predikat, by=None, alasan="uji")


def cancel_perubahan(acak, satker):
    semua = PerubahanPredikat.objects.filter(predikat__satker=satker)
    if perubahan := choose(acak, semua):
        alur.cancel_perubahan(perubahan, by=None, alasan="uji")


def complete(acak, satker):
    isi = acak.choice([{"tanggal_sk": draw_date(acak)}, {"tahun": acak.randint(2014, 2023)}])
    if predikat := choose(acak, Predikat.objects.filter(satker=satker)):
        alur.complete(predikat, by=None, sumber="uji", **isi)


def attest(acak, satker):
    alur.attest_tanpa(satker, by=None, pada=draw_date(acak), sumber="uji")


def cancel_pernyataan(acak, satker):
    if pernyataan := choose(acak, PernyataanTanpa.objects.filter(satker=satker)):
        alur.cancel_pernyataan(pernyataan, by=None, alasan="uji")


PILIHAN = [grant] * 6 + [change] * 6 + [cancel, cancel_perubahan, complete] * 2
PILIHAN += [attest, cancel_pernyataan]


@pytest.mark.parametrize("benih", range(12))
def test_any_sequence_of_steps_keeps_the_timeline_sound(benih):
    AturanFactory(kode="larangan-sesudah-cabut", nilai=2)
    acak = random.Random(benih)
    daftar_satker = [SatuanKerja.objects.create(kode=f"satker-{nomor}") for nomor in range(2)]
    diterima = 0
    for _ in range(LANGKAH):
        satker, langkah = acak.choice(daftar_satker), acak.choice(PILIHAN)
        sebelum = take_snapshot()
        try:
            langkah(acak, satker)
            diterima += 1
        except AlurError:
            assert take_snapshot() == sebelum
        assert MasaPredikat.objects.find_selisih() == set()

    assert diterima > LANGKAH / 6
    assert list(find_rusak()) == []
    for hari in (
        datetime.date(tahun, bulan, 20) for tahun in range(2014, 2025) for bulan in (1, 7)
    ):
        tersimpan = {
            (satu.satker_id, satu.predikat_id)
            for satu in MasaPredikat.objects.at(hari)
            if satu.predikat_id
        }
        berlaku = {(satu.satker_id, satu.pk) for satu in Predikat.objects.in_force(hari)}
        assert tersimpan == berlaku
