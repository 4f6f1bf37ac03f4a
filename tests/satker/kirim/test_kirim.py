"""Claiming and sending: who gets what, what a refusal does, and what is never sent twice."""

import datetime
import uuid

import pytest
from django.core import mail
from django.db import DataError, OperationalError
from django.utils import timezone

from satker.models import IsiKiriman, Kiriman, PilihanSaluran
from satker.pengingat import antre, buat, kirim, sewa, surat, tugas
from satker.pengingat.surat import Lampiran, Surat, register_surat
from tests.factories import OperatorFactory
from tests.factories.kirim import KirimanFactory, PengingatFactory
from tests.satker.kirim.sink import Sink

pytestmark = pytest.mark.django_db
MENIT = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _penulis(monkeypatch):
    monkeypatch.setattr(surat, "_penulis", dict(surat._penulis))
    register_surat("uji", lambda kiriman: Surat(f"Perihal {kiriman.kunci}", "Isi."))


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = 5
        yield sink


def run():
    return kirim.Pengirim().run(60)


def read(satu):
    satu.refresh_from_db()
    return satu.status, satu.percobaan, satu.galat


# --- the queue -------------------------------------------------------------------------------------
def test_the_same_message_is_queued_once_for_an_account_and_for_an_address():
    orang = OperatorFactory()
    saat = timezone.now()
    pilihan = {"kirim_pada": saat, "isi": {"upacara": 12}}

    hasil = [
        antre.queue("uji", "undangan:12:0", pengguna=orang, **pilihan),
        antre.queue("uji", "undangan:12:0", pengguna=orang, **pilihan),
        antre.queue("uji", "undangan:12:0", alamat="saksi@uji.invalid", **pilihan),
        antre.queue("uji", "undangan:12:0", alamat="saksi@uji.invalid", **pilihan),
        antre.queue("uji", "undangan:12:1", pengguna=orang, **pilihan),
    ]

    assert hasil == [True, False, True, False, True]
    assert Kiriman.objects.count() == 3
    assert antre.withdraw("uji", "undangan:12:0") == 2
    assert run().terkirim == 1


def test_a_message_to_nobody_is_refused():
    with pytest.raises(ValueError, match="pengguna atau alamat"):
        antre.queue("uji", "x", kirim_pada=timezone.now())

    assert not Kiriman.objects.exists()


def test_a_claim_is_one_workers_until_its_lease_is_over(settings):
    satu, nanti = KirimanFactory(), KirimanFactory(kirim_pada=timezone.now() + MENIT)
    pertama, kedua = uuid.uuid4(), uuid.uuid4()

    assert sewa.claim(pertama, 20) == [satu]
    assert sewa.claim(kedua, 20) == []
    Kiriman.objects.filter(pk=satu.pk).update(sewa_sampai=timezone.now() - MENIT)
    [diambil] = sewa.claim(kedua, 20)

    # Whoever comes back late finds that it is not his any more.
    assert (sewa.begin(satu, pertama), sewa.begin(diambil, kedua)) == (False, True)
    sewa.record_gagal(satu, pertama, "terlambat")
    assert read(satu) == ("antre", 1, "")
    assert read(nanti) == ("antre", 0, "")


# --- mail ------------------------------------------------------------------------------------------
def test_messages_go_over_one_connection_with_their_own_id(sink, settings):
    settings.INTEGRITAS_ALAMAT = "https://zi.contoh.id"
    daftar = KirimanFactory.create_batch(3)

    assert run() == kirim.Jumlah(terkirim=3)

    assert sink.sambungan == 1
    assert sink.list_id() == {
        satu.pengguna.email: {f"<{satu.message_id}@zi.contoh.id>"} for satu in daftar
    }
    satu = daftar[0]
    assert read(satu) == ("terkirim", 1, "")
    assert (satu.alamat, satu.sewa_oleh) == (satu.pengguna.email, None)
    assert sink.surat[0]["Auto-Submitted"] == "auto-generated"
    assert run() == kirim.Jumlah()


def test_a_refusal_that_stays_fails_with_the_servers_words(sink):
    buruk, baik = KirimanFactory.create_batch(2)
    sink.jawab[buruk.pengguna.email] = "550 5.1.1 Mailbox does not exist"

    assert run() == kirim.Jumlah(terkirim=1, gagal=1)

    assert read(buruk) == (
        "gagal",
        1,
        "Ditolak server surel: 550 5.1.1 Mailbox does not exist",
    )
    assert read(baik) == ("terkirim", 1, "")
    assert run() == kirim.Jumlah()


