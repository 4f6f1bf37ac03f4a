"""Invented rows come and go without touching a real one."""

import re
import stat
from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from penilaian import alur
from penilaian.hitung import count_predikat
from penilaian.models import MasaPredikat, Penilaian, Rekap
from penilaian.pada import compute_default
from satker import demo, penugasan
from satker.access import list_peran
from satker.models import KantorWilayah, KedudukanSatker, Pengguna, Penugasan, Peran, SatuanKerja
from tests.factories import OperatorFactory

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
    return tmp_path / "rahasia" / "akun-demo.txt"


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
    baris, isi = count_rows(), berkas.read_text()
    sandi = list(Pengguna.objects.values_list("password", flat=True))
    capsys.readouterr()

    call_command("load_demo")

    assert (count_rows(), berkas.read_text()) == (baris, isi)
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


def read_halaman(client) -> dict[str, str]:
    """What the public sees, without what differs from answer to answer."""
    isi = {}
    for nama, argumen in HALAMAN_PUBLIK:
        url = reverse(nama, args=argumen)
        teks = b"".join(client.get(url)).decode()
        isi[url] = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", teks)
    return isi


def test_no_page_for_the_public_shows_an_invented_office(fakta, berkas, client):
    sebelum = read_halaman(client)

    call_command("load_demo", verbosity=0)

    assert read_halaman(client) == sebelum
    assert client.get(reverse("satker_detail", args=["00-lapas-a"])).status_code == 404
    assert client.get(reverse("kanwil_detail", args=["00-kanwil"])).status_code == 404


def test_demo_wants_the_facts_first(db, berkas):
    with pytest.raises(CommandError, match="load_fakta"):
        call_command("load_demo")

    assert not SatuanKerja.objects.exists()
