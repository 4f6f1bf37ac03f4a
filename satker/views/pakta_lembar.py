"""Paper: sheets that many people signed, slips with personal links, and signatures taken back."""

import segno
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from integritas.alur import AlurError
from integritas.berkas.kirim import respond_kunci
from integritas.berkas.masuk import ensure_berkas, receive
from integritas.berkas.penangan import takes_berkas
from integritas.berkas.simpan import build_kunci
from integritas.berkas.tolak import BerkasDitolakError
from integritas.formulir import read_post
from integritas.langkah import run_step
from satker.access import role_required
from satker.alur import naskah as alur_naskah
from satker.alur import pakta as alur
from satker.cakupan import with_pakta
from satker.cetak import print_lembar, print_slip
from satker.forms.pakta import CabutForm, LembarForm
from satker.models import Personel, SatuanKerja, TandaTangan
from satker.personel import ORANG_SATKER, PEMBACA
from satker.views.roster_dasar import check_tahun, get_satker, name_satker

# More names on one page help nobody; the kinds divide a large unit.
MAKS_NAMA = 500
JENIS = dict(Personel.Jenis.choices)


def _list_belum(request, satker, tahun: int):
    """Those of today's roster who have not signed, of one kind when that is chosen."""
    hari_ini = timezone.localdate()
    daftar = with_pakta(Personel.objects.at(hari_ini).filter(satker=satker), tahun, hari_ini)
    if (jenis := request.GET.get("jenis", "")) in JENIS:
        daftar = daftar.filter(jenis=jenis)
    if request.GET.get("siapa") == "tanpa-kontak":
        daftar = daftar.filter(kontak__isnull=True)
    return daftar.filter(sudah=False).order_by("kunci", "pk")


def _get_naskah(satker, tahun: int):
    """The text in force; without one there is nothing to sign."""
    check_tahun(tahun)
    beku, _ = alur.list_naskah(satker.pk, tahun)
    if beku is None:
        raise Http404("Naskah pakta tahun ini belum dibekukan.")
    return beku


def _cut(daftar):
    """The pks of at most so many names, as a query of their own."""
    return Personel.objects.filter(pk__in=list(daftar.values_list("pk", flat=True)[:MAKS_NAMA]))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*ORANG_SATKER)
@takes_berkas
def pakta_lembar(request, kode, tahun):
    """Hand in a signed sheet and tick whose names are on it."""
    satker = get_satker(request, kode)
    naskah = _get_naskah(satker, tahun)
    belum = _list_belum(request, satker, tahun)
    jumlah = belum.count()
    form = LembarForm(
        read_post(request), request.FILES or None, daftar_orang=_cut(belum).order_by("kunci", "pk")
    )
    konteks = {
        "satker": satker,
        "naskah": naskah,
        "tahun": tahun,
        "jumlah": jumlah,
        "maks": MAKS_NAMA,
        "daftar_jenis": Personel.Jenis.choices,
        "jenis": request.GET.get("jenis", ""),
    }
    return run_step(
        request,
        "satker/pakta_lembar.html",
        form,
        lambda **isi: _take_lembar(request, naskah, **isi),
        lambda hasil: redirect("pakta_satker", kode),
        berhasil="Lembar disimpan dan tanda tangannya dicatat.",
        **konteks,
    )


def _take_lembar(request, naskah, *, berkas, cara, tanggal, orang):
    """Take the file in, then sign; a refused file says what is wrong with it."""
    try:
        masuk = receive(berkas, berkas.name)
    except BerkasDitolakError as error:
        raise AlurError(str(error)) from error
    if masuk.jenis not in alur.JENIS_LEMBAR[cara]:
        raise AlurError(
            "Berkas bertanda tangan elektronik harus PDF."
            if cara == TandaTangan.Cara.ELEKTRONIK
            else "Lembar pindaian harus PDF, JPG atau PNG."
        )
    with transaction.atomic():
        return alur.sign_lembar(
            naskah,
            list(orang),
            cara=cara,
            berkas_id=ensure_berkas(masuk),
            nama_berkas=masuk.nama,
            tanggal=tanggal,
            by=request.user,
        )


