"""Calendars to subscribe to, and who has been invited to an event."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from integritas.alur import AlurError
from satker import access
from satker import langganan as isi
from satker.access import public, role_required, signed_in
from satker.alur import undangan as alur
from satker.ics import build_langganan
from satker.models import KedudukanSatker, Kiriman, Langganan, Peran, Upacara

PANITIA = (Peran.OPERATOR, Peran.KEPALA_SATKER, Peran.TIM_KANWIL, Peran.ADMIN)


@require_safe
@public
def kalender_ics(request, token):
    """The feed itself. The address is the secret; an unknown one tells nothing."""
    langganan = get_object_or_404(
        Langganan.objects.select_related("pengguna", "kanwil__satker"), token=token
    )
    if langganan.pengguna_id and not langganan.pengguna.is_active:
        raise Http404("Kalender ini tidak ada.")
    nama = "Upacara Integritas"
    if langganan.kanwil_id:
        nama = f"Upacara {_say_kanwil(langganan.kanwil)}"
    badan = build_langganan(nama, isi.list_entri(isi.filter_milik(langganan)))
    etag = quote_etag(hashlib.sha256(badan).hexdigest()[:32])
    respons = HttpResponse(badan, content_type="text/calendar; charset=utf-8")
    respons["Content-Disposition"] = 'inline; filename="upacara.ics"'
    respons["Cache-Control"] = "private, no-cache"
    respons["Referrer-Policy"] = "no-referrer"
    respons["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=respons)


def _say_kanwil(kanwil) -> str:
    posisi = KedudukanSatker.objects.filter(satker=kanwil.satker_id, berlaku_sampai__isnull=True)
    return posisi.values_list("nama", flat=True).first() or kanwil.satker.kode


@require_safe
@never_cache
@signed_in
def langganan_list(request):
    """The addresses of one's own calendar and of the Kanwil one works for."""
    daftar = [("Kalender Anda", alur.ensure_langganan(pengguna=request.user))]
    for kanwil in _list_kanwil(request.user):
        daftar.append((_say_kanwil(kanwil), alur.ensure_langganan(kanwil=kanwil)))
    return render(
        request,
        "satker/langganan_list.html",
        {
            "daftar_langganan": [
                {
                    "judul": judul,
                    "langganan": satu,
                    "https": (alamat := isi.build_alamat("kalender_ics", satu.token)),
                    "webcal": "webcal://" + alamat.split("://", 1)[1],
                }
                for judul, satu in daftar
            ],
            "aman": settings.INTEGRITAS_ALAMAT.startswith("https://"),
        },
    )


def _list_kanwil(user):
    return [
        penugasan.kanwil
        for penugasan in access.list_penugasan(user)
        if penugasan.peran == Peran.TIM_KANWIL
    ]


@require_POST
@signed_in
def langganan_renew(request, pk):
    """Only of oneself, or of a Kanwil by its team."""
    langganan = get_object_or_404(Langganan.objects.select_related("kanwil__satker"), pk=pk)
    kanwil = {satu.pk for satu in _list_kanwil(request.user)}
    if langganan.pengguna_id != request.user.pk and langganan.kanwil_id not in kanwil:
        raise Http404("Kalender ini tidak ada.")
    alur.renew(langganan, by=request.user)
    messages.success(
        request, "Alamat lama tidak berlaku lagi. Pasang alamat baru di kalender Anda."
    )
    return redirect("langganan_list")


# --- invitations ----------------------------------------------------------------------------------
def _get_upacara(request, kode) -> Upacara:
    return get_object_or_404(
        Upacara.objects.managed_by(request.user).select_related("tuan_rumah"), kode=kode
    )


@require_safe
@role_required(*PANITIA)
def tamu_list(request, kode):
    """Who has been invited, by what, and what became of it."""
    upacara = _get_upacara(request, kode)
    page = Paginator(alur.list_peserta(upacara), 50).get_page(request.GET.get("page"))
    kunci = {
        peserta.pk: alur.build_kunci(peserta.pk, peserta.diundang_urutan)
        for peserta in page
        if peserta.diundang_urutan is not None
    }
    kiriman = {satu.kunci: satu for satu in Kiriman.objects.filter(kunci__in=kunci.values())}
    for peserta in page:
        peserta.email = alur.get_email(peserta)
        peserta.kiriman = kiriman.get(kunci.get(peserta.pk))
    return render(
        request,
        "satker/tamu_list.html",
        {
            "upacara": upacara,
            "page": page,
            "dapat_mengundang": upacara.status in alur.TERBUKA,
        },
    )


@require_POST
@role_required(*PANITIA)
def tamu_invite(request, kode):
    upacara = _get_upacara(request, kode)
    try:
        terkirim, tanpa_alamat = alur.invite(upacara, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        pesan = f"{terkirim} undangan dikirim."
        if tanpa_alamat:
            pesan += f" {tanpa_alamat} orang tidak punya alamat surel: cetak slip untuk mereka."
        messages.success(request, pesan)
    return redirect(reverse("tamu_list", args=[upacara.kode]))
