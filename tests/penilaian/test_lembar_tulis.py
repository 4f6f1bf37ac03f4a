"""The form we write: reading it back gives what was written; formulas, results and drop-downs."""

import io
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from penilaian import skor
from penilaian.instrumen import load_bawaan
from penilaian.jawaban import read_semua
from penilaian.lembar import read_lembar
from penilaian.lembar.isi import IsiLembar
from penilaian.lembar.tulis import name_lembar_tpi, write_lembar
from penilaian.skor import Kosong
from tests.factories.lke import build_jawaban
from tests.penilaian.lembar_hitung import Hitung

INSTRUMEN = load_bawaan()


def write(jawaban=None, **isi):
    berkas = io.BytesIO()
    write_lembar(
        berkas,
        INSTRUMEN,
        IsiLembar(
            nama_satker="Lapas Contoh A",
            tahun=2026,
            target="WBK",
            versi="permenpanrb-90-2021 versi 1",
            kementerian="Kemenimipas",
            jawaban=read_semua(INSTRUMEN, jawaban or {}),
            **isi,
        ),
    )
    return berkas.getvalue()


def read(isi):
    return read_lembar(isi, "lke.xlsx", INSTRUMEN)


def open_buku(isi, *, hasil=False):
    return load_workbook(io.BytesIO(isi), data_only=hasil)


# --- back and forth -------------------------------------------------------------------------------
def build_strategi():
    """Answers to some questions, possibly in part."""
    daftar = {}
    for satu in INSTRUMEN.daftar_pertanyaan:
        if satu.opsi:
            daftar[satu.kode] = st.sampled_from([opsi.kode for opsi in satu.opsi])
        else:
            angka = {
                m.kode: st.one_of(
                    *(st.decimals(0, 4, places=banyak) for banyak in (2, 6, 12, 20))
                ).map(lambda d: format(d.normalize(), "f"))
                if m.desimal
                else st.integers(0, 10**9)
                for m in satu.daftar_isian
            }
            daftar[satu.kode] = st.fixed_dictionaries({}, optional=angka).filter(bool)
    return st.fixed_dictionaries({}, optional=daftar)


TEKS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200),
    st.sampled_from(["=1+1", "+62 811", "-strip", "@akun", "_x000D_", "a_x0041_b", "a\r\nb\rc\td"]),
    st.sampled_from(["x" * 4000, "😀" * 4000, "'=petik"]),
).map(lambda teks: teks.replace("\r\n", "\n").strip())
JALUR = st.text(string.ascii_letters + string.digits + "-_~%+/().,;=&?", min_size=1, max_size=40)
TAUTAN = JALUR.map(lambda jalur: f"https://contoh.id/{jalur}").filter(
    lambda alamat: alamat[-1] not in ",;"
)
KODE = st.sampled_from(list(INSTRUMEN.pertanyaan))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    build_strategi(),
    st.dictionaries(KODE, TEKS.filter(bool), max_size=20),
    st.dictionaries(KODE, st.lists(TAUTAN, min_size=1, max_size=4, unique=True), max_size=10),
)
def test_reading_back_gives_exactly_what_was_written(jawaban, catatan, tautan):
    hasil = read(write(jawaban, catatan=catatan, tautan=tautan))

    assert hasil.to_json(INSTRUMEN)["jawaban"] == jawaban
    assert hasil.catatan == catatan
    assert hasil.tautan == tautan
    assert hasil.selisih == []
    assert hasil.peringatan == []


def test_links_beyond_what_a_cell_holds_are_left_out_whole():
    tautan = [f"https://contoh.id/{nomor}/{'q' * 900}" for nomor in range(40)]

    hasil = read(write(tautan={"A.I.1.i.a": tautan}))

    assert hasil.tautan == {"A.I.1.i.a": tautan[:35]}


def test_kept_results_are_our_own_scores():
    jawaban = build_jawaban(pilih=1, jumlah=3, tanpa=("A.I.1.i.a", "A.II.1.i.a"))
    hasil = read(write(jawaban))
    kita = skor.compute(INSTRUMEN, read_semua(INSTRUMEN, jawaban), Kosong.ABAIKAN)

    assert {kode: round(nilai, 6) for kode, nilai in hasil.skor_lembar.items()} == {
        kode: float(nilai) for kode, nilai in kita.nilai.items()
    }


# --- the shape ------------------------------------------------------------------------------------
def test_the_form_has_its_four_sheets_and_its_ids_are_row_numbers():
    buku = open_buku(write())

    assert buku.sheetnames == ["Unit", "TPI Unit", "TPI Kemenimipas", "Jawaban"]
    lembar = buku["Jawaban"]
    assert [lembar.cell(n, 1).value for n in range(2, 205)] == list(range(2, 205))
    assert lembar["A205"].value is None
    assert lembar.freeze_panes == "A2"
    assert (lembar.page_setup.orientation, lembar.page_setup.paperSize) == ("landscape", 9)


@pytest.mark.parametrize(
    ("kementerian", "nama"),
    [
        ("Kemenimipas", "TPI Kemenimipas"),
        ("Unit", "TPI Kementerian"),
        ("", "TPI Kementerian"),
        ("Kementerian [X]: a/b yang sangat panjang namanya", "TPI Kementerian X ab yang sanga"),
    ],
)
def test_the_third_sheet_bears_a_name_that_a_workbook_takes(kementerian, nama):
    assert name_lembar_tpi(kementerian) == nama


