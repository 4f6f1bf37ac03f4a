"""Closing an event and a round: minutes, dates that follow, and refusals that change nothing."""

import datetime
import io

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from integritas.alur import AlurError
from integritas.berkas.simpan import build_kunci
from satker import penutupan as pengumuman
from satker.alur import berita_acara, naskah_upacara, penutupan, tindak_lanjut
from satker.berkas_upacara import list_satker
from satker.hasil_upacara import list_terbit
from satker.laporan.isi_upacara import build_isi
from satker.laporan.upacara import print_berita, print_hadir
from satker.models import BeritaAcara, Riwayat, TandaTangan, TindakLanjut, Upacara
from satker.tasks_naskah import announce_penutupan
from tests.factories import (
    KepalaFactory,
    NaskahFactory,
    OperatorFactory,
    PersonelFactory,
    PesertaFactory,
    PutaranFactory,
    SaksiFactory,
    SatkerFactory,
    TimKanwilFactory,
    UpacaraFactory,
)

pytestmark = pytest.mark.django_db
GORESAN = "M10 10L300 100L500 20"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"
    return tmp_path


@pytest.fixture
def upacara():
    """Open; one of two people and a witness are there, and one text is signed by the one."""
    satker = SatkerFactory()
    upacara = UpacaraFactory(
        tuan_rumah=satker,
        peserta=[satker, SatkerFactory()],
        status="berlangsung",
        tanggal=timezone.localdate(),
        dibuka_pada=timezone.now(),
    )
    naskah = NaskahFactory(upacara=upacara, beku=True, judul="Pakta Integritas")
    hadir = {"hadir_pada": timezone.now(), "cara_hadir": "kode"}
    orang = PesertaFactory(upacara=upacara, **hadir)
    PesertaFactory(upacara=upacara)
    PesertaFactory(
        upacara=upacara, saksi=SaksiFactory(upacara=upacara, lembaga="Ombudsman Contoh"), **hadir
    )
    naskah_upacara.sign_sendiri(orang, naskah, persetujuan=True, goresan=GORESAN)
    return upacara


def read_pdf(berkas):
    from django.core.files.storage import default_storage

    with default_storage.open(build_kunci(berkas.sha256)) as isi:
        return isi.read()


def read_teks(pdf: bytes) -> str:
    halaman = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(satu.extract_text().split()) for satu in halaman)


def test_closing_leaves_minutes_and_an_attendance_list(upacara, django_capture_on_commit_callbacks):
    berita = penutupan.close(upacara, by=None)

    upacara.refresh_from_db()
    assert (upacara.status, berita.versi) == ("ditutup", 1)
    pdf, hadir = read_pdf(berita.berita), read_pdf(berita.daftar_hadir)
    orang = upacara.peserta_set.exclude(personel=None).order_by("pk")
    for satu in (pdf, hadir):
        dokumen = pypdf.PdfReader(io.BytesIO(satu))
        assert dokumen.xmp_metadata is not None
        assert b"pdfaid" in satu
        assert berita.kode_periksa in read_teks(satu)
    assert "hadir 1 dari 2 yang diundang" in read_teks(pdf)
    assert "Ombudsman Contoh" in read_teks(pdf)
    for satu in orang:
        assert satu.personel.nama not in read_teks(pdf)
        assert satu.personel.nama in read_teks(hadir)
    assert berita.ringkasan["jumlah_hadir"] == 1
    assert berita.ringkasan["naskah"][0]["sudah"] == 1


def test_the_same_facts_give_the_same_bytes(upacara):
    isi = build_isi(upacara)
    cetak = {
        "versi": 1,
        "alamat": "https://contoh.go.id/berita-acara/kode/",
        "dibuat": datetime.datetime(2026, 1, 19, 3, tzinfo=datetime.UTC),
    }

    assert print_berita(isi, **cetak) == print_berita(build_isi(upacara), **cetak)
    assert print_hadir(isi, **cetak) == print_hadir(build_isi(upacara), **cetak)


def test_dates_that_follow_are_made_for_every_unit_and_can_be_done(upacara, client_for):
    penutupan.close(upacara, by=None)

    satker = upacara.pesertasatker_set.order_by("pk")[1].satker
    jumlah = dict.fromkeys(upacara.pesertasatker_set.values_list("satker", flat=True))
    per_satker = [TindakLanjut.objects.filter(satker=satu).count() for satu in jumlah]
    assert per_satker[0] == per_satker[1] > 0
    kepala = KepalaFactory(satker=satker)
    tindak = TindakLanjut.objects.filter(satker=satker).order_by("tanggal", "pk")[0]
    alamat = reverse("tindak_lanjut_mark", args=[satker.kode, tindak.pk])

    client_for(kepala).post(alamat, {"selesai": "ya"})

    tindak.refresh_from_db()
    assert tindak.selesai_oleh == kepala
    with pytest.raises(AlurError, match="sudah ditandai"):
        tindak_lanjut.mark(tindak, selesai=True, by=kepala)
    assert (
        "usulan produk"
        in (
            client_for(kepala)
            .get(reverse("tindak_lanjut_list", args=[satker.kode]))
            .content.decode()
        ).lower()
    )


@pytest.mark.parametrize(
    ("status", "kata"),
    [
        ("rencana", "belum pernah dibuka"),
        ("terjadwal", "belum pernah dibuka"),
        ("dibatalkan", "dibatalkan"),
        ("ditutup", "sudah ditutup"),
    ],
)
def test_what_is_not_open_is_not_closed(upacara, client_for, status, kata):
    upacara.status, upacara.ditutup_pada = status, timezone.now()
    upacara.save()
    client = client_for(OperatorFactory(satker=upacara.tuan_rumah))

    respons = client.post(reverse("upacara_close", args=[upacara.kode]))

    assert respons.status_code == 422
    assert kata in respons.content.decode()
    assert not BeritaAcara.objects.exists()
    assert not TindakLanjut.objects.exists()
    assert Upacara.objects.get().status == status


