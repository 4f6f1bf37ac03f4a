"""First pages: the public front, one Kanwil, the ministry."""

import datetime
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.htmx import wants_partial
from penilaian import hitung, kalimat
from penilaian.baris import show_baris
from penilaian.izin import find_lke_sendiri
from penilaian.models import JenisPredikat
from penilaian.pada import Pada, resolve_pada
from penilaian.pantau import compute_jatuh_tempo, filter_kanwil, list_tenggat
from penilaian.simpanan import DETIK_SIMPAN, keep, read_tanda
from penilaian.simpul import (
    build_peta,
    get_simpul,
    label_klaim,
    list_klaim_wilayah,
    list_simpul,
)
from penilaian.tampak import may_confirm, may_see_keadaan
from penilaian.views.register import add_kolom, get_kanwil, list_pemegang, read_text
from satker.access import get_kanwil_sendiri, has_role, public, signed_in
from satker.models import KedudukanInstansi, Peran

# Years the trend shows, the chosen date's own among them.
TAHUN_TREN = 6
BARIS_RINGKAS = 8


def _list_hari_tren(pada: datetime.date) -> list[datetime.date]:
    """The last day of each of the years before, and the date itself."""
    akhir = [datetime.date(pada.year - mundur, 12, 31) for mundur in range(TAHUN_TREN - 1, 0, -1)]
    return [*akhir, pada]


def _build_angka(hitungan, daftar_klaim) -> dict:
    """Headline figures with what others said beside them."""
    return {
        "hitungan": hitungan,
        "klaim_satker": kalimat.say_klaim_satker(hitungan, daftar_klaim),
        "klaim_predikat": kalimat.say_klaim_predikat(daftar_klaim),
        "daftar_klaim": daftar_klaim,
    }


def compute_etag(request, *args, **kwargs) -> str | None:
    """What the public pages depend on: every change of a fact writes a line of history. People who
    are signed in, or have a message waiting, get no tag: their page is for them alone."""
    if request.session.session_key or "messages" in request.COOKIES:
        return None
    isi = f"{read_tanda().sidik}|{request.get_full_path()}"
    request.sidik = f'"{sha256(isi.encode()).hexdigest()[:32]}"'
    return request.sidik


