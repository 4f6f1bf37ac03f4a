"""Calendars to subscribe to, and who has been invited to an event."""

import hashlib

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from integritas.alur import AlurError
from satker import access
from satker import langganan as isi
from satker.access import public, role_required, signed_in
from satker.alur import undangan as alur
from satker.cetak import print_slip_upacara
from satker.ics import build_langganan
from satker.izin_upacara import list_orang_dari
from satker.models import KedudukanSatker, Kiriman, Langganan, Peran, Peserta, Upacara
from satker.penandatangan import read_nama_satker
from satker.undangan import say_waktu

# Eight to a page.
SLIP_TERBANYAK = 400
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


def _list_slip(request, upacara) -> list[Peserta]:
    """Those without an address whose own unit, or whose event as a witness, this reader looks
    after: a personal page is not handed to anybody else."""
    daftar = list(alur.list_peserta(upacara))
    milik = list_orang_dari(request.user, {satu.satker_id for satu in daftar if satu.satker_id})
    return [
        satu
        for satu in daftar
        if (satu.satker_id in milik or satu.saksi_id) and not alur.get_email(satu)
    ]


@require_safe
@never_cache
@role_required(*PANITIA)
def tamu_slip(request, kode):
    """Slips to cut out for who has no address: the code for the door and the personal page."""
    upacara = _get_upacara(request, kode)
    daftar = _list_slip(request, upacara)[:SLIP_TERBANYAK]
    if not daftar:
        messages.info(request, "Tidak ada slip: semua orang dari satker Anda punya alamat surel.")
        return redirect("tamu_list", upacara.kode)
    nama = read_nama_satker({satu.satker_id for satu in daftar}, upacara.tanggal)
    slip = []
    for satu in daftar:
        tautan = isi.build_alamat("undangan_pribadi", satu.token)
        slip.append(
            {
                "satker": nama.get(satu.satker_id or 0, "Saksi"),
                "nama": satu.personel.nama
                if satu.personel_id
                else satu.saksi.nama or satu.saksi.lembaga,
                "jabatan": satu.personel.jabatan if satu.personel_id else satu.saksi.lembaga,
                "kode": satu.kode,
                "tautan": tautan,
                "qr": segno.make(tautan, error="m"),
            }
        )
    pdf = print_slip_upacara(upacara.nama, say_waktu(upacara), slip, timezone.localdate())
    respons = HttpResponse(pdf, content_type="application/pdf")
    respons["Content-Disposition"] = f'attachment; filename="slip-{upacara.kode}.pdf"'
    return respons


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
