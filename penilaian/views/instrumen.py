"""The instrument as it was loaded: its versions, its tree, one area whole, and two beside each other."""

from itertools import pairwise

from django.core.exceptions import BadRequest
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from penilaian.instrumen.banding import Nasib, compare
from penilaian.instrumen.bentuk import AREA_HASIL
from penilaian.instrumen.pohon import build_cabang, find_pertanyaan
from penilaian.izin import PEMBACA
from penilaian.kalimat_instrumen import say_lantai
from penilaian.models import Penilaian, Pertanyaan, VersiInstrumen
from penilaian.versi import get_terpakai
from satker.access import list_peran, role_required
from satker.models import Peran

KOMPONEN = ("A", AREA_HASIL)
CARI_TERPANJANG = 100


def _list_versi():
    """Versions, newest first, without their text; `dipakai` assessments use each."""

    def count(model):
        baris = model.objects.filter(versi=OuterRef("pk")).order_by().values("versi")
        return Coalesce(Subquery(baris.annotate(jumlah=Count("pk")).values("jumlah")), 0)

    return (
        VersiInstrumen.objects.defer("teks")
        .annotate(dipakai=count(Penilaian), jumlah_pertanyaan=count(Pertanyaan))
        .order_by("kode", "-versi")
    )


def get_versi(kode: str, versi: int) -> VersiInstrumen:
    """One version with its counts, or 404; one query."""
    return get_object_or_404(_list_versi(), kode=kode, versi=versi)


def is_admin(request) -> bool:
    return Peran.ADMIN in list_peran(request.user)


@require_safe
@role_required(*PEMBACA)
def instrumen_list(request):
    daftar = list(_list_versi())
    sebelum = {satu.pk: lama for satu, lama in pairwise(daftar) if lama.kode == satu.kode}
    return render(
        request,
        "penilaian/instrumen_list.html",
        {
            # A version and the one before it, which it may be compared with.
            "daftar_versi": [(satu, sebelum.get(satu.pk)) for satu in daftar],
        },
    )


@require_safe
@role_required(*PEMBACA)
def instrumen_detail(request, kode, versi):
    """Tree, floors and eligibility rules; `?q=` lists the questions in which those words occur."""
    versi = get_versi(kode, versi)
    terpakai = get_terpakai(versi)
    isi = terpakai.isi
    cari = request.GET.get("q", "").strip()[:CARI_TERPANJANG]
    return render(
        request,
        "penilaian/instrumen_detail.html",
        {
            "versi_ini": versi,
            "isi": isi,
            "cari": cari,
            "daftar_temu": find_pertanyaan(isi, cari),
            "daftar_komponen": [build_cabang(isi, komponen) for komponen in KOMPONEN],
            "daftar_aspek": [satu for satu in isi.daftar_simpul if satu.level == "aspek_gabungan"],
            "daftar_lantai": [
                (wbk.nama, isi.simpul[wbk.simpul], say_lantai(isi, wbk), say_lantai(isi, wbbm))
                for wbk, wbbm in zip(
                    *(isi.ambang[target].daftar_gerbang for target in ("WBK", "WBBM")), strict=True
                )
            ],
            "daftar_syarat": [
                (syarat, syarat.menurut_target["WBK"], syarat.menurut_target["WBBM"])
                for syarat in isi.daftar_syarat
            ],
        },
    )


@require_safe
@role_required(*PEMBACA)
def instrumen_area(request, kode, versi, area):
    """One area whole: options and their values, formulas, zero rules, evidence and documents."""
    versi = get_versi(kode, versi)
    terpakai = get_terpakai(versi)
    if area not in terpakai.isi.pertanyaan_area:
        raise Http404
    cabang = build_cabang(terpakai.isi, area)
    return render(
        request,
        "penilaian/instrumen_area.html",
        {
            "versi_ini": versi,
            "isi": terpakai.isi,
            "cabang": cabang,
            "daftar_area": terpakai.isi.daftar_area,
            # By sub-unsur or result node: each question with the documents it asks for.
            "daftar_sub": [
                (sub, [(satu, terpakai.dokumen[satu.kode]) for satu in sub.daftar_pertanyaan])
                for sub in cabang.daftar_sub
            ],
            "bisa_atur": is_admin(request),
        },
    )


@require_safe
@role_required(*PEMBACA)
def instrumen_diff(request, kode, versi):
    """What leads from `?dengan=[kode:]versi` (or the version before) to this one, as their files
    say; settings of the admin stand on the pages of each."""
    versi = get_versi(kode, versi)
    daftar_lain = [satu for satu in _list_versi() if satu.pk != versi.pk]
    lama = _find_dengan(versi, daftar_lain, request.GET.get("dengan", ""))
    banding = compare(lama.bawaan, versi.bawaan) if lama else None
    return render(
        request,
        "penilaian/instrumen_diff.html",
        {
            "versi_ini": versi,
            "lama": lama,
            "daftar_lain": [(f"{satu.kode}:{satu.versi}", str(satu)) for satu in daftar_lain],
            "dengan": f"{lama.kode}:{lama.versi}" if lama else "",
            "banding": banding,
            "daftar_nasib": [
                (nasib, banding.list_nasib(nasib))
                for nasib in (Nasib.BERUBAH, Nasib.DITAMBAH, Nasib.DIHAPUS, Nasib.TETAP)
            ]
            if banding
            else [],
        },
    )


def _find_dengan(versi: VersiInstrumen, daftar: list[VersiInstrumen], dengan: str):
    """The version to compare with; None when there is no other."""
    if not dengan:
        terdahulu = [s for s in daftar if s.kode == versi.kode and s.versi < versi.versi]
        return terdahulu[0] if terdahulu else daftar[0] if daftar else None
    kode, _, nomor = dengan.rpartition(":")
    if not nomor.isdecimal():
        raise BadRequest("dengan")
    for satu in daftar:
        if (satu.kode, str(satu.versi)) == (kode or versi.kode, nomor):
            return satu
    raise Http404
