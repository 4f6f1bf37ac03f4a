"""Invitations, changes and cancellations, and the calendars people subscribe to."""

import datetime
import io

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from integritas.alur import AlurError
from satker.alur import undangan as alur
from satker.models import Kiriman, Peserta, Riwayat, Upacara
from satker.undangan import announce_perubahan, write_surat
from tests.factories import (
    KanwilFactory,
    OperatorFactory,
    PersonelFactory,
    PesertaFactory,
    SaksiFactory,
    SatkerFactory,
    TimKanwilFactory,
    UpacaraFactory,
)

pytestmark = pytest.mark.django_db
DEPAN = datetime.timedelta(days=30)


def add_peserta(upacara, email="tamu@contoh.test", **lain):
    personel = PersonelFactory(
        satker=upacara.tuan_rumah,
        kontak=email,
        guna_kontak="undangan" if email else None,
        kontak_sampai=timezone.localdate() + DEPAN if email else None,
        **lain,
    )
    return PesertaFactory(upacara=upacara, personel=personel)


def move(upacara, hari=1, **lain):
    """What the step of the plan does: another day, one SEQUENCE further."""
    Upacara.objects.filter(pk=upacara.pk).update(
        tanggal=upacara.tanggal + datetime.timedelta(days=hari),
        mulai_pada=upacara.mulai_pada + datetime.timedelta(days=hari),
        urutan=upacara.urutan + 1,
        **lain,
    )
    upacara.refresh_from_db()
    announce_perubahan(upacara.pk)


def read_acara(isi: bytes):
    kalender = icalendar.Calendar.from_ical(isi)
    return kalender, kalender.walk("VEVENT")


def test_an_invitation_carries_a_calendar_file_that_others_understand():
    upacara = UpacaraFactory(zona_waktu="WIT")
    peserta = add_peserta(upacara)

    assert alur.invite(upacara, by=None) == (1, 0)

    surat = write_surat(kiriman := Kiriman.objects.get())
    [lampiran] = surat.daftar_lampiran
    kalender, [acara] = read_acara(lampiran.isi)
    assert kiriman.alamat == "tamu@contoh.test"
    assert (kalender["METHOD"], lampiran.parameter["method"]) == ("REQUEST", "REQUEST")
    assert [str(satu["TZID"]) for satu in kalender.walk("VTIMEZONE")] == ["Asia/Jayapura"]
    assert acara.decoded("dtstart").astimezone(datetime.UTC) == upacara.mulai_pada
    assert acara["dtstart"].params["TZID"] == "Asia/Jayapura"
    assert (str(acara["uid"]), int(acara["sequence"])) == (upacara.uid, 0)
    assert {"DTSTAMP", "ORGANIZER", "ATTENDEE", "SUMMARY", "LOCATION"} <= set(acara)
    assert peserta.token in str(acara["url"])
    assert peserta.kode in surat.teks
    # RFC 5545, 3.1: lines end in CRLF and are at most 75 octets long.
    assert lampiran.isi.endswith(b"END:VCALENDAR\r\n")
    assert max(len(baris) for baris in lampiran.isi.split(b"\r\n")) <= 75


def test_everybody_with_an_address_is_invited_once():
    upacara = UpacaraFactory()
    add_peserta(upacara, "satu@contoh.test")
    add_peserta(upacara, "0812 3456 7890")
    add_peserta(upacara, None)
    operator = OperatorFactory(satker=upacara.tuan_rumah)
    add_peserta(upacara, None, pengguna=operator)
    saksi = SaksiFactory(upacara=upacara, email="saksi@contoh.test")
    PesertaFactory(upacara=upacara, saksi=saksi)

    assert alur.invite(upacara, by=None) == (3, 2)
    with pytest.raises(AlurError, match="2 orang belum diundang karena tidak punya"):
        alur.invite(upacara, by=None)

    alamat = set(Kiriman.objects.values_list("alamat", flat=True))
    assert alamat == {"satu@contoh.test", operator.email, "saksi@contoh.test"}
    assert Riwayat.objects.of(upacara.tuan_rumah).filter(kejadian="undangan dikirim").count() == 1


