"""Monitoring of holders: which report is due when."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from integritas.unduh import respond
from penilaian import pantau
from satker.access import role_required
from satker.models import KedudukanSatker, Peran, SatuanKerja

PEMBACA = (Peran.ADMIN, Peran.TPI, Peran.TIM_KANWIL, Peran.ESELON1, Peran.PIMPINAN)
UKURAN_HALAMAN = 50
JUDUL_UNDUH = ["kode", "nama", "predikat", "jatuh_tempo", "paling_lambat", "laporan_terakhir"]


def _list_posisi(user, hari):
    """Units within one's reach where they stand today."""
    return KedudukanSatker.objects.at(hari).filter(satker__in=SatuanKerja.objects.visible_to(user))


def _build_baris(daftar, posisi, hari) -> list:
    """Due dates with the names of their units, two queries for any number."""
    daftar = list(daftar)
    nama = dict(
        posisi.filter(satker__in=[satu.satker_id for satu in daftar]).values_list("satker", "nama")
    )
    return [
        (satu, nama[satu.predikat.satker_id]) for satu in pantau.compute_jatuh_tempo(daftar, hari)
    ]


@require_safe
@role_required(*PEMBACA)
def pemantauan_list(request):
    """Reports due on holders within one's reach, most overdue first."""
    hari = timezone.localdate()
    posisi = _list_posisi(request.user, hari)
    daftar = pantau.list_tenggat(hari).filter(satker__in=posisi.values("satker"))
    page = Paginator(daftar, UKURAN_HALAMAN).get_page(request.GET.get("page"))
    return render(
        request,
        "penilaian/pemantauan_list.html",
        {"page": page, "daftar_baris": _build_baris(page.object_list, posisi, hari)},
    )


@require_safe
@role_required(*PEMBACA)
def pemantauan_unduh(request, bentuk):
    hari = timezone.localdate()
    posisi = _list_posisi(request.user, hari)
    daftar = pantau.list_tenggat(hari).filter(satker__in=posisi.values("satker"))
    baris = (
        [
            satu.predikat.satker.kode,
            nama,
            satu.predikat.jenis,
            satu.tanggal,
            "ya" if satu.paling_lambat else "tidak",
            satu.predikat.terakhir,
        ]
        for satu, nama in _build_baris(daftar, posisi, hari)
    )
    return respond(bentuk, "pemantauan", JUDUL_UNDUH, baris)
