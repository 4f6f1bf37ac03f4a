"""Open data and downloads: claims, holders, the ministry's table; nothing personal."""

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integritas.unduh import respond
from penilaian import hitung, kalimat
from penilaian.models import KlaimAngka
from penilaian.pada import resolve_pada
from penilaian.views.dasbor import list_baris_kementerian
from penilaian.views.register import get_kanwil, list_pemegang, read_text
from satker.access import public

JUDUL_KLAIM = ["lingkup", "waktu", "ukuran", "nilai", "penutur", "sumber", "keyakinan"]
JUDUL_PREDIKAT = ["kode", "nama", "predikat", "sejak", "ketelitian_sejak", "sumber", "pada"]
JUDUL_KEMENTERIAN = [
    "nama",
    "kode",
    "WBK",
    "WBBM",
    "tanpa",
    "tidak_diketahui",
    "satker",
    "pada",
    "klaim",
]


@require_safe
@public
def klaim_list(request):
    """Every figure that was said, with who said it where."""
    daftar = KlaimAngka.objects.select_related("kanwil", "instansi").order_by(
        "-waktu_sampai", "lingkup", "ukuran", "pk"
    )
    return render(request, "penilaian/klaim_list.html", {"daftar_klaim": daftar})


@require_safe
@public
def klaim_unduh(request, bentuk):
    daftar = KlaimAngka.objects.order_by("lingkup", "waktu", "ukuran", "pk")
    return respond(bentuk, "klaim-angka", JUDUL_KLAIM, daftar.values_list(*JUDUL_KLAIM).iterator())


def _read(request):
    """Kanwil (None: all) and date of the address."""
    kode = read_text(request, "kanwil", 60)
    kanwil = get_kanwil(request, kode) if kode else None
    data_per = kanwil.data_per if kanwil else hitung.get_data_per()
    return kanwil, resolve_pada(request.GET.get("pada"), data_per)


@require_safe
@public
def predikat_json(request):
    """The count and the holders of a Kanwil, or of all, on a day."""
    kanwil, pada = _read(request)
    if pada.galat:
        return JsonResponse({"galat": pada.galat}, status=400)
    hitungan = hitung.count_predikat(pada.tanggal, kanwil)
    isi = kalimat.build_json(
        hitungan,
        pada.tanggal,
        kanwil.satker.kode if kanwil else None,
        hitung.list_klaim(pada.tanggal, kanwil),
    )
    isi["pemegang"] = [
        {
            "kode": posisi["kode"],
            "nama": posisi["nama"],
            "predikat": posisi["nilai"],
            "sejak": posisi["sejak"].isoformat(),
            "ketelitian_sejak": posisi["ketelitian"],
            "sumber": posisi["sumber_predikat"],
        }
        for posisi in list_pemegang(pada.tanggal, kanwil)
    ]
    return JsonResponse(isi, json_dumps_params={"ensure_ascii": False})


@require_safe
@public
def predikat_unduh(request, bentuk):
    """The holders as a table."""
    kanwil, pada = _read(request)
    if pada.galat:
        raise Http404(pada.galat)
    baris = list_pemegang(pada.tanggal, kanwil).values_list(
        "satker__kode", "nama", "nilai", "sejak", "ketelitian", "sumber_predikat"
    )
    return respond(
        bentuk,
        "predikat",
        JUDUL_PREDIKAT,
        ([*satu, pada.tanggal] for satu in baris.iterator(chunk_size=1000)),
    )


@require_safe
@public
def kementerian_unduh(request, bentuk):
    """The ministry's table as it is ranked on the page."""
    pada = resolve_pada(request.GET.get("pada"), hitung.get_data_per())
    baris = (
        [
            satu["nama"],
            satu["kode"],
            satu["hitungan"].wbk,
            satu["hitungan"].wbbm,
            satu["hitungan"].tanpa,
            satu["hitungan"].tidak_diketahui,
            satu["hitungan"].satker,
            pada.tanggal,
            satu["klaim"],
        ]
        for satu in list_baris_kementerian(pada.tanggal, request.GET.get("menurut", ""))
    )
    return respond(bentuk, "kementerian", JUDUL_KEMENTERIAN, baris)
