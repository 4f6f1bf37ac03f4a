"""The numbers of the rules on predicates, each from a day on: data that an administrator keeps."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from integritas.formulir import read_post
from integritas.langkah import run_step
from penilaian import alur
from penilaian.forms.predikat import AturanForm
from penilaian.models import AturanPredikat
from satker.access import list_penugasan, role_required
from satker.models import Peran


@require_safe
@role_required(Peran.ADMIN)
def aturan_list(request):
    daftar = AturanPredikat.objects.order_by("kode", "-berlaku_dari", "pk")
    return render(request, "penilaian/aturan_list.html", {"daftar_aturan": daftar})


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN)
def aturan_set(request, kode):
    aturan = get_object_or_404(
        AturanPredikat.objects.filter(kode=kode).order_by("-berlaku_dari", "-pk")[:1]
    )
    tugas = next(satu for satu in list_penugasan(request.user) if satu.peran == Peran.ADMIN)

    def call(**isi):
        return alur.set_aturan(kode, by=request.user, instansi=tugas.instansi, **isi)

    return run_step(
        request,
        "penilaian/aturan_set.html",
        AturanForm(read_post(request)),
        call,
        lambda hasil: redirect("aturan_list"),
        berhasil="Aturan dicatat.",
        aturan=aturan,
    )
