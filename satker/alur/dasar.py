"""What every step on an office shares: locks, positions, the history's words."""

import datetime

from django.utils import timezone

from integritas.alur import AlurError
from integritas.teks import format_tanggal
from satker.models import (
    KedudukanSatker,
    KelasSatker,
    SatuanKerja,
)

# A change may be entered ahead of its day, but not for a distant year (a slip of the keyboard).
PALING_JAUH = datetime.timedelta(days=366)


def lock(*daftar_satker) -> dict[int, SatuanKerja]:
    """The units, locked in the order of their codes."""
    kunci = sorted({satker.kode for satker in daftar_satker})
    return {
        satker.pk: satker
        for satker in SatuanKerja.objects.select_for_update(of=("self",))
        .filter(kode__in=kunci)
        .order_by("kode")
    }


def refuse_distant(mulai: datetime.date) -> None:
    if mulai > timezone.localdate() + PALING_JAUH:
        raise AlurError(f"Berlaku mulai {format_tanggal(mulai)} terlalu jauh di depan.")


def get_posisi(satker, pada: datetime.date) -> KedudukanSatker | None:
    """Where a unit stood on a day, with its type and nodes."""
    return (
        KedudukanSatker.objects.at(pada)
        .filter(satker=satker)
        .select_related("satker", "jenis", "kanwil__satker", "instansi", "pembina")
        .first()
    )


def describe(posisi: KedudukanSatker) -> dict:
    """What the history keeps of a position."""
    return {
        "nama": posisi.nama,
        "jenis": posisi.jenis.kode,
        "kelas": posisi.kelas,
        "kanwil": posisi.kanwil.satker.kode if posisi.kanwil_id else None,
        "instansi": posisi.instansi.kode if posisi.instansi_id else None,
        "tempat": posisi.tempat,
        "zona_waktu": posisi.zona_waktu,
        "berlaku_dari": posisi.berlaku_dari,
        "berlaku_sampai": posisi.berlaku_sampai,
        "sumber": posisi.sumber,
    }


def get_last(satker, mulai: datetime.date) -> KedudukanSatker:
    """The open position that a change from `mulai` on would follow; refuse disorder."""
    refuse_distant(mulai)
    terakhir = (
        KedudukanSatker.objects.filter(satker=satker, berlaku_sampai__isnull=True)
        .select_related("satker", "jenis", "kanwil__satker", "instansi", "pembina")
        .first()
    )
    if terakhir is None:
        raise AlurError("Satker ini sudah ditutup.")
    if terakhir.berlaku_dari is not None and mulai <= terakhir.berlaku_dari:
        raise AlurError(
            f"Kedudukan sekarang baru berlaku mulai {format_tanggal(terakhir.berlaku_dari)}. "
            f"Pilih tanggal sesudahnya."
        )
    return terakhir


def refuse_unknown_kelas(jenis, kelas: str) -> None:
    """A class must be one that the type knows; no class at all is allowed (not known yet)."""
    if not kelas:
        return
    dikenal = list(
        KelasSatker.objects.filter(jenis=jenis).order_by("kelas").values_list("kelas", flat=True)
    )
    if kelas not in dikenal:
        pilihan = ", ".join(dikenal) if dikenal else "tanpa kelas"
        raise AlurError(f'Kelas "{kelas}" tidak dikenal bagi {jenis.singkatan}: {pilihan}.')
