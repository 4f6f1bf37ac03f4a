"""The page of taking over, and the cards of drafts."""

import datetime
import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from penilaian.alur import area as alur_area
from penilaian.alur import pengisian
from penilaian.models import Jawaban, PemakaianBukti, Penilaian, RevisiBukti
from satker.models import Riwayat
from tests.factories import BuktiFactory, KepalaFactory, OperatorFactory, PenilaianFactory
from tests.factories.bukti import get_berkas
from tests.factories.lke import build_jawaban

pytestmark = pytest.mark.django_db
TAHUN = timezone.localdate().year
YA, DUA = "A.I.1.i.a", "A.I.1.i.b"


@pytest.fixture
def kini():
    return PenilaianFactory()


@pytest.fixture
def lalu(kini):
    return PenilaianFactory(
        satker=kini.satker, tahun=TAHUN - 1, jawaban={YA: "Ya", DUA: "B", "A.I.3.i.a": "Ya"}
    )


@pytest.fixture
def client(client_for, kini):
    return client_for(OperatorFactory(satker=kini.satker))


def read(client, penilaian, **kueri):
    return client.get(reverse("penilaian_carry", args=[penilaian.pk]), kueri)


def send(client, penilaian, **isi):
    return client.post(reverse("penilaian_carry", args=[penilaian.pk]), isi)


def list_kotak(halaman, nama):
    """Values of the boxes of that name, and which of them are ticked."""
    kotak = re.findall(rf'name="{nama}" value="([^"]+)"( checked)?', halaman)
    return [nilai for nilai, _ in kotak], [nilai for nilai, centang in kotak if centang]


def list_terbuka(halaman):
    return re.findall(r'<details id="area-([^"]+)" open>', halaman)


def test_answers_are_chosen_beforehand_and_files_never(client, kini, lalu):
    sk = BuktiFactory(penilaian=lalu, kode=YA, nama="SK Tim Kerja", halaman=2)

    halaman = read(client, kini).text

    assert list_kotak(halaman, "jawaban") == ([YA, DUA, "A.I.3.i.a"],) * 2
    assert list_kotak(halaman, "masih_berlaku") == ([str(sk.revisi_id)], [])
    assert f"Ambil dari LKE {TAHUN - 1}" in halaman
    assert "Masih berlaku: SK Tim Kerja" in halaman
    assert "Nomor 1, halaman 2." in halaman
    assert f"centang yang masih berlaku untuk {TAHUN}" in halaman
    assert list_terbuka(halaman) == ["A.1"]
    assert list_terbuka(read(client, kini, area="A.3").text) == ["A.3"]
    # Nothing ticks many boxes at once.
    assert "<script" not in halaman.partition("</head>")[2]


def test_the_page_tells_what_is_odd_about_a_file(client, kini, lalu):
    lama = BuktiFactory(
        penilaian=lalu,
        kode=YA,
        nama="Laporan",
        periode_dari=datetime.date(TAHUN - 1, 1, 1),
        periode_sampai=datetime.date(TAHUN - 1, 12, 31),
    )
    RevisiBukti.objects.create(bukti=lama.bukti, nomor=2, berkas=get_berkas("baru"))
    BuktiFactory(penilaian=lalu, kode=DUA, tautan="https://x.contoh.id/", keadaan="mati")

    halaman = read(client, kini).text

    assert f"periode di luar {TAHUN}" in halaman
    assert f"Nomor 1, tahun {TAHUN - 1}." in halaman
    assert "Masih berlaku: Laporan, revisi 1<" in halaman
    assert "ada revisi 2" in halaman
    assert "tautan, tidak tersimpan: mati" in halaman


