"""One attempt at the door: what it gets, that it gets it once, and that every one is kept."""

import datetime
import threading
import uuid

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from integritas.alur import AlurError
from satker.alur import pindai, pintu
from satker.kode import HURUF_KODE, MIRIP, list_bacaan
from satker.models import Peserta, Pindaian, Riwayat, Upacara
from tests.factories import (
    OperatorFactory,
    PesertaFactory,
    PutaranFactory,
    SaksiFactory,
    UpacaraFactory,
)

pytestmark = pytest.mark.django_db
BUKA = datetime.datetime(2026, 3, 4, 1, 0, tzinfo=datetime.UTC)
KINI = BUKA + datetime.timedelta(hours=1)
MENIT = datetime.timedelta(minutes=1)
Hasil, Status = Pindaian.Hasil, Upacara.Status


@pytest.fixture(autouse=True)
def jam():
    with time_machine.travel(KINI, tick=False) as jam:
        yield jam


@pytest.fixture
def upacara():
    return UpacaraFactory(
        tanggal=datetime.date(2026, 3, 4),
        mulai_pada=BUKA,
        status=Status.BERLANGSUNG,
        dibuka_pada=BUKA,
        zona_waktu="WITA",
        putaran=PutaranFactory(),
    )


@pytest.fixture
def orang(upacara):
    return PesertaFactory(upacara=upacara, kode="ACD34F")


def try_kode(upacara, teks, kunci=None, **lain):
    percobaan = pindai.Percobaan(kunci=kunci or uuid.uuid4(), cara="kode", teks=teks, **lain)
    return pindai.record(upacara, percobaan, by=None)


def close(upacara, **lain):
    Upacara.objects.filter(pk=upacara.pk).update(status=Status.DITUTUP, ditutup_pada=KINI, **lain)


def test_a_code_takes_a_presence_down(upacara, orang):
    operator = OperatorFactory()
    percobaan = pindai.Percobaan(uuid.uuid4(), "kode", " acd-34f ", alat="alat 7")

    jawaban = pindai.record(upacara, percobaan, by=operator)

    assert (jawaban.hasil, jawaban.nama) == (Hasil.DITERIMA, orang.personel.nama)
    assert jawaban.kalimat == "Hadir, tercatat pukul 10.00 WITA."
    orang.refresh_from_db()
    assert (orang.hadir_pada, orang.cara_hadir) == (KINI, "kode")
    assert orang.dicatat_oleh == operator
    satu = Pindaian.objects.get()
    assert (satu.peserta, satu.kode, satu.oleh, satu.alat) == (orang, "acd-34f", operator, "alat 7")
    assert not Riwayat.objects.exists()


def test_the_same_attempt_twice_is_one_row_and_one_answer(upacara, orang):
    kunci = uuid.uuid4()
    pertama = try_kode(upacara, "ACD34F", kunci)

    kedua = try_kode(upacara, "ACD34F", kunci)
    close(upacara)
    ketiga = try_kode(upacara, "ACD34F", kunci)

    assert [kedua.kalimat, ketiga.kalimat] == [pertama.kalimat] * 2
    assert [kedua.hasil, ketiga.nama] == [Hasil.DITERIMA, orang.personel.nama]
    assert Pindaian.objects.count() == 1


def test_a_key_that_another_attempt_has_used_changes_nothing(upacara, orang):
    lain = PesertaFactory(upacara=upacara, kode="TTTTTT")
    kunci = uuid.uuid4()
    try_kode(upacara, "ACD34F", kunci)

    with pytest.raises(AlurError, match="sudah pernah dikirim"):
        try_kode(upacara, "TTTTTT", kunci)
    with pytest.raises(AlurError, match="bukan milik upacara ini"):
        try_kode(UpacaraFactory(), "ACD34F", kunci)

    lain.refresh_from_db()
    assert lain.hadir_pada is None
    assert Pindaian.objects.count() == 1


def test_somebody_already_here_is_told_when_how_and_by_whom(upacara, orang, jam):
    operator = OperatorFactory(nama="Panitia Satu")
    percobaan = pindai.Percobaan(uuid.uuid4(), "cari", peserta_id=orang.pk)
    pindai.record(upacara, percobaan, by=operator)
    jam.shift(5 * MENIT)

    jawaban = try_kode(upacara, "ACD34F")

    assert jawaban.hasil == Hasil.GANDA
    assert jawaban.kalimat == (
        "Sudah tercatat hadir pukul 10.00 WITA lewat dicari menurut nama oleh Panitia Satu."
    )
    orang.refresh_from_db()
    assert (orang.hadir_pada, orang.cara_hadir) == (KINI, "cari")
    assert list(Pindaian.objects.order_by("pk").values_list("hasil", flat=True)) == [
        Hasil.DITERIMA,
        Hasil.GANDA,
    ]