def test_two_people_with_one_mailbox_get_a_code_each():
    upacara = UpacaraFactory()
    orang = [add_peserta(upacara, "kantor@contoh.test") for _ in range(2)]

    alur.invite(upacara, by=None)

    teks = [write_surat(satu).teks for satu in Kiriman.objects.order_by("pk")]
    assert [satu.kode in isi for satu, isi in zip(orang, teks, strict=True)] == [True, True]


def test_a_contact_past_its_day_is_not_used():
    upacara = UpacaraFactory()
    peserta = add_peserta(upacara)
    peserta.personel.kontak_sampai = timezone.localdate() - datetime.timedelta(days=1)
    peserta.personel.save(update_fields=["kontak_sampai"])

    with pytest.raises(AlurError, match="tidak punya"):
        alur.invite(upacara, by=None)

    assert not Kiriman.objects.exists()


def test_a_plan_is_not_announced():
    upacara = UpacaraFactory(status="rencana")
    add_peserta(upacara)

    with pytest.raises(AlurError, match="sesudah upacara dijadwalkan"):
        alur.invite(upacara, by=None)

    assert not Kiriman.objects.exists()
    assert Peserta.objects.get().diundang_urutan is None


def test_a_moved_event_is_told_to_those_invited_and_only_once():
    upacara = UpacaraFactory()
    add_peserta(upacara)
    alur.invite(upacara, by=None)
    Kiriman.objects.update(status="terkirim", terkirim_pada=timezone.now())
    add_peserta(upacara, "baru@contoh.test")

    move(upacara)
    announce_perubahan(upacara.pk)

    baru = Kiriman.objects.get(status="antre")
    surat = write_surat(baru)
    _, [acara] = read_acara(surat.daftar_lampiran[0].isi)
    assert "BERUBAH" in surat.teks
    assert (str(acara["uid"]), int(acara["sequence"])) == (upacara.uid, 1)
    assert baru.alamat == "tamu@contoh.test"


def test_what_has_not_gone_out_when_the_event_moves_never_does():
    upacara = UpacaraFactory()
    add_peserta(upacara)
    alur.invite(upacara, by=None)

    move(upacara)

    lama, baru = Kiriman.objects.order_by("pk")
    assert (lama.status, baru.status) == ("ditarik", "antre")
    assert write_surat(lama) is None


def test_a_cancelled_event_leaves_the_calendars():
    upacara = UpacaraFactory()
    add_peserta(upacara)
    alur.invite(upacara, by=None)

    move(upacara, status="dibatalkan")

    surat = write_surat(Kiriman.objects.order_by("-pk")[0])
    kalender, [acara] = read_acara(surat.daftar_lampiran[0].isi)
    assert (kalender["METHOD"], acara["STATUS"]) == ("CANCEL", "CANCELLED")
    assert surat.perihal.startswith("[Integritas] Dibatalkan:")
    assert "Kode Anda" not in surat.teks


# --- calendars to subscribe to --------------------------------------------------------------------
def read_feed(client, langganan):
    respons = client.get(reverse("kalender_ics", args=[langganan.token]))
    return respons, read_acara(respons.content)[1] if respons.status_code == 200 else None


