"""How the installation is, for its administrators and for what watches it."""

import hmac

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from satker.access import public, role_required
from satker.models import Kiriman, Pengingat, Peran
from satker.pengingat.keadaan import Keadaan, read_keadaan

BATAS_GALAT = 20


@require_safe
@never_cache
@role_required(Peran.ADMIN)
def sehat_rinci(request):
    """As a page, or as JSON (`?bentuk=json`); 200 either way, `baik` says how it is."""
    keadaan = read_keadaan()
    if request.GET.get("bentuk") == "json":
        return JsonResponse(keadaan.to_json())
    galat = Kiriman.objects.exclude(galat="").filter(
        status__in=[Kiriman.Status.ANTRE, Kiriman.Status.GAGAL]
    )
    isi = {
        "keadaan": keadaan,
        "daftar_jumlah": _list_jumlah(keadaan),
        "daftar_galat": galat.select_related("pengguna").order_by("-kirim_pada", "-pk")[
            :BATAS_GALAT
        ],
        "batas": BATAS_GALAT,
    }
    return render(request, "satker/sehat_rinci.html", isi)


def _list_jumlah(keadaan: Keadaan) -> list[tuple[str, int | None, int | None]]:
    """Messages and reminders by the name of their state; None where there is no such state."""
    pesan = {nama: keadaan.kiriman[nilai] for nilai, nama in Kiriman.Status.choices}
    pengingat = {nama: keadaan.pengingat[nilai] for nilai, nama in Pengingat.Status.choices}
    return [(nama, pesan.get(nama), pengingat.get(nama)) for nama in pesan | pengingat]


@require_safe
@never_cache
@public
def metrik(request):
    """For Prometheus, with the token of the settings; without one this page is not there."""
    if not settings.METRIK_TOKEN:
        raise Http404("Metrik tidak dinyalakan.")
    diberi = request.headers.get("Authorization", "")
    if not hmac.compare_digest(
        diberi.encode("utf-8", "replace"), f"Bearer {settings.METRIK_TOKEN}".encode()
    ):
        return HttpResponse(
            "token salah\n",
            status=401,
            content_type="text/plain",
            headers={"WWW-Authenticate": "Bearer"},
        )
    # Two megabytes of every worker, where nobody asks for metrics.
    from satker.pengingat.metrik import CONTENT_TYPE_LATEST, write_metrik

    return HttpResponse(write_metrik(), content_type=CONTENT_TYPE_LATEST)
