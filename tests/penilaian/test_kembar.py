"""Content of another unit's evidence: told to those who oversee both, never to the units."""

import re

import pytest
from django.urls import reverse

from penilaian import temuan
from penilaian.alur.pengajuan import build_checklist
from penilaian.models import Rekap, Temuan
from penilaian.temuan.kembar import read_luar
from penilaian.versi import get_terpakai
from tests.factories import (
    AdminFactory,
    BuktiFactory,
    Eselon1Factory,
    KanwilFactory,
    KepalaFactory,
    OperatorFactory,
    PenilaianFactory,
    PenugasanFactory,
    PimpinanFactory,
    SatkerFactory,
    TimKanwilFactory,
    TpiFactory,
)

pytestmark = pytest.mark.django_db
SATU, DUA = "A.I.1.i.a", "A.I.2.i.a"


@pytest.fixture
def kanwil():
    return KanwilFactory()


def make(kanwil, nama, isi="SK bersama", kode=SATU, **lain):
    """An assessment of a unit of that Kanwil that shows this content."""
    penilaian = PenilaianFactory(satker=SatkerFactory(kanwil=kanwil, nama=nama), **lain)
    BuktiFactory(penilaian=penilaian, kode=kode, isi=isi, nama=f"SK {nama}")
    return penilaian


@pytest.fixture
def penilaian(kanwil):
    return make(kanwil, "Lapas Satu")


@pytest.fixture
def lain(kanwil):
    return make(kanwil, "Lapas Dua", kode=DUA)


def list_fakta(orang, penilaian):
    semua = temuan.list_temuan(orang, penilaian, get_terpakai(penilaian.versi))
    return [
        (satu.tingkat, satu.fakta_satu, satu.fakta_dua)
        for daftar in semua.values()
        for satu in daftar
        if satu.rahasia
    ]


def test_the_kanwil_is_told_both_places_from_both_sides(kanwil, penilaian, lain):
    orang = TimKanwilFactory(kanwil=kanwil)
    tahun = penilaian.tahun

    assert list_fakta(orang, penilaian) == [
        (
            "sebaiknya",
            "“SK Lapas Satu” di nomor 1",
            f"Isi yang sama dipakai Lapas Dua (LKE {tahun} nomor 13)",
        )
    ]
    assert list_fakta(orang, lain) == [
        (
            "sebaiknya",
            "“SK Lapas Dua” di nomor 13",
            f"Isi yang sama dipakai Lapas Satu (LKE {tahun} nomor 1)",
        )
    ]


def test_who_may_know(kanwil, penilaian, lain):
    asal = kanwil.satker.kedudukansatker_set.get().instansi
    tahu = [TimKanwilFactory(kanwil=kanwil), TpiFactory(instansi=asal), AdminFactory()]
    tidak = [
        OperatorFactory(satker=penilaian.satker),
        KepalaFactory(satker=penilaian.satker),
        Eselon1Factory(instansi=asal),
        PimpinanFactory(instansi=asal),
        # Oversees units elsewhere, and reads this one as something else.
        PenugasanFactory(
            pengguna=OperatorFactory(satker=SatkerFactory()),
            peran="tim_kanwil",
            kanwil=KanwilFactory(),
        ).pengguna,
        # Whoever fills the unit's LKE is the unit, whatever else they are.
        PenugasanFactory(
            pengguna=OperatorFactory(satker=penilaian.satker), peran="tim_kanwil", kanwil=kanwil
        ).pengguna,
    ]

    assert [len(list_fakta(orang, penilaian)) for orang in tahu] == [1, 1, 1]
    assert [len(list_fakta(orang, penilaian)) for orang in tidak] == [0] * len(tidak)


def test_who_oversees_one_side_only_is_told_nothing(kanwil, penilaian):
    """They read this LKE in another office, whose matter it is not."""
    jauh = make(KanwilFactory(), "Lapas Jauh")
    asal = kanwil.satker.kedudukansatker_set.get().instansi
    orang = PenugasanFactory(
        pengguna=Eselon1Factory(instansi=asal),
        peran="tim_kanwil",
        kanwil=jauh.satker.kedudukansatker_set.get().kanwil,
    ).pengguna

    assert list_fakta(orang, penilaian) == list_fakta(orang, jauh) == []


