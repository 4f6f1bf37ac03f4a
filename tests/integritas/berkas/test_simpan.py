"""The store by SHA-256, on disk and in a real S3 behind a socket."""

import hashlib
import io
import os
import threading

import pytest
from django.core.files.storage import FileSystemStorage, storages

from integritas.berkas import simpan

ISI = b"bukti" * 100_000
CAP = hashlib.sha256(ISI).hexdigest()


@pytest.fixture
def s3(di_s3):
    return storages["default"]


@pytest.fixture
def disk(tmp_path, settings):
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"
    return FileSystemStorage(tmp_path / "berkas", file_permissions_mode=0o600)


@pytest.fixture(params=["disk", "s3"])
def storage(request, settings, tmp_path):
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"
    return request.getfixturevalue(request.param)


def list_isi(folder):
    return sorted(str(jalur.relative_to(folder)) for jalur in folder.rglob("*") if jalur.is_file())


def test_a_file_is_stored_under_its_sum_and_read_back(storage):
    berkas = io.BytesIO(ISI)
    berkas.read()

    assert simpan.store_berkas(berkas, storage) == (CAP, len(ISI))

    with simpan.open_berkas(CAP, storage) as hasil:
        assert hasil.read() == ISI
    assert b"".join(simpan.stream_berkas(CAP, storage)) == ISI
    assert simpan.exists_berkas(CAP, storage)
    assert storage.exists(f"bukti/{CAP[:2]}/{CAP[2:4]}/{CAP}")


def test_what_is_not_there_is_told_the_same_way_on_disk_and_in_s3(storage):
    with pytest.raises(FileNotFoundError):
        next(simpan.stream_berkas(CAP, storage))


def test_a_finished_file_is_placed_under_any_name_and_told_of_on_its_way_to_s3(storage, tmp_path):
    asal, terkirim = tmp_path / "paket.zip", []
    asal.write_bytes(ISI)

    simpan.place(asal, "paket/1.zip", storage, tick=terkirim.append)

    assert b"".join(simpan.stream("paket/1.zip", storage)) == ISI
    assert sum(terkirim) == (0 if simpan.is_lokal(storage) else len(ISI))


def test_the_same_content_is_stored_once(storage):
    for _ in range(2):
        assert simpan.store_berkas(io.BytesIO(ISI), storage).sha256 == CAP
    simpan.store_berkas(io.BytesIO(b"lain"), storage)

    folder = f"bukti/{CAP[:2]}/{CAP[2:4]}"
    assert storage.listdir(folder)[1] == [CAP]


def test_deleted_is_gone(storage):
    simpan.store_berkas(io.BytesIO(ISI), storage)

    simpan.delete_berkas(CAP, storage)

    assert not simpan.exists_berkas(CAP, storage)
    with pytest.raises(FileNotFoundError):
        simpan.open_berkas(CAP, storage)


def test_an_empty_file_is_a_file(storage):
    assert simpan.store_berkas(io.BytesIO(b""), storage) == (hashlib.sha256().hexdigest(), 0)


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_sum_names_a_file(sha256):
    with pytest.raises(ValueError, match="SHA-256"):
        simpan.build_kunci(sha256)


def test_a_broken_line_leaves_nothing(disk, tmp_path):
    class Putus(io.BytesIO):
        def read(self, *args):
            if data := super().read(1000):
                return data
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        simpan.store_berkas(Putus(ISI), disk)

    assert list_isi(tmp_path) == []


def test_many_writers_of_one_content_leave_one_file(disk, tmp_path):
    daftar = [
        threading.Thread(target=simpan.store_berkas, args=(io.BytesIO(ISI), disk)) for _ in range(8)
    ]
    for utas in daftar:
        utas.start()
    for utas in daftar:
        utas.join()

    assert list_isi(tmp_path) == [f"berkas/bukti/{CAP[:2]}/{CAP[2:4]}/{CAP}"]


def test_nobody_else_on_the_machine_reads_a_stored_file(disk):
    simpan.store_berkas(io.BytesIO(ISI), disk)

    assert os.stat(disk.path(simpan.build_kunci(CAP))).st_mode & 0o777 == 0o600


def test_two_folders_on_different_disks_are_no_hindrance(disk, tmp_path, monkeypatch):
    def refuse(*args):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)

    for _ in range(2):
        simpan.store_berkas(io.BytesIO(ISI), disk)

    assert list_isi(tmp_path) == [f"berkas/bukti/{CAP[:2]}/{CAP[2:4]}/{CAP}"]
    assert os.stat(disk.path(simpan.build_kunci(CAP))).st_mode & 0o777 == 0o600


def test_an_address_of_a_file_in_s3_is_signed_and_short_lived(s3):
    simpan.store_berkas(io.BytesIO(ISI), s3)

    alamat = s3.url(simpan.build_kunci(CAP))

    assert "X-Amz-Signature=" in alamat
    assert "X-Amz-Expires=300" in alamat


def test_known_content_is_sent_to_s3_all_the_same(s3):
    """A quicker answer would tell that somebody else has the file."""
    simpan.store_berkas(io.BytesIO(ISI), s3)
    terkirim: list[str] = []
    s3.connection.meta.client.meta.events.register(
        "before-call.s3.*", lambda model, **_: terkirim.append(model.name)
    )

    simpan.store_berkas(io.BytesIO(ISI), s3)

    assert terkirim == ["PutObject"]
    with simpan.open_berkas(CAP, s3) as hasil:
        assert hasil.read() == ISI
    assert s3.listdir(f"bukti/{CAP[:2]}/{CAP[2:4]}") == ([], [CAP])


@pytest.mark.parametrize("sha256", [None, CAP])
def test_a_file_on_disk_gets_its_name_without_a_copy(storage, tmp_path, sha256):
    asal = tmp_path / "asal"
    asal.write_bytes(ISI)

    with asal.open("rb") as berkas:
        hasil = simpan.store_berkas(berkas, storage, jalur=asal, sha256=sha256)

    assert hasil == (CAP, len(ISI))
    with simpan.open_berkas(CAP, storage) as isi:
        assert isi.read() == ISI
    if simpan.is_lokal(storage):
        assert os.path.samefile(asal, storage.path(simpan.build_kunci(CAP)))


def test_a_large_file_in_s3_is_read_piece_by_piece(s3):
    isi = os.urandom(3_000_000)
    cap = simpan.store_berkas(io.BytesIO(isi), s3).sha256

    potongan = list(simpan.stream_berkas(cap, s3))

    assert b"".join(potongan) == isi
    assert max(map(len, potongan)) <= simpan.BACA
    with simpan.open_berkas(cap, s3) as berkas:
        berkas.seek(2_000_000)
        assert berkas.read(10) == isi[2_000_000:2_000_010]


def test_the_store_of_the_installation_is_taken_by_default(di_s3, settings, tmp_path):
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"

    simpan.store_berkas(io.BytesIO(ISI))

    assert storages["default"].exists(simpan.build_kunci(CAP))
    assert simpan.exists_berkas(CAP)
