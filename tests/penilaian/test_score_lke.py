"""`score_lke`, as an operator runs it, and the file that it reads."""

import json
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from penilaian.alur.instrumen import load_instrumen
from penilaian.instrumen import load_bawaan
from penilaian.jawaban import JawabanError, dump_isian, is_answered, read_jawaban, read_semua
from penilaian.models import Pertanyaan
from tests import server
from tests.factories.lke import build_jawaban, load_versi
from tests.penilaian import acuan_lke

ADUAN = {"aduan_wajib": 3, "aduan_proses": 1, "aduan_selesai": 2}
LHKPN = {"lhkpn_kepala": 1, "lhkpn_pejabat": 2, "lhkpn_lainnya": 3, "lhkpn_sudah": 4}


@pytest.fixture
def berkas(tmp_path):
    def make(isi):
        jalur = tmp_path / "kasus.json"
        if isinstance(isi, bytes):
            jalur.write_bytes(isi)
        else:
            jalur.write_text(isi if isinstance(isi, str) else json.dumps(isi), encoding="utf-8")
        return jalur

    return make


@pytest.fixture
def score(berkas, capsys):
    """Score inside this process: the list that is printed."""

    def run(isi, *argumen):
        call_command("score_lke", str(berkas(isi)), *argumen)
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def refuse(berkas, capsys):
    """The sentence of a refusal; nothing is printed, and the exit code is 2."""

    def run(isi, *argumen):
        with pytest.raises(CommandError) as error:
            call_command("score_lke", str(berkas(isi)), *argumen)
        assert error.value.returncode == 2
        assert capsys.readouterr().out == ""
        return str(error.value).partition(": ")[2]

    return run


# --- as a process -------------------------------------------------------------------------------
@pytest.mark.server
def test_the_command_prints_json_and_touches_no_database(manage, berkas, tmp_path):
    jawaban = build_jawaban(pilih=1, tanpa={"B.I.b"})

    hasil = manage("score_lke", berkas({"jawaban": jawaban}))

    assert (hasil.returncode, hasil.stderr) == (0, "")
    assert json.loads(hasil.stdout) == [{"kode": None, **acuan_lke.score(jawaban, "nol")}]
    assert not list(tmp_path.rglob("*.sqlite3*"))


@pytest.mark.server
def test_a_database_out_of_reach_does_not_matter(manage, berkas):
    hasil = manage(
        "score_lke",
        berkas({"jawaban": {}}),
        DATABASE_URL="postgresql://tidak:ada@127.0.0.1:1/tidak_ada",
    )

    assert (hasil.returncode, hasil.stderr) == (0, "")
    assert json.loads(hasil.stdout)[0]["cakupan"] == "0.0000"


@pytest.mark.server
@pytest.mark.parametrize(
    ("isi", "argumen", "pesan"),
    [
        ({"jawaban": {"A.I.1.i.z": "A"}}, [], "A.I.1.i.z: kode pertanyaan tidak dikenal."),
        ({"jawaban": {}}, ["--kosong", "separuh"], "--kosong"),
        ({"jawaban": {}}, ["--instrumen", "tidak-ada"], "--instrumen: basis data tidak dapat"),
    ],
)
def test_a_refusal_ends_with_two_and_prints_nothing(manage, berkas, isi, argumen, pesan):
    hasil = manage("score_lke", berkas(isi), *argumen)

    assert (hasil.returncode, hasil.stdout) == (2, "")
    assert pesan in hasil.stderr
    assert "Traceback" not in hasil.stderr


def test_the_example_of_the_readme_is_true(score):
    readme = (server.AKAR / "README.md").read_text(encoding="utf-8")
    bagian = readme.partition("## Skor LKE dari berkas")[2].partition("\n## ")[0]
    contoh, jawaban = re.findall(r"```json\n(.*?)```", bagian, re.DOTALL)
    [tertulis] = json.loads(jawaban)

    [hasil] = score(contoh, "--kosong", "abaikan")

    assert len(hasil["nilai"]) == 70
    for kunci in ("nilai", "tampil"):
        assert tertulis[kunci].items() <= hasil[kunci].items()
        hasil[kunci] = tertulis[kunci]
    assert hasil == tertulis


