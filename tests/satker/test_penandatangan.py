"""When signatures are taken, and by whom each text is signed."""

import datetime

import pytest
from django.utils import timezone

from satker.penandatangan import is_untuk, list_lembar, list_orang, read_masa
from tests.factories import (
    NaskahFactory,
    PersonelFactory,
    PesertaFactory,
    PutaranFactory,
    SaksiFactory,
    UpacaraFactory,
)

pytestmark = pytest.mark.django_db
HARI_INI = timezone.localdate
SEHARI = datetime.timedelta(days=1)


def make(status, *, putaran=None, susulan=None):
    tutup = timezone.now() if status == "ditutup" else None
    return UpacaraFactory.build(
        status=status,
        tuan_rumah=None,
        putaran=putaran,
        susulan_sampai=susulan,
        ditutup_pada=tutup,
    )


@pytest.mark.parametrize(
    ("status", "terbuka", "kata"),
    [
        ("rencana", False, "sejak upacara dibuka"),
        ("terjadwal", False, "sejak upacara dibuka"),
        ("berlangsung", True, "berlangsung"),
        ("ditutup", False, "tidak dibuka"),
        ("dibatalkan", False, "dibatalkan"),
        ("tercatat", False, "tercatat dari sumber"),
    ],
)
def test_signatures_are_taken_while_the_event_is_open(status, terbuka, kata):
    masa = read_masa(make(status))

    assert masa.terbuka is terbuka
    assert kata in masa.kalimat


def test_who_was_away_signs_until_the_make_up_date_or_the_end_of_the_round():
    terbuka = PutaranFactory.build(kanwil=None)
    tertutup = PutaranFactory.build(kanwil=None, ditutup_pada=timezone.now())

    assert read_masa(make("ditutup", putaran=terbuka)).terbuka
    assert not read_masa(make("ditutup", putaran=tertutup)).terbuka
    assert read_masa(make("ditutup", susulan=HARI_INI() + SEHARI)).terbuka
    assert not read_masa(make("ditutup", susulan=HARI_INI() - 2 * SEHARI)).terbuka
    assert not read_masa(make("ditutup", putaran=terbuka, susulan=HARI_INI() - 2 * SEHARI)).terbuka
    assert not read_masa(make("ditutup", putaran=tertutup, susulan=HARI_INI() + SEHARI)).terbuka


def test_the_make_up_date_ends_by_the_clock_of_the_place():
    upacara = make("ditutup", susulan=datetime.date(2026, 2, 1))
    upacara.zona_waktu = "WIT"

    # 15:30 UTC is half past midnight in Papua and still the evening before in Jakarta.
    assert not read_masa(
        upacara, datetime.datetime(2026, 2, 1, 15, 30, tzinfo=datetime.UTC)
    ).terbuka
    assert read_masa(upacara, datetime.datetime(2026, 2, 1, 14, 30, tzinfo=datetime.UTC)).terbuka


def test_a_text_is_signed_by_those_it_is_meant_for():
    upacara = UpacaraFactory()
    kepala = PersonelFactory(satker=upacara.tuan_rumah, jabatan="Kepala Seksi Umum")
    staf = PersonelFactory(satker=upacara.tuan_rumah, jabatan="Petugas kepala dapur")
    PesertaFactory(upacara=upacara, personel=kepala)
    PesertaFactory(upacara=upacara, personel=staf)
    PesertaFactory(upacara=upacara, saksi=SaksiFactory(upacara=upacara))
    orang = list_orang(upacara)

    def names(untuk):
        naskah = NaskahFactory.build(satker=None, untuk=untuk, awalan_jabatan="Kepala, Plt. ")
        return {satu.nama for satu in orang if is_untuk(naskah, satu)}

    assert len(names("semua")) == 3
    assert names("personel") == {kepala.nama, staf.nama}
    assert names("kepala") == {kepala.nama}
    assert names("saksi") == {orang[-1].nama}


def test_an_erased_person_is_expected_no_more():
    upacara = UpacaraFactory()
    naskah = NaskahFactory(upacara=upacara, beku=True)
    orang = PesertaFactory(upacara=upacara).personel
    orang.dihapus_pada = timezone.now()
    orang.save()

    [lembar] = list_lembar(upacara, list_orang(upacara))

    assert lembar.naskah == naskah
    assert (lembar.jumlah_harus, lembar.jumlah_belum) == (0, 0)
