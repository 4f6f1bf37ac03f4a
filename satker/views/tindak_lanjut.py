"""What a unit has to do on dates after its declarations."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from integritas.alur import AlurError
from satker.access import has_role, role_required
from satker.alur import tindak_lanjut as alur
from satker.models import Peran, SatuanKerja, TindakLanjut
from satker.penandatangan import read_nama_satker
from satker.views.naskah import PENYELENGGARA

PEMBACA = (*PENYELENGGARA, Peran.ESELON1, Peran.TPI, Peran.PIMPINAN)
SEHALAMAN = 50


@require_safe
@role_required(*PEMBACA)
def tindak_lanjut_list(request, kode):
    """What is late first, then what comes, then what is done."""
    satker = get_object_or_404(SatuanKerja.objects.visible_to(request.user), kode=kode)
    kini = timezone.localdate()
    semua = list(
        TindakLanjut.objects.filter(satker=satker)
        .select_related("upacara", "selesai_oleh")
        .order_by("tanggal", "pk")
    )
    terbuka = [satu for satu in semua if satu.selesai_pada is None]
    selesai = [satu for satu in reversed(semua) if satu.selesai_pada is not None]
    page = Paginator(terbuka + selesai, SEHALAMAN).get_page(request.GET.get("page"))
    return render(
        request,
        "satker/tindak_lanjut_list.html",
        {
            "satker": satker,
            "nama": read_nama_satker({satker.pk}, kini).get(satker.pk) or satker.kode,
            "page": page,
            "jumlah_lewat": sum(satu.tanggal < kini for satu in terbuka),
            "jumlah_terbuka": len(terbuka),
            "jumlah_selesai": len(selesai),
            "kini": kini,
            "boleh": has_role(request.user, *PENYELENGGARA),
        },
    )


@require_POST
@role_required(*PENYELENGGARA)
def tindak_lanjut_mark(request, kode, pk):
    """Done (`selesai=ya`), or not after all."""
    satker = get_object_or_404(SatuanKerja.objects.visible_to(request.user), kode=kode)
    tindak = get_object_or_404(TindakLanjut.objects.filter(satker=satker), pk=pk)
    selesai = request.POST.get("selesai") == "ya"
    try:
        alur.mark(tindak, selesai=selesai, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"“{tindak.perihal}” {'ditandai selesai' if selesai else 'dibuka lagi'}."
        )
    return redirect("tindak_lanjut_list", satker.kode)
