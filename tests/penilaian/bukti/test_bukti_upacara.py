"""A closed ceremony under the questions of the LKE it serves, from the closing to the card."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone

from integritas.alur import AlurError
from penilaian import fakta
from penilaian.alur import bukti_upacara as alur_aturan
from penilaian.bukti import langkah
from penilaian.bukti import upacara as bukti_upacara
from penilaian.models import (
    AreaPenilaian,
    AturanBuktiUpacara,
    BuktiDukung,
    PemakaianBukti,
    RevisiBukti,
)
from satker.alur import berita_acara, berkas_upacara, penutupan
from satker.berkas_upacara import read_paket
from satker.tasks_naskah import announce_penutupan
from tests.factories import (
    AdminFactory,
    OperatorFactory,
    PesertaFactory,
    SatkerFactory,
    UpacaraFactory,
)
from tests.penilaian.bukti.contoh import build_png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def aturan():
    fakta.load_aturan_bukti()


@pytest.fixture
def upacara(penilaian):
    """Closed, with a picture and a press link; the unit of the assessment took part."""
    upacara = UpacaraFactory(
        nama="Deklarasi Janji Kinerja",
        tuan_rumah=SatkerFactory(),
        peserta=[penilaian.satker],
        status="berlangsung",
        tanggal=timezone.localdate(),
    )
    PesertaFactory(upacara=upacara, hadir_pada=timezone.now(), cara_hadir="kode")
    berkas_upacara.add_berkas(upacara, "foto", io.BytesIO(build_png()), "apel.png", by=None)
    berkas_upacara.add_tautan(
        upacara, "https://contoh.go.id/berita", keterangan="Media Contoh", by=None
    )
    penutupan.close(upacara, by=None)
    return upacara


def list_kode(penilaian, kata=""):
    daftar = PemakaianBukti.objects.filter(penilaian=penilaian, bukti__nama__contains=kata)
    return sorted(daftar.values_list("pertanyaan__kode", flat=True))


def test_the_bundle_goes_under_the_questions_it_serves(penilaian, operator, client_for, upacara):
    announce_penutupan(upacara.pk)

    assert list_kode(penilaian, "Berita acara") == [
        "A.I.1.ii.c",
        "A.I.1.iv.a",
        "A.I.1.iv.c",
        "A.I.1.iv.d",
    ]
    assert list_kode(penilaian, "Daftar hadir") == ["A.I.1.iv.d"]
    assert list_kode(penilaian, "Foto") == ["A.I.1.ii.c", "A.I.1.iv.a", "A.I.1.iv.c"]
    assert list_kode(penilaian, "Berita pers") == ["A.I.1.ii.c"]
    # One piece of evidence each, however many questions it serves; the period is the day.
    assert BuktiDukung.objects.filter(satker=penilaian.satker).count() == 4
    assert set(PemakaianBukti.objects.values_list("periode_dari", "periode_sampai")) == {
        (upacara.tanggal, upacara.tanggal)
    }
    kartu = client_for(operator).get(reverse("area_detail", args=[penilaian.pk, "A.1"]))
    assert "dari upacara Deklarasi Janji Kinerja" in kartu.content.decode()


def test_told_again_it_adds_nothing_and_what_was_taken_away_stays_away(penilaian, upacara):
    announce_penutupan(upacara.pk)
    dilepas = PemakaianBukti.objects.filter(pertanyaan__kode="A.I.1.iv.d").first()
    langkah.unlink(dilepas, by=None)
    jumlah = PemakaianBukti.objects.count()

    announce_penutupan(upacara.pk)

    assert PemakaianBukti.objects.count() == jumlah
    assert RevisiBukti.objects.exclude(nomor=1).count() == 0


def test_newer_minutes_are_a_new_revision_but_not_over_the_units_own_file(penilaian, upacara):
    announce_penutupan(upacara.pk)
    hadir = PemakaianBukti.objects.get(bukti__nama__startswith="Daftar hadir")
    langkah.add_revisi(hadir, io.BytesIO(build_png(3)), "daftar.png", by=None)
    upacara.peserta_set.update(cara_hadir="daftar")
    baru = berita_acara.renew(upacara, by=None)

    announce_penutupan(upacara.pk)

    pakai = PemakaianBukti.objects.filter(bukti__nama__startswith="Berita acara")
    assert set(pakai.values_list("revisi__nomor", "revisi__berkas")) == {(2, baru.berita_id)}
    hadir.refresh_from_db()
    assert hadir.revisi.nama_berkas == "daftar.png"


def test_an_area_that_is_in_is_skipped_and_offered_later(penilaian, operator, client_for, upacara):
    area = AreaPenilaian.objects.filter(penilaian=penilaian, area="A.1")
    area.update(diajukan_pada=timezone.now(), diajukan_oleh=operator)
    announce_penutupan(upacara.pk)
    assert list_kode(penilaian) == []
    client = client_for(operator)
    ambil = reverse("bukti_upacara_take", args=[penilaian.pk, upacara.kode])

    tolak = client.post(ambil, follow=True).content.decode()
    area.update(diajukan_pada=None, diajukan_oleh=None)
    dapat = client.post(ambil, follow=True).content.decode()

    assert "Area A.1 sudah diajukan" in tolak
    assert "9 dipasang" in dapat
    assert len(list_kode(penilaian)) == 9


def test_minutes_renewed_while_the_area_was_in_are_caught_up(penilaian, operator, upacara):
    """One area is in while another is not: the newer file waits for the first."""
    aturan = AturanBuktiUpacara.objects.create(kode="A.I.2.i.a", jenis="berita", alasan="uji")
    announce_penutupan(upacara.pk)
    area = AreaPenilaian.objects.filter(penilaian=penilaian, area="A.1")
    area.update(diajukan_pada=timezone.now(), diajukan_oleh=operator)
    upacara.peserta_set.update(cara_hadir="daftar")
    berita_acara.renew(upacara, by=None)
    announce_penutupan(upacara.pk)
    pakai = PemakaianBukti.objects.filter(bukti__nama__startswith="Berita acara")
    nomor = dict(pakai.values_list("pertanyaan__kode", "revisi__nomor"))
    assert nomor.pop(aturan.kode) == 2
    assert set(nomor.values()) == {1}

    area.update(diajukan_pada=None, diajukan_oleh=None)
    announce_penutupan(upacara.pk)

    assert set(pakai.values_list("revisi__nomor", flat=True)) == {2}
    assert RevisiBukti.objects.filter(bukti=pakai[0].bukti).count() == 2


def test_a_file_the_unit_has_already_is_used_and_not_stored_twice(penilaian, upacara):
    langkah.add_berkas(penilaian, "A.I.1.iv.a", io.BytesIO(build_png()), "apel.png", by=None)

    announce_penutupan(upacara.pk)

    assert not BuktiDukung.objects.filter(nama__startswith="Foto").exists()
    assert list_kode(penilaian, "apel.png") == ["A.I.1.ii.c", "A.I.1.iv.a", "A.I.1.iv.c"]


def test_a_closed_window_and_another_year_take_nothing(penilaian, upacara):
    penilaian.tutup_pada = penilaian.buka_pada
    penilaian.save()
    with pytest.raises(AlurError, match="sudah ditutup"):
        bukti_upacara.take(penilaian, read_paket(upacara.pk), by=None)

    assert list_kode(penilaian) == []


def test_an_operator_of_another_area_takes_nothing_there(penilaian, client_for, upacara):
    lain = OperatorFactory(satker=penilaian.satker, daftar_area=["A.3"])
    ambil = reverse("bukti_upacara_take", args=[penilaian.pk, upacara.kode])

    teks = client_for(lain).post(ambil, follow=True).content.decode()

    assert "Area A.1 bukan bagian Anda" in teks
    assert list_kode(penilaian) == []


def test_rules_are_rows_that_an_administrator_keeps(penilaian, client_for, upacara):
    admin = AdminFactory()
    client = client_for(admin)
    baris = AturanBuktiUpacara.objects.get(kode="A.I.1.iv.d", jenis="hadir")

    client.post(reverse("aturan_bukti_set", args=[baris.pk]), {"aktif": "tidak"})
    fakta.load_aturan_bukti()
    announce_penutupan(upacara.pk)
    salah = client.post(
        reverse("aturan_bukti_list"), {"kode": "Z.9", "jenis": "foto", "alasan": "uji"}
    )

    assert list_kode(penilaian, "Daftar hadir") == []
    assert salah.status_code == 422
    assert "Tidak ada pertanyaan berkode Z.9" in salah.content.decode()
    tugas = admin.penugasan_set.get()
    with pytest.raises(AlurError, match="sudah ada"):
        alur_aturan.add(
            kode=baris.kode, jenis="hadir", alasan="x", by=admin, instansi=tugas.instansi
        )


@pytest.mark.parametrize("jumlah", [1, 3])
def test_the_page_costs_the_same_at_any_length(
    penilaian, operator, client_for, count_queries, jumlah
):
    for nomor in range(jumlah):
        upacara = UpacaraFactory(
            peserta=[penilaian.satker], status="berlangsung", tanggal=timezone.localdate()
        )
        PesertaFactory(upacara=upacara, hadir_pada=timezone.now(), cara_hadir="kode")
        berkas_upacara.add_berkas(
            upacara, "foto", io.BytesIO(build_png(warna=nomor)), "a.png", by=None
        )
        penutupan.close(upacara, by=None)
        announce_penutupan(upacara.pk)
    client = client_for(operator)
    alamat = reverse("bukti_upacara", args=[penilaian.pk])
    client.get(alamat)

    with count_queries() as daftar_sql:
        halaman = client.get(alamat)

    assert halaman.content.decode().count("Ambil bukti upacara") == jumlah
    assert len(daftar_sql) == 10
