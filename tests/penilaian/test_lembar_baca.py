"""Reading LKE workbooks: both layouts whole, then one test per quirk."""

import io
import re
import tracemalloc

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from penilaian.instrumen import load_bawaan
from penilaian.lembar import read_lembar
from tests.factories.lke import build_jawaban
from tests.integritas.berkas import change_zip
from tests.penilaian.lke_xlsx import (
    JUDUL_2026,
    JUDUL_N,
    LembarL,
    make_buku,
    make_l,
    make_n,
    shift_baris,
)


def read(isi, nama="lke.xlsx"):
    return read_lembar(isi, nama, load_bawaan())


def read_json(isi):
    return read(isi).to_json(load_bawaan())


def build(tanpa=()):
    """Varied answers: not all the best ones."""
    return build_jawaban(tanpa=tanpa) | {
        "A.I.1.i.b": "B",
        "A.I.6.v.a": "A",
        "A.I.6.v.b": "Tidak",
        "A.I.6.v.c": "B",
        "A.II.1.i.a": {"jumlah_agen": 10, "jumlah_perubahan": 8},
        "A.II.1.i.b": {"jumlah_perubahan": 8, "jumlah_terintegrasi": 6},
        "A.II.5.iii.a": {
            "lhkpn_kepala": 1,
            "lhkpn_pejabat": 3,
            "lhkpn_lainnya": 4,
            "lhkpn_sudah": 8,
        },
        "A.II.5.iii.b": {
            "lhkasn_administrator": 2,
            "lhkasn_pengawas": 5,
            "lhkasn_fungsional": 6,
            "lhkasn_sudah": 13,
        },
        "B.I.a": {"indeks": "3.71"},
    }


@pytest.mark.parametrize(("make", "tata_letak"), [(make_n, "N"), (make_l, "L")])
def test_a_full_workbook_reads_as_it_was_filled(make, tata_letak):
    hasil = read_json(make(build()))

    assert hasil["tata_letak"] == tata_letak
    assert hasil["jawaban"] == build()
    assert hasil["peringatan"] == []
    assert hasil["selisih"] == []


@pytest.mark.parametrize("make", [make_n, make_l])
def test_an_empty_workbook_reads_as_no_answers(make):
    hasil = read_json(make())

    assert (hasil["jawaban"], hasil["catatan"], hasil["tautan"]) == ({}, {}, {})
    assert hasil["selisih"] == []


# --- numbering and places -------------------------------------------------------------------------
def test_numbering_with_blanks_missing_dots_dashes_or_nothing_is_followed():
    def ubah(lembar):
        daftar = lembar.pertanyaan
        lembar.sel[f"F{daftar['A.I.1.i.a']}"] = " a "
        lembar.sel[f"F{daftar['A.I.1.i.b']}"] = "B. "
        lembar.sel[f"F{daftar['A.I.1.ii.a']}"] = "-"
        lembar.sel[f"F{daftar['A.I.1.ii.b']}"] = None
        lembar.sel[f"F{daftar['A.I.1.ii.c']}"] = "c. "
        lembar.sel[f"E{lembar.simpul['A.I.1.iii']}"] = "iii"
        lembar.sel[f"D{lembar.simpul['A.I.2']}"] = 2
        lembar.sel[f"C{lembar.simpul['A.II']}"] = "II"

    hasil = read_json(make_l(build(), ubah=ubah))

    assert hasil["jawaban"] == build()


def test_rows_shifted_by_inserted_ones_and_a_broken_running_number_are_found():
    def ubah(lembar):
        lama = dict(lembar.sel)
        lembar.sel.clear()
        for nama, isi in lama.items():
            nomor = int(nama.lstrip("ABCDEFGHIJKLMNOPQ"))
            lembar.sel[shift_baris(nama, 7 if nomor > 40 else 0)] = isi
        lembar.sel |= {f"A{nomor}": 5 for nomor in range(3, 200, 2)}

    assert read_json(make_l(build(), ubah=ubah))["jawaban"] == build()


def test_the_appendix_order_a_c_b_is_matched_by_its_letter():
    def ubah(lembar):
        baris = lembar.pertanyaan
        assert baris["A.I.6.v.a"] < baris["A.I.6.v.b"] < baris["A.I.6.v.c"]
        assert lembar.sel[f"F{baris['A.I.6.v.b']}"] == "c."

    hasil = read_json(make_l({"A.I.6.v.b": "Ya", "A.I.6.v.c": "B"}, ubah=ubah))

    assert hasil["jawaban"] == {"A.I.6.v.b": "Ya", "A.I.6.v.c": "B"}