@pytest.mark.parametrize("kolom", ["K", "O", "S"])
def test_answers_have_drop_downs_for_the_unit_and_both_reviewers(kolom):
    lembar = open_buku(write())["Jawaban"]
    aturan = {
        str(sel): satu
        for satu in lembar.data_validations.dataValidation
        for sel in satu.sqref.ranges
    }

    assert aturan[f"{kolom}6"].formula1 == '"Ya,Tidak"'
    assert aturan[f"{kolom}7"].formula1 == '"A,B,C"'
    assert aturan[f"{kolom}200"].formula1 == '"A,B,C,D,E"'
    jumlah, indeks = aturan[f"{kolom}126"], aturan[f"{kolom}199"]
    assert (jumlah.type, jumlah.operator, jumlah.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert (indeks.type, indeks.formula1, indeks.formula2) == ("decimal", "0", "4")
    assert f"{kolom}125" not in aturan


def test_a_text_never_becomes_a_formula():
    isi = write(catatan={"A.I.1.i.a": "=1+1", "A.I.1.i.b": "@SUM(A1)"}, bukti={"A.I.1.i.a": ["+x"]})
    lembar = open_buku(isi)["Jawaban"]

    assert [(lembar[sel].value, lembar[sel].data_type) for sel in ("L6", "L7", "M6")] == [
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
        ("+x", "s"),
    ]


def test_formulas_count_as_the_instrument_says():
    lembar = open_buku(write())["Jawaban"]

    assert lembar["X7"].value == '=IF(K7="A",1,IF(K7="B",0.5,IF(K7="C",0,"")))'
    assert lembar["K125"].value == '=IF(COUNT(K126,K127)<2,"",IF(K126=0,0,MIN(1,K127/K126)))'
    assert lembar["K182"].value == "=SUM(K183,K184,K185)"
    assert lembar["W5"].value == "=IFERROR(AVERAGE(X6,X7)*$H5,0)"
    assert lembar["X199"].value == '=IF(K199="","",K199/4)'
    assert lembar["W204"].value == "=SUM(W195,W203)"
    assert lembar["Q7"].value == '=IF(O7="A",1,IF(O7="B",0.5,IF(O7="C",0,"")))'


def test_a_viewer_that_does_not_compute_shows_right_figures():
    jawaban = build_jawaban()
    buku = open_buku(write(jawaban), hasil=True)

    assert buku["Jawaban"]["W204"].value == pytest.approx(float(compute(jawaban)["total"]))
    assert buku["Unit"]["K22"].value == buku["Jawaban"]["W204"].value
    assert buku["Unit"]["K25"].value == 113
    assert buku["Unit"]["M22"].value == "Terpenuhi"
    assert buku["TPI Unit"]["K22"].value == 0
    assert buku["TPI Unit"]["M22"].value == "Kurang dari 75"


def compute(jawaban):
    return skor.compute(INSTRUMEN, read_semua(INSTRUMEN, jawaban), Kosong.ABAIKAN).nilai


def test_the_summary_tells_the_whole_with_blanks_as_zero():
    jawaban = {"A.I.1.i.a": "Ya"}
    unit = open_buku(write(jawaban), hasil=True)["Unit"]

    assert unit["K22"].value == 0.5
    assert unit["K24"].value == 0.25
    assert unit["K25"].value == 1


KASUS = {
    "empty": {},
    "best": build_jawaban(),
    "worst but one": build_jawaban(pilih=1, jumlah=3, indeks="2.5"),
    "in part": build_jawaban(pilih=2, tanpa=("A.I.1.i.a", "A.I.1.i.b", "A.II.1.i.a", "B.I.a")),
    "zero bases": build_jawaban(jumlah=0),
    "worse than last year": build_jawaban()
    | {"A.II.3.iii.a": {"pelanggaran_lalu": 0, "pelanggaran_ini": 2, "pelanggaran_disanksi": 0}},
    "counts in part": {"A.II.5.iii.b": {"lhkasn_administrator": 3}},
}


@pytest.mark.parametrize("kasus", list(KASUS))
def test_formulas_worked_out_by_a_spreadsheet_give_the_kept_results(kasus):
    isi = write(KASUS[kasus])
    rumus, hasil = open_buku(isi), open_buku(isi, hasil=True)
    hitung = Hitung(rumus)
    jumlah = 0
    for lembar in rumus.sheetnames:
        for baris in rumus[lembar].iter_rows():
            for sel in baris:
                if sel.data_type != "f":
                    continue
                jumlah += 1
                disimpan = hasil[lembar][sel.coordinate].value
                dihitung = hitung.get(lembar, sel.coordinate)
                if isinstance(dihitung, str):
                    assert (disimpan or "") == dihitung, f"{lembar} {sel.coordinate} {sel.value}"
                else:
                    # Scores are kept with six decimals; their shares are those divided by a weight.
                    assert disimpan == pytest.approx(dihitung, abs=5e-6), f"{lembar} {sel}"

    assert jumlah > 1300


def test_a_reviewer_who_fills_the_own_columns_gets_the_own_scores():
    jawaban = build_jawaban(pilih=1)
    buku = open_buku(write(jawaban))
    lembar = buku["Jawaban"]
    for nomor in range(2, 205):
        if lembar[f"K{nomor}"].data_type != "f":
            lembar[f"S{nomor}"].value = lembar[f"K{nomor}"].value

    hitung = Hitung(buku)

    assert hitung.get("TPI Kemenimipas", "K22") == pytest.approx(float(compute(jawaban)["total"]))
    assert hitung.get("TPI Unit", "K22") == 0
