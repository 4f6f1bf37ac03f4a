"""Grants: what is recorded, from which day it counts, and every refusal."""

import datetime

import pytest
import time_machine

from penilaian import alur
from penilaian.models import MasaPredikat, PerubahanPredikat
from satker.models import Riwayat
from tests.factories import (
    AturanFactory,
    PenggunaFactory,
    PredikatFactory,
    SatkerFactory,
    TanpaFactory,
)
from tests.penilaian.keadaan import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hari_ini():
    with time_machine.travel(datetime.datetime(2026, 6, 15, 3, 0, tzinfo=datetime.UTC)):
        yield


@pytest.fixture(autouse=True)
def aturan():
    AturanFactory(kode="larangan-sesudah-cabut", nilai=2)
    AturanFactory(kode="wbk-sebelum-wbbm", nilai=1)


@pytest.fixture
def satker():
    return SatkerFactory(kedudukan=False)


def tgl(teks):
    return datetime.date.fromisoformat(teks)


def list_masa(satker):
    return [
        (satu.dari.isoformat(), satu.sampai and satu.sampai.isoformat(), satu.nilai, satu.keadaan)
        for satu in MasaPredikat.objects.filter(satker=satker).order_by("dari")
    ]


def test_a_grant_counts_from_its_decree_and_stands_in_the_history(satker):
    tpi = PenggunaFactory()

    predikat = alur.grant(
        satker,
        "WBK",
        by=tpi,
        sumber=" menpan.go.id ",
        tanggal_sk=tgl("2021-12-20"),
        nomor_sk=" SK 1 ",
        dasar="tpn",
        keterangan="catatan",
    )

    predikat.refresh_from_db()
    assert (predikat.sumber, predikat.nomor_sk, predikat.tahun, predikat.dicatat_oleh) == (
        "menpan.go.id",
        "SK 1",
        2021,
        tpi,
    )
    assert list_masa(satker) == [("2021-12-20", None, "WBK", "AKTIF")]
    perubahan = PerubahanPredikat.objects.get()
    assert (perubahan.jenis, perubahan.tanggal, perubahan.nomor_surat, perubahan.keterangan) == (
        "DITETAPKAN",
        tgl("2021-12-20"),
        "SK 1",
        "catatan",
    )
    riwayat = Riwayat.objects.get()
    assert (riwayat.kejadian, riwayat.objek, riwayat.oleh_id) == (
        "predikat ditetapkan",
        f"predikat:{predikat.pk}",
        tpi.pk,
    )
    assert riwayat.isi["sesudah"]["berlaku_dari"] == "2021-12-20"


@pytest.mark.parametrize(
    ("isi", "dari", "ketelitian", "tahun"),
    [
        ({"tahun": 2021}, "2021-12-31", "tahun", 2021),
        ({"tahun": 2021, "disebut_pada": tgl("2022-01-19")}, "2021-12-31", "tahun", 2021),
        ({"tahun": 2021, "disebut_pada": tgl("2021-06-01")}, "2021-06-01", "tahun", 2021),
        ({"disebut_pada": tgl("2022-01-19")}, "2022-01-19", "disebut", None),
        ({"tanggal_sk": tgl("2021-12-20"), "tahun": 2021}, "2021-12-20", "tanggal", 2021),
        (
            {"tanggal_sk": tgl("2021-12-20"), "disebut_pada": tgl("2022-01-19")},
            "2021-12-20",
            "tanggal",
            2021,
        ),
    ],
)
def test_a_grant_counts_from_the_first_day_that_is_certain(satker, isi, dari, ketelitian, tahun):
    predikat = alur.grant(satker, "WBK", by=None, sumber="koran", **isi)

    predikat.refresh_from_db()
    assert (predikat.berlaku_dari.isoformat(), predikat.ketelitian, predikat.tahun) == (
        dari,
        ketelitian,
        tahun,
    )
    assert list_masa(satker) == [(dari, None, "WBK", "AKTIF")]


def test_a_wbk_in_force_rises_to_wbbm(satker):
    wbk = PredikatFactory(satker=satker, tanggal_sk=tgl("2021-12-20"))

    wbbm = PredikatFactory(satker=satker, jenis="WBBM", tanggal_sk=tgl("2023-12-20"))

    wbk.refresh_from_db()
    assert (wbk.berlaku_sampai, wbbm.alasan_tanpa_wbk) == (tgl("2023-12-20"), "")
    kenaikan = PerubahanPredikat.objects.get(jenis="NAIK_KE_WBBM")
    assert (kenaikan.predikat, kenaikan.kelanjutan) == (wbk, wbbm)
    assert list_masa(satker) == [
        ("2021-12-20", "2023-12-20", "WBK", "AKTIF"),
        ("2023-12-20", None, "WBBM", "AKTIF"),
    ]
    assert alur.list_peringatan(wbbm) == []
    assert alur.list_peringatan(wbk) == []


