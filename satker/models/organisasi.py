"""Who exists, over time: offices, their dated positions and what became of them."""

import datetime

from django.db import models
from django.db.models import Q

from integritas.constraints import exactly_one
from satker import cari


class BerlakuQuerySet(models.QuerySet):
    """Rows with `[berlaku_dari, berlaku_sampai)`; an empty side is open."""

    def at(self, pada: datetime.date):
        """Rows in force on that day: at most one per unit, the database sees to it."""
        return self.filter(
            Q(berlaku_dari__isnull=True) | Q(berlaku_dari__lte=pada),
            Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=pada),
        )


def ordered_dates(nama: str) -> models.CheckConstraint:
    """The end, if any, comes after the beginning."""
    return models.CheckConstraint(
        condition=Q(berlaku_dari__isnull=True)
        | Q(berlaku_sampai__isnull=True)
        | Q(berlaku_sampai__gt=models.F("berlaku_dari")),
        name=nama,
    )


class Instansi(models.Model):
    """A ministry or one of its directorates general; what it is called is dated."""

    kode = models.SlugField(max_length=60, unique=True)
    contoh = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = "instansi"

    def __str__(self):
        return self.kode


class KedudukanInstansi(models.Model):
    """Name and parent of an `Instansi` during a time."""

    instansi = models.ForeignKey(Instansi, models.CASCADE)
    nama = models.CharField(max_length=200)
    singkatan = models.CharField(max_length=60)
    induk = models.ForeignKey(Instansi, models.PROTECT, null=True, blank=True, related_name="+")
    berlaku_dari = models.DateField(null=True, blank=True)
    berlaku_sampai = models.DateField(null=True, blank=True)
    sumber = models.CharField(max_length=300)
    keyakinan = models.CharField(max_length=300, blank=True)

    objects = BerlakuQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "kedudukan instansi"
        constraints = [ordered_dates("kedudukan_instansi_tanggal_urut")]

    def __str__(self):
        return self.singkatan


class JenisSatker(models.Model):
    """A type of work unit (Lapas, Kanim …), as data."""

    kode = models.SlugField(max_length=40, unique=True)
    nama = models.CharField(max_length=120)
    singkatan = models.CharField(max_length=60)
    sebutan_lain = models.CharField(max_length=120, blank=True)
    urutan = models.PositiveSmallIntegerField(default=99)
    # A counter of another office is not scored on its own.
    mandiri = models.BooleanField(default=True)
    pembina = models.ForeignKey(Instansi, models.PROTECT, null=True, blank=True, related_name="+")
    layanan = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "jenis satker"

    def __str__(self):
        return self.singkatan


class KelasSatker(models.Model):
    """A class that a type knows; a type without rows has no classes."""

    jenis = models.ForeignKey(JenisSatker, models.CASCADE)
    kelas = models.CharField(max_length=40)
    keyakinan = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "kelas satker"
        constraints = [models.UniqueConstraint(fields=["jenis", "kelas"], name="kelas_satker_satu")]

    def __str__(self):
        return self.kelas


class SatuanKerjaQuerySet(models.QuerySet):
    def visible_to(self, user, pada: datetime.date | None = None):
        """Units whose working rows this person may see: position and assignment of today."""
        from satker import access

        return access.filter_satker(self, user, pada)


class SatuanKerja(models.Model):
    """A work unit's identity and nothing else; the code is never used again."""

    kode = models.SlugField(max_length=60, unique=True)
    # Invented, for the demonstration; never counted with real offices.
    contoh = models.BooleanField(default=False)

    objects = SatuanKerjaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "satuan kerja"

    def __str__(self):
        return self.kode


class KantorWilayah(models.Model):
    """A regional office: a node of the tree that is itself a work unit."""

    satker = models.OneToOneField(SatuanKerja, models.CASCADE)
    provinsi = models.CharField(max_length=80)
    kode_bps = models.CharField(max_length=4)
    # The last date for which somebody confirmed the facts of this Kanwil.
    data_per = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "kantor wilayah"

    def __str__(self):
        return self.provinsi


class ZonaWaktu(models.TextChoices):
    WIB = "WIB", "WIB"
    WITA = "WITA", "WITA"
    WIT = "WIT", "WIT"


class KedudukanSatkerQuerySet(BerlakuQuerySet):
    def real(self):
        """Offices that exist; invented ones are for the demonstration."""
        return self.filter(satker__contoh=False)

    def search(self, teks: str):
        """Units whose name, type, class or place matches what somebody typed."""
        hasil = self
        for istilah in cari.build_terms(teks):
            hasil = hasil.filter(cari__contains=istilah)
        return hasil


