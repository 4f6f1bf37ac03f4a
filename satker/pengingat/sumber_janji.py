"""What units are reminded of about their Perjanjian Kinerja: signing it, and reporting by quarter."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from satker.models import (
    BatasTriwulan,
    Dipa,
    Periode,
    PerjanjianKinerja,
    RealisasiIndikator,
)
from satker.pengingat.sumber import Perkara, build_url, register_sumber
from satker.tenggat import add_bulan

BULAN_PK = 1


def register() -> None:
    register_sumber("pk_batas", "Batas Perjanjian Kinerja", due=list_pk, done=find_pk_selesai)
    register_sumber(
        "triwulan", "Laporan kinerja triwulan", due=list_triwulan, done=find_triwulan_selesai
    )


# --- agreements ---------------------------------------------------------------------------------
def _is_signed():
    """Some version of the unit's agreement for that year has been signed."""
    return Exists(
        PerjanjianKinerja.objects.filter(
            satker=OuterRef("satker"),
            tahun=OuterRef("tahun"),
            status__in=[PerjanjianKinerja.Status.BERLAKU, PerjanjianKinerja.Status.DIGANTIKAN],
        )
    )


def list_pk(dari: datetime.date, sampai: datetime.date):
    """Agreements not signed yet, due a month after the budget was approved (PermenPANRB 53/2014)."""
    # 31 January and one month is the last of February: four days of slack on either side.
    slack = datetime.timedelta(days=4)
    daftar = Dipa.objects.filter(
        ~_is_signed(),
        tanggal__range=(add_bulan(dari, -BULAN_PK) - slack, add_bulan(sampai, -BULAN_PK) + slack),
    )
    for dipa in daftar.select_related("satker").order_by("pk"):
        batas = add_bulan(dipa.tanggal, BULAN_PK)
        if dari <= batas <= sampai:
            yield Perkara(
                str(dipa.pk),
                batas,
                f"Perjanjian Kinerja {dipa.tahun} belum ditandatangani",
                build_url("perjanjian_satker", dipa.satker.kode, dipa.tahun),
                dipa.satker_id,
            )


def find_pk_selesai(daftar_kunci: set[str]) -> set[str]:
    return set(
        map(
            str,
            Dipa.objects.filter(_is_signed(), pk__in=map(int, daftar_kunci)).values_list(
                "pk", flat=True
            ),
        )
    )


# --- quarterly reports --------------------------------------------------------------------------
@dataclass(frozen=True)
class Laporan:
    """An agreement in force: how many indicators it has, and how many are in by quarter."""

    pk: int
    diminta: int
    dilaporkan: dict[str, int]

    def count_kurang(self, periode: str) -> int:
        return self.diminta - self.dilaporkan.get(periode, 0)


def _read_laporan(daftar_tahun) -> dict[tuple[int, int], Laporan]:
    """Agreements in force with indicators, by unit and year: two statements."""
    berlaku = PerjanjianKinerja.objects.current().filter(tahun__in=daftar_tahun)
    dilaporkan: dict[int, dict[str, int]] = {}
    for pk, periode, jumlah in (
        RealisasiIndikator.objects.filter(indikator__sasaran__perjanjian__in=berlaku.values("pk"))
        .values_list("indikator__sasaran__perjanjian", "periode")
        .annotate(jumlah=Count("pk"))
    ):
        dilaporkan.setdefault(pk, {})[periode] = jumlah
    return {
        (satker, tahun): Laporan(pk, diminta, dilaporkan.get(pk, {}))
        for pk, satker, tahun, diminta in berlaku.annotate(
            diminta=Count("sasaran__indikatorkinerja")
        )
        .filter(diminta__gt=0)
        .values_list("pk", "satker", "tahun", "diminta")
    }


def list_triwulan(dari: datetime.date, sampai: datetime.date):
    """Quarters with a date whose values are not all in, for units with an agreement in force."""
    batas = list(BatasTriwulan.objects.filter(tanggal__range=(dari, sampai)).order_by("pk"))
    if not batas:
        return
    laporan = _read_laporan({satu.tahun for satu in batas})
    for satu in batas:
        for (satker, tahun), milik in laporan.items():
            kurang = milik.count_kurang(satu.periode)
            if tahun == satu.tahun and kurang > 0:
                yield Perkara(
                    f"{tahun}:{satu.periode}:{satker}",
                    satu.tanggal,
                    f"Laporan {Periode(satu.periode).label} tahun {tahun}: {kurang} dari "
                    f"{milik.diminta} indikator belum diisi",
                    build_url("triwulan_report", milik.pk, satu.periode),
                    satker,
                )


def find_triwulan_selesai(daftar_kunci: set[str]) -> set[str]:
    terbaca = {kunci: kunci.split(":") for kunci in daftar_kunci}
    laporan = _read_laporan({int(tahun) for tahun, _, _ in terbaca.values()})
    return {
        kunci
        for kunci, (tahun, periode, satker) in terbaca.items()
        if (milik := laporan.get((int(satker), int(tahun)))) and milik.count_kurang(periode) <= 0
    }
