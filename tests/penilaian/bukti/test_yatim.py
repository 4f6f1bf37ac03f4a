"""Files that no row speaks of."""

import io
import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command

from integritas.berkas.simpan import build_kunci, exists_berkas, store_berkas
from integritas.berkas.yatim import sweep_yatim
from integritas.models import Berkas
from tests.penilaian.bukti.contoh import add_bukti

pytestmark = pytest.mark.django_db
BESOK = timedelta(days=-1)


def store(teks):
    return store_berkas(io.BytesIO(teks.encode())).sha256


def age(sha256, hari=10):
    lama = time.time() - hari * 86_400
    os.utime(default_storage.path(build_kunci(sha256)), (lama, lama))


def run(*argumen):
    keluaran = io.StringIO()
    call_command("sweep_bukti", *argumen, stdout=keluaran)
    return keluaran.getvalue().strip()


def test_only_old_files_without_a_row_go(penilaian):
    dipakai = add_bukti(penilaian, "A.I.1.i.a", "SK").revisi.berkas.sha256
    lama, muda = store("lama"), store("muda")
    age(dipakai)
    age(lama)

    assert run("--dry-run") == "1 berkas tanpa data akan dihapus."
    assert exists_berkas(lama)
    assert run() == "1 berkas tanpa data dihapus."
    assert [exists_berkas(satu) for satu in (dipakai, lama, muda)] == [True, False, True]
    assert Berkas.objects.count() == 1


def test_a_file_that_is_brought_again_is_young_again():
    sha256 = store("lama")
    age(sha256)

    store("lama")

    assert run() == "0 berkas tanpa data dihapus."
    assert exists_berkas(sha256)


def test_an_empty_store_and_other_files_in_it_are_left_alone(folder):
    assert run() == "0 berkas tanpa data dihapus."
    lain = folder / "berkas" / "bukti" / "aa" / "bb" / "catatan.txt"
    lain.parent.mkdir(parents=True)
    lain.write_text("x")
    os.utime(lain, (0, 0))

    assert run() == "0 berkas tanpa data dihapus."
    assert lain.exists()


def test_a_bucket_is_swept_alike(di_s3):
    s3 = storages["default"]
    sha256 = store_berkas(io.BytesIO(b"lama"), s3).sha256

    assert sweep_yatim(BESOK, hapus=False, storage=s3) == [sha256]
    assert sweep_yatim(BESOK, hapus=True, storage=s3) == [sha256]
    assert not exists_berkas(sha256, s3)


def test_what_came_in_today_cannot_be_swept():
    with pytest.raises(CommandError, match="--hari: paling kecil 1"):
        run("--hari", "0")
