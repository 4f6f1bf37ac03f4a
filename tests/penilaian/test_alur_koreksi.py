"""Corrections: cancelled and completed records stay visible and count for nothing they were not."""

import datetime

import pytest
import time_machine

from penilaian import alur
from penilaian.models import MasaPredikat, PernyataanTanpa, PerubahanPredikat, Predikat
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


@pytest.fixture
def satker():
    return SatkerFactory(kedudukan=False)


def tgl(teks):
    return datetime.date.fromisoformat(teks)


def list_masa(satker):
    return [
        (satu.dari.isoformat(), satu.sampai and satu.sampai.isoformat(), satu.nilai)
        for satu in MasaPredikat.objects.filter(satker=satker).order_by("dari")
    ]


# --- cancel ---------------------------------------------------------------------------------------
def test_a_cancelled_record_stays_and_counts_for_nothing(satker):
    predikat, tpi = PredikatFactory(satker=satker), PenggunaFactory()

    alur.cancel(predikat, by=tpi, alasan=" salah satker ")

    predikat.refresh_from_db()
    assert predikat.alasan_batal == "salah satker"
    assert list_masa(satker) == []
    assert list(Predikat.objects.in_force(tgl("2022-01-01"))) == []
    riwayat = Riwayat.objects.latest("nomor")
    assert (riwayat.kejadian, riwayat.oleh_id, riwayat.isi["alasan"]) == (
        "catatan predikat dibatalkan",
        tpi.pk,
        "salah satker",
    )
    assert riwayat.isi["sebelum"]["berlaku_dari"] == "2021-12-20"


def test_a_cancelled_record_is_no_revocation(satker):
    alur.cancel(PredikatFactory(satker=satker), by=None, alasan="keliru")

    assert list_masa(satker) == []
    assert PredikatFactory(satker=satker, tanggal_sk=tgl("2021-12-21")).pk


def test_a_cancelled_record_takes_its_revocation_and_the_bar_along(satker):
    alur.cancel(PredikatFactory(satker=satker, dicabut=tgl("2022-06-01")), by=None, alasan="keliru")

    assert PredikatFactory(satker=satker, tanggal_sk=tgl("2022-07-01")).pk


def test_cancelling_the_wbbm_reopens_the_wbk(satker):
    wbk = PredikatFactory(satker=satker)
    wbbm = PredikatFactory(satker=satker, jenis="WBBM", tanggal_sk=tgl("2023-12-20"))

    alur.cancel(wbbm, by=None, alasan="keliru")

    assert list_masa(satker) == [("2021-12-20", None, "WBK")]
    assert PerubahanPredikat.objects.get(jenis="NAIK_KE_WBBM").alasan_batal == "keliru"
    alur.end(wbk, by=None, tanggal=tgl("2023-01-01"), sumber="surat")
    assert list_masa(satker) == [("2021-12-20", "2023-01-01", "WBK"), ("2023-01-01", None, "TANPA")]


def test_a_wbk_that_rose_is_not_cancelled_before_its_wbbm(satker):
    wbk = PredikatFactory(satker=satker)
    PredikatFactory(satker=satker, jenis="WBBM", tanggal_sk=tgl("2023-12-20"))

    with refused("WBK ini sudah naik ke WBBM. Batalkan catatan WBBM-nya dulu."):
        alur.cancel(wbk, by=None, alasan="keliru")


def test_a_wbbm_is_not_cancelled_when_its_wbk_would_meet_a_later_predicate(satker):
    PredikatFactory(satker=satker)
    wbbm = PredikatFactory(
        satker=satker, jenis="WBBM", tanggal_sk=tgl("2022-12-20"), berakhir=tgl("2023-06-01")
    )
    PredikatFactory(satker=satker, tanggal_sk=tgl("2024-12-20"))

    with refused(
        "Sesudah itu sudah tercatat WBK mulai 20 Desember 2024. Batalkan catatan itu dulu bila "
        "keliru."
    ):
        alur.cancel(wbbm, by=None, alasan="keliru")