def test_a_sheet_that_put_the_letters_right_is_matched_by_its_types():
    def ubah(lembar):
        lembar.sel[f"F{lembar.pertanyaan['A.I.6.v.b']}"] = "b."
        lembar.sel[f"F{lembar.pertanyaan['A.I.6.v.c']}"] = "c."

    hasil = read_json(make_l({"A.I.6.v.b": "Ya", "A.I.6.v.c": "B"}, ubah=ubah))

    assert hasil["jawaban"] == {"A.I.6.v.b": "Ya", "A.I.6.v.c": "B"}


@pytest.mark.parametrize("kepala", [True, False], ids=["heading above", "on the row itself"])
@pytest.mark.parametrize("nomor", [("i.", None), ("a.", "b.")], ids=["appendix", "national"])
def test_wealth_reports_are_found_under_either_numbering(nomor, kepala):
    def ubah(lembar):
        for kode, satu, nama in zip(
            ("A.II.5.iii.a", "A.II.5.iii.b"), nomor, ("LHKPN", "LHKASN"), strict=True
        ):
            r = lembar.pertanyaan[kode]
            lembar.sel[f"E{r}"] = satu
            lembar.sel[f"F{r}"] = f"Penyampaian laporan {nama}"
            if kepala:
                # The name stands in a row of its own; the percentage follows below it.
                lembar.sel = insert_baris(lembar.sel, r)
                lembar.sel[f"J{r}"] = lembar.sel[f"K{r}"] = lembar.sel[f"G{r}"] = None
                lembar.sel[f"L{r}"] = None
                lembar.sel[f"E{r + 1}"] = lembar.sel[f"F{r + 1}"] = None
                lembar.pertanyaan["A.II.5.iii.b"] += 1

    hasil = read_json(make_l(build(), ubah=ubah))

    assert hasil["jawaban"] == build()


def insert_baris(sel, nomor):
    """The sheet with a copy of that row put below it."""
    baru = type(sel)()
    for nama, isi in sel.items():
        r = int(nama.lstrip("ABCDEFGHIJKLMNOPQ"))
        if r <= nomor:
            baru[nama] = isi
        if r >= nomor:
            baru[shift_baris(nama, 1)] = isi
    return baru


@pytest.mark.parametrize("kolom", ["E", "F"])
def test_wealth_reports_are_found_when_both_are_numbered(kolom):
    def ubah(lembar):
        for kode, nomor in (("A.II.5.iii.a", "i."), ("A.II.5.iii.b", "ii.")):
            r = lembar.pertanyaan[kode]
            lembar.sel[f"E{r}"] = lembar.sel[f"F{r}"] = None
            lembar.sel[f"{kolom}{r}"] = nomor

    assert read_json(make_l(build(), ubah=ubah))["jawaban"] == build()


def test_rows_without_an_answer_type_are_found_by_their_number_their_dash_or_their_answer():
    def ubah(lembar):
        for nama in [nama for nama in lembar.sel if nama.startswith("J") and nama != "J2"]:
            lembar.sel[nama] = None
        for kode in ("A.I.1.i.b", "A.II.1.ii.a"):
            lembar.sel[f"F{lembar.pertanyaan[kode]}"] = None
        for (_, _), r in lembar.rincian.items():
            lembar.sel[f"G{r}"] = lembar.sel[f"G{r}"].removeprefix("- ")

    hasil = read_json(make_l(build(), ubah=ubah))

    assert hasil["jawaban"] == build()
    assert hasil["peringatan"] == []


@pytest.mark.parametrize("nomor", ["ii.", None], ids=["the same again", "none"])
def test_a_sub_unsur_that_is_misnumbered_is_told_by_its_questions_beginning_anew(nomor):
    def ubah(lembar):
        lembar.sel[f"E{lembar.simpul['A.I.1.iii']}"] = nomor

    hasil = read_json(make_l(build(), ubah=ubah))

    assert hasil["jawaban"] == build()
    assert hasil["selisih"] == []


def test_the_second_wealth_report_is_not_taken_for_the_first_that_was_left_blank():
    isi = {k: v for k, v in build().items() if k != "A.II.5.iii.a"}

    def ubah(lembar):
        for nama in [nama for nama in lembar.sel if nama.startswith("J") and nama != "J2"]:
            lembar.sel[nama] = None

    hasil = read_json(make_l(isi, ubah=ubah))

    assert hasil["jawaban"] == isi
    assert hasil["peringatan"] == []


