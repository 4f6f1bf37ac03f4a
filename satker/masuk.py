"""How people come in: only invited accounts; the second factor as the role demands."""

import logging
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.urls import reverse

from satker import access

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Alamat surel atau kata sandi salah.",  # nosec B105
        "enter_current_password": "Kata sandi sekarang salah.",  # nosec B105
        "incorrect_password": "Kata sandi salah.",  # nosec B105
        "incorrect_code": "Kode salah. Pakai kode yang sedang tampil di aplikasi autentikator.",
        "invalid_password_reset": "Tautan ini tidak berlaku.",  # nosec B105
        "too_many_login_attempts": (
            "Terlalu banyak percobaan gagal. Tunggu lima menit, lalu coba lagi."
        ),
        "rate_limited": "Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.",
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """A mail server that does not answer is a matter for the log: the page must not tell
        whether there is such an account, and it says whom to ask when nothing arrives."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("Surel %s tidak terkirim", template_prefix)

    def get_login_redirect_url(self, request):
        """Somebody without an assignment today sees the own account, not a refusal."""
        if not access.list_peran(request.user):
            return reverse("akun")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request):
        return reverse("akun")

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever signed in just now has shown the password already."""
        catatan = get_authentication_records(context.request, context.request.user)
        if not catatan:
            return super().is_reauthentication_required(app=app, **kwargs)
        return time.time() - catatan[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Peran Anda mewajibkan faktor kedua.",
        "cannot_generate_recovery_codes": "Pasang faktor kedua dulu.",
        "incorrect_code": "Kode salah. Pakai kode yang sedang tampil di aplikasi autentikator.",
    }

    def can_delete_authenticator(self, authenticator):
        return not access.needs_second_factor(authenticator.user)
