"""Opening a year and saving answers: the steps themselves."""

import datetime

import pytest
from django.utils import timezone

from integritas.alur import AlurError
from penilaian.alur import pembukaan, pengisian
from penilaian.models import AreaPenilaian, Jawaban, Penilaian, Rekap
from satker.models import Riwayat
from tests.factories import OperatorFactory, SatkerFactory
from tests.factories.lke import PenilaianFactory, build_jawaban, load_versi

pytestmark = pytest.mark.django_db


def save(penilaian, kode, mentah, versi_isi=0, catatan="", by=None):
    return pengisian.save_jawaban(
        penilaian, kode, mentah=mentah, catatan=catatan, versi_isi=versi_isi, by=by
    )


def test_opening_a_year_makes_seven_areas_and_an_empty_rekap():
    penilaian = PenilaianFactory()

    rekap = Rekap.objects.get(penilaian=penilaian)
    assert (rekap.jumlah_pertanyaan, rekap.jumlah_terisi, rekap.total_nol) == (113, 0, 0)
    assert rekap.gagal_wbk_nol.split() == [
        *("total", "pengungkit", "A.1", "A.2", "A.3", "A.4", "A.5", "A.6"),
        *("B.I", "B.I.a", "B.I.b", "B.II", "B.II.a"),
    ]
    assert rekap.jumlah_gagal == 13
    assert sorted(AreaPenilaian.objects.values_list("area", flat=True)) == [
        *("A.1", "A.2", "A.3", "A.4", "A.5", "A.6", "B")
    ]
    assert Riwayat.objects.of(penilaian.satker)[0].kejadian == "LKE dibuka"


@pytest.mark.parametrize("jumlah", [1, 12])
def test_opening_costs_the_same_for_any_number_of_units(count_queries, jumlah):
    satker = SatkerFactory.create_batch(jumlah)
    versi = load_versi()
    pengisian.get_terpakai(versi)
    hari = timezone.localdate()

    with count_queries() as daftar_sql:
        pembukaan.open_many(
            satker, tahun=2026, target="WBK", versi=versi, buka_pada=hari, tutup_pada=hari, by=None
        )

    assert len(daftar_sql) <= 15


def test_a_year_opened_twice_is_refused_and_nothing_is_written():
    penilaian = PenilaianFactory()
    baru = SatkerFactory()

    with pytest.raises(AlurError, match=f"sudah dibuka untuk {penilaian.satker.kode}"):
        PenilaianFactory._create(
            Penilaian,
            satker=penilaian.satker,
            jawaban=None,
            by=None,
            tahun=penilaian.tahun,
            target="WBK",
            buka_pada=penilaian.buka_pada,
            tutup_pada=penilaian.tutup_pada,
        )

    assert Penilaian.objects.count() == 1
    assert not Penilaian.objects.filter(satker=baru).exists()


def test_a_saved_answer_is_scored_and_told_in_the_history():
    penilaian = PenilaianFactory()
    operator = OperatorFactory(satker=penilaian.satker)

    hasil = save(penilaian, "A.I.1.i.a", "ya", by=operator)

    assert (hasil.jawaban.pilihan, hasil.jawaban.versi_isi) == ("Ya", 1)
    rekap = Rekap.objects.get(penilaian=penilaian)
    assert (str(rekap.a1_nol), str(rekap.a1_abaikan), rekap.jumlah_terisi) == (
        *("0.250000", "0.500000"),
        1,
    )
    assert rekap.terisi_area["A.1"] == 1
    riwayat = Riwayat.objects.of(penilaian.satker)[0]
    assert riwayat.isi["sesudah"] == {"jawaban": "Ya"}
    assert riwayat.oleh_id == operator.pk


def test_the_second_of_two_savers_is_refused_and_sees_both_versions():
    penilaian = PenilaianFactory()
    save(penilaian, "A.I.1.i.b", "A")

    with pytest.raises(pengisian.KonflikError, match="Nomor 2 baru saja diubah") as galat:
        save(penilaian, "A.I.1.i.b", "B", versi_isi=0)

    assert galat.value.kini.pilihan == "A"
    assert Jawaban.objects.get().pilihan == "A"


def test_saving_what_stands_there_changes_nothing():
    penilaian = PenilaianFactory()
    save(penilaian, "A.I.1.i.b", "A")
    jumlah = Riwayat.objects.count()

    hasil = save(penilaian, "A.I.1.i.b", "a", versi_isi=0)

    assert hasil.jawaban.versi_isi == 1
    assert Riwayat.objects.count() == jumlah


@pytest.mark.parametrize(
    ("kode", "mentah", "pesan"),
    [
        ("A.I.1.i.a", "B", "tidak ada pada pilihannya"),
        ("A.II.1.i.a", {"jumlah_agen": "-1"}, "paling kecil 0"),
        ("A.II.1.i.a", {"jumlah_agen": "1.5"}, "bilangan bulat"),
        ("B.I.a", {"indeks": "4.01"}, "paling besar 4"),
    ],
)
def test_an_impossible_answer_is_refused_and_nothing_is_written(kode, mentah, pesan):
    penilaian = PenilaianFactory()

    with pytest.raises(AlurError, match=pesan):
        save(penilaian, kode, mentah)

    assert not Jawaban.objects.exists()
    assert Rekap.objects.get().jumlah_terisi == 0


def test_outside_the_window_nothing_is_saved():
    hari = timezone.localdate()
    penilaian = PenilaianFactory(
        buka_pada=hari - datetime.timedelta(days=9), tutup_pada=hari - datetime.timedelta(days=1)
    )

    with pytest.raises(AlurError, match="sudah ditutup"):
        save(penilaian, "A.I.1.i.a", "Ya")

    assert not Jawaban.objects.exists()


def test_a_locked_area_takes_no_answer():
    penilaian = PenilaianFactory()
    AreaPenilaian.objects.filter(area="A.1").update(
        diajukan_pada=timezone.now(), diajukan_oleh=OperatorFactory()
    )

    with pytest.raises(AlurError, match=r"Area A\.1 sudah diajukan"):
        save(penilaian, "A.I.1.i.a", "Ya")

    assert not Jawaban.objects.exists()


def test_a_whole_lke_is_written_in_one_go():
    penilaian = PenilaianFactory(jawaban=build_jawaban())

    rekap = Rekap.objects.get(penilaian=penilaian)
    assert rekap.jumlah_terisi == 113
    assert rekap.total_nol == rekap.total_abaikan
    assert Riwayat.objects.of(penilaian.satker)[0].kejadian == "jawaban LKE diimpor"


def test_a_note_is_kept_without_what_no_database_keeps():
    penilaian = PenilaianFactory()

    hasil = pengisian.save_jawaban(
        penilaian, "A.I.1.i.a", mentah="Ya", catatan=" a\0b\r\nc ", versi_isi=0, by=None
    )
    pengisian.write_many(penilaian, {}, catatan={"A.I.1.i.b": "d\0e"}, by=None)

    assert hasil.jawaban.catatan == "ab\nc"
    assert Jawaban.objects.get(pertanyaan__kode="A.I.1.i.b").catatan == "de"
