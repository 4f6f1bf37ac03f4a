"""Two people at once, through two real connections: one agreement is in force, never two."""

import datetime

import pytest
from django.db.models import Count

from satker.alur import janji as alur
from satker.models import PerjanjianKinerja, SatuanKerja
from satker.periksa import find_rusak
from tests.factories import SatkerFactory
from tests.factories.janji import make_perjanjian, sign
from tests.penilaian.test_alur_serentak import run_at_once, split

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
HARI = datetime.date(2026, 1, 19)


def get(satu):
    return PerjanjianKinerja.objects.select_related("satker").get(pk=satu.pk)


def test_of_two_signings_at_once_one_is_recorded():
    draf = make_perjanjian(tahun=2026)

    (satu,), gagal = split(run_at_once(*[lambda: sign(get(draf), HARI)] * 2))

    assert len(gagal) == 1
    assert "berlaku, bukan draf lagi" in gagal[0]
    assert PerjanjianKinerja.objects.current().get() == satu
    assert list(find_rusak()) == []


def test_of_two_drafts_at_once_one_is_made():
    satker = SatkerFactory()

    def start():
        return alur.start(SatuanKerja.objects.get(pk=satker.pk), 2026, by=None)

    baik, gagal = split(run_at_once(start, start))

    assert (len(baik), gagal) == (
        1,
        ["Draf perjanjian kinerja 2026 sudah ada. Lanjutkan draf itu."],
    )


def test_a_version_signed_while_another_is_begun_leaves_one_in_force():
    lama = make_perjanjian(tahun=2026, tanggal=HARI)
    baru = alur.revise(lama, alasan="strategi", keterangan="Revisi DIPA", by=None)

    def revise():
        return alur.revise(get(lama), alasan="prioritas", keterangan="Prioritas baru", by=None)

    split(run_at_once(lambda: sign(get(baru), HARI), revise))

    assert PerjanjianKinerja.objects.current().get() == baru
    jumlah = PerjanjianKinerja.objects.values("versi").annotate(n=Count("pk"))
    assert {satu["n"] for satu in jumlah} == {1}
