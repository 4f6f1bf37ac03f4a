"""Steps of the Kanwil on one assessment: later end, reopening, another target."""

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from integritas import langkah
from integritas.formulir import read_post
from integritas.teks import format_tanggal
from penilaian.alur import jendela
from penilaian.forms.lke import BukaKembaliForm, PerpanjangForm, TargetForm
from penilaian.izin import PEMBINA
from penilaian.versi import get_terpakai
from penilaian.views.lke import get_penilaian
from satker.access import role_required


def run_langkah(request, penilaian, form, judul, tombol, call, *, berhasil, **konteks):
    """A step about one assessment; it goes on to its hub."""
    return langkah.run_step(
        request,
        "penilaian/lke_langkah.html",
        form,
        call,
        lambda hasil: redirect("penilaian_detail", penilaian.pk),
        berhasil=berhasil,
        penilaian=penilaian,
        judul=judul,
        tombol=tombol,
        **konteks,
    )


@require_http_methods(["GET", "POST"])
@role_required(*PEMBINA)
def penilaian_extend(request, pk):
    penilaian = get_penilaian(request, pk)
    return run_langkah(
        request,
        penilaian,
        PerpanjangForm(read_post(request)),
        f"Perpanjang pengisian LKE {penilaian.tahun}",
        "Perpanjang",
        lambda **isi: jendela.extend(penilaian, by=request.user, **isi),
        berhasil="Pengisian diperpanjang.",
        keterangan=f"Sekarang ditutup {format_tanggal(penilaian.tutup_pada)}. Batas tiap area tidak "
        "ikut berubah.",
    )


@require_http_methods(["GET", "POST"])
@role_required(*PEMBINA)
def penilaian_reopen(request, pk):
    penilaian = get_penilaian(request, pk)
    isi = get_terpakai(penilaian.versi).isi
    area = [(satu.kode, f"{satu.kode} {satu.nama}") for satu in isi.daftar_area]
    return run_langkah(
        request,
        penilaian,
        BukaKembaliForm(read_post(request), area=area),
        f"Buka kembali LKE {penilaian.tahun}",
        "Buka kembali",
        lambda **isi: jendela.reopen(penilaian, by=request.user, **isi),
        berhasil="LKE dibuka kembali untuk diisi.",
        keterangan="Area yang tidak dicentang tetap terkunci. Sesudah diperbaiki, kepala satker "
        "mengajukannya lagi.",
    )


@require_http_methods(["GET", "POST"])
@role_required(*PEMBINA)
def penilaian_target(request, pk):
    penilaian = get_penilaian(request, pk)
    return run_langkah(
        request,
        penilaian,
        TargetForm(read_post(request), initial={"target": penilaian.target}),
        f"Ubah target LKE {penilaian.tahun}",
        "Simpan target",
        lambda **isi: jendela.change_target(penilaian, by=request.user, **isi),
        berhasil="Target diubah.",
        list_peringatan=lambda hasil: jendela.list_peringatan([hasil]),
        keterangan=f"Sekarang {penilaian.target}. Syarat yang gagal dihitung menurut target baru.",
    )
