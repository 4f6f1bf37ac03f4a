"""Taking over while somebody answers, through two real connections: the answer stands."""

import pytest

from penilaian.alur import bawa, pengisian
from penilaian.models import Jawaban, Penilaian, Rekap
from penilaian.versi import get_terpakai
from tests.factories import OperatorFactory
from tests.factories.lke import PenilaianFactory, build_jawaban
from tests.penilaian.test_alur_serentak import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)
KODE, LAIN = "A.I.1.i.a", "A.I.1.i.b"


@pytest.mark.parametrize("putaran", range(3))
def test_an_answer_given_at_the_same_time_is_never_lost(putaran):
    penilaian = PenilaianFactory()
    lalu = PenilaianFactory(
        satker=penilaian.satker, tahun=penilaian.tahun - 1, jawaban=build_jawaban()
    )
    operator = OperatorFactory(satker=penilaian.satker)
    get_terpakai(lalu.versi)

    diambil, disimpan = run_at_once(
        lambda: bawa.carry(
            Penilaian.objects.get(pk=penilaian.pk), ["A.1"], [KODE, LAIN], [], by=operator
        ),
        lambda: pengisian.save_jawaban(
            Penilaian.objects.get(pk=penilaian.pk),
            KODE,
            mentah="Tidak",
            catatan="",
            versi_isi=0,
            by=operator,
        ),
    )

    assert not isinstance(diambil, Exception), diambil
    kini = {
        satu.pertanyaan.kode: (satu.pilihan, satu.draf)
        for satu in Jawaban.objects.filter(penilaian=penilaian).select_related("pertanyaan")
    }
    assert kini[LAIN] == ("A", True)
    if isinstance(disimpan, pengisian.KonflikError):
        # The draft came first: whoever answered is shown both.
        assert kini[KODE] == ("Ya", True)
        assert diambil.daftar_lewat == []
    else:
        assert kini[KODE] == ("Tidak", False)
        assert diambil.daftar_lewat == ["Nomor 1 sudah dijawab tahun ini, jadi dibiarkan."]
    terisi = 0 if kini[KODE][1] else 1
    assert Rekap.objects.get(penilaian=penilaian).jumlah_terisi == terisi
