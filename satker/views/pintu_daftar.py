"""Attendance of one event: who is here, every attempt, the list on paper and back from paper."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.langkah import run_step
from satker import daftar_pintu
from satker.access import role_required
from satker.alur import pintu
from satker.cetak_hadir import print_daftar
from satker.forms.orang import AlasanForm
from satker.models import Pindaian
from satker.views.pintu import PANITIA, get_upacara, render_pintu
from satker.zona import get_zona

PER_HALAMAN = 100
SAKSI = "saksi"


@require_safe
@never_cache
@role_required(*PANITIA)
def pintu_hadir(request, pk):
    """The expected people, those who are here or those who are not."""
    upacara = get_upacara(request, pk)
    pilih = request.GET.get("pilih", "")
    daftar = daftar_pintu.list_peserta(upacara)
    if pilih in {"hadir", "belum"}:
        daftar = daftar.filter(hadir_pada__isnull=pilih == "belum")
    page = Paginator(daftar, PER_HALAMAN).get_page(request.GET.get("page"))
    daftar_pintu.fill_asal(upacara, page.object_list)
    konteks = {"page": page, "pilih": pilih, "hitung": daftar_pintu.count(pk)}
    return render_pintu(request, "satker/pintu_hadir.html", upacara, konteks)


@require_safe
@never_cache
@role_required(*PANITIA)
def pintu_pindaian(request, pk):
    """Every attempt with its reason, newest first."""
    upacara = get_upacara(request, pk)
    hasil = request.GET.get("hasil", "")
    daftar = Pindaian.objects.filter(upacara=upacara).select_related(
        "peserta__personel", "peserta__saksi", "oleh", "dibatalkan_oleh"
    )
    if hasil in Pindaian.Hasil.values:
        daftar = daftar.filter(hasil=hasil)
    page = Paginator(daftar.order_by("-pk"), PER_HALAMAN).get_page(request.GET.get("page"))
    konteks = {"page": page, "hasil": hasil, "daftar_hasil": Pindaian.Hasil.choices}
    return render_pintu(request, "satker/pintu_pindaian.html", upacara, konteks)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PANITIA)
def pintu_undo(request, pk, peserta):
    upacara = get_upacara(request, pk)
    peserta = get_object_or_404(daftar_pintu.list_peserta(upacara), pk=peserta)
    peserta.upacara = upacara
    daftar_pintu.fill_asal(upacara, [peserta])
    form = AlasanForm(read_post(request))
    with timezone.override(get_zona(upacara.zona_waktu)):
        return run_step(
            request,
            "satker/pintu_undo.html",
            form,
            lambda alasan: pintu.undo(peserta, alasan, by=request.user),
            lambda hasil: redirect("pintu_hadir", pk),
            berhasil=f"Kehadiran {peserta.nama} dibatalkan.",
            upacara=upacara,
            peserta=peserta,
        )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PANITIA)
def pintu_fill(request, pk):
    """The paper list keyed in, unit by unit, a page of names at a time."""
    upacara = get_upacara(request, pk)
    pilih = request.GET.get("satker", "")
    if not pilih:
        konteks = {"daftar_satker": daftar_pintu.list_satker(upacara)}
        return render_pintu(request, "satker/pintu_fill.html", upacara, konteks)
    salah = ""
    if request.method == "POST":
        centang = {int(satu) for satu in request.POST.getlist("hadir") if _is_pk(satu)}
        try:
            jumlah = pintu.fill(upacara, centang, by=request.user)
        except AlurError as error:
            salah = str(error)
        else:
            messages.success(request, f"{jumlah} orang dicatat hadir dari daftar cetak.")
            return redirect(f"{reverse('pintu_fill', args=[pk])}?{request.GET.urlencode()}")
    daftar = daftar_pintu.list_peserta(upacara)
    if pilih == SAKSI:
        daftar = daftar.filter(satker__isnull=True)
    else:
        daftar = daftar.filter(satker__kode=pilih)
    page = Paginator(daftar, PER_HALAMAN).get_page(request.GET.get("page"))
    daftar_pintu.fill_asal(upacara, page.object_list)
    nama = page.object_list[0].asal if page.object_list and pilih != SAKSI else daftar_pintu.SAKSI
    konteks = {
        "page": page,
        "pilih": pilih,
        "nama_satker": nama,
        "salah": salah,
        "centang": request.POST.getlist("hadir"),
    }
    status = 422 if salah else 200
    return render_pintu(request, "satker/pintu_fill.html", upacara, konteks, status)


def _is_pk(teks: str) -> bool:
    return teks.isascii() and teks.isdigit() and len(teks) < 18


@require_safe
@never_cache
@role_required(*PANITIA)
def pintu_print(request, pk):
    upacara = get_upacara(request, pk)
    respons = HttpResponse(print_daftar(upacara), content_type="application/pdf")
    respons["Content-Disposition"] = f'inline; filename="daftar-hadir-{upacara.kode}.pdf"'
    return respons
