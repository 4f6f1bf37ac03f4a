"""Changes after the grant: clarification, revocation, end; and every refusal."""

import datetime

import pytest
import time_machine
from django.core.files.base import ContentFile

from penilaian import alur
from penilaian.models import MasaPredikat, PerubahanPredikat, Predikat
from satker.models import Riwayat
from tests.factories import PenggunaFactory, PredikatFactory
from tests.penilaian.keadaan import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hari_ini():
    with time_machine.travel(datetime.datetime(2026, 6, 15, 3, 0, tzinfo=datetime.UTC)):
        yield


def tgl(teks):
    return datetime.date.fromisoformat(teks)


def list_masa(predikat):
    return [
        (satu.dari.isoformat(), satu.sampai and satu.sampai.isoformat(), satu.nilai, satu.keadaan)
        for satu in MasaPredikat.objects.filter(satker=predikat.satker_id).order_by("dari")
    ]


@pytest.fixture
def predikat():
    """WBK since 20 December 2021."""
    return PredikatFactory()


LANGKAH = [alur.open_klarifikasi, alur.close_klarifikasi, alur.revoke, alur.end]


def step(langkah, predikat, tanggal, **isi):
    return langkah(predikat, **{"by": None, "tanggal": tgl(tanggal), "sumber": "surat", **isi})


def test_a_clarification_keeps_the_predicate_in_force(predikat):
    step(alur.open_klarifikasi, predikat, "2022-06-01")

    assert list(Predikat.objects.in_force(tgl("2022-06-01"))) == [predikat]
    assert list_masa(predikat) == [
        ("2021-12-20", "2022-06-01", "WBK", "AKTIF"),
        ("2022-06-01", None, "WBK", "DALAM_KLARIFIKASI"),
    ]

    step(alur.close_klarifikasi, predikat, "2022-09-01")

    assert list_masa(predikat)[2:] == [("2022-09-01", None, "WBK", "AKTIF")]
    assert [satu.kejadian for satu in Riwayat.objects.order_by("nomor")] == [
        "predikat ditetapkan",
        "predikat klarifikasi dibuka",
        "predikat klarifikasi selesai",
    ]


@pytest.mark.parametrize(("langkah", "jenis"), [(alur.revoke, "DICABUT"), (alur.end, "BERAKHIR")])
@pytest.mark.parametrize("klarifikasi", [None, tgl("2022-06-01")])
def test_a_predicate_is_lost_from_that_day_on(langkah, jenis, klarifikasi):
    predikat = PredikatFactory(klarifikasi=klarifikasi)
    tpi = PenggunaFactory()

    perubahan = step(
        langkah,
        predikat,
        "2022-10-01",
        by=tpi,
        nomor_surat="S-1",
        tanggal_surat=tgl("2022-09-20"),
        keterangan="sebab",
    )

    predikat.refresh_from_db()
    assert predikat.berlaku_sampai == tgl("2022-10-01")
    assert list(Predikat.objects.in_force(tgl("2022-09-30"))) == [predikat]
    assert list(Predikat.objects.in_force(tgl("2022-10-01"))) == []
    assert list_masa(predikat)[-1] == ("2022-10-01", None, "TANPA", "")
    assert (perubahan.jenis, perubahan.dicatat_oleh, perubahan.tanggal_surat) == (
        jenis,
        tpi,
        tgl("2022-09-20"),
    )
    assert Riwayat.objects.latest("nomor").isi["sesudah"] == {
        "jenis": jenis,
        "tanggal": "2022-10-01",
        "nomor_surat": "S-1",
        "sumber": "surat",
    }
    assert Riwayat.objects.latest("nomor").isi["alasan"] == "sebab"


def test_a_scan_goes_along(predikat, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }
    pindaian = ContentFile(b"%PDF-", name="surat.pdf")

    perubahan = step(alur.revoke, predikat, "2022-10-01", pindaian=pindaian)

    perubahan.refresh_from_db()
    assert perubahan.nama_pindaian == "surat.pdf"
    assert perubahan.pindaian.read() == b"%PDF-"
    perubahan.pindaian.close()


