"""Preparing an event: its units, acts, documents and witnesses. Small steps post to their own
address and come back to the section they belong to."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.langkah import run_step
from satker.access import role_required
from satker.alur import acara as alur_acara
from satker.alur import peserta as alur_peserta
from satker.alur import peserta_satker as alur_satker
from satker.forms.upacara import AcaraForm, DokumenForm, SaksiForm, TamuForm
from satker.halaman_upacara import list_satker
from satker.izin_upacara import PENGURUS, PENYIAP
from satker.models import Acara, DokumenUpacara, Saksi, SatuanKerja, Upacara
from satker.views.putaran_susun import LANGKAH
from satker.views.upacara import get_upacara, list_pilihan


def _get_milik(request, kode) -> Upacara:
    return get_upacara(Upacara.objects.managed_by(request.user), kode)


def read_pilihan(nilai: str, ya: str, tidak: str) -> bool:
    """The last part of an address as yes or no; anything else is no address of ours."""
    if nilai not in {ya, tidak}:
        raise Http404
    return nilai == ya


def back_to(kode, jangkar: str):
    return redirect(f"{reverse('upacara_detail', args=[kode])}#{jangkar}")


def _run(request, kode, jangkar, langkah, pesan=""):
    """One small step and the way back to its section."""
    try:
        langkah()
    except AlurError as error:
        messages.error(request, str(error))
    else:
        if pesan:
            messages.success(request, pesan)
    return back_to(kode, jangkar)


# --- units ----------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGURUS)
def upacara_satker(request, kode):
    upacara = _get_milik(request, kode)
    daftar = list_satker(upacara)
    ikut = {satu.satker_id for satu in daftar}
    pilihan = [satu for satu in list_pilihan(upacara) if satu[0] not in ikut]
    form = TamuForm(read_post(request), pilihan_satker=pilihan, contoh=upacara.tuan_rumah.contoh)
    if request.method == "POST" and form.is_valid():
        try:
            jumlah = alur_satker.add_satker(
                upacara, form.cleaned_data["daftar_satker"], by=request.user
            )
        except AlurError as error:
            form.refuse(str(error))
        else:
            messages.success(request, f"{jumlah} satker ditambahkan.")
            return redirect("upacara_satker", kode)
    konteks = {"upacara": upacara, "daftar_satker": daftar, "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "satker/upacara_satker.html", konteks, status=status)


@require_POST
@role_required(*PENGURUS)
def upacara_satker_remove(request, kode, satker):
    upacara = _get_milik(request, kode)
    satu = get_object_or_404(SatuanKerja, kode=satker)
    try:
        alur_satker.remove_satker(upacara, satu, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Satker dikeluarkan dari upacara.")
    return redirect("upacara_satker", kode)


# --- acts -----------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENYIAP)
def acara_add(request, kode):
    upacara = _get_milik(request, kode)
    return run_step(
        request,
        LANGKAH,
        AcaraForm(read_post(request)),
        lambda **isi: alur_acara.add_acara(upacara, by=request.user, **isi),
        lambda hasil: back_to(kode, "acara"),
        berhasil="Acara ditambahkan di akhir.",
        judul="Tambah acara",
        tombol="Tambah acara",
        upacara=upacara,
    )


def _get_acara(request, kode, pk):
    return get_object_or_404(
        Acara.objects.filter(upacara=_get_milik(request, kode)).select_related("upacara"), pk=pk
    )


@require_POST
@role_required(*PENYIAP)
def acara_move(request, kode, pk, arah):
    naik = read_pilihan(arah, "naik", "turun")
    acara = _get_acara(request, kode, pk)
    return _run(
        request,
        kode,
        "acara",
        lambda: alur_acara.move_acara(acara, naik=naik, by=request.user),
    )


@require_POST
@role_required(*PENYIAP)
def acara_remove(request, kode, pk):
    acara = _get_acara(request, kode, pk)
    langkah = alur_acara.remove_acara
    return _run(request, kode, "acara", lambda: langkah(acara, by=request.user), "Acara dihapus.")


# --- documents ------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENYIAP)
def dokumen_add(request, kode):
    upacara = _get_milik(request, kode)
    return run_step(
        request,
        LANGKAH,
        DokumenForm(read_post(request)),
        lambda **isi: alur_acara.add_dokumen(upacara, by=request.user, **isi),
        lambda hasil: back_to(kode, "dokumen"),
        berhasil="Dokumen ditambahkan.",
        judul="Tambah dokumen yang harus siap",
        tombol="Tambah dokumen",
        upacara=upacara,
    )


def _get_dokumen(request, kode, pk):
    daftar = DokumenUpacara.objects.filter(upacara=_get_milik(request, kode))
    return get_object_or_404(daftar.select_related("upacara"), pk=pk)


@require_POST
@role_required(*PENYIAP)
def dokumen_mark(request, kode, pk, tanda):
    siap = read_pilihan(tanda, "siap", "belum")
    dokumen = _get_dokumen(request, kode, pk)
    return _run(
        request,
        kode,
        "dokumen",
        lambda: alur_acara.mark_dokumen(dokumen, siap=siap, by=request.user),
    )


@require_POST
@role_required(*PENYIAP)
def dokumen_remove(request, kode, pk):
    dokumen = _get_dokumen(request, kode, pk)
    langkah = alur_acara.remove_dokumen
    return _run(
        request, kode, "dokumen", lambda: langkah(dokumen, by=request.user), "Dokumen dihapus."
    )


# --- witnesses ------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENYIAP)
def saksi_add(request, kode):
    upacara = _get_milik(request, kode)
    return run_step(
        request,
        LANGKAH,
        SaksiForm(read_post(request)),
        lambda **isi: alur_peserta.add_saksi(upacara, by=request.user, **isi),
        lambda hasil: back_to(kode, "saksi"),
        berhasil="Saksi dicatat.",
        judul="Tambah saksi",
        tombol="Catat saksi",
        upacara=upacara,
    )


def _get_saksi(request, kode, pk):
    daftar = Saksi.objects.filter(upacara=_get_milik(request, kode))
    return get_object_or_404(daftar.select_related("upacara"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENYIAP)
def saksi_edit(request, kode, pk):
    saksi = _get_saksi(request, kode, pk)
    awal = {kolom: getattr(saksi, kolom) for kolom in SaksiForm.base_fields}
    return run_step(
        request,
        LANGKAH,
        SaksiForm(read_post(request), initial=awal),
        lambda **isi: alur_peserta.edit_saksi(saksi, by=request.user, **isi),
        lambda hasil: back_to(kode, "saksi"),
        berhasil="Saksi diubah.",
        judul="Ubah saksi",
        tombol="Simpan perubahan",
        upacara=saksi.upacara,
    )


@require_POST
@role_required(*PENYIAP)
def saksi_confirm(request, kode, pk, tanda):
    konfirmasi = read_pilihan(tanda, "pasti", "belum")
    saksi = _get_saksi(request, kode, pk)
    return _run(
        request,
        kode,
        "saksi",
        lambda: alur_peserta.confirm_saksi(saksi, konfirmasi=konfirmasi, by=request.user),
    )


@require_POST
@role_required(*PENYIAP)
def saksi_remove(request, kode, pk):
    saksi = _get_saksi(request, kode, pk)
    langkah = alur_peserta.remove_saksi
    return _run(request, kode, "saksi", lambda: langkah(saksi, by=request.user), "Saksi dihapus.")
