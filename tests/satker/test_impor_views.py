"""The pages of the import: hand in, look, confirm; as a person meets them."""

import datetime
import io
import re
import threading

import openpyxl
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from integritas import impor as pokok
from integritas import tasks
from satker import fakta
from satker.impor import SUBJEK
from satker.models import KantorWilayah, KedudukanSatker, Riwayat, SatuanKerja
from tests.factories import AdminFactory, OperatorFactory, TimKanwilFactory, TpiFactory
from tests.integritas.berkas import make_csv, make_xlsx

pytestmark = pytest.mark.django_db
JUDUL = ("kode", "nama", "jenis", "kelas", "induk", "berlaku_mulai")
BARU = ("16-lapas-baru", "Lapas Kelas III Baru", "Lapas", "III", "16-kanwil", "")
SALAH = ("16-lapas-lain", "Lapas Lain", "Lapass", "", "16-kanwil", "")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Files of this test only."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    fakta.load()


@pytest.fixture
def admin(client_for):
    return client_for(AdminFactory())


def upload(client, *baris, nama="satker.csv", isi=None, url="satker_import"):
    berkas = SimpleUploadedFile(nama, make_csv(JUDUL, *baris) if isi is None else isi)
    return client.post(reverse(url), {"berkas": berkas})


def get_sidik(respons):
    return re.search(r'name="sidik" value="(\w+)"', respons.text)[1]


def confirm(client, url, **isi):
    """Press the button of the preview."""
    isi = {"sidik": get_sidik(client.get(url))} | isi
    return client.post(f"{url}tulis/", isi)


def list_berkas():
    return default_storage.listdir("impor")[1] if default_storage.exists("impor") else []


def count():
    return SatuanKerja.objects.count(), KedudukanSatker.objects.count(), Riwayat.objects.count()


def test_file_is_shown_first_and_written_after_confirmation(admin):
    sebelum = count()

    url = upload(admin, BARU).url
    pratinjau = admin.get(url)

    assert "1 baru, 0 berubah, 0 sama, 0 ditolak" in pratinjau.text
    assert "Lapas Kelas III Baru" in pratinjau.text
    assert count() == sebelum

    selesai = admin.get(confirm(admin, url).url)

    assert "Impor satker.csv selesai: 1 baru, 0 berubah, 0 sama." in selesai.text
    assert SatuanKerja.objects.filter(kode="16-lapas-baru").exists()
    assert list_berkas() == []


def test_confirming_twice_is_harmless(admin):
    url = upload(admin, BARU).url
    sidik = get_sidik(admin.get(url))
    admin.post(f"{url}tulis/", {"sidik": sidik})
    sebelum = count()

    kedua = admin.post(f"{url}tulis/", {"sidik": sidik}, follow=True)

    assert "sudah selesai diimpor atau sudah lewat sehari" in kedua.text
    assert count() == sebelum


def test_refused_rows_stand_first_and_keep_everything_from_being_written(admin):
    url = upload(admin, BARU, SALAH).url
    sebelum = count()

    pratinjau = admin.get(url)
    ditolak = confirm(admin, url)

    assert pratinjau.text.index("Lapas Lain") < pratinjau.text.index("Lapas Kelas III Baru")
    assert "“Lapass" not in pratinjau.text
    assert "&quot;Lapass&quot; tidak dikenal. Maksudnya Lapas?" in pratinjau.text
    assert ditolak.status_code == 422
    assert "1 baris ditolak, jadi tidak ada yang ditulis." in ditolak.text
    assert count() == sebelum


def test_refused_rows_are_left_out_when_the_box_is_ticked(admin):
    url = upload(admin, BARU, SALAH).url

    selesai = admin.get(confirm(admin, url, lewati="ya").url)

    assert "1 baris ditolak dan dilewati." in selesai.text
    assert SatuanKerja.objects.filter(kode="16-lapas-baru").exists()
    assert not SatuanKerja.objects.filter(kode="16-lapas-lain").exists()


def test_race_with_somebody_else_gets_a_sentence_and_a_new_preview(admin):
    url = upload(admin, BARU).url
    sidik = get_sidik(admin.get(url))
    confirm(admin, upload(admin, BARU).url)
    sebelum = count()

    kalah = admin.post(f"{url}tulis/", {"sidik": sidik})

    assert kalah.status_code == 409
    assert "Data berubah sejak pratinjau ini dibuat" in kalah.text
    assert "Semua baris sudah sama" in kalah.text
    assert count() == sebelum


@pytest.mark.parametrize(
    ("nama", "isi", "pesan"),
    [
        ("satker.xlsx", b"%PDF-1.7", "isinya dokumen PDF"),
        ("satker.xlsm", make_xlsx(JUDUL, BARU), "bermakro"),
        ("satker.csv", b"", "Berkas ini kosong."),
        ("satker.csv", b"a,b\r\n1,2", "Judul kolom tidak ditemukan"),
        ("satker.csv", b"x" * (5 * 1024 * 1024 + 1), "paling besar 5 MB"),
        ("..\\..\\satker.csv", b"kode,jenis\r\n1,2", "Kolom &quot;nama&quot; tidak ada"),
    ],
)
def test_file_that_cannot_be_read_comes_back_with_a_sentence(admin, nama, isi, pesan):
    sebelum = count()

    respons = upload(admin, nama=nama, isi=isi)

    assert respons.status_code == 422
    assert pesan in respons.text
    assert (count(), list_berkas()) == (sebelum, [])


def test_form_without_a_file_asks_for_it(admin):
    respons = admin.post(reverse("satker_import"))

    assert respons.status_code == 422
    assert "Pilih berkasnya dulu." in respons.text


