"""An upload in pieces: what is refused before a byte is sent, and what becomes of what arrived."""

import datetime
import hashlib
import io
import os
import threading

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from integritas.alur import AlurError
from integritas.berkas.clamd import PemindaiTidakTersediaError
from integritas.berkas.potongan import SalahMulaiError, SedangDitulisError
from integritas.models import Berkas
from penilaian import tasks
from penilaian.bukti import unggahan
from penilaian.bukti.langkah import Rincian
from penilaian.models import (
    AreaPenilaian,
    BuktiDukung,
    PemakaianBukti,
    Penilaian,
    RevisiBukti,
    Unggahan,
)
from satker.models import Riwayat
from tests.factories import OperatorFactory, PenilaianFactory
from tests.penilaian.bukti.contoh import add_bukti, build_pdf

pytestmark = pytest.mark.django_db
SATU, DUA = "A.I.1.i.a", "A.I.1.i.b"
KILO, MEGA = 1024, 1024 * 1024


def begin(penilaian, by, isi=b"", kode=SATU, nama="SK.pdf"):
    return unggahan.begin(penilaian, kode, nama, len(isi), by=by)


def send(penilaian, by, isi, potong=10 * KILO, **lain):
    """An upload of which all has arrived, in pieces."""
    satu = begin(penilaian, by, isi, **lain)
    for mulai in range(0, len(isi), potong):
        unggahan.append(satu, mulai, io.BytesIO(isi[mulai : mulai + potong]))
    return satu


def count_baris():
    return [
        model.objects.count()
        for model in (Berkas, BuktiDukung, RevisiBukti, PemakaianBukti, Riwayat)
    ]


def list_berkas(folder):
    return [satu for satu in folder.rglob("*") if satu.is_file()]


def lock_area_a1(operator):
    AreaPenilaian.objects.filter(area="A.1").update(
        diajukan_pada=timezone.now(), diajukan_oleh=operator
    )


def close_window():
    Penilaian.objects.update(tutup_pada=timezone.localdate() - datetime.timedelta(days=1))


