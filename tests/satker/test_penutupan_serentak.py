"""Two closings at once, and a signature while the round is closed, through two real connections."""

import pytest
from django.utils import timezone

from integritas.alur import AlurError
from satker.alur import naskah_upacara, penutupan
from satker.models import BeritaAcara, Putaran, TandaTangan, TindakLanjut, Upacara
from satker.periksa import find_rusak
from tests.factories import (
    NaskahFactory,
    PesertaFactory,
    PutaranFactory,
    SatkerFactory,
    UpacaraFactory,
)
from tests.penilaian.test_alur_serentak import run_at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """No queue is asked for; who is told has its own test."""
    monkeypatch.setattr("satker.tasks_naskah.announce_penutupan.delay_on_commit", lambda *isi: None)


def make(**lain):
    satker = SatkerFactory()
    upacara = UpacaraFactory(
        tuan_rumah=satker,
        peserta=[satker],
        status="berlangsung",
        tanggal=timezone.localdate(),
        **lain,
    )
    PesertaFactory(upacara=upacara, hadir_pada=timezone.now(), cara_hadir="kode")
    return upacara


def test_two_close_at_once_and_one_is_told():
    upacara = make()

    hasil = run_at_once(*[lambda: penutupan.close(upacara, by=None)] * 2)

    ditolak = [satu for satu in hasil if isinstance(satu, AlurError)]
    assert len(ditolak) == 1
    assert "sudah ditutup" in str(ditolak[0])
    assert BeritaAcara.objects.count() == 1
    assert TindakLanjut.objects.values("tanggal", "perihal").distinct().count() == (
        TindakLanjut.objects.count()
    )
    assert list(find_rusak()) == []


def test_a_signature_while_the_round_is_closed_is_in_or_told():
    upacara = make(putaran=PutaranFactory())
    naskah = NaskahFactory(upacara=upacara, beku=True)
    absen = PesertaFactory(upacara=upacara)
    penutupan.close(upacara, by=None)

    tutup, tanda = run_at_once(
        lambda: penutupan.close_putaran(upacara.putaran, by=None),
        lambda: naskah_upacara.sign_sendiri(absen, naskah, persetujuan=True),
    )

    assert not isinstance(tutup, Exception), tutup
    if isinstance(tanda, Exception):
        assert "Putaran sudah ditutup" in str(tanda)
        assert not TandaTangan.objects.exists()
    else:
        assert tanda.ditandatangani_pada <= Putaran.objects.get().ditutup_pada
    assert Upacara.objects.get().status == "ditutup"
