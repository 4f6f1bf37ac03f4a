"""Tables that people hand in: what is read, and what is refused with a sentence."""

import contextlib
import datetime
import io
import re
import struct
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integritas import tabel, unduh
from integritas.tabel import BerkasDitolakError, Kolom, NilaiSalahError, Saran, berkas, nilai
from integritas.tabel.judul import TAHUN, TANGGAL, URAIAN, read_tabel
from tests.integritas.berkas import change_zip, make_csv, make_xlsx

KOLOM = (
    Kolom("kode", ("kode satker",), maks=20, wajib=True),
    Kolom("nama", ("nama satker",), wajib=True),
    Kolom("mulai", ("berlaku mulai",), jenis=TANGGAL),
    Kolom("tahun", jenis=TAHUN),
    Kolom("sumber", jenis=URAIAN, maks=3000),
    Kolom("lama", abaikan="Kolom lama tidak dibaca."),
)
JUDUL = ("kode", "nama")
LEMBAR = "xl/worksheets/sheet1.xml"


def read(nama, isi):
    return read_tabel(nama, isi, KOLOM)


def list_nilai(nama, isi):
    return [baris.nilai for baris in read(nama, isi).baris]


def get_galat(nama, isi):
    with pytest.raises(BerkasDitolakError) as galat:
        read(nama, isi)
    return str(galat.value)


