"""Steps of the Perjanjian Kinerja: what is refused changes nothing."""

import datetime
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from integritas.alur import AlurError
from satker import perjanjian as baca
from satker.alur import janji as alur
from satker.alur.janji.dasar import BerubahError
from satker.alur.janji.draf import PilihanPihak
from satker.janji import Isi, IsiSasaran, compute_sidik
from satker.models import (
    Dipa,
    IndikatorKinerja,
    Penugasan,
    PerjanjianKinerja,
    Riwayat,
)
from tests.factories import KanwilFactory, KepalaFactory, SatkerFactory
from tests.factories.janji import make_isi, make_perjanjian, sign

pytestmark = pytest.mark.django_db
HARI = datetime.date(2026, 1, 19)
Status = PerjanjianKinerja.Status


def snapshot(satker):
    """Everything a step could have changed."""
    return [
        list(PerjanjianKinerja.objects.order_by("pk").values()),
        list(IndikatorKinerja.objects.order_by("pk").values()),
        list(Dipa.objects.order_by("pk").values()),
        Riwayat.objects.of(satker).count(),
    ]


def assert_refused(satker, pesan, step):
    sebelum = snapshot(satker)
    with pytest.raises(AlurError, match=pesan):
        step()
    assert snapshot(satker) == sebelum


def get(perjanjian):
    return PerjanjianKinerja.objects.select_related("pihak_pertama__pengguna", "satker").get(
        pk=perjanjian.pk
    )


# --- DIPA -----------------------------------------------------------------------------------------
def test_the_day_of_dipa_is_recorded_and_corrected():
    satker = SatkerFactory()

    alur.record_dipa(satker, 2026, datetime.date(2025, 12, 1), "DIPA-1", by=None)
    alur.record_dipa(satker, 2026, datetime.date(2025, 12, 2), "DIPA-1", by=None)
    alur.record_dipa(satker, 2026, datetime.date(2025, 12, 2), "DIPA-1", by=None)

    assert Dipa.objects.get().tanggal == datetime.date(2025, 12, 2)
    assert [satu.kejadian for satu in Riwayat.objects.of(satker)] == [
        "tanggal DIPA dibetulkan",
        "tanggal DIPA dicatat",
    ]


@pytest.mark.parametrize(
    ("tahun", "tanggal", "pesan"),
    [
        (2026, datetime.date(2024, 12, 1), "bukan untuk tahun 2026"),
        (2100, datetime.date(2099, 12, 1), "masih di masa depan"),
    ],
)
def test_an_impossible_day_of_dipa_is_refused(tahun, tanggal, pesan):
    satker = SatkerFactory()

    assert_refused(satker, pesan, lambda: alur.record_dipa(satker, tahun, tanggal, by=None))


def test_one_day_of_dipa_for_many_leaves_what_is_recorded():
    satu, dua = SatkerFactory(), SatkerFactory()
    alur.record_dipa(satu, 2026, datetime.date(2025, 12, 1), by=None)

    jumlah = alur.record_dipa_many([satu, dua], 2026, datetime.date(2025, 12, 9), by=None)

    assert jumlah == 1
    assert set(Dipa.objects.values_list("satker", "tanggal")) == {
        (satu.pk, datetime.date(2025, 12, 1)),
        (dua.pk, datetime.date(2025, 12, 9)),
    }


# --- a draft --------------------------------------------------------------------------------------
def test_a_draft_begins_with_the_heads_of_today():
    kanwil = KanwilFactory(nama="Kantor Wilayah Uji")
    satker = SatkerFactory(kanwil=kanwil, nama="Lapas Uji", tempat="Palu")
    kepala = KepalaFactory(satker=satker, jenis="plt", nama="Budi Uji")
    KepalaFactory(satker=kanwil.satker, nama="Siti Uji")

    draf = get(alur.start(satker, 2026, by=None))

    pertama, kedua = (baca.get_pihak(draf, yang) for yang in baca.PIHAK)
    assert (pertama.nama, pertama.jabatan) == ("Budi Uji", "Plt. Kepala Lapas Uji")
    assert (kedua.nama, kedua.jabatan) == ("Siti Uji", "Kepala Kantor Wilayah Uji")
    assert draf.pihak_pertama.pengguna == kepala
    assert draf.tempat == "Palu"


def test_a_second_draft_is_refused():
    satker = SatkerFactory()
    alur.start(satker, 2026, by=None)

    assert_refused(satker, "sudah ada", lambda: alur.start(satker, 2026, by=None))
    assert_refused(satker, "Tahun 2090", lambda: alur.start(satker, 2090, by=None))


def test_a_draft_given_up_leaves_its_number_to_the_next():
    draf = make_perjanjian(tahun=2026)

    alur.cancel(draf, by=None, alasan="salah tahun")

    assert get(draf).status == Status.DIBATALKAN
    assert alur.start(draf.satker, 2026, by=None).versi == 1
    assert_refused(draf.satker, "bukan draf", lambda: alur.save_isi(draf, make_isi(), by=None))


