"""The same upload on two lines at once, through two real connections."""

import io

import pytest

from integritas.berkas.potongan import SalahMulaiError
from penilaian.bukti import unggahan
from penilaian.models import PemakaianBukti, Unggahan
from tests.penilaian.bukti.contoh import build_pdf
from tests.penilaian.test_alur_serentak import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)
SATU = "A.I.1.i.a"


@pytest.fixture
def mulai(penilaian, operator):
    return unggahan.begin(penilaian, SATU, "SK.pdf", len(build_pdf("SK")), by=operator)


def test_of_two_writers_of_one_piece_one_is_told_where_to_go_on(mulai):
    isi = build_pdf("SK")

    def append():
        return unggahan.append(mulai, 0, io.BytesIO(isi[:200]))

    hasil = run_at_once(append, append)

    [salah] = [satu for satu in hasil if isinstance(satu, Exception)]
    assert isinstance(salah, SalahMulaiError)
    assert (salah.sekarang, unggahan.measure(mulai)) == (200, 200)
    assert unggahan.append(mulai, 200, io.BytesIO(isi[200:])) == len(isi)
    assert unggahan.complete(mulai).pemakaian is not None


@pytest.mark.parametrize("lain", [unggahan.complete, unggahan.cancel])
def test_completed_twice_or_cancelled_at_once_it_happens_once(mulai, folder, lain):
    unggahan.append(mulai, 0, io.BytesIO(build_pdf("SK")))

    def run(langkah):
        return lambda: langkah(Unggahan.objects.select_related("penilaian").get())

    hasil = run_at_once(run(unggahan.complete), run(lain))

    gagal = [satu for satu in hasil if isinstance(satu, Exception)]
    assert [type(satu) for satu in gagal] in (
        [unggahan.UnggahanTiadaError],
        [Unggahan.DoesNotExist],
    )
    dibatalkan = lain is unggahan.cancel and isinstance(hasil[0], Exception)
    assert PemakaianBukti.objects.count() == (0 if dibatalkan else 1)
    assert not Unggahan.objects.exists()
    assert list((folder / "unggahan").iterdir()) == []
