"""Counting units by predicate on a date. Every figure and the rows behind it come from
`with_masa`, so they cannot disagree; nothing is counted in Python."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Max, Q

from penilaian.models import KlaimAngka, Nilai
from penilaian.tren import count_tren
from satker.models import KantorWilayah, KedudukanSatker

TIDAK_DIKETAHUI = "tidak_diketahui"
PILIHAN_NILAI = [*Nilai.values, TIDAK_DIKETAHUI]


@dataclass(frozen=True)
class Hitungan:
    """Units by what is known of them; the four always add up to `satker`."""

    wbk: int
    wbbm: int
    tanpa: int
    satker: int

    @property
    def tidak_diketahui(self) -> int:
        return self.satker - self.wbk - self.wbbm - self.tanpa

    @property
    def berpredikat(self) -> int:
        return self.wbk + self.wbbm

    @property
    def is_lengkap(self) -> bool:
        """Every unit is known: only then a share or a rank may be shown."""
        return self.satker > 0 and self.tidak_diketahui == 0

    @property
    def is_gelap(self) -> bool:
        """Nothing is known of any unit: then not even a zero may be shown."""
        return self.satker > 0 and self.tidak_diketahui == self.satker

    @property
    def bagian(self) -> float | None:
        """Share of units with a predicate, 0 to 100; None while anything is unknown."""
        return 100 * self.berpredikat / self.satker if self.is_lengkap else None

    def __add__(self, lain: "Hitungan") -> "Hitungan":
        return Hitungan(
            self.wbk + lain.wbk,
            self.wbbm + lain.wbbm,
            self.tanpa + lain.tanpa,
            self.satker + lain.satker,
        )


NOL = Hitungan(0, 0, 0, 0)

AGREGAT = {
    "wbk": Count("pk", filter=Q(masa__nilai=Nilai.WBK)),
    "wbbm": Count("pk", filter=Q(masa__nilai=Nilai.WBBM)),
    "tanpa": Count("pk", filter=Q(masa__nilai=Nilai.TANPA)),
    "satker": Count("pk"),
}


def with_masa(queryset, pada: datetime.date):
    """Positions joined with what is known of their unit on that day (`masa__nilai` NULL: unknown)."""
    berlaku = Q(satker__masapredikat__dari__lte=pada) & (
        Q(satker__masapredikat__sampai__isnull=True) | Q(satker__masapredikat__sampai__gt=pada)
    )
    return queryset.annotate(masa=FilteredRelation("satker__masapredikat", condition=berlaku))


def list_kedudukan(pada: datetime.date, kanwil: KantorWilayah | None = None):
    """The units of a Kanwil, or all real ones, on a day, with what is known of each."""
    queryset = KedudukanSatker.objects.at(pada)
    queryset = queryset.real() if kanwil is None else queryset.filter(kanwil=kanwil)
    return with_masa(queryset, pada)


def filter_nilai(queryset, nilai: str):
    """Rows of one answer; `tidak_diketahui` are those without any."""
    if nilai == TIDAK_DIKETAHUI:
        return queryset.filter(masa__pk__isnull=True)
    return queryset.filter(masa__nilai=nilai)


def count_predikat(pada: datetime.date, kanwil: KantorWilayah | None = None) -> Hitungan:
    """How many units hold what on a day."""
    return Hitungan(**list_kedudukan(pada, kanwil).aggregate(**AGREGAT))


def count_by(kolom: str, pada: datetime.date, kanwil: KantorWilayah | None = None) -> dict:
    """The same per `kanwil_id`, `pembina_id` or `jenis_id`; one query whatever the size."""
    baris = list_kedudukan(pada, kanwil).values(kunci=F(kolom)).annotate(**AGREGAT).order_by()
    return {satu.pop("kunci"): Hitungan(**satu) for satu in baris}


def count_by_jenis(
    pada: datetime.date, kanwil: KantorWilayah
) -> list[tuple[tuple[str, str], Hitungan]]:
    """Per type of unit, as `((kode, singkatan), count)`, those with most predicates first."""
    baris = (
        list_kedudukan(pada, kanwil)
        .values_list("jenis__kode", "jenis__singkatan")
        .annotate(**AGREGAT)
        .order_by("jenis__urutan", "jenis__kode")
    )
    hasil = [((kode, nama), Hitungan(*angka)) for kode, nama, *angka in baris]
    return sorted(hasil, key=lambda satu: -satu[1].berpredikat)


def count_trend(
    daftar_tanggal: list[datetime.date], kanwil: KantorWilayah | None = None
) -> list[Hitungan]:
    """The count on each of several days in order, in one query."""
    return [Hitungan(*angka) for angka in count_tren(daftar_tanggal, kanwil)]


def list_klaim(pada: datetime.date, kanwil: KantorWilayah | None = None):
    """What was said publicly of the Kanwil, or of the ministry, up to that day; newest first."""
    return KlaimAngka.objects.about(kanwil).until(pada).order_by("-waktu_sampai", "ukuran", "pk")


def get_data_per() -> datetime.date | None:
    """For the whole ministry: the newest date at which any real Kanwil's facts were confirmed."""
    return KantorWilayah.objects.filter(satker__contoh=False).aggregate(terakhir=Max("data_per"))[
        "terakhir"
    ]