def test_changes_of_one_day_follow_one_another(predikat):
    step(alur.open_klarifikasi, predikat, "2022-06-01")
    step(alur.close_klarifikasi, predikat, "2022-06-01")
    step(alur.revoke, predikat, "2022-06-01")

    assert list_masa(predikat) == [
        ("2021-12-20", "2022-06-01", "WBK", "AKTIF"),
        ("2022-06-01", None, "TANPA", ""),
    ]


# --- refusals -------------------------------------------------------------------------------------
@pytest.mark.parametrize("langkah", LANGKAH)
def test_a_change_without_source_is_refused(predikat, langkah):
    with refused("Sumber wajib diisi."):
        step(langkah, predikat, "2022-06-01", sumber=" ")


@pytest.mark.parametrize("langkah", LANGKAH)
def test_a_change_that_has_not_come_is_refused(predikat, langkah):
    with refused("Tanggal berlaku 16 Juni 2026 belum tiba."):
        step(langkah, predikat, "2026-06-16")


@pytest.mark.parametrize("langkah", LANGKAH)
def test_a_change_before_the_grant_is_refused(predikat, langkah):
    with refused(
        "Tanggal 19 Desember 2021 mendahului perubahan sebelumnya (ditetapkan, 20 Desember 2021)."
    ):
        step(langkah, predikat, "2021-12-19")


@pytest.mark.parametrize("langkah", LANGKAH)
def test_a_change_before_the_last_one_is_refused(predikat, langkah):
    step(alur.open_klarifikasi, predikat, "2022-06-01")

    with refused(
        "Tanggal 31 Mei 2022 mendahului perubahan sebelumnya (klarifikasi dibuka, 1 Juni 2022)."
    ):
        step(langkah, predikat, "2022-05-31")


@pytest.mark.parametrize("langkah", [alur.revoke, alur.end])
def test_a_loss_on_the_first_day_is_refused(predikat, langkah):
    with refused(
        "Predikat ini baru tercatat sejak 20 Desember 2021; paling cepat berakhir sehari "
        "sesudahnya. Bila catatannya keliru, batalkan."
    ):
        step(langkah, predikat, "2021-12-20")


def test_a_second_clarification_is_refused(predikat):
    step(alur.open_klarifikasi, predikat, "2022-06-01")

    with refused("Predikat ini sudah dalam klarifikasi."):
        step(alur.open_klarifikasi, predikat, "2022-06-02")


def test_closing_what_is_not_open_is_refused(predikat):
    with refused("Predikat ini tidak sedang dalam klarifikasi."):
        step(alur.close_klarifikasi, predikat, "2022-06-02")


@pytest.mark.parametrize("langkah", LANGKAH)
@pytest.mark.parametrize("penutup", [alur.revoke, alur.end])
def test_a_lost_predicate_changes_no_more(predikat, penutup, langkah):
    step(penutup, predikat, "2022-06-01")

    with refused("Predikat ini sudah tidak berlaku sejak 1 Juni 2022."):
        step(langkah, predikat, "2022-07-01")


@pytest.mark.parametrize("langkah", LANGKAH)
def test_a_wbk_that_rose_changes_no_more(predikat, langkah):
    PredikatFactory(satker=predikat.satker, jenis="WBBM", tanggal_sk=tgl("2023-12-20"))

    with refused("Predikat ini sudah tidak berlaku sejak 20 Desember 2023."):
        step(langkah, predikat, "2024-01-01")


@pytest.mark.parametrize("langkah", LANGKAH)
def test_a_cancelled_record_changes_no_more(predikat, langkah):
    alur.cancel(predikat, by=None, alasan="keliru")

    with refused("Catatan predikat ini sudah dibatalkan."):
        step(langkah, predikat, "2022-06-01")


def test_a_stale_object_is_read_again_under_the_lock(predikat):
    basi = Predikat.objects.get(pk=predikat.pk)
    step(alur.end, predikat, "2022-06-01")

    with refused("Predikat ini sudah tidak berlaku sejak 1 Juni 2022."):
        step(alur.revoke, basi, "2022-07-01")
    assert PerubahanPredikat.objects.filter(jenis="DICABUT").count() == 0