def test_a_number_that_points_nowhere_is_told():
    def ubah(lembar):
        lembar.sel[f"F{lembar.pertanyaan['A.I.1.i.b']}"] = "e."
        lembar.sel[f"K{lembar.baris + 3}"] = "A"
        lembar.sel[f"F{lembar.baris + 3}"] = "h."

    lembar = LembarL()
    hasil = read_json(make_l(build(), ubah=ubah))

    assert hasil["jawaban"] == build()
    assert hasil["peringatan"] == [
        {
            "sel": f"F{lembar.pertanyaan['A.I.1.i.b']}",
            "pesan": 'penomoran "e" tidak dikenal di sini; baris dibaca sebagai A.I.1.i.b.',
        },
        {
            "sel": f"F{lembar.baris + 3}",
            "pesan": 'penomoran "h" tidak dikenal di sini; baris dilewati walau ada jawabannya.',
        },
    ]


def test_questions_that_are_not_there_are_named():
    def ubah(lembar):
        for nama in [nama for nama in lembar.sel if nama[1:].isdigit()]:
            if int(nama[1:]) >= lembar.pertanyaan["B.II.a"]:
                del lembar.sel[nama]

    hasil = read_json(make_l(build(), ubah=ubah))

    assert hasil["jawaban"] == build(tanpa=("B.II.a",))
    assert hasil["peringatan"] == [
        {"sel": "K2", "pesan": "1 pertanyaan tidak ditemukan pada lembar ini: B.II.a."}
    ]


def test_an_answer_beside_a_blank_id_is_told():
    hasil = read_json(make_n(build(), ubah={"A7": None}))

    assert hasil["jawaban"] == {k: v for k, v in build().items() if k != "A.I.1.i.b"}
    assert [satu["sel"] for satu in hasil["peringatan"]] == ["A7", "K1"]


@pytest.mark.parametrize("kolom", ["C", "D", "E", "F"])
def test_results_are_found_wherever_their_letters_stand(kolom):
    def ubah(lembar):
        for kode in ("B.I.a", "B.I.b", "B.II.a"):
            r = lembar.pertanyaan[kode]
            lembar.sel[f"{kolom}{r}"] = lembar.sel.pop(f"D{r}")

    assert read_json(make_l(build(), ubah=ubah))["jawaban"] == build()


def test_results_whose_parts_lost_their_numbers_are_found_by_their_types():
    def ubah(lembar):
        for kode in ("B.I", "B.II"):
            lembar.sel[f"C{lembar.simpul[kode]}"] = None
        for kode in ("B.I.a", "B.I.b", "B.II.a"):
            lembar.sel[f"D{lembar.pertanyaan[kode]}"] = None

    assert read_json(make_l(build(), ubah=ubah))["jawaban"] == build()


def test_aspects_without_a_number_are_told_by_their_areas_beginning_anew():
    def ubah(lembar):
        lembar.sel[f"C{lembar.simpul['A.II']}"] = None

    assert read_json(make_l(build(), ubah=ubah))["jawaban"] == build()


def test_a_heading_repeated_on_the_way_and_a_recapitulation_below_are_no_questions():
    def ubah(lembar):
        r = lembar.simpul["A.I.4"] - 1
        lembar.sel |= {f"B{r}": "PENILAIAN", f"J{r}": "Pilihan Jawaban", f"K{r}": "Jawaban"}
        bawah = lembar.baris + 3
        lembar.sel |= {f"B{bawah}": "A.", f"C{bawah}": "PENGUNGKIT", f"L{bawah}": 1}
        lembar.sel |= {f"D{bawah + 1}": "1.", f"E{bawah + 1}": "MANAJEMEN PERUBAHAN"}

    hasil = read_json(make_l(build(), ubah=ubah))

    assert hasil["jawaban"] == build()
    assert hasil["selisih"] == []


# --- types, percentages, sums ---------------------------------------------------------------------
@pytest.mark.parametrize("make", [make_n, make_l])
def test_a_mistyped_answer_type_gives_way_to_the_instrument_with_a_warning(make):
    if make is make_n:
        isi, sel = make_n(build(), ubah={"J6": "Ya"}), "J6"
    else:
        lembar = LembarL(build())
        sel = f"J{lembar.pertanyaan['A.I.1.i.a']}"
        lembar.sel[sel] = "Ya"
        isi = lembar.make()

    hasil = read_json(isi)

    assert hasil["jawaban"]["A.I.1.i.a"] == "Ya"
    assert [p["sel"] for p in hasil["peringatan"]] == [sel]
    assert "seharusnya Ya/Tidak" in hasil["peringatan"][0]["pesan"]


