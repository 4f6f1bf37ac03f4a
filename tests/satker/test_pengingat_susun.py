"""From rules to rows: made once, for the right people, at the unit's own morning; withdrawn when a
date moves, finished when the matter is."""

import datetime
import threading

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from satker.models import (
    AturanPengingat,
    Detak,
    HariLibur,
    LangkahPengingat,
    Pengingat,
    Penugasan,
)
from satker.pengingat import muat, sumber, susun, tugas_susun
from satker.pengingat.sumber import Perkara, register_sumber
from tests.factories import (
    AdminFactory,
    KanwilFactory,
    KepalaFactory,
    OperatorFactory,
    SatkerFactory,
    TimKanwilFactory,
    TpiFactory,
)

D = datetime.date
ACARA = D(2026, 3, 20)


def at(hari, jam=12):
    """That hour of the day in Jakarta."""
    return time_machine.travel(
        datetime.datetime.combine(hari, datetime.time(jam), tzinfo=timezone.get_default_timezone()),
        tick=False,
    )


class Tiruan:
    """A source whose objects the test sets."""

    def __init__(self):
        self.perkara, self.selesai = {}, set()

    def put(self, kunci, acuan, satker, bagian="", orang=()):
        self.perkara[kunci] = Perkara(
            kunci, acuan, f"Perkara {kunci}", "/pengingat/", satker and satker.pk, bagian, orang
        )

    def due(self, dari, sampai):
        return [
            satu
            for satu in self.perkara.values()
            if dari <= satu.acuan <= sampai and satu.kunci not in self.selesai
        ]

    def done(self, daftar_kunci):
        return daftar_kunci & self.selesai


@pytest.fixture
def tiruan(db, monkeypatch):
    monkeypatch.setattr(sumber, "_daftar", {})
    satu = Tiruan()
    register_sumber("uji", "Uji", due=satu.due, done=satu.done)
    return satu


@pytest.fixture
def aturan(db):
    return AturanPengingat.objects.create(kode="uji", sumber="uji", nama="Uji")


def add_langkah(aturan, geser, *daftar_peran, **nilai):
    return LangkahPengingat.objects.create(
        aturan=aturan, geser=geser, daftar_peran=list(daftar_peran), pesan="Kerjakan.", **nilai
    )


def list_baris(*kolom):
    kolom = kolom or ("objek", "acuan", "pengguna", "status")
    return sorted(Pengingat.objects.values_list(*kolom))


def test_a_row_is_made_the_day_before_and_only_once(tiruan, aturan):
    satker = SatkerFactory()
    operator = OperatorFactory(satker=satker)
    add_langkah(aturan, -7, "operator")
    tiruan.put("1", ACARA, satker)

    with at(D(2026, 3, 11)):
        assert susun.make() == susun.Hasil()
    with at(D(2026, 3, 12)):
        pertama, kedua = susun.make(), susun.make()

    satu = Pengingat.objects.get()
    assert (pertama, kedua) == (susun.Hasil(dibuat=1), susun.Hasil())
    assert (satu.pengguna, satu.satker, satu.objek, satu.acuan) == (
        operator,
        satker,
        "uji:1",
        ACARA,
    )
    assert (satu.tanggal, satu.status, satu.pesan) == (D(2026, 3, 13), "menunggu", "Kerjakan.")
    assert satu.jatuh_pada == datetime.datetime(2026, 3, 13, 1, tzinfo=datetime.UTC)
    assert satu.berguna_sampai == datetime.datetime(2026, 3, 16, 17, tzinfo=datetime.UTC)


def test_the_ladder_reaches_operator_head_kanwil_and_inspector_of_that_unit_only(tiruan, aturan):
    kanwil = KanwilFactory()
    satker, lain = SatkerFactory(kanwil=kanwil), SatkerFactory()
    orang = [
        OperatorFactory(satker=satker),
        KepalaFactory(satker=satker),
        TimKanwilFactory(kanwil=kanwil),
        TpiFactory(),
    ]
    for satu in (OperatorFactory, KepalaFactory):
        satu(satker=lain)
    TimKanwilFactory()
    AdminFactory()
    OperatorFactory(satker=satker, berlaku_sampai=D(2026, 3, 1))
    for geser, peran in enumerate(("operator", "kepala_satker", "tim_kanwil", "tpi"), -3):
        add_langkah(aturan, geser, peran)
    tiruan.put("1", ACARA, satker)

    hasil = []
    for hari in range(4):
        with at(ACARA + datetime.timedelta(days=hari - 4)):
            susun.make()
        hasil.append(list(Pengingat.objects.order_by("pk").values_list("pengguna", flat=True)))

    assert hasil == [[satu.pk for satu in orang[: nomor + 1]] for nomor in range(4)]


