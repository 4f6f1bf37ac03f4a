"""One table of about the width of a list row."""

from django.db import models


class Baris(models.Model):
    nama = models.CharField(max_length=200)
    jenis = models.CharField(max_length=40)
    tempat = models.CharField(max_length=120)
    nilai = models.CharField(max_length=5)
    sejak = models.DateField()

    class Meta:
        verbose_name = verbose_name_plural = "baris"

    def __str__(self):
        return self.nama