def test_a_feed_holds_what_its_owner_may_see_and_nothing_that_is_presumed(client):
    satker = SatkerFactory()
    lihat = UpacaraFactory(tuan_rumah=satker)
    undang = UpacaraFactory(nama="Di kantor lain")
    UpacaraFactory(nama="Bukan urusannya")
    UpacaraFactory(
        tuan_rumah=satker, status="tercatat", sumber="uji", tahun_dugaan=True, mulai_pada=None
    )
    batal = UpacaraFactory(tuan_rumah=satker, status="dibatalkan")
    operator = OperatorFactory(satker=satker)
    add_peserta(undang, None, pengguna=operator)

    respons, acara = read_feed(client, alur.ensure_langganan(pengguna=operator))

    assert {str(satu["uid"]) for satu in acara} == {lihat.uid, undang.uid, batal.uid}
    assert {str(satu["status"]) for satu in acara} == {"CONFIRMED", "CANCELLED"}
    assert respons["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_feed_of_a_kanwil_is_its_units_and_costs_the_same_at_any_length(
    client, django_assert_num_queries
):
    kanwil = KanwilFactory()
    satker = SatkerFactory(kanwil=kanwil)
    UpacaraFactory()
    langganan = alur.ensure_langganan(kanwil=kanwil)
    for jumlah in (1, 3):
        UpacaraFactory(tuan_rumah=satker, peserta=[satker])
        if jumlah == 3:
            UpacaraFactory(tuan_rumah=satker)

        with django_assert_num_queries(5):
            _, acara = read_feed(client, langganan)

        assert len(acara) == jumlah


def test_an_unchanged_feed_is_not_sent_again(client):
    langganan = alur.ensure_langganan(pengguna=OperatorFactory())
    respons, _ = read_feed(client, langganan)

    lagi = client.get(
        reverse("kalender_ics", args=[langganan.token]),
        headers={"If-None-Match": respons["ETag"]},
    )

    assert (lagi.status_code, lagi.content) == (304, b"")


def test_a_renewed_address_closes_the_old_one(client_for):
    operator = OperatorFactory()
    langganan = alur.ensure_langganan(pengguna=operator)
    client = client_for(operator)

    client.post(reverse("langganan_renew", args=[langganan.pk]))

    assert client.get(reverse("kalender_ics", args=[langganan.token])).status_code == 404
    langganan.refresh_from_db()
    assert client.get(reverse("kalender_ics", args=[langganan.token])).status_code == 200


def test_nobody_renews_what_is_not_theirs(client_for):
    kanwil = KanwilFactory()
    langganan = alur.ensure_langganan(kanwil=kanwil)

    respons = client_for(TimKanwilFactory()).post(reverse("langganan_renew", args=[langganan.pk]))

    assert respons.status_code == 404
    lama = langganan.token
    langganan.refresh_from_db()
    assert langganan.token == lama


def test_the_feed_of_a_suspended_person_is_gone(client):
    operator = OperatorFactory()
    langganan = alur.ensure_langganan(pengguna=operator)
    operator.is_active = False
    operator.save(update_fields=["is_active"])

    assert client.get(reverse("kalender_ics", args=[langganan.token])).status_code == 404


@pytest.mark.parametrize("jumlah", [1, 3])
def test_tamu_list_costs_the_same_at_any_length(client_for, django_assert_num_queries, jumlah):
    upacara = UpacaraFactory()
    for nomor in range(jumlah):
        add_peserta(upacara, f"tamu{nomor}@contoh.test")
    alur.invite(upacara, by=None)
    client = client_for(OperatorFactory(satker=upacara.tuan_rumah))

    with django_assert_num_queries(10):
        client.get(reverse("tamu_list", args=[upacara.kode]))


def test_slips_are_for_the_own_people_without_an_address_and_for_witnesses(client_for):
    upacara = UpacaraFactory()
    add_peserta(upacara, "ada@contoh.test")
    tanpa = add_peserta(upacara, None, nama="Tukang Kebun Uji")
    PesertaFactory(upacara=upacara, saksi=SaksiFactory(upacara=upacara, lembaga="Lembaga Uji"))
    lain = PesertaFactory(upacara=upacara, personel=PersonelFactory(nama="Orang Kantor Lain"))
    client = client_for(OperatorFactory(satker=upacara.tuan_rumah))

    respons = client.get(reverse("tamu_slip", args=[upacara.kode]))

    teks = "".join(satu.extract_text() for satu in PdfReader(io.BytesIO(respons.content)).pages)
    assert "Tukang Kebun Uji" in teks
    assert tanpa.kode in teks
    assert "Lembaga Uji" in teks
    assert lain.kode not in teks
    assert "Orang Kantor Lain" not in teks
