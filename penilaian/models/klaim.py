"""Figures that somebody said in public, kept beside our own count and never mixed into it."""

import datetime
import re

from django.db import models
from django.db.models import Q

from satker.models import Instansi, KantorWilayah


class KlaimAngkaQuerySet(models.QuerySet):
    def until(self, pada: datetime.date):
        """Claims about a time that lies wholly on or before that day."""
        return self.filter(waktu_sampai__lte=pada)

    def about(self, kanwil: KantorWilayah | None, instansi_kode: str = "kemenkumham"):
        """Claims of one Kanwil, or of the whole ministry."""
        if kanwil is not None:
            return self.filter(kanwil=kanwil)
        return self.filter(instansi__kode=instansi_kode)


class KlaimAngka(models.Model):
    """A measure, its value, whom it is about, the time, who said it and where it stands."""

    lingkup = models.CharField(max_length=60)
    instansi = models.ForeignKey(Instansi, models.PROTECT, null=True, blank=True)
    kanwil = models.ForeignKey(KantorWilayah, models.PROTECT, null=True, blank=True)
    ukuran = models.CharField(max_length=60)
    nilai = models.DecimalField(max_digits=12, decimal_places=2)
    # As the source gives it: a year, a month or a day.
    waktu = models.CharField(max_length=10)
    waktu_dari = models.DateField()
    waktu_sampai = models.DateField()
    penutur = models.CharField(max_length=120, blank=True)
    sumber = models.CharField(max_length=300)
    keyakinan = models.CharField(max_length=300, blank=True)
    # Why the figure differs from our own count.
    penjelasan = models.CharField(max_length=500, blank=True)

    objects = KlaimAngkaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "klaim angka"
        constraints = [
            models.UniqueConstraint(
                fields=["lingkup", "waktu", "ukuran", "sumber"], name="klaim_angka_sekali"
            ),
            models.CheckConstraint(
                condition=Q(waktu_sampai__gte=models.F("waktu_dari")), name="klaim_waktu_urut"
            ),
        ]

    def __str__(self):
        return f"{self.lingkup} {self.ukuran} {self.nilai} ({self.waktu})"

    @property
    def nilai_polos(self) -> int | float:
        """The value as people write it: 29, or 80.5."""
        return (
            int(self.nilai) if self.nilai == self.nilai.to_integral_value() else float(self.nilai)
        )

    @property
    def sumber_ringkas(self) -> str:
        """The source without the date that some sources carry at their end."""
        return re.sub(r" \d{2}-\d{2}-\d{4}$", "", self.sumber)

    @property
    def ukuran_terbaca(self) -> str:
        """`lolos_ke_TPI` as people read it: "Lolos ke TPI"."""
        teks = self.ukuran.replace("_", " ")
        return teks[0].upper() + teks[1:]

    @property
    def lingkup_terbaca(self) -> str:
        """The Kanwil's province, the instansi, or the scope as the data calls it."""
        if self.kanwil_id:
            return f"Kanwil {self.kanwil.provinsi}"
        return self.lingkup.capitalize()
