"""The instrument's file: what is read of it, and what is refused with the name of its node."""

import contextlib
import copy
import json
import random
from decimal import Decimal

import pytest

from penilaian.instrumen import InstrumenError, load_bawaan, parse_instrumen
from tests.penilaian import acuan_lke

ISI = json.loads(acuan_lke.BERKAS.read_text(encoding="utf-8"))


def list_node(isi, level=None):
    """Nodes of the tree in its order, or those of one level."""

    def walk(node):
        if level in (None, node["level"]):
            yield node
        for anak in node.get("anak", []):
            yield from walk(anak)

    for komponen in isi["tree"]:
        yield from walk(komponen)


def get_node(isi, kode):
    return next(node for node in list_node(isi) if node["kode"] == kode)


@pytest.fixture
def isi():
    return copy.deepcopy(ISI)


def refuse(isi) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(InstrumenError) as error:
        parse_instrumen(json.dumps(isi))
    return str(error.value)


def list_kode(level):
    return [node["kode"] for node in list_node(ISI, level)]


# --- what is read -------------------------------------------------------------------------------
def test_the_packaged_instrument_is_the_one_that_was_described():
    instrumen = load_bawaan()

    jumlah: dict[str, int] = {}
    for satu in instrumen.daftar_pertanyaan:
        jumlah[satu.tipe] = jumlah.get(satu.tipe, 0) + 1
    assert jumlah == {"ya_tidak": 17, "abc": 36, "abcd": 33, "abcde": 17, "persen": 8, "indeks": 2}
    daftar_persen = [satu for satu in instrumen.daftar_pertanyaan if satu.tipe == "persen"]
    assert sum(len(satu.masukan) for satu in daftar_persen) == 24
    assert sum(len(satu.daftar_isian) for satu in daftar_persen) == 22
    assert len([simpul for simpul in instrumen.daftar_simpul if simpul.level == "sub_unsur"]) == 42
    assert [area.kode for area in instrumen.daftar_area] == [f"A.{n}" for n in range(1, 7)] + ["B"]
    assert sum(len(daftar) for daftar in instrumen.pertanyaan_area.values()) == 113


@pytest.mark.parametrize("target", ["WBK", "WBBM"])
def test_the_floors_are_those_of_the_regulation(target):
    ambang = load_bawaan().ambang[target]

    assert [gerbang.kode for gerbang in ambang.daftar_gerbang] == acuan_lke.URUTAN_GERBANG
    assert ambang.prasyarat == {"WBK": None, "WBBM": "WBK"}[target]
    for gerbang in ambang.daftar_gerbang:
        kurang = gerbang.minimal - Decimal("0.000001")
        penuh = {satu.simpul: satu.minimal for satu in ambang.daftar_gerbang}
        assert acuan_lke.find_gagal(penuh | {gerbang.simpul: kurang}, target) == [gerbang.kode]


# --- weights ------------------------------------------------------------------------------------
# Who is named: the node itself, or the one above, whose sum no longer comes out.
@pytest.mark.parametrize("kode", [*list_kode("area"), *list_kode("aspek"), *list_kode("komponen")])
@pytest.mark.parametrize("tambah", [1, -0.5, 0.000001])
def test_a_weight_that_does_not_add_up_names_the_node(isi, kode, tambah):
    node = get_node(isi, kode)
    node["bobot"] += tambah

    pesan = refuse(isi)

    assert f"{kode}: bobotnya {Decimal(str(node['bobot']))}, padahal jumlah bobot anaknya" in pesan


@pytest.mark.parametrize("kode", list_kode("sub_unsur"))
def test_a_sub_unsur_that_weighs_otherwise_names_the_aspect_above_it(isi, kode):
    node = get_node(isi, kode)
    node["bobot"] += 0.25
    # Its questions keep pace: only the sum above can tell.
    for satu in node["anak"]:
        satu["bobot"] = round(node["bobot"] / len(node["anak"]), 6)
        satu["bobot_pecahan"] = f"{node['bobot']}/{len(node['anak'])}"

    aspek = kode.rpartition(".")[0]

    assert refuse(isi).startswith(f"{aspek}: bobotnya ")


