"""A year's quarterly reports as those above the units see them: who has, who has not, who was late.

Most behind first, by the quarter that is looked at: not reported, reported late, without an
agreement in force, reported. A page costs the same at any number of units: one statement counts, one
reads the rows, one their quarters.
"""

import datetime
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Value,
    When,
)

from satker import capaian
from satker.capaian import Ketepatan
from satker.models import (
    BatasTriwulan,
    IndikatorKinerja,
    KantorWilayah,
    KedudukanSatker,
    Periode,
    PerjanjianKinerja,
    RealisasiIndikator,
    SatuanKerja,
)
from satker.zona import ZONA, get_akhir_hari, get_hari

UKURAN_HALAMAN = 50
BELUM, TERLAMBAT, TANPA, SUDAH = "belum", "terlambat", "tanpa", "sudah"
# Reported, late or not.
MASUK = "masuk"
LABEL_KEADAAN = {
    BELUM: "Belum lengkap",
    MASUK: "Sudah melaporkan",
    TERLAMBAT: "Sudah, terlambat",
    SUDAH: "Sudah, tidak terlambat",
    TANPA: "Belum ada PK berlaku",
}
# As the database knows them, most behind first: one expression is both the state and the order.
GILIRAN = {nama: nomor for nomor, nama in enumerate((BELUM, TERLAMBAT, TANPA, SUDAH))}
NAMA = tuple(GILIRAN)


@dataclass(frozen=True)
class Saringan:
    """What the reader asked of the list, and today."""

    tahun: int
    periode: Periode
    hari: datetime.date
    kanwil: KantorWilayah | None = None
    keadaan: str = ""
    q: str = ""
    contoh: bool = False

    @property
    def is_terisi(self) -> bool:
        return bool(self.kanwil or self.keadaan or self.q)

    def build_query(self) -> str:
        """What the doors in the headline keep."""
        isi = [f"tahun={self.tahun}", f"periode={self.periode}"]
        if self.kanwil:
            isi.append(f"kanwil={self.kanwil.satker.kode}")
        if self.contoh:
            isi.append("contoh=1")
        return "&".join(isi)


@dataclass(frozen=True)
class Hitungan:
    """Units of the reader's scope by what became of the quarter."""

    belum: int
    terlambat: int
    tanpa: int
    sudah: int

    @property
    def satker(self) -> int:
        return self.belum + self.terlambat + self.tanpa + self.sudah

    @property
    def masuk(self) -> int:
        return self.sudah + self.terlambat

    @property
    def berlaku(self) -> int:
        """With an agreement in force."""
        return self.satker - self.tanpa


@dataclass
class Baris:
    """A unit with its four quarters; `ketepatan` is empty without an agreement in force."""

    kode: str
    nama: str
    perjanjian_id: int | None
    keadaan: str
    ketepatan: list[tuple[Periode, Ketepatan]] = field(default_factory=list)


def list_posisi(user, saringan: Saringan, batas: dict[str, BatasTriwulan]):
    """Positions of today whose working rows this person may see, each with the number (`pk_id`) of
    its agreement in force and what became of the quarter (`giliran`, a number of `GILIRAN`)."""
    daftar = KedudukanSatker.objects.at(saringan.hari).filter(satker__contoh=saringan.contoh)
    terlihat = SatuanKerja.objects.visible_to(user)
    # Who sees all units is not asked which.
    if terlihat.query.where:
        daftar = daftar.filter(satker__in=terlihat)
    if saringan.kanwil:
        daftar = daftar.filter(kanwil=saringan.kanwil)
    daftar = daftar.annotate(
        janji=FilteredRelation(
            "satker__perjanjiankinerja",
            condition=Q(
                satker__perjanjiankinerja__tahun=saringan.tahun,
                satker__perjanjiankinerja__status=PerjanjianKinerja.Status.BERLAKU,
            ),
        )
    ).annotate(pk_id=F("janji__pk"))
    return daftar.annotate(giliran=_rank(saringan.periode, batas))


