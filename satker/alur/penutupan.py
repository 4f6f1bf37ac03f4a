"""Closing an event, and the round it belongs to. Lock, refuse, change, record, announce."""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.teks import format_saat, format_tanggal
from satker.alur import berita_acara, kehadiran, tindak_lanjut
from satker.alur.naskah_upacara import lock_upacara
from satker.models import BeritaAcara, Catatan, Peserta, Putaran, Riwayat, Upacara
from satker.pengingat import susun
from satker.waktu_upacara import get_hari_ini, say_saat

BELUM_DIBUKA = {Upacara.Status.RENCANA, Upacara.Status.TERJADWAL}
# A make-up date is near; one of another year is a slip of the keyboard.
SUSULAN_TERJAUH = datetime.timedelta(days=366)


@transaction.atomic
def close(upacara, *, by, susulan_sampai: datetime.date | None = None) -> BeritaAcara:
    """End the event: first minutes, follow-up dates of every unit that takes part, and whoever
    takes something from it is told. Who was away signs until `susulan_sampai`."""
    upacara = lock_upacara(upacara)
    _refuse(upacara)
    _refuse_susulan(upacara, susulan_sampai)
    upacara.status, upacara.ditutup_pada = Upacara.Status.DITUTUP, timezone.now()
    upacara.diubah_pada, upacara.susulan_sampai = upacara.ditutup_pada, susulan_sampai
    upacara.save(update_fields=["status", "ditutup_pada", "diubah_pada", "susulan_sampai"])
    kehadiran.fill_hadir(upacara.pk)
    isi = {"upacara": upacara.kode, "susulan_sampai": susulan_sampai}
    catatan = Catatan(upacara.tuan_rumah, "upacara ditutup", upacara.objek, {}, isi, "")
    tindak_lanjut.make(upacara, catatan, by=by)
    susun.refresh_objek("upacara", str(upacara.pk))
    return berita_acara.write(upacara, by=by)


@transaction.atomic
def set_susulan(upacara, *, by, susulan_sampai: datetime.date | None) -> Upacara:
    """Another make-up date, or none, of an event that is closed."""
    upacara = lock_upacara(upacara)
    if upacara.status != Upacara.Status.DITUTUP:
        raise AlurError("Tanggal susulan ditetapkan saat upacara ditutup.")
    if upacara.putaran is not None and upacara.putaran.ditutup_pada is not None:
        raise AlurError("Putaran sudah ditutup; tanda tangan susulan tidak diterima lagi.")
    _refuse_susulan(upacara, susulan_sampai)
    lama, upacara.susulan_sampai = upacara.susulan_sampai, susulan_sampai
    upacara.save(update_fields=["susulan_sampai"])
    Riwayat.record(
        upacara.tuan_rumah,
        "tanggal susulan diubah",
        by=by,
        objek=upacara.objek,
        sebelum={"susulan_sampai": lama},
        sesudah={"upacara": upacara.kode, "susulan_sampai": susulan_sampai},
    )
    return upacara


@transaction.atomic
def close_putaran(putaran, *, by) -> Putaran:
    """End a round: late signatures end with it."""
    putaran = (
        Putaran.objects.select_for_update(of=("self",))
        .select_related("kanwil__satker")
        .get(pk=putaran.pk)
    )
    if putaran.ditutup_pada is not None:
        raise AlurError(f"Putaran ini sudah ditutup {format_saat(putaran.ditutup_pada)}.")
    # Locked too, so that a signature on its way is either in or told.
    daftar = list(Upacara.objects.select_for_update().filter(putaran=putaran).order_by("pk"))
    if terbuka := [u for u in daftar if u.status in {*BELUM_DIBUKA, Upacara.Status.BERLANGSUNG}]:
        nama = "; ".join(f"{u.nama}, {format_tanggal(u.tanggal)}" for u in terbuka[:5])
        lagi = f" dan {len(terbuka) - 5} lagi" if len(terbuka) > 5 else ""
        raise AlurError(
            f"Masih ada {len(terbuka)} upacara yang belum ditutup atau dibatalkan: {nama}{lagi}."
        )
    if not daftar:
        raise AlurError("Putaran ini belum mempunyai upacara.")
    putaran.ditutup_pada, putaran.ditutup_oleh = timezone.now(), by
    putaran.save(update_fields=["ditutup_pada", "ditutup_oleh"])
    Riwayat.record(
        putaran.kanwil.satker,
        "putaran ditutup",
        by=by,
        objek=putaran.objek,
        sesudah={"putaran": putaran.kode},
    )
    return putaran


def _refuse(upacara: Upacara) -> None:
    if upacara.status == Upacara.Status.DITUTUP:
        assert upacara.ditutup_pada is not None, "upacara_ditutup_pada"
        saat = say_saat(upacara, upacara.ditutup_pada)
        raise AlurError(f"Upacara ini sudah ditutup {saat}.")
    if upacara.status in BELUM_DIBUKA:
        raise AlurError("Upacara ini belum pernah dibuka, jadi tidak dapat ditutup.")
    if upacara.status == Upacara.Status.DIBATALKAN:
        raise AlurError("Upacara ini dibatalkan, jadi tidak dapat ditutup.")
    if upacara.status == Upacara.Status.TERCATAT:
        raise AlurError("Upacara ini hanya tercatat dari sumber, jadi tidak ditutup di sini.")
    if not Peserta.objects.filter(upacara=upacara, hadir_pada__isnull=False).exists():
        raise AlurError(
            "Belum seorang pun tercatat hadir. Catat kehadiran dulu, atau batalkan upacaranya."
        )


def _refuse_susulan(upacara: Upacara, susulan_sampai: datetime.date | None) -> None:
    if susulan_sampai is None:
        return
    hari_ini = get_hari_ini(upacara)
    if susulan_sampai < hari_ini:
        raise AlurError(f"Tanggal susulan {format_tanggal(susulan_sampai)} sudah lewat.")
    if susulan_sampai > hari_ini + SUSULAN_TERJAUH:
        raise AlurError(f"Tanggal susulan {format_tanggal(susulan_sampai)} terlalu jauh di depan.")
