"""Pages of rounds and events: the board's figures, what each reader sees, and what pages cost."""

import datetime
import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from satker import fakta, undangan
from satker.daftar_upacara import list_milik_satker, list_putaran_umum
from satker.models import (
    Acara,
    BeritaAcara,
    JenisAcara,
    Peserta,
    PesertaSatker,
    Putaran,
    PutaranSatker,
    Upacara,
)
from satker.papan_putaran import read_papan
from tests.factories import (
    AdminFactory,
    KanwilFactory,
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
HARI = timezone.localdate()
BESOK = HARI + datetime.timedelta(days=1)
KEMARIN = HARI - datetime.timedelta(days=1)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def kanwil():
    return KanwilFactory(provinsi="Sini")


@pytest.fixture
def jenis():
    return JenisAcara.objects.create(kode="deklarasi", nama="Deklarasi", deklarasi=True)


@pytest.fixture
def client(kanwil, client_for):
    return client_for(TimKanwilFactory(kanwil=kanwil))


def make_putaran(kanwil, jumlah, jenis, **lain):
    """A round of `jumlah` units in one event each."""
    putaran = PutaranFactory(kanwil=kanwil, **lain)
    for satker in SatkerFactory.create_batch(jumlah, kanwil=kanwil):
        PutaranSatker.objects.create(putaran=putaran, satker=satker, gugus="Utara")
        upacara = UpacaraFactory(putaran=putaran, tuan_rumah=satker, peserta=[satker])
        Acara.objects.create(upacara=upacara, jenis=jenis, urutan=1)
    return putaran


def read_angka(halaman):
    """The figures of the board by state."""
    ubin = re.findall(r'\?keadaan=([a-z-]+)#daftar"><b>(\d+)</b>', halaman.text)
    return {keadaan: int(jumlah) for keadaan, jumlah in ubin}


def read_nama(halaman):
    return re.findall(r'scope="row"><a href="/satker/([\w-]+)/', halaman.text)


# --- the board ------------------------------------------------------------------------------------
def test_the_round_of_jawa_timur_says_what_is_known(client_for):
    fakta.load()
    umum = Client().get(reverse("deklarasi_detail", args=["putaran-jatim-2021"]))

    assert read_angka(umum) == {"sudah": 15, "terjadwal": 0, "tidak-diketahui": 49, "belum": 0}
    assert "Tahun diduga 2021" in umum.text
    assert "Kamis, 11 Februari 2021" in umum.text
    assert "Agus Muttaqin" in umum.text
    sudah = Client().get(
        reverse("deklarasi_detail", args=["putaran-jatim-2021"]), {"keadaan": "sudah"}
    )
    assert len(read_nama(sudah)) == 15
    admin = client_for(AdminFactory())
    for url in [
        reverse("putaran_detail", args=["putaran-jatim-2021"]),
        reverse("upacara_detail", args=["up-jatim-02-16"]),
        reverse("upacara_list") + "?tampil=lalu",
        reverse("upacara_list") + "?tampil=putaran",
        reverse("deklarasi_list"),
    ]:
        halaman = admin.get(url)
        assert "ahun diduga 2021" in halaman.text, url
        assert "Kamis, 11 Februari 2021" in halaman.text, url


def test_each_unit_stands_in_its_state_with_the_event_behind_it(kanwil, jenis, client):
    putaran = PutaranFactory(kanwil=kanwil)
    satker = {
        nama: SatkerFactory(kanwil=kanwil, kode=f"s-{nama}")
        for nama in ("sudah", "jadwal", "rencana", "lewat", "absen", "tanpa")
    }
    for satu in satker.values():
        PutaranSatker.objects.create(putaran=putaran, satker=satu)
    acara = {}
    for nama, status, tanggal in [
        ("sudah", "ditutup", KEMARIN),
        ("jadwal", "terjadwal", BESOK),
        ("rencana", "rencana", BESOK),
        ("lewat", "terjadwal", KEMARIN),
        ("absen", "ditutup", KEMARIN),
    ]:
        acara[nama] = UpacaraFactory(
            putaran=putaran,
            tuan_rumah=satker[nama],
            peserta=[satker[nama]],
            status=status,
            tanggal=tanggal,
            ditutup_pada=timezone.now() if status == "ditutup" else None,
        )
        Acara.objects.create(upacara=acara[nama], jenis=jenis, urutan=1)
    PesertaSatker.objects.filter(satker=satker["absen"]).update(hadir=False)

    halaman = client.get(reverse("putaran_detail", args=[putaran.kode]))

    assert read_angka(halaman) == {"sudah": 1, "terjadwal": 1, "tidak-diketahui": 1, "belum": 3}
    papan = read_papan(putaran)
    assert {
        baris.kode: (baris.putusan.keadaan.value, baris.upacara and baris.upacara.pk)
        for baris in papan.show(papan.daftar_satker)
    } == {
        "s-sudah": ("sudah", acara["sudah"].pk),
        "s-jadwal": ("terjadwal", acara["jadwal"].pk),
        "s-rencana": ("belum", acara["rencana"].pk),
        "s-lewat": ("tidak-diketahui", acara["lewat"].pk),
        "s-absen": ("belum", acara["absen"].pk),
        "s-tanpa": ("belum", None),
    }
    # To the public a draft does not exist.
    umum = read_papan(putaran, umum=True)
    assert {baris.kode: baris.upacara for baris in umum.show(umum.daftar_satker)}[
        "s-rencana"
    ] is None
    # The figure leads to its rows; so does the file.
    belum = {"keadaan": "belum"}
    dipilih = client.get(reverse("putaran_detail", args=[putaran.kode]), belum, headers=HTMX)
    assert sorted(read_nama(dipilih)) == ["s-absen", "s-rencana", "s-tanpa"]
    unduhan = client.get(reverse("putaran_unduh", args=[putaran.kode, "csv"]), belum)
    assert len(unduhan.getvalue().decode().splitlines()) == 4


@pytest.mark.parametrize("jumlah", [1, 3, 60])
def test_the_board_costs_the_same_at_any_length(
    kanwil, jenis, client, client_for, count_queries, jumlah
):
    putaran = make_putaran(kanwil, jumlah, jenis, diterbitkan_pada=timezone.now())

    # The first page of a session also writes when it was seen.
    client.get(reverse("panduan"))

    with count_queries() as sql:
        client.get(reverse("putaran_detail", args=[putaran.kode]))
    operator = client_for(OperatorFactory(satker=putaran.upacara_set.first().tuan_rumah))
    operator.get(reverse("panduan"))
    with count_queries() as sql_operator:
        operator.get(reverse("putaran_detail", args=[putaran.kode]))
    with count_queries() as sql_umum:
        Client().get(reverse("deklarasi_detail", args=[putaran.kode]))

    assert len(sql) == 7
    assert len(sql_operator) == 8
    assert len(sql_umum) == 7


# --- the list and one event -----------------------------------------------------------------------
@pytest.mark.parametrize("jumlah", [1, 3])
def test_list_event_and_people_cost_the_same_at_any_length(
    kanwil, jenis, client, count_queries, jumlah
):
    make_putaran(kanwil, jumlah, jenis)
    satker = SatkerFactory.create_batch(jumlah, kanwil=kanwil)
    upacara = UpacaraFactory(tuan_rumah=satker[0], peserta=satker)
    for nomor, satu in enumerate(satker, 1):
        Acara.objects.create(upacara=upacara, jenis=jenis, urutan=nomor)
        SaksiFactory(upacara=upacara)
        PesertaFactory(upacara=upacara, personel=PersonelFactory(satker=satu))
    client.get(reverse("panduan"))

    biaya = {}
    for nama, url in [
        ("mendatang", reverse("upacara_list")),
        ("putaran", reverse("upacara_list") + "?tampil=putaran"),
        ("upacara", reverse("upacara_detail", args=[upacara.kode])),
        ("orang", reverse("peserta_list", args=[upacara.kode])),
        ("umum", reverse("deklarasi_list")),
    ]:
        with count_queries() as sql:
            assert client.get(url).status_code == 200
        biaya[nama] = len(sql)

    assert biaya == {"mendatang": 5, "putaran": 5, "upacara": 15, "orang": 8, "umum": 5}


def test_who_takes_part_sees_the_event_and_only_the_own_people(kanwil, client_for):
    satker, lain = SatkerFactory.create_batch(2, kanwil=kanwil)
    tamu = SatkerFactory()
    upacara = UpacaraFactory(tuan_rumah=satker, peserta=[satker, lain, tamu])
    for satu, nama in [(satker, "Orang Satu"), (lain, "Orang Dua"), (tamu, "Orang Tamu")]:
        PesertaFactory(upacara=upacara, personel=PersonelFactory(satker=satu, nama=nama))
    url = reverse("peserta_list", args=[upacara.kode])

    def read_orang(user):
        return re.findall(r'scope="row">([\w ]+)<small>', client_for(user).get(url).text)

    assert read_orang(OperatorFactory(satker=lain)) == ["Orang Dua"]
    assert read_orang(TimKanwilFactory(kanwil=kanwil)) == ["Orang Satu", "Orang Dua"]
    operator_tamu = client_for(OperatorFactory(satker=tamu))
    halaman = operator_tamu.get(reverse("upacara_detail", args=[upacara.kode]))
    assert "Orang" in halaman.text
    assert "Orang Satu" not in halaman.text
    # Who only takes part does not prepare it, but sends the own people, and nobody else's.
    assert operator_tamu.get(reverse("saksi_add", args=[upacara.kode])).status_code == 404
    PersonelFactory.create_batch(2, satker=tamu)
    PersonelFactory(satker=satker)
    kirim = reverse("peserta_add", args=[upacara.kode])
    assert operator_tamu.post(kirim, {"satker": [satker.pk]}).status_code == 422
    assert operator_tamu.post(kirim, {"satker": [tamu.pk]}).status_code == 302
    assert Peserta.objects.filter(upacara=upacara).count() == 5
    asing = Peserta.objects.get(upacara=upacara, satker=satker)
    keluar = reverse("peserta_remove", args=[upacara.kode, asing.pk])
    assert operator_tamu.post(keluar).status_code == 404


def test_invented_events_are_never_among_real_ones(client_for):
    nyata = UpacaraFactory(nama="Upacara nyata")
    rekaan = SatkerFactory(kode="rekaan", contoh=True, kanwil=KanwilFactory(contoh=True))
    UpacaraFactory(tuan_rumah=rekaan, nama="Upacara rekaan")
    admin = client_for(AdminFactory())
    url = reverse("upacara_list")

    biasa, diminta = admin.get(url).text, admin.get(url, {"contoh": "1"}).text
    milik = client_for(OperatorFactory(satker=rekaan)).get(url).text

    assert (nyata.nama in biasa, "Upacara rekaan" in biasa) == (True, False)
    assert (nyata.nama in diminta, "Upacara rekaan" in diminta) == (False, True)
    assert "Upacara rekaan" in milik
    assert "contoh, bukan kantor nyata" in milik


# --- forms ----------------------------------------------------------------------------------------
def test_a_round_goes_from_making_to_its_page_for_everybody(kanwil, jenis, client):
    satker = SatkerFactory(kanwil=kanwil, zona_waktu="WITA")
    SatkerFactory(kanwil=kanwil, kode="tertinggal")
    isi = {"kanwil": kanwil.satker.kode, "nama": "Janji", "tahun": BESOK.year, "lengkap": "ya"}
    client.post(reverse("putaran_create"), isi)
    putaran = Putaran.objects.get()
    umum = reverse("deklarasi_detail", args=[putaran.kode])
    susun = reverse("putaran_satker", args=[putaran.kode])
    assert client.post(susun, {"gugus": "Utara"}).status_code == 422
    aneh = client.post(susun, {"gugus": "Utara", "satker": ["9" * 30, "x"]})
    assert "Pilih satker dulu." in aneh.text
    client.post(susun, {"gugus": "Utara", "satker": [satker.pk]})

    rencana = reverse("putaran_plan", args=[putaran.kode])
    isi = {
        "nama": "Janji",
        "daftar_jenis": [jenis.pk],
        "g0-tuan_rumah": satker.pk,
        "g0-tempat": "Aula",
        "g0-tanggal": BESOK.isoformat(),
        "g0-mulai": "09:00",
    }
    salah = client.post(rencana, isi | {"g0-mulai": "jam sembilan", "g0-tempat": ""})
    assert salah.status_code == 422
    assert "Gugus Utara, tempat: Belum diisi untuk gugus ini." in salah.text
    assert "Gugus Utara, jam mulai: Jam tidak dikenal" in salah.text
    assert not Upacara.objects.exists()
    lewat = client.post(rencana, isi | {"g0-tanggal": KEMARIN.isoformat()})
    assert (lewat.status_code, "sudah lewat" in lewat.text) == (422, True)
    client.post(rencana, isi)
    upacara = Upacara.objects.get()
    assert (upacara.nama, upacara.mulai_pada.hour) == ("Janji, Utara", 1)

    client.post(reverse("upacara_schedule", args=[upacara.kode]))
    assert Client().get(umum).status_code == 404
    client.post(reverse("putaran_publish", args=[putaran.kode]))

    assert read_angka(Client().get(umum)) == {
        "sudah": 0, "terjadwal": 1, "tidak-diketahui": 0, "belum": 2,
    }  # fmt: skip


def test_an_announced_event_is_moved_by_its_form(kanwil, client, monkeypatch):
    kabar = []
    monkeypatch.setattr(undangan, "announce_perubahan", kabar.append)
    satker = SatkerFactory(kanwil=kanwil)
    upacara = UpacaraFactory(tuan_rumah=satker)
    url = reverse("upacara_edit", args=[upacara.kode])
    awal = client.get(url)
    assert 'value="09:00"' in awal.text
    isi = {"nama": "Baru", "tuan_rumah": satker.pk, "tempat": "Aula", "mulai": "10.30"}

    lewat = client.post(url, isi | {"tanggal": KEMARIN.isoformat()})
    assert lewat.status_code == 422
    assert "sudah lewat" in lewat.text
    assert 'value="10.30"' in lewat.text
    assert kabar == []
    client.post(url, isi | {"tanggal": BESOK.isoformat()})

    upacara.refresh_from_db()
    assert (upacara.nama, upacara.urutan, kabar) == ("Baru", 1, [upacara.pk])


# --- the public and the unit's page ---------------------------------------------------------------
def test_the_public_page_names_officials_and_never_who_came(kanwil, jenis):
    putaran = make_putaran(kanwil, 1, jenis, diterbitkan_pada=timezone.now())
    upacara = putaran.upacara_set.get()
    personel = PersonelFactory(satker=upacara.tuan_rumah, nama="Pegawai Rahasia", nomor="1990")
    peserta = PesertaFactory(upacara=upacara, personel=personel)
    pasti = SaksiFactory(
        upacara=upacara, nama="Saksi Pasti", email="rahasia@uji.invalid", dikonfirmasi_pada=timezone.now()
    )  # fmt: skip
    belum = SaksiFactory(upacara=upacara, nama="Saksi Ragu")
    UpacaraFactory(
        putaran=putaran, tuan_rumah=upacara.tuan_rumah, status="rencana", tempat="Rahasia"
    )

    halaman = Client().get(reverse("deklarasi_detail", args=[putaran.kode])).text
    berkas = b"".join(Client().get(reverse("deklarasi_unduh", args=[putaran.kode, "csv"]))).decode()

    assert pasti.nama in halaman
    for rahasia in (
        *(personel.nama, peserta.kode, peserta.token, "1990", belum.nama, "rahasia", "Rahasia"),
    ):
        assert rahasia not in halaman
        assert rahasia not in berkas
    assert not BeritaAcara.objects.exists()


def test_a_round_that_is_not_published_does_not_exist_for_the_public(kanwil, jenis):
    putaran = make_putaran(kanwil, 1, jenis)

    assert Client().get(reverse("deklarasi_detail", args=[putaran.kode])).status_code == 404
    assert putaran.nama not in Client().get(reverse("deklarasi_list")).text


def test_an_invented_round_says_so():
    kanwil = KanwilFactory(contoh=True)
    putaran = PutaranFactory(kanwil=kanwil, diterbitkan_pada=timezone.now(), nama="Janji rekaan")

    daftar = Client().get(reverse("deklarasi_list")).text
    assert putaran.nama not in daftar
    assert putaran.nama in Client().get(reverse("deklarasi_list"), {"contoh": "1"}).text
    halaman = Client().get(reverse("deklarasi_detail", args=[putaran.kode]))
    assert "contoh, bukan kantor nyata" in halaman.text


def test_a_unit_knows_its_events_as_participant_and_as_host(kanwil, django_assert_num_queries):
    satker = SatkerFactory(kanwil=kanwil)
    tuan_rumah = UpacaraFactory(tuan_rumah=satker, tanggal=KEMARIN)
    ikut = UpacaraFactory(peserta=[satker])
    UpacaraFactory()

    with django_assert_num_queries(1):
        daftar = list_milik_satker(satker)

    assert [(satu.pk, satu.ikut) for satu in daftar] == [(ikut.pk, True), (tuan_rumah.pk, False)]
    assert list_milik_satker(satker, umum=True) == []


def test_the_partials_for_other_pages_lead_to_the_public_page(kanwil, jenis):
    putaran = make_putaran(kanwil, 1, jenis, diterbitkan_pada=timezone.now())
    PutaranFactory(kanwil=kanwil)
    satker = putaran.upacara_set.get().tuan_rumah
    url = reverse("deklarasi_detail", args=[putaran.kode])

    di_kanwil = {"daftar_putaran": list_putaran_umum(kanwil)}
    di_satker = {"daftar_upacara": list_milik_satker(satker, umum=True), "umum": True}

    assert render_to_string("satker/_putaran_kanwil.html", di_kanwil).count(url) == 1
    assert render_to_string("satker/_upacara_satker.html", di_satker).count(url) == 1
