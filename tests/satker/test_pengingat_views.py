"""A person's own reminders and who has been reminded: rows, steps, refusals, statements."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from satker.models import IsiKiriman, Pengingat, PilihanSaluran
from tests.factories import (
    AdminFactory,
    KanwilFactory,
    KepalaFactory,
    KirimanFactory,
    OperatorFactory,
    PengingatFactory,
    SatkerFactory,
    TimKanwilFactory,
)

pytestmark = pytest.mark.django_db
HARI = datetime.timedelta(days=1)


@pytest.fixture
def operator():
    return OperatorFactory()


@pytest.fixture
def client(client_for, operator):
    return client_for(operator)


def list_judul(respons):
    return [satu["judul"] for satu in respons.context["daftar_baris"]]


# --- the list -----------------------------------------------------------------------------------
def test_the_list_shows_own_reminders_worst_first(client, operator):
    for hari, judul in ((3, "nanti"), (-2, "lewat dua"), (0, "hari ini"), (-9, "lewat lama")):
        PengingatFactory(pengguna=operator, hari=hari, judul=judul)
    PengingatFactory(pengguna=operator, judul="besok", jatuh_pada=timezone.now() + HARI)
    PengingatFactory(pengguna=operator, judul="usang", status="terkirim", usang=True)
    PengingatFactory(pengguna=operator, judul="ditarik", status="ditarik")
    PengingatFactory(pengguna=operator, judul="selesai", status="selesai")
    PengingatFactory(judul="orang lain")

    respons = client.get(reverse("pengingat_list"))

    assert list_judul(respons) == ["lewat lama", "lewat dua", "hari ini", "nanti"]
    assert "2 terlambat, 2 perlu dikerjakan" in respons.text
    assert "lewat 9 hari" in respons.text
    for keadaan, judul in (("nanti", "besok"), ("selesai", "selesai")):
        assert list_judul(client.get(reverse("pengingat_list"), {"keadaan": keadaan})) == [judul]


def test_the_bell_counts_what_is_due_and_unread(client, operator):
    PengingatFactory.create_batch(2, pengguna=operator)
    PengingatFactory(pengguna=operator, dibaca_pada=timezone.now())
    PengingatFactory(pengguna=operator, jatuh_pada=timezone.now() + HARI)
    PengingatFactory(pengguna=operator, status="terlewat")
    PengingatFactory()
    satu = PengingatFactory(pengguna=operator)

    def read_lonceng(alamat):
        return client.get(alamat).context["daftar_penugasan"][0].belum_dibaca

    assert read_lonceng(reverse("akun")) == 3
    # Opening one is reading it, on that page already.
    assert read_lonceng(reverse("pengingat_detail", args=[satu.pk])) == 2
    client.post(reverse("pengingat_read_all"))
    assert read_lonceng(reverse("akun")) == 0
    client.post(reverse("pengingat_read", args=[satu.pk]), {"baca": "belum"})
    assert read_lonceng(reverse("akun")) == 1


def test_the_fragment_is_the_list_of_the_page(client, operator):
    PengingatFactory(pengguna=operator, judul="Perkara kita")

    fragmen = client.get(reverse("pengingat_list"), headers={"HX-Request": "true"})

    assert fragmen.text.lstrip().startswith('<section id="daftar"')
    assert "Perkara kita" in fragmen.text


@pytest.mark.parametrize("jumlah", [1, 3])
def test_the_list_costs_the_same_at_any_length(client, operator, count_queries, jumlah):
    PengingatFactory.create_batch(jumlah, pengguna=operator)
    client.get(reverse("pengingat_list"))

    with count_queries() as daftar_sql:
        client.get(reverse("pengingat_list"))

    assert len(daftar_sql) == 6


# --- done, put off ------------------------------------------------------------------------------
def test_done_in_one_click_and_taken_back(client, operator):
    satu = PengingatFactory(pengguna=operator)

    client.post(reverse("pengingat_finish", args=[satu.pk]))

    satu.refresh_from_db()
    assert satu.status == "selesai"
    assert satu.dinyatakan_pada is not None
    assert satu.dibaca_pada is not None
    client.post(reverse("pengingat_reopen", args=[satu.pk]))
    satu.refresh_from_db()
    assert (satu.status, satu.dinyatakan_pada) == ("menunggu", None)


def test_what_was_sent_is_not_sent_again_when_taken_back(client, operator):
    satu = PengingatFactory(pengguna=operator, status="terkirim")
    IsiKiriman.objects.create(
        pengingat=satu,
        kiriman=KirimanFactory(pengguna=operator, status="terkirim", terkirim_pada=timezone.now()),
    )
    client.post(reverse("pengingat_finish", args=[satu.pk]))

    client.post(reverse("pengingat_reopen", args=[satu.pk]))

    satu.refresh_from_db()
    assert satu.status == "terkirim"


@pytest.mark.parametrize(
    ("nilai", "kalimat"),
    [
        ({"status": "ditarik"}, "sudah ditarik"),
        ({"status": "terkirim", "usang": True}, "sudah ditarik"),
        ({"status": "terlewat"}, "sudah lewat"),
        ({"status": "selesai"}, "sudah ditandai selesai"),
    ],
)
@pytest.mark.parametrize("langkah", ["pengingat_finish", "pengingat_snooze"])
def test_what_is_closed_stays_as_it_is(client, operator, langkah, nilai, kalimat):
    satu = PengingatFactory(pengguna=operator, **nilai)
    sebelum = Pengingat.objects.filter(pk=satu.pk).values().get()
    besok = timezone.localdate() + HARI

    respons = client.post(
        reverse(langkah, args=[satu.pk]), {"sampai": besok.isoformat()}, follow=True
    )

    assert kalimat in respons.text
    assert Pengingat.objects.filter(pk=satu.pk).values().get() == sebelum


def test_only_what_the_person_said_is_taken_back(client, operator):
    satu = PengingatFactory(pengguna=operator, status="selesai")

    respons = client.post(reverse("pengingat_reopen", args=[satu.pk]), follow=True)

    satu.refresh_from_db()
    assert "tandai selesai sendiri" in respons.text
    assert satu.status == "selesai"


def test_put_off_it_comes_back_on_that_morning_of_the_unit(client, operator):
    satker = SatkerFactory(zona_waktu="WIT")
    satu = PengingatFactory(
        pengguna=operator,
        satker=satker,
        status="terkirim",
        mendesak=True,
        dibaca_pada=timezone.now(),
    )
    sampai = timezone.localdate() + 5 * HARI

    client.post(reverse("pengingat_snooze", args=[satu.pk]), {"sampai": sampai.isoformat()})

    satu.refresh_from_db()
    assert (satu.status, satu.mendesak, satu.dibaca_pada) == ("menunggu", False, None)
    assert satu.ditunda_sampai == sampai
    pagi = datetime.datetime.combine(sampai - HARI, datetime.time(23), tzinfo=datetime.UTC)
    assert satu.jatuh_pada == pagi
    assert satu.berguna_sampai > pagi + 3 * HARI
    assert list_judul(client.get(reverse("pengingat_list"))) == []
    assert list_judul(client.get(reverse("pengingat_list"), {"keadaan": "nanti"})) == [satu.judul]


@pytest.mark.parametrize(
    ("hari", "kalimat"),
    [
        (0, "sesudah hari ini"),
        (-3, "sesudah hari ini"),
        (61, "paling lama 60 hari"),
        (None, "Pilih"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_changes(client, operator, hari, kalimat):
    satu = PengingatFactory(pengguna=operator)
    sebelum = Pengingat.objects.filter(pk=satu.pk).values().get()
    sampai = "" if hari is None else (timezone.localdate() + hari * HARI).isoformat()

    respons = client.post(reverse("pengingat_snooze", args=[satu.pk]), {"sampai": sampai})

    assert respons.status_code == 422
    assert kalimat in respons.text
    assert Pengingat.objects.filter(pk=satu.pk).values().get() == sebelum


def test_somebody_elses_reminder_does_not_exist(client):
    satu = PengingatFactory()

    for nama in ("detail", "finish", "reopen", "snooze", "read"):
        alamat = reverse(f"pengingat_{nama}", args=[satu.pk])
        respons = client.get(alamat) if nama == "detail" else client.post(alamat)
        assert respons.status_code == 404
    satu.refresh_from_db()
    assert (satu.status, satu.dibaca_pada) == ("menunggu", None)


def test_the_page_tells_who_else_was_reminded_and_of_missing_holidays(client, operator):
    satu = PengingatFactory(pengguna=operator, langkah__satuan="kerja", objek="uji:x")
    lain = PengingatFactory(
        objek="uji:x", langkah=satu.langkah, status="selesai", dinyatakan_pada=timezone.now()
    )

    respons = client.get(reverse("pengingat_detail", args=[satu.pk]))

    assert lain.pengguna.nama in respons.text
    assert "menandai selesai" in respons.text
    assert f"Kalender libur {timezone.localdate().year} belum diisi" in respons.text


# --- how to be reached --------------------------------------------------------------------------
def test_channels_and_quiet_hours_are_kept(client, operator):
    isi = {"gerbang": "on", "alamat_gerbang": "62812000", "tenang_dari": "21.00"}
    alamat = reverse("pilihan_saluran")
    assert "checked" in client.get(alamat).text

    client.post(alamat, isi | {"tenang_sampai": "05:30"})
    client.post(alamat, isi | {"tenang_sampai": "06:00"})

    pilihan = PilihanSaluran.objects.get(pengguna=operator)
    assert (pilihan.surel, pilihan.gerbang, pilihan.alamat_gerbang) == (False, True, "62812000")
    assert (pilihan.tenang_dari, pilihan.tenang_sampai) == (datetime.time(21), datetime.time(6))


@pytest.mark.parametrize(
    ("isi", "kalimat"),
    [
        ({"gerbang": "on"}, "Isi nomornya"),
        ({"tenang_dari": "21:00"}, "Isi kedua jam"),
        ({"tenang_dari": "21:00", "tenang_sampai": "21:00"}, "jam yang lain"),
        ({"tenang_dari": "25:00", "tenang_sampai": "05:00"}, "Jam tidak dikenal"),
    ],
)
def test_channels_that_cannot_be_are_refused(client, isi, kalimat):
    respons = client.post(reverse("pilihan_saluran"), isi)

    assert respons.status_code == 422
    assert kalimat in respons.text
    assert not PilihanSaluran.objects.exists()


# --- who has been reminded ----------------------------------------------------------------------
def test_the_trail_tells_channel_and_result_of_the_units_in_reach(client_for):
    kanwil = KanwilFactory()
    satker = SatkerFactory(kanwil=kanwil)
    satu = PengingatFactory(satker=satker, status="terkirim", objek="uji:7:dokumen")
    PengingatFactory(satker=satker, judul="Perkara lain", status="selesai")
    PengingatFactory(satker=satker, judul="Belum waktunya", jatuh_pada=timezone.now() + HARI)
    PengingatFactory(judul="Satker orang lain")
    kiriman = KirimanFactory(
        pengguna=satu.pengguna, status="gagal", percobaan=4, galat="kotak surat penuh"
    )
    IsiKiriman.objects.create(pengingat=satu, kiriman=kiriman)
    client = client_for(TimKanwilFactory(kanwil=kanwil))
    alamat = reverse("pengingat_trail")

    semua = client.get(alamat)
    sebagian = client.get(alamat, {"objek": "uji:7"})
    unduhan = b"".join(
        client.get(reverse("pengingat_trail_unduh", args=["csv"]), {"objek": "uji:7"})
    ).decode()

    assert semua.context["page"].paginator.count == 2
    assert "sesudah 4 percobaan: kotak surat penuh" in " ".join(semua.text.split())
    assert "Satker orang lain" not in semua.text
    assert sebagian.context["page"].paginator.count == 1
    baris = unduhan.splitlines()
    assert len(baris) == 2
    assert "Surel,Gagal,,4,kotak surat penuh" in baris[1]
    for saringan in ({"keadaan": "selesai"}, {"q": satu.pengguna.nama}):
        assert client.get(alamat, saringan).context["page"].paginator.count == 1
    assert client.get(alamat, {"aturan": "lain"}).context["page"].paginator.count == 0


def test_a_head_sees_the_own_unit_and_an_admin_what_is_about_none(client_for):
    satker = SatkerFactory()
    PengingatFactory(satker=satker)
    PengingatFactory()
    PengingatFactory(satker=None)
    alamat = reverse("pengingat_trail")

    jumlah = [
        client_for(orang).get(alamat).context["page"].paginator.count
        for orang in (KepalaFactory(satker=satker), AdminFactory())
    ]

    assert jumlah == [1, 3]


@pytest.mark.parametrize("jumlah", [1, 3])
def test_the_trail_costs_the_same_at_any_length(client_for, count_queries, jumlah):
    kanwil = KanwilFactory()
    for satu in PengingatFactory.create_batch(jumlah, satker=SatkerFactory(kanwil=kanwil)):
        IsiKiriman.objects.create(pengingat=satu, kiriman=KirimanFactory(pengguna=satu.pengguna))
    client = client_for(TimKanwilFactory(kanwil=kanwil))
    client.get(reverse("pengingat_trail"))

    with count_queries() as daftar_sql:
        client.get(reverse("pengingat_trail"))

    assert len(daftar_sql) == 7
