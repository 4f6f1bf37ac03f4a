"""Filling one LKE: its hub, an area, the whole, and saving one answer."""

import json

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from integritas.alur import AlurError
from integritas.htmx import wants_partial
from integritas.teks import format_angka, format_tanggal
from penilaian import halaman, lke, skor, temuan
from penilaian.alur import pengisian
from penilaian.izin import PEMBACA, PENGISI, explain_locked, get_izin, list_aksi
from penilaian.models import Jawaban, Penilaian, Rekap, Tingkat
from penilaian.versi import get_terpakai
from satker.access import role_required


def get_penilaian(request, pk) -> Penilaian:
    """The assessment, its unit, version and the unit's name: one query."""
    return halaman.read_penilaian(request.user, pk)


def get_rekap(penilaian: Penilaian) -> Rekap:
    return halaman.read_rekap(penilaian)


@require_safe
@role_required(*PEMBACA)
def penilaian_detail(request, pk):
    penilaian = get_penilaian(request, pk)
    terpakai = get_terpakai(penilaian.versi)
    rekap = get_rekap(penilaian)
    izin = get_izin(request.user, penilaian)
    return render(
        request,
        "penilaian/penilaian_detail.html",
        {
            "penilaian": penilaian,
            "judul_lke": f"{rekap.jumlah_terisi} dari {rekap.jumlah_pertanyaan} pertanyaan terjawab",
            "keterangan_lke": (
                f"Nilai {format_angka(skor.show(rekap.total_nol), 2)} bila yang kosong dihitung "
                f"nol; {format_angka(skor.show(rekap.total_abaikan), 2)} menurut lembar resmi, yang "
                f"mengabaikan yang kosong. "
                + (izin.alasan or f"Pengisian ditutup {format_tanggal(penilaian.tutup_pada)}.")
            ),
            "tab": "ringkas",
            "rekap": rekap,
            "izin": izin,
            **list_aksi(request.user, penilaian),
            "daftar_area": lke.list_area(penilaian, rekap, terpakai),
            "daftar_gagal": [
                gerbang
                for gerbang in terpakai.isi.ambang[penilaian.target].daftar_gerbang
                if gerbang.kode in getattr(rekap, f"gagal_{penilaian.target.lower()}_nol").split()
            ],
        },
    )


def _render_isi(request, penilaian, template, daftar_pertanyaan, area=None, **konteks):
    terpakai = get_terpakai(penilaian.versi)
    rekap = get_rekap(penilaian)
    daftar_area = lke.list_area(penilaian, rekap, terpakai)
    izin = get_izin(request.user, penilaian)
    baris = next((satu for satu in daftar_area if area and satu.area.kode == area), None)
    daftar_temuan = temuan.list_temuan(request.user, penilaian, terpakai)
    daftar_kartu = lke.list_kartu(
        penilaian, terpakai, daftar_pertanyaan, daftar_area, izin, daftar_temuan
    )
    return render(
        request,
        template,
        {
            "penilaian": penilaian,
            "rekap": rekap,
            "daftar_area": daftar_area,
            "area": baris,
            "izin": izin,
            "alasan_terkunci": izin.alasan or (explain_locked(baris.baris) if baris else ""),
            "bisa_ajukan": baris is not None and izin.can_fill(baris.area.kode),
            "daftar_kartu": daftar_kartu,
            "nama_lapis": lke.list_nama_lapis(daftar_kartu),
            "tahun_lalu": penilaian.tahun - 1,
            "judul_versi": f"{terpakai.isi.judul}, versi {terpakai.versi}",
            **konteks,
        },
    )


@require_safe
@role_required(*PEMBACA)
def area_detail(request, pk, area):
    penilaian = get_penilaian(request, pk)
    isi = get_terpakai(penilaian.versi).isi
    if area not in isi.pertanyaan_area:
        raise Http404
    return _render_isi(
        request, penilaian, "penilaian/area_detail.html", isi.pertanyaan_area[area], area=area
    )


@require_safe
@role_required(*PEMBACA)
def lke_full(request, pk):
    penilaian = get_penilaian(request, pk)
    isi = get_terpakai(penilaian.versi).isi
    return _render_isi(
        request,
        penilaian,
        "penilaian/lke_full.html",
        isi.daftar_pertanyaan,
        judul_lke="Semua pertanyaan",
        tab="isi",
    )


@require_safe
@role_required(*PENGISI)
def lke_continue(request, pk):
    """To the first unanswered question of my areas; `?sesudah=` goes on behind a number."""
    penilaian = get_penilaian(request, pk)
    terpakai = get_terpakai(penilaian.versi)
    sesudah = request.GET.get("sesudah", "")
    kosong = lke.find_unanswered(
        penilaian,
        terpakai,
        get_izin(request.user, penilaian),
        int(sesudah) if sesudah.isdecimal() and len(sesudah) < 5 else 0,
    )
    if kosong is None:
        return redirect("penilaian_detail", pk)
    return redirect(f"{reverse('area_detail', args=[pk, kosong.area])}#q{kosong.urutan}")


