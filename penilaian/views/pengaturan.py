"""What an admin sets on a version: the documents of a question, and its zero rule."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from integritas.alur import AlurError
from integritas.formulir import read_post
from penilaian.alur import hitung_ulang
from penilaian.alur import pengaturan as alur
from penilaian.forms.instrumen import (
    PengaturanForm,
    PenyebutNolForm,
    build_daftar,
)
from penilaian.kalimat_instrumen import list_aturan_nol, tulis_bobot
from penilaian.models import DokumenDiminta
from penilaian.versi import get_terpakai
from penilaian.views.instrumen import get_versi
from satker.access import list_penugasan, role_required
from satker.models import Instansi, Peran


def _get_instansi(request) -> Instansi:
    """Whose chain of history the step is told in."""
    tugas = next(satu for satu in list_penugasan(request.user) if satu.peran == Peran.ADMIN)
    assert tugas.instansi is not None, "an admin is one of an Instansi"
    return tugas.instansi


def _get_pertanyaan(kode, versi, pertanyaan):
    """The version, all of it ready for use, and one question; 404 for a code it does not have."""
    versi = get_versi(kode, versi)
    terpakai = get_terpakai(versi)
    if pertanyaan not in terpakai.isi.pertanyaan:
        raise Http404
    return versi, terpakai, terpakai.isi.pertanyaan[pertanyaan]


def _build_alamat(versi, pertanyaan) -> str:
    area = reverse("instrumen_area", args=[versi.kode, versi.versi, pertanyaan.area])
    return f"{area}#q{pertanyaan.urutan}"


def _refuse(form, error: AlurError) -> int:
    """Show why; the status that goes with it: somebody else was faster, or it cannot be."""
    form.refuse(str(error))
    return 409 if isinstance(error, alur.UsangError) else 422


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN)
def dokumen_edit(request, kode, versi, pertanyaan):
    """All documents of a question in one form; none is removed, a withdrawn one stays below."""
    versi, terpakai, satu = _get_pertanyaan(kode, versi, pertanyaan)
    daftar_dokumen = DokumenDiminta.objects.filter(pertanyaan=terpakai.id_dari[satu.kode])
    data = read_post(request)
    form = PengaturanForm(data)
    daftar_form = build_daftar(data, daftar_dokumen.order_by("ditarik", "urutan", "pk"))
    diminta = [baris for baris in daftar_form if baris.is_asked]
    status = 422 if data is not None else 200
    if data is not None and all([form.is_valid(), *(baris.is_valid() for baris in diminta)]):
        try:
            alur.set_dokumen(
                versi,
                satu.kode,
                [baris.read_isi() for baris in diminta],
                by=request.user,
                instansi=_get_instansi(request),
                **form.cleaned_data,
            )
        except AlurError as error:
            status = _refuse(form, error)
        else:
            messages.success(request, f"Dokumen nomor {satu.urutan} disimpan.")
            return redirect(_build_alamat(versi, satu))
    konteks = {
        "versi_ini": versi,
        "pertanyaan": satu,
        "form": form,
        "daftar_form": daftar_form,
        "daftar_salah": [baris for baris in diminta if baris.errors],
        "kembali": _build_alamat(versi, satu),
    }
    return render(request, "penilaian/dokumen_edit.html", konteks, status=status)


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN)
def penyebut_nol_set(request, kode, versi, pertanyaan):
    """The zero rule of a question, with how many kept scores follow."""
    konteks = _read_dampak(kode, versi, pertanyaan)
    versi_ini, satu = konteks["versi_ini"], konteks["pertanyaan"]
    form = PenyebutNolForm(read_post(request), jumlah=konteks["jumlah"])
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        isi = {nama: form.cleaned_data[nama] for nama in ("nilai", "alasan", "tanda")}
        try:
            hasil = alur.set_penyebut_nol(
                versi_ini, satu.kode, by=request.user, instansi=_get_instansi(request), **isi
            )
        except AlurError as error:
            status = _refuse(form, error)
            # What the next yes is about.
            konteks = _read_dampak(kode, versi, pertanyaan)
        else:
            messages.success(request, _say_hasil(hasil))
            return redirect(konteks["kembali"])
    konteks["form"] = form
    return render(request, "penilaian/penyebut_nol_set.html", konteks, status=status)


def _read_dampak(kode, versi, pertanyaan) -> dict:
    """The rule of now, and which assessments stand on it."""
    versi, terpakai, satu = _get_pertanyaan(kode, versi, pertanyaan)
    tetap = alur.explain_tetap(satu)
    terdampak = [] if tetap else hitung_ulang.list_terdampak(terpakai, satu.kode)
    diisi, diajukan = hitung_ulang.count_status(terdampak)
    rumus = versi.bawaan.pertanyaan[satu.kode].rumus
    return {
        "versi_ini": versi,
        "pertanyaan": satu,
        "tetap": tetap,
        "daftar_aturan": list_aturan_nol(satu),
        "bawaan": "" if tetap else tulis_bobot(rumus.nilai_usulan),
        "tanda": alur.build_tanda(terpakai.pengaturan, terdampak),
        "jumlah": diisi + diajukan,
        "diisi": diisi,
        "diajukan": diajukan,
        "kembali": _build_alamat(versi, satu),
    }


def _say_hasil(hasil: alur.HasilNol) -> str:
    if hasil.menyusul:
        return f"Aturan disimpan. Nilai {hasil.menyusul} LKE sedang dihitung ulang."
    return f"Aturan disimpan. Nilai {hasil.langsung} LKE dihitung ulang."
