"""Handing in while somebody saves, through two real connections: never both, nothing lost."""

import pytest

from penilaian.alur import area, pengajuan, pengisian
from penilaian.models import AreaPenilaian, Jawaban, Penilaian, Rekap
from penilaian.versi import get_terpakai
from tests.factories import KepalaFactory
from tests.factories.lke import PenilaianFactory, build_jawaban
from tests.penilaian.test_alur_serentak import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)
KODE = "A.I.1.i.a"


@pytest.fixture
def penilaian():
    penilaian = PenilaianFactory(jawaban=build_jawaban())
    get_terpakai(penilaian.versi)
    return penilaian


def save(penilaian):
    return pengisian.save_jawaban(
        Penilaian.objects.get(pk=penilaian.pk),
        KODE,
        mentah="Tidak",
        catatan="",
        versi_isi=1,
        by=None,
    )


def check(hasil, is_shut):
    """Either it was handed in with the old answer, or the answer stands and it is still open."""
    diajukan, disimpan = hasil
    if isinstance(diajukan, Exception):
        assert type(diajukan) is pengajuan.BerubahError
        assert not isinstance(disimpan, Exception), disimpan
    else:
        assert "sudah diajukan" in str(disimpan)
    shut = not isinstance(diajukan, Exception)
    assert is_shut() is shut
    pilihan = Jawaban.objects.get(pertanyaan__kode=KODE).pilihan
    assert pilihan == ("Ya" if shut else "Tidak")
    assert (Rekap.objects.get().a1_nol == 8) is shut


@pytest.mark.parametrize("putaran", range(3))
def test_the_whole_handed_in_while_somebody_saves(penilaian, putaran):
    kepala = KepalaFactory(satker=penilaian.satker)
    tanda = pengajuan.build_checklist(penilaian).tanda

    hasil = run_at_once(
        lambda: pengajuan.submit(penilaian, by=kepala, tanda=tanda), lambda: save(penilaian)
    )

    check(hasil, lambda: Penilaian.objects.get().status == "diajukan")


@pytest.mark.parametrize("putaran", range(3))
def test_an_area_handed_in_while_somebody_saves(penilaian, putaran):
    kepala = KepalaFactory(satker=penilaian.satker)
    tanda = pengajuan.build_checklist(penilaian, "A.1").tanda

    hasil = run_at_once(
        lambda: area.submit_area(penilaian, "A.1", by=kepala, tanda=tanda),
        lambda: save(penilaian),
    )

    check(hasil, lambda: AreaPenilaian.objects.get(area="A.1").diajukan_pada is not None)
