"""The pact of a unit: its coverage at a date, who is missing and why, and its text."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.langkah import run_step
from integritas.unduh import respond
from satker.access import role_required
from satker.alur import naskah as alur_naskah
from satker.alur import pakta as alur
from satker.cakupan import count_at, with_halangan, with_pakta
from satker.forms.pakta import NaskahPaktaForm
from satker.models import PaktaIntegritas, Personel
from satker.personel import ORANG_SATKER, PEMBACA, fill_sebab
from satker.views.roster_dasar import can_manage, check_tahun, get_satker, read_pada, read_tahun

JENIS = dict(Personel.Jenis.choices)
LIHAT = [("belum", "Belum menandatangani"), ("sudah", "Sudah menandatangani")]


def _count(satker, tahun, pada) -> tuple[list[dict], dict]:
    """Figures by kind with their names, and of the whole roster."""
    daftar = count_at(satker, tahun, pada)
    jumlah = {
        kolom: sum(satu[kolom] for satu in daftar)
        for kolom in ("jumlah", "jumlah_sudah", "jumlah_berhalangan")
    }
    for satu in [*daftar, jumlah]:
        satu["jumlah_belum"] = satu["jumlah"] - satu["jumlah_sudah"] - satu["jumlah_berhalangan"]
        satu["nama"] = JENIS.get(satu.get("jenis", ""), "Semua")
    jumlah["persen"] = jumlah["jumlah_sudah"] * 100 / jumlah["jumlah"] if jumlah["jumlah"] else None
    urutan = list(JENIS)
    return sorted(daftar, key=lambda satu: urutan.index(satu["jenis"])), jumlah


def _list_orang(satker, tahun, pada, *, sudah: bool, jenis=""):
    daftar = with_pakta(Personel.objects.at(pada).filter(satker=satker), tahun, pada)
    if jenis in JENIS:
        daftar = daftar.filter(jenis=jenis)
    return with_halangan(daftar, pada).filter(sudah=sudah).order_by("kunci", "pk")


def _fill_tanda(daftar, tahun: int):
    """Set `tanda` on each who has signed: one query for the page."""
    pakta = PaktaIntegritas.objects.filter(
        tahun=tahun, personel__in=[satu.pk for satu in daftar]
    ).select_related("tanda_tangan")
    milik = {satu.personel_id: satu.tanda_tangan for satu in pakta}
    for satu in daftar:
        satu.tanda = milik.get(satu.pk)
    return daftar


@require_safe
@never_cache
@role_required(*PEMBACA)
def pakta_satker(request, kode):
    satker = get_satker(request, kode)
    pada, salah = read_pada(request)
    tahun = read_tahun(request, pada.year)
    per_jenis, jumlah = _count(satker, tahun, pada)
    lihat = "sudah" if request.GET.get("lihat") == "sudah" else "belum"
    jenis = request.GET.get("jenis", "")
    daftar = _list_orang(satker, tahun, pada, sudah=lihat == "sudah", jenis=jenis)
    page = Paginator(daftar, 50).get_page(request.GET.get("page"))
    if lihat == "sudah":
        _fill_tanda(page.object_list, tahun)
    fill_sebab(page.object_list)
    beku, draf = alur.list_naskah(satker.pk, tahun)
    konteks = {
        "satker": satker,
        "pada": pada,
        "hari_ini": timezone.localdate(),
        "salah": salah,
        "tahun": tahun,
        "per_jenis": per_jenis,
        "jumlah": jumlah,
        "lihat": lihat,
        "daftar_lihat": LIHAT,
        "jenis": jenis if jenis in JENIS else "",
        "page": page,
        "naskah": beku,
        "draf": draf,
        "can_manage": can_manage(request, satker.pk),
    }
    return render(request, "satker/pakta_satker.html", konteks)


@require_safe
@role_required(*PEMBACA)
def pakta_unduh(request, kode, bentuk):
    """Everybody of that day: signed how and when, or missing and why."""
    satker = get_satker(request, kode)
    pada, _ = read_pada(request)
    tahun = read_tahun(request, pada.year)
    judul = ["nama", "jenis", "jabatan", "pakta", "tanggal", "cara", "sebab", "sebab sampai"]
    return respond(bentuk, f"pakta-{satker.kode}-{tahun}", judul, _list_baris(satker, tahun, pada))


def _list_baris(satker, tahun, pada):
    for sudah in (False, True):
        daftar = list(_list_orang(satker, tahun, pada, sudah=sudah))
        fill_sebab(_fill_tanda(daftar, tahun))
        for satu in daftar:
            yield [
                satu.nama,
                satu.get_jenis_display(),
                satu.jabatan,
                "sudah" if sudah else "belum",
                satu.tanda.tanggal if sudah and satu.tanda else None,
                satu.tanda.get_cara_display() if sudah and satu.tanda else "",
                "" if sudah else satu.sebab,
                None if sudah else satu.halangan_sampai,
            ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*ORANG_SATKER)
def pakta_naskah(request, kode, tahun):
    """The text of a year: read it, write its draft, freeze it."""
    satker = get_satker(request, kode)
    check_tahun(tahun)
    beku, draf = alur.list_naskah(satker.pk, tahun)
    awal = draf or beku
    isi = (
        {kolom: getattr(awal, kolom) for kolom in ("judul", "teks", "persetujuan")}
        if awal
        else alur.suggest(satker.nama, tahun)
    )
    form = NaskahPaktaForm(read_post(request), initial=isi)
    return run_step(
        request,
        "satker/pakta_naskah.html",
        form,
        lambda **isi: alur.save_naskah(satker, tahun, by=request.user, **isi),
        lambda hasil: redirect("pakta_naskah", kode, tahun),
        berhasil="Naskah disimpan. Bekukan bila sudah benar.",
        satker=satker,
        tahun=tahun,
        naskah=beku,
        draf=draf,
        susun=beku is None or draf is not None or "baru" in request.GET or request.method == "POST",
    )


@require_POST
@role_required(*ORANG_SATKER)
def pakta_freeze(request, kode, tahun):
    satker = get_satker(request, kode)
    check_tahun(tahun)
    _, draf = alur.list_naskah(satker.pk, tahun)
    if draf is None:
        messages.error(request, "Tidak ada naskah yang menunggu dibekukan.")
        return redirect("pakta_naskah", kode, tahun)
    try:
        alur_naskah.freeze(draf, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Naskah dibekukan. Sekarang dapat ditandatangani.")
    return redirect("pakta_naskah", kode, tahun)
