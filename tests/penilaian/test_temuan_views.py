"""The X-ray on the screen: its own page, and under the answer of each card."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertInHTML

from penilaian.alur import pengisian
from penilaian.alur import temuan as alur
from penilaian.models import Temuan
from tests.factories import (
    BuktiFactory,
    KepalaFactory,
    OperatorFactory,
    PenilaianFactory,
    TimKanwilFactory,
)
from tests.factories.lke import build_jawaban

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SATU, ADUAN, AGEN, MENYATU = "A.I.1.i.a", "A.II.5.ii.a", "A.II.1.i.a", "A.II.1.i.b"
LEBIH = {"aduan_wajib": 12, "aduan_proses": 0, "aduan_selesai": 14}


@pytest.fixture
def penilaian():
    return PenilaianFactory(
        jawaban={
            SATU: "Ya",
            ADUAN: LEBIH,
            "A.II.4.i.a": {"jumlah_sasaran": 0, "sasaran_tercapai": 0},
        }
    )


@pytest.fixture
def operator(penilaian):
    return OperatorFactory(satker=penilaian.satker)


@pytest.fixture
def client(client_for, operator):
    return client_for(operator)


def get(client, penilaian, nama="temuan_list", *lagi):
    return client.get(reverse(nama, args=[penilaian.pk, *lagi])).text


def get_temuan(kode):
    return Temuan.objects.get(pertanyaan__kode=kode)


# --- the page -----------------------------------------------------------------------------------
def test_the_page_lists_the_worst_first_with_both_facts_and_a_jump(client, penilaian):
    teks = get(client, penilaian)

    assert re.search(r"<h1[^>]*>1 harus diperbaiki, 1 sebaiknya diperiksa</h1>", teks)
    assert re.findall(r'<h2 id="(\w+)"', teks) == ["harus", "sebaiknya", "catatan"]
    assert "Nomor 105: Jumlah pengaduan yang selesai ditindaklanjuti: 14</a>" in teks
    assert "Jumlah pengaduan yang harus ditindaklanjuti: 12.</small>" in teks
    assert f'href="/lke/{penilaian.pk}/area/A.5/#q105"' in teks
    # What must be mended offers no way round.
    terima = re.findall(r'href="/lke/\d+/periksa/(\d+)/terima/"', teks)
    assert sorted(map(int, terima)) == sorted(
        Temuan.objects.exclude(tingkat="harus").values_list("pk", flat=True)
    )


def test_the_page_shows_one_area_alone(client, penilaian):
    alamat = reverse("temuan_list", args=[penilaian.pk])

    teks = client.get(alamat, {"area": "A.5"}).text

    assert ("Nomor 105" in teks, "Nomor 1:" in teks) == (True, False)
    assert "Tidak ada yang bertentangan di area ini." in client.get(alamat, {"area": "A.2"}).text
    assert client.get(alamat, {"area": "X"}).status_code == 404


def test_a_page_without_findings_says_so(client_for):
    kosong = PenilaianFactory()

    teks = get(client_for(OperatorFactory(satker=kosong.satker)), kosong)

    assert "Tidak ada yang perlu diperbaiki" in teks
    assert "tidak saling bertentangan" in teks


def test_what_was_accepted_stands_apart_with_reason_person_and_time(
    client_for, client, operator, penilaian
):
    alur.accept_temuan(penilaian, get_temuan(SATU).pk, "SK di papan", by=operator)

    for orang in (
        client,
        client_for(TimKanwilFactory(kanwil=penilaian.satker.kedudukansatker_set.get().kanwil)),
    ):
        teks = get(orang, penilaian)
        terbuka, diterima = teks.split('id="diterima"')
        assert "Nomor 1:" not in terbuka
        assert "Nomor 1: Jawaban Ya, nilai penuh" in diterima
        assert "Alasan: SK di papan" in diterima
        assert operator.nama in diterima
    assert "/tarik/" not in teks
    assert "/terima/" not in teks


@pytest.mark.parametrize("pilih", [1, 113])
def test_the_page_costs_the_same_at_any_length(client_for, count_queries, pilih):
    semua = list(build_jawaban().items())[:pilih]
    penilaian = PenilaianFactory(jawaban=dict(semua))
    client = client_for(OperatorFactory(satker=penilaian.satker))
    get(client, penilaian)

    with count_queries() as daftar_sql:
        get(client, penilaian)

    assert len(daftar_sql) == 6


# --- accepting ------------------------------------------------------------------------------------
def test_a_finding_is_accepted_on_its_own_page_without_scripts(client, penilaian):
    satu = get_temuan(SATU)
    alamat = reverse("temuan_accept", args=[penilaian.pk, satu.pk])
    halaman = client.get(alamat)
    assert "Jawaban Ya, nilai penuh" in halaman.text
    assert f'name="tanda" value="{satu.tanda}"' in halaman.text

    jawaban = client.post(alamat, {"alasan": "SK di papan", "tanda": satu.tanda})

    assert jawaban.url == reverse("temuan_list", args=[penilaian.pk])
    assert get_temuan(SATU).alasan == "SK di papan"


def test_facts_that_changed_meanwhile_are_shown_again(client, penilaian):
    satu = get_temuan(SATU)
    alamat = reverse("temuan_accept", args=[penilaian.pk, satu.pk])
    Temuan.objects.filter(pk=satu.pk).update(fakta_satu="Jawaban A, nilai penuh")

    jawaban = client.post(alamat, {"alasan": "SK di papan", "tanda": satu.tanda})

    assert jawaban.status_code == 409
    assert "berubah sejak halaman ini dibuka" in jawaban.text
    assert "Jawaban A, nilai penuh" in jawaban.text
    assert f'name="tanda" value="{get_temuan(SATU).tanda}"' in jawaban.text
    assert get_temuan(SATU).diterima_pada is None


def test_a_refused_acceptance_comes_back_with_what_was_typed(client, penilaian):
    satu = get_temuan(ADUAN)

    jawaban = client.post(
        reverse("temuan_accept", args=[penilaian.pk, satu.pk]),
        {"alasan": "tidak apa", "tanda": satu.tanda},
    )

    assert jawaban.status_code == 422
    assert "harus diperbaiki; alasan tidak menggantikannya" in jawaban.text
    assert "tidak apa" in jawaban.text


def test_an_acceptance_is_taken_back(client, operator, penilaian):
    satu = get_temuan(SATU)
    alur.accept_temuan(penilaian, satu.pk, "SK di papan", by=operator)
    alamat = reverse("temuan_withdraw", args=[penilaian.pk, satu.pk])
    assert "SK di papan" in client.get(alamat).text

    jawaban = client.post(alamat, {"alasan": "SK lama"}, follow=True)

    assert "Temuan nomor 1 terbuka lagi." in jawaban.text
    assert get_temuan(SATU).diterima_pada is None


def test_a_finding_of_another_lke_has_no_page(client, penilaian):
    satu = get_temuan(SATU)
    lain = PenilaianFactory(satker=penilaian.satker, tahun=2019, jawaban={SATU: "Ya"})

    for pk, temuan in ((lain.pk, satu.pk), (penilaian.pk, 10**9)):
        assert client.get(reverse("temuan_accept", args=[pk, temuan])).status_code == 404


# --- in the card ----------------------------------------------------------------------------------
def find_kartu(teks, nomor):
    return re.search(rf'<div class="findings" id="temuan-{nomor}"[^>]*>(.*?)</div>\n', teks, re.S)[
        1
    ]


def test_a_card_says_what_does_not_fit(client, client_for, penilaian):
    kartu = find_kartu(get(client, penilaian, "area_detail", "A.5"), 105)

    assert "<b>Harus diperbaiki: angka yang tidak mungkin</b>" in kartu
    assert "ditindaklanjuti: 14. Jumlah pengaduan yang harus ditindaklanjuti: 12." in kartu
    assert "/terima/" not in kartu
    satu = find_kartu(get(client, penilaian, "area_detail", "A.1"), 1)
    assert "Terima dengan alasan" in satu
    kanwil = client_for(TimKanwilFactory(kanwil=penilaian.satker.kedudukansatker_set.get().kanwil))
    baca = find_kartu(get(kanwil, penilaian, "area_detail", "A.1"), 1)
    assert ("Belum ada bukti dukung" in baca, "Terima" in baca) == (True, False)


def test_a_card_shows_the_reason_of_what_was_accepted(client, operator, penilaian):
    alur.accept_temuan(penilaian, get_temuan(SATU).pk, "SK <b>di papan", by=operator)

    kartu = find_kartu(get(client, penilaian, "area_detail", "A.1"), 1)

    assert "Nilai penuh tanpa bukti: diterima satker" in kartu
    assert "Alasan: SK &lt;b&gt;di papan" in kartu


def test_the_index_marks_what_must_be_mended(client, penilaian):
    teks = get(client, penilaian, "area_detail", "A.5")

    assert 'href="#q105" data-keadaan="temuan"' in teks


def test_a_saved_answer_brings_its_findings_as_the_page_shows_them(client, penilaian):
    jawaban = client.post(
        reverse("jawaban_edit", args=[penilaian.pk, "A.I.1.i.b"]),
        {"pilihan": "A", "catatan": "tahun 2015", "versi_isi": "0"},
        headers=HTMX,
    )

    kiriman = find_kartu(jawaban.text, 2)
    assert "Catatan menyebut tahun 2015" in kiriman
    halaman = get(client, penilaian, "area_detail", "A.1")
    assertInHTML(f'<div class="findings" id="temuan-2">{kiriman}</div>', halaman)
    assert '"keadaan": "isi"' in jawaban["HX-Trigger"]


def test_a_saved_answer_that_cannot_be_marks_its_number(client, penilaian):
    jawaban = client.post(
        reverse("jawaban_edit", args=[penilaian.pk, "A.II.6.i.b"]),
        {"isian-layanan_terdata": "2", "isian-layanan_dipermudah": "3", "versi_isi": "0"},
        headers=HTMX,
    )

    assert '"keadaan": "temuan"' in jawaban["HX-Trigger"]


def test_a_saved_answer_refreshes_the_other_card_that_reads_it(client, penilaian):
    pengisian.write_many(
        penilaian, {MENYATU: {"jumlah_perubahan": 5, "jumlah_terintegrasi": 5}}, by=None
    )

    jawaban = client.post(
        reverse("jawaban_edit", args=[penilaian.pk, AGEN]),
        {"isian-jumlah_agen": "7", "isian-jumlah_perubahan": "6", "versi_isi": "0"},
        headers=HTMX,
    )

    assert find_kartu(jawaban.text, 88) == ""
    assert "Di nomor 88 jumlah perubahan yang dihasilkan 6" in find_kartu(jawaban.text, 89)
    assert '"lain": {"89": true}' in jawaban["HX-Trigger"]


def test_the_evidence_part_brings_the_findings_along(client, penilaian):
    alamat = reverse("bukti_kartu", args=[penilaian.pk, SATU])
    assert "Belum ada bukti dukung" in client.get(alamat, headers=HTMX).text

    BuktiFactory(penilaian=penilaian, kode=SATU)
    alur.run_xray(penilaian)

    assert "Belum ada bukti dukung" not in client.get(alamat, headers=HTMX).text


def test_the_hub_and_the_board_count_and_lead_there(client_for, penilaian):
    hub = get(client_for(KepalaFactory(satker=penilaian.satker)), penilaian, "penilaian_detail")
    assert "1 harus diperbaiki</b>, 1 sebaiknya diperiksa." in hub
    assert f'href="/lke/{penilaian.pk}/periksa/"' in hub
    kanwil = client_for(TimKanwilFactory(kanwil=penilaian.satker.kedudukansatker_set.get().kanwil))
    papan = kanwil.get(reverse("lke_list")).text
    assert f'<a class="short" href="/lke/{penilaian.pk}/periksa/">1 harus</a>' in papan
