"""The committee's page at the door of one event: a code or a name comes in, an answer goes out."""

import datetime
import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.alur import AlurError
from satker import daftar_pintu
from satker.access import has_role, reads_contoh, role_required
from satker.alur import pindai, pintu
from satker.kode import HURUF_KODE, MIRIP, PANJANG_KODE
from satker.models import Peran, Peserta, Upacara
from satker.zona import get_zona

PANITIA = (Peran.OPERATOR, Peran.KEPALA_SATKER, Peran.TIM_KANWIL, Peran.ADMIN)
NADA = {"diterima": "baik", "ganda": "perhatian", "asing": "masalah", "ditutup": "masalah"}
JUDUL = {
    "diterima": "Hadir",
    "ganda": "Sudah hadir",
    "asing": "Tidak dikenal",
    "ditutup": "Tidak dibuka",
}


def get_upacara(request, pk):
    return get_object_or_404(Upacara.objects.managed_by(request.user), pk=pk)


def render_pintu(request, template, upacara, konteks, status=200):
    """Hours on these pages are those of the place."""
    with timezone.override(get_zona(upacara.zona_waktu)):
        return render(request, template, {"upacara": upacara, **konteks}, status=status)


def read_kunci(teks) -> uuid.UUID | None:
    try:
        return uuid.UUID(teks)
    except (TypeError, ValueError):
        return None


def build_jawaban(jawaban, hitung) -> dict:
    return {
        "kunci": str(jawaban.pindaian.kunci),
        "hasil": jawaban.hasil,
        "judul": JUDUL[jawaban.hasil],
        "nada": NADA[jawaban.hasil],
        "kalimat": jawaban.kalimat,
        "nama": jawaban.nama,
        "asal": jawaban.asal if jawaban.asal != jawaban.nama else "",
        "kode": jawaban.pindaian.kode,
        "peserta": jawaban.pindaian.peserta_id,
        "hadir": hitung.hadir,
        "harap": hitung.harap,
    }


@require_safe
@never_cache
@role_required(*PANITIA)
def pintu_list(request):
    """Events that this person may run: those of these days, and whatever is still open."""
    hari_ini = timezone.localdate()
    hari = datetime.timedelta(days=1)
    status = Upacara.Status
    contoh = reads_contoh(request.user, request.GET.get("contoh") == "1")
    milik = Upacara.objects.managed_by(request.user).filter(tuan_rumah__contoh=contoh)
    daftar = milik.filter(status=status.BERLANGSUNG) | milik.filter(
        status__in=[status.TERJADWAL, status.DITUTUP],
        tanggal__range=(hari_ini - hari, hari_ini + 7 * hari),
    )
    konteks = {
        "daftar_upacara": daftar.order_by("tanggal", "mulai_pada", "pk")[:50],
        "contoh": contoh,
        "is_admin": has_role(request.user, Peran.ADMIN),
    }
    return render(request, "satker/pintu_list.html", konteks)


@require_safe
@never_cache
@role_required(*PANITIA)
def pintu_detail(request, pk):
    upacara = get_upacara(request, pk)
    jawaban = None
    if (kunci := read_kunci(request.GET.get("hasil"))) is not None:
        try:
            jawaban = pindai.read(upacara, kunci)
        except AlurError:
            jawaban = None
    return render_detail(request, upacara, jawaban=jawaban)


def render_detail(request, upacara, *, jawaban=None, salah="", status=200):
    cari = request.GET.get("cari", "").strip()
    hitung = daftar_pintu.count(upacara.pk)
    daftar_cari = daftar_pintu.search_peserta(upacara, cari)
    for peserta in daftar_cari:
        peserta.kunci = uuid.uuid4()
    konteks = {
        "hitung": hitung,
        "daftar_terakhir": daftar_pintu.list_terakhir(upacara),
        "kunci": uuid.uuid4(),
        "cari": cari,
        "daftar_cari": daftar_cari,
        "hasil": jawaban and build_jawaban(jawaban, hitung),
        "salah": salah,
        "kode": request.POST.get("teks", ""),
        "huruf": HURUF_KODE,
        "panjang": PANJANG_KODE,
        "mirip": ",".join(f"{huruf}:{baca}" for huruf, baca in MIRIP.items()),
    }
    return render_pintu(request, "satker/pintu_detail.html", upacara, konteks, status)


@require_POST
@role_required(*PANITIA)
def pintu_open(request, pk):
    upacara = get_upacara(request, pk)
    try:
        pintu.open_pintu(upacara, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Pintu dibuka. Ketik atau pindai kode undangan.")
    return redirect("pintu_detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PANITIA)
def pintu_token(request, token):
    """Where the phone of a committee member goes from a personal address: look, then press."""
    milik = Upacara.objects.managed_by(request.user)
    peserta = get_object_or_404(
        Peserta.objects.filter(upacara__in=milik).select_related(
            "upacara", "personel", "saksi", "dicatat_oleh"
        ),
        token=token,
    )
    upacara, jawaban, salah = peserta.upacara, None, ""
    if request.method == "POST":
        percobaan = pindai.Percobaan(
            kunci=read_kunci(request.POST.get("kunci")) or uuid.uuid4(),
            cara=Peserta.Cara.PINDAI,
            peserta_id=peserta.pk,
        )
        try:
            jawaban = pindai.record(upacara, percobaan, by=request.user)
        except AlurError as error:
            salah = str(error)
    hitung = daftar_pintu.count(upacara.pk)
    konteks = {
        "peserta": peserta,
        "nama": peserta.personel.nama if peserta.personel_id else str(peserta.saksi),
        "nama_satker": daftar_pintu.read_nama_satker(upacara, [peserta.satker_id]).get(
            peserta.satker_id, ""
        ),
        "hasil": jawaban and build_jawaban(jawaban, hitung),
        "hitung": hitung,
        "kunci": uuid.uuid4(),
        "salah": salah,
    }
    return render_pintu(request, "satker/pintu_token.html", upacara, konteks, 422 if salah else 200)
