"""The history of one unit: every change, newest first, for people who may see its working rows."""

from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from integritas.unduh import respond
from satker.access import role_required
from satker.cerita import tell
from satker.models import KedudukanSatker, Peran, RantaiRiwayat, Riwayat, SatuanKerja
from satker.models.riwayat import build_kunci

KOLOM = ["nomor", "waktu", "oleh", "kejadian", "objek", "perubahan", "alasan", "hash"]


def _get_satker(request, kode):
    return get_object_or_404(SatuanKerja.objects.visible_to(request.user), kode=kode)


@require_safe
@role_required(*Peran)
def riwayat_list(request, kode):
    satker = _get_satker(request, kode)
    page = Paginator(Riwayat.objects.of(satker), 25).get_page(request.GET.get("page"))
    terakhir = F("berlaku_dari").desc(nulls_last=True)
    konteks = {
        "satker": satker,
        "posisi": KedudukanSatker.objects.filter(satker=satker).order_by(terakhir, "pk").first(),
        "kepala": RantaiRiwayat.objects.filter(kunci=build_kunci(satker)).first(),
        "page": page,
        "daftar_cerita": tell(page),
    }
    return render(request, "satker/riwayat_list.html", konteks)


@require_safe
@role_required(*Peran)
def riwayat_unduh(request, kode, bentuk):
    """The whole chain of the unit; hundreds of lines at most."""
    satker = _get_satker(request, kode)
    baris = (
        [
            satu.baris.nomor,
            satu.baris.waktu,
            satu.oleh,
            satu.kejadian,
            satu.baris.objek,
            "; ".join(_say_beda(beda) for beda in satu.daftar_beda),
            satu.alasan,
            satu.baris.hash,
        ]
        for satu in tell(Riwayat.objects.of(satker))
    )
    return respond(bentuk, f"riwayat-{satker.kode}", KOLOM, baris)


def _say_beda(beda) -> str:
    if beda.sebelum is None:
        return f"{beda.label}: {beda.sesudah}"
    if beda.sesudah is None:
        return f"{beda.label}: {beda.sebelum} dikosongkan"
    return f"{beda.label}: {beda.sebelum} menjadi {beda.sesudah}"
