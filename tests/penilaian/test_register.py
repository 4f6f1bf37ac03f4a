"""The list of units: filters, fragment and page alike, downloads, what the public sees."""

import csv
import datetime
import io

import pytest
from django.urls import reverse

from penilaian import fakta
from satker import fakta as fakta_satker
from tests.factories import (
    AturanFactory,
    KanwilFactory,
    OperatorFactory,
    PredikatFactory,
    SatkerFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def dimuat():
    fakta_satker.load()
    fakta.load()


def list_kode(client, **saringan):
    respons = client.get(reverse("satker_unduh", args=["csv"]), saringan)
    teks = b"".join(respons.streaming_content).decode("utf-8-sig")
    return [baris["kode"] for baris in csv.DictReader(io.StringIO(teks))]


@pytest.mark.parametrize(
    ("saringan", "daftar_kode"),
    [
        ({"predikat": "WBBM", "pada": "2022-01-19"}, ["16-kanim-muara-enim"]),
        (
            {"kanwil": "16-kanwil", "predikat": "WBK"},
            ["16-kanwil", "16-lapas-palembang", "16-bapas-palembang", "16-kanim-palembang"],
        ),
        ({"q": "LAPAS klas 1 palembang"}, ["16-lapas-palembang"]),
        ({"q": "lembaga pemasyarakatan klas IIIpagar"}, []),
        ({"q": "rumah tahanan baturaja"}, ["16-rutan-baturaja"]),
        ({"q": "kelas 3 pagar alam"}, ["16-lapas-pagar-alam"]),
        ({"jenis": "lpka"}, ["35-lpka-blitar", "16-lpka-palembang"]),
        ({"kanwil": "16-kanwil", "jenis": "rupbasan", "predikat": "WBK"}, []),
        ({"q": "'; drop table satker_satuankerja; --"}, []),
        ({"q": "\x00"}, None),
    ],
)
def test_filters_find_as_people_type(client, dimuat, saringan, daftar_kode):
    kode = list_kode(client, **saringan)

    assert kode == daftar_kode if daftar_kode is not None else len(kode) == 122


def test_the_number_and_the_rows_behind_it_agree(client, dimuat):
    for predikat, jumlah in (("WBK", 4), ("WBBM", 1), ("TANPA", 22), ("tidak_diketahui", 0)):
        kode = list_kode(client, kanwil="16-kanwil", predikat=predikat, pada="2022-01-19")
        assert len(kode) == jumlah


def test_fragment_and_reload_show_the_same_rows(client, dimuat):
    alamat = reverse("satker_list") + "?kanwil=16-kanwil&predikat=WBK"

    potongan = client.get(alamat, headers=HTMX).text.strip()
    halaman = client.get(alamat).text

    assert potongan.startswith('<section id="daftar"')
    assert potongan in halaman
    assert "<html" not in potongan


def test_the_answer_depends_on_the_htmx_header(client, dimuat):
    assert "HX-Request" in client.get(reverse("satker_list"))["Vary"]


def test_paging_keeps_the_filters(client, dimuat):
    halaman = client.get(reverse("satker_list"), {"kanwil": "35-kanwil", "page": 2})

    assert "51 sampai 64 dari 64" in halaman.text
    assert "kanwil=35-kanwil&amp;page=1" in halaman.text


def test_nothing_found_says_what_to_try(client, dimuat):
    halaman = client.get(reverse("satker_list"), {"q": "palembag <b>"}).text

    assert "Tidak ada satker bernama “palembag &lt;b&gt;” yang cocok" in halaman
    assert "Coba nama kota atau jenis kantornya" in halaman


def test_a_date_that_cannot_be_is_named(client, dimuat):
    halaman = client.get(reverse("satker_list"), {"pada": "2022-02-30"}).text

    assert "Tanggal &quot;2022-02-30&quot; tidak dikenal. Tulis seperti 2022-01-19." in halaman


def test_an_unknown_kanwil_is_not_found(client, dimuat):
    daftar_alamat = [reverse(nama) for nama in ("satker_list", "predikat_json", "beranda")]
    daftar_alamat += [
        reverse("satker_unduh", args=["csv"]),
        reverse("predikat_unduh", args=["csv"]),
    ]
    for alamat in daftar_alamat:
        assert client.get(alamat, {"kanwil": "99-kanwil"}).status_code == 404


def test_xlsx_has_the_same_rows_as_csv(client, dimuat):
    from python_calamine import CalamineWorkbook

    respons = client.get(reverse("satker_unduh", args=["xlsx"]), {"kanwil": "16-kanwil"})
    lembar = CalamineWorkbook.from_filelike(
        io.BytesIO(b"".join(respons.streaming_content))
    ).get_sheet_by_index(0)

    baris = lembar.to_python()
    assert baris[0][0] == "kode"
    assert [satu[0] for satu in baris[1:]] == list_kode(client, kanwil="16-kanwil")


def test_invented_units_are_not_for_the_public(client, client_for):
    contoh = KanwilFactory(contoh=True)
    satker = SatkerFactory(kanwil=contoh, contoh=True)
    orang = client_for(OperatorFactory(satker=satker))
    alamat = reverse("satker_detail", args=[satker.kode])

    assert client.get(alamat).status_code == 404
    assert client.get(reverse("kanwil_detail", args=[contoh.satker.kode])).status_code == 404
    assert client.get(reverse("satker_list"), {"kanwil": contoh.satker.kode}).status_code == 404
    assert satker.kode not in list_kode(client)
    assert orang.get(alamat).status_code == 200
    assert satker.kode not in list_kode(orang)


def test_a_holder_in_clarification_is_publicly_a_holder(client, client_for, settings):
    AturanFactory(kode="laporan-pemantauan", nilai=24)
    kanwil = KanwilFactory(data_per=datetime.date(2023, 1, 1))
    satker = SatkerFactory(kanwil=kanwil)
    PredikatFactory(satker=satker, klarifikasi=datetime.date(2022, 5, 1))
    daftar_alamat = [
        reverse("satker_list"),
        reverse("satker_detail", args=[satker.kode]),
        reverse("kanwil_detail", args=[kanwil.satker.kode]),
    ]
    pegawai = client_for(OperatorFactory(satker=satker))

    for alamat in daftar_alamat:
        isi = {"pada": "2023-01-01"}
        assert "klarifikasi" not in client.get(alamat, isi).text.lower()
        assert "dalam klarifikasi" in pegawai.get(alamat, isi).text

    settings.KLARIFIKASI_TAMPIL_PUBLIK = True
    assert "dalam klarifikasi" in client.get(daftar_alamat[0], {"pada": "2023-01-01"}).text


@pytest.mark.parametrize(
    ("nomor", "rentang"),
    [
        ("1", "1 sampai 50 dari 64"),
        ("2", "51 sampai 64 dari 64"),
        ("9", "51 sampai 64 dari 64"),
        ("0", "1 sampai 50 dari 64"),
        ("-1", "1 sampai 50 dari 64"),
        ("dua", "1 sampai 50 dari 64"),
        ("9" * 30, "1 sampai 50 dari 64"),
    ],
)
def test_any_page_number_is_answered(client, dimuat, nomor, rentang):
    halaman = client.get(reverse("satker_list"), {"kanwil": "35-kanwil", "page": nomor})

    assert rentang in halaman.text
