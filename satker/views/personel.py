"""The roster of a unit at a date: who works there, staff or not."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.formulir import read_post
from integritas.htmx import wants_partial
from integritas.langkah import run_step
from integritas.unduh import respond
from satker.access import role_required
from satker.alur import personel as alur
from satker.forms.personel import PersonelForm
from satker.models import Halangan, Personel, TandaTangan
from satker.personel import (
    KEADAAN,
    ORANG_SATKER,
    PEMBACA,
    fill_sebab,
    fill_tampil,
    filter_roster,
)
from satker.views.roster_dasar import can_manage, get_personel, get_satker, read_pada


def _read_saringan(request) -> dict:
    saringan = {nama: request.GET.get(nama, "").strip()[:100] for nama in ("q", "jenis", "keadaan")}
    saringan["pada"], saringan["salah"] = read_pada(request)
    return saringan


def _filter(request, satker, saringan):
    return filter_roster(
        satker,
        request.user,
        pada=saringan["pada"],
        **{nama: saringan[nama] for nama in ("q", "jenis", "keadaan")},
    )


@require_safe
@never_cache
@vary_on_headers("HX-Request")
@role_required(*PEMBACA)
def personel_satker(request, kode):
    satker, saringan = get_satker(request, kode), _read_saringan(request)
    page = Paginator(_filter(request, satker, saringan), 50).get_page(request.GET.get("page"))
    fill_sebab(fill_tampil(page.object_list, request.user))
    template = "satker/personel_satker.html"
    if wants_partial(request):
        template += "#daftar"
    konteks = {
        "satker": satker,
        "page": page,
        "saringan": saringan,
        "disaring": any(saringan[nama] for nama in ("q", "jenis", "keadaan")),
        "daftar_jenis": Personel.Jenis.choices,
        "daftar_keadaan": KEADAAN,
        "can_manage": can_manage(request, satker.pk),
    }
    return render(request, template, konteks)


@require_safe
@role_required(*PEMBACA)
def personel_unduh(request, kode, bentuk):
    """The list as a file, with what this reader may see and under the headings of the import."""
    satker, saringan = get_satker(request, kode), _read_saringan(request)
    penuh = can_manage(request, satker.pk)
    judul = ["nama", "jenis", "jabatan", "nomor", "dari", "sampai"]
    if penuh:
        judul += ["kontak", "guna kontak", "kontak sampai"]
    judul += ["halangan", f"pakta {saringan['pada'].year}"]
    daftar = _filter(request, satker, saringan).iterator(chunk_size=2000)
    return respond(
        bentuk, f"personel-{satker.kode}", judul, _list_baris(daftar, request.user, penuh)
    )


def _list_baris(daftar, user, penuh: bool):
    for personel in daftar:
        fill_sebab(fill_tampil([personel], user))
        baris = [
            personel.nama,
            personel.get_jenis_display(),
            personel.jabatan,
            personel.nomor_tampil,
            personel.berlaku_dari,
            personel.berlaku_sampai,
        ]
        if penuh:
            baris += [personel.kontak_tampil, personel.guna_kontak, personel.kontak_sampai]
        yield [
            *baris,
            personel.sebab,
            "sudah" if personel.sudah else "belum",
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*ORANG_SATKER)
def personel_create(request, kode):
    satker = get_satker(request, kode)
    form = PersonelForm(read_post(request), satker=satker)
    return run_step(
        request,
        "satker/personel_form.html",
        form,
        lambda **isi: alur.add(satker, by=request.user, **isi),
        lambda hasil: _go_on_create(request, hasil),
        berhasil="Ditambahkan ke roster.",
        satker=satker,
    )


def _go_on_create(request, personel):
    """A roster is filled one after another: the second button stays on the form."""
    if "lagi" in request.POST:
        return redirect("personel_create", personel.satker.kode)
    return redirect("personel_detail", personel.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*ORANG_SATKER)
def personel_edit(request, pk):
    personel = get_personel(request, pk)
    form = PersonelForm(read_post(request), satker=personel.satker, personel=personel)
    return run_step(
        request,
        "satker/personel_form.html",
        form,
        lambda **isi: alur.change(personel, by=request.user, **isi),
        lambda hasil: redirect("personel_detail", pk),
        berhasil="Perubahan disimpan.",
        satker=personel.satker,
        personel=personel,
    )


@require_safe
@never_cache
@role_required(*PEMBACA)
def personel_detail(request, pk):
    personel = get_personel(request, pk)
    fill_tampil([personel], request.user)
    konteks = {
        "personel": personel,
        "satker": personel.satker,
        "can_manage": can_manage(request, personel.satker_id),
        "tautan": settings.INTEGRITAS_ALAMAT + reverse("pakta_tautan", args=[personel.token]),
        "daftar_halangan": Halangan.objects.filter(personel=personel).order_by("-dari", "-pk"),
        "daftar_tanda": TandaTangan.objects.filter(personel=personel)
        .select_related("naskah")
        .order_by("-tanggal", "-pk"),
    }
    return render(request, "satker/personel_detail.html", konteks)