@pytest.mark.parametrize("kode", list_kode("sub_komponen"))
def test_a_result_node_that_weighs_otherwise_is_named(isi, kode):
    get_node(isi, kode)["bobot"] += 1

    pesan = refuse(isi)

    assert f"{kode}: bobotnya " in pesan
    assert "B: bobotnya 40, padahal jumlah bobot anaknya 41" in pesan


@pytest.mark.parametrize("kode", ["B.I.a", "B.I.b", "B.II.a"])
def test_a_result_question_that_weighs_otherwise_is_named(isi, kode):
    node = get_node(isi, kode)
    node["bobot"] += 1
    node["bobot_pecahan"] = f"{node['bobot']}/1"

    assert f"{kode.rpartition('.')[0]}: bobotnya " in refuse(isi)


@pytest.mark.parametrize(("aspek", "kode"), [("pemenuhan", "A.I"), ("reform", "A.II")])
def test_an_aspect_over_all_areas_that_does_not_add_up_is_named(isi, aspek, kode):
    isi["tree"][0]["aspek"][aspek]["bobot"] = 31

    pesan = refuse(isi)

    assert f"{kode}: bobotnya 31, padahal jumlah bobot anaknya 30" in pesan
    assert "A: bobotnya 60, padahal A.I + A.II = 61" in pesan


def test_the_whole_is_a_hundred(isi):
    isi["skala_maksimal"] = 101

    assert refuse(isi) == "total: bobotnya 101, padahal jumlah bobot anaknya 100."


@pytest.mark.parametrize("kode", ["A.I.1.ii.a", "A.II.6.ii.a", "B.I.b"])
@pytest.mark.parametrize(
    "pecahan", ["1/4", "2/3", "satu/3", "1/0", "1", "", None, "1e99/3", "-1/3"]
)
def test_a_question_with_another_share_is_named(isi, kode, pecahan):
    get_node(isi, kode)["bobot_pecahan"] = pecahan

    assert refuse(isi).startswith(f"{kode}: bobot_pecahan ")


def test_the_rounded_weight_of_a_question_may_err_at_the_sixth_decimal_only(isi):
    get_node(isi, "A.I.1.ii.a")["bobot"] = 0.333334
    parse_instrumen(json.dumps(isi))

    get_node(isi, "A.I.1.ii.a")["bobot"] = 0.34
    assert refuse(isi) == "A.I.1.ii.a: bobot 0.34 tidak sesuai bobot_pecahan."


@pytest.mark.parametrize("level", ["komponen", "area", "aspek", "sub_unsur", "sub_komponen"])
@pytest.mark.parametrize(
    "bobot", ["4", None, True, [], -4, 1e300, 0.1234567890123, float("nan"), float("inf")]
)
def test_a_weight_that_is_no_plain_number_is_refused(isi, level, bobot):
    node = next(list_node(isi, level))
    node["bobot"] = bobot

    pesan = refuse(isi)

    # NaN is no JSON at all.
    assert pesan.startswith(f"{node['kode']}: bobot atau nilai ") or "bukan angka." in pesan


# --- the tree -----------------------------------------------------------------------------------
@pytest.mark.parametrize("level", ["komponen", "area", "aspek", "sub_unsur", "sub_komponen"])
@pytest.mark.parametrize("kunci", ["level", "nama", "bobot", "anak"])
def test_a_missing_key_names_the_node(isi, level, kunci):
    node = next(list_node(isi, level))
    del node[kunci]

    assert refuse(isi).startswith(f"{node['kode']}: ")
    assert kunci in refuse(isi)


@pytest.mark.parametrize("kunci", ["urutan", "baris_lke", "label", "tipe_jawaban", "bobot_pecahan"])
def test_a_missing_key_of_a_question_names_it(isi, kunci):
    del get_node(isi, "A.I.3.ii.b")[kunci]

    assert refuse(isi) == f"A.I.3.ii.b: kunci '{kunci}' tidak ada."


