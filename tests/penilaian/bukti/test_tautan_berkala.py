"""The weekly check of links, asked of a real server on this machine under names of drives."""

import datetime
import threading
from http.server import ThreadingHTTPServer

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from integritas.berkas.tautan import HasilTautan, check_tautan
from penilaian import tasks
from penilaian.bukti import langkah, tautan
from penilaian.models import RevisiBukti, Temuan
from satker.models import Riwayat
from tests.factories import BuktiFactory, PenilaianFactory
from tests.integritas.berkas.test_tautan import Situs

pytestmark = pytest.mark.django_db
SATU, DUA = "A.I.1.i.a", "A.I.1.i.b"
Keadaan = RevisiBukti.Keadaan


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """Pauses are noted instead of kept."""
    jeda = []
    monkeypatch.setattr(tautan.time, "sleep", jeda.append)
    return jeda


@pytest.fixture
def situs():
    with ThreadingHTTPServer(("127.0.0.1", 0), Situs) as server:
        server.diminta = []
        utas = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        utas.start()
        yield server
        server.shutdown()
        utas.join()


@pytest.fixture
def ask(situs, settings):
    """The question as the task asks it, but every name is this machine."""

    def ask_situs(alamat):
        return check_tautan(
            alamat,
            daftar_host=settings.TAUTAN_HOST,
            resolve=lambda host, port: ["127.0.0.1"],
            alamat_uji=frozenset([situs.server_address]),
        )

    return ask_situs


@pytest.fixture
def add(situs, penilaian):
    """A link under a question, to a path of the server here."""

    def add_tautan(jalur, kode=SATU, host="drive.google.com", **isi):
        alamat = f"http://{host}:{situs.server_address[1]}{jalur}"
        return BuktiFactory(penilaian=isi.pop("milik", penilaian), kode=kode, tautan=alamat, **isi)

    return add_tautan


def read(pakai):
    return RevisiBukti.objects.get(pk=pakai.revisi_id)


def test_each_link_gets_what_its_host_answers(add, ask):
    hidup, mati = add("/ok"), add("/kode/404")
    masuk, luar = add("/judul/Sign_in"), add("/ok", host="contoh.com")
    sibuk = add("/kode/503")

    assert tautan.check_batch(ask=ask) is None

    hasil = [(read(satu).keadaan, read(satu).pesan_periksa) for satu in (hidup, mati, masuk, luar)]
    assert hasil == [
        ("hidup", "Dapat dibuka."),
        ("mati", "Halaman tidak ditemukan."),
        ("perlu_masuk", "Hanya dapat dibuka setelah masuk."),
        ("tidak_diperiksa", "Situs contoh.com tidak ada dalam daftar."),
    ]
    assert read(sibuk).keadaan == "tidak_terjangkau"
    assert read(hidup).diperiksa_pada > timezone.now() - datetime.timedelta(minutes=1)


def test_a_second_run_asks_nobody_and_a_week_later_all(add, ask, situs):
    add("/satu"), add("/dua")
    for _ in range(2):
        tautan.check_batch(ask=ask)
    assert [jalur for _, jalur in situs.diminta] == ["/satu", "/dua"]

    with time_machine.travel(timezone.now() + datetime.timedelta(days=6), tick=True):
        tautan.check_batch(ask=ask)
    assert len(situs.diminta) == 2
    with time_machine.travel(timezone.now() + datetime.timedelta(days=7, hours=1), tick=True):
        tautan.check_batch(ask=ask)
    assert len(situs.diminta) == 4


def test_only_links_of_this_and_the_last_year_that_are_shown_are_asked(add, ask, situs, penilaian):
    tahun = penilaian.tahun
    for umur, jalur in enumerate(("/kini", "/lalu", "/lama")):
        add(jalur, milik=PenilaianFactory(tahun=tahun - umur))
    add("/dilepas").delete()
    BuktiFactory(penilaian=penilaian, kode=DUA)

    tautan.check_batch(ask=ask)

    assert sorted(jalur for _, jalur in situs.diminta) == ["/kini", "/lalu"]


