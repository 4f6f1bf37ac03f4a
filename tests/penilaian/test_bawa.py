"""Taking over from the previous year: what is offered, what is written, what is left alone."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from integritas.alur import AlurError
from penilaian.alur import area as alur_area
from penilaian.alur import pembukaan, pengajuan, pengisian
from penilaian.alur.bawa import KEJADIAN, carry
from penilaian.bawa import (
    CARA_BERUBAH,
    ISIAN_BERUBAH,
    PILIHAN_BERUBAH,
    TIDAK_ADA,
    explain_beda,
    read_bekal,
)
from penilaian.instrumen import Tipe, load_bawaan
from penilaian.izin import get_izin
from penilaian.kalender import is_di_luar
from penilaian.lke import find_unanswered
from penilaian.models import (
    DokumenDiminta,
    Jawaban,
    PemakaianBukti,
    Pertanyaan,
    Rekap,
    RevisiBukti,
    Temuan,
    VersiInstrumen,
)
from penilaian.versi import get_terpakai
from satker.models import Riwayat
from tests.factories import BuktiFactory, KepalaFactory, OperatorFactory, PenilaianFactory
from tests.factories.bukti import get_berkas
from tests.factories.lke import build_jawaban, load_versi

pytestmark = pytest.mark.django_db
TAHUN = timezone.localdate().year
YA, CATATAN = "A.I.1.i.a", "SK tahun lalu"
ANGKA = "A.II.1.i.a"


@pytest.fixture
def kini():
    return PenilaianFactory()


@pytest.fixture
def lalu(kini):
    return PenilaianFactory(satker=kini.satker, tahun=TAHUN - 1)


@pytest.fixture
def operator(kini):
    return OperatorFactory(satker=kini.satker)


def fill(penilaian, jawaban, **catatan):
    pengisian.write_many(penilaian, jawaban, by=None, **catatan)


def read(penilaian):
    return {
        satu.pertanyaan.kode: (satu.pilihan or satu.isian, satu.catatan, satu.draf, satu.versi_isi)
        for satu in Jawaban.objects.filter(penilaian=penilaian).select_related("pertanyaan")
    }


def read_keadaan(penilaian):
    """Everything that a refused step must leave as it is."""
    return (
        read(penilaian),
        list(PemakaianBukti.objects.filter(penilaian=penilaian).values()),
        list(Rekap.objects.filter(penilaian=penilaian).values()),
        Riwayat.objects.count(),
    )


def list_pakai(penilaian):
    return {
        satu.pertanyaan.kode: satu
        for satu in PemakaianBukti.objects.filter(penilaian=penilaian).select_related("pertanyaan")
    }


def offer(penilaian):
    """By area: codes of answers, names of files, codes that do not fit."""
    daftar = Jawaban.objects.filter(penilaian=penilaian)
    bekal = read_bekal(penilaian, get_terpakai(penilaian.versi), daftar)
    return {
        kode: (
            [satu.pertanyaan.kode for satu in bagian.daftar_jawaban],
            [satu.nama for satu in bagian.daftar_berkas],
            [(satu.pertanyaan.kode, satu.alasan) for satu in bagian.daftar_gagal],
        )
        for kode, bagian in bekal.area.items()
        if not bagian.is_kosong or bagian.daftar_gagal or bagian.daftar_terisi
    }


# --- answers --------------------------------------------------------------------------------------
def test_chosen_answers_come_as_drafts_with_their_notes(kini, lalu, operator):
    fill(
        lalu,
        {YA: "Ya", "A.I.1.i.b": "B", ANGKA: {"jumlah_agen": 5, "jumlah_perubahan": 4}},
        catatan={YA: CATATAN},
    )

    hasil = carry(kini, ["A.1"], [YA, ANGKA], [], by=operator)

    assert hasil.tahun == TAHUN - 1
    assert hasil.daftar_nomor == [1, 88]
    assert hasil.daftar_lewat == []
    assert read(kini) == {
        YA: ("Ya", CATATAN, True, 1),
        ANGKA: ('{"jumlah_agen":"5","jumlah_perubahan":"4"}', "", True, 1),
    }
    assert set(Jawaban.objects.filter(penilaian=kini).values_list("diubah_oleh", flat=True)) == {
        operator.pk
    }


def test_a_draft_does_not_count_until_it_is_saved(kini, lalu, operator):
    fill(lalu, {YA: "Ya"})
    carry(kini, ["A.1"], [YA], [], by=operator)
    terpakai = get_terpakai(kini.versi)
    rekap = Rekap.objects.get(penilaian=kini)
    assert (rekap.jumlah_terisi, rekap.total_nol, rekap.terisi_area["A.1"]) == (0, 0, 0)
    assert find_unanswered(kini, terpakai, get_izin(operator, kini)).kode == YA
    assert pengajuan.build_checklist(kini).jumlah_kosong == 113

    pengisian.save_jawaban(kini, YA, mentah="Ya", catatan="", versi_isi=1, by=operator)

    assert read(kini) == {YA: ("Ya", "", False, 2)}
    assert Rekap.objects.get(penilaian=kini).jumlah_terisi == 1
    assert find_unanswered(kini, terpakai, get_izin(operator, kini)).kode == "A.I.1.i.b"


def test_one_history_line_tells_all_codes_and_files(kini, lalu, operator):
    fill(lalu, {YA: "Ya", "A.I.2.i.a": "B"}, catatan={YA: CATATAN})
    pakai = BuktiFactory(penilaian=lalu, kode=YA, nama="SK Tim")
    BuktiFactory(penilaian=lalu, kode="A.I.2.i.a", bukti=pakai.bukti)
    awal = Riwayat.objects.count()

    carry(kini, ["A.1", "A.2"], [YA, "A.I.2.i.a"], [pakai.revisi_id], by=operator)

    assert Riwayat.objects.count() == awal + 1
    baris = Riwayat.objects.of(kini.satker)[0]
    assert (baris.kejadian, baris.objek, baris.oleh_id) == (KEJADIAN, kini.objek, operator.pk)
    assert baris.isi["sesudah"] == {
        "dari": f"LKE {TAHUN - 1}",
        YA: {"jawaban": "Ya", "catatan": CATATAN, "draf": True},
        "A.I.2.i.a": {"jawaban": "B", "draf": True},
        "masih_berlaku": [
            {"bukti": "SK Tim", "revisi": 1, "kode": [YA]},
            {"bukti": "SK Tim", "revisi": 1, "kode": ["A.I.2.i.a"]},
        ],
    }


def test_an_answer_of_this_year_is_left_alone_and_told(kini, lalu, operator):
    """Somebody answered between the page and the step."""
    fill(lalu, {YA: "Ya", "A.I.1.i.b": "B", "A.I.1.ii.a": "Ya"})
    fill(kini, {YA: "Tidak", "A.I.1.i.b": "C"}, catatan={YA: "Tahun ini"})

    hasil = carry(kini, ["A.1"], [YA, "A.I.1.i.b", "A.I.1.ii.a"], [], by=operator)

    assert hasil.daftar_lewat == ["Nomor 1 dan 2 sudah dijawab tahun ini, jadi dibiarkan."]
    assert read(kini) == {
        YA: ("Tidak", "Tahun ini", False, 1),
        "A.I.1.i.b": ("C", "", False, 1),
        "A.I.1.ii.a": ("Ya", "", True, 1),
    }


def test_when_nothing_is_left_to_take_nothing_is_written(kini, lalu, operator):
    fill(lalu, {YA: "Ya"})
    fill(kini, {YA: "Tidak"})
    keadaan = read_keadaan(kini)

    hasil = carry(kini, ["A.1"], [YA, "A.I.1.i.b"], [987654], by=operator)

    assert hasil.daftar_nomor == []
    assert hasil.daftar_lewat == [
        "Nomor 1 sudah dijawab tahun ini, jadi dibiarkan.",
        f"Nomor 2 tidak dapat diambil dari LKE {TAHUN - 1}.",
        f"1 berkas tidak diambil: sudah terpasang tahun ini, atau tidak dipakai lagi di LKE {TAHUN - 1}.",
    ]
    assert read_keadaan(kini) == keadaan


def test_a_draft_taken_before_is_not_taken_again(kini, lalu, operator):
    fill(lalu, {YA: "Ya"})
    carry(kini, ["A.1"], [YA], [], by=operator)
    fill(lalu, {YA: "Tidak"})

    assert carry(kini, ["A.1"], [YA], [], by=operator).daftar_nomor == []
    assert read(kini) == {YA: ("Ya", "", True, 1)}


def test_an_emptied_question_is_blank_and_its_note_of_this_year_stays(kini, lalu, operator):
    fill(lalu, {YA: "Ya", "A.I.1.i.b": "B"}, catatan={YA: CATATAN, "A.I.1.i.b": CATATAN})
    fill(kini, {YA: None}, catatan={YA: "Menunggu SK baru"})
    fill(kini, {"A.I.1.i.b": "A"})
    fill(kini, {"A.I.1.i.b": None})

    carry(kini, ["A.1"], [YA, "A.I.1.i.b"], [], by=operator)

    assert read(kini) == {
        YA: ("Ya", "Menunggu SK baru", True, 2),
        "A.I.1.i.b": ("B", CATATAN, True, 3),
    }


def test_an_unconfirmed_draft_of_last_year_is_no_answer(kini, lalu):
    fill(lalu, {YA: "Ya", "A.I.1.i.b": "B"})
    Jawaban.objects.filter(penilaian=lalu, pertanyaan__kode=YA).update(draf=True)

    assert offer(kini) == {"A.1": (["A.I.1.i.b"], [], [])}


def test_the_latest_earlier_year_of_the_same_unit_is_taken(kini, operator):
    for tahun, pilihan in [(TAHUN - 3, "A"), (TAHUN - 2, "C"), (TAHUN + 1, "B")]:
        fill(PenilaianFactory(satker=kini.satker, tahun=tahun), {"A.I.1.i.b": pilihan})
    fill(PenilaianFactory(tahun=TAHUN - 1), {"A.I.1.i.b": "B"})

    assert carry(kini, ["A.1"], ["A.I.1.i.b"], [], by=operator).tahun == TAHUN - 2
    assert read(kini) == {"A.I.1.i.b": ("C", "", True, 1)}


# --- evidence -------------------------------------------------------------------------------------
def test_only_files_that_are_said_to_hold_are_linked_with_what_was_said_of_them(
    kini, lalu, operator
):
    dokumen = DokumenDiminta.objects.filter(pertanyaan__kode=YA)[0]
    rincian = {
        "dokumen": dokumen,
        "halaman": 3,
        "periode_dari": datetime.date(TAHUN - 1, 1, 1),
        "periode_sampai": datetime.date(TAHUN, 6, 30),
    }
    sk = BuktiFactory(penilaian=lalu, kode=YA, **rincian)
    tautan = BuktiFactory(penilaian=lalu, kode=YA, tautan="https://drive.contoh.id/x")
    BuktiFactory(penilaian=lalu, kode=YA, nama="Tidak dinyatakan")
    fill(lalu, {YA: "Ya"})

    hasil = carry(kini, ["A.1"], [], [sk.revisi_id, tautan.revisi_id], by=operator)

    assert (len(hasil.daftar_berkas), hasil.daftar_nomor) == (2, [1])
    assert read(kini) == {}
    satu, dua = PemakaianBukti.objects.filter(penilaian=kini).order_by("pk")
    assert (satu.bukti_id, satu.revisi_id, satu.dokumen_id) == (
        sk.bukti_id,
        sk.revisi_id,
        dokumen.pk,
    )
    assert (satu.halaman, satu.periode_dari, satu.periode_sampai) == (
        3,
        rincian["periode_dari"],
        rincian["periode_sampai"],
    )
    assert satu.masih_berlaku_oleh == satu.dipasang_oleh == operator
    assert satu.masih_berlaku_pada == satu.dipasang_pada
    assert timezone.localdate(satu.masih_berlaku_pada) == timezone.localdate()
    assert dua.revisi.tautan == "https://drive.contoh.id/x"


def test_what_a_carried_file_contradicts_is_found_at_once(kini, lalu, operator):
    tautan = BuktiFactory(penilaian=lalu, kode=YA, tautan="https://drive.contoh.id/mati")
    RevisiBukti.objects.filter(pk=tautan.revisi_id).update(keadaan="mati")

    carry(kini, ["A.1"], [], [tautan.revisi_id], by=operator)

    temuan = Temuan.objects.get(penilaian=kini)
    assert (temuan.aturan, temuan.pertanyaan.kode) == ("tautan_tertutup", YA)
    assert Rekap.objects.get(penilaian=kini).jumlah_sebaiknya == 1


def test_one_statement_serves_every_question_of_the_area_that_had_the_file(kini, lalu, operator):
    sk = BuktiFactory(penilaian=lalu, kode=YA, halaman=1)
    BuktiFactory(penilaian=lalu, kode="A.I.1.i.b", bukti=sk.bukti, halaman=7)
    BuktiFactory(penilaian=lalu, kode="A.I.2.i.a", bukti=sk.bukti)

    carry(kini, ["A.1"], [], [sk.revisi_id], by=operator)

    assert {kode: satu.halaman for kode, satu in list_pakai(kini).items()} == {
        YA: 1,
        "A.I.1.i.b": 7,
    }


def test_the_revision_that_was_used_comes_along_though_there_is_a_newer_one(kini, lalu, operator):
    sk = BuktiFactory(penilaian=lalu, kode=YA)
    RevisiBukti.objects.create(bukti=sk.bukti, nomor=2, berkas=get_berkas("baru"))
    bekal = read_bekal(kini, get_terpakai(kini.versi), [])
    [berkas] = bekal.area["A.1"].daftar_berkas
    assert (berkas.ada_revisi_baru, berkas.revisi_akhir) == (True, 2)

    carry(kini, ["A.1"], [], [sk.revisi_id], by=operator)

    assert list_pakai(kini)[YA].revisi_id == sk.revisi_id


def test_a_file_that_was_replaced_since_the_page_was_read_is_not_taken(kini, lalu, operator):
    sk = BuktiFactory(penilaian=lalu, kode=YA)
    baru = RevisiBukti.objects.create(bukti=sk.bukti, nomor=2, berkas=get_berkas("baru"))
    PemakaianBukti.objects.filter(pk=sk.pk).update(revisi=baru)

    hasil = carry(kini, ["A.1"], [], [sk.revisi_id], by=operator)

    assert len(hasil.daftar_lewat) == 1
    assert list_pakai(kini) == {}


def test_what_is_linked_this_year_is_neither_offered_nor_linked_twice(kini, lalu, operator):
    sk = BuktiFactory(penilaian=lalu, kode=YA)
    BuktiFactory(penilaian=lalu, kode="A.I.1.i.b", bukti=sk.bukti)
    BuktiFactory(penilaian=kini, kode=YA, bukti=sk.bukti)

    hasil = carry(kini, ["A.1"], [], [sk.revisi_id], by=operator)

    assert hasil.daftar_nomor == [2]
    assert list_pakai(kini)[YA].masih_berlaku_pada is None
    assert offer(kini) == {}


def test_a_document_no_longer_asked_for_is_left_out(kini, lalu, operator):
    dokumen = DokumenDiminta.objects.filter(pertanyaan__kode=YA)[0]
    sk = BuktiFactory(penilaian=lalu, kode=YA, dokumen=dokumen)
    DokumenDiminta.objects.filter(pk=dokumen.pk).update(ditarik=True)
    VersiInstrumen.objects.update(pengaturan=1)
    kini.versi.refresh_from_db()

    carry(kini, ["A.1"], [], [sk.revisi_id], by=operator)

    assert list_pakai(kini)[YA].dokumen_id is None


@pytest.mark.parametrize(
    ("dari", "sampai", "di_luar"),
    [
        (None, None, False),
        ("2025-01-01", "2025-12-31", True),
        ("2027-01-01", None, True),
        (None, "2025-12-31", True),
        ("2025-07-01", "2026-01-01", False),
        ("2026-12-31", "2027-02-01", False),
        ("2025-01-01", None, False),
    ],
)
def test_a_period_wholly_outside_the_year_is_found(dari, sampai, di_luar):
    hari = [datetime.date.fromisoformat(satu) if satu else None for satu in (dari, sampai)]

    assert is_di_luar(hari[0], hari[1], 2026) is di_luar


# --- another version of the instrument ------------------------------------------------------------
def test_a_question_must_be_answered_the_same_way():
    isi = load_bawaan()
    pilihan, angka = isi.pertanyaan["A.I.1.i.b"], isi.pertanyaan[ANGKA]
    lain = replace(pilihan.opsi[0], label="Lain sekali")
    satu = replace(angka.masukan[0], maksimal=Decimal(9))

    assert explain_beda(pilihan, pilihan) == ""
    assert explain_beda(pilihan, replace(pilihan, label="Kata lain", baris_lke=9)) == ""
    assert explain_beda(pilihan, None) == TIDAK_ADA
    assert explain_beda(pilihan, replace(pilihan, tipe=Tipe.ABCD)) == CARA_BERUBAH
    assert (
        explain_beda(pilihan, replace(pilihan, opsi=(lain, *pilihan.opsi[1:]))) == PILIHAN_BERUBAH
    )
    assert explain_beda(angka, replace(angka, masukan=(satu, *angka.masukan[1:]))) == ISIAN_BERUBAH
    assert (
        explain_beda(
            angka, replace(angka, masukan=tuple(replace(m, baris_lke=1) for m in angka.masukan))
        )
        == ""
    )


@pytest.fixture
def versi_lain(monkeypatch):
    """A second version: one question gone, one with another kind of options."""
    asli = load_versi()
    versi = VersiInstrumen.objects.create(
        kode=asli.kode, versi=2, judul=asli.judul, teks=asli.teks + " ", sha256="0" * 64
    )
    isi = asli.bawaan
    berubah = isi.pertanyaan["A.I.1.i.b"]
    berubah = replace(berubah, opsi=(replace(berubah.opsi[0], label="Lain"), *berubah.opsi[1:]))
    daftar = tuple(
        berubah if satu.kode == berubah.kode else satu
        for satu in isi.daftar_pertanyaan
        if satu.kode != YA
    )
    baru = replace(isi, daftar_pertanyaan=daftar)
    monkeypatch.setattr(
        VersiInstrumen, "bawaan", property(lambda versi: baru if versi.versi == 2 else isi)
    )
    for satu in daftar:
        baris = Pertanyaan.objects.create(
            versi=versi, kode=satu.kode, urutan=satu.urutan, area=satu.area
        )
        DokumenDiminta.objects.create(pertanyaan=baris, nama="Dokumen bersama")
    return versi


def test_another_version_takes_by_code_what_still_fits_and_lists_the_rest(versi_lain):
    lalu = PenilaianFactory()
    operator = OperatorFactory(satker=lalu.satker)
    hari = timezone.localdate()
    [kini] = pembukaan.open_many(
        [lalu.satker],
        tahun=TAHUN + 1,
        target="WBK",
        versi=versi_lain,
        buka_pada=hari,
        tutup_pada=hari,
        by=None,
    )
    lama = DokumenDiminta.objects.create(
        pertanyaan=Pertanyaan.objects.get(versi=lalu.versi, kode="A.I.1.i.b"),
        nama="Dokumen bersama",
    )
    sk = BuktiFactory(penilaian=lalu, kode=YA)
    rapat = BuktiFactory(penilaian=lalu, kode="A.I.1.i.b", dokumen=lama)
    fill(lalu, {YA: "Ya", "A.I.1.i.b": "B", "A.I.1.ii.a": "Ya"})
    assert offer(kini) == {
        "A.1": (
            ["A.I.1.ii.a"],
            [rapat.bukti.nama],
            [(YA, TIDAK_ADA), ("A.I.1.i.b", PILIHAN_BERUBAH)],
        )
    }

    hasil = carry(
        kini, ["A.1"], ["A.I.1.i.b", "A.I.1.ii.a"], [sk.revisi_id, rapat.revisi_id], by=operator
    )

    assert read(kini) == {"A.I.1.ii.a": ("Ya", "", True, 1)}
    assert len(hasil.daftar_lewat) == 2
    [pakai] = list_pakai(kini).values()
    assert pakai.pertanyaan.versi == versi_lain
    assert (pakai.bukti, pakai.dokumen.nama) == (rapat.bukti, "Dokumen bersama")
    assert pakai.dokumen.pertanyaan_id == pakai.pertanyaan_id


# --- refusals -------------------------------------------------------------------------------------
def _close(penilaian, kepala):
    kemarin = timezone.localdate() - datetime.timedelta(days=1)
    type(penilaian).objects.filter(pk=penilaian.pk).update(tutup_pada=kemarin)


def _submit(penilaian, kepala):
    pengajuan.submit(penilaian, by=kepala, setuju_kosong=True)


def _submit_area(penilaian, kepala):
    alur_area.submit_area(penilaian, "A.1", by=kepala, setuju_kosong=True)


@pytest.mark.parametrize(
    ("ubah", "kode", "pesan"),
    [
        (_close, [YA], "Pengisian sudah ditutup"),
        (_submit, [YA], "Penilaian ini sudah diajukan"),
        (_submit_area, [YA], "Area A.1 sudah diajukan"),
        (None, [], "Pilih paling sedikit satu jawaban"),
        (None, ["A.I.2.i.a"], "A.I.2.i.a: bukan pertanyaan area A.1."),
        (None, ["karangan"], "karangan: bukan pertanyaan area A.1."),
    ],
)
def test_a_refused_step_changes_nothing(kini, lalu, operator, ubah, kode, pesan):
    fill(lalu, {YA: "Ya", "A.I.2.i.a": "B"})
    sk = BuktiFactory(penilaian=lalu, kode=YA)
    if ubah:
        ubah(kini, KepalaFactory(satker=kini.satker))
    keadaan = read_keadaan(kini)

    with pytest.raises(AlurError, match=pesan):
        carry(kini, ["A.1"], kode, [sk.revisi_id] if kode else [], by=operator)

    assert read_keadaan(kini) == keadaan


def test_without_an_earlier_year_there_is_nothing_to_take(kini, operator):
    keadaan = read_keadaan(kini)

    with pytest.raises(AlurError, match="belum punya LKE tahun sebelumnya"):
        carry(kini, ["A.1"], [YA], [], by=operator)

    assert read_keadaan(kini) == keadaan


# --- cost -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("jumlah", [10, 100])
def test_taking_over_costs_the_same_for_any_number_of_answers(
    kini, lalu, operator, count_queries, jumlah
):
    jawaban = dict(list(build_jawaban().items())[:jumlah])
    fill(lalu, jawaban)
    pakai = [BuktiFactory(penilaian=lalu, kode=kode).revisi_id for kode in jawaban]
    area = [satu.kode for satu in load_bawaan().daftar_area]

    with count_queries() as daftar_sql:
        hasil = carry(kini, area, list(jawaban), pakai, by=operator)

    assert len(hasil.daftar_jawaban) == len(hasil.daftar_berkas) == jumlah
    sql = [satu for satu in daftar_sql if "SAVEPOINT" not in satu]
    # SQLite takes rows in portions of 999 values.
    portion = 2 if jumlah == 100 and connection.vendor == "sqlite" else 0
    assert len(sql) == 15 + portion, sql
