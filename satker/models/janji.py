"""Perjanjian Kinerja: who promises what to whom for a year, and what came of it by quarter."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone

from integritas.constraints import both_or_neither
from integritas.models import Berkas
from satker.models.akun import Pengguna, Penugasan
from satker.models.organisasi import SatuanKerja


class Dipa(models.Model):
    """The day a unit's budget was approved: a month later its Perjanjian Kinerja is due."""

    satker = models.ForeignKey(SatuanKerja, models.CASCADE)
    tahun = models.PositiveSmallIntegerField()
    tanggal = models.DateField()
    nomor = models.CharField(max_length=60, blank=True)
    dicatat_pada = models.DateTimeField(default=timezone.now)
    dicatat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "dipa"
        constraints = [models.UniqueConstraint(fields=["satker", "tahun"], name="dipa_satu")]

    def __str__(self):
        return f"{self.satker_id} {self.tahun}"


class PerjanjianKinerjaQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(satker__in=SatuanKerja.objects.visible_to(user))

    def current(self):
        """Signed and not replaced: at most one per unit and year."""
        return self.filter(status=PerjanjianKinerja.Status.BERLAKU)

    def missing_for(self, periode: str):
        """In force, with an indicator that has no value for this quarter."""
        return self.current().filter(
            models.Exists(
                IndikatorKinerja.objects.unreported(periode).filter(
                    sasaran__perjanjian=models.OuterRef("pk")
                )
            )
        )


class PerjanjianKinerja(models.Model):
    """One version of a unit's agreement for a year (PermenPANRB 53/2014)."""

    class Status(models.TextChoices):
        DRAF = "draf", "Draf"
        BERLAKU = "berlaku", "Berlaku"
        DIGANTIKAN = "digantikan", "Digantikan"
        DIBATALKAN = "dibatalkan", "Dibatalkan"

    class Alasan(models.TextChoices):
        """Why a new version was made."""

        PEJABAT = "pejabat", "Pergantian pejabat"
        STRATEGI = "strategi", "Perubahan strategi (program, kegiatan, anggaran)"
        PRIORITAS = "prioritas", "Perubahan prioritas atau asumsi"

    class Cara(models.TextChoices):
        BASAH = "basah", "Tanda tangan basah (pindaian)"
        ELEKTRONIK = "elektronik", "Berkas bertanda tangan elektronik"

    satker = models.ForeignKey(SatuanKerja, models.PROTECT)
    tahun = models.PositiveSmallIntegerField()
    versi = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAF)
    alasan = models.CharField(max_length=12, choices=Alasan.choices, null=True, blank=True)
    keterangan_alasan = models.TextField(blank=True)
    # The Kanwil's agreement from which this one was taken down.
    turunan_dari = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="turunan_set"
    )
    # First party: the leader of this unit. An assignment, or somebody outside the system by name.
    pihak_pertama = models.ForeignKey(
        Penugasan, models.SET_NULL, null=True, blank=True, related_name="pk_pertama_set"
    )
    nama_pertama = models.CharField("nama pihak pertama", max_length=150, blank=True)
    jabatan_pertama = models.CharField("jabatan pihak pertama", max_length=200, blank=True)
    nomor_pertama = models.CharField("NIP pihak pertama", max_length=40, blank=True)
    # Second party: the direct superior.
    pihak_kedua = models.ForeignKey(
        Penugasan, models.SET_NULL, null=True, blank=True, related_name="pk_kedua_set"
    )
    nama_kedua = models.CharField("nama pihak kedua", max_length=150, blank=True)
    jabatan_kedua = models.CharField("jabatan pihak kedua", max_length=200, blank=True)
    nomor_kedua = models.CharField("NIP pihak kedua", max_length=40, blank=True)
    tempat = models.CharField(max_length=120, blank=True)
    # Frozen at signing: the day, the document's text hash, and the legal copy.
    tanggal = models.DateField("tanggal penandatanganan", null=True, blank=True)
    cara = models.CharField(max_length=12, choices=Cara.choices, null=True, blank=True)
    sidik = models.CharField(max_length=64, blank=True)
    berkas = models.ForeignKey(Berkas, models.PROTECT, null=True, blank=True)
    nama_berkas = models.CharField(max_length=200, blank=True)
    dibuat_pada = models.DateTimeField(default=timezone.now)
    dibuat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PerjanjianKinerjaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "perjanjian kinerja"
        constraints = [
            # A draft that was given up leaves its number to the next one.
            models.UniqueConstraint(
                fields=["satker", "tahun", "versi"],
                condition=~Q(status="dibatalkan"),
                name="perjanjian_kinerja_versi_satu",
            ),
            models.UniqueConstraint(
                fields=["satker", "tahun"],
                condition=Q(status="berlaku"),
                name="perjanjian_kinerja_satu_berlaku",
            ),
            models.UniqueConstraint(
                fields=["satker", "tahun"],
                condition=Q(status="draf"),
                name="perjanjian_kinerja_satu_draf",
            ),
            models.CheckConstraint(
                condition=Q(versi=1, alasan__isnull=True) | Q(versi__gt=1, alasan__isnull=False),
                name="perjanjian_kinerja_versi_beralasan",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draf", "dibatalkan"])
                | Q(tanggal__isnull=False, cara__isnull=False, berkas__isnull=False)
                & ~Q(sidik="")
                & ~Q(nama_pertama="")
                & ~Q(nama_kedua=""),
                name="perjanjian_kinerja_berlaku_lengkap",
            ),
            both_or_neither("tanggal", "cara", "perjanjian_kinerja_tanggal_dan_cara"),
        ]
        indexes = [models.Index(fields=["tahun", "satker"], name="perjanjian_kinerja_tahun")]

    def __str__(self):
        return f"PK {self.satker_id} {self.tahun} versi {self.versi}"

    @property
    def objek(self) -> str:
        return f"pk:{self.pk}"

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.DRAF


