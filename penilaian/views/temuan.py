"""Findings of the X-ray of one LKE, and accepting one with a reason."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from integritas.formulir import read_post
from integritas.langkah import run_step
from penilaian.alur import temuan as alur_temuan
from penilaian.forms.lke import AlasanForm, TerimaForm
from penilaian.instrumen import Pertanyaan
from penilaian.izin import PEMBACA, PENGISI, get_izin
from penilaian.models import AreaPenilaian, Penilaian, Temuan, Tingkat
from penilaian.temuan import list_temuan
from penilaian.versi import get_terpakai
from penilaian.views.lke import get_penilaian
from penilaian.views.register import read_text
from penilaian.xray import get_urutan
from satker.access import role_required


@dataclass(frozen=True)
class Baris:
    """A finding with its question; `bisa_terima`: this person may accept it, or take that back."""

    temuan: Temuan
    pertanyaan: Pertanyaan
    bisa_terima: bool


@require_safe
@role_required(*PEMBACA)
def temuan_list(request, pk):
    """By level, worst first; what was accepted apart, with its reason."""
    penilaian = get_penilaian(request, pk)
    isi = get_terpakai(penilaian.versi).isi
    area = read_text(request, "area", 8)
    if area and area not in isi.pertanyaan_area:
        raise Http404
    daftar = [
        satu for satu in _list_baris(request, penilaian) if area in ("", satu.pertanyaan.area)
    ]
    terbuka = [satu for satu in daftar if satu.temuan.diterima_pada is None]
    kelompok = [
        (tingkat, [satu for satu in terbuka if satu.temuan.tingkat == tingkat])
        for tingkat in Tingkat
    ]
    jumlah = [f"{len(semua)} {tingkat.label.lower()}" for tingkat, semua in kelompok[:2] if semua]
    return render(
        request,
        "penilaian/temuan_list.html",
        {
            "penilaian": penilaian,
            "judul_lke": ", ".join(jumlah) or "Tidak ada yang perlu diperbaiki",
            "keterangan_lke": "Hal yang tidak cocok satu sama lain, ditemukan sebelum peninjau "
            "menemukannya. Aturannya milik aplikasi ini, bukan dari peraturan.",
            "tab": "periksa",
            "kelompok": [satu for satu in kelompok if satu[1]],
            "diterima": [satu for satu in daftar if satu.temuan.diterima_pada is not None],
            "area": area,
            "daftar_area": [(satu.kode, satu.nama) for satu in isi.daftar_area],
        },
    )


def _list_baris(request, penilaian: Penilaian) -> list[Baris]:
    """In the order of rules and questions."""
    terpakai = get_terpakai(penilaian.versi)
    menurut_kode = list_temuan(request.user, penilaian, terpakai)
    izin = get_izin(request.user, penilaian)
    terkunci: set[str] = set()
    if menurut_kode and not izin.alasan:
        terkunci = set(
            AreaPenilaian.objects.filter(
                penilaian=penilaian, diajukan_pada__isnull=False
            ).values_list("area", flat=True)
        )
    daftar = [
        Baris(
            temuan,
            satu,
            not temuan.rahasia
            and temuan.tingkat != Tingkat.HARUS
            and satu.area not in terkunci
            and izin.can_fill(satu.area),
        )
        for satu in terpakai.isi.daftar_pertanyaan
        for temuan in menurut_kode.get(satu.kode, ())
    ]
    return sorted(daftar, key=lambda satu: get_urutan(satu.temuan.aturan))


def _get_temuan(request, pk: int, temuan: int) -> tuple[Penilaian, Temuan, Pertanyaan]:
    """A finding that the unit is told."""
    penilaian = get_penilaian(request, pk)
    satu = get_object_or_404(Temuan, pk=temuan, penilaian=penilaian)
    terpakai = get_terpakai(penilaian.versi)
    return penilaian, satu, terpakai.isi.pertanyaan[terpakai.kode_dari[satu.pertanyaan_id]]


def _run_langkah(request, penilaian, satu, pertanyaan, form, call, *, berhasil, **konteks):
    daftar = reverse("temuan_list", args=[penilaian.pk])
    return run_step(
        request,
        "penilaian/temuan_langkah.html",
        form,
        call,
        lambda hasil: redirect(daftar),
        berhasil=berhasil,
        penilaian=penilaian,
        temuan=satu,
        pertanyaan=pertanyaan,
        kembali=daftar,
        **konteks,
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def temuan_accept(request, pk, temuan):
    penilaian, satu, pertanyaan = _get_temuan(request, pk, temuan)
    dibaca, data = "", read_post(request)
    if data is not None:
        # The page that comes back shows the facts of now, so it names those.
        dibaca, data = data.get("tanda", ""), data.copy()
        data["tanda"] = satu.tanda
    status = []

    def accept(alasan, tanda):
        try:
            alur_temuan.accept_temuan(penilaian, temuan, alasan, by=request.user, tanda=dibaca)
        except alur_temuan.TemuanBerubahError:
            status.append(409)
            raise

    respons = _run_langkah(
        request,
        penilaian,
        satu,
        pertanyaan,
        TerimaForm(data, initial={"tanda": satu.tanda}),
        accept,
        berhasil=f"Temuan nomor {pertanyaan.urutan} diterima. Peninjau membaca alasannya.",
        judul=f"Terima temuan nomor {pertanyaan.urutan}",
        keterangan="Bila kedua fakta ini tidak bertentangan, tulis sebabnya. Peninjau membacanya di "
        "samping temuan.",
        tombol="Terima dengan alasan",
    )
    respons.status_code = status[0] if status else respons.status_code
    return respons


@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def temuan_withdraw(request, pk, temuan):
    penilaian, satu, pertanyaan = _get_temuan(request, pk, temuan)
    return _run_langkah(
        request,
        penilaian,
        satu,
        pertanyaan,
        AlasanForm(read_post(request)),
        lambda alasan: alur_temuan.withdraw_temuan(penilaian, temuan, alasan, by=request.user),
        berhasil=f"Temuan nomor {pertanyaan.urutan} terbuka lagi.",
        judul=f"Buka lagi temuan nomor {pertanyaan.urutan}",
        keterangan="Penerimaannya ditarik; riwayat menyimpan keduanya.",
        tombol="Buka lagi",
    )
