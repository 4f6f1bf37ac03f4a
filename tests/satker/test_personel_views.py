"""Who sees a staff number and a contact: every role, on pages, in files and through the search."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from satker.models import Personel
from tests.factories import (
    AdminFactory,
    Eselon1Factory,
    KepalaFactory,
    NaskahFactory,
    OperatorFactory,
    PemantauFactory,
    PersonelFactory,
    PimpinanFactory,
    SatkerFactory,
    TimKanwilFactory,
    TpiFactory,
)
from tests.factories.personel import HalanganFactory, sign_pakta

pytestmark = pytest.mark.django_db
NOMOR, KONTAK = "199001012020121001", "siti@contoh.invalid"
HARI = datetime.timedelta(days=1)


@pytest.fixture
def orang():
    return PersonelFactory(
        nama="Siti Rahayu",
        nomor=NOMOR,
        kontak=KONTAK,
        guna_kontak="mengirim tautan",
        kontak_sampai=timezone.localdate() + HARI,
    )


def make_pembaca(peran, satker):
    """An account of each kind that may read this unit's roster, or not at all."""
    kanwil = satker.kedudukansatker_set.get().kanwil
    return {
        "operator": lambda: OperatorFactory(satker=satker),
        "kepala": lambda: KepalaFactory(satker=satker),
        "kanwil": lambda: TimKanwilFactory(kanwil=kanwil),
        "tpi": lambda: TpiFactory(satker=satker),
        "admin": AdminFactory,
        "eselon1": Eselon1Factory,
        "pimpinan": PimpinanFactory,
        "pemantau": lambda: PemantauFactory(kanwil=kanwil),
    }[peran]()


def read_all(client, orang):
    """Everything these pages and files say of one person; None where the door is closed."""
    kode = orang.satker.kode
    halaman = [
        client.get(reverse("personel_satker", args=[kode])),
        client.get(reverse("personel_detail", args=[orang.pk])),
        client.get(reverse("pakta_satker", args=[kode])),
        client.get(reverse("personel_unduh", args=[kode, "csv"])),
        client.get(reverse("pakta_unduh", args=[kode, "csv"])),
    ]
    if {satu.status_code for satu in halaman} == {403}:
        return None
    assert {satu.status_code for satu in halaman} == {200}
    teks = [satu.getvalue().decode() if satu.streaming else satu.text for satu in halaman]
    lembar = client.get(reverse("personel_unduh", args=[kode, "xlsx"])).getvalue()
    baris = openpyxl.load_workbook(io.BytesIO(lembar)).active.values
    return " ".join([*teks, *(str(sel) for satu in baris for sel in satu)])


@pytest.mark.parametrize("peran", ["operator", "kepala"])
def test_the_units_own_people_see_number_and_contact(client_for, orang, peran):
    teks = read_all(client_for(make_pembaca(peran, orang.satker)), orang)

    assert teks.count(NOMOR) == 4
    assert KONTAK in teks


@pytest.mark.parametrize("peran", ["kanwil", "tpi", "admin"])
def test_other_readers_see_neither(client_for, orang, peran):
    client = client_for(make_pembaca(peran, orang.satker))
    teks = read_all(client, orang)

    assert NOMOR not in teks
    assert teks.count("••••1001") == 4
    assert KONTAK not in teks
    assert "mengirim tautan" not in teks
    assert orang.token not in teks
    # Nor do they find anybody by it.
    cari = client.get(reverse("personel_satker", args=[orang.satker.kode]), {"q": "19900101"})
    assert "Siti" not in cari.text
    assert "Siti" in client.get(cari.request["PATH_INFO"], {"q": "rahayu siti"}).text


@pytest.mark.parametrize("peran", ["eselon1", "pimpinan", "pemantau"])
def test_who_needs_counts_only_gets_no_names(client_for, orang, peran):
    client = client_for(make_pembaca(peran, orang.satker))

    assert read_all(client, orang) is None
    assert "Siti" not in client.get(reverse("personel_list")).text


def test_an_operator_of_another_unit_who_is_also_the_kanwils_sees_the_mask(client_for, orang):
    tim = make_pembaca("kanwil", orang.satker)
    tim.penugasan_set.create(peran="operator", satker=SatkerFactory(), berlaku_dari="2020-01-01")

    assert NOMOR not in read_all(client_for(tim), orang)


