"""Plain SQL for rows gives and writes what the ORM does, on both databases."""

import datetime
from decimal import Decimal

import pytest
from django.db.models import F, Value
from django.utils import timezone

from integritas.sql import update_row, write_query
from penilaian.models import LAPIS_SATKER, Rekap
from tests.factories import PenilaianFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rekap():
    return Rekap.objects.get(penilaian=PenilaianFactory(), lapis=LAPIS_SATKER)


def test_a_row_is_written_as_by_save(rekap):
    saat = timezone.now() - datetime.timedelta(days=3)
    rekap.total_nol, rekap.terisi_area = Decimal("71.234567"), {"A.1": 16}
    rekap.diubah_pada, rekap.jumlah_gagal = saat, 7

    kolom = ("total_nol", "terisi_area", "diubah_pada")
    assert update_row(rekap, kolom, ("penilaian_id", "lapis"))

    kini = Rekap.objects.get(pk=rekap.pk)
    assert (kini.total_nol, kini.terisi_area, kini.diubah_pada) == (
        Decimal("71.234567"),
        {"A.1": 16},
        saat,
    )
    # A column that is not named stays.
    assert kini.jumlah_gagal != 7


def test_a_row_that_is_not_there_is_told(rekap):
    rekap.delete()
    rekap.pk = 1

    assert not update_row(rekap, ("total_nol",))


def test_a_kept_statement_reads_as_the_queryset_does_and_knows_of_changes(rekap):
    daftar = Rekap.objects.order_by("pk").values(
        "total_nol", "diubah_pada", "terisi_area", satu=Value(1), hari=F("penilaian__tutup_pada")
    )
    pernyataan = write_query(daftar[:5])

    assert pernyataan.read() == list(daftar)

    Rekap.objects.filter(pk=rekap.pk).update(total_nol=Decimal("12.5"))
    assert pernyataan.read()[0]["total_nol"] == Decimal("12.500000")