def _rank(periode: Periode, batas: dict[str, BatasTriwulan]) -> Case:
    """See also satker.capaian.judge(); an agreement without indicators has reported nothing."""
    indikator = IndikatorKinerja.objects.filter(sasaran__perjanjian=OuterRef("janji__pk"))
    pilihan = [
        When(janji__pk__isnull=True, then=Value(GILIRAN[TANPA])),
        When(
            Exists(indikator.unreported(periode)) | ~Exists(indikator),
            then=Value(GILIRAN[BELUM]),
        ),
    ]
    if periode in batas:
        nilai = RealisasiIndikator.objects.filter(
            indikator__sasaran__perjanjian=OuterRef("janji__pk"), periode=periode
        )
        tanggal = batas[periode].tanggal
        pilihan += [
            When(
                Q(zona_waktu=zona)
                & Exists(nilai.filter(dilaporkan_pada__gte=get_akhir_hari(tanggal, zona))),
                then=Value(GILIRAN[TERLAMBAT]),
            )
            for zona in ZONA
        ]
    return Case(*pilihan, default=Value(GILIRAN[SUDAH]), output_field=IntegerField())


def count_triwulan(posisi) -> Hitungan:
    """The figures of the headline in one statement, whatever else is filtered."""
    jumlah = {
        satu["giliran"]: satu["banyak"]
        for satu in posisi.values("giliran").annotate(banyak=Count("pk")).order_by()
    }
    return Hitungan(*(jumlah.get(nomor, 0) for nomor in GILIRAN.values()))


def list_baris(posisi, saringan: Saringan):
    """Rows that the filters leave, most behind first."""
    if saringan.keadaan == MASUK:
        posisi = posisi.filter(giliran__in=(GILIRAN[TERLAMBAT], GILIRAN[SUDAH]))
    elif saringan.keadaan:
        posisi = posisi.filter(giliran=GILIRAN[saringan.keadaan])
    if saringan.q:
        posisi = posisi.filter(pk__in=KedudukanSatker.objects.search(saringan.q).values("pk"))
    return posisi.order_by("giliran", "urut", "pk").values(
        "satker__kode", "nama", "zona_waktu", "pk_id", "giliran"
    )


def get_page(posisi, saringan: Saringan, batas: dict[str, BatasTriwulan], nomor) -> Page:
    """One page of `Baris`."""
    page = Paginator(list_baris(posisi, saringan), UKURAN_HALAMAN).get_page(nomor)
    page.object_list = fill_baris(list(page.object_list), saringan, batas)
    return page


def fill_baris(daftar: list[dict], saringan: Saringan, batas: dict[str, BatasTriwulan]):
    """These rows with their quarters: two statements at any length."""
    kunci = [satu["pk_id"] for satu in daftar if satu["pk_id"]]
    jumlah = dict(
        IndikatorKinerja.objects.filter(sasaran__perjanjian__in=kunci)
        .values_list("sasaran__perjanjian")
        .annotate(Count("pk"))
    )
    terisi = {
        (perjanjian, periode): (banyak, terakhir)
        for perjanjian, periode, banyak, terakhir in RealisasiIndikator.objects.filter(
            indikator__sasaran__perjanjian__in=kunci
        )
        .values_list("indikator__sasaran__perjanjian", "periode")
        .annotate(Count("pk"), Max("dilaporkan_pada"))
    }
    hasil = []
    for satu in daftar:
        baris = Baris(satu["satker__kode"], satu["nama"], satu["pk_id"], NAMA[satu["giliran"]])
        if baris.perjanjian_id:
            for periode in Periode:
                banyak, terakhir = terisi.get((baris.perjanjian_id, periode), (0, None))
                ketepatan = capaian.judge(
                    jumlah.get(baris.perjanjian_id, 0),
                    banyak,
                    get_hari(terakhir, satu["zona_waktu"]) if terakhir else None,
                    batas=batas[periode].tanggal if periode in batas else None,
                    hari=saringan.hari,
                )
                baris.ketepatan.append((periode, ketepatan))
        hasil.append(baris)
    return hasil
