"""`load_instrumen`: versions are added, never changed; a wrong file leaves nothing behind."""

import copy
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from penilaian.alur.instrumen import LAPIS_AWAL, is_used, load_instrumen
from penilaian.models import DokumenDiminta, LapisPenilaian, Pertanyaan, VersiInstrumen
from tests.factories import PenilaianFactory
from tests.factories.lke import load_versi
from tests.penilaian.test_instrumen import ISI, get_node

pytestmark = pytest.mark.django_db


def load(isi, tmp_path) -> str:
    """Run the command on a file; what it prints."""
    berkas = tmp_path / "lke.json"
    berkas.write_text(json.dumps(isi) if isinstance(isi, dict) else isi, encoding="utf-8")
    keluaran = StringIO()
    call_command("load_instrumen", str(berkas), stdout=keluaran)
    return keluaran.getvalue().strip()


def count() -> tuple[int, int, int]:
    return (
        VersiInstrumen.objects.count(),
        Pertanyaan.objects.count(),
        DokumenDiminta.objects.count(),
    )


@pytest.fixture
def isi():
    return copy.deepcopy(ISI)


def test_the_packaged_file_is_loaded_when_none_is_named():
    keluaran = StringIO()

    call_command("load_instrumen", stdout=keluaran)

    assert keluaran.getvalue() == "permenpanrb-90-2021 versi 1: dimuat (113 pertanyaan).\n"
    assert Pertanyaan.objects.count() == 113
    assert {satu.kode: satu.nama for satu in LapisPenilaian.objects.all()} == LAPIS_AWAL
    # The file's hints may be added; none is compulsory.
    assert DokumenDiminta.objects.filter(pertanyaan__kode="A.I.1.i.a").count() == 3
    assert not DokumenDiminta.objects.filter(wajib=True).exists()


def test_the_same_file_again_changes_nothing(isi, tmp_path):
    load(isi, tmp_path)
    sebelum = count()

    assert load(isi, tmp_path) == (
        "permenpanrb-90-2021 versi 1: sudah ada, tidak berubah (113 pertanyaan)."
    )
    assert count() == sebelum


def test_a_changed_file_becomes_the_next_version_and_leaves_the_first_alone(isi, tmp_path):
    load(isi, tmp_path)
    pertama = VersiInstrumen.objects.get()
    get_node(isi, "A.I.1.i.a")["label"] = "Apakah tim kerja sudah ada?"

    assert load(isi, tmp_path) == "permenpanrb-90-2021 versi 2: dimuat (113 pertanyaan)."

    lama, baru = VersiInstrumen.objects.order_by("versi")
    assert (lama.pk, lama.teks, lama.sha256) == (pertama.pk, pertama.teks, pertama.sha256)
    assert baru.bawaan.pertanyaan["A.I.1.i.a"].label == "Apakah tim kerja sudah ada?"
    assert Pertanyaan.objects.filter(versi=lama).count() == 113
    # The older file is still known, and no third version.
    assert load(ISI, tmp_path).startswith("permenpanrb-90-2021 versi 1: sudah ada")


def test_an_assessment_keeps_its_version_when_another_is_loaded(isi, tmp_path):
    penilaian = PenilaianFactory()
    isi["judul"] = "Lembar baru"

    load(isi, tmp_path)

    penilaian.refresh_from_db()
    assert penilaian.versi.versi == 1
    assert is_used(penilaian.versi)
    assert not is_used(VersiInstrumen.objects.get(versi=2))


def test_another_code_begins_at_one(isi, tmp_path):
    load(isi, tmp_path)
    isi["kode"] = "lke-uji"

    assert load(isi, tmp_path) == "lke-uji versi 1: dimuat (113 pertanyaan)."


def test_what_an_admin_set_goes_on_in_the_next_version(isi):
    lama = load_versi()
    DokumenDiminta.objects.filter(pertanyaan__kode="A.I.1.i.a", urutan=0).update(
        wajib=True, berkala="triwulan"
    )
    DokumenDiminta.objects.filter(pertanyaan__kode="A.I.1.i.a", urutan=1).update(ditarik=True)
    Pertanyaan.objects.filter(kode="A.II.4.i.a").update(nilai_penyebut_nol="0.5")
    isi["judul"] = "Lembar baru"

    baru = load_instrumen(json.dumps(isi)).versi

    def list_diatur(versi):
        return list(
            DokumenDiminta.objects.filter(pertanyaan__versi=versi, pertanyaan__kode="A.I.1.i.a")
            .order_by("urutan", "pk")
            .values_list("nama", "wajib", "berkala", "ditarik")
        )

    assert list_diatur(baru) == list_diatur(lama)
    nilai = Pertanyaan.objects.get(versi=baru, kode="A.II.4.i.a").nilai_penyebut_nol
    assert nilai == Decimal("0.5")


