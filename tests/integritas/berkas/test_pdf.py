"""PDF that acts by itself, carries files, is locked or hides it; and PDF that only looks so."""

import io
import re
import zlib

import pytest
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from integritas.berkas import pdf
from tests.integritas.berkas.contoh import (
    HALAMAN,
    KATALOG,
    add_aksi,
    add_form_xfa,
    add_lampiran,
    make_objstm,
    make_pdf,
    make_stream,
    make_zip,
    write_pdf,
)
from tests.integritas.berkas.test_jenis import check, refuse

SKRIP = f"PDF ini berisi skrip (JavaScript). {pdf.SARAN}"
LAMPIRAN = f"PDF ini berisi lampiran berkas lain. {pdf.SARAN}"
RUSAK = f"susunan PDF-nya rusak atau tidak wajar. {pdf.SARAN}"
AKSI = b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"


def make_katalog(isi):
    return write_pdf(KATALOG % isi, HALAMAN)


def test_a_document_that_runs_a_script_is_refused():
    assert refuse(make_pdf(lambda p: add_aksi(p, S="/JavaScript", JS="app.alert(1)"))) == SKRIP


def test_a_script_behind_a_page_or_among_the_names_is_refused():
    def on_page(penulis):
        penulis.pages[0][NameObject("/AA")] = DictionaryObject(
            {NameObject("/O"): DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})}
        )

    def among_names(penulis):
        penulis.root_object[NameObject("/Names")] = DictionaryObject(
            {NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): ArrayObject()})}
        )

    assert refuse(make_pdf(on_page)) == SKRIP
    assert refuse(make_pdf(among_names)) == SKRIP


def test_a_document_that_starts_a_program_is_refused():
    isi = make_pdf(lambda p: add_aksi(p, S="/Launch", F="cmd.exe"))

    assert refuse(isi) == f"PDF ini berisi perintah menjalankan program. {pdf.SARAN}"


def test_a_document_that_carries_another_file_is_refused():
    assert refuse(make_pdf(add_lampiran)) == LAMPIRAN


@pytest.mark.parametrize(
    ("isi", "sebutan"),
    [
        (b"/A << /EF << /F 9 0 R >> >>", "lampiran berkas lain"),
        (b"/A << /EF%x\n9 0 R >>", "lampiran berkas lain"),
        (b"/A << /Subtype/FileAttachment>>", "lampiran berkas lain"),
        (b"/A << /S /GoToE >>", "lampiran berkas lain"),
        (b"/A << /S /Rendition /JS (x) >>", "media interaktif"),
        (b"/A << /Subtype /RichMedia >>", "media interaktif"),
        (b"/AcroForm << /XFA [ (a) 9 0 R ] >>", "formulir XFA, yang dapat menjalankan skrip"),
    ],
)
def test_other_things_that_act_or_carry_are_refused(isi, sebutan):
    assert refuse(make_katalog(isi)) == f"PDF ini berisi {sebutan}. {pdf.SARAN}"


def test_a_form_that_can_run_scripts_is_refused():
    assert "formulir XFA" in refuse(make_pdf(add_form_xfa))


@pytest.mark.parametrize(
    "nama", [b"/J#61vaScript", b"/#4a#61#76#61#53cript", b"/JavaScrip#74", b"/#4AavaScript"]
)
@pytest.mark.parametrize("ekor", [b" ", b"/", b"(x)", b"\n", b">>", b"%x\n", b"\0"])
def test_a_name_is_read_however_it_is_spelled(nama, ekor):
    assert refuse(make_katalog(b"/OpenAction << /S " + nama + ekor + b" /X 1 >>")) == SKRIP


