"""Invented rows come and go without touching a real one."""

import re
import stat
from datetime import date
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from integritas.berkas.simpan import open_berkas
from integritas.models import Berkas
from penilaian import alur, skor
from penilaian.alur.pengajuan import build_checklist
from penilaian.bawa import read_bekal
from penilaian.demo_berkas import TANDA
from penilaian.hitung import count_predikat
from penilaian.models import (
    BuktiDukung,
    Jawaban,
    MasaPredikat,
    PemakaianBukti,
    Penilaian,
    Rekap,
    RevisiBukti,
)
from penilaian.pada import compute_default
from penilaian.versi import get_terpakai
from satker import demo, penugasan
from satker.access import list_peran
from satker.models import (
    Instansi,
    KantorWilayah,
    KedudukanSatker,
    Pengguna,
    Penugasan,
    Peran,
    SatuanKerja,
)
from tests.factories import (
    AdminFactory,
    OperatorFactory,
    PenilaianFactory,
    PimpinanFactory,
    TimKanwilFactory,
)

TETAP = {"Riwayat", "RantaiRiwayat"}


def count_rows() -> dict:
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if model.__name__ not in TETAP
    }


@pytest.fixture
def berkas(settings, tmp_path):
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"
    return tmp_path / "rahasia" / "akun-demo.txt"


def list_simpanan(folder) -> set[str]:
    """Names of the stored files."""
    return {satu.name for satu in (folder.parent.parent / "berkas").rglob("*") if satu.is_file()}


@pytest.fixture
def fakta(db):
    call_command("load_fakta", verbosity=0)


def test_demo_makes_one_account_per_role_that_can_sign_in(fakta, berkas, capsys):
    call_command("load_demo")

    cetak = capsys.readouterr().out
    assert str(berkas) in cetak
    assert stat.S_IMODE(berkas.stat().st_mode) == 0o600
    peran = set()
    for baris in berkas.read_text().splitlines():
        email, sandi = baris.split()[:2]
        assert sandi in cetak
        pengguna = authenticate(None, email=email, password=sandi)
        assert pengguna.contoh
        peran |= list_peran(pengguna)
    assert peran == set(Peran.values)


def test_demo_hangs_on_invented_nodes_only(fakta, berkas):
    call_command("load_demo", verbosity=0)

    for tugas in Penugasan.objects.all():
        lingkup = tugas.lingkup.satker if tugas.kanwil else tugas.lingkup
        assert lingkup.contoh
    kanwil = KantorWilayah.objects.get(satker__kode="00-kanwil")
    assert 9 <= KedudukanSatker.objects.filter(kanwil=kanwil, satker__contoh=True).count() <= 11
    hitungan = count_predikat(compute_default(kanwil.data_per), kanwil)
    assert (hitungan.wbk, hitungan.wbbm) == (4, 1)
    assert hitungan.tanpa
    assert hitungan.tidak_diketahui


def test_a_second_load_changes_nothing(fakta, berkas, capsys):
    call_command("load_demo")
    baris, isi, simpanan = count_rows(), berkas.read_text(), list_simpanan(berkas)
    sandi = list(Pengguna.objects.values_list("password", flat=True))
    capsys.readouterr()

    call_command("load_demo")

    assert (count_rows(), berkas.read_text(), list_simpanan(berkas)) == (baris, isi, simpanan)
    assert list(Pengguna.objects.values_list("password", flat=True)) == sandi
    cetak = capsys.readouterr().out
    assert "Baru: 0 satker contoh, 0 predikat, 0 LKE, 0 akun." in cetak
    assert str(berkas) in cetak


def test_a_lost_password_file_is_made_anew(fakta, berkas):
    call_command("load_demo", verbosity=0)
    berkas.unlink()

    call_command("load_demo", verbosity=0)

    email, sandi = berkas.read_text().splitlines()[0].split()[:2]
    assert authenticate(None, email=email, password=sandi)


def test_remove_restores_exact_counts_and_may_run_again(
    fakta, berkas, capsys, django_capture_on_commit_callbacks
):
    sebelum = count_rows()
    call_command("load_demo")
    assert count_rows() != sebelum

    with django_capture_on_commit_callbacks(execute=True):
        call_command("remove_demo")

    assert count_rows() == sebelum
    assert not berkas.exists()
    assert list_simpanan(berkas) == set()
    cetak = capsys.readouterr().out
    assert "riwayat hanya bertambah" in cetak
    assert "create_admin" in cetak
    call_command("remove_demo")
    call_command("load_demo")
    assert SatuanKerja.objects.filter(contoh=True).count() == len(demo.DAFTAR_SATKER) + 1
    call_command("verify_riwayat", verbosity=0)
    assert not MasaPredikat.objects.find_selisih()