def test_what_is_taken_leads_to_its_card_where_it_waits_as_a_draft(client, kini, lalu):
    sk = BuktiFactory(penilaian=lalu, kode=DUA, nama="SK Tim Kerja")

    respons = send(client, kini, area="A.1", jawaban=[DUA], masih_berlaku=[sk.revisi_id])

    assert respons.status_code == 302
    assert respons["Location"] == f"{reverse('area_detail', args=[kini.pk, 'A.1'])}#q2"
    kartu = client.get(respons["Location"]).text
    assert (
        f"1 jawaban {TAHUN - 1} diambil sebagai draf dan 1 berkas dinyatakan masih berlaku. Draf "
        "belum dihitung" in kartu
    )
    assert "Draf dari tahun lalu, belum dihitung" in kartu
    assert kartu.count("data-masih-berlaku") == 1
    assert "Dinyatakan masih berlaku" in kartu
    assert 'href="#q2" data-keadaan="draf"' in kartu
    baris = Riwayat.objects.of(kini.satker)[0]
    assert "diambil sebagai draf" in baris.kejadian


def test_the_button_of_a_draft_is_a_plain_save_and_goes_with_it(client, kini, lalu):
    send(client, kini, area="A.1", jawaban=[DUA])
    alamat = reverse("jawaban_edit", args=[kini.pk, DUA])

    respons = client.post(
        alamat, {"pilihan": "B", "versi_isi": "1", "catatan": ""}, headers={"HX-Request": "true"}
    )

    assert '<div id="konflik-2" hx-swap-oob="true"></div>' in respons.text
    assert Jawaban.objects.get(penilaian=kini).draf is False
    kartu = client.get(reverse("area_detail", args=[kini.pk, "A.1"])).text
    assert "data-masih-berlaku" not in kartu


def test_who_cannot_save_gets_no_button_on_a_draft(client, client_for, kini, lalu):
    send(client, kini, area="A.1", jawaban=[DUA])
    lain = client_for(OperatorFactory(satker=kini.satker, daftar_area=["A.2"]))

    kartu = lain.get(reverse("area_detail", args=[kini.pk, "A.1"])).text

    assert "Draf dari tahun lalu, belum dihitung" in kartu
    assert "data-masih-berlaku" not in kartu


def test_what_somebody_answered_meanwhile_is_told_and_the_rest_comes(client, kini, lalu):
    read(client, kini)
    pengisian.write_many(kini, {YA: "Tidak"}, by=None)

    respons = send(client, kini, area="A.1", jawaban=[YA, DUA])

    halaman = client.get(respons["Location"]).text
    assert "Nomor 1 sudah dijawab tahun ini, jadi dibiarkan." in halaman
    assert dict(
        Jawaban.objects.filter(penilaian=kini).values_list("pertanyaan__kode", "pilihan")
    ) == {YA: "Tidak", DUA: "B"}
    assert "Sudah dijawab tahun ini, jadi dibiarkan: nomor 1, 2." in read(client, kini).text


def test_when_all_was_answered_meanwhile_the_page_comes_back(client, kini, lalu):
    pengisian.write_many(kini, {YA: "Tidak"}, by=None)

    respons = send(client, kini, area="A.1", jawaban=[YA])

    assert respons["Location"] == reverse("penilaian_carry", args=[kini.pk])
    assert "jadi dibiarkan" in client.get(respons["Location"]).text


def list_rows(penilaian):
    return (
        list(Jawaban.objects.filter(penilaian=penilaian).values()),
        list(PemakaianBukti.objects.filter(penilaian=penilaian).values()),
        Riwayat.objects.count(),
    )


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"area": "A.1"}, "Pilih paling sedikit satu jawaban"),
        ({"area": "A.9", "jawaban": [YA]}, "Formulir tidak utuh"),
        ({"jawaban": [YA]}, "Formulir tidak utuh"),
        ({"area": "A.1", "masih_berlaku": ["x"]}, "Formulir tidak utuh"),
        ({"area": "A.1", "jawaban": ["A.I.3.i.a"]}, "A.I.3.i.a: bukan pertanyaan area A.1."),
        ({"area": "A.3", "jawaban": ["A.I.3.i.a"]}, "Area A.3 bukan bagian Anda."),
    ],
)
def test_a_refusal_stands_on_the_page_and_changes_nothing(client_for, kini, lalu, isi, pesan):
    client = client_for(OperatorFactory(satker=kini.satker, daftar_area=["A.1"]))
    keadaan = list_rows(kini)

    respons = send(client, kini, **isi)

    assert respons.status_code == 422
    assert pesan in respons.text
    assert list_rows(kini) == keadaan


