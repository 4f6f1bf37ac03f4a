"""Whose working rows a person sees, and what the menu offers."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from satker import penugasan_kini
from satker.access import can_manage, list_peran, list_peran_diberikan
from satker.models import Pengguna, Penugasan, Peran, SatuanKerja
from tests.factories import (
    AdminFactory,
    Eselon1Factory,
    InstansiFactory,
    KanwilFactory,
    KepalaFactory,
    OperatorFactory,
    PemantauFactory,
    PenggunaFactory,
    PenilaianFactory,
    PenugasanFactory,
    SatkerFactory,
    TimKanwilFactory,
    TpiFactory,
)

HARI = datetime.timedelta(days=1)


def list_tampak(user) -> set:
    return set(SatuanKerja.objects.visible_to(user))


# --- rows -----------------------------------------------------------------------------------------
def test_a_kanwil_sees_its_units_and_itself(db):
    kanwil = KanwilFactory()
    satker = SatkerFactory(kanwil=kanwil)
    SatkerFactory()

    assert list_tampak(TimKanwilFactory(kanwil=kanwil)) == {satker, kanwil.satker}


def test_a_moved_unit_is_seen_by_its_new_kanwil_only_and_still_by_its_own_people(db):
    lama, baru = KanwilFactory(), KanwilFactory()
    satker = SatkerFactory(kanwil=lama, pindah_ke=baru, pindah_pada=datetime.date(2024, 10, 21))

    assert satker not in list_tampak(TimKanwilFactory(kanwil=lama))
    assert satker in list_tampak(TimKanwilFactory(kanwil=baru))
    assert list_tampak(OperatorFactory(satker=satker)) == {satker}


def test_an_eselon1_sees_its_types_under_every_kanwil(db):
    ditjen = InstansiFactory(kode="ditjenpas", induk=InstansiFactory(kode="kemenkumham"))
    milik = {SatkerFactory(pembina=ditjen), SatkerFactory(pembina=ditjen)}
    SatkerFactory()

    assert list_tampak(Eselon1Factory(instansi=ditjen)) == milik


def test_a_ministry_sees_everything_below_it(db):
    satker = SatkerFactory()
    lain = SatkerFactory(kanwil=KanwilFactory(instansi=InstansiFactory(kode="lain")))

    tampak = list_tampak(TpiFactory())

    assert satker in tampak
    assert lain not in tampak


@pytest.mark.parametrize(
    ("dari", "sampai", "tampak"),
    [(-9, None, True), (0, None, True), (1, None, False), (-9, 1, True), (-9, 0, False)],
)
def test_only_the_assignment_of_today_counts(db, dari, sampai, tampak):
    hari_ini, satker = timezone.localdate(), SatkerFactory()
    pengguna = OperatorFactory(
        satker=satker,
        berlaku_dari=hari_ini + dari * HARI,
        berlaku_sampai=None if sampai is None else hari_ini + sampai * HARI,
    )

    assert list_tampak(pengguna) == ({satker} if tampak else set())
    assert bool(list_peran(pengguna)) == tampak


def test_a_suspended_person_sees_nothing(db):
    assert list_tampak(OperatorFactory(is_active=False)) == set()


def test_a_person_without_assignment_sees_nothing(db):
    SatkerFactory()

    assert list_tampak(PenggunaFactory()) == set()


def test_several_assignments_add_up(db):
    satu, dua = SatkerFactory(), SatkerFactory()
    pengguna = OperatorFactory(satker=satu)
    PenugasanFactory(pengguna=pengguna, peran=Peran.KEPALA_SATKER, satker=dua)

    assert list_tampak(pengguna) == {satu, dua}


def test_a_role_elsewhere_does_not_open_a_step_here(client_for, db):
    """Team of one Kanwil, operator under another: sees both, changes offices in the one only."""
    tim = TimKanwilFactory()
    dalam, luar = SatkerFactory(kanwil=tim.penugasan_set.get().kanwil), SatkerFactory()
    PenugasanFactory(pengguna=tim, peran=Peran.OPERATOR, satker=luar)
    client = client_for(tim)

    assert client.get(reverse("riwayat_list", args=[luar.kode])).status_code == 200
    assert client.get(reverse("satker_change", args=[dalam.kode])).status_code == 200
    assert client.get(reverse("satker_change", args=[luar.kode])).status_code == 404
    assert client.get(reverse("predikat_propose", args=[luar.kode])).status_code == 404


def test_visible_rows_are_one_query_whatever_the_scope(db, django_assert_num_queries):
    pengguna = TimKanwilFactory()
    PenugasanFactory(
        pengguna=pengguna, peran=Peran.TPI, instansi=InstansiFactory(kode="kemenkumham")
    )
    SatkerFactory.create_batch(5)
    segar = Pengguna.objects.get(pk=pengguna.pk)

    with django_assert_num_queries(2):
        list_tampak(segar)
    with django_assert_num_queries(1):
        list_tampak(segar)


# --- people ---------------------------------------------------------------------------------------
def test_who_may_give_which_roles(db):
    assert list_peran_diberikan(AdminFactory()) == list(Peran)
    assert list_peran_diberikan(TimKanwilFactory()) == [Peran.OPERATOR, Peran.KEPALA_SATKER]
    assert list_peran_diberikan(KepalaFactory()) == []


def test_an_admin_sees_all_people_and_a_kepala_none(db):
    admin, kepala = AdminFactory(), KepalaFactory()

    assert set(Pengguna.objects.visible_to(admin)) == {admin, kepala}
    assert not Pengguna.objects.visible_to(kepala).exists()


def test_a_kanwil_still_sees_whose_assignment_ended_but_not_a_stranger(db):
    kanwil = KanwilFactory()
    tim = TimKanwilFactory(kanwil=kanwil)
    lalu = OperatorFactory(satker=SatkerFactory(kanwil=kanwil), berlaku_sampai=timezone.localdate())
    OperatorFactory()

    assert list(Pengguna.objects.visible_to(tim)) == [lalu]
    assert can_manage(tim, lalu)
    assert not can_manage(tim, tim)


def test_a_pemantau_of_a_kanwil_manages_nobody(db):
    kanwil = KanwilFactory()
    OperatorFactory(satker=SatkerFactory(kanwil=kanwil))

    assert not Pengguna.objects.visible_to(PemantauFactory(kanwil=kanwil)).exists()


# --- menu -----------------------------------------------------------------------------------------
def list_menu(respons) -> list[str]:
    return [butir.nama for butir in respons.context["navigasi"]()]


def test_the_public_menu_costs_no_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        menu = list_menu(client.get(reverse("account_login")))

    assert menu == ["Beranda", "Kantor", "Kementerian", "Deklarasi", "Klaim angka", "Panduan"]


@pytest.mark.parametrize(
    ("pabrik", "ada", "tidak_ada"),
    [
        (OperatorFactory, set(), {"Pemantauan", "Usulan", "Orang", "Kelola"}),
        (TimKanwilFactory, {"Pemantauan", "Usulan", "Orang"}, {"Surel"}),
        (TpiFactory, {"Pemantauan", "Usulan"}, {"Orang", "Surel"}),
        (Eselon1Factory, {"Pemantauan"}, {"Usulan", "Orang", "Surel"}),
        (AdminFactory, {"Pemantauan", "Usulan", "Kelola"}, {"Orang", "Surel"}),
    ],
)
def test_the_menu_follows_the_role_and_every_entry_opens(client_for, db, pabrik, ada, tidak_ada):
    KanwilFactory(kode="16-kanwil")
    client = client_for(pabrik())

    navigasi = client.get(reverse("akun")).context["navigasi"]()

    menu = {butir.nama for butir in navigasi}
    assert {"Ringkasan", "Satuan kerja", "Kementerian"} | ada <= menu
    assert not menu & tidak_ada
    for butir in navigasi:
        assert client.get(butir.url, follow=True).status_code == 200


def test_the_menu_marks_where_one_is(client_for, db):
    admin = AdminFactory()
    respons = client_for(admin).get(reverse("orang_detail", args=[admin.pk]))

    assert [b.nama for b in respons.context["navigasi"]() if b.aktif] == ["Kelola"]


def test_what_an_administrator_keeps_is_one_page_from_the_menu(client_for, db, settings):
    client = client_for(AdminFactory())

    halaman = client.get(reverse("kelola"))

    alamat = [alamat for _, isi in halaman.context["daftar"] for _, alamat, _ in isi]
    assert {reverse("orang_list"), reverse("surel_list"), reverse("sehat_rinci")} <= set(alamat)
    for satu in alamat:
        respons = client.get(satu)
        assert respons.status_code == 200
        assert [b.nama for b in respons.context["navigasi"]() if b.aktif] == ["Kelola"]
    settings.MODE = "server"
    assert reverse("surel_list") not in client.get(reverse("kelola")).text


def test_a_page_below_an_entry_belongs_to_its_room(client_for, db):
    penilaian = PenilaianFactory()
    kepala = KepalaFactory(satker=penilaian.satker)

    respons = client_for(kepala).get(reverse("upaya_edit", args=[penilaian.pk]))

    assert [b.nama for b in respons.context["navigasi"]() if b.aktif] == ["LKE"]


def test_a_person_without_assignment_has_no_menu_but_an_account(client_for, db):
    respons = client_for(PenggunaFactory()).get(reverse("akun"))

    assert list_menu(respons) == []
    assert respons.status_code == 200


def test_the_statement_of_every_page_gives_what_the_queryset_gives(db):
    hari = timezone.localdate()
    kanwil = KanwilFactory(data_per=datetime.date(2022, 1, 19))
    orang = TimKanwilFactory(kanwil=kanwil)
    PenugasanFactory(pengguna=orang, satker=SatkerFactory(contoh=True), daftar_area=["A.1"])
    PenugasanFactory(pengguna=orang, satker=SatkerFactory(), berlaku_sampai=hari)
    besok = hari + datetime.timedelta(days=1)
    PenugasanFactory(pengguna=orang, satker=SatkerFactory(), berlaku_dari=besok)
    PenugasanFactory(pengguna=orang, peran="pimpinan", instansi=InstansiFactory())

    hasil = penugasan_kini.read(orang.pk, hari)

    seharusnya = list(
        Penugasan.objects.at(hari)
        .filter(pengguna=orang)
        .select_related("instansi", "kanwil__satker", "satker")
        .order_by("berlaku_dari", "pk")
    )
    kolom = [satu.attname for satu in Penugasan._meta.concrete_fields]

    def flatten(satu):
        simpul = [satu.instansi, satu.kanwil, satu.kanwil and satu.kanwil.satker, satu.satker]
        return [getattr(satu, nama) for nama in kolom] + [
            node and {k: v for k, v in vars(node).items() if k != "_state"} for node in simpul
        ]

    assert len(hasil) == 3
    assert [flatten(satu) for satu in hasil] == [flatten(satu) for satu in seharusnya]
    assert not any(satu.berfaktor for satu in hasil)