@pytest.mark.parametrize(
    "isi",
    [
        b"/X (a ) " + AKSI,
        b"/X (a \\) b) " + AKSI,
        b"/X (a \\( b) " + AKSI,
        b"/X (a (b) c) " + AKSI,
        b"/X <28> " + AKSI,
        b"/X <28 ( > " + AKSI,
        b"/X (9 9 obj \\( ) " + AKSI,
        b"/X (9 9 obj ( ) ) " + AKSI,
        b"/X (9 9 obj << /A /B >> endobj) " + AKSI,
        b"/X (9 9 obj << >> stream\n) " + AKSI,
        b"/X (%) " + AKSI,
        b"% ( comment \n" + AKSI,
        b"/X endobj " + AKSI,
        b"/X [ (a) << /B [ /C ] >> ] " + AKSI,
        b"/X (" + b"9 9 obj " * 2000 + b") " + AKSI,
        b"/X (" + b"a" * 300_000 + b") " + AKSI,
        b"/X [" + b"1 " * 200_000 + b"] " + AKSI,
        b"/X <28 ( <> " + AKSI,
        b"/X [" + b"1 " * 900_000 + b"(9 9 obj << >> endobj) ] " + AKSI,
        b"/X (" + b"9 9 obj << >> endobj " * 100_000 + b") " + AKSI,
        b"/X ] " + AKSI,
        b"/X >> " + AKSI,
    ],
    ids=range(22),
)
def test_nothing_before_a_name_hides_it(isi):
    assert refuse(make_katalog(isi)) == SKRIP


def test_an_object_that_lies_in_a_text_or_in_data_is_still_an_object():
    """The table of objects may point anywhere."""
    objek = b"7 0 obj << /S /JavaScript /JS (x) >> endobj"

    assert refuse(make_katalog(b"/X (" + objek + b")")) == SKRIP
    assert refuse(write_pdf(KATALOG % b"", HALAMAN, make_stream(objek))) == SKRIP
    assert refuse(write_pdf(KATALOG % b"", HALAMAN + b" endobj ( " + objek + b" ) ")) == SKRIP


@pytest.mark.parametrize(
    "kepala",
    [
        b"7 0 obj",
        b"7" + b" " * 500 + b"0 obj",
        b"7%" + b"x" * 500 + b"\n0%y\robj",
        b"00000000000000000007 0 obj",
        b"7 0obj",
    ],
    ids=range(5),
)
def test_an_object_is_one_however_its_number_is_written(kepala):
    isi = write_pdf(
        KATALOG % b"", HALAMAN + b" endobj ( " + kepala + b"<</S/JavaScript>> endobj ) "
    )

    assert refuse(isi) == SKRIP


def test_an_attachment_far_from_its_name_is_refused():
    assert refuse(make_katalog(b"/A << /EF" + b" " * 180 + b"<< /F 9 0 R >> >>")) == LAMPIRAN


def test_an_object_larger_than_any_is_refused_when_something_may_hide_in_it(monkeypatch):
    monkeypatch.setattr(pdf, "MAKS_OBJEK", 1_200_000)
    besar = b"/X [" + b"1 " * 800_000

    assert refuse(make_katalog(besar + b"] " + AKSI)) == RUSAK
    assert check(make_katalog(besar + b"]")).jenis == "pdf"


def test_a_script_of_an_older_revision_is_refused():
    isi = make_pdf(lambda p: add_aksi(p, S="/JavaScript", JS="x"))
    baru = isi + b"1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n0\n%%EOF\n"

    assert refuse(baru) == SKRIP


@pytest.mark.parametrize(
    "isi",
    [
        b"/X (tentang /JavaScript dan /Launch )",
        b"/X (a (b /JavaScript ) /Launch )",
        b"/X (\\) /JavaScript )",
        b"/URI (https://contoh.go.id/JS/Launch/JavaScript)",
        b"% /JavaScript /Launch\n",
        b"/X /JavaScripts /Y /LaunchPad",
        b"/X /EF /Y /XFA /Z /JS",
        b"/UR << /EF [/Create /Delete] >>",
        b"/OpenAction [ 3 0 R /Fit ]",
        b"/OpenAction << /S /GoTo /D [ 3 0 R /Fit ] >>",
        b"/A << /S /URI /URI (https://contoh.go.id) >>",
    ],
)
def test_a_text_about_scripts_is_no_script(isi):
    assert check(make_katalog(isi)).jenis == "pdf"


