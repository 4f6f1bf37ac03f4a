"""The packaged facts and the count that everything hangs on."""

import datetime
import json

import pytest
from django.core.management import CommandError, call_command

from penilaian import fakta, hitung
from penilaian.models import KlaimAngka, MasaPredikat, PernyataanTanpa, Predikat
from satker import alur as alur_satker
from satker import fakta as fakta_satker
from satker.models import (
    Instansi,
    JenisSatker,
    KantorWilayah,
    KedudukanSatker,
    Riwayat,
    SatuanKerja,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dimuat():
    fakta_satker.load()
    fakta.load()


def count(capsys, *argumen):
    call_command("count_predikat", "--json", *argumen)
    return json.loads(capsys.readouterr().out)


def four(isi):
    return [isi[nama] for nama in ("WBK", "WBBM", "tanpa", "tidak_diketahui", "satker")]


def test_load_fakta_says_what_there_is(capsys):
    call_command("load_fakta")

    assert capsys.readouterr().out == (
        "122 satker (33 Kanwil), 5 predikat, 22 pernyataan tanpa predikat, 46 klaim; 0 ditolak. "
        "Baru: 122 satker, 5 predikat, 22 pernyataan, 46 klaim.\n"
        "Instrumen LKE permenpanrb-90-2021 versi 1.\n"
    )
    assert KedudukanSatker.objects.filter(jenis__kode="kanwil").count() == 33


def test_load_fakta_again_changes_nothing(dimuat, capsys):
    baris = Riwayat.objects.count()

    call_command("load_fakta")

    assert capsys.readouterr().out.endswith(
        "Baru: 0 satker, 0 predikat, 0 pernyataan, 0 klaim.\n"
        "Instrumen LKE permenpanrb-90-2021 versi 1.\n"
    )
    assert Riwayat.objects.count() == baris


def test_load_fakta_leaves_corrections_alone(dimuat):
    satker = SatuanKerja.objects.get(kode="16-lapas-lahat")
    alur_satker.rename(
        satker, by=None, nama="Lapas Lahat", mulai=datetime.date(2023, 1, 1), sumber="surat"
    )
    from penilaian import alur

    predikat = Predikat.objects.get(satker__kode="16-lapas-palembang")
    alur.cancel(predikat, by=None, alasan="keliru")

    call_command("load_fakta")

    assert KedudukanSatker.objects.get(satker=satker, berlaku_sampai=None).nama == "Lapas Lahat"
    assert Predikat.objects.filter(satker__kode="16-lapas-palembang").count() == 1


def test_every_predicate_and_attestation_names_its_source(dimuat):
    assert not Predikat.objects.filter(sumber="").exists()
    assert not PernyataanTanpa.objects.filter(sumber="").exists()
    assert not KedudukanSatker.objects.filter(sumber="").exists()
    assert not KlaimAngka.objects.filter(sumber="").exists()


def test_the_year_alone_counts_from_its_last_day(dimuat):
    bapas = Predikat.objects.get(satker__kode="16-bapas-palembang")

    assert (bapas.ketelitian, bapas.berlaku_dari) == ("tahun", datetime.date(2021, 12, 31))


def test_sumatera_selatan_on_19_january_2022(dimuat, capsys):
    isi = count(capsys, "--kanwil", "16-kanwil", "--pada", "2022-01-19")

    assert isi == {
        "pada": "2022-01-19",
        "kanwil": "16-kanwil",
        "WBK": 4,
        "WBBM": 1,
        "tanpa": 22,
        "tidak_diketahui": 0,
        "satker": 27,
        "klaim": [
            {"ukuran": "WBBM", "nilai": 1, "waktu": "2022-01-19", "sumber": "rmolsumsel.id"},
            {"ukuran": "WBK", "nilai": 4, "waktu": "2022-01-19", "sumber": "rmolsumsel.id"},
            {"ukuran": "satker", "nilai": 29, "waktu": "2022-01-19", "sumber": "rmolsumsel.id"},
        ],
    }


@pytest.mark.parametrize(
    ("argumen", "jumlah"),
    [
        (["--kanwil", "16-kanwil", "--pada", "2015-01-01"], [0, 0, 0, 27, 27]),
        (["--kanwil", "16-kanwil", "--pada", "2021-12-30"], [0, 0, 0, 27, 27]),
        (["--kanwil", "16-kanwil", "--pada", "2021-12-31"], [1, 0, 0, 26, 27]),
        (["--kanwil", "16-kanwil", "--pada", "2022-01-18"], [1, 0, 0, 26, 27]),
        (["--kanwil", "35-kanwil", "--pada", "2021-02-11"], [0, 0, 0, 64, 64]),
        (["--pada", "2022-01-19"], [4, 1, 22, 95, 122]),
    ],
)
def test_count_on_other_days(dimuat, capsys, argumen, jumlah):
    assert four(count(capsys, *argumen)) == jumlah


def test_without_a_date_the_last_confirmed_day_counts(dimuat, capsys):
    assert count(capsys, "--kanwil", "16-kanwil")["pada"] == "2022-01-19"
    assert count(capsys, "--kanwil", "35-kanwil")["pada"] == "2021-02-11"


@pytest.mark.parametrize(
    ("argumen", "pesan"),
    [
        (["--pada", "2022-02-30"], "--pada: '2022-02-30' bukan tanggal; tulis seperti 2022-01-19."),
        (["--kanwil", "99-kanwil"], "--kanwil: tidak ada Kanwil berkode '99-kanwil'."),
    ],
)
def test_count_predikat_names_what_is_wrong(dimuat, argumen, pesan):
    with pytest.raises(CommandError) as galat:
        call_command("count_predikat", *argumen)

    assert str(galat.value) == pesan


def test_count_predikat_says_one_sentence(dimuat, capsys):
    call_command("count_predikat", "--kanwil", "16-kanwil")

    assert capsys.readouterr().out == (
        "Per 19 Januari 2022: 4 WBK dan 1 WBBM dari 27 satker terdaftar di Kanwil Kemenkumham "
        "Sumatera Selatan (29 menurut rmolsumsel.id, 19 Januari 2022); 22 tanpa predikat, "
        "0 belum diketahui.\n"
    )


def test_count_predikat_says_when_nothing_is_known(dimuat, capsys):
    call_command("count_predikat", "--kanwil", "35-kanwil")

    assert capsys.readouterr().out == (
        "Per 11 Februari 2021: predikat 64 satker terdaftar di Kanwil Kemenkumham Jawa Timur belum "
        "diketahui. Menurut malangkota.go.id 7 WBK dan 4 WBBM (11 Februari 2021).\n"
    )


def test_a_move_in_2024_leaves_2022_as_it_was(dimuat, capsys):
    kanwil = alur_satker.open_kanwil(
        "16-kanwil-ditjenpas",
        by=None,
        nama="Kantor Wilayah Direktorat Jenderal Pemasyarakatan Sumatera Selatan",
        jenis=JenisSatker.objects.get(kode="kanwil"),
        instansi=Instansi.objects.get(kode="ditjenpas"),
        provinsi="Sumatera Selatan",
        kode_bps="16",
        zona_waktu="WIB",
        mulai=datetime.date(2024, 10, 21),
        sumber="uji",
    )
    sebelum = count(capsys, "--kanwil", "16-kanwil", "--pada", "2022-01-19")

    alur_satker.move(
        SatuanKerja.objects.get(kode="16-lapas-palembang"),
        by=None,
        kanwil=kanwil,
        mulai=datetime.date(2024, 10, 21),
        sumber="uji",
    )

    assert count(capsys, "--kanwil", "16-kanwil", "--pada", "2022-01-19") == sebelum
    lama = count(capsys, "--kanwil", "16-kanwil", "--pada", "2024-12-01")
    baru = count(capsys, "--kanwil", "16-kanwil-ditjenpas", "--pada", "2024-12-01")
    assert four(lama) == [3, 1, 22, 0, 26]
    assert four(baru) == [1, 0, 0, 1, 2]
    for hari in (
        datetime.date(2022, 1, 19),
        datetime.date(2024, 10, 20),
        datetime.date(2024, 12, 1),
    ):
        for kode in ("16-kanwil", "16-kanwil-ditjenpas"):
            simpul = KantorWilayah.objects.get(satker__kode=kode)
            hitungan = hitung.count_predikat(hari, simpul)
            baris = hitung.list_kedudukan(hari, simpul)
            assert hitungan.wbk == hitung.filter_nilai(baris, "WBK").count()
            assert hitungan.satker == baris.count()
            assert hitungan.tidak_diketahui == hitung.filter_nilai(baris, "tidak_diketahui").count()


def test_stored_timelines_equal_the_derived_ones(dimuat):
    assert MasaPredikat.objects.find_selisih() == set()


def test_check_masa_mends_and_reports_a_difference(dimuat, caplog):
    from penilaian.tasks import check_masa

    MasaPredikat.objects.filter(satker__kode="16-kanwil").delete()

    check_masa()

    assert MasaPredikat.objects.find_selisih() == set()
    assert "disusun ulang untuk 1 satker" in caplog.text
