"""The assessment of one unit in one year: window, areas, answers by layer, and the kept scores."""

import datetime
import json
from decimal import Decimal

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.base import ModelState
from django.db.models.functions import Coalesce
from django.utils import timezone

from integritas.constraints import both_or_neither
from penilaian.jawaban import Isian
from penilaian.models.instrumen import LapisPenilaian, Pertanyaan, VersiInstrumen
from penilaian.models.predikat import JenisPredikat
from satker.models import KedudukanSatker, Pengguna, SatuanKerja

LAPIS_SATKER = "satker"


class Status(models.TextChoices):
    """Where the assessment is. Later stages (review, proposal) follow here."""

    PENGISIAN = "pengisian", "Pengisian"
    DIAJUKAN = "diajukan", "Diajukan"


class PenilaianQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(satker__in=SatuanKerja.objects.visible_to(user))

    def for_tahun(self, tahun: int):
        return self.filter(tahun=tahun)

    def with_nama(self):
        """`nama`: what the unit is called today, or was called last."""
        posisi = KedudukanSatker.objects.filter(satker=OuterRef("satker"))
        kini = posisi.at(timezone.localdate()).values("nama")[:1]
        terakhir = posisi.order_by("-pk").values("nama")[:1]
        return self.annotate(nama=Coalesce(Subquery(kini), Subquery(terakhir)))

    def for_page(self):
        """What every page about one assessment shows of it."""
        return self.with_nama().select_related("satker", "versi").defer("versi__teks")