def test_the_words_on_a_page_are_no_script():
    isi = b"BT (tentang /JavaScript dan /EmbeddedFiles ) Tj ET"

    assert check(write_pdf(KATALOG % b"", HALAMAN, make_stream(isi))).jenis == "pdf"
    assert check(write_pdf(KATALOG % b"", HALAMAN, make_stream(isi * 2000))).jenis == "pdf"


# --- packed objects -------------------------------------------------------------------------------

AKSI_PAKET = b"<< /S /JavaScript /JS (app.alert(1)) >>"


@pytest.mark.parametrize("pack", [True, False])
@pytest.mark.parametrize(
    "kamus",
    [
        b"/Type /ObjStm ",
        b"",
        b"/X (endobj) ",
        b"/X (stream\n) ",
        b"/X [<<>>]",
        b"/X (" + b"a" * 100_000 + b")",
        b"/X [" + b"1 " * 700_000 + b"]",
    ],
    ids=range(7),
)
def test_packed_objects_are_looked_into(kamus, pack):
    paket = make_objstm(b"<< /A 1 >>", AKSI_PAKET, kamus=kamus, pack=pack)

    assert refuse(write_pdf(KATALOG % b"", HALAMAN, paket)) == SKRIP


@pytest.mark.parametrize(
    "objek",
    [
        b"<< /S /J#61vaScript >>",
        b"<< /X (a\\)) /S /Java#53cript >>",
        b"/JavaScript",
        b"[ /Launch ]",
    ],
)
def test_a_packed_name_is_read_however_it_is_spelled(objek):
    paket = make_objstm(b"<< /A ( >>", b"[ (x) ]", objek)

    assert "PDF ini berisi" in refuse(write_pdf(KATALOG % b"", HALAMAN, paket))


@pytest.mark.parametrize("objek", [b"(/JavaScript )", b"<< /URI (https://a.id/JavaScript) >>"])
def test_a_packed_text_about_scripts_is_no_script(objek):
    paket = make_objstm(b"<< /A 1 >>", objek, b"[ 1 2 ]")

    assert check(write_pdf(KATALOG % b"", HALAMAN, paket)).jenis == "pdf"


def test_packed_objects_without_danger_are_accepted():
    paket = make_objstm(*[b"<< /A %d /First 3 /B (x) >>" % i for i in range(500)])

    assert check(write_pdf(KATALOG % b"", HALAMAN, paket)).jenis == "pdf"


@pytest.mark.parametrize(
    "saring",
    [
        b"/Filter /ASCIIHexDecode ",
        b"/Filter [/ASCII85Decode /FlateDecode] ",
        b"/Filter 9 0 R ",
        b"/Filter [ 9 0 R ] ",
        b"/Filter /LZW#44ecode ",
        b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >> ",
        b"/Filter /FlateDecode /DecodeParms 9 0 R ",
        b"/Filter /FlateDecode /Filter /RL ",
        b"/Filter /ASCIIHexDecode /X (" + b"a" * 9000 + b") ",
        b"/Filter /ASCIIHexDecode /X (9 9 obj) ",
        b"/Filter [ /FlateDecode /FlateDecode ] /Filter [ /FlateDecode /AHx ] ",
        b"/Filter /Crypt ",
    ],
)
@pytest.mark.parametrize("jenis", [b"/Type /ObjStm ", b"/Type /Obj#53tm ", b""])
def test_objects_packed_in_an_odd_way_are_refused(saring, jenis):
    isi = b"100 0 << /A 1 >> "
    kamus = jenis + b"/N 1 /First 6 " + saring
    mentah = write_pdf(KATALOG % b"", HALAMAN, make_stream(isi.hex().encode() + b">", kamus))
    padat = write_pdf(KATALOG % b"", HALAMAN, make_stream(zlib.compress(isi), kamus))

    assert refuse(mentah) == refuse(padat) == RUSAK


def replace_paket(asal, baru, *objek):
    return write_pdf(KATALOG % b"", HALAMAN, make_objstm(*objek).replace(asal, baru, 1))


@pytest.mark.parametrize("baris", [b"stream \n", b"stream\r\n", b"stream\r", b"stream\t\n"])
def test_packed_objects_begin_behind_the_end_of_the_line(baris):
    assert refuse(replace_paket(b"stream\n", baris, AKSI_PAKET)) == SKRIP
    assert check(replace_paket(b"stream\n", baris, b"<< /A 1 >>")).jenis == "pdf"


