"""Pages of the Perjanjian Kinerja."""

import datetime
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertRedirects

from satker import papan_janji as papan
from satker.alur import janji as alur
from satker.forms.janji_isi import IsiForm
from satker.janji import Isi, compute_sidik
from satker.models import (
    Dipa,
    IndikatorKinerja,
    KedudukanSatker,
    Kegiatan,
    Penugasan,
    PerjanjianKinerja,
    Sasaran,
)
from satker.perjanjian import read_isi
from tests.factories import (
    AdminFactory,
    KanwilFactory,
    KepalaFactory,
    OperatorFactory,
    SatkerFactory,
    TimKanwilFactory,
)
from tests.factories.janji import make_isi, make_perjanjian, sign
from tests.penilaian.bukti.contoh import build_pdf

pytestmark = pytest.mark.django_db
HARI = datetime.date(2026, 1, 19)


@pytest.fixture
def kanwil():
    return KanwilFactory()


def read_pdf(respons) -> str:
    assert respons["Content-Type"] == "application/pdf"
    pembaca = PdfReader(io.BytesIO(respons.content))
    return " ".join(" ".join(satu.extract_text() for satu in pembaca.pages).split())


# --- the list -------------------------------------------------------------------------------------
def test_the_list_counts_and_its_figures_lead_to_the_rows(client_for, kanwil):
    tepat, lambat, tanpa, lewat = (
        SatkerFactory(kanwil=kanwil, nama=f"Lapas Uji {satu}") for satu in "ABCD"
    )
    for satker, dipa in ((tepat, 19), (lambat, 10), (lewat, 1)):
        alur.record_dipa(satker, 2026, datetime.date(2025, 12, dipa), by=None)
    for satker in (tepat, lambat, tanpa):
        make_perjanjian(satker, tahun=2026, tanggal=HARI)
    client = client_for(TimKanwilFactory(kanwil=kanwil))
    url = reverse("perjanjian_list")

    page = client.get(url, {"tahun": "2026"})

    assertContains(page, "3 dari 5 satker")
    hitungan = page.context["hitungan"]
    assert hitungan == {
        "satker": 5,
        "sudah": 3,
        "tepat": 1,
        "terlambat": 1,
        "tanpa_dipa": 1,
        "belum": 2,
        "lewat": 1,
        "berganti": 0,
        "dipa": 2,
    }
    for keadaan in papan.LABEL_KEADAAN:
        daftar = client.get(url, {"tahun": "2026", "keadaan": keadaan})
        assert daftar.context["page"].paginator.count == hitungan[keadaan], keadaan
    # Most behind first, and late is said in days.
    assert page.context["page"][0].satker == lewat
    assertContains(page, "terlambat 9 hari")
    assertContains(page, "Belum dapat dinilai")
    unduh = b"".join(client.get(reverse("perjanjian_unduh", args=["csv"]), {"tahun": "2026"}))
    assert unduh.decode().count("\n") == 6


def test_pk3_is_the_same_in_sql_and_in_python(kanwil):
    """Signers in and outside the system, still in office, gone, replaced."""
    hari = datetime.date(2026, 6, 1)
    for nomor in range(6):
        satker = SatkerFactory(kanwil=kanwil)
        satu = make_perjanjian(satker, tahun=2026, tanggal=HARI)
        if nomor % 2:
            Penugasan.objects.filter(pk=satu.pihak_pertama_id).update(
                berlaku_sampai=datetime.date(2026, 3, 1)
            )
        if nomor > 1:
            KepalaFactory(satker=satker, berlaku_dari=datetime.date(2026, 2, 1))
        if nomor > 3:
            PerjanjianKinerja.objects.filter(pk=satu.pk).update(pihak_pertama=None)
    saringan = papan.Saringan(2026, hari)
    posisi = KedudukanSatker.objects.at(hari).filter(satker__perjanjiankinerja__isnull=False)
    daftar = list(papan._with_perjanjian(posisi, saringan).select_related("satker"))

    papan.fill_baris(daftar, saringan)

    assert len(daftar) == 6
    assert {satu.pergantian is not None for satu in daftar} == {True, False}
    for satu in daftar:
        assert bool(satu.pergantian) == satu.berganti
    berganti = sum(satu.berganti for satu in daftar)
    assert papan.count(papan._with_perjanjian(posisi, saringan), saringan)["berganti"] == berganti


