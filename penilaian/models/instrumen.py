"""Versions of the instrument. The file is the truth: its text is kept whole and never changed once
an assessment uses it; what an admin may set per version stands in rows of its own."""

import hashlib
from decimal import Decimal
from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.utils import timezone

from penilaian.instrumen import Instrumen, parse_instrumen


class LapisPenilaian(models.Model):
    """Who answers: the unit, the Kanwil, the inspectors, the national team. Configuration."""

    kode = models.SlugField(max_length=16, primary_key=True)
    nama = models.CharField(max_length=60)
    urutan = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "lapis penilaian"

    def __str__(self):
        return self.nama


@lru_cache(maxsize=16)
def _parse(sha256: str, teks: str) -> Instrumen:
    return parse_instrumen(teks)


class VersiInstrumen(models.Model):
    """One version of a rule set's instrument, as loaded."""

    kode = models.SlugField(max_length=60)
    versi = models.PositiveSmallIntegerField()
    judul = models.CharField(max_length=200)
    teks = models.TextField()
    sha256 = models.CharField(max_length=64)
    dimuat_pada = models.DateTimeField(default=timezone.now)
    # Raised whenever an admin changes a setting below, so that other processes read it again.
    pengaturan = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "versi instrumen"
        constraints = [
            models.UniqueConstraint(fields=["kode", "versi"], name="versi_instrumen_satu"),
            models.UniqueConstraint(fields=["kode", "sha256"], name="versi_instrumen_isi_satu"),
        ]

    def __str__(self):
        return f"{self.kode} versi {self.versi}"

    @staticmethod
    def compute_sha256(teks: str) -> str:
        return hashlib.sha256(teks.encode()).hexdigest()

    @property
    def bawaan(self) -> Instrumen:
        """The instrument as its file says; parsed once per process."""
        return _parse(self.sha256, self.teks)


class Pertanyaan(models.Model):
    """A question of a version, for keys; everything else about it is in the version's text."""

    versi = models.ForeignKey(VersiInstrumen, models.CASCADE)
    kode = models.CharField(max_length=20)
    urutan = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=8)
    # Replaces the instrument's value for a base of zero, where its rule is only a proposal.
    nilai_penyebut_nol = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "pertanyaan"
        constraints = [
            models.UniqueConstraint(fields=["versi", "kode"], name="pertanyaan_kode_satu"),
            models.CheckConstraint(
                condition=Q(nilai_penyebut_nol__isnull=True)
                | Q(nilai_penyebut_nol__gte=Decimal(0), nilai_penyebut_nol__lte=Decimal(1)),
                name="pertanyaan_penyebut_nol_0_sampai_1",
            ),
        ]

    def __str__(self):
        return self.kode


class DokumenDiminta(models.Model):
    """A document that a question asks for, in one version; an admin sets it."""

    class Berkala(models.TextChoices):
        SEKALI = "sekali", "Sekali setahun"
        TRIWULAN = "triwulan", "Tiap triwulan"
        BULAN = "bulan", "Tiap bulan"

    pertanyaan = models.ForeignKey(Pertanyaan, models.CASCADE)
    nama = models.CharField(max_length=200)
    wajib = models.BooleanField(default=False)
    berkala = models.CharField(max_length=8, choices=Berkala.choices, default=Berkala.SEKALI)
    urutan = models.PositiveSmallIntegerField(default=0)
    # No longer asked for, while older links still name it.
    ditarik = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = "dokumen diminta"
        constraints = [
            models.UniqueConstraint(fields=["pertanyaan", "nama"], name="dokumen_diminta_satu")
        ]

    def __str__(self):
        return self.nama