def test_a_refused_form_keeps_its_ticks_and_its_area_open(client, kini, lalu):
    sk = BuktiFactory(penilaian=lalu, kode="A.I.3.i.a")
    BuktiFactory(penilaian=lalu, kode="A.I.3.i.a")

    respons = send(client, kini, area="A.3", jawaban=["karangan"], masih_berlaku=[sk.revisi_id])

    assert list_terbuka(respons.text) == ["A.3"]
    assert list_kotak(respons.text, "jawaban")[1] == [YA, DUA]
    assert list_kotak(respons.text, "masih_berlaku")[1] == [str(sk.revisi_id)]


def test_an_area_that_is_handed_in_or_of_others_says_so_and_has_no_form(client_for, kini, lalu):
    alur_area.submit_area(kini, "A.1", by=KepalaFactory(satker=kini.satker), setuju_kosong=True)
    client = client_for(OperatorFactory(satker=kini.satker, daftar_area=["A.1"]))

    halaman = read(client, kini).text

    assert "Area A.1 sudah diajukan" in halaman
    assert "Area A.3 bukan bagian Anda." in halaman
    assert list_kotak(halaman, "jawaban") == ([], [])


def test_outside_the_window_the_page_says_why_and_a_post_changes_nothing(client, kini, lalu):
    Penilaian.objects.filter(pk=kini.pk).update(tutup_pada=kini.buka_pada)
    keadaan = list_rows(kini)

    assert "Pengisian sudah ditutup" in read(client, kini).text
    assert list_kotak(read(client, kini).text, "jawaban") == ([], [])
    assert send(client, kini, area="A.1", jawaban=[YA]).status_code == 422
    assert list_rows(kini) == keadaan


def test_a_first_year_says_that_there_is_nothing_before(client, kini):
    halaman = read(client, kini)

    assert halaman.status_code == 200
    assert "Belum ada LKE tahun sebelumnya" in halaman.text


def test_the_hub_leads_there(client, kini):
    hub = client.get(reverse("penilaian_detail", args=[kini.pk])).text

    assert reverse("penilaian_carry", args=[kini.pk]) in hub


@pytest.mark.parametrize("jumlah", [10, 100])
def test_the_page_costs_the_same_for_any_number_of_answers_and_files(
    client, kini, lalu, count_queries, jumlah
):
    jawaban = dict(list(build_jawaban().items())[:jumlah])
    pengisian.write_many(lalu, jawaban, by=None)
    for kode in jawaban:
        BuktiFactory(penilaian=lalu, kode=kode)
    read(client, kini)

    with count_queries() as daftar_sql:
        halaman = read(client, kini)

    assert len(list_kotak(halaman.text, "masih_berlaku")[0]) == jumlah
    assert len(daftar_sql) == 10, daftar_sql


def test_the_whole_page_is_light_with_every_answer_and_forty_files(client, kini, lalu):
    semua = build_jawaban(pilih=1)
    catatan = {
        kode: f"{kode}: dibahas pada rapat pokja, notulen nomor {n} ada."
        for n, kode in enumerate(semua)
    }
    pengisian.write_many(lalu, semua, by=None, catatan=catatan)
    daftar = list(semua)
    for nomor in range(40):
        pakai = BuktiFactory(
            penilaian=lalu, kode=daftar[nomor], nama=f"Laporan kegiatan {nomor}.pdf"
        )
        for kode in daftar[nomor + 40 :: 40]:
            BuktiFactory(penilaian=lalu, kode=kode, bukti=pakai.bukti, halaman=nomor + 1)

    halaman = read(client, kini)
    statis = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', halaman.text)
    berat = len(gzip.compress(halaman.content, 6)) + sum(
        len(gzip.compress(Path(finders.find(nama)).read_bytes(), 6)) for nama in statis
    )

    assert len(list_kotak(halaman.text, "jawaban")[0]) == 113
    assert berat <= 50_000
