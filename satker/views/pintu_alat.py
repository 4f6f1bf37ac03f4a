"""What the devices at the door ask and send, many times a minute."""

import datetime
import hashlib
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from integritas.alur import AlurError
from satker import daftar_pintu
from satker.access import list_penugasan, public, role_required
from satker.alur import pindai
from satker.models import Peserta, Upacara
from satker.views.pintu import (
    PANITIA,
    build_jawaban,
    get_upacara,
    read_kunci,
    render_detail,
    render_pintu,
)

# Seconds; see check_izin().
INGAT_IZIN = 60
# Off-line for longer than an event lasts is a clock that is wrong.
PALING_LAMA = datetime.timedelta(days=30)


def check_izin(request, pk) -> None:
    """That this person may run the event, for what dozens of devices ask every few seconds. A yes is
    kept for a minute under the assignments of now: one that ends shuts the door at once, a unit that
    moves to another Kanwil within the minute."""
    tugas = sorted(
        (satu.peran, satu.satker_id or 0, satu.kanwil_id or 0, satu.instansi_id or 0)
        for satu in list_penugasan(request.user)
        if satu.peran in PANITIA
    )
    isi = repr((pk, timezone.localdate(), tugas))
    kunci = f"pintu:{hashlib.sha256(isi.encode()).hexdigest()}"
    if cache.get(kunci) is None:
        get_upacara(request, pk)
        cache.set(kunci, 1, INGAT_IZIN)


@require_POST
@role_required(*PANITIA)
def pintu_record(request, pk):
    """One attempt. A device that keeps a queue asks for JSON; a form without a script goes back to
    the page."""
    check_izin(request, pk)
    upacara = Upacara(pk=pk)
    json = "application/json" in request.headers.get("Accept", "")
    try:
        _refuse_other(request)
        jawaban = pindai.record(upacara, _read_percobaan(request.POST), by=request.user)
    except AkunLainError as error:
        return JsonResponse({"pesan": str(error)}, status=409)
    except AlurError as error:
        if json:
            return JsonResponse({"pesan": str(error)}, status=422)
        upacara = get_upacara(request, pk)
        return render_detail(request, upacara, salah=str(error), status=422)
    if json:
        return JsonResponse(build_jawaban(jawaban, daftar_pintu.count(upacara.pk)))
    return redirect(f"{reverse('pintu_detail', args=[pk])}?hasil={jawaban.pindaian.kunci}")


class AkunLainError(AlurError):
    """The queue of one person came in under the name of another."""


def _refuse_other(request) -> None:
    """What somebody has taken down is sent under that name, unless the one who is signed in now
    has said to send it as their own."""
    pencatat = request.POST.get("pencatat", "")
    if pencatat and pencatat != str(request.user.pk) and "ambil" not in request.POST:
        raise AkunLainError(
            f"Catatan ini dibuat akun lain. Anda masuk sebagai {request.user.nama}; masuk dengan "
            "akun semula, atau kirim atas nama Anda."
        )


def _read_percobaan(isi) -> pindai.Percobaan:
    """Of the texts that a device sends; refuses what it cannot read."""
    if (kunci := read_kunci(isi.get("kunci"))) is None:
        raise AlurError("Percobaan ini tidak berkunci. Muat ulang halaman, lalu ulangi.")
    peserta, cara = isi.get("peserta", ""), isi.get("cara", "")
    if peserta and not (peserta.isascii() and peserta.isdigit() and len(peserta) < 18):
        raise AlurError("Orang ini tidak dikenal. Muat ulang halaman, lalu ulangi.")
    if cara not in {Peserta.Cara.KODE, Peserta.Cara.CARI, Peserta.Cara.PINDAI}:
        cara = Peserta.Cara.CARI if peserta else Peserta.Cara.KODE
    teks = isi.get("teks", "")
    if pindai.ALAMAT.search(teks):
        cara = Peserta.Cara.PINDAI
    alat = isi.get("alat", "")
    if "ambil" in isi:
        alat = f"{alat[:50]} (dicatat akun {isi.get('pencatat', '')[:12]})"
    return pindai.Percobaan(
        kunci=kunci,
        cara=cara,
        teks=teks[:500].replace("\0", ""),
        peserta_id=int(peserta) if peserta else None,
        lalu=_read_lalu(isi),
        alat=alat.replace("\0", ""),
    )


def _read_lalu(isi) -> datetime.timedelta | None:
    """How long ago, by the device's own clock: `dipindai` and `dikirim` in its milliseconds."""
    try:
        selisih = int(isi["dikirim"]) - int(isi["dipindai"])
    except (KeyError, ValueError):
        return None
    batas = int(PALING_LAMA / datetime.timedelta(milliseconds=1))
    return datetime.timedelta(milliseconds=max(-batas, min(selisih, batas)))


@require_safe
@cache_control(private=True, no_cache=True)
@role_required(*PANITIA)
def pintu_count(request, pk):
    """The counter and the last attempts, asked every few seconds by every device: one statement of
    its own and no body while nothing has changed. A device that shows the page is therefore never
    idle; at a door that is what one wants."""
    check_izin(request, pk)
    hitung = daftar_pintu.count(pk)
    sidik = f'"{hitung.sidik}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == sidik:
        respons = HttpResponse(status=304)
    else:
        upacara = Upacara(pk=pk, zona_waktu=hitung.zona_waktu)
        konteks = {"hitung": hitung, "daftar_terakhir": daftar_pintu.list_terakhir(upacara)}
        respons = render_pintu(request, "satker/pintu_detail.html#hitung", upacara, konteks)
    respons["ETag"] = sidik
    return respons


@require_safe
@never_cache
@role_required(*PANITIA)
def pintu_orang(request, pk):
    """The expected people, for a device that may lose the line."""
    upacara = get_upacara(request, pk)
    return JsonResponse({"orang": daftar_pintu.build_orang(upacara)})


@require_safe
@cache_control(no_cache=True)
@public
def pintu_sw(request):
    """The service worker: beside the pages that it serves, so that its scope ends with them."""
    respons = HttpResponse(_read_sw(), content_type="text/javascript; charset=utf-8")
    respons["Service-Worker-Allowed"] = "/pintu/"
    return respons


@lru_cache(maxsize=1)
def _read_sw() -> bytes:
    return (settings.BASE_DIR / "static/js/pintu-sw.js").read_bytes()
