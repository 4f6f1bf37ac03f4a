"""Steps of an assessment tell the maker of reminders what has moved."""

import datetime

import pytest
from django.utils import timezone

from penilaian.alur import jendela, pengajuan
from satker.pengingat import tugas_susun
from tests.factories import TimKanwilFactory
from tests.factories.lke import PenilaianFactory, build_jawaban

pytestmark = pytest.mark.django_db


def test_a_window_that_moves_or_ends(monkeypatch, django_capture_on_commit_callbacks):
    daftar = []
    monkeypatch.setattr(tugas_susun.refresh_pengingat, "delay", lambda *kunci: daftar.append(kunci))
    penilaian = PenilaianFactory(jawaban=build_jawaban())
    oleh, nanti = TimKanwilFactory(), timezone.localdate() + datetime.timedelta(days=90)

    for langkah in (
        lambda: jendela.extend(
            penilaian, penilaian.tutup_pada + datetime.timedelta(9), "x", by=oleh
        ),
        lambda: pengajuan.submit(penilaian, by=oleh),
        lambda: jendela.reopen(penilaian, "x", by=oleh, tutup_pada=nanti),
    ):
        daftar.clear()
        with django_capture_on_commit_callbacks(execute=True):
            langkah()

        assert {sumber for sumber, _ in daftar} == {"jendela_lke", "reviu_kembali", "bukti"}
        assert {kunci for _, kunci in daftar} == {str(penilaian.pk)}
