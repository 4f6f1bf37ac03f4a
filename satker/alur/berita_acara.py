"""Minutes of a closed event: versions that stay as they were, and their publication."""

import io
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from integritas.alur import AlurError
from integritas.berkas.masuk import Masuk, ensure_berkas
from integritas.berkas.simpan import store_berkas
from satker.alur.naskah_upacara import lock_upacara
from satker.laporan.isi_upacara import build_isi, build_ringkasan
from satker.laporan.upacara import print_berita, print_hadir
from satker.models import BeritaAcara, Riwayat, Upacara
from satker.tasks_naskah import announce_penutupan


@transaction.atomic
def renew(upacara, *, by) -> BeritaAcara:
    """One more version, since signatures have come or something was corrected; older ones stay."""
    upacara = lock_upacara(upacara)
    if upacara.status != Upacara.Status.DITUTUP:
        raise AlurError("Berita acara dibuat sesudah upacara ditutup.")
    isi = build_isi(upacara)
    akhir = BeritaAcara.objects.filter(upacara=upacara).order_by("-versi").first()
    if akhir is not None and akhir.ringkasan.get("sidik_isi") == build_ringkasan(isi)["sidik_isi"]:
        raise AlurError(f"Tidak ada yang berubah sejak berita acara versi {akhir.versi}.")
    return write(upacara, by=by, isi=isi, versi=akhir.versi + 1 if akhir else 1)


def write(upacara: Upacara, *, by, isi: dict | None = None, versi: int = 1) -> BeritaAcara:
    """Set both papers and keep them; the event is locked by the caller."""
    isi = build_isi(upacara) if isi is None else isi
    kode, dibuat = secrets.token_urlsafe(12), timezone.now()
    alamat = settings.INTEGRITAS_ALAMAT + reverse("berita_acara_periksa", args=[kode])
    berita = BeritaAcara.objects.create(
        upacara=upacara,
        versi=versi,
        kode_periksa=kode,
        berita_id=_keep(print_berita(isi, versi=versi, alamat=alamat, dibuat=dibuat)),
        daftar_hadir_id=_keep(print_hadir(isi, versi=versi, alamat=alamat, dibuat=dibuat)),
        ringkasan=build_ringkasan(isi),
        dibuat_pada=dibuat,
        dibuat_oleh=by,
    )
    Riwayat.record(
        upacara.tuan_rumah,
        "berita acara dibuat",
        by=by,
        objek=upacara.objek,
        sesudah={
            "upacara": upacara.kode,
            "versi": versi,
            "sha256": berita.berita.sha256,
            "sha256_daftar_hadir": berita.daftar_hadir.sha256,
        },
    )
    announce_penutupan.delay_on_commit(upacara.pk)
    return berita


def _keep(pdf: bytes) -> int:
    """Our own paper, so neither checked nor scanned."""
    sha256, ukuran = store_berkas(io.BytesIO(pdf))
    return ensure_berkas(Masuk(sha256, ukuran, "pdf", "application/pdf", ""))


@transaction.atomic
def publish(berita: BeritaAcara, *, by) -> BeritaAcara:
    """Make the minutes public; the attendance list never is."""
    upacara = lock_upacara(berita.upacara)
    berita = BeritaAcara.objects.select_for_update(of=("self",)).get(pk=berita.pk)
    if berita.diterbitkan_pada is not None:
        raise AlurError(f"Berita acara versi {berita.versi} sudah terbit.")
    if BeritaAcara.objects.filter(upacara=upacara, versi__gt=berita.versi).exists():
        raise AlurError("Sudah ada versi yang lebih baru. Terbitkan yang itu.")
    berita.diterbitkan_pada = timezone.now()
    berita.save(update_fields=["diterbitkan_pada"])
    Riwayat.record(
        upacara.tuan_rumah,
        "berita acara terbit",
        by=by,
        objek=upacara.objek,
        sesudah={"upacara": upacara.kode, "versi": berita.versi},
    )
    return berita
