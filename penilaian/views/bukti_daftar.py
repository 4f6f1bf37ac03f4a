"""The evidence of a unit: listed, looked at, handed out. Files leave through here only."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from integritas.berkas.kirim import respond_kunci
from integritas.berkas.simpan import build_kunci
from penilaian.bukti.daftar import (
    PRATINJAU,
    SARING,
    build_baris,
    filter_bukti,
    list_nomor,
    list_pakai,
)
from penilaian.izin import PEMBACA, PENGISI, get_izin
from penilaian.models import BuktiDukung, Penilaian, RevisiBukti
from penilaian.versi import get_terpakai
from penilaian.views.lke import get_penilaian
from penilaian.views.register import read_text
from satker.access import has_role, role_required

SEHALAMAN = 50


@require_safe
@role_required(*PEMBACA)
def bukti_list(request, pk):
    """The unit's evidence as this assessment uses it, and what nobody uses."""
    penilaian = get_penilaian(request, pk)
    terpakai = get_terpakai(penilaian.versi)
    saring = read_text(request, "saring", 16) or SARING[0][0]
    area = read_text(request, "area", 8)
    if saring not in dict(SARING) or (area and area not in terpakai.isi.pertanyaan_area):
        raise Http404
    cari = read_text(request, "q", 100)
    paginator = Paginator(filter_bukti(penilaian, saring, cari, area), SEHALAMAN)
    page = paginator.get_page(request.GET.get("page"))
    return render(
        request,
        "penilaian/bukti_list.html",
        {
            "penilaian": penilaian,
            "judul_lke": "Bukti dukung",
            "keterangan_lke": "Satu bukti boleh dipakai banyak pertanyaan. Yang dilepas tetap ada di sini.",
            "tab": "bukti",
            "page": page,
            "daftar_baris": build_baris(penilaian, list(page)),
            "saring": saring,
            "daftar_saring": SARING,
            "area": area,
            "daftar_area": [(satu.kode, satu.nama) for satu in terpakai.isi.daftar_area],
            "cari": cari,
        },
    )


def get_bukti(request, pk: int, bukti: int) -> tuple[Penilaian, BuktiDukung]:
    """Evidence of the unit whose assessment the person sees."""
    penilaian = get_penilaian(request, pk)
    satu = get_object_or_404(BuktiDukung, pk=bukti, satker=penilaian.satker_id)
    return penilaian, satu


@require_safe
@role_required(*PEMBACA)
def bukti_detail(request, pk, bukti):
    """All revisions of a piece, where each is used, and one of them to look at."""
    penilaian, satu = get_bukti(request, pk, bukti)
    daftar_revisi = list(
        satu.revisibukti_set.select_related("berkas", "dibuat_oleh").order_by("-nomor")
    )
    nomor = request.GET.get("revisi", "")
    dilihat = next((r for r in daftar_revisi if str(r.nomor) == nomor), daftar_revisi[0])
    daftar_pakai = list(list_pakai([satu]))
    izin = get_izin(request.user, penilaian)
    respons = render(
        request,
        "penilaian/bukti_detail.html",
        {
            "penilaian": penilaian,
            "judul_lke": satu.nama,
            "tab": "bukti",
            "bukti": satu,
            "daftar_revisi": daftar_revisi,
            "dilihat": dilihat,
            "pratinjau": PRATINJAU.get(dilihat.berkas.jenis) if dilihat.berkas else None,
            "daftar_pakai": [
                (p, p.penilaian_id == penilaian.pk and izin.can_fill(p.area)) for p in daftar_pakai
            ],
            "boleh_isi": has_role(request.user, *PENGISI),
            "nomor_revisi": list_nomor(daftar_pakai),
        },
    )
    # The preview stands in a frame of our own.
    respons._csp_config = settings.SECURE_CSP | {"frame-src": ["'self'"]}
    return respons


def get_revisi(request, pk: int, bukti: int, nomor: int) -> RevisiBukti:
    """A stored revision of such evidence; an address has nothing to hand out."""
    _, satu = get_bukti(request, pk, bukti)
    return get_object_or_404(
        satu.revisibukti_set.select_related("berkas"), nomor=nomor, berkas__isnull=False
    )


@require_safe
@role_required(*PEMBACA)
def bukti_download(request, pk, bukti, nomor):
    return respond_berkas(get_revisi(request, pk, bukti, nomor), as_attachment=True)


@require_safe
@xframe_options_sameorigin
@role_required(*PEMBACA)
def bukti_preview(request, pk, bukti, nomor):
    """What a browser shows by itself, inside our page."""
    revisi = get_revisi(request, pk, bukti, nomor)
    if revisi.berkas.jenis not in PRATINJAU:
        raise Http404
    return respond_berkas(revisi, as_attachment=False)


def respond_berkas(revisi: RevisiBukti, *, as_attachment: bool) -> HttpResponseBase:
    """The bytes, in pieces, with the kind that was found in them."""
    berkas = revisi.berkas
    assert berkas is not None, "revisi_bukti_berkas_atau_tautan"
    return respond_kunci(
        build_kunci(berkas.sha256),
        nama=revisi.nama_berkas or f"bukti-{revisi.bukti_id}.{berkas.jenis}",
        mime=berkas.mime,
        ukuran=berkas.ukuran,
        as_attachment=as_attachment,
    )
