"""Which other units the notes of an assessment name, held against the register."""

from collections.abc import Mapping

from django.db.models import Q

from penilaian.xray.sebutan import Unit, find_sebutan, is_lain
from satker.models import KedudukanSatker, SatuanKerja


def read_sebutan(
    satker: SatuanKerja, catatan: Mapping[str, str]
) -> tuple[dict[str, list[str]], str]:
    """By question code the names of other units as they were written, and what the unit itself is
    called. One query where a note may name a unit at all, none else."""
    daftar = {kode: sebutan for kode, teks in catatan.items() if (sebutan := find_sebutan(teks))}
    if not daftar:
        return {}, ""
    syarat = Q(satker=satker)
    for jenis, kata in {(s.jenis, s.tempat[0]) for sebutan in daftar.values() for s in sebutan}:
        syarat |= Q(cari__contains=f" {jenis} ") & Q(cari__contains=f" {kata} ")
    # An invented unit is no office that a real one could have copied from, nor the reverse.
    posisi = list(
        KedudukanSatker.objects.filter(syarat, satker__contoh=satker.contoh)
        .order_by("pk")
        .values_list("satker", "nama", "cari", "kanwil__satker")
    )
    sendiri = [satu for satu in posisi if satu[0] == satker.pk]
    milik = {satker.pk, *(kanwil for *_, kanwil in sendiri)}
    daftar_unit = [Unit(cari, pemilik in milik) for pemilik, _, cari, _ in posisi]
    lain = {
        kode: [satu.teks for satu in sebutan if is_lain(satu, daftar_unit)]
        for kode, sebutan in daftar.items()
    }
    return {kode: teks for kode, teks in lain.items() if teks}, sendiri[-1][1] if sendiri else ""
