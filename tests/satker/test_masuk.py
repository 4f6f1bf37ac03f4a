"""Signing in and out: allauth in the house's words, and what the house adds."""

import datetime
import re

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse
from pytest_django.asserts import assertContains, assertRedirects

from integritas.settings import PASSWORD_HASHERS
from tests.factories import (
    SANDI,
    AdminFactory,
    OperatorFactory,
    PenggunaFactory,
    TpiFactory,
    UndanganFactory,
)

MASUK = {"password": SANDI}


@pytest.fixture(autouse=True)
def _no_limits_left_over(db):
    cache.clear()
    yield
    cache.clear()


def sign_in(client, pengguna, sandi=SANDI, **lain):
    return client.post(
        reverse("account_login"), {"login": pengguna.email, "password": sandi}, **lain
    )


def compute_kode(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_passwords_are_kept_with_argon2():
    assert PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


# --- password -------------------------------------------------------------------------------------
def test_a_person_signs_in_to_the_first_page_of_the_role(client):
    respons = sign_in(client, OperatorFactory())

    assertRedirects(respons, reverse("ringkasan"), fetch_redirect_response=False)


def test_a_person_without_assignment_sees_the_own_account(client):
    assertRedirects(sign_in(client, PenggunaFactory()), reverse("akun"))


def test_sign_in_leads_back_to_the_page_asked_for(client):
    pengguna = OperatorFactory()
    tujuan = client.get(reverse("akun")).url

    respons = client.post(tujuan, {"login": pengguna.email.upper(), "password": SANDI})

    assertRedirects(respons, reverse("akun"))


@pytest.mark.parametrize("tujuan", ["https://jahat.example/", "//jahat.example/"])
def test_sign_in_does_not_lead_away(client, tujuan):
    url = reverse("account_login") + f"?next={tujuan}"

    respons = client.post(url, {"login": OperatorFactory().email, "password": SANDI})

    assert respons.url == reverse("ringkasan")


def test_a_wrong_password_and_an_unknown_address_sound_the_same(client):
    pengguna = OperatorFactory()

    for email in (pengguna.email, "entah@uji.invalid"):
        respons = client.post(reverse("account_login"), {"login": email, "password": "salah"})
        assertContains(respons, "Alamat surel atau kata sandi salah.")

    assert "_auth_user_id" not in client.session


def test_a_suspended_account_is_told_so(client):
    pengguna = OperatorFactory(is_active=False)

    respons = sign_in(client, pengguna, follow=True)

    assertContains(respons, "Akun ini ditangguhkan")
    assert "_auth_user_id" not in client.session


def test_too_many_wrong_passwords_close_the_address_for_a_while(client):
    pengguna = OperatorFactory()
    for _ in range(5):
        sign_in(client, pengguna, "salah")

    respons = sign_in(client, pengguna)

    assertContains(respons, "Terlalu banyak percobaan gagal.")
    assert "_auth_user_id" not in client.session


def test_too_many_attempts_from_one_place_get_a_plain_page(client):
    for _ in range(30):
        client.post(reverse("account_login"), {"login": "x@uji.invalid", "password": "y"})

    respons = client.post(reverse("account_login"), {"login": "x@uji.invalid", "password": "y"})

    assertContains(respons, "Terlalu banyak percobaan", status_code=429)


def test_sign_out_asks_first_and_leaves_by_post(client_for):
    client = client_for(OperatorFactory())

    assertContains(client.get(reverse("account_logout")), "Keluar dari Integritas?")
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).url == reverse("beranda")
    assert "_auth_user_id" not in client.session


def test_changing_the_password_keeps_this_session_and_ends_the_others(client_for, client):
    pengguna = OperatorFactory()
    sini, sana = client_for(pengguna), client_for(pengguna)
    isian = {
        "oldpassword": SANDI,
        "password1": "sandi-baru-panjang",
        "password2": "sandi-baru-panjang",
    }

    salah = sini.post(reverse("account_change_password"), isian | {"oldpassword": "salah"})
    assertContains(salah, "Kata sandi sekarang salah.")
    assertRedirects(sini.post(reverse("account_change_password"), isian), reverse("akun"))

    assert sana.get(reverse("akun")).status_code == 302
    assert sign_in(client, pengguna, "sandi-baru-panjang").status_code == 302