def test_a_foreign_code_is_kept_and_tells_where_it_belongs(upacara, orang):
    lain = PesertaFactory(upacara__nama="Deklarasi Lain", kode="WWWWWW")

    hasil = [
        try_kode(upacara, "RRRRRR"),
        try_kode(upacara, "www www"),
        try_kode(upacara, f"https://contoh.invalid/u/{lain.token}/"),
        pindai.record(upacara, pindai.Percobaan(uuid.uuid4(), "cari", peserta_id=lain.pk), by=None),
    ]

    assert {satu.hasil for satu in hasil} == {Hasil.ASING}
    assert hasil[0].kalimat == "Kode tidak dikenal pada upacara ini."
    assert all(
        satu.kalimat.startswith("Undangan untuk upacara lain: Deklarasi Lain")
        for satu in hasil[1:3]
    )
    kode = list(Pindaian.objects.order_by("pk").values_list("kode", flat=True))
    assert kode == ["RRRRRR", "www www", f"/u/{lain.token[:6]}…", ""]
    assert not Peserta.objects.filter(hadir_pada__isnull=False).exists()


def test_the_address_of_a_qr_is_a_code_and_is_never_stored(upacara, orang):
    jawaban = try_kode(upacara, f"https://contoh.invalid/u/{orang.token}/")

    assert jawaban.hasil == Hasil.DITERIMA
    assert jawaban.pindaian.kode == "ACD34F"


def test_a_witness_comes_in_under_name_and_institution(upacara):
    tamu = PesertaFactory(upacara=upacara, saksi=SaksiFactory(upacara=upacara, nama=""))

    jawaban = try_kode(upacara, tamu.kode)

    assert (jawaban.hasil, jawaban.nama) == (Hasil.DITERIMA, "Lembaga Contoh")


@pytest.mark.parametrize("status", ["rencana", "terjadwal", "ditutup", "dibatalkan"])
def test_an_event_that_is_not_open_takes_nobody_but_keeps_the_attempt(upacara, orang, status):
    Upacara.objects.filter(pk=upacara.pk).update(status=status, ditutup_pada=KINI)

    jawaban = try_kode(upacara, "ACD34F")

    assert jawaban.hasil == Hasil.DITUTUP
    assert jawaban.kalimat
    orang.refresh_from_db()
    assert orang.hadir_pada is None
    assert Pindaian.objects.get().peserta == orang


def test_a_scan_made_while_the_event_was_open_counts_after_the_closing(upacara, orang, jam):
    close(upacara)
    jam.shift(60 * MENIT)

    jawaban = try_kode(upacara, "ACD34F", lalu=70 * MENIT)

    assert jawaban.hasil == Hasil.DITERIMA
    orang.refresh_from_db()
    assert orang.hadir_pada == KINI - 10 * MENIT
    baris = Riwayat.objects.get()
    assert baris.kejadian == "kehadiran menyusul"
    assert baris.isi["sesudah"]["peserta"] == orang.pk


def test_a_scan_of_the_last_moment_may_be_on_its_way_for_a_while(upacara, orang, jam):
    close(upacara)
    jam.shift(datetime.timedelta(seconds=70))

    jawaban = try_kode(upacara, "ACD34F", lalu=datetime.timedelta(seconds=60))

    assert jawaban.hasil == Hasil.DITERIMA
    orang.refresh_from_db()
    assert orang.hadir_pada == KINI


@pytest.mark.parametrize(
    ("lalu", "putaran"), [(50, False), (200, False), (None, False), (70, True)]
)
def test_a_scan_from_outside_the_open_time_or_after_the_round_does_not_count(
    upacara, orang, jam, lalu, putaran
):
    close(upacara)
    if putaran:
        upacara.putaran.ditutup_pada = KINI
        upacara.putaran.save()
    jam.shift(60 * MENIT)

    jawaban = try_kode(upacara, "ACD34F", lalu=None if lalu is None else lalu * MENIT)

    assert jawaban.hasil == Hasil.DITUTUP
    orang.refresh_from_db()
    assert orang.hadir_pada is None


