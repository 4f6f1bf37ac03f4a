"""Guided changes of offices: one page that offers them, one form each."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integritas.formulir import read_post
from integritas.langkah import run_step as run_langkah
from satker import alur
from satker.access import has_role, role_required
from satker.forms.organisasi import (
    GantiKelasForm,
    GantiNamaForm,
    KanwilBaruForm,
    PindahForm,
    SatkerBaruForm,
    SilsilahForm,
    TutupForm,
    build_awal,
)
from satker.models import JenisSatker, KantorWilayah, KedudukanSatker, Peran, SatuanKerja

# Address of a change: title, form, step, sentence, roles.
LANGKAH = {
    "ganti-nama": (
        "Ganti nama atau tempat",
        GantiNamaForm,
        alur.rename,
        "Nama baru dicatat.",
        (Peran.ADMIN, Peran.TIM_KANWIL),
    ),
    "ganti-kelas": (
        "Ganti jenis atau kelas",
        GantiKelasForm,
        alur.reclassify,
        "Kelas baru dicatat.",
        (Peran.ADMIN, Peran.TIM_KANWIL),
    ),
    "pindah": ("Pindah Kanwil", PindahForm, alur.move, "Perpindahan dicatat.", (Peran.ADMIN,)),
    "tutup": (
        "Tutup satker",
        TutupForm,
        alur.close,
        "Satker dicatat tutup.",
        (Peran.ADMIN, Peran.TIM_KANWIL),
    ),
}


def _get_satker(request, kode):
    return get_object_or_404(SatuanKerja.objects.visible_to(request.user), kode=kode)


def _get_open_posisi(satker) -> KedudukanSatker:
    posisi = (
        KedudukanSatker.objects.filter(satker=satker, berlaku_sampai__isnull=True)
        .select_related("jenis", "kanwil__satker")
        .first()
    )
    if posisi is None:
        raise Http404("Satker ini sudah ditutup.")
    return posisi


@require_safe
@role_required(Peran.ADMIN, Peran.TIM_KANWIL)
def satker_change(request, kode):
    """Which change?"""
    satker = _get_satker(request, kode)
    return render(
        request,
        "satker/satker_change.html",
        {
            "satker": satker,
            "posisi": _get_open_posisi(satker),
            "daftar_langkah": [
                (alamat, judul)
                for alamat, (judul, *_, daftar_peran) in LANGKAH.items()
                if has_role(request.user, *daftar_peran)
            ],
            "boleh_silsilah": has_role(request.user, Peran.ADMIN),
        },
    )


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN, Peran.TIM_KANWIL)
def satker_step(request, kode, langkah):
    if langkah not in LANGKAH or not has_role(request.user, *LANGKAH[langkah][-1]):
        raise Http404
    satker = _get_satker(request, kode)
    judul, form_class, step, berhasil, _ = LANGKAH[langkah]
    posisi = _get_open_posisi(satker)
    form = form_class(read_post(request), initial=build_awal(posisi))
    return run_step(
        request,
        form,
        judul,
        lambda **isi: step(satker, by=request.user, **isi),
        lambda hasil: redirect("satker_detail", satker.kode),
        berhasil=berhasil,
        satker=satker,
        nama=posisi.nama,
        bahaya=langkah == "tutup",
    )


def run_step(request, form, judul, call, go_on, *, berhasil, **konteks):
    """A step about offices."""
    return run_langkah(
        request,
        "satker/langkah.html",
        form,
        call,
        go_on,
        berhasil=berhasil,
        judul=judul,
        tombol="Simpan perubahan",
        **konteks,
    )


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN, Peran.TIM_KANWIL)
def satker_open(request):
    """A new unit; a Kanwil's team makes units under its own Kanwil only."""
    kanwil_set = KantorWilayah.objects.filter(
        satker__in=SatuanKerja.objects.visible_to(request.user)
    )
    form = SatkerBaruForm(
        read_post(request),
        kanwil_set=kanwil_set.select_related("satker").order_by("kode_bps", "satker__kode"),
    )
    return run_step(
        request,
        form,
        "Satuan kerja baru",
        lambda kode, **isi: alur.open_satker(kode, by=request.user, **isi),
        lambda satker: redirect("satker_detail", satker.kode),
        berhasil="Satuan kerja dicatat.",
    )


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN)
def kanwil_open(request):
    form = KanwilBaruForm(read_post(request))
    jenis = get_object_or_404(JenisSatker, kode="kanwil")
    return run_step(
        request,
        form,
        "Kantor wilayah baru",
        lambda kode, **isi: alur.open_kanwil(kode, by=request.user, jenis=jenis, **isi),
        lambda kanwil: redirect("satker_detail", kanwil.satker.kode),
        berhasil="Kantor wilayah dicatat.",
    )


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN)
def silsilah_record(request):
    form = SilsilahForm(
        read_post(request),
        initial={"asal": request.GET.get("asal", ""), "tanggal": timezone.localdate()},
    )
    return run_step(
        request,
        form,
        "Gabung, pecah, atau berganti satker",
        lambda jenis, asal, hasil, **isi: alur.relate(jenis, asal, hasil, by=request.user, **isi),
        lambda daftar: redirect("satker_detail", daftar[0].hasil.kode),
        berhasil="Silsilah dicatat.",
    )
