"""Filling an LKE through its pages, with and without htmx."""

import datetime
import gzip
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from penilaian.models import (
    AreaPenilaian,
    Jawaban,
    JenisPredikat,
    LapisPenilaian,
    Penilaian,
    Pertanyaan,
    Rekap,
    Temuan,
)
from satker.models import Riwayat
from tests.factories import (
    KanwilFactory,
    KepalaFactory,
    OperatorFactory,
    PenilaianFactory,
    PenugasanFactory,
    TimKanwilFactory,
)
from tests.factories.lke import build_jawaban

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def penilaian():
    return PenilaianFactory()


@pytest.fixture
def operator(penilaian):
    return OperatorFactory(satker=penilaian.satker)


def alamat(penilaian, kode):
    return reverse("jawaban_edit", args=[penilaian.pk, kode])


def test_an_answer_saved_by_htmx_comes_back_with_its_state_and_the_score_bar(
    client_for, operator, penilaian
):
    respons = client_for(operator).post(
        alamat(penilaian, "A.I.1.i.a"), {"pilihan": "Ya", "versi_isi": "0"}, headers=HTMX
    )

    assert respons.status_code == 200
    assert 'id="simpan-1" data-simpan="tersimpan"' in respons.text
    assert 'name="versi_isi" value="1"' in respons.text
    assert "Nilai 1,00 × bobot 0,50 ÷ 2 = <b>0,25</b>" in respons.text
    assert 'id="bilah"' in respons.text
    assert "Area 1</a> 0,25 dari 8" in respons.text
    assert respons["HX-Trigger"] == '{"tersimpan": {"nomor": 1, "keadaan": "isi", "lain": {}}}'


def test_without_javascript_the_form_goes_back_to_its_card(client_for, operator, penilaian):
    client = client_for(operator)

    respons = client.post(
        alamat(penilaian, "A.I.6.i.b"), {"pilihan": "B", "versi_isi": "0", "catatan": "Ada."}
    )

    assert respons.status_code == 302
    assert respons.url == reverse("area_detail", args=[penilaian.pk, "A.6"]) + "#q70"
    halaman = client.get(reverse("area_detail", args=[penilaian.pk, "A.6"]))
    assert '<input type="radio" name="pilihan" value="B" checked>' in halaman.text
    assert "Ada.</textarea>" in halaman.text


def test_a_saved_index_shows_the_indonesian_comma(client_for, operator, penilaian):
    client = client_for(operator)

    client.post(alamat(penilaian, "B.I.a"), {"isian-indeks": "3,71", "versi_isi": "0"})

    assert Jawaban.objects.get().jawab == {"indeks": Decimal("3.71")}
    assert 'value="3,71"' in client.get(reverse("area_detail", args=[penilaian.pk, "B"])).text


def test_the_loser_of_a_race_sees_both_versions_and_can_use_the_own_one(
    client_for, operator, penilaian
):
    client = client_for(operator)
    client.post(alamat(penilaian, "A.I.1.i.b"), {"pilihan": "A", "versi_isi": "0"})

    respons = client.post(
        alamat(penilaian, "A.I.1.i.b"),
        {"pilihan": "C", "versi_isi": "0", "catatan": "Punya saya <b>"},
        headers=HTMX,
    )

    assert respons.status_code == 409
    assert "Sekarang tersimpan</dt><dd>A" in respons.text
    assert "Jawaban Anda</dt><dd>C" in respons.text
    assert "Punya saya &lt;b&gt;" in respons.text
    assert Jawaban.objects.get().pilihan == "A"
    paksa = client.post(
        alamat(penilaian, "A.I.1.i.b"), {"pilihan": "C", "versi_isi": "1"}, headers=HTMX
    )
    assert paksa.status_code == 200
    assert Jawaban.objects.get().pilihan == "C"


