"""Content policy with a nonce, and sign-out of a screen left alone."""

import secrets
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.utils.functional import SimpleLazyObject

NONCE = "<CSP_NONCE_SENTINEL>"
TERAKHIR = "terakhir_aktif"
# The stamp is written at most this often, so that reading a page stays free of writes.
JEDA_CATAT = 60


def csp(get_response):
    """Send the policy of `settings.SECURE_CSP`, or of the response's own `_csp_config`; Django 6.0
    brings its own, with the same names."""

    def middleware(request):
        request.csp_nonce = SimpleLazyObject(lambda: secrets.token_urlsafe(16))
        response = get_response(request)
        if "Content-Security-Policy" not in response:
            response["Content-Security-Policy"] = _build(
                getattr(response, "_csp_config", settings.SECURE_CSP), request.csp_nonce
            )
        return response

    return middleware


def _build(kebijakan, nonce) -> str:
    bagian = []
    for arahan, nilai in kebijakan.items():
        teks = " ".join(f"'nonce-{nonce}'" if satu == NONCE else satu for satu in nilai)
        bagian.append(f"{arahan} {teks}")
    return "; ".join(bagian)


def idle_sign_out(get_response):
    """End the session of somebody who has not asked for anything for `SESI_DIAM_MENIT`."""

    def middleware(request):
        if request.user.is_authenticated:
            kini = int(time.time())
            terakhir = request.session.get(TERAKHIR)
            if terakhir is not None and kini - terakhir > settings.SESI_DIAM_MENIT * 60:
                logout(request)
                messages.info(
                    request,
                    f"Anda dikeluarkan karena tidak ada kegiatan selama {settings.SESI_DIAM_MENIT} "
                    "menit. Silakan masuk lagi.",
                )
            elif terakhir is None or kini - terakhir > JEDA_CATAT:
                request.session[TERAKHIR] = kini
        return get_response(request)

    return middleware