@pytest.mark.parametrize(
    "dipa", [datetime.date(2026, 1, 31), datetime.date(2024, 1, 31), datetime.date(2025, 12, 5)]
)
def test_the_deadline_is_the_same_in_sql_and_in_python(dipa):
    satker = SatkerFactory()
    Dipa.objects.create(satker=satker, tahun=dipa.year, tanggal=dipa)
    saringan = papan.Saringan(dipa.year, HARI)
    posisi = papan._with_perjanjian(satker.kedudukansatker_set.all(), saringan)

    assert posisi.get().tenggat == papan.janji.compute_tenggat(dipa)


@pytest.mark.parametrize("jumlah", [1, 3])
def test_the_list_costs_the_same_at_any_length(
    client_for, django_assert_num_queries, kanwil, jumlah
):
    for _ in range(jumlah):
        make_perjanjian(SatkerFactory(kanwil=kanwil), tahun=2026, tanggal=HARI)
    client = client_for(TimKanwilFactory(kanwil=kanwil))
    client.get(reverse("perjanjian_list"))

    with django_assert_num_queries(9):
        client.get(reverse("perjanjian_list"), {"tahun": "2026"})


def test_somebody_of_one_unit_goes_straight_to_it(client_for):
    orang = OperatorFactory()
    client = client_for(orang)
    kode = orang.penugasan_set.get().satker.kode
    tahun = timezone.localdate().year

    page = client.get(reverse("perjanjian_list"))

    assertRedirects(page, reverse("perjanjian_satker", args=[kode, tahun]))
    mulai = client.post(reverse("perjanjian_start", args=[kode, tahun]))
    draf = PerjanjianKinerja.objects.get()
    assertRedirects(mulai, reverse("perjanjian_isi", args=[draf.pk]))
    assertRedirects(
        client.get(reverse("perjanjian_satker", args=[kode, tahun])),
        reverse("perjanjian_detail", args=[draf.pk]),
    )


def test_the_kanwil_records_dipa_for_many_at_once(client_for, kanwil):
    satu, dua = SatkerFactory(kanwil=kanwil), SatkerFactory(kanwil=kanwil)
    client = client_for(TimKanwilFactory(kanwil=kanwil))
    url = reverse("dipa_list") + "?tahun=2026"

    salah = client.post(url, {"tanggal": "2024-01-01", "satker": [satu.kode]})
    assert salah.status_code == 422
    assertContains(salah, "bukan untuk tahun 2026", status_code=422)
    asing = client.post(url, {"tanggal": "2025-12-01", "satker": [SatkerFactory().kode]})
    assert asing.status_code == 422
    assert not Dipa.objects.exists()

    client.post(url, {"tanggal": "2025-12-01", "satker": [satu.kode, dua.kode]})
    assert Dipa.objects.count() == 2


# --- one agreement --------------------------------------------------------------------------------
@pytest.mark.parametrize("jumlah", [1, 3])
def test_a_page_costs_the_same_at_any_length(client_for, django_assert_num_queries, kanwil, jumlah):
    induk = make_perjanjian(kanwil.satker, tahun=2026, tanggal=HARI)
    sumber = [satu.pk for satu in IndikatorKinerja.objects.all()]
    for _ in range(jumlah):
        draf = make_perjanjian(SatkerFactory(kanwil=kanwil), tahun=2026, isi=Isi())
        alur.cascade(draf, sumber[:jumlah], by=None)
        terakhir = sign(draf, HARI)
    client = client_for(AdminFactory())

    with django_assert_num_queries(20):
        page = client.get(reverse("perjanjian_detail", args=[induk.pk]))
    assertContains(page, f"Diturunkan ke {jumlah} satker")
    with django_assert_num_queries(19):
        page = client.get(reverse("perjanjian_detail", args=[terakhir.pk]))
    assertContains(page, "Turunan dari Kanwil: Layanan tepat waktu, 90 persen")


