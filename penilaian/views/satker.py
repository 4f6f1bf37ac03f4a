"""The page of one unit: what it is, what it holds, and how both came about."""

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from penilaian.izin import PEMBACA
from penilaian.masa import CatatanPredikat, Perubahan, derive_masa, find_masa
from penilaian.models import (
    AturanPredikat,
    JenisPerubahan,
    LaporanPemantauan,
    Penilaian,
    PernyataanTanpa,
    PerubahanPredikat,
    Predikat,
    UsulanCatatan,
)
from penilaian.pada import resolve_pada
from penilaian.pantau import ATURAN, compute_satu
from penilaian.tampak import list_langkah, may_see_contoh, may_see_keadaan
from satker.access import has_role, public
from satker.models import KedudukanSatker, SatuanKerja, Silsilah

KLARIFIKASI = (JenisPerubahan.KLARIFIKASI_DIBUKA, JenisPerubahan.KLARIFIKASI_SELESAI)


@require_safe
@public
def satker_detail(request, kode):
    daftar_posisi = _list_posisi(request.user, kode)
    satker = daftar_posisi[0].satker
    if satker.contoh and not may_see_contoh(request.user):
        raise Http404
    kanwil = next((posisi.kanwil for posisi in daftar_posisi if posisi.kanwil_id), None)
    pada = resolve_pada(request.GET.get("pada"), kanwil.data_per if kanwil else None)
    posisi = next((satu for satu in daftar_posisi if _covers(satu, pada.tanggal)), None)
    dalam_lingkup = daftar_posisi[0].tampak
    langkah = list_langkah(request.user) if dalam_lingkup else frozenset()
    konteks = {
        "satker": satker,
        "pada": pada,
        "posisi": posisi,
        "tampil": posisi or daftar_posisi[0],
        "daftar_posisi": daftar_posisi,
        "induk": _get_induk(satker, posisi),
        "daftar_silsilah": _list_silsilah(satker),
        "dalam_lingkup": dalam_lingkup,
        "baca_lke": dalam_lingkup and has_role(request.user, *PEMBACA),
        "lke": daftar_posisi[0],
        "langkah": langkah,
        "daftar_usulan": _list_usulan(daftar_posisi[0], langkah),
    }
    konteks |= build_predikat(satker, pada, dalam_lingkup, may_see_keadaan(request.user))
    return render(request, "penilaian/satker_detail.html", konteks)


def build_predikat(satker, pada, lengkap: bool, tampil_keadaan: bool) -> dict:
    """Everything about the unit's predicate; what is known on the day is derived from the same
    rows that the page shows. Without a role, clarifications count as active."""
    daftar_predikat = _list_predikat(satker, lengkap, tampil_keadaan)
    daftar_pernyataan = _list_pernyataan(satker, lengkap)
    garis = derive_masa(
        [
            CatatanPredikat(
                predikat.pk,
                predikat.jenis,
                predikat.berlaku_dari,
                tuple(
                    Perubahan(satu.jenis, satu.tanggal)
                    for satu in reversed(predikat.daftar_perubahan)  # type: ignore[attr-defined]
                    if satu.jenis != JenisPerubahan.DITETAPKAN and satu.dibatalkan_pada is None
                ),
            )
            for predikat in daftar_predikat
            if predikat.dibatalkan_pada is None
        ],
        [satu.pada for satu in daftar_pernyataan if satu.dibatalkan_pada is None],
    )
    masa = find_masa(garis, pada.tanggal)
    predikat = next((p for p in daftar_predikat if masa and p.pk == masa.predikat), None)
    jatuh_tempo = None
    if predikat is not None and tampil_keadaan:
        bulan = AturanPredikat.objects.get_nilai(ATURAN, pada.tanggal)
        daftar_laporan = predikat.daftar_laporan  # type: ignore[attr-defined]
        laporan = max((satu.tanggal for satu in daftar_laporan), default=None)
        jatuh_tempo = compute_satu(predikat, laporan, bulan, pada.tanggal)
    return {
        "masa": masa,
        "predikat": predikat,
        "jatuh_tempo": jatuh_tempo,
        "daftar_predikat": daftar_predikat,
        "daftar_pernyataan": daftar_pernyataan,
        "tampil_keadaan": tampil_keadaan,
    }


def _list_posisi(user, kode) -> list[KedudukanSatker]:
    """Positions, newest first (the one without a beginning is the oldest), each with whether the
    unit's working rows are within this person's reach."""
    tampak = SatuanKerja.objects.visible_to(user).filter(pk=OuterRef("satker"))
    lke = Penilaian.objects.filter(satker=OuterRef("satker")).order_by("-tahun")
    daftar = list(
        KedudukanSatker.objects.filter(satker__kode=kode)
        .select_related("satker", "jenis", "kanwil__satker")
        .annotate(tampak=Exists(tampak), ada_usulan=Exists(list_menunggu(OuterRef("satker"))))
        .annotate(
            lke_pk=Subquery(lke.values("pk")[:1]), lke_tahun=Subquery(lke.values("tahun")[:1])
        )
        .order_by("pk")
    )
    if not daftar:
        raise Http404
    return sorted(daftar, key=lambda posisi: str(posisi.berlaku_dari or ""), reverse=True)


def _list_usulan(posisi, langkah):
    """Proposals that wait, for those who propose or decide; asked only where there is one."""
    if not langkah & {"catat", "usul"} or not posisi.ada_usulan:
        return []
    return list_menunggu(posisi.satker_id).order_by("pk")


def list_menunggu(satker):
    return UsulanCatatan.objects.filter(satker=satker, status=UsulanCatatan.Status.DIUSULKAN)


def _covers(posisi, pada) -> bool:
    """See also BerlakuQuerySet.at()."""
    return (posisi.berlaku_dari is None or posisi.berlaku_dari <= pada) and (
        posisi.berlaku_sampai is None or posisi.berlaku_sampai > pada
    )


def _get_induk(satker, posisi):
    """The Kanwil that a unit stood under, unless it is that Kanwil itself."""
    if posisi is None or not posisi.kanwil_id or posisi.kanwil.satker_id == satker.pk:
        return None
    return posisi.kanwil


def _list_predikat(satker, lengkap: bool, tampil_keadaan: bool) -> list[Predikat]:
    """Newest first, each with its changes; cancelled ones only for people who work with them."""
    perubahan = PerubahanPredikat.objects.order_by("-tanggal", "-pk")
    predikat = Predikat.objects.filter(satker=satker)
    if not lengkap:
        perubahan, predikat = perubahan.valid(), predikat.valid()
    if not tampil_keadaan:
        perubahan = perubahan.exclude(jenis__in=KLARIFIKASI)
    laporan = LaporanPemantauan.objects.order_by("-tanggal", "-pk")
    return list(
        predikat.prefetch_related(
            Prefetch("perubahanpredikat_set", perubahan, to_attr="daftar_perubahan"),
            Prefetch("laporanpemantauan_set", laporan, to_attr="daftar_laporan"),
        ).order_by("-berlaku_dari", "-pk")
    )


def _list_pernyataan(satker, lengkap: bool):
    daftar = PernyataanTanpa.objects.filter(satker=satker).order_by("-pada", "-pk")
    return list(daftar if lengkap else daftar.filter(dibatalkan_pada__isnull=True))


def _list_silsilah(satker):
    return (
        Silsilah.objects.filter(Q(asal=satker) | Q(hasil=satker))
        .select_related("asal", "hasil")
        .order_by("tanggal", "pk")
    )