class Sasaran(models.Model):
    """A goal of an agreement."""

    perjanjian = models.ForeignKey(PerjanjianKinerja, models.CASCADE)
    urutan = models.PositiveSmallIntegerField()
    nama = models.CharField(max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "sasaran"
        constraints = [
            models.UniqueConstraint(fields=["perjanjian", "urutan"], name="sasaran_urutan_satu")
        ]

    def __str__(self):
        return self.nama


class IndikatorKinerjaQuerySet(models.QuerySet):
    def unreported(self, periode: str):
        """Without a value for this quarter."""
        ada = RealisasiIndikator.objects.filter(indikator=models.OuterRef("pk"), periode=periode)
        return self.filter(~models.Exists(ada))


class IndikatorKinerja(models.Model):
    """What a goal is measured by. Every one has a target and a unit of measure (PK-4)."""

    class Arah(models.TextChoices):
        NAIK = "naik", "Makin tinggi makin baik"
        TURUN = "turun", "Makin rendah makin baik"

    sasaran = models.ForeignKey(Sasaran, models.CASCADE)
    urutan = models.PositiveSmallIntegerField()
    nama = models.CharField(max_length=500)
    satuan = models.CharField("satuan ukuran", max_length=40)
    arah = models.CharField(max_length=5, choices=Arah.choices, default=Arah.NAIK)
    target = models.DecimalField(max_digits=18, decimal_places=4)
    # Targets reached by the end of each quarter, as far as they were set.
    target_b03 = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    target_b06 = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    target_b09 = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    target_b12 = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    # The Kanwil's indicator it was taken down from.
    turunan_dari = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="turunan_set"
    )
    # The same indicator in the version before; what was reported there stays there.
    lanjutan_dari = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="lanjutan_set"
    )

    objects = IndikatorKinerjaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "indikator kinerja"
        constraints = [
            models.UniqueConstraint(
                fields=["sasaran", "urutan"], name="indikator_kinerja_urutan_satu"
            ),
            models.CheckConstraint(condition=~Q(satuan=""), name="indikator_kinerja_bersatuan"),
            models.CheckConstraint(condition=Q(target__gte=0), name="indikator_kinerja_target"),
        ]

    def __str__(self):
        return self.nama

    def get_target(self, periode: str) -> Decimal | None:
        """The target by the end of a quarter, as far as it was set; the year's own at its end."""
        target = getattr(self, f"target_{periode}")
        return self.target if target is None and periode == Periode.B12 else target


class Kegiatan(models.Model):
    """An activity of an agreement with its budget in rupiah."""

    perjanjian = models.ForeignKey(PerjanjianKinerja, models.CASCADE)
    urutan = models.PositiveSmallIntegerField()
    nama = models.CharField(max_length=500)
    anggaran = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "kegiatan"
        constraints = [
            models.UniqueConstraint(fields=["perjanjian", "urutan"], name="kegiatan_urutan_satu"),
            models.CheckConstraint(
                condition=Q(anggaran__isnull=True) | Q(anggaran__gte=0), name="kegiatan_anggaran"
            ),
        ]

    def __str__(self):
        return self.nama


class Periode(models.TextChoices):
    """The quarterly reports of the ministry (Tarja), by their month."""

    B03 = "b03", "B03"
    B06 = "b06", "B06"
    B09 = "b09", "B09"
    B12 = "b12", "B12"


class BatasTriwulan(models.Model):
    """By when a quarter's values are to be reported; a setting of the ministry per year (PK-5)."""

    tahun = models.PositiveSmallIntegerField()
    periode = models.CharField(max_length=3, choices=Periode.choices)
    tanggal = models.DateField()
    dasar = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "batas triwulan"
        constraints = [
            models.UniqueConstraint(fields=["tahun", "periode"], name="batas_triwulan_satu")
        ]

    def __str__(self):
        return f"{self.tahun} {self.periode}"


class RealisasiIndikatorQuerySet(models.QuerySet):
    def visible_to(self, user):
        perjanjian = PerjanjianKinerja.objects.visible_to(user)
        return self.filter(indikator__sasaran__perjanjian__in=perjanjian)


class RealisasiIndikator(models.Model):
    """What an indicator had reached by the end of a quarter. `dilaporkan_pada` is when a value first
    stood here (PK-5); a correction is told beside it and in the history."""

    indikator = models.ForeignKey(IndikatorKinerja, models.PROTECT)
    periode = models.CharField(max_length=3, choices=Periode.choices)
    nilai = models.DecimalField(max_digits=18, decimal_places=4)
    keterangan = models.TextField(blank=True)
    berkas = models.ForeignKey(Berkas, models.PROTECT, null=True, blank=True)
    nama_berkas = models.CharField(max_length=200, blank=True)
    tautan = models.URLField(max_length=2000, null=True, blank=True)
    dilaporkan_pada = models.DateTimeField(default=timezone.now)
    dilaporkan_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    diubah_pada = models.DateTimeField(null=True, blank=True)
    diubah_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RealisasiIndikatorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "realisasi indikator"
        constraints = [
            models.UniqueConstraint(
                fields=["indikator", "periode"], name="realisasi_indikator_satu"
            ),
            models.CheckConstraint(
                condition=Q(nilai__gte=0), name="realisasi_indikator_tidak_negatif"
            ),
        ]

    def __str__(self):
        return f"{self.indikator_id} {self.periode}"
