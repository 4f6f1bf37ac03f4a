"""What is prepared for an event: its acts in order and the documents it needs."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from integritas.alur import AlurError, require
from satker.alur.dasar_upacara import lock_editable, lock_preparable
from satker.models import Acara, DokumenUpacara, Riwayat


@transaction.atomic
def add_acara(upacara, *, jenis, by, keterangan="") -> Acara:
    """One more act, at the end."""
    upacara = lock_editable(upacara)
    akhir = Acara.objects.filter(upacara=upacara).aggregate(akhir=Max("urutan"))["akhir"] or 0
    acara = Acara.objects.create(
        upacara=upacara, jenis=jenis, urutan=akhir + 1, keterangan=keterangan.strip()
    )
    _record(upacara, "acara ditambah", by=by, sesudah={"acara": jenis.kode})
    return acara


@transaction.atomic
def remove_acara(acara, *, by) -> None:
    """An act is not held after all; those behind it move up."""
    upacara = lock_editable(acara.upacara)
    acara = _get_acara(acara)
    if upacara.status == upacara.Status.TERJADWAL and upacara.acara_set.count() == 1:
        raise AlurError("Upacara terjadwal harus punya sedikitnya satu acara.")
    jenis = acara.jenis.kode
    nomor = acara.urutan
    acara.delete()
    # One by one from the front: two acts never share a place, not even for a moment.
    for satu in Acara.objects.filter(upacara=upacara, urutan__gt=nomor).order_by("urutan"):
        Acara.objects.filter(pk=satu.pk).update(urutan=satu.urutan - 1)
    _record(upacara, "acara dihapus", by=by, sebelum={"acara": jenis})


@transaction.atomic
def move_acara(acara, *, naik: bool, by) -> None:
    """Change places with the act before it, or after it; at the end of the list nothing happens."""
    upacara = lock_editable(acara.upacara)
    acara = _get_acara(acara)
    lain = Acara.objects.filter(upacara=upacara)
    if naik:
        lain = lain.filter(urutan__lt=acara.urutan).order_by("-urutan")
    else:
        lain = lain.filter(urutan__gt=acara.urutan).order_by("urutan")
    if (tetangga := lain.first()) is None:
        return
    akhir = Acara.objects.filter(upacara=upacara).aggregate(akhir=Max("urutan"))["akhir"]
    Acara.objects.filter(pk=tetangga.pk).update(urutan=akhir + 1)
    Acara.objects.filter(pk=acara.pk).update(urutan=tetangga.urutan)
    Acara.objects.filter(pk=tetangga.pk).update(urutan=acara.urutan)
    urutan = Acara.objects.filter(upacara=upacara).order_by("urutan")
    _record(
        upacara,
        "acara diurutkan",
        by=by,
        sesudah={"acara": list(urutan.values_list("jenis__kode", flat=True))},
    )


def _get_acara(acara) -> Acara:
    acara = Acara.objects.filter(pk=acara.pk).select_related("jenis").first()
    if acara is None:
        raise AlurError("Acara itu sudah dihapus.")
    return acara


# --- documents ------------------------------------------------------------------------------------
@transaction.atomic
def add_dokumen(upacara, *, nama, by) -> DokumenUpacara:
    """Something else that has to be ready."""
    upacara = lock_preparable(upacara)
    nama = require(nama, "Nama dokumen")
    if DokumenUpacara.objects.filter(upacara=upacara, nama__iexact=nama).exists():
        raise AlurError(f"“{nama}” sudah ada dalam daftar.")
    dokumen = DokumenUpacara.objects.create(upacara=upacara, nama=nama)
    _record(upacara, "dokumen ditambah", by=by, sesudah={"dokumen": nama})
    return dokumen


@transaction.atomic
def mark_dokumen(dokumen, *, siap: bool, by) -> DokumenUpacara:
    """It is ready, or it is not after all. Twice is once."""
    upacara = lock_preparable(dokumen.upacara)
    dokumen = _get_dokumen(dokumen)
    if siap == (dokumen.siap_pada is not None):
        return dokumen
    dokumen.siap_pada, dokumen.siap_oleh = (timezone.now(), by) if siap else (None, None)
    dokumen.save(update_fields=["siap_pada", "siap_oleh"])
    kejadian = "dokumen siap" if siap else "dokumen belum siap"
    _record(upacara, kejadian, by=by, sesudah={"dokumen": dokumen.nama})
    return dokumen


@transaction.atomic
def remove_dokumen(dokumen, *, by) -> None:
    upacara = lock_preparable(dokumen.upacara)
    dokumen = _get_dokumen(dokumen)
    nama = dokumen.nama
    dokumen.delete()
    _record(upacara, "dokumen dihapus", by=by, sebelum={"dokumen": nama})


def _get_dokumen(dokumen) -> DokumenUpacara:
    dokumen = DokumenUpacara.objects.filter(pk=dokumen.pk).first()
    if dokumen is None:
        raise AlurError("Dokumen itu sudah dihapus dari daftar.")
    return dokumen


def _record(upacara, kejadian, *, by, sebelum=None, sesudah=None) -> None:
    Riwayat.record(
        upacara.tuan_rumah,
        kejadian,
        by=by,
        objek=upacara.objek,
        sebelum=sebelum,
        sesudah=sesudah,
    )
