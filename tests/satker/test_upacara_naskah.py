"""The committee's texts and sheets: worked on until frozen, signed by those who are named."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from satker.alur import naskah_upacara
from satker.models import Naskah, NaskahBaku, PaktaIntegritas, PesertaSatker, TandaTangan
from tests.factories import (
    NaskahFactory,
    OperatorFactory,
    PesertaFactory,
    SatkerFactory,
    UpacaraFactory,
)
from tests.penilaian.bukti.contoh import build_pdf, build_png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"


@pytest.fixture
def upacara():
    return UpacaraFactory(status="berlangsung", tanggal=timezone.localdate())


@pytest.fixture
def operator(client_for, upacara):
    return client_for(OperatorFactory(satker=upacara.tuan_rumah))


def test_a_text_from_a_pattern_is_edited_and_then_frozen(operator, upacara):
    baku = NaskahBaku.objects.create(
        kode="deklarasi",
        jenis="deklarasi",
        judul="Deklarasi Janji Kinerja",
        teks="Kami berjanji.",
        persetujuan="Saya setuju.",
    )

    operator.post(reverse("upacara_naskah_add", args=[upacara.kode]), {"baku": baku.pk})
    naskah = Naskah.objects.get()
    assert naskah.untuk == "kepala"
    assert naskah.awalan_jabatan.startswith("Kepala")
    alamat = reverse("upacara_naskah_edit", args=[upacara.kode, naskah.pk])
    isi = {"judul": "Deklarasi", "jenis": "deklarasi", "persetujuan": "Setuju.", "untuk": "semua"}
    operator.post(alamat, isi | {"teks": "Kami berjanji jujur."})
    operator.post(reverse("upacara_naskah_freeze", args=[upacara.kode, naskah.pk]))
    terlambat = operator.post(alamat, isi | {"teks": "Lain."})
    operator.post(reverse("upacara_naskah_remove", args=[upacara.kode, naskah.pk]))

    naskah.refresh_from_db()
    assert (naskah.teks, len(naskah.sidik)) == ("Kami berjanji jujur.", 64)
    assert terlambat.status_code == 422
    halaman = operator.get(reverse("upacara_naskah_detail", args=[upacara.kode, naskah.pk]))
    assert naskah.sidik in halaman.content.decode()


def test_the_blanks_of_a_pattern_are_filled_in(operator, upacara):
    baku = NaskahBaku.objects.create(
        kode="komitmen",
        jenis="komitmen",
        judul="Komitmen [TAHUN]",
        teks="Kami di [SATKER] berkomitmen.",
        persetujuan="Saya setuju untuk [TAHUN].",
    )
    tahun, satker = upacara.tanggal.year, upacara.tuan_rumah
    PesertaSatker.objects.create(upacara=upacara, satker=satker)

    satu = naskah_upacara.add_naskah(upacara, baku=baku, by=None)
    PesertaSatker.objects.create(upacara=upacara, satker=SatkerFactory())
    satu.delete()
    banyak = naskah_upacara.add_naskah(upacara, baku=baku, by=None)

    nama = satker.kedudukansatker_set.get().nama
    assert (satu.judul, satu.teks) == (f"Komitmen {tahun}", f"Kami di {nama} berkomitmen.")
    assert banyak.teks == "Kami di satuan kerja masing-masing berkomitmen."
    assert banyak.persetujuan == f"Saya setuju untuk {tahun}."


def sheet(daftar, **isi):
    data = {
        "peserta": [satu.pk for satu in daftar],
        "tanggal": timezone.localdate().isoformat(),
        "sesuai": "on",
        "berkas": SimpleUploadedFile("lembar.png", build_png()),
    }
    return data | isi


def test_one_sheet_is_signed_by_many(operator, upacara):
    naskah = NaskahFactory(upacara=upacara, beku=True)
    tiga = PesertaFactory.create_batch(3, upacara=upacara)

    operator.post(reverse("upacara_tanda_basah", args=[upacara.kode, naskah.pk]), sheet(tiga[:2]))

    tanda = TandaTangan.objects.order_by("pk")
    assert {satu.personel for satu in tanda} == {satu.personel for satu in tiga[:2]}
    assert {(satu.cara, satu.berkas_id) for satu in tanda} == {("basah", tanda[0].berkas_id)}
    assert PaktaIntegritas.objects.count() == 2
    unduh = reverse("upacara_tanda_berkas", args=[upacara.kode, tanda[0].pk])
    assert b"".join(operator.get(unduh)) == build_png()


def test_a_certified_file_is_of_one_person(operator, upacara):
    naskah = NaskahFactory(upacara=upacara, beku=True)
    orang = PesertaFactory(upacara=upacara)
    isi = sheet([orang], berkas=SimpleUploadedFile("pk.pdf", build_pdf("pk")))

    operator.post(reverse("upacara_tanda_elektronik", args=[upacara.kode, naskah.pk]), isi)

    tanda = TandaTangan.objects.get()
    assert (tanda.cara, tanda.nama_berkas) == ("elektronik", "pk.pdf")


@pytest.mark.parametrize(
    ("lain", "kata"),
    [
        ({"peserta": []}, "Centang nama"),
        ({"sesuai": ""}, "naskah dan kalimat persetujuan yang sama"),
        ({"berkas": ""}, "Pilih foto"),
        ({"tanggal": "2020-01-01"}, "sebelum hari upacara"),
        ({"tanggal": "2999-01-01"}, "masa depan"),
        ({"berkas": SimpleUploadedFile("a.png", b"bukan gambar")}, "tidak diterima"),
    ],
)
def test_a_sheet_that_lacks_something_leaves_nothing(operator, upacara, lain, kata):
    naskah = NaskahFactory(upacara=upacara, beku=True)
    dua = PesertaFactory.create_batch(2, upacara=upacara)

    respons = operator.post(
        reverse("upacara_tanda_basah", args=[upacara.kode, naskah.pk]), sheet(dua) | lain
    )

    assert respons.status_code == 422
    assert kata in respons.content.decode()
    assert not TandaTangan.objects.exists()


def test_a_revoked_signature_stays_with_its_reason_and_can_be_given_again(operator, upacara):
    naskah = NaskahFactory(upacara=upacara, beku=True)
    orang = PesertaFactory(upacara=upacara)
    tanda = naskah_upacara.sign_sendiri(orang, naskah, persetujuan=True)
    alamat = reverse("upacara_tanda_revoke", args=[upacara.kode, tanda.pk])

    assert operator.post(alamat).status_code == 422
    operator.post(alamat, {"alasan": "Salah orang."})
    naskah_upacara.sign_sendiri(orang, naskah, persetujuan=True)

    tanda.refresh_from_db()
    assert tanda.alasan_cabut == "Salah orang."
    assert TandaTangan.objects.count() == 2
    halaman = operator.get(reverse("upacara_naskah_detail", args=[upacara.kode, naskah.pk]))
    assert "Salah orang." in halaman.content.decode()


def test_a_make_up_event_signs_the_texts_of_the_first(client, upacara):
    naskah = NaskahFactory(upacara=upacara, beku=True)
    upacara.status, upacara.ditutup_pada = "ditutup", timezone.now()
    upacara.save()
    susulan = UpacaraFactory(
        tuan_rumah=upacara.tuan_rumah,
        susulan_dari=upacara,
        status="berlangsung",
        tanggal=timezone.localdate() + datetime.timedelta(days=7),
    )
    peserta = PesertaFactory(upacara=susulan)

    naskah_upacara.sign_sendiri(peserta, naskah, persetujuan=True)

    assert TandaTangan.objects.get().naskah == naskah


@pytest.mark.parametrize("jumlah", [1, 3])
def test_the_page_of_a_text_costs_the_same_at_any_length(operator, count_queries, upacara, jumlah):
    naskah = NaskahFactory(upacara=upacara, beku=True)
    for orang in PesertaFactory.create_batch(jumlah, upacara=upacara):
        naskah_upacara.sign_sendiri(orang, naskah, persetujuan=True)
    PesertaFactory.create_batch(jumlah, upacara=upacara)
    alamat = reverse("upacara_naskah_detail", args=[upacara.kode, naskah.pk])
    operator.get(alamat)

    with count_queries() as daftar_sql:
        operator.get(alamat)

    assert len(daftar_sql) == 12