def test_a_place_that_the_reader_does_not_oversee_is_not_told(kanwil, penilaian):
    make(KanwilFactory(), "Lapas Jauh")

    assert list_fakta(TimKanwilFactory(kanwil=kanwil), penilaian) == []
    [(_, _, dua)] = list_fakta(AdminFactory(), penilaian)
    assert "Lapas Jauh" in dua


def test_the_units_own_other_years_and_addresses_are_no_copies(kanwil, penilaian):
    dulu = PenilaianFactory(satker=penilaian.satker, tahun=2019)
    BuktiFactory(penilaian=dulu, kode=SATU, isi="SK bersama")
    for unit in (penilaian, PenilaianFactory(satker=SatkerFactory(kanwil=kanwil))):
        BuktiFactory(penilaian=unit, kode=DUA, tautan="https://a.invalid")

    assert list_fakta(TimKanwilFactory(kanwil=kanwil), penilaian) == []


def test_what_many_have_is_only_noted(kanwil, penilaian, count_queries):
    for nomor in range(5):
        make(kanwil, f"Rutan {nomor}")
    orang = TimKanwilFactory(kanwil=kanwil)
    terpakai = get_terpakai(penilaian.versi)
    list_fakta(orang, penilaian)

    with count_queries() as daftar_sql:
        read_luar(orang, penilaian, terpakai)

    assert len(daftar_sql) == 1
    [(tingkat, _, dua)] = list_fakta(orang, penilaian)
    tahun = penilaian.tahun
    disebut = ", ".join(f"Rutan {nomor} (LKE {tahun} nomor 1)" for nomor in range(3))
    assert (tingkat, dua) == (
        "catatan",
        f"Isi yang sama dipakai {disebut} dan satker lain lagi",
    )


def test_two_pieces_of_one_content_are_two_findings(kanwil, penilaian, lain):
    BuktiFactory(penilaian=penilaian, kode=DUA, isi="SK bersama", nama="Salinan")

    fakta = list_fakta(TimKanwilFactory(kanwil=kanwil), penilaian)

    assert [satu[1] for satu in fakta] == ["“SK Lapas Satu” di nomor 1", "“Salinan” di nomor 13"]


def test_nothing_of_a_unit_differs_by_it(client_for, kanwil, penilaian):
    """The same pages and numbers before and after another unit shows the same content."""
    kepala = client_for(KepalaFactory(satker=penilaian.satker))
    nama = ("penilaian_detail", "temuan_list", "lke_full", "bukti_list", "penilaian_submit")

    def look():
        halaman = [kepala.get(reverse(satu, args=[penilaian.pk])).text for satu in nama]
        # A form's token is another one each time.
        polos = [re.sub(r"\b[A-Za-z0-9]{64}\b", "", satu) for satu in halaman]
        return polos, list(Rekap.objects.filter(penilaian=penilaian).values())

    sebelum = look()
    make(kanwil, "Lapas Dua")

    assert look() == sebelum
    assert not Temuan.objects.exists()
    assert build_checklist(penilaian).daftar_sebaiknya == []


def test_pages_of_the_kanwil_show_it_and_offer_no_acceptance(
    client_for, count_queries, kanwil, penilaian, lain
):
    client = client_for(TimKanwilFactory(kanwil=kanwil))

    daftar = client.get(reverse("temuan_list", args=[penilaian.pk])).text
    with count_queries() as daftar_sql:
        area = client.get(reverse("area_detail", args=[penilaian.pk, "A.1"])).text

    # One more than the unit's own people ask.
    assert len(daftar_sql) == 10

    assert "Isi yang sama dipakai Lapas Dua" in daftar
    assert "tidak terlihat satker" in daftar
    assert "Isi yang sama dipakai Lapas Dua" in area
    assert "/terima/" not in daftar + area