def test_a_node_without_a_code_is_told_by_its_place(isi):
    del get_node(isi, "A.I.2.ii")["kode"]

    assert refuse(isi) == "anak ke-2 dari A.I.2: kunci 'kode' tidak ada."


@pytest.mark.parametrize(
    ("kode", "lain"),
    [
        ("A.I.1.ii.b", "A.I.1.ii.a"),
        ("A.I.1.iii", "A.I.1.ii"),
        ("A.2", "A.1"),
        ("B.II.a", "B.I.a"),
        ("A.I.1.ii.b", "A.I.1.ii"),
        ("A.I.1.ii.b", "a.i.1.ii.a"),
    ],
)
def test_a_code_given_twice_is_named(isi, kode, lain):
    get_node(isi, kode)["kode"] = lain

    assert refuse(isi) == f"{lain}: kode dipakai dua kali."


@pytest.mark.parametrize(
    ("kode", "level", "pesan"),
    [
        ("A.1", "kamar", "A.1: level 'kamar', seharusnya area atau sub_komponen."),
        ("A.I.1", "sub_unsur", "A.I.1: level 'sub_unsur', seharusnya aspek."),
        ("A.I.1.i", "pertanyaan", "A.I.1.i: level 'pertanyaan', seharusnya sub_unsur."),
        ("A.I.1.i.a", "sub_unsur", "A.I.1.i.a: level 'sub_unsur', seharusnya pertanyaan."),
        ("A", None, "A: level null, seharusnya komponen."),
    ],
)
def test_a_level_out_of_its_place_is_named(isi, kode, level, pesan):
    get_node(isi, kode)["level"] = level

    assert refuse(isi) == pesan


@pytest.mark.parametrize("anak", [[], None, {}, "x", ["x"], [None]])
def test_a_node_without_children_is_named(isi, anak):
    get_node(isi, "A.I.1.ii")["anak"] = anak

    assert "A.I.1.ii" in refuse(isi)


def test_a_node_that_the_kept_scores_need_may_not_be_missing(isi):
    get_node(isi, "B.I.b")["kode"] = "B.I.c"

    assert refuse(isi) == "Berkas bukan instrumen LKE: simpul B.I.b tidak ada."


def test_without_its_aspects_over_all_areas_a_file_is_refused(isi):
    del isi["tree"][0]["aspek"]

    assert refuse(isi) == "Berkas bukan instrumen LKE: simpul A.I tidak ada."


@pytest.mark.parametrize("kode", ["A/1", "A 1", "<b>", "a\nb", "é"])
def test_a_code_that_cannot_stand_in_an_address_is_refused(isi, kode):
    get_node(isi, "A.I.1.i.b")["kode"] = kode

    pesan = refuse(isi)

    assert pesan.startswith("anak ke-2 dari A.I.1.i: kode ")
    assert pesan.endswith("hanya boleh berisi huruf, angka, titik dan tanda hubung.")


def test_a_row_of_the_workbook_is_given_once(isi):
    get_node(isi, "A.I.1.ii")["baris_lke"] = 6

    assert refuse(isi) == "A.I.1.i.a: baris_lke 6 sudah dipakai A.I.1.ii."


@pytest.mark.parametrize(
    ("induk", "asal", "ganti", "pesan"),
    [
        ("A", "A.6", (".6", ".7"), "Berkas bukan instrumen LKE: simpul A.6 tidak ada."),
        (None, "B", ("B", "C"), "Berkas bukan instrumen LKE: simpul B.I tidak ada."),
    ],
)
def test_a_node_under_another_name_is_missed(isi, induk, asal, ganti, pesan):
    for satu in list_node({"tree": [get_node(isi, asal)]}):
        satu["kode"] = satu["kode"].replace(*ganti)

    assert refuse(isi) == pesan


