"""The year as the Kanwil and those above it see it: opening it, and who is behind."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integritas.formulir import read_post
from integritas.langkah import run_step
from penilaian import papan
from penilaian.alur import jendela, pembukaan
from penilaian.forms.lke import BukaForm
from penilaian.views.register import get_kanwil, read_text
from satker.access import has_role, role_required
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


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN, Peran.TIM_KANWIL)
def lke_open(request):
    """Open a year for many units at once."""
    tahun, hari = read_tahun(request), timezone.localdate()
    kode = read_text(request, "kanwil", 60)
    kanwil = get_kanwil(request, kode) if kode else None
    contoh = papan.reads_contoh(request.user, request.GET.get("contoh") == "1")
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
        lambda hasil: redirect(request.get_full_path()),
        berhasil=f"LKE {tahun} dibuka.",
        list_peringatan=jendela.list_peringatan,
        tahun=tahun,
        contoh=contoh,
        kanwil=kode,
        daftar_kanwil=list_pilihan_kanwil() if has_role(request.user, Peran.ADMIN) else [],
        daftar_calon=daftar if len(daftar) <= KOTAK_PALING_BANYAK else [],
        jumlah=len(daftar),
        jumlah_calon=len(calon),
    )
