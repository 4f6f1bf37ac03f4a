"""Office files: the zip they are, and what in them could act or call outside."""

import io
import os
import zipfile

import pytest

from integritas.berkas import office, zip
from integritas.berkas.office import SARAN
from tests.integritas.berkas import change_zip, make_xlsx
from tests.integritas.berkas.contoh import (
    UTAMA,
    add_zip64,
    make_bagian,
    make_jpeg,
    make_office,
    make_relasi,
    make_zip,
)
from tests.integritas.berkas.test_jenis import OLE2, check, refuse

RUSAK = f"susunannya rusak atau tidak wajar. {SARAN}"
MAKRO = "berisi makro. Simpan tanpa makro, lalu unggah lagi."
OBJEK = (
    "berisi objek tertanam (OLE atau ActiveX). Hapus objeknya atau ubah menjadi gambar, lalu unggah "
    "lagi."
)
LUAR = "memuat templat atau objek dari luar berkas. Salin isinya ke dokumen baru, lalu unggah lagi."
MEKAR = "isinya mengembang jauh lebih besar daripada berkasnya."
MIME = "application/vnd.openxmlformats-officedocument."


def pack(bagian, metode=zipfile.ZIP_DEFLATED):
    return make_zip(bagian.items(), metode)


# --- what is accepted -----------------------------------------------------------------------------


def test_a_workbook_of_another_program_is_accepted():
    import openpyxl

    buku, keluaran = openpyxl.Workbook(), io.BytesIO()
    buku.active.append(["a", 1])
    buku.save(keluaran)

    assert check(keluaran.getvalue(), "a.xlsx").jenis == "xlsx"


