"""People come, go and are erased: what is refused changes nothing, what is told names nobody."""

import datetime

import pytest
from django.utils import timezone

from integritas.alur import AlurError
from satker.alur import personel as alur
from satker.models import (
    CakupanPakta,
    Halangan,
    PaktaIntegritas,
    Personel,
    Riwayat,
    TandaTangan,
)
from satker.models.personel import NAMA_DIHAPUS
from satker.periksa import find_rusak
from satker.personel import discard_kontak
from tests.factories import NaskahFactory, PenggunaFactory, PersonelFactory, SatkerFactory
from tests.factories.personel import HalanganFactory, sign_pakta

pytestmark = pytest.mark.django_db
HARI = datetime.timedelta(days=1)
ISI = {"nama": "Siti Rahayu", "jenis": "asn", "jabatan": "Pengelola Data"}
KONTAK = {"kontak": "siti@contoh.invalid", "guna_kontak": "mengirim tautan"}


@pytest.fixture
def satker():
    return SatkerFactory()


def list_rahasia(satker):
    """Everything the history says of a unit, as one text."""
    return " ".join(Riwayat.objects.of(satker).values_list("teks", flat=True))


def test_a_person_is_added_counted_and_told_of_by_number_only(satker):
    orang = alur.add(
        satker,
        by=None,
        **ISI,
        nomor="1990 0101",
        **KONTAK,
        kontak_sampai=timezone.localdate() + HARI,
    )

    assert (orang.nomor, orang.kunci) == ("19900101", "siti rahayu|pengelola data")
    assert CakupanPakta.objects.get().jumlah_personel == 1
    assert orang.objek in list_rahasia(satker)
    for rahasia in ("Siti", "19900101", "siti@contoh"):
        assert rahasia not in list_rahasia(satker)


@pytest.mark.parametrize(
    ("lain", "sebab"),
    [
        ({"nomor": "111-1", "nama": "Orang Lain"}, "Nomor pegawai ini sudah tercatat pada Siti R"),
        ({"nama": "SITI  rahayu.", "jabatan": "pengelola data"}, "Nama dan jabatan ini sudah"),
        ({"nama": " "}, "Nama wajib diisi"),
        ({"jenis": "hantu"}, "Jenis personel tidak dikenal"),
        ({"nomor": "2", "kontak": "a@b.id"}, "Guna kontak wajib diisi"),
        ({"nomor": "2", "berlaku_dari": datetime.date(2099, 1, 1)}, "terlalu jauh"),
    ],
)
def test_a_refused_person_changes_nothing(satker, lain, sebab):
    alur.add(satker, by=None, **ISI, nomor="1111")
    sebelum = Riwayat.objects.count()

    with pytest.raises(AlurError, match=sebab):
        alur.add(satker, by=None, **ISI | lain)

    assert Personel.objects.count() == 1
    assert Riwayat.objects.count() == sebelum


def test_the_same_name_and_position_with_other_numbers_are_two_people(satker):
    alur.add(satker, by=None, **ISI, nomor="1")
    alur.add(satker, by=None, **ISI, nomor="2")

    assert Personel.objects.count() == 2
    # And another unit has its own people.
    alur.add(SatkerFactory(), by=None, **ISI, nomor="1")


def test_who_comes_back_later_is_no_double_but_a_reopened_time_would_be(satker):
    hari_ini = timezone.localdate()
    lama = alur.add(satker, by=None, **ISI, nomor="1", berlaku_sampai=hari_ini)
    alur.add(satker, by=None, **ISI, nomor="1", berlaku_dari=hari_ini)

    with pytest.raises(AlurError, match="sudah tercatat pada"):
        alur.reopen(lama, by=None)

    lama.refresh_from_db()
    assert lama.berlaku_sampai == hari_ini


def test_an_end_takes_a_person_off_the_count_and_a_reopening_back(satker):
    orang = alur.add(satker, by=None, **ISI)

    alur.end(orang, timezone.localdate(), by=None)

    assert CakupanPakta.objects.get().jumlah_personel == 0
    with pytest.raises(AlurError, match="sudah tidak di roster"):
        alur.end(orang, timezone.localdate(), by=None)
    alur.reopen(orang, by=None)
    assert CakupanPakta.objects.get().jumlah_personel == 1


def test_a_change_tells_which_columns_and_a_repeated_one_nothing(satker):
    orang = alur.add(satker, by=None, **ISI)

    alur.change(orang, by=None, **ISI | {"nama": "Siti R.", "nomor": "7"})
    alur.change(orang, by=None, **ISI | {"nama": "Siti R.", "nomor": "7"})

    baris = Riwayat.objects.of(satker)
    assert baris.count() == 2
    assert baris.first().isi["sesudah"] == {"kolom": ["nama", "nomor"]}


