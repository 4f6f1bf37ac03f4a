"""The numbers of the rules on predicates, each from a day on: data that an administrator keeps."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from integritas.alur import AlurError
from integritas.formulir import read_post
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
    form = AturanForm(read_post(request))
    if form.is_valid():
        tugas = next(p for p in list_penugasan(request.user) if p.peran == Peran.ADMIN)
        try:
            alur.set_aturan(kode, by=request.user, instansi=tugas.instansi, **form.cleaned_data)
        except AlurError as error:
            form.refuse(str(error))
        else:
            messages.success(request, "Aturan dicatat.")
            return redirect("aturan_list")
    return render(
        request,
        "penilaian/aturan_set.html",
        {"form": form, "aturan": aturan},
        status=422 if form.is_bound else 200,
    )
