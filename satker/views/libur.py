"""Holidays by year, for the admin: listed, added one by one or from a file, removed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.formulir import read_post
from integritas.langkah import run_step
from integritas.teks import format_tanggal
from satker.access import role_required
from satker.alur import aturan_pengingat as alur
from satker.forms.pengingat import LiburForm
from satker.impor.libur import SUBJEK
from satker.models import HariLibur, Peran
from satker.tenggat import say_libur_kosong
from satker.views.aturan_pengingat import get_instansi
from satker.views.impor import confirm, send_contoh, show_form, show_plan
from satker.views.pengingat import list_tab


def _read_tahun(request) -> int:
    teks = request.GET.get("tahun", "")
    return int(teks) if teks.isascii() and teks.isdigit() and len(teks) == 4 else 0


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN)
def hari_libur_list(request):
    """One year's days off; the form below adds one."""
    kini = timezone.localdate().year
    tahun = _read_tahun(request) or kini
    terisi = {hari.year for hari in HariLibur.objects.values_list("tanggal", flat=True)}
    daftar = HariLibur.objects.filter(tanggal__year=tahun).order_by("tanggal")
    return run_step(
        request,
        "satker/hari_libur_list.html",
        LiburForm(read_post(request)),
        lambda **isi: alur.add_libur(by=request.user, instansi=get_instansi(request), **isi),
        lambda libur: redirect(f"{reverse('hari_libur_list')}?tahun={libur.tanggal.year}"),
        berhasil="Hari libur dicatat.",
        tahun=tahun,
        daftar_libur=daftar,
        daftar_tahun=sorted(terisi | {kini, kini + 1, tahun}),
        libur_kosong=say_libur_kosong([tahun], terisi),
        daftar_tab=list_tab(request.user),
    )


@require_POST
@role_required(Peran.ADMIN)
def hari_libur_delete(request, pk):
    libur = get_object_or_404(HariLibur, pk=pk)
    alur.delete_libur(libur, by=request.user, instansi=get_instansi(request))
    messages.success(request, f"{libur.nama}, {format_tanggal(libur.tanggal)}, dihapus.")
    return redirect(f"{reverse('hari_libur_list')}?tahun={libur.tanggal.year}")


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Peran.ADMIN)
def libur_import(request):
    return show_form(request, SUBJEK)


@require_safe
@role_required(Peran.ADMIN)
def libur_import_contoh(request):
    return send_contoh(SUBJEK)


@require_safe
@role_required(Peran.ADMIN)
def libur_import_preview(request, kunci):
    return show_plan(request, SUBJEK, kunci)


@require_POST
@role_required(Peran.ADMIN)
def libur_import_confirm(request, kunci):
    return confirm(request, SUBJEK, kunci)
