"""Steps on a Perjanjian Kinerja: begun, filled, taken down, signed, renewed, given up."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from integritas.alur import AlurError
from integritas.berkas.penangan import takes_berkas
from integritas.formulir import read_post
from integritas.langkah import run_step
from satker import perjanjian as baca
from satker.access import role_required
from satker.alur import janji as alur
from satker.alur.janji.dasar import BerubahError
from satker.alur.janji.turunan import get_induk
from satker.forms.janji import BatalForm, DipaForm, PihakForm, TandaTanganForm, VersiForm
from satker.forms.janji_isi import IsiForm, add_row
from satker.izin_janji import PENGISI
from satker.janji import compute_sidik
from satker.models import IndikatorKinerja
from satker.views.janji import get_perjanjian, get_satker


def _explain_locked(perjanjian) -> str:
    """Why a form of a draft is not there; empty when it is."""
    if perjanjian.is_editable:
        return ""
    return (
        f"Perjanjian kinerja ini {perjanjian.get_status_display().lower()}, jadi isinya tetap. "
        "Untuk mengubahnya, buat versi baru."
    )


def _refuse_locked(request, perjanjian):
    """The way back from a form that is not there any more; None while it is."""
    if pesan := _explain_locked(perjanjian):
        messages.error(request, pesan)
        return redirect("perjanjian_detail", perjanjian.pk)
    return None


@require_POST
@role_required(*PENGISI)
def perjanjian_start(request, kode, tahun):
    satker = get_satker(request, kode)
    try:
        draf = alur.start(satker, tahun, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
        return redirect("perjanjian_satker", kode, tahun)
    messages.success(request, "Draf dibuat. Isi sasaran dan indikatornya.")
    return redirect("perjanjian_isi", draf.pk)


@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def dipa_record(request, kode, tahun):
    satker = get_satker(request, kode)
    dipa = baca.get_dipa(satker.pk, tahun)
    posisi = baca.get_posisi(satker.pk, tahun)
    awal = {"tanggal": dipa.tanggal, "nomor": dipa.nomor} if dipa else {}
    return run_step(
        request,
        "satker/perjanjian_langkah.html",
        DipaForm(read_post(request), initial=awal),
        lambda **isi: alur.record_dipa(satker, tahun, by=request.user, **isi),
        lambda hasil: redirect("perjanjian_satker", kode, tahun),
        berhasil="Tanggal DIPA dicatat.",
        judul=f"Tanggal DIPA {tahun}",
        nama=posisi.nama if posisi else kode,
        kembali=reverse("perjanjian_satker", args=[kode, tahun]),
        tombol="Simpan tanggal",
    )


# --- the draft ------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def perjanjian_pihak(request, pk):
    perjanjian = get_perjanjian(request, pk)
    if respons := _refuse_locked(request, perjanjian):
        return respons
    tahun = perjanjian.tahun
    calon = {
        "pertama": list(baca.list_kepala([perjanjian.satker_id], tahun)),
        "kedua": list(baca.list_kepala(baca.list_atasan(perjanjian.satker_id, tahun), tahun)),
    }
    form = PihakForm(read_post(request), perjanjian=perjanjian, calon=calon)

    def save(**isi):
        return alur.choose_pihak(
            perjanjian,
            pertama=form.get_pilihan("pertama"),
            kedua=form.get_pilihan("kedua"),
            tempat=isi["tempat"],
            by=request.user,
        )

    return run_step(
        request,
        "satker/perjanjian_pihak.html",
        form,
        save,
        lambda hasil: redirect("perjanjian_detail", pk),
        berhasil="Pihak perjanjian disimpan.",
        perjanjian=perjanjian,
        daftar_pihak=[
            (judul, [form[f"{kolom}_{yang}"] for kolom in ("tugas", "nama", "jabatan", "nomor")])
            for judul, yang in (
                ("Pihak pertama", "pertama"),
                ("Pihak kedua, atasan langsung", "kedua"),
            )
        ],
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def perjanjian_isi(request, pk):
    """Goals, indicators and activities on one page. `tambah` gives more rows and saves nothing."""
    perjanjian = get_perjanjian(request, pk)
    if request.method == "GET":
        if respons := _refuse_locked(request, perjanjian):
            return respons
        isi = baca.read_isi(perjanjian)
        return _render_isi(request, perjanjian, IsiForm(isi=isi), compute_sidik(isi.to_data()))
    sidik = request.POST.get("sidik", "")[:64]
    if tambah := request.POST.get("tambah", ""):
        form = IsiForm(add_row(request.POST, tambah))
        form.hide_errors()
        return _render_isi(request, perjanjian, form, sidik)
    form = IsiForm(request.POST)
    if not form.is_valid():
        return _render_isi(request, perjanjian, form, sidik, 422)
    try:
        alur.save_isi(perjanjian, form.get_isi(), by=request.user, sidik_awal=sidik)
    except AlurError as error:
        form.refuse(str(error))
        if not isinstance(error, BerubahError):
            return _render_isi(request, perjanjian, form, sidik, 422)
        # Saved once more it is meant so: the writer has been told.
        kini = compute_sidik(baca.read_isi(perjanjian).to_data())
        return _render_isi(request, perjanjian, form, kini, 409)
    messages.success(request, "Sasaran, indikator, dan kegiatan disimpan.")
    return redirect("perjanjian_detail", pk)


def _render_isi(request, perjanjian, form: IsiForm, sidik: str, status: int = 200):
    konteks = {
        "perjanjian": perjanjian,
        "form": form,
        "sidik": sidik,
        "daftar_galat": form.list_galat() if status != 200 else [],
        "induk": get_induk(perjanjian.satker_id, perjanjian.tahun),
    }
    return render(request, "satker/perjanjian_isi.html", konteks, status=status)


@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def perjanjian_cascade(request, pk):
    """Which of the Kanwil's indicators go down into the draft."""
    perjanjian = get_perjanjian(request, pk)
    if respons := _refuse_locked(request, perjanjian):
        return respons
    pesan = ""
    if request.method == "POST":
        pilihan = {int(satu) for satu in request.POST.getlist("indikator") if _is_kunci(satu)}
        try:
            jumlah = alur.cascade(perjanjian, pilihan, by=request.user)
        except AlurError as error:
            pesan = str(error)
        else:
            messages.success(
                request, f"{jumlah} indikator diturunkan. Sesuaikan target untuk satker ini."
            )
            return redirect("perjanjian_isi", pk)
    induk = get_induk(perjanjian.satker_id, perjanjian.tahun)
    daftar_sasaran = baca.read_sasaran(induk) if induk else []
    sudah = _list_sudah(perjanjian, induk) if induk else set()
    semua = {satu.pk for sasaran in daftar_sasaran for satu in sasaran.daftar_indikator}
    konteks = {
        "perjanjian": perjanjian,
        "pesan": pesan,
        "daftar_sasaran": daftar_sasaran,
        "sudah": sudah,
        "bisa_dipilih": bool(semua - sudah),
    }
    status = 422 if pesan else 200
    return render(request, "satker/perjanjian_cascade.html", konteks, status=status)