def test_the_same_address_is_asked_once_for_all_who_show_it(add, ask, situs):
    daftar = [add("/sama"), add("/sama", kode=DUA), add("/sama", milik=PenilaianFactory())]

    tautan.check_batch(ask=ask)

    assert len(situs.diminta) == 1
    assert [read(satu).keadaan for satu in daftar] == ["hidup"] * 3


def test_a_host_is_asked_with_pauses_and_left_alone_when_it_has_enough(add, ask, situs, no_waiting):
    add("/satu"), add("/lain", host="docs.google.com"), add("/dua")
    cukup, sisa = add("/kode/429"), add("/tiga")

    tautan.check_batch(ask=ask)

    assert [jalur for _, jalur in situs.diminta] == ["/satu", "/lain", "/dua", "/kode/429"]
    assert len(no_waiting) == 2
    assert all(0.5 < jeda <= 1 for jeda in no_waiting)
    assert read(cukup).keadaan == "tidak_terjangkau"
    assert (read(sisa).keadaan, read(sisa).diperiksa_pada) == ("belum", None)


def test_batches_follow_one_another_to_the_end(add, ask, situs, monkeypatch):
    daftar = [add(f"/{nomor}") for nomor in range(5)]
    monkeypatch.setattr(tautan, "SEKALI", 2)

    sesudah, langkah_ke = 0, []
    while berikut := tautan.check_batch(sesudah, ask=ask):
        sesudah = berikut.sesudah
        langkah_ke.append(sesudah)

    assert langkah_ke == [daftar[1].revisi_id, daftar[3].revisi_id]
    assert len(situs.diminta) == 5


def test_a_batch_that_takes_too_long_leaves_the_rest_to_the_next(add, situs, monkeypatch):
    daftar = [add(f"/{nomor}") for nomor in range(3)]
    kini = [100.0]
    monkeypatch.setattr(tautan.time, "monotonic", lambda: kini[0])

    def ask_slowly(alamat):
        kini[0] += 40
        return HasilTautan("hidup", 200, "Dapat dibuka.")

    assert tautan.check_batch(ask=ask_slowly) == (daftar[1].revisi_id,)
    assert [read(satu).keadaan for satu in daftar] == ["hidup", "hidup", "belum"]


def test_the_task_queues_its_next_batch_and_asks_no_strange_host(penilaian, monkeypatch):
    daftar = [
        BuktiFactory(penilaian=penilaian, tautan=f"https://contoh.invalid/{nomor}")
        for nomor in range(3)
    ]
    monkeypatch.setattr(tautan, "SEKALI", 2)
    dikirim = []
    monkeypatch.setattr(tasks.check_tautan, "delay", dikirim.append)

    tasks.check_tautan()
    tasks.check_tautan(dikirim[0])

    assert dikirim == [daftar[1].revisi_id]
    assert [read(satu).keadaan for satu in daftar] == ["tidak_diperiksa"] * 3


TAK_TERJANGKAU = HasilTautan("tidak_terjangkau", 503, "Situs menjawab dengan kesalahan (503).")


def test_out_of_reach_is_no_verdict_and_is_asked_again_the_next_day(add):
    hidup, mati = add("/a", keadaan=Keadaan.HIDUP), add("/b", keadaan=Keadaan.MATI)
    lama = timezone.now() - datetime.timedelta(days=8)
    RevisiBukti.objects.update(diperiksa_pada=lama, pesan_periksa="Halaman tidak ditemukan.")

    for satu in (hidup, mati):
        tautan.record_pemeriksaan(satu.revisi_id, TAK_TERJANGKAU)

    assert (read(hidup).keadaan, read(hidup).masalah) == ("tidak_terjangkau", "")
    tetap = read(mati)
    assert (tetap.keadaan, tetap.pesan_periksa, tetap.diperiksa_pada) == (
        "mati",
        "Halaman tidak ditemukan.",
        lama,
    )
    assert [satu.pk for satu in tautan.filter_due(timezone.now())] == [mati.revisi_id]
    besok = timezone.now() + datetime.timedelta(days=1, minutes=1)
    assert set(tautan.filter_due(besok).values_list("pk", flat=True)) == {
        hidup.revisi_id,
        mati.revisi_id,
    }


