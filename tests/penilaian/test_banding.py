"""Two instruments beside each other: nothing is lost on the way from one to the other."""

import copy
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penilaian.instrumen import load_bawaan, parse_instrumen
from penilaian.instrumen.banding import Nasib, Ubahan, compare, describe
from tests.penilaian.test_instrumen import ISI, get_node, list_node


@pytest.fixture
def isi():
    return copy.deepcopy(ISI)


def read(isi):
    return parse_instrumen(json.dumps(isi))


def list_beda(isi):
    """What became of each part that is not the same."""
    banding = compare(load_bawaan(), read(isi))
    return [satu for satu in banding.daftar if satu.nasib != Nasib.TETAP]


def apply(banding, lama):
    """The newer parts from the older ones and what was told."""
    hasil = {}
    for satu in banding.daftar:
        kunci = (satu.jenis, satu.kode)
        if satu.nasib == Nasib.DIHAPUS:
            continue
        hasil[kunci] = dict(lama.get(kunci, {}))
        for ubahan in satu.daftar_ubahan:
            assert hasil[kunci].get(ubahan.bidang, "") == ubahan.lama
            hasil[kunci][ubahan.bidang] = ubahan.baru
        hasil[kunci] = {bidang: teks for bidang, teks in hasil[kunci].items() if teks}
    return hasil


def renumber(isi):
    daftar = sorted(list_node(isi, "pertanyaan"), key=lambda satu: satu["urutan"])
    for nomor, satu in enumerate(daftar, 1):
        satu["urutan"] = nomor
    isi["jumlah_pertanyaan"] = len(daftar)


def drop(isi, kode):
    """Take a question away; the others of its sub-unsur share its weight."""
    induk = get_node(isi, kode.rpartition(".")[0])
    induk["anak"] = [satu for satu in induk["anak"] if satu["kode"] != kode]
    for satu in induk["anak"]:
        satu["bobot"] = round(induk["bobot"] / len(induk["anak"]), 6)
        satu["bobot_pecahan"] = f"{induk['bobot']}/{len(induk['anak'])}"
    renumber(isi)


def change(isi, acak):
    """A few changes that leave the weights sound."""
    for _ in range(acak.randrange(6)):
        satu = acak.choice(list(list_node(isi, "pertanyaan")))
        cara = acak.randrange(5)
        if cara == 0:
            satu["label"] += " (diubah)"
        elif cara == 1:
            satu["bukti"] = satu.get("bukti", [])[1:]
        elif cara == 2 and satu.get("opsi"):
            satu["opsi"][0]["label"] += " sekali"
        elif cara == 3 and len(get_node(isi, satu["kode"].rpartition(".")[0])["anak"]) > 2:
            drop(isi, satu["kode"])
        else:
            isi["ambang"]["WBK"]["total"] = acak.randrange(60, 90)


def test_an_instrument_is_the_same_as_itself():
    banding = compare(load_bawaan(), load_bawaan())

    assert banding.is_sama
    assert {satu.nasib for satu in banding.daftar} == {Nasib.TETAP}
    assert len(banding.daftar) == len(describe(load_bawaan()))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_told_leads_from_one_to_the_other_and_nothing_is_counted_twice(benih):
    acak = random.Random(benih)
    satu, dua = copy.deepcopy(ISI), copy.deepcopy(ISI)
    change(satu, acak)
    change(dua, acak)
    lama, baru = read(satu), read(dua)

    banding = compare(lama, baru)

    jumlah = {nasib: len(banding.list_nasib(nasib)) for nasib in Nasib}
    ada = jumlah[Nasib.TETAP] + jumlah[Nasib.BERUBAH]
    assert ada + jumlah[Nasib.DIHAPUS] == len(describe(lama))
    assert ada + jumlah[Nasib.DITAMBAH] == len(describe(baru))
    terapan = apply(banding, describe(lama))
    for butir in banding.list_nasib(Nasib.DITAMBAH):
        terapan[butir.jenis, butir.kode] = describe(baru)[butir.jenis, butir.kode]
    assert terapan == describe(baru)
    # The other way round, added and dropped change places.
    balik = compare(baru, lama)
    assert len(balik.list_nasib(Nasib.DITAMBAH)) == jumlah[Nasib.DIHAPUS]
    assert len(balik.list_nasib(Nasib.BERUBAH)) == jumlah[Nasib.BERUBAH]


LABEL = get_node(ISI, "A.I.1.i.a")["label"]


@pytest.mark.parametrize(
    ("ubah", "ubahan"),
    [
        ({"label": "Baru?"}, Ubahan("kalimat", LABEL, "Baru?")),
        ({"catatan": "Lihat SE."}, Ubahan("catatan", "", "Lihat SE.")),
        ({"baris_lke": 900}, Ubahan("baris lembar kerja", "6", "900")),
    ],
)
def test_a_changed_field_is_told_with_both_values(isi, ubah, ubahan):
    get_node(isi, "A.I.1.i.a").update(ubah)

    [butir] = list_beda(isi)

    assert (butir.jenis, butir.kode, butir.nasib) == ("pertanyaan", "A.I.1.i.a", Nasib.BERUBAH)
    assert butir.daftar_ubahan == (ubahan,)


def test_another_value_of_an_option_is_told(isi):
    isi["tipe_jawaban"]["abc"]["nilai"]["B"] = 0.6
    for satu in list_node(isi, "pertanyaan"):
        if satu["tipe_jawaban"] == "abc":
            satu["opsi"][1]["nilai"] = 0.6

    beda = list_beda(isi)

    assert len(beda) == 36
    [ubahan] = beda[0].daftar_ubahan
    assert ubahan.bidang == "pilihan B"
    assert ubahan.lama.startswith("0,5: ")
    assert ubahan.baru.startswith("0,6: ")


def test_another_formula_and_zero_rule_are_told(isi):
    rumus = get_node(isi, "A.II.5.ii.a")["rumus"]
    rumus["pembilang"] = "aduan_proses"
    rumus["penyebut_nol"] = {"nilai": 0, "dasar": "SE 1"}

    [butir] = list_beda(isi)

    assert butir.daftar_ubahan == (
        Ubahan("rumus", "aduan_selesai / aduan_wajib", "aduan_proses / aduan_wajib"),
        Ubahan("pembagi nol", "1 (usulan)", "0 (SE 1)"),
    )


def test_another_floor_is_told(isi):
    isi["ambang"]["WBBM"]["hasil"]["B.I.b"] = 4

    [butir] = list_beda(isi)

    assert (butir.jenis, butir.kode) == ("ambang", "WBBM B.I.b")
    assert butir.daftar_ubahan == (Ubahan("paling sedikit", "3,75", "4"),)


def test_another_eligibility_rule_is_told(isi):
    isi["syarat_pengusulan"]["instansi"][0]["WBBM"] = "WTP dua tahun"

    [butir] = list_beda(isi)

    assert (butir.jenis, butir.kode) == ("syarat pengusulan", "instansi opini_bpk")
    assert butir.daftar_ubahan == (Ubahan("WBBM", "WTP", "WTP dua tahun"),)


def test_a_dropped_question_changes_the_share_of_the_others(isi):
    drop(isi, "A.I.1.i.b")

    beda = {satu.kode: satu for satu in list_beda(isi) if satu.jenis == "pertanyaan"}

    assert beda["A.I.1.i.b"].nasib == Nasib.DIHAPUS
    assert beda["A.I.1.i.a"].daftar_ubahan == (Ubahan("bobot", "0,25", "0,5"),)
    assert beda["B.II.a"].daftar_ubahan == (Ubahan("nomor", "113", "112"),)
