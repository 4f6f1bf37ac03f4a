"""What a file really is: by content, never by name."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integritas.berkas.baca import BACA
from integritas.berkas.batas import Batas
from integritas.berkas.jenis import MIME, Hasil, check_berkas, fit_nama
from integritas.berkas.tolak import BerkasDitolakError
from tests.integritas.berkas.contoh import (
    HALAMAN,
    JPEG,
    JPEG_BERTAHAP,
    KATALOG,
    WEBP,
    WEBP_RUGI,
    add_zip64,
    make,
    make_jpeg,
    make_kotak,
    make_mp4,
    make_png,
    make_stream,
    make_webp,
    make_zip,
    write_pdf,
)

CONTOH = {jenis: make(jenis) for jenis in MIME}


def check(isi, nama="bukti.pdf", **batas):
    return check_berkas(io.BytesIO(isi), nama, batas=Batas(**batas))


def refuse(isi, nama="bukti.pdf", **batas):
    """The sentence with which the file is refused."""
    with pytest.raises(BerkasDitolakError) as tolak:
        check(isi, nama, **batas)
    teks = str(tolak.value)
    awal = f"Berkas “{nama}” tidak diterima: "
    assert teks.startswith(awal)
    assert teks.endswith(".")
    return teks.removeprefix(awal)


@pytest.mark.parametrize("jenis", MIME)
def test_a_sound_file_is_known_by_its_content(jenis):
    berkas = io.BytesIO(CONTOH[jenis])

    hasil = check_berkas(berkas, f"Bukti dukung.{jenis.upper()}")

    assert hasil == Hasil(jenis, MIME[jenis], len(CONTOH[jenis]))
    assert berkas.tell() == 0


@pytest.mark.parametrize(
    ("nama", "isi"), [("a.jpg", JPEG), ("a.JPEG", JPEG_BERTAHAP), ("a.webp", WEBP_RUGI)]
)
def test_other_spellings_and_other_writers_are_the_same_kind(nama, isi):
    assert check(isi, nama).ukuran == len(isi)


@pytest.mark.parametrize("jenis", MIME)
@pytest.mark.parametrize("nama", ["bukti", "bukti.exe", *(f"bukti.{satu}" for satu in MIME)])
def test_a_name_that_says_another_kind_changes_nothing(jenis, nama):
    assert check(CONTOH[jenis], nama) == Hasil(jenis, MIME[jenis], len(CONTOH[jenis]))


@pytest.mark.parametrize(
    ("nama", "jenis", "baru"),
    [
        ("Laporan.PDF", "pdf", "Laporan.PDF"),
        ("foto.JPG", "jpeg", "foto.JPG"),
        ("foto.jpg", "png", "foto.png"),
        ("foto.jpg.webp", "jpeg", "foto.jpg.jpeg"),
        ("SK Tim Kerja", "pdf", "SK Tim Kerja.pdf"),
        ("surat.pdf.exe", "pdf", "surat.pdf.exe.pdf"),
        ("notulen 1.2", "docx", "notulen 1.2.docx"),
        (".pdf", "mp4", ".pdf.mp4"),
    ],
)
def test_a_name_gets_the_ending_of_what_the_file_is(nama, jenis, baru):
    assert fit_nama(nama, jenis) == baru


def test_an_empty_file_is_refused():
    assert refuse(b"") == "isinya kosong."


@pytest.mark.parametrize(
    ("isi", "sebutan"),
    [
        (b"Halo dunia", "teks biasa"),
        (b"GIF89a" + b"\0" * 40, "gambar GIF"),
        (b"<!DOCTYPE html><html></html>", "halaman HTML atau XML"),
        (b"<svg onload=alert(1)>", "halaman HTML atau XML"),
        (b"{\\rtf1 halo}", "dokumen RTF"),
        (b"MZ\x90\0" + b"\0" * 60, "program"),
        (b"\x7fELF" + b"\0" * 60, "program"),
        (b"\x1f\x8b\x08" + b"\0" * 60, "arsip gzip"),
        (b"\0" * 64, "data biner"),
        (b"\xff", "teks biasa"),
    ],
)
def test_what_we_do_not_take_is_called_by_its_name(isi, sebutan):
    assert refuse(isi) == (
        f"isinya {sebutan}. Yang diterima: PDF, JPEG, PNG, WebP, DOCX, XLSX, PPTX, atau MP4."
    )


def test_an_archive_is_refused():
    isi = make_zip([("a.txt", "halo")])

    assert refuse(isi, "a.docx") == "isinya arsip zip. Unggah isinya satu per satu."


OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")


def test_an_old_office_file_is_told_what_to_do():
    pesan = refuse(OLE2 + b"\0" * 5000, "surat.doc")

    assert "simpan sebagai .docx, .xlsx atau .pptx" in pesan


@pytest.mark.parametrize("letak", [600, 1024 * 1024 - 10, 3_000_000])
def test_a_document_with_a_password_is_told_so_wherever_its_mark_lies(letak):
    isi = OLE2 + b"\0" * letak + "EncryptedPackage".encode("utf-16-le") + b"\0" * 700

    assert "dikunci kata sandi; simpan ulang tanpa kata sandi" in refuse(isi, "surat.docx")


def test_a_kind_has_its_own_largest_size():
    pdf, mp4 = CONTOH["pdf"], make_mp4(mdat=b"\0" * 3_000_000)
    besar = pdf[:9] + b"%" + b" " * 2_200_000 + b"\n" + pdf[9:]

    assert refuse(besar, berkas=2_000_000) == "besarnya 2,1 MB; paling besar 1 MB."
    assert check(mp4, "a.mp4", berkas=2_000_000).ukuran == len(mp4)
    assert refuse(mp4, "a.mp4", video=2_097_152) == "besarnya 2,9 MB; paling besar 2 MB."


def test_a_name_cannot_write_into_the_sentence():
    nama = "a\u202egpj\n<b>" + "x" * 200 + ".pdf"

    with pytest.raises(BerkasDitolakError) as tolak:
        check(b"halo", nama)

    teks = str(tolak.value)
    assert "\u202e" not in teks
    assert "\n" not in teks
    assert len(teks) < 250


def test_a_file_inside_a_folder_is_named_as_it_came():
    assert "“C:\\foto\\a.png”" in str(_tolak(b"halo", "C:\\foto\\a.png"))


def _tolak(isi, nama):
    with pytest.raises(BerkasDitolakError) as tolak:
        check(isi, nama)
    return tolak.value


@pytest.mark.parametrize("jenis", MIME)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_is_sound_or_refused_and_nothing_else(jenis, data):
    """Cut off, appended to, overwritten in the middle: never another exception."""
    isi = bytearray(CONTOH[jenis])
    cara = data.draw(st.sampled_from(["tambah", "potong", "timpa", "sisip"]))
    tempat = data.draw(st.integers(0, len(isi)))
    sampah = data.draw(st.binary(min_size=1, max_size=64))
    if cara == "tambah":
        isi += sampah
    elif cara == "potong":
        del isi[tempat:]
    elif cara == "timpa":
        isi[tempat : tempat + len(sampah)] = sampah
    else:
        isi[tempat:tempat] = sampah

    try:
        hasil = check(bytes(isi), f"bukti.{jenis}")
    except BerkasDitolakError as error:
        hasil = str(error).partition(": ")[0]

    assert hasil in {
        Hasil(jenis, MIME[jenis], len(isi)),
        f"Berkas “bukti.{jenis}” tidak diterima",
    }


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_taken(isi):
    for awal in (b"", b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\3\4", b"RIFF"):
        try:
            check(awal + isi)
        except BerkasDitolakError:
            continue


POLYGLOT = {
    "zip": make_zip([("a.txt", "halo")]),
    "pdf": CONTOH["pdf"],
    "html": b"<html><script>alert(1)</script></html>",
    "php": b"<?php system($_GET['a']); ?>",
    "js": b"alert(document.domain)",
    "elf": b"\x7fELF\x02\x01\x01" + b"\0" * 100,
    "exe": b"MZ\x90\0" + b"\0" * 100,
}


@pytest.mark.parametrize("jenis", MIME)
@pytest.mark.parametrize("ekor", POLYGLOT)
def test_nothing_else_may_hang_behind_a_file(jenis, ekor):
    refuse(CONTOH[jenis] + POLYGLOT[ekor], f"bukti.{jenis}")


@pytest.mark.parametrize("jenis", MIME)
@pytest.mark.parametrize("kepala", POLYGLOT)
def test_nothing_else_may_stand_before_a_file(jenis, kepala):
    if jenis == kepala:
        return

    refuse(POLYGLOT[kepala] + CONTOH[jenis], f"bukti.{jenis}")


@pytest.mark.parametrize("jenis", [satu for satu in MIME if satu != "pdf"])
@pytest.mark.parametrize("awal", [b"\xef\xbb\xbf", b"\n", b"\0", b" "])
def test_not_even_a_blank_may_stand_before_a_file(jenis, awal):
    refuse(awal + CONTOH[jenis], f"bukti.{jenis}")


@pytest.mark.parametrize("jenis", ["pdf", "jpeg", "png", "webp", "mp4"])
def test_an_archive_of_the_large_kind_within_a_file_is_refused(jenis):
    """A zip reader begins at the end; the comment of the archive is the rest of the file."""
    arsip = add_zip64(POLYGLOT["zip"])

    pesan = refuse(put_inside(jenis, arsip), f"a.{jenis}")

    assert pesan == "ada arsip zip yang disisipkan di dalamnya. Simpan ulang isinya."


@pytest.mark.parametrize("jenis", ["pdf", "jpeg", "png", "webp", "mp4"])
@pytest.mark.parametrize("arsip", [b"Rar!\x1a\x07\x01\0", b"7z\xbc\xaf\x27\x1c\0\4"])
def test_an_archive_that_is_found_by_its_beginning_is_refused(jenis, arsip):
    isi = put_inside(jenis, arsip + b"x" * 40)

    assert (
        refuse(isi, f"a.{jenis}") == "ada arsip yang disisipkan di dalamnya. Simpan ulang isinya."
    )


def test_an_archive_is_found_where_two_pieces_meet():
    isi = put_inside("pdf", b"x" * (BACA - 300) + (b"y" * 9 + b"Rar!\x1a\x07\0") * 30)

    assert "ada arsip yang" in refuse(isi)


@pytest.mark.parametrize("jenis", ["jpeg", "png", "webp", "mp4"])
@pytest.mark.parametrize("naskah", [b"<html><script>x</script>", b"<?php x ?>", b"<SVG onload=x>"])
def test_a_page_or_script_among_the_notes_is_refused(jenis, naskah):
    pesan = refuse(put_inside(jenis, b" " * 2000 + naskah), f"a.{jenis}")

    tempat = "video" if jenis == "mp4" else "gambar"
    assert pesan == f"ada naskah program di dalam keterangan {tempat}. Simpan ulang."


@pytest.mark.parametrize("akhir", [b"*/=1;alert(1)//", b"*/ \n;alert(1)//"])
def test_a_picture_that_is_a_script_is_refused(akhir):
    """The length of its first piece reads `/*`."""
    kepala = (0xE0, b"JFIF\0".ljust(0x2F2A - 2))
    naskah = make_jpeg(kepala, (0xFE, akhir))

    assert naskah[4:6] == b"/*"
    assert refuse(naskah, "a.jpg") == "berkas ini sekaligus naskah program. Simpan ulang isinya."
    assert check(make_jpeg(kepala, (0xFE, b"*/ halo")), "a.jpg").jenis == "jpeg"


def put_inside(jenis, isi):
    """A sound file of the kind with `isi` where notes or data may stand."""
    return {
        "pdf": lambda: write_pdf(KATALOG % b"", HALAMAN, make_stream(isi)),
        "jpeg": lambda: make_jpeg((0xFE, isi)),
        "png": lambda: make_png(sisip=[(b"tEXt", isi)]),
        "webp": lambda: make_webp((b"VP8L", WEBP[20:-1]), (b"EXIF", isi)),
        "mp4": lambda: make_mp4(belakang=make_kotak(b"free", isi)),
    }[jenis]()
