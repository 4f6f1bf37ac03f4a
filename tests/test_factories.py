"""The factories make what they say, and rows the product accepts."""

import datetime

import pytest
from django.utils import timezone

from penilaian.hitung import count_predikat
from satker.access import list_peran
from satker.models import KedudukanSatker, SatuanKerja
from tests import factories


@pytest.mark.parametrize(
    ("pabrik", "peran"),
    [
        (factories.OperatorFactory, "operator"),
        (factories.KepalaFactory, "kepala_satker"),
        (factories.TimKanwilFactory, "tim_kanwil"),
        (factories.Eselon1Factory, "eselon1"),
        (factories.TpiFactory, "tpi"),
        (factories.PimpinanFactory, "pimpinan"),
        (factories.AdminFactory, "admin"),
        (factories.PemantauFactory, "pemantau"),
    ],
)
def test_each_role_has_its_person(db, pabrik, peran):
    assert list_peran(pabrik()) == {peran}


def test_a_person_works_for_the_satker_given(db):
    satker = factories.SatkerFactory()
    pengguna = factories.OperatorFactory(satker=satker)

    assert list(SatuanKerja.objects.visible_to(pengguna)) == [satker]


def test_a_tpi_and_a_pemantau_hang_on_one_node(db):
    satker, kanwil = factories.SatkerFactory(), factories.KanwilFactory()

    assert factories.TpiFactory(satker=satker).penugasan_set.get().instansi is None
    assert factories.PemantauFactory(kanwil=kanwil).penugasan_set.get().satker is None


def test_a_moved_satker_stands_under_its_new_kanwil_today(db):
    lama, baru = factories.KanwilFactory(), factories.KanwilFactory()
    satker = factories.SatkerFactory(
        kanwil=lama, pindah_ke=baru, pindah_pada=datetime.date(2024, 10, 21)
    )

    dulu = KedudukanSatker.objects.at(datetime.date(2022, 1, 19)).get(satker=satker)
    kini = KedudukanSatker.objects.at(timezone.localdate()).get(satker=satker)
    assert (dulu.kanwil, kini.kanwil) == (lama, baru)


def test_predicates_and_attestations_count(db):
    kanwil = factories.KanwilFactory()
    factories.PredikatFactory(satker__kanwil=kanwil)
    factories.PredikatFactory(satker__kanwil=kanwil, jenis="WBBM")
    factories.TanpaFactory(satker__kanwil=kanwil)
    factories.PredikatFactory(satker__kanwil=kanwil, dicabut=datetime.date(2022, 1, 1))

    hitungan = count_predikat(datetime.date(2022, 1, 19), kanwil)

    assert (hitungan.wbk, hitungan.wbbm, hitungan.satker) == (1, 1, 5)


def test_klaim_rule_and_invitation_are_stored(db):
    factories.KlaimFactory()
    factories.AturanFactory()

    assert factories.UndanganFactory().is_open


def test_the_same_content_is_the_same_file_wherever_it_hangs(db):
    satu = factories.BuktiFactory(isi="sama")
    dua = factories.BuktiFactory(penilaian=satu.penilaian, kode="A.I.1.i.b", isi="sama")
    tautan = factories.BuktiFactory(penilaian=satu.penilaian, tautan="https://contoh.invalid/a")

    assert satu.revisi.berkas == dua.revisi.berkas
    assert satu.bukti != dua.bukti
    assert (tautan.revisi.berkas, tautan.revisi.tautan) == (None, "https://contoh.invalid/a")