# --- forgotten ------------------------------------------------------------------------------------
def test_a_forgotten_password_is_made_anew_by_mail(client):
    pengguna = OperatorFactory()

    respons = client.post(reverse("account_reset_password"), {"email": pengguna.email}, follow=True)

    assertContains(respons, "Periksa surel Anda")
    (surat,) = mail.outbox
    assert surat.subject == "[Integritas] Kata sandi baru"
    tautan = re.search(r"http\S+", surat.body)[0]
    formulir = client.get(tautan, follow=True)
    assertContains(formulir, "Kata sandi baru")
    baru = {"password1": "sandi-baru-panjang", "password2": "sandi-baru-panjang"}
    assertContains(
        client.post(formulir.request["PATH_INFO"], baru, follow=True), "Kata sandi sudah diganti"
    )
    assert sign_in(client, pengguna, "sandi-baru-panjang").status_code == 302
    client.logout()
    assertContains(client.get(tautan, follow=True), "Tautan ini tidak berlaku lagi")


@pytest.mark.parametrize("siapa", ["asing", "diundang", "ditangguhkan"])
def test_no_mail_for_strangers_the_uninvited_and_the_suspended(client, siapa):
    email = {
        "asing": lambda: "entah@uji.invalid",
        "diundang": lambda: UndanganFactory().pengguna.email,
        "ditangguhkan": lambda: PenggunaFactory(is_active=False).email,
    }[siapa]()

    respons = client.post(reverse("account_reset_password"), {"email": email}, follow=True)

    assertContains(respons, "Periksa surel Anda")
    assert mail.outbox == []


