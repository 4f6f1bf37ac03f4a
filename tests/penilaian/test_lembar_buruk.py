"""Workbooks that are refused: the message names sheet and cell."""

import io
import time
import zipfile

import pytest

from integritas.tabel import BerkasDitolakError
from penilaian.instrumen import load_bawaan
from penilaian.lembar import LembarError, read_lembar
from tests.integritas.berkas import change_zip, make_csv, make_xlsx
from tests.penilaian.lke_xlsx import LembarL, Sel, make_buku, make_l, make_n

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


def refuse(isi, nama="lke.xlsx"):
    with pytest.raises(BerkasDitolakError) as galat:
        read_lembar(isi, nama, load_bawaan())
    return str(galat.value)


# --- the file -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("isi", "nama", "pesan"),
    [
        (b"", "lke.xlsx", "kosong"),
        (b"bukan buku kerja", "lke.xlsx", "isinya teks biasa"),
        (b"%PDF-1.7 ...", "lke.xlsx", "dokumen PDF"),
        (make_csv(["A", "B"]), "lke.csv", "bukan buku kerja"),
        (OLE2, "lke.xls", "tidak diterima"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "lke.xlsx", "dikunci kata sandi"),
        (make_n()[:3000], "lke.xlsx", "rusak"),
        (make_n(), "lke.xlsm", "bermakro"),
    ],
)
def test_what_is_no_harmless_workbook_is_refused(isi, nama, pesan):
    assert pesan in refuse(isi, nama)


def test_a_zip_bomb_is_refused_at_once():
    bom = io.BytesIO()
    with zipfile.ZipFile(bom, "w", zipfile.ZIP_DEFLATED) as arsip:
        arsip.writestr("[Content_Types].xml", "<Types/>")
        arsip.writestr("xl/workbook.xml", "<workbook/>")
        arsip.writestr("xl/worksheets/sheet1.xml", b"\0" * 400_000_000)
    mulai = time.perf_counter()

    pesan = refuse(bom.getvalue())

    assert "jauh lebih besar" in pesan
    assert time.perf_counter() - mulai < 2