@pytest.mark.parametrize(
    ("asal", "baru"),
    [
        (b"stream\n", b"stream"),
        (b"stream\n", b"stream x\n"),
        (b"/First 6", b"/First 6 /First 900"),
        (b"/First 6", b"/First 9 0 R"),
        (b"/First 6", b"/First 7"),
    ],
)
def test_packed_objects_that_begin_at_an_odd_place_are_refused(asal, baru):
    assert refuse(replace_paket(asal, baru, AKSI_PAKET)) == RUSAK


@pytest.mark.parametrize(
    "kepala", [b"100 %x\n0 ", b"+100 0 ", b"100 0.0 ", b"100 0 101 ", b"(x) 1 "]
)
def test_packed_objects_whose_places_cannot_be_read_are_refused(kepala):
    isi = kepala + b"<< /X ( >> " + AKSI_PAKET
    paket = make_stream(
        zlib.compress(isi), b"/Type /ObjStm /N 1 /First %d /Filter /FlateDecode " % len(kepala)
    )

    assert refuse(write_pdf(KATALOG % b"", HALAMAN, paket)) == RUSAK


@pytest.mark.parametrize("isi", [b"", b" ", b"100 0<< /A 1 >>", b"100 0 101 10 << /A 1 >> 55"])
def test_packed_objects_as_different_programs_write_them_are_accepted(isi):
    pertama = max(0, isi.find(b"<"))
    kamus = b"/Type /ObjStm /N 1 /First %d /Filter /FlateDecode " % pertama

    assert check(write_pdf(KATALOG % b"", HALAMAN, make_stream(zlib.compress(isi), kamus)))


@pytest.mark.parametrize("potong", [20, 1, 40])
def test_packed_objects_that_are_cut_off_or_damaged_are_refused(potong):
    """How far a reader would get is not ours to know."""
    isi = write_pdf(
        KATALOG % b"", HALAMAN, make_objstm(b"<< /A 1 >>", b"[" + b"1 2 3 " * 90 + b"]")
    )
    letak = isi.index(b"\nendstream")

    assert check(isi).jenis == "pdf"
    assert refuse(isi[: letak - potong] + b"\xff" * potong + isi[letak:]) == RUSAK
    assert refuse(isi[: letak - potong] + isi[letak:]) == RUSAK


@pytest.mark.parametrize(
    "objek",
    [b"<< /X >> /S /JavaScript >>", b"<< /X ] /S /JavaScript >>", b"<< /X >> 5 /S /Launch >>"],
)
def test_a_bracket_too_many_hides_nothing(objek):
    paket = make_objstm(b"<< /A 1 >>", objek, b"<< /B 2 >>")

    assert "PDF ini berisi" in refuse(write_pdf(KATALOG % b"", HALAMAN, paket))
    assert "PDF ini berisi" in refuse(write_pdf(KATALOG % b"", HALAMAN, objek))


def test_a_forbidden_name_somewhere_behind_an_object_without_end_is_refused():
    objek = b"<< /X >> " + b"5 " * 100_000 + b"/S /JavaScript >>"

    assert refuse(write_pdf(KATALOG % b"", HALAMAN, objek)) == RUSAK


def test_packed_objects_that_swell_are_refused():
    paket = make_objstm(b"[" + b" " * 40_000_000 + b"]")

    assert refuse(write_pdf(KATALOG % b"", HALAMAN, paket)) == RUSAK


def test_many_packed_streams_that_swell_together_are_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAKS_SEMUA_PAKET", 5_000_000)
    daftar = [make_objstm(b"[" + b" " * 1_000_000 + b"]") for _ in range(6)]

    assert check(write_pdf(KATALOG % b"", HALAMAN, *daftar[:4])).jenis == "pdf"
    assert refuse(write_pdf(KATALOG % b"", HALAMAN, *daftar)) == RUSAK


def test_a_file_made_to_keep_us_busy_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "TELUSUR", 200_000)
    sibuk = b"/X [" + b"9 9 obj [ " * 500 + b"(/Launch ) " * 200

    assert refuse(make_katalog(sibuk)) == RUSAK