def test_content_is_replaced_and_a_stale_page_is_told():
    draf = make_perjanjian(tahun=2026)
    dilihat = compute_sidik(baca.read_isi(draf).to_data())

    alur.save_isi(draf, make_isi(target=Decimal(95)), by=None, sidik_awal=dilihat)

    assert [satu.target for satu in IndikatorKinerja.objects.order_by("urutan")] == [95, 2]
    sebelum = snapshot(draf.satker)
    with pytest.raises(BerubahError, match="diubah orang lain"):
        alur.save_isi(draf, make_isi(), by=None, sidik_awal=dilihat)
    assert snapshot(draf.satker) == sebelum


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        (make_isi(satuan=""), "Satuan ukuran indikator “Layanan tepat waktu” wajib diisi"),
        (make_isi(target=None), "Target indikator “Layanan tepat waktu” wajib"),
        (make_isi(target=Decimal(-1)), "Target indikator"),
        (Isi((IsiSasaran(" ", ()),)), "Nama sasaran wajib"),
        (Isi((IsiSasaran("x", ()),) * 31), "Sasaran paling banyak 30"),
    ],
)
def test_pk4_content_without_target_or_unit_is_refused(isi, pesan):
    draf = make_perjanjian(tahun=2026)

    assert_refused(draf.satker, pesan, lambda: alur.save_isi(draf, isi, by=None))