def test_a_kept_percentage_is_never_trusted_and_a_wrong_one_is_told():
    hasil = read_json(make_n(build(), ubah={"K125": ("=K127/K126", 0.5)}))

    assert hasil["jawaban"]["A.II.1.i.a"] == {"jumlah_agen": 10, "jumlah_perubahan": 8}
    [peringatan] = hasil["peringatan"]
    assert peringatan["sel"] == "K125"
    assert "50,00%" in peringatan["pesan"]
    assert "80,00%" in peringatan["pesan"]


def test_a_percentage_without_its_counts_is_no_answer():
    hasil = read_json(make_n({}, ubah={"K125": 0.9}))

    assert hasil["jawaban"] == {}
    assert hasil["peringatan"][0]["sel"] == "K125"


def test_counts_filled_in_part_are_kept_as_they_are():
    hasil = read_json(make_n({"A.II.1.i.a": {"jumlah_agen": 4}}))

    assert hasil["jawaban"] == {"A.II.1.i.a": {"jumlah_agen": 4}}


@pytest.mark.parametrize("make", [make_n, make_l])
def test_a_sum_typed_over_gives_way_to_its_parts_with_a_warning(make):
    if make is make_n:
        isi, sel = make_n(build(), ubah={"K182": 12}), "K182"
    else:
        lembar = LembarL(build())
        sel = f"K{lembar.rincian['A.II.5.iii.b', 'lhkasn_wajib']}"
        lembar.sel[sel] = 12
        isi = lembar.make()

    hasil = read_json(isi)

    assert hasil["jawaban"]["A.II.5.iii.b"] == build()["A.II.5.iii.b"]
    assert [p["sel"] for p in hasil["peringatan"]] == [sel]
    assert "tertulis 12, padahal jumlah rinciannya 13" in hasil["peringatan"][0]["pesan"]


def test_a_shifted_score_formula_is_recomputed_and_the_rows_that_differ_are_listed():
    lembar = LembarL(build())
    r = lembar.simpul["A.II.5.iii"]
    benar = lembar.sel[f"L{r}"][1]
    lembar.sel[f"L{r}"] = ("=AVERAGE(L9:L9)*H9", benar - 0.75)
    lembar.sel[f"L{lembar.simpul['A.II.5']}"] = ("=SUM(L9)", float(lembar.skor["A.II.5"]) - 0.75)
    total = f"L{max(int(n[1:]) for n in lembar.sel if n.startswith('L'))}"
    lembar.sel[total] = ("=L3+L9", float(lembar.skor["total"]) - 0.75)

    hasil = read_json(lembar.make())

    assert [s["kode"] for s in hasil["selisih"]] == ["A.II.5", "A.II.5.iii", "total"]
    [total] = [s for s in hasil["selisih"] if s["kode"] == "total"]
    assert round(total["hitung"] - total["lembar"], 6) == 0.75
    assert hasil["skor_lembar"]["total"] == total["lembar"]
    assert hasil["skor_lembar"]["A.1"] is None


def test_rows_whose_own_score_ignores_the_answer_are_pointed_at():
    lembar = LembarL(build())
    r = lembar.pertanyaan["A.I.1.i.a"]
    lembar.sel[f"J{r}"] = "Ya"
    lembar.sel[f"L{r}"] = ('=IF(J5="Ya/Tidak",1,"Blm Diisi")', "Blm Diisi")
    s = lembar.simpul["A.I.1.i"]
    lembar.sel[f"L{s}"] = ("=AVERAGE(L6:L7)*H5", 0.25)

    hasil = read_json(lembar.make())

    assert [s["kode"] for s in hasil["selisih"]] == ["A.I.1.i"]
    assert [p["sel"] for p in hasil["peringatan"]] == [f"J{r}", f"L{r}"]


def test_scores_leave_blanks_out_of_the_average_as_the_sheet_does():
    isi = {"A.I.1.i.a": "Ya", "A.I.1.ii.b": "B"}
    hasil = read_json(make_l(isi))

    assert hasil["selisih"] == []
    assert hasil["skor_lembar"]["A.I.1.i"] == 0.5


# --- spellings ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tertulis", "dibaca"),
    [
        ("b", "B"),
        (" B ", "B"),
        ("b.", "B"),
        ("B\n", "B"),
        ("Ｂ", "B"),
        ("\u00a0b", "B"),
        ("B. Sebagian pegawai terlibat", "B"),
        ("b) sebagian", "B"),
        ("Sebagian  PEGAWAI terlibat", "B"),
        ("B Sebagian pegawai terlibat", "B"),
        ("c Belum ada yang terlibat", "C"),
        ("Prosedur baru dipakai sebagian; sebagian besar unsur terwakili.", "B"),
    ],
)
def test_an_option_in_any_spelling_is_read(tertulis, dibaca):
    assert read_json(make_n(ubah={"K7": tertulis}))["jawaban"] == {"A.I.1.i.b": dibaca}


