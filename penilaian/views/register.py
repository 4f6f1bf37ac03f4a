"""The register of offices with their predicates: the list and its downloads."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, F, Value, Window
from django.db.models.functions import Cast, Coalesce, NullIf
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.htmx import wants_partial
from integritas.unduh import respond
from penilaian import hitung
from penilaian.baris import show_baris
from penilaian.models import Nilai
from penilaian.pada import Pada, resolve_pada
from penilaian.simpanan import Tanda, keep, read_tanda
from penilaian.simpul import list_simpul
from penilaian.tampak import list_langkah, may_see_contoh, may_see_keadaan
from satker.access import public
from satker.models import JenisSatker, KantorWilayah

UKURAN_HALAMAN = 50
LABEL_NILAI = {
    Nilai.WBBM.value: "WBBM",
    Nilai.WBK.value: "WBK",
    Nilai.TANPA.value: "Tanpa predikat",
    hitung.TIDAK_DIKETAHUI: "Belum diketahui",
}


@dataclass(frozen=True)
class Saringan:
    """What the reader asked of the list; everything else in the address is ignored."""

    q: str
    kanwil: KantorWilayah | None
    jenis: str
    predikat: str
    pada: Pada
    tanda: Tanda

    @property
    def is_terisi(self) -> bool:
        return bool(self.q or self.kanwil or self.jenis or self.predikat)


def read_text(request, nama: str, panjang: int) -> str:
    """One parameter as clean text; PostgreSQL refuses NUL, so it never gets that far."""
    return " ".join(request.GET.get(nama, "").replace("\x00", "").split())[:panjang]


def get_kanwil(request, kode: str) -> KantorWilayah:
    """A Kanwil that this reader may be shown, else 404."""
    kanwil = KantorWilayah.objects.select_related("satker").filter(satker__kode=kode).first()
    if kanwil is None or (kanwil.satker.contoh and not may_see_contoh(request.user)):
        raise Http404(f"Tidak ada Kanwil berkode {kode}.")
    return kanwil


def read_saringan(request) -> Saringan:
    """The filters of the address; a Kanwil that does not exist is 404."""
    kode = read_text(request, "kanwil", 60)
    kanwil = get_kanwil(request, kode) if kode else None
    predikat = read_text(request, "predikat", 20)
    tanda = read_tanda()
    data_per = kanwil.data_per if kanwil else tanda.data_per
    return Saringan(
        q=read_text(request, "q", 100),
        kanwil=kanwil,
        jenis=read_text(request, "jenis", 40),
        predikat=predikat if predikat in LABEL_NILAI else "",
        pada=resolve_pada(request.GET.get("pada"), data_per),
        tanda=tanda,
    )


def filter_kedudukan(saringan: Saringan):
    """The rows of the list, in order; any figure is the length of such a list."""
    daftar = hitung.list_kedudukan(saringan.pada.tanggal, saringan.kanwil)
    if saringan.q:
        daftar = daftar.search(saringan.q)
    if saringan.jenis:
        daftar = daftar.filter(jenis__kode=saringan.jenis)
    if saringan.predikat:
        daftar = hitung.filter_nilai(daftar, saringan.predikat)
    return daftar.order_by("urut", "pk")


def add_kolom(daftar):
    """What a row shows, as plain values in one query: a template reads a dict at half the price of
    a model, and fifty rows of five models are 250 objects."""
    return daftar.values(
        "nama",
        "tempat",
        kode=F("satker__kode"),
        contoh=F("satker__contoh"),
        singkatan=F("jenis__singkatan"),
        provinsi=F("kanwil__provinsi"),
        nilai=F("masa__nilai"),
        keadaan=F("masa__keadaan"),
        sejak=F("masa__predikat__berlaku_dari"),
        ketelitian=F("masa__predikat__ketelitian"),
        tahun=F("masa__predikat__tahun"),
    )


def list_pemegang(pada, kanwil: KantorWilayah | None):
    """Holders on a day, WBBM first."""
    daftar = hitung.list_kedudukan(pada, kanwil).filter(masa__nilai__in=[Nilai.WBK, Nilai.WBBM])
    return (
        add_kolom(daftar)
        .annotate(sumber_predikat=F("masa__predikat__sumber"))
        .order_by(F("masa__nilai").asc(), "urut", "pk")
    )


def get_page(daftar, nomor: str | None) -> Page:
    """One page of rows and how many there are in all, in one query; beyond the last page, the
    first that was asked for in vain costs a second."""
    halaman = int(nomor) if nomor and nomor.isdecimal() and len(nomor) < 7 else 1
    halaman = max(1, halaman)
    awal = (halaman - 1) * UKURAN_HALAMAN
    baris = list(daftar.annotate(jumlah=Window(Count("pk")))[awal : awal + UKURAN_HALAMAN])
    if not baris:
        return Paginator(daftar, UKURAN_HALAMAN).get_page(nomor)
    paginator = Paginator(daftar, UKURAN_HALAMAN)
    paginator.__dict__["count"] = baris[0]["jumlah"]
    return Page(baris, halaman, paginator)


@require_safe
@vary_on_headers("HX-Request")
@public
def satker_list(request):
    saringan = read_saringan(request)
    daftar = add_kolom(filter_kedudukan(saringan))
    page = get_page(daftar, request.GET.get("page"))
    konteks = {
        "saringan": saringan,
        "pada": saringan.pada,
        "page": page,
        "daftar_baris": show_baris(
            page, saringan.pada, tampil_keadaan=may_see_keadaan(request.user)
        ),
    }
    template = "penilaian/satker_list.html"
    if wants_partial(request):
        return render(request, f"{template}#daftar", konteks)
    pada = saringan.pada
    konteks |= keep(saringan.tanda, pada, ("pilihan",), lambda: _list_pilihan(pada.tanggal)) | {
        "daftar_nilai": LABEL_NILAI.items(),
        "langkah": list_langkah(request.user),
    }
    return render(request, template, konteks)


def _list_pilihan(pada) -> dict:
    """Choices of the filter bar."""
    jenis = JenisSatker.objects.filter(mandiri=True).order_by("urutan", "pk")
    return {
        "daftar_kanwil": [(satu.kode, satu.nama) for satu in list_simpul(pada)],
        "daftar_jenis": list(jenis.values_list("kode", "singkatan")),
    }


# Headings that the import of units knows, so that a download can come back corrected.
JUDUL_UNDUH = [
    "kode",
    "nama",
    "jenis",
    "kelas",
    "kota_kabupaten",
    "induk",
    "predikat",
    "sejak",
    "ketelitian_sejak",
    "pada",
    "sumber",
    "keyakinan",
]


def iterate_unduh(saringan: Saringan):
    """Rows of the download, all texts and put in order by the database, in portions so that memory
    stays flat."""
    kosong = Value("")
    return (
        filter_kedudukan(saringan)
        .values_list(
            "satker__kode",
            "nama",
            "jenis__singkatan",
            "kelas",
            "tempat",
            # A Kanwil stands under itself; a file that comes back must not say so.
            Coalesce(NullIf(F("kanwil__satker__kode"), F("satker__kode")), kosong),
            Coalesce(F("masa__nilai"), kosong),
            Coalesce(Cast("masa__predikat__berlaku_dari", CharField()), kosong),
            Coalesce(F("masa__predikat__ketelitian"), kosong),
            Value(saringan.pada.iso),
            "sumber",
            "keyakinan",
        )
        .iterator(chunk_size=1000)
    )


@require_safe
@public
def satker_unduh(request, bentuk):
    return respond(bentuk, "satker", JUDUL_UNDUH, iterate_unduh(read_saringan(request)))