def test_a_change_of_official_is_seen_until_the_new_version_is_signed(client_for):
    lama = make_perjanjian(tahun=2026, tanggal=HARI)
    Penugasan.objects.filter(pk=lama.pihak_pertama_id).update(
        berlaku_sampai=datetime.date(2026, 2, 1)
    )
    KepalaFactory(satker=lama.satker, berlaku_dari=datetime.date(2026, 2, 1))
    client = client_for(AdminFactory())
    url = reverse("perjanjian_detail", args=[lama.pk])

    assertContains(client.get(url), "Pejabat berganti sejak 1 Februari 2026")

    isi = {"alasan": "pejabat", "keterangan": "Serah terima jabatan"}
    client.post(reverse("perjanjian_revise", args=[lama.pk]), isi)
    baru = PerjanjianKinerja.objects.get(versi=2)
    assertContains(client.get(url), "versi baru belum ditandatangani")
    sign(baru, datetime.date(2026, 2, 2))
    page = client.get(url)
    assertContains(page, "Sudah digantikan versi baru")
    assertContains(client.get(reverse("perjanjian_diff", args=[baru.pk])), "Pihak pertama:")


def test_differences_with_the_kanwil_are_told_from_both_sides(client_for, kanwil):
    make_perjanjian(kanwil.satker, tahun=2026, tanggal=HARI)
    pertama, _ = IndikatorKinerja.objects.order_by("urutan")
    draf = make_perjanjian(SatkerFactory(kanwil=kanwil), tahun=2026, isi=Isi())
    alur.cascade(draf, [pertama.pk], by=None)
    isi = read_isi(draf)
    lebih = make_isi(target=Decimal(95), id=isi.daftar_sasaran[0].daftar_indikator[0].id)
    alur.save_isi(draf, lebih, by=None)

    page = client_for(AdminFactory()).get(reverse("perjanjian_diff", args=[draf.pk]))

    hasil = page.context["induk"].indikator
    assert [satu.nama for satu in hasil.berubah] == ["Layanan tepat waktu"]
    assert [satu.nama for satu in hasil.hilang] == ["Gangguan keamanan"]
    assert [satu.nama for satu in hasil.baru] == ["Gangguan keamanan"]
    assertContains(page, "Ada di Kanwil, tidak diturunkan")


def test_an_operator_takes_indicators_down_by_ticking_them(client_for, kanwil):
    make_perjanjian(kanwil.satker, tahun=2026, tanggal=HARI)
    pertama, kedua = IndikatorKinerja.objects.order_by("urutan")
    satker = SatkerFactory(kanwil=kanwil)
    draf = make_perjanjian(satker, tahun=2026, isi=Isi())
    client = client_for(OperatorFactory(satker=satker))
    url = reverse("perjanjian_cascade", args=[draf.pk])

    kosong = client.post(url, {"indikator": ["x", "9" * 30]})
    assert kosong.status_code == 422
    client.post(url, {"indikator": [pertama.pk]})

    page = client.get(url)
    assert page.context["sudah"] == {pertama.pk}
    assertContains(page, f'value="{pertama.pk}" disabled')
    # The Kanwil's own agreement is not theirs to read.
    assert (
        client.get(reverse("perjanjian_detail", args=[kedua.sasaran.perjanjian_id])).status_code
        == 404
    )


# --- filling in -----------------------------------------------------------------------------------
def build_data(**lain):
    """A goal with one indicator and one activity, as the page sends them."""
    return {
        "s-TOTAL_FORMS": "1",
        "s-INITIAL_FORMS": "1",
        "s-0-nama": "Layanan membaik",
        "i0-TOTAL_FORMS": "2",
        "i0-INITIAL_FORMS": "1",
        "i0-0-nama": "Layanan tepat waktu",
        "i0-0-arah": "naik",
        "i0-0-satuan": "persen",
        "i0-0-target": "95,5",
        "i0-0-b03": "90",
        "i0-1-arah": "naik",
        "k-TOTAL_FORMS": "1",
        "k-INITIAL_FORMS": "0",
        "k-0-nama": "Pembinaan",
        "k-0-anggaran": "Rp1.250.000.000",
        **lain,
    }


@pytest.fixture
def draf():
    return make_perjanjian(tahun=2026, isi=Isi())


@pytest.fixture
def isi_url(draf):
    return reverse("perjanjian_isi", args=[draf.pk])


def send(client, draf, url, **lain):
    sidik = compute_sidik(read_isi(draf).to_data())
    return client.post(url, build_data(sidik=sidik, **lain))


