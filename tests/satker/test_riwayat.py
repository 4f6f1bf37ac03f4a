"""The history page of a unit: every line in the office's words, for those who may see it."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from penilaian import alur
from satker.cerita import Beda, tell
from satker.models import Riwayat
from tests.factories import (
    AdminFactory,
    KanwilFactory,
    OperatorFactory,
    PenggunaFactory,
    PredikatFactory,
    SatkerFactory,
    TimKanwilFactory,
)

pytestmark = pytest.mark.django_db


def tgl(teks):
    return datetime.date.fromisoformat(teks)


# --- in words -------------------------------------------------------------------------------------
def test_a_grant_is_told_with_labels_and_dates():
    tpi = PenggunaFactory(nama="Rina")
    predikat = PredikatFactory(by=tpi, dasar="tpn", nomor_sk="SK 1")

    (satu,) = tell(Riwayat.objects.all())

    assert (satu.kejadian, satu.oleh, satu.alasan) == ("Predikat ditetapkan", "Rina", "")
    assert satu.daftar_beda == [
        Beda("Jenis", None, "WBK"),
        Beda("Nomor SK", None, "SK 1"),
        Beda("Tanggal SK", None, "20 Desember 2021"),
        Beda("Tahun", None, "2021"),
        Beda("Berlaku mulai", None, "20 Desember 2021"),
        Beda("Dasar", None, "Penilaian Tim Penilai Nasional"),
        Beda("Sumber", None, "daftar uji"),
    ]
    assert satu.sidik == Riwayat.objects.get().hash[:12]
    assert predikat.pk


def test_a_completion_is_told_from_before_to_after():
    predikat = PredikatFactory(tanggal_sk=None, nomor_sk="", disebut_pada=tgl("2022-01-19"))
    alur.complete(predikat, by=None, sumber="daftar uji", tanggal_sk=tgl("2021-12-20"))

    satu = tell(Riwayat.objects.order_by("-nomor"))[0]

    assert (satu.oleh, satu.alasan) == ("Sistem", "daftar uji")
    assert satu.daftar_beda == [
        Beda("Tanggal SK", None, "20 Desember 2021"),
        Beda("Tahun", None, "2021"),
        Beda("Berlaku mulai", "19 Januari 2022", "20 Desember 2021"),
    ]


def test_a_cancellation_is_told_with_what_is_gone():
    alur.cancel(PredikatFactory(nomor_sk="SK 1"), by=None, alasan="salah satker")

    satu = tell(Riwayat.objects.order_by("-nomor"))[0]

    assert satu.alasan == "salah satker"
    assert Beda("Nomor SK", "SK 1", None) in satu.daftar_beda


@pytest.mark.parametrize(
    ("nilai", "kata"),
    [
        (True, "ya"),
        (False, "tidak"),
        (["A.1", "A.2"], "A.1, A.2"),
        (29, "29"),
        ("tim_kanwil", "Tim Kanwil"),
        ("DICABUT", "Dicabut"),
        ("2022-01-19T03:05:00.000000+00:00", "19 Januari 2022, 10.05"),
        ("2022-99-99", "2022-99-99"),
        ("2022-99-99T00:00", "2022-99-99T00:00"),
        ("1234-abc", "1234-abc"),
        (
            {"upaya": 9, "jangkauan": {"jumlah_agen": 7}, "catatan": ""},
            "jangkauan jumlah agen 7; upaya 9",
        ),
    ],
)
def test_a_value_is_told_as_people_read_it(nilai, kata):
    Riwayat.record(SatkerFactory(kedudukan=False), "uji", by=None, sesudah={"hasil_uji": nilai})

    (satu,) = tell(Riwayat.objects.all())

    assert satu.daftar_beda == [Beda("Hasil uji", None, kata)]


def test_a_code_is_no_word():
    satker = SatkerFactory(kedudukan=False)
    Riwayat.record(satker, "uji", by=None, sesudah={"A.II.1.i.a": {"jawaban": "Ya"}})

    (satu,) = tell(Riwayat.objects.all())

    assert satu.daftar_beda == [Beda("A.II.1.i.a", None, "jawaban Ya")]


def test_people_are_named_and_erased_people_are_not():
    orang, lain = PenggunaFactory(nama="Budi"), PenggunaFactory(nama="Sari")
    satker = SatkerFactory(kedudukan=False)
    Riwayat.record(satker, "penugasan diberikan", by=lain, sesudah={"pengguna": orang.pk})
    Riwayat.record(satker, "akun ditangguhkan", by=lain, objek=f"pengguna:{orang.pk}")
    lain.delete()

    satu, dua = tell(Riwayat.objects.order_by("nomor"))

    assert (satu.oleh, satu.daftar_beda) == (
        "orang yang sudah dihapus",
        [Beda("Orang", None, "Budi")],
    )
    assert dua.daftar_beda == [Beda("Orang", None, "Budi")]


# --- the page -------------------------------------------------------------------------------------
def test_the_page_tells_the_history_newest_first(client_for):
    admin, satker = AdminFactory(nama="Rina"), SatkerFactory(nama="Lapas Uji")
    with time_machine.travel("2024-03-01T03:00:00Z"):
        predikat = PredikatFactory(satker=satker, by=admin)
    alur.revoke(
        predikat, by=admin, tanggal=tgl("2023-06-01"), sumber="surat", keterangan="aduan terbukti"
    )

    page = client_for(admin).get(reverse("riwayat_list", args=[satker.kode])).text

    assert "Lapas Uji" in page
    assert page.index("Predikat dicabut") < page.index("Predikat ditetapkan")
    assert "1 Maret 2024, 10.00" in page
    assert "oleh Rina" in page
    assert "Alasan: aduan terbukti" in page
    for cap in Riwayat.objects.values_list("hash", flat=True):
        assert cap[:12] in page


def test_a_unit_without_history_says_so(client_for):
    satker = SatkerFactory()

    page = client_for(AdminFactory()).get(reverse("riwayat_list", args=[satker.kode])).text

    assert "Belum ada riwayat" in page


def test_the_page_is_for_those_who_may_see_the_units_working_rows(client_for):
    satker = SatkerFactory()
    alamat = [
        reverse("riwayat_list", args=[satker.kode]),
        reverse("riwayat_unduh", args=[satker.kode, "csv"]),
    ]
    kanwil = satker.kedudukansatker_set.get().kanwil

    for pengguna, status in (
        (OperatorFactory(satker=satker), 200),
        (OperatorFactory(), 404),
        (TimKanwilFactory(kanwil=kanwil), 200),
        (TimKanwilFactory(kanwil=KanwilFactory()), 404),
        (AdminFactory(), 200),
        (PenggunaFactory(), 403),
    ):
        assert [client_for(pengguna).get(satu).status_code for satu in alamat] == 2 * [status]


def test_the_public_signs_in_first(client):
    url = reverse("riwayat_list", args=[SatkerFactory().kode])

    assert client.get(url)["Location"].startswith("/akun/")


def test_long_histories_are_paged(client_for):
    satker = SatkerFactory()
    for nomor in range(1, 28):
        Riwayat.record(satker, f"langkah ke-{nomor}.", by=None)
    client, url = client_for(AdminFactory()), reverse("riwayat_list", args=[satker.kode])

    satu, dua = client.get(url).text, client.get(url, {"page": 2}).text

    assert "Langkah ke-27." in satu
    assert "Langkah ke-2." not in satu
    assert "Langkah ke-2." in dua
    assert "27 catatan" in satu


@pytest.mark.parametrize("jumlah", [1, 20])
def test_the_page_costs_the_same_at_any_length(client_for, count_queries, jumlah):
    satker = SatkerFactory()
    for _ in range(jumlah):
        orang = PenggunaFactory()
        Riwayat.record(satker, "penugasan diberikan", by=orang, sesudah={"pengguna": orang.pk})
    client, url = client_for(AdminFactory()), reverse("riwayat_list", args=[satker.kode])
    # The first page of a session also notes the time.
    client.get(url)

    with count_queries() as daftar_sql:
        client.get(url)

    assert len(daftar_sql) == 9


def test_the_whole_history_leaves_as_csv(client_for):
    satker = SatkerFactory(kode="lapas-uji")
    admin = AdminFactory(nama="Rina")
    predikat = PredikatFactory(
        satker=satker, by=admin, tanggal_sk=None, nomor_sk="", disebut_pada=tgl("2022-01-19")
    )
    alur.complete(predikat, by=admin, sumber="=arsip", tanggal_sk=tgl("2021-12-20"))

    respons = client_for(admin).get(reverse("riwayat_unduh", args=[satker.kode, "csv"]))

    teks = b"".join(respons.streaming_content).decode("utf-8-sig").splitlines()
    assert teks[0] == "nomor,waktu,oleh,kejadian,objek,perubahan,alasan,hash"
    assert "Berlaku mulai: 19 Januari 2022 menjadi 20 Desember 2021" in teks[1]
    assert ",Rina,Predikat dilengkapi," in teks[1]
    assert ",'=arsip," in teks[1]
    assert len(teks) == 3
