"""An invitation on paper, and the page where it is taken up."""

import segno
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from integritas.alur import AlurError
from integritas.formulir import read_post
from satker import penugasan as alur
from satker.access import public
from satker.forms.orang import SandiForm
from satker.models import Undangan


def render_undangan(request, undangan, token):
    """A sheet to print with the link and its QR code: shown this once, nothing keeps the link."""
    tautan = settings.INTEGRITAS_ALAMAT + reverse("undangan_accept", args=[token])
    konteks = {
        "undangan": undangan,
        "tautan": tautan,
        "qr": segno.make(tautan, error="m").svg_data_uri(scale=4, border=2, light="white"),
    }
    return render(request, "satker/orang_undangan.html", konteks)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("sandi", "ulangi")
@never_cache
@public
def undangan_accept(request, token):
    """Set the first password and sign in. A closed link says why and whom to ask."""
    undangan = (
        Undangan.objects.filter(sidik=Undangan.hash_token(token))
        .select_related("pengguna", "dibuat_oleh")
        .first()
    )
    if undangan is None:
        raise Http404("Tautan undangan ini tidak dikenal.")
    if not undangan.is_open:
        return _render_closed(request, undangan)
    form = SandiForm(read_post(request), pengguna=undangan.pengguna)
    if request.method == "POST" and form.is_valid():
        try:
            pengguna = alur.accept_undangan(token, form.cleaned_data["sandi"])
        except AlurError:
            undangan.refresh_from_db()
            return _render_closed(request, undangan)
        login(request, pengguna)
        record_authentication(request, pengguna, method="password")
        return redirect("akun")
    konteks = {"form": form, "undangan": undangan}
    status = 422 if form.errors else 200
    return render(request, "satker/undangan_terima.html", konteks, status=status)


def _render_closed(request, undangan):
    return render(request, "satker/undangan_tertutup.html", {"undangan": undangan}, status=410)
