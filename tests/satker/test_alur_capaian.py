"""Reporting a quarter and setting its limit: what is refused changes nothing."""

import datetime
import io
from decimal import Decimal as D

import pytest
import time_machine
from django.utils import timezone

from integritas.alur import AlurError
from integritas.berkas.masuk import receive
from integritas.models import Berkas
from satker.alur import batas_triwulan
from satker.alur import capaian as alur
from satker.alur.capaian import Isian
from satker.models import (
    BatasTriwulan,
    PerjanjianKinerja,
    RealisasiIndikator,
    Riwayat,
)
from tests.factories import InstansiFactory, OperatorFactory
from tests.factories.ukur import (
    IndikatorFactory,
    PerjanjianKinerjaFactory,
    RealisasiFactory,
    SasaranFactory,
)
from tests.penilaian.bukti.contoh import build_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel("2026-05-04T10:00:00+07:00"):
        yield


def build(jumlah=2, **lain):
    """An agreement in force with one goal and so many indicators."""
    perjanjian = PerjanjianKinerjaFactory(**{"berlaku": True} | lain)
    sasaran = SasaranFactory(perjanjian=perjanjian)
    return perjanjian, [IndikatorFactory(sasaran=sasaran) for _ in range(jumlah)]


def list_nilai():
    return sorted(RealisasiIndikator.objects.values_list("indikator", "periode", "nilai"))


def keep_pdf(teks="bukti"):
    return receive(io.BytesIO(build_pdf(teks)), f"{teks}.pdf")


def test_a_quarter_is_reported_in_one_go_with_one_line_of_history():
    perjanjian, (satu, dua) = build()
    operator = OperatorFactory(satker=perjanjian.satker)

    hasil = alur.report(
        perjanjian,
        "b03",
        {
            satu.pk: Isian(D("24.5"), "Dari aplikasi", "https://contoh.go.id/laporan", keep_pdf()),
            dua.pk: Isian(D(0)),
        },
        by=operator,
    )

    assert (hasil.baru, hasil.berubah, hasil.ditarik) == (2, 0, 0)
    assert list_nilai() == [(satu.pk, "b03", D("24.5")), (dua.pk, "b03", D(0))]
    [baris] = Riwayat.objects.of(perjanjian.satker)
    assert baris.kejadian == "realisasi PK B03 dilaporkan"
    assert baris.isi["sebelum"] == {}
    assert baris.isi["sesudah"]["1.2"] == {"nilai": "0"}
    assert baris.isi["sesudah"]["1.1"]["berkas"].startswith("bukti.pdf (sha256 ")
    # The same once more is nothing.
    assert alur.report(perjanjian, "b03", {dua.pk: Isian(D("0.0000"))}, by=operator).jumlah == 0
    assert Riwayat.objects.of(perjanjian.satker).count() == 1


def test_a_correction_keeps_the_first_day_and_tells_both_values():
    perjanjian, (satu, dua) = build()
    alur.report(perjanjian, "b03", {satu.pk: Isian(D(1)), dua.pk: Isian(D(2))}, by=None)
    pertama = RealisasiIndikator.objects.get(indikator=satu).dilaporkan_pada

    with time_machine.travel("2026-09-01T10:00:00+07:00"):
        hasil = alur.report(perjanjian, "b03", {satu.pk: Isian(D(3), "Salah ketik")}, by=None)

    assert (hasil.baru, hasil.berubah) == (0, 1)
    realisasi = RealisasiIndikator.objects.get(indikator=satu)
    assert (realisasi.nilai, realisasi.dilaporkan_pada) == (3, pertama)
    assert timezone.localdate(realisasi.diubah_pada) == datetime.date(2026, 9, 1)
    baris = Riwayat.objects.of(perjanjian.satker)[0]
    assert baris.kejadian == "realisasi PK B03 diubah"
    assert baris.isi["sebelum"] == {"1.1": {"nilai": "1"}}
    assert baris.isi["sesudah"] == {"1.1": {"nilai": "3", "keterangan": "Salah ketik"}}