def test_a_refusal_that_passes_waits_longer_each_time_and_ends(sink):
    satu = KirimanFactory()
    sink.jawab[satu.pengguna.email] = "451 4.3.0 Try again later"

    run()

    assert read(satu) == ("antre", 1, "Server surel menunda: 451 4.3.0 Try again later")
    assert MENIT * 0.9 < satu.coba_lagi_pada - timezone.now() <= MENIT
    assert run() == kirim.Jumlah()
    Kiriman.objects.update(coba_lagi_pada=None, percobaan=sewa.PERCOBAAN_MAKS - 1)
    run()
    assert read(satu)[:2] == ("gagal", sewa.PERCOBAAN_MAKS)
    assert satu.galat.startswith("Menyerah sesudah 30 kali: Server surel menunda: 451")


def test_a_server_that_is_away_blames_no_message(sink):
    sink.stop()
    daftar = KirimanFactory.create_batch(3)

    assert run() == kirim.Jumlah()

    for satu in daftar:
        assert read(satu) == (
            "antre",
            0,
            "Server surel tidak dapat dihubungi: Connection refused",
        )
        assert (satu.sewa_oleh, satu.coba_lagi_pada) == (None, None)
    sink.start()
    assert run() == kirim.Jumlah(terkirim=3)
    assert set(sink.count().values()) == {1}


def test_a_server_that_refuses_us_is_left_alone(sink):
    daftar = KirimanFactory.create_batch(2)
    for satu in daftar:
        sink.jawab[satu.pengguna.email] = "530 5.7.0 Authentication required"

    assert run() == kirim.Jumlah()

    assert [read(satu)[:2] for satu in daftar] == [("antre", 0)] * 2
    assert daftar[0].galat == "Server surel minta masuk dulu: 530 5.7.0 Authentication required"


@pytest.mark.parametrize("alamat", ["baris\n@uji.invalid", "tanpa-a"])
def test_an_address_that_is_none_fails_plainly(sink, alamat):
    satu = KirimanFactory(pengguna=None, alamat=alamat)
    sink.jawab["tanpa-a"] = "501 5.1.3 Bad address"

    run()

    status, _, galat = read(satu)
    assert status == "gagal"
    assert galat
    assert sink.daftar == []


def test_attachments_keep_their_type_and_parameters(sink):
    kalender = Lampiran("acara.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n", {"method": "REQUEST"})
    register_surat("uji", lambda kiriman: Surat("Undangan\nupacara", "Isi é.", (kalender,)))
    KirimanFactory()

    run()

    [surat_masuk] = sink.surat
    [lampiran] = surat_masuk.iter_attachments()
    assert surat_masuk["Subject"] == "Undangan upacara"
    assert lampiran.get_content_type() == "text/calendar"
    assert lampiran.get_param("method") == "REQUEST"
    assert lampiran.get_filename() == "acara.ics"
    assert lampiran.get_payload(decode=True) == b"BEGIN:VCALENDAR\r\n"


# --- around the message ----------------------------------------------------------------------------
def test_what_is_done_meanwhile_leaves_the_digest_and_an_empty_one_is_withdrawn():
    orang, lain = OperatorFactory(), OperatorFactory()
    tetap, selesai = PengingatFactory.create_batch(2, pengguna=orang, mendesak=False)
    ditarik = PengingatFactory(pengguna=lain)
    buat_ringkasan()
    for satu, status in ((selesai, "selesai"), (ditarik, "ditarik")):
        satu.status = status
        satu.save(update_fields=["status"])

    assert run() == kirim.Jumlah(terkirim=1, ditarik=1)

    [pesan] = mail.outbox
    assert tetap.judul in pesan.body
    assert selesai.judul not in pesan.body
    kosong = Kiriman.objects.get(pengguna=lain)
    assert read(kosong) == ("ditarik", 0, "Tidak ada lagi yang perlu disampaikan.")
    # The rows tell what it carried.
    isi = IsiKiriman.objects.filter(kiriman__pengguna=orang)
    assert list(isi.values_list("pengingat", flat=True)) == [tetap.pk]
    for satu, status in ((tetap, "terkirim"), (selesai, "selesai"), (ditarik, "ditarik")):
        satu.refresh_from_db()
        assert satu.status == status


def buat_ringkasan():
    """Whatever the hour of the test."""
    import time_machine

    with time_machine.travel(timezone.now().replace(hour=4, minute=0), tick=False):
        for satu in PengingatFactory._meta.model.objects.all():
            satu.jatuh_pada = timezone.now() - MENIT
            satu.save(update_fields=["jatuh_pada"])
        buat.make_due()
    Kiriman.objects.update(kirim_pada=timezone.now() - MENIT)


