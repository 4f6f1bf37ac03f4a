"""The year of a reader's units: who may be opened, who is behind.

The board's order, most behind first: those whose window has closed without being handed in, then
by most failed gates of their target, fewest answers, and name; units whose year was not opened
come after all others. Scores come ready from `Rekap`; nothing is counted from answers.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Value

from integritas.sql import Pernyataan, write_query
from penilaian.hitung import with_masa
from penilaian.models import LAPIS_SATKER, Penilaian, Status
from penilaian.rangka import Setara
from satker.models import KantorWilayah, KedudukanSatker, SatuanKerja

UKURAN_HALAMAN = 50
PENGISIAN, TERLAMBAT, DIAJUKAN, BELUM = "pengisian", "terlambat", "diajukan", "belum"
LABEL_KEADAAN = {
    PENGISIAN: "Sedang mengisi",
    TERLAMBAT: "Terlambat",
    DIAJUKAN: "Sudah diajukan",
    BELUM: "Belum dibuka",
}


def list_posisi(user, hari: datetime.date, kanwil: KantorWilayah | None, *, contoh: bool):
    """Positions of today whose working rows this person may see."""
    daftar = KedudukanSatker.objects.at(hari).filter(satker__contoh=contoh)
    terlihat = SatuanKerja.objects.visible_to(user)
    # Who sees all units is not asked which: the database plans every statement anew.
    if terlihat.query.where:
        daftar = daftar.filter(satker__in=terlihat)
    return daftar.filter(kanwil=kanwil) if kanwil else daftar


# --- the board ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Saringan:
    """What the reader asked of the board, and today."""

    tahun: int
    hari: datetime.date
    kanwil: KantorWilayah | None = None
    keadaan: str = ""
    q: str = ""
    contoh: bool = False

    @property
    def is_terisi(self) -> bool:
        return bool(self.kanwil or self.keadaan or self.q)


@dataclass(frozen=True)
class Hitungan:
    """Units of a reader's scope by what they do; `terlambat` are among `pengisian`. The last three
    are the rows that the filters leave: opened, late among these, and not opened."""

    pengisian: int
    diajukan: int
    terlambat: int
    belum: int
    cocok: int
    cocok_terlambat: int
    cocok_belum: int

    @property
    def satker(self) -> int:
        return self.pengisian + self.diajukan + self.belum


def _with_lke(posisi, tahun: int):
    """Positions with the unit's assessment of the year, if any, as `lke`."""
    return posisi.annotate(
        lke=FilteredRelation("satker__penilaian", condition=Q(satker__penilaian__tahun=tahun))
    )


def _filter_keadaan(keadaan: str, hari: datetime.date) -> Q:
    terlambat = Q(lke__status=Status.PENGISIAN, lke__tutup_pada__lt=hari)
    return {
        "": Q(lke__pk__isnull=False),
        PENGISIAN: Q(lke__status=Status.PENGISIAN),
        TERLAMBAT: terlambat,
        DIAJUKAN: ~Q(lke__status=Status.PENGISIAN) & Q(lke__pk__isnull=False),
        # None is among the opened ones.
        BELUM: Q(lke__pk__isnull=False, lke__pk__lt=0),
    }[keadaan]


def _search(saringan: Saringan) -> Q:
    dicari = KedudukanSatker.objects.search(saringan.q).values("pk")
    return Q(pk__in=dicari) if saringan.q else Q()


def count_papan(posisi, saringan: Saringan) -> Hitungan:
    """All figures of the board in one query."""
    [hitungan] = _write_hitungan(write_lingkup(posisi), saringan, Setara(posisi)).read()
    return Hitungan(**hitungan)


def write_lingkup(posisi) -> tuple[str, tuple]:
    """The positions of a reader, as what a kept statement about them is known by. Building the
    statements of the board takes far longer than answering them."""
    return posisi.values("pk").query.sql_with_params()