class Penilaian(models.Model):
    """One unit in one year. The target may change by a step; history tells from what."""

    satker = models.ForeignKey(SatuanKerja, models.PROTECT)
    tahun = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=4, choices=JenisPredikat.choices)
    versi = models.ForeignKey(VersiInstrumen, models.PROTECT)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PENGISIAN)
    # The window in which answers change; both days included.
    buka_pada = models.DateField()
    tutup_pada = models.DateField()
    dibuka_pada = models.DateTimeField(default=timezone.now)
    dibuka_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    diajukan_pada = models.DateTimeField(null=True, blank=True)
    diajukan_oleh = models.ForeignKey(
        Pengguna, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PenilaianQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "penilaian"
        constraints = [
            models.UniqueConstraint(fields=["satker", "tahun"], name="penilaian_satu_setahun"),
            both_or_neither("diajukan_pada", "diajukan_oleh", "penilaian_diajukan"),
            models.CheckConstraint(
                condition=Q(tutup_pada__gte=F("buka_pada")), name="penilaian_jendela_urut"
            ),
            models.CheckConstraint(
                condition=Q(status="pengisian", diajukan_pada__isnull=True)
                | (~Q(status="pengisian") & Q(diajukan_pada__isnull=False)),
                name="penilaian_status_sesuai",
            ),
            models.CheckConstraint(
                condition=Q(tahun__gte=2014, tahun__lte=2100), name="penilaian_tahun_wajar"
            ),
        ]
        indexes = [models.Index(fields=["tahun", "satker"], name="penilaian_tahun_satker")]

    def __str__(self):
        return f"LKE {self.tahun} {self.satker_id}"

    @property
    def objek(self) -> str:
        """How the history names this record."""
        return f"penilaian:{self.pk}"

    def is_open(self, pada: datetime.date) -> bool:
        """Answers may change on that day, as far as the whole is concerned."""
        return self.status == Status.PENGISIAN and self.buka_pada <= pada <= self.tutup_pada


class AreaPenilaianQuerySet(models.QuerySet):
    def annotate_petugas(self):
        """One row a person who fills the area (`nama_petugas`), or one row without."""
        return self.annotate(nama_petugas=F("daftar_petugas__nama"))


class AreaPenilaian(models.Model):
    """One area (A.1 … A.6, B) of an assessment: who fills it, until when, and whether it is in."""

    penilaian = models.ForeignKey(Penilaian, models.CASCADE)
    area = models.CharField(max_length=8)
    tenggat = models.DateField(null=True, blank=True)
    diajukan_pada = models.DateTimeField(null=True, blank=True)
    diajukan_oleh = models.ForeignKey(
        Pengguna, models.PROTECT, null=True, blank=True, related_name="+"
    )
    daftar_petugas = models.ManyToManyField(Pengguna, related_name="+")

    objects = AreaPenilaianQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "area penilaian"
        constraints = [
            models.UniqueConstraint(fields=["penilaian", "area"], name="area_penilaian_satu"),
            both_or_neither("diajukan_pada", "diajukan_oleh", "area_penilaian_diajukan"),
        ]

    def __str__(self):
        return f"{self.penilaian_id} {self.area}"


class JawabanQuerySet(models.QuerySet):
    def counted(self):
        """Answers that count: a draft carried over from another year does not."""
        return self.filter(draf=False)

    def of_lapis(self, lapis: str = LAPIS_SATKER):
        return self.filter(lapis=lapis)


class Jawaban(models.Model):
    """The answer of one layer to one question; no row means nobody has touched it.

    `versi_isi` rises with each save: whoever saves names the number they saw.
    """

    penilaian = models.ForeignKey(Penilaian, models.CASCADE)
    pertanyaan = models.ForeignKey(Pertanyaan, models.PROTECT)
    lapis = models.ForeignKey(
        LapisPenilaian, models.PROTECT, default=LAPIS_SATKER, db_column="lapis"
    )
    pilihan = models.CharField(max_length=8, blank=True)
    # Typed numbers as JSON with sorted keys, numbers as text: {"jumlah_agen":"7"}.
    isian = models.TextField(blank=True)
    catatan = models.TextField(blank=True)
    draf = models.BooleanField(default=False)
    versi_isi = models.PositiveIntegerField(default=1)
    diubah_pada = models.DateTimeField(default=timezone.now)
    diubah_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = JawabanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "jawaban"
        constraints = [
            models.UniqueConstraint(
                fields=["penilaian", "pertanyaan", "lapis"], name="jawaban_satu_selapis"
            ),
            models.CheckConstraint(
                condition=Q(pilihan="") | Q(isian=""), name="jawaban_pilihan_atau_isian"
            ),
        ]

    def __str__(self):
        return f"{self.penilaian_id} {self.pertanyaan_id} {self.pilihan or self.isian}"

    @classmethod
    def from_db(cls, db, field_names, values):
        """A whole row becomes an object without the model's own way there, which takes longer than
        the query: all answers of an assessment are read at each one saved."""
        if len(values) != len(cls._meta.concrete_fields):
            return super().from_db(db, field_names, values)
        baru = cls.__new__(cls)
        baru.__dict__.update(zip(field_names, values, strict=True))
        baru._state = ModelState()
        baru._state.adding, baru._state.db = False, db
        return baru

    @property
    def jawab(self) -> Isian | None:
        """The answer as the score reads it."""
        if self.pilihan:
            return self.pilihan
        return read_isian(self.isian)

    def set_jawab(self, jawab: Isian | None) -> None:
        self.pilihan = jawab if isinstance(jawab, str) else ""
        self.isian = "" if not jawab or isinstance(jawab, str) else write_isian(jawab)


def write_isian(isian) -> str:
    """Typed numbers as stored text."""
    return json.dumps(
        {kode: format(nilai, "f") for kode, nilai in isian.items()},
        sort_keys=True,
        separators=(",", ":"),
    )


def read_isian(teks: str) -> dict[str, Decimal] | None:
    if not teks:
        return None
    return {kode: Decimal(nilai) for kode, nilai in json.loads(teks).items()}


def _skor_field() -> models.DecimalField:
    return models.DecimalField(max_digits=9, decimal_places=6, default=Decimal(0))


class Rekap(models.Model):
    """The scores of one assessment and layer as last saved, under both rules for empty questions;
    written in the transaction that changes an answer. A list never counts answers."""

    penilaian = models.ForeignKey(Penilaian, models.CASCADE)
    # The year of the assessment, which never changes: the board's order is an index of this table.
    tahun = models.PositiveSmallIntegerField()
    lapis = models.ForeignKey(
        LapisPenilaian, models.PROTECT, default=LAPIS_SATKER, db_column="lapis"
    )
    a1_nol, a1_abaikan = _skor_field(), _skor_field()
    a2_nol, a2_abaikan = _skor_field(), _skor_field()
    a3_nol, a3_abaikan = _skor_field(), _skor_field()
    a4_nol, a4_abaikan = _skor_field(), _skor_field()
    a5_nol, a5_abaikan = _skor_field(), _skor_field()
    a6_nol, a6_abaikan = _skor_field(), _skor_field()
    a_i_nol, a_i_abaikan = _skor_field(), _skor_field()
    a_ii_nol, a_ii_abaikan = _skor_field(), _skor_field()
    a_nol, a_abaikan = _skor_field(), _skor_field()
    b_i_nol, b_i_abaikan = _skor_field(), _skor_field()
    b_i_a_nol, b_i_a_abaikan = _skor_field(), _skor_field()
    b_i_b_nol, b_i_b_abaikan = _skor_field(), _skor_field()
    b_ii_nol, b_ii_abaikan = _skor_field(), _skor_field()
    b_ii_a_nol, b_ii_a_abaikan = _skor_field(), _skor_field()
    b_nol, b_abaikan = _skor_field(), _skor_field()
    total_nol, total_abaikan = _skor_field(), _skor_field()
    jumlah_pertanyaan = models.PositiveSmallIntegerField()
    jumlah_terisi = models.PositiveSmallIntegerField(default=0)
    # Answered questions per area, {"A.1": 16, …}.
    terisi_area = models.JSONField(default=dict)
    # Codes of failed gates, separated by blanks, in their fixed order.
    gagal_wbk_nol = models.CharField(max_length=80, blank=True)
    gagal_wbk_abaikan = models.CharField(max_length=80, blank=True)
    gagal_wbbm_nol = models.CharField(max_length=80, blank=True)
    gagal_wbbm_abaikan = models.CharField(max_length=80, blank=True)
    # Of the assessment's own target, empty = nol: what the list of who is behind sorts by.
    jumlah_gagal = models.PositiveSmallIntegerField(default=0)
    # Findings of the X-ray not accepted, by level; kept by penilaian.xray.
    jumlah_harus = models.PositiveSmallIntegerField(default=0)
    jumlah_sebaiknya = models.PositiveSmallIntegerField(default=0)
    diubah_pada = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "rekap"
        constraints = [
            models.UniqueConstraint(fields=["penilaian", "lapis"], name="rekap_satu_selapis"),
            models.CheckConstraint(
                condition=Q(jumlah_terisi__lte=F("jumlah_pertanyaan")), name="rekap_terisi_wajar"
            ),
        ]
        indexes = [
            models.Index(
                "tahun",
                "lapis",
                F("jumlah_gagal").desc(),
                "jumlah_terisi",
                "penilaian",
                name="rekap_papan",
            )
        ]

    def __str__(self):
        return f"rekap {self.penilaian_id}"


class Upaya(models.Model):
    """How hard the unit finds a question (1 to 9), and what it can reach in a percentage or index
    at best. For the shortest way."""

    penilaian = models.ForeignKey(Penilaian, models.CASCADE)
    pertanyaan = models.ForeignKey(Pertanyaan, models.PROTECT)
    upaya = models.PositiveSmallIntegerField(default=1)
    # Typed numbers a unit says it can reach, as Jawaban.isian; empty: not said.
    jangkauan = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "upaya"
        constraints = [
            models.UniqueConstraint(fields=["penilaian", "pertanyaan"], name="upaya_satu"),
            models.CheckConstraint(
                condition=Q(upaya__gte=1, upaya__lte=9), name="upaya_1_sampai_9"
            ),
        ]

    def __str__(self):
        return f"{self.penilaian_id} {self.pertanyaan_id}: {self.upaya}"

    @property
    def jangkau(self) -> dict[str, Decimal] | None:
        """The numbers within reach as the score reads them."""
        return read_isian(self.jangkauan)