def test_a_wbbm_is_not_cancelled_when_its_wbk_would_contradict_a_source(satker):
    PredikatFactory(satker=satker)
    wbbm = PredikatFactory(
        satker=satker, jenis="WBBM", tanggal_sk=tgl("2022-12-20"), berakhir=tgl("2023-06-01")
    )
    TanpaFactory(satker=satker, pada=tgl("2024-01-01"), sumber="koran")

    with refused(
        "koran menyebut satker ini tanpa predikat pada 1 Januari 2024, sesudah tanggal predikat "
        "ini. Batalkan pernyataan itu dulu bila keliru."
    ):
        alur.cancel(wbbm, by=None, alasan="keliru")


def test_a_cancellation_without_reason_is_refused(satker):
    predikat = PredikatFactory(satker=satker)

    with refused("Alasan wajib diisi."):
        alur.cancel(predikat, by=None, alasan="")


def test_a_record_is_cancelled_once(satker):
    predikat = PredikatFactory(satker=satker)
    alur.cancel(predikat, by=None, alasan="keliru")

    with refused("Catatan predikat ini sudah dibatalkan."):
        alur.cancel(predikat, by=None, alasan="lagi")


# --- cancel a change ------------------------------------------------------------------------------
@pytest.mark.parametrize("penutup", ["dicabut", "berakhir"])
def test_an_end_taken_back_reopens_the_predicate(satker, penutup):
    predikat = PredikatFactory(satker=satker, **{penutup: tgl("2022-06-01")})
    perubahan = PerubahanPredikat.objects.latest("pk")

    alur.cancel_perubahan(perubahan, by=None, alasan="surat keliru")

    assert list_masa(satker) == [("2021-12-20", None, "WBK")]
    riwayat = Riwayat.objects.latest("nomor")
    assert riwayat.kejadian == "perubahan predikat dibatalkan"
    assert riwayat.isi["sebelum"]["tanggal"] == "2022-06-01"
    # Neither the end nor a bar is left of it.
    assert PredikatFactory(satker=satker, jenis="WBBM", tanggal_sk=tgl("2022-07-01")).pk
    assert predikat.pk


def test_a_clarification_taken_back_leaves_the_state_before(satker):
    PredikatFactory(satker=satker, klarifikasi=tgl("2022-06-01"))

    alur.cancel_perubahan(PerubahanPredikat.objects.latest("pk"), by=None, alasan="keliru")

    masa = MasaPredikat.objects.get()
    assert (masa.keadaan, masa.sampai) == ("AKTIF", None)


def test_only_the_last_change_is_taken_back(satker):
    PredikatFactory(satker=satker, klarifikasi=tgl("2022-06-01"), dicabut=tgl("2022-09-01"))
    klarifikasi = PerubahanPredikat.objects.get(jenis="KLARIFIKASI_DIBUKA")

    with refused("Hanya perubahan terakhir yang bisa dibatalkan."):
        alur.cancel_perubahan(klarifikasi, by=None, alasan="keliru")


def test_a_change_is_taken_back_once(satker):
    PredikatFactory(satker=satker, klarifikasi=tgl("2022-06-01"))
    klarifikasi = PerubahanPredikat.objects.latest("pk")
    alur.cancel_perubahan(klarifikasi, by=None, alasan="keliru")

    with refused("Hanya perubahan terakhir yang bisa dibatalkan."):
        alur.cancel_perubahan(klarifikasi, by=None, alasan="lagi")


def test_a_grant_is_not_taken_back_as_a_change(satker):
    PredikatFactory(satker=satker)

    with refused("Yang dibatalkan adalah catatan predikatnya, bukan penetapannya saja."):
        alur.cancel_perubahan(PerubahanPredikat.objects.get(), by=None, alasan="keliru")


def test_a_change_of_a_cancelled_record_is_not_taken_back(satker):
    predikat = PredikatFactory(satker=satker, dicabut=tgl("2022-06-01"))
    alur.cancel(predikat, by=None, alasan="keliru")

    with refused("Yang dibatalkan adalah catatan predikatnya, bukan penetapannya saja."):
        alur.cancel_perubahan(PerubahanPredikat.objects.latest("pk"), by=None, alasan="keliru")


def test_a_rise_is_taken_back_by_cancelling_the_wbbm(satker):
    PredikatFactory(satker=satker)
    PredikatFactory(satker=satker, jenis="WBBM", tanggal_sk=tgl("2023-12-20"))

    with refused("Kenaikan dibatalkan dengan membatalkan catatan WBBM-nya."):
        alur.cancel_perubahan(
            PerubahanPredikat.objects.get(jenis="NAIK_KE_WBBM"), by=None, alasan="keliru"
        )


