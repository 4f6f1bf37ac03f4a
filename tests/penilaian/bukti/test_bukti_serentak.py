"""Evidence changed by two at once, through two real connections: never half, never a deadlock."""

import io
import threading

import pytest
from django.db import connection, transaction

from integritas.alur import AlurError
from integritas.berkas.masuk import ensure_berkas, receive
from integritas.models import Berkas
from penilaian.alur import area, pengajuan
from penilaian.alur.pengisian import KonflikError, lock_penilaian, save_jawaban
from penilaian.bukti import langkah
from penilaian.models import BuktiDukung, Jawaban, PemakaianBukti, Penilaian, Rekap, RevisiBukti
from penilaian.versi import get_terpakai
from satker.models import Riwayat
from tests.factories import KepalaFactory
from tests.factories.lke import PenilaianFactory, build_jawaban
from tests.penilaian.bukti.contoh import add_bukti, build_pdf
from tests.penilaian.test_alur_serentak import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)
KODE, DUA = "A.I.1.i.a", "A.I.1.i.b"


@pytest.fixture
def penilaian():
    penilaian = PenilaianFactory(jawaban=build_jawaban())
    get_terpakai(penilaian.versi)
    return penilaian


def baca(penilaian):
    return Penilaian.objects.get(pk=penilaian.pk)


def add(penilaian, teks, kode=KODE, by=None):
    berkas = io.BytesIO(build_pdf(teks))
    return langkah.add_berkas(baca(penilaian), kode, berkas, f"{teks}.pdf", by=by)


def revise(pakai, teks):
    pakai = PemakaianBukti.objects.select_related("penilaian").get(pk=pakai.pk)
    return langkah.add_revisi(pakai, io.BytesIO(build_pdf(teks)), f"{teks}.pdf", by=None)


def split(hasil):
    gagal = [satu for satu in hasil if isinstance(satu, Exception)]
    for satu in gagal:
        assert isinstance(satu, AlurError), satu
    return [satu for satu in hasil if satu not in gagal], gagal


@pytest.mark.parametrize("putaran", range(3))
def test_two_answers_at_once_are_one_and_a_refusal_that_shows_it(penilaian, putaran):
    def save(pilihan):
        return lambda: save_jawaban(
            baca(penilaian), KODE, mentah=pilihan, catatan=pilihan, versi_isi=1, by=None
        )

    jadi, gagal = split(run_at_once(save("Tidak"), save("")))

    assert len(jadi) == len(gagal) == 1
    jawaban = Jawaban.objects.get(penilaian=penilaian, pertanyaan__kode=KODE)
    assert isinstance(gagal[0], KonflikError)
    assert gagal[0].kini.catatan == jawaban.catatan == jadi[0].jawaban.catatan
    assert jawaban.versi_isi == 2
    assert Rekap.objects.get().jumlah_terisi == jadi[0].rekap.jumlah_terisi


def test_the_same_file_twice_at_once_is_one_file_and_one_piece_of_evidence(penilaian):
    hasil, gagal = split(run_at_once(*[lambda: add(penilaian, "sama", DUA) for _ in range(4)]))

    assert len([satu for satu in hasil if satu.pemakaian]) == 1
    assert len(gagal) == 3
    assert Berkas.objects.count() == BuktiDukung.objects.count() == 1


def test_the_same_file_at_two_units_at_once_is_one_file(penilaian):
    lain = PenilaianFactory()

    hasil, gagal = split(run_at_once(lambda: add(penilaian, "sama"), lambda: add(lain, "sama")))

    assert not gagal
    assert [satu.dikenal for satu in hasil] == [None, None]
    assert Berkas.objects.count() == 1
    assert BuktiDukung.objects.count() == 2


@pytest.mark.parametrize("putaran", range(3))
def test_two_revisions_at_once_have_two_numbers(penilaian, putaran):
    pakai = add_bukti(penilaian, KODE, "awal")

    hasil, gagal = split(run_at_once(lambda: revise(pakai, "b"), lambda: revise(pakai, "c")))

    assert not gagal
    assert sorted(satu.nomor for satu in hasil) == [2, 3]
    assert PemakaianBukti.objects.get().revisi.nomor == 3


