"""Perjanjian Kinerja: the year's list, one agreement, its papers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.berkas.kirim import respond_kunci
from integritas.berkas.simpan import build_kunci
from integritas.htmx import wants_partial
from integritas.unduh import build_nama, respond
from satker import papan_janji as papan
from satker import perjanjian as baca
from satker import perjanjian_tampil as tampil
from satker.access import list_peran, reads_contoh, role_required
from satker.alur.janji.draf import TAHUN_PERTAMA, TAHUN_TERAKHIR
from satker.alur.janji.turunan import find_induk
from satker.izin_janji import PEMBACA, can_fill
from satker.janji import compute_sidik
from satker.laporan.janji import print_perjanjian
from satker.models import KantorWilayah, Peran, PerjanjianKinerja, SatuanKerja
from satker.sebutan import list_pilihan_kanwil

SENDIRI = {Peran.OPERATOR, Peran.KEPALA_SATKER}
Status = PerjanjianKinerja.Status


# --- the year -------------------------------------------------------------------------------------
def read_tahun(request) -> int:
    """The year of the address, this year by default; one that cannot be is 404."""
    teks = request.GET.get("tahun", "").strip()[:8]
    if not teks:
        return timezone.localdate().year
    if not teks.isdecimal() or not TAHUN_PERTAMA <= int(teks) <= TAHUN_TERAKHIR:
        raise Http404(f"Tidak ada perjanjian kinerja tahun {teks}.")
    return int(teks)


def read_saringan(request) -> papan.Saringan:
    """The filters of the address; a Kanwil that does not exist is 404."""
    kode = request.GET.get("kanwil", "").strip()[:60]
    keadaan = request.GET.get("keadaan", "")
    kanwil = KantorWilayah.objects.select_related("satker")
    return papan.Saringan(
        tahun=read_tahun(request),
        hari=timezone.localdate(),
        kanwil=get_object_or_404(kanwil, satker__kode=kode) if kode else None,
        keadaan=keadaan if keadaan in papan.LABEL_KEADAAN else "",
        q=request.GET.get("q", "").strip()[:100].replace("\0", ""),
        contoh=reads_contoh(request.user, request.GET.get("contoh") == "1", PEMBACA),
    )


@require_safe
@vary_on_headers("HX-Request")
@role_required(*PEMBACA)
def perjanjian_list(request):
    """Who has signed; somebody of one unit only goes straight to it."""
    saringan = read_saringan(request)
    peran = list_peran(request.user) & set(PEMBACA)
    if peran <= SENDIRI:
        daftar = SatuanKerja.objects.visible_to(request.user).order_by("kode")
        sendiri = list(daftar.values_list("kode", flat=True)[:2])
        if len(sendiri) == 1:
            return redirect("perjanjian_satker", sendiri[0], saringan.tahun)
    posisi = papan.list_posisi(request.user, saringan)
    urut = papan.list_urut(posisi, saringan)
    page = Paginator(urut, papan.UKURAN_HALAMAN).get_page(request.GET.get("page"))
    papan.fill_baris(page.object_list, saringan)
    konteks = {"saringan": saringan, "page": page}
    template = "satker/perjanjian_list.html"
    if wants_partial(request):
        return render(request, f"{template}#daftar", konteks)
    luas = not peran <= {*SENDIRI, Peran.TIM_KANWIL}
    konteks |= {
        "hitungan": papan.count(posisi, saringan),
        "tautan": f"{reverse('perjanjian_list')}?{_build_query(saringan)}",
        "daftar_keadaan": papan.LABEL_KEADAAN.items(),
        "daftar_kanwil": list_pilihan_kanwil(contoh=saringan.contoh) if luas else [],
        "bisa_dipa": bool(peran & {Peran.TIM_KANWIL, Peran.ADMIN}),
    }
    return render(request, template, konteks)


def _build_query(saringan: papan.Saringan) -> str:
    """What the doors in the headline keep: year, Kanwil, and whether units are invented."""
    isi = [f"tahun={saringan.tahun}"]
    if saringan.kanwil:
        isi.append(f"kanwil={saringan.kanwil.satker.kode}")
    if saringan.contoh:
        isi.append("contoh=1")
    return "&".join(isi)


@require_safe
@role_required(*PEMBACA)
def perjanjian_unduh(request, bentuk):
    saringan = read_saringan(request)
    daftar = papan.list_urut(papan.list_posisi(request.user, saringan), saringan)
    baris = papan.show_unduh(daftar, saringan)
    return respond(bentuk, f"perjanjian-kinerja-{saringan.tahun}", papan.JUDUL_UNDUH, baris)


# --- one unit, one agreement ----------------------------------------------------------------------
def get_satker(request, kode: str) -> SatuanKerja:
    return get_object_or_404(SatuanKerja.objects.visible_to(request.user), kode=kode)


def get_perjanjian(request, pk: int) -> PerjanjianKinerja:
    """With its unit, its parties and `nama`, the unit's name."""
    perjanjian = get_object_or_404(
        PerjanjianKinerja.objects.visible_to(request.user).select_related(
            "satker", "pihak_pertama__pengguna", "pihak_kedua__pengguna", "berkas"
        ),
        pk=pk,
    )
    posisi = baca.get_posisi(perjanjian.satker_id, perjanjian.tahun)
    perjanjian.nama = posisi.nama if posisi else perjanjian.satker.kode
    return perjanjian


