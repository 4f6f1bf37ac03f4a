"""Who must not learn what of whom: names, reasons, addresses, and what erasure leaves."""

import datetime

import icalendar
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from satker.alur import naskah_upacara, peserta, pintu, undangan
from satker.alur import personel as alur
from satker.models import Halangan, Kiriman, Naskah, Peran, Peserta, TandaTangan
from satker.personel import PEMBACA, discard_kontak
from satker.undangan import write_surat
from tests.factories import (
    AdminFactory,
    KanwilFactory,
    NaskahFactory,
    OperatorFactory,
    PersonelFactory,
    PesertaFactory,
    PutaranFactory,
    SatkerFactory,
    UpacaraFactory,
)
from tests.factories import akun as pabrik_akun

pytestmark = pytest.mark.django_db
HARI = datetime.timedelta(days=1)
SUREL = "orang.rahasia@contoh.test"


@pytest.fixture
def upacara():
    """Open today, of one unit and a guest."""
    satker = SatkerFactory()
    return UpacaraFactory(
        tuan_rumah=satker,
        peserta=[satker, SatkerFactory()],
        status="berlangsung",
        tanggal=timezone.localdate(),
        dibuka_pada=timezone.now() - HARI,
    )


def invite(upacara, **lain):
    kontak = {"kontak": SUREL, "guna_kontak": "uji", "kontak_sampai": timezone.localdate() + HARI}
    satker = lain.pop("satker", upacara.tuan_rumah)
    orang = PersonelFactory(satker=satker, nama="Orang Rahasia", **kontak, **lain)
    satu = PesertaFactory(upacara=upacara, personel=orang)
    undangan.invite(upacara, by=None)
    return orang, satu


def dump() -> str:
    """Everything that the database holds, as one text."""
    hasil = []
    with connection.cursor() as kursor:
        for tabel in connection.introspection.table_names():
            kursor.execute(f'SELECT * FROM "{tabel}"')
            hasil.append(repr(kursor.fetchall()))
    return "".join(hasil)


def test_of_an_erased_person_nothing_is_left_in_any_table(upacara):
    orang, satu = invite(upacara, jabatan="Jabatan Rahasia", nomor="19901231")
    naskah = NaskahFactory(upacara=upacara, untuk=Naskah.Untuk.SEMUA, beku=True)
    naskah_upacara.sign_sendiri(satu, naskah, persetujuan=True, goresan="M7 7L177 177")
    pintu.fill(upacara, {satu.pk}, by=None)
    pintu.undo(satu, "Bukan Orang Rahasia", by=None)
    Kiriman.objects.update(galat=f"550 {SUREL} unknown", status="gagal")
    rahasia = ["Orang Rahasia", "Jabatan Rahasia", "19901231", SUREL, "M7 7", satu.token]
    assert [kata for kata in rahasia if kata not in dump()] == []

    alur.erase(orang, by=None)

    assert [kata for kata in rahasia if kata in dump()] == []


def test_a_message_that_waits_for_an_erased_person_does_not_go_out(upacara):
    orang, _ = invite(upacara)
    kiriman = Kiriman.objects.get()

    alur.erase(orang, by=None)

    assert Kiriman.objects.get().status == "ditarik"
    assert write_surat(kiriman) is None
    assert list(undangan.list_peserta(upacara)) == []


@pytest.mark.parametrize("cara", ["hari", "ganti"])
def test_a_contact_that_goes_leaves_what_was_sent_to_it(upacara, cara):
    orang, _ = invite(upacara)
    Kiriman.objects.update(status="terkirim", terkirim_pada=timezone.now())

    if cara == "hari":
        discard_kontak(timezone.localdate() + HARI)
    else:
        alur.change(orang, by=None, kontak=None, guna_kontak=None, kontak_sampai=None)

    kiriman = Kiriman.objects.get()
    assert (kiriman.alamat, kiriman.status) == (undangan.ALAMAT_DIHAPUS, "terkirim")
    assert SUREL not in dump()