@pytest.mark.parametrize(
    ("lalu", "hadir", "diragukan"),
    [(30, 30, False), (61, 60, False), (500, 60, True), (-9, 0, True)],
)
def test_the_moment_of_a_late_scan_is_reckoned_back_and_kept_within_the_event(
    upacara, orang, lalu, hadir, diragukan
):
    jawaban = try_kode(upacara, "ACD34F", lalu=lalu * MENIT)

    orang.refresh_from_db()
    assert orang.hadir_pada == KINI - hadir * MENIT
    assert jawaban.pindaian.jam_diragukan is diragukan


def test_an_attempt_without_a_text_is_refused(upacara, orang):
    with pytest.raises(AlurError, match="Ketik kode"):
        try_kode(upacara, "  ")

    assert not Pindaian.objects.exists()


def test_a_misread_letter_is_forgiven_when_it_can_mean_one_person_only(upacara, orang):
    assert try_kode(upacara, "ACO34F").hasil == Hasil.DITERIMA
    PesertaFactory(upacara=upacara, kode="ACC34F")

    assert try_kode(upacara, "ac0 34f").hasil == Hasil.ASING


def test_readings_of_a_code():
    assert list_bacaan(" a.c-d 3_4f ") == ["ACD34F"]
    assert list_bacaan("ACQ34F") == ["ACD34F", "ACC34F"]
    assert list_bacaan("ACD34") == list_bacaan("ACD34FF") == list_bacaan("AC?") == []
    assert len(list_bacaan("000000")) == 64
    assert list_bacaan("888888") == []
    assert not set(MIRIP) & set(HURUF_KODE)
    assert set("".join(MIRIP.values())) <= set(HURUF_KODE)


@pytest.mark.parametrize("jumlah", [1, 40])
def test_an_answer_costs_the_same_at_any_number_of_people(upacara, orang, count_queries, jumlah):
    PesertaFactory.create_batch(jumlah, upacara=upacara)

    with count_queries() as daftar_sql:
        try_kode(upacara, "ACD34F")

    assert [sql.split()[0] for sql in daftar_sql if "SAVEPOINT" not in sql] == [
        "SELECT",
        "SELECT",
        "UPDATE",
        # That somebody of the unit is there.
        "UPDATE",
        "INSERT",
    ]


# --- opening, taking back, keying in --------------------------------------------------------------
def test_the_door_is_opened_once_on_its_day(upacara):
    Upacara.objects.filter(pk=upacara.pk).update(status=Status.TERJADWAL, dibuka_pada=None)

    pintu.open_pintu(upacara, by=None)
    pintu.open_pintu(upacara, by=None)

    upacara.refresh_from_db()
    assert (upacara.status, upacara.dibuka_pada) == (Status.BERLANGSUNG, KINI)
    assert Riwayat.objects.get().kejadian == "pintu upacara dibuka"


@pytest.mark.parametrize("status", ["rencana", "ditutup", "dibatalkan", "terjadwal"])
def test_a_door_that_must_not_be_opened_stays_shut(upacara, status):
    besok = datetime.date(2026, 3, 5) if status == "terjadwal" else upacara.tanggal
    Upacara.objects.filter(pk=upacara.pk).update(
        status=status, ditutup_pada=KINI, dibuka_pada=None, tanggal=besok
    )

    with pytest.raises(AlurError):
        pintu.open_pintu(upacara, by=None)

    upacara.refresh_from_db()
    assert (upacara.status, upacara.dibuka_pada) == (status, None)
    assert not Riwayat.objects.exists()


def test_a_presence_taken_back_keeps_its_attempt_and_may_be_given_again(upacara, orang):
    try_kode(upacara, "ACD34F")

    pintu.undo(orang, "Salah orang", by=None)

    orang.refresh_from_db()
    assert orang.hadir_pada is None
    assert Pindaian.objects.get().alasan_batal == "Salah orang"
    # It may name the person, so it is not where nothing can be erased.
    assert Riwayat.objects.get().isi["alasan"] == ""
    with pytest.raises(AlurError, match="tidak tercatat hadir"):
        pintu.undo(orang, "Lagi", by=None)
    assert try_kode(upacara, "ACD34F").hasil == Hasil.DITERIMA