def test_named_people_stand_in_for_the_operators(tiruan, aturan):
    satker = SatkerFactory()
    satu, _, kepala = (
        OperatorFactory(satker=satker),
        OperatorFactory(satker=satker),
        KepalaFactory(satker=satker),
    )
    add_langkah(aturan, 0, "operator", "kepala_satker")
    tiruan.put("1", ACARA, satker, orang=(satu.pk,))

    with at(ACARA):
        susun.make()

    assert set(Pengingat.objects.values_list("pengguna", flat=True)) == {satu.pk, kepala.pk}


@pytest.mark.parametrize(("zona", "jam_utc"), [("WIB", 1), ("WITA", 0), ("WIT", -1)])
def test_the_morning_is_that_of_the_unit(tiruan, aturan, zona, jam_utc):
    satker = SatkerFactory(zona_waktu=zona)
    OperatorFactory(satker=satker)
    add_langkah(aturan, 0, "operator", mendesak=True)
    tiruan.put("1", ACARA, satker)

    with at(ACARA):
        susun.make()

    satu = Pengingat.objects.get()
    tengah_malam = datetime.datetime(2026, 3, 20, tzinfo=datetime.UTC)
    assert satu.jatuh_pada == tengah_malam + datetime.timedelta(hours=jam_utc)
    assert satu.mendesak


def test_working_days_follow_the_holidays(tiruan, aturan):
    satker = SatkerFactory()
    OperatorFactory(satker=satker)
    add_langkah(aturan, -3, "operator", satuan="kerja")
    HariLibur.objects.create(tanggal=D(2026, 3, 19), nama="Nyepi", sumber="SKB uji")
    tiruan.put("1", ACARA, satker)

    with at(D(2026, 3, 16)):
        susun.make()

    # Thursday is off: Wednesday, Tuesday, Monday.
    assert Pengingat.objects.get().tanggal == D(2026, 3, 16)


def test_a_date_that_moves_withdraws_what_was_not_sent_and_makes_new_rows(tiruan, aturan):
    satker = SatkerFactory()
    orang = OperatorFactory(satker=satker)
    kepala = KepalaFactory(satker=satker)
    add_langkah(aturan, -7, "operator", "kepala_satker")
    tiruan.put("1", ACARA, satker)
    with at(D(2026, 3, 13)):
        susun.make()
    Pengingat.objects.filter(pengguna=orang).update(status="terkirim")
    nanti = D(2026, 3, 27)

    tiruan.put("1", nanti, satker)
    with at(D(2026, 3, 14)):
        susun.make()
        tertarik = list_baris("acuan", "pengguna", "status", "usang")
    with at(D(2026, 3, 20)):
        susun.make()

    assert tertarik == [(ACARA, orang.pk, "terkirim", True), (ACARA, kepala.pk, "ditarik", False)]
    assert list_baris("acuan", "pengguna", "status", "usang") == [
        *tertarik,
        (nanti, orang.pk, "menunggu", False),
        (nanti, kepala.pk, "menunggu", False),
    ]

    # And back again: the withdrawn row is taken up, not doubled.
    tiruan.put("1", ACARA, satker)
    with at(D(2026, 3, 15)):
        susun.make()
    assert list_baris("acuan", "status", "usang") == [
        (ACARA, "menunggu", False),
        (ACARA, "terkirim", False),
        (nanti, "ditarik", False),
        (nanti, "ditarik", False),
    ]


def test_what_is_done_is_finished_and_what_is_gone_is_withdrawn(tiruan, aturan):
    satker = SatkerFactory()
    OperatorFactory(satker=satker)
    add_langkah(aturan, 0, "operator")
    for kunci in "123":
        tiruan.put(kunci, ACARA, satker)
    with at(ACARA):
        susun.make()
    Pengingat.objects.filter(objek="uji:1").update(status="terkirim")

    tiruan.selesai.update("12")
    del tiruan.perkara["3"]
    with at(ACARA):
        hasil = susun.make()

    assert hasil == susun.Hasil(selesai=2, ditarik=1)
    assert list_baris("objek", "status") == [
        ("uji:1", "selesai"),
        ("uji:2", "selesai"),
        ("uji:3", "ditarik"),
    ]


