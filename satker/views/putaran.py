"""Rounds: the board by unit."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.htmx import wants_partial
from integritas.unduh import respond
from satker.access import role_required
from satker.izin_upacara import may_plan
from satker.models import Peran, Putaran, Upacara
from satker.papan_putaran import Papan, read_papan
from satker.putaran import LABEL, Keadaan

UKURAN_HALAMAN = 50


def get_putaran(daftar, kode) -> Putaran:
    return get_object_or_404(daftar.select_related("kanwil__satker"), kode=kode)


def read_saringan(request) -> dict[str, str]:
    """What the reader asked of the board; what it does not know is ignored."""
    saringan = {nama: request.GET.get(nama, "").strip()[:120] for nama in ("keadaan", "gugus", "q")}
    if saringan["keadaan"] not in list(Keadaan):
        saringan["keadaan"] = ""
    return saringan


def show_papan(request, putaran, papan: Papan, *, umum: bool) -> dict:
    """What both boards show: the figures, one page of rows, the events."""
    saringan = read_saringan(request)
    daftar = papan.filter(**saringan)
    page = Paginator(daftar, UKURAN_HALAMAN).get_page(request.GET.get("page"))
    return {
        "putaran": putaran,
        "papan": papan,
        "saringan": saringan,
        "page": page,
        "jumlah_satker": len(papan.daftar_satker),
        "daftar_baris": [show_baris(baris) for baris in papan.show(page)],
        "daftar_keadaan": [(keadaan.value, LABEL[keadaan]) for keadaan in Keadaan],
        "daftar_gugus": [(gugus, gugus) for gugus in papan.daftar_gugus],
        "umum": umum,
        "contoh": putaran.kanwil.satker.contoh,
    }


def show_baris(baris) -> dict:
    """The cells of a row, for `_baris_putaran.html`."""
    upacara = baris.upacara
    return {
        "kode": baris.kode,
        "nama": baris.nama,
        "gugus": baris.gugus,
        "keadaan": baris.putusan.keadaan.value,
        "label": baris.label,
        "sebab": baris.sebab,
        "upacara": upacara.kode if upacara else "",
        "tanggal": upacara.tanggal if upacara else None,
        "tahun_dugaan": bool(upacara and upacara.tahun_dugaan),
        "tempat": upacara.tempat if upacara else "",
        "tertaut": bool(upacara) and upacara.terlihat,
    }


def show_upacara(upacara) -> dict:
    """The cells of an event, for `_baris_upacara.html` and `_baris_upacara_umum.html`."""
    return {
        "kode": upacara.kode,
        "nama": upacara.nama,
        "tanggal": upacara.tanggal,
        "tahun_dugaan": upacara.tahun_dugaan,
        "jam": upacara.sebutan_jam,
        "tempat": upacara.tempat,
        "rumah": upacara.nama_rumah or upacara.tempat,
        "jumlah_satker": getattr(upacara, "jumlah_satker", 0),
        "status": upacara.status,
        "sebutan": upacara.get_status_display(),
        "terlihat": getattr(upacara, "terlihat", False),
        "deklarasi": getattr(upacara, "deklarasi", True),
    }


@require_safe
@vary_on_headers("HX-Request")
@role_required(*Peran)
def putaran_detail(request, kode):
    putaran = get_putaran(Putaran.objects.all(), kode)
    # Whoever works for the Kanwil sees its round and every event of it: nothing to ask.
    boleh = may_plan(request.user, putaran.kanwil_id)
    if not boleh:
        get_object_or_404(Putaran.objects.visible_to(request.user).only("pk"), pk=putaran.pk)
    papan = read_papan(putaran, user=None if boleh else request.user)
    konteks = show_papan(request, putaran, papan, umum=False)
    template = "satker/putaran_detail.html"
    if wants_partial(request):
        return render(request, template + "#daftar", konteks)
    konteks["daftar_upacara"] = [show_upacara(satu) for satu in papan.daftar_upacara]
    konteks["can_plan"] = boleh and not putaran.is_tercatat
    konteks["ada_diumumkan"] = any(
        satu.status not in {Upacara.Status.RENCANA, Upacara.Status.DIBATALKAN}
        for satu in papan.daftar_upacara
    )
    return render(request, template, konteks)


JUDUL_UNDUH = [
    *("kode", "satuan kerja", "gugus", "keadaan", "tanggal", "tahun diduga", "tempat", "keterangan")
]


@require_safe
@role_required(*Peran)
def putaran_unduh(request, kode, bentuk):
    putaran = get_putaran(Putaran.objects.visible_to(request.user), kode)
    papan = read_papan(putaran)
    return respond(bentuk, putaran.kode, JUDUL_UNDUH, list_unduh(request, papan))


def list_unduh(request, papan: Papan):
    for baris in papan.show(papan.filter(**read_saringan(request))):
        isi = show_baris(baris)
        yield [
            *(isi["kode"], isi["nama"], isi["gugus"], isi["label"].lower(), isi["tanggal"]),
            *("ya" if isi["tahun_dugaan"] else "", isi["tempat"], isi["sebab"]),
        ]