@lru_cache(maxsize=512)
def _write_hitungan(lingkup: tuple, saringan: Saringan, posisi: Setara) -> Pernyataan:
    return write_query(_annotate_hitungan(posisi.satu, saringan))


@lru_cache(maxsize=512)
def _write_terbuka(
    lingkup: tuple, saringan: Saringan, terlambat: bool, awal: int, akhir: int, posisi: Setara
) -> Pernyataan:
    return write_query(list_terbuka(posisi.satu, saringan, terlambat=terlambat)[awal:akhir])


def _annotate_hitungan(posisi, saringan: Saringan):
    """One row with the figures of `Hitungan`."""
    cari, hari = _search(saringan), saringan.hari
    cocok = _filter_keadaan(saringan.keadaan, hari) & cari
    ada_belum = saringan.keadaan in {"", BELUM}
    daftar = (
        # A constant is no group: one row, whatever there is.
        _with_lke(posisi, saringan.tahun)
        .annotate(semua=Value(1))
        .values("semua")
        .annotate(
            pengisian=Count("pk", filter=_filter_keadaan(PENGISIAN, hari)),
            diajukan=Count("pk", filter=_filter_keadaan(DIAJUKAN, hari)),
            terlambat=Count("pk", filter=_filter_keadaan(TERLAMBAT, hari)),
            belum=Count("pk", filter=Q(lke__pk__isnull=True)),
            cocok=Count("pk", filter=cocok),
            cocok_terlambat=Count("pk", filter=cocok & _filter_keadaan(TERLAMBAT, hari)),
            cocok_belum=Count(
                "pk", filter=Q(lke__pk__isnull=True) & cari if ada_belum else Q(pk__lt=0)
            ),
        )
        .order_by()
    )
    return daftar.values(*Hitungan.__dataclass_fields__)


def list_terbuka(posisi, saringan: Saringan, *, terlambat: bool):
    """Rows of units whose year was opened, those that are late or all others, most behind first:
    in the order of an index, so that a page reads its own rows only."""
    lewat = _filter_keadaan(TERLAMBAT, saringan.hari)
    # A plain negation over many rows would become a subquery of its own.
    selesai = [satu for satu in Status if satu != Status.PENGISIAN]
    tepat = Q(lke__status__in=selesai) | Q(lke__tutup_pada__gte=saringan.hari)
    return (
        # The year is that of the scores: asked of both, PostgreSQL expects a fifth of the rows.
        posisi.annotate(lke=FilteredRelation("satker__penilaian"))
        # In one call: a second one would join assessments and scores once more.
        .filter(
            _filter_keadaan(saringan.keadaan, saringan.hari),
            _search(saringan),
            lewat if terlambat else tepat,
            lke__rekap__lapis=LAPIS_SATKER,
            lke__rekap__tahun=saringan.tahun,
        )
        .annotate(terlambat=Value(terlambat))
        .order_by(
            F("lke__rekap__jumlah_gagal").desc(),
            "lke__rekap__jumlah_terisi",
            # As they were opened, which is in the order of codes, and the end of the index.
            "lke__rekap__penilaian",
        )
        .values(
            "nama",
            "terlambat",
            kode=F("satker__kode"),
            provinsi=F("kanwil__provinsi"),
            penilaian=F("lke__pk"),
            target=F("lke__target"),
            status=F("lke__status"),
            tutup_pada=F("lke__tutup_pada"),
            diajukan_pada=F("lke__diajukan_pada"),
            terisi=F("lke__rekap__jumlah_terisi"),
            jumlah=F("lke__rekap__jumlah_pertanyaan"),
            nilai_nol=F("lke__rekap__total_nol"),
            nilai_resmi=F("lke__rekap__total_abaikan"),
            jumlah_gagal=F("lke__rekap__jumlah_gagal"),
            gagal_wbk=F("lke__rekap__gagal_wbk_nol"),
            gagal_wbbm=F("lke__rekap__gagal_wbbm_nol"),
            harus=F("lke__rekap__jumlah_harus"),
            sebaiknya=F("lke__rekap__jumlah_sebaiknya"),
            diubah_pada=F("lke__rekap__diubah_pada"),
        )
    )