# --- shapes -------------------------------------------------------------------------------------
def test_a_single_filling_is_a_list_of_one(score):
    [hasil] = score({"jawaban": {"B.I.b": "C"}})

    assert list(hasil) == ["kode", "cakupan", "nilai", "tampil", "kelayakan"]
    assert hasil["kode"] is None
    assert hasil["cakupan"] == "0.0088"
    assert hasil["nilai"]["B.I.b"] == "2.500000"


def test_cases_come_in_their_order_with_their_code(score):
    hasil = score(
        {
            "kasus": [
                {"kode": "dua", "jawaban": {"B.I.b": "A"}},
                {"kode": "satu", "jawaban": {}},
                {"kode": 3, "jawaban": {}},
                {"jawaban": {}},
            ]
        }
    )

    assert [satu["kode"] for satu in hasil] == ["dua", "satu", "3", None]
    assert [satu["nilai"]["total"] for satu in hasil] == ["5.000000"] + 3 * ["0.000000"]


def test_no_case_is_an_empty_list(score):
    assert score({"kasus": []}) == []


def test_keys_nobody_asked_for_are_ignored(score):
    polos = score({"kode": "a", "jawaban": {"B.I.b": "A"}})

    assert polos == score(
        {
            "kode": "a",
            "jawaban": {"B.I.b": "A"},
            "satker": {"nama": "Lapas Contoh A"},
            "catatan": {"B.I.b": "…"},
            "besar": 1e300,
        }
    )
    assert polos == score({"x": 1, "kasus": [{"kode": "a", "jawaban": {"B.I.b": "A"}, "y": []}]})


@pytest.mark.parametrize(
    ("kasus", "berkas_", "argumen", "dipakai"),
    [
        (None, None, [], "nol"),
        (None, None, ["--kosong", "nol"], "nol"),
        (None, None, ["--kosong", "abaikan"], "abaikan"),
        (None, "nol", ["--kosong", "abaikan"], "nol"),
        (None, "abaikan", [], "abaikan"),
        (None, "abaikan", ["--kosong", "nol"], "abaikan"),
        ("abaikan", "nol", ["--kosong", "nol"], "abaikan"),
        ("nol", "abaikan", ["--kosong", "abaikan"], "nol"),
    ],
)
def test_the_case_wins_over_the_file_and_the_file_over_the_option(
    score, kasus, berkas_, argumen, dipakai
):
    isi = {"jawaban": {"A.I.1.i.a": "Ya"}}
    satu = isi | ({"kosong": kasus} if kasus else {})
    luar = {"kosong": berkas_} if berkas_ else {}

    nilai = {"nol": "0.250000", "abaikan": "0.500000"}[dipakai]
    assert score({"kasus": [satu], **luar}, *argumen)[0]["nilai"]["total"] == nilai
    if kasus is None:
        assert score(isi | luar, *argumen)[0]["nilai"]["total"] == nilai


# --- answers ------------------------------------------------------------------------------------
@pytest.mark.parametrize("pilihan", ["Ya", "ya", "YA", " yA "])
def test_options_are_read_without_regard_to_case(score, pilihan):
    assert score({"jawaban": {"A.I.1.i.a": pilihan}})[0]["nilai"]["total"] == "0.250000"


@pytest.mark.parametrize("kosong", [None, "", {}])
@pytest.mark.parametrize("kode", ["A.I.1.i.a", "A.II.5.ii.a", "B.I.a"])
def test_an_empty_answer_is_none(score, kode, kosong):
    assert score({"jawaban": {kode: kosong}}) == score({"jawaban": {}})


