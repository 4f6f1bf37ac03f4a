"""How a Kanwil makes, arranges, plans and publishes its round."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from integritas.alur import AlurError
from integritas.formulir import read_post
from integritas.langkah import run_step
from satker.access import role_required
from satker.alur import putaran as alur
from satker.alur import upacara as alur_upacara
from satker.forms.upacara import (
    GugusForm,
    PutaranForm,
    PutaranUbahForm,
    RencanaForm,
    UpacaraBaruForm,
    list_kanwil,
    list_pilihan_satker,
    name_satker,
)
from satker.izin_upacara import PENGURUS
from satker.models import Putaran, PutaranSatker, SatuanKerja
from satker.views.putaran import get_putaran

LANGKAH = "satker/upacara_langkah.html"


def _get_milik(request, kode) -> Putaran:
    return get_putaran(Putaran.objects.managed_by(request.user), kode)


def is_kunci(teks: str) -> bool:
    """A key as the database knows it."""
    return teks.isdecimal() and len(teks) < 19


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGURUS)
def putaran_create(request):
    form = PutaranForm(read_post(request), kanwil_set=list_kanwil(request.user))
    return run_step(
        request,
        LANGKAH,
        form,
        lambda **isi: alur.create(by=request.user, **isi),
        lambda putaran: redirect("putaran_satker", putaran.kode),
        berhasil="Putaran dibuat dengan semua satker Kanwil. Susun gugusnya.",
        judul="Putaran baru",
        lede="Satu putaran setahun: semua satker Kanwil, dibagi dalam gugus tempat dan tanggal.",
        tombol="Buat putaran",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGURUS)
def putaran_edit(request, kode):
    putaran = _get_milik(request, kode)
    awal = {"nama": putaran.nama, "lengkap": "ya" if putaran.lengkap else "tidak"}
    return run_step(
        request,
        LANGKAH,
        PutaranUbahForm(read_post(request), initial=awal),
        lambda **isi: alur.edit(putaran, by=request.user, **isi),
        lambda hasil: redirect("putaran_detail", kode),
        berhasil="Putaran diubah.",
        judul="Ubah putaran",
        tombol="Simpan perubahan",
        putaran=putaran,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGURUS)
def putaran_satker(request, kode):
    """Which units are in the round, and in which cluster."""
    putaran = _get_milik(request, kode)
    konteks: dict = {"putaran": putaran, "dipilih": set(), "gugus": "", "galat": ""}
    if request.method == "POST":
        dipilih = {int(satu) for satu in request.POST.getlist("satker") if is_kunci(satu)}
        gugus = request.POST.get("gugus", "")
        daftar = list(SatuanKerja.objects.filter(pk__in=dipilih))
        try:
            if request.POST.get("langkah") == "keluarkan":
                alur.remove_satker(putaran, daftar, by=request.user)
                pesan = f"{len(daftar)} satker dikeluarkan dari putaran."
            else:
                jumlah = alur.set_gugus(putaran, daftar, gugus, by=request.user)
                tujuan = f"gugus {gugus.strip()}" if gugus.strip() else "putaran, tanpa gugus"
                pesan = f"{jumlah} satker masuk {tujuan}."
        except AlurError as error:
            konteks |= {"galat": str(error), "dipilih": dipilih, "gugus": gugus}
        else:
            messages.success(request, pesan)
            return redirect("putaran_satker", kode)
    milik = dict(PutaranSatker.objects.filter(putaran=putaran).values_list("satker_id", "gugus"))
    pada = alur.get_hari_putaran(putaran.tahun)
    kelompok: dict[str, list] = {}
    for satker, nama in name_satker(milik, pada):
        kelompok.setdefault(milik[satker], []).append((satker, nama))
    kanwil = alur.list_satker_kanwil(putaran.kanwil, pada)
    konteks |= {
        "daftar_kelompok": sorted(kelompok.items()),
        "daftar_gugus": sorted(gugus for gugus in kelompok if gugus),
        "luar": list_pilihan_satker(kanwil.exclude(satker__in=milik)),
    }
    status = 422 if konteks["galat"] else 200
    return render(request, "satker/putaran_satker.html", konteks, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGURUS)
def putaran_upacara(request, kode):
    """One more event of the round."""
    putaran = _get_milik(request, kode)
    milik = dict(PutaranSatker.objects.filter(putaran=putaran).values_list("satker_id", "gugus"))
    gugus = request.GET.get("gugus", "")
    pilihan = name_satker(milik, alur.get_hari_putaran(putaran.tahun))
    awal = {
        "nama": f"{putaran.nama} {putaran.tahun}"[:200],
        "satker": [satu for satu, namanya in milik.items() if gugus and namanya == gugus],
    }
    form = UpacaraBaruForm(read_post(request), pilihan_satker=pilihan, initial=awal)
    return run_upacara_baru(request, form, putaran)


def run_upacara_baru(request, form, putaran=None):
    """The page of a new event, in a round or on its own."""
    return run_step(
        request,
        LANGKAH,
        form,
        lambda **isi: alur_upacara.create(
            isi["jadwal"],
            by=request.user,
            putaran=putaran,
            daftar_satker=isi["satker"],
            daftar_jenis=isi["daftar_jenis"],
        ),
        lambda upacara: redirect("upacara_detail", upacara.kode),
        berhasil="Upacara direncanakan. Jadwalkan bila tanggalnya sudah pasti.",
        judul="Upacara baru",
        tombol="Rencanakan upacara",
        putaran=putaran,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@role_required(*PENGURUS)
def putaran_plan(request, kode):
    """Place and time for every cluster that has no event yet, all at once."""
    putaran = _get_milik(request, kode)
    anggota = alur_upacara.list_belum(putaran)
    pilihan = name_satker(
        PutaranSatker.objects.filter(putaran=putaran).values_list("satker_id", flat=True),
        alur.get_hari_putaran(putaran.tahun),
    )
    data = read_post(request)
    form = RencanaForm(data, initial={"nama": f"{putaran.nama} {putaran.tahun}"[:150]})
    daftar_form = [
        GugusForm(
            data,
            prefix=f"g{nomor}",
            pilihan_satker=pilihan,
            gugus=gugus,
            jumlah=len(anggota[gugus]),
        )
        for nomor, gugus in enumerate(sorted(anggota))
    ]
    if request.method == "POST" and all([form.is_valid(), *(f.is_valid() for f in daftar_form)]):
        daftar = [
            (satu.gugus, _read_jadwal(form, satu)) for satu in daftar_form if satu.has_changed()
        ]
        try:
            baru = alur_upacara.plan(
                putaran, daftar, by=request.user, daftar_jenis=form.cleaned_data["daftar_jenis"]
            )
        except AlurError as error:
            form.refuse(str(error))
        else:
            messages.success(request, f"{len(baru)} upacara direncanakan.")
            return redirect("putaran_detail", kode)
    salah = form.errors or any(satu.errors for satu in daftar_form)
    konteks = {"putaran": putaran, "form": form, "daftar_form": daftar_form, "salah": salah}
    status = 422 if form.is_bound and salah else 200
    return render(request, "satker/putaran_plan.html", konteks, status=status)


def _read_jadwal(form, satu) -> alur_upacara.Jadwal:
    isi = dict(satu.cleaned_data)
    isi["tuan_rumah"] = SatuanKerja.objects.get(pk=isi["tuan_rumah"])
    return alur_upacara.Jadwal(nama=f"{form.cleaned_data['nama']}, {satu.gugus}"[:200], **isi)


@require_POST
@role_required(*PENGURUS)
def putaran_publish(request, kode):
    return _run_terbit(request, kode, alur.publish, "Papan putaran kini terbuka untuk umum.")


@require_POST
@role_required(*PENGURUS)
def putaran_unpublish(request, kode):
    return _run_terbit(
        request, kode, alur.unpublish, "Papan putaran tidak lagi terbuka untuk umum."
    )


def _run_terbit(request, kode, langkah, pesan):
    putaran = _get_milik(request, kode)
    try:
        langkah(putaran, by=request.user)
    except AlurError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, pesan)
    return redirect("putaran_detail", kode)
