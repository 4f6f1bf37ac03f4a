"""Gates of issue 2, part 8: a page costs the same number of statements with 10 and with 100 units,
and never more than its goal. Counted as an administrator with a second factor, the dearest reader."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from penilaian import skala
from penilaian.models import MasaPredikat
from satker import impor
from satker.models import KedudukanSatker
from tests.bench.sasaran import CSV, HALAMAN, IMPOR_SQL
from tests.bench.siapkan import build_csv
from tests.factories import AdminFactory

pytestmark = pytest.mark.django_db
# The day of the pages in the past.
LAMPAU = datetime.date(2025, 6, 30)


@pytest.fixture(params=[10, 100])
def isi(request, settings):
    """The invented ministry with that many units beside its Kanwil: codes of a holder and of its
    Kanwil. This seed leaves no page empty with ten: an empty list asks less."""
    settings.MFA_WAJIB_PERAN = ["admin", "tpi"]
    skala.load(33 + request.param, 5, 4)
    lama = MasaPredikat.objects.at(LAMPAU).filter(predikat__isnull=False).values("satker")
    kini = MasaPredikat.objects.at(skala.AKHIR).filter(predikat__isnull=False, satker__in=lama)
    posisi = KedudukanSatker.objects.filter(
        satker__in=kini.values("satker"), berlaku_dari=None, berlaku_sampai=None
    ).select_related("satker", "kanwil__satker")
    satu = posisi.order_by("pk")[0]
    settings.INTEGRITAS_KANWIL = satu.kanwil.satker.kode
    return {"satker": satu.satker.kode, "kanwil": satu.kanwil.satker.kode}


@pytest.fixture
def admin():
    pengguna = AdminFactory()
    Authenticator.objects.create(user=pengguna, type=Authenticator.Type.TOTP, data={})
    return pengguna


def read(client, alamat):
    jawaban = client.get(alamat)
    assert jawaban.status_code == 200
    return b"".join(jawaban.streaming_content) if jawaban.streaming else jawaban.content


@pytest.mark.parametrize("halaman", [*HALAMAN, CSV], ids=lambda satu: satu.nama)
def test_a_page_asks_no_more_than_its_goal(halaman, isi, admin, client_for, count_queries):
    client = client_for(admin) if halaman.masuk else Client()
    alamat = halaman.alamat.format(**isi)
    # The first page of a session also notes the time.
    read(client, alamat)

    with count_queries() as daftar_sql:
        read(client, alamat)

    assert len(daftar_sql) == JUMLAH[halaman.nama]
    assert len(daftar_sql) <= halaman.sql


# What each page asks, whatever the number of units.
JUMLAH = {
    "dasbor kementerian": 9,
    "dasbor kementerian, lampau": 9,
    "dasbor satu Kanwil": 12,
    "dasbor satu Kanwil, lampau": 12,
    "daftar 50, saringan dan cari": 7,
    "daftar 50, lampau": 7,
    "halaman satker": 10,
    "riwayat satker": 8,
    "/ (publik)": 1,
    "/ (publik, pertama kali)": 6,
    "CSV semua satker": 5,
}


@pytest.mark.parametrize("jumlah", [10, 100])
def test_an_import_asks_no_more_than_its_goal(jumlah, admin, count_queries):
    skala.load(40, 1)
    isi = build_csv(jumlah, "imporx")

    with count_queries() as daftar_sql:
        impor.apply("satker.csv", isi, by=admin)

    assert len(daftar_sql) <= IMPOR_SQL