def test_one_account_is_one_person_of_a_unit(satker):
    akun = PenggunaFactory()
    alur.add(satker, by=None, **ISI, pengguna=akun)

    with pytest.raises(AlurError, match="Akun ini sudah terhubung"):
        alur.add(satker, by=None, **ISI | {"nama": "Orang Lain"}, pengguna=akun)

    assert Personel.objects.count() == 1


def test_erasure_leaves_the_figures_and_nothing_of_the_person(satker):
    kemarin = timezone.localdate() - HARI
    orang = PersonelFactory(
        satker=satker, nomor="19900101", pengguna=PenggunaFactory(), berlaku_dari=kemarin
    )
    nama, token = orang.nama, orang.token
    HalanganFactory(personel=orang, keterangan="rawat inap")
    naskah = NaskahFactory(satker=satker, beku=True)
    sign_pakta(naskah, orang, cara="layar", goresan="M1 1L90 90", tanggal=kemarin)

    orang = alur.erase(orang, by=None)

    tanda = TandaTangan.objects.get()
    assert (orang.nama, orang.jabatan, orang.nomor, orang.kunci) == (NAMA_DIHAPUS, "ASN", None, "")
    assert orang.token != token
    assert orang.pengguna is None
    assert orang.berlaku_sampai == timezone.localdate()
    assert (tanda.nama, tanda.jabatan, tanda.goresan) == (NAMA_DIHAPUS, "ASN", "")
    assert tanda.sidik_naskah == naskah.sidik
    assert PaktaIntegritas.objects.get().personel == orang
    assert not Halangan.objects.exists()
    assert nama not in list_rahasia(satker)
    assert list(find_rusak()) == []
    with pytest.raises(AlurError, match="sudah dihapus"):
        alur.change(orang, by=None, nama=nama)
    # The name is free again.
    alur.add(satker, by=None, **ISI | {"nama": nama, "nomor": "19900101"})


def test_a_renewed_link_kills_the_old_one(satker, client):
    orang = PersonelFactory(satker=satker)
    lama = orang.token

    orang = alur.renew_token(orang, by=None)

    assert client.get(f"/p/{lama}/").status_code == 404
    assert client.get(f"/p/{orang.token}/").status_code == 200
    assert orang.token not in list_rahasia(satker)


def test_absences_of_a_kind_do_not_overlap_and_end_early(satker):
    orang, hari_ini = PersonelFactory(satker=satker), timezone.localdate()
    cuti = {"jenis": "cuti", "dari": hari_ini, "sampai": hari_ini + 5 * HARI, "by": None}
    halangan = alur.record_halangan(orang, **cuti)

    for lain, sebab in (({}, "Cuti sudah tercatat"), ({"sampai": hari_ini - HARI}, "mendahului")):
        with pytest.raises(AlurError, match=sebab):
            alur.record_halangan(orang, **cuti | lain)
    with pytest.raises(AlurError, match="catat halangan baru"):
        alur.end_halangan(halangan, hari_ini + 9 * HARI, by=None)
    assert Halangan.objects.get().sampai == hari_ini + 5 * HARI

    assert alur.end_halangan(halangan, hari_ini, by=None).sampai == hari_ini
    assert alur.end_halangan(halangan, hari_ini - HARI, by=None) is None
    assert not Halangan.objects.exists()
    assert "cuti" not in list_rahasia(satker)


def test_contacts_go_on_their_day(satker):
    hari_ini = timezone.localdate()
    lewat = PersonelFactory(satker=satker, **KONTAK, kontak_sampai=hari_ini)
    masih = PersonelFactory(satker=satker, **KONTAK, kontak_sampai=hari_ini + HARI)

    assert (discard_kontak(), discard_kontak()) == (1, 0)

    lewat.refresh_from_db()
    masih.refresh_from_db()
    assert (lewat.kontak, lewat.guna_kontak, lewat.kontak_sampai) == (None, None, None)
    assert masih.kontak == KONTAK["kontak"]
    assert Riwayat.objects.of(satker).get().isi["sesudah"] == {"personel": [lewat.pk]}


def test_a_contact_past_its_day_keeps_nobody_from_being_changed(satker):
    orang = PersonelFactory(satker=satker, **KONTAK, kontak_sampai=timezone.localdate())

    assert alur.change(orang, by=None, jabatan="Bendahara").jabatan == "Bendahara"
