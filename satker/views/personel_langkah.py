"""Steps on one person of a roster: gone, back, away for a time, erased."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.langkah import run_step
from satker.access import role_required
from satker.alur import personel as alur
from satker.forms.personel import (
    HalanganAkhiriForm,
    HalanganForm,
    KosongForm,
    PersonelAkhiriForm,
)
from satker.models import Halangan, Peran, Personel
from satker.personel import ORANG_SATKER
from satker.views.roster_dasar import get_personel, name_satker

TEMPLAT = "satker/personel_langkah.html"


def _run(request, personel, form, langkah, **konteks):
    return run_step(
        request,
        TEMPLAT,
        form,
        langkah,
        lambda hasil: redirect("personel_detail", personel.pk),
        personel=personel,
        satker=personel.satker,
        **konteks,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*ORANG_SATKER)
def personel_end(request, pk):
    personel = get_personel(request, pk)
    return _run(
        request,
        personel,
        PersonelAkhiriForm(read_post(request)),
        lambda sampai: alur.end(personel, sampai, by=request.user),
        judul="Akhiri masa di roster",
        keterangan="Orangnya tetap tercatat pada tanggal-tanggal sebelumnya, juga paktanya.",
        tombol="Akhiri",
        berhasil=f"{personel.nama} diakhiri.",
    )


@require_POST
@role_required(*ORANG_SATKER)
def personel_reopen(request, pk):
    personel = get_personel(request, pk)
    try:
        alur.reopen(personel, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{personel.nama} kembali di roster.")
    return redirect("personel_detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*ORANG_SATKER, Peran.ADMIN)
def personel_erase(request, pk):
    personel = get_personel(request, pk)
    return run_step(
        request,
        TEMPLAT,
        KosongForm(read_post(request)),
        lambda: alur.erase(personel, by=request.user),
        lambda hasil: redirect("personel_satker", personel.satker.kode),
        personel=personel,
        satker=personel.satker,
        judul="Hapus data orang ini?",
        keterangan="Nama, jabatan, nomor, kontak, halangan, gambar tanda tangan dan tautannya hilang "
        "dan tidak bisa dikembalikan. Bahwa satu orang berjenis ini ada di roster dan menandatangani "
        "tetap terhitung. Lembar pindaian yang dipakai bersama orang lain, dan daftar hadir upacara yang "
        "sudah ditutup, tetap tersimpan.",
        tombol="Hapus selamanya",
        bahaya=True,
        berhasil="Data orang itu dihapus.",
    )


@require_POST
@role_required(*ORANG_SATKER)
def personel_renew(request, pk):
    personel = get_personel(request, pk)
    alur.renew_token(personel, by=request.user)
    messages.success(request, "Tautan pribadi diperbarui. Tautan dan slip yang lama tidak berlaku.")
    return redirect("personel_detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*ORANG_SATKER)
def halangan_create(request, pk):
    personel = get_personel(request, pk)
    return _run(
        request,
        personel,
        HalanganForm(read_post(request)),
        lambda **isi: alur.record_halangan(personel, by=request.user, **isi),
        judul="Catat halangan",
        keterangan="Selama berhalangan, orang ini tampil sebagai berhalangan pada daftar yang belum "
        "menandatangani.",
        tombol="Catat halangan",
        berhasil="Halangan dicatat.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*ORANG_SATKER)
def halangan_end(request, pk):
    halangan = get_object_or_404(
        Halangan.objects.filter(
            personel__in=Personel.objects.visible_to(request.user).filter(dihapus_pada__isnull=True)
        ).select_related("personel__satker"),
        pk=pk,
    )
    name_satker(halangan.personel.satker)
    return _run(
        request,
        halangan.personel,
        HalanganAkhiriForm(read_post(request)),
        lambda sampai: alur.end_halangan(halangan, sampai, by=request.user),
        judul=f"Akhiri {halangan.get_jenis_display().lower()}",
        halangan=halangan,
        tombol="Akhiri",
        berhasil="Halangan diakhiri.",
    )
