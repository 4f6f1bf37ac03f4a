"""Freezing and signing texts: what is refused changes nothing."""

import pytest

from integritas.alur import AlurError
from satker.alur import naskah as alur
from satker.models import CakupanPakta, PaktaIntegritas, Riwayat, TandaTangan
from tests.factories import NaskahFactory, PersonelFactory, SaksiFactory

pytestmark = pytest.mark.django_db


def sign(naskah, **lain):
    isi = {"cara": "layar", "goresan": "M0 0L5 5", "persetujuan": True, "by": None}
    return alur.sign(naskah, **isi | lain)


def test_a_frozen_text_keeps_its_hash():
    naskah = NaskahFactory()

    sekali = alur.freeze(naskah, by=None)
    lagi = alur.freeze(naskah, by=None)

    assert sekali.sidik == lagi.sidik == alur.compute_sidik(naskah)
    assert Riwayat.objects.of(naskah.satker).count() == 1


def test_a_signed_pact_counts_once_a_year():
    naskah = NaskahFactory(beku=True)
    orang = PersonelFactory(satker=naskah.satker)

    tanda = sign(naskah, personel=orang)
    sign(NaskahFactory(beku=True, satker=naskah.satker), personel=orang)

    assert PaktaIntegritas.objects.get().tanda_tangan == tanda
    cakupan = CakupanPakta.objects.get()
    assert (cakupan.jumlah_personel, cakupan.jumlah_pakta) == (1, 1)


@pytest.mark.parametrize(
    ("lain", "sebab"),
    [
        ({"persetujuan": False}, "persetujuan"),
        ({"persetujuan": "ya"}, "persetujuan"),
        ({"goresan": ""}, "kosong"),
        ({"goresan": "M0 0<script>"}, "tidak terbaca"),
        ({"cara": "basah"}, "Lampirkan"),
        ({"cara": "elektronik"}, "Lampirkan"),
    ],
)
def test_a_signature_that_lacks_something_is_refused(lain, sebab):
    naskah = NaskahFactory(beku=True)
    orang = PersonelFactory(satker=naskah.satker)

    with pytest.raises(AlurError, match=sebab):
        sign(naskah, personel=orang, **lain)

    assert not TandaTangan.objects.exists()
    assert Riwayat.objects.of(naskah.satker).count() == 1


def test_a_text_that_is_not_frozen_is_not_signed():
    with pytest.raises(AlurError, match="belum dibekukan"):
        sign(naskah := NaskahFactory(), personel=PersonelFactory(satker=naskah.satker))

    assert not TandaTangan.objects.exists()


def test_nobody_signs_the_same_text_twice():
    naskah = NaskahFactory(beku=True)
    orang = PersonelFactory(satker=naskah.satker)
    sign(naskah, personel=orang)

    with pytest.raises(AlurError, match="sudah menandatangani"):
        sign(naskah, personel=orang)

    assert TandaTangan.objects.count() == 1


def test_a_signature_taken_back_no_longer_counts_but_stays():
    naskah = NaskahFactory(beku=True)
    orang = PersonelFactory(satker=naskah.satker)
    tanda = sign(naskah, personel=orang)

    alur.revoke(tanda, "salah orang", by=None)

    assert not PaktaIntegritas.objects.exists()
    assert CakupanPakta.objects.get().jumlah_pakta == 0
    assert TandaTangan.objects.get().alasan_cabut == "salah orang"
    assert sign(naskah, personel=orang).pk


def test_another_pact_of_the_year_takes_the_place_of_one_taken_back():
    naskah = NaskahFactory(beku=True)
    orang = PersonelFactory(satker=naskah.satker)
    tanda = sign(naskah, personel=orang)
    lain = sign(NaskahFactory(beku=True, satker=naskah.satker), personel=orang)

    alur.revoke(tanda, "salah lembar", by=None)

    assert PaktaIntegritas.objects.get().tanda_tangan == lain
    assert CakupanPakta.objects.get().jumlah_pakta == 1


def test_a_witness_signs_by_name_and_institution():
    saksi = SaksiFactory()
    naskah = NaskahFactory(upacara=saksi.upacara, beku=True)

    tanda = sign(naskah, saksi=saksi)

    assert (tanda.nama, tanda.jabatan) == (saksi.nama, saksi.lembaga)
    assert not PaktaIntegritas.objects.exists()
