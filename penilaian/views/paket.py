"""The evidence packs of an assessment: asked for, waited for, taken away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.alur import AlurError
from integritas.berkas.kirim import respond_kunci
from integritas.htmx import wants_partial
from integritas.teks import to_hari
from penilaian.bukti.paket.langkah import request_paket
from penilaian.bukti.paket.sewa import BELUM_SELESAI, list_paket
from penilaian.izin import PEMBACA
from penilaian.models import PaketBukti
from penilaian.views.lke import get_penilaian
from satker.access import role_required

TEMPLAT = "penilaian/paket_list.html"


@require_safe
@vary_on_headers("HX-Request")
@role_required(*PEMBACA)
def paket_list(request, pk):
    """Packs with their progress; asks for itself again only while one is being made."""
    templat = f"{TEMPLAT}#daftar" if wants_partial(request) else TEMPLAT
    return _render(request, get_penilaian(request, pk), templat)


def _render(request, penilaian, templat=TEMPLAT, *, status=200, pesan=""):
    daftar = list_paket(penilaian)
    return render(
        request,
        templat,
        {
            "penilaian": penilaian,
            "judul_lke": "Paket bukti",
            "keterangan_lke": (
                "Semua bukti LKE ini dalam satu ZIP: folder per area dan pertanyaan, indeks, dan "
                "daftar sidik untuk memeriksa keutuhannya."
            ),
            "tab": "bukti",
            "daftar_paket": daftar,
            "berjalan": any(satu.keadaan in BELUM_SELESAI for satu in daftar),
            "pesan": pesan,
        },
        status=status,
    )


@require_POST
@role_required(*PEMBACA)
def paket_create(request, pk):
    penilaian = get_penilaian(request, pk)
    try:
        _, baru = request_paket(penilaian, by=request.user)
    except AlurError as error:
        return _render(request, penilaian, status=422, pesan=str(error))
    if baru:
        messages.success(request, "Paket sedang disiapkan. Halaman ini boleh ditinggalkan.")
    else:
        messages.info(request, "Paket LKE ini sedang dibuat; tidak perlu diminta dua kali.")
    return redirect("paket_list", pk)


@require_safe
@role_required(*PEMBACA)
def paket_download(request, pk, paket):
    penilaian = get_penilaian(request, pk)
    satu = get_object_or_404(
        PaketBukti, pk=paket, penilaian=penilaian.pk, keadaan=PaketBukti.Keadaan.SELESAI
    )
    hari = to_hari(satu.diminta_pada)
    return respond_kunci(
        satu.berkas,
        nama=f"bukti-{penilaian.satker.kode}-{penilaian.tahun}-{hari}.zip",
        mime="application/zip",
        ukuran=satu.ukuran,
        as_attachment=True,
    )
