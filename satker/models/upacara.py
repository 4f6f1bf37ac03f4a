"""Ceremonies: rounds of a Kanwil, single events, and what is planned for them.

How an event came about is told by its status: one that a Kanwil plans goes from `rencana` to
`ditutup`; one that is only known from a source is `tercatat` and never changes by our steps.
"""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from integritas.teks import BULAN
from satker.models.akun import Pengguna
from satker.models.organisasi import KantorWilayah, SatuanKerja, ZonaWaktu
from satker.zona import to_lokal


class JenisAcara(models.Model):
    """A kind of act in an event; which there are is data."""

    kode = models.SlugField(max_length=40, unique=True)
    nama = models.CharField(max_length=150)
    urutan = models.PositiveSmallIntegerField(default=99)
    # Whether units that took part count as having declared.
    deklarasi = models.BooleanField(default=False)
    sumber = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "jenis acara"

    def __str__(self):
        return self.nama


class PutaranQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rounds of Kanwil whose own row this person may see, or in which a unit of theirs is."""
        satker = SatuanKerja.objects.visible_to(user)
        return self.filter(
            Q(kanwil__satker__in=satker)
            | Q(pk__in=PutaranSatker.objects.filter(satker__in=satker).values("putaran"))
        )

    def managed_by(self, user):
        """Rounds of the Kanwil this person works for."""
        return self.filter(kanwil__satker__in=SatuanKerja.objects.visible_to(user))

    def public(self):
        """What anybody may read: published by the Kanwil, or known from a public source anyway."""
        return self.filter(Q(diterbitkan_pada__isnull=False) | ~Q(sumber=""))


class Putaran(models.Model):
    """A Kanwil's yearly round of declarations, spread over places and dates."""

    kode = models.SlugField(max_length=80, unique=True)
    kanwil = models.ForeignKey(KantorWilayah, models.PROTECT)
    nama = models.CharField(max_length=200)
    tahun = models.PositiveSmallIntegerField()
    # No source writes the year: it is presumed, for this reason.
    tahun_dugaan = models.BooleanField(default=False)
    alasan_dugaan = models.CharField(max_length=400, blank=True)
    # The Kanwil itself says who takes part: whoever is not scheduled has not declared. Otherwise a
    # unit that no source names is unknown, never "belum".
    lengkap = models.BooleanField(default=True)
    sumber = models.CharField(max_length=300, blank=True)
    # Late signatures are taken until then.
    ditutup_pada = models.DateTimeField(null=True, blank=True)
    ditutup_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    diterbitkan_pada = models.DateTimeField(null=True, blank=True)
    dibuat_pada = models.DateTimeField(default=timezone.now)
    dibuat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PutaranQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "putaran"
        constraints = [
            models.CheckConstraint(
                condition=Q(tahun_dugaan=False) | ~Q(alasan_dugaan=""),
                name="putaran_dugaan_beralasan",
            )
        ]
        indexes = [models.Index(fields=["kanwil", "-tahun"], name="putaran_kanwil")]

    def __str__(self):
        return self.nama

    @property
    def objek(self) -> str:
        return f"putaran:{self.pk}"

    @property
    def is_tercatat(self) -> bool:
        """It is only known from a source; our steps do not touch it."""
        return self.sumber != ""

    @property
    def sebutan_tahun(self) -> str:
        """`2026`, or `tahun diduga 2021` where no source writes it."""
        return f"tahun diduga {self.tahun}" if self.tahun_dugaan else str(self.tahun)