@pytest.mark.parametrize("hilang", sorted(ADUAN))
@pytest.mark.parametrize("cara", ["tidak ada", None, ""])
def test_a_percentage_without_one_of_its_numbers_is_not_answered(score, hilang, cara):
    isian = {kode: nilai for kode, nilai in ADUAN.items() if kode != hilang}
    if cara != "tidak ada":
        isian[hilang] = cara

    for kosong in ("nol", "abaikan"):
        isi = {"jawaban": {"A.II.5.ii.a": isian}, "kosong": kosong}
        assert score(isi) == score({"jawaban": {}, "kosong": kosong})


def test_a_number_outside_the_formula_must_be_there_all_the_same(score):
    isian = {"pelanggaran_lalu": 2, "pelanggaran_ini": 1}

    tanpa, dengan = score(
        {
            "kasus": [
                {"jawaban": {"A.II.3.iii.a": isian}},
                {"jawaban": {"A.II.3.iii.a": isian | {"pelanggaran_disanksi": 0}}},
            ]
        }
    )

    assert (tanpa["cakupan"], dengan["cakupan"]) == ("0.0000", "0.0088")


def test_a_computed_number_may_be_absent_or_equal(score):
    tanpa = score({"jawaban": {"A.II.5.iii.a": LHKPN}})

    assert tanpa[0]["nilai"]["A.II.5.iii"] != "0.000000"
    assert tanpa == score({"jawaban": {"A.II.5.iii.a": LHKPN | {"lhkpn_wajib": 6}}})
    assert tanpa == score({"jawaban": {"A.II.5.iii.a": LHKPN | {"lhkpn_wajib": None}}})


def test_a_computed_number_may_be_as_large_as_its_parts_together(score):
    bagian = dict.fromkeys(("lhkpn_kepala", "lhkpn_pejabat", "lhkpn_lainnya"), 10**9)
    isian = bagian | {"lhkpn_sudah": 10**9}

    hasil = score({"jawaban": {"A.II.5.iii.a": isian | {"lhkpn_wajib": 3 * 10**9}}})

    assert hasil == score({"jawaban": {"A.II.5.iii.a": isian}})


def test_a_computed_number_that_differs_is_refused(refuse):
    assert refuse({"jawaban": {"A.II.5.iii.a": LHKPN | {"lhkpn_wajib": 7}}}) == (
        "berkas: A.II.5.iii.a: isian 'lhkpn_wajib' berisi 7, padahal jumlah bagiannya 6."
    )


def test_a_computed_number_alone_answers_nothing(score):
    isian = {"lhkpn_wajib": 6, "lhkpn_sudah": 6}

    assert score({"jawaban": {"A.II.5.iii.a": isian}}) == score({"jawaban": {}})


def test_a_numerator_above_its_denominator_is_worth_one(score):
    hasil = score({"jawaban": {"A.II.5.ii.a": ADUAN | {"aduan_selesai": 99}}})

    assert hasil == score({"jawaban": {"A.II.5.ii.a": ADUAN | {"aduan_selesai": 3}}})


@pytest.mark.parametrize("indeks", ["3.71", 3.71, "3.710", " 3.71 "])
def test_an_index_is_a_text_with_a_point_or_a_number(score, indeks):
    assert score({"jawaban": {"B.I.a": {"indeks": indeks}}})[0]["nilai"]["B.I.a"] == "16.231250"


@pytest.mark.parametrize("indeks", ["3.5999999", 3.5999999, "3.59999990000000000000000"])
def test_an_index_as_fine_as_it_comes_is_tidied_in_its_score_only(score, indeks):
    hasil = score({"jawaban": {"B.I.a": {"indeks": indeks}}})[0]

    # 15.7499995625 is tidied to the floor.
    assert hasil["nilai"]["B.I.a"] == "15.750000"
    assert "B.I.a" not in hasil["kelayakan"]["WBK"]["gagal"]