def test_a_wbk_in_clarification_may_rise(satker):
    PredikatFactory(satker=satker, klarifikasi=tgl("2022-06-01"))

    PredikatFactory(satker=satker, jenis="WBBM", tanggal_sk=tgl("2023-12-20"))

    assert list_masa(satker) == [
        ("2021-12-20", "2022-06-01", "WBK", "AKTIF"),
        ("2022-06-01", "2023-12-20", "WBK", "DALAM_KLARIFIKASI"),
        ("2023-12-20", None, "WBBM", "AKTIF"),
    ]


def test_a_rise_within_the_year_is_accepted_with_a_warning(satker):
    PredikatFactory(satker=satker, tanggal_sk=tgl("2021-12-20"))

    wbbm = PredikatFactory(satker=satker, jenis="WBBM", tanggal_sk=tgl("2022-06-01"))

    assert alur.list_peringatan(wbbm) == [
        "WBK baru tercatat sejak 20 Desember 2021; pemeriksaan nasional meminta 1 tahun WBK "
        "sebelum WBBM."
    ]


def test_a_wbbm_without_wbk_is_recorded_with_a_reason(satker):
    wbbm = alur.grant(
        satker, "WBBM", by=None, sumber="koran", tahun=2021, alasan_tanpa_wbk=" WBK tak tercatat "
    )

    assert wbbm.alasan_tanpa_wbk == "WBK tak tercatat"
    assert alur.list_peringatan(wbbm) == []
    assert Riwayat.objects.get().isi["alasan"] == "WBK tak tercatat"


def test_a_saying_before_the_grant_is_no_contradiction(satker):
    TanpaFactory(satker=satker, pada=tgl("2021-12-19"))

    PredikatFactory(satker=satker, tanggal_sk=tgl("2021-12-20"))

    assert list_masa(satker) == [
        ("2021-12-19", "2021-12-20", "TANPA", ""),
        ("2021-12-20", None, "WBK", "AKTIF"),
    ]


# --- refusals -------------------------------------------------------------------------------------
def grant(satker, jenis="WBK", **isi):
    return alur.grant(satker, jenis, **{"by": None, "sumber": "koran", **isi})


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"sumber": " ", "tahun": 2021}, "Sumber wajib diisi."),
        ({}, "Isi tanggal SK, atau tahun, atau tanggal predikat ini disebut sumber."),
        ({"tanggal_sk": tgl("2026-06-16")}, "Tanggal SK 16 Juni 2026 belum tiba."),
        (
            {"disebut_pada": tgl("2026-06-16")},
            "Tanggal disebut sumber 16 Juni 2026 belum tiba.",
        ),
        ({"tahun": 2027}, "Tahun 2027 belum tiba."),
        ({"tahun": 2026}, "Predikat berlaku mulai 31 Desember 2026 belum tiba."),
        (
            {"tanggal_sk": tgl("2022-01-20"), "disebut_pada": tgl("2022-01-19")},
            "Sumber sudah menyebut predikat ini pada 19 Januari 2022, sebelum SK tanggal "
            "20 Januari 2022. Periksa salah satunya.",
        ),
        (
            {"tanggal_sk": tgl("2022-01-20"), "tahun": 2021},
            "Tahun 2021 tidak sesuai dengan SK tanggal 20 Januari 2022. Periksa salah satunya.",
        ),
        (
            {"disebut_pada": tgl("2022-01-19"), "tahun": 2023},
            "Sumber sudah menyebut predikat ini pada 19 Januari 2022, sebelum tahun 2023. "
            "Periksa salah satunya.",
        ),
    ],
)
def test_a_grant_whose_dates_or_source_do_not_hold_is_refused(satker, isi, pesan):
    with refused(pesan):
        grant(satker, **isi)


def test_today_has_come(satker):
    assert grant(satker, tanggal_sk=tgl("2026-06-15")).berlaku_dari == tgl("2026-06-15")


@pytest.mark.parametrize("alasan", ["", "  "])
def test_a_wbbm_without_wbk_and_without_reason_is_refused(satker, alasan):
    with refused(
        "Satker ini tidak tercatat memegang WBK pada 31 Desember 2021. WBBM hanya bagi "
        "pemegang WBK. Catat WBK-nya dulu, atau isi alasan mengapa WBBM dicatat tanpa WBK."
    ):
        grant(satker, "WBBM", tahun=2021, alasan_tanpa_wbk=alasan)


