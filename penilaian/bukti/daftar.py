"""The evidence of a unit as a list: each piece with its last revision and where it is used."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q

from penilaian.bukti.sebutan import say_nomor
from penilaian.models import BuktiDukung, PemakaianBukti, Penilaian, RevisiBukti
from penilaian.models.bukti import BERMASALAH

# What may be asked for, in the order of the page: a use in this assessment, none anywhere, all.
SARING = [
    ("dipakai", "Dipakai di LKE ini"),
    ("berkas", "Dipakai: berkas"),
    ("tautan", "Dipakai: tautan"),
    ("bermasalah", "Dipakai: tautan bermasalah"),
    ("lepas", "Tidak dipakai di mana pun"),
    ("semua", "Semua bukti satker ini"),
]
# Kinds that a browser shows by itself, and how.
PRATINJAU = {"pdf": "bingkai", "jpeg": "gambar", "png": "gambar", "webp": "gambar"}


@dataclass
class BarisBukti:
    bukti: BuktiDukung
    revisi: RevisiBukti
    daftar_pakai: list[PemakaianBukti] = field(default_factory=list)


def filter_bukti(penilaian: Penilaian, saring: str, cari: str = "", area: str = ""):
    """Evidence of the unit, newest first."""
    pakai = PemakaianBukti.objects.filter(bukti=OuterRef("pk"))
    kini = pakai.filter(penilaian=penilaian)
    if area:
        kini = kini.filter(pertanyaan__area=area)
    if saring == "berkas":
        kini = kini.filter(revisi__berkas__isnull=False)
    elif saring in {"tautan", "bermasalah"}:
        kini = kini.filter(revisi__tautan__isnull=False)
    if saring == "bermasalah":
        kini = kini.filter(revisi__keadaan__in=BERMASALAH)
    syarat = Q()
    if saring == "lepas":
        syarat = Q(~Exists(pakai))
    elif saring != "semua" or area:
        syarat = Q(Exists(kini))
    if cari:
        syarat &= Q(nama__icontains=cari)
    return BuktiDukung.objects.filter(syarat, satker=penilaian.satker_id).order_by("-pk")


def build_baris(penilaian: Penilaian, daftar_bukti: list[BuktiDukung]) -> list[BarisBukti]:
    """The rows of a page, from two queries."""
    akhir: dict[int, RevisiBukti] = {}
    for revisi in (
        RevisiBukti.objects.filter(bukti__in=daftar_bukti)
        .select_related("berkas")
        .order_by("bukti", "nomor")
    ):
        akhir[revisi.bukti_id] = revisi
    baris = {satu.pk: BarisBukti(satu, akhir[satu.pk]) for satu in daftar_bukti}
    for pakai in list_pakai(daftar_bukti).filter(penilaian=penilaian):
        baris[pakai.bukti_id].daftar_pakai.append(pakai)
    return list(baris.values())


def list_pakai(daftar_bukti):
    """Uses with the number and code of their question, in every assessment of the unit."""
    return (
        PemakaianBukti.objects.filter(bukti__in=daftar_bukti)
        .annotate(
            urutan=F("pertanyaan__urutan"),
            kode=F("pertanyaan__kode"),
            area=F("pertanyaan__area"),
            tahun=F("penilaian__tahun"),
        )
        .select_related("revisi", "dokumen")
        .order_by("-tahun", "urutan", "pk")
    )


def list_nomor(daftar_pakai: Iterable[PemakaianBukti]) -> dict[int, str]:
    """By revision, in words, where it is shown."""
    nomor: dict[int, dict[int, list[int]]] = {}
    for satu in daftar_pakai:
        setahun = nomor.setdefault(satu.revisi_id, {})
        setahun.setdefault(satu.tahun, []).append(satu.urutan)  # type: ignore[attr-defined]
    return {
        revisi: "; ".join(f"LKE {tahun} {say_nomor(daftar)}" for tahun, daftar in setahun.items())
        for revisi, setahun in nomor.items()
    }
