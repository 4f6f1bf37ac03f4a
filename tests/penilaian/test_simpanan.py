"""Kept figures: computed once for the same facts, and never shown for others."""

import datetime

import pytest
from django.urls import reverse

from penilaian import alur, hitung
from penilaian.pada import Pada
from penilaian.simpanan import keep, read_tanda
from satker.models import Riwayat, SatuanKerja
from tests.factories import (
    AturanFactory,
    KanwilFactory,
    KlaimFactory,
    PenggunaFactory,
    PredikatFactory,
    SatkerFactory,
    TimKanwilFactory,
)

pytestmark = pytest.mark.django_db
HARI = datetime.date(2022, 1, 19)
BAWAAN = Pada(HARI, HARI)


@pytest.fixture(autouse=True)
def disimpan(settings):
    settings.SIMPAN_ANGKA = True
    AturanFactory(kode="laporan-pemantauan", nilai=24, satuan="bulan")


@pytest.fixture
def kanwil():
    kanwil = KanwilFactory(data_per=HARI)
    PredikatFactory(satker=SatkerFactory(kanwil=kanwil, nama="Lapas Satu"))
    return kanwil


def test_the_tag_changes_with_every_kind_of_fact(kanwil):
    daftar = [read_tanda()]
    for langkah in (
        lambda: Riwayat.record(SatuanKerja.objects.first(), "uji", by=None),
        lambda: KlaimFactory(),
        lambda: alur.confirm_data(kanwil, by=None, pada=datetime.date(2023, 1, 1), alasan="surat"),
    ):
        langkah()
        daftar.append(read_tanda())

    assert len({satu.sidik for satu in daftar}) == 4
    assert read_tanda() == daftar[-1]


def test_the_tag_knows_the_newest_day_confirmed(kanwil):
    KanwilFactory(data_per=datetime.date(2025, 1, 1), contoh=True)

    assert read_tanda().data_per == hitung.get_data_per() == HARI


def test_an_empty_database_has_a_tag():
    assert read_tanda().data_per is None


def test_what_is_kept_is_built_once_for_each_key_and_for_the_same_facts(kanwil):
    dibangun = []

    def get(kunci):
        return keep(read_tanda(), BAWAAN, (kunci,), lambda: dibangun.append(kunci) or len(dibangun))

    pertama = [get("a"), get("a"), get("b"), get("a")]
    Riwayat.record(SatuanKerja.objects.first(), "uji", by=None)
    sesudah = get("a")

    assert (pertama, sesudah, dibangun) == ([1, 1, 2, 1], 3, ["a", "b", "a"])


def test_nothing_is_kept_when_it_is_switched_off(kanwil, settings):
    settings.SIMPAN_ANGKA = False
    dibangun = []

    for _ in range(2):
        keep(read_tanda(), BAWAAN, ("a",), lambda: dibangun.append(1))

    assert dibangun == [1, 1]


def test_figures_of_a_date_that_was_asked_for_are_not_kept(kanwil):
    dibangun = []

    for _ in range(2):
        keep(read_tanda(), Pada(HARI, HARI, dipilih=True), ("a",), lambda: dibangun.append(1))

    assert dibangun == [1, 1]


def test_figures_of_another_day_are_other_figures(kanwil):
    besok = Pada(HARI + datetime.timedelta(days=1), HARI)

    daftar = [
        keep(read_tanda(), BAWAAN, ("a",), lambda: "hari ini"),
        keep(read_tanda(), besok, ("a",), lambda: "besok"),
    ]

    assert daftar == ["hari ini", "besok"]


@pytest.mark.parametrize("nama", ["kanwil_detail", "kementerian_detail", "satker_list"])
def test_a_page_is_the_same_from_kept_figures_and_asks_less(kanwil, client, count_queries, nama):
    argumen = [kanwil.satker.kode] if nama == "kanwil_detail" else []
    alamat = reverse(nama, args=argumen)
    with count_queries() as pertama_sql:
        pertama = client.get(alamat)
    with count_queries() as kedua_sql:
        kedua = client.get(alamat)

    def strip(respons):
        return respons.text.replace(str(respons.wsgi_request.csp_nonce), "")

    assert strip(kedua) == strip(pertama)
    assert len(kedua_sql) < len(pertama_sql)


def test_a_page_shows_a_new_fact_at_once(kanwil, client):
    alamat = reverse("kanwil_detail", args=[kanwil.satker.kode])
    assert "1 WBK" in client.get(alamat).text

    alur.grant(
        SatkerFactory(kanwil=kanwil, nama="Lapas Dua"),
        "WBK",
        by=None,
        sumber="uji",
        tanggal_sk=datetime.date(2021, 12, 20),
    )

    teks = client.get(alamat).text
    assert "2 WBK" in teks
    assert "Lapas Dua" in teks


def test_figures_for_a_role_are_not_shown_to_the_public(kanwil, client, client_for):
    PredikatFactory(
        satker=SatkerFactory(kanwil=kanwil, nama="Lapas Diaduan"),
        klarifikasi=datetime.date(2022, 1, 1),
    )
    alamat = reverse("kanwil_detail", args=[kanwil.satker.kode])

    petugas = client_for(TimKanwilFactory(kanwil=kanwil)).get(alamat).text
    umum = client.get(alamat).text
    tanpa_tugas = client_for(PenggunaFactory()).get(alamat).text

    assert "dalam klarifikasi" in petugas
    assert "Laporan dua tahunan" in petugas
    for teks in (umum, tanpa_tugas):
        assert "Lapas Diaduan" in teks
        assert "dalam klarifikasi" not in teks
        assert "Laporan dua tahunan" not in teks
