"""A person's own page of an event: what it is, the code for the door, and what there is to sign.

Public: the address itself is the key. Nothing on it is about anybody else.
"""

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from integritas.alur import AlurError
from satker.access import public
from satker.alur import naskah_upacara as alur
from satker.forms.goresan import TandaTanganForm
from satker.izin_upacara import PENYIAP, may
from satker.models import Peserta, Upacara
from satker.penandatangan import (
    Lembar,
    list_lembar,
    list_orang,
    read_masa,
    read_nama_satker,
)
from satker.waktu_upacara import say_hari, say_jam, say_saat


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def undangan_pribadi(request, token):
    peserta = (
        Peserta.objects.select_related(
            "upacara__putaran", "upacara__tuan_rumah", "personel", "saksi"
        )
        .filter(token=token, personel__dihapus_pada__isnull=True)
        .first()
    )
    if peserta is None:
        raise Http404("Tautan ini tidak dikenal.")
    daftar_orang = list_orang(peserta.upacara, [peserta.pk])
    daftar_lembar = [
        satu
        for satu in list_lembar(peserta.upacara, daftar_orang)
        if satu.daftar_harus and satu.naskah.sidik
    ]
    ditolak = None
    if request.method == "POST":
        lembar = _find(daftar_lembar, request.POST.get("naskah", ""))
        form = _build_form(lembar, request.POST)
        if form.is_valid() and _sign(request, peserta, lembar, form):
            messages.success(request, f"“{lembar.naskah.judul}” sudah Anda tandatangani.")
            return redirect("undangan_pribadi", token)
        ditolak = (lembar.naskah.pk, form)
    return _render(request, peserta, daftar_orang[0], daftar_lembar, ditolak)


def _find(daftar_lembar: list[Lembar], pk: str) -> Lembar:
    for lembar in daftar_lembar:
        if str(lembar.naskah.pk) == pk:
            return lembar
    raise Http404("Naskah ini bukan untuk Anda.")


def _build_form(lembar: Lembar, data=None) -> TandaTanganForm:
    return TandaTanganForm(data, kalimat=lembar.naskah.persetujuan, prefix=f"n{lembar.naskah.pk}")


def _sign(request, peserta: Peserta, lembar: Lembar, form: TandaTanganForm) -> bool:
    try:
        alur.sign_sendiri(
            peserta,
            lembar.naskah,
            persetujuan=form.cleaned_data["persetujuan"],
            goresan=form.cleaned_data["goresan"],
            by=request.user if request.user.is_authenticated else None,
        )
    except AlurError as error:
        form.refuse(str(error))
        return False
    return True


def _render(request, peserta, orang, daftar_lembar, ditolak):
    upacara = peserta.upacara
    masa = read_masa(upacara)
    ditolak_pk, form_ditolak = ditolak or (None, None)
    daftar = []
    for lembar in daftar_lembar:
        tanda = lembar.tanda.get(orang.kunci)
        form = None
        if tanda is None and masa.terbuka:
            form = form_ditolak if lembar.naskah.pk == ditolak_pk else _build_form(lembar)
        daftar.append((lembar.naskah, tanda, form))
    alamat = settings.INTEGRITAS_ALAMAT + reverse("undangan_pribadi", args=[peserta.token])
    nama = read_nama_satker({upacara.tuan_rumah_id, orang.satker_id}, upacara.tanggal)
    konteks = {
        "upacara": upacara,
        "orang": orang,
        "tuan_rumah": nama.get(upacara.tuan_rumah_id, ""),
        "satker": nama.get(orang.satker_id, ""),
        "hari": say_hari(upacara),
        "jam": say_jam(upacara),
        "hadir": say_saat(upacara, orang.hadir_pada) if orang.hadir_pada else "",
        "kode": peserta.kode,
        "peserta_token": peserta.token,
        "qr": segno.make(alamat, error="m").svg_data_uri(scale=4, border=2, light="white"),
        "alamat": alamat,
        "masa": masa,
        "batal": upacara.status == Upacara.Status.DIBATALKAN,
        "daftar": daftar,
        "jumlah_belum": sum(tanda is None for _, tanda, _ in daftar),
        # One primary button: that of the next text, or of the one that was refused.
        "utama": ditolak_pk or next((satu.pk for satu, _, form in daftar if form), None),
        # Whoever runs the door may open this page with the camera of their own phone.
        "panitia": request.user.is_authenticated and may(request.user, upacara, PENYIAP),
        "akun_sendiri": request.user.is_authenticated
        and alur.is_akun_sendiri(peserta, request.user),
        "form": form_ditolak,
    }
    status = 422 if form_ditolak is not None else 200
    respons = render(request, "satker/undangan_pribadi.html", konteks, status=status)
    # No request tells this address, not even one to ourselves, whose log a proxy may write. Not
    # `no-referrer`: a browser then posts with the origin `null`, which the protection against
    # forged requests refuses.
    respons["Referrer-Policy"] = "strict-origin"
    respons["X-Robots-Tag"] = "noindex, nofollow"
    return respons
