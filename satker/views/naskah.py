"""The texts of an event: made, frozen, and who has signed them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.langkah import run_step
from satker.access import role_required
from satker.alur import naskah as inti
from satker.alur import naskah_upacara as alur
from satker.forms.naskah import BakuForm, ElektronikForm, LembarForm, NaskahForm
from satker.izin_upacara import list_orang_dari
from satker.models import Naskah, Peran, TandaTangan, Upacara
from satker.penandatangan import (
    Lembar,
    filter_naskah,
    list_lembar,
    list_orang,
    read_halangan,
    read_masa,
    read_nama_satker,
)

PENYELENGGARA = (Peran.OPERATOR, Peran.KEPALA_SATKER, Peran.TIM_KANWIL, Peran.ADMIN)


def get_kelolaan(request, kode: str) -> Upacara:
    """An event that this person runs."""
    return get_object_or_404(
        Upacara.objects.managed_by(request.user).select_related(
            "putaran", "tuan_rumah", "susulan_dari"
        ),
        kode=kode,
    )


def get_naskah(upacara: Upacara, pk: int) -> Naskah:
    return get_object_or_404(filter_naskah(upacara), pk=pk)


@require_safe
@role_required(*PENYELENGGARA)
def upacara_naskah(request, kode):
    """All texts with how far they are signed."""
    upacara = get_kelolaan(request, kode)
    konteks = {
        "upacara": upacara,
        "daftar_lembar": list_lembar(upacara, list_orang(upacara)),
        "masa": read_masa(upacara),
    }
    return render(request, "satker/upacara_naskah.html", konteks)


@require_http_methods(["GET", "POST"])
@role_required(*PENYELENGGARA)
def upacara_naskah_add(request, kode):
    """From a pattern, or an own text: whichever of the two forms was sent."""
    upacara = get_kelolaan(request, kode)
    sendiri = "judul" in request.POST
    form_baku = BakuForm(None if sendiri else read_post(request))
    form = NaskahForm(read_post(request) if sendiri else None)
    if sendiri:
        call, dikirim = (lambda **isi: alur.add_naskah(upacara, by=request.user, **isi)), form
    else:
        call, dikirim = (
            (lambda baku: alur.add_naskah(upacara, by=request.user, baku=baku)),
            (form_baku),
        )
    return run_step(
        request,
        "satker/upacara_naskah_add.html",
        dikirim,
        call,
        lambda naskah: redirect("upacara_naskah_detail", upacara.kode, naskah.pk),
        berhasil="Naskah ditambahkan. Periksa isinya, lalu bekukan.",
        upacara=upacara,
        form_baku=form_baku,
        ada_baku=form_baku.fields["baku"].queryset.exists(),
        form_naskah=form,
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENYELENGGARA)
def upacara_naskah_edit(request, kode, pk):
    upacara = get_kelolaan(request, kode)
    naskah = get_naskah(upacara, pk)
    awal = {kolom: getattr(naskah, kolom) for kolom in alur.KOLOM_NASKAH}
    return run_step(
        request,
        "satker/upacara_naskah_edit.html",
        NaskahForm(read_post(request), initial=awal),
        lambda **isi: alur.edit_naskah(naskah, by=request.user, **isi),
        lambda hasil: redirect("upacara_naskah_detail", upacara.kode, naskah.pk),
        berhasil="Naskah disimpan.",
        upacara=upacara,
        naskah=naskah,
    )


@require_POST
@role_required(*PENYELENGGARA)
def upacara_naskah_freeze(request, kode, pk):
    upacara = get_kelolaan(request, kode)
    naskah = get_naskah(upacara, pk)
    try:
        naskah = inti.freeze(naskah, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Naskah dibekukan dengan sidik {naskah.sidik[:12]}.")
    return redirect("upacara_naskah_detail", upacara.kode, naskah.pk)


@require_POST
@role_required(*PENYELENGGARA)
def upacara_naskah_remove(request, kode, pk):
    upacara = get_kelolaan(request, kode)
    try:
        alur.remove_naskah(get_naskah(upacara, pk), by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
        return redirect("upacara_naskah_detail", upacara.kode, pk)
    messages.success(request, "Naskah dihapus.")
    return redirect("upacara_naskah", upacara.kode)


@require_safe
@never_cache
@role_required(*PENYELENGGARA)
def upacara_naskah_detail(request, kode, pk):
    """The text, who has signed it by which means, and who is missing."""
    upacara = get_kelolaan(request, kode)
    return render_naskah(request, upacara, get_naskah(upacara, pk))


def read_lembar(upacara: Upacara, naskah: Naskah) -> Lembar:
    return next(
        satu for satu in list_lembar(upacara, list_orang(upacara)) if satu.naskah.pk == naskah.pk
    )


def render_naskah(
    request, upacara: Upacara, naskah: Naskah, *, status=200, basah=None, elektronik=None
) -> HttpResponse:
    """The page; `basah` and `elektronik` are forms that were refused."""
    lembar = read_lembar(upacara, naskah)
    belum = lembar.daftar_belum
    satker = {orang.satker_id for orang in lembar.daftar_harus}
    nama = read_nama_satker(satker, upacara.tanggal)
    sendiri = list_orang_dari(request.user, satker)
    halangan = read_halangan(belum, upacara.tanggal, sendiri)
    awal = {"tanggal": upacara.tanggal}
    dicabut = TandaTangan.objects.filter(naskah=naskah, dicabut_pada__isnull=False)
    konteks = {
        "upacara": upacara,
        "naskah": naskah,
        "lembar": lembar,
        "masa": read_masa(upacara),
        "daftar_sudah": [
            (orang, nama.get(orang.satker_id or 0, "Saksi"), lembar.tanda[orang.kunci])
            for orang in lembar.daftar_harus
            if orang.kunci in lembar.tanda
        ],
        "daftar_belum": [
            (
                orang,
                nama.get(orang.satker_id or 0, "Saksi"),
                halangan.get(orang.personel_id or 0, ""),
            )
            for orang in belum
        ],
        "daftar_dicabut": list(dicabut.order_by("-dicabut_pada", "-pk")[:100]),
        "form_basah": basah or LembarForm(daftar_orang=belum, initial=awal, auto_id="basah_%s"),
        "form_elektronik": elektronik
        or ElektronikForm(daftar_orang=belum, initial=awal, auto_id="elektronik_%s"),
        "form": basah or elektronik,
    }
    return render(request, "satker/upacara_naskah_detail.html", konteks, status=status)
