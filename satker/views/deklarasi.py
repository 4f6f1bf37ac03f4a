"""What the public reads of declarations: boards, events, officials, totals and minutes. Never who
was expected, who came, or anybody of a roster."""

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.htmx import wants_partial
from integritas.unduh import respond
from satker.access import public
from satker.daftar_upacara import list_milik_satker, with_nama_rumah
from satker.models import (
    Acara,
    BeritaAcara,
    KedudukanSatker,
    Putaran,
    Saksi,
    SatuanKerja,
    Upacara,
)
from satker.papan_putaran import read_papan
from satker.views.putaran import JUDUL_UNDUH, get_putaran, list_unduh, show_papan, show_upacara

# Totals that the minutes may carry, and how they are called.
RINGKASAN = [("jumlah_hadir", "hadir"), ("jumlah_saksi_hadir", "saksi hadir")]


def show_rinci(daftar_upacara) -> list[dict]:
    """The cells of each event with its acts, officials and published minutes: three statements at
    any number."""
    kunci = {satu.pk: show_upacara(satu) for satu in daftar_upacara}
    for satu in daftar_upacara:
        kunci[satu.pk] |= {"sumber": satu.sumber, "keyakinan": satu.keyakinan}
        kunci[satu.pk] |= dict.fromkeys(("acara", "pejabat", "angka"), ()) | {"terbit": None}
    acara = Acara.objects.filter(upacara__in=kunci).order_by("upacara", "urutan")
    for nomor, nama, keterangan in acara.values_list("upacara_id", "jenis__nama", "keterangan"):
        isi = kunci[nomor]
        # What a source calls it comes before what we call its kind.
        tercatat = isi["status"] == Upacara.Status.TERCATAT
        isi["acara"] += (keterangan if tercatat and keterangan else nama,)
    pejabat = Saksi.objects.filter(upacara__in=kunci).exclude(nama="")
    for satu in pejabat.order_by("upacara", "lembaga", "nama", "pk"):
        isi = kunci[satu.upacara_id]
        # Who has not promised to come is not announced.
        if isi["status"] == Upacara.Status.TERCATAT or satu.dikonfirmasi_pada is not None:
            asal = ", ".join(filter(None, [satu.jabatan, satu.lembaga]))
            isi["pejabat"] += (f"{satu.nama} ({asal})",)
    terbit = BeritaAcara.objects.filter(upacara__in=kunci, diterbitkan_pada__isnull=False)
    for berita in terbit.order_by("upacara", "versi"):
        kunci[berita.upacara_id] |= {
            "terbit": berita.diterbitkan_pada,
            "alamat": reverse("berita_acara_periksa", args=[berita.kode_periksa]),
            "angka": tuple(
                (nilai, sebutan)
                for nama, sebutan in RINGKASAN
                if isinstance(nilai := berita.ringkasan.get(nama), int)
            ),
        }
    return list(kunci.values())


@require_safe
@public
def deklarasi_list(request):
    """Rounds, and events of no round, that anybody may read; invented ones apart."""
    contoh = request.GET.get("contoh") == "1"
    daftar = (
        Putaran.objects.public()
        .filter(kanwil__satker__contoh=contoh)
        .select_related("kanwil")
        .annotate(jumlah_upacara=_count_upacara())
        .order_by("-tahun", "kanwil__kode_bps", "pk")
    )
    page = Paginator(daftar, 25).get_page(request.GET.get("page"))
    lepas = Upacara.objects.public().filter(putaran__isnull=True, tuan_rumah__contoh=contoh)
    upacara = list(with_nama_rumah(lepas).order_by("-tanggal", "-pk")[:50])
    konteks = {"page": page, "daftar_upacara": show_rinci(upacara), "contoh": contoh}
    return render(request, "satker/deklarasi_list.html", konteks)


def _count_upacara() -> Subquery:
    """How many events of a round anybody may read of."""
    umum = Upacara.objects.public().filter(putaran=OuterRef("pk")).order_by()
    return Subquery(umum.values("putaran").annotate(jumlah=Count("pk")).values("jumlah"))


def _get_umum(kode) -> Putaran:
    return get_putaran(Putaran.objects.public(), kode)


@require_safe
@vary_on_headers("HX-Request")
@public
def deklarasi_detail(request, kode):
    putaran = _get_umum(kode)
    papan = read_papan(putaran, umum=True)
    konteks = show_papan(request, putaran, papan, umum=True)
    template = "satker/deklarasi_detail.html"
    if wants_partial(request):
        return render(request, template + "#daftar", konteks)
    konteks["daftar_upacara"] = show_rinci(papan.daftar_upacara)
    return render(request, template, konteks)


@require_safe
@public
def deklarasi_unduh(request, kode, bentuk):
    putaran = _get_umum(kode)
    papan = read_papan(putaran, umum=True)
    return respond(bentuk, putaran.kode, JUDUL_UNDUH, list_unduh(request, papan))


@require_safe
@public
def satker_upacara(request, kode):
    """What a unit took part in or hosted: all of it for whoever sees its working rows, else what
    anybody may read."""
    satker = get_object_or_404(SatuanKerja, kode=kode)
    umum = not SatuanKerja.objects.visible_to(request.user).filter(pk=satker.pk).exists()
    if satker.contoh and umum:
        raise Http404("Satker ini tidak ada.")
    posisi = KedudukanSatker.objects.filter(satker=satker, berlaku_sampai__isnull=True).first()
    konteks = {
        "satker": satker,
        "nama": posisi.nama if posisi else satker.kode,
        "umum": umum,
        "daftar_upacara": list_milik_satker(satker, umum=umum),
    }
    return render(request, "satker/satker_upacara.html", konteks)