def copy_node(isi, asal, *ganti):
    """A node again, with all below it, under other codes and behind all numbers."""
    salinan = copy.deepcopy(get_node(isi, asal))
    for satu in list_node({"tree": [salinan]}):
        satu["kode"] = satu["kode"].replace(*ganti)
        for isian in [satu, *satu.get("masukan", [])]:
            if isian.get("baris_lke"):
                isian["baris_lke"] += 1000
        if "urutan" in satu:
            isi["jumlah_pertanyaan"] += 1
            satu["urutan"] = isi["jumlah_pertanyaan"]
    return salinan


def test_a_component_or_area_that_no_score_is_kept_for_is_refused(isi):
    """It could be answered, but no page would show it."""
    lain = copy.deepcopy(isi)
    isi["tree"].append(copy_node(isi, "B", "B", "C"))
    get_node(lain, "A")["anak"].append(copy_node(lain, "A.6", ".6", ".7"))

    assert refuse(isi) == "C: komponen harus A atau B."
    assert refuse(lain) == "A.7: area harus A.1, A.2, A.3, A.4, A.5, A.6."


def test_questions_are_numbered_without_a_gap(isi):
    get_node(isi, "A.I.1.i.b")["urutan"] = 200

    assert refuse(isi) == "A.I.1.ii.a: urutan 3, seharusnya 2."


def test_the_number_of_questions_is_the_one_told(isi):
    isi["jumlah_pertanyaan"] = 112

    assert refuse(isi) == "jumlah_pertanyaan 112, padahal pohon berisi 113."


# --- questions ----------------------------------------------------------------------------------
def set_rumus(**isi_rumus):
    return lambda satu: satu["rumus"].update(isi_rumus)


def set_masukan(nomor, **isi_masukan):
    return lambda satu: satu["masukan"][nomor].update(isi_masukan)


