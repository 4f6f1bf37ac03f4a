"""Images: what phones write is accepted, what others hide behind or within is not."""

import struct

import pytest

from integritas.berkas import gambar
from tests.integritas.berkas.contoh import (
    JPEG,
    JPEG_BERTAHAP,
    WEBP,
    WEBP_RUGI,
    make_jpeg,
    make_keping,
    make_mp4,
    make_png,
    make_samsung,
    make_webp,
    make_zip,
)
from tests.integritas.berkas.test_jenis import check, refuse

MPF = (0xE2, b"MPF\0II*\0\x08\0\0\0")
GERAK = (0xE1, b'http://ns.adobe.com/xap/1.0/\0<x GCamera:MotionPhoto="1"/>')
RUSAK = "gambarnya terpotong atau rusak. Unggah berkas aslinya."


# --- JPEG -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "isi",
    [
        JPEG + b"\0" * 5000,
        JPEG + b"\r\n",
        make_jpeg((0xFE, b"dibuat kamera"), (0xE1, b"Exif\0\0" + b"\0" * 900)),
        make_jpeg(MPF) + JPEG_BERTAHAP,
        make_jpeg(MPF) + b"\0" * 300 + JPEG + b"\0" * 9 + JPEG,
        make_jpeg(GERAK) + make_mp4(merek=b"mp42"),
        make_jpeg(MPF, GERAK) + JPEG + make_mp4(merek=b"mp42"),
        JPEG + make_samsung((b"Image_UTC_Data", b"1600000000000")),
        JPEG + make_samsung((b"Image_UTC_Data", b"16"), (b"MotionPhoto_Data", make_mp4())),
        JPEG[:-2] + b"\xff\xff\xd9",
    ],
    ids=range(10),
)
def test_what_cameras_and_phones_write_is_accepted(isi):
    assert check(isi, "foto.jpg").jenis == "jpeg"


@pytest.mark.parametrize(
    ("ekor", "sebutan"),
    [
        (JPEG, "data lain"),
        (make_mp4(), "data lain"),
        (b"alert(1)", "data lain"),
        (b"\0" * 40 + b"alert(1)", "data lain"),
        (b"<?php system(1); ?>", "naskah program atau halaman web"),
        (b"<html>", "naskah program atau halaman web"),
        (make_zip([("a", "b")]), "arsip"),
        (b"%PDF-1.7", "dokumen PDF"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"MZ\x90\0", "program"),
        (make_samsung((b"x", b"<script>alert(1)</script>")), "naskah program atau halaman web"),
        (make_samsung((b"x", b"y" * 300_000)), "data lain"),
        (make_samsung((b"x", b"y"))[4:], "data lain"),
        (b"alert(1)" + make_samsung((b"x", b"y")), "data lain"),
    ],
    ids=range(14),
)
def test_what_hangs_behind_a_jpeg_is_named(ekor, sebutan):
    assert refuse(JPEG + ekor, "foto.jpg").startswith(f"ada {sebutan} di belakang gambar.")


@pytest.mark.parametrize(
    "isi",
    [
        make_jpeg(MPF) + JPEG[:-2],
        make_jpeg(MPF) + JPEG + b"<script>",
        make_jpeg(MPF) + make_mp4(),
        make_jpeg(GERAK) + JPEG,
        make_jpeg(GERAK) + make_mp4()[:-3],
        make_jpeg(GERAK) + make_mp4() + b"<?php",
        JPEG + make_samsung((b"MotionPhoto_Data", make_mp4(belakang=b"%PDF-1.7"))),
    ],
    ids=range(7),
)
def test_further_images_and_films_are_looked_at_too(isi):
    refuse(isi, "foto.jpg")


@pytest.mark.parametrize("tanda", [0xFE, 0xE0, 0xE1, 0xED])
@pytest.mark.parametrize(
    "naskah", [b"<?php system(1);", b"<SCRIPT>x", b"<!doctype html>", b"<svg "]
)
def test_a_program_within_the_notes_of_a_jpeg_is_refused(tanda, naskah):
    pesan = refuse(make_jpeg((tanda, b"\0" * 2000 + naskah)), "foto.jpg")

    assert pesan == "ada naskah program di dalam keterangan gambar. Simpan ulang."


def test_a_document_within_the_first_bytes_of_a_jpeg_is_refused():
    pesan = refuse(make_jpeg((0xFE, b"\n%PDF-1.7\n1 0 obj")), "foto.jpg")

    assert "sekaligus berkas jenis lain" in pesan


@pytest.mark.parametrize(
    "isi",
    [
        JPEG[:-2],
        JPEG[:40],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe0\0\0\xff\xd9",
        make_jpeg((0xD8, b"")),
        b"\xff\xd8\xff" + b"\xff" * 50_000,
    ],
    ids=range(6),
)
def test_a_jpeg_that_does_not_end_is_refused(isi):
    assert refuse(isi, "foto.jpg") == RUSAK


