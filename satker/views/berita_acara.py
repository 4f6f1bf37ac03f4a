"""Whether a paper is the one that was kept: for everybody who holds it."""

import hashlib
import re

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from integritas.berkas.nama import MEGA
from integritas.berkas.penangan import takes_berkas
from satker.access import public
from satker.forms.naskah import SidikForm
from satker.models import BeritaAcara
from satker.penandatangan import read_nama_satker
from satker.views.penutupan import name_pdf
from satker.views.tanda import respond_tersimpan
from satker.waktu_upacara import say_hari, say_jam

TERBESAR = 20 * MEGA
PESAN_BESAR = "Berkas ini terlalu besar; berita acara tidak sebesar itu."
SHA256 = re.compile(r"[0-9a-f]{64}")


def get_berita(kode: str) -> BeritaAcara:
    berita = (
        BeritaAcara.objects.filter(kode_periksa=kode)
        .select_related("upacara__tuan_rumah", "berita", "daftar_hadir")
        .first()
    )
    if berita is None:
        raise Http404(
            "Kode pemeriksaan ini tidak dikenal. Periksa lagi hurufnya, atau pindai QR-nya."
        )
    return berita


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def berita_acara_periksa(request, kode):
    """Which event, its totals and the hash; compares a file or a hash. Names nobody who came."""
    berita = get_berita(kode)
    if request.method == "POST":
        if int(request.META.get("CONTENT_LENGTH") or 0) > TERBESAR:
            # Anybody may ask; what cannot be ours is not even read.
            return _render(request, berita, SidikForm({}), pesan=PESAN_BESAR)
        return takes_berkas(_compare)(request, berita)
    return _render(request, berita, SidikForm())


def _compare(request, berita):
    form = SidikForm(request.POST, request.FILES)
    sidik = _read_sidik(form) if form.is_valid() else ""
    hasil = ""
    if sidik:
        hasil = {berita.berita.sha256: "berita", berita.daftar_hadir.sha256: "hadir"}.get(
            sidik, "berbeda"
        )
    return _render(request, berita, form, hasil=hasil, sidik=sidik)


def _read_sidik(form: SidikForm) -> str:
    """The hash of what was sent; nothing of it is kept."""
    berkas, teks = form.cleaned_data["berkas"], form.cleaned_data["sidik"]
    if berkas:
        hitung = hashlib.sha256()
        for potongan in berkas.chunks():
            hitung.update(potongan)
        return hitung.hexdigest()
    sidik = re.sub(r"[\s:]", "", teks).lower()
    if not sidik:
        form.refuse("Pilih berkasnya, atau tulis sidiknya.")
    elif not SHA256.fullmatch(sidik):
        form.add_error("sidik", "Sidik SHA-256 terdiri atas 64 angka dan huruf a sampai f.")
        return ""
    return sidik


def _render(request, berita, form, *, hasil="", sidik="", pesan=""):
    if pesan:
        form.add_error("berkas", pesan)
    upacara = berita.upacara
    terakhir = (
        BeritaAcara.objects.filter(upacara=upacara)
        .order_by("-versi")
        .values("versi", "kode_periksa")
    )[0]
    nama = read_nama_satker({upacara.tuan_rumah_id}, upacara.tanggal)
    konteks = {
        "berita": berita,
        "upacara": upacara,
        "ringkasan": berita.ringkasan,
        "tuan_rumah": nama.get(upacara.tuan_rumah_id, ""),
        "hari": say_hari(upacara),
        "jam": say_jam(upacara),
        "terakhir": terakhir,
        "alamat": settings.INTEGRITAS_ALAMAT
        + reverse("berita_acara_periksa", args=[berita.kode_periksa]),
        "form": form,
        "hasil": hasil,
        "sidik": sidik,
    }
    status = 422 if form.errors else 200
    return render(request, "satker/berita_acara_periksa.html", konteks, status=status)


@require_safe
@public
def berita_acara_terbit(request, kode):
    """The minutes themselves, once they are published."""
    berita = get_object_or_404(
        BeritaAcara.objects.select_related("upacara", "berita"),
        kode_periksa=kode,
        diterbitkan_pada__isnull=False,
    )
    return respond_tersimpan(berita.berita, name_pdf(berita, "berita-acara"))