def test_a_person_sees_the_own_number(client_for, orang):
    tim = make_pembaca("kanwil", orang.satker)
    Personel.objects.filter(pk=orang.pk).update(pengguna=tim)
    client = client_for(tim)

    assert NOMOR in client.get(reverse("personel_detail", args=[orang.pk])).text
    assert NOMOR in client.get(reverse("pakta_saya")).text


def test_the_units_people_find_by_number(client_for, orang):
    client = client_for(OperatorFactory(satker=orang.satker))
    PersonelFactory(satker=orang.satker, nama="Orang Lain")

    halaman = client.get(reverse("personel_satker", args=[orang.satker.kode]), {"q": "1990 0101"})

    assert "Siti" in halaman.text
    assert "Orang Lain" not in halaman.text


def test_the_roster_of_a_day_and_its_filters(client_for):
    satker, hari_ini = SatkerFactory(), timezone.localdate()
    PersonelFactory(satker=satker, nama="Tetap", jenis="parkir")
    PersonelFactory(satker=satker, nama="Pergi", berlaku_sampai=hari_ini)
    PersonelFactory(satker=satker, nama="Nanti", berlaku_dari=hari_ini + HARI)
    HalanganFactory(personel=PersonelFactory(satker=satker, nama="Libur"))
    client = client_for(OperatorFactory(satker=satker))

    def lihat(**saringan):
        page = client.get(reverse("personel_satker", args=[satker.kode]), saringan)
        return {satu.nama for satu in page.context["page"]}

    assert lihat() == {"Tetap", "Libur"}
    assert lihat(pada=(hari_ini - HARI).isoformat()) == {"Tetap", "Libur", "Pergi"}
    assert lihat(keadaan="berhalangan") == {"Libur"}
    assert lihat(keadaan="berakhir") == {"Pergi"}
    assert lihat(keadaan="akan") == {"Nanti"}
    assert lihat(jenis="parkir") == {"Tetap"}
    salah = client.get(reverse("personel_satker", args=[satker.kode]), {"pada": "kemarin"})
    assert "tidak dikenal" in salah.text


@pytest.mark.parametrize("jumlah", [1, 3])
@pytest.mark.parametrize(
    ("nama", "isi", "harap"),
    [
        ("personel_satker", {}, 7),
        ("pakta_satker", {}, 9),
        ("pakta_satker", {"lihat": "sudah"}, 10),
    ],
)
def test_the_lists_cost_the_same_at_any_length(
    client_for, django_assert_num_queries, jumlah, nama, isi, harap
):
    satker = SatkerFactory()
    for satu in PersonelFactory.create_batch(jumlah, satker=satker):
        HalanganFactory(personel=satu)
        if isi:
            sign_pakta(NaskahFactory(satker=satker, beku=True), satu)
    client = client_for(OperatorFactory(satker=satker))
    # The first answer also stamps the session.
    client.get(reverse("akun"))

    with django_assert_num_queries(harap):
        client.get(reverse(nama, args=[satker.kode]), isi)


def test_a_person_is_added_on_the_page_and_a_double_is_refused_with_the_input_kept(client_for):
    satker = SatkerFactory()
    client = client_for(OperatorFactory(satker=satker))
    alamat = reverse("personel_create", args=[satker.kode])
    isi = {"nama": "Siti Rahayu", "jenis": "asn", "jabatan": "Pengelola data", "lagi": "ya"}

    assert client.post(alamat, isi).url == alamat
    ganda = client.post(alamat, isi | {"jabatan": "pengelola DATA"})
    kurang = client.post(alamat, isi | {"nomor": "7", "kontak": "a@b.id"})

    assert (ganda.status_code, kurang.status_code) == (422, 422)
    assert "Nama dan jabatan ini sudah tercatat" in ganda.text
    assert 'value="pengelola DATA"' in ganda.text
    assert set(kurang.context["form"].errors) == {"guna_kontak", "kontak_sampai"}
    assert Personel.objects.count() == 1


def test_accounts_offered_for_linking_work_for_the_unit(client_for):
    satker = SatkerFactory()
    operator = OperatorFactory(satker=satker)
    OperatorFactory()

    halaman = client_for(operator).get(reverse("personel_create", args=[satker.kode]))

    assert list(halaman.context["form"].fields["pengguna"].queryset) == [operator]