def test_a_jpeg_of_very_many_pixels_is_refused():
    letak = JPEG.index(b"\xff\xc0") + 5
    isi = JPEG[:letak] + struct.pack(">2H", 20_000, 30_000) + JPEG[letak + 4 :]

    assert refuse(isi, "foto.jpg") == (
        "gambarnya 30.000 × 20.000 titik; paling banyak 200 juta titik. Perkecil gambarnya."
    )
    assert check(isi, "foto.jpg", piksel=600_000_000).jenis == "jpeg"


# --- PNG ------------------------------------------------------------------------------------------


def test_a_png_with_notes_of_its_own_is_accepted():
    isi = make_png(sisip=[(b"tEXt", b"Author\0Kanwil Contoh"), (b"pHYs", b"\0" * 9)])

    assert check(isi, "a.png").jenis == "png"


@pytest.mark.parametrize(
    ("ekor", "sebutan"),
    [
        (b"\0", "data lain"),
        (make_keping(b"IEND", b""), "data lain"),
        (b"<html>", "naskah program atau halaman web"),
        (make_zip([("a", "b")]), "arsip"),
    ],
)
def test_nothing_may_hang_behind_a_png(ekor, sebutan):
    assert refuse(make_png() + ekor, "a.png").startswith(f"ada {sebutan} di belakang gambar.")


@pytest.mark.parametrize(
    "isi",
    [
        make_png()[:-1],
        make_png()[:-12],
        make_png()[:20],
        make_png().replace(b"IDAT", b"IDAX"),
        make_png()[:30] + b"\1" + make_png()[31:],
        make_png()[:8] + make_keping(b"IEND", b""),
        make_png()[:8] + make_keping(b"tEXt", b"a\0b") + make_png()[8:],
        make_png()[:33] + make_keping(b"IEND", b""),
        make_png(sisip=[(b"IHDR", b"\0" * 13)]),
        make_png()[:33] + b"\xff\xff\xff\xffIDAT" + b"\0" * 100,
        make_png(0, 3),
    ],
    ids=range(11),
)
def test_a_broken_png_is_refused(isi):
    assert "rusak" in refuse(isi, "a.png")


def test_a_png_of_very_many_pixels_is_refused():
    assert "65.000 × 65.000 titik" in refuse(make_png(65_000, 65_000), "a.png")
    assert "4.294.967.295" in refuse(make_png(2**32 - 1, 1), "a.png", piksel=1_000_000_000)


def test_a_png_of_very_many_pieces_is_refused(monkeypatch):
    monkeypatch.setattr(gambar, "MAKS_KEPING", 50)

    refuse(make_png(sisip=[(b"tEXt", b"a\0b")] * 60), "a.png")
    assert check(make_png(sisip=[(b"tEXt", b"a\0b")] * 40), "a.png").jenis == "png"


# --- WebP -----------------------------------------------------------------------------------------

VP8L = (b"VP8L", WEBP[20:])
VP8X = (b"VP8X", b"\0\0\0\0" + (3).to_bytes(3, "little") + (2).to_bytes(3, "little"))


def test_webp_of_several_pieces_is_accepted():
    isi = make_webp(VP8X, VP8L, (b"EXIF", b"abc"))

    assert check(isi, "a.webp").jenis == "webp"


@pytest.mark.parametrize("isi", [WEBP, WEBP_RUGI])
@pytest.mark.parametrize("ekor", [b"\0", b"PK", b"<script>alert(1)</script>"])
def test_a_webp_longer_or_shorter_than_it_says_is_refused(isi, ekor):
    pesan = "panjangnya tidak sama dengan yang tertulis di dalamnya. Simpan ulang gambarnya."

    assert refuse(isi + ekor, "a.webp") == pesan
    assert refuse(isi[: -len(ekor)], "a.webp") == pesan


@pytest.mark.parametrize(
    "isi",
    [
        make_webp((b"EXIF", b"abc")),
        make_webp(),
        make_webp(VP8L)[:4]
        + (len(make_webp(VP8L)) - 7).to_bytes(4, "little")
        + make_webp(VP8L)[8:]
        + b"\0",
        make_webp(VP8L)[:16] + b"\xff\xff\xff\x7f" + make_webp(VP8L)[20:],
    ],
    ids=range(4),
)
def test_a_webp_whose_pieces_do_not_fill_it_is_refused(isi):
    assert refuse(isi, "a.webp") == RUSAK


@pytest.mark.parametrize(
    "keping",
    [
        (b"VP8X", b"\0\0\0\0" + b"\xff" * 6),
        (b"VP8L", b"/" + b"\xff" * 8),
        (b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<2H", 16_000, 16_000)),
    ],
)
def test_a_webp_of_very_many_pixels_is_refused(keping):
    assert "titik; paling banyak 200 juta titik" in refuse(make_webp(keping, VP8L), "a.webp")