# --- saving -------------------------------------------------------------------------------------
def _read_mentah(request, pertanyaan):
    """What the form says the answer is; `kosongkan` is the button that takes it away."""
    if "kosongkan" in request.POST:
        return None
    if pertanyaan.is_pilihan:
        return request.POST.get("pilihan", "")
    # An Indonesian decimal comma is as good as a point.
    return {
        masukan.kode: request.POST.get(f"isian-{masukan.kode}", "").strip().replace(",", ".")
        for masukan in pertanyaan.daftar_isian
    }


@require_POST
@role_required(*PENGISI)
def jawaban_edit(request, pk, kode):
    """Save one answer. htmx gets the state beside it and the score bar; a plain form goes back to
    its card."""
    penilaian = get_penilaian(request, pk)
    terpakai = get_terpakai(penilaian.versi)
    pertanyaan = terpakai.isi.pertanyaan.get(kode)
    if pertanyaan is None:
        raise Http404
    izin = get_izin(request.user, penilaian)
    versi_isi = request.POST.get("versi_isi", "")
    konteks = {"penilaian": penilaian, "pertanyaan": pertanyaan, "versi_isi": versi_isi}
    try:
        if not izin.can_fill(pertanyaan.area):
            raise AlurError(izin.alasan or f"Area {pertanyaan.area} bukan bagian Anda.")
        if not versi_isi.isdecimal() or len(versi_isi) > 9:
            raise AlurError("Formulir tidak utuh. Muat ulang halaman ini.")
        hasil = pengisian.save_jawaban(
            penilaian,
            kode,
            mentah=_read_mentah(request, pertanyaan),
            catatan=request.POST.get("catatan", ""),
            versi_isi=int(versi_isi),
            by=request.user,
        )
    except pengisian.KonflikError as error:
        return _render_konflik(request, konteks, error)
    except AlurError as error:
        return _render_galat(request, konteks, str(error))
    if not wants_partial(request):
        return redirect(
            f"{reverse('area_detail', args=[pk, pertanyaan.area])}#q{pertanyaan.urutan}"
        )
    return _render_tersimpan(request, konteks, hasil)


def _render_tersimpan(request, konteks, hasil):
    pertanyaan, penilaian, terpakai = konteks["pertanyaan"], konteks["penilaian"], hasil.terpakai
    kartu = lke.Kartu(
        pertanyaan=pertanyaan,
        nama_sub="",
        jawaban=hasil.jawaban,
        nilai=lke.compute_nilai(pertanyaan, hasil.jawaban),
        **lke.get_bobot(terpakai, pertanyaan),
        can_fill=True,
        daftar_temuan=hasil.daftar_temuan.get(pertanyaan.kode, []),
    )
    konteks |= {
        "simpan": "tersimpan",
        "versi_isi": hasil.jawaban.versi_isi,
        "kartu": kartu,
        # Of this card, and of others that read its answer.
        "daftar_temuan": [
            (terpakai.isi.pertanyaan[kode], temuan.sort_temuan(daftar))
            for kode, daftar in hasil.daftar_temuan.items()
        ],
        "rekap": hasil.rekap,
        "area": lke.build_area(penilaian, hasil.rekap, terpakai, pertanyaan.area),
        "oob": True,
        # Whoever just saved fills this area.
        "bisa_ajukan": True,
    }
    respons = render(request, "penilaian/_simpan.html", konteks)
    respons["HX-Trigger"] = json.dumps(
        {
            "tersimpan": {
                "nomor": pertanyaan.urutan,
                "keadaan": kartu.keadaan,
                # Whether other cards that read this answer have to be mended.
                "lain": {
                    satu.urutan: any(temu.tingkat == Tingkat.HARUS for temu in daftar)
                    for satu, daftar in konteks["daftar_temuan"]
                    if satu != pertanyaan
                },
            }
        }
    )
    return respons


def _render_galat(request, konteks, pesan):
    konteks |= {"simpan": "gagal", "pesan": pesan}
    template = "penilaian/_simpan.html" if wants_partial(request) else "penilaian/jawaban_edit.html"
    return render(request, template, konteks, status=422)


def _render_konflik(request, konteks, error):
    """Both versions side by side; nothing of either is lost."""
    pertanyaan = konteks["pertanyaan"]
    mentah = _read_mentah(request, pertanyaan)
    kini: Jawaban = error.kini
    konteks |= {
        "simpan": "konflik",
        "pesan": str(error),
        "kini": kini,
        "jawab_kini": lke.describe_jawab(kini.jawab, pertanyaan),
        "jawab_saya": _describe_mentah(mentah, pertanyaan),
        "catatan_saya": request.POST.get("catatan", ""),
        # What the button "use mine" sends again, on top of what stands there now.
        "isi_saya": [
            (nama, nilai)
            for nama, nilai in request.POST.items()
            if nama in {"pilihan", "catatan", "kosongkan"} or nama.startswith("isian-")
        ],
        "oleh": kini.diubah_oleh,
    }
    template = "penilaian/_simpan.html" if wants_partial(request) else "penilaian/jawaban_edit.html"
    return render(request, template, konteks, status=409)


def _describe_mentah(mentah, pertanyaan) -> str:
    if isinstance(mentah, dict):
        return "; ".join(
            f"{pertanyaan.masukan_menurut_kode[kode].label} {nilai or '(kosong)'}"
            for kode, nilai in mentah.items()
        )
    return mentah or "belum dijawab"
