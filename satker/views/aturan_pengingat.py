"""Rules of reminders, for the admin: on and off, and their steps."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.langkah import run_step
from satker.access import list_penugasan, role_required
from satker.alur import aturan_pengingat as alur
from satker.forms.pengingat import LangkahForm
from satker.models import AturanPengingat, HariLibur, Instansi, LangkahPengingat, Peran
from satker.pengingat.sumber import get_sumber
from satker.tenggat import say_libur_kosong
from satker.views.pengingat import list_tab


def get_instansi(request) -> Instansi:
    """Whose chain of history an admin's step is told in."""
    tugas = next(satu for satu in list_penugasan(request.user) if satu.peran == Peran.ADMIN)
    assert tugas.instansi is not None, "an admin is one of an Instansi"
    return tugas.instansi


def say_libur(hari) -> str:
    """The sentence about this year and the next when their holidays are missing."""
    tahun = [hari.year, hari.year + 1] if hari.month > 10 else [hari.year]
    terisi = HariLibur.objects.filter(tanggal__year__in=tahun).values_list("tanggal", flat=True)
    return say_libur_kosong(tahun, {satu.year for satu in terisi})


def _name_bagian(aturan: AturanPengingat, daftar) -> list[tuple[LangkahPengingat, str]]:
    """Steps with what their part of the object is called."""
    sumber = get_sumber(aturan.sumber)
    bagian = sumber.daftar_bagian if sumber else {}
    return [(satu, bagian.get(satu.bagian, satu.bagian)) for satu in daftar]


@require_safe
@role_required(Peran.ADMIN)
def aturan_pengingat_list(request):
    langkah = LangkahPengingat.objects.order_by("geser", "satuan", "bagian", "pk")
    milik: dict[int, list[LangkahPengingat]] = {}
    for satu in langkah.filter(aktif=True):
        milik.setdefault(satu.aturan_id, []).append(satu)
    konteks = {
        "daftar_aturan": [
            (aturan, _name_bagian(aturan, milik.get(aturan.pk, [])))
            for aturan in AturanPengingat.objects.order_by("nama", "pk")
        ],
        "libur_kosong": say_libur(timezone.localdate()),
        "daftar_tab": list_tab(request.user),
    }
    return render(request, "satker/aturan_pengingat_list.html", konteks)


@require_safe
@role_required(Peran.ADMIN)
def aturan_pengingat_detail(request, kode):
    """The ladder of one rule, in the order of its days."""
    aturan = get_object_or_404(AturanPengingat, kode=kode)
    daftar = aturan.langkahpengingat_set.order_by("geser", "satuan", "bagian", "pk")
    daftar_langkah = _name_bagian(aturan, daftar)
    kerja = any(satu.is_hari_kerja and satu.aktif for satu, _ in daftar_langkah)
    konteks = {
        "aturan": aturan,
        "sumber": get_sumber(aturan.sumber),
        "daftar_langkah": daftar_langkah,
        "libur_kosong": say_libur(timezone.localdate()) if kerja else "",
    }
    return render(request, "satker/aturan_pengingat_detail.html", konteks)


@require_POST
@role_required(Peran.ADMIN)
def aturan_pengingat_toggle(request, kode):
    """On (`aktif=ya`) or off."""
    aturan = get_object_or_404(AturanPengingat, kode=kode)
    aktif = request.POST.get("aktif") == "ya"
    try:
        alur.set_aktif(aturan, aktif, by=request.user, instansi=get_instansi(request))
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{aturan.nama} {'diaktifkan' if aktif else 'dimatikan'}.")
    return redirect("aturan_pengingat_detail", kode)


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN)
def langkah_pengingat_create(request, kode):
    aturan = get_object_or_404(AturanPengingat, kode=kode)
    return _run_langkah(request, aturan, None)


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN)
def langkah_pengingat_edit(request, pk):
    langkah = get_object_or_404(LangkahPengingat.objects.select_related("aturan"), pk=pk)
    return _run_langkah(request, langkah.aturan, langkah)


def _run_langkah(request, aturan: AturanPengingat, langkah: LangkahPengingat | None):
    form = LangkahForm(read_post(request), sumber=get_sumber(aturan.sumber), langkah=langkah)
    return run_step(
        request,
        "satker/langkah_pengingat.html",
        form,
        lambda **isi: alur.set_langkah(
            aturan, langkah, form.isi, by=request.user, instansi=get_instansi(request)
        ),
        lambda hasil: redirect("aturan_pengingat_detail", aturan.kode),
        berhasil="Langkah disimpan.",
        aturan=aturan,
        langkah=langkah,
        libur_kosong=say_libur(timezone.localdate()),
    )