def test_rows_are_saved_with_a_decimal_comma_and_read_back(client_for, draf, isi_url):
    client = client_for(OperatorFactory(satker=draf.satker))

    saved = send(client, draf, isi_url)

    assertRedirects(saved, reverse("perjanjian_detail", args=[draf.pk]))
    satu = IndikatorKinerja.objects.get()
    assert (satu.target, satu.target_b03, satu.target_b06) == (Decimal("95.5"), 90, None)
    assert Kegiatan.objects.get().anggaran == 1_250_000_000
    page = client.get(isi_url)
    assertContains(page, 'value="95,5"')
    assertContains(page, 'value="1.250.000.000"')
    assertContains(client.get(reverse("perjanjian_detail", args=[draf.pk])), "Rp1.250.000.000")


@pytest.mark.parametrize(
    ("lain", "pesan"),
    [
        ({"i0-0-satuan": ""}, "Sasaran 1, indikator 1, satuan: Tulis satuan ukuran"),
        ({"i0-0-target": ""}, "Sasaran 1, indikator 1, target setahun: Tulis target"),
        ({"i0-0-target": "banyak"}, "“banyak” bukan angka. Tulis seperti 12,5"),
        ({"i0-0-b06": "-1"}, "Sasaran 1, indikator 1, b06: “-1” kurang dari nol."),
        ({"i0-1-satuan": "orang"}, "Sasaran 1, indikator 2, indikator: Tulis nama indikator."),
        ({"s-0-nama": ""}, "Tulis sasaran untuk indikator di bawahnya"),
        ({"k-0-nama": ""}, "Kegiatan 1, kegiatan: Tulis nama kegiatan."),
        ({"i0-0-arah": "miring"}, "Sasaran 1, indikator 1, lebih baik bila"),
        ({"s-TOTAL_FORMS": "x"}, "Belum disimpan"),
        ({"i0-TOTAL_FORMS": "9999"}, "Belum disimpan"),
    ],
)
def test_what_is_wrong_names_its_row_and_nothing_is_lost(client_for, draf, isi_url, lain, pesan):
    client = client_for(OperatorFactory(satker=draf.satker))

    page = send(client, draf, isi_url, **lain)

    assert page.status_code == 422
    assertContains(page, pesan, status_code=422)
    assert not Sasaran.objects.exists()
    if "s-TOTAL_FORMS" not in lain:
        assertContains(page, "Layanan tepat waktu", status_code=422)


@pytest.mark.parametrize(
    ("pilihan", "kolom"), [("i0", "i0-3-nama"), ("s", "i1-1-nama"), ("k", "k-2-nama")]
)
def test_more_rows_are_given_without_a_script_and_nothing_is_saved(
    client_for, draf, isi_url, pilihan, kolom
):
    client = client_for(OperatorFactory(satker=draf.satker))

    page = send(client, draf, isi_url, tambah=pilihan, **{"i0-0-target": ""})

    assertContains(page, f'name="{kolom}"')
    assertContains(page, "Layanan tepat waktu")
    assert "Belum disimpan" not in page.text
    assert 'class="error"' not in page.text
    assert not Sasaran.objects.exists()


def test_ticked_rows_go_and_blank_ones_are_no_rows(client_for, draf, isi_url):
    client = client_for(OperatorFactory(satker=draf.satker))
    send(client, draf, isi_url)

    hapus = {"i0-0-DELETE": "on", "i0-1-nama": "Baru", "i0-1-satuan": "%", "i0-1-target": "1"}
    send(client, draf, isi_url, **hapus)

    assert IndikatorKinerja.objects.get().nama == "Baru"
    send(client, draf, isi_url, **{"s-0-DELETE": "on", "i0-0-satuan": ""})
    assert not Sasaran.objects.exists()


def test_who_comes_second_is_told_and_may_save_again(client_for, draf, isi_url):
    client = client_for(OperatorFactory(satker=draf.satker))
    lama = compute_sidik(read_isi(draf).to_data())
    alur.save_isi(draf, make_isi(), by=None)

    page = client.post(isi_url, build_data(sidik=lama))

    assert page.status_code == 409
    assertContains(page, "baru saja diubah orang lain", status_code=409)
    assert IndikatorKinerja.objects.count() == 2
    client.post(isi_url, build_data(sidik=page.context["sidik"]))
    assert IndikatorKinerja.objects.get().nama == "Layanan tepat waktu"


def test_the_form_of_stored_content_gives_it_back():
    isi = make_isi(target=Decimal("12.5"))
    form = IsiForm(isi=isi)

    assert [satu.initial.get("nama") for satu in form.sasaran] == ["Layanan pemasyarakatan membaik"]
    assert len(form.sasaran[0].indikator.forms) == 3


