"""`export_lke`: what is stored, as the form; and back."""

import pytest
from django.core.management import CommandError, call_command

from penilaian.alur import lembar, pengisian
from penilaian.instrumen import load_bawaan
from penilaian.lembar import read_lembar
from penilaian.lembar.ekspor import get_kementerian, open_lembar
from penilaian.lembar.rencana import Jenis, Mode
from penilaian.models import Jawaban, Penilaian
from tests.factories import (
    BuktiFactory,
    InstansiFactory,
    KanwilFactory,
    PenilaianFactory,
    SatkerFactory,
)
from tests.factories.lke import build_jawaban
from tests.penilaian.lke_xlsx import make_n

pytestmark = pytest.mark.django_db


def read(isi):
    return read_lembar(isi, "lke.xlsx", load_bawaan())


def export(penilaian):
    penilaian = Penilaian.objects.for_page().get(pk=penilaian.pk)
    with open_lembar(penilaian, penilaian.nama) as berkas:
        return berkas.read()


def test_an_export_read_back_equals_what_is_stored():
    penilaian = PenilaianFactory(jawaban=build_jawaban(jumlah=7, tanpa=("A.I.2.i.a",)))
    catatan = {"A.I.1.i.a": "=rapat\nkedua", "A.I.2.i.a": "belum ada jawaban"}
    pengisian.write_many(penilaian, {}, catatan=catatan, by=None)
    isi = make_n(
        ubah={"N6": "https://contoh.id/a\nhttps://contoh.id/b", "N7": "https://contoh.id/a"}
    )
    lembar.import_lembar(penilaian, read(isi), mode=Mode.KOSONG, by=None)

    hasil = read(export(penilaian))

    assert hasil.to_json(load_bawaan())["jawaban"] == build_jawaban(jumlah=7, tanpa=("A.I.2.i.a",))
    assert hasil.catatan == catatan
    assert hasil.tautan == {
        "A.I.1.i.a": ["https://contoh.id/a", "https://contoh.id/b"],
        "A.I.1.i.b": ["https://contoh.id/a"],
    }
    assert {s.jenis for s in lembar.plan_lembar(penilaian, hasil).daftar} == {Jenis.SAMA}


def test_files_are_listed_by_name_and_drafts_left_out():
    penilaian = PenilaianFactory(jawaban={"A.I.1.i.a": "Ya", "A.I.1.i.b": "A"})
    Jawaban.objects.filter(pertanyaan__kode="A.I.1.i.b").update(draf=True)
    BuktiFactory(penilaian=penilaian, kode="A.I.1.i.a", nama="SK tim.pdf")

    hasil = read(export(penilaian))

    assert hasil.jawaban == {"A.I.1.i.a": "Ya"}
    assert hasil.bukti == {"A.I.1.i.a": "SK tim.pdf"}


def test_the_command_writes_the_file(tmp_path, capsys):
    penilaian = PenilaianFactory(jawaban={"A.I.1.i.a": "Ya"})
    ke = tmp_path / "lke.xlsx"

    call_command(
        "export_lke", "--satker", penilaian.satker.kode, "--tahun", penilaian.tahun, "--ke", ke
    )

    assert read(ke.read_bytes()).jawaban == {"A.I.1.i.a": "Ya"}
    assert "lke.xlsx" in capsys.readouterr().out


def test_what_is_not_there_is_refused(tmp_path):
    satker = SatkerFactory()
    with pytest.raises(CommandError, match=f"Tidak ada LKE 2026 untuk satuan kerja {satker.kode}"):
        call_command("export_lke", "--satker", satker.kode, "--tahun", 2026)
    penilaian = PenilaianFactory()
    with pytest.raises(CommandError, match="No such file"):
        call_command(
            "export_lke", "--satker", penilaian.satker.kode, "--tahun", penilaian.tahun,
            "--ke", tmp_path / "tidak-ada" / "lke.xlsx",
        )  # fmt: skip


def test_the_ministry_of_a_unit_is_that_of_its_kanwil():
    kementerian = InstansiFactory(kode="kemen-uji")
    satker = SatkerFactory(kanwil=KanwilFactory(instansi=kementerian))
    singkatan = kementerian.kedudukaninstansi_set.get().singkatan

    assert get_kementerian(satker) == singkatan


def test_an_export_costs_the_same_at_any_size(count_queries):
    kecil, besar = PenilaianFactory(), PenilaianFactory(jawaban=build_jawaban())
    export(kecil)

    jumlah = []
    for penilaian in (kecil, besar):
        with count_queries() as daftar_sql:
            export(penilaian)
        jumlah.append(len(daftar_sql))

    assert jumlah[0] == jumlah[1] <= 6
