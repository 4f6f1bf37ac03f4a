"""The workbook of one LKE: download it, hand one in, see what it would change, have it written."""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas import impor as pokok
from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.tabel import BerkasDitolakError
from integritas.tabel.berkas import refuse_ukuran
from integritas.unduh import XLSX, build_nama
from penilaian import skor
from penilaian.alur import lembar
from penilaian.forms.lembar import LembarForm, TulisForm
from penilaian.izin import PEMBACA, PENGISI, get_izin
from penilaian.laporan.lke import print_lke
from penilaian.lembar import HasilBaca, LembarError, read_lembar
from penilaian.lembar.ekspor import open_lembar
from penilaian.lembar.rencana import Jenis, Mode
from penilaian.skor import Kosong
from penilaian.versi import InstrumenTerpakai, get_terpakai
from penilaian.views.lke import get_penilaian
from satker.access import role_required

UKURAN_HALAMAN = 150
DETIK_SIMPAN = 600
URUTAN = {jenis: nomor for nomor, jenis in enumerate(Jenis)}


@dataclass(frozen=True)
class Subjek:
    """Whose staged file it is: of one assessment."""

    kode: str


def get_subjek(penilaian) -> Subjek:
    return Subjek(f"lke-{penilaian.pk}")


@require_safe
@role_required(*PEMBACA)
def lke_export(request, pk):
    penilaian = get_penilaian(request, pk)
    nama = build_nama(f"lke-{penilaian.satker.kode}-{penilaian.tahun}", "xlsx")
    return FileResponse(
        open_lembar(penilaian, penilaian.nama),
        as_attachment=True,
        filename=nama,
        content_type=XLSX,
    )