def cache_public(view):
    """Keep the page of the general public under the tag that says what it depends on. Its nonce is
    then an older one, which no script of ours needs: they all come from our own address."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        sidik = getattr(request, "sidik", None)
        if sidik is None or set(request.GET) - {"kanwil"}:
            return view(request, *args, **kwargs)
        if (isi := cache.get(f"publik:{sidik}")) is not None:
            return HttpResponse(isi)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            cache.set(f"publik:{sidik}", response.content, DETIK_SIMPAN)
        return response

    return wrapper


@require_safe
@public
@condition(etag_func=compute_etag)
@cache_public
def beranda(request):
    kode = read_text(request, "kanwil", 60)
    try:
        kanwil = get_kanwil(request, kode or settings.INTEGRITAS_KANWIL)
    except Http404:
        if kode:
            raise
        # An installation that has no facts yet, or names a Kanwil it does not have.
        return redirect("kementerian_detail")
    pada = resolve_pada(request.GET.get("pada"), kanwil.data_per)
    daftar_simpul = list_simpul(pada.tanggal)
    simpul = next((satu for satu in daftar_simpul if satu.pk == kanwil.pk), None)
    per_kanwil = hitung.count_by("kanwil_id", pada.tanggal)
    hitungan = per_kanwil.get(kanwil.pk, hitung.NOL)
    if kanwil.satker.contoh:
        hitungan = hitung.count_predikat(pada.tanggal, kanwil)
    klaim_wilayah = list_klaim_wilayah(pada.tanggal)
    daftar_klaim = [klaim for klaim in klaim_wilayah if klaim.kanwil_id == kanwil.pk]
    konteks = _build_angka(hitungan, daftar_klaim) | {
        "pada": pada,
        "simpul": simpul or get_simpul(kanwil, pada.tanggal),
        "daftar_pemegang": show_baris(
            list_pemegang(pada.tanggal, kanwil), pada, tampil_keadaan=False
        ),
        "daftar_peta": build_peta(
            daftar_simpul, per_kanwil, label_klaim(klaim_wilayah), kanwil.satker.kode
        ),
        "daftar_kanwil": [(satu.kode, satu.nama) for satu in daftar_simpul],
    }
    return render(request, "penilaian/beranda.html", konteks)


def _build_kanwil(kanwil, pada: Pada, tampil_keadaan: bool) -> dict:
    """The figures and rows of a Kanwil: facts only, whoever reads them."""
    per_jenis = hitung.count_by_jenis(pada.tanggal, kanwil)
    hitungan = sum((satu for _, satu in per_jenis), hitung.NOL)
    hari = _list_hari_tren(pada.tanggal)
    pemegang, tanpa = _split_satker(pada.tanggal, kanwil)
    konteks = _build_angka(hitungan, list(hitung.list_klaim(pada.tanggal, kanwil))) | {
        "simpul": get_simpul(kanwil, pada.tanggal),
        "per_jenis": per_jenis,
        "daftar_pemegang": show_baris(pemegang, pada, tampil_keadaan=tampil_keadaan),
        "daftar_tanpa": show_baris(tanpa[:BARIS_RINGKAS], pada, tampil_keadaan=False),
        "daftar_tren": list(zip(hari, hitung.count_trend(hari, kanwil), strict=True)),
    }
    if tampil_keadaan:
        tenggat = filter_kanwil(list_tenggat(pada.tanggal), kanwil, pada.tanggal)
        nama = {satu["kode"]: satu["nama"] for satu in pemegang}
        konteks["daftar_jatuh_tempo"] = [
            (satu, nama[satu.predikat.satker.kode])
            for satu in compute_jatuh_tempo(tenggat[:BARIS_RINGKAS], pada.tanggal)
        ]
    return konteks


def _split_satker(pada: datetime.date, kanwil) -> tuple[list, list]:
    """Holders, WBBM first, and the others, those of which nothing is known first; one query."""
    semua = add_kolom(hitung.list_kedudukan(pada, kanwil))
    daftar = list(semua.order_by(F("masa__nilai").asc(nulls_first=True), "urut", "pk"))
    pemegang = [satu for satu in daftar if satu["nilai"] in JenisPredikat]
    pemegang.sort(key=lambda satu: satu["nilai"])
    return pemegang, [satu for satu in daftar if satu["nilai"] not in JenisPredikat]


@require_safe
@vary_on_headers("HX-Request")
@public
def kanwil_detail(request, kode):
    kanwil = get_kanwil(request, kode)
    pada = resolve_pada(request.GET.get("pada"), kanwil.data_per)
    tampil_keadaan = may_see_keadaan(request.user)
    konteks = keep(
        read_tanda(),
        pada,
        ("kanwil", kanwil.pk, tampil_keadaan),
        lambda: _build_kanwil(kanwil, pada, tampil_keadaan),
    ) | {
        "kanwil": kanwil,
        "pada": pada,
        "tampil_keadaan": tampil_keadaan,
        "boleh_konfirmasi": may_confirm(request.user, kanwil),
    }
    template = "penilaian/kanwil_detail.html"
    return render(request, f"{template}#isi" if wants_partial(request) else template, konteks)


@require_safe
@vary_on_headers("HX-Request")
@public
def kementerian_detail(request):
    tanda = read_tanda()
    pada = resolve_pada(request.GET.get("pada"), tanda.data_per)
    menurut = "pembina" if request.GET.get("menurut") == "pembina" else "kanwil"
    kunci = ("kementerian", menurut)
    konteks = keep(tanda, pada, kunci, lambda: _build_kementerian(pada.tanggal, menurut))
    konteks |= {"menurut": menurut, "pada": pada}
    template = "penilaian/kementerian_detail.html"
    return render(request, f"{template}#isi" if wants_partial(request) else template, konteks)


def _build_kementerian(pada: datetime.date, menurut: str) -> dict:
    """The figures of the ministry: facts only."""
    daftar_simpul = list_simpul(pada)
    per_kanwil = hitung.count_by("kanwil_id", pada)
    klaim_wilayah = label_klaim(list_klaim_wilayah(pada))
    hitungan = sum(per_kanwil.values(), hitung.NOL)
    hari = _list_hari_tren(pada)
    if menurut == "kanwil":
        baris = _rank_kanwil(daftar_simpul, per_kanwil, klaim_wilayah)
    else:
        baris = _rank_pembina(pada)
    return _build_angka(hitungan, list(hitung.list_klaim(pada))) | {
        "daftar_baris": baris,
        "daftar_peta": build_peta(daftar_simpul, per_kanwil, klaim_wilayah),
        "daftar_tren": list(zip(hari, hitung.count_trend(hari), strict=True)),
        "jumlah_kanwil": len(daftar_simpul),
        "jumlah_lengkap": sum(satu.is_lengkap for satu in per_kanwil.values()),
    }


def list_baris_kementerian(pada: datetime.date, menurut: str) -> list[dict]:
    """The ranked table of the page, for its download."""
    if menurut == "pembina":
        return _rank_pembina(pada)
    return _rank_kanwil(
        list_simpul(pada), hitung.count_by("kanwil_id", pada), label_klaim(list_klaim_wilayah(pada))
    )


def _rank(satu: dict) -> tuple:
    """Worst first among those fully known; the others follow, the largest unknown first."""
    hitungan = satu["hitungan"]
    if hitungan.is_lengkap:
        return (0, hitungan.bagian, -hitungan.tanpa, satu["nama"])
    return (1, -hitungan.tidak_diketahui, 0, satu["nama"])


def _rank_kanwil(daftar_simpul, per_kanwil, klaim_wilayah) -> list[dict]:
    return sorted(
        (
            {
                "nama": simpul.nama,
                "kode": simpul.kode,
                "data_per": simpul.data_per,
                "hitungan": per_kanwil.get(simpul.pk, hitung.NOL),
                "klaim": klaim_wilayah.get(simpul.pk, ("", ""))[1],
            }
            for simpul in daftar_simpul
        ),
        key=_rank,
    )


def _rank_pembina(pada: datetime.date) -> list[dict]:
    per_pembina = hitung.count_by("pembina_id", pada)
    nama = dict(
        KedudukanInstansi.objects.filter(instansi__in=[kunci for kunci in per_pembina if kunci])
        .order_by("berlaku_dari", "pk")
        .values_list("instansi", "nama")
    )
    return sorted(
        (
            {
                "nama": nama.get(kunci, "Tanpa pembina tercatat"),
                "kode": "",
                "hitungan": hitungan,
                "klaim": "",
            }
            for kunci, hitungan in per_pembina.items()
        ),
        key=_rank,
    )


@require_safe
@signed_in
def ringkasan(request):
    """The first page after signing in, by role: who fills an LKE goes to the latest of the unit."""
    if (lke := find_lke_sendiri(request.user)) is not None:
        return redirect("penilaian_detail", lke.pk)
    kanwil = get_kanwil_sendiri(request.user)
    if kanwil is not None and not has_role(request.user, Peran.ADMIN, Peran.PIMPINAN):
        return redirect("kanwil_detail", kanwil.satker.kode)
    return redirect("kementerian_detail")
