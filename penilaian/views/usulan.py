"""Proposals of a Kanwil about predicates: the list, one, and the decision."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.unduh import respond
from penilaian import alur
from penilaian.forms.predikat import AlasanForm, PenetapanForm
from penilaian.models import UsulanCatatan
from penilaian.views.predikat import PENCATAT, get_nama, run_step
from satker.access import has_role, role_required
from satker.models import KedudukanSatker, Peran, SatuanKerja

PEMBACA = (Peran.ADMIN, Peran.TPI, Peran.TIM_KANWIL)
UKURAN_HALAMAN = 50
JUDUL_UNDUH = ["kode", "predikat", "sumber", "keadaan", "diusulkan", "oleh", "alasan_putusan"]


def _list_usulan(user):
    """Proposals within one's reach, those that wait before those decided."""
    return (
        UsulanCatatan.objects.filter(satker__in=SatuanKerja.objects.visible_to(user))
        .select_related("satker", "diusulkan_oleh", "diputuskan_oleh")
        .order_by(F("diputuskan_pada").desc(nulls_first=True), "diusulkan_pada", "pk")
    )


@require_safe
@role_required(*PEMBACA)
def usulan_list(request):
    page = Paginator(_list_usulan(request.user), UKURAN_HALAMAN).get_page(request.GET.get("page"))
    nama = dict(
        KedudukanSatker.objects.filter(
            satker__in=[usulan.satker_id for usulan in page], berlaku_sampai__isnull=True
        ).values_list("satker", "nama")
    )
    daftar_baris = [(usulan, nama.get(usulan.satker_id, usulan.satker.kode)) for usulan in page]
    return render(
        request, "penilaian/usulan_list.html", {"page": page, "daftar_baris": daftar_baris}
    )


@require_safe
@role_required(*PEMBACA)
def usulan_unduh(request, bentuk):
    baris = (
        [
            usulan.satker.kode,
            usulan.isi["jenis"],
            usulan.isi["sumber"],
            usulan.get_status_display(),
            usulan.diusulkan_pada.date(),
            usulan.diusulkan_oleh.nama if usulan.diusulkan_oleh else "",
            usulan.alasan_putusan or "",
        ]
        for usulan in _list_usulan(request.user).iterator(chunk_size=1000)
    )
    return respond(bentuk, "usulan-catatan", JUDUL_UNDUH, baris)


def _get_usulan(request, pk):
    return get_object_or_404(
        UsulanCatatan.objects.select_related("satker", "diusulkan_oleh", "diputuskan_oleh"),
        pk=pk,
        satker__in=SatuanKerja.objects.visible_to(request.user),
    )


@require_safe
@role_required(*PEMBACA)
def usulan_detail(request, pk):
    usulan = _get_usulan(request, pk)
    isi = PenetapanForm(initial=usulan.isi)
    daftar_isi = [(isi[nama].label, nilai) for nama, nilai in usulan.isi.items() if nilai]
    return render(
        request,
        "penilaian/usulan_detail.html",
        {
            "usulan": usulan,
            "nama": get_nama(usulan.satker),
            "daftar_isi": daftar_isi,
            "terbuka": usulan.status == UsulanCatatan.Status.DIUSULKAN,
            "boleh_putus": has_role(request.user, *PENCATAT),
        },
    )


@require_http_methods(["POST"])
@role_required(*PENCATAT)
def usulan_accept(request, pk):
    usulan = _get_usulan(request, pk)
    try:
        predikat = alur.accept(usulan, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
        return redirect("usulan_detail", pk)
    messages.success(request, "Predikat dicatat dari usulan.")
    for peringatan in alur.list_peringatan(predikat):
        messages.warning(request, peringatan)
    return redirect("satker_detail", usulan.satker.kode)


@require_http_methods(["GET", "POST"])
@role_required(*PENCATAT)
def usulan_reject(request, pk):
    usulan = _get_usulan(request, pk)
    return run_step(
        request,
        AlasanForm(read_post(request)),
        usulan.satker,
        "Tolak usulan",
        "Tolak usulan",
        lambda alasan: alur.reject(usulan, by=request.user, alasan=alasan),
        berhasil="Usulan ditolak.",
        tujuan=redirect("usulan_list").url,
        bahaya=True,
    )
