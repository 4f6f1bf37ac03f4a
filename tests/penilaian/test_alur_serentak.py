"""Two requests at once, through two real connections: one step succeeds, the other is told why."""

import datetime
import threading

import pytest
from django.db import connection

from integritas.alur import AlurError
from penilaian import alur
from penilaian.models import MasaPredikat, PerubahanPredikat, Predikat
from satker.models import SatuanKerja
from satker.periksa import find_rusak
from tests.factories import AturanFactory, PredikatFactory, SatkerFactory

pytestmark = pytest.mark.django_db(transaction=True)


def run_at_once(*daftar_langkah):
    """Run each step in its own thread and connection; what each gave or was told."""
    mulai, hasil = threading.Barrier(len(daftar_langkah)), [None] * len(daftar_langkah)

    def run(nomor, langkah):
        try:
            mulai.wait(timeout=10)
            hasil[nomor] = langkah()
        except Exception as error:
            hasil[nomor] = error
        finally:
            connection.close()

    benang = [
        threading.Thread(target=run, args=[nomor, langkah])
        for nomor, langkah in enumerate(daftar_langkah)
    ]
    for satu in benang:
        satu.start()
    for satu in benang:
        satu.join(timeout=60)
    return hasil


def split(hasil):
    """What succeeded, and the sentences of what was refused."""
    gagal = [satu for satu in hasil if isinstance(satu, Exception)]
    assert all(type(satu) is AlurError for satu in gagal), gagal
    return [satu for satu in hasil if satu not in gagal], [str(satu) for satu in gagal]


@pytest.fixture(autouse=True)
def aturan(transactional_db):
    AturanFactory(kode="larangan-sesudah-cabut", nilai=2)


@pytest.fixture
def satker(aturan):
    return SatkerFactory(kedudukan=False)


def test_of_two_grants_at_once_one_is_recorded(satker):
    def grant():
        return alur.grant(
            SatuanKerja.objects.get(pk=satker.pk),
            "WBK",
            by=None,
            sumber="uji",
            tanggal_sk=datetime.date(2021, 12, 20),
        )

    (predikat,), gagal = split(run_at_once(grant, grant))

    assert gagal == [
        "Satker ini sudah memegang WBK sejak 20 Desember 2021. Satu satker hanya memegang satu "
        "predikat pada satu waktu."
    ]
    assert Predikat.objects.get() == predikat
    assert MasaPredikat.objects.find_selisih() == set()
    assert list(find_rusak()) == []


def test_of_a_revocation_and_a_rise_at_once_one_is_recorded(satker):
    wbk = PredikatFactory(satker=satker)

    def revoke():
        predikat = Predikat.objects.get(pk=wbk.pk)
        return alur.revoke(predikat, by=None, tanggal=datetime.date(2023, 1, 1), sumber="uji")

    def rise():
        return alur.grant(
            SatuanKerja.objects.get(pk=satker.pk),
            "WBBM",
            by=None,
            sumber="uji",
            tanggal_sk=datetime.date(2023, 1, 1),
        )

    berhasil, gagal = split(run_at_once(revoke, rise))

    assert len(berhasil) == len(gagal) == 1
    assert PerubahanPredikat.objects.exclude(jenis="DITETAPKAN").count() == 1
    assert MasaPredikat.objects.find_selisih() == set()


def test_two_units_are_granted_at_once_without_waiting_for_an_error(satker):
    lain = SatkerFactory(kedudukan=False)

    def grant(pk):
        return alur.grant(SatuanKerja.objects.get(pk=pk), "WBK", by=None, sumber="uji", tahun=2021)

    berhasil, gagal = split(run_at_once(lambda: grant(satker.pk), lambda: grant(lain.pk)))

    assert (len(berhasil), gagal) == (2, [])


def test_of_two_decisions_at_once_one_is_taken(satker):
    usulan = alur.propose(satker, {"jenis": "WBK", "sumber": "uji", "tahun": 2021}, by=None)

    berhasil, gagal = split(
        run_at_once(
            lambda: alur.accept(usulan, by=None),
            lambda: alur.reject(usulan, by=None, alasan="tidak"),
        )
    )

    assert len(berhasil) == 1
    assert gagal in (["Usulan ini sudah diterima."], ["Usulan ini sudah ditolak."])
    assert Predikat.objects.count() == (1 if "diterima" in gagal[0] else 0)