def test_an_end_before_a_later_predicate_is_not_taken_back(satker):
    PredikatFactory(satker=satker, berakhir=tgl("2022-06-01"))
    berakhir = PerubahanPredikat.objects.latest("pk")
    PredikatFactory(satker=satker, tanggal_sk=tgl("2024-12-20"))

    with refused(
        "Sesudah itu sudah tercatat WBK mulai 20 Desember 2024. Batalkan catatan itu dulu bila "
        "keliru."
    ):
        alur.cancel_perubahan(berakhir, by=None, alasan="keliru")


def test_an_end_before_a_saying_without_predicate_is_not_taken_back(satker):
    PredikatFactory(satker=satker, berakhir=tgl("2022-06-01"))
    TanpaFactory(satker=satker, pada=tgl("2022-06-01"), sumber="koran")

    with refused(
        "koran menyebut satker ini tanpa predikat pada 1 Juni 2022, sesudah tanggal predikat "
        "ini. Batalkan pernyataan itu dulu bila keliru."
    ):
        alur.cancel_perubahan(
            PerubahanPredikat.objects.get(jenis="BERAKHIR"), by=None, alasan="keliru"
        )


def test_a_change_is_not_taken_back_without_reason(satker):
    PredikatFactory(satker=satker, dicabut=tgl("2022-06-01"))

    with refused("Alasan wajib diisi."):
        alur.cancel_perubahan(PerubahanPredikat.objects.latest("pk"), by=None, alasan=" ")


# --- complete -------------------------------------------------------------------------------------
@pytest.fixture
def disebut(satker):
    """A WBK of which only a source of 19 January 2022 speaks."""
    return PredikatFactory(
        satker=satker, tanggal_sk=None, nomor_sk="", disebut_pada=tgl("2022-01-19")
    )


@pytest.mark.parametrize(
    ("isi", "dari", "ketelitian", "tahun"),
    [
        ({"tanggal_sk": tgl("2020-12-20"), "nomor_sk": "SK 1"}, "2020-12-20", "tanggal", 2020),
        ({"tahun": 2020}, "2020-12-31", "tahun", 2020),
        ({"tahun": 2022}, "2022-01-19", "tahun", 2022),
        ({"nomor_sk": "SK 1"}, "2022-01-19", "disebut", None),
        ({"dasar": "tpn"}, "2022-01-19", "disebut", None),
    ],
)
def test_what_is_found_later_moves_the_beginning_back(
    satker, disebut, isi, dari, ketelitian, tahun
):
    alur.complete(disebut, by=None, sumber="arsip", **isi)

    disebut.refresh_from_db()
    assert (disebut.berlaku_dari.isoformat(), disebut.ketelitian, disebut.tahun) == (
        dari,
        ketelitian,
        tahun,
    )
    assert disebut.sumber == "daftar uji; arsip"
    assert list_masa(satker) == [(dari, None, "WBK")]
    perubahan = PerubahanPredikat.objects.get()
    assert (perubahan.tanggal, perubahan.nomor_surat, perubahan.tanggal_surat) == (
        tgl(dari),
        disebut.nomor_sk,
        disebut.tanggal_sk,
    )
    riwayat = Riwayat.objects.latest("nomor")
    assert (riwayat.kejadian, riwayat.isi["alasan"]) == ("predikat dilengkapi", "arsip")
    assert riwayat.isi["sebelum"]["berlaku_dari"] == "2022-01-19"
    assert riwayat.isi["sesudah"]["berlaku_dari"] == dari


def test_completing_is_no_revocation(disebut):
    alur.complete(disebut, by=None, sumber="arsip", tahun=2020)

    assert not PerubahanPredikat.objects.exclude(jenis="DITETAPKAN").exists()


