"""`import_lke` as an operator runs it, and the step that writes a workbook."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from integritas.alur import AlurError
from penilaian.alur import lembar, pengisian
from penilaian.instrumen import load_bawaan
from penilaian.lembar import read_lembar
from penilaian.lembar.rencana import Jenis, Mode
from penilaian.models import (
    AreaPenilaian,
    BuktiDukung,
    Jawaban,
    PemakaianBukti,
    Penilaian,
    RevisiBukti,
)
from penilaian.versi import get_terpakai
from satker.models import Riwayat
from tests.factories import OperatorFactory, PenilaianFactory, SatkerFactory
from tests.factories.lke import build_jawaban
from tests.penilaian.lke_xlsx import make_l, make_n

KUNCI = ["tata_letak", "jawaban", "catatan", "tautan", "peringatan", "skor_lembar", "selisih"]
ISI = {"A.I.1.i.a": "Ya", "A.I.1.i.b": "B", "A.II.1.i.a": {"jumlah_agen": 4}}
UBAH = {"L6": "catatan dari lembar", "N6": "https://contoh.id/sk\nhttps://contoh.id/foto"}


@pytest.fixture
def berkas(tmp_path):
    def write(isi, nama="lke.xlsx"):
        jalur = tmp_path / nama
        jalur.write_bytes(isi)
        return jalur

    return write


def run(capsys, *argumen, **pilihan):
    call_command("import_lke", *map(str, argumen), **pilihan)
    return capsys.readouterr().out


# --- reading only ---------------------------------------------------------------------------------
def test_a_dry_run_needs_no_database_at_all(manage, berkas):
    hasil = manage(
        "import_lke", berkas(make_n(ISI, ubah=UBAH)), "--satker", "tidak-ada", "--tahun", 2026,
        "--dry-run", "--json",
    )  # fmt: skip

    assert hasil.returncode == 0, hasil.stderr
    isi = json.loads(hasil.stdout)
    assert list(isi) == KUNCI
    assert isi["tata_letak"] == "N"
    assert isi["jawaban"] == ISI
    assert isi["catatan"] == {"A.I.1.i.a": "catatan dari lembar"}
    assert isi["tautan"] == {"A.I.1.i.a": ["https://contoh.id/sk", "https://contoh.id/foto"]}


def test_a_dry_run_of_the_appendix_tells_its_scores(db, capsys, berkas):
    jalur = berkas(make_l(build_jawaban()))

    isi = json.loads(run(capsys, jalur, "--satker", "x", "--tahun", 2026, "--dry-run", "--json"))

    assert isi["tata_letak"] == "L"
    assert isi["selisih"] == []
    assert isi["skor_lembar"]["A.1"] is None
    assert isi["skor_lembar"]["A.I.1"] == 4
    assert not Penilaian.objects.exists()


def test_a_bad_file_ends_with_a_sentence_on_stderr_and_nothing_on_stdout(manage, berkas):
    hasil = manage(
        "import_lke", berkas(make_n({}, ubah={"K7": "E"})), "--satker", "x", "--tahun", 2026,
        "--dry-run", "--json",
    )  # fmt: skip

    assert (hasil.returncode, hasil.stdout) == (2, "")
    assert 'lke.xlsx: Lembar "Jawaban", sel K7: jawaban "E" tidak ada' in hasil.stderr
    assert "Traceback" not in hasil.stderr


def test_people_are_told_in_sentences(db, capsys, berkas):
    jalur = berkas(make_n(ISI, ubah={"J6": "Ya"}))

    teks = run(capsys, jalur, "--satker", "x", "--tahun", 2026, "--dry-run")

    assert 'Tata letak N, lembar "Jawaban": 113 pertanyaan, 3 terjawab' in teks
    assert "J6: tipe jawaban tertulis" in teks
    assert teks.endswith("Belum ditulis (hanya membaca).\n")


# --- writing --------------------------------------------------------------------------------------
def test_a_workbook_is_written_into_the_assessment(db, capsys, berkas):
    penilaian = PenilaianFactory()
    jalur = berkas(make_n(ISI, ubah=UBAH))

    teks = run(capsys, jalur, "--satker", penilaian.satker.kode, "--tahun", penilaian.tahun)

    assert "Ditulis: 3 jawaban, 1 catatan, 2 tautan." in teks
    assert read_jawaban(penilaian) == ISI
    assert Jawaban.objects.get(pertanyaan__kode="A.I.1.i.a").catatan == "catatan dari lembar"
    assert list(
        PemakaianBukti.objects.order_by("pk").values_list("pertanyaan__kode", "revisi__tautan")
    ) == [("A.I.1.i.a", "https://contoh.id/sk"), ("A.I.1.i.a", "https://contoh.id/foto")]
    assert RevisiBukti.objects.filter(berkas=None, keadaan="belum").count() == 2
    kejadian = [satu.kejadian for satu in Riwayat.objects.of(penilaian.satker)[:2]]
    assert kejadian == ["tautan bukti diimpor", "jawaban LKE diimpor"]


def read_jawaban(penilaian):
    terpakai = get_terpakai(penilaian.versi)
    return {
        terpakai.kode_dari[satu.pertanyaan_id]: pengisian.dump_isian(
            satu.jawab, terpakai.isi.pertanyaan[terpakai.kode_dari[satu.pertanyaan_id]]
        )
        for satu in Jawaban.objects.filter(penilaian=penilaian)
        if satu.jawab
    }


def test_a_missing_assessment_is_refused_unless_it_may_be_made(db, capsys, berkas):
    satker = SatkerFactory()
    argumen = berkas(make_n(ISI)), "--satker", satker.kode, "--tahun", 2026

    with pytest.raises(CommandError, match=f"LKE 2026 untuk {satker.kode} belum dibuka"):
        run(capsys, *argumen)
    assert not Penilaian.objects.exists()

    run(capsys, *argumen, "--buat")
    penilaian = Penilaian.objects.get(satker=satker, tahun=2026)
    assert read_jawaban(penilaian) == ISI


def test_a_bad_file_makes_no_assessment(db, capsys, berkas):
    satker = SatkerFactory()

    with pytest.raises(CommandError, match="K7"):
        run(
            capsys, berkas(make_n({}, ubah={"K7": "E"})), "--satker", satker.kode, "--tahun", 2026,
            "--buat",
        )  # fmt: skip

    assert not Penilaian.objects.exists()


def test_a_workbook_that_cannot_be_written_opens_no_year(db, capsys, berkas, monkeypatch):
    def refuse(*_, **__):
        raise AlurError("tidak jadi")

    satker = SatkerFactory()
    monkeypatch.setattr(lembar.pengisian, "write_many", refuse)

    with pytest.raises(CommandError, match="tidak jadi"):
        run(capsys, berkas(make_n(ISI)), "--satker", satker.kode, "--tahun", 2026, "--buat")

    assert not Penilaian.objects.exists()


def test_the_json_is_plain_ascii(manage, berkas):
    hasil = manage(
        "import_lke", berkas(make_n(ISI, ubah={"L6": "kafé 😀"})), "--satker", "x", "--tahun", 2026,
        "--dry-run", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8=0, LC_ALL="C",
    )  # fmt: skip

    assert hasil.returncode == 0, hasil.stderr
    assert json.loads(hasil.stdout)["catatan"] == {"A.I.1.i.a": "kafé 😀"}


def test_an_unknown_unit_is_refused(db, capsys, berkas):
    with pytest.raises(CommandError, match="tidak ada satuan kerja berkode 99-tidak-ada"):
        run(capsys, berkas(make_n(ISI)), "--satker", "99-tidak-ada", "--tahun", 2026, "--buat")


def test_a_closed_window_is_refused_and_nothing_is_written(db, capsys, berkas):
    penilaian = PenilaianFactory()
    Penilaian.objects.update(tutup_pada=penilaian.buka_pada)

    with pytest.raises(CommandError, match="sudah ditutup"):
        run(
            capsys, berkas(make_n(ISI, ubah=UBAH)), "--satker", penilaian.satker.kode, "--tahun",
            penilaian.tahun,
        )  # fmt: skip

    assert not Jawaban.objects.exists()
    assert not BuktiDukung.objects.exists()


# --- the step -------------------------------------------------------------------------------------
def read(isi):
    return read_lembar(isi, "lke.xlsx", load_bawaan())


def apply(penilaian, isi, mode=Mode.KOSONG, **pilihan):
    return lembar.import_lembar(penilaian, read(isi), mode=mode, by=None, **pilihan)


@pytest.mark.parametrize(
    ("mode", "harap"),
    [
        (
            Mode.KOSONG,
            {"A.I.1.i.a": "Tidak", "A.II.1.i.a": {"jumlah_agen": 9, "jumlah_perubahan": 2}},
        ),
        (
            Mode.TIMPA,
            {"A.I.1.i.a": "Ya", "A.II.1.i.a": {"jumlah_agen": 4, "jumlah_perubahan": 2}},
        ),
    ],
)
def test_either_only_blanks_are_filled_or_what_differs_is_overwritten(db, mode, harap):
    penilaian = PenilaianFactory(
        jawaban={"A.I.1.i.a": "Tidak", "A.II.1.i.a": {"jumlah_agen": 9}, "A.I.1.ii.a": "Ya"}
    )
    buku = {"A.I.1.i.a": "Ya", "A.II.1.i.a": {"jumlah_agen": 4, "jumlah_perubahan": 2}}

    apply(penilaian, make_n(buku), mode)

    # A blank cell of the workbook takes nothing away.
    assert read_jawaban(penilaian) == harap | {"A.I.1.ii.a": "Ya"}


def test_a_note_alone_does_not_turn_a_draft_into_an_answer(db):
    penilaian = PenilaianFactory(jawaban={"A.I.1.i.a": "Tidak", "A.I.1.i.b": "C"})
    Jawaban.objects.update(draf=True)

    apply(penilaian, make_n({"A.I.1.i.b": "A"}, ubah={"L6": "catatan"}))

    assert list(
        Jawaban.objects.order_by("pertanyaan__urutan").values_list("pilihan", "draf", "catatan")
    ) == [("Tidak", True, ""), ("A", False, "")]


def test_an_address_the_unit_has_already_is_used_again(db):
    penilaian = PenilaianFactory()
    isi = make_n(ubah={"N6": "https://contoh.id/sk", "N7": "contoh.id/sk2"})

    apply(penilaian, isi)
    apply(penilaian, make_n(ubah={"N6": "https://contoh.id/sk", "N9": "https://contoh.id/sk2"}))

    assert sorted(RevisiBukti.objects.values_list("tautan", flat=True)) == [
        "https://contoh.id/sk",
        "https://contoh.id/sk2",
    ]
    assert PemakaianBukti.objects.count() == 3


def test_a_locked_area_is_left_out_and_said(db):
    penilaian = PenilaianFactory()
    AreaPenilaian.objects.filter(area="A.1").update(
        diajukan_pada=timezone.now(), diajukan_oleh=OperatorFactory()
    )

    hasil = apply(penilaian, make_n({"A.I.1.i.a": "Ya", "A.I.2.i.a": "B"}))

    assert read_jawaban(penilaian) == {"A.I.2.i.a": "B"}
    assert [(s.kode, s.jenis) for s in hasil.rencana.list_beda()] == [
        ("A.I.1.i.a", Jenis.TERKUNCI),
        ("A.I.2.i.a", Jenis.BARU),
    ]


def test_what_changed_since_the_preview_is_refused_with_the_new_difference(db):
    penilaian = PenilaianFactory()
    isi = make_n(ISI, ubah=UBAH)
    sidik = lembar.plan_lembar(penilaian, read(isi)).compute_sidik()
    pengisian.write_many(penilaian, {"A.I.1.i.b": "C"}, by=None)

    with pytest.raises(lembar.RencanaBerubahError) as galat:
        apply(penilaian, isi, sidik=sidik)

    assert read_jawaban(penilaian) == {"A.I.1.i.b": "C"}
    assert not BuktiDukung.objects.exists()
    [beda] = [s for s in galat.value.rencana.list_beda() if s.jenis == Jenis.BEDA]
    assert (beda.lama, beda.baru) == ("C", "B")


def test_a_failure_midway_writes_nothing(db, monkeypatch):
    penilaian = PenilaianFactory()

    def fail(*args, **kwargs):
        raise AlurError("gagal di tengah")

    monkeypatch.setattr(lembar, "_add_tautan", fail)
    with pytest.raises(AlurError, match="gagal di tengah"):
        apply(penilaian, make_n(ISI, ubah=UBAH))

    assert not Jawaban.objects.exists()


@pytest.mark.parametrize("jumlah", [1, 60])
def test_importing_costs_the_same_for_any_number_of_answers_and_links(db, count_queries, jumlah):
    penilaian = PenilaianFactory()
    get_terpakai(penilaian.versi)
    kode = list(build_jawaban())[:jumlah]
    ubah = {f"N{n}": f"https://contoh.id/{n}" for n in range(6, 6 + jumlah)}
    hasil = read(make_n({k: v for k, v in build_jawaban().items() if k in kode}, ubah=ubah))

    with count_queries() as daftar_sql:
        lembar.import_lembar(penilaian, hasil, mode=Mode.TIMPA, by=None)

    assert len([s for s in daftar_sql if "SAVEPOINT" not in s]) <= 16, daftar_sql
