"""Perjanjian Kinerja as they are read: content, parties, who heads what and when."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from satker import janji
from satker.janji import Isi, IsiIndikator, IsiKegiatan, IsiSasaran, Kepala, Pihak
from satker.models import (
    Dipa,
    IndikatorKinerja,
    KedudukanSatker,
    Kegiatan,
    Penugasan,
    Peran,
    PerjanjianKinerja,
    Sasaran,
    SatuanKerja,
)

TRIWULAN = ("target_b03", "target_b06", "target_b09", "target_b12")
PIHAK = ("pertama", "kedua")


# --- content --------------------------------------------------------------------------------------
def build_indikator(satu: IndikatorKinerja) -> IsiIndikator:
    return IsiIndikator(
        satu.nama,
        satu.satuan,
        satu.arah,
        satu.target,
        tuple(getattr(satu, kolom) for kolom in TRIWULAN),
        satu.pk,
    )


def read_sasaran(perjanjian: PerjanjianKinerja) -> list[Any]:
    """Goals in their order, each with `daftar_indikator`; two queries."""
    daftar: list[Any] = list(Sasaran.objects.filter(perjanjian=perjanjian).order_by("urutan", "pk"))
    milik: dict[int, list[IndikatorKinerja]] = {satu.pk: [] for satu in daftar}
    for satu in IndikatorKinerja.objects.filter(sasaran__in=milik).order_by("urutan", "pk"):
        milik[satu.sasaran_id].append(satu)
    for sasaran in daftar:
        sasaran.daftar_indikator = milik[sasaran.pk]
    return daftar


def read_kegiatan(perjanjian: PerjanjianKinerja) -> list[Kegiatan]:
    return list(Kegiatan.objects.filter(perjanjian=perjanjian).order_by("urutan", "pk"))


def build_isi(daftar_sasaran: Iterable[Any], daftar_kegiatan: Iterable[Kegiatan]) -> Isi:
    return Isi(
        tuple(
            IsiSasaran(satu.nama, tuple(map(build_indikator, satu.daftar_indikator)))
            for satu in daftar_sasaran
        ),
        tuple(IsiKegiatan(satu.nama, satu.anggaran) for satu in daftar_kegiatan),
    )


def read_isi(perjanjian: PerjanjianKinerja) -> Isi:
    """Goals, indicators and activities; three queries."""
    return build_isi(read_sasaran(perjanjian), read_kegiatan(perjanjian))


# --- one indicator through the versions -----------------------------------------------------------
@dataclass(frozen=True)
class Rantai:
    """Which indicator of a unit's year goes on from which, through all versions."""

    sebelum: dict[int, int | None]
    # Those of the version in force.
    berlaku: frozenset[int]

    def list_leluhur(self, pk: int) -> list[int]:
        """The indicator itself and what it goes on from, newest first."""
        hasil = []
        kini: int | None = pk
        while kini is not None and kini not in hasil:
            hasil.append(kini)
            kini = self.sebelum.get(kini)
        return hasil

    def build_terkini(self) -> dict[int, int]:
        """For each indicator of any version the one of the version in force that goes on from it."""
        return {lama: pk for pk in self.berlaku for lama in self.list_leluhur(pk)}


def read_rantai(satker_id: int, tahun: int) -> Rantai:
    """One query."""
    daftar = list(
        IndikatorKinerja.objects.filter(
            sasaran__perjanjian__satker=satker_id, sasaran__perjanjian__tahun=tahun
        ).values_list("pk", "lanjutan_dari", "sasaran__perjanjian__status")
    )
    berlaku = PerjanjianKinerja.Status.BERLAKU
    return Rantai(
        {pk: sebelum for pk, sebelum, _ in daftar},
        frozenset(pk for pk, _, status in daftar if status == berlaku),
    )


# --- parties --------------------------------------------------------------------------------------
def get_pihak(perjanjian: PerjanjianKinerja, yang: str) -> Pihak:
    """A party as the document names him: frozen once signed; in a draft an assignment's name is
    that of now, with its Plt. or Plh. Needs `pihak_<yang>__pengguna`."""
    tugas = getattr(perjanjian, f"pihak_{yang}")
    nama = getattr(perjanjian, f"nama_{yang}")
    jabatan = getattr(perjanjian, f"jabatan_{yang}")
    nomor = getattr(perjanjian, f"nomor_{yang}")
    if tugas is None:
        return Pihak(nama, jabatan, nomor)
    if perjanjian.is_editable:
        nama, jabatan = tugas.pengguna.nama, janji.name_jabatan(jabatan, tugas.jenis)
    return Pihak(nama, jabatan, nomor, tugas.pk, tugas.pengguna_id)


def list_kepala(daftar_satker: Iterable[int], tahun: int):
    """Assignments that headed one of these units while the year's agreement could be signed: who
    may stand on it."""
    awal, akhir = get_masa(tahun)
    return (
        _kepala(daftar_satker)
        .filter(
            Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=awal), berlaku_dari__lte=akhir
        )
        .select_related("pengguna")
        .order_by("-berlaku_dari", "-pk")
    )


