"""What the agreement proposes for the LKE: the calculation, and a person who takes it over."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from integritas.alur import AlurError
from penilaian.alur import area as alur_area
from penilaian.alur import pengisian
from penilaian.alur import usulan_kinerja as alur
from penilaian.alur.pengisian import KonflikError
from penilaian.models import Jawaban, Penilaian
from penilaian.usulan_kinerja import LEBIH_BAIK, read_usulan
from satker.models import RealisasiIndikator, Riwayat
from tests.factories import KepalaFactory, OperatorFactory, TimKanwilFactory
from tests.factories.lke import PenilaianFactory
from tests.factories.ukur import (
    IndikatorFactory,
    PerjanjianKinerjaFactory,
    RealisasiFactory,
    SasaranFactory,
)

pytestmark = pytest.mark.django_db
SASARAN = "A.II.4.i.a"


def agree(satker, tahun, *sasaran):
    """An agreement in force; each goal is the tuple of what its indicators reached of 100 at the
    year's end, None for what nobody reported."""
    perjanjian = PerjanjianKinerjaFactory(satker=satker, tahun=tahun, berlaku=True)
    for daftar in sasaran:
        tempat = SasaranFactory(perjanjian=perjanjian)
        for nilai in daftar:
            indikator = IndikatorFactory(sasaran=tempat)
            if nilai is not None:
                RealisasiFactory(indikator=indikator, periode="b12", nilai=nilai)
    return perjanjian


def propose(penilaian, kode):
    satu = read_usulan(Penilaian.objects.get(pk=penilaian.pk)).get(kode)
    return satu.mentah, satu.alasan


def take(penilaian, kode=SASARAN, versi_isi=0, by=None, sidik=None):
    sidik = sidik or read_usulan(penilaian).compute_sidik()
    return alur.take(penilaian, kode, sidik=sidik, versi_isi=versi_isi, by=by)


def read_jawab(penilaian, kode=SASARAN):
    jawaban = Jawaban.objects.filter(penilaian=penilaian, pertanyaan__kode=kode).first()
    return jawaban.jawab if jawaban else None


def test_goals_are_counted_at_the_years_end():
    penilaian = PenilaianFactory(tahun=2026)
    agree(penilaian.satker, 2026, (100, 120), (99, 150), (100,))

    assert propose(penilaian, SASARAN) == ({"jumlah_sasaran": "3", "sasaran_tercapai": "2"}, "")


def test_a_goal_that_fell_short_is_known_even_while_another_indicator_is_not():
    penilaian = PenilaianFactory(tahun=2026)
    agree(penilaian.satker, 2026, (99, None), (100,))

    assert propose(penilaian, SASARAN)[0] == {"jumlah_sasaran": "2", "sasaran_tercapai": "1"}


def test_without_an_agreement_in_force_nothing_is_proposed():
    penilaian = PenilaianFactory(tahun=2026)
    PerjanjianKinerjaFactory(satker=penilaian.satker, tahun=2026)
    sebut = "Belum ada PK berlaku tahun 2026; tidak diusulkan apa-apa."

    assert propose(penilaian, SASARAN) == (None, sebut)
    assert propose(penilaian, LEBIH_BAIK) == (None, sebut)
    with pytest.raises(AlurError, match="Belum ada PK berlaku tahun 2026"):
        take(penilaian)
    assert not Jawaban.objects.exists()


@pytest.mark.parametrize(
    ("kini", "lalu", "mentah", "alasan"),
    [
        ([(120,)], [(110,)], "B", ""),
        ([(110,)], [(110,)], "C", ""),
        ([(100,)], [(130,)], "C", ""),
        ([(99,)], [(50,)], "D", ""),
        # A missed target decides without last year.
        ([(99,)], None, "D", ""),
        ([(120,)], None, None, "Belum ada PK berlaku tahun 2025"),
        ([(120,)], [(None,)], None, "1 capaian belum diketahui"),
        ([(120, None)], [(110,)], None, "Capaian 1 indikator 2026 belum diketahui"),
        ([], [(110,)], None, "belum memuat indikator"),
    ],
)
def test_better_than_last_year_is_proposed_only_when_both_are_known(kini, lalu, mentah, alasan):
    penilaian = PenilaianFactory(tahun=2026)
    agree(penilaian.satker, 2026, *kini)
    if lalu is not None:
        agree(penilaian.satker, 2025, *lalu)

    usulan = propose(penilaian, LEBIH_BAIK)

    assert usulan[0] == mentah
    assert alasan in usulan[1]


def test_a_goal_without_values_leaves_the_count_unproposed():
    penilaian = PenilaianFactory(tahun=2026)
    agree(penilaian.satker, 2026, (100,), (None,), ())

    mentah, alasan = propose(penilaian, SASARAN)

    assert (mentah, alasan) == (
        None,
        "Capaian 2 sasaran belum diketahui; tidak diusulkan apa-apa.",
    )