def test_the_end_of_the_wbk_moves_with_the_wbbm(satker):
    wbk = PredikatFactory(satker=satker, tanggal_sk=tgl("2019-12-20"))
    wbbm = PredikatFactory(
        satker=satker, jenis="WBBM", tanggal_sk=None, nomor_sk="", disebut_pada=tgl("2022-01-19")
    )

    alur.complete(wbbm, by=None, sumber="arsip", tanggal_sk=tgl("2021-12-20"))

    wbk.refresh_from_db()
    assert wbk.berlaku_sampai == tgl("2021-12-20")
    assert PerubahanPredikat.objects.get(jenis="NAIK_KE_WBBM").tanggal == tgl("2021-12-20")
    assert list_masa(satker) == [("2019-12-20", "2021-12-20", "WBK"), ("2021-12-20", None, "WBBM")]
    assert MasaPredikat.objects.find_selisih() == set()


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"tahun": 2021, "sumber": ""}, "Sumber wajib diisi."),
        ({}, "Isi sekurangnya satu: nomor SK, tanggal SK, tahun, atau dasar."),
        ({"nomor_sk": " "}, "Isi sekurangnya satu: nomor SK, tanggal SK, tahun, atau dasar."),
        ({"tanggal_sk": tgl("2026-06-16")}, "Tanggal SK 16 Juni 2026 belum tiba."),
        (
            {"tanggal_sk": tgl("2022-01-20")},
            "daftar uji sudah menyebut predikat ini pada 19 Januari 2022; SK tanggal "
            "20 Januari 2022 sesudahnya tidak mungkin SK yang sama.",
        ),
        (
            {"tahun": 2023},
            "Sumber sudah menyebut predikat ini pada 19 Januari 2022, sebelum tahun 2023. "
            "Periksa salah satunya.",
        ),
        (
            {"tanggal_sk": tgl("2020-12-20"), "tahun": 2021},
            "Tahun 2021 tidak sesuai dengan SK tanggal 20 Desember 2020. Periksa salah satunya.",
        ),
        (
            {"tahun": 2020, "sumber": "x" * 300},
            "Sumber terlalu panjang; bersama sumber lama paling banyak 300 huruf.",
        ),
    ],
)
def test_a_completion_that_does_not_hold_is_refused(disebut, isi, pesan):
    with refused(pesan):
        alur.complete(disebut, **{"by": None, "sumber": "arsip", **isi})


def test_a_cancelled_record_is_not_completed(disebut):
    alur.cancel(disebut, by=None, alasan="keliru")

    with refused("Catatan predikat ini sudah dibatalkan."):
        alur.complete(disebut, by=None, sumber="arsip", tahun=2020)


def test_a_decree_on_record_is_not_redated(satker):
    predikat = PredikatFactory(satker=satker)

    with refused(
        "SK sudah tercatat bertanggal 20 Desember 2021. Bila keliru, batalkan catatan ini dan "
        "catat yang benar."
    ):
        alur.complete(predikat, by=None, sumber="arsip", tanggal_sk=tgl("2020-12-20"))


def test_a_year_on_record_is_not_changed(satker):
    predikat = PredikatFactory(satker=satker, tanggal_sk=None, tahun=2021)

    with refused(
        "Tahun sudah tercatat 2021. Bila keliru, batalkan catatan ini dan catat yang benar."
    ):
        alur.complete(predikat, by=None, sumber="arsip", tahun=2020)


def test_a_beginning_is_not_moved_later(satker):
    predikat = PredikatFactory(satker=satker, tanggal_sk=None, tahun=2021)

    with refused(
        "Predikat ini sudah terhitung sejak 31 Desember 2021; 10 Februari 2022 lebih lambat. "
        "Bila catatannya keliru, batalkan."
    ):
        alur.complete(predikat, by=None, sumber="arsip", tanggal_sk=tgl("2022-02-10"))


def test_a_beginning_is_not_moved_into_another_predicate(satker):
    PredikatFactory(satker=satker, tanggal_sk=tgl("2018-12-20"), berakhir=tgl("2021-01-01"))
    disebut = PredikatFactory(satker=satker, tanggal_sk=None, disebut_pada=tgl("2022-01-19"))

    with refused("Pada 31 Desember 2020 satker ini tercatat memegang WBK."):
        alur.complete(disebut, by=None, sumber="arsip", tahun=2020)


@pytest.mark.parametrize("hari", ["2019-12-20", "2019-12-19"])
def test_a_wbbm_is_not_moved_to_or_before_the_day_of_its_wbk(satker, hari):
    PredikatFactory(satker=satker, tanggal_sk=tgl("2019-12-20"))
    wbbm = PredikatFactory(
        satker=satker, jenis="WBBM", tanggal_sk=None, disebut_pada=tgl("2022-01-19")
    )

    with refused(
        "WBK satker ini tercatat sejak 20 Desember 2019; WBBM tidak bisa mulai sebelum atau pada "
        "hari yang sama. Lengkapi WBK-nya dulu."
    ):
        alur.complete(wbbm, by=None, sumber="arsip", tanggal_sk=tgl(hari))


