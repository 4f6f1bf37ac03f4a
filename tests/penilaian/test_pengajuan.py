"""Areas given out, handed in and given back, and the whole handed in: the steps themselves."""

import datetime

import pytest
from django.utils import timezone

from integritas.alur import AlurError
from penilaian.alur import area, pengajuan, pengisian
from penilaian.models import (
    AreaPenilaian,
    BuktiDukung,
    DokumenDiminta,
    Jawaban,
    PemakaianBukti,
    Penilaian,
    Pertanyaan,
    Rekap,
    RevisiBukti,
    Temuan,
)
from penilaian.versi import forget
from satker.models import Riwayat
from tests.factories import KepalaFactory, OperatorFactory, PenggunaFactory, TimKanwilFactory
from tests.factories.lke import PenilaianFactory, build_jawaban

pytestmark = pytest.mark.django_db
HARI = timezone.localdate()
KODE = "A.I.1.i.a"


def get_keadaan():
    petugas = AreaPenilaian.daftar_petugas.through.objects
    return (
        list(Penilaian.objects.order_by("pk").values()),
        list(AreaPenilaian.objects.order_by("pk").values()),
        sorted(petugas.values_list("areapenilaian", "pengguna")),
        Riwayat.objects.count(),
    )


@pytest.fixture
def penilaian():
    return PenilaianFactory()


@pytest.fixture
def lengkap():
    return PenilaianFactory(jawaban=build_jawaban())


@pytest.fixture
def operator(penilaian):
    return OperatorFactory(satker=penilaian.satker)


def add_temuan(penilaian, kode=KODE, **isi):
    pertanyaan = Pertanyaan.objects.get(versi=penilaian.versi, kode=kode)
    awal = {"tingkat": "harus", "fakta_satu": "satu", "fakta_dua": "dua", "kunci": kode}
    return Temuan.objects.create(
        penilaian=penilaian, pertanyaan=pertanyaan, aturan="uji", **(awal | isi)
    )


def require_dokumen(penilaian, kode=KODE) -> DokumenDiminta:
    pertanyaan = Pertanyaan.objects.get(versi=penilaian.versi, kode=kode)
    dokumen = DokumenDiminta.objects.create(pertanyaan=pertanyaan, nama="SK tim", wajib=True)
    forget()
    return dokumen


# --- assignment -----------------------------------------------------------------------------------
def test_an_area_gets_its_people_and_its_date(penilaian, operator):
    kepala = KepalaFactory(satker=penilaian.satker)

    area.assign_area(penilaian, "A.1", [operator, kepala], HARI, by=kepala)

    baris = AreaPenilaian.objects.get(area="A.1")
    assert set(baris.daftar_petugas.all()) == {operator, kepala}
    assert baris.tenggat == HARI
    riwayat = Riwayat.objects.of(penilaian.satker)[0]
    assert riwayat.objek == f"penilaian:{penilaian.pk}:A.1"
    assert riwayat.isi["sesudah"] == {
        "petugas": sorted([operator.pk, kepala.pk]),
        "tenggat": HARI.isoformat(),
    }
    assert operator.nama not in riwayat.teks


def test_the_same_assignment_again_tells_nothing(penilaian, operator):
    area.assign_area(penilaian, "A.1", [operator], None, by=operator)
    sebelum = get_keadaan()

    area.assign_area(penilaian, "A.1", [operator], None, by=operator)

    assert get_keadaan() == sebelum


@pytest.mark.parametrize("siapa", ["lain", "berakhir", "area lain", "tanpa tugas", "tertutup"])
def test_only_people_who_may_fill_the_area_today_are_assigned(penilaian, siapa):
    satker = penilaian.satker
    orang = {
        "lain": lambda: OperatorFactory(),
        "berakhir": lambda: OperatorFactory(satker=satker, berlaku_sampai=HARI),
        "area lain": lambda: OperatorFactory(satker=satker, daftar_area=["A.2"]),
        "tanpa tugas": lambda: PenggunaFactory(),
        "tertutup": lambda: OperatorFactory(satker=satker, is_active=False),
    }[siapa]()
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match=f"{orang.nama} tidak bertugas untuk area A.1"):
        area.assign_area(penilaian, "A.1", [orang], None, by=None)

    assert get_keadaan() == sebelum


@pytest.mark.parametrize("hari", [-31, 31])
def test_a_due_date_outside_the_window_is_refused(penilaian, operator, hari):
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match="di dalam jendela"):
        area.assign_area(penilaian, "A.1", [operator], HARI + datetime.timedelta(hari), by=operator)

    assert get_keadaan() == sebelum


def test_an_area_that_is_none_is_refused(penilaian, operator):
    with pytest.raises(AlurError, match=r"Area A\.9 tidak ada"):
        area.assign_area(penilaian, "A.9", [operator], None, by=operator)


