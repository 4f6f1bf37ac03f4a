"""One agreement as it was measured: goals, indicators, their quarters, and who may do what."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from satker import capaian
from satker.access import list_penugasan
from satker.alur.capaian import say_nomor
from satker.capaian import Capaian, Ketepatan, Ringkasan, Terukur
from satker.models import (
    BatasTriwulan,
    IndikatorKinerja,
    KedudukanSatker,
    Peran,
    Periode,
    PerjanjianKinerja,
    RealisasiIndikator,
    Sasaran,
    ZonaWaktu,
)
from satker.zona import get_hari

PEMBACA = tuple(peran for peran in Peran if peran != Peran.PEMANTAU)
# Whose units' values they report: operators and heads of the unit itself, and a Kanwil for its own.
PELAPOR = (Peran.OPERATOR, Peran.KEPALA_SATKER, Peran.TIM_KANWIL)
# Who looks after more than one unit.
PENGAWAS = tuple(peran for peran in PEMBACA if peran not in (Peran.OPERATOR, Peran.KEPALA_SATKER))
# Who fills drafts, of the units they see in these roles.
PENGISI_DRAF = (*PELAPOR, Peran.ADMIN)


def can_report(user, satker_id: int) -> bool:
    """Reports for this unit today."""
    return any(
        tugas.satker_id == satker_id
        if tugas.peran in (Peran.OPERATOR, Peran.KEPALA_SATKER)
        else tugas.peran == Peran.TIM_KANWIL and tugas.kanwil.satker_id == satker_id
        for tugas in list_penugasan(user)
    )


@dataclass(frozen=True)
class Sel:
    """An indicator in one quarter."""

    periode: Periode
    target: Decimal | None
    realisasi: RealisasiIndikator | None
    # Against the quarter's own target, and against the year's.
    capaian: Capaian | None
    capaian_tahun: Capaian | None

    @property
    def nilai(self) -> Decimal | None:
        return self.realisasi.nilai if self.realisasi else None

    @property
    def keadaan(self) -> str:
        """`kosong`, `tanpa_target`, `tercapai` or `kurang`."""
        if self.realisasi is None:
            return "kosong"
        if self.capaian is None:
            return "tanpa_target"
        return "tercapai" if self.capaian.terpenuhi else "kurang"


@dataclass(frozen=True)
class Baris:
    """An indicator with its four quarters."""

    indikator: IndikatorKinerja
    nomor: str
    daftar_sel: tuple[Sel, ...]

    @property
    def terakhir(self) -> Sel | None:
        """The latest quarter that has a value: how far the year has come."""
        return next((sel for sel in reversed(self.daftar_sel) if sel.realisasi), None)

    @property
    def akhir_tahun(self) -> Capaian | None:
        """Of the whole year: its last quarter against the year's target."""
        return self.daftar_sel[-1].capaian_tahun

    @property
    def terukur(self) -> Terukur:
        satu = self.indikator
        return Terukur(satu.nama, satu.satuan, satu.arah, self.akhir_tahun)


@dataclass
class SasaranTerukur:
    """A goal with its indicators."""

    sasaran: Sasaran
    daftar_baris: list[Baris] = field(default_factory=list)

    @property
    def terpenuhi(self) -> bool | None:
        """At the end of the year; None while unknown."""
        return capaian.is_met([baris.akhir_tahun for baris in self.daftar_baris])


@dataclass(frozen=True)
class Ukuran:
    """All of one agreement."""

    perjanjian: PerjanjianKinerja
    daftar_sasaran: list[SasaranTerukur]

    @property
    def daftar_baris(self) -> list[Baris]:
        return [baris for satu in self.daftar_sasaran for baris in satu.daftar_baris]

    @property
    def daftar_terukur(self) -> list[Terukur]:
        return [baris.terukur for baris in self.daftar_baris]

    def summarise(self, periode: Periode) -> Ringkasan:
        """A quarter against its own targets."""
        nomor = list(Periode).index(periode)
        return capaian.summarise([baris.daftar_sel[nomor].capaian for baris in self.daftar_baris])

    def summarise_tahun(self) -> Ringkasan:
        return capaian.summarise([baris.akhir_tahun for baris in self.daftar_baris])

    def list_realisasi(self, periode: str) -> list[RealisasiIndikator]:
        return [
            sel.realisasi
            for baris in self.daftar_baris
            for sel in baris.daftar_sel
            if sel.periode == periode and sel.realisasi
        ]


