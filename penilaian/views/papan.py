"""The year as the Kanwil and those above it see it: opening it, and who is behind."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.formulir import read_post
from integritas.htmx import wants_partial
from integritas.langkah import run_step
from integritas.unduh import respond
from penilaian import papan
from penilaian.alur import jendela, pembukaan
from penilaian.baris_papan import JUDUL_UNDUH, show_baris, show_unduh
from penilaian.forms.lke import BukaForm
from penilaian.izin import PEMBACA, PEMBINA, PENGISI
from penilaian.models import Penilaian
from penilaian.views.register import get_kanwil, read_text
from satker.access import has_role, list_peran, reads_contoh, role_required
from satker.models import Peran, SatuanKerja
from satker.sebutan import list_pilihan_kanwil

TAHUN_PERTAMA, TAHUN_TERAKHIR = 2014, 2100
# More boxes than this are no page; a Kanwil is chosen first.
KOTAK_PALING_BANYAK = 300


def read_tahun(request) -> int:
    """The year of the address, this year by default; one that cannot be is 404."""
    teks = read_text(request, "tahun", 8)
    if not teks:
        return timezone.localdate().year
    if not teks.isdecimal() or not TAHUN_PERTAMA <= int(teks) <= TAHUN_TERAKHIR:
        raise Http404(f"Tidak ada LKE tahun {teks}.")
    return int(teks)


def read_saringan(request) -> papan.Saringan:
    """The filters of the address; a Kanwil that does not exist is 404."""
    kode, keadaan = read_text(request, "kanwil", 60), read_text(request, "keadaan", 20)
    return papan.Saringan(
        tahun=read_tahun(request),
        hari=timezone.localdate(),
        kanwil=get_kanwil(request, kode) if kode else None,
        keadaan=keadaan if keadaan in papan.LABEL_KEADAAN else "",
        q=read_text(request, "q", 100),
        contoh=reads_contoh(request.user, request.GET.get("contoh") == "1", PEMBACA),
    )


def _list_posisi(request, saringan: papan.Saringan):
    return papan.list_posisi(request.user, saringan.hari, saringan.kanwil, contoh=saringan.contoh)


@require_safe
@vary_on_headers("HX-Request")
@role_required(*PEMBACA)
def lke_list(request):
    """The board; who only fills one LKE of the year goes straight to it."""
    saringan = read_saringan(request)
    peran = list_peran(request.user) & set(PEMBACA)
    if peran <= set(PENGISI):
        sendiri = Penilaian.objects.visible_to(request.user).for_tahun(saringan.tahun)
        daftar = list(sendiri.order_by("pk").values_list("pk", flat=True)[:2])
        if len(daftar) == 1:
            return redirect("penilaian_detail", daftar[0])
    luas = not peran <= {*PENGISI, Peran.TIM_KANWIL}
    posisi = _list_posisi(request, saringan)
    hitungan = papan.count_papan(posisi, saringan)
    page = papan.get_page(posisi, saringan, hitungan, request.GET.get("page"))
    konteks = {
        "saringan": saringan,
        "hitungan": hitungan,
        "page": page,
        "daftar_baris": show_baris(page.object_list, saringan, luas=luas),
        "tautan": f"{reverse('lke_list')}?{_build_query(saringan)}",
        "bisa_buka": bool(peran & set(PEMBINA)),
    }
    template = "penilaian/lke_list.html"
    if wants_partial(request):
        return render(request, f"{template}#daftar", konteks)
    konteks |= {
        "daftar_keadaan": papan.LABEL_KEADAAN.items(),
        "daftar_kanwil": list_pilihan_kanwil(contoh=saringan.contoh) if luas else [],
    }
    return render(request, template, konteks)


def _build_query(saringan: papan.Saringan) -> str:
    """What the doors in the headline keep: year, Kanwil, and whether units are invented."""
    isi = [f"tahun={saringan.tahun}"]
    if saringan.kanwil:
        isi.append(f"kanwil={saringan.kanwil.satker.kode}")
    if saringan.contoh:
        isi.append("contoh=1")
    return "&".join(isi)


@require_safe
@role_required(*PEMBACA)
def papan_unduh(request, bentuk):
    saringan = read_saringan(request)
    daftar = papan.iterate_papan(_list_posisi(request, saringan), saringan)
    baris = show_unduh(daftar, saringan.tahun)
    return respond(bentuk, f"lke-{saringan.tahun}", JUDUL_UNDUH, baris)


@require_http_methods(["GET", "POST"])
@role_required(*PEMBINA)
def lke_open(request):
    """Open a year for many units at once."""
    tahun, hari = read_tahun(request), timezone.localdate()
    kode = read_text(request, "kanwil", 60)
    kanwil = get_kanwil(request, kode) if kode else None
    contoh = reads_contoh(request.user, request.GET.get("contoh") == "1", PEMBACA)
    posisi = papan.list_posisi(request.user, hari, kanwil, contoh=contoh)
    daftar = papan.list_calon(posisi, tahun, hari)
    calon = {
        satu["kode"]: SatuanKerja(pk=satu["satker_id"]) for satu in daftar if not satu["alasan"]
    }
    form = BukaForm(read_post(request), calon=calon)
    return run_step(
        request,
        "penilaian/lke_open.html",
        form,
        lambda satker, **isi: pembukaan.open_many(satker, tahun=tahun, by=request.user, **isi),
        lambda hasil: redirect(
            f"{reverse('lke_list')}?tahun={tahun}{'&contoh=1' if contoh else ''}"
        ),
        berhasil=f"LKE {tahun} dibuka.",
        list_peringatan=jendela.list_peringatan,
        tahun=tahun,
        contoh=contoh,
        kanwil=kode,
        daftar_kanwil=list_pilihan_kanwil(contoh=contoh)
        if has_role(request.user, Peran.ADMIN)
        else [],
        daftar_calon=daftar if len(daftar) <= KOTAK_PALING_BANYAK else [],
        jumlah=len(daftar),
        jumlah_calon=len(calon),
    )
