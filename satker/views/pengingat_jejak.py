"""Who has been reminded of what, when, by which means and with what result."""

import datetime

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.htmx import wants_partial
from integritas.unduh import respond
from satker.access import has_role, role_required
from satker.models import AturanPengingat, KedudukanSatker, Kiriman, Pengingat, Peran
from satker.pengingat.daftar import build_baris, read_nama, read_pengiriman
from satker.views.pengingat import PENGAWAS, list_tab

UKURAN_HALAMAN = 50
DAFTAR_MASA = [("30", "30 hari terakhir"), ("90", "90 hari terakhir"), ("366", "Setahun terakhir")]
JUDUL_UNDUH = [
    *("satker", "perihal", "aturan", "langkah", "tanggal_acuan", "diingatkan_pada", "orang"),
    *("keadaan", "dibaca_pada", "dinyatakan_selesai_pada"),
    *("saluran", "hasil_kirim", "terkirim_pada", "percobaan", "galat"),
]


def _filter(request):
    """Reminders within one's reach whose moment has come, newest first, and how they were chosen."""
    pilihan = {nama: request.GET.get(nama, "").strip() for nama in ("q", "aturan", "objek")}
    masa = request.GET.get("masa", "")
    pilihan["masa"] = masa if masa in dict(DAFTAR_MASA) else DAFTAR_MASA[0][0]
    keadaan = request.GET.get("keadaan", "")
    pilihan["keadaan"] = keadaan if keadaan in Pengingat.Status.values else ""
    daftar = Pengingat.objects.visible_to(request.user)
    if has_role(request.user, Peran.ADMIN):
        # What is about no unit is the admin's matter.
        daftar |= Pengingat.objects.filter(satker__isnull=True)
    kini = timezone.now()
    sejak = kini - datetime.timedelta(days=int(pilihan["masa"]))
    daftar = daftar.filter(jatuh_pada__range=(sejak, kini))
    if pilihan["aturan"]:
        daftar = daftar.filter(langkah__aturan__kode=pilihan["aturan"])
    if objek := pilihan["objek"]:
        daftar = daftar.filter(Q(objek=objek) | Q(objek__startswith=f"{objek}:"))
    if pilihan["keadaan"]:
        daftar = daftar.filter(status=pilihan["keadaan"])
    if pilihan["q"]:
        bernama = KedudukanSatker.objects.at(timezone.localdate()).search(pilihan["q"])
        daftar = daftar.filter(
            Q(satker__in=bernama.values("satker")) | Q(pengguna__nama__icontains=pilihan["q"])
        )
    return daftar.order_by("-jatuh_pada", "-pk"), pilihan


@require_safe
@vary_on_headers("HX-Request")
@role_required(*PENGAWAS)
def pengingat_trail(request):
    daftar, pilihan = _filter(request)
    daftar = daftar.select_related("langkah__aturan", "pengguna")
    page = Paginator(daftar, UKURAN_HALAMAN).get_page(request.GET.get("page"))
    kirim = read_pengiriman([satu.pk for satu in page.object_list])
    daftar_baris = [
        (baris, kirim.get(baris.pengingat.pk, []))
        for baris in build_baris(page.object_list, timezone.localdate())
    ]
    konteks = {
        "page": page,
        "daftar_baris": daftar_baris,
        "pilihan": pilihan,
        "daftar_aturan": AturanPengingat.objects.order_by("nama", "pk").values_list("kode", "nama"),
        "daftar_keadaan": Pengingat.Status.choices,
        "daftar_masa": DAFTAR_MASA,
        "daftar_tab": list_tab(request.user),
    }
    template = "satker/pengingat_trail.html" + ("#daftar" if wants_partial(request) else "")
    return render(request, template, konteks)


@require_safe
@role_required(*PENGAWAS)
def pengingat_trail_unduh(request, bentuk):
    """One row a message; a reminder without one has a row of its own."""
    daftar, _ = _filter(request)
    nama = read_nama(set(daftar.order_by().values_list("satker", flat=True)), timezone.localdate())
    baris = daftar.values_list(
        *("satker", "judul", "langkah__aturan__nama", "langkah__geser", "acuan", "jatuh_pada"),
        *("pengguna__nama", "status", "dibaca_pada", "dinyatakan_pada"),
        *("isikiriman__kiriman__saluran", "isikiriman__kiriman__status"),
        *("isikiriman__kiriman__terkirim_pada", "isikiriman__kiriman__percobaan"),
        "isikiriman__kiriman__galat",
    )
    return respond(
        bentuk,
        "pengingat",
        JUDUL_UNDUH,
        (_say(satu, nama) for satu in baris.iterator(chunk_size=1000)),
    )


def _say(satu, nama: dict[int, str]) -> list:
    satker, judul, aturan, geser, acuan, jatuh, orang, status, dibaca, dinyatakan, *kirim = satu
    saluran, hasil, terkirim, percobaan, galat = kirim
    return [
        *(nama.get(satker, ""), judul, aturan, f"H{geser:+d}" if geser else "hari H", acuan, jatuh),
        *(orang, Pengingat.Status(status).label, dibaca, dinyatakan),
        Kiriman.Saluran(saluran).label if saluran else "",
        Kiriman.Status(hasil).label if hasil else "",
        *(terkirim, percobaan, galat or ""),
    ]
