"""The year of a reader's units: who may be opened, who is behind."""

import datetime

from django.db.models import Exists, F, OuterRef

from penilaian.hitung import with_masa
from penilaian.models import Penilaian
from satker.access import list_penugasan
from satker.models import KantorWilayah, KedudukanSatker, Peran, SatuanKerja


def reads_contoh(user, diminta: bool) -> bool:
    """Invented units are never shown among real ones: people whose own assignments all hang on
    invented nodes read those, anybody else on request only."""
    daftar = list_penugasan(user)
    if any(tugas.peran == Peran.ADMIN for tugas in daftar):
        return diminta
    simpul = [tugas.instansi or tugas.satker or tugas.kanwil.satker for tugas in daftar]
    return diminta or all(satu.contoh for satu in simpul)


def list_posisi(user, hari: datetime.date, kanwil: KantorWilayah | None, *, contoh: bool):
    """Positions of today whose working rows this person may see."""
    daftar = KedudukanSatker.objects.at(hari).filter(
        satker__in=SatuanKerja.objects.visible_to(user), satker__contoh=contoh
    )
    return daftar.filter(kanwil=kanwil) if kanwil else daftar


def list_calon(posisi, tahun: int, hari: datetime.date) -> list[dict]:
    """The units as the page of opening lists them, each with the reason why it cannot be opened."""
    daftar = (
        with_masa(posisi, hari)
        .annotate(dibuka=Exists(Penilaian.objects.filter(satker=OuterRef("satker"), tahun=tahun)))
        .order_by("urut", "pk")
        .values(
            "nama",
            "tempat",
            "dibuka",
            "satker_id",
            kode=F("satker__kode"),
            mandiri=F("jenis__mandiri"),
            nilai=F("masa__nilai"),
        )
    )
    return [satu | {"alasan": _explain(satu, tahun)} for satu in daftar]


def _explain(satu: dict, tahun: int) -> str:
    if satu["dibuka"]:
        return f"LKE {tahun} sudah dibuka"
    if not satu["mandiri"]:
        return "loket kantor lain, tidak dinilai sendiri"
    return ""