def _is_kunci(teks: str) -> bool:
    return teks.isdecimal() and len(teks) < 19


def _list_sudah(perjanjian, induk) -> set[int]:
    """Indicators of the Kanwil's version in force that the draft has, from this one or one before."""
    terkini = baca.read_rantai(induk.satker_id, induk.tahun).build_terkini()
    milik = IndikatorKinerja.objects.filter(sasaran__perjanjian=perjanjian)
    return {terkini[pk] for pk in milik.values_list("turunan_dari", flat=True) if pk in terkini}


# --- signed, renewed, given up --------------------------------------------------------------------
@csrf_exempt
@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
@takes_berkas
def perjanjian_sign(request, pk):
    perjanjian = get_perjanjian(request, pk)
    if respons := _refuse_locked(request, perjanjian):
        return respons
    isi = baca.read_isi(perjanjian)

    def sign(tanggal, cara, berkas):
        return alur.sign(
            perjanjian,
            tanggal=tanggal,
            cara=cara,
            berkas=berkas,
            nama_berkas=berkas.name,
            by=request.user,
        )

    return run_step(
        request,
        "satker/perjanjian_sign.html",
        TandaTanganForm(read_post(request), request.FILES or None),
        sign,
        lambda hasil: redirect("perjanjian_detail", pk),
        berhasil="Penandatanganan dicatat. Isi perjanjian sekarang tetap.",
        perjanjian=perjanjian,
        kurang=baca.list_kurang(perjanjian, isi),
        sidik=compute_sidik(baca.build_dokumen(perjanjian, isi, perjanjian.nama)),
        pihak={yang: baca.get_pihak(perjanjian, yang) for yang in baca.PIHAK},
        kembali=reverse("perjanjian_detail", args=[pk]),
        tombol="Catat penandatanganan",
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def perjanjian_revise(request, pk):
    perjanjian = get_perjanjian(request, pk)
    return run_step(
        request,
        "satker/perjanjian_langkah.html",
        VersiForm(read_post(request), initial={"alasan": request.GET.get("alasan", "")}),
        lambda **isi: alur.revise(perjanjian, by=request.user, **isi),
        lambda hasil: redirect("perjanjian_detail", hasil.pk),
        berhasil="Draf versi baru dibuat dari versi yang berlaku.",
        judul=f"Versi baru perjanjian kinerja {perjanjian.tahun}",
        nama=perjanjian.nama,
        pengantar=(
            f"Versi {perjanjian.versi} tetap berlaku sampai versi baru ditandatangani, dan tetap "
            "dapat dibaca sesudahnya. Sasaran, indikator, dan kegiatan disalin sebagai titik awal."
        ),
        kembali=reverse("perjanjian_detail", args=[pk]),
        tombol="Buat draf versi baru",
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def perjanjian_cancel(request, pk):
    perjanjian = get_perjanjian(request, pk)
    if respons := _refuse_locked(request, perjanjian):
        return respons
    return run_step(
        request,
        "satker/perjanjian_langkah.html",
        BatalForm(read_post(request)),
        lambda **isi: alur.cancel(perjanjian, by=request.user, **isi),
        lambda hasil: redirect("perjanjian_satker", perjanjian.satker.kode, perjanjian.tahun),
        berhasil="Draf dibatalkan. Isinya tetap dapat dibaca.",
        judul=f"Batalkan draf versi {perjanjian.versi}?",
        nama=perjanjian.nama,
        pengantar="Draf yang dibatalkan tetap dapat dibaca, tetapi tidak dapat dilanjutkan lagi.",
        kembali=reverse("perjanjian_detail", args=[pk]),
        tombol="Batalkan draf",
        bahaya=True,
    )