def test_a_value_taken_back_is_unknown_again_and_its_file_is_let_go():
    perjanjian, (satu, _) = build()
    alur.report(perjanjian, "b03", {satu.pk: Isian(D(1), masuk=keep_pdf())}, by=None)

    hasil = alur.report(perjanjian, "b03", {satu.pk: Isian(None)}, by=None)

    assert hasil.ditarik == 1
    assert list_nilai() == []
    assert list(Berkas.objects.all()) == [perjanjian.berkas]
    assert Riwayat.objects.of(perjanjian.satker)[0].isi["sebelum"]["1.1"]["nilai"] == "1"


def test_another_file_takes_the_place_of_the_first():
    perjanjian, (satu, dua) = build()
    alur.report(perjanjian, "b03", {satu.pk: Isian(D(1), masuk=keep_pdf("lama"))}, by=None)
    # The same file proves another indicator as well: it stays.
    alur.report(perjanjian, "b03", {dua.pk: Isian(D(1), masuk=keep_pdf("lama"))}, by=None)

    alur.report(perjanjian, "b03", {satu.pk: Isian(D(1), masuk=keep_pdf("baru"))}, by=None)
    assert Berkas.objects.count() == 3
    alur.report(perjanjian, "b03", {satu.pk: Isian(D(1), lepas_berkas=True)}, by=None)

    assert Berkas.objects.count() == 2
    assert RealisasiIndikator.objects.get(indikator=satu).nama_berkas == ""
    assert RealisasiIndikator.objects.get(indikator=dua).nama_berkas == "lama.pdf"


def test_a_value_that_cannot_be_changes_nothing():
    perjanjian, (satu, dua) = build()
    _, (asing, _) = build()
    RealisasiFactory(indikator=satu, nilai=7)
    sebelum = list_nilai()

    for isian, sebut in [
        ({satu.pk: Isian(D(9)), dua.pk: Isian(D(-1))}, "Indikator 1.2: nilai tidak boleh negatif"),
        ({satu.pk: Isian(D(9)), asing.pk: Isian(D(1))}, "1 indikator bukan bagian"),
        ({satu.pk: Isian(D(9)), dua.pk: Isian(None, "Menyusul")}, "Indikator 1.2: isi nilainya"),
        (
            {satu.pk: Isian(D(9)), dua.pk: Isian(D(1), tautan="ftp://x.go.id")},
            "Indikator 1.2: Taut",
        ),
        ({satu.pk: Isian(D(9), "x" * 2001)}, "paling panjang 2000"),
    ]:
        with pytest.raises(AlurError, match=sebut):
            alur.report(perjanjian, "b03", isian, by=None)

    assert list_nilai() == sebelum
    assert not Riwayat.objects.of(perjanjian.satker).exists()


@pytest.mark.parametrize("status", ["draf", "digantikan", "dibatalkan"])
def test_only_an_agreement_in_force_takes_values(status):
    perjanjian, (satu, _) = build()
    PerjanjianKinerja.objects.update(status=status)

    with pytest.raises(AlurError, match=f"berstatus {status}"):
        alur.report(perjanjian, "b03", {satu.pk: Isian(D(1))}, by=None)

    assert list_nilai() == []


def test_a_quarter_whose_last_month_has_not_begun_takes_no_values():
    perjanjian, (satu, _) = build()

    with pytest.raises(AlurError, match="B06 baru dapat dilaporkan mulai 1 Juni 2026"):
        alur.report(perjanjian, "b06", {satu.pk: Isian(D(1))}, by=None)

    assert list_nilai() == []


def test_whoever_saw_an_older_state_is_told_and_nothing_is_lost():
    perjanjian, (satu, _) = build()
    dilihat = alur.compute_sidik([])
    alur.report(perjanjian, "b03", {satu.pk: Isian(D(1))}, by=None, sidik=dilihat)

    with pytest.raises(alur.BerubahError):
        alur.report(perjanjian, "b03", {satu.pk: Isian(D(2))}, by=None, sidik=dilihat)

    assert list_nilai() == [(satu.pk, "b03", 1)]