def get_masa(tahun: int) -> tuple[datetime.date, datetime.date]:
    """The days on which an agreement of the year may be signed: budgets are handed over from
    November on."""
    return datetime.date(tahun - 1, 11, 1), datetime.date(tahun, 12, 31)


def _kepala(daftar_satker: Iterable[int]):
    """Without those taken back on their first day."""
    return Penugasan.objects.filter(
        satker__in=list(daftar_satker), peran=Peran.KEPALA_SATKER
    ).filter(Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=F("berlaku_dari")))


def find_kepala(satker_id: int, pada: datetime.date) -> Penugasan | None:
    """Who heads a unit on a day: the official himself before an acting one."""
    daftar = list(_kepala([satker_id]).active(pada).select_related("pengguna"))
    urutan = list(Penugasan.Jenis)
    daftar.sort(key=lambda satu: (urutan.index(satu.jenis), -satu.berlaku_dari.toordinal()))
    return daftar[0] if daftar else None


def read_kepala(daftar_satker: Iterable[int], pada: datetime.date) -> dict[int, list[Kepala]]:
    """The heads of these units on a day; one query."""
    hasil: dict[int, list[Kepala]] = {}
    daftar = (
        Penugasan.objects.active(pada)
        .filter(peran=Peran.KEPALA_SATKER, satker__in=list(daftar_satker))
        .select_related("pengguna")
    )
    for satu in daftar:
        hasil.setdefault(satu.satker_id, []).append(
            Kepala(satu.pengguna_id, satu.pengguna.nama, satu.berlaku_dari)
        )
    return hasil


def get_atasan(satker_id: int, pada: datetime.date) -> SatuanKerja | None:
    """The Kanwil's own unit above on a day; None for a Kanwil and for what stands under none."""
    posisi = (
        KedudukanSatker.objects.at(pada)
        .filter(satker=satker_id, kanwil__isnull=False)
        .select_related("kanwil__satker")
        .first()
    )
    if posisi is None or posisi.kanwil.satker_id == satker_id:
        return None
    return posisi.kanwil.satker


def list_atasan(satker_id: int, tahun: int) -> list[int]:
    """Keys of the units above while the year's agreement could be signed."""
    awal, akhir = get_masa(tahun)
    return list(
        KedudukanSatker.objects.filter(
            Q(berlaku_dari__isnull=True) | Q(berlaku_dari__lte=akhir),
            Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=awal),
            satker=satker_id,
            kanwil__isnull=False,
        )
        .exclude(kanwil__satker=satker_id)
        .values_list("kanwil__satker", flat=True)
        .distinct()
    )


def list_tugas_atasan(satker_id: int, pada: datetime.date) -> set[int]:
    """Keys of the assignments that head the unit above on a day."""
    atasan = get_atasan(satker_id, pada)
    if atasan is None:
        return set()
    return set(_kepala([atasan.pk]).at(pada).values_list("pk", flat=True))


# --- names, dates, the document -------------------------------------------------------------------
def get_posisi(satker_id: int, tahun: int) -> KedudukanSatker | None:
    """Where the unit stands today, or stood last; of another year at that year's end."""
    hari = min(timezone.localdate(), datetime.date(tahun, 12, 31))
    daftar = KedudukanSatker.objects.filter(satker=satker_id).select_related(
        "satker", "kanwil__satker"
    )
    return daftar.at(hari).first() or daftar.order_by("-berlaku_dari", "-pk").first()


def get_dipa(satker_id: int, tahun: int) -> Dipa | None:
    return Dipa.objects.filter(satker=satker_id, tahun=tahun).first()


def build_dokumen(perjanjian: PerjanjianKinerja, isi: Isi, nama_satker: str) -> dict:
    """What is signed, as plain data. Day and means are not part of it: the sheet is printed before
    it is signed, and the hash at its foot is the one that is frozen."""
    pihak = {yang: get_pihak(perjanjian, yang) for yang in PIHAK}
    return {
        "satker": perjanjian.satker.kode,
        "nama_satker": nama_satker,
        "tahun": perjanjian.tahun,
        "versi": perjanjian.versi,
        **{
            f"pihak_{yang}": {"nama": satu.nama, "jabatan": satu.jabatan, "nomor": satu.nomor}
            for yang, satu in pihak.items()
        },
        **isi.to_data(),
    }


def list_kurang(perjanjian: PerjanjianKinerja, isi: Isi) -> list[str]:
    """Everything that keeps a draft from being signed."""
    kurang = []
    for yang in PIHAK:
        if not get_pihak(perjanjian, yang).is_lengkap:
            kurang.append(f"Nama dan jabatan pihak {yang} belum lengkap.")
    if janji.is_sama(get_pihak(perjanjian, "pertama"), get_pihak(perjanjian, "kedua")):
        kurang.append("Pihak pertama dan pihak kedua adalah orang yang sama.")
    return kurang + isi.list_kurang()