@pytest.mark.parametrize(
    ("tertulis", "dibaca"),
    [
        ("YA", "Ya"),
        ("ya.", "Ya"),
        (" Ya ", "Ya"),
        ("TIDAK", "Tidak"),
        ("Ya, tim sudah dibentuk", "Ya"),
        ("Ya jika tim sudah dibentuk", "Ya"),
        ("tim kerja ZI belum ada", "Tidak"),
    ],
)
def test_yes_and_no_in_any_spelling_are_read(tertulis, dibaca):
    assert read_json(make_n(ubah={"K6": tertulis}))["jawaban"] == {"A.I.1.i.a": dibaca}


@pytest.mark.parametrize(
    ("sel", "tertulis", "kode", "dibaca"),
    [
        ("K126", "7", "A.II.1.i.a", {"jumlah_agen": 7}),
        ("K126", " 7 ", "A.II.1.i.a", {"jumlah_agen": 7}),
        ("K126", "1.250", "A.II.1.i.a", {"jumlah_agen": 1250}),
        ("K126", 7.0, "A.II.1.i.a", {"jumlah_agen": 7}),
        ("K199", "3,71", "B.I.a", {"indeks": "3.71"}),
        ("K199", "3.710", "B.I.a", {"indeks": "3.710"}),
        ("K199", 3.71, "B.I.a", {"indeks": "3.71"}),
        ("K199", 4, "B.I.a", {"indeks": "4"}),
        ("K199", 3.7142857142857144, "B.I.a", {"indeks": "3.714285714286"}),
        ("K199", 3.7100000000000004, "B.I.a", {"indeks": "3.71"}),
        ("K199", "3,14159265358979323846", "B.I.a", {"indeks": "3.14159265358979323846"}),
    ],
)
def test_a_number_stored_as_text_is_read(sel, tertulis, kode, dibaca):
    assert read_json(make_n(ubah={sel: tertulis}))["jawaban"] == {kode: dibaca}


@pytest.mark.parametrize(
    "tertulis", ["Jika rutin (a.l. rapat, e. dll.)", "b. jika RUTIN (a.l. rapat, e. dll.)"]
)
def test_a_sentence_of_the_sheets_own_criteria_may_hold_letters_with_dots(tertulis):
    kriteria = (
        "a.Jika berkala\nb. Jika rutin (a.l. rapat, e. dll.)\nc.Jika tidak ada (lihat A.I.1.i.b)"
    )

    hasil = read_json(make_n(ubah={"I7": kriteria, "K7": tertulis}))

    assert hasil["jawaban"] == {"A.I.1.i.b": "B"}


def test_a_formula_whose_result_was_never_kept_is_told():
    """Too intricate to be worked out here."""
    ubah = {"K7": ('=IF(1=1,"A","B")', ""), "K126": ("=Unit!B3*2", "")}

    hasil = read_json(buang_hasil(make_n(ubah=ubah)))

    assert hasil["jawaban"] == {}
    assert [satu["sel"] for satu in hasil["peringatan"]] == ["K7", "K126"]


def buang_hasil(isi):
    """The workbook with the results of its formulas taken out."""
    return change_zip(
        isi,
        {
            "xl/worksheets/sheet4.xml": lambda data: re.sub(
                rb"(</f>)<v>[^<]*</v>|(</f>)<v/>", rb"</f>", data
            )
        },
    )


def test_a_dash_is_no_answer_and_is_told():
    hasil = read_json(make_n(ubah={"K7": "-"}))

    assert hasil["jawaban"] == {}
    assert [p["sel"] for p in hasil["peringatan"]] == ["K7"]