def test_reporting_asks_the_same_for_any_number_of_indicators(count_queries):
    jumlah = []
    for banyak in (1, 4):
        perjanjian, daftar = build(banyak)
        with count_queries() as daftar_sql:
            alur.report(perjanjian, "b03", {satu.pk: Isian(D(1)) for satu in daftar}, by=None)
        jumlah.append(len(daftar_sql))

    assert jumlah[0] == jumlah[1]


def test_agreements_that_lack_values_are_found():
    perjanjian, (satu, dua) = build()
    build(0)
    PerjanjianKinerjaFactory(satker=perjanjian.satker, versi=2)
    RealisasiFactory(indikator=satu)
    kurang = PerjanjianKinerja.objects.missing_for("b03")
    assert list(kurang) == [perjanjian]

    RealisasiFactory(indikator=dua)

    assert list(kurang.all()) == []
    assert list(PerjanjianKinerja.objects.missing_for("b06")) == [perjanjian]


def test_values_go_along_to_the_same_indicators_of_a_new_version():
    lama, (satu, dua) = build()
    pernah = RealisasiFactory(indikator=satu, nilai=12)
    RealisasiFactory(indikator=dua)
    PerjanjianKinerja.objects.update(status="digantikan")
    baru, (sama, lain) = build(satker=lama.satker, versi=2)
    lain.nama = "Indikator yang diganti"
    lain.save()

    assert alur.carry(lama, baru, by=None) == 1
    assert alur.carry(lama, baru, by=None) == 0

    realisasi = RealisasiIndikator.objects.get(indikator=sama)
    assert (realisasi.nilai, realisasi.dilaporkan_pada) == (12, pernah.dilaporkan_pada)
    assert RealisasiIndikator.objects.count() == 3
    [baris] = Riwayat.objects.of(lama.satker)
    assert baris.isi["sesudah"] == {"1.1 B03": {"nilai": "12"}}


def test_limits_of_a_year_are_set_changed_and_taken_back():
    instansi = InstansiFactory()
    april, juli = datetime.date(2026, 4, 10), datetime.date(2026, 7, 10)
    kosong = dict.fromkeys(["b03", "b06", "b09", "b12"])

    batas_triwulan.set_batas(
        2026, kosong | {"b03": april}, "Surat contoh 1", by=None, instansi=instansi
    )
    hasil = batas_triwulan.set_batas(
        2026, kosong | {"b06": juli}, "Surat contoh 2", by=None, instansi=instansi
    )

    assert [(satu.periode, satu.tanggal, satu.dasar) for satu in hasil] == [
        ("b06", juli, "Surat contoh 2")
    ]
    baris = Riwayat.objects.of(instansi)[0]
    assert baris.isi["sebelum"] == {"B03": {"tanggal": "2026-04-10", "dasar": "Surat contoh 1"}}
    assert baris.isi["sesudah"] == {"B06": {"tanggal": "2026-07-10", "dasar": "Surat contoh 2"}}


def test_limits_that_cannot_be_change_nothing():
    instansi = InstansiFactory()
    kosong = dict.fromkeys(["b03", "b06", "b09", "b12"])
    for batas, dasar, sebut in [
        ({"b03": datetime.date(2026, 2, 1)}, "Surat", "Batas B03 mendahului"),
        ({"b03": datetime.date(2026, 7, 9), "b06": datetime.date(2026, 7, 9)}, "Surat", "tidak sesudah"),
        ({"b03": datetime.date(2026, 4, 10)}, " ", "Dasar wajib diisi"),
        ({}, "Surat", "Tidak ada yang berubah"),
    ]:  # fmt: skip
        with pytest.raises(AlurError, match=sebut):
            batas_triwulan.set_batas(2026, kosong | batas, dasar, by=None, instansi=instansi)

    assert not BatasTriwulan.objects.exists()
    assert not Riwayat.objects.of(instansi).exists()
