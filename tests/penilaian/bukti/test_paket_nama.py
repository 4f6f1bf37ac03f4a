"""Names of a pack on the strictest of systems."""

import pytest

from penilaian.bukti.paket.nama import Penamaan, tidy_berkas, tidy_folder

PDF = {".pdf"}


@pytest.mark.parametrize(
    ("nama", "jadi"),
    [
        ("SK tim.pdf", "SK tim.pdf"),
        ("SK tim", "SK tim.pdf"),
        ("SK.v1.2", "SK.v1.2.pdf"),
        ("FOTO.PDF", "FOTO.PDF"),
        ("foto.exe", "foto.exe.pdf"),
        ("../../etc/passwd.pdf", "_.._etc_passwd.pdf"),
        ("C:\\Windows\\x.pdf", "C__Windows_x.pdf"),
        ('a<b>c:"d"|e?f*.pdf', "a_b_c__d__e_f_.pdf"),
        ("NUL.pdf", "_NUL.pdf"),
        ("com1.tar.pdf", "_com1.tar.pdf"),
        ("LPT¹.pdf", "_LPT¹.pdf"),
        ("console.pdf", "console.pdf"),
        ("titik. .pdf", "titik.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "tanpa nama.pdf"),
        ("baris\nbaru\u202efdp.pdf", "baris baru fdp.pdf"),
        ("sendiri\ud800.pdf", "sendiri.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
    ],
)
def test_a_files_name_is_one_that_every_system_unpacks(nama, jadi):
    assert tidy_berkas(nama, ".pdf", PDF) == jadi


def test_a_long_name_keeps_its_ending_and_no_half_sign():
    panjang = tidy_berkas("a" * 300 + ".jpeg", ".jpeg", {".jpg", ".jpeg"})
    gambar = tidy_berkas("\U0001f600" * 60, ".pdf", PDF)

    assert panjang == "a" * 65 + ".jpeg"
    assert gambar == "\U0001f600" * 33 + ".pdf"
    assert len(gambar.encode()) < 255


def test_a_folder_is_cut_between_words():
    label = "017 A.I.1.ii.c Bagaimana media atau kegiatan untuk mengabarkan pembangunan ZI?"

    assert tidy_folder(label) == "017 A.I.1.ii.c Bagaimana media atau kegiatan"
    assert tidy_folder("01 Manajemen perubahan") == "01 Manajemen perubahan"
    assert tidy_folder("x" * 100) == "x" * 48


def test_no_path_is_given_twice_even_without_capitals():
    penamaan = Penamaan()

    jalur = [penamaan.take("a", nama) for nama in ("Foto.pdf", "foto.PDF", "FOTO.pdf", "ﬁ.pdf")]

    assert jalur == ["a/Foto.pdf", "a/foto (2).PDF", "a/FOTO (3).pdf", "a/ﬁ.pdf"]
    assert penamaan.take("a", "fi.pdf") == "a/fi (2).pdf"
    assert penamaan.take("b", "Foto.pdf") == "b/Foto.pdf"
    panjang = ["a/" + "x" * 66 + ".pdf", "a/" + "x" * 62 + " (2).pdf"]
    assert [penamaan.take("a", "x" * 66 + ".pdf") for _ in range(2)] == panjang
