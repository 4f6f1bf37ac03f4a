"""Video: boxes that add up to the file."""

import struct

import pytest

from tests.integritas.berkas.contoh import make_kotak, make_mp4, make_zip
from tests.integritas.berkas.test_jenis import check, refuse

ASING = "ada data yang tidak dikenal di dalam atau di belakang video."
FTYP, MOOV = make_mp4()[:32], make_kotak(b"moov", make_kotak(b"mvhd", b"\0" * 100))


@pytest.mark.parametrize("merek", [b"isom", b"mp42", b"iso6", b"avc1", b"M4V ", b"3gp5", b"MSNV"])
def test_the_brands_of_phones_and_programs_are_accepted(merek):
    assert check(make_mp4(merek=merek, lain=merek), "a.mp4").jenis == "mp4"


@pytest.mark.parametrize("merek", [b"qt  ", b"niko"])
def test_a_brand_of_its_own_is_accepted_when_it_is_said_to_be_mp4_too(merek):
    assert check(make_mp4(merek=merek, lain=merek + b"mp42"), "a.mp4").jenis == "mp4"


@pytest.mark.parametrize(
    "isi",
    [
        FTYP + make_kotak(b"mdat", b"x" * 99) + MOOV,
        FTYP + MOOV + struct.pack(">I4sQ", 1, b"mdat", 16 + 5) + b"x" * 5,
        FTYP + MOOV + struct.pack(">I4s", 0, b"mdat") + b"x" * 77,
        FTYP + MOOV + make_kotak(b"sidx", b"x") + make_kotak(b"moof", b"x") + make_kotak(b"mfra"),
        make_mp4(belakang=make_kotak(b"uuid", b"x" * 30) + make_kotak(b"free", b"\0" * 99)),
    ],
    ids=["mdat first", "64 bit", "to the end", "fragments", "notes"],
)
def test_every_usual_order_of_boxes_is_accepted(isi):
    assert check(isi, "a.mp4").jenis == "mp4"


@pytest.mark.parametrize(
    ("merek", "sebutan"),
    [
        (b"qt  ", "video QuickTime (.mov)"),
        (b"heic", "foto HEIC"),
        (b"mif1", "foto HEIC"),
        (b"avif", "gambar AVIF"),
        (b"M4A ", "rekaman suara"),
        (b"XXXX", "isinya bukan video MP4 yang dikenal"),
    ],
)
def test_other_kinds_in_the_same_container_are_called_by_their_name(merek, sebutan):
    assert sebutan in refuse(make_mp4(merek=merek, lain=merek), "a.mp4")


@pytest.mark.parametrize("merek", [b"heic", b"avif", b"M4A "])
def test_a_picture_or_sound_stays_one_whatever_else_it_says(merek):
    assert "isinya" in refuse(make_mp4(merek=merek, lain=merek + b"mp42"), "a.mp4")


@pytest.mark.parametrize(
    "ekor",
    [
        make_kotak(b"evil", b"x" * 40),
        b"<script>alert(1)</script>",
        b"%PDF-1.7 " + b"x" * 30,
        make_zip([("a", "b")]),
    ],
)
def test_an_unknown_box_is_refused(ekor):
    assert refuse(make_mp4(belakang=ekor), "a.mp4") == ASING


@pytest.mark.parametrize("ekor", [b"\0", b"\0" * 7, b"abc"])
def test_less_than_a_box_behind_is_refused(ekor):
    assert refuse(make_mp4() + ekor, "a.mp4") == "ada data yang tidak dikenal di belakang video."


@pytest.mark.parametrize(
    "isi",
    [
        make_mp4()[:-1],
        FTYP + MOOV,
        FTYP + make_kotak(b"mdat", b"x"),
        FTYP + MOOV + struct.pack(">I4s", 7, b"mdat"),
        FTYP + MOOV + struct.pack(">I4sQ", 1, b"mdat", 15),
        FTYP + MOOV + struct.pack(">I4sQ", 1, b"mdat", 2**63),
        FTYP + struct.pack(">I4s", 0, b"moov") + b"\0" * 99,
        FTYP + MOOV + b"\0\0\0\1mdat",
        struct.pack(">I4s", 2**31, b"ftyp") + b"isom" + b"\0" * 90,
        struct.pack(">I4s", 8, b"ftyp") + MOOV,
        b"\0\0\0\x10ftyp",
    ],
    ids=range(11),
)
def test_a_broken_video_is_refused(isi):
    refuse(isi, "a.mp4")


def test_an_archive_within_the_last_box_is_refused():
    isi = make_mp4(belakang=make_kotak(b"free", make_zip([("a", "b")])))

    assert "arsip zip yang disisipkan" in refuse(isi, "a.mp4")


@pytest.mark.parametrize("sisipan", [b"%PDF-1.7\n", b"<html><body>", b"<?php system(1);"])
def test_another_kind_within_the_first_box_is_refused(sisipan):
    isi = FTYP + make_kotak(b"free", sisipan) + make_mp4()[32:]

    assert "Simpan ulang" in refuse(isi, "a.mp4")
