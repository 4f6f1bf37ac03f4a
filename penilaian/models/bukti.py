"""Evidence: files stored once by their content, their revisions, and the links to questions."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from integritas.constraints import exactly_one
from integritas.models import Berkas
from integritas.teks import format_periode
from penilaian.models.instrumen import DokumenDiminta, Pertanyaan
from penilaian.models.penilaian import Penilaian
from satker.models import Pengguna, SatuanKerja, Upacara

# Links of which nobody can open what they lead to.
BERMASALAH = {"mati": "mati", "perlu_masuk": "perlu masuk akun"}


class BuktiQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(satker__in=SatuanKerja.objects.visible_to(user))


class BuktiDukung(models.Model):
    """A piece of evidence of a unit; what it consists of today is its last revision."""

    satker = models.ForeignKey(SatuanKerja, models.PROTECT)
    nama = models.CharField(max_length=200)
    dibuat_pada = models.DateTimeField(default=timezone.now)
    dibuat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = BuktiQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "bukti dukung"
        indexes = [models.Index(fields=["satker", "-id"], name="bukti_dukung_satker")]

    def __str__(self):
        return self.nama

    @property
    def objek(self) -> str:
        return f"bukti:{self.pk}"


class RevisiBukti(models.Model):
    """One state of a piece of evidence: a stored file, or an address that is not stored here."""

    class Keadaan(models.TextChoices):
        """What the last check of an address found."""

        BELUM = "belum", "Belum diperiksa"
        HIDUP = "hidup", "Dapat dibuka"
        MATI = "mati", "Mati"
        PERLU_MASUK = "perlu_masuk", "Perlu masuk akun"
        TIDAK_TERJANGKAU = "tidak_terjangkau", "Tidak terjangkau saat diperiksa"
        TIDAK_DIPERIKSA = "tidak_diperiksa", "Tidak diperiksa"

    bukti = models.ForeignKey(BuktiDukung, models.CASCADE)
    nomor = models.PositiveSmallIntegerField(default=1)
    berkas = models.ForeignKey(Berkas, models.PROTECT, null=True, blank=True)
    tautan = models.URLField(max_length=2000, null=True, blank=True)
    nama_berkas = models.CharField(max_length=200, blank=True)
    dibuat_pada = models.DateTimeField(default=timezone.now)
    dibuat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    keadaan = models.CharField(max_length=16, choices=Keadaan.choices, default=Keadaan.BELUM)
    pesan_periksa = models.CharField(max_length=200, blank=True)
    diperiksa_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "revisi bukti"
        constraints = [
            models.UniqueConstraint(fields=["bukti", "nomor"], name="revisi_bukti_nomor_satu"),
            exactly_one("berkas", "tautan", nama="revisi_bukti_berkas_atau_tautan"),
        ]

    def __str__(self):
        return f"{self.bukti_id} rev. {self.nomor}"

    @property
    def masalah(self) -> str:
        """What the last check found wrong with a link; empty for all else."""
        return BERMASALAH.get(self.keadaan, "") if self.tautan else ""


class PemakaianBukti(models.Model):
    """A piece of evidence under a question of an assessment: one file serves many questions.

    `revisi` is the revision that is shown here; a newer one replaces it on purpose only.
    """

    penilaian = models.ForeignKey(Penilaian, models.CASCADE)
    pertanyaan = models.ForeignKey(Pertanyaan, models.PROTECT)
    bukti = models.ForeignKey(BuktiDukung, models.PROTECT)
    revisi = models.ForeignKey(RevisiBukti, models.PROTECT)
    dokumen = models.ForeignKey(DokumenDiminta, models.SET_NULL, null=True, blank=True)
    periode_dari = models.DateField(null=True, blank=True)
    periode_sampai = models.DateField(null=True, blank=True)
    halaman = models.PositiveIntegerField(null=True, blank=True)
    # Carried over from an earlier year because somebody stated that it still holds.
    masih_berlaku_oleh = models.ForeignKey(
        Pengguna, models.PROTECT, null=True, blank=True, related_name="+"
    )
    masih_berlaku_pada = models.DateTimeField(null=True, blank=True)
    dipasang_pada = models.DateTimeField(default=timezone.now)
    dipasang_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "pemakaian bukti"
        constraints = [
            models.UniqueConstraint(
                fields=["penilaian", "pertanyaan", "bukti"], name="pemakaian_bukti_satu"
            ),
            models.CheckConstraint(
                condition=Q(periode_dari__isnull=True)
                | Q(periode_sampai__isnull=True)
                | Q(periode_sampai__gte=F("periode_dari")),
                name="pemakaian_bukti_periode_urut",
            ),
            models.CheckConstraint(
                condition=Q(halaman__isnull=True) | Q(halaman__gte=1),
                name="pemakaian_bukti_halaman",
            ),
        ]

    def __str__(self):
        return f"{self.bukti_id} untuk {self.pertanyaan_id}"

    @property
    def periode(self) -> str:
        return format_periode(self.periode_dari, self.periode_sampai)


class Unggahan(models.Model):
    """An upload in parts that has not arrived whole. Its bytes lie in the folder for parts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    penilaian = models.ForeignKey(Penilaian, models.CASCADE)
    pertanyaan = models.ForeignKey(Pertanyaan, models.PROTECT)
    nama = models.CharField(max_length=200)
    ukuran = models.PositiveBigIntegerField()
    dimulai_pada = models.DateTimeField(default=timezone.now)
    dimulai_oleh = models.ForeignKey(Pengguna, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "unggahan"

    def __str__(self):
        return self.nama


class PaketBukti(models.Model):
    """The ZIP of a unit's evidence, made in the background."""

    class Keadaan(models.TextChoices):
        ANTRE = "antre", "Menunggu giliran"
        DIBUAT = "dibuat", "Sedang dibuat"
        SELESAI = "selesai", "Selesai"
        GAGAL = "gagal", "Gagal"

    penilaian = models.ForeignKey(Penilaian, models.CASCADE)
    keadaan = models.CharField(max_length=8, choices=Keadaan.choices, default=Keadaan.ANTRE)
    jumlah = models.PositiveIntegerField(default=0)
    selesai = models.PositiveIntegerField(default=0)
    berkas = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    ukuran = models.PositiveBigIntegerField(default=0)
    pesan = models.CharField(max_length=200, blank=True)
    diminta_pada = models.DateTimeField(default=timezone.now)
    diminta_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    disentuh_pada = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "paket bukti"

    def __str__(self):
        return f"paket {self.penilaian_id} {self.keadaan}"


class BuktiUpacara(models.Model):
    """A piece of a ceremony's bundle that was once put under a question: it is not put there twice,
    and one that somebody has taken away does not come back by itself."""

    penilaian = models.ForeignKey(Penilaian, models.CASCADE)
    pertanyaan = models.ForeignKey(Pertanyaan, models.PROTECT)
    upacara = models.ForeignKey(Upacara, models.CASCADE)
    # Which piece: `berita`, `hadir`, `berkas:12`.
    kunci = models.CharField(max_length=40)
    bukti = models.ForeignKey(BuktiDukung, models.CASCADE)
    # The content that was put there last; empty for an address. A unit that has put a file of its
    # own in its place keeps it.
    sha256 = models.CharField(max_length=64, blank=True)
    dipasang_pada = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "bukti upacara"
        constraints = [
            models.UniqueConstraint(
                fields=["penilaian", "pertanyaan", "upacara", "kunci"], name="bukti_upacara_satu"
            )
        ]
        indexes = [models.Index(fields=["upacara", "kunci", "bukti"], name="bukti_upacara_butir")]

    def __str__(self):
        return f"{self.upacara_id} {self.kunci}"


class AturanBuktiUpacara(models.Model):
    """Which kind of piece of a ceremony serves which question; an administrator turns rows on and
    off and adds others."""

    class Jenis(models.TextChoices):
        BERITA = "berita", "Berita acara"
        HADIR = "hadir", "Daftar hadir"
        FOTO = "foto", "Foto"
        PERS = "pers", "Tautan pers"
        PINDAIAN = "pindaian", "Pindaian naskah"
        UNDANGAN = "undangan", "Undangan"
        LAIN = "lain", "Lainnya"

    kode = models.CharField("kode pertanyaan", max_length=20)
    jenis = models.CharField(max_length=10, choices=Jenis.choices)
    alasan = models.CharField(max_length=300)
    sumber = models.CharField(max_length=300, blank=True)
    aktif = models.BooleanField(default=True)

    class Meta:
        verbose_name = verbose_name_plural = "aturan bukti upacara"
        constraints = [
            models.UniqueConstraint(fields=["kode", "jenis"], name="aturan_bukti_upacara_satu")
        ]

    def __str__(self):
        return f"{self.kode} {self.jenis}"
