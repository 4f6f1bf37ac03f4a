"""What the Perjanjian Kinerja proposes for the LKE: shown with its calculation, taken over by hand."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from integritas.alur import AlurError
from penilaian import lke
from penilaian.alur import usulan_kinerja as alur
from penilaian.alur.pengisian import KonflikError
from penilaian.izin import PEMBACA, PENGISI, explain_locked, get_izin
from penilaian.models import LAPIS_SATKER, AreaPenilaian, Jawaban
from penilaian.usulan_kinerja import read_usulan
from penilaian.versi import get_terpakai
from penilaian.views.lke import get_penilaian
from satker.access import role_required
from satker.capaian import DASAR


def _render(request, penilaian, *, galat="", status=200):
    terpakai = get_terpakai(penilaian.versi)
    usulan = read_usulan(penilaian)
    izin = get_izin(request.user, penilaian)
    kode = {satu.pertanyaan.kode: satu for satu in usulan.daftar}
    jawaban = {
        satu.pertanyaan_id: satu
        for satu in Jawaban.objects.filter(
            penilaian=penilaian,
            lapis=LAPIS_SATKER,
            pertanyaan__in=[terpakai.id_dari[satu] for satu in kode],
        )
    }
    area = {satu.area: satu for satu in AreaPenilaian.objects.filter(penilaian=penilaian)}
    daftar = []
    for satu in usulan.daftar:
        pertanyaan = satu.pertanyaan
        lama = jawaban.get(terpakai.id_dari[pertanyaan.kode])
        tertutup = izin.alasan or explain_locked(area[pertanyaan.area])
        if not tertutup and not izin.can_fill(pertanyaan.area):
            tertutup = f"Area {pertanyaan.area} bukan bagian Anda."
        daftar.append(
            {
                "usulan": satu,
                "pertanyaan": pertanyaan,
                "kini": lke.describe_jawab(lama.jawab, pertanyaan) if lama and lama.jawab else "",
                "versi_isi": lama.versi_isi if lama else 0,
                "tertutup": tertutup,
                "kembali": f"{reverse('area_detail', args=[penilaian.pk, pertanyaan.area])}"
                f"#q{pertanyaan.urutan}",
            }
        )
    konteks = {
        "penilaian": penilaian,
        "judul_lke": f"Usulan dari Perjanjian Kinerja {penilaian.tahun}",
        "keterangan_lke": "Usulan tidak mengubah apa pun sampai diambil dengan tombolnya.",
        "tab": "",
        "semua": usulan,
        "sidik": usulan.compute_sidik(),
        "daftar_usulan": daftar,
        "galat": galat,
        "dasar": DASAR,
        "tahun_lalu": penilaian.tahun - 1,
    }
    return render(request, "penilaian/kinerja_usulan.html", konteks, status=status)


@require_safe
@role_required(*PEMBACA)
def kinerja_usulan(request, pk):
    return _render(request, get_penilaian(request, pk))


@require_POST
@role_required(*PENGISI)
def kinerja_take(request, pk, kode):
    """Put the proposal in the place of the answer."""
    penilaian = get_penilaian(request, pk)
    pertanyaan = get_terpakai(penilaian.versi).isi.pertanyaan.get(kode)
    if pertanyaan is None:
        raise Http404
    izin = get_izin(request.user, penilaian)
    versi_isi = request.POST.get("versi_isi", "")
    try:
        if not izin.can_fill(pertanyaan.area):
            raise AlurError(izin.alasan or f"Area {pertanyaan.area} bukan bagian Anda.")
        if not versi_isi.isdecimal() or len(versi_isi) > 9:
            raise AlurError("Formulir tidak utuh. Muat ulang halaman ini.")
        alur.take(
            penilaian,
            kode,
            sidik=request.POST.get("sidik", ""),
            versi_isi=int(versi_isi),
            by=request.user,
        )
    except KonflikError as error:
        return _render(request, penilaian, galat=str(error), status=409)
    except AlurError as error:
        return _render(request, penilaian, galat=str(error), status=422)
    messages.success(
        request, f"Nomor {pertanyaan.urutan} diisi dari Perjanjian Kinerja {penilaian.tahun}."
    )
    return redirect(f"{reverse('area_detail', args=[pk, pertanyaan.area])}#q{pertanyaan.urutan}")