def test_quiet_hours_that_have_begun_and_channels_that_were_left_count_at_sending():
    tenang, pindah, tutup = KirimanFactory.create_batch(3)
    saat = timezone.now().astimezone(datetime.timezone(datetime.timedelta(hours=7)))
    PilihanSaluran.objects.create(
        pengguna=tenang.pengguna,
        tenang_dari=(saat - 10 * MENIT).time().replace(second=0, microsecond=0),
        tenang_sampai=(saat + 10 * MENIT).time().replace(second=0, microsecond=0),
    )
    Kiriman.objects.filter(pk=pindah.pk).update(saluran="gerbang")
    tutup.pengguna.is_active = False
    tutup.pengguna.save()

    assert run() == kirim.Jumlah(ditarik=2)

    assert read(tenang) == ("antre", 0, "")
    assert 8 * MENIT < tenang.kirim_pada - timezone.now() <= 10 * MENIT
    assert read(pindah) == ("ditarik", 0, "Penerima tidak memakai gerbang pesan lagi.")
    assert read(tutup) == ("ditarik", 0, "Akun penerima tidak aktif lagi.")
    assert mail.outbox == []


def test_one_message_that_cannot_be_written_holds_up_no_other(caplog):
    rusak, asing, keliru, baik = KirimanFactory.create_batch(4)
    Kiriman.objects.filter(pk=asing.pk).update(jenis="tidak-dikenal")

    def tulis(kiriman):
        if kiriman.pk == rusak.pk:
            raise ZeroDivisionError
        if kiriman.pk == keliru.pk:
            raise DataError("integer out of range")
        return Surat("Perihal", "Isi.")

    register_surat("uji", tulis)

    assert run() == kirim.Jumlah(terkirim=1, nanti=3)

    assert read(rusak) == ("antre", 1, "Pesan tidak dapat ditulis: ZeroDivisionError")
    assert read(keliru) == ("antre", 1, "Pesan tidak dapat ditulis: DataError")
    assert read(asing) == ("antre", 1, "Pesan tidak dapat ditulis: KeyError")
    assert read(baik)[0] == "terkirim"


def test_one_that_kills_its_worker_each_time_is_given_up():
    satu = KirimanFactory(percobaan=sewa.PERCOBAAN_MAKS)

    run()

    assert read(satu) == ("gagal", 30, "Menyerah sesudah 30 kali mencoba.")
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_is_written_down_when_the_database_comes_back(monkeypatch):
    satu = KirimanFactory()
    asli, gagal = sewa.update_row, iter([OperationalError("server closed the connection")])

    def update_row(*argumen, **pilihan):
        # The first thing written after the message went out.
        if mail.outbox:
            for galat in gagal:
                raise galat
        return asli(*argumen, **pilihan)

    monkeypatch.setattr(sewa, "update_row", update_row)

    assert run() == kirim.Jumlah(terkirim=1)

    assert read(satu) == ("terkirim", 1, "")
    assert len(mail.outbox) == 1


def test_a_message_more_costs_four_statements_whatever_the_number(count_queries):
    PengingatFactory.create_batch(12, mendesak=True)
    buat.make_due()
    jumlah = []
    for banyak in (1, 11):
        nanti = Kiriman.objects.filter(status="antre").order_by("pk")[banyak:]
        saat = timezone.now()
        Kiriman.objects.filter(pk__in=[satu.pk for satu in nanti]).update(kirim_pada=saat + MENIT)
        Kiriman.objects.exclude(pk__in=[satu.pk for satu in nanti]).update(kirim_pada=saat - MENIT)
        with count_queries() as daftar_sql:
            assert run().terkirim == banyak
        jumlah.append(sum("SAVEPOINT" not in sql for sql in daftar_sql))

    # Read, count the try, write down the message, write down its reminder.
    assert (jumlah[1] - jumlah[0]) / 10 == 4


def test_the_digest_says_what_when_and_where_worst_first(settings):
    settings.INTEGRITAS_ALAMAT = "https://zi.contoh.id"
    orang = OperatorFactory(nama="Sari")
    hari = timezone.localdate()
    for judul, geser, darurat in (
        ("Laporan triwulan", 7, False),
        ("Berita acara", -3, False),
        ("Saksi", 0, False),
    ):
        PengingatFactory(
            pengguna=orang,
            judul=judul,
            acuan=hari + datetime.timedelta(days=geser),
            mendesak=darurat,
        )
    buat_ringkasan()

    run()

    [pesan] = mail.outbox
    assert pesan.subject == "[Integritas] 3 hal perlu dikerjakan, 1 sudah lewat tenggat"
    urut = [pesan.body.index(teks) for teks in ("1. Berita acara", "2. Saksi", "3. Laporan")]
    assert urut == sorted(urut)
    for teks in ("lewat 3 hari", "hari ini", "7 hari lagi", "https://zi.contoh.id/upacara/uji/"):
        assert teks in pesan.body
    assert pesan.to == [orang.email]


def test_a_look_leaves_its_time(settings):
    from satker.models import Detak

    tugas.send_due()
    tugas.send_due()

    assert sorted(Detak.objects.values_list("nama", flat=True)) == ["beat", "kirim"]
