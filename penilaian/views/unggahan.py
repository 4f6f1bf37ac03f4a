"""Uploads in pieces, as the browser's module speaks to them: small JSON answers.

409 says where to go on (`sampai`), 422 why something is refused (`pesan`). To anybody but the person
who began it an upload does not exist.
"""

import uuid
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.alur import AlurError
from integritas.berkas.clamd import PemindaiTidakTersediaError
from integritas.berkas.potongan import SalahMulaiError, SedangDitulisError
from penilaian.bukti import unggahan as langkah
from penilaian.forms.bukti import RincianForm, UnggahanForm
from penilaian.izin import PENGISI
from penilaian.models import Unggahan
from penilaian.versi import get_terpakai
from penilaian.views.bukti import Tujuan, build_tujuan, get_tujuan, say_hasil
from penilaian.views.lke import get_penilaian
from satker.access import role_required

# How long the outcome of a finished upload is repeated to who did not hear it.
DETIK_HASIL = 24 * 60 * 60


def get_unggahan(request, pk: int, id: uuid.UUID) -> Unggahan:
    penilaian = get_penilaian(request, pk)
    unggahan = get_object_or_404(Unggahan, pk=id, penilaian=penilaian, dimulai_oleh=request.user)
    # With what the request knows of them already.
    unggahan.penilaian, unggahan.dimulai_oleh = penilaian, request.user
    return unggahan


def say_penolakan(pesan: str, status: int = 422, **lain) -> JsonResponse:
    return JsonResponse({"pesan": pesan, **lain}, status=status)


def say_sibuk(unggahan: Unggahan) -> JsonResponse:
    """Somebody, most likely the same browser on another line, is at it."""
    return say_penolakan(
        "Unggahan ini sedang diproses.", 409, sampai=langkah.measure(unggahan), sibuk=True
    )


@require_POST
@role_required(*PENGISI)
def unggahan_begin(request, pk, kode):
    """Announce a file; the answer says where its pieces go."""
    tujuan = get_tujuan(request, pk, kode)
    form = UnggahanForm(request.POST)
    if not form.is_valid():
        return say_penolakan("Nama atau ukuran berkas tidak terbaca. Muat ulang halaman ini.")
    try:
        tujuan.refuse()
        unggahan = langkah.begin(tujuan.penilaian, kode, by=request.user, **form.cleaned_data)
    except AlurError as error:
        return say_penolakan(str(error))
    alamat = {
        nama: reverse(f"unggahan_{nama}", args=[pk, unggahan.pk])
        for nama in ("detail", "append", "complete", "cancel")
    }
    return JsonResponse({"sampai": 0, "alamat": alamat}, status=201)


@require_safe
@role_required(*PENGISI)
def unggahan_detail(request, pk, id):
    """How much has arrived, to go on from there."""
    unggahan = get_unggahan(request, pk, id)
    return JsonResponse({"sampai": langkah.measure(unggahan), "ukuran": unggahan.ukuran})


@require_http_methods(["PUT"])
@role_required(*PENGISI)
def unggahan_append(request, pk, id):
    """One piece, the raw body, which begins at `?mulai=`. It is read from the line as it is written
    to disk. A PUT, so that looking at the token (in its header) reads nothing of it."""
    unggahan = get_unggahan(request, pk, id)
    mulai, panjang = request.GET.get("mulai", ""), request.META.get("CONTENT_LENGTH") or "0"
    if not mulai.isdecimal() or len(mulai) > 18:
        return say_penolakan("Awal potongan tidak terbaca. Muat ulang halaman ini.")
    if not panjang.isdecimal() or int(panjang) > langkah.POTONGAN_TERBESAR:
        return say_penolakan("Potongan terlalu besar.", 413)
    try:
        sampai = langkah.append(unggahan, int(mulai), request)
    except SalahMulaiError as error:
        return say_penolakan(str(error), 409, sampai=error.sekarang)
    except SedangDitulisError:
        return say_sibuk(unggahan)
    except AlurError as error:
        return say_penolakan(str(error))
    except UnreadablePostError:
        # The line broke; nobody hears this, and what had arrived stays.
        return HttpResponse(status=400)
    return JsonResponse({"sampai": sampai})


@require_POST
@role_required(*PENGISI)
def unggahan_complete(request, pk, id):
    """All is sent. Asked again, because the answer was lost on the way, it is the same answer."""
    kunci = f"unggahan:{request.user.pk}:{pk}:{id}"
    hasil = cache.get(kunci)
    if hasil is None:
        unggahan = get_unggahan(request, pk, id)
        kode = get_terpakai(unggahan.penilaian.versi).kode_dari[unggahan.pertanyaan_id]
        tujuan = build_tujuan(request, unggahan.penilaian, kode)
        form = RincianForm(request.POST, daftar_dokumen=tujuan.daftar_dokumen)
        if not form.is_valid():
            return say_penolakan(" ".join(satu for [satu, *_] in form.errors.values()), tetap=True)
        try:
            hasil = _complete(request, tujuan, unggahan, form.get_rincian())
        except SalahMulaiError as error:
            return say_penolakan(str(error), 409, sampai=error.sekarang)
        except SedangDitulisError:
            return say_sibuk(unggahan)
        except langkah.UnggahanTiadaError:
            return say_penolakan("Unggahan ini sudah tidak ada.", 404)
        except PemindaiTidakTersediaError as error:
            return say_penolakan(str(error), tetap=True)
        cache.set(kunci, hasil, DETIK_HASIL)
    return JsonResponse(hasil, status=200 if hasil["tersimpan"] else 422)


def _complete(request, tujuan: Tujuan, unggahan: Unggahan, rincian) -> dict[str, Any]:
    """What became of the file: the sentence of an ordinary upload, and its form for linking."""
    try:
        hasil = langkah.complete(unggahan, rincian=rincian, alasan=tujuan.alasan)
    except PemindaiTidakTersediaError:
        raise
    except AlurError as error:
        return {"tersimpan": False, "pesan": str(error)}
    if hasil.dikenal is None:
        return {"tersimpan": True, "pesan": say_hasil(hasil)}
    formulir = render_to_string(
        "penilaian/_bukti_pakai.html",
        {"dikenal": hasil.dikenal, **tujuan.to_konteks()},
        request=request,
    )
    return {"tersimpan": False, "pesan": say_hasil(hasil), "formulir": formulir}


@require_POST
@role_required(*PENGISI)
def unggahan_cancel(request, pk, id):
    unggahan = get_unggahan(request, pk, id)
    try:
        langkah.cancel(unggahan)
    except SedangDitulisError:
        return say_sibuk(unggahan)
    except langkah.UnggahanTiadaError:
        # That is what was wanted.
        pass
    return HttpResponse(status=204)
