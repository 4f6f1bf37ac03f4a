"""When the inspectors' report on a holder is due: every two years (PermenPANRB 90/2021; the number
of months is a row of `AturanPredikat`). Where the day of the grant is unknown, the report is due
"at the latest" two years after the day the predicate was first attested."""

import datetime
from dataclasses import dataclass

from django.db.models import Max
from django.db.models.functions import Coalesce

from penilaian.masa import add_bulan
from penilaian.models import AturanPredikat, Ketelitian, Predikat
from satker.models import KantorWilayah, KedudukanSatker

ATURAN = "laporan-pemantauan"


@dataclass(frozen=True)
class JatuhTempo:
    """A holder, the day its next report is due, and how sure that day is."""

    predikat: Predikat
    tanggal: datetime.date
    paling_lambat: bool
    lewat: bool


def list_tenggat(pada: datetime.date):
    """Predicates in force on a day with the base of the next report, most overdue first."""
    return (
        Predikat.objects.in_force(pada)
        .annotate(terakhir=Max("laporanpemantauan__tanggal"))
        .annotate(pangkal=Coalesce("terakhir", "berlaku_dari"))
        .select_related("satker")
        .order_by("pangkal", "satker__kode")
    )


def filter_kanwil(queryset, kanwil: KantorWilayah, pada: datetime.date):
    """Holders standing under a Kanwil on that day."""
    posisi = KedudukanSatker.objects.at(pada).filter(kanwil=kanwil)
    return queryset.filter(satker__in=posisi.values("satker"))


def compute_jatuh_tempo(daftar_predikat, pada: datetime.date) -> list[JatuhTempo]:
    """Due dates of annotated predicates (`list_tenggat`), in their order."""
    daftar_predikat = list(daftar_predikat)
    if not daftar_predikat:
        return []
    bulan = AturanPredikat.objects.get_nilai(ATURAN, pada)
    return [compute_satu(predikat, predikat.terakhir, bulan, pada) for predikat in daftar_predikat]


def compute_satu(predikat, laporan: datetime.date | None, bulan: int, pada) -> JatuhTempo:
    """The due date of one holder whose last report is of the day `laporan`."""
    tanggal = add_bulan(laporan or predikat.berlaku_dari, bulan)
    tak_pasti = laporan is None and predikat.ketelitian != Ketelitian.TANGGAL
    return JatuhTempo(predikat, tanggal, tak_pasti, tanggal < pada)