@pytest.mark.parametrize("jumlah", [2, "2", 2.0])
def test_a_count_is_a_whole_number_however_written(score, jumlah):
    hasil = score({"jawaban": {"A.II.5.ii.a": ADUAN | {"aduan_selesai": jumlah}}})

    assert hasil == score({"jawaban": {"A.II.5.ii.a": ADUAN}})


def test_a_zero_has_no_sign():
    pertanyaan = load_bawaan().pertanyaan["B.I.a"]

    assert dump_isian(read_jawaban(pertanyaan, {"indeks": "-0"}), pertanyaan) == {"indeks": "0"}


def test_what_is_answered_needs_all_numbers():
    pertanyaan = load_bawaan().pertanyaan["A.II.5.ii.a"]

    assert is_answered(pertanyaan, read_jawaban(pertanyaan, ADUAN))
    assert not is_answered(pertanyaan, read_jawaban(pertanyaan, {"aduan_wajib": 1}))
    assert not is_answered(pertanyaan, None)


# --- refusals -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kode", "jawaban", "pesan"),
    [
        ("A.I.1.i", "A", "kode pertanyaan tidak dikenal."),
        ("a.i.1.i.a", "Ya", "kode pertanyaan tidak dikenal."),
        ("", "Ya", "kode pertanyaan tidak dikenal."),
        ("A.I.1.i.a", "A", "jawaban 'A' tidak ada pada pilihannya (Ya, Tidak)."),
        ("A.I.1.i.b", "D", "jawaban 'D' tidak ada pada pilihannya (A, B, C)."),
        ("A.I.1.i.b", "Ya", "jawaban 'Ya' tidak ada pada pilihannya (A, B, C)."),
        ("A.I.1.i.b", 1, "jawaban 1 tidak ada pada pilihannya (A, B, C)."),
        ("A.I.1.i.b", ["A"], "jawaban sebuah daftar tidak ada pada pilihannya (A, B, C)."),
        ("A.I.1.i.b", {"A": 1}, "jawaban sebuah objek tidak ada pada pilihannya (A, B, C)."),
        ("A.I.1.i.b", "x" * 99, f"jawaban '{'x' * 40}…' tidak ada pada pilihannya (A, B, C)."),
        ("B.I.a", "3.71", "jawaban harus isian indeks, bukan '3.71'."),
        ("B.I.a", 3.71, "jawaban harus isian indeks, bukan 3.71."),
        ("B.I.a", {"indeks": "3,71"}, "isian 'indeks' berisi '3,71', bukan angka."),
        ("B.I.a", {"indeks": "4.01"}, "isian 'indeks' paling besar 4, bukan '4.01'."),
        ("B.I.a", {"indeks": -0.01}, "isian 'indeks' paling kecil 0, bukan -0.01."),
        ("B.I.a", {"indeks": "Infinity"}, "isian 'indeks' berisi 'Infinity', bukan angka."),
        ("B.I.a", {"indeks": "３.７"}, "isian 'indeks' berisi '３.７', bukan angka."),
        ("B.I.a", {"indeks": "3." + "1" * 21}, "isian 'indeks' paling banyak 20 desimal, bukan '3"),
        ("B.I.a", {"nilai": "3"}, "isian 'nilai' tidak dikenal (indeks)."),
        (
            "A.II.5.ii.a",
            ADUAN | {"aduan_proses": -1},
            "isian 'aduan_proses' paling kecil 0, bukan -1.",
        ),
        (
            "A.II.5.ii.a",
            {"aduan_wajib": 1.5},
            "isian 'aduan_wajib' harus bilangan bulat, bukan 1.5.",
        ),
        ("A.II.5.ii.a", {"aduan_wajib": True}, "isian 'aduan_wajib' berisi true, bukan angka."),
        ("A.II.5.ii.a", {"aduan_wajib": "1_0"}, "isian 'aduan_wajib' berisi '1_0', bukan angka."),
        ("A.II.5.ii.a", {"aduan_wajib": []}, "isian 'aduan_wajib' berisi sebuah daftar, bukan ang"),
        (
            "A.II.5.ii.a",
            {"aduan_wajib": 10**12},
            "isian 'aduan_wajib' paling besar 1000000000, bukan 1000000000000.",
        ),
        ("A.II.5.iii.a", {"lhkpn_wajib": "x"}, "isian 'lhkpn_wajib' berisi 'x', bukan angka."),
    ],
)
def test_a_wrong_code_option_or_number_is_named(refuse, kode, jawaban, pesan):
    assert refuse({"jawaban": {kode: jawaban}}).startswith(f"berkas: {kode}: {pesan}")


