"""Taking the Kanwil's indicators down into a unit's draft."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from satker import perjanjian as baca
from satker.alur.janji.dasar import lock_draf
from satker.alur.janji.draf import MAKS_INDIKATOR, MAKS_SASARAN, write_isi
from satker.janji import Isi, IsiIndikator, IsiSasaran, fold
from satker.models import IndikatorKinerja, PerjanjianKinerja, Riwayat, SatuanKerja


def get_induk(satker_id: int, tahun: int) -> PerjanjianKinerja | None:
    """The agreement in force of the Kanwil above, for the same year."""
    return find_induk(baca.get_atasan(satker_id, timezone.localdate()), tahun)


def find_induk(atasan: SatuanKerja | None, tahun: int) -> PerjanjianKinerja | None:
    if atasan is None:
        return None
    return (
        PerjanjianKinerja.objects.current()
        .filter(satker=atasan, tahun=tahun)
        .select_related("satker")
        .first()
    )


@transaction.atomic
def cascade(perjanjian, daftar_pk: Iterable[int], *, by) -> int:
    """Copy these indicators of the Kanwil's agreement into the draft, under a goal of the same
    name; how many were new. Targets may be changed afterwards, the link stays."""
    perjanjian = lock_draf(perjanjian)
    induk = get_induk(perjanjian.satker_id, perjanjian.tahun)
    if induk is None:
        raise AlurError(f"Kanwil belum punya perjanjian kinerja {perjanjian.tahun} yang berlaku.")
    pilihan = set(daftar_pk)
    if not pilihan:
        raise AlurError("Pilih indikator yang diturunkan lebih dulu.")
    milik = list(IndikatorKinerja.objects.filter(sasaran__perjanjian=perjanjian))
    sudah = {satu.turunan_dari_id for satu in milik}
    rantai = baca.read_rantai(induk.satker_id, induk.tahun)
    asal = {satu.pk: satu for satu in milik}
    isi = baca.read_isi(perjanjian)
    daftar = list(isi.daftar_sasaran)
    baru = 0
    for sumber in baca.read_sasaran(induk):
        for satu in sumber.daftar_indikator:
            if satu.pk not in pilihan or sudah & set(rantai.list_leluhur(satu.pk)):
                continue
            # Negative keys stand for rows that are not there yet.
            asal[-satu.pk] = IndikatorKinerja(turunan_dari_id=satu.pk)
            _append(daftar, sumber.nama, replace(baca.build_indikator(satu), id=-satu.pk))
            baru += 1
    if not baru:
        raise AlurError("Indikator yang dipilih sudah ada dalam draf ini.")
    hasil = Isi(tuple(daftar), isi.daftar_kegiatan)
    _refuse_many(hasil)
    write_isi(perjanjian, hasil, asal)
    perjanjian.turunan_dari = induk
    perjanjian.save(update_fields=["turunan_dari"])
    Riwayat.record(
        perjanjian.satker,
        "indikator Kanwil diturunkan",
        by=by,
        objek=perjanjian.objek,
        sesudah={"jumlah_indikator": baru, "dari": induk.objek},
    )
    return baru


def _append(daftar: list[IsiSasaran], nama: str, indikator: IsiIndikator) -> None:
    """Under the first goal of that name, or under a new one at the end."""
    for nomor, satu in enumerate(daftar):
        if fold(satu.nama) == fold(nama):
            daftar[nomor] = replace(satu, daftar_indikator=(*satu.daftar_indikator, indikator))
            return
    daftar.append(IsiSasaran(nama, (indikator,)))


def _refuse_many(isi: Isi) -> None:
    if len(isi.daftar_sasaran) > MAKS_SASARAN:
        raise AlurError(f"Sasaran paling banyak {MAKS_SASARAN}.")
    for satu in isi.daftar_sasaran:
        if len(satu.daftar_indikator) > MAKS_INDIKATOR:
            raise AlurError(f"Indikator satu sasaran paling banyak {MAKS_INDIKATOR}.")