def test_a_wbbm_is_not_moved_before_a_change_of_its_wbk(satker):
    PredikatFactory(satker=satker, tanggal_sk=tgl("2019-12-20"), klarifikasi=tgl("2021-06-01"))
    wbbm = PredikatFactory(
        satker=satker, jenis="WBBM", tanggal_sk=None, disebut_pada=tgl("2022-01-19")
    )

    with refused(
        "WBK satker ini masih berubah pada 1 Juni 2021 (klarifikasi dibuka); WBBM tidak bisa "
        "mulai sebelumnya."
    ):
        alur.complete(wbbm, by=None, sumber="arsip", tanggal_sk=tgl("2021-05-31"))


def test_a_beginning_is_not_moved_before_a_saying_without_predicate(satker, disebut):
    alur.attest_tanpa(satker, by=None, pada=tgl("2021-03-01"), sumber="koran")

    with refused(
        "koran menyebut satker ini tanpa predikat pada 1 Maret 2021. Batalkan pernyataan itu dulu "
        "bila keliru."
    ):
        alur.complete(disebut, by=None, sumber="arsip", tahun=2020)


def test_a_beginning_is_not_moved_into_the_bar(satker):
    PredikatFactory(satker=satker, tanggal_sk=tgl("2018-12-20"), dicabut=tgl("2020-01-01"))
    disebut = PredikatFactory(satker=satker, tanggal_sk=None, disebut_pada=tgl("2022-01-19"))

    with refused(
        "Predikat satker ini dicabut pada 1 Januari 2020. Sampai 1 Januari 2022 (2 tahun) satker "
        "tidak bisa menerima predikat lagi."
    ):
        alur.complete(disebut, by=None, sumber="arsip", tahun=2021)


# --- attestations ---------------------------------------------------------------------------------
def test_a_saying_is_recorded_and_taken_back(satker):
    pernyataan = alur.attest_tanpa(satker, by=None, pada=tgl("2022-01-19"), sumber="koran")
    assert list_masa(satker) == [("2022-01-19", None, "TANPA")]

    alur.cancel_pernyataan(pernyataan, by=None, alasan="salah baca")

    assert list_masa(satker) == []
    assert PernyataanTanpa.objects.get().alasan_batal == "salah baca"
    assert [satu.kejadian for satu in Riwayat.objects.order_by("nomor")] == [
        "dinyatakan tanpa predikat",
        "pernyataan tanpa predikat dibatalkan",
    ]
    assert PredikatFactory(satker=satker, tanggal_sk=tgl("2021-12-20")).pk


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"sumber": ""}, "Sumber wajib diisi."),
        ({"pada": tgl("2026-06-16")}, "Tanggal pernyataan 16 Juni 2026 belum tiba."),
        (
            {"pada": tgl("2022-01-19")},
            "Satker ini tercatat memegang WBK pada 19 Januari 2022.",
        ),
        ({"pada": tgl("2021-12-20")}, "Satker ini tercatat memegang WBK pada 20 Desember 2021."),
        ({}, "Pernyataan ini sudah tercatat."),
    ],
)
def test_a_saying_that_does_not_hold_is_refused(satker, isi, pesan):
    alur.attest_tanpa(satker, by=None, pada=tgl("2020-01-01"), sumber="koran")
    PredikatFactory(satker=satker)

    with refused(pesan):
        alur.attest_tanpa(
            satker, **{"by": None, "pada": tgl("2020-01-01"), "sumber": "koran", **isi}
        )


@pytest.mark.parametrize("alasan", ["", "keliru"])
def test_a_saying_is_taken_back_once_and_with_a_reason(satker, alasan):
    pernyataan = TanpaFactory(satker=satker)
    if alasan:
        alur.cancel_pernyataan(pernyataan, by=None, alasan=alasan)

    with refused("Pernyataan ini sudah dibatalkan." if alasan else "Alasan wajib diisi."):
        alur.cancel_pernyataan(pernyataan, by=None, alasan=alasan)
