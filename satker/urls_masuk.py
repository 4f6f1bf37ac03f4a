"""Sign-in: of allauth's pages only those that this house has; the names are allauth's."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as kode
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.generic import RedirectView

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("ditangguhkan/", account.account_inactive, name="account_inactive"),
    path("konfirmasi/", account.reauthenticate, name="account_reauthenticate"),
    path("sandi/ganti/", account.password_change, name="account_change_password"),
    path("sandi/lupa/", account.password_reset, name="account_reset_password"),
    path("sandi/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "sandi/baru/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("faktor-kedua/", RedirectView.as_view(pattern_name="akun"), name="mfa_index"),
    path("faktor-kedua/masuk/", mfa.authenticate, name="mfa_authenticate"),
    path("faktor-kedua/konfirmasi/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("faktor-kedua/pasang/", totp.activate_totp, name="mfa_activate_totp"),
    path("faktor-kedua/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("faktor-kedua/kode/", kode.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "faktor-kedua/kode/baru/", kode.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "faktor-kedua/kode/unduh/", kode.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
]