def test_remove_takes_what_was_done_while_trying_and_nothing_real(fakta, berkas):
    nyata = OperatorFactory(satker=SatuanKerja.objects.get(kode="16-lapas-palembang"))
    sebelum = count_rows()
    call_command("load_demo", verbosity=0)
    admin = Pengguna.objects.get(email="admin@contoh.invalid")
    lapas = SatuanKerja.objects.get(kode="00-lapas-b")
    baru = penugasan.invite("coba@uji.invalid", "Coba", Peran.OPERATOR, lapas, by=admin)
    penugasan.issue_undangan(baru, by=admin, cara="cetak")
    penugasan.assign(nyata, Peran.OPERATOR, lapas, by=admin)
    isi = {"jenis": "WBK", "tanggal_sk": date(2025, 1, 2), "sumber": "uji"}
    alur.propose(SatuanKerja.objects.get(kode="00-rupbasan-a"), isi, by=admin)

    call_command("remove_demo", verbosity=0)

    assert count_rows() == sebelum
    assert nyata.penugasan_set.get().satker.contoh is False


def test_demo_holds_one_complete_and_two_begun_assessments(fakta, berkas):
    call_command("load_demo", verbosity=0)

    tahun = timezone.localdate().year
    terisi = {
        (satu.penilaian.tahun, satu.penilaian.satker.kode): satu.jumlah_terisi
        for satu in Rekap.objects.select_related("penilaian__satker")
    }
    assert terisi[tahun, "00-kanim-a"] == terisi[tahun - 1, "00-lapas-a"] == 113
    assert 0 < terisi[tahun, "00-lapas-a"] < 113
    assert 0 < terisi[tahun, "00-rutan-a"] < 113
    assert len(terisi) == 4
    diajukan = Penilaian.objects.filter(status="diajukan").order_by("tahun")
    assert list(diajukan.values_list("tahun", "satker__kode")) == [
        (tahun - 1, "00-lapas-a"),
        (tahun, "00-kanim-a"),
    ]


def test_the_evidence_is_of_every_kind_and_says_that_it_is_invented(fakta, berkas):
    call_command("load_demo", verbosity=0)

    jenis = Berkas.objects.values_list("jenis", flat=True)
    assert set(jenis) == {"pdf", "png", "docx", "xlsx"}
    assert {satu.sha256 for satu in Berkas.objects.all()} == list_simpanan(berkas)
    for satu in Berkas.objects.filter(jenis="pdf"):
        with open_berkas(satu.sha256) as isi:
            for halaman in PdfReader(isi).pages:
                assert TANDA in halaman.extract_text()
    for satu in Berkas.objects.filter(jenis__in=["docx", "xlsx"]):
        with open_berkas(satu.sha256) as isi, ZipFile(isi) as arsip:
            assert any(TANDA.encode() in arsip.read(nama) for nama in arsip.namelist())
    for bukti in BuktiDukung.objects.select_related("satker"):
        assert bukti.satker.contoh
    assert RevisiBukti.objects.filter(nomor=2).count() == 2
    assert RevisiBukti.objects.filter(tautan__isnull=False).count() == 2
    pakai = PemakaianBukti.objects.all()
    assert pakai.values("bukti").annotate(n=Count("pk")).filter(n__gte=10).count() >= 4
    assert pakai.filter(halaman__gte=2, periode_dari__isnull=False, dokumen__isnull=False).exists()


def test_the_complete_one_lacks_nothing_and_tells_its_gates_as_they_are(fakta, berkas):
    call_command("load_demo", verbosity=0)

    tahun = timezone.localdate().year
    kanim = Penilaian.objects.get(satker__kode="00-kanim-a", tahun=tahun)
    berbukti = PemakaianBukti.objects.filter(penilaian=kanim).values("pertanyaan").distinct()
    assert berbukti.count() == 113
    checklist = build_checklist(kanim)
    assert (checklist.kosong, checklist.daftar_harus, checklist.daftar_dokumen) == ({}, [], [])
    dihitung = skor.compute(
        kanim.versi.bawaan,
        {
            satu.pertanyaan.kode: satu.jawab
            for satu in Jawaban.objects.filter(penilaian=kanim).select_related("pertanyaan")
        },
        skor.Kosong.NOL,
    )
    rekap = Rekap.objects.get(penilaian=kanim)
    assert rekap.total_nol == rekap.total_abaikan == dihitung.nilai["total"]
    assert rekap.gagal_wbk_nol.split() == list(dihitung.kelayakan["WBK"].gagal)