class PutaranSatker(models.Model):
    """A unit that belongs to a round: the Kanwil expects it, or a source speaks of it."""

    putaran = models.ForeignKey(Putaran, models.CASCADE)
    satker = models.ForeignKey(SatuanKerja, models.PROTECT)
    gugus = models.CharField("gugus", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "satker putaran"
        constraints = [
            models.UniqueConstraint(fields=["putaran", "satker"], name="putaran_satker_satu")
        ]

    def __str__(self):
        return f"{self.putaran_id} {self.satker_id}"


class UpacaraQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Events whose host, round or participating unit this person may see."""
        satker = SatuanKerja.objects.visible_to(user)
        return self.filter(
            Q(tuan_rumah__in=satker)
            | Q(putaran__kanwil__satker__in=satker)
            | Q(pk__in=PesertaSatker.objects.filter(satker__in=satker).values("upacara"))
        )

    def managed_by(self, user):
        """Events this person may run: those of the host's people and of the Kanwil above it."""
        satker = SatuanKerja.objects.visible_to(user)
        return self.filter(Q(tuan_rumah__in=satker) | Q(putaran__kanwil__satker__in=satker))

    def public(self):
        """What anybody may read: told by a source, or announced in a round that is published."""
        return self.filter(
            Q(status=Upacara.Status.TERCATAT)
            | Q(putaran__diterbitkan_pada__isnull=False) & ~Q(status=Upacara.Status.RENCANA)
        )


class Upacara(models.Model):
    """One event: a host, a place, a date, several acts and several units."""

    class Status(models.TextChoices):
        RENCANA = "rencana", "Rencana"
        TERJADWAL = "terjadwal", "Terjadwal"
        BERLANGSUNG = "berlangsung", "Berlangsung"
        DITUTUP = "ditutup", "Ditutup"
        DIBATALKAN = "dibatalkan", "Dibatalkan"
        TERCATAT = "tercatat", "Tercatat dari sumber"

    kode = models.SlugField(max_length=80, unique=True)
    putaran = models.ForeignKey(Putaran, models.PROTECT, null=True, blank=True)
    nama = models.CharField(max_length=200)
    tuan_rumah = models.ForeignKey(SatuanKerja, models.PROTECT)
    tempat = models.CharField(max_length=200)
    alamat_daring = models.URLField(max_length=500, null=True, blank=True)
    # The day at the place; the hours in UTC, unknown for events told by a source.
    tanggal = models.DateField()
    mulai_pada = models.DateTimeField(null=True, blank=True)
    selesai_pada = models.DateTimeField(null=True, blank=True)
    zona_waktu = models.CharField(max_length=4, choices=ZonaWaktu.choices)
    tahun_dugaan = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.RENCANA)
    # iCalendar (RFC 5545): the identity never changes, SEQUENCE grows with each announced change.
    uid = models.CharField(max_length=120, unique=True)
    urutan = models.PositiveIntegerField(default=0)
    susulan_dari = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="susulan_set"
    )
    catatan = models.TextField(blank=True)
    sumber = models.CharField(max_length=300, blank=True)
    keyakinan = models.CharField(max_length=300, blank=True)
    dibuka_pada = models.DateTimeField(null=True, blank=True)
    ditutup_pada = models.DateTimeField(null=True, blank=True)
    # Until this day those who were away sign by their own link.
    susulan_sampai = models.DateField(null=True, blank=True)
    diubah_pada = models.DateTimeField(default=timezone.now)
    dibuat_pada = models.DateTimeField(default=timezone.now)
    dibuat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = UpacaraQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "upacara"
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai_pada__isnull=True)
                | Q(mulai_pada__isnull=False, selesai_pada__gt=F("mulai_pada")),
                name="upacara_jam_urut",
            ),
            models.CheckConstraint(
                condition=Q(status="tercatat") | Q(mulai_pada__isnull=False, tahun_dugaan=False),
                name="upacara_direncanakan_berjam",
            ),
            models.CheckConstraint(
                condition=~Q(status="tercatat") | ~Q(sumber=""), name="upacara_tercatat_bersumber"
            ),
            models.CheckConstraint(
                condition=~Q(status="ditutup") | Q(ditutup_pada__isnull=False),
                name="upacara_ditutup_pada",
            ),
        ]
        indexes = [
            models.Index(fields=["putaran", "tanggal"], name="upacara_putaran"),
            models.Index(fields=["tanggal", "id"], name="upacara_tanggal"),
        ]

    def __str__(self):
        return self.nama

    @property
    def objek(self) -> str:
        return f"upacara:{self.pk}"

    @property
    def is_editable(self) -> bool:
        return self.status in {self.Status.RENCANA, self.Status.TERJADWAL}

    @property
    def is_preparable(self) -> bool:
        """Witnesses, documents and people may still change: until it is closed."""
        return self.is_editable or self.status == self.Status.BERLANGSUNG

    @property
    def mulai_lokal(self) -> datetime.datetime | None:
        """When it begins by the clock of the place."""
        return to_lokal(self.mulai_pada, self.zona_waktu)

    @property
    def selesai_lokal(self) -> datetime.datetime | None:
        return to_lokal(self.selesai_pada, self.zona_waktu)

    @property
    def sebutan_tanggal(self) -> str:
        """`19 Januari 2022`, or `4 Februari, tahun diduga 2021` where no source writes the year."""
        return f"{self.tanggal.day} {self.sebutan_bulan}"

    @property
    def sebutan_bulan(self) -> str:
        """`Januari 2022`, for headings."""
        return f"{BULAN[self.tanggal.month - 1]}{self._pemisah_tahun}{self.tanggal.year}"

    @property
    def _pemisah_tahun(self) -> str:
        return ", tahun diduga " if self.tahun_dugaan else " "

    @property
    def sebutan_jam(self) -> str:
        """`09.00 sampai 11.30 WITA`; empty where no source tells the hour."""
        mulai, selesai = self.mulai_lokal, self.selesai_lokal
        if mulai is None:
            return ""
        akhir = f" sampai {selesai:%H.%M}" if selesai else ""
        return f"{mulai:%H.%M}{akhir} {self.zona_waktu}"

    @property
    def telah_dilaksanakan(self) -> bool:
        """It took place, as far as is known."""
        return self.status in {self.Status.DITUTUP, self.Status.TERCATAT, self.Status.BERLANGSUNG}