@pytest.mark.parametrize("angka", ["1" * 5000, "1e999999", "1e99999999999999999999", "-1e400"])
def test_a_number_beyond_reason_is_named(refuse, angka):
    pesan = refuse(f'{{"jawaban": {{"A.II.5.ii.a": {{"aduan_wajib": {angka}}}}}}}')

    assert pesan.startswith("berkas: A.II.5.ii.a: isian 'aduan_wajib' ")
    assert len(pesan) < 150


def test_a_refusal_names_the_case(refuse):
    baik = {"kode": "a", "jawaban": {}}

    assert refuse({"kasus": [baik, {"kode": "b", "jawaban": {"X": "A"}}]}) == (
        "kasus b: X: kode pertanyaan tidak dikenal."
    )
    assert refuse({"kasus": [baik, {"jawaban": {"X": "A"}}]}).startswith("kasus ke-2: X:")


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ([], 'berkas harus objek JSON dengan kunci "jawaban" atau "kasus".'),
        ({}, 'berkas: tidak ada kunci "jawaban".'),
        ({"jawaban": []}, "berkas: jawaban: harus objek berisi kode dan jawabannya."),
        ({"jawaban": None}, "berkas: jawaban: harus objek berisi kode dan jawabannya."),
        ({"kasus": {}}, '"kasus" harus daftar.'),
        ({"kasus": [1]}, "kasus ke-1 harus objek JSON."),
        ({"kasus": [{}]}, 'kasus ke-1: tidak ada kunci "jawaban".'),
        ({"kode": [], "jawaban": {}}, 'berkas: "kode" harus teks.'),
        ({"jawaban": {}, "kosong": "x"}, """: "kosong" harus "nol" atau "abaikan", bukan 'x'."""),
        ({"jawaban": {}, "kosong": []}, '"abaikan", bukan sebuah daftar.'),
        ({"kasus": [{"jawaban": {}, "kosong": 0}]}, 'kasus ke-1: "kosong" harus "nol" atau'),
        ("", "berkas bukan JSON yang utuh: baris 1, kolom 1."),
        ('{"jawaban": {}', "berkas bukan JSON yang utuh: baris 1, kolom 15."),
        ('{"jawaban": {"B.I.b": "A", "B.I.b": "C"}}', "B.I.b: tertulis dua kali."),
        ('{"jawaban": {"B.I.a": {"indeks": NaN}}}', "NaN bukan angka."),
        ("[" * 100_000, "berkas bersarang terlalu dalam."),
        (b'{"jawaban": "\xff"}', "bukan teks UTF-8."),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(refuse, isi, pesan):
    assert pesan in refuse(isi)


def test_a_byte_order_mark_is_no_content(score):
    assert score(b'\xef\xbb\xbf{"jawaban": {}}') == score({"jawaban": {}})