def test_last_years_answers_and_files_can_be_taken_over(fakta, berkas):
    call_command("load_demo", verbosity=0)

    kini = Penilaian.objects.get(satker__kode="00-lapas-a", tahun=timezone.localdate().year)
    bekal = read_bekal(
        kini, get_terpakai(kini.versi), Jawaban.objects.filter(penilaian=kini).select_related()
    )
    lalu = {kode: bagian for kode, bagian in bekal.area.items() if not bagian.is_kosong}
    assert set(lalu) == {"A.1", "A.2", "A.3", "A.4", "A.5", "A.6", "B"}
    assert lalu["A.1"].daftar_jawaban == []
    assert len(lalu["A.3"].daftar_jawaban) == 21
    di_luar = {satu.di_luar for bagian in lalu.values() for satu in bagian.daftar_berkas}
    assert di_luar == {True, False}
    assert any(satu.ada_revisi_baru for satu in lalu["A.6"].daftar_berkas)
    saat = set(
        PemakaianBukti.objects.filter(penilaian=bekal.sebelum).dates("dipasang_pada", "year")
    )
    assert {satu.year for satu in saat} == {kini.tahun - 1}


def test_a_file_that_a_real_office_has_too_stays_when_the_demo_goes(
    fakta, berkas, django_capture_on_commit_callbacks
):
    call_command("load_demo", verbosity=0)
    sama = Berkas.objects.filter(revisibukti__bukti__satker__kode="00-kanim-a")[0]
    nyata = BuktiDukung.objects.create(
        satker=SatuanKerja.objects.get(kode="16-lapas-palembang"), nama="Sama isinya"
    )
    RevisiBukti.objects.create(bukti=nyata, berkas=sama, nama_berkas="sama.pdf")

    with django_capture_on_commit_callbacks(execute=True):
        call_command("remove_demo", verbosity=0)

    assert list(Berkas.objects.all()) == [sama]
    assert list_simpanan(berkas) == {sama.sha256}
    assert list(RevisiBukti.objects.all().values_list("bukti", flat=True)) == [nyata.pk]


def test_counts_of_real_offices_never_see_invented_ones(fakta, berkas, capsys):
    pada = compute_default(None)
    sebelum = count_predikat(pada)

    call_command("load_demo", verbosity=0)

    assert count_predikat(pada) == sebelum
    capsys.readouterr()
    call_command("count_predikat", "--json", "--pada", pada.isoformat())
    assert '"satker": 122' in capsys.readouterr().out


HALAMAN_PUBLIK = [
    ("beranda", []),
    ("kementerian_detail", []),
    ("satker_list", []),
    ("klaim_list", []),
    ("satker_unduh", ["csv"]),
    ("predikat_unduh", ["csv"]),
    ("predikat_json", []),
    ("kementerian_unduh", ["csv"]),
]


def read_halaman(client, daftar=HALAMAN_PUBLIK) -> dict[str, str]:
    """What these pages show, without what differs from answer to answer."""
    isi = {}
    for nama, argumen in daftar:
        url = reverse(nama, args=argumen)
        teks = b"".join(client.get(url, follow=True)).decode()
        teks = re.sub(r'"X-CSRFToken": "[^"]*"', "", teks)
        isi[url] = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", teks)
    return isi


def test_no_page_for_the_public_shows_an_invented_office(fakta, berkas, client):
    sebelum = read_halaman(client)

    call_command("load_demo", verbosity=0)

    assert read_halaman(client) == sebelum
    assert client.get(reverse("satker_detail", args=["00-lapas-a"])).status_code == 404
    assert client.get(reverse("kanwil_detail", args=["00-kanwil"])).status_code == 404


HALAMAN_DALAM = [
    ("lke_list", []),
    ("papan_unduh", ["csv"]),
    ("ringkasan", []),
    ("kementerian_detail", []),
    ("kanwil_detail", ["16-kanwil"]),
    ("satker_list", []),
]


@pytest.mark.parametrize(
    ("factory", "lingkup"),
    [
        (AdminFactory, {}),
        (PimpinanFactory, {"instansi": "kemenimipas"}),
        (TimKanwilFactory, {"kanwil": "16-kanwil"}),
    ],
)
def test_no_board_of_real_offices_shows_or_counts_an_invented_one(
    fakta, berkas, client_for, factory, lingkup
):
    PenilaianFactory(satker=SatuanKerja.objects.get(kode="16-lapas-palembang"))
    client = client_for(factory(**find_lingkup(**lingkup)))
    buka = [("lke_open", [])] if factory is not PimpinanFactory else []
    sebelum = read_halaman(client, HALAMAN_DALAM + buka)

    call_command("load_demo", verbosity=0)

    assert read_halaman(client, HALAMAN_DALAM + buka) == sebelum


def find_lingkup(instansi="", kanwil="") -> dict:
    if instansi:
        return {"instansi": Instansi.objects.get(kode=instansi)}
    return {"kanwil": KantorWilayah.objects.get(satker__kode=kanwil)} if kanwil else {}


def test_demo_wants_the_facts_first(db, berkas):
    with pytest.raises(CommandError, match="load_fakta"):
        call_command("load_demo")

    assert not SatuanKerja.objects.exists()