# --- parties, signing, papers ---------------------------------------------------------------------
def test_an_official_outside_the_system_is_named_by_hand(client_for, draf):
    client = client_for(OperatorFactory(satker=draf.satker))
    url = reverse("perjanjian_pihak", args=[draf.pk])
    isi = {"tugas_pertama": draf.pihak_pertama_id, "jabatan_pertama": "Kepala Lapas Uji"}

    kurang = client.post(url, isi | {"tugas_kedua": "luar", "jabatan_kedua": "Direktur"})
    assertContains(kurang, "Tulis nama pihak kedua", status_code=422)
    sama = isi | {
        "tugas_kedua": "luar",
        "jabatan_kedua": "x",
        "nama_kedua": draf.pihak_pertama.pengguna.nama,
    }
    assertContains(client.post(url, sama), "dua orang yang berbeda", status_code=422)
    client.post(url, sama | {"nama_kedua": "Pejabat Luar"})

    page = client.get(reverse("perjanjian_detail", args=[draf.pk]))
    assertContains(page, "Pejabat Luar")
    assertContains(page, "tidak dapat diperiksa")


def test_a_draft_is_printed_with_a_mark_and_clean_once_it_is_complete(client_for, draf):
    client = client_for(OperatorFactory(satker=draf.satker))
    url = reverse("perjanjian_print", args=[draf.pk])

    assert client.get(url, {"untuk": "tanda-tangan"}).status_code == 404
    alur.save_isi(draf, make_isi(target=Decimal("95.5")), by=None)
    teks = read_pdf(client.get(url))
    assert "DRAF" in teks
    bersih = read_pdf(client.get(url, {"untuk": "tanda-tangan"}))

    assert "DRAF" not in bersih
    for satu in (
        "PERJANJIAN KINERJA TAHUN 2026",
        draf.nama_pertama,
        draf.nama_kedua,
        "LAMPIRAN",
        "Layanan tepat waktu",
        "95,5 persen",
        "Rp1.250.000.000",
        "Pihak Pertama",
    ):
        assert satu in bersih
    # What is printed at the foot is what gets frozen.
    satu = sign(draf, HARI)
    assert satu.sidik in bersih
    assert "19 Januari 2026" in read_pdf(client.get(url))


def test_signing_by_hand_and_the_file_comes_back_as_it_was(client_for, draf):
    alur.save_isi(draf, make_isi(), by=None)
    client = client_for(OperatorFactory(satker=draf.satker))
    url = reverse("perjanjian_sign", args=[draf.pk])
    isi = {"tanggal": "2026-01-19", "cara": "basah"}

    assertContains(client.post(url, isi), "Lampirkan perjanjian", status_code=422)
    racun = SimpleUploadedFile("pk.pdf", b"MZ bukan pdf")
    assertContains(client.post(url, isi | {"berkas": racun}), "tidak diterima", status_code=422)
    assert PerjanjianKinerja.objects.get().status == "draf"

    berkas = build_pdf("PK bertanda tangan")
    client.post(url, isi | {"berkas": SimpleUploadedFile("PK 2026.pdf", berkas)})

    satu = PerjanjianKinerja.objects.get()
    assert (satu.status, satu.nama_berkas) == ("berlaku", "PK 2026.pdf")
    unduh = client.get(reverse("perjanjian_berkas", args=[satu.pk]))
    assert b"".join(unduh) == berkas
    # What is signed has no forms any more; a way on is named.
    for nama in ("perjanjian_isi", "perjanjian_pihak", "perjanjian_sign", "perjanjian_cancel"):
        kembali = client.get(reverse(nama, args=[satu.pk]), follow=True)
        assertContains(kembali, "buat versi baru")


def test_a_draft_given_up_stays_readable(client_for, draf):
    client = client_for(OperatorFactory(satker=draf.satker))

    client.post(reverse("perjanjian_cancel", args=[draf.pk]), {"alasan": "salah tahun"})

    assertContains(client.get(reverse("perjanjian_detail", args=[draf.pk])), "Draf ini dibatalkan")
    kosong = client.get(reverse("perjanjian_satker", args=[draf.satker.kode, 2026]))
    assertContains(kosong, "1 draf tahun ini dibatalkan")
