"""One agreement measured: what it reached, reporting a quarter, and the proof that was handed in."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from integritas.alur import AlurError
from integritas.berkas.kirim import respond_kunci
from integritas.berkas.penangan import takes_berkas
from integritas.berkas.simpan import build_kunci
from integritas.formulir import read_post
from satker import kinerja
from satker.access import has_role, role_required
from satker.alur import capaian as alur
from satker.capaian import DASAR, find_periode
from satker.forms.capaian import LaporanForm
from satker.kinerja import PELAPOR, PEMBACA, PENGAWAS, can_report
from satker.models import Peran, Periode, PerjanjianKinerja, RealisasiIndikator

# Shown in the browser; anything else is only handed out as a file.
TERBUKA = {"application/pdf", "image/png", "image/jpeg"}


def get_perjanjian(request, pk: int) -> PerjanjianKinerja:
    """An agreement of a unit that this person sees, whatever its state."""
    return get_object_or_404(
        PerjanjianKinerja.objects.visible_to(request.user).select_related("satker"), pk=pk
    )


def get_perjanjian_sendiri(request, pk: int) -> PerjanjianKinerja:
    """An agreement of a unit for which this person reports; any other does not exist."""
    perjanjian = get_perjanjian(request, pk)
    if not can_report(request.user, perjanjian.satker_id):
        raise Http404
    return perjanjian


def read_konteks(request, perjanjian: PerjanjianKinerja) -> dict:
    """What the pages of one agreement share: five queries."""
    hari = timezone.localdate()
    ukuran = kinerja.read_ukuran(perjanjian)
    nama, zona = kinerja.get_nama_dan_zona(perjanjian.satker_id)
    batas = kinerja.read_batas(perjanjian.tahun)
    ketepatan = kinerja.judge_ukuran(ukuran, batas, zona, hari)
    return {
        "perjanjian": perjanjian,
        "ukuran": ukuran,
        "nama": nama,
        "daftar_triwulan": [
            {
                "periode": periode,
                "ketepatan": ketepatan[periode],
                "batas": batas.get(periode),
                "alasan": alur.explain_closed(perjanjian, periode, hari),
            }
            for periode in Periode
        ],
        "bisa_lapor": can_report(request.user, perjanjian.satker_id),
        "luas": has_role(request.user, *PENGAWAS),
        "bisa_atur": has_role(request.user, Peran.ADMIN),
    }


@require_safe
@role_required(*PEMBACA)
def capaian_detail(request, pk):
    """Target and realisation of each indicator, as a chart and as figures."""
    perjanjian = get_perjanjian(request, pk)
    konteks = read_konteks(request, perjanjian)
    kini = Periode(find_periode(perjanjian.tahun, timezone.localdate()))
    return render(
        request,
        "satker/capaian_detail.html",
        konteks
        | {
            "tab": "capaian",
            "kini": kini,
            "ringkas": konteks["ukuran"].summarise(kini),
            "ringkas_tahun": konteks["ukuran"].summarise_tahun(),
            "daftar_periode": list(Periode),
            "dasar": DASAR,
        },
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*PELAPOR)
@takes_berkas
def triwulan_report(request, pk, periode):
    """All values of one quarter in one form."""
    if periode not in Periode.values:
        raise Http404
    perjanjian = get_perjanjian_sendiri(request, pk)
    konteks = read_konteks(request, perjanjian)
    ukuran = konteks["ukuran"]
    sidik = alur.compute_sidik(ukuran.list_realisasi(periode))
    form = LaporanForm(
        read_post(request),
        request.FILES or None,
        daftar_baris=ukuran.daftar_baris,
        periode=periode,
        oleh=request.user.pk,
        initial={"sidik": sidik},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                hasil = alur.report(
                    perjanjian,
                    periode,
                    form.list_isian(),
                    by=request.user,
                    sidik=form.cleaned_data["sidik"],
                )
            except alur.BerubahError as error:
                form.refuse(str(error))
                status = 409
            except AlurError as error:
                form.refuse(str(error))
            else:
                messages.success(request, say_hasil(hasil, Periode(periode)))
                return redirect("capaian_detail", pk)
    satu = next(t for t in konteks["daftar_triwulan"] if t["periode"] == periode)
    return render(
        request,
        "satker/triwulan_report.html",
        konteks
        | {
            "tab": periode,
            "triwulan": satu,
            "form": form,
            "sidik": sidik,
            "daftar_kotak": form.list_kotak(),
        },
        status=status,
    )


def say_hasil(hasil: alur.HasilLapor, periode: Periode) -> str:
    """What became of the form, in a sentence."""
    if not hasil.jumlah:
        return f"Tidak ada yang berubah pada {periode.label}."
    bagian = [
        f"{jumlah} nilai {kata}"
        for jumlah, kata in (
            (hasil.baru, "baru"),
            (hasil.berubah, "diubah"),
            (hasil.ditarik, "ditarik"),
        )
        if jumlah
    ]
    return f"Laporan {periode.label} tersimpan: {', '.join(bagian)}."


@require_safe
@role_required(*PEMBACA)
def capaian_bukti(request, pk, realisasi):
    """The file behind a value, for whoever sees the agreement."""
    satu = get_object_or_404(
        RealisasiIndikator.objects.visible_to(request.user).select_related("berkas"),
        pk=realisasi,
        indikator__sasaran__perjanjian=pk,
        berkas__isnull=False,
    )
    assert satu.berkas is not None
    return respond_kunci(
        build_kunci(satu.berkas.sha256),
        nama=satu.nama_berkas,
        mime=satu.berkas.mime,
        ukuran=satu.berkas.ukuran,
        as_attachment=satu.berkas.mime not in TERBUKA,
    )