# --- links and notes ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("isi", "dibaca"),
    [
        ("https://contoh.id/a", ["https://contoh.id/a"]),
        (
            "https://contoh.id/a\nhttps://contoh.id/b\r\n",
            ["https://contoh.id/a", "https://contoh.id/b"],
        ),
        (
            "https://contoh.id/a, https://contoh.id/b",
            ["https://contoh.id/a", "https://contoh.id/b"],
        ),
        ("SK tim: https://contoh.id/a", ["https://contoh.id/a"]),
        ("drive.contoh.id/berkas/1", ["drive.contoh.id/berkas/1"]),
        ({"link": "https://contoh.id/a", "teks": "SK tim"}, ["https://contoh.id/a"]),
        ({"link": "https://contoh.id/a#hal=2"}, ["https://contoh.id/a#hal=2"]),
        ({"link": "https://contoh.id/a b"}, ["https://contoh.id/a%20b"]),
        (('=HYPERLINK("https://contoh.id/a","SK")', ""), ["https://contoh.id/a"]),
        (
            {"link": "https://contoh.id/a", "teks": "https://contoh.id/a\nhttps://contoh.id/b"},
            ["https://contoh.id/a", "https://contoh.id/b"],
        ),
    ],
)
@pytest.mark.parametrize("make", [make_n, make_l])
def test_links_are_read_as_text_as_hyperlinks_and_several_in_a_cell(make, isi, dibaca):
    if make is make_n:
        buku = make_n(ubah={"N6": isi})
    else:
        lembar = LembarL()
        lembar.sel[f"Q{lembar.pertanyaan['A.I.1.i.a']}"] = isi
        buku = lembar.make()

    assert read_json(buku)["tautan"] == {"A.I.1.i.a": dibaca}


def test_links_in_single_quotes_are_read():
    isi = make_n(ubah={"N6": {"link": "https://contoh.id/a?b=1&c=2", "teks": "SK"}})

    def turn(data):
        kepala, tanda, ekor = data.partition(b"<hyperlinks>")
        return kepala + tanda + ekor.replace(b'"', b"'")

    hasil = read_json(change_zip(isi, {"xl/worksheets/sheet4.xml": turn}))

    assert hasil["tautan"] == {"A.I.1.i.a": ["https://contoh.id/a?b=1&c=2"]}


@pytest.mark.parametrize(
    "teks",
    [
        "ada di lemari arsip",
        "SK Tim.pdf, foto.jpg",
        "arsip Ka.Lapas",
        "PAS-05.OT.02/2025",
        "a.n.Ketua",
    ],
)
def test_a_text_in_the_link_column_that_is_no_link_is_told(teks):
    hasil = read_json(make_n(ubah={"N6": teks}))

    assert hasil["tautan"] == {}
    assert [p["sel"] for p in hasil["peringatan"]] == ["N6"]


@pytest.mark.parametrize(
    "bentuk", ["dd/mm/yyyy", "d mmm", '"tgl" d', "[$-421]dd mmmm yyyy", "m/d/yy"]
)
def test_a_note_that_is_a_date_is_told_as_one(bentuk):
    def write(buku, lembar):
        for nama, isi in {"A1": "ID", "K1": "Jawaban Unit", "L1": "Catatan Unit"}.items():
            lembar.write(nama, isi)
        for nomor in range(2, 205):
            lembar.write(f"A{nomor}", nomor, buku.add_format({"num_format": bentuk}))
        lembar.write("L6", 46034, buku.add_format({"num_format": bentuk}))
        lembar.write("L7", 46034, buku.add_format({"num_format": '#,##0 "hari"'}))
        lembar.write("K126", 7, buku.add_format({"num_format": bentuk}))

    hasil = read_json(make_buku({"Jawaban": write}))

    assert hasil["catatan"] == {"A.I.1.i.a": "12-01-2026", "A.I.1.i.b": "46034"}
    assert hasil["jawaban"] == {"A.II.1.i.a": {"jumlah_agen": 7}}


def test_a_note_longer_than_is_stored_is_told():
    hasil = read_json(make_n(ubah={"L6": "x" * 4001, "L7": "x" * 4000}))

    assert len(hasil["catatan"]["A.I.1.i.a"]) == 4001
    assert hasil["peringatan"] == [
        {"sel": "L6", "pesan": "catatan ini 4001 huruf; yang disimpan 4000 huruf pertama."}
    ]


def test_notes_keep_their_lines_and_those_of_sub_counts_go_to_their_question():
    ubah = {"L6": "  Baris satu\nBaris dua ", "L125": "Rapat", "L126": "Tiga orang"}
    hasil = read_json(make_n(ubah=ubah))

    assert hasil["catatan"] == {
        "A.I.1.i.a": "Baris satu\nBaris dua",
        "A.II.1.i.a": "Rapat\nTiga orang",
    }


# --- files ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("make", [make_n, make_l])
def test_a_file_that_no_spreadsheet_has_opened_is_read(make):
    """openpyxl writes formulas without results."""
    hasil = read_json(rework(make(build()), lambda buku: None))

    assert hasil["jawaban"] == build()
    assert hasil["peringatan"] == []
    assert set(hasil["skor_lembar"].values()) == {None}
    assert hasil["selisih"] == []


