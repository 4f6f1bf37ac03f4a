"""Steps in the life of a predicate, each one form: fetch, ask, call alur, answer."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integritas import langkah
from integritas.formulir import read_post
from penilaian import alur
from penilaian.forms.predikat import (
    AlasanForm,
    CabutForm,
    CatatForm,
    KonfirmasiForm,
    LaporanForm,
    LengkapiForm,
    PenetapanForm,
    PerubahanForm,
    TanpaForm,
    detect_pindaian,
)
from penilaian.models import PernyataanTanpa, PerubahanPredikat, Predikat
from satker.access import role_required
from satker.alur import get_posisi
from satker.models import KantorWilayah, KedudukanSatker, Peran, SatuanKerja

PENCATAT = (Peran.ADMIN, Peran.TPI)
JENIS_PINDAIAN = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


def _get_satker(request, kode):
    return get_object_or_404(SatuanKerja.objects.visible_to(request.user), kode=kode)


def _get_predikat(request, pk):
    satker = SatuanKerja.objects.visible_to(request.user)
    return get_object_or_404(Predikat.objects.select_related("satker"), pk=pk, satker__in=satker)


def get_nama(satker) -> str:
    """What the unit is called now, or was called last."""
    posisi = get_posisi(satker, timezone.localdate())
    if posisi is None:
        posisi = KedudukanSatker.objects.filter(satker=satker).order_by("-pk").first()
    return posisi.nama if posisi else satker.kode


def run_step(request, form, satker, judul, tombol, call, *, berhasil, tujuan=None, **konteks):
    """A step about one unit; it goes on to the unit's page unless told otherwise."""
    return langkah.run_step(
        request,
        "penilaian/langkah.html",
        form,
        call,
        lambda hasil: redirect(tujuan) if tujuan else redirect("satker_detail", satker.kode),
        berhasil=berhasil,
        list_peringatan=lambda hasil: (
            alur.list_peringatan(hasil) if isinstance(hasil, Predikat) else []
        ),
        satker=satker,
        nama=get_nama(satker),
        judul=judul,
        tombol=tombol,
        **konteks,
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENCATAT)
def predikat_grant(request, kode):
    satker = _get_satker(request, kode)
    form = CatatForm(read_post(request), request.FILES or None)
    return run_step(
        request,
        form,
        satker,
        "Catat predikat",
        "Simpan predikat",
        lambda jenis, **isi: alur.grant(satker, jenis, by=request.user, **isi),
        berhasil="Predikat dicatat.",
    )


@require_http_methods(["GET", "POST"])
@role_required(Peran.TIM_KANWIL)
def predikat_propose(request, kode):
    satker = _get_satker(request, kode)
    return run_step(
        request,
        PenetapanForm(read_post(request)),
        satker,
        "Usulkan catatan predikat",
        "Kirim usulan",
        lambda **isi: alur.propose(satker, isi, by=request.user),
        berhasil="Usulan dikirim ke admin dan Tim Penilai Internal.",
        keterangan="Kanwil mengusulkan; admin atau Tim Penilai Internal yang mencatat.",
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENCATAT)
def predikat_attest(request, kode):
    satker = _get_satker(request, kode)
    return run_step(
        request,
        TanpaForm(read_post(request)),
        satker,
        "Catat pernyataan tanpa predikat",
        "Simpan pernyataan",
        lambda **isi: alur.attest_tanpa(satker, by=request.user, **isi),
        berhasil="Pernyataan dicatat.",
        keterangan="Hanya bila ada sumber yang menyebutnya. Tidak ada kabar bukan tanpa predikat.",
    )


# Address of a change: title, button, step, sentence.
PERUBAHAN = {
    "klarifikasi": (
        "Buka klarifikasi",
        "Buka klarifikasi",
        alur.open_klarifikasi,
        "Klarifikasi dibuka. Predikat tetap berlaku.",
    ),
    "selesai-klarifikasi": (
        "Catat klarifikasi selesai",
        "Simpan",
        alur.close_klarifikasi,
        "Klarifikasi dicatat selesai.",
    ),
    "cabut": ("Cabut predikat", "Cabut predikat", alur.revoke, "Predikat dicabut."),
    "akhiri": ("Catat predikat berakhir", "Simpan", alur.end, "Predikat dicatat berakhir."),
}