@pytest.mark.parametrize(
    ("kode", "change", "pesan"),
    [
        ("A.I.1.i.b", lambda p: p.update(tipe_jawaban="abcdef"), "tipe jawaban 'abcdef' tidak"),
        ("A.I.1.i.b", lambda p: p.update(tipe_jawaban=None), "tipe jawaban null tidak dikenal"),
        ("A.I.1.i.b", lambda p: p.update(opsi=[]), "harus punya opsi dan tanpa isian"),
        ("A.I.1.i.b", lambda p: p["opsi"][1].update(kode="a"), "opsi a: kode dipakai dua kali"),
        ("A.I.1.i.b", lambda p: p["opsi"][1].update(nilai=0.6), "bukan opsi dan nilai tipe abc"),
        ("A.I.1.i.b", lambda p: p["opsi"][1].update(nilai=1.5), "nilai 1.5 lebih besar dari 1"),
        ("A.I.1.i.b", lambda p: p["opsi"].pop(), "bukan opsi dan nilai tipe abc"),
        ("A.I.1.i.b", lambda p: p.update(bukti=[1]), "bukti harus teks"),
        ("A.I.1.i.b", lambda p: p.update(label="\x00"), "label harus teks"),
        ("A.I.1.i.b", lambda p: p.update(label="\ud800"), "label harus teks"),
        ("A.I.1.i.b", lambda p: p.update(label=" "), "label tidak boleh kosong"),
        ("A.II.1.i.a", lambda p: p.update(tipe_jawaban="abc"), "harus punya opsi dan tanpa isian"),
        ("A.II.1.i.a", lambda p: p.update(masukan=[]), "harus punya isian dan tanpa opsi"),
        ("A.II.1.i.a", lambda p: p.pop("rumus"), "kunci 'rumus' tidak ada"),
        ("A.II.1.i.a", set_rumus(pembilang="agen"), "rumus memakai isian 'agen' yang tidak ada"),
        ("A.II.1.i.a", set_rumus(penyebut="agen"), "rumus memakai isian 'agen' yang tidak ada"),
        ("A.II.1.i.a", set_rumus(jenis="akar"), "rumus 'akar' tidak dikenal"),
        ("A.II.1.i.a", set_rumus(jenis="indeks"), "rumus indeks bukan untuk tipe persen"),
        ("A.II.1.i.a", set_rumus(penyebut_nol={}), "kunci 'nilai' tidak ada"),
        ("A.II.1.i.a", set_rumus(penyebut_nol={"nilai": 2}), "nilai 2 lebih besar dari 1"),
        ("A.II.1.i.a", set_masukan(0, kode="jumlah_perubahan"), "kode dipakai dua kali"),
        ("A.II.1.i.a", set_masukan(0, tipe="kata"), "tipe isian 'kata' tidak dikenal"),
        ("A.II.3.iii.a", set_rumus(sesudah="x"), "rumus memakai isian 'x' yang tidak ada"),
        ("A.II.5.iii.a", set_masukan(0, rumus="lhkpn_kepala + x"), "memakai isian 'x' yang tidak"),
        ("A.II.5.iii.a", set_masukan(0, rumus="lhkpn_wajib"), "'lhkpn_wajib' yang tidak diisi"),
        ("A.I.1.i.b", lambda p: p.update(opsi=p["opsi"][:1]), "paling sedikit dua opsi"),
        ("A.I.1.i.b", lambda p: p["opsi"][0].update(nilai=0.9), "satu di antaranya bernilai 1"),
        ("A.I.1.i.b", lambda p: p["opsi"][0].pop("nilai"), "kunci 'nilai' tidak ada"),
        ("A.I.1.i.b", lambda p: p.update(opsi={"A": 1}), "opsi harus daftar, bukan sebuah objek"),
        ("A.II.1.i.a", set_masukan(0, kode="Jumlah agen"), "hanya boleh berisi huruf kecil, angka"),
        ("A.II.1.i.a", set_masukan(0, minimal=5, maksimal=4), "isian 4 kurang dari minimalnya 5"),
        ("A.II.1.i.a", set_masukan(0, baris_lke=7), "isian jumlah_agen: baris_lke 7 sudah dipakai"),
        ("A.II.1.i.a", set_rumus(pembilang=None), "pembilang harus teks"),
        ("A.II.1.i.a", set_rumus(pembilang="jumlah_agen"), "jumlah_agen dengan dirinya sendiri"),
        (
            "A.II.5.iii.a",
            set_masukan(0, rumus="lhkpn_kepala + lhkpn_kepala"),
            "jumlah lhkpn_wajib, lhkpn_kepala: kode dipakai dua kali",
        ),
        ("A.II.5.iii.a", set_masukan(0, rumus=None), "rumus jumlah harus teks"),
        ("B.I.a", set_masukan(0, maksimal=0), "indeks harus satu isian dengan nilai maksimal"),
        ("B.I.a", lambda p: p["masukan"][0].pop("maksimal"), "satu isian dengan nilai maksimal"),
    ],
)
def test_a_question_that_cannot_be_scored_is_named(isi, kode, change, pesan):
    change(get_node(isi, kode))

    teks = refuse(isi)

    assert teks.startswith(kode)
    assert pesan in teks


# --- floors -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "pesan"),
    [
        (lambda a: a.pop("WBBM"), "ambang WBBM: kunci 'WBBM' tidak ada."),
        (lambda a: a.update(WBX={}), "ambang: target 'WBX' tidak dikenal."),
        (lambda a: a["WBK"].pop("total"), "ambang WBK: kunci 'total' tidak ada."),
        (lambda a: a["WBK"].update(total=101), "ambang WBK: total 101 melebihi bobotnya 100."),
        (lambda a: a["WBK"]["hasil"].update({"B.IX": 1}), "ambang WBK: simpul 'B.IX' tidak ada."),
        (
            lambda a: a["WBK"]["hasil"].update({"A.1": 1}),
            "ambang WBK: A.1 bukan simpul hasil yang punya ambang.",
        ),
        (lambda a: a["WBBM"]["hasil"].pop("B.II"), "ambang WBBM: B.II tidak punya ambang."),
        (
            lambda a: a["WBK"].update(persen_tiap_area_pengungkit=101),
            "ambang WBK: bobot atau nilai 101 lebih besar dari 100.",
        ),
    ],
)
def test_a_floor_that_cannot_be_is_named(isi, change, pesan):
    change(isi["ambang"])

    assert refuse(isi) == pesan


