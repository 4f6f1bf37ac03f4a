"""What the operator is told: page, JSON, command and metrics."""

import datetime
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from satker.models import Detak, Kiriman
from satker.pengingat import keadaan
from tests.factories import AdminFactory, SatkerFactory
from tests.factories.kirim import KirimanFactory, PengingatFactory

pytestmark = pytest.mark.django_db
JAM = datetime.timedelta(hours=1)


@pytest.fixture
def sehat(monkeypatch):
    """A beat just now, and a disk that is half empty."""
    Detak.objects.create(nama="beat", pada=timezone.now())
    disk = type("Disk", (), {"free": 50 * 1024**3, "total": 100 * 1024**3})
    monkeypatch.setattr(keadaan.shutil, "disk_usage", lambda _: disk)
    return disk


def read_baik():
    return {satu.kode: satu.baik for satu in keadaan.read_keadaan().daftar_periksa}


def test_each_check_tells_when_something_is_wrong(sehat, settings, tmp_path):
    semua = {"database": True, "broker": True, "beat": True, "antre": True, "disk": True}
    KirimanFactory(kirim_pada=timezone.now() - 10 * JAM, coba_lagi_pada=timezone.now() + JAM)
    assert read_baik() == semua

    Detak.objects.update(pada=timezone.now() - JAM)
    assert read_baik() == semua | {"beat": False}
    KirimanFactory(kirim_pada=timezone.now() - JAM)
    sehat.free = 9 * 1024**3
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert read_baik() == dict.fromkeys(semua, False) | {"database": True}


def test_the_page_and_its_json_are_for_admins(client_for, sehat):
    gagal = KirimanFactory(status="gagal", galat="Ditolak server surel: 550 tidak ada", percobaan=1)
    client = client_for(AdminFactory())

    page = client.get(reverse("sehat_rinci"))
    isi = client.get(reverse("sehat_rinci"), {"bentuk": "json"}).json()

    assertContains(page, "Ditolak server surel: 550 tidak ada")
    assertContains(page, gagal.pengguna.email)
    assert isi["baik"] is True
    assert isi["kiriman"] == {"antre": 0, "terkirim": 0, "gagal": 1, "terlewat": 0, "ditarik": 0}
    assert set(isi["periksa"]) == {"database", "broker", "beat", "antre", "disk"}


@pytest.mark.parametrize("banyak", [1, 3])
def test_the_page_costs_the_same_at_any_length(
    client_for, sehat, django_assert_num_queries, banyak
):
    for nomor in range(banyak):
        KirimanFactory(status="gagal", galat=f"550 {nomor}")
    client = client_for(AdminFactory())
    client.get(reverse("akun"))

    with django_assert_num_queries(8):
        client.get(reverse("sehat_rinci"))


def test_metrics_are_for_whoever_brings_the_token(client, sehat, settings):
    KirimanFactory(kirim_pada=timezone.now() - JAM)
    url = reverse("metrik")
    assert client.get(url).status_code == 404

    settings.METRIK_TOKEN = "token-uji-yang-cukup-panjang"
    assert client.get(url).status_code == 401
    assert client.get(url, headers={"Authorization": "Bearer lain"}).status_code == 401
    jawaban = client.get(url, headers={"Authorization": f"Bearer {settings.METRIK_TOKEN}"})

    baris = jawaban.text.splitlines()
    assert 'integritas_kiriman{status="antre"} 1.0' in baris
    assert 'integritas_periksa{periksa="antre"} 0.0' in baris
    assert "integritas_baik 0.0" in baris
    [umur] = [satu for satu in baris if satu.startswith("integritas_antre_umur_detik ")]
    assert 3600 <= float(umur.split()[1]) < 3700


def test_list_pengingat_tells_everything_as_json(sehat, capsys):
    satker = SatkerFactory()
    satu = PengingatFactory(satker=satker, judul="Upacara Kanwil Contoh")
    PengingatFactory(status="terkirim")
    kiriman = KirimanFactory(pengguna=satu.pengguna)
    kiriman.isikiriman_set.create(pengingat=satu)

    call_command("list_pengingat", "--json")
    isi = json.loads(capsys.readouterr().out)
    call_command("list_pengingat", "--json", "--satker", satker.kode, "--status", "terkirim")
    lain = json.loads(capsys.readouterr().out)

    assert set(isi) == {"versi", "keadaan", "pengingat", "kiriman", "terpotong"}
    [baris] = isi["pengingat"]
    assert baris | {"jatuh_pada": "", "berguna_sampai": "", "kiriman": ""} == {
        "id": satu.pk,
        "status": "menunggu",
        "aturan": "uji",
        "langkah": "H-7",
        "objek": satu.objek,
        "acuan": str(satu.acuan),
        "judul": "Upacara Kanwil Contoh",
        "satker": satker.kode,
        "pengguna": {"id": satu.pengguna_id, "surel": satu.pengguna.email},
        "ditunda_sampai": None,
        "mendesak": False,
        "jatuh_pada": "",
        "berguna_sampai": "",
        "kiriman": "",
    }
    assert baris["kiriman"] == isi["kiriman"]
    assert isi["kiriman"][0]["message_id"] == kiriman.message_id
    assert (lain["pengingat"], lain["kiriman"]) == ([], [])


def test_list_pengingat_can_be_asked_whether_all_is_well(sehat, capsys):
    call_command("list_pengingat", "--periksa")
    assert "baik  beat: berdetak 0 detik lalu" in capsys.readouterr().out

    KirimanFactory(kirim_pada=timezone.now() - JAM)
    with pytest.raises(SystemExit) as berhenti:
        call_command("list_pengingat", "--periksa")
    assert berhenti.value.code == 1
    assert "BURUK antre: menunggu 1 jam" in capsys.readouterr().out


def test_list_pengingat_names_a_unit_that_is_not_there(sehat):
    with pytest.raises(CommandError, match="'tidak-ada' tidak dikenal"):
        call_command("list_pengingat", "--satker", "tidak-ada")


def test_list_pengingat_asks_as_often_for_many(sehat, count_queries, capsys):
    jumlah = []
    for _ in range(2):
        for satu in PengingatFactory.create_batch(2):
            KirimanFactory(pengguna=satu.pengguna).isikiriman_set.create(pengingat=satu)
        with count_queries() as daftar_sql:
            call_command("list_pengingat", "--json")
        jumlah.append(len(daftar_sql))

    assert jumlah[0] == jumlah[1]
    assert Kiriman.objects.count() == 4