def read_ukuran(perjanjian: PerjanjianKinerja) -> Ukuran:
    """Goals, indicators and values: three queries."""
    [ukuran] = read_banyak([perjanjian])
    return ukuran


def read_banyak(daftar_perjanjian: Iterable[PerjanjianKinerja]) -> list[Ukuran]:
    """The same for several agreements, in the same three queries."""
    daftar_perjanjian = list(daftar_perjanjian)
    sasaran = {
        satu.pk: SasaranTerukur(satu)
        for satu in Sasaran.objects.filter(perjanjian__in=daftar_perjanjian).order_by(
            "perjanjian", "urutan"
        )
    }
    realisasi: dict[int, dict[str, RealisasiIndikator]] = {}
    for nilai in RealisasiIndikator.objects.filter(
        indikator__sasaran__perjanjian__in=daftar_perjanjian
    ).select_related("berkas", "dilaporkan_oleh", "diubah_oleh"):
        realisasi.setdefault(nilai.indikator_id, {})[nilai.periode] = nilai
    for satu in IndikatorKinerja.objects.filter(sasaran__perjanjian__in=daftar_perjanjian).order_by(
        "sasaran", "urutan"
    ):
        tempat = sasaran[satu.sasaran_id]
        satu.sasaran = tempat.sasaran
        tempat.daftar_baris.append(_build_baris(satu, realisasi.get(satu.pk, {})))
    return [
        Ukuran(
            satu, [tempat for tempat in sasaran.values() if tempat.sasaran.perjanjian_id == satu.pk]
        )
        for satu in daftar_perjanjian
    ]


def _build_baris(indikator: IndikatorKinerja, realisasi: dict[str, RealisasiIndikator]) -> Baris:
    daftar_sel = []
    for periode in Periode:
        satu, target = realisasi.get(periode), indikator.get_target(periode)
        nilai = satu.nilai if satu else None
        daftar_sel.append(
            Sel(
                periode,
                target,
                satu,
                capaian.compute_capaian(nilai, target, indikator.arah),
                capaian.compute_capaian(nilai, indikator.target, indikator.arah),
            )
        )
    return Baris(indikator, say_nomor(indikator), tuple(daftar_sel))


# --- the unit and its limits ----------------------------------------------------------------------
def get_nama_dan_zona(satker_id: int) -> tuple[str, str]:
    """What the unit is called today, or was called last, and its time zone."""
    hari = timezone.localdate()
    baris = list(
        KedudukanSatker.objects.filter(satker=satker_id)
        .order_by("pk")
        .values_list("nama", "zona_waktu", "berlaku_dari", "berlaku_sampai")
    )
    for nama, zona, dari, sampai in baris:
        if (dari is None or dari <= hari) and (sampai is None or sampai > hari):
            return nama, zona
    return baris[-1][:2] if baris else ("", ZonaWaktu.WIB)


def read_batas(tahun: int) -> dict[str, BatasTriwulan]:
    """The limits of a year by quarter; what is not there was not set."""
    return {satu.periode: satu for satu in BatasTriwulan.objects.filter(tahun=tahun)}


def judge_ukuran(
    ukuran: Ukuran, batas: dict[str, BatasTriwulan], zona: str, hari: datetime.date
) -> dict[str, Ketepatan]:
    """Each quarter of an agreement by its limit, in the unit's own days."""
    hasil = {}
    for periode in Periode:
        nilai = ukuran.list_realisasi(periode)
        terakhir = max((get_hari(satu.dilaporkan_pada, zona) for satu in nilai), default=None)
        hasil[periode.value] = capaian.judge(
            len(ukuran.daftar_baris),
            len(nilai),
            terakhir,
            batas=batas[periode].tanggal if periode in batas else None,
            hari=hari,
        )
    return hasil
