"""`import_satker`: exit codes, JSON on stdout and nothing else, and what is said in words."""

import json

import pytest
from django.core.management import CommandError, call_command

from satker import fakta
from satker.models import Riwayat, SatuanKerja
from tests.integritas.berkas import make_csv

pytestmark = pytest.mark.django_db
JUDUL = ("kode", "nama", "jenis", "kelas", "induk", "catatan")
BAIK = ("16-lapas-baru", "Lapas Kelas III Baru", "Lapas", "III", "16-kanwil", "x")
SALAH = ("16-lapas-lain", "Lapas Lain", "Lapass", "", "16-kanwil", "")


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command over these rows; gives exit status, stdout and stderr."""
    fakta.load()

    def run(*baris, pilihan=(), nama="a.csv", isi=None):
        berkas = tmp_path / nama
        berkas.write_bytes(make_csv(JUDUL, *baris) if isi is None else isi)
        kode = 0
        try:
            call_command("import_satker", str(berkas), *pilihan)
        except SystemExit as keluar:
            kode = keluar.code
        hasil = capsys.readouterr()
        return kode, hasil.out, hasil.err

    return run


def count():
    return SatuanKerja.objects.count(), Riwayat.objects.count()


def test_clean_file_is_written_and_counted(run):
    kode, keluaran, galat = run(BAIK)

    assert (kode, galat) == (0, "")
    assert keluaran.splitlines()[0] == "Kolom yang tidak dibaca: catatan."
    assert keluaran.splitlines()[-1] == "1 baru, 0 berubah, 0 sama, 0 ditolak. Selesai ditulis."
    assert SatuanKerja.objects.filter(kode="16-lapas-baru").exists()


def test_dry_run_writes_nothing(run):
    sebelum = count()

    kode, keluaran, _ = run(BAIK, pilihan=["--dry-run"])

    assert kode == 0
    assert "1 baru" in keluaran
    assert "Belum ditulis" in keluaran
    assert count() == sebelum


@pytest.mark.parametrize("pilihan", [[], ["--dry-run"]])
def test_refused_row_is_named_and_nothing_is_written(run, pilihan):
    sebelum = count()

    kode, keluaran, _ = run(BAIK, SALAH, pilihan=pilihan)

    assert kode == 1
    assert (
        keluaran.splitlines()[0]
        == 'Baris 3, kolom "jenis": "Lapass" tidak dikenal. Maksudnya Lapas?'
    )
    assert count() == sebelum


def test_refused_row_is_left_out_when_asked(run):
    kode, keluaran, _ = run(BAIK, SALAH, pilihan=["--lewati-ditolak"])

    assert kode == 0
    assert "1 baru, 0 berubah, 0 sama, 1 ditolak" in keluaran
    assert SatuanKerja.objects.filter(kode="16-lapas-baru").exists()


def test_json_is_all_there_is_on_stdout(run):
    kode, keluaran, galat = run(BAIK, SALAH, pilihan=["--json"])

    assert (kode, galat) == (1, "")
    assert json.loads(keluaran) == {
        "sama": 0,
        "baru": 1,
        "berubah": 0,
        "ditolak": 1,
        "ditulis": False,
        "baris": [
            {"baris": 2, "kode": "16-lapas-baru", "hasil": "baru", "pesan": []},
            {
                "baris": 3,
                "kode": "16-lapas-lain",
                "hasil": "ditolak",
                "pesan": ['Baris 3, kolom "jenis": "Lapass" tidak dikenal. Maksudnya Lapas?'],
            },
        ],
        "kolom_diabaikan": ["catatan"],
    }


def test_json_of_a_written_file_says_so(run):
    kode, keluaran, _ = run(BAIK, pilihan=["--json"])

    assert kode == 0
    assert json.loads(keluaran)["ditulis"] is True


@pytest.mark.parametrize("json_saja", [False, True])
def test_unreadable_file_ends_with_two_and_a_sentence(run, json_saja):
    sebelum = count()

    kode, keluaran, galat = run(
        nama="a.xlsx", isi=b"%PDF-1.7", pilihan=["--json"] if json_saja else []
    )

    assert kode == 2
    if json_saja:
        assert galat == ""
        assert "dokumen PDF" in json.loads(keluaran)["galat"]
    else:
        assert (keluaran, "dokumen PDF" in galat) == ("", True)
    assert count() == sebelum


def test_missing_file_is_a_wrong_call(run):
    with pytest.raises(CommandError) as galat:
        call_command("import_satker", "tidak-ada.csv")

    assert galat.value.returncode == 2