def test_a_wbbm_after_a_lost_wbk_needs_a_reason(satker):
    PredikatFactory(satker=satker, tanggal_sk=tgl("2019-12-20"), berakhir=tgl("2021-12-20"))

    with refused(
        "Satker ini tidak tercatat memegang WBK pada 31 Desember 2021. WBBM hanya bagi "
        "pemegang WBK. Catat WBK-nya dulu, atau isi alasan mengapa WBBM dicatat tanpa WBK."
    ):
        grant(satker, "WBBM", tahun=2021)


def test_a_second_wbk_is_refused(satker):
    PredikatFactory(satker=satker)

    with refused(
        "Satker ini sudah memegang WBK sejak 20 Desember 2021. Satu satker hanya memegang satu "
        "predikat pada satu waktu."
    ):
        grant(satker, tahun=2023)


@pytest.mark.parametrize("jenis", ["WBK", "WBBM"])
def test_nothing_is_granted_to_a_holder_of_wbbm(satker, jenis):
    PredikatFactory(satker=satker, jenis="WBBM")

    with refused(
        "Satker ini sudah memegang WBBM sejak 20 Desember 2021. Satu satker hanya memegang satu "
        "predikat pada satu waktu."
    ):
        grant(satker, jenis, tahun=2023, alasan_tanpa_wbk="uji")


def test_a_rise_on_the_day_of_the_wbk_is_refused(satker):
    PredikatFactory(satker=satker, tanggal_sk=tgl("2021-12-20"))

    with refused(
        "Satker ini sudah memegang WBK sejak 20 Desember 2021. Satu satker hanya memegang satu "
        "predikat pada satu waktu."
    ):
        grant(satker, "WBBM", tanggal_sk=tgl("2021-12-20"))


def test_a_rise_before_the_last_change_of_the_wbk_is_refused(satker):
    PredikatFactory(satker=satker, klarifikasi=tgl("2023-06-01"))

    with refused(
        "Satker ini sudah memegang WBK sejak 20 Desember 2021. Satu satker hanya memegang satu "
        "predikat pada satu waktu."
    ):
        grant(satker, "WBBM", tanggal_sk=tgl("2023-05-31"))


def test_a_grant_before_one_on_record_is_refused(satker):
    PredikatFactory(satker=satker)

    with refused(
        "Sudah tercatat WBK mulai 20 Desember 2021, sesudah 31 Desember 2019. Catat predikat "
        "menurut urutan waktunya."
    ):
        grant(satker, tahun=2019)


def test_a_grant_within_the_time_of_a_lost_predicate_is_refused(satker):
    PredikatFactory(satker=satker, berakhir=tgl("2023-12-20"))

    with refused(
        "Satker ini sudah memegang WBK sejak 20 Desember 2021. Satu satker hanya memegang satu "
        "predikat pada satu waktu."
    ):
        grant(satker, tahun=2022)


def test_a_grant_against_a_later_saying_is_refused(satker):
    TanpaFactory(satker=satker, pada=tgl("2022-01-19"), sumber="rmolsumsel.id")

    with refused(
        "rmolsumsel.id menyebut satker ini tanpa predikat pada 19 Januari 2022, sesudah tanggal "
        "predikat ini. Batalkan pernyataan itu dulu bila keliru."
    ):
        grant(satker, tahun=2021)


# --- the bar --------------------------------------------------------------------------------------
def test_the_bar_ends_two_years_after_the_revocation(satker):
    PredikatFactory(satker=satker, dicabut=tgl("2022-02-28"))
    pesan = (
        "Predikat satker ini dicabut pada 28 Februari 2022. Sampai 28 Februari 2024 (2 tahun) "
        "satker tidak bisa menerima predikat lagi."
    )

    with refused(pesan):
        grant(satker, tanggal_sk=tgl("2022-02-28"))
    with refused(pesan):
        grant(satker, tanggal_sk=tgl("2024-02-27"))

    assert grant(satker, tanggal_sk=tgl("2024-02-28")).pk


def test_the_years_of_the_bar_are_a_rule_of_their_time(satker):
    AturanFactory(kode="larangan-sesudah-cabut", nilai=3, berlaku_dari=tgl("2022-01-01"))
    PredikatFactory(satker=satker, dicabut=tgl("2022-02-28"))

    with refused(
        "Predikat satker ini dicabut pada 28 Februari 2022. Sampai 28 Februari 2025 (3 tahun) "
        "satker tidak bisa menerima predikat lagi."
    ):
        grant(satker, tanggal_sk=tgl("2024-02-28"))


def test_an_end_raises_no_bar(satker):
    PredikatFactory(satker=satker, berakhir=tgl("2022-02-28"))

    assert grant(satker, tanggal_sk=tgl("2022-02-28")).pk


def test_a_revocation_of_another_unit_raises_no_bar(satker):
    PredikatFactory(dicabut=tgl("2022-02-28"))

    assert grant(satker, tanggal_sk=tgl("2022-03-01")).pk
