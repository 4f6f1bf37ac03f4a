"""Asking for a pack, who makes it, and what happens when a maker dies."""

import datetime
import errno
import os

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from integritas.alur import AlurError
from penilaian import tasks
from penilaian.bukti.paket import buat, langkah, sewa
from penilaian.models import PaketBukti
from satker.models import Riwayat
from tests.penilaian.bukti.contoh import add_bukti
from tests.penilaian.bukti.paket_uji import list_kunci, make_paket, open_paket

pytestmark = pytest.mark.django_db
SATU, DUA = "A.I.1.i.a", "A.I.1.i.b"
Keadaan = PaketBukti.Keadaan


@pytest.fixture
def terisi(penilaian, operator):
    add_bukti(penilaian, SATU, "SK", by=operator)
    add_bukti(penilaian, DUA, "undangan", by=operator)
    return penilaian


def shift(**selang):
    return time_machine.travel(timezone.now() + datetime.timedelta(**selang), tick=True)


def test_asking_makes_a_row_a_line_of_history_and_a_message(
    terisi, operator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as daftar:
        paket, baru = langkah.request_paket(terisi, by=operator)

    assert (baru, paket.keadaan, paket.jumlah, paket.diminta_oleh) == (True, "antre", 2, operator)
    riwayat = Riwayat.objects.of(terisi.satker)[0]
    assert (riwayat.kejadian, riwayat.objek, riwayat.oleh_id) == (
        "paket bukti diminta",
        terisi.objek,
        operator.pk,
    )
    assert len(daftar) == 1


def test_asking_twice_leads_to_the_one_that_is_being_made(
    terisi, operator, django_capture_on_commit_callbacks
):
    satu, _ = langkah.request_paket(terisi, by=operator)
    riwayat = Riwayat.objects.count()

    with django_capture_on_commit_callbacks() as daftar:
        assert langkah.request_paket(terisi, by=None) == (satu, False)
        sewa.claim(satu.pk)
        assert langkah.request_paket(terisi, by=None) == (satu, False)

    assert (PaketBukti.objects.count(), Riwayat.objects.count(), daftar) == (1, riwayat, [])


def test_an_assessment_without_evidence_has_nothing_to_pack(penilaian, operator):
    riwayat = Riwayat.objects.count()

    with pytest.raises(AlurError, match="belum memakai bukti apa pun"):
        langkah.request_paket(penilaian, by=operator)

    assert (PaketBukti.objects.count(), Riwayat.objects.count()) == (0, riwayat)


def test_a_pack_is_made_once_however_often_its_message_comes(terisi, operator):
    paket = make_paket(terisi, by=operator)
    kunci = list_kunci()

    tasks.make_paket(paket.pk)
    tasks.make_paket(9**9)

    assert list_kunci() == kunci == [paket.berkas.removeprefix("paket/")]


def test_nobody_else_makes_it_while_its_maker_lives(terisi, operator):
    paket, _ = langkah.request_paket(terisi, by=operator)
    pertama = sewa.claim(paket.pk)
    with shift(minutes=4):
        assert sewa.claim(paket.pk) is None
        assert sewa.list_forsaken() == []
        pertama.write(selesai=1)
    with shift(minutes=8):
        assert sewa.claim(paket.pk) is None
    with shift(minutes=10):
        assert sewa.list_forsaken() == [paket.pk]
        assert sewa.claim(paket.pk) is not None


def test_a_maker_that_was_taken_for_dead_can_write_nothing_any_more(terisi, operator):
    paket, _ = langkah.request_paket(terisi, by=operator)
    pertama = sewa.claim(paket.pk)
    with shift(minutes=6):
        kedua = sewa.claim(paket.pk)
        kedua.write(selesai=1)

        for write in (
            lambda: pertama.write(selesai=2),
            lambda: pertama.fail("mati"),
            lambda: pertama.finish(sewa.Jadi("paket/x.zip", "0" * 64, 1)),
        ):
            with pytest.raises(sewa.LepasError):
                write()

    paket.refresh_from_db()
    assert (paket.keadaan, paket.selesai, paket.berkas) == (Keadaan.DIBUAT, 1, "")


def test_the_loser_of_two_makers_leaves_no_file(terisi, operator, monkeypatch, caplog):
    paket, _ = langkah.request_paket(terisi, by=operator)

    def place_late(asal, kunci, **lain):
        """As if the other one had been quicker, while this one was sending."""
        default_storage.save(kunci, ContentFile(b"kalah"))
        PaketBukti.objects.update(disentuh_pada=timezone.now())

    monkeypatch.setattr(buat, "place", place_late)
    buat.make(paket.pk)

    paket.refresh_from_db()
    assert (paket.keadaan, list_kunci()) == (Keadaan.DIBUAT, [])
    assert "diambil alih" in caplog.text


def test_what_a_dead_maker_left_is_made_by_the_next(terisi, operator):
    paket, _ = langkah.request_paket(terisi, by=operator)
    mati = sewa.claim(paket.pk)
    mati.write(selesai=1)

    with shift(minutes=6):
        [paket_id] = sewa.list_forsaken()
        buat.make(paket_id)

    paket.refresh_from_db()
    assert (paket.keadaan, paket.selesai) == (Keadaan.SELESAI, 2)
    with open_paket(paket) as arsip:
        assert arsip.testzip() is None


def test_progress_is_written_now_and_then_and_not_for_each_file(
    penilaian, operator, count_queries, monkeypatch
):
    for nomor in range(8):
        add_bukti(penilaian, SATU, f"foto {nomor}", by=operator)
    waktu = iter(range(10_000))
    # Each look at the clock is half a second later.
    monkeypatch.setattr(sewa.time, "monotonic", lambda: next(waktu) / 2)
    langkah_tercatat = []
    tulis = sewa.Sewa.write

    def note(self, **isi):
        langkah_tercatat.append(isi.get("selesai"))
        tulis(self, **isi)

    monkeypatch.setattr(sewa.Sewa, "write", note)

    paket = make_paket(penilaian, by=operator)

    assert langkah_tercatat == [3, 7, 8]
    assert (paket.keadaan, paket.selesai) == (Keadaan.SELESAI, 8)


@pytest.mark.parametrize(
    ("galat", "pesan"),
    [
        (OSError(errno.ENOSPC, "penuh"), "Ruang penyimpanan server penuh."),
        (OSError(errno.EIO, "rusak"), "Paket gagal dibuat karena kesalahan di server"),
        (ValueError("salah"), "Paket gagal dibuat karena kesalahan di server"),
    ],
)
def test_a_failure_is_told_plainly_and_leaves_nothing(
    terisi, operator, monkeypatch, folder, galat, pesan
):
    paket, _ = langkah.request_paket(terisi, by=operator)

    def fail(*argumen, **kata):
        raise galat

    monkeypatch.setattr(buat, "render_indeks", fail)
    with pytest.raises(type(galat)):
        buat.make(paket.pk)

    paket.refresh_from_db()
    assert (paket.keadaan, paket.pesan[: len(pesan)]) == (Keadaan.GAGAL, pesan)
    assert (list_kunci(), list((folder / "unggahan").glob("paket-*"))) == ([], [])
    # The way is free for another try.
    monkeypatch.undo()
    assert make_paket(terisi, by=operator).keadaan == Keadaan.SELESAI


def test_only_the_newest_finished_packs_of_an_assessment_stay(
    terisi, operator, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(tasks.make_paket, "delay_on_commit", lambda paket_id: None)
    with django_capture_on_commit_callbacks(execute=True):
        daftar = [make_paket(terisi, by=operator) for _ in range(5)]

    sisa = {paket.berkas for paket in daftar[2:]}
    assert set(PaketBukti.objects.values_list("berkas", flat=True)) == sisa
    assert {f"paket/{nama}" for nama in list_kunci()} == sisa


@pytest.mark.parametrize("di_mana", ["disk", "s3"])
def test_packs_leave_after_their_days_with_row_and_file(
    request, di_mana, terisi, operator, settings, folder, django_capture_on_commit_callbacks
):
    if di_mana == "s3":
        request.getfixturevalue("di_s3")
        add_bukti(terisi, SATU, "di s3", by=operator)
    paket = make_paket(terisi, by=operator)
    settings.PAKET_HARI = 3

    with shift(days=2, hours=23), django_capture_on_commit_callbacks(execute=True):
        tasks.discard_paket()
    assert (PaketBukti.objects.count(), len(list_kunci())) == (1, 1)

    with shift(days=3, hours=1), django_capture_on_commit_callbacks(execute=True):
        tasks.discard_paket()
    assert not PaketBukti.objects.filter(pk=paket.pk).exists()
    assert list_kunci() == []


def test_what_was_never_finished_is_given_up_and_its_remains_are_swept(terisi, operator, folder):
    paket, _ = langkah.request_paket(terisi, by=operator)
    sewa.claim(paket.pk)
    yatim = default_storage.save("paket/99-x.zip", ContentFile(b"yatim"))
    setengah = folder / "unggahan" / "paket-x.zip"
    setengah.write_bytes(b"setengah")
    lain = folder / "unggahan" / "lain.zip"
    lain.write_bytes(b"bukan milik kita")
    tasks.discard_paket()
    assert (default_storage.exists(yatim), setengah.exists()) == (True, True)

    lama = timezone.now().timestamp() - 90_000
    for jalur in (setengah, lain, folder / "berkas" / yatim):
        os.utime(jalur, (lama, lama))
    PaketBukti.objects.update(diminta_pada=timezone.now() - datetime.timedelta(days=1, hours=1))
    tasks.discard_paket()

    paket.refresh_from_db()
    assert (paket.keadaan, paket.pesan[:30]) == (Keadaan.GAGAL, "Paket tidak selesai dalam seha")
    assert (default_storage.exists(yatim), setengah.exists(), lain.exists()) == (False, False, True)


def test_the_beat_takes_up_what_is_forsaken(terisi, operator, monkeypatch):
    paket, _ = langkah.request_paket(terisi, by=operator)
    dikirim = []
    monkeypatch.setattr(tasks.make_paket, "delay", dikirim.append)

    tasks.resume_paket()
    assert dikirim == []
    with shift(minutes=6):
        tasks.resume_paket()
    assert dikirim == [paket.pk]
