"""What every step on a predicate shares: locks, the last change, the history's words."""

from integritas.alur import AlurError
from integritas.teks import format_tanggal
from penilaian.models import PerubahanPredikat
from satker.models import SatuanKerja


def lock_satker(satker) -> SatuanKerja:
    return SatuanKerja.objects.select_for_update(of=("self",)).get(pk=satker.pk)


def lock_many(daftar_satker_id) -> dict[int, SatuanKerja]:
    """The units by key, locked in the order of their codes."""
    kunci = set(daftar_satker_id)
    return {
        satker.pk: satker
        for satker in SatuanKerja.objects.select_for_update(of=("self",))
        .filter(pk__in=kunci)
        .order_by("kode")
    }


def refuse_closed(predikat) -> None:
    if predikat.dibatalkan_pada is not None:
        raise AlurError("Catatan predikat ini sudah dibatalkan.")
    if predikat.berlaku_sampai is not None:
        raise AlurError(
            f"Predikat ini sudah tidak berlaku sejak {format_tanggal(predikat.berlaku_sampai)}."
        )


def get_last(predikat) -> PerubahanPredikat:
    terakhir = (
        PerubahanPredikat.objects.valid()
        .filter(predikat=predikat)
        .order_by("-tanggal", "-pk")
        .first()
    )
    assert terakhir is not None, "a predicate begins with its grant"
    return terakhir


def add_perubahan(
    predikat,
    jenis,
    tanggal,
    *,
    by,
    sumber,
    nomor_surat="",
    tanggal_surat=None,
    keterangan="",
    pindaian=None,
    kelanjutan=None,
) -> PerubahanPredikat:
    return PerubahanPredikat.objects.create(
        predikat=predikat,
        jenis=jenis,
        tanggal=tanggal,
        nomor_surat=nomor_surat,
        tanggal_surat=tanggal_surat,
        keterangan=keterangan,
        sumber=sumber,
        pindaian=pindaian,
        nama_pindaian=pindaian.name[-150:] if pindaian else "",
        dicatat_oleh=by,
        kelanjutan=kelanjutan,
    )


def describe(predikat) -> dict:
    """What the history keeps of a predicate."""
    return {
        "jenis": predikat.jenis,
        "dasar": predikat.dasar,
        "nomor_sk": predikat.nomor_sk,
        "tanggal_sk": predikat.tanggal_sk,
        "tahun": predikat.tahun,
        "disebut_pada": predikat.disebut_pada,
        "berlaku_dari": predikat.berlaku_dari,
        "sumber": predikat.sumber,
    }
