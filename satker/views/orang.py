"""People: who works for which office in which role, from when until when."""

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Lower
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.htmx import wants_partial
from integritas.unduh import respond
from satker import penugasan as alur
from satker.access import can_manage, has_role, list_peran_diberikan, role_required
from satker.forms.orang import AkhiriForm, AlasanForm, PenugasanForm, UndanganForm, search_satker
from satker.models import KedudukanSatker, Pengguna, Penugasan, Peran, Undangan
from satker.sebutan import fill_lingkup
from satker.views.undangan import render_undangan

PENGELOLA = (Peran.ADMIN, Peran.TIM_KANWIL)
KEADAAN = [
    ("aktif", "Aktif"),
    ("diundang", "Diundang, belum masuk"),
    ("ditangguhkan", "Ditangguhkan"),
]


def _filter_orang(request):
    """People this person manages, as the filter bar says, with what is chosen there."""
    saringan = {nama: request.GET.get(nama, "").strip() for nama in ("q", "peran", "keadaan")}
    tugas = Penugasan.objects.visible_to(request.user).not_ended()
    daftar = Pengguna.objects.visible_to(request.user)
    if teks := saringan["q"]:
        posisi = KedudukanSatker.objects.at(timezone.localdate()).search(teks)
        di_satker = tugas.filter(pengguna=OuterRef("pk"), satker__in=posisi.values("satker"))
        daftar = daftar.filter(
            Q(nama__icontains=teks) | Q(email__icontains=teks) | Exists(di_satker)
        )
    if saringan["peran"] in Peran.values:
        daftar = daftar.filter(
            Exists(tugas.filter(pengguna=OuterRef("pk"), peran=saringan["peran"]))
        )
    belum = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    keadaan = {
        "aktif": Q(is_active=True) & ~belum,
        "diundang": Q(is_active=True) & belum,
        "ditangguhkan": Q(is_active=False),
    }
    if saringan["keadaan"] in keadaan:
        daftar = daftar.filter(keadaan[saringan["keadaan"]])
    milik = tugas.select_related("instansi", "kanwil__satker", "satker")
    daftar = daftar.prefetch_related(
        Prefetch("penugasan_set", milik.order_by("berlaku_dari", "pk"), to_attr="daftar_tugas")
    )
    return daftar.order_by(Lower("nama"), "pk"), saringan


@require_safe
@vary_on_headers("HX-Request")
@role_required(*PENGELOLA)
def orang_list(request):
    daftar, saringan = _filter_orang(request)
    page = Paginator(daftar, 25).get_page(request.GET.get("page"))
    fill_lingkup([tugas for pengguna in page for tugas in pengguna.daftar_tugas])
    template = "satker/orang_list.html"
    if wants_partial(request):
        template += "#daftar"
    konteks = {
        "page": page,
        "saringan": saringan,
        "daftar_peran": list_peran_diberikan(request.user),
        "daftar_keadaan": KEADAAN,
    }
    return render(request, template, konteks)


@require_safe
@role_required(*PENGELOLA)
def orang_unduh(request, bentuk):
    daftar, _ = _filter_orang(request)
    judul = ["nama", "surel", "keadaan", "peran", "lingkup", "kedudukan", "mulai", "berakhir"]
    return respond(bentuk, "orang", judul, _list_baris(daftar))


def _list_baris(daftar):
    """One row per assignment, and one for a person without any."""
    semua = list(daftar)
    fill_lingkup([tugas for pengguna in semua for tugas in pengguna.daftar_tugas])
    for pengguna in semua:
        kepala = [pengguna.nama, pengguna.email, pengguna.keadaan]
        for tugas in pengguna.daftar_tugas:
            yield [
                *kepala,
                tugas.get_peran_display(),
                tugas.nama_lingkup,
                tugas.get_jenis_display(),
                tugas.berlaku_dari,
                tugas.berlaku_sampai,
            ]
        if not pengguna.daftar_tugas:
            yield [*kepala, "", "", "", None, None]


@require_safe
@never_cache
@role_required(*PENGELOLA)
def orang_detail(request, pk):
    return _render_detail(request, _get_orang(request, pk))


def _get_orang(request, pk):
    return get_object_or_404(Pengguna.objects.visible_to(request.user), pk=pk)


