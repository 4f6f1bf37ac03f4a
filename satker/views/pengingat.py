"""A person's own reminders: what is to be done, one of them, and what may be done with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.htmx import wants_partial
from integritas.langkah import run_step
from integritas.teks import format_tanggal
from satker.access import forget_penugasan, has_role, role_required
from satker.alur import pengingat as alur
from satker.forms.pengingat import SaluranForm, TundaForm
from satker.models import HariLibur, Pengingat, Peran, PilihanSaluran
from satker.pengingat.daftar import (
    build_baris,
    build_sel,
    count_milik,
    read_pengiriman,
)
from satker.tenggat import list_tahun, say_libur_kosong

UKURAN_HALAMAN = 25
REKAN_PALING_BANYAK = 20
PENGAWAS = (
    *(Peran.KEPALA_SATKER, Peran.TIM_KANWIL, Peran.ESELON1),
    *(Peran.TPI, Peran.PIMPINAN, Peran.ADMIN),
)
# Value and name of the lists; the first is what asks for something today.
PERLU, NANTI, SELESAI = "", "nanti", "selesai"
DAFTAR_KEADAAN = [(PERLU, "Perlu dikerjakan"), (NANTI, "Nanti"), (SELESAI, "Sudah dikerjakan")]


def list_tab(user) -> list[tuple[str, str]]:
    """Name and URL name of the pages around reminders that this person has."""
    tab = [("Untuk saya", "pengingat_list")]
    if has_role(user, *PENGAWAS):
        tab.append(("Siapa sudah diingatkan", "pengingat_trail"))
    if has_role(user, Peran.ADMIN):
        tab += [("Aturan", "aturan_pengingat_list"), ("Hari libur", "hari_libur_list")]
    return [*tab, ("Saluran saya", "pilihan_saluran")]


def _filter(user, keadaan: str):
    milik = Pengingat.objects.filter(pengguna=user)
    kini = timezone.now()
    if keadaan == SELESAI:
        return milik.filter(status=Pengingat.Status.SELESAI).order_by("-diubah_pada", "-pk")
    if keadaan == NANTI:
        return milik.open().filter(jatuh_pada__gt=kini).order_by("jatuh_pada", "pk")
    # What is longest overdue first; of one day, what does not wait.
    return milik.due(kini).order_by("acuan", "-mendesak", "pk")


@require_safe
@vary_on_headers("HX-Request")
@role_required(*Peran)
def pengingat_list(request):
    """My reminders, worst first."""
    hari = timezone.localdate()
    keadaan = request.GET.get("keadaan", "")
    if keadaan not in dict(DAFTAR_KEADAAN):
        keadaan = PERLU
    daftar = _filter(request.user, keadaan)
    belum = request.GET.get("baca") == "belum"
    if belum:
        daftar = daftar.filter(dibaca_pada__isnull=True)
    page = Paginator(daftar, UKURAN_HALAMAN).get_page(request.GET.get("page"))
    konteks = {
        "jumlah": count_milik(request.user, hari),
        "keadaan": keadaan,
        "belum": belum,
        "daftar_keadaan": DAFTAR_KEADAAN,
        "page": page,
        "daftar_baris": build_sel(page.object_list, hari),
        "daftar_tab": list_tab(request.user),
    }
    template = "satker/pengingat_list.html" + ("#daftar" if wants_partial(request) else "")
    return render(request, template, konteks)


def _get_milik(request, pk) -> Pengingat:
    return get_object_or_404(
        Pengingat.objects.filter(pengguna=request.user).select_related("langkah__aturan"), pk=pk
    )


@require_safe
@role_required(*Peran)
def pengingat_detail(request, pk):
    """One of my reminders, where a link in a mail leads. Having opened it is having read it."""
    pengingat = _get_milik(request, pk)
    if pengingat.dibaca_pada is None and pengingat.is_open:
        alur.mark_read(Pengingat.objects.filter(pk=pengingat.pk))
        # The bell of this very page counts it no more.
        forget_penugasan(request.user)
    return render(request, "satker/pengingat_detail.html", _build_detail(pengingat, TundaForm()))


def _build_detail(pengingat: Pengingat, form) -> dict:
    hari = timezone.localdate()
    rekan = (
        Pengingat.objects.filter(objek=pengingat.objek, acuan=pengingat.acuan)
        .exclude(pengguna=pengingat.pengguna_id)
        .exclude(status__in=[Pengingat.Status.DITARIK, Pengingat.Status.MENUNGGU])
        .select_related("pengguna", "langkah")
        .order_by("tanggal", "pk")
    )
    langkah = pengingat.langkah
    kosong = ""
    if langkah.is_hari_kerja:
        tahun = list_tahun(pengingat.tanggal, pengingat.acuan)
        terisi = HariLibur.objects.filter(tanggal__year__in=tahun)
        kosong = say_libur_kosong(tahun, {satu.tanggal.year for satu in terisi})
    return {
        "pengingat": pengingat,
        "baris": build_baris([pengingat], hari)[0],
        "daftar_kirim": read_pengiriman([pengingat.pk]).get(pengingat.pk, []),
        "daftar_rekan": list(rekan[:REKAN_PALING_BANYAK]),
        "libur_kosong": kosong,
        "form": form,
    }


@require_POST
@role_required(*Peran)
def pengingat_finish(request, pk):
    """Done, in one click, from the list or from its page."""
    pengingat = _get_milik(request, pk)
    try:
        alur.finish(pengingat)
    except AlurError as error:
        messages.error(request, str(error))
        return redirect("pengingat_detail", pk)
    messages.success(request, f"Ditandai sudah dikerjakan: {pengingat.judul}.")
    return redirect("pengingat_list")


@require_POST
@role_required(*Peran)
def pengingat_reopen(request, pk):
    pengingat = _get_milik(request, pk)
    try:
        alur.reopen(pengingat)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Pengingat dibuka lagi.")
    return redirect("pengingat_detail", pk)


@require_POST
@role_required(*Peran)
def pengingat_snooze(request, pk):
    pengingat = _get_milik(request, pk)
    form = TundaForm(request.POST)
    if form.is_valid():
        try:
            alur.snooze(pengingat, form.cleaned_data["sampai"])
        except AlurError as error:
            form.add_error("sampai", str(error))
        else:
            sampai = format_tanggal(form.cleaned_data["sampai"])
            messages.success(request, f"Ditunda sampai {sampai}: {pengingat.judul}.")
            return redirect("pengingat_list")
    konteks = _build_detail(pengingat, form)
    return render(request, "satker/pengingat_detail.html", konteks, status=422)


@require_POST
@role_required(*Peran)
def pengingat_read(request, pk):
    """Read, or unread again so that it is not forgotten (`baca=belum`)."""
    pengingat = _get_milik(request, pk)
    satu = Pengingat.objects.filter(pk=pengingat.pk)
    if request.POST.get("baca") == "belum":
        alur.mark_unread(satu)
        messages.success(request, "Ditandai belum dibaca.")
    else:
        alur.mark_read(satu)
    return redirect("pengingat_list")


@require_POST
@role_required(*Peran)
def pengingat_read_all(request):
    jumlah = alur.mark_read(Pengingat.objects.filter(pengguna=request.user).due())
    messages.success(request, f"{jumlah} pengingat ditandai sudah dibaca.")
    return redirect("pengingat_list")


@require_http_methods(["GET", "POST"])
@role_required(*Peran)
def pilihan_saluran(request):
    """How I am reached; in the application always."""
    pilihan = PilihanSaluran.objects.filter(pengguna=request.user).first() or PilihanSaluran()
    form = SaluranForm(read_post(request), initial=model_to_dict(pilihan))
    return run_step(
        request,
        "satker/pilihan_saluran.html",
        form,
        lambda **isi: alur.set_saluran(request.user, **isi),
        lambda hasil: redirect("pilihan_saluran"),
        berhasil="Pilihan saluran disimpan.",
        daftar_tab=list_tab(request.user),
    )