def test_pk4_the_database_wants_unit_and_target_too():
    indikator = make_perjanjian(tahun=2026) and IndikatorKinerja.objects.first()
    for isi in ({"satuan": ""}, {"target": None}, {"target": Decimal(-1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IndikatorKinerja.objects.filter(pk=indikator.pk).update(**isi)


def test_the_same_person_twice_and_somebody_elses_head_are_refused():
    draf = make_perjanjian(tahun=2026)
    pertama = PilihanPihak(draf.pihak_pertama, "", "Kepala")
    asing = Penugasan.objects.get(pengguna=KepalaFactory())
    sama = PilihanPihak(None, draf.pihak_pertama.pengguna.nama.upper(), "Kakanwil")

    for kedua, pesan in ((sama, "dua orang"), (PilihanPihak(asing, "", "x"), "bukan kepala")):
        assert_refused(
            draf.satker,
            pesan,
            lambda kedua=kedua: alur.choose_pihak(
                draf, pertama=pertama, kedua=kedua, tempat="", by=None
            ),
        )


# --- signing --------------------------------------------------------------------------------------
def test_signing_freezes_names_titles_day_and_content():
    draf = make_perjanjian(tahun=2026)
    sidik = compute_sidik(baca.build_dokumen(get(draf), baca.read_isi(draf), "Lapas"))

    sign(draf, HARI)
    satu = get(draf)
    tugas = satu.pihak_pertama
    nama = satu.nama_pertama
    tugas.jenis, tugas.pengguna.nama = "plh", "Nama Baru"
    tugas.save()
    tugas.pengguna.save()

    satu = get(draf)
    assert (satu.status, satu.tanggal, satu.cara) == (Status.BERLAKU, HARI, "basah")
    assert baca.get_pihak(satu, "pertama").nama == nama
    assert not satu.jabatan_pertama.startswith("Plh.")
    assert len(satu.sidik) == 64
    assert satu.sidik != sidik  # the unit's name is part of what is signed
    assert satu.berkas.jenis == "pdf"
    riwayat = Riwayat.objects.of(satu.satker).first()
    assert riwayat.isi["sesudah"]["sidik"] == satu.sidik
    assert nama not in riwayat.teks
    assert_refused(satu.satker, "bukan draf", lambda: sign(draf, HARI))


@pytest.mark.parametrize(
    ("lain", "pesan"),
    [
        ({"tanggal": datetime.date(2099, 1, 1)}, "masa depan"),
        ({"tanggal": datetime.date(2025, 10, 31)}, "di luar tahun perjanjian"),
        ({"cara": ""}, "Pilih cara"),
        ({"berkas": None}, "Lampirkan"),
        ({"berkas": io.BytesIO(b"bukan apa-apa")}, "tidak diterima"),
        (
            {"cara": "elektronik", "berkas": io.BytesIO(b"\xff\xd8\xff\xd9")},
            "tidak diterima|harus PDF",
        ),
    ],
)
def test_signing_is_refused_and_the_draft_stays(lain, pesan):
    draf = make_perjanjian(tahun=2026)

    assert_refused(draf.satker, pesan, lambda: sign(draf, **{"tanggal": HARI} | lain))


def test_an_incomplete_draft_is_not_signed():
    draf = alur.start(SatkerFactory(), 2026, by=None)

    assert_refused(draf.satker, "pihak pertama belum lengkap.*sasaran", lambda: sign(draf, HARI))


def test_pk2_who_signs_held_office_that_day_and_stood_above():
    draf = make_perjanjian(tahun=2026)
    kedua = draf.pihak_kedua
    Penugasan.objects.filter(pk=kedua.pk).update(berlaku_dari=datetime.date(2026, 2, 1))

    assert_refused(draf.satker, "tidak berlaku pada 19 Januari 2026", lambda: sign(draf, HARI))

    Penugasan.objects.filter(pk=kedua.pk).update(
        berlaku_dari=datetime.date(2020, 1, 1), satker=SatkerFactory()
    )
    assert_refused(draf.satker, "bukan atasan langsung", lambda: sign(draf, HARI))


def test_of_officials_outside_the_system_nothing_is_asked():
    kanwil = KanwilFactory()

    satu = make_perjanjian(kanwil.satker, tahun=2026, tanggal=HARI)

    assert (satu.pihak_kedua, satu.nama_kedua) == (None, "Pejabat Pusat Uji")


# --- versions -------------------------------------------------------------------------------------
def test_pk3_a_new_version_takes_the_new_head_and_the_old_one_stays():
    lama = make_perjanjian(tahun=2026, tanggal=HARI)
    hari_ini = timezone.localdate()
    Penugasan.objects.filter(pk=lama.pihak_pertama_id).update(berlaku_sampai=hari_ini)
    KepalaFactory(satker=lama.satker, nama="Kepala Baru Uji", berlaku_dari=hari_ini)

    baru = alur.revise(lama, alasan="pejabat", keterangan="Serah terima", by=None)

    assert (baru.versi, baru.nama_pertama, baru.nama_kedua) == (
        2,
        "Kepala Baru Uji",
        lama.nama_kedua,
    )
    assert get(lama).status == Status.BERLAKU
    asal = set(IndikatorKinerja.objects.filter(sasaran__perjanjian=lama).values_list("pk", flat=1))
    milik = IndikatorKinerja.objects.filter(sasaran__perjanjian=baru)
    assert set(milik.values_list("lanjutan_dari", flat=True)) == asal
    assert baca.read_isi(baru).to_data() == baca.read_isi(lama).to_data()

    # An edit keeps the links.
    isi = baca.read_isi(baru)
    alur.save_isi(baru, replace(isi, daftar_kegiatan=()), by=None)
    assert set(milik.values_list("lanjutan_dari", flat=True)) == asal

    sign(baru, min(hari_ini, datetime.date(2026, 12, 31)))
    assert (get(lama).status, get(baru).status) == (Status.DIGANTIKAN, Status.BERLAKU)
    assert get(lama).nama_pertama == lama.nama_pertama
    rantai = baca.read_rantai(lama.satker_id, 2026)
    assert rantai.build_terkini().keys() >= asal


@pytest.mark.parametrize(
    ("alasan", "keterangan", "pesan"),
    [("", "x", "Pilih alasan"), ("strategi", " ", "Keterangan alasan wajib")],
)
def test_a_version_without_reason_is_refused(alasan, keterangan, pesan):
    lama = make_perjanjian(tahun=2026, tanggal=HARI)

    assert_refused(
        lama.satker,
        pesan,
        lambda: alur.revise(lama, alasan=alasan, keterangan=keterangan, by=None),
    )


def test_one_draft_at_a_time_and_no_version_before_the_one_it_replaces():
    lama = make_perjanjian(tahun=2026, tanggal=HARI)
    baru = alur.revise(lama, alasan="strategi", keterangan="Revisi DIPA", by=None)

    def revise():
        alur.revise(lama, alasan="strategi", keterangan="lagi", by=None)

    assert_refused(lama.satker, "Draf versi 2 sudah ada", revise)
    assert_refused(
        lama.satker, "Versi 1 ditandatangani", lambda: sign(baru, datetime.date(2026, 1, 18))
    )


# --- taken down from the Kanwil -------------------------------------------------------------------
def test_indicators_of_the_kanwil_are_taken_down_once():
    kanwil = KanwilFactory()
    induk = make_perjanjian(kanwil.satker, tahun=2026, tanggal=HARI)
    draf = make_perjanjian(SatkerFactory(kanwil=kanwil), tahun=2026, isi=Isi((), ()))
    sumber = IndikatorKinerja.objects.filter(sasaran__perjanjian=induk).order_by("urutan").first()

    jumlah = alur.cascade(draf, [sumber.pk], by=None)

    milik = IndikatorKinerja.objects.get(sasaran__perjanjian=draf)
    assert (jumlah, milik.turunan_dari, milik.target) == (1, sumber, sumber.target)
    assert get(draf).turunan_dari == induk
    # A new version of the Kanwil's does not bring the same one twice.
    baru = alur.revise(induk, alasan="strategi", keterangan="Revisi", by=None)
    sign(baru, HARI)
    lanjutan = IndikatorKinerja.objects.get(lanjutan_dari=sumber)
    assert_refused(
        draf.satker, "sudah ada", lambda: alur.cascade(draf, [sumber.pk, lanjutan.pk], by=None)
    )
    assert_refused(draf.satker, "Pilih indikator", lambda: alur.cascade(draf, [], by=None))


def test_without_an_agreement_of_the_kanwil_there_is_nothing_to_take_down():
    draf = make_perjanjian(tahun=2026)

    assert_refused(draf.satker, "Kanwil belum punya", lambda: alur.cascade(draf, [1], by=None))