def _render_detail(request, pengguna, form=None, status=200):
    tugas = Penugasan.objects.filter(pengguna=pengguna)
    milik = tugas.visible_to(request.user).select_related("instansi", "kanwil__satker", "satker")
    daftar = fill_lingkup(list(milik.order_by("-berlaku_dari", "-pk")))
    hari_ini = timezone.localdate()
    for satu in daftar:
        satu.berakhir = satu.berlaku_sampai is not None and satu.berlaku_sampai <= max(
            hari_ini, satu.berlaku_dari
        )
        satu.akan = not satu.berakhir and satu.berlaku_dari > hari_ini
    konteks = {
        "pengguna": pengguna,
        "daftar_tugas": daftar,
        "jumlah_luar": tugas.not_ended().count()
        - tugas.visible_to(request.user).not_ended().count(),
        "can_manage": can_manage(request.user, pengguna),
        "is_admin": has_role(request.user, Peran.ADMIN),
        "punya_faktor_kedua": get_adapter().is_mfa_enabled(pengguna),
        "undangan": Undangan.objects.filter(pengguna=pengguna).order_by("-pk").first(),
        "form_tangguh": form or AlasanForm(),
    }
    return render(request, "satker/orang_detail.html", konteks, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGELOLA)
def orang_invite(request):
    form = UndanganForm(read_post(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            pengguna = alur.invite(data["email"], data["nama"], by=request.user, **form.tugas)
            undangan, token = alur.issue_undangan(pengguna, by=request.user, cara=data["cara"])
        except AlurError as error:
            form.add_error(None, str(error))
        else:
            if data["cara"] == "cetak":
                return render_undangan(request, undangan, token)
            messages.success(request, f"Undangan dikirim ke {pengguna.email}.")
            return redirect("orang_detail", pengguna.pk)
    status = 422 if form.errors else 200
    konteks = {"form": form, "hari_undangan": settings.UNDANGAN_HARI}
    return render(request, "satker/orang_form.html", konteks, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGELOLA)
def penugasan_create(request, pk):
    pengguna = _get_orang(request, pk)
    form = PenugasanForm(read_post(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            alur.assign(pengguna, by=request.user, **form.tugas)
        except AlurError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Penugasan {pengguna.nama} disimpan.")
            return redirect("orang_detail", pk)
    konteks = {"form": form, "pengguna": pengguna}
    status = 422 if form.errors else 200
    return render(request, "satker/orang_form.html", konteks, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGELOLA)
def penugasan_end(request, pk):
    tugas = get_object_or_404(
        Penugasan.objects.visible_to(request.user).select_related(
            "pengguna", "instansi", "kanwil__satker", "satker"
        ),
        pk=pk,
    )
    form = AkhiriForm(read_post(request))
    if request.method == "POST" and form.is_valid():
        try:
            alur.end(tugas, by=request.user, **form.cleaned_data)
        except AlurError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Penugasan {tugas.pengguna.nama} diakhiri hari ini.")
            # Who ended the own assignment may no longer be let in there.
            if tugas.pengguna_id == request.user.pk:
                return redirect("akun")
            return redirect("orang_detail", tugas.pengguna_id)
    fill_lingkup([tugas])
    konteks = {"form": form, "tugas": tugas}
    status = 422 if form.errors else 200
    return render(request, "satker/orang_akhiri.html", konteks, status=status)


@require_POST
@role_required(*PENGELOLA)
def orang_suspend(request, pk):
    pengguna = _get_orang(request, pk)
    form = AlasanForm(request.POST)
    if not form.is_valid():
        return _render_detail(request, pengguna, form, status=422)
    return _step(request, pk, "Akun ditangguhkan. Semua aksesnya tertutup.", alur.suspend, form)


@require_POST
@role_required(*PENGELOLA)
def orang_reactivate(request, pk):
    return _step(request, pk, "Akun diaktifkan lagi.", alur.reactivate)


@require_POST
@role_required(Peran.ADMIN)
def orang_reset_faktor(request, pk):
    pesan = "Faktor kedua dihapus. Orang ini memasangnya lagi saat masuk bila perannya mewajibkan."
    return _step(request, pk, pesan, alur.reset_second_factor)


@require_POST
@role_required(*PENGELOLA)
def undangan_send(request, pk):
    pengguna = _get_orang(request, pk)
    try:
        alur.issue_undangan(pengguna, by=request.user, cara="surel")
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Undangan baru dikirim ke {pengguna.email}.")
    return redirect("orang_detail", pk)


@require_POST
@never_cache
@role_required(*PENGELOLA)
def undangan_print(request, pk):
    pengguna = _get_orang(request, pk)
    try:
        undangan, token = alur.issue_undangan(pengguna, by=request.user, cara="cetak")
    except AlurError as error:
        messages.error(request, str(error))
        return redirect("orang_detail", pk)
    return render_undangan(request, undangan, token)


def _step(request, pk, pesan, langkah, form=None):
    pengguna = _get_orang(request, pk)
    try:
        langkah(pengguna, by=request.user, **(form.cleaned_data if form else {}))
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, pesan)
    return redirect("orang_detail", pk)


@require_safe
@role_required(*PENGELOLA)
def orang_satker(request):
    """Options of the unit field while somebody types; the form works without them."""
    teks = request.GET.get("satker", "").strip()[:100]
    daftar = search_satker(request.user, teks)[:12] if len(teks) > 1 else []
    return render(request, "satker/_orang_satker.html", {"daftar_satker": daftar})