def test_a_workbook_with_a_chart_and_an_image_is_accepted(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as buku:
        lembar = buku.add_worksheet()
        lembar.write_row(0, 0, [1, 2, 3])
        lembar.insert_image(3, 0, "a.png", {"image_data": io.BytesIO(_png())})
        bagan = buku.add_chart({"type": "line"})
        bagan.add_series({"values": "=Sheet1!$A$1:$C$1"})
        lembar.insert_chart(5, 5, bagan)
        lembar.write_url(9, 0, "https://contoh.go.id/JS")
        lembar.write_comment(1, 1, "catatan")

    assert check((tmp_path / "a.xlsx").read_bytes(), "a.xlsx").jenis == "xlsx"


def _png():
    from tests.integritas.berkas.contoh import make_png

    return make_png()


def test_a_slide_with_a_workbook_behind_its_chart_is_accepted():
    isi = make_office(
        "pptx", tambah=[("ppt/embeddings/Microsoft_Excel_Sheet1.xlsx", make_xlsx([1]))]
    )

    assert check(isi, "a.pptx").jenis == "pptx"


@pytest.mark.parametrize(
    ("nama", "isi"),
    [
        ("word/media/image1.jpeg", make_jpeg()),
        ("word/media/image2.emz", b"\x1f\x8b\x08\0" + b"\0" * 40),
        ("word/printerSettings/printerSettings1.bin", "Canon".encode("utf-16-le") + b"\0" * 900),
        ("word/fonts/font1.odttf", os.urandom(900).replace(b"<", b"x")),
        ("[trash]/0000.dat", b"\xff" * 90),
        ("word/media/image3.svg", b'<!DOCTYPE svg PUBLIC "a" "b"><svg/>'),
        ("docProps/kosong.bin", b""),
        ("word/media/", b""),
    ],
)
def test_what_office_programs_put_in_is_accepted(nama, isi):
    assert check(make_office(tambah=[(nama, isi)]), "a.docx").jenis == "docx"


@pytest.mark.parametrize("awal", [b"<", b"\0\0<", b"<\xff", b"\xff\xfe<\0", b"<a", b"\r\n<!"])
def test_a_font_or_picture_may_begin_with_any_byte(awal):
    """The first bytes of an embedded font are mixed with a key."""
    tambah = [("word/fonts/font1.odttf", awal + b"\x80\x81" * 200), ("word/media/a.png", awal)]

    assert check(make_office(tambah=tambah), "a.docx").jenis == "docx"
    assert refuse(make_office(tambah=[("word/a.xml", tambah[0][1])]), "a.docx") == RUSAK
    assert (
        refuse(make_office(tambah=[("word/a.dat", b"<?xml version='1.0'?><a")]), "a.docx") == RUSAK
    )


@pytest.mark.parametrize(
    "relasi",
    [
        ("hyperlink", "https://contoh.go.id/a?b=c", "External"),
        ("hyperlink", "file:///\\\\server\\berkas.docx", "External"),
        ("externalLinkPath", "file:///C:\\kerja\\Rekap.xlsx", "External"),
        ("image", "https://contoh.go.id/logo.png", "External"),
        ("image", "C:\\foto\\a.jpg", "External"),
        ("video", "https://video.contoh.id/1", "External"),
        ("attachedTemplate", "file:///C:\\Users\\a\\Templates\\Laporan.dotx", "External"),
        ("attachedTemplate", "Normal.dotm", "External"),
        ("attachedTemplate", "file:///Users/a/Library/Normal.dotm", "External"),
        ("package", "embeddings/a.xlsx"),
        ("settings", "settings.xml", "Internal"),
    ],
)
def test_a_relation_that_calls_nobody_by_itself_is_accepted(relasi):
    assert check(make_office(relasi=[relasi]), "a.docx").jenis == "docx"


@pytest.mark.parametrize("metode", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_both_usual_ways_of_packing_are_accepted(metode):
    assert check(pack(make_bagian(), metode), "a.docx").jenis == "docx"


class TanpaMundur(io.RawIOBase):
    """A file that can only be written on, as when a document is sent while it is made."""

    def __init__(self):
        self.isi = b""

    def write(self, data):
        self.isi += bytes(data)
        return len(data)

    def writable(self):
        return True


@pytest.mark.parametrize("zip64", [False, True])
def test_sizes_that_stand_behind_a_member_are_accepted_when_true(zip64):
    keluaran = TanpaMundur()
    with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as arsip:
        for nama, isi in make_bagian().items():
            with arsip.open(nama, "w", force_zip64=zip64) as anggota:
                anggota.write(isi.encode())

    assert check(keluaran.isi, "a.docx").jenis == "docx"
    susulan = keluaran.isi.index(b"PK\x07\x08")
    for geser in (4, 8, 12):
        bohong = bytearray(keluaran.isi)
        bohong[susulan + geser] ^= 1
        assert refuse(bytes(bohong), "a.docx") == RUSAK


# --- macros and objects ---------------------------------------------------------------------------


@pytest.mark.parametrize("jenis", UTAMA)
@pytest.mark.parametrize(
    "nama",
    [
        "word/vbaProject.bin",
        "xl/VBAPROJECT.BIN",
        "x/y/vbaProjectSignature.bin",
        "word/vbaData.xml",
        "xl/macrosheets/sheet1.xml",
        "xl/MacroSheets/intlsheet1.xml",
    ],
)
def test_a_part_with_macros_is_refused(jenis, nama):
    assert refuse(make_office(jenis, tambah=[(nama, b"x")]), f"a.{jenis}") == MAKRO


@pytest.mark.parametrize(
    "mime",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-powerpoint.presentation.MACROENABLED.main+xml",
    ],
)
def test_a_document_with_macros_under_another_name_is_refused(mime):
    assert refuse(make_office(mime=mime), "a.docx") == MAKRO


@pytest.mark.parametrize(
    "mime", ["application/vnd.ms-office.vbaProject", "application/vnd.ms-excel.macrosheet+xml"]
)
@pytest.mark.parametrize("akhiran", ["bin", "dat"])
def test_a_content_type_of_macros_is_refused_whatever_the_part_is_called(mime, akhiran):
    isi = make_office(bawaan=[(akhiran, mime)], tambah=[(f"word/a.{akhiran}", b"x")])

    assert refuse(isi, "a.docx") == MAKRO


def test_a_content_type_in_another_encoding_is_read_all_the_same():
    bagian = make_bagian(mime="application/vnd.ms-word.document.macroEnabled.main+xml")
    teks = bagian["[Content_Types].xml"].replace('version="1.0"', 'version="1.0" encoding="utf-16"')
    bagian["[Content_Types].xml"] = teks.encode("utf-16")

    assert refuse(pack(bagian), "a.docx") == MAKRO


@pytest.mark.parametrize(
    "jenis",
    [
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
        "http://schemas.microsoft.com/office/2006/relationships/attachedToolbars",
    ],
)
def test_a_relation_to_macros_is_refused(jenis):
    assert refuse(make_office(relasi=[(jenis, "a.bin")]), "a.docx") == MAKRO


@pytest.mark.parametrize(
    "kata",
    [
        {"tambah": [("word/embeddings/oleObject1.bin", b"x")]},
        {"tambah": [("word/embeddings/apa-saja.dat", OLE2 + b"\0" * 600)]},
        {"tambah": [("word/activeX/activeX1.xml", "<ax/>")]},
        {"relasi": [("oleObject", "embeddings/a.dat")]},
        {"relasi": [("control", "a.xml")]},
        {"relasi": [("http://x/relationships/activeXControlBinary", "a.bin")]},
    ],
    ids=range(6),
)
def test_an_embedded_object_is_refused(kata):
    assert refuse(make_office(**kata), "a.docx") == OBJEK


@pytest.mark.parametrize(
    ("isi", "sebutan"),
    [
        (b"MZ\x90\0", "program"),
        (b"\x7fELF\x02\x01", "program"),
        (b"%PDF-1.7", "dokumen PDF"),
        (b"{\\rtf1 ", "dokumen RTF"),
        (b"Rar!\x1a\x07", "arsip RAR"),
        (b"\x1f\x8b\x08\0", "arsip gzip"),
    ],
)
def test_another_file_within_is_refused(isi, sebutan):
    teks = refuse(make_office(tambah=[("word/media/image1.png", isi + b"\0" * 90)]), "a.docx")

    assert teks == f"ada {sebutan} di dalamnya. Hapus, lalu unggah lagi."


def test_macros_in_a_document_within_a_document_are_refused():
    dalam = change_zip(make_xlsx([1]), tambah=[("xl/vbaProject.bin", b"x")])

    assert refuse(make_office(tambah=[("word/embeddings/a.xlsx", dalam)]), "a.docx") == MAKRO


def test_a_program_within_is_refused_by_what_it_is_called_or_begins_with():
    pesan = "ada program di dalamnya. Hapus, lalu unggah lagi."

    assert refuse(make_office(tambah=[("word/a.JS", "x")]), "a.docx") == pesan
    assert refuse(make_office(tambah=[("a.bat", "x")]), "a.docx") == pesan
    mz = b"MZ\0\0" + b"\0" * 60 + b"PE\0\0"
    assert refuse(make_office(tambah=[("word/media/a.png", mz)]), "a.docx") == pesan


# --- commands without macros ----------------------------------------------------------------------

DDE = "berisi perintah yang menjalankan program lain (DDE). Hapus, lalu unggah lagi."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_bidang(*daftar, akar="document"):
    """A part of Word with runs of a field: `begin`, `end` and the like are marks."""
    isi = "".join(
        f'<w:fldChar w:fldCharType="{satu}"/>'
        if satu in {"begin", "separate", "end"}
        else f"<w:instrText>{satu}</w:instrText>"
        for satu in daftar
    )
    return f'<w:{akar} xmlns:w="{_W}"><w:r>{isi}</w:r></w:{akar}>'


@pytest.mark.parametrize(
    "isi",
    [
        make_bidang("begin", " DDEAUTO c:\\\\x", "end"),
        make_bidang("begin", "D", "de", "auto x", "separate", "end"),
        make_bidang("begin", "IF ", "begin", "DDE x y", "end", "end"),
        make_bidang("DDE x"),
        make_bidang("begin", "DDE x", akar="hdr"),
        make_bidang().replace("<w:r>", '<w:fldSimple w:instr="DDE x"/><w:r>'),
        make_bidang("begin", "DDE x").replace("w:", "y:").replace("xmlns:w", "xmlns:y"),
    ],
    ids=range(7),
)
@pytest.mark.parametrize("nama", ["word/document.xml", "word/lain.dat"])
def test_a_field_that_starts_a_program_is_refused(isi, nama):
    assert refuse(make_office(ubah={nama: isi}), "a.docx") == DDE


def test_other_fields_are_accepted():
    isi = make_bidang(
        "begin", ' HYPERLINK "https://a.id/DDE" ', "separate", "end", " PAGE ", "ADDE"
    )

    assert check(make_office(ubah={"word/document.xml": isi}), "a.docx").jenis == "docx"


def test_a_workbook_that_starts_a_program_is_refused():
    isi = '<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c x"/></externalLink>'

    assert refuse(make_office("xlsx", tambah=[("xl/externalLinks/a.xml", isi)]), "a.xlsx") == DDE


def test_a_button_that_starts_a_program_is_refused():
    isi = '<p:sld xmlns:p="x" xmlns:a="y"><a:hlinkClick action="ppaction://program"/></p:sld>'
    pesan = "berisi tombol yang menjalankan program atau makro. Hapus tombolnya, lalu unggah lagi."

    assert refuse(make_office("pptx", tambah=[("ppt/slides/a.xml", isi)]), "a.pptx") == pesan
    lompat = isi.replace("program", "hlinkshowjump?jump=nextslide")
    assert check(make_office("pptx", tambah=[("ppt/slides/a.xml", lompat)]), "a.pptx")


def test_a_link_that_starts_a_program_is_refused():
    isi = make_office(relasi=[("hyperlink", "JavaScript:alert(1)", "External")])

    assert refuse(isi, "a.docx") == "berisi tautan yang menjalankan program. Hapus tautannya."


def test_a_part_of_very_many_elements_is_refused(monkeypatch):
    isi = f'<w:document xmlns:w="{_W}">{"<w:p/>" * 2000}</w:document>'

    monkeypatch.setattr(zip, "MAKS_UNSUR", 1000)
    assert refuse(make_office(ubah={"word/document.xml": isi}), "a.docx") == MEKAR
    banyak = {"word/a.xml": isi.replace("document", "sst")}
    assert check(make_office(ubah=banyak), "a.docx").jenis == "docx"


def test_an_archive_within_a_document_is_refused():
    isi = make_office(tambah=[("word/embeddings/a.docx", make_zip([("a.exe", "x")]))])

    assert refuse(isi, "a.docx") == "isinya arsip zip. Unggah isinya satu per satu."


def test_documents_within_documents_end_somewhere():
    isi = make_office()
    for _ in range(office.MAKS_DALAM):
        isi = make_office(tambah=[("word/embeddings/a.docx", isi)])
    assert check(isi, "a.docx").jenis == "docx"

    assert refuse(make_office(tambah=[("word/embeddings/a.docx", isi)]), "a.docx") == RUSAK


# --- calls outward --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "relasi",
    [
        ("attachedTemplate", "https://jahat.contoh/a.dotm", "External"),
        ("attachedTemplate", "\\\\server\\a.dotm", "External"),
        ("attachedTemplate", "file://server/a.dotm", "external"),
        ("oleObject", "mhtml:https://jahat.contoh/a.html!x-usc:b", "External"),
        ("oleObject", "C:\\a.xlsx", "External"),
        ("frame", "https://jahat.contoh/a", "External"),
        ("subDocument", "https://jahat.contoh/a.docx", "External"),
        ("aFChunk", "https://jahat.contoh/a.docx", "External"),
        ("officeDocument", "https://jahat.contoh/a.docx", "EXTERNAL"),
        ("apaSaja", "https://jahat.contoh/a", "External"),
    ],
)
def test_what_is_loaded_from_elsewhere_is_refused(relasi):
    assert refuse(make_office(relasi=[relasi]), "a.docx") == LUAR


