"""An ordinary upload, as a browser sends it."""

import hashlib
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from integritas.berkas.penangan import Sha256UploadHandler
from integritas.berkas.simpan import store_berkas


@pytest.fixture(autouse=True)
def sementara(settings, tmp_path):
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"
    return settings.INTEGRITAS_SEMENTARA


def upload(**berkas):
    """The request as the view meets it."""
    isi = {nama: SimpleUploadedFile(f"{nama}.bin", data) for nama, data in berkas.items()}
    request = RequestFactory().post("/", isi | {"catatan": "halo"})
    request.upload_handlers = [Sha256UploadHandler(request)]
    return request


@pytest.mark.parametrize("panjang", [1, 65_535, 262_144, 3_000_001])
def test_an_upload_is_hashed_while_it_arrives(panjang):
    isi = os.urandom(panjang)

    with upload(bukti=isi).FILES["bukti"] as berkas:
        assert (berkas.sha256, berkas.size) == (hashlib.sha256(isi).hexdigest(), panjang)
        assert (berkas.name, berkas.tell()) == ("bukti.bin", 0)
        assert berkas.read() == isi


def test_other_fields_of_the_form_are_read_as_ever():
    request = upload(bukti=b"x")

    assert request.POST["catatan"] == "halo"
    request.FILES["bukti"].close()


def test_two_files_of_one_form_have_their_own_sums():
    berkas = upload(a=b"satu", b=b"dua").FILES

    assert [berkas[nama].sha256 for nama in "ab"] == [
        hashlib.sha256(isi).hexdigest() for isi in (b"satu", b"dua")
    ]
    for nama in "ab":
        berkas[nama].close()


def test_an_upload_lies_on_disk_and_goes_with_its_request(sementara):
    request = upload(bukti=b"x" * 100)
    berkas = request.FILES["bukti"]
    (jalur,) = sementara.iterdir()

    assert jalur.stat().st_mode & 0o777 == 0o600
    berkas.close()

    assert list(sementara.iterdir()) == []


def test_more_than_any_file_may_have_is_not_kept(settings, sementara):
    settings.BERKAS_MAKS = 1_000_000

    with upload(bukti=b"x" * 3_000_000).FILES["bukti"] as berkas:
        assert (berkas.size, berkas.sha256) == (1_000_001, None)
        assert next(sementara.iterdir()).stat().st_size == 1_000_001
    with upload(bukti=b"x" * 1_000_000).FILES["bukti"] as berkas:
        assert (berkas.size, berkas.sha256 is None) == (1_000_000, False)


def test_an_upload_goes_into_the_store_under_the_sum_it_came_with(tmp_path):
    from django.core.files.storage import FileSystemStorage

    storage = FileSystemStorage(tmp_path / "berkas")

    with upload(bukti=b"isi bukti").FILES["bukti"] as berkas:
        assert store_berkas(berkas, storage) == (berkas.sha256, 9)


def test_a_line_that_breaks_leaves_nothing(sementara):
    request = upload(bukti=b"x" * 600_000)
    penangan = request.upload_handlers[0]
    penangan.new_file("bukti", "a.bin", "application/octet-stream", 600_000)
    penangan.receive_data_chunk(b"x" * 1000, 0)

    penangan.upload_interrupted()

    assert list(sementara.iterdir()) == []
