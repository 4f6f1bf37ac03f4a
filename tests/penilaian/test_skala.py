"""The invented ministry: the size asked for, sound in every respect, the same for the same seed."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from penilaian import skala
from penilaian.hitung import count_predikat, count_trend
from penilaian.models import (
    KlaimAngka,
    MasaPredikat,
    PernyataanTanpa,
    PerubahanPredikat,
    Predikat,
)
from satker.models import KantorWilayah, KedudukanSatker, RantaiRiwayat, Riwayat, SatuanKerja
from satker.periksa import find_rusak
from tests.factories import SatkerFactory

pytestmark = pytest.mark.django_db
MODEL = [
    SatuanKerja,
    KantorWilayah,
    KedudukanSatker,
    Predikat,
    PerubahanPredikat,
    PernyataanTanpa,
    KlaimAngka,
    MasaPredikat,
    RantaiRiwayat,
    Riwayat,
]
# Keys of rows that are not numbered by the invented ministry itself.
TANPA = {"jenis_id", "instansi_id", "pembina_id"}


def take_snapshot(jumlah, benih):
    """Every row of a load, which is then taken back."""
    with transaction.atomic():
        skala.load(jumlah, 5, benih)
        isi = {}
        for model in MODEL:
            tanpa = TANPA | ({"id"} if model is MasaPredikat else set())
            isi[model.__name__] = [
                {nama: nilai for nama, nilai in baris.items() if nama not in tanpa}
                for baris in model.objects.order_by("pk").values()
            ]
        transaction.set_rollback(True)
    return isi


def test_the_same_seed_gives_the_same_rows_and_another_seed_others():
    satu = take_snapshot(150, 7)

    assert take_snapshot(150, 7) == satu
    lain = take_snapshot(150, 8)
    assert [nama for nama in satu if lain[nama] == satu[nama]] == ["KantorWilayah"]


def test_the_ministry_has_the_size_and_the_variety_asked_for(capsys):
    call_command("load_skala", "--satker=400", "--tahun=5")

    assert capsys.readouterr().out.startswith("400 satker, 33 kanwil, ")
    assert SatuanKerja.objects.count() == 400
    assert KantorWilayah.objects.count() == 33
    hari = datetime.date(2024, 10, 21)
    assert KedudukanSatker.objects.filter(berlaku_dari=hari, kelas__gt="").exists()
    assert {satu.jenis for satu in PerubahanPredikat.objects.all()} == {
        "DITETAPKAN",
        "KLARIFIKASI_DIBUKA",
        "KLARIFIKASI_SELESAI",
        "NAIK_KE_WBBM",
        "DICABUT",
        "BERAKHIR",
    }
    assert {satu.ketelitian for satu in Predikat.objects.all()} == {"tanggal", "tahun", "disebut"}
    hitungan = count_predikat(skala.AKHIR)
    assert min(hitungan.wbk, hitungan.wbbm, hitungan.tanpa, hitungan.tidak_diketahui) > 0
    lengkap = [count_predikat(skala.AKHIR, satu).is_lengkap for satu in KantorWilayah.objects.all()]
    assert {True, False} == set(lengkap)


def test_chains_and_timelines_are_sound():
    skala.load(200, 5)

    assert list(find_rusak()) == []
    assert MasaPredikat.objects.find_selisih() == set()


def test_the_trend_equals_the_count_of_each_day():
    skala.load(200, 5)
    hari = [datetime.date(tahun, bulan, 21) for tahun in range(2021, 2027) for bulan in (1, 10)]

    for kanwil in (None, *KantorWilayah.objects.order_by("pk")[:3]):
        assert count_trend(hari, kanwil) == [count_predikat(satu, kanwil) for satu in hari]


def test_one_year_is_enough():
    assert skala.load(60, 1)["predikat"] > 0


def test_new_rows_follow_the_loaded_ones():
    skala.load(40, 5)

    satker = SatkerFactory()

    Riwayat.record(satker, "uji", by=None)
    assert SatuanKerja.objects.count() == 42
    assert list(find_rusak()) == []


def test_a_database_with_offices_is_refused():
    SatkerFactory()
    jumlah = SatuanKerja.objects.count()

    with pytest.raises(CommandError, match="sudah berisi satker"):
        call_command("load_skala", "--satker=100", "--tahun=5")

    assert SatuanKerja.objects.count() == jumlah


@pytest.mark.parametrize(
    ("argumen", "pesan"),
    [
        (["--satker=32", "--tahun=5"], "Sekurangnya 33 satker, sebab Kanwil ikut dihitung."),
        (["--satker=40", "--tahun=0"], "--tahun: 1 sampai 20."),
        (["--satker=40", "--tahun=21"], "--tahun: 1 sampai 20."),
    ],
)
def test_an_impossible_size_is_refused(argumen, pesan):
    with pytest.raises(CommandError, match=pesan):
        call_command("load_skala", *argumen)

    assert not SatuanKerja.objects.exists()
