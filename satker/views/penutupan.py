"""Closing an event and its round: the page of the committee, and the minutes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.alur import AlurError
from integritas.teks import format_tanggal
from satker.access import role_required
from satker.alur import berita_acara, penutupan, susulan
from satker.forms.naskah import BerkasForm, SusulanForm, TautanPersForm, TutupForm
from satker.hasil_upacara import read_hasil
from satker.models import BeritaAcara, Peran, Putaran, Upacara
from satker.views.naskah import PENYELENGGARA, get_kelolaan
from satker.views.tanda import respond_tersimpan


@require_safe
@never_cache
@role_required(*PENYELENGGARA)
def penutupan_detail(request, kode):
    """Before closing: who is missing, and the button. Afterwards: what is left of the event."""
    return render_penutupan(request, get_kelolaan(request, kode))


def render_penutupan(
    request,
    upacara: Upacara,
    *,
    status=200,
    form=None,
    form_berkas=None,
    form_tautan=None,
    form_susulan=None,
) -> HttpResponse:
    """The page; forms given were refused."""
    awal = {"susulan_sampai": upacara.susulan_sampai}
    konteks = {
        "upacara": upacara,
        "hasil": read_hasil(upacara, request.user),
        "form_tutup": form or TutupForm(initial=awal),
        "form_berkas": form_berkas or BerkasForm(auto_id="berkas_%s"),
        "form_tautan": form_tautan or TautanPersForm(auto_id="tautan_%s"),
        "form_susulan": form_susulan
        or SusulanForm(initial={"tempat": upacara.tempat}, auto_id="susulan_%s"),
        "daftar_susulan": upacara.susulan_set.order_by("tanggal", "pk"),
        "form": form or form_berkas or form_tautan or form_susulan,
        "boleh": True,
    }
    return render(request, "satker/penutupan_detail.html", konteks, status=status)


@require_POST
@role_required(*PENYELENGGARA)
def upacara_close(request, kode):
    upacara = get_kelolaan(request, kode)
    form = TutupForm(request.POST)
    if form.is_valid():
        try:
            penutupan.close(upacara, by=request.user, **form.cleaned_data)
        except AlurError as error:
            form.refuse(str(error))
        else:
            messages.success(
                request,
                "Upacara ditutup. Berita acara versi 1 dan jadwal tindak lanjut sudah dibuat.",
            )
            return redirect("penutupan_detail", upacara.kode)
    return render_penutupan(request, upacara, status=422, form=form)


@require_POST
@role_required(*PENYELENGGARA)
def susulan_set(request, kode):
    """Another make-up date."""
    upacara = get_kelolaan(request, kode)
    form = TutupForm(request.POST)
    if form.is_valid():
        try:
            hasil = penutupan.set_susulan(upacara, by=request.user, **form.cleaned_data)
        except AlurError as error:
            form.refuse(str(error))
        else:
            sampai = format_tanggal(hasil.susulan_sampai)
            kalimat = f"sampai {sampai}" if sampai else "tanpa tanggal akhir sendiri"
            messages.success(request, f"Tanda tangan susulan: {kalimat}.")
            return redirect("penutupan_detail", upacara.kode)
    return render_penutupan(request, upacara, status=422, form=form)


@require_POST
@role_required(*PENYELENGGARA)
def susulan_plan(request, kode):
    """A draft of an event for those who were away."""
    upacara = get_kelolaan(request, kode)
    form = SusulanForm(request.POST, auto_id="susulan_%s")
    if form.is_valid():
        try:
            baru = susulan.plan(upacara, by=request.user, **form.cleaned_data)
        except AlurError as error:
            form.refuse(str(error))
        else:
            messages.success(
                request, f"Upacara susulan {format_tanggal(baru.tanggal)} direncanakan."
            )
            return redirect("upacara_naskah", baru.kode)
    return render_penutupan(request, upacara, status=422, form_susulan=form)


@require_http_methods(["GET", "POST"])
@role_required(Peran.TIM_KANWIL, Peran.ADMIN)
def putaran_close(request, kode):
    """End a round, and with it late signatures."""
    putaran = get_object_or_404(
        Putaran.objects.managed_by(request.user).select_related("kanwil__satker"), kode=kode
    )
    pesan = ""
    if request.method == "POST":
        try:
            penutupan.close_putaran(putaran, by=request.user)
        except AlurError as error:
            pesan = str(error)
        else:
            messages.success(request, "Putaran ditutup. Tanda tangan susulan tidak diterima lagi.")
            return redirect("putaran_close", putaran.kode)
    daftar = Upacara.objects.filter(putaran=putaran).order_by("tanggal", "pk")
    return render(
        request,
        "satker/putaran_close.html",
        {"putaran": putaran, "daftar_upacara": daftar, "pesan": pesan},
        status=422 if pesan else 200,
    )


# --- minutes --------------------------------------------------------------------------------------
@require_POST
@role_required(*PENYELENGGARA)
def berita_acara_renew(request, kode):
    upacara = get_kelolaan(request, kode)
    try:
        berita = berita_acara.renew(upacara, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Berita acara versi {berita.versi} dibuat. Yang lama tetap ada.")
    return redirect("penutupan_detail", upacara.kode)


@require_POST
@role_required(*PENYELENGGARA)
def berita_acara_publish(request, kode, versi):
    upacara = get_kelolaan(request, kode)
    berita = get_object_or_404(BeritaAcara, upacara=upacara, versi=versi)
    try:
        berita_acara.publish(berita, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"Berita acara versi {versi} terbit untuk umum. Daftar hadir tetap internal."
        )
    return redirect("penutupan_detail", upacara.kode)


@require_safe
@role_required(*Peran)
def berita_acara_download(request, kode, versi):
    """The minutes, for everybody who sees the event."""
    upacara = get_object_or_404(Upacara.objects.visible_to(request.user), kode=kode)
    berita = get_object_or_404(
        BeritaAcara.objects.select_related("berita"), upacara=upacara, versi=versi
    )
    return respond_tersimpan(berita.berita, name_pdf(berita, "berita-acara"))


@require_safe
@role_required(*PENYELENGGARA)
def daftar_hadir_download(request, kode, versi):
    """Names of people: for those who run the event."""
    upacara = get_kelolaan(request, kode)
    berita = get_object_or_404(
        BeritaAcara.objects.select_related("daftar_hadir"), upacara=upacara, versi=versi
    )
    return respond_tersimpan(berita.daftar_hadir, name_pdf(berita, "daftar-hadir"))


def name_pdf(berita: BeritaAcara, jenis: str) -> str:
    return f"{jenis}-{berita.upacara.kode}-versi-{berita.versi}.pdf"