def test_an_event_without_anybody_and_a_make_up_date_in_the_past_are_refused(upacara):
    with pytest.raises(AlurError, match="sudah lewat"):
        penutupan.close(upacara, by=None, susulan_sampai=datetime.date(2020, 1, 1))
    upacara.peserta_set.update(hadir_pada=None, cara_hadir=None)
    with pytest.raises(AlurError, match="Belum seorang pun"):
        penutupan.close(upacara, by=None)

    assert Upacara.objects.get().status == "berlangsung"
    assert not BeritaAcara.objects.exists()


def test_late_signatures_make_a_new_version_and_the_old_one_stays(upacara):
    lama = penutupan.close(
        upacara, by=None, susulan_sampai=timezone.localdate() + datetime.timedelta(days=7)
    )
    with pytest.raises(AlurError, match="Tidak ada yang berubah"):
        berita_acara.renew(upacara, by=None)
    naskah = upacara.naskah_set.get()
    absen = upacara.peserta_set.get(hadir_pada=None)
    naskah_upacara.sign_sendiri(absen, naskah, persetujuan=True, goresan=GORESAN)

    baru = berita_acara.renew(upacara, by=None)

    assert (baru.versi, baru.ringkasan["naskah"][0]["sudah"]) == (2, 2)
    lama.refresh_from_db()
    assert lama.ringkasan["naskah"][0]["sudah"] == 1
    assert lama.berita != baru.berita
    berita_acara.publish(baru, by=None)
    assert list_terbit(Upacara.objects.all()) == [baru]
    with pytest.raises(AlurError, match="lebih baru"):
        berita_acara.publish(lama, by=None)


def test_closing_the_round_ends_late_signatures(upacara, client_for):
    putaran = upacara.putaran = PutaranFactory()
    upacara.save()
    with pytest.raises(AlurError, match="belum ditutup"):
        penutupan.close_putaran(putaran, by=None)
    penutupan.close(upacara, by=None)
    naskah, absen = upacara.naskah_set.get(), upacara.peserta_set.get(hadir_pada=None)
    client = client_for(TimKanwilFactory(kanwil=putaran.kanwil))

    assert client.post(reverse("putaran_close", args=[putaran.kode])).status_code == 302

    with pytest.raises(AlurError, match="Putaran sudah ditutup"):
        naskah_upacara.sign_sendiri(absen, naskah, persetujuan=True, goresan=GORESAN)
    with pytest.raises(AlurError, match="sudah ditutup"):
        penutupan.close_putaran(putaran, by=None)
    assert TandaTangan.objects.count() == 1


def test_a_make_up_event_expects_those_who_were_away(upacara, client_for):
    penutupan.close(upacara, by=None)
    client = client_for(OperatorFactory(satker=upacara.tuan_rumah))
    alamat = reverse("susulan_plan", args=[upacara.kode])
    besok = timezone.localdate() + datetime.timedelta(days=2)
    isi = {"tanggal": besok.isoformat(), "jam": "09:00", "tempat": "Aula"}

    lewat = client.post(alamat, isi | {"tanggal": "2020-01-01"})
    client.post(alamat, isi)
    lagi = client.post(alamat, isi)

    assert (lewat.status_code, lagi.status_code) == (422, 422)
    susulan = Upacara.objects.get(susulan_dari=upacara)
    absen = upacara.peserta_set.get(hadir_pada=None)
    assert [satu.personel for satu in susulan.peserta_set.all()] == [absen.personel]
    assert susulan.mulai_pada == datetime.datetime(
        besok.year, besok.month, besok.day, 2, tzinfo=datetime.UTC
    )
    assert susulan.status == "rencana"


def test_those_who_registered_are_told(upacara, monkeypatch):
    diberi = []
    monkeypatch.setattr(pengumuman, "_daftar", [diberi.append])

    announce_penutupan(upacara.pk)

    assert diberi == [upacara.pk]


def test_the_history_of_the_host_tells_of_it(upacara):
    penutupan.close(upacara, by=None)

    daftar = Riwayat.objects.of(upacara.tuan_rumah).values_list("kejadian", flat=True)
    assert {"upacara ditutup", "berita acara dibuat", "tindak lanjut dijadwalkan"} <= set(daftar)


@pytest.mark.parametrize("jumlah", [1, 3])
def test_the_page_of_closing_costs_the_same_at_any_length(
    client_for, count_queries, upacara, jumlah
):
    PesertaFactory.create_batch(jumlah, upacara=upacara)
    for nomor in range(jumlah):
        NaskahFactory(upacara=upacara, beku=True, judul=f"Naskah {nomor}")
    client = client_for(OperatorFactory(satker=upacara.tuan_rumah))
    client.get(reverse("penutupan_detail", args=[upacara.kode]))

    with count_queries() as daftar_sql:
        client.get(reverse("penutupan_detail", args=[upacara.kode]))

    assert len(daftar_sql) == 12


def test_a_unit_of_which_nobody_came_gets_no_bundle(upacara):
    tamu = SatkerFactory()
    upacara.pesertasatker_set.create(satker=tamu)
    PesertaFactory(upacara=upacara, personel=PersonelFactory(satker=tamu))

    penutupan.close(upacara, by=None)

    daftar = list_satker(upacara.pk)
    assert upacara.tuan_rumah_id in daftar
    assert tamu.pk not in daftar