@pytest.mark.postgres
def test_a_revision_waits_for_its_file_before_it_holds_the_assessment(penilaian):
    """Whoever adds the same file holds the file first too; the other way round both would wait."""
    pakai = add_bukti(penilaian, KODE, "awal")
    masuk = receive(io.BytesIO(build_pdf("sama")), "sama.pdf")
    hasil = []

    def run():
        try:
            hasil.append(revise(pakai, "sama"))
        finally:
            connection.close()

    with transaction.atomic():
        ensure_berkas(masuk)
        benang = threading.Thread(target=run)
        benang.start()
        wait_for_lock()
        with connection.cursor() as kursor:
            kursor.execute("SET LOCAL lock_timeout = '5s'")
        lock_penilaian(penilaian)
    benang.join(timeout=30)

    assert [satu.nomor for satu in hasil] == [2]


def wait_for_lock():
    """Until another connection waits for a row that this one holds."""
    sql = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(1000):
        with connection.cursor() as kursor:
            kursor.execute(sql)
            if kursor.fetchone()[0]:
                return
            kursor.execute("SELECT pg_sleep(0.01)")
    raise AssertionError("nobody waits")


@pytest.mark.parametrize("putaran", range(3))
def test_evidence_added_while_the_whole_is_handed_in(penilaian, putaran):
    kepala = KepalaFactory(satker=penilaian.satker)

    diajukan, ditambah = run_at_once(
        lambda: pengajuan.submit(baca(penilaian), by=kepala), lambda: add(penilaian, "baru")
    )

    assert not isinstance(diajukan, Exception), diajukan
    check_tambah(ditambah, Penilaian.objects.get().diajukan_pada)


@pytest.mark.parametrize("putaran", range(3))
def test_evidence_added_while_its_area_is_handed_in(penilaian, putaran):
    kepala = KepalaFactory(satker=penilaian.satker)

    diajukan, ditambah = run_at_once(
        lambda: area.submit_area(baca(penilaian), "A.1", by=kepala), lambda: add(penilaian, "baru")
    )

    assert not isinstance(diajukan, Exception), diajukan
    check_tambah(ditambah, diajukan.diajukan_pada)


def check_tambah(ditambah, diajukan_pada):
    """Either it stood there before, or it is refused and no row speaks of it."""
    if isinstance(ditambah, Exception):
        assert "sudah diajukan" in str(ditambah)
        assert not any(
            model.objects.exists() for model in (Berkas, BuktiDukung, RevisiBukti, PemakaianBukti)
        )
    else:
        assert ditambah.pemakaian.dipasang_pada <= diajukan_pada
        assert Riwayat.objects.filter(kejadian="bukti dukung ditambah").count() == 1


def test_evidence_taken_away_by_two_at_once_is_told_once(penilaian):
    pakai = add_bukti(penilaian, KODE, "awal")

    def unlink():
        langkah.unlink(PemakaianBukti.objects.select_related("penilaian").get(pk=pakai.pk), by=None)

    hasil = run_at_once(unlink, unlink)

    gagal = [satu for satu in hasil if satu is not None]
    assert len(gagal) == 1
    assert isinstance(gagal[0], (AlurError, PemakaianBukti.DoesNotExist))
    assert Riwayat.objects.filter(kejadian="bukti dukung dilepas").count() == 1
    assert BuktiDukung.objects.count() == 1


def test_a_step_that_fails_half_way_leaves_no_row(penilaian, monkeypatch):
    """The bytes may lie in the store; no row names what is not whole."""
    ada = [model.objects.count() for model in (Berkas, BuktiDukung, RevisiBukti, Riwayat)]

    def fail(*args, **kwargs):
        raise OSError("penuh")

    monkeypatch.setattr(Riwayat, "record", fail)
    with pytest.raises(OSError, match="penuh"):
        add(penilaian, "baru")

    assert ada == [model.objects.count() for model in (Berkas, BuktiDukung, RevisiBukti, Riwayat)]