class Acara(models.Model):
    """An act of an event in its place in the order."""

    upacara = models.ForeignKey(Upacara, models.CASCADE)
    jenis = models.ForeignKey(JenisAcara, models.PROTECT)
    urutan = models.PositiveSmallIntegerField()
    keterangan = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "acara"
        constraints = [
            models.UniqueConstraint(fields=["upacara", "urutan"], name="acara_urutan_satu")
        ]

    def __str__(self):
        return f"{self.urutan}. {self.jenis_id}"


class PesertaSatker(models.Model):
    """A unit that takes part in an event; the host may or may not be among them."""

    upacara = models.ForeignKey(Upacara, models.CASCADE)
    satker = models.ForeignKey(SatuanKerja, models.PROTECT)
    # Whether anybody of the unit came; empty while nobody has said. See satker.alur.kehadiran.
    hadir = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "satker peserta"
        constraints = [
            models.UniqueConstraint(fields=["upacara", "satker"], name="peserta_satker_satu")
        ]
        indexes = [models.Index(fields=["satker", "upacara"], name="peserta_satker_satker")]

    def __str__(self):
        return f"{self.upacara_id} {self.satker_id}"


class DokumenUpacara(models.Model):
    """Something that has to be ready for an event."""

    upacara = models.ForeignKey(Upacara, models.CASCADE)
    nama = models.CharField(max_length=200)
    siap_pada = models.DateTimeField(null=True, blank=True)
    siap_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "dokumen upacara"
        constraints = [
            models.UniqueConstraint(fields=["upacara", "nama"], name="dokumen_upacara_satu")
        ]

    def __str__(self):
        return self.nama


class TindakLanjut(models.Model):
    """Something a unit has to do on a date after the event; units stall after declaring."""

    upacara = models.ForeignKey(Upacara, models.CASCADE)
    satker = models.ForeignKey(SatuanKerja, models.PROTECT)
    tanggal = models.DateField()
    perihal = models.CharField(max_length=200)
    # Whose idea the date is: a rule, or this product's.
    sumber = models.CharField(max_length=200, blank=True)
    selesai_pada = models.DateTimeField(null=True, blank=True)
    selesai_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "tindak lanjut"
        constraints = [
            models.UniqueConstraint(
                fields=["upacara", "satker", "tanggal", "perihal"], name="tindak_lanjut_satu"
            )
        ]
        indexes = [models.Index(fields=["satker", "tanggal"], name="tindak_lanjut_satker")]

    def __str__(self):
        return self.perihal
