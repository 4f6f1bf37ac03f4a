"""The day of the budget document for many units at once."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from integritas.formulir import read_post
from integritas.langkah import run_step
from satker import papan_janji as papan
from satker.access import role_required
from satker.alur import janji as alur
from satker.forms.janji import DipaBanyakForm
from satker.models import Peran
from satker.views.janji import read_saringan

# More boxes than this are no page; a Kanwil is chosen first.
KOTAK_PALING_BANYAK = 300


@require_http_methods(["GET", "POST"])
@role_required(Peran.TIM_KANWIL, Peran.ADMIN)
def dipa_list(request):
    """Units of the year without that day, all ticked."""
    saringan = read_saringan(request)
    kembali = f"{reverse('perjanjian_list')}?{request.GET.urlencode()}"
    posisi = papan.list_posisi(request.user, saringan)
    posisi = posisi.filter(papan.build_syarat("dipa", saringan.hari))
    daftar = list(posisi.select_related("satker").order_by("urut", "pk")[: KOTAK_PALING_BANYAK + 1])
    if len(daftar) > KOTAK_PALING_BANYAK:
        konteks = {"saringan": saringan, "terlalu_banyak": True, "kembali": kembali}
        return render(request, "satker/dipa_list.html", konteks)
    form = DipaBanyakForm(
        read_post(request), calon={satu.satker.kode: satu.satker for satu in daftar}
    )
    return run_step(
        request,
        "satker/dipa_list.html",
        form,
        lambda tanggal, satker: alur.record_dipa_many(
            satker, saringan.tahun, tanggal, by=request.user
        ),
        lambda jumlah: redirect(kembali),
        berhasil="Tanggal DIPA dicatat.",
        saringan=saringan,
        daftar_posisi=daftar,
        kembali=kembali,
    )