@pytest.mark.parametrize(
    ("nama", "pesan"),
    [
        ("tidak-ada.json", "berkas tidak ditemukan."),
        (".", "ini folder, bukan berkas."),
        ("a\0b", "berkas tidak dapat dibaca."),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, nama, pesan):
    jalur = f"{tmp_path}/{nama}"

    with pytest.raises(CommandError) as error:
        call_command("score_lke", jalur)

    assert (str(error.value), error.value.returncode) == (f"{jalur}: {pesan}", 2)


@pytest.mark.parametrize("kode", ["kasus é", "\ud800", "\u2028"])
def test_a_code_of_any_letters_comes_back_as_it_was(score, kode):
    """Half a character cannot be written as UTF-8, and is printed by its number."""
    assert score({"kode": kode, "jawaban": {}})[0]["kode"] == kode


def test_a_long_unknown_code_is_cut():
    with pytest.raises(JawabanError, match=r"^x{60}: kode"):
        read_semua(load_bawaan(), {"x" * 10_000: "A"})


# --- loaded instruments -------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_loaded_instrument_is_named_by_its_code(score):
    isi = json.loads(acuan_lke.BERKAS.read_text(encoding="utf-8"))
    isi["kode"] = "lke-uji"
    load_instrumen(change_opsi(isi, "abcde", "B", 0.8))

    jawaban = {"jawaban": {"B.I.b": "B"}}

    assert score(jawaban)[0]["nilai"]["B.I.b"] == "3.750000"
    assert score(jawaban, "--instrumen", "lke-uji")[0]["nilai"]["B.I.b"] == "4.000000"
    with pytest.raises(CommandError) as error:
        call_command("score_lke", __file__, "--instrumen", "lke-lain")
    assert str(error.value) == "--instrumen: tidak ada instrumen berkode 'lke-lain'."
    assert error.value.returncode == 2


def change_opsi(isi, tipe, opsi, nilai) -> str:
    """The file with another value of an option throughout."""
    isi["tipe_jawaban"][tipe]["nilai"][opsi] = nilai

    def walk(node):
        if node.get("tipe_jawaban") == tipe:
            next(satu for satu in node["opsi"] if satu["kode"] == opsi)["nilai"] = nilai
        for anak in node.get("anak", []):
            walk(anak)

    for komponen in isi["tree"]:
        walk(komponen)
    return json.dumps(isi)


@pytest.mark.django_db
def test_a_loaded_instrument_follows_the_zero_rule_that_was_set(score):
    versi = load_versi()
    Pertanyaan.objects.filter(versi=versi, kode="A.II.4.i.a").update(nilai_penyebut_nol="0.5")
    Pertanyaan.objects.filter(versi=versi, kode="A.II.3.iii.a").update(nilai_penyebut_nol="0.25")
    jawaban = {
        "A.II.4.i.a": {"jumlah_sasaran": 0, "sasaran_tercapai": 0},
        "A.II.3.iii.a": {
            "pelanggaran_lalu": 0,
            "pelanggaran_ini": 1,
            "pelanggaran_disanksi": 0,
        },
    }

    [bawaan] = score({"jawaban": jawaban})
    [diatur] = score({"jawaban": jawaban}, "--instrumen", versi.kode)

    sub = {kode: kode.rpartition(".")[0] for kode in jawaban}
    bobot = {simpul: load_bawaan().simpul[simpul].bobot for simpul in sub.values()}
    assert {bawaan["nilai"][simpul] for simpul in sub.values()} == {"0.000000"}
    assert diatur["nilai"]["A.II.4.i"] == f"{bobot['A.II.4.i'] / 2:.6f}"
    assert diatur["nilai"]["A.II.3.iii"] == f"{bobot['A.II.3.iii'] / 4:.6f}"
    # 0/0 is the workbook's own rule and stays.
    jawaban["A.II.3.iii.a"]["pelanggaran_ini"] = 0
    [nihil] = score({"jawaban": jawaban}, "--instrumen", versi.kode)
    assert nihil["nilai"]["A.II.3.iii"] == f"{bobot['A.II.3.iii']:.6f}"
