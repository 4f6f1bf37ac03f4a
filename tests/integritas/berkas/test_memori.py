"""A large file costs time in proportion and no memory to speak of."""

import hashlib
import io
import os
import time
import tracemalloc
import zipfile
from contextlib import contextmanager

import pytest
from django.core.files.storage import FileSystemStorage

from integritas.berkas.jenis import check_berkas
from integritas.berkas.potongan import Potongan
from integritas.berkas.simpan import store_berkas
from tests.integritas.berkas.contoh import (
    HALAMAN,
    JPEG,
    KATALOG,
    make_bagian,
    make_mp4,
    make_objstm,
    make_pdf,
    make_png,
    write_pdf,
)

MEGA = 1024 * 1024
ACAK = os.urandom(MEGA).replace(b"\xff", b"\xfe")


@contextmanager
def at_most(mega, detik):
    """No more memory than that at any moment, and no more time."""
    mulai = time.monotonic()
    tracemalloc.start()
    try:
        yield
        puncak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert puncak < mega * MEGA
    assert time.monotonic() - mulai < detik


def write_besar(jalur, isi, penanda, mega):
    """The file with `penanda` grown to so many megabytes of noise."""
    awal, akhir = isi.split(penanda)
    with jalur.open("wb") as keluaran:
        keluaran.write(awal)
        for _ in range(mega):
            keluaran.write(ACAK)
        keluaran.write(akhir)


def make_besar(jenis, jalur):
    if jenis == "mp4":
        isi = bytearray(make_mp4(mdat=b"ISI-VIDEO"))
        letak = isi.index(b"mdat") - 4
        isi[letak : letak + 4] = (8 + 490 * MEGA).to_bytes(4, "big")
        write_besar(jalur, bytes(isi), b"ISI-VIDEO", 490)
    elif jenis == "jpeg":
        write_besar(jalur, JPEG[:-2] + b"ISI-GAMBAR" + JPEG[-2:], b"ISI-GAMBAR", 95)
    elif jenis == "pdf":
        gambar = b"<< /Length %d >>\nstream\nISI-GAMBAR\nendstream" % (95 * MEGA)
        write_besar(jalur, write_pdf(KATALOG % b"", HALAMAN, gambar), b"ISI-GAMBAR", 95)
    elif jenis == "png":
        jalur.write_bytes(make_png(sisip=[(b"IDAT", ACAK * 8)] * 11))
    else:
        with zipfile.ZipFile(jalur, "w", zipfile.ZIP_DEFLATED) as arsip:
            for nama, isi in make_bagian().items():
                arsip.writestr(nama, isi)
            for nomor in range(9):
                arsip.writestr(f"word/media/{nomor}.jpeg", JPEG + ACAK * 10)


@pytest.mark.parametrize("jenis", ["mp4", "jpeg", "pdf", "png", "docx"])
def test_the_largest_file_of_a_kind_is_checked_in_little_memory(tmp_path, jenis):
    jalur = tmp_path / f"besar.{jenis}"
    make_besar(jenis, jalur)
    assert jalur.stat().st_size > 85 * MEGA

    with jalur.open("rb") as berkas, at_most(12, 30):
        assert check_berkas(berkas, jalur.name).jenis == jenis


def test_a_locked_document_of_the_largest_size_is_checked_in_little_memory(tmp_path):
    """The reader that knows locks takes what it asks for whole; it never asks for an image."""
    jalur = tmp_path / "besar.pdf"
    isi = make_pdf(lambda p: p.encrypt("", "pemilik"))
    with jalur.open("wb") as keluaran:
        awal, tabel = isi.split(b"xref\n", 1)
        keluaran.write(awal + b"99 0 obj\n<< /Length %d >>\nstream\n" % (90 * MEGA))
        for _ in range(90):
            keluaran.write(ACAK)
        keluaran.write(b"\nendstream\nendobj\n")
        letak = keluaran.tell()
        keluaran.write(b"xref\n" + tabel.rpartition(b"startxref")[0])
        keluaran.write(b"startxref\n%d\n%%%%EOF\n" % letak)

    with jalur.open("rb") as berkas, at_most(12, 30):
        assert check_berkas(berkas, jalur.name).jenis == "pdf"


def test_a_document_of_many_small_objects_is_checked_in_time():
    objek = [b"<< /A %d /First %d 0 R /T (teks %d) >>" % (i, i, i) for i in range(100_000)]
    polos = write_pdf(KATALOG % b"", HALAMAN, *objek)
    padat = write_pdf(
        KATALOG % b"",
        HALAMAN,
        *[make_objstm(*objek[i : i + 100]) for i in range(0, len(objek), 100)],
    )

    for isi in (polos, padat):
        mulai = time.monotonic()
        assert check_berkas(io.BytesIO(isi), "a.pdf").ukuran == len(isi)
        assert time.monotonic() - mulai < 15


def test_a_large_file_is_stored_in_little_memory(tmp_path, settings):
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"
    jalur = tmp_path / "besar.mp4"
    make_besar("mp4", jalur)
    with jalur.open("rb") as berkas:
        cap = hashlib.file_digest(berkas, "sha256").hexdigest()

    with jalur.open("rb") as berkas, at_most(4, 60):
        hasil = store_berkas(berkas, FileSystemStorage(tmp_path / "berkas"))

    assert hasil == (cap, jalur.stat().st_size)


def test_a_large_piece_is_taken_in_little_memory(tmp_path):
    jalur = tmp_path / "besar.jpeg"
    make_besar("jpeg", jalur)
    ukuran = jalur.stat().st_size
    potongan = Potongan(tmp_path / "unggahan")

    with jalur.open("rb") as berkas, at_most(4, 60):
        assert potongan.append("0" * 32, 0, berkas, ukuran=ukuran) == ukuran
