"""Files that nothing names any more: rows go, bytes follow, and what is needed stays."""

import pytest

from integritas.berkas.buang import forget_berkas
from integritas.berkas.simpan import exists_berkas
from integritas.models import Berkas
from penilaian.models import PemakaianBukti
from tests.penilaian.bukti.contoh import add_bukti

pytestmark = pytest.mark.django_db


def remove(pemakaian) -> Berkas:
    """The evidence is gone, its file lies there still."""
    berkas = pemakaian.revisi.berkas
    PemakaianBukti.objects.filter(pk=pemakaian.pk).delete()
    pemakaian.bukti.delete()
    return berkas


def test_what_no_revision_names_goes_with_its_bytes(penilaian, django_capture_on_commit_callbacks):
    satu, dua = (add_bukti(penilaian, "A.I.1.i.a", teks) for teks in ("SK", "Notula"))
    lepas, dipakai = remove(satu), dua.revisi.berkas

    with django_capture_on_commit_callbacks(execute=True):
        forget_berkas([lepas.pk, dipakai.pk])
        assert exists_berkas(lepas.sha256)

    assert list(Berkas.objects.all()) == [dipakai]
    assert (exists_berkas(lepas.sha256), exists_berkas(dipakai.sha256)) == (False, True)


def test_what_is_not_asked_for_stays(penilaian, django_capture_on_commit_callbacks):
    lepas = remove(add_bukti(penilaian, "A.I.1.i.a"))

    with django_capture_on_commit_callbacks(execute=True):
        forget_berkas([])

    assert Berkas.objects.get() == lepas
    assert exists_berkas(lepas.sha256)


def test_bytes_that_somebody_brings_again_meanwhile_stay(
    penilaian, django_capture_on_commit_callbacks
):
    lepas = remove(add_bukti(penilaian, "A.I.1.i.a", "SK"))
    with django_capture_on_commit_callbacks() as daftar_tugas:
        forget_berkas([lepas.pk])

    lagi = add_bukti(penilaian, "A.I.1.i.a", "SK")
    for tugas in daftar_tugas:
        tugas()

    assert lagi.revisi.berkas.sha256 == lepas.sha256
    assert exists_berkas(lepas.sha256)
