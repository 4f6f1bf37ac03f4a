"""Monitoring reports, confirmation of a Kanwil's facts, and proposals of a Kanwil."""

import datetime

import pytest
import time_machine

from penilaian import alur
from penilaian.models import LaporanPemantauan, Predikat, UsulanCatatan
from satker.models import Riwayat
from tests.factories import KanwilFactory, PenggunaFactory, PredikatFactory, SatkerFactory
from tests.penilaian.keadaan import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hari_ini():
    with time_machine.travel(datetime.datetime(2026, 6, 15, 3, 0, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def satker():
    return SatkerFactory(kedudukan=False)


def tgl(teks):
    return datetime.date.fromisoformat(teks)


# --- monitoring -----------------------------------------------------------------------------------
def record(predikat, **isi):
    return alur.record_laporan(
        predikat,
        **{
            "by": None,
            "tanggal": tgl("2023-12-01"),
            "nomor_surat": " L-1 ",
            "hasil": "memenuhi",
            **isi,
        },
    )


def test_a_report_is_recorded_with_its_history():
    predikat, tpi = PredikatFactory(), PenggunaFactory()

    laporan = record(predikat, by=tpi, catatan="baik")

    assert (laporan.nomor_surat, laporan.hasil, laporan.dicatat_oleh) == ("L-1", "memenuhi", tpi)
    riwayat = Riwayat.objects.latest("nomor")
    assert (riwayat.kejadian, riwayat.isi["alasan"]) == ("laporan pemantauan dicatat", "baik")
    assert riwayat.isi["sesudah"] == {
        "tanggal": "2023-12-01",
        "nomor_surat": "L-1",
        "hasil": "memenuhi",
    }


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"nomor_surat": " "}, "Nomor surat wajib diisi."),
        ({"tanggal": tgl("2026-06-16")}, "Tanggal laporan 16 Juni 2026 belum tiba."),
        (
            {"tanggal": tgl("2021-12-19")},
            "Laporan mendahului predikatnya, yang tercatat sejak 20 Desember 2021.",
        ),
        ({}, "Laporan ini sudah tercatat."),
    ],
)
def test_a_report_that_does_not_hold_is_refused(isi, pesan):
    predikat = PredikatFactory()
    record(predikat)

    with refused(pesan):
        record(predikat, **isi)


def test_a_report_on_a_lost_predicate_is_refused():
    predikat = PredikatFactory(berakhir=tgl("2022-06-01"))

    with refused("Predikat ini sudah tidak berlaku sejak 1 Juni 2022."):
        record(predikat)

    assert not LaporanPemantauan.objects.exists()


# --- confirmation ---------------------------------------------------------------------------------
def test_the_facts_of_a_kanwil_are_confirmed_up_to_a_day():
    kanwil = KanwilFactory(data_per=tgl("2022-01-19"))

    alur.confirm_data(kanwil, by=None, pada=tgl("2026-06-15"), alasan="surat Kanwil")

    kanwil.refresh_from_db()
    assert kanwil.data_per == tgl("2026-06-15")
    riwayat = Riwayat.objects.get()
    assert riwayat.isi["sebelum"] == {"data_per": "2022-01-19"}
    assert riwayat.isi["sesudah"] == {"data_per": "2026-06-15"}


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"alasan": ""}, "Dasar konfirmasi wajib diisi."),
        ({"pada": tgl("2026-06-16")}, "Tanggal konfirmasi 16 Juni 2026 belum tiba."),
        (
            {"pada": tgl("2022-01-19")},
            "Data Kanwil ini sudah dikonfirmasi sampai 19 Januari 2022.",
        ),
    ],
)
def test_a_confirmation_that_does_not_hold_is_refused(isi, pesan):
    kanwil = KanwilFactory(data_per=tgl("2022-01-19"))

    with refused(pesan):
        alur.confirm_data(
            kanwil, **{"by": None, "pada": tgl("2024-01-01"), "alasan": "surat", **isi}
        )


# --- proposals ------------------------------------------------------------------------------------
@pytest.fixture
def usulan(satker):
    isi = {
        "jenis": "WBK",
        "sumber": "SK terlampir",
        "tanggal_sk": tgl("2021-12-20"),
        "nomor_sk": "SK 1",
        "disebut_pada": None,
    }
    return alur.propose(satker, isi, by=PenggunaFactory())


def test_a_proposal_waits_and_changes_no_predicate(usulan):
    assert usulan.status == "diusulkan"
    assert not Predikat.objects.exists()
    assert Riwayat.objects.get().isi["sesudah"]["tanggal_sk"] == "2021-12-20"


def test_an_accepted_proposal_becomes_a_grant_of_who_accepts(usulan):
    tpi = PenggunaFactory()

    predikat = alur.accept(usulan, by=tpi)

    usulan = UsulanCatatan.objects.get()
    assert (usulan.status, usulan.diputuskan_oleh) == ("diterima", tpi)
    assert (predikat.berlaku_dari, predikat.dicatat_oleh) == (tgl("2021-12-20"), tpi)
    assert [satu.kejadian for satu in Riwayat.objects.order_by("nomor")] == [
        "catatan predikat diusulkan",
        "predikat ditetapkan",
        "usulan catatan diterima",
    ]


def test_a_rejected_proposal_says_why(usulan):
    alur.reject(usulan, by=None, alasan=" SK tidak terbaca ")

    usulan = UsulanCatatan.objects.get()
    assert (usulan.status, usulan.alasan_putusan) == ("ditolak", "SK tidak terbaca")
    assert not Predikat.objects.exists()


def test_a_rejection_without_reason_is_refused(usulan):
    with refused("Alasan wajib diisi."):
        alur.reject(usulan, by=None, alasan="")


@pytest.mark.parametrize("putusan", ["accept", "reject"])
def test_a_proposal_is_decided_once(usulan, putusan):
    alur.reject(usulan, by=None, alasan="tidak lengkap")

    with refused("Usulan ini sudah ditolak."):
        if putusan == "accept":
            alur.accept(usulan, by=None)
        else:
            alur.reject(usulan, by=None, alasan="lagi")


def test_accepting_what_a_grant_refuses_changes_nothing(usulan, satker):
    PredikatFactory(satker=satker)

    with refused(
        "Satker ini sudah memegang WBK sejak 20 Desember 2021. Satu satker hanya memegang satu "
        "predikat pada satu waktu."
    ):
        alur.accept(usulan, by=None)

    usulan.refresh_from_db()
    assert usulan.status == "diusulkan"


def test_the_same_proposal_waits_once(usulan, satker):
    with refused("Usulan yang sama masih menunggu keputusan."):
        alur.propose(satker, {"jenis": "WBK", "sumber": "lain", "tahun": 2020}, by=None)

    assert alur.propose(satker, {"jenis": "WBBM", "sumber": "lain", "tahun": 2020}, by=None).pk