@pytest.mark.parametrize("bagian", ["xl/worksheets/sheet4.xml", "xl/sharedStrings.xml"])
def test_entities_and_broken_parts_are_refused(bagian):
    doctype = b'<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;">]>'

    def put(data):
        kepala, _, sisa = data.partition(b"?>")
        return kepala + b"?>" + doctype + sisa

    assert "tidak wajar" in refuse(change_zip(make_n({"A.I.1.i.b": "A"}), {bagian: put}))
    assert "rusak" in refuse(
        change_zip(make_n({"A.I.1.i.b": "A"}), {bagian: lambda d: d[: len(d) // 2]})
    )


def test_a_workbook_without_either_layout_is_refused_with_the_names_of_its_sheets():
    pesan = refuse(make_xlsx(["Nama", "Nilai"], lembar="Rekap"))

    assert '"Jawaban"' in pesan
    assert '"LKE ZI"' in pesan
    assert '"Rekap"' in pesan


def test_fewer_than_half_of_the_questions_is_refused():
    hapus = [f"A{n}" for n in range(60, 205)]

    assert 'Lembar "Jawaban": hanya' in refuse(make_n(hapus=hapus))
    assert "kurang dari separuh" in refuse(make_buku({"LKE ZI": {"B3": "A.", "C3": "PENGUNGKIT"}}))


# --- cells ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("nomor", [999, 205, 1, 0, 6.5, "abc"])
def test_an_unknown_id_is_refused(nomor):
    pesan = refuse(make_n({"A.I.1.i.b": "A"}, ubah={"A7": nomor}))

    assert pesan.startswith('Lembar "Jawaban", sel A7: ID ')
    assert "tidak dikenal" in pesan


def test_an_unknown_id_below_the_form_is_refused_when_it_has_an_answer():
    assert "sel A205" in refuse(make_n(ubah={"A205": 999, "K205": "A"}))
    assert read_lembar(make_n(ubah={"A205": 205}), "lke.xlsx", load_bawaan()).jawaban == {}


@pytest.mark.parametrize("sel", ["A8", "A205"])
def test_a_doubled_id_is_refused(sel):
    pesan = refuse(make_n(ubah={sel: 7, f"K{sel[1:]}": "A"}))

    assert pesan == f'Lembar "Jawaban", sel {sel}: ID 7 sudah dipakai pada sel A7.'


def test_a_question_that_stands_twice_in_the_appendix_is_refused():
    lembar = LembarL({"A.I.1.i.a": "Ya", "A.I.1.i.b": "B"})
    satu, dua = (lembar.pertanyaan[f"A.I.1.i.{huruf}"] for huruf in "ab")
    lembar.sel[f"F{dua}"] = "a."

    assert refuse(lembar.make()) == (
        f'Lembar "LKE ZI", sel F{dua}: pertanyaan A.I.1.i.a sudah ada pada sel F{satu}.'
    )


@pytest.mark.parametrize(
    ("sel", "isi", "pesan"),
    [
        ("K7", "E", 'jawaban "E" tidak ada pada pilihannya (A, B, C)'),
        ("K7", "e. belum", "tidak ada pada pilihannya (A, B, C)"),
        ("K7", "Ya", "tidak ada pada pilihannya (A, B, C)"),
        ("K7", "A/B/C", "tidak ada pada pilihannya (A, B, C)"),
        ("K7", 1, 'jawaban "1" tidak ada'),
        ("K6", "A", "tidak ada pada pilihannya (Ya, Tidak)"),
        ("K6", "mungkin", 'jawaban "mungkin" tidak ada'),
        ("K6", True, "tidak ada pada pilihannya"),
        ("K7", ("=#REF!", "#REF!"), "kesalahan rumus #REF!"),
        ("K126", -1, "paling kecil 0, bukan -1"),
        ("K126", 2.5, "harus bilangan bulat, bukan 2,5"),
        ("K126", "2,5", "harus bilangan bulat, bukan 2,5"),
        ("K126", "banyak", 'berisi "banyak", bukan angka'),
        ("K126", "1,000", "bukan angka"),
        ("K126", "1e3", "bukan angka"),
        ("K126", "9999999999", "paling besar"),
        ("K199", 4.01, "paling besar 4, bukan 4,01"),
        ("K199", -0.5, "paling kecil 0, bukan -0,5"),
        ("K199", "4,5", "paling besar 4, bukan 4,5"),
        ("K202", "baik", 'berisi "baik", bukan angka'),
    ],
)
def test_an_answer_that_cannot_be_is_refused_naming_its_cell(sel, isi, pesan):
    teks = refuse(make_n(ubah={sel: isi}))

    assert teks.startswith(f'Lembar "Jawaban", sel {sel}: ')
    assert pesan in teks


@pytest.mark.parametrize(("sejak_1904", "tahun"), [(False, 2026), (True, 2030)])
def test_a_date_is_no_count(sejak_1904, tahun):
    def write(buku, lembar):
        Sel({f"A{nomor}": nomor for nomor in range(2, 205)}).write(lembar)
        lembar.write("K126", 46034.5, buku.add_format({"num_format": "dd/mm/yyyy"}))

    isi = make_buku({"Jawaban": write})
    if sejak_1904:
        isi = change_zip(
            isi,
            {"xl/workbook.xml": lambda d: d.replace(b"<workbookPr", b'<workbookPr date1904="1"')},
        )

    assert refuse(isi).startswith(
        f'Lembar "Jawaban", sel K126: berisi tanggal {12 + sejak_1904}-01-{tahun}, bukan angka.'
    )


def test_texts_that_are_not_there_are_a_damage_and_no_blanks():
    isi = make_n({"A.I.1.i.b": "A"})

    assert "rusak" in refuse(change_zip(isi, {"xl/sharedStrings.xml": lambda _: b"<sst/>"}))


def test_the_appendix_names_its_own_sheet_and_cell():
    lembar = LembarL()
    r = lembar.pertanyaan["A.I.1.i.b"]
    lembar.sel[f"K{r}"] = "E"

    assert refuse(lembar.make()).startswith(f'Lembar "LKE ZI", sel K{r}: jawaban "E"')


def test_all_faults_are_told_at_once_but_no_more_than_twenty():
    with pytest.raises(LembarError) as galat:
        read_lembar(make_n(ubah={f"K{n}": "X" for n in range(9, 60)}), "a.xlsx", load_bawaan())

    assert len(galat.value.daftar_galat) == 21
    assert galat.value.daftar_galat[-1].startswith("Masih ada")


def test_a_file_in_a_far_corner_formula_chain_does_not_hang():
    ubah = {f"K{n}": (f"=SUM(K{n + 1}:K{n + 60})", 1) for n in range(126, 200)}
    mulai = time.perf_counter()

    with pytest.raises(BerkasDitolakError):
        read_lembar(make_n(ubah=ubah), "a.xlsx", load_bawaan())

    assert time.perf_counter() - mulai < 1


def test_the_good_ones_are_good():
    assert read_lembar(make_l(), "a.xlsx", load_bawaan()).jumlah_baris == 113
    assert read_lembar(make_n(), "a.xlsx", load_bawaan()).jumlah_baris == 113