# --- passwords ------------------------------------------------------------------------------------

ALGORITMA = ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"]


@pytest.mark.parametrize("algoritma", ALGORITMA)
def test_a_document_that_asks_for_a_password_is_refused(algoritma):
    isi = make_pdf(lambda p: p.encrypt("rahasia", "pemilik", algorithm=algoritma))

    assert refuse(isi) == (
        "PDF ini dikunci kata sandi. Simpan ulang tanpa kata sandi, lalu unggah lagi."
    )


@pytest.mark.parametrize("algoritma", ALGORITMA)
def test_a_document_that_only_forbids_printing_is_accepted(algoritma):
    isi = make_pdf(lambda p: p.encrypt("", "pemilik", permissions_flag=0, algorithm=algoritma))

    assert b"/Encrypt" in isi
    assert check(isi).jenis == "pdf"


@pytest.mark.parametrize("algoritma", ALGORITMA)
def test_a_script_in_an_encrypted_document_is_refused(algoritma):
    def ubah(penulis):
        add_aksi(penulis, S="/JavaScript", JS="app.alert(1)")
        penulis.encrypt("", "pemilik", algorithm=algoritma)

    assert refuse(make_pdf(ubah)) == SKRIP


def make_paket_terkunci(algoritma, bahaya):
    def ubah(penulis):
        isi = b"100 0 " + (AKSI_PAKET if bahaya else b"<< /A (/JavaScript ) >>")
        paket = StreamObject()
        paket.set_data(isi)
        paket[NameObject("/Type")] = NameObject("/ObjStm")
        paket[NameObject("/N")], paket[NameObject("/First")] = NumberObject(1), NumberObject(6)
        penulis._add_object(paket.flate_encode())
        penulis.encrypt("", "pemilik", algorithm=algoritma)

    return make_pdf(ubah)


@pytest.mark.parametrize("algoritma", ALGORITMA)
@pytest.mark.parametrize("bahaya", [True, False])
def test_packed_objects_of_an_encrypted_document_are_looked_into(algoritma, bahaya):
    isi = make_paket_terkunci(algoritma, bahaya)

    assert b"JavaScript" not in isi
    if bahaya:
        assert refuse(isi) == SKRIP
    else:
        assert check(isi).jenis == "pdf"


@pytest.mark.parametrize("kunci", [b"2 0 R", b"<< /Filter /Standard >>", b"%x\n2 0 R"])
def test_a_lock_that_only_another_reader_would_find_is_refused(kunci):
    """The place of the table is wrong: some readers then look for a trailer by themselves."""
    isi = write_pdf(KATALOG % b"", HALAMAN, trailer=b"/Encrypt " + kunci + b" ")
    isi = isi.replace(b"trailer", b"trailer << /Size 3 /Root 1 0 R >>\n9 9 obj")

    assert refuse(isi) == f"PDF-nya terkunci dan rusak. {pdf.SARAN}"


@pytest.mark.parametrize("algoritma", ALGORITMA)
def test_a_locked_document_whose_table_is_not_found_is_refused(algoritma):
    isi = make_pdf(lambda p: p.encrypt("rahasia", "pemilik", algorithm=algoritma))
    rusak = re.sub(rb"startxref\s+\d+", b"startxref\n0", isi)

    assert refuse(rusak).startswith("PDF")
    assert "kunci" in refuse(rusak)


def test_the_name_of_a_lock_without_one_is_harmless():
    assert check(make_katalog(b"/X (/Encrypt 2 0 R) /Encrypt null")).jenis == "pdf"


@pytest.mark.parametrize(
    "kunci",
    [
        b"<< /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 >>",
        b"<< /Filter /Standard /V 99 /R 99 /O (a) /U (b) /P -1 >>",
        b"<< /Filter /Standard >>",
        b"9 0 R",
        b"null",
        b"[ 1 2 ]",
        b"(x)",
    ],
)
def test_a_lock_that_nobody_knows_is_refused(kunci):
    isi = write_pdf(KATALOG % b"", HALAMAN, trailer=b"/Encrypt " + kunci + b" /ID [(a) (a)] ")

    assert "kunci" in refuse(isi)