def test_the_race_without_javascript_offers_both_as_buttons(client_for, operator, penilaian):
    client = client_for(operator)
    client.post(alamat(penilaian, "A.I.1.i.b"), {"pilihan": "A", "versi_isi": "0"})

    respons = client.post(
        alamat(penilaian, "A.I.1.i.b"), {"pilihan": "C", "versi_isi": "0", "catatan": "x"}
    )

    assert respons.status_code == 409
    assert '<input type="hidden" name="pilihan" value="C">' in respons.text
    assert '<input type="hidden" name="versi_isi" value="1">' in respons.text


@pytest.mark.parametrize(
    ("kode", "isi", "pesan"),
    [
        ("A.I.1.i.a", {"pilihan": "E"}, "tidak ada pada pilihannya"),
        ("A.II.1.i.a", {"isian-jumlah_agen": "tujuh"}, "bukan angka"),
        ("A.II.1.i.a", {"isian-jumlah_agen": "7,5"}, "bilangan bulat"),
        ("B.II.a", {"isian-indeks": "5"}, "paling besar 4"),
        ("A.I.1.i.a", {"pilihan": "Ya", "versi_isi": "x"}, "Formulir tidak utuh"),
        ("A.I.1.i.a", {"pilihan": "Ya", "catatan": "x" * 4001}, "paling panjang 4000"),
    ],
)
def test_a_refused_answer_is_told_beside_the_card_and_writes_nothing(
    client_for, operator, penilaian, kode, isi, pesan
):
    jumlah = Riwayat.objects.count()

    respons = client_for(operator).post(
        alamat(penilaian, kode), {"versi_isi": "0"} | isi, headers=HTMX
    )

    assert respons.status_code == 422
    assert pesan in respons.text
    assert 'data-simpan="gagal"' in respons.text
    assert not Jawaban.objects.exists()
    assert Riwayat.objects.count() == jumlah


def test_an_operator_of_another_area_is_refused(client_for, penilaian):
    operator = OperatorFactory(satker=penilaian.satker, daftar_area=["A.6"])
    client = client_for(operator)

    respons = client.post(
        alamat(penilaian, "A.I.1.i.a"), {"pilihan": "Ya", "versi_isi": "0"}, headers=HTMX
    )

    assert respons.status_code == 422
    assert not Jawaban.objects.exists()
    halaman = client.get(reverse("area_detail", args=[penilaian.pk, "A.1"]))
    assert "hx-post" not in halaman.text
    assert "hx-post" in client.get(reverse("area_detail", args=[penilaian.pk, "A.6"])).text


def test_the_kanwil_reads_and_does_not_fill(client_for, penilaian):
    kanwil = TimKanwilFactory(kanwil=penilaian.satker.kedudukansatker_set.get().kanwil)
    client = client_for(kanwil)

    halaman = client.get(reverse("area_detail", args=[penilaian.pk, "A.1"]))

    assert halaman.status_code == 200
    assert "hx-post" not in halaman.text
    assert client.post(alamat(penilaian, "A.I.1.i.a"), {"pilihan": "Ya"}).status_code == 403


def test_continue_opens_the_first_unanswered_question_of_my_areas(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban(tanpa=["A.I.2.i.a", "A.I.6.i.b"]))
    semua = client_for(KepalaFactory(satker=penilaian.satker))
    enam = client_for(OperatorFactory(satker=penilaian.satker, daftar_area=["A.6"]))
    lanjut = reverse("lke_continue", args=[penilaian.pk])

    assert semua.get(lanjut).url.endswith("/area/A.2/#q13")
    assert semua.get(lanjut + "?sesudah=13").url.endswith("/area/A.6/#q70")
    assert enam.get(lanjut).url.endswith("/area/A.6/#q70")


def test_with_everything_answered_continue_leads_to_the_hub(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban())
    client = client_for(KepalaFactory(satker=penilaian.satker))

    respons = client.get(reverse("lke_continue", args=[penilaian.pk]))

    assert respons.url == reverse("penilaian_detail", args=[penilaian.pk])