def test_whoever_lost_the_role_is_let_off_and_the_successor_is_told(tiruan, aturan):
    satker = SatkerFactory()
    lama = OperatorFactory(satker=satker)
    add_langkah(aturan, 0, "operator")
    tiruan.put("1", ACARA, satker)
    with at(ACARA):
        susun.make()

    Penugasan.objects.filter(pengguna=lama).update(berlaku_sampai=ACARA)
    baru = OperatorFactory(satker=satker, berlaku_dari=ACARA)
    with at(ACARA):
        susun.make()

    assert list_baris("pengguna", "status") == [(lama.pk, "ditarik"), (baru.pk, "menunggu")]


def test_a_rule_or_step_that_is_off_makes_nothing_and_takes_back_what_waits(tiruan, aturan):
    satker = SatkerFactory()
    OperatorFactory(satker=satker)
    add_langkah(aturan, 0, "operator")
    add_langkah(aturan, 1, "operator", aktif=False)
    tiruan.put("1", ACARA, satker)
    with at(ACARA):
        susun.make()
    assert list_baris("status") == [("menunggu",)]

    aturan.aktif = False
    aturan.save()
    with at(ACARA):
        susun.make()

    assert list_baris("status") == [("ditarik",)]


def test_three_days_without_work_leave_what_is_useful_and_tell_of_the_rest(tiruan, aturan):
    satker = SatkerFactory()
    OperatorFactory(satker=satker)
    add_langkah(aturan, -4, "operator", berguna_hari=0)
    add_langkah(aturan, -3, "operator", berguna_hari=5)
    tiruan.put("1", ACARA, satker)
    with at(D(2026, 3, 14)):
        susun.make()

    with at(D(2026, 3, 18)):
        hasil, lagi = susun.make(), susun.make()

    assert (hasil, lagi) == (susun.Hasil(dibuat=1, terlewat=1), susun.Hasil())
    assert list_baris("tanggal", "status") == [
        (D(2026, 3, 16), "terlewat"),
        (D(2026, 3, 17), "menunggu"),
    ]


def test_a_step_whose_time_was_over_before_the_object_was_known_leaves_no_row(tiruan, aturan):
    satker = SatkerFactory()
    OperatorFactory(satker=satker)
    add_langkah(aturan, -30, "operator")
    add_langkah(aturan, -7, "operator")
    with at(D(2026, 3, 12)):
        susun.make()

    tiruan.put("1", ACARA, satker)
    with at(D(2026, 3, 13)):
        susun.make()

    assert list_baris("tanggal", "status") == [(D(2026, 3, 13), "menunggu")]


def test_a_clock_that_jumps_back_and_forth_doubles_nothing(tiruan, aturan):
    satker = SatkerFactory()
    OperatorFactory(satker=satker)
    add_langkah(aturan, -1, "operator")
    add_langkah(aturan, 1, "operator")
    tiruan.put("1", ACARA, satker)

    for hari in (19, 21, 15, 30, 19, 21):
        with at(D(2026, 3, hari)):
            susun.make()

    assert list_baris("tanggal", "status") == [
        (D(2026, 3, 19), "menunggu"),
        (D(2026, 3, 21), "menunggu"),
    ]


def test_parts_of_an_object_have_their_own_steps_and_are_brought_along_together(tiruan, aturan):
    satker = SatkerFactory()
    OperatorFactory(satker=satker)
    add_langkah(aturan, 0, "operator", bagian="dokumen")
    add_langkah(aturan, 0, "operator", bagian="saksi")
    for kunci, bagian in (("1:dokumen", "dokumen"), ("1:saksi", "saksi"), ("12:saksi", "saksi")):
        tiruan.put(kunci, ACARA, satker, bagian)
    with at(ACARA):
        susun.make()
        assert Pengingat.objects.count() == 3
        tiruan.selesai.update(tiruan.perkara)
        susun.refresh("uji", "1")

    assert dict(list_baris("objek", "status")) == {
        "uji:1:dokumen": "selesai",
        "uji:1:saksi": "selesai",
        "uji:12:saksi": "menunggu",
    }