# --- the frame ------------------------------------------------------------------------------------


def test_a_document_padded_with_zeros_is_accepted():
    assert check(make_pdf() + b"\0" * 20_000 + b"\r\n\x1a").jenis == "pdf"


@pytest.mark.parametrize(
    "awal",
    [
        b"\r\n \0",
        b"\xef\xbb\xbf",
        b"baris lain\r\n",
        b"Content-Type: application/pdf\r\n\r\n",
        b"\x1b%-12345X@PJL JOB NAME=x\r\n@PJL ENTER LANGUAGE=PDF\r\n",
        b" " * 1024,
    ],
)
def test_a_document_behind_a_line_that_means_nothing_is_accepted(awal):
    assert check(awal + make_pdf()).jenis == "pdf"
    assert refuse(awal + make_katalog(AKSI)) == SKRIP


@pytest.mark.parametrize("bahaya", [True, False])
def test_a_lock_behind_a_line_is_opened_all_the_same(bahaya):
    isi = b"baris lain\n" + make_paket_terkunci("AES-256", bahaya)

    if bahaya:
        assert refuse(isi) == SKRIP
    else:
        assert check(isi).jenis == "pdf"


def test_a_document_in_a_printers_envelope_is_accepted():
    isi = make_pdf() + b"\x1b%-12345X@PJL EOJ\r\n\x1b%-12345X"

    assert check(isi).jenis == "pdf"


@pytest.mark.parametrize(
    "awal",
    [
        b"GIF89a/*",
        b"GIF89aAAAA AAA,",
        b"<html>",
        b"MZ" + b"\0" * 60,
        b"MZ ",
        b"#!/bin/sh\n",
        b"a=1;//",
        b"alert(1)/*",
        b"// ",
        b"PK\3\4",
        b"RIFFAAAAWEBPVP8 ",
        b"    ftypisom",
        b" " * 1100,
        b"%PDF-1.4\n",
    ],
)
def test_a_document_behind_something_else_is_refused(awal):
    refuse(awal + make_pdf())


def test_a_document_cut_off_is_refused():
    isi = make_pdf()

    assert "terpotong" in refuse(isi[:-40])
    assert "terpotong" in refuse(b"%PDF-1.7\n%%EOF")


@pytest.mark.parametrize(
    ("ekor", "sebutan"),
    [
        (b"<script>alert(1)</script>", "naskah program atau halaman web"),
        (b"<?php phpinfo();", "naskah program atau halaman web"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"MZ\x90\0", "program"),
        (b"halo", "data lain"),
    ],
)
def test_what_hangs_behind_is_named(ekor, sebutan):
    assert refuse(make_pdf() + ekor) == f"ada {sebutan} di belakang PDF. {pdf.SARAN}"


def test_an_archive_that_ends_like_a_document_is_refused():
    """A zip reader begins at the end and takes its comment for what it is."""
    arsip = make_zip([("a.txt", "halo")])
    ekor = b"\nstartxref\n0\n%%EOF\n"
    isi = make_pdf() + arsip[:-2] + len(ekor).to_bytes(2, "little") + ekor

    assert "arsip zip yang disisipkan" in refuse(isi)


def test_an_archive_within_a_document_is_refused():
    arsip = make_zip([("a.txt", "halo")])

    assert "arsip zip" in refuse(write_pdf(KATALOG % b"", HALAMAN, make_stream(arsip)))


def test_a_page_of_the_web_within_the_head_is_refused():
    isi = write_pdf(KATALOG % b"", HALAMAN, awal=b"%PDF-1.7\n%<script>alert(1)</script>\n")

    assert "sekaligus berkas jenis lain" in refuse(isi)


def test_the_reader_of_locks_leaves_the_file_where_it_was():
    berkas = io.BytesIO(make_pdf(lambda p: p.encrypt("", "b")))
    from integritas.berkas.jenis import check_berkas

    check_berkas(berkas, "a.pdf")

    assert berkas.tell() == 0
    assert not berkas.closed
