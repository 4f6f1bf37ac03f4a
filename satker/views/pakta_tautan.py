"""Signing the pact oneself: behind a personal address without an account, or with one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from integritas.alur import AlurError
from integritas.formulir import read_post
from satker.access import public, signed_in
from satker.alur import pakta as alur
from satker.forms.goresan import TandaTanganForm
from satker.models import PaktaIntegritas, Personel, TandaTangan
from satker.views.roster_dasar import name_satker


def _find_tanda(personel, naskah) -> TandaTangan | None:
    """The signature that stands: under this text, or under another pact of the year."""
    tanda = (
        TandaTangan.objects.filter(
            naskah=naskah, personel=personel, dicabut_pada__isnull=True
        ).first()
        if naskah
        else None
    )
    if tanda is None:
        pakta = (
            PaktaIntegritas.objects.filter(personel=personel, tahun=timezone.localdate().year)
            .select_related("tanda_tangan__naskah")
            .first()
        )
        return pakta.tanda_tangan if pakta else None
    tanda.naskah = naskah
    return tanda


def _run(request, personel, naskah, *, by, tanpa_gambar, kembali, **konteks):
    """Show the text, take the signature. `kembali` is where to go once it is there."""
    tanda = _find_tanda(personel, naskah)
    form, status = None, 200
    if naskah is not None:
        form = TandaTanganForm(read_post(request), kalimat=naskah.persetujuan)
    if request.method == "POST" and form is not None:
        if tanda is not None:
            # Pressed twice, or on two phones: what there is, is shown.
            status = 409
        elif not form.is_valid():
            status = 422
        else:
            try:
                alur.sign_self(
                    personel,
                    naskah,
                    cara=form.choose_cara(tanpa_gambar),
                    persetujuan=form.cleaned_data["persetujuan"],
                    goresan=form.cleaned_data["goresan"],
                    by=by,
                )
            except AlurError as error:
                form.refuse(str(error))
                tanda, status = _find_tanda(personel, naskah), 409
            else:
                messages.success(request, "Terima kasih. Tanda tangan Anda sudah dicatat.")
                return redirect(kembali)
    konteks |= {
        "personel": personel,
        "satker": name_satker(personel.satker),
        "naskah": tanda.naskah if tanda else naskah,
        "tanda": tanda,
        "form": form,
    }
    return render(request, "satker/pakta_tautan.html", konteks, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("token")
@never_cache
@public
def pakta_tautan(request, token):
    """One person's own page, for anybody who holds the link; it tells of nobody else. An address that
    is not known, renewed, ended or erased answers the same."""
    hari_ini = timezone.localdate()
    personel = (
        Personel.objects.at(hari_ini)
        .filter(token=token, dihapus_pada__isnull=True)
        .select_related("satker")
        .first()
    )
    if personel is None:
        respons = render(request, "satker/pakta_tautan_tutup.html", status=404)
    else:
        naskah, _ = alur.list_naskah(personel.satker_id, hari_ini.year)
        respons = _run(
            request,
            personel,
            naskah,
            by=None,
            tanpa_gambar=TandaTangan.Cara.TAUTAN,
            kembali=request.path,
            tahun=hari_ini.year,
        )
    # As in `pribadi`. Under `no-referrer` browsers send no origin with a form, and the form would be
    # refused.
    respons["Referrer-Policy"] = "strict-origin"
    respons["X-Robots-Tag"] = "noindex, nofollow"
    return respons


def _list_saya(request):
    return (
        Personel.objects.at(timezone.localdate())
        .filter(pengguna=request.user, dihapus_pada__isnull=True)
        .select_related("satker")
        .order_by("pk")
    )


@require_safe
@never_cache
@signed_in
def pakta_saya(request):
    """Where the own account stands on a roster, and what is to be signed there."""
    tahun = timezone.localdate().year
    daftar = list(_list_saya(request))
    for personel in daftar:
        name_satker(personel.satker)
        personel.naskah, _ = alur.list_naskah(personel.satker_id, tahun)
        personel.tanda = _find_tanda(personel, personel.naskah)
    return render(request, "satker/pakta_saya.html", {"daftar": daftar, "tahun": tahun})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def pakta_saya_sign(request, pk):
    personel = get_object_or_404(_list_saya(request), pk=pk)
    tahun = timezone.localdate().year
    naskah, _ = alur.list_naskah(personel.satker_id, tahun)
    if naskah is None:
        raise Http404("Naskah pakta tahun ini belum dibekukan.")
    return _run(
        request,
        personel,
        naskah,
        by=request.user,
        tanpa_gambar=TandaTangan.Cara.AKUN,
        kembali=request.path,
        tahun=tahun,
    )
