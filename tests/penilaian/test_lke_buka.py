"""Opening a year for many units: the page."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from penilaian.models import Penilaian
from tests.factories import (
    AdminFactory,
    AturanFactory,
    JenisSatkerFactory,
    KanwilFactory,
    PredikatFactory,
    SatkerFactory,
    TimKanwilFactory,
)
from tests.factories.lke import PenilaianFactory, load_versi

pytestmark = pytest.mark.django_db
TAHUN = timezone.localdate().year


@pytest.fixture
def kanwil():
    return KanwilFactory()


@pytest.fixture
def client(kanwil, client_for):
    return client_for(TimKanwilFactory(kanwil=kanwil))


def post(client, **isi):
    hari = timezone.localdate()
    awal = {
        "target": "WBK",
        "versi": load_versi().pk,
        "buka_pada": hari.isoformat(),
        "tutup_pada": (hari + datetime.timedelta(days=60)).isoformat(),
        "untuk": "terpilih",
    }
    return client.post(reverse("lke_open"), awal | isi, follow=True)


def list_dibuka():
    return sorted(Penilaian.objects.values_list("satker__kode", flat=True))


def test_a_kanwil_opens_the_year_for_the_units_it_ticks(client, kanwil):
    satu, _ = SatkerFactory.create_batch(2, kanwil=kanwil)

    halaman = post(client, satker=[satu.kode])

    assert f"LKE {TAHUN} dibuka." in halaman.text
    assert list_dibuka() == [satu.kode]
    assert f"LKE {TAHUN} sudah dibuka" in client.get(reverse("lke_open")).text


def test_all_that_are_not_open_yet_need_no_ticks(client, kanwil):
    sudah = SatkerFactory(kanwil=kanwil)
    PenilaianFactory(satker=sudah)
    baru = SatkerFactory(kanwil=kanwil)
    SatkerFactory()

    post(client, untuk="semua")

    assert list_dibuka() == sorted([sudah.kode, baru.kode, kanwil.satker.kode])


def test_the_latest_version_is_chosen_beforehand(client, kanwil):
    versi = load_versi()

    halaman = client.get(reverse("lke_open")).text

    assert f'<option value="{versi.pk}" selected>{versi}</option>' in halaman


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({}, "Centang paling sedikit satu satuan kerja."),
        ({"tutup_pada": "2020-01-01", "untuk": "semua"}, "Tanggal tutup mendahului tanggal buka."),
        ({"tutup_pada": "kapan-kapan", "untuk": "semua"}, "Tanggal tidak dikenal."),
        ({"target": "ISO", "untuk": "semua"}, "ISO"),
        ({"satker": ["tidak-ada"]}, "tidak-ada tidak ada dalam daftar yang dapat dibuka."),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_opened(client, isi, pesan):
    halaman = post(client, **isi)

    assert halaman.status_code == 422
    assert pesan in halaman.text
    assert list_dibuka() == []


def test_a_unit_of_another_kanwil_or_one_already_open_is_not_opened(client, kanwil):
    lain, sudah = SatkerFactory(), SatkerFactory(kanwil=kanwil)
    PenilaianFactory(satker=sudah)

    for kode in (lain.kode, sudah.kode):
        assert post(client, satker=[kode]).status_code == 422

    assert list_dibuka() == [sudah.kode]


def test_a_counter_of_another_office_is_not_offered(client, kanwil):
    SatkerFactory(kanwil=kanwil, jenis=JenisSatkerFactory(kode="ukk", mandiri=False))

    post(client, untuk="semua")

    assert list_dibuka() == [kanwil.satker.kode]


def test_wbbm_without_wbk_is_warned_of_but_opened(client, kanwil):
    AturanFactory(kode="wbk-sebelum-wbbm", nilai=2)
    tanpa, muda, lama = SatkerFactory.create_batch(3, kanwil=kanwil)
    hari = timezone.localdate()
    PredikatFactory(satker=muda, tanggal_sk=hari - datetime.timedelta(days=100))
    PredikatFactory(satker=lama, tanggal_sk=hari - datetime.timedelta(days=1000))

    halaman = post(client, target="WBBM", satker=[tanpa.kode, muda.kode, lama.kode])

    assert f"belum tercatat memegang WBK: {tanpa.kode}. WBBM" in halaman.text
    assert f"belum sampai: {muda.kode} (WBK sejak" in halaman.text
    assert lama.kode not in halaman.text.split("<main")[1].split("<section")[0]
    assert len(list_dibuka()) == 3


def test_invented_units_are_opened_apart_from_real_ones(client_for):
    nyata, contoh = SatkerFactory(), SatkerFactory(kanwil=KanwilFactory(contoh=True), contoh=True)
    client = client_for(AdminFactory())

    biasa = client.get(reverse("lke_open")).text
    dikarang = client.get(reverse("lke_open"), {"contoh": "1"}).text

    assert f'value="{nyata.kode}"' in biasa
    assert f'value="{contoh.kode}"' not in biasa
    assert f'value="{contoh.kode}"' in dikarang
    assert f'value="{nyata.kode}"' not in dikarang


@pytest.mark.parametrize("tahun", ["2013", "dua", "21000"])
def test_a_year_that_cannot_be_is_not_found(client, tahun):
    assert client.get(reverse("lke_open"), {"tahun": tahun}).status_code == 404


@pytest.mark.parametrize("jumlah", [10, 100])
def test_the_page_costs_the_same_for_any_number_of_units(client, kanwil, count_queries, jumlah):
    load_versi()
    SatkerFactory.create_batch(jumlah, kanwil=kanwil)
    client.get(reverse("lke_open"))

    with count_queries() as daftar_sql:
        client.get(reverse("lke_open"))

    assert len(daftar_sql) == 7
