"""The own account."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from satker.access import list_penugasan, needs_second_factor, signed_in
from satker.sebutan import fill_lingkup


@require_safe
@signed_in
def akun(request):
    """Who I am here, in which roles, and how I sign in."""
    konteks = {
        "daftar_tugas": fill_lingkup(list_penugasan(request.user)),
        "punya_faktor_kedua": get_adapter().is_mfa_enabled(request.user, [Authenticator.Type.TOTP]),
        "wajib_faktor_kedua": needs_second_factor(request.user),
    }
    return render(request, "satker/akun.html", konteks)