def test_last_years_answer_and_a_reviewers_remark_stand_on_the_card(client_for):
    penilaian = PenilaianFactory()
    lalu = PenilaianFactory(
        satker=penilaian.satker, tahun=penilaian.tahun - 1, jawaban={"A.I.1.i.b": "C"}
    )
    Jawaban.objects.filter(penilaian=lalu).update(catatan="Tim belum lengkap")
    pertanyaan = Pertanyaan.objects.get(kode="A.I.1.i.b")
    Jawaban.objects.create(
        penilaian=penilaian,
        pertanyaan=pertanyaan,
        lapis=LapisPenilaian.objects.get(kode="kanwil"),
        pilihan="C",
        catatan="SK belum bertanggal",
    )
    client = client_for(OperatorFactory(satker=penilaian.satker))

    halaman = client.get(reverse("area_detail", args=[penilaian.pk, "A.1"])).text

    assert f"Jawaban {lalu.tahun}: C" in halaman
    assert "Tim belum lengkap" in halaman
    assert "Catatan Kantor wilayah" in halaman
    assert "SK belum bertanggal" in halaman


def test_a_draft_is_shown_as_such_and_counts_when_it_is_saved(client_for, operator, penilaian):
    pertanyaan = Pertanyaan.objects.get(kode="A.I.1.i.b")
    Jawaban.objects.create(penilaian=penilaian, pertanyaan=pertanyaan, pilihan="B", draf=True)
    client = client_for(operator)

    halaman = client.get(reverse("area_detail", args=[penilaian.pk, "A.1"])).text
    client.post(alamat(penilaian, "A.I.1.i.b"), {"pilihan": "B", "versi_isi": "1"})

    assert "Draf dari tahun lalu, belum dihitung" in halaman
    assert 'href="#q2" data-keadaan="draf"' in halaman
    assert not Jawaban.objects.get().draf
    assert Rekap.objects.get().jumlah_terisi == 1


def test_a_submitted_assessment_says_why_it_is_closed(client_for, operator, penilaian):
    Penilaian.objects.update(
        status="diajukan", diajukan_pada=timezone.now(), diajukan_oleh=operator
    )
    client = client_for(operator)

    halaman = client.get(reverse("area_detail", args=[penilaian.pk, "A.1"]))
    respons = client.post(
        alamat(penilaian, "A.I.1.i.a"), {"pilihan": "Ya", "versi_isi": "0"}, headers=HTMX
    )

    assert "sudah diajukan pada" in halaman.text
    assert "hx-post" not in halaman.text
    assert respons.status_code == 422
    assert not Jawaban.objects.exists()


def test_a_locked_area_is_locked_on_every_page(client_for, operator, penilaian):
    AreaPenilaian.objects.filter(area="A.1").update(
        diajukan_pada=timezone.now(), diajukan_oleh=operator
    )
    client = client_for(operator)

    assert "hx-post" not in client.get(reverse("area_detail", args=[penilaian.pk, "A.1"])).text
    semua = client.get(reverse("lke_full", args=[penilaian.pk])).text
    assert semua.count("hx-post=") == 113 - 16


@pytest.mark.parametrize("nama", ["penilaian_detail", "area_detail", "lke_full"])
@pytest.mark.parametrize("penuh", [False, True])
def test_pages_cost_the_same_empty_and_full(client_for, count_queries, nama, penuh):
    penilaian = PenilaianFactory(jawaban=build_jawaban() if penuh else None)
    PenilaianFactory(
        satker=penilaian.satker,
        tahun=penilaian.tahun - 1,
        jawaban=build_jawaban() if penuh else None,
    )
    client = client_for(OperatorFactory(satker=penilaian.satker))
    argumen = [penilaian.pk, "A.6"] if nama == "area_detail" else [penilaian.pk]
    client.get(reverse(nama, args=argumen))

    with count_queries() as daftar_sql:
        respons = client.get(reverse(nama, args=argumen))

    assert respons.status_code == 200
    assert len(daftar_sql) <= {"penilaian_detail": 7, "area_detail": 10, "lke_full": 12}[nama]


