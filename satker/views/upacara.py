"""Events: the list, the page of one, and the steps of its plan."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.htmx import wants_partial
from integritas.langkah import run_step
from satker.access import has_role, reads_contoh, role_required
from satker.alur import putaran as alur_putaran
from satker.alur import upacara as alur
from satker.daftar_upacara import with_nama_rumah
from satker.forms.upacara import (
    BatalForm,
    JadwalForm,
    UpacaraBaruForm,
    list_kanwil,
    list_pilihan_satker,
)
from satker.halaman_upacara import read_upacara
from satker.izin_upacara import PENGURUS
from satker.models import Peran, PesertaSatker, Putaran, Upacara
from satker.views.putaran_susun import LANGKAH, run_upacara_baru

UKURAN_HALAMAN = 25
TAMPIL = [("mendatang", "Mendatang"), ("lalu", "Sudah lewat"), ("putaran", "Putaran")]


# --- the list -------------------------------------------------------------------------------------
@require_safe
@vary_on_headers("HX-Request")
@role_required(*Peran)
def upacara_list(request):
    tampil = request.GET.get("tampil", "")
    tampil = tampil if tampil in dict(TAMPIL) else "mendatang"
    q = request.GET.get("q", "").strip()[:100]
    contoh = reads_contoh(request.user, request.GET.get("contoh") == "1")
    daftar = _list_putaran if tampil == "putaran" else _list_upacara
    page = Paginator(daftar(request.user, tampil, q, contoh), UKURAN_HALAMAN).get_page(
        request.GET.get("page")
    )
    konteks = {
        "tampil": tampil,
        "daftar_tampil": TAMPIL,
        "q": q,
        "contoh": contoh,
        "minta_contoh": request.GET.get("contoh") == "1",
        "page": page,
        "daftar_alasan": list_alasan(page, tampil),
        "can_plan": has_role(request.user, *PENGURUS),
        "is_admin": has_role(request.user, Peran.ADMIN),
    }
    template = "satker/upacara_list.html"
    if wants_partial(request):
        template += "#daftar"
    return render(request, template, konteks)


def _list_upacara(user, tampil: str, q: str, contoh: bool):
    hari = timezone.localdate()
    daftar = Upacara.objects.visible_to(user).filter(tuan_rumah__contoh=contoh)
    if q:
        daftar = daftar.filter(Q(nama__icontains=q) | Q(tempat__icontains=q))
    daftar = with_nama_rumah(daftar).select_related("putaran")
    daftar = daftar.annotate(jumlah_satker=_count(PesertaSatker, "upacara"))
    if tampil == "lalu":
        return daftar.filter(tanggal__lt=hari).order_by("-tanggal", "-pk")
    return daftar.filter(tanggal__gte=hari).order_by("tanggal", "mulai_pada", "pk")


def _count(model, kolom: str) -> Subquery:
    """How many rows of a model hang on each; a subquery, which the pager's own count leaves out."""
    milik = model.objects.filter(**{kolom: OuterRef("pk")}).order_by().values(kolom)
    return Subquery(milik.annotate(jumlah=Count("pk")).values("jumlah"))


def _list_putaran(user, tampil: str, q: str, contoh: bool):
    daftar = Putaran.objects.visible_to(user).filter(kanwil__satker__contoh=contoh)
    if q:
        daftar = daftar.filter(Q(nama__icontains=q) | Q(kanwil__provinsi__icontains=q))
    daftar = daftar.select_related("kanwil__satker").annotate(
        jumlah_upacara=_count(Upacara, "putaran")
    )
    return daftar.order_by("-tahun", "kanwil__satker__kode", "pk")


def list_alasan(page, tampil: str = "") -> list[str]:
    """Why the year of something on this page is presumed; each reason once."""
    putaran = page if tampil == "putaran" else [satu.putaran for satu in page if satu.putaran_id]
    return list(dict.fromkeys(satu.alasan_dugaan for satu in putaran if satu.tahun_dugaan))


# --- one event ------------------------------------------------------------------------------------
def get_upacara(daftar, kode) -> Upacara:
    return get_object_or_404(
        daftar.select_related("tuan_rumah", "putaran__kanwil__satker", "susulan_dari"), kode=kode
    )


