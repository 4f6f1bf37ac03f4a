"""Evidence under the questions of one assessment: added, linked, changed, taken away."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.alur import AlurError
from integritas.berkas.penangan import takes_berkas
from integritas.formulir import read_post
from integritas.htmx import wants_partial
from integritas.langkah import run_step
from penilaian.bukti import langkah
from penilaian.bukti.kartu import read_kartu
from penilaian.forms.bukti import RincianForm, TautanForm
from penilaian.instrumen import Pertanyaan
from penilaian.izin import PEMBACA, PENGISI, explain_locked, get_izin
from penilaian.models import AreaPenilaian, BuktiDukung, PemakaianBukti, Penilaian
from penilaian.temuan import list_temuan
from penilaian.versi import InstrumenTerpakai, get_terpakai
from penilaian.views.lke import get_penilaian
from satker.access import role_required


@dataclass(frozen=True)
class Tujuan:
    """The question that a page is about; `alasan` says why its evidence cannot be changed."""

    penilaian: Penilaian
    terpakai: InstrumenTerpakai
    pertanyaan: Pertanyaan
    alasan: str

    @property
    def kode(self) -> str:
        return self.pertanyaan.kode

    @property
    def kartu(self) -> str:
        """Where the card stands."""
        alamat = reverse("area_detail", args=[self.penilaian.pk, self.pertanyaan.area])
        return f"{alamat}#q{self.pertanyaan.urutan}"

    @property
    def daftar_dokumen(self):
        return self.terpakai.dokumen[self.kode]

    def refuse(self) -> None:
        """Whoever may not fill this area gets no further; the step decides again about the rest."""
        if self.alasan:
            raise AlurError(self.alasan)

    def to_konteks(self) -> dict[str, Any]:
        return {
            "penilaian": self.penilaian,
            "pertanyaan": self.pertanyaan,
            "tujuan": self,
            "kembali": self.kartu,
        }


def get_tujuan(request, pk: int, kode: str) -> Tujuan:
    return build_tujuan(request, get_penilaian(request, pk), kode)


def build_tujuan(request, penilaian: Penilaian, kode: str) -> Tujuan:
    terpakai = get_terpakai(penilaian.versi)
    pertanyaan = terpakai.isi.pertanyaan.get(kode)
    if pertanyaan is None:
        raise Http404
    izin = get_izin(request.user, penilaian)
    alasan = izin.alasan
    if not alasan and not izin.can_fill(pertanyaan.area):
        alasan = f"Area {pertanyaan.area} bukan bagian Anda."
    return Tujuan(penilaian, terpakai, pertanyaan, alasan)


def get_pemakaian(request, pk: int, pakai: int) -> tuple[Tujuan, PemakaianBukti]:
    """A use of an assessment that the person sees."""
    penilaian = get_penilaian(request, pk)
    pemakaian = get_object_or_404(
        PemakaianBukti.objects.select_related("bukti", "revisi"), pk=pakai, penilaian=penilaian
    )
    pemakaian.penilaian = penilaian
    kode = get_terpakai(penilaian.versi).kode_dari[pemakaian.pertanyaan_id]
    return build_tujuan(request, penilaian, kode), pemakaian


# --- the card -------------------------------------------------------------------------------------
@require_safe
@role_required(*PEMBACA)
def bukti_kartu(request, pk, kode):
    """The evidence part of a card, for a swap; alone it leads to the card."""
    tujuan = get_tujuan(request, pk, kode)
    if not wants_partial(request):
        return redirect(tujuan.kartu)
    area = AreaPenilaian.objects.get(penilaian=tujuan.penilaian, area=tujuan.pertanyaan.area)
    return render(
        request,
        "penilaian/bukti_kartu.html",
        {
            "penilaian": tujuan.penilaian,
            "pertanyaan": tujuan.pertanyaan,
            "kartu": read_kartu(tujuan.penilaian, tujuan.terpakai, [kode])[kode],
            "kunci": tujuan.terpakai.kunci,
            "can_fill": not tujuan.alasan and not explain_locked(area),
            "daftar_temuan": list_temuan(request.user, tujuan.penilaian, tujuan.terpakai).get(
                kode, []
            ),
        },
    )


# --- adding ---------------------------------------------------------------------------------------
@require_safe
@role_required(*PENGISI)
def bukti_add(request, pk, kode):
    return _render_add(request, get_tujuan(request, pk, kode))


def _render_add(request, tujuan: Tujuan, status: int = 200, **konteks) -> HttpResponse:
    """The three ways to add: a file, an address, evidence the unit has."""
    terpasang = PemakaianBukti.objects.filter(
        penilaian=tujuan.penilaian, pertanyaan=tujuan.terpakai.id_dari[tujuan.kode]
    )
    daftar_bukti = (
        BuktiDukung.objects.filter(satker=tujuan.penilaian.satker_id)
        .exclude(pk__in=terpasang.values("bukti"))
        .order_by("-pk")
    )
    awal = {"dokumen": request.GET.get("dokumen", "")}
    konteks = {
        "form": RincianForm(initial=awal, daftar_dokumen=tujuan.daftar_dokumen),
        "form_tautan": TautanForm(
            initial=awal, daftar_dokumen=tujuan.daftar_dokumen, auto_id="tautan_%s"
        ),
        "daftar_bukti": daftar_bukti[:200],
    } | konteks
    return render(
        request,
        "penilaian/bukti_add.html",
        tujuan.to_konteks() | konteks,
        status=status,
    )


@csrf_exempt
@require_POST
@role_required(*PENGISI)
def bukti_upload(request, pk, kode):
    """Files of an ordinary form, each with its own fate. Nothing is read for who may not add."""
    tujuan = get_tujuan(request, pk, kode)
    if tujuan.alasan:
        return _render_add(request, tujuan, 422, pesan=tujuan.alasan)
    return takes_berkas(_upload)(request, tujuan)


def _upload(request, tujuan: Tujuan) -> HttpResponse:
    form = RincianForm(request.POST, daftar_dokumen=tujuan.daftar_dokumen)
    daftar_berkas = request.FILES.getlist("berkas")
    if not daftar_berkas:
        return _render_add(request, tujuan, 422, form=form, pesan="Pilih berkas lebih dulu.")
    if not form.is_valid():
        return _render_add(request, tujuan, 422, form=form)
    daftar_hasil = [
        add_satu(request, tujuan, berkas, berkas.name, form.get_rincian())
        for berkas in daftar_berkas
    ]
    if all(hasil["pemakaian"] for hasil in daftar_hasil):
        for hasil in daftar_hasil:
            messages.success(request, hasil["kalimat"])
        return redirect(tujuan.kartu)
    return _render_add(request, tujuan, 422, daftar_hasil=daftar_hasil)


def add_satu(request, tujuan: Tujuan, berkas, nama, rincian=None, **lain) -> dict[str, Any]:
    """What became of one file, in a sentence."""
    try:
        tujuan.refuse()
        hasil = langkah.add_berkas(
            tujuan.penilaian,
            tujuan.kode,
            berkas,
            nama,
            by=request.user,
            rincian=rincian,
            **lain,
        )
    except AlurError as error:
        return {"nama": nama, "pemakaian": None, "dikenal": None, "kalimat": str(error)}
    return {
        "nama": hasil.nama,
        "pemakaian": hasil.pemakaian,
        "dikenal": hasil.dikenal,
        "kalimat": say_hasil(hasil),
    }


def say_hasil(hasil: langkah.HasilTambah) -> str:
    if hasil.dikenal:
        return (
            f"“{hasil.nama}” sudah ada sebagai bukti “{hasil.dikenal.nama}” "
            f"({hasil.dikenal.di_mana}). Belum ditambahkan: pakai bukti itu, tidak perlu dua kali."
        )
    lain = "; ".join(f"{satu.kode_satker} ({satu.di_mana})" for satu in hasil.tempat_lain)
    return f"“{hasil.nama}” tersimpan." + (f" Berkas yang sama ada pada {lain}." if lain else "")


@require_POST
@role_required(*PENGISI)
def bukti_add_tautan(request, pk, kode):
    tujuan = get_tujuan(request, pk, kode)
    form = TautanForm(request.POST, daftar_dokumen=tujuan.daftar_dokumen, auto_id="tautan_%s")
    if form.is_valid():
        try:
            tujuan.refuse()
            langkah.add_tautan(
                tujuan.penilaian,
                kode,
                form.cleaned_data["tautan"],
                nama=form.cleaned_data["nama"],
                by=request.user,
                rincian=form.get_rincian(),
            )
        except AlurError as error:
            form.refuse(str(error))
        else:
            messages.success(request, "Tautan ditambahkan. Isinya tidak tersimpan di sini.")
            return redirect(tujuan.kartu)
    return _render_add(request, tujuan, 422, form_tautan=form)


@require_POST
@role_required(*PENGISI)
def bukti_link(request, pk, kode):
    """Evidence that the unit has, under this question too."""
    tujuan = get_tujuan(request, pk, kode)
    pilihan = request.POST.get("bukti", "")
    if not pilihan.isdecimal() or len(pilihan) > 18:
        return _render_add(request, tujuan, 422, pesan="Pilih bukti lebih dulu.")
    bukti = get_object_or_404(BuktiDukung.objects.visible_to(request.user), pk=pilihan)
    revisi = None
    if request.POST.get("revisi", "").isdecimal():
        revisi = get_object_or_404(bukti.revisibukti_set, pk=request.POST["revisi"][:18])
    try:
        tujuan.refuse()
        langkah.link_bukti(tujuan.penilaian, kode, bukti, revisi=revisi, by=request.user)
    except AlurError as error:
        return _render_add(request, tujuan, 422, pesan=str(error))
    messages.success(request, f"“{bukti.nama}” dipakai juga pada nomor {tujuan.pertanyaan.urutan}.")
    return redirect(tujuan.kartu)


# --- changing -------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def bukti_edit(request, pk, pakai):
    """Period, page and document of one use."""
    tujuan, pemakaian = get_pemakaian(request, pk, pakai)
    form = RincianForm(
        read_post(request),
        daftar_dokumen=list_dokumen(tujuan, pemakaian),
        initial={
            "dokumen": pemakaian.dokumen_id or "",
            "periode_dari": pemakaian.periode_dari,
            "periode_sampai": pemakaian.periode_sampai,
            "halaman": pemakaian.halaman,
        },
    )

    def save(**isi):
        tujuan.refuse()
        langkah.edit_pemakaian(pemakaian, form.get_rincian(), by=request.user)

    return run_step(
        request,
        "penilaian/bukti_edit.html",
        form,
        save,
        lambda hasil: redirect(tujuan.kartu),
        berhasil="Rincian bukti disimpan.",
        pemakaian=pemakaian,
        tombol="Simpan rincian",
        **tujuan.to_konteks(),
    )


def list_dokumen(tujuan: Tujuan, pemakaian: PemakaianBukti):
    """Documents asked for, and the one that this use is though nobody asks for it any more."""
    daftar = list(tujuan.daftar_dokumen)
    if pemakaian.dokumen_id and all(satu.pk != pemakaian.dokumen_id for satu in daftar):
        daftar.append(pemakaian.dokumen)
    return daftar


@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def bukti_unlink(request, pk, pakai):
    tujuan, pemakaian = get_pemakaian(request, pk, pakai)
    konteks = {"pemakaian": pemakaian} | tujuan.to_konteks()
    if request.method == "POST":
        try:
            tujuan.refuse()
            langkah.unlink(pemakaian, by=request.user)
        except AlurError as error:
            return render(
                request, "penilaian/bukti_unlink.html", konteks | {"pesan": str(error)}, status=422
            )
        messages.success(
            request,
            f"“{pemakaian.bukti.nama}” dilepas dari nomor {tujuan.pertanyaan.urutan}. Buktinya tetap "
            "ada di daftar bukti.",
        )
        return redirect(tujuan.kartu)
    return render(request, "penilaian/bukti_unlink.html", konteks)


@csrf_exempt
@require_http_methods(["GET", "POST"])
@role_required(*PENGISI)
def bukti_revise(request, pk, pakai):
    """A newer file for evidence, and which uses show it from now on."""
    tujuan, pemakaian = get_pemakaian(request, pk, pakai)
    if request.method == "GET":
        return _render_revise(request, tujuan, pemakaian)
    if tujuan.alasan:
        return _render_revise(request, tujuan, pemakaian, tujuan.alasan)
    return takes_berkas(_revise)(request, tujuan, pemakaian)


def _revise(request, tujuan, pemakaian):
    berkas = request.FILES.get("berkas")
    if berkas is None:
        return _render_revise(request, tujuan, pemakaian, "Pilih berkas lebih dulu.")
    izin = get_izin(request.user, tujuan.penilaian)
    diminta = set(request.POST.getlist("ikut"))
    ikut = {
        satu.pk
        for satu, area in _list_pakai(tujuan, pemakaian)
        if izin.can_fill(area) and str(satu.pk) in diminta
    }
    try:
        revisi = langkah.add_revisi(pemakaian, berkas, berkas.name, by=request.user, ikut=ikut)
    except AlurError as error:
        return _render_revise(request, tujuan, pemakaian, str(error))
    messages.success(
        request, f"Revisi {revisi.nomor} “{revisi.nama_berkas}” tersimpan. Yang lama tetap ada."
    )
    return redirect(tujuan.kartu)


def _render_revise(request, tujuan, pemakaian, pesan=""):
    izin = get_izin(request.user, tujuan.penilaian)
    daftar = [
        (satu, tujuan.terpakai.kode_dari[satu.pertanyaan_id], izin.can_fill(area))
        for satu, area in _list_pakai(tujuan, pemakaian)
        if satu.pk != pemakaian.pk
    ]
    return render(
        request,
        "penilaian/bukti_revise.html",
        {
            "pemakaian": pemakaian,
            "pesan": pesan or tujuan.alasan,
            "daftar_pakai": [
                (satu, tujuan.terpakai.isi.pertanyaan[kode], boleh) for satu, kode, boleh in daftar
            ],
        }
        | tujuan.to_konteks(),
        status=422 if pesan else 200,
    )


def _list_pakai(tujuan, pemakaian) -> list[tuple[PemakaianBukti, str]]:
    """Uses of the same evidence in the assessment, with the area of each."""
    isi, kode_dari = tujuan.terpakai.isi, tujuan.terpakai.kode_dari
    daftar = PemakaianBukti.objects.filter(
        penilaian=tujuan.penilaian, bukti=pemakaian.bukti_id
    ).select_related("revisi")
    urut = sorted(daftar, key=lambda satu: isi.pertanyaan[kode_dari[satu.pertanyaan_id]].urutan)
    return [(satu, isi.pertanyaan[kode_dari[satu.pertanyaan_id]].area) for satu in urut]