def test_a_first_visit_to_an_area_weighs_fifty_kilobytes_at_most(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban())
    client = client_for(OperatorFactory(satker=penilaian.satker))

    halaman = client.get(reverse("area_detail", args=[penilaian.pk, "A.6"]))
    statis = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', halaman.text)
    berat = len(gzip.compress(halaman.content, 6)) + sum(
        len(gzip.compress(Path(finders.find(nama)).read_bytes(), 6)) for nama in statis
    )

    assert len(statis) >= 9
    assert berat <= 50_000


def test_saving_one_answer_asks_fifteen_statements_at_most(
    client_for, count_queries, operator, penilaian
):
    client = client_for(operator)
    client.post(alamat(penilaian, "A.I.1.i.a"), {"pilihan": "Ya", "versi_isi": "0"}, headers=HTMX)

    with count_queries() as daftar_sql:
        respons = client.post(
            alamat(penilaian, "A.I.1.i.b"), {"pilihan": "A", "versi_isi": "0"}, headers=HTMX
        )

    assert respons.status_code == 200
    # An A without evidence: a finding is written as well.
    assert Temuan.objects.filter(pertanyaan__kode="A.I.1.i.b").count() == 1
    assert len([satu for satu in daftar_sql if "SAVEPOINT" not in satu]) == 13


def test_an_unknown_area_or_question_does_not_exist(client_for, operator, penilaian):
    client = client_for(operator)

    assert client.get(f"/lke/{penilaian.pk}/area/A.9/").status_code == 404
    assert client.post(alamat(penilaian, "A.I.9.i.a"), {}).status_code == 404


def test_a_note_with_gap_characters_stays_text(client_for, operator, penilaian):
    """The frame of a card has gaps; what a person types never opens one."""
    client = client_for(operator)
    client.post(
        alamat(penilaian, "A.I.1.i.b"),
        {"pilihan": "A", "versi_isi": "0", "catatan": "\x01csrf\x01</textarea><script>"},
    )

    halaman = client.get(reverse("area_detail", args=[penilaian.pk, "A.1"])).text

    assert "\x01csrf\x01&lt;/textarea&gt;&lt;script&gt;</textarea>" in halaman


def test_the_hub_names_the_gates_that_are_missed(client_for):
    penilaian = PenilaianFactory(target=JenisPredikat.WBBM, jawaban=build_jawaban(indeks="3.5"))
    client = client_for(KepalaFactory(satker=penilaian.satker))

    halaman = client.get(reverse("penilaian_detail", args=[penilaian.pk])).text

    assert "113 dari 113 pertanyaan terjawab" in halaman
    assert "syarat belum terpenuhi" in halaman
    assert "Nilai Survei Persepsi Anti Korupsi" in halaman


def test_a_window_not_open_yet_says_when(client_for):
    hari = timezone.localdate()
    penilaian = PenilaianFactory(
        buka_pada=hari + datetime.timedelta(days=3), tutup_pada=hari + datetime.timedelta(days=9)
    )
    client = client_for(OperatorFactory(satker=penilaian.satker))

    assert (
        "Pengisian dibuka mulai"
        in client.get(reverse("area_detail", args=[penilaian.pk, "A.1"])).text
    )


def test_who_fills_an_lke_begins_there(client_for, operator, penilaian):
    PenilaianFactory(satker=penilaian.satker, tahun=penilaian.tahun - 1)

    respons = client_for(operator).get(reverse("ringkasan"))

    assert respons.url == reverse("penilaian_detail", args=[penilaian.pk])


def test_who_also_leads_a_kanwil_begins_at_the_kanwil(client_for, operator, penilaian):
    PenugasanFactory(pengguna=operator, peran="tim_kanwil", kanwil=KanwilFactory())

    respons = client_for(operator).get(reverse("ringkasan"))

    kanwil = penilaian.satker.kedudukansatker_set.get().kanwil
    assert respons.url == reverse("kanwil_detail", args=[kanwil.satker.kode])