# --- handing an area in ---------------------------------------------------------------------------
def test_a_handed_in_area_is_shut_in_every_way(penilaian, operator):
    area.submit_area(penilaian, "A.1", by=operator, setuju_kosong=True)

    with pytest.raises(AlurError, match=r"Area A\.1 sudah diajukan"):
        pengisian.save_jawaban(penilaian, KODE, mentah="Ya", catatan="", versi_isi=0, by=operator)
    with pytest.raises(AlurError, match=r"Area A\.1 sudah diajukan"):
        pengisian.write_many(penilaian, {"A.I.2.i.a": "A", KODE: "Ya"}, by=operator)
    with pytest.raises(AlurError, match=r"Area A\.1 sudah diajukan"):
        area.submit_area(penilaian, "A.1", by=operator, setuju_kosong=True)
    assert not Jawaban.objects.exists()
    pengisian.save_jawaban(penilaian, "A.I.2.i.a", mentah="A", catatan="", versi_isi=0, by=operator)


def test_empty_questions_count_zero_only_after_a_tick(penilaian, operator):
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match="16 pertanyaan masih kosong"):
        area.submit_area(penilaian, "A.1", by=operator)

    assert get_keadaan() == sebelum


def test_a_finding_that_must_be_mended_stands_in_the_way(penilaian, operator):
    temuan = add_temuan(penilaian)
    add_temuan(penilaian, kunci="lain", tingkat="sebaiknya")
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match="1 temuan yang harus diperbaiki: nomor 1"):
        area.submit_area(penilaian, "A.1", by=operator, setuju_kosong=True)
    assert get_keadaan() == sebelum

    area.submit_area(penilaian, "A.2", by=operator, setuju_kosong=True)
    temuan.diterima_pada, temuan.diterima_oleh = timezone.now(), operator
    temuan.save()
    area.submit_area(penilaian, "A.1", by=operator, setuju_kosong=True)


def test_only_those_responsible_hand_an_area_in(penilaian, operator):
    lain = OperatorFactory(satker=penilaian.satker)
    pokja_dua = OperatorFactory(satker=penilaian.satker, daftar_area=["A.2"])
    area.assign_area(penilaian, "A.1", [operator], None, by=None)
    sebelum = get_keadaan()

    for orang, pesan in (
        (lain, f"Area A.1 ditugaskan kepada {operator.nama}"),
        (pokja_dua, "Area A.1 bukan bagian Anda"),
        (OperatorFactory(), "Hanya operator dan kepala"),
        (TimKanwilFactory(), "Hanya operator dan kepala"),
    ):
        with pytest.raises(AlurError, match=pesan):
            area.submit_area(penilaian, "A.1", by=orang, setuju_kosong=True)
    assert get_keadaan() == sebelum

    area.submit_area(
        penilaian, "A.1", by=KepalaFactory(satker=penilaian.satker), setuju_kosong=True
    )


def test_a_change_since_the_page_was_shown_is_looked_at_again(penilaian, operator):
    tanda = pengajuan.build_checklist(penilaian, "A.1").tanda
    pengisian.write_many(penilaian, {"A.I.2.i.a": "A"}, by=operator)
    assert pengajuan.build_checklist(penilaian, "A.1").tanda == tanda
    pengisian.write_many(penilaian, {KODE: "Ya"}, by=operator)
    sebelum = get_keadaan()

    with pytest.raises(pengajuan.BerubahError, match="berubah sejak halaman ini dibuka"):
        area.submit_area(penilaian, "A.1", by=operator, setuju_kosong=True, tanda=tanda)

    assert get_keadaan() == sebelum


def test_a_returned_area_takes_answers_again(penilaian, operator):
    area.submit_area(penilaian, "A.1", by=operator, setuju_kosong=True)
    kepala = KepalaFactory(satker=penilaian.satker)

    area.return_area(penilaian, "A.1", "lengkapi bukti", by=kepala)

    pengisian.save_jawaban(penilaian, KODE, mentah="Ya", catatan="", versi_isi=0, by=operator)
    riwayat = Riwayat.objects.of(penilaian.satker)[1]
    assert (riwayat.kejadian, riwayat.isi["alasan"]) == ("area LKE dikembalikan", "lengkapi bukti")


@pytest.mark.parametrize(
    ("kode", "alasan", "pesan"),
    [("A.1", "", "Alasan wajib"), ("A.2", "uji", "belum diajukan"), ("X", "uji", "tidak ada")],
)
def test_a_return_that_is_none_is_refused(penilaian, operator, kode, alasan, pesan):
    area.submit_area(penilaian, "A.1", by=operator, setuju_kosong=True)
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match=pesan):
        area.return_area(penilaian, kode, alasan, by=operator)

    assert get_keadaan() == sebelum