def test_file_of_somebody_else_or_of_another_subject_is_not_found(admin, client_for):
    url = upload(admin, BARU).url
    orang_lain = client_for(AdminFactory())
    sebelum = count()

    assert orang_lain.get(url).url == reverse("satker_import")
    assert orang_lain.post(f"{url}tulis/").url == reverse("satker_import")
    assert admin.get(url.replace("/satker/", "/predikat/")).url == reverse("predikat_import")
    assert admin.get(reverse("satker_import_preview", args=["x"])).status_code == 302
    assert count() == sebelum
    assert len(list_berkas()) == 1


def test_file_nobody_came_back_for_is_gone_after_a_day(client_for):
    user = AdminFactory()
    url = upload(client_for(user), BARU).url
    kunci = url.split("/")[-2]
    assert pokok.find(SUBJEK, kunci, by=user)

    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=25)):
        assert pokok.find(SUBJEK, kunci, by=user) is None
        tasks.discard_impor()

    assert list_berkas() == []


def test_nothing_is_removed_where_nobody_imported():
    tasks.discard_impor()

    assert list_berkas() == []


def test_file_of_today_is_kept(admin):
    upload(admin, BARU)

    tasks.discard_impor()

    assert len(list_berkas()) == 1


def test_team_of_a_kanwil_sees_rows_of_others_refused_by_name(client_for):
    tim = client_for(TimKanwilFactory(kanwil=KantorWilayah.objects.get(satker__kode="16-kanwil")))

    pratinjau = tim.get(
        upload(tim, BARU, ("35-lapas-malang", "", "", "", "", "")).url, {"hasil": "ditolak"}
    )

    assert "Lapas Kelas I Malang bukan satker Kanwil Anda." in pratinjau.text
    assert "Lapas Kelas III Baru" not in pratinjau.text


@pytest.mark.parametrize(
    ("factory", "satker", "predikat"),
    [(AdminFactory, 200, 200), (TpiFactory, 403, 200), (OperatorFactory, 403, 403)],
)
def test_each_import_has_its_audience(client_for, factory, satker, predikat):
    client = client_for(factory())

    assert client.get(reverse("satker_import")).status_code == satker
    assert client.get(reverse("predikat_import")).status_code == predikat


def test_admin_finds_both_imports_beside_each_other(admin, client_for):
    halaman = admin.get(reverse("satker_import"))
    tpi = client_for(TpiFactory()).get(reverse("predikat_import"))

    assert 'aria-label="Yang diimpor"' in halaman.text
    assert reverse("predikat_import") in halaman.text
    assert 'aria-label="Yang diimpor"' not in tpi.text


@pytest.mark.parametrize("subjek", ["satker", "predikat"])
def test_empty_workbook_offers_headings_lists_and_examples_that_import(admin, subjek):
    respons = admin.get(reverse(f"{subjek}_import_contoh"))
    buku = openpyxl.load_workbook(io.BytesIO(b"".join(respons.streaming_content)))

    assert buku.sheetnames == ["Isian", "Contoh", "Petunjuk", "Pilihan"]
    isian = buku["Isian"]
    judul = [sel.value for sel in next(isian.iter_rows())]
    assert judul[0] == "kode"
    assert len(isian.data_validations.dataValidation) == len(list(buku["Pilihan"].columns))
    for nomor, sel in enumerate(buku["Contoh"].iter_rows(min_row=2, values_only=True), 2):
        for kolom, nilai in enumerate(sel, 1):
            isian.cell(nomor, kolom, nilai)
    penampung = io.BytesIO()
    buku.save(penampung)

    url = upload(admin, nama="isian.xlsx", isi=penampung.getvalue(), url=f"{subjek}_import").url

    assert "0 ditolak, dari lembar “Isian”" in admin.get(url).text


def test_long_preview_comes_in_pages(admin):
    baris = [(f"16-lapas-{n}", f"Lapas Kelas III {n}", *BARU[2:]) for n in range(150)]
    url = upload(admin, *baris).url

    assert "1 sampai 100 dari 150" in admin.get(url).text
    assert "101 sampai 150 dari 150" in admin.get(url, {"page": 2}).text
    assert "Tidak ada baris dengan hasil ini." in admin.get(url, {"hasil": "sama"}).text


@pytest.mark.parametrize("jumlah", [10, 150])
def test_preview_page_costs_the_same_at_any_length(admin, count_queries, jumlah):
    baris = [(f"16-lapas-{n}", f"Lapas Kelas III {n}", *BARU[2:]) for n in range(jumlah)]
    url = upload(admin, *baris).url

    with count_queries() as daftar_sql:
        admin.get(url)

    # Session, person and assignments, then the nine of the plan.
    assert len(daftar_sql) <= 13


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_write_once(client_for):
    user = AdminFactory()
    client = client_for(user)
    url = upload(client, BARU).url
    sidik = get_sidik(client.get(url))
    hasil = []

    def press():
        hasil.append(client_for(user).post(f"{url}tulis/", {"sidik": sidik}).status_code)
        connection.close()

    daftar = [threading.Thread(target=press) for _ in range(2)]
    for satu in daftar:
        satu.start()
    for satu in daftar:
        satu.join()

    # The second finds the file gone, or the unit written: both are plain answers.
    assert sorted(hasil) in ([302, 302], [302, 409])
    assert KedudukanSatker.objects.filter(satker__kode="16-lapas-baru").count() == 1
    assert Riwayat.objects.of(SatuanKerja.objects.get(kode="16-lapas-baru")).count() == 1