def test_documents_that_an_admin_added_or_moved_go_on_too(isi):
    """An additional document asked for once is a setting as well, and so is its place."""
    versi = load_versi()
    pertanyaan = Pertanyaan.objects.get(kode="A.I.1.i.a")
    for urutan, dokumen in enumerate(
        DokumenDiminta.objects.filter(pertanyaan=pertanyaan).order_by("-urutan"), 2
    ):
        dokumen.urutan = urutan
        dokumen.save()
    DokumenDiminta.objects.create(pertanyaan=pertanyaan, nama="Foto apel", urutan=1)
    # The next file has another hint, and no longer one of the old.
    get_node(isi, "A.I.1.i.a")["bukti"][0] = "SK tim kerja"

    baru = load_instrumen(json.dumps(isi)).versi

    daftar = DokumenDiminta.objects.filter(pertanyaan__versi=baru, pertanyaan__kode="A.I.1.i.a")
    assert list(daftar.order_by("urutan", "pk").values_list("nama", flat=True)) == [
        "Foto apel",
        "Notula rapat pembentukan",
        "Undangan dan daftar hadir rapat pembentukan",
        "SK tim kerja",
    ]
    lain = DokumenDiminta.objects.filter(pertanyaan__versi=baru).exclude(
        pertanyaan__kode="A.I.1.i.a"
    )
    asal = DokumenDiminta.objects.filter(pertanyaan__versi=versi).exclude(
        pertanyaan__kode="A.I.1.i.a"
    )
    assert lain.count() == asal.count()


def test_hints_that_begin_alike_are_two_documents_or_one(isi):
    """Stored names are cut at their length; two of them may then be one."""
    get_node(isi, "A.I.1.i.a")["bukti"] = ["SK tim", "SK tim", "x" * 200]

    versi = load_instrumen(json.dumps(isi)).versi

    daftar = DokumenDiminta.objects.filter(pertanyaan__versi=versi, pertanyaan__kode="A.I.1.i.a")
    assert sorted(daftar.values_list("nama", flat=True)) == ["SK tim", "x" * 200]


@pytest.mark.parametrize(
    ("change", "pesan"),
    [
        (lambda isi: get_node(isi, "A.3").update(bobot=11), "A.3: bobotnya 11, padahal jumlah"),
        (lambda isi: get_node(isi, "A.3").pop("anak"), "A.3: kunci 'anak' tidak ada."),
        (lambda isi: get_node(isi, "A.3").update(kode="A.2"), "A.2: kode dipakai dua kali."),
        (
            lambda isi: get_node(isi, "A.I.3.i.a").update(tipe_jawaban="x"),
            "A.I.3.i.a: tipe jawaban 'x' tidak dikenal.",
        ),
        (
            lambda isi: get_node(isi, "A.II.4.i.a")["rumus"].update(penyebut="x"),
            "A.II.4.i.a: rumus memakai isian 'x' yang tidak ada.",
        ),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_is_written(isi, tmp_path, change, pesan):
    change(isi)

    with pytest.raises(CommandError) as error:
        load(isi, tmp_path)

    assert pesan in str(error.value)
    assert str(error.value).startswith("lke.json: ")
    assert count() == (0, 0, 0)
    assert not LapisPenilaian.objects.exists()


@pytest.mark.parametrize("teks", ["", "{", "[]", "\ufeff{}"])
def test_what_is_no_instrument_is_refused_and_nothing_is_written(tmp_path, teks):
    with pytest.raises(CommandError):
        load(teks, tmp_path)

    assert count() == (0, 0, 0)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"^tidak-ada\.json: berkas tidak ditemukan\.$"):
        call_command("load_instrumen", str(tmp_path / "tidak-ada.json"))


def test_a_file_beyond_reason_is_refused_unread(tmp_path):
    with (tmp_path / "lke.json").open("wb") as berkas:
        berkas.truncate(5_000_001)

    with pytest.raises(CommandError, match=r"^lke\.json: lebih besar dari 5 MB, jadi bukan instr"):
        call_command("load_instrumen", str(tmp_path / "lke.json"))

    assert count() == (0, 0, 0)


@pytest.mark.server
def test_the_command_ends_with_an_error_code(manage, tmp_path):
    (tmp_path / "lke.json").write_text("{}", encoding="utf-8")
    assert manage("migrate", "-v0").returncode == 0

    hasil = manage("load_instrumen", tmp_path / "lke.json")

    assert hasil.returncode == 1
    assert hasil.stderr.startswith("CommandError: lke.json: Berkas bukan instrumen: tidak ada")
    assert manage("load_instrumen").stdout == (
        "permenpanrb-90-2021 versi 1: dimuat (113 pertanyaan).\n"
    )
