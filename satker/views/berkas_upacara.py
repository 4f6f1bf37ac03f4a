"""Photographs, scans and press links of an event."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from integritas.alur import AlurError
from integritas.berkas.penangan import takes_berkas
from satker.access import role_required
from satker.alur import berkas_upacara as alur
from satker.forms.naskah import BerkasForm, TautanPersForm
from satker.models import BerkasUpacara, Peran, Upacara
from satker.views.naskah import PENYELENGGARA, get_kelolaan
from satker.views.penutupan import render_penutupan
from satker.views.tanda import respond_tersimpan


@csrf_exempt
@require_POST
@role_required(*PENYELENGGARA)
def berkas_upacara_add(request, kode):
    return takes_berkas(_add)(request, get_kelolaan(request, kode))


def _add(request, upacara):
    """Each file with its own fate: those that are refused are told by name."""
    form = BerkasForm(request.POST, auto_id="berkas_%s")
    daftar = request.FILES.getlist("berkas")
    if form.is_valid() and not daftar:
        form.refuse("Pilih berkas lebih dulu.")
    if not form.is_valid():
        return render_penutupan(request, upacara, status=422, form_berkas=form)
    masuk = 0
    for berkas in daftar:
        try:
            alur.add_berkas(
                upacara, berkas=berkas, nama=berkas.name, by=request.user, **form.cleaned_data
            )
        except AlurError as error:
            form.refuse(str(error))
        else:
            masuk += 1
    if masuk:
        messages.success(request, f"{masuk} berkas tersimpan.")
    if form.errors:
        return render_penutupan(request, upacara, status=422, form_berkas=form)
    return redirect("penutupan_detail", upacara.kode)


@require_POST
@role_required(*PENYELENGGARA)
def berkas_upacara_link(request, kode):
    upacara = get_kelolaan(request, kode)
    form = TautanPersForm(request.POST, auto_id="tautan_%s")
    if form.is_valid():
        try:
            alur.add_tautan(upacara, by=request.user, **form.cleaned_data)
        except AlurError as error:
            form.refuse(str(error))
        else:
            messages.success(request, "Tautan ditambahkan. Isinya tidak tersimpan di sini.")
            return redirect("penutupan_detail", upacara.kode)
    return render_penutupan(request, upacara, status=422, form_tautan=form)


@require_POST
@role_required(*PENYELENGGARA)
def berkas_upacara_remove(request, kode, pk):
    upacara = get_kelolaan(request, kode)
    baris = get_object_or_404(BerkasUpacara.objects.filter(upacara=upacara), pk=pk)
    try:
        alur.remove(baris, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Berkas dihapus dari upacara ini.")
    return redirect("penutupan_detail", upacara.kode)


@require_safe
@role_required(*Peran)
def berkas_upacara_download(request, kode, pk):
    """For everybody who sees the event; an address has nothing to hand out."""
    upacara = get_object_or_404(Upacara.objects.visible_to(request.user), kode=kode)
    baris = get_object_or_404(
        BerkasUpacara.objects.filter(upacara=upacara).select_related("berkas"), pk=pk
    )
    return respond_tersimpan(baris.berkas, baris.nama_berkas)
