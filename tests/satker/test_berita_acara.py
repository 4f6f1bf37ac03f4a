"""Whether a paper is the one that was kept: asked by anybody, names nobody."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from integritas.berkas.simpan import build_kunci
from satker.alur import berita_acara, berkas_upacara, penutupan
from satker.models import BerkasUpacara
from tests.factories import (
    OperatorFactory,
    PesertaFactory,
    SatkerFactory,
    TpiFactory,
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
    upacara = UpacaraFactory(status="berlangsung", tanggal=timezone.localdate())
    PesertaFactory(upacara=upacara, hadir_pada=timezone.now(), cara_hadir="kode")
    return upacara


@pytest.fixture
def berita(upacara):
    return penutupan.close(upacara, by=None)


def compare(client, berita, **isi):
    return client.post(reverse("berita_acara_periksa", args=[berita.kode_periksa]), isi)


def test_the_page_tells_the_event_and_totals_but_no_name(client, berita):
    teks = client.get(reverse("berita_acara_periksa", args=[berita.kode_periksa])).content.decode()

    assert berita.upacara.nama in teks
    assert berita.berita.sha256 in teks
    assert "1 dari 1 personel" in teks
    assert berita.upacara.peserta_set.get().personel.nama not in teks
    assert client.get(reverse("berita_acara_periksa", args=["karangan"])).status_code == 404


def test_the_kept_file_is_the_same_and_any_other_is_not(client, berita):
    with default_storage.open(build_kunci(berita.berita.sha256)) as isi:
        pdf = isi.read()

    cocok = compare(client, berita, berkas=SimpleUploadedFile("a.pdf", pdf))
    ubah = compare(client, berita, berkas=SimpleUploadedFile("a.pdf", pdf + b"\n"))
    sidik = compare(client, berita, sidik=f" {berita.berita.sha256.upper()} ")
    hadir = compare(client, berita, sidik=berita.daftar_hadir.sha256)

    assert "<b>Cocok</b>" in cocok.content.decode()
    assert "<b>Berbeda</b>" in ubah.content.decode()
    assert "<b>Cocok</b>" in sidik.content.decode()
    assert "daftar hadir versi 1" in hadir.content.decode()


@pytest.mark.parametrize(
    ("isi", "kata"), [({}, "Pilih berkasnya"), ({"sidik": "abc"}, "64 angka dan huruf")]
)
def test_what_cannot_be_compared_is_told(client, berita, isi, kata):
    respons = compare(client, berita, **isi)

    assert respons.status_code == 422
    assert kata in respons.content.decode()


def test_what_is_far_too_large_is_not_read(client, berita, monkeypatch):
    monkeypatch.setattr("satker.views.berita_acara.TERBESAR", 100)

    respons = compare(client, berita, berkas=SimpleUploadedFile("a.pdf", b"x" * 200))

    assert respons.status_code == 422
    assert "terlalu besar" in respons.content.decode()


def test_an_older_version_says_that_there_is_a_newer_one(client, berita, upacara):
    upacara.peserta_set.update(cara_hadir="daftar")
    berita_acara.renew(upacara, by=None)

    teks = client.get(reverse("berita_acara_periksa", args=[berita.kode_periksa])).content.decode()

    assert "Sudah ada versi 2" in teks


def test_the_minutes_are_public_once_published_and_the_list_never(client, client_for, berita):
    unduh = reverse("berita_acara_terbit", args=[berita.kode_periksa])
    assert client.get(unduh).status_code == 404
    operator = OperatorFactory(satker=berita.upacara.tuan_rumah)
    terbit = reverse("berita_acara_publish", args=[berita.upacara.kode, 1])

    client_for(operator).post(terbit)

    assert b"".join(client.get(unduh)).startswith(b"%PDF")
    hadir = reverse("daftar_hadir_download", args=[berita.upacara.kode, 1])
    assert client.get(hadir).status_code == 302
    assert client_for(TpiFactory()).get(hadir).status_code == 403
    assert b"".join(client_for(operator).get(hadir)).startswith(b"%PDF")


def test_files_and_links_of_an_event(client_for, upacara):
    operator = client_for(OperatorFactory(satker=upacara.tuan_rumah))
    tambah = reverse("berkas_upacara_add", args=[upacara.kode])
    daftar = [
        SimpleUploadedFile("apel.png", build_png()),
        SimpleUploadedFile("surat.pdf", build_pdf("surat")),
    ]

    respons = operator.post(tambah, {"jenis": "foto", "berkas": daftar})
    tautan = reverse("berkas_upacara_link", args=[upacara.kode])
    operator.post(tautan, {"tautan": "https://contoh.go.id/berita", "keterangan": "Media"})
    buruk = operator.post(tautan, {"tautan": "javascript:alert(1)"})
    lagi = operator.post(tautan, {"tautan": "https://contoh.go.id/berita"})

    # The picture is kept; the paper that is none is told by its name.
    assert respons.status_code == 422
    assert "“surat.pdf” bukan gambar" in respons.content.decode()
    assert (buruk.status_code, lagi.status_code) == (422, 422)
    assert sorted(BerkasUpacara.objects.values_list("jenis", flat=True)) == ["foto", "pers"]
    foto = BerkasUpacara.objects.get(jenis="foto")
    unduh = reverse("berkas_upacara_download", args=[upacara.kode, foto.pk])
    assert b"".join(operator.get(unduh)) == build_png()
    asing = client_for(OperatorFactory(satker=SatkerFactory()))
    assert asing.get(unduh).status_code == 404
    operator.post(reverse("berkas_upacara_remove", args=[upacara.kode, foto.pk]))
    assert BerkasUpacara.objects.count() == 1


def test_the_same_file_twice_is_refused(upacara):
    from integritas.alur import AlurError

    berkas_upacara.add_berkas(upacara, "foto", io.BytesIO(build_png()), "a.png", by=None)
    with pytest.raises(AlurError, match="sudah ada"):
        berkas_upacara.add_berkas(upacara, "foto", io.BytesIO(build_png()), "b.png", by=None)

    assert BerkasUpacara.objects.count() == 1