def test_a_presence_is_not_taken_back_without_a_reason_or_after_the_round(upacara, orang):
    try_kode(upacara, "ACD34F")

    with pytest.raises(AlurError, match="Alasan wajib diisi"):
        pintu.undo(orang, " ", by=None)
    upacara.putaran.ditutup_pada = KINI
    upacara.putaran.save()
    with pytest.raises(AlurError, match="Putaran ini sudah ditutup"):
        pintu.undo(orang, "Salah", by=None)

    orang.refresh_from_db()
    assert orang.hadir_pada == KINI
    assert not Riwayat.objects.exists()


def test_a_paper_list_is_keyed_in_beside_those_already_here(upacara, orang):
    try_kode(upacara, "ACD34F")
    lain = PesertaFactory.create_batch(2, upacara=upacara)

    jumlah = pintu.fill(upacara, {orang.pk, lain[0].pk}, by=None)

    assert jumlah == 1
    lain[0].refresh_from_db()
    assert (lain[0].hadir_pada, lain[0].cara_hadir) == (BUKA, "daftar")
    orang.refresh_from_db()
    assert (orang.hadir_pada, orang.cara_hadir) == (KINI, "kode")
    assert Peserta.objects.filter(hadir_pada__isnull=False).count() == 2
    assert Riwayat.objects.get().isi["sesudah"]["jumlah"] == 1
    assert pintu.fill(upacara, {orang.pk, lain[0].pk}, by=None) == 0


def test_a_list_with_a_foreign_name_writes_nothing(upacara, orang):
    with pytest.raises(AlurError, match="bukan peserta"):
        pintu.fill(upacara, {orang.pk, PesertaFactory().pk}, by=None)
    with pytest.raises(AlurError, match="Centang"):
        pintu.fill(upacara, set(), by=None)
    Upacara.objects.filter(pk=upacara.pk).update(status=Status.TERJADWAL)
    with pytest.raises(AlurError, match="belum dibuka"):
        pintu.fill(upacara, {orang.pk}, by=None)

    assert not Peserta.objects.filter(hadir_pada__isnull=False).exists()
    assert not Pindaian.objects.exists()


def test_the_database_takes_one_presence_per_person(upacara, orang):
    try_kode(upacara, "ACD34F")
    satu = Pindaian.objects.get()
    satu.pk, satu.kunci = None, uuid.uuid4()

    with pytest.raises(IntegrityError), transaction.atomic():
        satu.save()


# --- at once ----------------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_devices_at_once_one_is_taken():
    """And the same attempt sent twice at once is one row."""
    upacara = UpacaraFactory(status=Status.BERLANGSUNG, dibuka_pada=BUKA)
    PesertaFactory(upacara=upacara, kode="ACD34F")
    daftar_kunci = [uuid.uuid4() for _ in range(4)] * 2
    mulai, hasil = threading.Barrier(8), []

    def run(kunci):
        try:
            mulai.wait(timeout=10)
            hasil.append((kunci, try_kode(upacara, "ACD34F", kunci).hasil))
        finally:
            connection.close()

    benang = [threading.Thread(target=run, args=[kunci]) for kunci in daftar_kunci]
    for satu in benang:
        satu.start()
    for satu in benang:
        satu.join(timeout=30)

    assert len(hasil) == 8
    assert len(set(hasil)) == 4
    assert sorted(dict(hasil).values()) == [Hasil.DITERIMA, *[Hasil.GANDA] * 3]
    assert Pindaian.objects.count() == 4


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_scan_that_meets_the_closing_is_told_that_it_is_closed():
    upacara = UpacaraFactory(status=Status.BERLANGSUNG, dibuka_pada=BUKA)
    PesertaFactory(upacara=upacara, kode="ACD34F")
    hasil = []

    def run():
        try:
            hasil.append(try_kode(upacara, "ACD34F").hasil)
        finally:
            connection.close()

    benang = threading.Thread(target=run)
    with transaction.atomic():
        Upacara.objects.select_for_update(of=("self",)).get(pk=upacara.pk)
        benang.start()
        benang.join(timeout=0.5)
        assert hasil == []
        close(upacara)
    benang.join(timeout=30)

    assert hasil == [Hasil.DITUTUP]
    assert not Peserta.objects.filter(hadir_pada__isnull=False).exists()


def test_today_is_that_of_the_place():
    """At 23.30 in Jakarta the day has begun in Jayapura."""
    besok = UpacaraFactory(tanggal=datetime.date(2026, 3, 5), zona_waktu="WIT")
    with time_machine.travel(
        datetime.datetime(2026, 3, 4, 16, 30, tzinfo=datetime.UTC), tick=False
    ):
        assert pintu.open_pintu(besok, by=None).dibuka_pada == timezone.now()