# --- the checklist --------------------------------------------------------------------------------
def test_the_checklist_names_what_is_missing(lengkap):
    kosong = PenilaianFactory(jawaban={KODE: "Ya", "A.I.2.i.a": "D"})
    require_dokumen(kosong)
    require_dokumen(kosong, "A.I.2.i.a")
    add_temuan(kosong)
    add_temuan(kosong, kunci="s", tingkat="sebaiknya")
    add_temuan(kosong, kunci="c", tingkat="catatan")

    checklist = pengajuan.build_checklist(kosong)

    assert checklist.jumlah_kosong == 111
    assert [satu.urutan for satu in checklist.kosong["A.1"]][:3] == [2, 3, 4]
    assert [satu.pertanyaan.kode for satu in checklist.daftar_harus] == [KODE]
    # The best answer has no evidence yet.
    assert [(satu.pertanyaan.kode, satu.temuan.aturan) for satu in checklist.daftar_sebaiknya] == [
        (KODE, "terbaik_tanpa_bukti"),
        (KODE, "uji"),
    ]
    # An answer worth nothing claims nothing.
    assert [satu.pertanyaan.kode for satu in checklist.daftar_dokumen] == [KODE]
    assert checklist.belum_diajukan == ["A.1", "A.2", "A.3", "A.4", "A.5", "A.6", "B"]
    assert checklist.halangan
    assert not pengajuan.build_checklist(lengkap).halangan


def test_a_document_that_is_there_is_not_missing(lengkap):
    dokumen = require_dokumen(lengkap)
    bukti = BuktiDukung.objects.create(satker=lengkap.satker, nama="SK")
    revisi = RevisiBukti.objects.create(bukti=bukti, tautan="https://contoh.invalid/sk")
    assert len(pengajuan.build_checklist(lengkap).daftar_dokumen) == 1

    PemakaianBukti.objects.create(
        penilaian=lengkap,
        pertanyaan=dokumen.pertanyaan,
        bukti=bukti,
        revisi=revisi,
        dokumen=dokumen,
    )

    assert pengajuan.build_checklist(lengkap).daftar_dokumen == []


def test_a_draft_is_no_answer(lengkap):
    Jawaban.objects.filter(pertanyaan__kode=KODE).update(draf=True)

    assert pengajuan.build_checklist(lengkap).jumlah_kosong == 1


# --- the whole ------------------------------------------------------------------------------------
def test_what_is_handed_in_is_shut_and_told_with_its_worth(lengkap):
    kepala = KepalaFactory(satker=lengkap.satker)

    pengajuan.submit(lengkap, by=kepala)

    with pytest.raises(AlurError, match="sudah diajukan"):
        pengisian.save_jawaban(lengkap, KODE, mentah="Tidak", catatan="", versi_isi=1, by=kepala)
    with pytest.raises(AlurError, match="sudah diajukan"):
        area.submit_area(lengkap, "A.1", by=kepala)
    with pytest.raises(AlurError, match="sudah diajukan"):
        area.return_area(lengkap, "A.1", "uji", by=kepala)
    with pytest.raises(AlurError, match="sudah diajukan"):
        area.assign_area(lengkap, "A.1", [kepala], None, by=kepala)
    with pytest.raises(AlurError, match="sudah diajukan"):
        pengajuan.submit(lengkap, by=kepala)
    rekap = Rekap.objects.get()
    [riwayat] = [r for r in Riwayat.objects.of(lengkap.satker) if r.kejadian == "LKE diajukan"]
    assert riwayat.oleh_id == kepala.pk
    assert riwayat.isi["sesudah"] == {
        "target": "WBK",
        "instrumen": "permenpanrb-90-2021 versi 1",
        "terisi": 113,
        "pertanyaan": 113,
        "nilai_kosong_nol": f"{rekap.total_nol:.2f}",
        "nilai_resmi": f"{rekap.total_abaikan:.2f}",
        "syarat_gagal": rekap.gagal_wbk_nol.split(),
        "syarat_gagal_resmi": rekap.gagal_wbk_abaikan.split(),
    }


def test_the_whole_is_refused_like_an_area(penilaian):
    kepala = KepalaFactory(satker=penilaian.satker)
    tanda = pengajuan.build_checklist(penilaian).tanda
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match="113 pertanyaan masih kosong"):
        pengajuan.submit(penilaian, by=kepala)
    temuan = add_temuan(penilaian)
    with pytest.raises(AlurError, match="harus diperbaiki"):
        pengajuan.submit(penilaian, by=kepala, setuju_kosong=True)
    temuan.delete()
    Penilaian.objects.update(tutup_pada=HARI - datetime.timedelta(1))
    with pytest.raises(AlurError, match="sudah ditutup"):
        pengajuan.submit(penilaian, by=kepala, setuju_kosong=True)
    Penilaian.objects.update(tutup_pada=penilaian.tutup_pada)
    assert get_keadaan() == sebelum

    pengisian.write_many(penilaian, {KODE: "Ya"}, by=None)
    with pytest.raises(pengajuan.BerubahError):
        pengajuan.submit(penilaian, by=kepala, setuju_kosong=True, tanda=tanda)
    assert Penilaian.objects.get().status == "pengisian"
