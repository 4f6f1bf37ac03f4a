"""Extending, reopening, changing the target: the steps, and that a refusal changes nothing."""

import datetime

import pytest
from django.utils import timezone

from integritas.alur import AlurError
from penilaian.alur import jendela, pengajuan, pengisian
from penilaian.models import AreaPenilaian, Jawaban, Penilaian, Rekap
from satker.models import Riwayat
from tests.factories import KepalaFactory, TimKanwilFactory
from tests.factories.lke import PenilaianFactory, build_jawaban

pytestmark = pytest.mark.django_db
HARI = timezone.localdate()
SELISIH = datetime.timedelta


def get_keadaan():
    """Everything these steps may write."""
    return (
        list(Penilaian.objects.order_by("pk").values()),
        list(AreaPenilaian.objects.order_by("pk").values()),
        list(Rekap.objects.order_by("pk").values()),
        Riwayat.objects.count(),
    )


@pytest.fixture
def by():
    return TimKanwilFactory()


@pytest.fixture
def penilaian():
    return PenilaianFactory()


@pytest.fixture
def diajukan():
    penilaian = PenilaianFactory(jawaban=build_jawaban())
    return pengajuan.submit(penilaian, by=KepalaFactory(satker=penilaian.satker))


def test_a_closed_window_is_extended_with_its_reason(by):
    penilaian = PenilaianFactory(buka_pada=HARI - SELISIH(30), tutup_pada=HARI - SELISIH(1))

    jendela.extend(penilaian, HARI + SELISIH(7), "  banjir di kantor ", by=by)

    pengisian.save_jawaban(penilaian, "A.I.1.i.a", mentah="Ya", catatan="", versi_isi=0, by=None)
    baris = Riwayat.objects.of(penilaian.satker)[1]
    assert (baris.kejadian, baris.isi["alasan"], baris.oleh_id) == (
        *("pengisian LKE diperpanjang", "banjir di kantor"),
        by.pk,
    )
    assert baris.isi["sesudah"] == {"tutup_pada": (HARI + SELISIH(7)).isoformat()}


@pytest.mark.parametrize(
    ("hari", "alasan", "pesan"),
    [
        (40, " ", "Alasan wajib diisi"),
        (30, "uji", "harus sesudah"),
        (-400, "uji", "harus sesudah"),
    ],
)
def test_an_extension_that_is_none_is_refused(penilaian, by, hari, alasan, pesan):
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match=pesan):
        jendela.extend(penilaian, HARI + SELISIH(hari), alasan, by=by)

    assert get_keadaan() == sebelum


def test_an_extension_into_the_past_is_refused(by):
    penilaian = PenilaianFactory(buka_pada=HARI - SELISIH(30), tutup_pada=HARI - SELISIH(9))
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match="sudah lewat"):
        jendela.extend(penilaian, HARI - SELISIH(1), "uji", by=by)

    assert get_keadaan() == sebelum


def test_what_is_submitted_is_neither_extended_nor_aimed_elsewhere(diajukan, by):
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match="Buka kembali dulu"):
        jendela.extend(diajukan, HARI + SELISIH(60), "uji", by=by)
    with pytest.raises(AlurError, match="Buka kembali dulu"):
        jendela.change_target(diajukan, "WBBM", "uji", by=by)

    assert get_keadaan() == sebelum


def test_reopened_the_whole_takes_answers_again(diajukan, by):
    AreaPenilaian.objects.filter(area="A.1").update(diajukan_pada=timezone.now(), diajukan_oleh=by)

    jendela.reopen(diajukan, "bukti kurang", by=by)

    pengisian.save_jawaban(diajukan, "A.I.1.i.a", mentah="Tidak", catatan="", versi_isi=1, by=None)
    assert Penilaian.objects.get().diajukan_pada is None
    baris = Riwayat.objects.of(diajukan.satker)[1]
    assert (baris.kejadian, baris.isi["alasan"]) == ("LKE dibuka kembali", "bukti kurang")
    assert baris.isi["sebelum"]["diajukan_oleh"] == diajukan.diajukan_oleh_id


def test_only_the_areas_named_are_reopened(diajukan, by):
    jendela.reopen(diajukan, "bukti kurang", by=by, daftar_area=["A.2"])

    with pytest.raises(AlurError, match=r"Area A\.1 sudah diajukan"):
        pengisian.save_jawaban(
            diajukan, "A.I.1.i.a", mentah="Tidak", catatan="", versi_isi=1, by=None
        )
    pengisian.write_many(diajukan, {"A.I.2.i.a": "C"}, by=None)
    assert Jawaban.objects.get(pertanyaan__kode="A.I.2.i.a").pilihan == "C"


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"alasan": ""}, "Alasan wajib diisi"),
        ({"tutup_pada": HARI - SELISIH(1)}, "sudah lewat"),
        ({"daftar_area": []}, "paling sedikit satu area"),
        ({"daftar_area": ["A.9"]}, "paling sedikit satu area"),
    ],
)
def test_a_reopening_that_is_none_is_refused(diajukan, by, isi, pesan):
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match=pesan):
        jendela.reopen(diajukan, by=by, **{"alasan": "uji"} | isi)

    assert get_keadaan() == sebelum


def test_reopening_after_the_window_wants_a_new_end(diajukan, by):
    Penilaian.objects.update(tutup_pada=HARI - SELISIH(1))
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match="Isi tanggal tutup yang baru"):
        jendela.reopen(diajukan, "uji", by=by)
    assert get_keadaan() == sebelum

    jendela.reopen(diajukan, "uji", by=by, tutup_pada=HARI)
    assert Penilaian.objects.get().is_open(HARI)


def test_what_was_not_submitted_is_not_reopened(penilaian, by):
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match="belum diajukan"):
        jendela.reopen(penilaian, "uji", by=by)

    assert get_keadaan() == sebelum


def test_failed_gates_follow_the_target(by):
    # Worth between the floors of WBK and WBBM.
    penilaian = PenilaianFactory(jawaban=build_jawaban(indeks="3.4") | {"A.I.1.i.a": "Tidak"})
    rekap = Rekap.objects.get()
    wbk, wbbm = len(rekap.gagal_wbk_nol.split()), len(rekap.gagal_wbbm_nol.split())
    assert wbk < wbbm

    jendela.change_target(penilaian, "WBBM", "permintaan Ditjen", by=by)

    assert Rekap.objects.get().jumlah_gagal == wbbm
    baris = Riwayat.objects.of(penilaian.satker)[0]
    assert (baris.isi["sebelum"], baris.isi["sesudah"]) == ({"target": "WBK"}, {"target": "WBBM"})


@pytest.mark.parametrize(
    ("target", "alasan", "pesan"),
    [
        ("WBK", "uji", "sudah WBK"),
        ("ISO", "uji", "harus WBK atau WBBM"),
        ("WBBM", "", "Alasan wajib diisi"),
    ],
)
def test_a_target_that_is_none_is_refused(penilaian, by, target, alasan, pesan):
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match=pesan):
        jendela.change_target(penilaian, target, alasan, by=by)

    assert get_keadaan() == sebelum