def test_a_silent_mail_server_tells_nothing_about_accounts(client, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    respons = client.post(
        reverse("account_reset_password"), {"email": OperatorFactory().email}, follow=True
    )

    assertContains(respons, "Periksa surel Anda")
    assert "tidak terkirim" in caplog.text


# --- pages that are not there ---------------------------------------------------------------------
@pytest.mark.parametrize(
    "nama", ["account_signup", "account_email", "account_email_verification_sent", "mfa_trust"]
)
def test_pages_of_allauth_that_are_not_used_are_not_there(nama):
    with pytest.raises(NoReverseMatch):
        reverse(nama)


@pytest.mark.parametrize("jalur", ["signup/", "daftar/", "email/", "confirm-email/", "3rdparty/"])
def test_nobody_signs_up(client, jalur):
    assert client.get(f"/akun/{jalur}").status_code == 404


# --- idle -----------------------------------------------------------------------------------------
def test_a_screen_left_alone_is_signed_out(client_for, settings):
    settings.SESI_DIAM_MENIT = 30
    awal = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
    with time_machine.travel(awal) as jam:
        client = client_for(OperatorFactory())
        assert client.get(reverse("akun")).status_code == 200
        jam.shift(29 * 60)
        assert client.get(reverse("akun")).status_code == 200
        jam.shift(29 * 60)
        assert client.get(reverse("akun")).status_code == 200

        jam.shift(31 * 60)
        respons = client.get(reverse("akun"), follow=True)

    assertContains(respons, "Anda dikeluarkan karena tidak ada kegiatan selama 30 menit")


# --- second factor --------------------------------------------------------------------------------
@pytest.fixture
def wajib(settings):
    settings.MFA_WAJIB_PERAN = ["admin", "tpi"]


@pytest.mark.parametrize("pabrik", [AdminFactory, TpiFactory])
def test_a_role_that_needs_a_second_factor_sets_it_up_before_anything_else(
    client_for, wajib, pabrik
):
    client = client_for(pabrik())

    for nama in ("akun", "beranda", "ringkasan", "satker_list"):
        assertRedirects(
            client.get(reverse(nama)),
            reverse("mfa_activate_totp"),
            fetch_redirect_response=False,
        )
    assert client.get("/sehat/").status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_other_roles_go_on_and_pay_no_query(client_for, wajib, django_assert_num_queries, settings):
    client = client_for(OperatorFactory())
    client.get(reverse("akun"))

    with django_assert_num_queries(5):
        assert client.get(reverse("akun")).status_code == 200
    settings.MFA_WAJIB_PERAN = []
    with django_assert_num_queries(5):
        client.get(reverse("akun"))


def test_invented_accounts_on_one_computer_are_free_of_it(client_for, wajib, settings):
    client = client_for(AdminFactory(contoh=True))

    assert client.get(reverse("akun")).status_code == 200
    settings.MODE = "server"
    assert client.get(reverse("akun")).status_code == 302


def test_setting_up_signing_in_and_recovery_codes(client, wajib):
    pengguna = AdminFactory()
    sign_in(client, pengguna)

    halaman = client.get(reverse("akun"), follow=True)
    assertContains(halaman, "Pasang faktor kedua")
    assertContains(halaman, "data:image/svg+xml")
    kode = compute_kode(halaman.context["form"].secret)
    salah = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assertContains(salah, "Kode salah.")
    selesai = client.post(reverse("mfa_activate_totp"), {"code": kode}, follow=True)
    assertContains(selesai, "Kode cadangan")
    assertContains(selesai, "Tersisa 10 dari 10")
    assert client.get(reverse("akun")).status_code == 200

    client.post(reverse("account_logout"))
    assertRedirects(sign_in(client, pengguna), reverse("mfa_authenticate"))
    assert client.get(reverse("akun")).status_code == 302
    cadangan = RecoveryCodes(
        Authenticator.objects.get(user=pengguna, type="recovery_codes")
    ).get_unused_codes()[0]
    client.post(reverse("mfa_authenticate"), {"code": cadangan})
    assert client.get(reverse("akun")).status_code == 200


@pytest.fixture
def dengan_totp():
    def make(pengguna):
        TOTP.activate(pengguna, generate_totp_secret())
        RecoveryCodes.activate(pengguna)
        return pengguna

    return make


def test_a_wrong_code_does_not_let_in(client, dengan_totp):
    pengguna = dengan_totp(OperatorFactory())
    sign_in(client, pengguna)

    respons = client.post(reverse("mfa_authenticate"), {"code": "123123"})

    assertContains(respons, "Kode salah.")
    assert client.get(reverse("akun")).status_code == 302


def test_a_role_that_needs_it_cannot_take_it_off(client, wajib, dengan_totp):
    pengguna = dengan_totp(AdminFactory())
    client.force_login(pengguna)
    client.post(reverse("account_reauthenticate"), {"password": SANDI})

    for respons in (
        client.get(reverse("mfa_deactivate_totp")),
        client.post(reverse("mfa_deactivate_totp")),
    ):
        assertContains(respons, "mewajibkan faktor kedua")

    assert get_adapter().is_mfa_enabled(pengguna)


def test_others_take_it_off_after_their_password(client_for, dengan_totp):
    pengguna = dengan_totp(OperatorFactory())
    client = client_for(pengguna)

    tanya = client.get(reverse("mfa_deactivate_totp"), follow=True)
    assertContains(tanya, "Pastikan ini Anda")
    client.post(reverse("account_reauthenticate"), {"password": SANDI})
    assertContains(client.get(reverse("mfa_deactivate_totp")), "Lepas faktor kedua?")
    client.post(reverse("mfa_deactivate_totp"))

    assert not get_adapter().is_mfa_enabled(pengguna)


def test_new_recovery_codes_replace_the_old(client_for, dengan_totp):
    pengguna = dengan_totp(OperatorFactory())
    client = client_for(pengguna)
    client.post(reverse("account_reauthenticate"), {"password": SANDI})
    lama = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]

    assertContains(client.get(reverse("mfa_generate_recovery_codes")), "10 kode lama")
    client.post(reverse("mfa_generate_recovery_codes"))

    baru = client.get(reverse("mfa_download_recovery_codes")).text
    assert not any(kode in baru for kode in lama)


def test_a_removed_second_factor_leads_to_a_new_set_up(client_for, wajib, dengan_totp):
    pengguna = dengan_totp(TpiFactory())
    client = client_for(pengguna)
    assert client.get(reverse("akun")).status_code == 200

    Authenticator.objects.filter(user=pengguna).delete()

    assertRedirects(
        client.get(reverse("akun")), reverse("mfa_activate_totp"), fetch_redirect_response=False
    )