def test_zeros_that_a_program_wrote_beside_its_formulas_are_no_scores():
    def ubah(lembar):
        for nama, isi in lembar.sel.items():
            if isinstance(isi, tuple):
                lembar.sel[nama] = (isi[0], 0)

    hasil = read_json(make_l(build(), ubah=ubah))

    assert hasil["jawaban"] == build()
    assert hasil["peringatan"] == []
    assert hasil["selisih"] == []


def test_a_count_that_points_at_another_cell_is_worked_out():
    ubah = {
        "K126": 5,
        "K127": ("=K126+2", 0),
        "K129": ("=$K$127", ""),
        "K130": ("=SUM(K126:K126)", ""),
    }
    hasil = read_json(make_n(ubah=ubah))

    assert hasil["jawaban"] == {
        "A.II.1.i.a": {"jumlah_agen": 5, "jumlah_perubahan": 7},
        "A.II.1.i.b": {"jumlah_perubahan": 7, "jumlah_terintegrasi": 5},
    }


def test_merged_hidden_and_thousands_of_formatted_cells_have_no_effect():
    isi = make_n(build())

    def ruin(buku):
        lembar = buku["Jawaban"]
        lembar.merge_cells("L6:L7")
        lembar.merge_cells("A1:A1")
        lembar.row_dimensions[6].hidden = True
        lembar.sheet_state = "hidden"
        for nomor in range(205, 2206):
            for kolom in range(1, 23):
                lembar.cell(nomor, kolom).font = Font(bold=True)
        lembar["XFD1048576"] = "jauh"

    tracemalloc.start()
    hasil = read_json(rework(isi, ruin))
    _, puncak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert hasil["jawaban"] == build()
    assert puncak < 60 * 1024 * 1024


def rework(isi, call):
    """The workbook after openpyxl changed it."""
    buku = load_workbook(io.BytesIO(isi))
    call(buku)
    keluaran = io.BytesIO()
    buku.save(keluaran)
    return keluaran.getvalue()


def test_a_claimed_dimension_of_the_whole_sheet_costs_nothing():
    isi = change_zip(
        make_n(build()),
        {
            "xl/worksheets/sheet4.xml": lambda data: re.sub(
                rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', data
            )
        },
    )

    assert read_json(isi)["jawaban"] == build()


def test_inline_strings_and_prefixed_names_are_read():
    data = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<x:sheetData>"
        + b"".join(
            b'<x:row r="%d"><x:c r="A%d"><x:v>%d</x:v></x:c><x:c r="K%d" t="inlineStr"><x:is><x:r><x:t>'
            b"%s</x:t></x:r></x:is></x:c></x:row>" % (n, n, n, n, b"A" if n == 7 else b"")
            for n in range(2, 205)
        )
        + b"</x:sheetData></x:worksheet>"
    )
    isi = change_zip(make_n(), {"xl/worksheets/sheet4.xml": lambda _: data})

    assert read_json(isi)["jawaban"] == {"A.I.1.i.b": "A"}


# --- columns --------------------------------------------------------------------------------------
def test_the_edition_of_2026_has_the_reviewers_answer_where_others_have_links():
    ubah = {"K6": "Ya", "L6": "catatan kami", "N6": "Tidak", "Q6": "catatan TPI"}
    hasil = read_json(make_n(judul=JUDUL_2026, ubah=ubah))

    assert hasil["jawaban"] == {"A.I.1.i.a": "Ya"}
    assert hasil["catatan"] == {"A.I.1.i.a": "catatan kami"}
    assert hasil["tautan"] == {}
    assert hasil["peringatan"] == []


@pytest.mark.parametrize("judul", [JUDUL_N, JUDUL_2026], ids=["ministry", "2026"])
def test_a_list_of_evidence_may_be_called_one_of_links(judul):
    isi = make_n(
        judul=judul | {"M": "Link Bukti Dukung Unit"},
        ubah={"M6": "SK: https://contoh.id/sk", "K6": "Ya"},
    )

    assert read_json(isi)["tautan"] == {"A.I.1.i.a": ["https://contoh.id/sk"]}


def test_the_only_column_of_links_is_read_as_one():
    judul = JUDUL_N | {"M": "Link Bukti Dukung Unit", "N": ""}

    hasil = read_json(make_n(judul=judul, ubah={"M6": "contoh.id/sk", "K6": "Ya"}))

    assert hasil["tautan"] == {"A.I.1.i.a": ["contoh.id/sk"]}


