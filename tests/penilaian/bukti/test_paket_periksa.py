"""The verifier as whoever receives a pack runs it: a process of its own, on a ZIP or a folder."""

import ast
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest

from penilaian.bukti.paket.buat import PEMERIKSA
from tests.penilaian.bukti.contoh import add_bukti
from tests.penilaian.bukti.paket_uji import make_paket, open_paket, read_paket

pytestmark = pytest.mark.django_db
NAMA = "01 Manajemen Perubahan/001 A.I.1.i.a Apakah tim kerja pembangunan ZI/SK é.pdf"


@pytest.fixture
def paket(penilaian, operator):
    add_bukti(penilaian, "A.I.1.i.a", "SK", nama="SK é.pdf", by=operator)
    add_bukti(penilaian, "A.I.6.i.b", "alur", by=operator)
    return make_paket(penilaian, by=operator)


@pytest.fixture
def isi(paket, tmp_path):
    """The pack unpacked."""
    with open_paket(paket) as arsip:
        arsip.extractall(tmp_path / "isi")
    return tmp_path / "isi"


def run(*argumen, **lingkungan):
    hasil = subprocess.run(
        [sys.executable, *map(str, argumen)],
        capture_output=True,
        env={"PYTHONIOENCODING": "utf-8"} | lingkungan,
        check=False,
    )
    assert hasil.stderr == b""
    return hasil.returncode, hasil.stdout.decode().splitlines()


def change_zip(asal: bytes, tujuan: Path, ubah=lambda nama, data: data, tambah=()):
    tujuan.write_bytes(asal)
    with zipfile.ZipFile(tujuan) as lama, zipfile.ZipFile(tujuan.with_suffix(".baru"), "w") as baru:
        for nama in lama.namelist():
            if (data := ubah(nama, lama.read(nama))) is not None:
                baru.writestr(nama, data)
        for nama, data in tambah:
            baru.writestr(nama, data)
    return tujuan.with_suffix(".baru")


def test_a_good_pack_matches_packed_and_unpacked(paket, isi, tmp_path):
    berkas = tmp_path / "paket.zip"
    berkas.write_bytes(read_paket(paket))

    cocok = "COCOK: 5 berkas sama persis dengan manifest."
    assert run(isi / "periksa.py") == (0, [cocok])
    assert run(PEMERIKSA, isi) == (0, [cocok])
    assert run(isi / "periksa.py", berkas) == (0, [f"Sidik ZIP (SHA-256): {paket.sha256}", cocok])


def test_sha256sum_reads_the_manifest_too(isi):
    hasil = subprocess.run(
        ["sha256sum", "--strict", "-c", "manifest.sha256"],
        cwd=isi,
        capture_output=True,
        check=False,
    )

    assert (hasil.returncode, hasil.stdout.count(b": OK\n")) == (0, 5)


def test_a_changed_a_missing_and_an_additional_file_are_named(isi):
    isi_lama = (isi / NAMA).read_bytes()
    (isi / NAMA).write_bytes(isi_lama[:-1] + b"!")
    (isi / "indeks.html").unlink()
    (isi / "sisipan.pdf").write_bytes(b"x")
    (isi / "Thumbs.db").write_bytes(b"x")

    assert run(isi / "periksa.py") == (
        1,
        [
            f"BERUBAH   {NAMA}",
            "HILANG    indeks.html",
            "TAMBAHAN  sisipan.pdf",
            "TIDAK COCOK: 3 masalah, 3 berkas cocok.",
        ],
    )


