"""The ceremonies of the source documents: what the sources say, and no more."""

import datetime

import pytest

from satker import fakta, fakta_upacara
from satker.models import (
    Acara,
    JenisAcara,
    PesertaSatker,
    Putaran,
    PutaranSatker,
    Riwayat,
    Saksi,
    Upacara,
)

pytestmark = pytest.mark.django_db
MALANG = [
    *("35-bapas-malang", "35-kanim-malang", "35-lapas-lumajang", "35-lapas-malang"),
    *("35-lapas-pasuruan", "35-lapas-perempuan-malang", "35-lapas-probolinggo"),
    *("35-rupbasan-pasuruan", "35-rupbasan-probolinggo", "35-rutan-bangil", "35-rutan-kraksaan"),
]


@pytest.fixture(autouse=True)
def termuat(db):
    fakta.load()


def test_the_six_events_stand_as_the_sources_tell_them():
    baris = Upacara.objects.order_by("tanggal", "kode").values_list(
        "kode", "tuan_rumah__kode", "tanggal", "tahun_dugaan", "status", "zona_waktu", "mulai_pada"
    )

    assert list(baris) == [
        (kode, rumah, datetime.date(*tanggal), dugaan, "tercatat", "WIB", None)
        for kode, rumah, tanggal, dugaan in [
            ("up-jatim-02-04", "35-kanwil", (2021, 2, 4), True),
            ("up-jatim-02-11-madiun", "35-kanim-madiun", (2021, 2, 11), True),
            ("up-jatim-02-11-malang", "35-lapas-perempuan-malang", (2021, 2, 11), True),
            ("up-jatim-02-11-porong", "35-lapas-surabaya", (2021, 2, 11), True),
            ("up-jatim-02-16", "35-kanim-pamekasan", (2021, 2, 16), True),
            ("up-sumsel-2022-01-19", "16-kanwil", (2022, 1, 19), False),
        ]
    ]
    sumsel = Upacara.objects.get(kode="up-sumsel-2022-01-19")
    assert sumsel.putaran is None
    assert sumsel.sumber == "rmolsumsel.id"
    assert sumsel.keyakinan == "pasti (hari Rabu 19/1 dan tahun 2022 cocok)"
    assert sumsel.nama == (
        "Deklarasi Kinerja, Penandatanganan Perjanjian Kinerja, dan Penandatanganan Komitmen "
        "Pembangunan ZI 2022"
    )


def test_only_named_units_and_named_officials_are_written_down():
    assert {
        kode: sorted(
            PesertaSatker.objects.filter(upacara__kode=kode).values_list("satker__kode", flat=True)
        )
        for kode in Upacara.objects.values_list("kode", flat=True)
        if PesertaSatker.objects.filter(upacara__kode=kode).exists()
    } == {"up-jatim-02-11-malang": MALANG}
    assert list(
        Saksi.objects.order_by("pk").values_list("upacara__kode", "lembaga", "nama", "keterangan")
    ) == [
        (
            "up-sumsel-2022-01-19",
            "Kanwil Kemenkumham Sumatera Selatan",
            "Indro Purwoko",
            "pejabat tuan rumah",
        ),
        (
            "up-sumsel-2022-01-19",
            "Ombudsman RI Perwakilan Sumatera Selatan",
            "M Adrian Agustiansyah",
            "hadir",
        ),
        (
            "up-jatim-02-04",
            "Ombudsman RI Perwakilan Jawa Timur",
            "Agus Muttaqin",
            "memberi sambutan dalam rangkaian acara",
        ),
    ]  # fmt: skip
    acara = Acara.objects.filter(upacara__kode="up-jatim-02-11-malang").order_by("urutan")
    assert list(acara.values_list("jenis__kode", flat=True)) == [
        "deklarasi-janji-kinerja",
        "pencanangan-zi",
        "pengukuhan-satops-patnal",
    ]


def test_the_round_of_jawa_timur_carries_its_doubt():
    putaran = Putaran.objects.get()

    assert putaran.kanwil.satker.kode == "35-kanwil"
    assert (putaran.tahun, putaran.sebutan_tahun) == (2021, "tahun diduga 2021")
    assert "Kamis, 11 Februari 2021" in putaran.alasan_dugaan
    assert putaran.lengkap is False
    assert putaran.upacara_set.count() == 5
    assert PutaranSatker.objects.filter(putaran=putaran).count() == 64


def test_loading_again_changes_nothing_that_was_corrected():
    Upacara.objects.filter(kode="up-jatim-02-16").update(tempat="Dibetulkan")
    Putaran.objects.update(nama="Dibetulkan juga")
    JenisAcara.objects.filter(kode="sambutan").update(nama="Kata sambutan")
    sebelum = Riwayat.objects.count()

    assert fakta_upacara.load() == 0

    assert Upacara.objects.get(kode="up-jatim-02-16").tempat == "Dibetulkan"
    assert Putaran.objects.get().nama == "Dibetulkan juga"
    assert JenisAcara.objects.get(kode="sambutan").nama == "Kata sambutan"
    assert (Riwayat.objects.count(), Upacara.objects.count()) == (sebelum, 6)


def test_every_kind_of_act_has_a_source_and_three_are_declarations():
    assert not JenisAcara.objects.filter(sumber="").exists()
    assert set(JenisAcara.objects.filter(deklarasi=True).values_list("kode", flat=True)) == {
        "deklarasi-janji-kinerja",
        "pencanangan-zi",
        "penandatanganan-komitmen",
    }
