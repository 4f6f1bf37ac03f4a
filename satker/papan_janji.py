"""The year's agreements as the Kanwil sees them: who has signed, in time or late, who has not.

Most behind first: past the deadline unsigned, unsigned, official changed, signed. The
database counts; a page costs the same at any number of units.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
)

from satker import janji
from satker.models import (
    KantorWilayah,
    KedudukanSatker,
    Penugasan,
    Peran,
    PerjanjianKinerja,
    SatuanKerja,
)
from satker.perjanjian import get_pihak, read_kepala

UKURAN_HALAMAN = 50
LABEL_KEADAAN = {
    "sudah": "Sudah ditandatangani",
    "tepat": "Tepat waktu",
    "terlambat": "Terlambat ditandatangani",
    "tanpa_dipa": "Sudah, tanggal DIPA belum dicatat",
    "belum": "Belum ditandatangani",
    "lewat": "Belum, sudah lewat tenggat",
    "berganti": "Pejabat berganti, versi baru belum ada",
    "dipa": "Tanggal DIPA belum dicatat",
}
Status = PerjanjianKinerja.Status


class Sebulan(Func):
    """A day one calendar month later, at most the last of that month.

    The column is named twice, so it must be a plain one. See also satker.janji.compute_tenggat().
    """

    output_field = DateField()
    arity = 1

    def as_sqlite(self, compiler, connection, **lain):
        # Text dates compare as dates; SQLite itself goes on into March from 31 January.
        return self.as_sql(
            compiler,
            connection,
            template="MIN(DATE(%(expressions)s, '+1 month'), "
            "DATE(%(expressions)s, 'start of month', '+2 months', '-1 day'))",
            **lain,
        )

    def as_postgresql(self, compiler, connection, **lain):
        return self.as_sql(
            compiler,
            connection,
            template="(CAST(%(expressions)s AS date) + INTERVAL '1 month')::date",
            **lain,
        )


@dataclass(frozen=True)
class Saringan:
    """What the reader asked of the list, and today."""

    tahun: int
    hari: datetime.date
    kanwil: KantorWilayah | None = None
    keadaan: str = ""
    q: str = ""
    contoh: bool = False

    @property
    def is_terisi(self) -> bool:
        return bool(self.kanwil or self.keadaan or self.q)


# --- which units ----------------------------------------------------------------------------------
def list_posisi(user, saringan: Saringan):
    """Positions of today whose working rows this person may see, with what their year has come to."""
    daftar = KedudukanSatker.objects.at(saringan.hari).filter(satker__contoh=saringan.contoh)
    terlihat = SatuanKerja.objects.visible_to(user)
    if terlihat.query.where:
        daftar = daftar.filter(satker__in=terlihat)
    if saringan.kanwil:
        daftar = daftar.filter(kanwil=saringan.kanwil)
    return _with_perjanjian(daftar, saringan)


def _with_perjanjian(posisi, saringan: Saringan):
    """Each join finds one row at most: the database sees to it."""
    milik = "satker__perjanjiankinerja"

    def join(**syarat) -> FilteredRelation:
        syarat |= {"tahun": saringan.tahun}
        return FilteredRelation(
            milik, condition=Q(**{f"{milik}__{kolom}": nilai for kolom, nilai in syarat.items()})
        )

    return (
        posisi.annotate(
            dipa_tahun=FilteredRelation(
                "satker__dipa", condition=Q(satker__dipa__tahun=saringan.tahun)
            ),
            # The deadline is that of the first signing of the year.
            satu=join(versi=1, status__in=(Status.DRAF, Status.BERLAKU, Status.DIGANTIKAN)),
            berlaku=join(status=Status.BERLAKU),
            draf=join(status=Status.DRAF),
        )
        .annotate(
            dipa=F("dipa_tahun__tanggal"),
            tenggat=Sebulan(F("dipa_tahun__tanggal")),
            pertama=F("satu__tanggal"),
            berlaku_pk=F("berlaku__pk"),
            draf_pk=F("draf__pk"),
            berganti=_build_berganti(saringan.hari),
        )
        .annotate(peringkat=_rank(saringan.hari))
    )


def _build_berganti(hari: datetime.date) -> Case:
    """Whether somebody else heads the unit today than who signed the version in force.

    See also satker.janji.find_pergantian().
    """
    kepala = Penugasan.objects.active(hari).filter(
        peran=Peran.KEPALA_SATKER, satker=OuterRef("satker")
    )
    sama = Q(pengguna=OuterRef("berlaku__pihak_pertama__pengguna")) | Q(
        pengguna__nama__iexact=OuterRef("berlaku__nama_pertama")
    )
    return Case(
        When(berlaku__isnull=True, then=Value(False)),
        When(Exists(kepala.filter(sama)), then=Value(False)),
        When(berlaku__pihak_pertama__isnull=False, then=Exists(kepala)),
        default=Exists(kepala.filter(berlaku_dari__gt=OuterRef("berlaku__tanggal"))),
        output_field=BooleanField(),
    )


def build_syarat(keadaan: str, hari: datetime.date) -> Q:
    """Which positions are in that state; needs what `_with_perjanjian` adds."""
    sudah = Q(pertama__isnull=False)
    return {
        "": Q(),
        "sudah": sudah,
        "tepat": sudah & Q(pertama__lte=F("tenggat")),
        "terlambat": sudah & Q(pertama__gt=F("tenggat")),
        "tanpa_dipa": sudah & Q(dipa_tahun__isnull=True),
        "belum": ~sudah,
        "lewat": ~sudah & Q(tenggat__lt=hari),
        "berganti": Q(berganti=True),
        "dipa": Q(dipa_tahun__isnull=True),
    }[keadaan]


def _rank(hari: datetime.date) -> Case:
    """Most behind first."""
    urutan = ("lewat", "belum", "berganti", "tanpa_dipa", "terlambat")
    return Case(
        *(When(build_syarat(satu, hari), then=Value(n)) for n, satu in enumerate(urutan)),
        default=Value(len(urutan)),
        output_field=IntegerField(),
    )


# --- figures and rows -----------------------------------------------------------------------------
def count(posisi, saringan: Saringan) -> dict[str, int]:
    """How many units are in each state, and all of them as `satker`; two queries, since Django cannot
    name a subquery in the filter of an aggregate."""
    syarat = {satu: build_syarat(satu, saringan.hari) for satu in LABEL_KEADAAN}
    berganti = posisi.filter(syarat.pop("berganti")).count()
    hitungan = posisi.aggregate(
        satker=Count("pk"),
        **{satu: Count("pk", filter=isi) for satu, isi in syarat.items()},
    )
    return hitungan | {"berganti": berganti}


def list_urut(posisi, saringan: Saringan):
    """The rows that the filters leave, most behind first; among those the longest overdue."""
    daftar = posisi.filter(build_syarat(saringan.keadaan, saringan.hari))
    if saringan.q:
        daftar = daftar.filter(pk__in=KedudukanSatker.objects.search(saringan.q).values("pk"))
    return daftar.select_related("satker").order_by("peringkat", "tenggat", "urut", "pk")


def fill_baris(daftar_posisi, saringan: Saringan) -> list[Any]:
    """The positions of a page with what it shows; two queries at any length."""
    perjanjian = {
        satu.pk: satu
        for satu in PerjanjianKinerja.objects.filter(
            pk__in=[satu.berlaku_pk for satu in daftar_posisi if satu.berlaku_pk]
        ).select_related("pihak_pertama__pengguna")
    }
    kepala = read_kepala([satu.satker_id for satu in daftar_posisi], saringan.hari)
    for posisi in daftar_posisi:
        posisi.nilai = janji.judge(posisi.dipa, posisi.pertama, saringan.hari)
        posisi.perjanjian = satu = perjanjian.get(posisi.berlaku_pk)
        posisi.pergantian = None
        if satu is not None and satu.tanggal is not None:
            posisi.pergantian = janji.find_pergantian(
                get_pihak(satu, "pertama"), satu.tanggal, kepala.get(posisi.satker_id, ())
            )
    return daftar_posisi


JUDUL_UNDUH = [
    *("kode", "satuan kerja", "tahun", "tanggal DIPA", "tenggat", "keadaan", "versi berlaku"),
    *("ditandatangani pertama", "versi ini ditandatangani", "pihak pertama", "pihak kedua"),
    "catatan",
]


def show_unduh(daftar_posisi, saringan: Saringan):
    """Rows of the download."""
    for satu in fill_baris(list(daftar_posisi), saringan):
        perjanjian = satu.perjanjian
        yield [
            satu.satker.kode,
            satu.nama,
            saringan.tahun,
            satu.dipa,
            satu.nilai.tenggat,
            satu.nilai.kalimat,
            perjanjian.versi if perjanjian else None,
            satu.pertama,
            perjanjian.tanggal if perjanjian else None,
            perjanjian.nama_pertama if perjanjian else "",
            perjanjian.nama_kedua if perjanjian else "",
            "pejabat berganti, versi baru belum dibuat" if satu.pergantian else "",
        ]
