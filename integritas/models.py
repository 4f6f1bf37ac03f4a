"""What every app keeps alike: the rows of stored files."""

from django.db import models
from django.utils import timezone


class Berkas(models.Model):
    """Bytes in the store, by SHA-256; never handed out without a link that somebody may see."""

    sha256 = models.CharField(max_length=64, unique=True)
    ukuran = models.PositiveBigIntegerField()
    jenis = models.CharField(max_length=8)
    mime = models.CharField(max_length=100)
    disimpan_pada = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "berkas"

    def __str__(self):
        return self.sha256[:12]