def test_who_is_taken_off_the_list_is_told_so(upacara):
    _, satu = invite(upacara)
    Kiriman.objects.update(status="terkirim", terkirim_pada=timezone.now())

    peserta.remove(satu, by=None)

    surat = write_surat(Kiriman.objects.get(status="antre"))
    kalender = icalendar.Calendar.from_ical(surat.daftar_lampiran[0].isi)
    acara = kalender.walk("VEVENT")[0]
    assert (kalender["METHOD"], acara["STATUS"], acara["UID"]) == (
        "CANCEL",
        "CANCELLED",
        upacara.uid,
    )
    assert "tidak lagi dalam daftar peserta" in surat.teks
    assert satu.token not in surat.teks + acara.to_ical().decode()


def test_who_was_never_reached_hears_nothing_of_being_taken_off(upacara):
    _, satu = invite(upacara)

    peserta.remove(satu, by=None)

    assert [kiriman.status for kiriman in Kiriman.objects.all()] == ["ditarik"]


@pytest.mark.parametrize("peran", sorted(set(Peran) - set(PEMBACA)))
def test_who_reads_no_roster_reads_no_list_of_people(client_for, upacara, peran):
    PesertaFactory(upacara=upacara)
    pabrik = {
        Peran.ESELON1: pabrik_akun.Eselon1Factory,
        Peran.PIMPINAN: pabrik_akun.PimpinanFactory,
        Peran.PEMANTAU: pabrik_akun.PemantauFactory,
    }[Peran(peran)]
    client = client_for(pabrik())
    url = reverse("peserta_list", args=[upacara.kode])

    halaman = client.get(reverse("upacara_detail", args=[upacara.kode]))

    assert client.get(url).status_code == 403
    assert url not in halaman.text


def test_the_host_learns_that_a_guest_is_away_and_not_why(client_for, upacara):
    tamu = upacara.pesertasatker_set.exclude(satker=upacara.tuan_rumah).get().satker
    naskah = NaskahFactory(upacara=upacara, untuk=Naskah.Untuk.SEMUA, beku=True)
    for satker, jenis in ((upacara.tuan_rumah, "cuti"), (tamu, "sakit")):
        orang = PersonelFactory(satker=satker)
        PesertaFactory(upacara=upacara, personel=orang)
        Halangan.objects.create(
            personel=orang, jenis=jenis, dari=upacara.tanggal, sampai=upacara.tanggal
        )
    client = client_for(OperatorFactory(satker=upacara.tuan_rumah))

    for url in (
        reverse("upacara_naskah_detail", args=[upacara.kode, naskah.pk]),
        reverse("penutupan_detail", args=[upacara.kode]),
    ):
        halaman = client.get(url)
        isi = halaman.text.lower()
        assert "cuti" in isi
        assert "berhalangan" in isi
        assert "sakit" not in isi
        assert "no-store" in halaman["Cache-Control"]


def test_an_administrators_door_and_calendar_hold_nothing_invented(client_for, client):
    rekaan = SatkerFactory(contoh=True, kanwil=KanwilFactory(contoh=True))
    UpacaraFactory(nama="Upacara nyata")
    UpacaraFactory(tuan_rumah=rekaan, nama="Upacara rekaan")
    admin = AdminFactory()
    token = undangan.ensure_langganan(pengguna=admin).token

    pintu_list = client_for(admin).get(reverse("pintu_list")).text
    diminta = client_for(admin).get(reverse("pintu_list"), {"contoh": "1"}).text
    kalender = client.get(reverse("kalender_ics", args=[token])).text

    assert ("nyata</a>" in pintu_list, "rekaan" in pintu_list) == (True, False)
    assert ("Upacara nyata" in diminta, "Upacara rekaan" in diminta) == (False, True)
    assert ("Upacara nyata" in kalender, "Upacara rekaan" in kalender) == (True, False)


def test_a_signature_bears_the_day_of_the_place(time_machine):
    # Ten past midnight on the 5th in the east, still the 4th here.
    time_machine.move_to(datetime.datetime(2026, 2, 4, 15, 10, tzinfo=datetime.UTC), tick=False)
    upacara = UpacaraFactory(
        zona_waktu="WIT",
        tanggal=datetime.date(2026, 2, 5),
        status="berlangsung",
        putaran=PutaranFactory(),
    )
    naskah = NaskahFactory(upacara=upacara, untuk=Naskah.Untuk.SEMUA, beku=True)

    naskah_upacara.sign_sendiri(PesertaFactory(upacara=upacara), naskah, persetujuan=True)

    assert TandaTangan.objects.get().tanggal == datetime.date(2026, 2, 5)
    assert Peserta.objects.get().hadir_pada is None