# --- what is read ---------------------------------------------------------------------------------
@pytest.mark.parametrize("pemisah", [",", ";", "\t", "|"])
@pytest.mark.parametrize("sandi", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_whatever_its_separator_and_encoding(pemisah, sandi):
    isi = make_csv(JUDUL, ("a-1", "Lapas Café"), pemisah=pemisah, sandi=sandi)

    assert list_nilai("a.csv", isi) == [{"kode": "a-1", "nama": "Lapas Café"}]


def test_headings_are_known_in_any_order_case_and_spelling_below_a_title():
    isi = make_csv(
        ("DAFTAR SATKER",),
        ("",),
        ("No", "Nama_Satker", "Berlaku  Mulai", " KODE SATKER "),
        ("1", "Lapas A", "31/01/2024", "a-1"),
        ("", "", "", ""),
        ("2", "Lapas B", "-", "b-1"),
    )

    hasil = read("a.csv", isi)

    assert [(baris.nomor, baris.nilai) for baris in hasil.baris] == [
        (4, {"kode": "a-1", "nama": "Lapas A", "mulai": datetime.date(2024, 1, 31)}),
        (6, {"kode": "b-1", "nama": "Lapas B", "mulai": None}),
    ]
    assert hasil.diabaikan == ["No"]
    assert hasil.judul["nama"] == "Nama_Satker"


def test_own_name_of_a_column_goes_before_its_other_names():
    hasil = read("a.csv", make_csv(("Kode Satker", "kode", "nama"), ("x", "a-1", "A")))

    assert hasil.baris[0].nilai["kode"] == "a-1"
    assert hasil.diabaikan == ["Kode Satker"]


def test_column_set_aside_is_named_with_its_notice():
    hasil = read("a.csv", make_csv((*JUDUL, "Lama", "x"), ("a-1", "A", "1", "2")))

    assert hasil.diabaikan == ["x", "Lama"]
    assert hasil.pemberitahuan == ["Kolom lama tidak dibaca."]


def test_first_line_of_excel_names_the_separator_and_keeps_the_row_numbers():
    isi = b"sep=;\r\nkode;nama\r\na-1;Lapas, Rutan\r\n"

    (baris,) = read("a.csv", isi).baris

    assert (baris.nomor, baris.nilai["nama"]) == (3, "Lapas, Rutan")


def test_row_numbers_are_those_a_spreadsheet_shows_also_after_a_cell_of_two_lines():
    isi = b'kode,nama,sumber\r\na-1,A,"satu\r\ndua"\r\n\r\nb-1,B,\r\n'

    satu, dua = read("a.csv", isi).baris

    assert (satu.nomor, satu.nilai["sumber"]) == (2, "satu\ndua")
    assert dua.nomor == 4


def test_workbook_gives_dates_whole_numbers_and_text():
    isi = make_xlsx(
        ("kode", "nama", "mulai", "tahun"),
        ("a-1", 1601.0, datetime.date(2024, 1, 31), 2021.0),
        ("b-1", True, datetime.datetime(2024, 1, 31, 7, 0), "2021"),  # noqa: DTZ001
    )

    assert list_nilai("a.xlsx", isi) == [
        {"kode": "a-1", "nama": "1601", "mulai": datetime.date(2024, 1, 31), "tahun": 2021},
        {"kode": "b-1", "nama": "ya", "mulai": datetime.date(2024, 1, 31), "tahun": 2021},
    ]


def test_first_sheet_with_the_headings_is_taken():
    isi = make_xlsx(("Surat pengantar",), Daftar=(JUDUL, ("a-1", "A")), Lain=(JUDUL, ("b-1", "B")))

    hasil = read("a.xlsx", isi)

    assert hasil.lembar == "Daftar"
    assert [baris.nilai["kode"] for baris in hasil.baris] == ["a-1"]


def test_text_of_a_workbook_that_looks_like_a_formula_is_text():
    penampung = io.BytesIO()
    unduh.write_xlsx(penampung, ["kode", "nama"], [["a-1", "=1+1"]])

    (baris,) = read("a.xlsx", penampung.getvalue()).baris

    assert (baris.nilai["nama"], baris.pesan) == ("=1+1", [])


@given(
    st.lists(
        st.tuples(
            st.text(alphabet="=+-@'; \t\nab\"é,", max_size=20),
            st.text(alphabet="=+-@'; \t\nab\"é,", max_size=20),
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(deadline=None)
def test_what_is_exported_is_read_again_as_it_was(isi):
    baris = [[f"a-{nomor}", "A", f"x{satu}{dua}y"] for nomor, (satu, dua) in enumerate(isi)]
    penampung = io.BytesIO()
    unduh.write_xlsx(penampung, ["kode", "nama", "sumber"], baris)
    csv = "".join(unduh.stream_csv(["kode", "nama", "sumber"], baris)).encode()

    for nama, berkas_isi in (("a.csv", csv), ("a.xlsx", penampung.getvalue())):
        hasil = read(nama, berkas_isi)
        assert [satu.nilai["sumber"] for satu in hasil.baris] == [satu[2] for satu in baris]
        assert not any(satu.pesan for satu in hasil.baris)


@given(st.text(alphabet="=+-@'\t\n a", max_size=8))
def test_exported_csv_never_comes_back_as_a_formula(teks):
    isi = "".join(unduh.stream_csv(["kode", "nama", "sumber"], [["a-1", "A", teks]])).encode()

    (baris,) = read("a.csv", isi).baris

    assert baris.pesan == []


# --- single values --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "teks",
    [
        *("2024-01-31", "2024-1-31", "31/01/2024", "31-01-2024", "31.1.2024", "31 Januari 2024"),
        *("31 jan 2024", "31-Jan-2024", "2024-01-31 00:00:00", " 31  Januari  2024 "),
    ],
)
def test_dates_are_read_as_offices_write_them(teks):
    assert nilai.parse_tanggal(teks) == datetime.date(2024, 1, 31)


@pytest.mark.parametrize(
    ("teks", "pesan"),
    [
        ("31/02/2024", "tidak ada di kalender"),
        ("01/31/2024", "tidak ada di kalender"),
        ("31/01/24", "empat angka"),
        ("kemarin", "bukan tanggal"),
        (45322.0, "bukan tanggal"),
        ("2024", "bukan tanggal"),
        ("31 Foo 2024", "bukan tanggal"),
        ("0001-01-01", "tidak mungkin"),
        (datetime.time(1, 2), "tanggal atau jam"),
    ],
)
def test_wrong_date_is_refused_with_its_reason(teks, pesan):
    with pytest.raises(NilaiSalahError, match=pesan):
        nilai.parse_tanggal(teks)


@pytest.mark.parametrize("kosong", ["", "-", "--", "–", " ", None, "\u200b"])
def test_lone_dash_is_an_empty_cell(kosong):
    assert nilai.clean_teks(kosong, 10) == ""
    assert nilai.parse_tanggal(kosong) is None
    assert nilai.parse_tahun(kosong) is None


@pytest.mark.parametrize("tahun", ["21", "2021a", "9999", "duaribu", "²⁰²¹"])
def test_wrong_year_is_refused(tahun):
    with pytest.raises(NilaiSalahError):
        nilai.parse_tahun(tahun)


def test_nothing_is_suggested_for_what_is_far_or_too_much():
    saran = Saran(["Lapas", "Rutan"], maks=2)

    assert saran.suggest("Lapass") == " Maksudnya Lapas?"
    assert saran.suggest("xyz") == ""
    assert saran.suggest("Ruttan") == ""
    assert saran.suggest("lapass") == " Maksudnya Lapas?"


# --- faults of single cells: the row is refused, the column named ---------------------------------
@pytest.mark.parametrize("sel", ["=1+1", "+62", "@a", "-cmd", "\tx", "\rx", " =1", "＝1"])
def test_formula_in_a_csv_is_refused_by_row_and_column(sel):
    isi = make_csv(("Kode", "Nama Satker"), ("a-1", f'"{sel}"'))

    (baris,) = read("a.csv", isi).baris

    assert [str(satu) for satu in baris.pesan] == [
        'Baris 2, kolom "Nama Satker": berisi rumus. Tempel sebagai nilai.'
    ]


def test_formula_and_error_of_a_workbook_are_refused_by_row_and_column():
    isi = make_xlsx(JUDUL, ("a-1", "=A1"), ("b-1", "B"), ("c-1", "C"))
    isi = change_zip(
        isi,
        {LEMBAR: lambda data: re.sub(rb'(r="B4") t="s"><v>\d+', rb'\1 t="e"><v>#N/A', data)},
    )

    satu, dua, tiga = read("a.xlsx", isi).baris

    assert [str(pesan) for pesan in satu.pesan] == [
        'Baris 2, kolom "nama": berisi rumus. Tempel sebagai nilai.'
    ]
    assert dua.pesan == []
    assert "kesalahan rumus" in str(tiga.pesan[0])


def test_error_that_the_reader_does_not_know_is_named_by_row():
    isi = change_buku(LEMBAR, b't="s"><v>3</v>', b't="e"><v>#SPILL!</v>')

    assert get_galat("a.xlsx", isi).startswith("Baris 2: ada sel yang berisi kesalahan rumus")


def test_formula_in_a_column_that_is_not_read_is_no_fault():
    (baris,) = read("a.xlsx", make_xlsx((*JUDUL, "jumlah"), ("a-1", "A", "=1+1"))).baris

    assert baris.pesan == []


@pytest.mark.parametrize("huruf", ["\x00", "\x07", "\x1b", "\x85", "\u202e", "\u2066"])
def test_hidden_characters_are_refused(huruf):
    isi = make_csv(JUDUL, ("a-1", f"La{huruf}pas"), sandi="utf-16")

    (baris,) = read("a.csv", isi).baris

    assert "tidak terlihat" in str(baris.pesan[0])


def test_blank_of_another_width_and_unseen_joint_are_mended():
    (baris,) = read("a.csv", make_csv(JUDUL, ("a-1", "La\u200bpas\u00a0A  B"))).baris

    assert baris.nilai["nama"] == "Lapas A B"


def test_text_longer_than_its_column_is_refused():
    (baris,) = read("a.csv", make_csv(JUDUL, ("a-1" * 20, "A"))).baris

    assert str(baris.pesan[0]) == 'Baris 2, kolom "kode": 60 huruf; paling banyak 20.'


def test_row_with_more_cells_than_headings_is_refused():
    (baris,) = read("a.csv", make_csv(JUDUL, ("a-1", "Lapas A", " Palembang"))).baris

    assert "ada 3 sel, sedangkan judulnya 2" in str(baris.pesan[0])


# --- faults of the whole file ---------------------------------------------------------------------
OLE = berkas.OLE2 + b"\0" * 600
BUKU = make_xlsx(JUDUL, ("a-1", "A"))


@pytest.mark.parametrize(
    ("nama", "isi", "pesan"),
    [
        ("a.xlsx", OLE, "Excel lama"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        ("a.xlsx", b"%PDF-1.7 ...", "dokumen PDF"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n...", "gambar PNG"),
        ("a.xlsx", b"<html><table>", "HTML"),
        ("a.xlsx", b"kode,nama", "teks biasa"),
        ("a.csv", BUKU, "buku kerja atau arsip zip"),
        ("a.csv", OLE, "Excel lama"),
        ("a.csv", b"kode,nama\r\n\x00\x01\x02", "data biner"),
        ("a.csv", b"%PDF-1.7 kode,nama", "dokumen PDF"),
        ("a.csv", b"\xff\xd8\xff\xe0", "gambar JPEG"),
        ("a.csv", b"<?xml version='1.0'?><a/>", "HTML atau XML"),
        ("a.xls", OLE, r"\.xls tidak diterima"),
        ("a.xlsm", BUKU, "makro"),
        ("a.ods", BUKU, r"\.ods tidak diterima"),
        ("a.pdf", b"kode,nama", r"\.pdf tidak diterima"),
        ("a", b"kode,nama", "tanpa akhiran nama"),
        ("a.csv", b"", "kosong"),
        ("a.csv", b"\xef\xbb\xbf \r\n", "kosong"),
        ("a.csv", b"kode,nama\r\n", "Tidak ada baris"),
        ("a.csv", b"satu,dua\r\n1,2\r\n", "Judul kolom tidak ditemukan"),
        ("a.csv", b"kode,Kode,nama\r\n1,2,3\r\n", "ada dua kali"),
        ("a.csv", b'kode,nama\r\n"a-1,A\r\nb-1,B\r\n', "tanda kutip"),
        ("a.csv", b"kode,nama\r\na-1," + b"x" * 200_000, "terlalu panjang"),
        ("a.csv", b"kode,nama\r\na\x81b,A\r\n", "Huruf berkas"),
        ("a.csv", b"\xff\xfek\x00o\x00d", "Huruf berkas"),
        ("a.csv", b"x" * (5 * 1024 * 1024 + 1), "paling besar 5 MB"),
        ("a.xlsx", b"PK\x03\x04 bukan zip", "rusak"),
        ("a.xlsx", BUKU[:-40], "rusak"),
        ("a.csv", make_csv(JUDUL, *[("a-1", "A")] * 10_001), r"lebih dari 10\.000 baris"),
        ("a.csv", b"\r\n" * 12_000 + b"kode,nama\r\na-1,A", r"lebih dari 10\.000 baris"),
    ],
)
def test_file_that_is_not_what_it_should_be_is_refused_with_a_sentence(nama, isi, pesan):
    with pytest.raises(BerkasDitolakError, match=pesan):
        read(nama, isi)


def test_missing_required_column_is_named_with_what_may_be_meant():
    assert get_galat("a.csv", make_csv(("x",), ("kode", "namma"), ("a-1", "A"))) == (
        'Kolom "nama" tidak ada pada baris judul (baris 2). Judul "namma" mungkin maksudnya itu.'
    )


def change_buku(nama, lama, baru):
    def change(data):
        assert lama in data, data
        return data.replace(lama, baru)

    return change_zip(BUKU, {nama: change})


ENTITAS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        (change_zip(BUKU, tambah=[("xl/vbaProject.bin", b"x")]), "makro"),
        (
            change_buku("[Content_Types].xml", b"spreadsheetml.sheet.main", b"x.macroEnabled"),
            "makro",
        ),
        (change_zip(BUKU, tambah=[("xl/workbook.bin", b"x")]), "xlsb"),
        (change_zip(BUKU, tambah=[("xl/media/a.zip", BUKU)]), "arsip atau dokumen lain"),
        (change_zip(BUKU, tambah=[(f"a{n}", b"") for n in range(301)]), "jauh lebih besar"),
        (change_zip(BUKU, tambah=[("a.xml", b" " * (41 << 20))]), "jauh lebih besar"),
        (change_zip(BUKU, {"xl/workbook.xml": lambda data: None}), "bukan buku kerja"),
        (change_buku(LEMBAR, b"<?xml", ENTITAS + b"<?xml"), "rusak atau tidak wajar"),
        (
            change_buku(
                LEMBAR, b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', ENTITAS
            ),
            "rusak atau tidak wajar",
        ),
        (
            change_buku(
                "xl/sharedStrings.xml",
                b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
                b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
            ),
            "rusak atau tidak wajar",
        ),
        (change_buku(LEMBAR, b'r="A1"', b'r="A1048576"'), "lebih dari 10"),
        (change_buku(LEMBAR, b'r="A1"', b'r="xfd1"'), "lebih dari 100 kolom"),
        (change_buku(LEMBAR, b'r="A1"', b'r="$A$1"'), "tidak wajar"),
        (change_buku(LEMBAR, b't="s"><v>0</v>', b"><v>-1e300</v>"), "tidak wajar"),
        (change_buku(LEMBAR, b't="s"><v>0</v>', b"><v>nan</v>"), "tidak wajar"),
        (change_buku("xl/workbook.xml", b"<sheet ", b'<sheet state="hidden" '), "yang terlihat"),
        (change_buku("xl/_rels/workbook.xml.rels", b"worksheets/", b"../../"), "yang terlihat"),
        (change_zip(BUKU, metode=zipfile.ZIP_BZIP2), "rusak"),
    ],
)
def test_hostile_workbook_is_refused_with_a_sentence(isi, pesan):
    with pytest.raises(BerkasDitolakError, match=pesan):
        read("a.xlsx", isi)


def test_locked_member_is_refused_as_locked():
    isi = bytearray(BUKU)
    awal = isi.rindex(b"PK\x01\x02")
    isi[awal + 8 : awal + 10] = struct.pack("<H", 1)

    assert "kata sandi" in get_galat("a.xlsx", bytes(isi))


@pytest.mark.parametrize("nyata", [45, 300])
def test_zip_bomb_is_refused_without_unpacking_it(nyata):
    bom = change_zip(BUKU, tambah=[("xl/media/a.xml", b"\0" * (nyata << 20))])
    assert len(bom) < 1 << 20

    tracemalloc.start()
    galat = get_galat("a.xlsx", bom)
    _, puncak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "jauh lebih besar" in galat
    assert puncak < 8 << 20


def test_zip_bomb_that_lies_about_its_size_is_refused_too():
    bom = bytearray(change_zip(BUKU, tambah=[("a.xml", b"\0" * (60 << 20))]))
    for tanda, letak in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        awal = bom.rindex(tanda)
        bom[awal + letak : awal + letak + 4] = struct.pack("<I", 10)

    with pytest.raises(BerkasDitolakError, match=r"rusak|jauh lebih besar"):
        read("a.xlsx", bytes(bom))


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
@settings(deadline=None)
def test_any_bytes_end_in_rows_or_in_a_sentence(isi, nama):
    for awalan in (b"", b"kode,nama\n", b"PK\x03\x04"):
        with contextlib.suppress(BerkasDitolakError):
            read(nama, awalan + isi)


@given(st.integers(0, len(BUKU) - 1), st.binary(min_size=1, max_size=4))
@settings(deadline=None, max_examples=200)
def test_workbook_with_changed_bytes_ends_in_rows_or_in_a_sentence(letak, isi):
    with contextlib.suppress(BerkasDitolakError):
        read("a.xlsx", BUKU[:letak] + isi + BUKU[letak + len(isi) :])


def test_package_offers_what_imports_need():
    assert set(tabel.__all__) <= set(dir(tabel))