@pytest.mark.parametrize("tujuan", ["\\\\server\\a.png", "file://server/a.png", "//server/a.png"])
def test_an_image_from_a_folder_of_the_network_is_refused(tujuan):
    assert "folder jaringan" in refuse(
        make_office(relasi=[("image", tujuan, "External")]), "a.docx"
    )


def test_relations_of_every_part_are_looked_at():
    jahat = make_relasi(("attachedTemplate", "https://jahat.contoh/a.dotm", "External"))

    for nama in ("word/_rels/settings.xml.rels", "a/b/_rels/c.RELS", "customXml/_rels/x.rels"):
        assert refuse(make_office(tambah=[(nama, jahat)]), "a.docx") == LUAR


def test_an_address_that_says_it_is_inside_is_refused():
    isi = make_office(relasi=[("attachedTemplate", "https://jahat.contoh/a.dotm")])

    assert refuse(isi, "a.docx") == RUSAK


# --- XML ------------------------------------------------------------------------------------------

TAWA = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'
ENTITAS = f"XML di dalamnya memakai entitas atau DTD. {SARAN}"


@pytest.mark.parametrize(
    "nama",
    [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
    ],
)
@pytest.mark.parametrize("sandi", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_part(nama, sandi):
    isi = f'<?xml version="1.0" encoding="{sandi}"?>{TAWA}'.encode(sandi)

    assert refuse(make_office(ubah={nama: isi}), "a.docx") == ENTITAS


@pytest.mark.parametrize("nama", ["word/lain.xml", "word/lain.dat", "word/gambar.vml", "a.svg"])
def test_an_entity_is_refused_whatever_the_part_is_called(nama):
    assert refuse(make_office(tambah=[(nama, f" \n{TAWA}")]), "a.docx") == ENTITAS


def test_a_drawing_of_old_that_is_no_clean_xml_is_accepted():
    isi = make_office(tambah=[("word/a.vml", "<xml><br></xml>")])

    assert check(isi, "a.docx").jenis == "docx"


# --- kinds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mime", "sebutan"),
    [
        (f"{MIME}wordprocessingml.template.main+xml", "templat Word"),
        (f"{MIME}presentationml.slideshow.main+xml", "tayangan PowerPoint"),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "buku kerja biner"),
    ],
)
def test_relatives_of_what_we_take_are_called_by_their_name(mime, sebutan):
    assert refuse(make_office(mime=mime), "a.docx").startswith(f"isinya {sebutan};")


