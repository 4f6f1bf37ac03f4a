"""A setting changed while answers are saved and years are opened, through real connections: no
score of the old rule is left behind."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from penilaian import rekap
from penilaian.alur import pembukaan, pengaturan, pengisian
from penilaian.models import Jawaban, Penilaian, Rekap, VersiInstrumen
from penilaian.versi import get_terpakai
from tests.factories import InstansiFactory, SatkerFactory
from tests.factories.lke import PenilaianFactory, load_versi
from tests.penilaian.test_alur_serentak import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)
KODE = "A.II.4.i.a"
NOL = {"jumlah_sasaran": "0", "sasaran_tercapai": "0"}


@pytest.fixture
def siap():
    versi = load_versi()
    daftar = [PenilaianFactory() for _ in range(3)]
    get_terpakai(versi)
    return versi, daftar, InstansiFactory(kode="uji")


def save(penilaian):
    return pengisian.save_jawaban(
        Penilaian.objects.get(pk=penilaian.pk),
        KODE,
        mentah=NOL,
        catatan="",
        versi_isi=0,
        by=None,
    )


def set_nol(versi, instansi, nilai="0.5"):
    return pengaturan.set_penyebut_nol(
        VersiInstrumen.objects.get(pk=versi.pk),
        KODE,
        nilai=Decimal(nilai),
        alasan="uji",
        by=None,
        instansi=instansi,
    )


def assert_explained(versi):
    """Each kept score is what the rule of now gives."""
    terpakai = get_terpakai(VersiInstrumen.objects.get(pk=versi.pk))
    assert terpakai.isi.pertanyaan[KODE].rumus.nol == Decimal("0.5")
    for kept in Rekap.objects.select_related("penilaian"):
        baru = Rekap(penilaian=kept.penilaian)
        jawaban = Jawaban.objects.filter(penilaian=kept.penilaian)
        rekap.fill(baru, terpakai, rekap.compute_nilai(terpakai, jawaban), kept.penilaian.target)
        assert rekap.list_kolom(kept) == rekap.list_kolom(baru)


@pytest.mark.parametrize("putaran", range(4))
def test_answers_saved_while_the_rule_changes(siap, putaran):
    versi, daftar, instansi = siap

    hasil = run_at_once(
        *[lambda satu=satu: save(satu) for satu in daftar], lambda: set_nol(versi, instansi)
    )

    assert [satu for satu in hasil if isinstance(satu, Exception)] == []
    assert Jawaban.objects.count() == 3
    assert_explained(versi)


@pytest.mark.postgres
def test_a_save_that_waited_for_the_rule_uses_the_new_one(siap, monkeypatch):
    """It asked for its lock before the change was there, and got it after."""
    versi, (penilaian, *_), instansi = siap
    record = pengaturan.Riwayat.record

    def record_slowly(*args, **kwargs):
        # The step holds every lock; the save begins now and sees the old version's row.
        benang.start()
        benang.join(timeout=1)
        return record(*args, **kwargs)

    def run():
        try:
            hasil.append(save(penilaian))
        finally:
            connection.close()

    hasil: list = []
    benang = threading.Thread(target=run)
    monkeypatch.setattr(pengaturan.Riwayat, "record", record_slowly)
    set_nol(versi, instansi)
    benang.join(timeout=30)

    assert hasil[0].rekap.a4_nol == 1
    assert_explained(versi)


@pytest.mark.parametrize("putaran", range(2))
def test_a_year_opened_and_filled_while_the_rule_changes(siap, putaran):
    versi, (penilaian, *_), instansi = siap
    satker = SatkerFactory()

    def open_and_save():
        [baru] = pembukaan.open_many(
            [satker],
            tahun=penilaian.tahun,
            target="WBK",
            versi=VersiInstrumen.objects.get(pk=versi.pk),
            buka_pada=penilaian.buka_pada,
            tutup_pada=penilaian.tutup_pada,
            by=None,
        )
        return save(baru)

    hasil = run_at_once(open_and_save, lambda: save(penilaian), lambda: set_nol(versi, instansi))

    assert [satu for satu in hasil if isinstance(satu, Exception)] == []
    assert_explained(versi)