def test_columns_are_found_by_their_headings_where_one_was_inserted():
    judul = JUDUL_N | {
        "K": "Bobot maksimal",
        "L": "JAWABAN  UNIT",
        "M": "catatan unit",
        "N": "Tautan",
    }
    hasil = read_json(make_n(judul=judul, ubah={"L6": "Ya", "M6": "teks", "N6": "https://a.id/x"}))

    assert hasil["jawaban"] == {"A.I.1.i.a": "Ya"}
    assert hasil["catatan"] == {"A.I.1.i.a": "teks"}
    assert hasil["tautan"] == {"A.I.1.i.a": ["https://a.id/x"]}


def test_the_units_answers_moved_to_where_another_edition_has_the_reviewers_stay_the_units():
    pindah = {"K": "N", "L": "O", "M": "P", "N": "Q"}
    judul = {k: v for k, v in JUDUL_N.items() if k < "K"}
    judul |= {ke: JUDUL_N[dari] for dari, ke in pindah.items()}

    hasil = read_json(make_n(judul=judul, ubah={"N6": "Ya", "Q6": "https://a.id/x"}))

    assert hasil["jawaban"] == {"A.I.1.i.a": "Ya"}
    assert hasil["tautan"] == {"A.I.1.i.a": ["https://a.id/x"]}


def test_ids_that_count_on_from_the_one_above_are_worked_out():
    ubah = {f"A{nomor}": (f"=A{nomor - 1}+1", "") for nomor in range(3, 205)}

    assert read_json(buang_hasil(make_n(build(), ubah=ubah)))["jawaban"] == build()


def test_remarks_and_signatures_below_the_form_are_no_rows_of_it():
    bawah = {"A206": "Catatan:", "G206": "diisi oleh tim", "A207": "Kepala", "C207": "ttd"}

    assert read_json(make_n(build(), ubah=bawah))["jawaban"] == build()


def test_without_headings_the_letters_of_the_form_hold():
    ubah = {"K6": "Ya", "L6": "teks", "N6": "https://a.id/x", "O6": "Tidak"}
    hasil = read_json(make_n(judul={}, ubah=ubah))

    assert hasil["jawaban"] == {"A.I.1.i.a": "Ya"}
    assert hasil["tautan"] == {"A.I.1.i.a": ["https://a.id/x"]}


def test_headings_in_other_words_are_still_headings():
    judul = {"A": "Nomor soal", "B": "Butir", "G": "Uraian", "K": "Isian", "L": "Alasan"}
    hasil = read_json(make_n(build(), judul=judul, ubah={"L6": "teks"}))

    assert hasil["jawaban"] == build()
    assert hasil["catatan"] == {"A.I.1.i.a": "teks"}


def test_the_sheet_is_found_in_any_spelling_of_its_name():
    assert read_json(make_n(build(), nama=" JAWABAN "))["jawaban"] == build()


def test_scores_of_the_national_form_are_those_of_its_summary():
    unit = {
        "I5": "Pemenuhan",
        "J5": "Reform",
        "K5": "Nilai",
        "B6": "Manajemen Perubahan",
        "I6": 3.5,
        "J6": 2.5,
        "K6": 6.0,
        "B12": "JUMLAH PENGUNGKIT",
        "K12": 40.25,
        "B22": "NILAI AKHIR",
        "K22": 78.5,
    }
    hasil = read_json(make_n(build(), unit=unit))

    assert hasil["skor_lembar"]["A.I.1"] == 3.5
    assert hasil["skor_lembar"]["A.II.1"] == 2.5
    assert hasil["skor_lembar"]["A.1"] == 6.0
    assert hasil["skor_lembar"]["A"] == 40.25
    assert hasil["skor_lembar"]["total"] == 78.5
    assert {"A.1", "total"} <= {s["kode"] for s in hasil["selisih"]}


def test_scores_of_the_summary_are_found_by_their_places_when_named_otherwise():
    areas = [satu.nama.upper() for satu in load_bawaan().daftar_area[:-1]]
    unit = {f"B{6 + nomor}": nama for nomor, nama in enumerate(areas)}
    unit |= {f"K{6 + nomor}": 5.0 + nomor for nomor in range(6)}
    tempat = {"A": 12, "B.I": 15, "B.I.a": 16, "B.I.b": 17, "B.II": 18, "B.II.a": 19, "B": 20}
    for kode, baris in (tempat | {"total": 22}).items():
        unit |= {f"B{baris}": f"Isi {kode}", f"K{baris}": 1.0 + baris}

    skor = read_json(make_n(build(), unit=unit))["skor_lembar"]

    assert [skor[f"A.{nomor}"] for nomor in range(1, 7)] == [5.0, 6.0, 7.0, 8.0, 9.0, 10.0]
    assert {kode: skor[kode] for kode in tempat} == {k: 1.0 + baris for k, baris in tempat.items()}
    assert skor["total"] == 23.0
