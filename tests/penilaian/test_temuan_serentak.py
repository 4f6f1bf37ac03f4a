"""Evidence that comes while somebody saves the answer it is for, through two real connections."""

import threading

import pytest
from django.db import transaction

from penilaian.alur import pengisian
from penilaian.alur import temuan as alur
from penilaian.models import Penilaian, Rekap, Temuan
from penilaian.versi import get_terpakai
from tests.factories import PenilaianFactory
from tests.penilaian.bukti.contoh import add_bukti
from tests.penilaian.test_alur_serentak import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)
KODE = "A.I.1.i.a"


def test_evidence_that_waited_for_an_answer_knows_of_its_finding(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    penilaian = PenilaianFactory()
    get_terpakai(penilaian.versi)
    tersimpan, menunggu = threading.Event(), threading.Event()

    def save():
        with transaction.atomic():
            pengisian.save_jawaban(
                Penilaian.objects.get(pk=penilaian.pk),
                KODE,
                mentah="Ya",
                catatan="",
                versi_isi=0,
                by=None,
            )
            assert Temuan.objects.get().aturan == "terbaik_tanpa_bukti"
            tersimpan.set()
            # The other one asks now, sees nothing of this, and waits for the lock.
            menunggu.wait(0.5)

    def add():
        assert tersimpan.wait(5)
        add_bukti(Penilaian.objects.get(pk=penilaian.pk), KODE)

    hasil = run_at_once(save, add)

    assert [satu for satu in hasil if isinstance(satu, Exception)] == []
    assert not Temuan.objects.exists()
    assert Rekap.objects.get().jumlah_sebaiknya == 0
    assert alur.run_xray(penilaian) is False
