"""The people pages: who sees whom, what a form refuses, what takes effect at once."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from integritas.celery import app as celery_app
from satker.models import Pengguna, Penugasan, Peran, Riwayat, Undangan
from tests.factories import (
    SANDI,
    AdminFactory,
    InstansiFactory,
    KanwilFactory,
    KepalaFactory,
    OperatorFactory,
    PenggunaFactory,
    PenugasanFactory,
    SatkerFactory,
    TimKanwilFactory,
    TpiFactory,
    UndanganFactory,
)

HTMX = {"HX-Request": "true"}


@pytest.fixture
def kanwil(db):
    return KanwilFactory()


@pytest.fixture
def tim(kanwil):
    return TimKanwilFactory(kanwil=kanwil)


@pytest.fixture
def admin(db):
    return AdminFactory()


@pytest.fixture
def eager():
    """Queued work happens at once."""
    celery_app.conf.task_always_eager = True
    yield
    celery_app.conf.task_always_eager = False


def build_isian(unit, **lain) -> dict:
    return {
        "nama": "Budi Uji",
        "email": "budi@uji.invalid",
        "peran": "operator",
        "satker": unit.kode,
        "jenis": "definitif",
        "berlaku_dari": timezone.localdate().isoformat(),
        "cara": "surel",
    } | lain


# --- list -----------------------------------------------------------------------------------------
def test_tim_kanwil_sees_operators_and_heads_of_its_units_only(client_for, kanwil, tim):
    satker = SatkerFactory(kanwil=kanwil)
    milik = [OperatorFactory(satker=satker), KepalaFactory(satker=satker)]
    OperatorFactory()
    TpiFactory(satker=satker)

    page = client_for(tim).get(reverse("orang_list")).context["page"]

    assert list(page) == sorted(milik, key=lambda satu: (satu.nama.lower(), satu.pk))


def test_a_person_moves_with_the_unit_to_the_new_kanwil(client_for, kanwil, tim):
    baru = KanwilFactory()
    satker = SatkerFactory(kanwil=kanwil, pindah_ke=baru, pindah_pada=datetime.date(2024, 10, 21))
    pengguna = OperatorFactory(satker=satker)
    url = reverse("orang_detail", args=[pengguna.pk])

    assert client_for(tim).get(url).status_code == 404
    assert client_for(TimKanwilFactory(kanwil=baru)).get(url).status_code == 200


def test_search_and_filters_narrow_the_list(client_for, admin):
    satker = SatkerFactory(nama="Lapas Kelas I Palembang")
    operator = OperatorFactory(nama="Ani", email="ani@uji.invalid", satker=satker)
    kepala = KepalaFactory(nama="Budi")
    diundang = OperatorFactory(nama="Cici", diundang=True)
    tutup = OperatorFactory(nama="Dedi", is_active=False)
    client = client_for(admin)

    def ask(**saringan):
        return list(client.get(reverse("orang_list"), saringan).context["page"])

    assert ask(q="ani") == [operator]
    assert ask(q="lapas klas 1 palembang") == [operator]
    assert ask(peran="kepala_satker") == [kepala]
    assert ask(keadaan="diundang") == [diundang]
    assert ask(keadaan="ditangguhkan") == [tutup]
    assert ask(q="zzz") == []


def test_the_fragment_is_the_same_in_the_page(client_for, admin):
    OperatorFactory()
    client = client_for(admin)

    bagian = client.get(reverse("orang_list"), headers=HTMX)
    page = client.get(reverse("orang_list"))

    assert bagian.text.strip() in page.text
    assert "<html" not in bagian.text


@pytest.mark.parametrize("jumlah", [1, 10])
def test_orang_list_costs_the_same_at_any_length(db, client_for, django_assert_num_queries, jumlah):
    OperatorFactory.create_batch(jumlah)
    client = client_for(AdminFactory())
    client.get(reverse("akun"))  # the first request also stamps the session

    # Session, user, assignments; count, people, their assignments, names of units.
    with django_assert_num_queries(8):
        client.get(reverse("orang_list"))


def test_orang_unduh_has_a_row_per_assignment(client_for, admin):
    OperatorFactory(nama="=Ani", satker__nama="Lapas Uji")

    isi = b"".join(client_for(admin).get(reverse("orang_unduh", args=["csv"]))).decode()

    assert "'=Ani,orang" in isi
    assert "Operator satker,Lapas Uji,Definitif,2020-01-01" in isi


# --- inviting -------------------------------------------------------------------------------------
def test_an_invitation_goes_out_by_mail_and_lets_in(
    client_for, client, tim, kanwil, eager, django_capture_on_commit_callbacks
):
    satker = SatkerFactory(kanwil=kanwil)

    with django_capture_on_commit_callbacks(execute=True):
        respons = client_for(tim).post(reverse("orang_invite"), build_isian(satker))

    pengguna = Pengguna.objects.get(email="budi@uji.invalid")
    assertRedirects(respons, reverse("orang_detail", args=[pengguna.pk]))
    (surat,) = mail.outbox
    jalur = "/undangan/" + surat.body.split("/undangan/")[1].split()[0]
    assertContains(client.get(jalur), "budi@uji.invalid")
    respons = client.post(jalur, {"sandi": SANDI, "ulangi": SANDI})
    assertRedirects(respons, reverse("akun"))
    assert client.get(reverse("akun")).context["user"] == pengguna


def test_a_printed_invitation_is_shown_once_with_a_qr(client_for, client, tim, kanwil):
    isian = build_isian(SatkerFactory(kanwil=kanwil), cara="cetak")

    respons = client_for(tim).post(reverse("orang_invite"), isian)

    assert respons.headers["Cache-Control"].startswith("max-age=0")
    assertContains(respons, "data:image/svg+xml")
    assertContains(client.get(respons.context["tautan"]), "Budi Uji")
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("lain", "kolom"),
    [
        ({"nama": ""}, "nama"),
        ({"email": "bukan"}, "email"),
        ({"peran": "admin"}, "peran"),
        ({"peran": "tim_kanwil", "kanwil": "w1-kanwil"}, "peran"),
        ({"satker": "entah di mana"}, "satker"),
        ({"satker": ""}, "satker"),
        ({"daftar_area": ["A.9"]}, "daftar_area"),
        ({"berlaku_dari": "kemarin"}, "berlaku_dari"),
        ({"berlaku_sampai": "2001-01-01"}, "__all__"),
        ({"cara": "merpati"}, "cara"),
    ],
)
def test_orang_invite_refuses_and_keeps_what_was_typed(client_for, tim, kanwil, lain, kolom):
    isian = build_isian(SatkerFactory(kanwil=kanwil)) | lain

    respons = client_for(tim).post(reverse("orang_invite"), isian)

    assert respons.status_code == 422
    assert list(respons.context["form"].errors) == [kolom]
    assert Pengguna.objects.get() == tim
    assert not Undangan.objects.exists()
    assert not Riwayat.objects.exists()


def test_a_tampered_form_gives_nothing_outside_the_kanwil(client_for, tim):
    luar = SatkerFactory(nama="Lapas Luar")

    for satker in (luar.kode, f"Lapas Luar ({luar.kode})", "Lapas Luar"):
        respons = client_for(tim).post(reverse("orang_invite"), build_isian(luar, satker=satker))
        assert respons.status_code == 422

    assert Penugasan.objects.count() == 1


def test_an_address_in_use_is_refused_with_a_sentence(client_for, tim, kanwil):
    PenggunaFactory(email="budi@uji.invalid")

    respons = client_for(tim).post(
        reverse("orang_invite"), build_isian(SatkerFactory(kanwil=kanwil))
    )

    assertContains(respons, "sudah dipakai", status_code=422)


def test_a_unit_is_found_by_a_name_that_only_one_has(client_for, tim, kanwil):
    satker = SatkerFactory(kanwil=kanwil, nama="Lapas Kelas I Palembang")
    SatkerFactory(kanwil=kanwil, nama="Lapas Kelas IIB Muara Enim")
    isian = build_isian(satker, satker="lapas klas 1 palembang")

    client_for(tim).post(reverse("orang_invite"), isian)

    assert Penugasan.objects.get(pengguna__email="budi@uji.invalid").satker == satker


def test_an_ambiguous_name_names_the_candidates(client_for, tim, kanwil):
    daftar = [SatkerFactory(kanwil=kanwil, nama=f"Lapas Kelas I {kota}") for kota in ("A", "B")]

    respons = client_for(tim).post(reverse("orang_invite"), build_isian(daftar[0], satker="lapas"))

    assertContains(respons, "Lapas Kelas I A dan Lapas Kelas I B", status_code=422)


def test_options_while_typing_come_from_the_own_units(client_for, tim, kanwil):
    satker = SatkerFactory(kanwil=kanwil, nama="Lapas Dalam")
    SatkerFactory(nama="Lapas Luar")

    respons = client_for(tim).get(reverse("orang_satker"), {"satker": "lapas"})

    assertContains(respons, f"Lapas Dalam ({satker.kode})")
    assertNotContains(respons, "Luar")


def test_admin_gives_roles_on_every_kind_of_node(client_for, admin):
    kanwil, instansi = KanwilFactory(), InstansiFactory(kode="ditjenpas")
    pengguna = PenggunaFactory()
    client, url = client_for(admin), reverse("penugasan_create", args=[pengguna.pk])
    dasar = {"jenis": "plt", "berlaku_dari": "2026-01-02", "dasar": "SP-1"}

    client.post(url, dasar | {"peran": "tim_kanwil", "kanwil": kanwil.satker.kode})
    client.post(url, dasar | {"peran": "eselon1", "instansi": "ditjenpas"})
    respons = client.post(url, dasar | {"peran": "pemantau", "kanwil": kanwil.satker.kode})

    assert respons.status_code == 422
    daftar = pengguna.penugasan_set.order_by("pk")
    assert [satu.lingkup for satu in daftar] == [kanwil, instansi]
    assert {(satu.jenis, satu.dasar) for satu in daftar} == {("plt", "SP-1")}


# --- effect at once -------------------------------------------------------------------------------
def test_an_ended_assignment_closes_an_open_session(client_for, kanwil, tim, admin):
    terbuka = client_for(tim)
    assert terbuka.get(reverse("orang_list")).status_code == 200

    client_for(admin).post(
        reverse("penugasan_end", args=[tim.penugasan_set.get().pk]), {"alasan": "mutasi"}
    )

    assert terbuka.get(reverse("orang_list")).status_code == 403
    assert terbuka.get(reverse("akun")).status_code == 200


def test_suspending_closes_an_open_session(client_for, kanwil, tim):
    operator = OperatorFactory(satker=SatkerFactory(kanwil=kanwil))
    terbuka = client_for(operator)
    assert terbuka.get(reverse("akun")).status_code == 200

    client_for(tim).post(reverse("orang_suspend", args=[operator.pk]), {"alasan": "cuti"})

    assert terbuka.get(reverse("akun")).status_code == 302
    client_for(tim).post(reverse("orang_reactivate", args=[operator.pk]))
    operator.refresh_from_db()
    assert operator.is_active


def test_suspending_without_a_reason_says_so(client_for, tim, kanwil):
    operator = OperatorFactory(satker=SatkerFactory(kanwil=kanwil))

    respons = client_for(tim).post(reverse("orang_suspend", args=[operator.pk]), {"alasan": ""})

    assert respons.status_code == 422
    operator.refresh_from_db()
    assert operator.is_active


def test_only_an_admin_removes_a_second_factor(client_for, tim, kanwil, admin):
    operator = OperatorFactory(satker=SatkerFactory(kanwil=kanwil))
    Authenticator.objects.create(user=operator, type="totp", data={})
    url = reverse("orang_reset_faktor", args=[operator.pk])

    assert client_for(tim).post(url).status_code == 403
    assert Authenticator.objects.count() == 1
    client_for(admin).post(url)
    assert not Authenticator.objects.exists()


def test_the_detail_hides_assignments_elsewhere_and_offers_no_account_steps(
    client_for, tim, kanwil
):
    operator = OperatorFactory(satker=SatkerFactory(kanwil=kanwil, nama="Lapas Dalam"))
    PenugasanFactory(pengguna=operator, peran=Peran.TPI, satker=SatkerFactory(nama="Lapas Rahasia"))

    respons = client_for(tim).get(reverse("orang_detail", args=[operator.pk]))

    assertContains(respons, "1 penugasan di luar wilayah Anda")
    assertNotContains(respons, "Lapas Rahasia")
    assertNotContains(respons, "Tangguhkan akun")


def test_ending_the_own_last_admin_assignment_is_refused_on_the_page(client_for, admin):
    tugas = admin.penugasan_set.get()

    respons = client_for(admin).post(reverse("penugasan_end", args=[tugas.pk]), {"alasan": ""})

    assertContains(respons, "admin terakhir", status_code=422)
    tugas.refresh_from_db()
    assert tugas.berlaku_sampai is None


# --- links ----------------------------------------------------------------------------------------
def test_sending_again_closes_the_older_link(client_for, client, tim, kanwil):
    undangan = UndanganFactory()
    PenugasanFactory(pengguna=undangan.pengguna, satker=SatkerFactory(kanwil=kanwil))

    client_for(tim).post(reverse("undangan_send", args=[undangan.pengguna.pk]))

    respons = client.get(reverse("undangan_accept", args=[undangan.token]))
    assertContains(respons, "lebih baru", status_code=410)
    assert Undangan.objects.count() == 2


def test_a_printed_link_of_a_person_who_came_in_is_refused(client_for, tim, kanwil):
    operator = OperatorFactory(satker=SatkerFactory(kanwil=kanwil))

    respons = client_for(tim).post(reverse("undangan_print", args=[operator.pk]), follow=True)

    assertContains(respons, "sudah membuat kata sandi")
    assert not Undangan.objects.exists()


@pytest.mark.parametrize(
    ("keadaan", "kalimat"),
    [
        ({"dipakai_pada": timezone.now()}, "sudah dipakai"),
        ({"dicabut_pada": timezone.now()}, "tidak berlaku lagi"),
        ({"berlaku_sampai": timezone.now() - datetime.timedelta(1)}, "sudah lewat waktu"),
    ],
)
def test_a_closed_link_says_why_and_whom_to_ask(client, db, keadaan, kalimat):
    undangan = UndanganFactory(dibuat_oleh=PenggunaFactory(nama="Sari Pengundang"), **keadaan)
    url = reverse("undangan_accept", args=[undangan.token])

    for respons in (client.get(url), client.post(url, {"sandi": SANDI, "ulangi": SANDI})):
        assertContains(respons, kalimat, status_code=410)
        assertContains(respons, "Sari Pengundang", status_code=410)

    undangan.pengguna.refresh_from_db()
    assert not undangan.pengguna.has_usable_password()


def test_an_unknown_link_is_not_there(client, db):
    assert client.get(reverse("undangan_accept", args=["karangan"])).status_code == 404


@pytest.mark.parametrize(
    ("isian", "kolom"),
    [
        ({"sandi": "pendek", "ulangi": "pendek"}, "sandi"),
        ({"sandi": "1234567890123", "ulangi": "1234567890123"}, "sandi"),
        ({"sandi": SANDI, "ulangi": "lain"}, "ulangi"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused(client, db, isian, kolom):
    undangan = UndanganFactory()

    respons = client.post(reverse("undangan_accept", args=[undangan.token]), isian)

    assert respons.status_code == 422
    assert list(respons.context["form"].errors) == [kolom]
    undangan.refresh_from_db()
    assert undangan.is_open


def test_taking_up_an_invitation_signs_out_whoever_was_there(client_for, db):
    undangan, lain = UndanganFactory(), OperatorFactory()
    PenugasanFactory(pengguna=undangan.pengguna, satker=SatkerFactory())
    client = client_for(lain)
    url = reverse("undangan_accept", args=[undangan.token])

    assertContains(client.get(url), lain.nama)
    client.post(url, {"sandi": SANDI, "ulangi": SANDI})

    assert client.get(reverse("akun")).context["user"] == undangan.pengguna