@require_http_methods(["GET", "POST"])
@role_required(*PENCATAT)
def predikat_change(request, pk, perubahan):
    predikat = _get_predikat(request, pk)
    if perubahan not in PERUBAHAN:
        raise Http404
    judul, tombol, step, berhasil = PERUBAHAN[perubahan]
    data, files = read_post(request), request.FILES or None
    if perubahan == "cabut":
        form = CabutForm(data, files, nama_satker=get_nama(predikat.satker))
    else:
        form = PerubahanForm(data, files)

    def call(nama="", **isi):
        return step(predikat, by=request.user, **isi)

    return run_step(
        request,
        form,
        predikat.satker,
        f"{judul} {predikat.jenis}",
        tombol,
        call,
        berhasil=berhasil,
        bahaya=perubahan == "cabut",
        keterangan="Satker tidak bisa diusulkan lagi selama dua tahun sejak pencabutan."
        if perubahan == "cabut"
        else "",
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENCATAT)
def predikat_complete(request, pk):
    predikat = _get_predikat(request, pk)
    return run_step(
        request,
        LengkapiForm(read_post(request)),
        predikat.satker,
        f"Lengkapi {predikat.jenis} dengan SK",
        "Simpan",
        lambda **isi: alur.complete(predikat, by=request.user, **isi),
        berhasil="Predikat dilengkapi.",
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENCATAT)
def predikat_cancel(request, pk):
    predikat = _get_predikat(request, pk)
    return run_step(
        request,
        AlasanForm(read_post(request)),
        predikat.satker,
        f"Batalkan catatan {predikat.jenis}",
        "Batalkan catatan",
        lambda alasan: alur.cancel(predikat, by=request.user, alasan=alasan),
        berhasil="Catatan dibatalkan. Ia tetap terlihat di riwayat.",
        bahaya=True,
        keterangan="Untuk catatan yang keliru. Ini bukan pencabutan dan tidak menimbulkan larangan.",
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENCATAT)
def perubahan_cancel(request, pk):
    satker = SatuanKerja.objects.visible_to(request.user)
    perubahan = get_object_or_404(
        PerubahanPredikat.objects.select_related("predikat__satker"),
        pk=pk,
        predikat__satker__in=satker,
    )
    return run_step(
        request,
        AlasanForm(read_post(request)),
        perubahan.predikat.satker,
        f"Batalkan perubahan: {perubahan.get_jenis_display().lower()}",
        "Batalkan perubahan",
        lambda alasan: alur.cancel_perubahan(perubahan, by=request.user, alasan=alasan),
        berhasil="Perubahan dibatalkan.",
        bahaya=True,
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENCATAT)
def pernyataan_cancel(request, pk):
    satker = SatuanKerja.objects.visible_to(request.user)
    pernyataan = get_object_or_404(
        PernyataanTanpa.objects.select_related("satker"), pk=pk, satker__in=satker
    )
    return run_step(
        request,
        AlasanForm(read_post(request)),
        pernyataan.satker,
        "Batalkan pernyataan tanpa predikat",
        "Batalkan pernyataan",
        lambda alasan: alur.cancel_pernyataan(pernyataan, by=request.user, alasan=alasan),
        berhasil="Pernyataan dibatalkan.",
        bahaya=True,
    )


@require_http_methods(["GET", "POST"])
@role_required(*PENCATAT)
def laporan_record(request, pk):
    predikat = _get_predikat(request, pk)
    return run_step(
        request,
        LaporanForm(read_post(request)),
        predikat.satker,
        f"Catat laporan pemantauan {predikat.jenis}",
        "Simpan laporan",
        lambda **isi: alur.record_laporan(predikat, by=request.user, **isi),
        berhasil="Laporan dicatat.",
    )


@require_http_methods(["GET", "POST"])
@role_required(Peran.ADMIN, Peran.TIM_KANWIL)
def kanwil_confirm(request, kode):
    satker = _get_satker(request, kode)
    kanwil = get_object_or_404(KantorWilayah.objects.select_related("satker"), satker=satker)
    return run_step(
        request,
        KonfirmasiForm(read_post(request)),
        satker,
        "Konfirmasi data Kanwil",
        "Konfirmasi",
        lambda **isi: alur.confirm_data(kanwil, by=request.user, **isi),
        berhasil="Data dikonfirmasi.",
        tujuan=redirect("kanwil_detail", kode).url,
        keterangan="Anda menyatakan daftar satker dan predikatnya benar sampai tanggal itu.",
    )


@require_safe
@role_required(*Peran)
def pindaian_download(request, pk):
    """A scan leaves only to people who see the unit's working rows."""
    satker = SatuanKerja.objects.visible_to(request.user)
    perubahan = get_object_or_404(
        PerubahanPredikat.objects.exclude(pindaian__isnull=True).exclude(pindaian=""),
        pk=pk,
        predikat__satker__in=satker,
    )
    berkas = perubahan.pindaian.open("rb")
    jenis = JENIS_PINDAIAN[detect_pindaian(berkas.read(16))]
    berkas.seek(0)
    respons = FileResponse(
        berkas, as_attachment=True, filename=perubahan.nama_pindaian, content_type=jenis
    )
    respons["X-Content-Type-Options"] = "nosniff"
    respons["Cache-Control"] = "private, no-store"
    return respons
