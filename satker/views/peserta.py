"""People expected at an event: those of the reader's own units, by name."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integritas.alur import AlurError
from integritas.formulir import read_post
from satker.access import has_role, role_required
from satker.alur import peserta as alur
from satker.forms.upacara import PesertaForm
from satker.halaman_upacara import list_satker
from satker.izin_upacara import PENYIAP
from satker.models import Personel, Peserta, SatuanKerja, Upacara
from satker.personel import PEMBACA
from satker.views.putaran_susun import LANGKAH, is_kunci
from satker.views.upacara import get_upacara

UKURAN_HALAMAN = 50


def _get_upacara(request, kode) -> Upacara:
    """Anybody of a participating unit sends the own people, not only who runs the event."""
    return get_upacara(Upacara.objects.visible_to(request.user), kode)


def _list_terlihat(request, upacara):
    """People of units within reach: a guest's people are named to the guest only."""
    terlihat = SatuanKerja.objects.visible_to(request.user)
    return Peserta.objects.filter(
        upacara=upacara, personel__isnull=False, satker__in=terlihat
    ).select_related("personel")


@require_safe
@never_cache
@role_required(*PEMBACA)
def peserta_list(request, kode):
    upacara = _get_upacara(request, kode)
    daftar_satker = list_satker(upacara)
    nama = {satu.satker_id: satu.nama for satu in daftar_satker}
    pilih = request.GET.get("satker", "")
    daftar = _list_terlihat(request, upacara).order_by("satker", "personel__kunci", "pk")
    if pilih.isdecimal() and int(pilih) in nama:
        daftar = daftar.filter(satker=int(pilih))
    page = Paginator(daftar, UKURAN_HALAMAN).get_page(request.GET.get("page"))
    for satu in page:
        satu.nama_satker = nama.get(satu.satker_id, "")
    konteks = {
        "upacara": upacara,
        "page": page,
        "pilih": pilih,
        "daftar_satker": [(str(satu.satker_id), satu.nama) for satu in daftar_satker],
        "can_add": upacara.is_preparable and has_role(request.user, *PENYIAP),
    }
    return render(request, "satker/peserta_list.html", konteks)


def _list_pilihan(request, upacara) -> list[tuple[int, str]]:
    """Participating units whose people this person sends."""
    terlihat = set(
        SatuanKerja.objects.visible_to(request.user)
        .filter(pesertasatker__upacara=upacara)
        .values_list("pk", flat=True)
    )
    return [
        (satu.satker_id, satu.nama) for satu in list_satker(upacara) if satu.satker_id in terlihat
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENYIAP)
def peserta_add(request, kode):
    """Whole rosters, or some kinds of staff; run again it adds only who is new."""
    upacara = _get_upacara(request, kode)
    form = PesertaForm(read_post(request), pilihan_satker=_list_pilihan(request, upacara))

    def tell(jumlah):
        if jumlah:
            messages.success(request, f"{jumlah} orang ditambahkan.")
        else:
            messages.info(request, "Semua orang itu sudah ada dalam daftar.")
        return redirect("peserta_list", kode)

    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            jumlah = alur.add_personel(
                upacara, data["satker"], daftar_jenis=data["daftar_jenis"], by=request.user
            )
        except AlurError as error:
            form.refuse(str(error))
        else:
            return tell(jumlah)
    konteks = {
        "form": form,
        "upacara": upacara,
        "judul": "Ambil dari daftar personel",
        "lede": "Semua orang yang ada dalam daftar personel satker pada tanggal upacara.",
        "tombol": "Tambahkan orang",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, LANGKAH, konteks, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENYIAP)
def peserta_find(request, kode):
    """Somebody of a roster, found by name and added alone."""
    upacara = _get_upacara(request, kode)
    terlihat = (
        Personel.objects.visible_to(request.user)
        .at(upacara.tanggal)
        .filter(satker__pesertasatker__upacara=upacara, dihapus_pada__isnull=True)
    )
    q = request.GET.get("q", "").strip()[:100]
    if request.method == "POST":
        orang = request.POST.get("personel", "")
        personel = get_object_or_404(terlihat, pk=int(orang) if is_kunci(orang) else 0)
        try:
            alur.add_satu(upacara, personel, by=request.user)
        except AlurError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{personel.nama} ditambahkan.")
        return redirect("peserta_list", kode)
    ada = Peserta.objects.filter(upacara=upacara, personel__isnull=False).values("personel")
    daftar = terlihat.exclude(pk__in=ada).filter(nama__icontains=q).order_by("kunci", "pk")
    konteks = {"upacara": upacara, "q": q, "daftar": daftar[:30] if len(q) > 1 else []}
    return render(request, "satker/peserta_find.html", konteks)


@require_POST
@role_required(*PENYIAP)
def peserta_remove(request, kode, pk):
    upacara = _get_upacara(request, kode)
    peserta = get_object_or_404(_list_terlihat(request, upacara), pk=pk)
    try:
        alur.remove(peserta, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{peserta.personel.nama} dikeluarkan dari daftar.")
    return redirect("peserta_list", kode)
