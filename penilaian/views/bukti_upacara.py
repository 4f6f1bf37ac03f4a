"""Ceremonies as evidence: what of their bundles an LKE shows, and which questions they serve."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.langkah import run_step
from penilaian.alur import bukti_upacara as alur_aturan
from penilaian.bukti import upacara as alur
from penilaian.bukti.sebutan import say_nomor
from penilaian.forms.bukti_upacara import AturanBuktiForm
from penilaian.izin import PEMBACA, PENGISI, get_izin
from penilaian.models import AturanBuktiUpacara, BuktiUpacara, PemakaianBukti
from penilaian.versi import get_terpakai
from penilaian.views.lke import get_penilaian
from satker.access import list_penugasan, role_required
from satker.berkas_upacara import Butir, list_paket
from satker.models import Peran, PesertaSatker, Upacara

URAIAN = {
    alur.DIPASANG: "dipasang",
    alur.DIPERBARUI: "diperbarui",
    alur.ADA: "sudah ada",
    alur.DILEPAS: "pernah dilepas, tidak dipasang lagi",
    alur.DIGANTI: "sudah diganti berkas satker, dibiarkan",
}


@dataclass
class BarisButir:
    """One piece of a bundle: numbers where it stands, where somebody took it away, where it could
    still go."""

    butir: Butir
    dipasang: list[int] = field(default_factory=list)
    dilepas: list[int] = field(default_factory=list)
    belum: list[int] = field(default_factory=list)


@require_safe
@role_required(*PEMBACA)
def bukti_upacara(request, pk):
    """Closed events of the year in which the unit took part."""
    penilaian = get_penilaian(request, pk)
    terpakai = get_terpakai(penilaian.versi)
    daftar_paket = list_paket(filter_upacara(penilaian))
    pernah = {
        (satu.upacara_id, satu.kunci, satu.pertanyaan_id): satu.bukti_id
        for satu in BuktiUpacara.objects.filter(penilaian=penilaian)
    }
    pakai = set(
        PemakaianBukti.objects.filter(penilaian=penilaian).values_list("pertanyaan_id", "bukti_id")
    )
    aturan = alur.read_aturan()
    daftar = []
    for paket in daftar_paket:
        baris = []
        for butir, daftar_kode in alur.list_tujuan(paket, terpakai, aturan):
            satu = BarisButir(butir)
            for kode in daftar_kode:
                pertanyaan = terpakai.id_dari[kode]
                bukti = pernah.get((paket.upacara.pk, butir.kunci, pertanyaan))
                if bukti is None:
                    tujuan = satu.belum
                else:
                    tujuan = satu.dipasang if (pertanyaan, bukti) in pakai else satu.dilepas
                tujuan.append(terpakai.isi.pertanyaan[kode].urutan)
            baris.append(satu)
        daftar.append((paket, baris))
    konteks = {
        "penilaian": penilaian,
        "judul_lke": "Bukti dari upacara",
        "tab": "bukti",
        "daftar": daftar,
        "izin": get_izin(request.user, penilaian),
    }
    return render(request, "penilaian/bukti_upacara.html", konteks)


def filter_upacara(penilaian):
    """Events of the assessment's year in which its unit took part."""
    ikut = PesertaSatker.objects.filter(satker=penilaian.satker_id).exclude(hadir=False)
    return Upacara.objects.filter(pk__in=ikut.values("upacara"), tanggal__year=penilaian.tahun)


@require_POST
@role_required(*PENGISI)
def bukti_upacara_take(request, pk, kode):
    """Take what is not there yet, or a newer version of what is."""
    penilaian = get_penilaian(request, pk)
    upacara = get_object_or_404(filter_upacara(penilaian), kode=kode)
    tujuan = redirect("bukti_upacara", penilaian.pk)
    daftar = list_paket(Upacara.objects.filter(pk=upacara.pk))
    izin = get_izin(request.user, penilaian)
    if not daftar or izin.alasan:
        messages.error(request, izin.alasan or "Upacara ini belum ditutup.")
        return tujuan
    try:
        hasil = alur.take(penilaian, daftar[0], by=request.user, can_fill=izin.can_fill)
    except AlurError as error:
        messages.error(request, str(error))
        return tujuan
    uraian = [f"{jumlah} {URAIAN[satu]}" for satu, jumlah in sorted(hasil.jumlah.items())]
    messages.success(request, f"Bukti upacara: {', '.join(uraian) or 'tidak ada yang dipasang'}.")
    for alasan, nomor in hasil.ditolak.items():
        messages.warning(request, f"Dilewati {say_nomor(sorted(nomor))}: {alasan}")
    return tujuan


# --- which questions ------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN)
def aturan_bukti_list(request):
    """The rows, and a form for one more."""
    tugas = next(satu for satu in list_penugasan(request.user) if satu.peran == Peran.ADMIN)
    return run_step(
        request,
        "penilaian/aturan_bukti_list.html",
        AturanBuktiForm(read_post(request)),
        lambda **isi: alur_aturan.add(by=request.user, instansi=tugas.instansi, **isi),
        lambda hasil: redirect("aturan_bukti_list"),
        berhasil="Aturan ditambahkan.",
        daftar=AturanBuktiUpacara.objects.order_by("kode", "jenis", "pk"),
    )


@require_POST
@role_required(Peran.ADMIN)
def aturan_bukti_set(request, pk):
    """Turn a row on (`aktif=ya`) or off."""
    aturan = get_object_or_404(AturanBuktiUpacara, pk=pk)
    tugas = next(satu for satu in list_penugasan(request.user) if satu.peran == Peran.ADMIN)
    aktif = request.POST.get("aktif") == "ya"
    alur_aturan.set_aktif(aturan, aktif, by=request.user, instansi=tugas.instansi)
    messages.success(request, "Aturan diaktifkan." if aktif else "Aturan dimatikan.")
    return redirect("aturan_bukti_list")
