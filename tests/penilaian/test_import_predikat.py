"""`import_predikat`: the command of the import of predicates; see also test_import_satker.py."""

import json

import pytest
from django.core.management import call_command

from penilaian.models import Predikat
from tests.factories import SatkerFactory
from tests.integritas.berkas import make_csv

pytestmark = pytest.mark.django_db
JUDUL = ("kode", "predikat", "tahun", "sumber")


@pytest.fixture
def run(tmp_path, capsys):
    SatkerFactory(kode="a-1")

    def run(*baris, pilihan=()):
        berkas = tmp_path / "a.csv"
        berkas.write_bytes(make_csv(JUDUL, *baris))
        kode = 0
        try:
            call_command("import_predikat", str(berkas), *pilihan)
        except SystemExit as keluar:
            kode = keluar.code
        return kode, capsys.readouterr().out

    return run


def test_dry_run_writes_nothing_and_the_next_run_does(run):
    assert run(("a-1", "WBK", "2021", "surat"), pilihan=["--dry-run"])[0] == 0
    assert not Predikat.objects.exists()

    kode, keluaran = run(("a-1", "WBK", "2021", "surat"))

    assert kode == 0
    assert keluaran == "1 baru, 0 berubah, 0 sama, 0 ditolak. Selesai ditulis.\n"
    assert Predikat.objects.get().tahun == 2021


def test_refused_row_ends_with_one(run):
    kode, keluaran = run(("a-1", "WBBM", "2021", "surat"), pilihan=["--json"])

    assert kode == 1
    hasil = json.loads(keluaran)
    assert (hasil["ditolak"], hasil["ditulis"]) == (1, False)
    assert "WBBM hanya bagi pemegang WBK" in hasil["baris"][0]["pesan"][0]
    assert not Predikat.objects.exists()
