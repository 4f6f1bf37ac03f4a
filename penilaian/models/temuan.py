"""Contradictions that the X-ray found, and a unit's reason for one that is none."""

import hashlib

from django.db import models
from django.utils import timezone

from integritas.constraints import both_or_neither
from penilaian.models.instrumen import Pertanyaan
from penilaian.models.penilaian import Penilaian
from satker.models import Pengguna


class Tingkat(models.TextChoices):
    HARUS = "harus", "Harus diperbaiki"
    SEBAIKNYA = "sebaiknya", "Sebaiknya diperiksa"
    CATATAN = "catatan", "Catatan"


class Temuan(models.Model):
    """One contradiction: the rule, what it is about (`kunci`, unique within the rule), and the two
    facts that do not fit."""

    # Of one that speaks of another unit: built for a Kanwil or an inspector who reads, never a row.
    # See penilaian.temuan.kembar.
    rahasia = False

    penilaian = models.ForeignKey(Penilaian, models.CASCADE)
    aturan = models.SlugField(max_length=40)
    kunci = models.CharField(max_length=120)
    tingkat = models.CharField(max_length=10, choices=Tingkat.choices)
    pertanyaan = models.ForeignKey(Pertanyaan, models.PROTECT)
    fakta_satu = models.CharField(max_length=400)
    fakta_dua = models.CharField(max_length=400)
    ditemukan_pada = models.DateTimeField(default=timezone.now)
    # Of the facts accepted; other facts under the same key open it again.
    diterima_pada = models.DateTimeField(null=True, blank=True)
    diterima_oleh = models.ForeignKey(
        Pengguna, models.PROTECT, null=True, blank=True, related_name="+"
    )
    alasan = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "temuan"
        constraints = [
            models.UniqueConstraint(fields=["penilaian", "aturan", "kunci"], name="temuan_satu"),
            both_or_neither("diterima_pada", "diterima_oleh", "temuan_diterima"),
        ]

    def __str__(self):
        return f"{self.aturan} {self.kunci}"

    @property
    def tanda(self) -> str:
        """Names these very facts: who accepts says which they read."""
        isi = repr((self.tingkat, self.fakta_satu, self.fakta_dua))
        return hashlib.sha256(isi.encode()).hexdigest()[:16]
