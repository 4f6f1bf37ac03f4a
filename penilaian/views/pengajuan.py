"""Handing in: an area to the head, the whole to the Kanwil, and giving an area back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from integritas.alur import AlurError
from integritas.formulir import read_post
from penilaian import izin, rekap
from penilaian.alur import area as alur_area
from penilaian.alur import pengajuan
from penilaian.forms.lke import AjukanForm, AlasanForm, TugaskanForm
from penilaian.models import AreaPenilaian
from penilaian.versi import get_terpakai
from penilaian.views.jendela import run_langkah
from penilaian.views.lke import get_penilaian, get_rekap
from satker.access import role_required
from satker.models import Peran

PEMBAGI = (Peran.KEPALA_SATKER, *izin.PEMBINA)


def _get_area(penilaian, kode) -> AreaPenilaian:
    """The area's row; 404 for one that the instrument does not have."""
    baris = AreaPenilaian.objects.filter(penilaian=penilaian, area=kode).first()
    if baris is None:
        raise Http404
    baris.penilaian = penilaian
    return baris


def sebut_area(penilaian, kode: str) -> str:
    """`area 6, Peningkatan Kualitas Pelayanan Publik`, or `bagian Hasil`."""
    nama = get_terpakai(penilaian.versi).isi.simpul[kode].nama
    nomor = kode.partition(".")[2]
    return f"area {nomor}, {nama}" if nomor else f"bagian {nama}"


def _run_submit(request, penilaian, call, area=None, *, alasan, berhasil, **konteks):
    """The checklist and its button. A refusal shows the checklist of now: 409 when it is another
    than the person saw, else 422."""
    status, galat = 200, ""
    form = AjukanForm(read_post(request))
    if request.method == "POST":
        if form.is_valid():
            try:
                call(**form.cleaned_data)
            except pengajuan.BerubahError as error:
                status, galat = 409, str(error)
            except AlurError as error:
                status, galat = 422, str(error)
            else:
                messages.success(request, berhasil)
                return redirect("penilaian_detail", penilaian.pk)
        else:
            status, galat = 422, "Formulir tidak utuh. Periksa lagi, lalu ajukan."
    checklist = pengajuan.build_checklist(penilaian, area)
    kept = get_rekap(penilaian)
    terpakai = get_terpakai(penilaian.versi)
    gagal = set(rekap.get_gagal(kept, penilaian.target))
    ambang = terpakai.isi.ambang[penilaian.target]
    return render(
        request,
        "penilaian/ajukan.html",
        {
            "penilaian": penilaian,
            "area": area,
            "checklist": checklist,
            "daftar_kosong": [
                (kode, sebut_area(penilaian, kode), daftar)
                for kode, daftar in checklist.kosong.items()
            ],
            "daftar_belum": [
                (kode, sebut_area(penilaian, kode)) for kode in checklist.belum_diajukan
            ],
            "rekap": kept,
            "daftar_gagal": [satu for satu in ambang.daftar_gerbang if satu.kode in gagal],
            "alasan": alasan,
            "galat": galat,
            **konteks,
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
@role_required(*izin.PENGISI)
def area_submit(request, pk, area):
    penilaian = get_penilaian(request, pk)
    baris = _get_area(penilaian, area)
    return _run_submit(
        request,
        penilaian,
        lambda **isi: alur_area.submit_area(penilaian, area, by=request.user, **isi),
        area,
        alasan=izin.explain_closed(penilaian, timezone.localdate())
        or izin.explain_locked(baris)
        or izin.explain_irresponsible(request.user, baris),
        berhasil=f"{capfirst(sebut_area(penilaian, area))} diajukan ke kepala satker.",
        judul=f"Ajukan {sebut_area(penilaian, area)}",
        tombol="Ajukan area",
        keterangan="Setelah diajukan, jawaban dan bukti area ini terkunci sampai kepala satker "
        "mengembalikannya.",
    )


@require_http_methods(["GET", "POST"])
@role_required(Peran.KEPALA_SATKER)
def penilaian_submit(request, pk):
    penilaian = get_penilaian(request, pk)
    return _run_submit(
        request,
        penilaian,
        lambda **isi: pengajuan.submit(penilaian, by=request.user, **isi),
        alasan=izin.explain_closed(penilaian, timezone.localdate()),
        berhasil=f"LKE {penilaian.tahun} diajukan ke Tim Kanwil.",
        judul=f"Ajukan LKE {penilaian.tahun}",
        tombol="Ajukan LKE",
        keterangan="Setelah diajukan, semua jawaban dan bukti terkunci. Hanya Tim Kanwil yang dapat "
        "membukanya kembali.",
    )


@require_http_methods(["GET", "POST"])
@role_required(*PEMBAGI)
def area_assign(request, pk, area):
    penilaian = get_penilaian(request, pk)
    baris = _get_area(penilaian, area)
    calon = alur_area.list_calon_petugas(penilaian, area)
    form = TugaskanForm(
        read_post(request),
        calon=calon,
        initial={
            "daftar_petugas": [satu.pk for satu in baris.daftar_petugas.all()],
            "tenggat": baris.tenggat,
        },
    )
    return run_langkah(
        request,
        penilaian,
        form,
        f"Atur petugas {sebut_area(penilaian, area)}",
        "Simpan petugas",
        lambda **isi: alur_area.assign_area(penilaian, area, by=request.user, **isi),
        berhasil="Petugas dan batas area disimpan.",
        keterangan="Yang dicentang mengajukan area ini; tanpa centang, semua operator area ini "
        "boleh. Kepala satker selalu boleh."
        if calon
        else "Belum ada operator atau kepala satker yang bertugas untuk area ini.",
    )


@require_http_methods(["GET", "POST"])
@role_required(*PEMBAGI)
def area_return(request, pk, area):
    penilaian = get_penilaian(request, pk)
    _get_area(penilaian, area)
    return run_langkah(
        request,
        penilaian,
        AlasanForm(read_post(request)),
        f"Kembalikan {sebut_area(penilaian, area)}",
        "Kembalikan area",
        lambda alasan: alur_area.return_area(penilaian, area, alasan, by=request.user),
        berhasil=f"{capfirst(sebut_area(penilaian, area))} dikembalikan kepada petugasnya.",
        keterangan="Jawaban dan bukti area ini dapat diubah lagi.",
    )
