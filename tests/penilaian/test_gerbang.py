"""The panel of floors, the shortest way on the page, effort, and why a score is so."""

import html
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from penilaian import gerbang
from penilaian.models import JenisPredikat, Rekap, Upaya
from penilaian.skor import Kosong
from penilaian.versi import get_terpakai
from satker.models import Riwayat
from tests.factories import (
    KepalaFactory,
    OperatorFactory,
    PenilaianFactory,
    PredikatFactory,
    TimKanwilFactory,
)
from tests.factories.lke import build_jawaban

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def get_teks(respons) -> str:
    """What a reader sees, blanks joined."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", respons.text)))


def open_as_kepala(client_for, penilaian):
    return client_for(KepalaFactory(satker=penilaian.satker))


def build_panel(penilaian, target="WBK"):
    isi = get_terpakai(penilaian.versi).isi
    return gerbang.build_panel(Rekap.objects.get(penilaian=penilaian), isi, target)


# --- the panel ----------------------------------------------------------------------------------
@pytest.mark.parametrize("target", ["WBK", "WBBM"])
def test_thirteen_floors_are_of_seven_kinds(target):
    panel = build_panel(PenilaianFactory(), target)

    assert [[satu.kode for satu in jenis.daftar_syarat] for jenis in panel.daftar_jenis] == [
        ["total"],
        ["pengungkit"],
        ["A.1", "A.2", "A.3", "A.4", "A.5", "A.6"],
        ["B.I"],
        ["B.I.a"],
        ["B.I.b"],
        ["B.II", "B.II.a"],
    ]
    assert [jenis.persen for jenis in panel.daftar_jenis if jenis.persen] == [
        Decimal(60 if target == "WBK" else 75)
    ]
    assert panel.judul == f"Belum lolos {target}: 13 dari 13 syarat kurang"


def test_a_floor_tells_its_distance_under_both_rules():
    penilaian = PenilaianFactory(jawaban={"A.I.1.i.a": "Ya", "B.II.a": {"indeks": "3.1"}})

    panel = build_panel(penilaian)

    syarat = {satu.kode: satu for satu in panel.daftar_syarat}
    assert (syarat["A.1"].nol.nilai, syarat["A.1"].nol.kurang) == (Decimal("0.25"), Decimal("4.55"))
    assert syarat["A.1"].resmi.nilai == Decimal("0.5")
    assert syarat["B.II"].nol.kurang == syarat["B.II"].resmi.kurang == Decimal("0.4375")
    assert not syarat["B.II"].nol.terpenuhi


def test_a_floor_met_in_the_official_way_only_is_told_apart():
    """One of twelve answers of the fulfilment of area 2, and all of its reform."""
    isi = build_jawaban()
    penilaian = PenilaianFactory(
        jawaban={kode: isi[kode] for kode in isi if kode.startswith(("A.II.2", "A.I.2.i.a"))}
    )

    panel = build_panel(penilaian)

    syarat = {satu.kode: satu for satu in panel.daftar_syarat}
    assert (syarat["A.2"].nol.terpenuhi, syarat["A.2"].resmi.terpenuhi) == (False, True)
    for satu in panel.daftar_syarat:
        assert satu.nol.terpenuhi == (satu.nol.nilai >= satu.minimal)
        assert satu.resmi.terpenuhi == (satu.resmi.nilai >= satu.minimal)
    assert (len(panel.daftar_gagal), len(panel.daftar_gagal_resmi)) == (13, 12)


def test_the_page_says_in_a_sentence_where_the_unit_stands(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban() | {"B.I.a": {"indeks": "3.59"}})

    teks = get_teks(open_as_kepala(client_for, penilaian).get(alamat(penilaian)))

    assert "Belum lolos WBK: 1 dari 13 syarat kurang" in teks
    assert "Belum lolos WBBM: 1 dari 13 syarat kurang" in teks
    # 3.59 / 4 x 17.5 = 15.70625
    assert "15,71 dari lantai 15,75kurang 0,05 · resmi 15,71" in teks
    assert teks.index("Tujuh syarat nilai WBK") < teks.index("Belum lolos WBBM")


def test_the_own_target_stands_first(client_for):
    penilaian = PenilaianFactory(target=JenisPredikat.WBBM, jawaban=build_jawaban())

    teks = get_teks(open_as_kepala(client_for, penilaian).get(alamat(penilaian)))

    assert "Semua syarat nilai WBBM terpenuhi" in teks
    assert teks.index("Tujuh syarat nilai WBBM") < teks.index("Semua syarat nilai WBK terpenuhi")
    assert "WBBM menuntut predikat WBK lebih dulu" in teks
    assert "catatan satker ini: predikatnya belum diketahui" in teks


def test_the_register_is_told_in_words_and_not_counted(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban())
    PredikatFactory(satker=penilaian.satker)

    teks = get_teks(open_as_kepala(client_for, penilaian).get(alamat(penilaian)))

    assert "catatan satker ini: WBK sejak" in teks
    assert "Semua syarat nilai WBBM terpenuhi" in teks


def alamat(penilaian, **lain):
    kueri = "&".join(f"{nama}={nilai}" for nama, nilai in lain.items())
    return reverse("gerbang_detail", args=[penilaian.pk]) + (f"?{kueri}" if kueri else "")


@pytest.mark.parametrize("penuh", [False, True])
def test_the_panel_costs_six_statements_whatever_is_answered(client_for, count_queries, penuh):
    penilaian = PenilaianFactory(jawaban=build_jawaban() if penuh else None)
    client = open_as_kepala(client_for, penilaian)
    client.get(alamat(penilaian))

    with count_queries() as daftar_sql:
        client.get(alamat(penilaian))

    assert len(daftar_sql) == 6


# --- the way ------------------------------------------------------------------------------------
def test_the_way_is_told_step_by_step(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban() | {"B.I.b": "E"})
    Upaya.objects.create(
        penilaian=penilaian, upaya=4, pertanyaan_id=get_terpakai(penilaian.versi).id_dari["B.I.b"]
    )

    respons = open_as_kepala(client_for, penilaian).get(alamat(penilaian, jalan="WBK"))

    teks = get_teks(respons)
    assert "1 pertanyaan diperbaiki, jumlah upaya 4, tambahan 2,50 poin." in teks
    assert "Terbukti terpendek" in teks
    assert f'href="{reverse("area_detail", args=[penilaian.pk, "B"])}#q112"' in respons.text
    assert '<td data-label="Dari">E</td><td data-label="Menjadi"><b>C</b></td>' in respons.text


def test_the_fragment_is_the_section_of_the_page(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban() | {"B.I.b": "E"})
    client = open_as_kepala(client_for, penilaian)

    halaman = client.get(alamat(penilaian, jalan="WBBM"))
    bagian = client.get(alamat(penilaian, jalan="WBBM"), headers=HTMX)

    assert bagian.text.strip().startswith('<section class="sheet" id="jalan"')
    assert bagian.text.strip() in halaman.text
    assert "hx-trigger" not in bagian.text


def test_without_script_a_link_asks_for_the_way(client_for):
    penilaian = PenilaianFactory()

    respons = open_as_kepala(client_for, penilaian).get(alamat(penilaian))

    assert '<a class="button" href="?jalan=WBK#jalan">' in respons.text


def test_a_target_out_of_reach_tells_the_best_and_what_fails_then(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban(indeks="3.00"))

    teks = get_teks(open_as_kepala(client_for, penilaian).get(alamat(penilaian, jalan="WBK")))

    assert "WBK belum dapat dicapai." in teks
    assert "4 syarat masih kurang" in teks
    assert "paling tinggi 13,13 dari lantai 15,75" in teks
    assert "Paling tinggi yang masih dapat dicapai: total 87,92" in teks


def test_what_is_within_reach_opens_the_way(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban(indeks="3.00"))
    client = open_as_kepala(client_for, penilaian)
    isi = {"jangkauan-B.I.a-indeks": "3,9", "jangkauan-B.II.a-indeks": "3,80", "upaya-B.I.a": "3"}

    simpan = client.post(reverse("upaya_edit", args=[penilaian.pk]), isi)

    assert simpan.url == alamat(penilaian)
    teks = get_teks(client.get(alamat(penilaian, jalan="WBK")))
    assert "2 pertanyaan diperbaiki, jumlah upaya 4" in teks
    assert "Nilai indeks hasil survei 3,9" in teks


def test_an_unknown_target_does_not_exist(client_for):
    penilaian = PenilaianFactory()

    respons = open_as_kepala(client_for, penilaian).get(alamat(penilaian, jalan="WTP"))

    assert respons.status_code == 404


def test_the_way_needs_nothing_when_all_floors_are_held(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban())

    respons = open_as_kepala(client_for, penilaian).get(alamat(penilaian, jalan="WBBM"))

    assert "semua syarat nilai WBBM sudah terpenuhi" in get_teks(respons)


def test_a_draft_counts_neither_for_the_way_nor_for_the_explanation():
    penilaian = PenilaianFactory(jawaban={"A.I.1.i.a": "Ya"})
    terpakai = get_terpakai(penilaian.versi)
    penilaian.jawaban_set.update(draf=True)

    assert gerbang.read_jawaban(penilaian, terpakai) == {}


def test_readers_above_the_unit_see_the_way_but_no_link_to_set_effort(client_for):
    penilaian = PenilaianFactory()
    kanwil = penilaian.satker.kedudukansatker_set.get().kanwil

    respons = client_for(TimKanwilFactory(kanwil=kanwil)).get(alamat(penilaian, jalan="WBK"))

    assert respons.status_code == 200
    assert "Atur upaya" not in respons.text


@pytest.mark.parametrize("penuh", [False, True])
def test_the_way_costs_the_same_whatever_is_answered(client_for, count_queries, penuh):
    penilaian = PenilaianFactory(jawaban=build_jawaban(pilih=1) if penuh else None)
    client = open_as_kepala(client_for, penilaian)
    client.get(alamat(penilaian))

    with count_queries() as daftar_sql:
        client.get(alamat(penilaian, jalan="WBK"), headers=HTMX)

    assert len(daftar_sql) == 6


# --- effort -------------------------------------------------------------------------------------
def test_the_table_of_effort_shows_what_is_kept(client_for):
    penilaian = PenilaianFactory(jawaban={"A.I.1.i.a": "Tidak"})
    client = open_as_kepala(client_for, penilaian)
    halaman = reverse("upaya_edit", args=[penilaian.pk])

    client.post(halaman, {"upaya-A.I.1.i.a": "9", "jangkauan-B.I.a-indeks": "3,75"})

    teks = client.get(halaman).text
    assert 'name="upaya-A.I.1.i.a" value="9"' in teks
    assert 'name="upaya-A.I.1.i.b" value="1"' in teks
    assert 'name="jangkauan-B.I.a-indeks" value="3,75"' in teks
    assert '<td data-label="Kini">Tidak</td>' in teks
    assert teks.count('name="upaya-') == 113


def test_a_refused_table_comes_back_with_what_was_typed_and_nothing_is_written(client_for):
    penilaian = PenilaianFactory()
    client = client_for(OperatorFactory(satker=penilaian.satker))
    jumlah = Riwayat.objects.count()

    respons = client.post(
        reverse("upaya_edit", args=[penilaian.pk]),
        {"upaya-A.I.1.i.a": "4", "upaya-A.I.1.i.b": "12", "jangkauan-B.I.a-indeks": "<9>"},
    )

    assert respons.status_code == 422
    assert 'name="upaya-A.I.1.i.a" value="4"' in respons.text
    assert 'name="upaya-A.I.1.i.b" value="12"' in respons.text
    assert 'value="&lt;9&gt;"' in respons.text
    assert '<a href="#u2">Nomor 2 (A.I.1.i.b): upaya harus' in respons.text
    assert "Nomor 111 (B.I.a): isian" in get_teks(respons)
    assert not Upaya.objects.exists()
    assert Riwayat.objects.count() == jumlah


def test_people_above_the_unit_do_not_set_its_effort(client_for):
    penilaian = PenilaianFactory()
    kanwil = penilaian.satker.kedudukansatker_set.get().kanwil
    halaman = reverse("upaya_edit", args=[penilaian.pk])

    respons = client_for(TimKanwilFactory(kanwil=kanwil)).post(halaman, {"upaya-A.I.1.i.a": "4"})

    assert respons.status_code == 403
    assert not Upaya.objects.exists()


def test_saving_effort_costs_the_same_for_one_and_for_all(client_for, count_queries):
    penilaian = PenilaianFactory()
    client = open_as_kepala(client_for, penilaian)
    isi = get_terpakai(penilaian.versi).isi
    halaman = reverse("upaya_edit", args=[penilaian.pk])
    client.get(halaman)

    with count_queries() as satu:
        client.post(halaman, {"upaya-A.I.1.i.a": "2"})
    with count_queries() as semua:
        client.post(halaman, {f"upaya-{p.kode}": "5" for p in isi.daftar_pertanyaan})

    assert len(satu) == len(semua)
    assert Upaya.objects.filter(upaya=5).count() == 113


# --- why ----------------------------------------------------------------------------------------
def explain(client, penilaian, simpul, kueri=""):
    return client.get(reverse("skor_explain", args=[penilaian.pk, simpul]) + kueri)


def test_a_score_is_explained_down_to_the_answers(client_for):
    penilaian = PenilaianFactory(jawaban={"A.I.1.ii.a": "Ya", "A.I.1.ii.b": "B"})
    client = open_as_kepala(client_for, penilaian)

    nol = get_teks(explain(client, penilaian, "A.I.1.ii"))
    resmi = get_teks(explain(client, penilaian, "A.I.1.ii", "?kosong=abaikan"))

    assert "Mengapa 0,50?" in nol
    assert "(1,00 + 0,50 + 0,00) / 3 × bobot 1,00 = 0,50" in nol
    assert "Jawaban B bernilai 0,50." in nol
    assert "belum dijawab, dihitung 0" in nol
    assert "(1,00 + 0,50) / 2 × bobot 1,00 = 0,75" in resmi
    assert "belum dijawab, tidak ikut" in resmi
    assert "belum dijawab, dihitung 0" not in resmi
    assert f"WBBM, versi {penilaian.versi.versi}. Tidak ada pembulatan" in nol


def test_every_node_leads_up_and_down_in_the_same_way_of_counting(client_for):
    penilaian = PenilaianFactory(jawaban=build_jawaban(pilih=1))
    client = open_as_kepala(client_for, penilaian)
    antre, lihat = (
        [reverse("skor_explain", args=[penilaian.pk, "total"]) + "?kosong=abaikan"],
        set(),
    )

    while antre:
        satu = antre.pop()
        if satu in lihat:
            continue
        lihat.add(satu)
        respons = client.get(satu)
        assert respons.status_code == 200
        antre += re.findall(r'href="([^"]*/mengapa/[^"]*kosong=abaikan)"', respons.text)

    assert len(lihat) == len(get_terpakai(penilaian.versi).isi.daftar_simpul)


@pytest.mark.parametrize("kosong", list(Kosong))
def test_the_number_explained_is_the_number_kept(client_for, kosong):
    penilaian = PenilaianFactory(jawaban=build_jawaban(pilih=1, tanpa=["A.I.3.iii.a"]))
    client = open_as_kepala(client_for, penilaian)
    rekap = Rekap.objects.get(penilaian=penilaian)

    respons = explain(client, penilaian, "total", f"?kosong={kosong}")

    assert respons.context["satu"].nilai == getattr(rekap, f"total_{kosong}")


@pytest.mark.parametrize(("simpul", "kueri"), [("A.9", ""), ("A.I.1.i.a", ""), ("A", "?kosong=x")])
def test_an_unknown_node_or_way_of_counting_does_not_exist(client_for, simpul, kueri):
    penilaian = PenilaianFactory()

    respons = explain(open_as_kepala(client_for, penilaian), penilaian, simpul, kueri)

    assert respons.status_code == 404


@pytest.mark.parametrize("simpul", ["total", "A.I.1.ii"])
@pytest.mark.parametrize("penuh", [False, True])
def test_an_explanation_costs_the_same_for_any_node(client_for, count_queries, simpul, penuh):
    penilaian = PenilaianFactory(jawaban=build_jawaban() if penuh else None)
    client = open_as_kepala(client_for, penilaian)
    explain(client, penilaian, "A")

    with count_queries() as daftar_sql:
        explain(client, penilaian, simpul)

    assert len(daftar_sql) == 5