def test_taking_over_saves_the_answer_keeps_the_note_and_tells_where_it_came_from():
    penilaian = PenilaianFactory(tahun=2026)
    kepala = KepalaFactory(satker=penilaian.satker)
    agree(penilaian.satker, 2026, (100,), (90,))
    pengisian.save_jawaban(
        penilaian,
        SASARAN,
        mentah={"jumlah_sasaran": "9", "sasaran_tercapai": "9"},
        catatan="Lihat LKjIP.",
        versi_isi=0,
        by=kepala,
    )

    take(penilaian, versi_isi=1, by=kepala)

    assert read_jawab(penilaian) == {"jumlah_sasaran": 2, "sasaran_tercapai": 1}
    assert Jawaban.objects.get().catatan == "Lihat LKjIP."
    asal, jawab = Riwayat.objects.of(penilaian.satker)[:2]
    assert (asal.kejadian, jawab.kejadian) == (
        "jawaban LKE diambil dari capaian PK",
        "jawaban LKE diubah",
    )
    assert asal.objek == jawab.objek == f"{penilaian.objek}:{SASARAN}"
    assert asal.oleh_id == kepala.pk
    assert asal.isi["sesudah"]["perjanjian"] == ["PK 2026 versi 1"]
    assert "1 terpenuhi, 1 tidak" in asal.isi["sesudah"]["hitungan"][1]
    with pytest.raises(AlurError, match="sudah sama dengan usulan"):
        take(penilaian, versi_isi=2)


def test_a_proposal_that_is_no_longer_what_was_shown_is_refused():
    penilaian = PenilaianFactory(tahun=2026)
    agree(penilaian.satker, 2026, (100,))
    dilihat = read_usulan(penilaian).compute_sidik()
    RealisasiIndikator.objects.update(nilai=50)

    with pytest.raises(AlurError, match="berubah sejak halaman ini dibuka"):
        take(penilaian, sidik=dilihat)

    assert read_jawab(penilaian) is None


def test_an_answer_somebody_gave_meanwhile_is_not_overwritten():
    penilaian = PenilaianFactory(tahun=2026)
    agree(penilaian.satker, 2026, (100,))
    pengisian.write_many(penilaian, {SASARAN: {"jumlah_sasaran": 4}}, by=None)
    jumlah = Riwayat.objects.count()

    with pytest.raises(KonflikError):
        take(penilaian, versi_isi=0)

    assert read_jawab(penilaian) == {"jumlah_sasaran": 4}
    assert Riwayat.objects.count() == jumlah


def test_an_area_that_is_in_and_a_closed_window_refuse_the_proposal():
    penilaian = PenilaianFactory(tahun=2026)
    kepala = KepalaFactory(satker=penilaian.satker)
    agree(penilaian.satker, 2026, (100,))
    alur_area.submit_area(penilaian, "A.4", by=kepala, setuju_kosong=True)
    jumlah = Riwayat.objects.count()

    with pytest.raises(AlurError, match=r"Area A\.4 sudah diajukan"):
        take(penilaian, by=kepala)
    hari = timezone.localdate()
    Penilaian.objects.update(tutup_pada=hari - datetime.timedelta(days=1))
    with pytest.raises(AlurError, match="Pengisian sudah ditutup"):
        take(penilaian, by=kepala)

    assert not Jawaban.objects.exists()
    assert Riwayat.objects.count() == jumlah


def test_from_the_question_to_the_proposal_and_back(client_for):
    penilaian = PenilaianFactory(tahun=2026)
    agree(penilaian.satker, 2026, (100,), (90,))
    client = client_for(OperatorFactory(satker=penilaian.satker))
    kartu = client.get(reverse("area_detail", args=[penilaian.pk, "A.4"]))
    alamat = reverse("kinerja_usulan", args=[penilaian.pk])
    assert f'href="{alamat}#q101"' in kartu.text

    page = client.get(alamat)
    assert "1 dari 2 sasaran terpenuhi penuh" in page.text
    assert "belum bersumber" in page.text
    respons = client.post(
        reverse("kinerja_take", args=[penilaian.pk, SASARAN]),
        {"sidik": page.context["sidik"], "versi_isi": "0"},
    )

    assert respons.url.endswith("/area/A.4/#q101")
    assert read_jawab(penilaian) == {"jumlah_sasaran": 2, "sasaran_tercapai": 1}
    # Once more from the old page: the answer is there already.
    lagi = client.post(
        reverse("kinerja_take", args=[penilaian.pk, SASARAN]),
        {"sidik": page.context["sidik"], "versi_isi": "0"},
    )
    assert lagi.status_code == 422
    assert "sudah sama dengan usulan" in lagi.text


def test_only_those_who_fill_the_area_take_it_over(client_for):
    penilaian = PenilaianFactory(tahun=2026)
    agree(penilaian.satker, 2026, (100,))
    alamat = reverse("kinerja_take", args=[penilaian.pk, SASARAN])
    isi = {"sidik": read_usulan(penilaian).compute_sidik(), "versi_isi": "0"}
    kanwil = penilaian.satker.kedudukansatker_set.get().kanwil

    lain = client_for(OperatorFactory(satker=penilaian.satker, daftar_area=["A.1"]))
    assert lain.post(alamat, isi).status_code == 422
    assert client_for(TimKanwilFactory(kanwil=kanwil)).post(alamat, isi).status_code == 403

    assert read_jawab(penilaian) is None
    page = lain.get(reverse("kinerja_usulan", args=[penilaian.pk]))
    assert "Area A.4 bukan bagian Anda." in page.text


@pytest.mark.parametrize("jumlah", [1, 3])
def test_the_page_of_proposals_costs_the_same_at_any_length(client_for, count_queries, jumlah):
    penilaian = PenilaianFactory(tahun=2026)
    for tahun in (2025, 2026):
        agree(penilaian.satker, tahun, *[(100, 90)] * jumlah)
    client = client_for(OperatorFactory(satker=penilaian.satker))
    alamat = reverse("kinerja_usulan", args=[penilaian.pk])
    client.get(alamat)

    with count_queries() as daftar_sql:
        client.get(alamat)

    assert len(daftar_sql) == 10