@require_safe
@role_required(*PEMBACA)
def lke_print(request, pk):
    """The empty sheet on paper, with the unit's name; shown in the browser, ready to print."""
    penilaian = get_penilaian(request, pk)
    isi = print_lke(
        get_terpakai(penilaian.versi),
        satker=penilaian.nama,
        tahun=penilaian.tahun,
        target=penilaian.target,
        pada=timezone.localdate(),
    )
    nama = build_nama(f"lke-{penilaian.satker.kode}-{penilaian.tahun}-cetak", "pdf")
    respons = HttpResponse(isi, content_type="application/pdf")
    respons["Content-Disposition"] = f'inline; filename="{nama}"'
    return respons


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*PEMBACA)
def lke_import(request, pk):
    """The upload; a file that can be read leads to its preview, any other is refused here."""
    penilaian = get_penilaian(request, pk)
    form = LembarForm(read_post(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and (kunci := _take(form, penilaian, request)):
        return redirect("lke_import_preview", pk, kunci)
    konteks = {
        "penilaian": penilaian,
        "form": form,
        "izin": get_izin(request.user, penilaian),
        "judul_lke": "Lembar kerja",
        "tab": "lembar",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "penilaian/lke_import.html", konteks, status=status)


def _read(isi: bytes, nama: str, terpakai: InstrumenTerpakai) -> HasilBaca:
    """Handing in, looking and writing read the same file one after the other: once is enough."""
    sidik = repr((sha256(isi).hexdigest(), nama, terpakai.kunci, settings.VERSI))
    kunci = f"lembar:{sha256(sidik.encode()).hexdigest()}"
    hasil = cache.get_or_set(kunci, lambda: read_lembar(isi, nama, terpakai.isi), DETIK_SIMPAN)
    assert hasil is not None
    return hasil


def _take(form, penilaian, request) -> str | None:
    """Put the file aside once it is known to be readable."""
    berkas = form.cleaned_data["berkas"]
    nama = berkas.name[-100:]
    try:
        refuse_ukuran(berkas.size)
        isi = berkas.read()
        _read(isi, nama, get_terpakai(penilaian.versi))
    except LembarError as error:
        form.add_error("berkas", error.daftar_galat)
        return None
    except BerkasDitolakError as error:
        form.add_error("berkas", str(error))
        return None
    return pokok.keep(get_subjek(penilaian), nama, isi, by=request.user)


@require_safe
@role_required(*PEMBACA)
def lke_import_preview(request, pk, kunci):
    """What was recognised, and what would change cell by cell."""
    penilaian = get_penilaian(request, pk)
    simpanan = pokok.find(get_subjek(penilaian), kunci, by=request.user)
    if simpanan is None:
        return _redirect_gone(request, pk)
    hasil = _read(simpanan.isi, simpanan.nama, get_terpakai(penilaian.versi))
    izin = get_izin(request.user, penilaian)
    rencana = lembar.plan_lembar(penilaian, hasil, izin)
    return _render_rencana(request, penilaian, simpanan, rencana, izin)


@require_POST
@role_required(*PENGISI)
def lke_import_confirm(request, pk, kunci):
    """Write what was shown; a second time finds the file gone and nothing left to do."""
    penilaian = get_penilaian(request, pk)
    simpanan = pokok.find(get_subjek(penilaian), kunci, by=request.user)
    if simpanan is None:
        return _redirect_gone(request, pk)
    hasil = _read(simpanan.isi, simpanan.nama, get_terpakai(penilaian.versi))
    izin = get_izin(request.user, penilaian)
    form = TulisForm(request.POST)
    galat, status, rencana = "", 422, None
    if form.is_valid():
        try:
            impor = lembar.import_lembar(
                penilaian,
                hasil,
                mode=Mode(form.cleaned_data["mode"]),
                by=request.user,
                izin=izin,
                sidik=form.cleaned_data["sidik"],
                nama=simpanan.nama,
            )
        except lembar.RencanaBerubahError as error:
            galat, status, rencana = str(error), 409, error.rencana
        except AlurError as error:
            galat = str(error)
        else:
            pokok.discard(kunci)
            _report(request, simpanan.nama, impor)
            return redirect("penilaian_detail", pk)
    rencana = rencana or lembar.plan_lembar(penilaian, hasil, izin)
    return _render_rencana(
        request, penilaian, simpanan, rencana, izin, form=form, galat=galat, status=status
    )


def _report(request, nama: str, impor) -> None:
    tulisan, jumlah = impor.tulisan, impor.rencana.jumlah
    tautan = sum(map(len, tulisan.tautan.values()))
    messages.success(
        request,
        f"{nama} dimuat: {len(tulisan.jawaban)} jawaban, {len(tulisan.catatan)} catatan, dan "
        f"{tautan} tautan ditulis; {jumlah[Jenis.SAMA]} sel sudah sama.",
    )
    if jumlah[Jenis.TERKUNCI]:
        messages.warning(
            request,
            f"{jumlah[Jenis.TERKUNCI]} sel tidak ditulis karena areanya terkunci bagi Anda.",
        )
    if impor.rencana.tautan_salah:
        kode = ", ".join(dict.fromkeys(kode for kode, _ in impor.rencana.tautan_salah))
        messages.warning(request, f"Tautan yang tidak dapat disimpan ada pada {kode}.")


def _redirect_gone(request, pk):
    messages.warning(
        request,
        "Berkas itu sudah selesai dimuat atau sudah lewat sehari. Unggah lagi bila masih perlu.",
    )
    return redirect("lke_import", pk)


def _render_rencana(
    request, penilaian, simpanan, rencana, izin, *, form=None, galat="", status=200
):
    hasil, isi = rencana.hasil, get_terpakai(penilaian.versi).isi
    nol = skor.compute(isi, hasil.jawaban, Kosong.NOL)
    beda = sorted(rencana.list_beda(), key=lambda satu: URUTAN[satu.jenis])
    konteks = {
        "penilaian": penilaian,
        "judul_lke": f"Pratinjau {simpanan.nama}",
        "keterangan_lke": "Belum ada yang ditulis.",
        "tab": "lembar",
        "kunci": simpanan.kunci,
        "rencana": rencana,
        "hasil": hasil,
        "daftar_selisih": [(isi.simpul[satu.kode].nama, satu) for satu in hasil.selisih],
        "jumlah_pertanyaan": len(isi.daftar_pertanyaan),
        "jumlah_tautan": sum(map(len, hasil.tautan.values())),
        "total_lembar": hasil.skor_lembar["total"],
        "total_abaikan": hasil.hitung.nilai["total"],
        "total_nol": nol.nilai["total"],
        "izin": izin,
        "sidik": rencana.compute_sidik(),
        "form": form or TulisForm(),
        "galat": galat,
        "jumlah_kosong": rencana.count(Mode.KOSONG),
        "jumlah_timpa": rencana.count(Mode.TIMPA),
        "page": Paginator(beda, UKURAN_HALAMAN).get_page(request.GET.get("page")),
    }
    return render(request, "penilaian/lke_import_preview.html", konteks, status=status)
