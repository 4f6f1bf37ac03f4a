"""What a Kanwil asks the inspectors to put on record about a predicate."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from integritas.constraints import both_or_neither
from satker.models import Pengguna, SatuanKerja


class UsulanCatatan(models.Model):
    """A proposed grant: data as the grant form takes it, decided by admin or TPI."""

    class Status(models.TextChoices):
        DIUSULKAN = "diusulkan", "Menunggu keputusan"
        DITERIMA = "diterima", "Diterima"
        DITOLAK = "ditolak", "Ditolak"

    satker = models.ForeignKey(SatuanKerja, models.CASCADE)
    # Cleaned values of the grant form, dates as ISO text.
    isi = models.JSONField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DIUSULKAN)
    diusulkan_pada = models.DateTimeField(default=timezone.now)
    diusulkan_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    diputuskan_pada = models.DateTimeField(null=True, blank=True)
    diputuskan_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    alasan_putusan = models.CharField(max_length=300, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "usulan catatan predikat"
        constraints = [
            both_or_neither("diputuskan_pada", "alasan_putusan", "usulan_catatan_diputuskan"),
            models.CheckConstraint(
                condition=Q(status="diusulkan", diputuskan_pada__isnull=True)
                | (~Q(status="diusulkan") & Q(diputuskan_pada__isnull=False)),
                name="usulan_catatan_status_sesuai",
            ),
        ]

    def __str__(self):
        return f"usulan {self.satker_id} {self.status}"