@require_safe
@never_cache
@role_required(*ORANG_SATKER)
def pakta_lembar_pdf(request, kode, tahun):
    """The text with a place to sign for everybody who has not: to print, sign and scan."""
    satker = get_satker(request, kode)
    naskah = _get_naskah(satker, tahun)
    daftar = _list_belum(request, satker, tahun)[:MAKS_NAMA]
    isi = print_lembar(naskah, list(daftar), satker=satker.nama, pada=timezone.localdate())
    return _respond_pdf(isi, f"lembar-pakta-{satker.kode}-{tahun}.pdf")


def _respond_pdf(isi: bytes, nama: str) -> HttpResponse:
    respons = HttpResponse(isi, content_type="application/pdf")
    respons["Content-Disposition"] = f'attachment; filename="{nama}"'
    return respons


# --- slips ----------------------------------------------------------------------------------------
def _build_slip(personel) -> dict:
    tautan = settings.INTEGRITAS_ALAMAT + reverse("pakta_tautan", args=[personel.token])
    return {"personel": personel, "tautan": tautan, "qr": segno.make(tautan, error="m")}


@require_safe
@never_cache
@role_required(*ORANG_SATKER)
def pakta_slip(request, kode, tahun):
    """Slips to cut out, each with the personal link of one person."""
    satker = get_satker(request, kode)
    naskah = _get_naskah(satker, tahun)
    belum = _list_belum(request, satker, tahun)
    daftar = [_build_slip(satu) for satu in belum[:MAKS_NAMA]]
    for slip in daftar:
        slip["qr"] = slip["qr"].svg_data_uri(scale=4, border=2, light="white")
    konteks = {
        "satker": satker,
        "naskah": naskah,
        "tahun": tahun,
        "daftar": daftar,
        "jumlah": belum.count(),
        "maks": MAKS_NAMA,
        "siapa": request.GET.get("siapa", ""),
        "jenis": request.GET.get("jenis", ""),
        "daftar_jenis": Personel.Jenis.choices,
    }
    return render(request, "satker/pakta_slip.html", konteks)


@require_safe
@never_cache
@role_required(*ORANG_SATKER)
def pakta_slip_pdf(request, kode, tahun):
    satker = get_satker(request, kode)
    naskah = _get_naskah(satker, tahun)
    daftar = [_build_slip(satu) for satu in _list_belum(request, satker, tahun)[:MAKS_NAMA]]
    isi = print_slip(naskah, daftar, satker=satker.nama, pada=timezone.localdate())
    return _respond_pdf(isi, f"slip-pakta-{satker.kode}-{tahun}.pdf")


# --- signatures -----------------------------------------------------------------------------------
def _get_tanda(request, pk) -> TandaTangan:
    """A signature under a unit's text, of a roster that this person sees."""
    tanda = get_object_or_404(
        TandaTangan.objects.filter(
            personel__satker__in=SatuanKerja.objects.visible_to(request.user),
            naskah__satker__isnull=False,
        ).select_related("naskah", "personel__satker", "berkas"),
        pk=pk,
    )
    name_satker(tanda.personel.satker)
    return tanda


@require_safe
@role_required(*PEMBACA)
def pakta_berkas(request, pk):
    """The signed sheet as it was handed in."""
    tanda = _get_tanda(request, pk)
    if tanda.berkas is None:
        raise Http404("Tanda tangan ini tanpa berkas.")
    return respond_kunci(
        build_kunci(tanda.berkas.sha256),
        nama=tanda.nama_berkas,
        mime=tanda.berkas.mime,
        ukuran=tanda.berkas.ukuran,
        as_attachment=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*ORANG_SATKER)
def pakta_revoke(request, pk):
    tanda = _get_tanda(request, pk)
    return run_step(
        request,
        "satker/personel_langkah.html",
        CabutForm(read_post(request)),
        lambda alasan: alur_naskah.revoke(tanda, alasan, by=request.user),
        lambda hasil: redirect("personel_detail", tanda.personel_id),
        berhasil="Tanda tangan dicabut. Catatannya tetap tersimpan.",
        judul="Cabut tanda tangan",
        keterangan=f"Tanda tangan {tanda.nama} di bawah “{tanda.naskah.judul}” tidak lagi terhitung; "
        "catatan dan alasannya tetap tersimpan.",
        tombol="Cabut tanda tangan",
        bahaya=True,
        personel=tanda.personel,
        satker=tanda.personel.satker,
    )
