"""Taking over from the previous year: what is offered, area by area, and the step."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from integritas.alur import AlurError
from penilaian import bawa
from penilaian.alur.bawa import HasilBawa, carry
from penilaian.bawa import AreaBekal, Bekal
from penilaian.izin import PENGISI, Izin, explain_locked, get_izin
from penilaian.models import LAPIS_SATKER, AreaPenilaian, Jawaban, Penilaian
from penilaian.versi import get_terpakai
from penilaian.views.lke import get_penilaian
from satker.access import role_required

TIDAK_UTUH = "Formulir tidak utuh. Muat ulang halaman ini."


@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def penilaian_carry(request, pk):
    """What last year's LKE offers; a POST takes the chosen part of one area."""
    penilaian = get_penilaian(request, pk)
    izin = get_izin(request.user, penilaian)
    galat = ""
    if request.method == "POST":
        try:
            hasil = _carry(request, penilaian, izin)
        except AlurError as error:
            galat = str(error)
        else:
            return _answer(request, penilaian, hasil)
    return _render(request, penilaian, izin, galat)


def _carry(request, penilaian: Penilaian, izin: Izin) -> HasilBawa:
    area = request.POST.get("area", "")
    if area not in get_terpakai(penilaian.versi).isi.pertanyaan_area:
        raise AlurError(izin.alasan or TIDAK_UTUH)
    if not izin.can_fill(area):
        raise AlurError(izin.alasan or f"Area {area} bukan bagian Anda.")
    daftar_revisi = request.POST.getlist("masih_berlaku")
    if not all(satu.isdecimal() and len(satu) <= 18 for satu in daftar_revisi):
        raise AlurError(TIDAK_UTUH)
    return carry(
        penilaian,
        [area],
        request.POST.getlist("jawaban"),
        [int(satu) for satu in daftar_revisi],
        by=request.user,
    )


def _answer(request, penilaian: Penilaian, hasil: HasilBawa) -> HttpResponse:
    """To the first card that changed, where drafts are confirmed."""
    for kalimat in hasil.daftar_lewat:
        messages.warning(request, kalimat)
    if not hasil.daftar_nomor:
        return redirect("penilaian_carry", penilaian.pk)
    messages.success(request, say_hasil(hasil))
    area = request.POST["area"]
    alamat = reverse("area_detail", args=[penilaian.pk, area])
    return redirect(f"{alamat}#q{hasil.daftar_nomor[0]}")


def say_hasil(hasil: HasilBawa) -> str:
    bagian = []
    if jumlah := len(hasil.daftar_jawaban):
        bagian.append(f"{jumlah} jawaban {hasil.tahun} diambil sebagai draf")
    if jumlah := len(hasil.daftar_berkas):
        bagian.append(f"{jumlah} berkas dinyatakan masih berlaku")
    kalimat = f"{' dan '.join(bagian)}."
    if hasil.daftar_jawaban:
        kalimat += " Draf belum dihitung: periksa tiap kartu, lalu simpan."
    return kalimat


def _render(request, penilaian: Penilaian, izin: Izin, galat: str) -> HttpResponse:
    terpakai = get_terpakai(penilaian.versi)
    daftar_kini = Jawaban.objects.filter(penilaian=penilaian).of_lapis(LAPIS_SATKER)
    bekal = bawa.read_bekal(penilaian, terpakai, daftar_kini)
    konteks: dict[str, Any] = {
        "penilaian": penilaian,
        "judul_lke": "Ambil dari tahun lalu",
        "keterangan_lke": izin.alasan,
        "izin": izin,
        "bekal": bekal,
        "galat": galat,
    }
    if bekal:
        tahun = bekal.sebelum.tahun
        konteks |= {
            "judul_lke": f"Ambil dari LKE {tahun}",
            "keterangan_lke": izin.alasan
            or f"Jawaban {tahun} masuk sebagai draf dan belum dihitung sampai Anda simpan di "
            f"kartunya. Berkas ikut hanya bila Anda nyatakan masih berlaku untuk {penilaian.tahun}.",
            "daftar_area": _list_area(request, penilaian, izin, bekal),
        }
    return render(request, "penilaian/penilaian_carry.html", konteks, status=422 if galat else 200)


def _list_area(
    request, penilaian: Penilaian, izin: Izin, bekal: Bekal
) -> list[tuple[AreaBekal, str, bool]]:
    """Areas with why they take nothing, and whether they stand open: the one that was sent or
    asked for, else the first that offers something. What was ticked stays ticked."""
    terkunci = {
        satu.area: explain_locked(satu)
        for satu in AreaPenilaian.objects.filter(penilaian=penilaian, diajukan_pada__isnull=False)
    }
    hasil = []
    dituju = request.POST.get("area") or request.GET.get("area")
    for kode, bagian in bekal.area.items():
        alasan = terkunci.get(kode, "")
        if not alasan and not izin.alasan and not izin.can_fill(kode):
            alasan = f"Area {kode} bukan bagian Anda."
        if kode == request.POST.get("area"):
            _tick(request, bagian)
        bisa = not alasan and not izin.alasan and not bagian.is_kosong
        if dituju not in bekal.area and bisa:
            dituju = kode
        hasil.append((bagian, alasan, kode == dituju))
    return hasil


def _tick(request, bagian: AreaBekal) -> None:
    kode, revisi = request.POST.getlist("jawaban"), request.POST.getlist("masih_berlaku")
    for satu in bagian.daftar_jawaban:
        satu.dipilih = satu.pertanyaan.kode in kode
    for berkas in bagian.daftar_berkas:
        berkas.dinyatakan = str(berkas.revisi.pk) in revisi