def test_a_document_of_libreoffice_is_told_what_to_do():
    isi = make_zip(
        [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")]
    )

    assert refuse(isi, "a.docx") == (
        "isinya dokumen LibreOffice. Simpan sebagai .docx, lalu unggah lagi."
    )


@pytest.mark.parametrize(
    "ubah",
    [
        {"_rels/.rels": make_relasi()},
        {"_rels/.rels": make_relasi(("officeDocument", "word/tidak-ada.xml"))},
        {"_rels/.rels": make_relasi(*[("officeDocument", "word/document.xml")] * 2)},
        {"_rels/.rels": "bukan xml"},
        {"[Content_Types].xml": "<Types/>"},
        {"word/document.xml": "\0\0"},
        {"word/document.xml": ""},
    ],
    ids=range(7),
)
def test_a_document_without_its_frame_is_refused(ubah):
    refuse(make_office(ubah=ubah), "a.docx")


# --- the zip --------------------------------------------------------------------------------------


def test_a_member_that_swells_is_refused_by_its_real_bytes():
    isi = make_office(tambah=[("word/media/a.bin", b"\0" * 30_000_000)])

    assert refuse(isi, "a.docx") == MEKAR
    assert check(isi, "a.docx", nisbah=2000).jenis == "docx"
    assert refuse(isi, "a.docx", nisbah=2000, mekar=29_000_000) == MEKAR


def test_a_member_that_hides_its_size_is_refused():
    """The table says ten bytes; the member holds millions."""
    isi = make_office(tambah=[("a.bin", b"\0" * 30_000_000)])
    bohong = isi.replace((30_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert bohong != isi
    assert refuse(bohong, "a.docx") in {MEKAR, RUSAK}


def test_documents_within_count_towards_the_same_bound():
    dalam = make_office(tambah=[("a.bin", b"\0" * 12_000_000)])
    isi = make_office(tambah=[(f"word/embeddings/{i}.docx", dalam) for i in range(3)])

    assert refuse(isi, "a.docx", mekar=30_000_000) == MEKAR
    assert check(isi, "a.docx", nisbah=100_000, mekar=40_000_000).jenis == "docx"


def test_too_many_members_are_refused():
    isi = make_office(tambah=[(f"a/{i}.bin", b"") for i in range(60)])

    assert refuse(isi, "a.docx", anggota=50) == MEKAR
    assert check(isi, "a.docx", anggota=64).jenis == "docx"


@pytest.mark.parametrize(
    "nama",
    [
        "../a",
        "a/../../b",
        "/etc/passwd",
        "a\\b",
        "C:a",
        "a//b",
        "./a",
        "a/\x01b",
        "word/Document.XML",
    ],
)
def test_a_name_that_leaves_its_folder_or_comes_twice_is_refused(nama):
    isi = make_office(tambah=[("zzzz", b"x")])
    isi = isi.replace(b"zzzz", nama.encode()) if len(nama) == 4 else _rename(isi, nama)

    assert refuse(isi, "a.docx") == RUSAK


def _rename(isi, nama):
    """The member `zzzz` under another name, as no zip library would write it."""
    info = zipfile.ZipInfo("a")
    info.filename = nama
    keluaran = io.BytesIO(isi)
    with zipfile.ZipFile(keluaran, "a") as arsip:
        arsip.writestr(info, b"x")
    return keluaran.getvalue()


def test_the_same_name_twice_is_refused():
    keluaran = io.BytesIO(make_office())
    with zipfile.ZipFile(keluaran, "a") as arsip, pytest.warns(UserWarning, match="Duplicate"):
        arsip.writestr("word/document.xml", "<lain/>")

    assert refuse(keluaran.getvalue(), "a.docx") == RUSAK


def test_a_member_with_a_password_is_refused():
    isi = bytearray(make_office())
    for tanda, geser in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        isi[isi.rindex(tanda) + geser] |= 1

    assert (
        refuse(bytes(isi), "a.docx") == "isinya dikunci kata sandi. Simpan ulang tanpa kata sandi."
    )


@pytest.mark.parametrize("geser", [4, 6, 8, 14, 18, 22, 26, 30])
def test_a_header_that_contradicts_the_table_is_refused(geser):
    """Version needed apart, which nobody reads."""
    isi = bytearray(make_office())
    mulai = isi.index(b"PK\3\4", 4)
    isi[mulai + geser] ^= 2

    if geser == 4:
        assert check(bytes(isi), "a.docx").jenis == "docx"
    else:
        assert refuse(bytes(isi), "a.docx") == RUSAK


def test_a_member_that_only_the_headers_know_is_refused():
    """A reader from the beginning would meet it, one from the end would not."""
    rahasia = make_zip([("word/vbaProject.bin", b"x")])
    rahasia = rahasia[: rahasia.index(b"PK\1\2")]
    isi = make_office()
    tabel = isi.index(b"PK\1\2")
    akhir = bytearray(isi[tabel:])
    letak = len(akhir) - 6
    akhir[letak : letak + 4] = (tabel + len(rahasia)).to_bytes(4, "little")

    assert refuse(isi[:tabel] + rahasia + bytes(akhir), "a.docx") == RUSAK


def test_members_that_share_their_bytes_are_refused():
    """Ten members of one stream: a bomb without a large file."""
    isi = make_office(tambah=[("aaaa", b"\0" * 1000), ("bbbb", b"\0" * 1000)])
    satu, dua = isi.index(b"PK\3\4", isi.index(b"aaaa") - 31), isi.rindex(b"bbbb")
    bohong = bytearray(isi)
    # The table's entry of the second points at the first.
    bohong[dua - 4 : dua] = isi[isi.rindex(b"aaaa") - 4 : isi.rindex(b"aaaa")]
    bohong[dua : dua + 4] = b"bbbb"

    assert satu > 0
    assert refuse(bytes(bohong), "a.docx") == RUSAK


@pytest.mark.parametrize("ekor", [b"x", b"\0", b"PK\5\6" + b"\0" * 18])
def test_nothing_may_hang_behind_an_archive(ekor):
    assert refuse(make_office() + ekor, "a.docx") == RUSAK


def test_an_archive_that_says_its_table_twice_is_accepted():
    isi = add_zip64(make_office("xlsx"))
    penuh = isi[:-14] + b"\xff" * 12 + isi[-2:]

    assert check(isi, "a.xlsx").jenis == "xlsx"
    assert check(penuh, "a.xlsx").jenis == "xlsx"


@pytest.mark.parametrize("nama", ["satu", "semua", "panjang", "mulai", "letak"])
def test_an_archive_that_says_two_tables_is_refused(nama):
    assert refuse(add_zip64(make_office("xlsx"), **{nama: 5}), "a.xlsx") == RUSAK


def test_a_comment_of_an_archive_is_refused():
    keluaran = io.BytesIO(make_office())
    with zipfile.ZipFile(keluaran, "a") as arsip:
        arsip.comment = b"<script>alert(1)</script>"

    assert refuse(keluaran.getvalue(), "a.docx") == RUSAK


@pytest.mark.parametrize("metode", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_way_of_packing_is_refused(metode):
    assert refuse(pack(make_bagian(), metode), "a.docx") == RUSAK


def test_a_member_whose_bytes_were_changed_is_refused():
    isi = bytearray(pack(make_bagian(), zipfile.ZIP_STORED))
    isi[isi.index(b"<p>Halo") + 3] ^= 1

    assert refuse(bytes(isi), "a.docx") == RUSAK


def test_a_stream_that_goes_on_behind_its_end_is_refused():
    """What lies between the end of the packed data and the next member is seen by nobody."""
    bagian = make_bagian()
    isi = pack(bagian)
    with zipfile.ZipFile(io.BytesIO(isi)) as arsip:
        akhir = arsip.infolist()[-1]
    tabel = isi.index(b"PK\1\2")
    rahasia = b"rahasia"
    baru = bytearray(isi[:tabel] + rahasia + isi[tabel:])
    kecil = akhir.compress_size.to_bytes(4, "little")
    besar = (akhir.compress_size + len(rahasia)).to_bytes(4, "little")
    letak = akhir.header_offset + 18
    assert baru[letak : letak + 4] == kecil
    baru[letak : letak + 4] = besar
    letak = baru.rindex(b"PK\1\2") + 20
    baru[letak : letak + 4] = besar
    baru[-6:-2] = (tabel + len(rahasia)).to_bytes(4, "little")

    assert refuse(bytes(baru), "a.docx") == RUSAK
