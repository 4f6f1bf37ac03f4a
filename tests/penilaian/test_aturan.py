"""The numbers of the rules: kept by an administrator, each from a day on."""

import datetime

import pytest
from django.urls import reverse

from penilaian.models import AturanPredikat
from satker.models import Riwayat
from tests.factories import AdminFactory, AturanFactory, TpiFactory

pytestmark = pytest.mark.django_db
ISI = {"nilai": "3", "berlaku_dari": "2025-01-01", "sumber": "PermenPANRB uji"}


@pytest.fixture(autouse=True)
def aturan():
    return AturanFactory(nama="Larangan sesudah dicabut")


@pytest.fixture
def admin(client_for):
    return client_for(AdminFactory())


def get_nilai(hari):
    return AturanPredikat.objects.get_nilai(
        "larangan-sesudah-cabut", datetime.date.fromisoformat(hari)
    )


def test_a_new_value_holds_from_its_day(admin):
    alamat = reverse("aturan_set", args=["larangan-sesudah-cabut"])

    assert admin.post(alamat, ISI).url == reverse("aturan_list")

    assert (get_nilai("2024-12-31"), get_nilai("2025-01-01")) == (2, 3)
    assert "3 tahun" in admin.get(reverse("aturan_list")).text
    assert Riwayat.objects.get().kejadian == "aturan diubah"


@pytest.mark.parametrize(
    ("salah", "pesan"),
    [
        ({"nilai": "2"}, "Tidak ada yang berubah."),
        ({"berlaku_dari": "2019-01-01"}, "Nilai terakhir sudah berlaku mulai 1 Januari 2019."),
        ({"nilai": "-1"}, "Nilai baru:"),
        ({"sumber": ""}, "Sumber:"),
    ],
)
def test_a_wrong_value_is_refused_and_nothing_changes(admin, salah, pesan):
    respons = admin.post(reverse("aturan_set", args=["larangan-sesudah-cabut"]), ISI | salah)

    assert respons.status_code == 422
    assert pesan in respons.text
    assert AturanPredikat.objects.count() == 1
    assert not Riwayat.objects.exists()


def test_only_the_administrator_keeps_them(client_for):
    tpi = client_for(TpiFactory())

    assert tpi.get(reverse("aturan_list")).status_code == 403
    assert tpi.post(reverse("aturan_set", args=["larangan-sesudah-cabut"]), ISI).status_code == 403