def test_what_changes_is_told_with_the_assessments_that_show_it(add, penilaian, operator):
    pakai = add("/a")
    lain = PenilaianFactory(satker=penilaian.satker, tahun=penilaian.tahun - 1)
    langkah.link_bukti(penilaian, DUA, pakai.bukti, by=operator)
    BuktiFactory(penilaian=lain, bukti=pakai.bukti)
    riwayat = Riwayat.objects.count()
    hidup = HasilTautan("hidup", 200, "Dapat dibuka.")
    mati = HasilTautan("mati", 404, "Halaman tidak ditemukan.")

    assert tautan.record_pemeriksaan(pakai.revisi_id, hidup) == sorted([penilaian.pk, lain.pk])
    assert tautan.record_pemeriksaan(pakai.revisi_id, hidup) == []
    # Found alive is what everybody expects; history tells of trouble and of its end.
    assert Riwayat.objects.count() == riwayat
    assert tautan.record_pemeriksaan(pakai.revisi_id, mati) == sorted([penilaian.pk, lain.pk])
    assert tautan.record_pemeriksaan(pakai.revisi_id, mati) == []
    baris = Riwayat.objects.of(penilaian.satker)[0]
    assert (baris.kejadian, baris.oleh_id, baris.objek) == (
        "tautan bukti diperiksa",
        None,
        pakai.bukti.objek,
    )
    assert baris.isi["sebelum"]["keadaan"] == "Dapat dibuka"
    assert baris.isi["sesudah"]["keadaan"] == "Mati"
    assert Riwayat.objects.count() == riwayat + 1


def test_findings_follow_what_a_link_turned_out_to_be(add, ask, penilaian):
    add("/hilang")

    tautan.check_batch(ask=lambda alamat: HasilTautan("mati", 404, "Halaman tidak ditemukan."))

    def list_aturan():
        return list(Temuan.objects.filter(penilaian=penilaian).values_list("aturan", flat=True))

    assert "tautan_tertutup" in list_aturan()
    RevisiBukti.objects.update(diperiksa_pada=None)
    tautan.check_batch(ask=lambda alamat: HasilTautan("hidup", 200, "Dapat dibuka."))
    assert "tautan_tertutup" not in list_aturan()


def test_nobody_is_asked_while_something_is_locked(add, ask, django_assert_num_queries):
    """The question comes between two statements, outside of what writes its answer."""
    add("/a")
    from django.db import connection

    def ask_and_look(alamat):
        # Tests run in one transaction themselves; a savepoint would be the check's own.
        assert not connection.savepoint_ids
        return ask(alamat)

    tautan.check_batch(ask=ask_and_look)

    assert RevisiBukti.objects.get().keadaan == "hidup"


@pytest.mark.parametrize(
    ("keadaan", "kartu", "daftar"),
    [
        ("mati", "tautan, tidak tersimpan: mati", "Mati"),
        ("perlu_masuk", "tautan, tidak tersimpan: perlu masuk akun", "Perlu masuk akun"),
        ("hidup", "tautan, tidak tersimpan", "Dapat dibuka"),
    ],
)
def test_card_and_list_show_the_state_and_the_day_of_the_check(
    add, client_for, operator, penilaian, keadaan, kartu, daftar
):
    add("/a", keadaan=keadaan)
    RevisiBukti.objects.update(diperiksa_pada=datetime.datetime(2026, 5, 3, 5, tzinfo=datetime.UTC))
    client = client_for(operator)

    halaman = client.get(
        reverse("bukti_kartu", args=[penilaian.pk, SATU]), headers={"HX-Request": "true"}
    ).text
    isi = client.get(reverse("bukti_list", args=[penilaian.pk])).text

    assert f"{kartu}</span> diperiksa 3 Mei 2026." in halaman
    assert f"tautan, tidak tersimpan</span> {daftar}, diperiksa 3 Mei 2026" in isi
