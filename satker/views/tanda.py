"""Signatures that the committee brings, hands out or takes back."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.alur import AlurError
from integritas.berkas.kirim import respond_kunci
from integritas.berkas.penangan import takes_berkas
from integritas.berkas.simpan import build_kunci
from integritas.formulir import read_post
from integritas.langkah import run_step
from integritas.models import Berkas
from satker.access import role_required
from satker.alur import naskah as inti
from satker.alur import naskah_upacara as alur
from satker.forms.naskah import AlasanForm, ElektronikForm, LembarForm
from satker.models import TandaTangan, Upacara
from satker.penandatangan import filter_naskah
from satker.views.naskah import (
    PENYELENGGARA,
    get_kelolaan,
    get_naskah,
    read_lembar,
    render_naskah,
)

Cara = TandaTangan.Cara


@csrf_exempt
@require_POST
@role_required(*PENYELENGGARA)
def upacara_tanda_basah(request, kode, pk):
    """One sheet for many names."""
    upacara = get_kelolaan(request, kode)
    return takes_berkas(_sign)(request, upacara, get_naskah(upacara, pk), Cara.BASAH)


@csrf_exempt
@require_POST
@role_required(*PENYELENGGARA)
def upacara_tanda_elektronik(request, kode, pk):
    """The certified file of one."""
    upacara = get_kelolaan(request, kode)
    return takes_berkas(_sign)(request, upacara, get_naskah(upacara, pk), Cara.ELEKTRONIK)


def _sign(request, upacara, naskah, cara) -> HttpResponse:
    form_class = LembarForm if cara == Cara.BASAH else ElektronikForm
    belum = read_lembar(upacara, naskah).daftar_belum
    form = form_class(request.POST, request.FILES, daftar_orang=belum, auto_id=f"{cara.value}_%s")
    if form.is_valid():
        isi = form.cleaned_data
        pilihan = isi["peserta"] if cara == Cara.BASAH else [isi["peserta"]]
        try:
            daftar = alur.sign_berkas(
                upacara,
                naskah,
                [int(satu) for satu in pilihan],
                cara=cara,
                persetujuan=isi["sesuai"],
                berkas=isi["berkas"],
                nama=isi["berkas"].name,
                tanggal=isi["tanggal"],
                by=request.user,
            )
        except AlurError as error:
            form.refuse(str(error))
        else:
            messages.success(request, f"{len(daftar)} tanda tangan dicatat.")
            return redirect("upacara_naskah_detail", upacara.kode, naskah.pk)
    ditolak = {"basah": form} if cara == Cara.BASAH else {"elektronik": form}
    return render_naskah(request, upacara, naskah, status=422, **ditolak)


def get_tanda(upacara: Upacara, pk: int) -> TandaTangan:
    """A signature under a text of that event."""
    return get_object_or_404(
        TandaTangan.objects.filter(naskah__in=filter_naskah(upacara)).select_related(
            "naskah__upacara__tuan_rumah", "personel__satker", "berkas"
        ),
        pk=pk,
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENYELENGGARA)
def upacara_tanda_revoke(request, kode, pk):
    upacara = get_kelolaan(request, kode)
    tanda = get_tanda(upacara, pk)
    return run_step(
        request,
        "satker/upacara_tanda_revoke.html",
        AlasanForm(read_post(request)),
        lambda alasan: inti.revoke(tanda, alasan, by=request.user),
        lambda hasil: redirect("upacara_naskah_detail", upacara.kode, tanda.naskah_id),
        berhasil=f"Tanda tangan {tanda.nama} dicabut.",
        upacara=upacara,
        tanda=tanda,
    )


@require_safe
@role_required(*PENYELENGGARA)
def upacara_tanda_berkas(request, kode, pk):
    """The sheet or the certified file."""
    tanda = get_tanda(get_kelolaan(request, kode), pk)
    return respond_tersimpan(tanda.berkas, tanda.nama_berkas)


def respond_tersimpan(berkas: Berkas | None, nama: str) -> HttpResponseBase:
    """A stored file; 404 where there is none."""
    if berkas is None:
        raise Http404
    return respond_kunci(
        build_kunci(berkas.sha256),
        nama=nama,
        mime=berkas.mime,
        ukuran=berkas.ukuran,
        as_attachment=True,
    )
