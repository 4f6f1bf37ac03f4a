"""An upload in pieces: goes on where it broke, and never twice at once."""

import io
import os
import threading
import time
import uuid
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integritas.berkas.potongan import Potongan, SalahMulaiError, SedangDitulisError
from integritas.berkas.tolak import BerkasDitolakError

ID = uuid.UUID(int=7)


@pytest.fixture
def potongan(tmp_path):
    return Potongan(tmp_path / "unggahan", tunggu=0.2)


def read(potongan, id=ID):
    with potongan.open(id) as berkas:
        return berkas.read()


class Putus(io.BytesIO):
    """A line that breaks after its bytes have come."""

    def read(self, *args):
        if data := super().read(*args):
            return data
        raise ConnectionResetError


def test_pieces_become_one_file(potongan):
    assert potongan.size(ID) == 0

    assert potongan.append(ID, 0, io.BytesIO(b"abc"), ukuran=6) == 3
    assert potongan.append(ID.hex, 3, io.BytesIO(b"def"), ukuran=6) == 6

    assert (potongan.size(ID), read(potongan)) == (6, b"abcdef")


def test_what_arrived_before_the_line_broke_stays(potongan):
    with pytest.raises(ConnectionResetError):
        potongan.append(ID, 0, Putus(b"abc"), ukuran=6)

    assert potongan.size(ID) == 3
    potongan.append(ID, 3, io.BytesIO(b"def"), ukuran=6)
    assert read(potongan) == b"abcdef"


@pytest.mark.parametrize("mulai", [0, 2, 4])
def test_a_piece_that_begins_elsewhere_is_refused_with_the_right_place(potongan, mulai):
    potongan.append(ID, 0, io.BytesIO(b"abc"), ukuran=6)

    with pytest.raises(SalahMulaiError) as salah:
        potongan.append(ID, mulai, io.BytesIO(b"xyz"), ukuran=6)

    assert salah.value.sekarang == 3
    assert read(potongan) == b"abc"


def test_a_piece_past_the_announced_size_leaves_nothing_of_itself(potongan):
    potongan.append(ID, 0, io.BytesIO(b"abc"), ukuran=5)

    with pytest.raises(BerkasDitolakError, match="melebihi ukuran"):
        potongan.append(ID, 3, io.BytesIO(b"def"), ukuran=5)

    assert read(potongan) == b"abc"


@pytest.mark.parametrize("id", ["", "../rahasia", "a" * 31, "A" * 32, "a" * 32 + "\n", "a" * 33])
def test_only_a_uuid_names_an_upload(potongan, tmp_path, id):
    for panggil in (
        lambda: potongan.append(id, 0, io.BytesIO(b"x"), ukuran=1),
        lambda: potongan.size(id),
        lambda: potongan.open(id),
        lambda: potongan.delete(id),
    ):
        with pytest.raises(ValueError, match="UUID"):
            panggil()

    assert not list(tmp_path.rglob("*.potongan"))


def test_a_second_writer_waits_and_then_is_refused(potongan):
    class Lambat(io.RawIOBase):
        def read(self, *args):
            mulai.set()
            selesai.wait(5)
            return b""

    mulai, selesai = threading.Event(), threading.Event()
    utas = threading.Thread(target=potongan.append, args=(ID, 0, Lambat()), kwargs={"ukuran": 9})
    utas.start()
    mulai.wait(5)

    with pytest.raises(SedangDitulisError):
        potongan.append(ID, 0, io.BytesIO(b"abc"), ukuran=9)
    selesai.set()
    utas.join()

    assert potongan.size(ID) == 0
    assert potongan.append(ID, 0, io.BytesIO(b"abc"), ukuran=9) == 3


def test_of_many_writers_of_one_piece_one_wins(tmp_path):
    potongan, hasil = Potongan(tmp_path, tunggu=5), []

    def write(huruf):
        try:
            hasil.append(potongan.append(ID, 0, io.BytesIO(huruf * 500_000), ukuran=10**6))
        except SalahMulaiError as salah:
            hasil.append(-salah.sekarang)

    daftar = [threading.Thread(target=write, args=(bytes([65 + i]),)) for i in range(6)]
    for utas in daftar:
        utas.start()
    for utas in daftar:
        utas.join()

    assert sorted(hasil) == [-500_000] * 5 + [500_000]
    assert len(set(read(potongan))) == 1


def test_an_upload_of_which_nothing_has_come_can_be_taken(potongan):
    with potongan.take(ID) as (berkas, jalur):
        assert (berkas.read(), jalur.exists()) == (b"", True)
        potongan.delete(ID)

    assert list(potongan.folder.iterdir()) == []


def test_deleted_is_gone_and_may_begin_again(potongan):
    potongan.append(ID, 0, io.BytesIO(b"abc"), ukuran=3)

    potongan.delete(ID)
    potongan.delete(ID)

    assert potongan.size(ID) == 0
    with pytest.raises(FileNotFoundError):
        potongan.open(ID)
    assert potongan.append(ID, 0, io.BytesIO(b"x"), ukuran=3) == 1


def test_sweep_removes_only_what_nobody_continues(potongan):
    lama, baru = uuid.UUID(int=1), uuid.UUID(int=2)
    for id in (lama, baru):
        potongan.append(id, 0, io.BytesIO(b"abc"), ukuran=9)
    kemarin = time.time() - 90_000
    os.utime(potongan.folder / f"{lama.hex}.potongan", (kemarin, kemarin))
    (potongan.folder / "lain.txt").write_text("bukan potongan")

    assert potongan.sweep(timedelta(days=1)) == 1

    assert (potongan.size(lama), potongan.size(baru)) == (0, 3)
    assert (potongan.folder / "lain.txt").exists()


def test_sweep_of_a_folder_that_is_not_there_yet_removes_nothing(tmp_path):
    assert Potongan(tmp_path / "tidak-ada").sweep(timedelta(0)) == 0


def test_nobody_else_on_the_machine_reads_an_upload(potongan):
    potongan.append(ID, 0, io.BytesIO(b"abc"), ukuran=3)

    assert (potongan.folder / f"{ID.hex}.potongan").stat().st_mode & 0o777 == 0o600


@settings(deadline=None)
@given(st.lists(st.binary(max_size=600), max_size=8))
def test_any_cut_gives_the_same_file(tmp_path_factory, bagian):
    potongan, tempat = Potongan(tmp_path_factory.mktemp("p")), 0
    utuh = b"".join(bagian)

    for satu in bagian:
        tempat = potongan.append(ID, tempat, io.BytesIO(satu), ukuran=len(utuh))

    assert tempat == len(utuh)
    assert not bagian or read(potongan) == utuh