def list_belum(posisi, saringan: Saringan):
    """Rows of units whose year was not opened, by name."""
    return (
        _with_lke(posisi, saringan.tahun)
        .filter(_search(saringan), lke__pk__isnull=True)
        .order_by("urut", "pk")
        .values("nama", kode=F("satker__kode"), provinsi=F("kanwil__provinsi"))
    )


def get_page(posisi, saringan: Saringan, hitungan: Hitungan, nomor: str | None) -> Page:
    """One page of both lists, one behind the other, without asking for what it does not show."""
    paginator = Paginator((), UKURAN_HALAMAN)
    paginator.__dict__["count"] = hitungan.cocok + hitungan.cocok_belum
    page = paginator.get_page(nomor)
    awal = (page.number - 1) * UKURAN_HALAMAN
    akhir = awal + UKURAN_HALAMAN
    baris: list[dict[str, Any]] = []
    lingkup = write_lingkup(posisi)
    lewat = hitungan.cocok_terlambat
    for terlambat, mulai, banyak in ((True, 0, lewat), (False, lewat, hitungan.cocok - lewat)):
        dari, sampai = max(0, awal - mulai), min(akhir - mulai, banyak)
        if dari < sampai:
            baris += _write_terbuka(
                lingkup, saringan, terlambat, dari, akhir - mulai, Setara(posisi)
            ).read()
    if akhir > hitungan.cocok and hitungan.cocok_belum:
        dari = max(0, awal - hitungan.cocok)
        baris += list_belum(posisi, saringan)[dari : akhir - hitungan.cocok]
    add_area(baris, saringan.hari)
    return Page(baris, page.number, paginator)


def add_area(daftar: list[dict[str, Any]], hari: datetime.date) -> None:
    """Set `area_lewat` on each row: areas not handed in by their own due date."""
    terbuka = [satu["penilaian"] for satu in daftar if satu.get("status") == Status.PENGISIAN]
    lewat: dict[int, list[str]] = {}
    for penilaian, area in _read_lewat(terbuka, hari) if terbuka else ():
        lewat.setdefault(penilaian, []).append(area)
    for satu in daftar:
        satu["area_lewat"] = tuple(lewat.get(satu.get("penilaian"), ()))  # type: ignore[arg-type]


def _read_lewat(daftar_penilaian: list[int], hari: datetime.date) -> list[tuple[int, str]]:
    """Plain SQL: a thousand keys take the ORM long."""
    kunci = ", ".join(["%s"] * len(daftar_penilaian))
    with connection.cursor() as kursor:
        kursor.execute(
            f"SELECT penilaian_id, area FROM penilaian_areapenilaian WHERE penilaian_id IN ({kunci}) "  # noqa: S608  # nosec B608
            "AND tenggat < %s AND diajukan_pada IS NULL ORDER BY penilaian_id, area",
            [*daftar_penilaian, hari],
        )
        return kursor.fetchall()


def iterate_papan(posisi, saringan: Saringan) -> Iterator[dict[str, Any]]:
    """All rows, in portions so that memory stays flat."""
    daftar_bagian = [list_terbuka(posisi, saringan, terlambat=satu) for satu in (True, False)]
    if saringan.keadaan in {"", BELUM}:
        daftar_bagian.append(list_belum(posisi, saringan))
    for bagian in daftar_bagian:
        penampung: list[dict[str, Any]] = []
        for satu in bagian.iterator(chunk_size=1000):
            penampung.append(satu)
            if len(penampung) == 1000:
                add_area(penampung, saringan.hari)
                yield from penampung
                penampung = []
        add_area(penampung, saringan.hari)
        yield from penampung


# --- opening --------------------------------------------------------------------------------------
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
