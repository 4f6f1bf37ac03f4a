"""Who comes to a ceremony: witnesses, people expected, attempts at the door, and calendars."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from integritas.constraints import both_or_neither, exactly_one
from satker.kode import HURUF_KODE, PANJANG_KODE
from satker.models.akun import Pengguna
from satker.models.organisasi import KantorWilayah, SatuanKerja
from satker.models.personel import Personel, make_token
from satker.models.upacara import Upacara


def make_kode() -> str:
    """A code for the door."""
    return "".join(secrets.choice(HURUF_KODE) for _ in range(PANJANG_KODE))


class Saksi(models.Model):
    """A witness of an event: an institution and, once known, the person who comes for it."""

    upacara = models.ForeignKey(Upacara, models.CASCADE)
    lembaga = models.CharField(max_length=150)
    nama = models.CharField(max_length=150, blank=True)
    jabatan = models.CharField(max_length=150, blank=True)
    email = models.EmailField("alamat surel", max_length=254, null=True, blank=True)
    dikonfirmasi_pada = models.DateTimeField(null=True, blank=True)
    keterangan = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "saksi"
        constraints = [
            models.UniqueConstraint(fields=["upacara", "lembaga", "nama"], name="saksi_satu")
        ]

    def __str__(self):
        return f"{self.nama} ({self.lembaga})" if self.nama else self.lembaga


class Peserta(models.Model):
    """Somebody expected at an event: a person of a roster or a witness.

    `kode` opens the door, `token` is the person's own address for signing; only this row knows them.
    """

    class Cara(models.TextChoices):
        """How the presence was taken down."""

        PINDAI = "pindai", "Kode QR"
        KODE = "kode", "Kode diketik"
        CARI = "cari", "Dicari menurut nama"
        DAFTAR = "daftar", "Dari daftar cetak"

    upacara = models.ForeignKey(Upacara, models.CASCADE)
    personel = models.ForeignKey(Personel, models.PROTECT, null=True, blank=True)
    saksi = models.ForeignKey(Saksi, models.CASCADE, null=True, blank=True)
    # The unit for which the person comes; empty for a witness.
    satker = models.ForeignKey(SatuanKerja, models.PROTECT, null=True, blank=True)
    kode = models.CharField(max_length=PANJANG_KODE, default=make_kode)
    token = models.CharField(max_length=43, unique=True, default=make_token)
    hadir_pada = models.DateTimeField(null=True, blank=True)
    cara_hadir = models.CharField(max_length=8, choices=Cara.choices, null=True, blank=True)
    dicatat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The SEQUENCE of the event that the last invitation spoke of.
    diundang_urutan = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "peserta"
        constraints = [
            exactly_one("personel", "saksi", nama="peserta_personel_atau_saksi"),
            models.UniqueConstraint(fields=["upacara", "personel"], name="peserta_personel_satu"),
            models.UniqueConstraint(fields=["upacara", "saksi"], name="peserta_saksi_satu"),
            models.UniqueConstraint(fields=["upacara", "kode"], name="peserta_kode_satu"),
            models.CheckConstraint(
                condition=Q(hadir_pada__isnull=True, cara_hadir__isnull=True)
                | Q(hadir_pada__isnull=False, cara_hadir__isnull=False),
                name="peserta_hadir_bercara",
            ),
            models.CheckConstraint(
                condition=Q(personel__isnull=True) | Q(satker__isnull=False),
                name="peserta_personel_bersatker",
            ),
        ]
        indexes = [
            models.Index(fields=["upacara", "satker", "id"], name="peserta_upacara"),
            # The counter, and whose a foreign code is.
            models.Index(
                fields=["upacara"], condition=Q(hadir_pada__isnull=False), name="peserta_hadir"
            ),
            models.Index(fields=["kode"], name="peserta_kode"),
        ]

    def __str__(self):
        return f"peserta {self.pk}"


class Pindaian(models.Model):
    """One attempt at the door, taken or not. `kunci` comes from the device: sent again, it is the
    same attempt."""

    class Hasil(models.TextChoices):
        DITERIMA = "diterima", "Diterima"
        GANDA = "ganda", "Sudah tercatat hadir"
        ASING = "asing", "Kode tidak dikenal pada upacara ini"
        DITUTUP = "ditutup", "Upacara tidak sedang dibuka"

    upacara = models.ForeignKey(Upacara, models.CASCADE)
    kunci = models.UUIDField(unique=True)
    # As it was typed. A personal address is a secret: of one that is foreign only its beginning.
    kode = models.CharField(max_length=64)
    peserta = models.ForeignKey(Peserta, models.CASCADE, null=True, blank=True)
    cara = models.CharField(max_length=8, choices=Peserta.Cara.choices)
    hasil = models.CharField(max_length=10, choices=Hasil.choices)
    # The answer in words, without a name of the roster: sent again, it gets the same one.
    keterangan = models.CharField(max_length=300, blank=True)
    # When it was made, by our clock, for a scan that was sent later; and when it arrived.
    dipindai_pada = models.DateTimeField()
    # The device's clock cannot be right: `Peserta.hadir_pada` took the nearest moment that can.
    jam_diragukan = models.BooleanField(default=False)
    diterima_pada = models.DateTimeField(default=timezone.now)
    alat = models.CharField(max_length=80, blank=True)
    oleh = models.ForeignKey(Pengguna, models.SET_NULL, null=True, blank=True, related_name="+")
    # A presence taken back stays with its reason.
    dibatalkan_pada = models.DateTimeField(null=True, blank=True)
    dibatalkan_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    alasan_batal = models.CharField(max_length=300, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "pindaian"
        constraints = [
            # Somebody comes in once; whoever was taken back may come in again.
            models.UniqueConstraint(
                fields=["peserta"],
                condition=Q(hasil="diterima", dibatalkan_pada__isnull=True),
                name="pindaian_diterima_satu",
            ),
            models.CheckConstraint(
                condition=~Q(hasil__in=["diterima", "ganda"]) | Q(peserta__isnull=False),
                name="pindaian_berpeserta",
            ),
            both_or_neither("dibatalkan_pada", "alasan_batal", "pindaian_batal_beralasan"),
        ]
        indexes = [models.Index(fields=["upacara", "-id"], name="pindaian_upacara")]

    def __str__(self):
        return f"{self.upacara_id} {self.hasil}"


class Langganan(models.Model):
    """A secret address of a calendar: a person's own, or a Kanwil's. Renewed, the old one is dead."""

    pengguna = models.ForeignKey(Pengguna, models.CASCADE, null=True, blank=True)
    kanwil = models.ForeignKey(KantorWilayah, models.CASCADE, null=True, blank=True)
    token = models.CharField(max_length=43, unique=True, default=make_token)
    dibuat_pada = models.DateTimeField(default=timezone.now)
    diperbarui_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "langganan"
        constraints = [
            exactly_one("pengguna", "kanwil", nama="langganan_satu_pemilik"),
            models.UniqueConstraint(fields=["pengguna"], name="langganan_pengguna_satu"),
            models.UniqueConstraint(fields=["kanwil"], name="langganan_kanwil_satu"),
        ]

    def __str__(self):
        return f"langganan {self.pk}"
