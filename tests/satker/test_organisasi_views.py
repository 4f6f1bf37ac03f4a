"""Pages of guided changes."""

import datetime

import pytest
from django.urls import reverse

from satker import alur
from satker.models import KedudukanSatker, SatuanKerja, Silsilah
from tests.factories import (
    AdminFactory,
    InstansiFactory,
    JenisSatkerFactory,
    KanwilFactory,
    SatkerFactory,
    TimKanwilFactory,
)

pytestmark = pytest.mark.django_db
BERLAKU = {"mulai": "2024-01-01", "sumber": "surat uji", "alasan": ""}


@pytest.fixture
def kanwil():
    return KanwilFactory(kode="16-kanwil")


@pytest.fixture
def satker(kanwil):
    return SatkerFactory(kode="16-lapas-uji", nama="Lapas Uji", kanwil=kanwil)


@pytest.fixture
def tim(client_for, kanwil):
    return client_for(TimKanwilFactory(kanwil=kanwil))


def step(kode, langkah):
    return reverse("satker_step", args=[kode, langkah])


def test_a_team_renames_a_unit_of_its_kanwil(tim, satker):
    respons = tim.post(step(satker.kode, "ganti-nama"), BERLAKU | {"nama": "Lapas Baru"})

    assert respons.status_code == 302
    assert respons.url == reverse("satker_detail", args=[satker.kode])
    assert alur.get_posisi(satker, datetime.date(2024, 1, 1)).nama == "Lapas Baru"


def test_a_refused_step_stands_on_the_form_and_loses_nothing(tim, satker):
    respons = tim.post(
        step(satker.kode, "ganti-nama"), BERLAKU | {"nama": "Lapas Uji", "tempat": "Kota Uji"}
    )

    assert respons.status_code == 422
    assert "Tidak ada yang berubah." in respons.text
    assert 'value="surat uji"' in respons.text
    assert KedudukanSatker.objects.filter(satker=satker).count() == 1


def test_a_wrong_date_is_named_at_its_field(tim, satker):
    isi = BERLAKU | {"nama": "Lapas Baru", "mulai": "2024-02-30"}

    respons = tim.post(step(satker.kode, "ganti-nama"), isi)

    assert respons.status_code == 422
    assert "Berlaku mulai: Tanggal tidak dikenal. Tulis seperti 2024-01-31." in respons.text


def test_moving_is_for_the_administrator(tim, satker, client_for):
    tujuan = KanwilFactory(kode="16-kanwil-ditjenpas")
    isi = BERLAKU | {"kanwil": tujuan.pk}

    assert tim.post(step(satker.kode, "pindah"), isi).status_code == 404
    assert client_for(AdminFactory()).post(step(satker.kode, "pindah"), isi).status_code == 302

    assert alur.get_posisi(satker, datetime.date(2024, 1, 1)).kanwil == tujuan


def test_a_team_does_not_touch_another_kanwil(tim):
    lain = SatkerFactory()

    assert tim.get(reverse("satker_change", args=[lain.kode])).status_code == 404
    assert tim.post(step(lain.kode, "tutup"), BERLAKU).status_code == 404
    assert KedudukanSatker.objects.get(satker=lain).berlaku_sampai is None


def test_a_team_makes_units_under_its_own_kanwil_only(tim, kanwil):
    isi = {
        "kode": "16-rutan-baru",
        "nama": "Rutan Baru",
        "jenis": JenisSatkerFactory(kode="rutan").pk,
        "kelas": "",
        "zona_waktu": "WIB",
        "mulai": "",
        "sumber": "surat",
    }

    assert tim.post(reverse("satker_open"), isi | {"kanwil": KanwilFactory().pk}).status_code == 422
    assert not SatuanKerja.objects.filter(kode="16-rutan-baru").exists()
    assert tim.post(reverse("satker_open"), isi | {"kanwil": kanwil.pk}).status_code == 302
    assert SatuanKerja.objects.filter(kode="16-rutan-baru").exists()


def test_the_administrator_opens_a_kanwil_of_a_new_kind(client_for):
    isi = {
        "kode": "16-kanwil-ditjenpas",
        "nama": "Kantor Wilayah Ditjen Pemasyarakatan Sumatera Selatan",
        "instansi": InstansiFactory(kode="ditjenpas").pk,
        "provinsi": "Sumatera Selatan",
        "kode_bps": "16",
        "zona_waktu": "WIB",
        "mulai": "2024-10-21",
        "sumber": "surat",
    }
    JenisSatkerFactory(kode="kanwil", nama="Kantor Wilayah", singkatan="Kanwil")

    respons = client_for(AdminFactory()).post(reverse("kanwil_open"), isi)

    assert respons.status_code == 302
    assert SatuanKerja.objects.get(kode="16-kanwil-ditjenpas").kantorwilayah.kode_bps == "16"


def test_a_merge_by_one_plain_form(client_for, kanwil):
    asal = [SatkerFactory(kanwil=kanwil) for _ in range(2)]
    hasil = SatkerFactory(kanwil=kanwil)
    isi = {
        "jenis": "bergabung",
        "asal": f"{asal[0].kode}, {asal[1].kode}",
        "hasil": hasil.kode,
        "tanggal": "2025-01-01",
        "tutup_asal": "on",
        "dasar": "",
        "sumber": "surat",
    }
    admin = client_for(AdminFactory())

    salah = admin.post(reverse("silsilah_record"), isi | {"asal": "tidak-ada"})
    benar = admin.post(reverse("silsilah_record"), isi)

    assert salah.status_code == 422
    assert "Tidak ada satker berkode tidak-ada." in salah.text
    assert benar.status_code == 302
    assert Silsilah.objects.count() == 2
    halaman = admin.get(reverse("satker_detail", args=[hasil.kode])).text
    assert asal[0].kode in halaman
    assert "bergabung ke" in halaman
