"""Quarterly reports of many units, and by when they are due."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.formulir import read_post
from integritas.htmx import wants_partial
from integritas.langkah import run_step
from integritas.unduh import respond
from satker import kinerja, triwulan
from satker.access import has_role, list_penugasan, reads_contoh, role_required
from satker.alur import batas_triwulan
from satker.capaian import find_periode
from satker.forms.capaian import BatasForm
from satker.kinerja import PEMBACA, PENGAWAS
from satker.models import BatasTriwulan, KantorWilayah, Peran, Periode, PerjanjianKinerja
from satker.sebutan import list_pilihan_kanwil

TAHUN_PERTAMA, TAHUN_TERAKHIR = 2014, 2100


def read_tahun(teks: str) -> int:
    """The year of an address, this year by default; one that cannot be is 404."""
    if not teks:
        return timezone.localdate().year
    if not teks.isdecimal() or len(teks) > 4 or not TAHUN_PERTAMA <= int(teks) <= TAHUN_TERAKHIR:
        raise Http404(f"Tidak ada laporan triwulan tahun {teks[:8]}.")
    return int(teks)


def read_saringan(request) -> triwulan.Saringan:
    """The filters of the address; a Kanwil that does not exist is 404."""
    isi = {nama: " ".join(nilai.replace("\x00", "").split()) for nama, nilai in request.GET.items()}
    hari, tahun = timezone.localdate(), read_tahun(isi.get("tahun", ""))
    periode, keadaan = isi.get("periode", ""), isi.get("keadaan", "")
    kanwil = None
    if kode := isi.get("kanwil", "")[:60]:
        kanwil = KantorWilayah.objects.select_related("satker").filter(satker__kode=kode).first()
        if kanwil is None:
            raise Http404("Tidak ada Kanwil berkode itu.")
    return triwulan.Saringan(
        tahun=tahun,
        periode=Periode(periode if periode in Periode.values else find_periode(tahun, hari)),
        hari=hari,
        kanwil=kanwil,
        keadaan=keadaan if keadaan in triwulan.LABEL_KEADAAN else "",
        q=isi.get("q", "")[:100],
        contoh=reads_contoh(request.user, isi.get("contoh") == "1", PEMBACA),
    )


@require_safe
@vary_on_headers("HX-Request")
@role_required(*PEMBACA)
def triwulan_list(request):
    """Who has reported the quarter, who has not, who was late; who reports for one agreement only
    goes straight to it."""
    saringan = read_saringan(request)
    if not has_role(request.user, *PENGAWAS):
        sendiri = PerjanjianKinerja.objects.visible_to(request.user).current()
        daftar = list(sendiri.filter(tahun=saringan.tahun).values_list("pk", flat=True)[:2])
        if len(daftar) == 1:
            return redirect("capaian_detail", daftar[0])
    batas = kinerja.read_batas(saringan.tahun)
    posisi = triwulan.list_posisi(request.user, saringan, batas)
    konteks = {
        "saringan": saringan,
        "batas": batas.get(saringan.periode),
        "page": triwulan.get_page(posisi, saringan, batas, request.GET.get("page")),
        "daftar_periode": list(Periode),
        "tautan": f"{reverse('triwulan_list')}?{saringan.build_query()}",
    }
    template = "satker/triwulan_list.html"
    if wants_partial(request):
        return render(request, f"{template}#daftar", konteks)
    luas = has_role(request.user, Peran.ADMIN, Peran.TPI, Peran.ESELON1, Peran.PIMPINAN)
    konteks |= {
        "hitungan": triwulan.count_triwulan(posisi),
        "daftar_keadaan": triwulan.LABEL_KEADAAN.items(),
        "daftar_kanwil": list_pilihan_kanwil(contoh=saringan.contoh) if luas else [],
        "bisa_atur": has_role(request.user, Peran.ADMIN),
    }
    return render(request, template, konteks)


JUDUL_UNDUH = ("kode", "satuan kerja", *(satu.label for satu in Periode))


@require_safe
@role_required(*PEMBACA)
def triwulan_unduh(request, bentuk):
    """The same rows as a file; all of them, without pages."""
    saringan = read_saringan(request)
    batas = kinerja.read_batas(saringan.tahun)
    daftar = triwulan.list_baris(triwulan.list_posisi(request.user, saringan, batas), saringan)
    baris = (
        (
            satu.kode,
            satu.nama,
            *(
                [ketepatan.kata for _, ketepatan in satu.ketepatan]
                or ["belum ada PK berlaku"] * len(Periode)
            ),
        )
        for satu in triwulan.fill_baris(list(daftar), saringan, batas)
    )
    return respond(bentuk, f"laporan-triwulan-{saringan.tahun}", JUDUL_UNDUH, baris)


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN)
def triwulan_batas(request, tahun):
    """By when the quarters of a year are due."""
    read_tahun(str(tahun))
    tersimpan = kinerja.read_batas(tahun)
    awal = {kode: satu.tanggal for kode, satu in tersimpan.items()}
    awal["dasar"] = next((satu.dasar for satu in tersimpan.values()), "")
    tugas = next(satu for satu in list_penugasan(request.user) if satu.peran == Peran.ADMIN)

    def call(dasar, **batas):
        return batas_triwulan.set_batas(
            tahun, batas, dasar, by=request.user, instansi=tugas.instansi
        )

    return run_step(
        request,
        "satker/triwulan_batas.html",
        BatasForm(read_post(request), initial=awal),
        call,
        lambda hasil: redirect("triwulan_batas", tahun),
        berhasil=f"Batas laporan triwulan {tahun} dicatat.",
        tahun=tahun,
        daftar_batas=[tersimpan[satu] for satu in Periode.values if satu in tersimpan],
        daftar_tahun=sorted(
            {tahun - 1, tahun + 1, timezone.localdate().year}
            | set(BatasTriwulan.objects.values_list("tahun", flat=True).distinct())
        ),
    )
