"""What those who are assessed, and those who watch holders, are reminded of."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from penilaian import alur, pengingat, versi
from penilaian.alur import jendela
from penilaian.models import DokumenDiminta, LaporanPemantauan, Penilaian
from satker.models import Pengingat
from satker.pengingat import muat, susun
from tests.factories import (
    AturanFactory,
    KepalaFactory,
    OperatorFactory,
    PenggunaFactory,
    PenilaianFactory,
    PredikatFactory,
    SatkerFactory,
    TpiFactory,
)
from tests.penilaian.bukti.contoh import add_bukti

pytestmark = pytest.mark.django_db
D = datetime.date
AWAL, AKHIR = D(2026, 1, 1), D(2026, 12, 31)
KODE = "A.I.1.i.a"


@pytest.fixture(autouse=True)
def kini():
    with time_machine.travel("2026-05-20T03:00:00Z", tick=False):
        yield


def hand_in(penilaian):
    Penilaian.objects.filter(pk=penilaian.pk).update(
        status="diajukan", diajukan_pada=timezone.now(), diajukan_oleh=PenggunaFactory()
    )
    penilaian.refresh_from_db()


def test_an_assessment_is_open_until_it_is_handed_in():
    satu, dua = PenilaianFactory(), PenilaianFactory(tutup_pada=D(2027, 1, 1))

    [perkara] = pengingat.list_jendela(AWAL, AKHIR)

    assert (perkara.kunci, perkara.acuan) == (str(satu.pk), D(2026, 6, 19))
    assert perkara.satker_id == satu.satker_id
    kunci = {str(satu.pk), str(dua.pk)}
    hand_in(satu)
    assert list(pengingat.list_jendela(AWAL, AKHIR)) == []
    assert pengingat.find_diajukan(kunci) == {str(satu.pk)}


def test_one_handed_back_is_open_again_by_the_day_it_came_back():
    satu = PenilaianFactory()
    hand_in(satu)

    jendela.reopen(satu, "Bukti kurang", by=None)

    [perkara] = pengingat.list_reviu(AWAL, AKHIR)
    assert perkara.acuan == D(2026, 5, 20)
    assert list(pengingat.list_reviu(D(2026, 5, 21), AKHIR)) == []
    hand_in(satu)
    assert list(pengingat.list_reviu(AWAL, AKHIR)) == []
    assert pengingat.find_diajukan({perkara.kunci}) == {perkara.kunci}


def ask_monthly(penilaian):
    """The first question asks for one document a month and none besides."""
    semua = DokumenDiminta.objects.filter(pertanyaan__versi=penilaian.versi_id)
    semua.update(berkala="sekali")
    dokumen = semua.filter(pertanyaan__kode=KODE).first()
    if dokumen is None:
        dokumen = DokumenDiminta.objects.create(
            pertanyaan=penilaian.versi.pertanyaan_set.get(kode=KODE), nama="Notula", urutan=1
        )
    DokumenDiminta.objects.filter(pk=dokumen.pk).update(berkala="bulan")
    versi.forget()
    return dokumen


def test_a_month_without_its_document_is_open_until_it_has_it():
    penilaian = PenilaianFactory()
    dokumen = ask_monthly(penilaian)

    daftar = list(pengingat.list_bukti(D(2026, 3, 1), D(2026, 5, 31)))

    assert [satu.acuan for satu in daftar] == [D(2026, 3, 31), D(2026, 4, 30), D(2026, 5, 31)]
    assert daftar[0].judul == "1 bukti Maret 2026 belum ada"
    kunci = {satu.kunci for satu in daftar}
    pemakaian = add_bukti(penilaian, KODE, "Notula Maret")
    pemakaian.dokumen_id = dokumen.pk
    pemakaian.periode_dari, pemakaian.periode_sampai = D(2026, 3, 4), D(2026, 3, 4)
    pemakaian.save()
    sesudah = {satu.kunci for satu in pengingat.list_bukti(D(2026, 3, 1), D(2026, 5, 31))}
    assert kunci - sesudah == {f"{penilaian.pk}:bulan:3"}
    assert pengingat.find_bukti_terisi(kunci) == {f"{penilaian.pk}:bulan:3"}
    # Nothing more can be attached to one that is in.
    hand_in(penilaian)
    assert list(pengingat.list_bukti(AWAL, AKHIR)) == []


def test_a_report_ends_one_matter_and_begins_the_next():
    AturanFactory(kode="laporan-pemantauan", nilai=24)
    AturanFactory(kode="larangan-sesudah-cabut")
    predikat = PredikatFactory(tanggal_sk=D(2024, 6, 1))

    [perkara] = pengingat.list_pantau(AWAL, AKHIR)

    assert (perkara.kunci, perkara.acuan) == (f"{predikat.pk}:awal", D(2026, 6, 1))
    assert pengingat.find_dilaporkan({perkara.kunci}) == set()
    LaporanPemantauan.objects.create(
        predikat=predikat, tanggal=D(2026, 5, 19), nomor_surat="S-1", hasil="memenuhi"
    )
    assert list(pengingat.list_pantau(AWAL, AKHIR)) == []
    [lanjut] = pengingat.list_pantau(D(2028, 1, 1), D(2028, 12, 31))
    assert (lanjut.kunci, lanjut.acuan) == (f"{predikat.pk}:2026-05-19", D(2028, 5, 19))
    assert pengingat.find_dilaporkan({perkara.kunci, lanjut.kunci}) == {perkara.kunci}


@pytest.mark.parametrize(
    ("due", "done", "banyak"),
    [
        (pengingat.list_jendela, pengingat.find_diajukan, (1, 1)),
        (pengingat.list_reviu, pengingat.find_diajukan, (2, 1)),
        (pengingat.list_bukti, pengingat.find_bukti_terisi, (3, 3)),
        (pengingat.list_pantau, pengingat.find_dilaporkan, (2, 1)),
    ],
)
def test_a_source_asks_the_same_at_any_number(count_queries, due, done, banyak):
    AturanFactory(kode="laporan-pemantauan", nilai=24)
    AturanFactory(kode="larangan-sesudah-cabut")
    jumlah = []
    for _ in range(2):
        satker = SatkerFactory()
        penilaian = PenilaianFactory(satker=satker)
        ask_monthly(penilaian)
        hand_in(penilaian)
        jendela.reopen(penilaian, "Bukti kurang", by=None)
        alur.grant(satker, "WBK", by=None, sumber="uji", tanggal_sk=D(2024, 6, 1), nomor_sk="S")
        list(due(AWAL, AKHIR))  # an instrument is read once a process
        with count_queries() as satu:
            kunci = {perkara.kunci for perkara in due(AWAL, AKHIR)}
        with count_queries() as dua:
            done(kunci)
        jumlah.append((len(satu), len(dua)))

    assert kunci
    assert jumlah == [banyak, banyak]


def test_packaged_rules_remind_the_people_of_an_assessment_and_a_holder():
    muat.load_aturan()
    AturanFactory(kode="laporan-pemantauan", nilai=24)
    AturanFactory(kode="larangan-sesudah-cabut")
    satker = SatkerFactory()
    operator, kepala = OperatorFactory(satker=satker), KepalaFactory(satker=satker)
    tpi = TpiFactory()
    penilaian = PenilaianFactory(satker=satker, tutup_pada=D(2026, 5, 27))
    ask_monthly(penilaian)
    PredikatFactory(satker=satker, tanggal_sk=D(2024, 6, 1))

    susun.make()

    hasil = set(Pengingat.objects.values_list("langkah__aturan__kode", "pengguna"))
    assert hasil == {
        ("jendela-lke", operator.pk),
        ("jendela-lke", kepala.pk),
        ("bukti", operator.pk),
        ("bukti", kepala.pk),
        ("pemantauan", tpi.pk),
    }
    hand_in(penilaian)
    susun.refresh("jendela_lke", str(penilaian.pk))
    milik = Pengingat.objects.filter(langkah__aturan__kode="jendela-lke")
    assert set(milik.values_list("status", flat=True)) == {"selesai"}