@require_safe
@role_required(*PEMBACA)
def perjanjian_satker(request, kode, tahun):
    """A unit's year: the agreement in force, else its draft, else how to begin."""
    satker = get_satker(request, kode)
    if not TAHUN_PERTAMA <= tahun <= TAHUN_TERAKHIR:
        raise Http404
    milik = PerjanjianKinerja.objects.filter(satker=satker, tahun=tahun)
    satu = (
        milik.current().first()
        or milik.filter(status=Status.DRAF).first()
        or milik.filter(status=Status.DIGANTIKAN).order_by("-versi").first()
    )
    if satu is not None:
        return redirect("perjanjian_detail", satu.pk)
    dipa = baca.get_dipa(satker.pk, tahun)
    posisi = baca.get_posisi(satker.pk, tahun)
    konteks = {
        "satker": satker,
        "nama": posisi.nama if posisi else satker.kode,
        "tahun": tahun,
        "dipa": dipa,
        "tenggat": tampil.janji.judge(dipa.tanggal if dipa else None, None, timezone.localdate()),
        "can_fill": can_fill(request.user, satker.pk),
        "bisa_mulai": tahun <= timezone.localdate().year + 1,
        "bisa_maju": tahun < timezone.localdate().year + 1,
        "jumlah_batal": milik.count(),
    }
    return render(request, "satker/perjanjian_satker.html", konteks)


@require_safe
@role_required(*PEMBACA)
def perjanjian_detail(request, pk):
    perjanjian = get_perjanjian(request, pk)
    daftar_sasaran = baca.read_sasaran(perjanjian)
    isi = baca.build_isi(daftar_sasaran, baca.read_kegiatan(perjanjian))
    tampil.fill_turunan(request.user, perjanjian, daftar_sasaran)
    pihak = {yang: baca.get_pihak(perjanjian, yang) for yang in baca.PIHAK}
    daftar_versi = tampil.list_versi(perjanjian)
    pertama = min((satu.tanggal for satu in daftar_versi if satu.tanggal), default=None)
    dipa = baca.get_dipa(perjanjian.satker_id, perjanjian.tahun)
    atasan = baca.get_atasan(perjanjian.satker_id, timezone.localdate())
    boleh = can_fill(request.user, perjanjian.satker_id)
    kurang = baca.list_kurang(perjanjian, isi) if perjanjian.is_editable else []
    konteks = {
        "perjanjian": perjanjian,
        "daftar_sasaran": daftar_sasaran,
        "isi": isi,
        "pihak": pihak,
        "dipa": dipa,
        "keadaan": tampil.read_keadaan(perjanjian, pihak, dipa, pertama, atasan),
        "daftar_versi": daftar_versi,
        "daftar_draf": [satu for satu in daftar_versi if satu.is_editable],
        "kurang": kurang,
        "induk": find_induk(atasan, perjanjian.tahun),
        "can_fill": boleh,
        "can_edit": boleh and perjanjian.is_editable,
        "kini": timezone.localdate(),
    }
    return render(request, "satker/perjanjian_detail.html", konteks)


@require_safe
@role_required(*PEMBACA)
def perjanjian_diff(request, pk):
    """Against the version before, and against the Kanwil's."""
    perjanjian = get_perjanjian(request, pk)
    isi = baca.read_isi(perjanjian)
    konteks = {
        "perjanjian": perjanjian,
        "sebelum": tampil.compare_sebelum(perjanjian, isi),
        "induk": tampil.compare_induk(perjanjian, isi),
    }
    return render(request, "satker/perjanjian_diff.html", konteks)


# --- papers ---------------------------------------------------------------------------------------
@require_safe
@role_required(*PEMBACA)
def perjanjian_print(request, pk):
    """The document as PDF. A draft bears a mark, unless it is complete and asked for to be signed."""
    perjanjian = get_perjanjian(request, pk)
    isi = baca.read_isi(perjanjian)
    untuk_tanda = request.GET.get("untuk") == "tanda-tangan" and perjanjian.is_editable
    if untuk_tanda and baca.list_kurang(perjanjian, isi):
        raise Http404("Draf ini belum lengkap.")
    draf = perjanjian.status in (Status.DRAF, Status.DIBATALKAN) and not untuk_tanda
    sidik = perjanjian.sidik or compute_sidik(baca.build_dokumen(perjanjian, isi, perjanjian.nama))
    hasil = print_perjanjian(
        isi,
        {yang: baca.get_pihak(perjanjian, yang) for yang in baca.PIHAK},
        satker=perjanjian.nama,
        tahun=perjanjian.tahun,
        versi=perjanjian.versi,
        tempat=perjanjian.tempat,
        tanggal=perjanjian.tanggal,
        sidik=sidik,
        draf=draf,
        pada=timezone.localdate(),
        catatan="Contoh, bukan kantor nyata" if perjanjian.satker.contoh else "",
    )
    nama = f"pk-{perjanjian.satker.kode}-{perjanjian.tahun}-versi-{perjanjian.versi}"
    respons = HttpResponse(hasil, content_type="application/pdf")
    nama = build_nama(nama + ("-draf" if draf else ""), "pdf")
    respons["Content-Disposition"] = f'inline; filename="{nama}"'
    return respons


@require_safe
@role_required(*PEMBACA)
def perjanjian_berkas(request, pk):
    """The legal copy, byte for byte as it was handed in."""
    perjanjian = get_perjanjian(request, pk)
    if perjanjian.berkas is None:
        raise Http404
    return respond_kunci(
        build_kunci(perjanjian.berkas.sha256),
        nama=perjanjian.nama_berkas,
        mime=perjanjian.berkas.mime,
        ukuran=perjanjian.berkas.ukuran,
        as_attachment=True,
    )
