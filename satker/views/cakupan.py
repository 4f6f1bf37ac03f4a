"""Coverage of the pact by Kanwil and unit, read from the rollup: no person is counted here."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, FilteredRelation, Q, Sum
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from integritas.unduh import respond
from satker.access import has_role, list_penugasan, reads_contoh, role_required
from satker.models import KedudukanSatker, Peran, SatuanKerja
from satker.personel import ORANG_SATKER, PEMBACA
from satker.sebutan import list_pilihan_kanwil
from satker.views.roster_dasar import read_tahun

KEADAAN = [
    ("kosong", "Roster belum diisi"),
    ("kurang", "Belum semua"),
    ("lengkap", "Semua sudah"),
]
SYARAT = {
    "kosong": Q(orang=0),
    "kurang": Q(orang__gt=0, pakta__lt=F("orang")),
    "lengkap": Q(orang__gt=0, pakta=F("orang")),
}


def _list_posisi(request, tahun: int, *, contoh: bool):
    """Units of today that this person may see, with both figures of the year; they are NULL where
    nobody has counted yet."""
    daftar = KedudukanSatker.objects.at(timezone.localdate()).filter(satker__contoh=contoh)
    terlihat = SatuanKerja.objects.visible_to(request.user)
    if terlihat.query.where:
        daftar = daftar.filter(satker__in=terlihat)
    return daftar.annotate(
        cakupan=FilteredRelation(
            "satker__cakupanpakta", condition=Q(satker__cakupanpakta__tahun=tahun)
        ),
        orang=F("cakupan__jumlah_personel"),
        pakta=F("cakupan__jumlah_pakta"),
    )


def _count_kanwil(posisi, nama: dict[str, str]) -> list[dict[str, Any]]:
    """One row per Kanwil from one statement, those with most people missing first."""
    daftar = list(
        posisi.values(kode=F("kanwil__satker__kode"))
        .annotate(
            satker=Count("pk"),
            dihitung=Count("orang"),
            terisi=Count("pk", filter=Q(orang__gt=0)),
            lengkap=Count("pk", filter=SYARAT["lengkap"]),
            jumlah_orang=Sum("orang"),
            jumlah_pakta=Sum("pakta"),
        )
        .order_by("kode")
    )
    for satu in daftar:
        satu["nama"] = nama.get(satu["kode"], satu["kode"]) if satu["kode"] else "Unit pusat"
        satu["jumlah_orang"], satu["jumlah_pakta"] = (
            satu["jumlah_orang"] or 0,
            satu["jumlah_pakta"] or 0,
        )
        satu["persen"] = _to_persen(satu["jumlah_pakta"], satu["jumlah_orang"])
    return sorted(daftar, key=lambda satu: satu["jumlah_pakta"] - satu["jumlah_orang"])


def _to_persen(pakta: int | None, orang: int | None):
    """None for a unit without a roster: unknown is no nought."""
    return (pakta or 0) * 100 / orang if orang else None


def _filter(posisi, request):
    saringan = {nama: request.GET.get(nama, "").strip() for nama in ("q", "kanwil", "keadaan")}
    if saringan["q"]:
        posisi = posisi.search(saringan["q"])
    if saringan["kanwil"]:
        posisi = posisi.filter(kanwil__satker__kode=saringan["kanwil"])
    if saringan["keadaan"] in SYARAT:
        posisi = posisi.filter(SYARAT[saringan["keadaan"]])
    return posisi.select_related("satker").order_by(
        (F("orang") - F("pakta")).desc(nulls_last=True), "urut", "pk"
    ), saringan


@require_safe
@role_required(*Peran)
def personel_list(request):
    """Whose roster and whose pact: a unit's own people go straight to it."""
    tugas = list_penugasan(request.user)
    if tugas and all(satu.peran in ORANG_SATKER for satu in tugas):
        milik = {satu.satker.kode for satu in tugas}
        if len(milik) == 1:
            return redirect("personel_satker", milik.pop())
    tahun = read_tahun(request, timezone.localdate().year)
    contoh = reads_contoh(request.user, request.GET.get("contoh") == "1")
    posisi = _list_posisi(request, tahun, contoh=contoh)
    nama = dict(list_pilihan_kanwil(contoh=contoh))
    per_kanwil = _count_kanwil(posisi, nama)
    daftar, saringan = _filter(posisi, request)
    paginator = Paginator(daftar.values("satker__kode", "nama", "orang", "pakta"), 25)
    if not any(saringan.values()):
        # All units, which the figures of the Kanwil have counted already.
        paginator.count = sum(satu["satker"] for satu in per_kanwil)
    page = paginator.get_page(request.GET.get("page"))
    can_read = has_role(request.user, *PEMBACA)
    for satu in per_kanwil:
        satu |= {"tahun": tahun, "contoh": contoh}
    daftar_baris = [
        {
            "kode": satu["satker__kode"],
            "nama": satu["nama"],
            "orang": satu["orang"],
            "pakta": satu["pakta"],
            "persen": _to_persen(satu["pakta"], satu["orang"]),
            "tahun": tahun,
            "can_read": can_read,
        }
        for satu in page
    ]
    jumlah: dict[str, Any] = {
        kolom: sum(satu[kolom] for satu in per_kanwil)
        for kolom in ("satker", "dihitung", "terisi", "lengkap", "jumlah_orang", "jumlah_pakta")
    }
    jumlah["kosong"] = jumlah["dihitung"] - jumlah["terisi"]
    jumlah["belum_dihitung"] = jumlah["satker"] - jumlah["dihitung"]
    jumlah["persen"] = _to_persen(jumlah["jumlah_pakta"], jumlah["jumlah_orang"])
    konteks = {
        "tahun": tahun,
        "contoh": contoh,
        "jumlah": jumlah,
        "per_kanwil": per_kanwil,
        "page": page,
        "daftar_baris": daftar_baris,
        "saringan": saringan,
        "daftar_kanwil": [(satu["kode"], satu["nama"]) for satu in per_kanwil if satu["kode"]],
        "daftar_keadaan": KEADAAN,
    }
    return render(request, "satker/personel_list.html", konteks)


@require_safe
@role_required(*Peran)
def cakupan_unduh(request, bentuk):
    tahun = read_tahun(request, timezone.localdate().year)
    contoh = reads_contoh(request.user, request.GET.get("contoh") == "1")
    daftar, _ = _filter(_list_posisi(request, tahun, contoh=contoh), request)
    judul = ["kode", "satuan kerja", "personel", "sudah menandatangani", "keterangan"]
    baris = (
        [
            satu.satker.kode,
            satu.nama,
            satu.orang or None,
            satu.pakta if satu.orang else None,
            say_keadaan(satu.orang),
        ]
        for satu in daftar.iterator(chunk_size=2000)
    )
    return respond(bentuk, f"cakupan-pakta-{tahun}", judul, baris)


def say_keadaan(orang: int | None) -> str:
    """Why there is no figure."""
    if orang is None:
        return "belum dihitung"
    return "" if orang else "roster belum diisi"
