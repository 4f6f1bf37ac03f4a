"""Import in two pages: hand in a file, see what each row would do, then have it written.

The functions below the views serve the imports of other apps as well.
"""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas import impor as pokok
from integritas.formulir import FormulirMixin
from integritas.impor import Hasil, ImporDitolakError, Rencana, Subjek
from integritas.tabel import BerkasDitolakError
from integritas.tabel.berkas import refuse_ukuran
from integritas.tabel.contoh import open_contoh
from integritas.unduh import XLSX
from satker.access import has_role, role_required
from satker.impor import SUBJEK
from satker.models import Peran

PENGIMPOR = (Peran.ADMIN, Peran.TIM_KANWIL)
UKURAN_HALAMAN = 100
# Name of the tab, URL name, and who has it.
TAB = [
    ("Satuan kerja", "satker_import", PENGIMPOR),
    ("Predikat", "predikat_import", (Peran.ADMIN, Peran.TPI)),
    ("Hari libur", "libur_import", (Peran.ADMIN,)),
]


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*PENGIMPOR)
def satker_import(request):
    return show_form(request, SUBJEK)


@require_safe
@role_required(*PENGIMPOR)
def satker_import_contoh(request):
    return send_contoh(SUBJEK)


@require_safe
@role_required(*PENGIMPOR)
def satker_import_preview(request, kunci):
    return show_plan(request, SUBJEK, kunci)


@require_POST
@role_required(*PENGIMPOR)
def satker_import_confirm(request, kunci):
    return confirm(request, SUBJEK, kunci)


# --- for every subject ----------------------------------------------------------------------------
class BerkasForm(FormulirMixin, forms.Form):
    berkas = forms.FileField(
        label="Berkas CSV atau XLSX",
        help_text="Paling besar 5 MB dan 10.000 baris. Urutan kolom bebas.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": "Pilih berkasnya dulu.",
            "empty": "Berkas ini kosong.",
            "missing": "Pilih berkasnya dulu.",
            "invalid": "Berkas tidak terkirim. Coba sekali lagi.",
        },
    )


def show_form(request, subjek: Subjek):
    """The upload; a file that can be read leads to its preview, any other is refused here."""
    form = BerkasForm()
    if request.method == "POST":
        form = BerkasForm(request.POST, request.FILES)
        if form.is_valid() and (kunci := _take(form, subjek, request.user)):
            return redirect(subjek.url_pratinjau, kunci)
    konteks = {"subjek": subjek, "form": form, "daftar_tab": list_tab(request.user, subjek)}
    return render(request, "impor/form.html", konteks, status=422 if form.errors else 200)


def _take(form: BerkasForm, subjek: Subjek, user) -> str | None:
    """Put the file aside once it is known to be readable."""
    berkas = form.cleaned_data["berkas"]
    nama = berkas.name[-100:]
    try:
        refuse_ukuran(berkas.size)
        isi = berkas.read()
        subjek.plan(nama, isi, by=user)
    except BerkasDitolakError as error:
        form.add_error("berkas", str(error))
        return None
    return pokok.keep(subjek, nama, isi, by=user)


def show_plan(request, subjek: Subjek, kunci: str):
    """What each row would do, problems first."""
    simpanan = pokok.find(subjek, kunci, by=request.user)
    if simpanan is None:
        return _redirect_gone(request, subjek)
    rencana = subjek.plan(simpanan.nama, simpanan.isi, by=request.user)
    return _render_plan(request, subjek, simpanan, rencana)


def confirm(request, subjek: Subjek, kunci: str):
    """Write what was shown; a second time finds the file gone and nothing left to do."""
    simpanan = pokok.find(subjek, kunci, by=request.user)
    if simpanan is None:
        return _redirect_gone(request, subjek)
    try:
        rencana = subjek.apply(
            simpanan.nama,
            simpanan.isi,
            by=request.user,
            lewati=request.POST.get("lewati") == "ya",
            sidik=request.POST.get("sidik", ""),
        )
    except ImporDitolakError as error:
        return _render_plan(
            request, subjek, simpanan, error.rencana, galat=str(error), status=error.status
        )
    pokok.discard(kunci)
    dilewati = f" {rencana.ditolak} baris ditolak dan dilewati." if rencana.ditolak else ""
    messages.success(
        request,
        f"Impor {simpanan.nama} selesai: {rencana.jumlah[Hasil.BARU]} baru, "
        f"{rencana.jumlah[Hasil.BERUBAH]} berubah, {rencana.jumlah[Hasil.SAMA]} sama.{dilewati}",
    )
    return redirect(subjek.url_form)


def send_contoh(subjek: Subjek) -> FileResponse:
    """An empty workbook with the headings, lists to choose from and examples."""
    return FileResponse(
        open_contoh(subjek.daftar_kolom, subjek.list_pilihan(), subjek.contoh),
        as_attachment=True,
        filename=f"impor-{subjek.kode}.xlsx",
        content_type=XLSX,
    )


def _redirect_gone(request, subjek: Subjek):
    messages.warning(
        request,
        "Berkas itu sudah selesai diimpor atau sudah lewat sehari. Unggah lagi bila masih perlu.",
    )
    return redirect(subjek.url_form)


def _render_plan(request, subjek, simpanan, rencana: Rencana, galat="", status=200):
    dipilih = request.GET.get("hasil", "")
    if dipilih not in Hasil.values:
        dipilih = ""
    baris = rencana.list_hasil(Hasil(dipilih)) if dipilih else rencana.list_urut()
    alamat = reverse(subjek.url_pratinjau, args=[simpanan.kunci])
    saringan = [
        ("", "Semua", len(rencana.baris)),
        *((h.value, h.label, rencana.jumlah[h]) for h in Hasil),
    ]
    konteks = {
        "subjek": subjek,
        "nama": simpanan.nama,
        "kunci": simpanan.kunci,
        "rencana": rencana,
        "sidik": rencana.compute_sidik(),
        "galat": galat,
        "page": Paginator(baris, UKURAN_HALAMAN).get_page(request.GET.get("page")),
        "daftar_saringan": [
            {
                "nama": nama,
                "jumlah": jumlah,
                "url": f"{alamat}?{urlencode({'hasil': nilai})}" if nilai else alamat,
                "aktif": nilai == dipilih,
            }
            for nilai, nama, jumlah in saringan
        ],
    }
    return render(request, "impor/pratinjau.html", konteks, status=status)


def list_tab(user, subjek: Subjek) -> list[dict]:
    """The imports that this person may do; no tabs for a single one."""
    daftar = [
        {"nama": nama, "url": reverse(url), "aktif": url == subjek.url_form}
        for nama, url, peran in TAB
        if has_role(user, *peran)
    ]
    return daftar if len(daftar) > 1 else []
