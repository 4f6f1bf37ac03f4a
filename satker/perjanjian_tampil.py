"""What the page of one agreement shows beside its content: state, links up and down, versions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from satker import janji
from satker import perjanjian as baca
from satker.access import filter_satker
from satker.alur.janji.turunan import get_induk
from satker.izin_janji import PEMBACA
from satker.janji import Atasan, Isi, Pergantian, Pihak, Tenggat
from satker.janji_beda import Perbandingan, compare_indikator, compare_kegiatan
from satker.models import (
    IndikatorKinerja,
    KedudukanSatker,
    PerjanjianKinerja,
    SatuanKerja,
)

Status = PerjanjianKinerja.Status
SEBUT_ATASAN = {
    Atasan.SESUAI: "Pihak kedua adalah atasan langsung pihak pertama {pada}.",
    Atasan.TIDAK_DAPAT_DIPERIKSA: (
        "Apakah pihak kedua atasan langsung tidak dapat diperiksa: ada pejabat di luar sistem."
    ),
    Atasan.BUKAN_ATASAN: "Pihak kedua bukan atasan langsung pihak pertama {pada}.",
    Atasan.ORANG_SAMA: "Pihak pertama dan pihak kedua adalah orang yang sama.",
}


@dataclass(frozen=True)
class Keadaan:
    """PK-1 to PK-3 of one agreement, as of today."""

    tenggat: Tenggat
    atasan: Atasan
    kalimat_atasan: str
    pergantian: Pergantian | None
    # Of the second party: the rule speaks of officials, the office decides.
    pergantian_kedua: Pergantian | None


def read_keadaan(perjanjian, pihak: dict[str, Pihak], dipa, pertama, induk) -> Keadaan:
    """`pertama` is the first signing of the unit's year, which the deadline is about; `induk` the
    unit above today."""
    hari_ini = timezone.localdate()
    pada = perjanjian.tanggal or hari_ini
    atasan = janji.check_atasan(
        pihak["pertama"], pihak["kedua"], baca.list_tugas_atasan(perjanjian.satker_id, pada)
    )
    sebut = "pada hari penandatanganan" if perjanjian.tanggal else "hari ini"
    berganti: dict[str, Pergantian | None] = {"pertama": None, "kedua": None}
    if perjanjian.status == Status.BERLAKU:
        simpul = {"pertama": perjanjian.satker_id, "kedua": induk.pk if induk else 0}
        kepala = baca.read_kepala(simpul.values(), hari_ini)
        berganti = {
            yang: janji.find_pergantian(pihak[yang], pada, kepala.get(pk, ()))
            for yang, pk in simpul.items()
        }
    return Keadaan(
        janji.judge(dipa.tanggal if dipa else None, pertama, hari_ini),
        atasan,
        SEBUT_ATASAN[atasan].format(pada=sebut),
        berganti["pertama"],
        berganti["kedua"],
    )


def list_versi(perjanjian) -> list[PerjanjianKinerja]:
    """All versions of the unit's year, newest first, drafts given up among them."""
    return list(
        PerjanjianKinerja.objects.filter(satker=perjanjian.satker_id, tahun=perjanjian.tahun)
        .select_related("berkas")
        .order_by("-versi", "-pk")
    )


# --- up and down ----------------------------------------------------------------------------------
def fill_turunan(user, perjanjian, daftar_sasaran) -> None:
    """Set on each indicator `asal` (the Kanwil's, as it reads now) and `daftar_turunan` (those of
    units, with `nama_satker` and `terlihat`). Four queries at any length."""
    semua = [satu for sasaran in daftar_sasaran for satu in sasaran.daftar_indikator]
    asal = IndikatorKinerja.objects.in_bulk(
        {satu.turunan_dari_id for satu in semua if satu.turunan_dari_id}
    )
    rantai = baca.read_rantai(perjanjian.satker_id, perjanjian.tahun)
    milik: dict[int, list[Any]] = {}
    leluhur = {pk for satu in semua for pk in rantai.list_leluhur(satu.pk)}
    for turunan in _read_turunan(user, leluhur):
        milik.setdefault(turunan.turunan_dari_id, []).append(turunan)
    for satu in semua:
        satu.asal = asal.get(satu.turunan_dari_id)
        satu.daftar_turunan = [
            turunan for pk in rantai.list_leluhur(satu.pk) for turunan in milik.get(pk, ())
        ]


def _read_turunan(user, daftar_pk: set[int]):
    """Indicators of signed agreements and drafts that were taken down from these."""
    posisi = KedudukanSatker.objects.at(timezone.localdate()).filter(
        satker=OuterRef("sasaran__perjanjian__satker")
    )
    daftar: list[Any] = list(
        IndikatorKinerja.objects.filter(
            turunan_dari__in=daftar_pk,
            sasaran__perjanjian__status__in=(Status.DRAF, Status.BERLAKU),
        )
        .annotate(
            nama_satker=Subquery(posisi.values("nama")[:1]),
            satker_id=F("sasaran__perjanjian__satker"),
            perjanjian_id=F("sasaran__perjanjian"),
            status=F("sasaran__perjanjian__status"),
        )
        .order_by("nama_satker", "pk")
    )
    semua = SatuanKerja.objects.filter(pk__in={satu.satker_id for satu in daftar})
    terlihat = set(
        filter_satker(semua, user, daftar_peran=PEMBACA).values_list("pk", flat=True)
        if daftar
        else ()
    )
    for satu in daftar:
        satu.terlihat = satu.satker_id in terlihat
    return daftar


# --- differences ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class BedaVersi:
    lama: PerjanjianKinerja
    indikator: Perbandingan
    kegiatan: Perbandingan

    @property
    def is_sama(self) -> bool:
        return self.indikator.is_sama and self.kegiatan.is_sama


def compare_sebelum(perjanjian, isi: Isi) -> BedaVersi | None:
    """Against the version before; None for the first."""
    lama = (
        PerjanjianKinerja.objects.filter(
            satker=perjanjian.satker_id, tahun=perjanjian.tahun, versi=perjanjian.versi - 1
        )
        .exclude(status=Status.DIBATALKAN)
        .first()
    )
    if lama is None:
        return None
    isi_lama = baca.read_isi(lama)
    milik = IndikatorKinerja.objects.filter(sasaran__perjanjian=perjanjian)
    asal = {pk: dari for pk, dari in milik.values_list("pk", "lanjutan_dari") if dari is not None}
    return BedaVersi(lama, compare_indikator(isi_lama, isi, asal), compare_kegiatan(isi_lama, isi))


@dataclass(frozen=True)
class BedaInduk:
    """`indikator` reads from the Kanwil's to the unit's."""

    induk: PerjanjianKinerja
    indikator: Perbandingan


def compare_induk(perjanjian, isi: Isi) -> BedaInduk | None:
    """Against the agreement in force of the Kanwil above; None where there is none."""
    induk = get_induk(perjanjian.satker_id, perjanjian.tahun)
    if induk is None:
        return None
    terkini = baca.read_rantai(induk.satker_id, induk.tahun).build_terkini()
    milik = IndikatorKinerja.objects.filter(
        sasaran__perjanjian=perjanjian, turunan_dari__isnull=False
    ).values_list("pk", "turunan_dari")
    asal = {pk: terkini[dari] for pk, dari in milik if dari in terkini}
    return BedaInduk(induk, compare_indikator(baca.read_isi(induk), isi, asal))