@require_safe
@never_cache
@role_required(*Peran)
def upacara_detail(request, kode):
    upacara = get_upacara(Upacara.objects.visible_to(request.user), kode)
    konteks = read_upacara(upacara, request.user)
    return render(request, "satker/upacara_detail.html", konteks)


def _get_milik(request, kode) -> Upacara:
    return get_upacara(Upacara.objects.managed_by(request.user), kode)


def list_pilihan(upacara) -> list[tuple[int, str]]:
    """Who can host it: the units of the round's Kanwil, or of the host's own."""
    if upacara.putaran_id:
        kanwil = upacara.putaran.kanwil
    else:
        kanwil = alur.get_posisi(upacara.tuan_rumah, upacara.tanggal).kanwil
    pilihan = list_pilihan_satker(alur_putaran.list_satker_kanwil(kanwil, upacara.tanggal))
    if upacara.tuan_rumah_id not in dict(pilihan):
        pilihan.append((upacara.tuan_rumah_id, upacara.tuan_rumah.kode))
    return pilihan


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGURUS)
def upacara_create(request):
    """An event outside any round; an admin says first for which Kanwil."""
    daftar_kanwil = list(list_kanwil(request.user))
    kode = request.GET.get("kanwil", "")
    dipilih = [satu for satu in daftar_kanwil if satu.satker.kode == kode]
    if not dipilih and len(daftar_kanwil) == 1:
        dipilih = daftar_kanwil
    if not dipilih:
        konteks = {"daftar_kanwil": [(k.satker.kode, k.provinsi) for k in daftar_kanwil]}
        return render(request, "satker/upacara_kanwil.html", konteks)
    kanwil = dipilih[0]
    posisi = alur_putaran.list_satker_kanwil(kanwil, timezone.localdate())
    form = UpacaraBaruForm(read_post(request), pilihan_satker=list_pilihan_satker(posisi))
    return run_upacara_baru(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGURUS)
def upacara_edit(request, kode):
    upacara = _get_milik(request, kode)
    awal = {
        "nama": upacara.nama,
        "tuan_rumah": upacara.tuan_rumah_id,
        "tempat": upacara.tempat,
        "tanggal": upacara.tanggal,
        "mulai": upacara.mulai_lokal and upacara.mulai_lokal.time(),
        "selesai": upacara.selesai_lokal and upacara.selesai_lokal.time(),
        "alamat_daring": upacara.alamat_daring,
    }
    form = JadwalForm(read_post(request), pilihan_satker=list_pilihan(upacara), initial=awal)
    diumumkan = upacara.status == Upacara.Status.TERJADWAL
    return run_step(
        request,
        LANGKAH,
        form,
        lambda jadwal, **isi: alur.change(upacara, jadwal, by=request.user),
        lambda hasil: redirect("upacara_detail", kode),
        berhasil="Perubahan disimpan, dan yang diundang dikabari."
        if diumumkan
        else "Rencana upacara diubah.",
        judul="Ubah upacara",
        lede="Upacara ini sudah diumumkan: yang sudah diundang dikabari perubahannya."
        if diumumkan
        else "",
        tombol="Simpan perubahan",
        upacara=upacara,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGURUS)
def upacara_cancel(request, kode):
    upacara = _get_milik(request, kode)
    return run_step(
        request,
        LANGKAH,
        BatalForm(read_post(request)),
        lambda alasan: alur.cancel(upacara, alasan=alasan, by=request.user),
        lambda hasil: redirect("upacara_detail", kode),
        berhasil="Upacara dibatalkan.",
        judul="Batalkan upacara?",
        lede="Upacara tetap tercatat sebagai batal. Satkernya kembali ke “belum” di papan putaran.",
        tombol="Batalkan upacara",
        bahaya=True,
        upacara=upacara,
    )


@require_POST
@role_required(*PENGURUS)
def upacara_schedule(request, kode):
    upacara = _get_milik(request, kode)
    try:
        alur.schedule(upacara, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Upacara dijadwalkan.")
    return redirect("upacara_detail", kode)
