"""From what is due to messages: one digest a person, channel and day, urgent ones at once."""

import datetime

import pytest
import time_machine
from django.core import mail

from satker.models import IsiKiriman, Kiriman, Pengingat, PilihanSaluran
from satker.pengingat import buat, tugas
from tests.factories import KanwilFactory, OperatorFactory, SatkerFactory, TimKanwilFactory
from tests.factories.kirim import PengingatFactory

pytestmark = pytest.mark.django_db
# Ten in the morning in Jakarta, eleven in Makassar, noon in Jayapura.
SIANG = datetime.datetime(2026, 11, 26, 3, tzinfo=datetime.UTC)
HARI = datetime.date(2026, 11, 26)


@pytest.fixture
def jam():
    with time_machine.travel(SIANG, tick=False) as jam:
        yield jam


def list_kiriman():
    return list(
        Kiriman.objects.order_by("pk").values_list("kunci", "saluran", "status", "kirim_pada")
    )


def test_what_is_due_becomes_one_digest_and_urgent_ones_their_own(jam):
    orang = OperatorFactory()
    biasa = PengingatFactory.create_batch(2, pengguna=orang)
    darurat = PengingatFactory(pengguna=orang, mendesak=True)
    PengingatFactory(pengguna=orang, jatuh_pada=SIANG + datetime.timedelta(minutes=1))

    assert buat.make_due() == buat.Hasil(0, 2)
    assert buat.make_due() == buat.Hasil(0, 0)

    assert list_kiriman() == [
        (f"pengingat:{darurat.pk}", "surel", "antre", SIANG),
        ("ringkasan:2026-11-26", "surel", "antre", SIANG),
    ]
    isi = IsiKiriman.objects.filter(kiriman__jenis="ringkasan")
    assert set(isi.values_list("pengingat", flat=True)) == {satu.pk for satu in biasa}


def test_each_person_has_the_digest_at_eight_of_the_own_zone(jam):
    jam.move_to(datetime.datetime(2026, 11, 25, 22, 59, tzinfo=datetime.UTC))
    orang = {
        zona: OperatorFactory(satker=SatkerFactory(zona_waktu=zona))
        for zona in ("WIB", "WITA", "WIT")
    }
    for satu in orang.values():
        PengingatFactory(pengguna=satu)
    terlihat = {}
    for jam_utc in (23, 24, 25):
        jam.move_to(SIANG.replace(day=25, hour=0) + datetime.timedelta(hours=jam_utc))
        buat.make_due()
        terlihat[jam_utc] = Kiriman.objects.count()

    assert terlihat == {23: 1, 24: 2, 25: 3}
    kiriman = Kiriman.objects.get(pengguna=orang["WIT"])
    assert kiriman.kunci == "ringkasan:2026-11-26"
    assert kiriman.kirim_pada == datetime.datetime(2026, 11, 25, 23, tzinfo=datetime.UTC)


def test_a_person_of_a_kanwil_has_its_zone(jam):
    jam.move_to(datetime.datetime(2026, 11, 25, 23, 30, tzinfo=datetime.UTC))
    kanwil = KanwilFactory()
    kanwil.satker.kedudukansatker_set.update(zona_waktu="WIT")
    PengingatFactory(pengguna=TimKanwilFactory(kanwil=kanwil))

    assert buat.make_due().dibuat == 1


def test_later_ones_of_a_day_wait_for_the_next_morning(jam):
    orang = OperatorFactory()
    PengingatFactory(pengguna=orang)
    tugas.send_due()
    PengingatFactory(pengguna=orang)

    tugas.send_due()

    assert [len(mail.outbox), Kiriman.objects.count()] == [1, 1]
    jam.shift(datetime.timedelta(days=1))
    tugas.send_due()
    assert [kunci for kunci, *_ in list_kiriman()] == [
        "ringkasan:2026-11-26",
        "ringkasan:2026-11-27",
    ]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("pilihan", "saluran"),
    [
        ({"gerbang": True, "alamat_gerbang": "0812"}, ["surel", "gerbang"]),
        ({"surel": False, "gerbang": True, "alamat_gerbang": "0812"}, ["gerbang"]),
        ({"surel": False}, []),
    ],
)
def test_a_person_chooses_the_channels(jam, pilihan, saluran):
    pengingat = PengingatFactory()
    PilihanSaluran.objects.create(pengguna=pengingat.pengguna, **pilihan)

    buat.make_due()

    assert [satu for _, satu, *_ in list_kiriman()] == saluran
    pengingat.refresh_from_db()
    # Who wants it in the application only has it there.
    assert pengingat.status == ("menunggu" if saluran else "terkirim")


def test_quiet_hours_hold_for_urgent_ones_too(jam):
    pengingat = PengingatFactory(mendesak=True)
    PilihanSaluran.objects.create(
        pengguna=pengingat.pengguna,
        tenang_dari=datetime.time(9),
        tenang_sampai=datetime.time(11),
    )

    buat.make_due()

    assert Kiriman.objects.get().kirim_pada == SIANG + datetime.timedelta(hours=1)


def test_what_is_put_off_comes_back_on_its_day_though_it_was_sent(jam):
    orang = OperatorFactory()
    biasa = PengingatFactory(pengguna=orang)
    darurat = PengingatFactory(pengguna=orang, mendesak=True)
    tugas.send_due()
    assert len(mail.outbox) == 2
    Pengingat.objects.update(
        status="menunggu",
        ditunda_sampai=HARI + datetime.timedelta(days=2),
        berguna_sampai=SIANG + datetime.timedelta(days=9),
    )

    for _ in range(2):
        jam.shift(datetime.timedelta(days=1))
        tugas.send_due()
        tugas.send_due()

    assert [kunci for kunci, *_ in list_kiriman()][2:] == [
        f"pengingat:{darurat.pk}:2026-11-28",
        "ringkasan:2026-11-28",
    ]
    assert len(mail.outbox) == 4
    biasa.refresh_from_db()
    assert biasa.status == "terkirim"


def test_after_days_of_silence_what_is_useful_is_sent_and_the_rest_is_missed(jam):
    orang = OperatorFactory()
    sehari = datetime.timedelta(days=1)
    basi = PengingatFactory(pengguna=orang, berguna_sampai=SIANG + sehari)
    segar = PengingatFactory(pengguna=orang, berguna_sampai=SIANG + 5 * sehari)
    lama = Kiriman.objects.create(
        jenis="ringkasan",
        kunci="ringkasan:2026-11-25",
        pengguna=orang,
        saluran="surel",
        kirim_pada=SIANG - sehari,
        berguna_sampai=SIANG + sehari,
        isi={"zona": "Asia/Jakarta"},
    )

    jam.shift(3 * sehari)
    tugas.send_due()

    for satu in (basi, segar, lama):
        satu.refresh_from_db()
    assert [satu.status for satu in (basi, segar, lama)] == ["terlewat", "terkirim", "terlewat"]
    [surat] = mail.outbox
    assert segar.judul in surat.body
    assert basi.judul not in surat.body


def test_an_account_that_is_closed_gets_nothing(jam):
    orang = OperatorFactory(is_active=False)
    PengingatFactory(pengguna=orang)

    assert buat.make_due() == buat.Hasil(0, 0)


@pytest.mark.parametrize("banyak", [1, 3])
def test_making_costs_the_same_for_one_person_and_for_many(jam, django_assert_num_queries, banyak):
    for _ in range(banyak):
        PengingatFactory(pengguna=OperatorFactory())

    with django_assert_num_queries(19):
        buat.make_due()