class KedudukanSatker(models.Model):
    """What a unit is called and where it stands during a time."""

    satker = models.ForeignKey(SatuanKerja, models.CASCADE)
    nama = models.CharField(max_length=200)
    jenis = models.ForeignKey(JenisSatker, models.PROTECT)
    kelas = models.CharField(max_length=40, blank=True)
    # A Kanwil's own row carries itself here, so that it counts among its units.
    kanwil = models.ForeignKey(KantorWilayah, models.PROTECT, null=True, blank=True)
    instansi = models.ForeignKey(
        Instansi, models.PROTECT, null=True, blank=True, related_name="kedudukan_satker_set"
    )
    pembina = models.ForeignKey(
        Instansi, models.PROTECT, null=True, blank=True, related_name="binaan_set"
    )
    tempat = models.CharField(max_length=120, blank=True)
    zona_waktu = models.CharField(max_length=4, choices=ZonaWaktu.choices)
    berlaku_dari = models.DateField(null=True, blank=True)
    berlaku_sampai = models.DateField(null=True, blank=True)
    sumber = models.CharField(max_length=300)
    keyakinan = models.CharField(max_length=300, blank=True)
    # Twins of the name, kept by fill_cari(): text to search in and a key to sort by.
    cari = models.CharField(max_length=600, editable=False)
    urut = models.CharField(max_length=200, editable=False)

    objects = KedudukanSatkerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "kedudukan satker"
        constraints = [
            ordered_dates("kedudukan_satker_tanggal_urut"),
            models.CheckConstraint(
                condition=Q(kanwil__isnull=False) | Q(instansi__isnull=False),
                name="kedudukan_satker_berinduk",
            ),
        ]
        indexes = [models.Index(fields=["urut", "id"], name="kedudukan_satker_urut")]

    def __str__(self):
        return self.nama

    def fill_cari(self):
        """Set the search text and the sort key from the other fields; the caller saves."""
        jenis = self.jenis
        self.cari = cari.build_cari(
            self.nama,
            jenis.nama,
            jenis.singkatan,
            jenis.sebutan_lain,
            f"kelas {self.kelas}" if self.kelas else "",
            self.tempat,
            self.satker.kode,
        )[:600]
        self.urut = cari.build_urut(jenis.urutan, self.nama)
        return self


class Silsilah(models.Model):
    """One unit became another, joined it, or was split from it."""

    class Jenis(models.TextChoices):
        MENJADI = "menjadi", "menjadi"
        BERGABUNG = "bergabung", "bergabung ke"
        PECAH = "pecah", "pecah menjadi"

    asal = models.ForeignKey(
        SatuanKerja, models.CASCADE, null=True, blank=True, related_name="silsilah_ke_set"
    )
    hasil = models.ForeignKey(
        SatuanKerja, models.CASCADE, null=True, blank=True, related_name="silsilah_dari_set"
    )
    asal_instansi = models.ForeignKey(
        Instansi, models.CASCADE, null=True, blank=True, related_name="silsilah_ke_set"
    )
    hasil_instansi = models.ForeignKey(
        Instansi, models.CASCADE, null=True, blank=True, related_name="silsilah_dari_set"
    )
    jenis = models.CharField(max_length=12, choices=Jenis.choices)
    tanggal = models.DateField()
    dasar = models.CharField(max_length=300, blank=True)
    sumber = models.CharField(max_length=300)
    keyakinan = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "silsilah"
        constraints = [
            exactly_one("asal", "asal_instansi", nama="silsilah_satu_asal"),
            exactly_one("hasil", "hasil_instansi", nama="silsilah_satu_hasil"),
            models.CheckConstraint(
                condition=Q(asal__isnull=True, hasil__isnull=True)
                | (Q(asal__isnull=False, hasil__isnull=False) & ~Q(asal=models.F("hasil"))),
                name="silsilah_sejenis",
            ),
            models.UniqueConstraint(fields=["asal", "hasil", "tanggal"], name="silsilah_sekali"),
            models.UniqueConstraint(
                fields=["asal_instansi", "hasil_instansi", "tanggal"],
                name="silsilah_instansi_sekali",
            ),
        ]

    def __str__(self):
        return f"{self.asal_id} {self.jenis} {self.hasil_id}"
