"""Everybody who works at a unit, staff or not, and who of them has signed the integrity pact."""

import datetime
import re
import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from satker.models.akun import Pengguna
from satker.models.organisasi import BerlakuQuerySet, SatuanKerja


def make_token() -> str:
    """The secret part of a personal address."""
    return secrets.token_urlsafe(24)


# What stands where the name of an erased person stood.
NAMA_DIHAPUS = "Data orang ini dihapus"


class PersonelQuerySet(BerlakuQuerySet):
    def visible_to(self, user):
        return self.filter(satker__in=SatuanKerja.objects.visible_to(user))

    def overlapping(self, dari: datetime.date | None, sampai: datetime.date | None):
        """Rows of which at least one day lies in `[dari, sampai)`. See also roster.is_overlap()."""
        hasil = self.exclude(berlaku_sampai__lte=F("berlaku_dari"))
        if dari is not None:
            hasil = hasil.filter(Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=dari))
        if sampai is not None:
            hasil = hasil.filter(Q(berlaku_dari__isnull=True) | Q(berlaku_dari__lt=sampai))
        return hasil


class Personel(models.Model):
    """A person on the roster of a unit during a time; the end day itself is already outside."""

    class Jenis(models.TextChoices):
        ASN = "asn", "ASN"
        PPNPN = "ppnpn", "PPNPN"
        PENGAMANAN = "pengamanan", "Petugas pengamanan"
        KEBERSIHAN = "kebersihan", "Petugas kebersihan"
        TAMAN = "taman", "Petugas taman"
        PARKIR = "parkir", "Petugas parkir"
        LAIN = "lain", "Lainnya"

    satker = models.ForeignKey(SatuanKerja, models.PROTECT)
    nama = models.CharField(max_length=150)
    jenis = models.CharField(max_length=12, choices=Jenis.choices)
    jabatan = models.CharField(max_length=150)
    berlaku_dari = models.DateField(null=True, blank=True)
    berlaku_sampai = models.DateField(null=True, blank=True)
    # Shown in full to the unit's own people only.
    nomor = models.CharField("nomor pegawai", max_length=40, null=True, blank=True)
    # One address or number, what for, and when it goes.
    kontak = models.CharField(max_length=254, null=True, blank=True)
    guna_kontak = models.CharField("guna kontak", max_length=200, null=True, blank=True)
    kontak_sampai = models.DateField("kontak dihapus pada", null=True, blank=True)
    # The account of the same person, when there is one.
    pengguna = models.ForeignKey(Pengguna, models.SET_NULL, null=True, blank=True)
    # The person's own address for signing; printed on a slip for who has no contact, renewable.
    token = models.CharField(max_length=43, unique=True, default=make_token, editable=False)
    # Name and position as they are compared; kept by fill_kunci().
    kunci = models.CharField(max_length=310, editable=False)
    dihapus_pada = models.DateTimeField(null=True, blank=True, editable=False)
    dibuat_pada = models.DateTimeField(default=timezone.now, editable=False)
    contoh = models.BooleanField(default=False, editable=False)

    objects = PersonelQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "personel"
        constraints = [
            models.CheckConstraint(
                condition=Q(berlaku_dari__isnull=True)
                | Q(berlaku_sampai__isnull=True)
                | Q(berlaku_sampai__gte=F("berlaku_dari")),
                name="personel_tanggal_urut",
            ),
            models.CheckConstraint(condition=~Q(nomor=""), name="personel_nomor_terisi"),
            models.CheckConstraint(
                condition=Q(kontak__isnull=True, guna_kontak__isnull=True)
                & Q(kontak_sampai__isnull=True)
                | Q(kontak__isnull=False, guna_kontak__isnull=False, kontak_sampai__isnull=False),
                name="personel_kontak_bertujuan",
            ),
            # The same person twice at one time. An erased one has neither number nor key.
            models.UniqueConstraint(
                fields=["satker", "nomor"],
                condition=Q(berlaku_sampai__isnull=True),
                name="personel_nomor_satu",
            ),
            models.UniqueConstraint(
                fields=["satker", "kunci"],
                condition=Q(
                    berlaku_sampai__isnull=True, nomor__isnull=True, dihapus_pada__isnull=True
                ),
                name="personel_nama_jabatan_satu",
            ),
        ]
        indexes = [models.Index(fields=["satker", "kunci", "id"], name="personel_satker")]

    def __str__(self):
        return self.nama

    @property
    def objek(self) -> str:
        """How the history names this person: by number only."""
        return f"personel:{self.pk}"

    def fill_kunci(self):
        """Set what doubles are found by from name and position; the caller saves."""
        self.kunci = "|".join(
            " ".join(re.sub(r"[^\w\s]", " ", teks).casefold().split())
            for teks in (self.nama, self.jabatan)
        )
        return self


class Halangan(models.Model):
    """Why somebody on the roster cannot sign for a time; both days belong to it."""

    class Jenis(models.TextChoices):
        CUTI = "cuti", "Cuti"
        DINAS = "dinas", "Dinas luar"
        SAKIT = "sakit", "Sakit"
        LAIN = "lain", "Lainnya"

    personel = models.ForeignKey(Personel, models.CASCADE)
    jenis = models.CharField(max_length=8, choices=Jenis.choices)
    dari = models.DateField()
    sampai = models.DateField()
    keterangan = models.CharField(max_length=200, blank=True)
    dicatat_pada = models.DateTimeField(default=timezone.now)
    dicatat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "halangan"
        constraints = [
            models.CheckConstraint(condition=Q(sampai__gte=F("dari")), name="halangan_tanggal_urut")
        ]

    def __str__(self):
        return f"{self.personel_id} {self.jenis}"


class PaktaIntegritas(models.Model):
    """That a person has signed the pact of a year; how is told by the signature."""

    personel = models.ForeignKey(Personel, models.PROTECT)
    tahun = models.PositiveSmallIntegerField()
    tanggal = models.DateField()
    tanda_tangan = models.OneToOneField("satker.TandaTangan", models.PROTECT)

    class Meta:
        verbose_name = verbose_name_plural = "pakta integritas"
        constraints = [
            models.UniqueConstraint(fields=["personel", "tahun"], name="pakta_integritas_sekali")
        ]
        indexes = [models.Index(fields=["tahun", "personel"], name="pakta_integritas_tahun")]

    def __str__(self):
        return f"{self.personel_id} {self.tahun}"


class CakupanPakta(models.Model):
    """How many of a unit's roster of today have signed this year's pact; kept by the steps that
    change it and by a nightly task, since people come and go by date."""

    satker = models.ForeignKey(SatuanKerja, models.CASCADE)
    tahun = models.PositiveSmallIntegerField()
    jumlah_personel = models.PositiveIntegerField(default=0)
    jumlah_pakta = models.PositiveIntegerField(default=0)
    dihitung_pada = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "cakupan pakta"
        constraints = [
            models.UniqueConstraint(fields=["satker", "tahun"], name="cakupan_pakta_satu"),
            models.CheckConstraint(
                condition=Q(jumlah_pakta__lte=F("jumlah_personel")), name="cakupan_pakta_wajar"
            ),
        ]

    def __str__(self):
        return f"{self.satker_id} {self.tahun}"