# --- eligibility and types ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "pesan"),
    [
        (
            lambda i: i["syarat_pengusulan"]["instansi"][0].pop("WBBM"),
            "syarat_pengusulan instansi ke-1: kunci 'WBBM' tidak ada.",
        ),
        (
            lambda i: i["syarat_pengusulan"]["satker"][1].update(kode="layanan_inti"),
            "syarat_pengusulan satker, layanan_inti: kode dipakai dua kali.",
        ),
        (
            lambda i: i["syarat_pengusulan"].update(satker="x"),
            "syarat_pengusulan: satker harus daftar, bukan 'x'.",
        ),
        (
            lambda i: i["tipe_jawaban"].update(abc="nilai"),
            "tipe_jawaban abc: harus objek, bukan 'nilai'.",
        ),
        (
            lambda i: i["tipe_jawaban"]["abc"].update(nilai=[1]),
            "tipe_jawaban abc: harus objek, bukan sebuah daftar.",
        ),
    ],
)
def test_what_stands_beside_the_tree_is_named(isi, change, pesan):
    change(isi)

    assert refuse(isi) == pesan


# --- the file itself ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("teks", "pesan"),
    [
        ("", "berkas bukan JSON yang utuh: baris 1, kolom 1."),
        ("[]", 'Berkas bukan instrumen: tidak ada kunci "tree".'),
        ('{"tree": {}}', 'Berkas bukan instrumen: tidak ada kunci "tree".'),
        ('{"tree": []}', "Berkas: kunci 'kode' tidak ada."),
        ('{"tree": [], "tree": []}', "tree: tertulis dua kali."),
        ('{"tree": [], "x": NaN}', "NaN bukan angka."),
        ("[" * 100_000, "berkas bersarang terlalu dalam."),
    ],
)
def test_what_is_no_instrument_is_refused(teks, pesan):
    with pytest.raises(InstrumenError) as error:
        parse_instrumen(teks)

    assert str(error.value) == pesan


@pytest.mark.parametrize(
    ("kunci", "nilai"),
    [
        ("kode", ""),
        ("kode", "dua kata"),
        ("kode", "x" * 61),
        ("kode", 90),
        ("versi_data", 0),
        ("versi_data", "1"),
        ("judul", None),
        ("judul", "x" * 201),
        ("dasar_hukum", {}),
        ("dasar_hukum", [{}]),
        ("syarat_pengusulan", []),
        ("tipe_jawaban", []),
        ("ambang", []),
    ],
)
def test_a_head_of_the_wrong_shape_is_refused(isi, kunci, nilai):
    isi[kunci] = nilai

    assert refuse(isi)


def test_every_key_of_the_file_may_go_wrong_without_a_crash(isi):
    """The file is refused in a sentence, or does not need the value."""
    jalur = []

    def walk(bagian):
        daftar = bagian.items() if isinstance(bagian, dict) else enumerate(bagian)
        for kunci, nilai in list(daftar):
            # One question of each kind stands for all.
            if isinstance(nilai, dict) and nilai.get("urutan", 0) not in (0, 1, 88, 90, 107, 111):
                continue
            jalur.append((bagian, kunci, nilai))
            if isinstance(nilai, dict | list):
                walk(nilai)

    walk(isi)
    for bagian, kunci, nilai in random.Random(90).sample(jalur, 100):
        for ganti in (None, "x", 7, [], {}, [7]):
            bagian[kunci] = ganti
            with contextlib.suppress(InstrumenError):
                parse_instrumen(json.dumps(isi))
        bagian[kunci] = nilai
