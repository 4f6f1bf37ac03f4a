"""First pages: the public front, a Kanwil, the ministry."""

import csv
import io
import json
import re

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from python_calamine import CalamineWorkbook

from penilaian import alur, fakta
from satker import alur as alur_satker
from satker import fakta as fakta_satker
from satker.models import KantorWilayah, SatuanKerja
from tests.factories import (
    AdminFactory,
    OperatorFactory,
    PenggunaFactory,
    PimpinanFactory,
    TimKanwilFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True, scope="module")
def dimuat(django_db_setup, django_db_blocker):
    """Once for all tests of this file: each works in a savepoint within this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        fakta_satker.load()
        fakta.load()
        yield
        transaction.set_rollback(True)


def squeeze(respons):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", respons.text))


JUDUL = "4 WBK dan 1 WBBM dari 27 satker terdaftar (29 menurut rmolsumsel.id, 19 Januari 2022)"


def test_the_front_says_it_in_one_sentence(client):
    teks = squeeze(client.get(reverse("beranda")))

    assert JUDUL in teks
    assert "Per 19 Januari 2022, tanggal terakhir yang diketahui." in teks
    assert "Bapas Kelas I Palembang" in teks


def test_the_front_of_a_kanwil_of_which_nothing_is_known(client):
    teks = squeeze(client.get(reverse("beranda"), {"kanwil": "35-kanwil"}))

    assert "Belum diketahui: 64 dari 64 satker" in teks
    assert "Menurut malangkota.go.id 7 WBK dan 4 WBBM (11 Februari 2021)." in teks
    assert "0 WBK" not in teks


def test_a_later_date_is_marked_as_unconfirmed(client):
    teks = squeeze(client.get(reverse("beranda"), {"pada": "2024-12-01"}))

    assert "Per 1 Desember 2024, belum dikonfirmasi sejak 19 Januari 2022." in teks


def test_the_front_answers_304_until_a_fact_changes(client):
    pertama = client.get(reverse("beranda"))
    kedua = client.get(reverse("beranda"), headers={"If-None-Match": pertama["ETag"]})
    alur_satker.rename(
        SatuanKerja.objects.get(kode="16-lapas-lahat"),
        by=None,
        nama="Lapas Lahat",
        mulai=fakta.parse_waktu("2020-01-01")[0],
        sumber="uji",
    )
    ketiga = client.get(reverse("beranda"), headers={"If-None-Match": pertama["ETag"]})

    assert [pertama.status_code, kedua.status_code, ketiga.status_code] == [200, 304, 200]


def test_the_front_is_kept_until_a_fact_changes(client, count_queries):
    pertama = client.get(reverse("beranda")).content
    with count_queries() as daftar_sql:
        kedua = client.get(reverse("beranda")).content
    alur.attest_tanpa(
        SatuanKerja.objects.get(kode="16-lapas-lahat"),
        by=None,
        pada=fakta.parse_waktu("2022-01-18")[0],
        sumber="uji",
    )
    with count_queries() as sesudah:
        client.get(reverse("beranda"))

    assert (kedua, len(daftar_sql)) == (pertama, 1)
    assert len(sesudah) == 6


def test_a_waiting_message_is_for_its_reader_alone(client):
    pesan = get_messages_cookie("Anda dikeluarkan.")
    umum = client.get(reverse("beranda"))
    client.cookies["messages"] = pesan

    berpesan = client.get(reverse("beranda"), headers={"If-None-Match": umum["ETag"]})

    assert berpesan.status_code == 200
    assert "Anda dikeluarkan." in berpesan.text
    assert "Anda dikeluarkan." not in Client().get(reverse("beranda")).text


def get_messages_cookie(teks):
    request = RequestFactory().get("/")
    simpanan, respons = CookieStorage(request), HttpResponse()
    simpanan.add(constants.INFO, teks)
    simpanan.update(respons)
    return respons.cookies["messages"].value


def test_people_who_are_signed_in_get_no_shared_tag(client_for):
    respons = client_for(PenggunaFactory()).get(reverse("beranda"))

    assert respons.status_code == 200
    assert "ETag" not in respons


def test_kanwil_page_and_its_fragment(client):
    alamat = reverse("kanwil_detail", args=["16-kanwil"]) + "?pada=2022-01-19"

    halaman, potongan = client.get(alamat), client.get(alamat, headers=HTMX)

    assert JUDUL in squeeze(halaman)
    assert potongan.text.strip().startswith('<div id="isi-halaman"')
    assert potongan.text.strip() in halaman.text


def test_a_share_is_shown_only_where_every_unit_is_known(client):
    lengkap = squeeze(client.get(reverse("kanwil_detail", args=["16-kanwil"])))
    sebagian = squeeze(
        client.get(reverse("kanwil_detail", args=["16-kanwil"]), {"pada": "2021-12-31"})
    )

    assert "18,5%" in lengkap
    assert "%" not in sebagian


def test_ministry_ranks_the_known_and_says_what_is_not(client):
    teks = squeeze(client.get(reverse("kementerian_detail")))

    assert "4 WBK dan 1 WBBM dari 122 satker terdaftar" in teks
    assert "Menurut rmolsumsel.id 49 WBK dan 6 WBBM (19 Januari 2022)." in teks
    assert teks.index("Kanwil Kemenkumham Sumatera Selatan") < teks.index(
        "Kanwil Kemenkumham Jawa Timur"
    )
    assert "belum diketahui: 64 dari 64; menurut malangkota.go.id 7 WBK dan 4 WBBM" in teks
    assert "1 dari 33 Kanwil diketahui seluruhnya" in teks
    assert "penghargaan 2018 sampai 2020 saja sudah 10 + 43 + 83" in teks


def test_ministry_by_directorate_general(client):
    teks = squeeze(client.get(reverse("kementerian_detail"), {"menurut": "pembina"}))

    assert "Direktorat Jenderal Pemasyarakatan" in teks
    assert "Direktorat Jenderal Imigrasi" in teks


def test_open_data_equals_the_command(client, capsys):
    from django.core.management import call_command

    call_command("count_predikat", "--json", "--kanwil", "16-kanwil", "--pada", "2022-01-19")
    perintah = json.loads(capsys.readouterr().out)

    isi = client.get(reverse("predikat_json"), {"kanwil": "16-kanwil", "pada": "2022-01-19"}).json()

    pemegang = isi.pop("pemegang")
    assert isi == perintah
    assert [(satu["kode"], satu["predikat"]) for satu in pemegang] == [
        ("16-kanim-muara-enim", "WBBM"),
        ("16-kanwil", "WBK"),
        ("16-lapas-palembang", "WBK"),
        ("16-bapas-palembang", "WBK"),
        ("16-kanim-palembang", "WBK"),
    ]
    assert all(satu["sumber"] for satu in pemegang)


def test_open_data_refuses_a_date_that_cannot_be(client):
    respons = client.get(reverse("predikat_json"), {"pada": "2022-02-30"})

    assert respons.status_code == 400
    assert respons.json() == {
        "galat": 'Tanggal "2022-02-30" tidak dikenal. Tulis seperti 2022-01-19.'
    }


def test_claims_stand_with_speaker_source_and_doubt(client):
    teks = squeeze(client.get(reverse("klaim_list")))

    assert "46 klaim" in teks
    assert "Indro Purwoko, Kepala Kanwil, rmolsumsel.id" in teks
    assert "cakupan (putaran atau stok) tidak dijelaskan" in teks


def test_the_first_page_follows_the_role(client_for):
    kanwil = KantorWilayah.objects.get(satker__kode="16-kanwil")
    lapas = SatuanKerja.objects.get(kode="16-lapas-palembang")
    kanwil_16, kementerian = "/kanwil/16-kanwil/", "/kementerian/"

    for orang, tujuan in [
        (TimKanwilFactory(kanwil=kanwil), kanwil_16),
        (OperatorFactory(satker=lapas), kanwil_16),
        (PimpinanFactory(), kementerian),
    ]:
        assert client_for(orang).get(reverse("ringkasan")).url == tujuan


def test_only_the_kanwils_own_team_is_offered_to_confirm(client_for):
    kanwil = KantorWilayah.objects.get(satker__kode="16-kanwil")
    alamat = reverse("kanwil_detail", args=["16-kanwil"])
    tautan = reverse("kanwil_confirm", args=["16-kanwil"])

    assert tautan in client_for(TimKanwilFactory(kanwil=kanwil)).get(alamat).text
    assert tautan not in client_for(TimKanwilFactory()).get(alamat).text
    assert tautan not in client_for(PimpinanFactory()).get(alamat).text


def test_confirming_moves_the_date_that_pages_show(client_for, client):
    admin = client_for(AdminFactory())

    respons = admin.post(
        reverse("kanwil_confirm", args=["16-kanwil"]),
        {"pada": "2023-05-08", "alasan": "daftar dicocokkan"},
    )

    assert respons.status_code == 302
    assert "Per 8 Mei 2023, tanggal terakhir yang diketahui." in squeeze(
        client.get(reverse("beranda"))
    )


@pytest.mark.parametrize("bentuk", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("nama", "baris"),
    [
        ("satker_unduh", 122),
        ("predikat_unduh", 5),
        ("klaim_unduh", 46),
        ("kementerian_unduh", 33),
        ("pemantauan_unduh", 5),
        ("usulan_unduh", 0),
    ],
)
def test_every_list_leaves_as_csv_and_xlsx(client_for, bentuk, nama, baris):
    respons = client_for(AdminFactory()).get(reverse(nama, args=[bentuk]), {"pada": "2022-01-19"})
    isi = b"".join(respons.streaming_content)

    if bentuk == "csv":
        assert len(list(csv.reader(io.StringIO(isi.decode("utf-8-sig"))))) == baris + 1
    else:
        lembar = CalamineWorkbook.from_filelike(io.BytesIO(isi)).get_sheet_by_index(0)
        assert len(lembar.to_python()) == baris + 1


def test_an_installation_that_names_no_kanwil_of_its_own_shows_the_ministry(client, settings):
    settings.INTEGRITAS_KANWIL = "77-kanwil"

    assert client.get(reverse("beranda")).url == reverse("kementerian_detail")


def test_a_page_is_compressed_for_slow_lines_and_still_answers_304(client):
    kepala = {"Accept-Encoding": "gzip"}
    biasa = client.get(reverse("beranda"))

    rapat = client.get(reverse("beranda"), headers=kepala)
    lagi = client.get(reverse("beranda"), headers=kepala | {"If-None-Match": rapat["ETag"]})

    assert rapat["Content-Encoding"] == "gzip"
    assert len(rapat.content) < len(biasa.content) / 3
    assert lagi.status_code == 304