# --- beginning ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("nama", "ukuran", "pesan"),
    [
        ("besar.pdf", 2 * MEGA, r"Berkas “besar\.pdf” tidak diterima: besarnya 2,0 MB; .* 1 MB\."),
        ("besar.mp4", 3 * MEGA, r"Berkas “besar\.mp4” .* besarnya 3,0 MB; paling besar 2 MB\."),
        ("kosong.pdf", 0, r"Berkas “kosong\.pdf” tidak diterima: isinya kosong\."),
        ("tanpa akhiran", 3 * MEGA, "besarnya 3,0 MB; paling besar 2 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_before_it_is_sent(
    penilaian, operator, settings, nama, ukuran, pesan
):
    settings.BERKAS_MAKS_MB, settings.VIDEO_MAKS_MB = 1, 2

    with pytest.raises(AlurError, match=pesan):
        unggahan.begin(penilaian, SATU, nama, ukuran, by=operator)

    assert not Unggahan.objects.exists()


@pytest.mark.parametrize(("nama", "ukuran"), [("a.PDF", MEGA), ("b.mp4", 2 * MEGA), ("c.jpg", 1)])
def test_a_file_of_just_the_allowed_size_begins(penilaian, operator, settings, nama, ukuran):
    settings.BERKAS_MAKS_MB, settings.VIDEO_MAKS_MB = 1, 2

    satu = unggahan.begin(penilaian, SATU, f"folder\\{nama}", ukuran, by=operator)

    assert (satu.nama, satu.ukuran, satu.dimulai_oleh) == (nama, ukuran, operator)
    assert satu.pertanyaan.kode == SATU
    assert unggahan.measure(satu) == 0


def test_nothing_begins_in_a_closed_window_or_a_locked_area(penilaian, operator):
    lock_area_a1(operator)
    with pytest.raises(AlurError, match=r"Area A\.1 sudah diajukan"):
        begin(penilaian, operator, b"x")
    AreaPenilaian.objects.update(diajukan_pada=None, diajukan_oleh=None)
    close_window()
    with pytest.raises(AlurError, match="Pengisian sudah ditutup"):
        begin(penilaian, operator, b"x")

    assert not Unggahan.objects.exists()


def test_of_one_person_only_so_many_uploads_are_unfinished(penilaian, operator):
    lain = OperatorFactory(satker=penilaian.satker)
    for _ in range(unggahan.JUMLAH_TERBANYAK):
        begin(penilaian, operator, b"x")

    with pytest.raises(AlurError, match="Masih ada 30 unggahan Anda yang belum selesai"):
        begin(penilaian, operator, b"x")

    assert Unggahan.objects.count() == unggahan.JUMLAH_TERBANYAK
    assert begin(penilaian, lain, b"x").dimulai_oleh == lain


def test_of_one_person_only_so_many_bytes_are_announced(penilaian, operator, settings):
    settings.BERKAS_MAKS = 1000
    begin(penilaian, operator, b"x" * 1000)
    begin(penilaian, operator, b"x" * 999)

    with pytest.raises(AlurError, match="Masih ada 2 unggahan Anda"):
        begin(penilaian, operator, b"xx")

    assert Unggahan.objects.count() == 2
    assert begin(penilaian, operator, b"x").ukuran == 1


# --- the whole --------------------------------------------------------------------------------------
def test_pieces_become_evidence_hashed_once_and_moved_into_the_store(penilaian, operator, folder):
    isi = build_pdf("SK tim", isi=100 * KILO)
    satu = send(penilaian, operator, isi)

    hasil = unggahan.complete(satu, rincian=Rincian(halaman=3))

    pakai = PemakaianBukti.objects.get()
    assert (hasil.pemakaian, hasil.nama, pakai.halaman) == (pakai, "SK.pdf", 3)
    assert (pakai.dipasang_oleh, pakai.bukti.dibuat_oleh) == (operator, operator)
    berkas = pakai.revisi.berkas
    assert (berkas.sha256, berkas.ukuran) == (hashlib.sha256(isi).hexdigest(), len(isi))
    kunci = f"bukti/{berkas.sha256[:2]}/{berkas.sha256[2:4]}/{berkas.sha256}"
    with default_storage.open(kunci) as tersimpan:
        assert tersimpan.read() == isi
    assert list_berkas(folder) == [folder / "berkas" / kunci]
    assert not Unggahan.objects.exists()
    assert Riwayat.objects.of(penilaian.satker)[0].kejadian == "bukti dukung ditambah"


def test_pieces_go_to_s3_when_files_lie_there(di_s3, penilaian, operator, folder):
    isi = build_pdf("SK", isi=30 * KILO)

    unggahan.complete(send(penilaian, operator, isi))

    sha = Berkas.objects.get().sha256
    with default_storage.open(f"bukti/{sha[:2]}/{sha[2:4]}/{sha}") as tersimpan:
        assert tersimpan.read() == isi
    assert list_berkas(folder) == []


def test_an_upload_that_is_not_all_there_stays_and_says_where_to_go_on(penilaian, operator):
    isi = build_pdf("SK")
    satu = begin(penilaian, operator, isi)
    unggahan.append(satu, 0, io.BytesIO(isi[:100]))
    ada = count_baris()

    with pytest.raises(SalahMulaiError) as salah:
        unggahan.complete(satu)

    assert (salah.value.sekarang, count_baris()) == (100, ada)
    unggahan.append(satu, 100, io.BytesIO(isi[100:]))
    assert unggahan.complete(satu).pemakaian is not None


@pytest.mark.parametrize("nama", ["surat", "SK.exe"])
def test_what_a_file_is_its_content_tells_and_not_its_name(penilaian, operator, nama):
    satu = send(penilaian, operator, build_pdf("SK"), nama=nama)

    assert unggahan.complete(satu).pemakaian.revisi.nama_berkas == f"{nama}.pdf"


def test_a_file_refused_at_completion_leaves_nothing(penilaian, operator, folder):
    satu = send(penilaian, operator, b"bukan PDF sama sekali")
    ada = count_baris()

    with pytest.raises(AlurError, match=r"Berkas “SK\.pdf” tidak diterima"):
        unggahan.complete(satu)

    assert (count_baris(), Unggahan.objects.count(), list_berkas(folder)) == (ada, 0, [])


def test_a_window_or_an_area_closed_meanwhile_takes_nothing(penilaian, operator, folder):
    ada = count_baris()
    satu = send(penilaian, operator, build_pdf("SK"))
    dua = send(penilaian, operator, build_pdf("nota"))
    lock_area_a1(operator)
    with pytest.raises(AlurError, match=r"Area A\.1 sudah diajukan"):
        unggahan.complete(satu)
    AreaPenilaian.objects.update(diajukan_pada=None, diajukan_oleh=None)
    close_window()
    dua.penilaian.refresh_from_db()

    with pytest.raises(AlurError, match="Pengisian sudah ditutup"):
        unggahan.complete(dua)

    assert (count_baris(), Unggahan.objects.count(), list_berkas(folder)) == (ada, 0, [])


def test_who_no_longer_fills_the_area_leaves_nothing(penilaian, operator, folder):
    satu = send(penilaian, operator, build_pdf("SK"))

    with pytest.raises(AlurError, match=r"Area A\.1 bukan bagian Anda\."):
        unggahan.complete(satu, alasan="Area A.1 bukan bagian Anda.")

    assert (PemakaianBukti.objects.count(), Unggahan.objects.count()) == (0, 0)
    assert list_berkas(folder) == []


def test_a_known_file_is_offered_and_not_stored_twice(penilaian, operator, folder):
    ada = add_bukti(penilaian, DUA, "SK")
    baris = count_baris()

    hasil = unggahan.complete(send(penilaian, operator, build_pdf("SK"), nama="baru.pdf"))

    assert (hasil.pemakaian, hasil.dikenal.bukti_id) == (None, ada.bukti_id)
    assert (count_baris(), Unggahan.objects.count(), len(list_berkas(folder))) == (baris, 0, 1)


def test_a_file_of_a_hidden_unit_is_told_as_new(penilaian, operator):
    add_bukti(PenilaianFactory(), SATU, "SK")

    hasil = unggahan.complete(send(penilaian, operator, build_pdf("SK")))

    assert (hasil.pemakaian is None, hasil.dikenal, hasil.tempat_lain) == (False, None, [])


def test_while_the_scanner_is_silent_the_upload_waits(penilaian, operator, settings, folder):
    settings.INTEGRITAS_CLAMD = str(folder / "tidak-ada.sock")
    satu = send(penilaian, operator, build_pdf("SK"))

    with pytest.raises(PemindaiTidakTersediaError):
        unggahan.complete(satu)

    assert Unggahan.objects.count() == 1
    settings.INTEGRITAS_CLAMD = ""
    assert unggahan.complete(satu).pemakaian is not None


def test_completed_twice_is_evidence_once(penilaian, operator, folder):
    satu = send(penilaian, operator, build_pdf("SK"))
    kembar = Unggahan.objects.get()
    unggahan.complete(satu)
    ada = count_baris()

    with pytest.raises(unggahan.UnggahanTiadaError):
        unggahan.complete(kembar)

    assert (count_baris(), len(list_berkas(folder))) == (ada, 1)


def test_a_cancelled_upload_is_gone(penilaian, operator, folder):
    satu = send(penilaian, operator, build_pdf("SK"))

    unggahan.cancel(satu)

    assert (Unggahan.objects.count(), list_berkas(folder)) == (0, [])
    with pytest.raises(unggahan.UnggahanTiadaError):
        unggahan.cancel(satu)
    assert list_berkas(folder) == []


def test_an_upload_is_neither_completed_nor_cancelled_while_a_piece_arrives(
    penilaian, operator, monkeypatch
):
    class Lambat(io.RawIOBase):
        def read(self, *args):
            mulai.set()
            selesai.wait(10)
            return b""

    monkeypatch.setattr(unggahan.Potongan.__init__, "__kwdefaults__", {"tunggu": 0.1})
    mulai, selesai = threading.Event(), threading.Event()
    satu = begin(penilaian, operator, b"abc")
    utas = threading.Thread(target=unggahan.append, args=(satu, 0, Lambat()))
    utas.start()
    mulai.wait(10)
    for langkah in (unggahan.complete, unggahan.cancel):
        with pytest.raises(SedangDitulisError):
            langkah(satu)
    with pytest.raises(SedangDitulisError):
        unggahan.append(satu, 0, io.BytesIO(b"abc"))
    selesai.set()
    utas.join()

    assert Unggahan.objects.get() == satu
    assert unggahan.append(satu, 0, io.BytesIO(b"abc")) == 3


# --- sweeping -----------------------------------------------------------------------------------------
def age(satu, hari, folder=None):
    """As if begun, and last continued, so many days ago."""
    dulu = timezone.now() - datetime.timedelta(days=hari)
    Unggahan.objects.filter(pk=satu.pk).update(dimulai_pada=dulu)
    if folder:
        os.utime(folder / "unggahan" / f"{satu.pk.hex}.potongan", (dulu.timestamp(),) * 2)


def test_uploads_that_nobody_continues_leave_after_three_days(penilaian, operator, folder):
    lama, tanpa_isi, diteruskan, baru = (
        begin(penilaian, operator, b"abc", nama=f"{nomor}.pdf") for nomor in range(4)
    )
    for satu in (lama, diteruskan, baru):
        unggahan.append(satu, 0, io.BytesIO(b"ab"))
    age(lama, 3.1, folder)
    age(tanpa_isi, 3.1)
    age(diteruskan, 9)
    age(baru, 2.9, folder)

    tasks.discard_unggahan()
    tasks.discard_unggahan()

    assert set(Unggahan.objects.all()) == {diteruskan, baru}
    assert {satu.stem for satu in list_berkas(folder)} == {diteruskan.pk.hex, baru.pk.hex}


def test_pieces_without_an_upload_leave_too(penilaian, operator, folder):
    satu = begin(penilaian, operator, b"abc")
    unggahan.append(satu, 0, io.BytesIO(b"ab"))
    age(satu, 4, folder)
    Unggahan.objects.all().delete()

    tasks.discard_unggahan()

    assert list_berkas(folder) == []


def test_the_sweep_is_due_every_hour():
    from integritas.celery import app

    jadwal = app.conf.beat_schedule["buang-unggahan"]
    assert jadwal["task"] == tasks.discard_unggahan.name
    assert jadwal["schedule"].is_due(timezone.now() - datetime.timedelta(hours=1)).is_due
