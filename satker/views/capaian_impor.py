"""Indicators of a draft agreement from a table: hand it in, see what each row would do, have it
written."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas import impor as pokok
from integritas.impor import Hasil, ImporDitolakError
from integritas.tabel import BerkasDitolakError
from integritas.tabel.berkas import refuse_ukuran
from integritas.tabel.contoh import open_contoh
from integritas.unduh import XLSX
from satker import impor_indikator, kinerja
from satker.access import role_required
from satker.kinerja import PENGISI_DRAF
from satker.views.capaian import get_perjanjian
from satker.views.impor import BerkasForm

UKURAN_HALAMAN = 100


@dataclass(frozen=True)
class Subjek:
    """Whose file it is between the two pages: of one agreement."""

    kode: str


def get_subjek(perjanjian) -> Subjek:
    return Subjek(f"indikator-{perjanjian.pk}")


def get_tujuan(perjanjian) -> str:
    """Where the draft is worked on."""
    try:
        return reverse("perjanjian_detail", args=[perjanjian.pk])
    except NoReverseMatch:
        return reverse("capaian_detail", args=[perjanjian.pk])


@require_safe
@role_required(*PENGISI_DRAF)
def capaian_import_contoh(request):
    """An empty workbook with headings, a list to choose from and examples."""
    return FileResponse(
        open_contoh(impor_indikator.DAFTAR_KOLOM, impor_indikator.PILIHAN, impor_indikator.CONTOH),
        as_attachment=True,
        filename="impor-indikator.xlsx",
        content_type=XLSX,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*PENGISI_DRAF)
def capaian_import(request, pk):
    """The upload; a file that can be read leads to its preview, any other is refused here."""
    perjanjian = get_perjanjian(request, pk)
    form = BerkasForm()
    if request.method == "POST" and perjanjian.is_editable:
        form = BerkasForm(request.POST, request.FILES)
        if form.is_valid() and (kunci := _take(form, perjanjian, request.user)):
            return redirect("capaian_import_preview", pk, kunci)
    konteks = {
        "perjanjian": perjanjian,
        "nama": kinerja.get_nama_dan_zona(perjanjian.satker_id)[0],
        "form": form,
        "daftar_kolom": impor_indikator.DAFTAR_KOLOM,
        "kembali": get_tujuan(perjanjian),
    }
    gagal = form.errors or (request.method == "POST" and not perjanjian.is_editable)
    return render(request, "satker/capaian_import.html", konteks, status=422 if gagal else 200)


def _take(form: BerkasForm, perjanjian, user) -> str | None:
    """Put the file aside once it is known to be readable."""
    berkas = form.cleaned_data["berkas"]
    nama = berkas.name[-100:]
    try:
        refuse_ukuran(berkas.size)
        isi = berkas.read()
        impor_indikator.plan(nama, isi, perjanjian=perjanjian)
    except BerkasDitolakError as error:
        form.add_error("berkas", str(error))
        return None
    return pokok.keep(get_subjek(perjanjian), nama, isi, by=user)


@require_safe
@role_required(*PENGISI_DRAF)
def capaian_import_preview(request, pk, kunci):
    perjanjian = get_perjanjian(request, pk)
    simpanan = pokok.find(get_subjek(perjanjian), kunci, by=request.user)
    if simpanan is None:
        return _redirect_gone(request, pk)
    rencana = impor_indikator.plan(simpanan.nama, simpanan.isi, perjanjian=perjanjian)
    return _render_plan(request, perjanjian, simpanan, rencana)


@require_POST
@role_required(*PENGISI_DRAF)
def capaian_import_confirm(request, pk, kunci):
    """Write what was shown; a second time finds the file gone and nothing left to do."""
    perjanjian = get_perjanjian(request, pk)
    simpanan = pokok.find(get_subjek(perjanjian), kunci, by=request.user)
    if simpanan is None:
        return _redirect_gone(request, pk)
    try:
        rencana = impor_indikator.apply(
            simpanan.nama,
            simpanan.isi,
            perjanjian=perjanjian,
            by=request.user,
            sidik=request.POST.get("sidik", ""),
        )
    except ImporDitolakError as error:
        return _render_plan(
            request, perjanjian, simpanan, error.rencana, galat=str(error), status=error.status
        )
    pokok.discard(kunci)
    messages.success(
        request,
        f"{simpanan.nama} dimuat ke draf: {rencana.jumlah[Hasil.BARU]} indikator baru, "
        f"{rencana.jumlah[Hasil.BERUBAH]} berubah, {rencana.jumlah[Hasil.SAMA]} sama.",
    )
    return redirect(get_tujuan(perjanjian))


def _redirect_gone(request, pk):
    messages.warning(
        request,
        "Berkas itu sudah selesai dimuat atau sudah lewat sehari. Unggah lagi bila masih perlu.",
    )
    return redirect("capaian_import", pk)


def _render_plan(request, perjanjian, simpanan, rencana, galat="", status=200):
    konteks = {
        "perjanjian": perjanjian,
        "nama_satker": kinerja.get_nama_dan_zona(perjanjian.satker_id)[0],
        "nama": simpanan.nama,
        "kunci": simpanan.kunci,
        "rencana": rencana,
        "sidik": rencana.compute_sidik(),
        "galat": galat,
        "page": Paginator(rencana.list_urut(), UKURAN_HALAMAN).get_page(request.GET.get("page")),
    }
    return render(request, "satker/capaian_import_preview.html", konteks, status=status)