@pytest.mark.parametrize(
    ("ubah", "tambah", "baris"),
    [
        (lambda nama, data: data + b"!" if nama == NAMA else data, [], f"BERUBAH   {NAMA}"),
        (lambda nama, data: None if nama == NAMA else data, [], f"HILANG    {NAMA}"),
        (lambda nama, data: data, [("a/sisipan", b"")], "TAMBAHAN  a/sisipan"),
        (
            lambda nama, data: None if nama == "manifest.sha256" else data,
            [],
            "TIDAK DAPAT DIPERIKSA: manifest.sha256 tidak ada; ini bukan paket bukti yang utuh.",
        ),
        (
            lambda nama, data: b"0" * 64 + b"  ../../x\n" if nama == "manifest.sha256" else data,
            [],
            "TIDAK DAPAT DIPERIKSA: manifest.sha256 baris 1 menunjuk ke luar paket: ../../x",
        ),
        (
            lambda nama, data: b"" if nama == "manifest.sha256" else data,
            [],
            "TIDAK DAPAT DIPERIKSA: manifest.sha256 kosong.",
        ),
    ],
)
def test_the_same_is_found_in_a_zip(paket, tmp_path, ubah, tambah, baris):
    berkas = change_zip(read_paket(paket), tmp_path / "paket.zip", ubah, tambah)

    kode, keluaran = run(PEMERIKSA, berkas)

    assert (kode, keluaran[1]) == (1, baris)


def test_a_byte_changed_inside_the_zip_and_a_broken_zip_are_found(paket, tmp_path):
    asal, berkas = read_paket(paket), tmp_path / "paket.zip"
    letak = asal.index(b"%PDF") + 20
    berkas.write_bytes(asal[:letak] + b"!" + asal[letak + 1 :])
    kode, keluaran = run(PEMERIKSA, berkas)
    assert (kode, keluaran[1].startswith(f"RUSAK     {NAMA} (")) == (1, True)

    berkas.write_bytes(asal[:-30])
    kode, keluaran = run(PEMERIKSA, berkas)
    assert (kode, "bukan ZIP yang dapat dibaca" in keluaran[0]) == (1, True)


def test_a_name_twice_in_a_zip_is_told(paket, tmp_path, recwarn):
    berkas = tmp_path / "paket.zip"
    berkas.write_bytes(read_paket(paket))
    with zipfile.ZipFile(berkas, "a") as arsip:
        arsip.writestr(NAMA, arsip.read(NAMA))
    recwarn.clear()

    kode, keluaran = run(PEMERIKSA, berkas)

    assert (kode, keluaran[1]) == (1, f"GANDA     {NAMA}")


def test_a_system_that_takes_accents_apart_and_a_poor_console_are_no_trouble(isi):
    (isi / NAMA).rename(isi / unicodedata.normalize("NFD", NAMA))
    assert run(isi / "periksa.py")[0] == 0

    (isi / unicodedata.normalize("NFD", NAMA)).unlink()
    kode, keluaran = run(isi / "periksa.py", PYTHONIOENCODING="ascii")
    assert (kode, keluaran[0]) == (1, f"HILANG    {NAMA}".replace("é", "\\xe9"))


def test_a_file_put_in_as_a_symbolic_link_does_not_count(isi, tmp_path):
    (tmp_path / "luar").write_bytes((isi / NAMA).read_bytes())
    (isi / NAMA).unlink()
    (isi / NAMA).symlink_to(tmp_path / "luar")

    kode, keluaran = run(isi / "periksa.py")

    assert (kode, keluaran[0]) == (1, f"RUSAK     {NAMA} (tautan simbolis, bukan berkas)")


def test_it_is_understood_by_an_old_python_and_needs_nothing_of_ours():
    pohon = ast.parse(PEMERIKSA.read_text(), feature_version=(3, 8))

    diimpor = {
        nama.name for satu in ast.walk(pohon) if isinstance(satu, ast.Import) for nama in satu.names
    }
    assert diimpor <= sys.stdlib_module_names
    assert not [satu for satu in ast.walk(pohon) if isinstance(satu, ast.ImportFrom)]
    kode, keluaran = run(PEMERIKSA, "a", "b")
    assert (kode, keluaran[0][:9]) == (1, "Memeriksa")
