"""The assessments of the invented ministry: as many as asked for, and sound as if people had filled
them."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from penilaian import rekap, skala, skala_lke
from penilaian.models import (
    AreaPenilaian,
    BuktiDukung,
    Jawaban,
    PemakaianBukti,
    Penilaian,
    Rekap,
    RevisiBukti,
)
from penilaian.versi import get_terpakai
from satker.models import Riwayat, SatuanKerja
from satker.periksa import find_rusak

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry():
    skala.load(40, 2)
    return skala_lke.load([2025, 2026])


def test_every_unit_has_an_lke_with_all_answers_and_forty_uses_of_fifteen_files(ministry):
    assert ministry == {"LKE": 80, "jawaban": 9040, "bukti": 600, "pemakaian": 3200}
    assert Penilaian.objects.values("tahun").annotate(n=Count("pk")).count() == 2
    assert set(
        Penilaian.objects.annotate(n=Count("jawaban")).values_list("n", flat=True).distinct()
    ) == {113}
    assert AreaPenilaian.objects.count() == 80 * 7
    assert set(
        PemakaianBukti.objects.values("penilaian")
        .annotate(n=Count("pk"))
        .values_list("n", flat=True)
    ) == {40}
    per_satker = BuktiDukung.objects.values("satker").annotate(n=Count("pk"))
    assert set(per_satker.values_list("n", flat=True)) == {15}
    assert RevisiBukti.objects.values("berkas").distinct().count() == 600
    assert PemakaianBukti.objects.values("bukti").distinct().count() == 600


def test_kept_scores_are_what_the_answers_give_and_differ_between_units(ministry):
    beda = set()
    for penilaian in Penilaian.objects.select_related("versi")[:10]:
        [lama] = Rekap.objects.filter(penilaian=penilaian).values(*rekap.KOLOM_DIHITUNG)

        baru = rekap.refresh(penilaian, get_terpakai(penilaian.versi))

        del lama["diubah_pada"]
        assert lama == {kolom: getattr(baru, kolom) for kolom in lama}
        assert lama["jumlah_terisi"] == 113
        beda.add(lama["total_nol"])
    assert len(beda) > 3


def test_a_file_is_shown_only_by_the_unit_it_belongs_to(ministry):
    for pemakaian in PemakaianBukti.objects.select_related("penilaian", "bukti", "revisi")[:200]:
        assert pemakaian.bukti.satker_id == pemakaian.penilaian.satker_id
        assert pemakaian.revisi.bukti_id == pemakaian.bukti_id


def test_each_opening_left_its_line_in_a_chain_that_holds(ministry):
    assert Riwayat.objects.filter(kejadian="LKE dibuka").count() == 80
    assert list(find_rusak()) == []


def test_the_command_refuses_more_years_of_lke_than_of_facts():
    with pytest.raises(CommandError, match="--lke: 0 sampai sebanyak --tahun"):
        call_command("load_skala", "--satker=40", "--tahun=1", "--lke=2")

    assert not SatuanKerja.objects.exists()


def test_the_command_fills_the_last_years(capsys):
    call_command("load_skala", "--satker=34", "--tahun=2", "--lke=1")

    assert "34 LKE, 3842 jawaban" in capsys.readouterr().out
    assert set(Penilaian.objects.values_list("tahun", flat=True)) == {2026}
    assert Jawaban.objects.count() == 34 * 113