def test_a_source_that_fails_does_not_hold_up_the_others(tiruan, aturan, caplog):
    satker = SatkerFactory()
    OperatorFactory(satker=satker)
    add_langkah(aturan, 0, "operator")
    tiruan.put("1", ACARA, satker)

    def fail(dari, sampai):
        raise LookupError("rusak")

    register_sumber("gagal", "Gagal", due=fail, done=set)
    rusak = AturanPengingat.objects.create(kode="gagal", sumber="gagal", nama="Gagal")
    add_langkah(rusak, 0, "operator")
    with at(ACARA), pytest.raises(LookupError):
        susun.make()

    assert list_baris("status") == [("menunggu",)]
    assert not Detak.objects.exists()
    assert "pengingat gagal tidak dibuat" in caplog.text


def test_the_statements_are_the_same_at_any_number_of_objects(tiruan, aturan, count_queries):
    add_langkah(aturan, 0, "operator", "kepala_satker", "tim_kanwil", "tpi")
    add_langkah(aturan, 1, "operator")
    susun.make()
    jumlah = []
    for banyak in (1, 5):
        Pengingat.objects.all().delete()
        for nomor in range(banyak):
            satker = SatkerFactory()
            OperatorFactory(satker=satker)
            tiruan.put(f"{banyak}-{nomor}", ACARA, satker)
        with at(ACARA), count_queries() as daftar_sql:
            susun.make()
        jumlah.append(len(daftar_sql))

    assert jumlah[0] == jumlah[1]
    assert Pengingat.objects.count() == 12


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_double(tiruan, aturan):
    add_langkah(aturan, 0, "operator")
    for nomor in range(20):
        satker = SatkerFactory()
        OperatorFactory(satker=satker)
        tiruan.put(str(nomor), ACARA, satker)
    kini = datetime.datetime(2026, 3, 20, 5, tzinfo=datetime.UTC)
    mulai, galat = threading.Barrier(2), []

    def run():
        try:
            mulai.wait(10)
            susun.make(kini)
        except Exception as error:
            galat.append(error)
        finally:
            connection.close()

    utas = [threading.Thread(target=run) for _ in range(2)]
    for satu in utas:
        satu.start()
    for satu in utas:
        satu.join(30)

    assert galat == []
    assert Pengingat.objects.count() == 20


def test_packaged_rules_are_loaded_once_and_never_changed(db):
    assert muat.load_aturan() == 8
    aturan = AturanPengingat.objects.get(kode="upacara")
    aturan.nama, aturan.aktif = "Upacara kita", False
    aturan.save()
    aturan.langkahpengingat_set.filter(bagian="tempat").delete()

    assert muat.load_aturan() == 0

    aturan.refresh_from_db()
    assert (aturan.nama, aturan.aktif) == ("Upacara kita", False)
    assert not aturan.langkahpengingat_set.filter(bagian="tempat").exists()


def test_packaged_ceremony_steps_are_those_of_the_rule(db):
    muat.load_aturan()

    langkah = LangkahPengingat.objects.filter(aturan__kode="upacara")
    pertama = {}
    for bagian, geser in langkah.order_by("geser").values_list("bagian", "geser"):
        pertama.setdefault(bagian, geser)
    assert pertama == {
        "tempat": -30,
        "dokumen": -14,
        "saksi": -14,
        "daftar_hadir": -7,
        "periksa": -1,
        "foto": 1,
        "laporan": 7,
        "tanda_tangan": 7,
    }
    dikenal = {satu.kode for satu in sumber.list_sumber()}
    assert set(AturanPengingat.objects.values_list("sumber", flat=True)) == dikenal


def test_a_step_elsewhere_brings_its_reminders_along_after_it_is_kept(
    tiruan, aturan, django_capture_on_commit_callbacks
):
    satker = SatkerFactory()
    OperatorFactory(satker=satker)
    add_langkah(aturan, 0, "operator")
    tiruan.put("1", ACARA, satker)

    with at(ACARA):
        with django_capture_on_commit_callbacks() as panggilan:
            susun.refresh_objek("uji", "1")
        assert not Pengingat.objects.exists()
        [disuruh] = panggilan
        tugas_susun.refresh_pengingat("uji", "1")
        tugas_susun.make_pengingat()

    assert disuruh is not None
    assert list_baris("status") == [("menunggu",)]
