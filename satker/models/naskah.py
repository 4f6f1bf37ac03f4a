"""What is signed at a ceremony and what is left of it: texts, signatures, files, minutes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from integritas.constraints import exactly_one
from integritas.models import Berkas
from satker.models.akun import Pengguna
from satker.models.organisasi import SatuanKerja
from satker.models.personel import Personel
from satker.models.peserta import Saksi
from satker.models.upacara import Upacara


class NaskahBaku(models.Model):
    """A text that is read and signed, as a pattern; its wording is data."""

    class Jenis(models.TextChoices):
        PAKTA = "pakta", "Pakta Integritas"
        KOMITMEN = "komitmen", "Komitmen Bersama"
        DEKLARASI = "deklarasi", "Deklarasi Janji Kinerja"
        LAIN = "lain", "Naskah lain"

    kode = models.SlugField(max_length=60, unique=True)
    jenis = models.CharField(max_length=10, choices=Jenis.choices)
    judul = models.CharField(max_length=200)
    teks = models.TextField()
    persetujuan = models.CharField("kalimat persetujuan", max_length=400)
    sumber = models.CharField(max_length=300, blank=True)
    aktif = models.BooleanField(default=True)

    class Meta:
        verbose_name = verbose_name_plural = "naskah baku"

    def __str__(self):
        return self.judul


class Naskah(models.Model):
    """A text as it is signed: frozen, known by its hash. It belongs to an event or to a unit."""

    class Untuk(models.TextChoices):
        """Who of those expected at an event signs it."""

        SEMUA = "semua", "Semua personel dan saksi"
        PERSONEL = "personel", "Semua personel"
        KEPALA = "kepala", "Kepala dan pejabat"
        SAKSI = "saksi", "Saksi"

    jenis = models.CharField(max_length=10, choices=NaskahBaku.Jenis.choices)
    upacara = models.ForeignKey(Upacara, models.CASCADE, null=True, blank=True)
    satker = models.ForeignKey(SatuanKerja, models.PROTECT, null=True, blank=True)
    tahun = models.PositiveSmallIntegerField()
    judul = models.CharField(max_length=200)
    teks = models.TextField()
    persetujuan = models.CharField("kalimat persetujuan", max_length=400)
    untuk = models.CharField(max_length=8, choices=Untuk.choices, default=Untuk.PERSONEL)
    # What the titles of heads and officials begin with, between commas; for `kepala` only.
    awalan_jabatan = models.CharField(max_length=300, blank=True)
    # SHA-256 of title, text and consent; empty until it is frozen, from then on nothing changes.
    sidik = models.CharField(max_length=64, blank=True)
    dibekukan_pada = models.DateTimeField(null=True, blank=True)
    dibuat_pada = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "naskah"
        constraints = [
            exactly_one("upacara", "satker", nama="naskah_satu_pemilik"),
            models.CheckConstraint(
                condition=Q(sidik="", dibekukan_pada__isnull=True)
                | ~Q(sidik="") & Q(dibekukan_pada__isnull=False),
                name="naskah_beku_bersidik",
            ),
        ]

    def __str__(self):
        return self.judul

    @property
    def objek(self) -> str:
        return f"naskah:{self.pk}"


class TandaTangan(models.Model):
    """Somebody's signature under a frozen text, with name and title as of that day and its means.

    One that was taken back stays, with the reason.
    """

    class Cara(models.TextChoices):
        AKUN = "akun", "Akun"
        TAUTAN = "tautan", "Tautan pribadi"
        LAYAR = "layar", "Tanda tangan di layar"
        BASAH = "basah", "Tanda tangan basah (pindaian)"
        ELEKTRONIK = "elektronik", "Berkas bertanda tangan elektronik"

    naskah = models.ForeignKey(Naskah, models.PROTECT)
    personel = models.ForeignKey(Personel, models.PROTECT, null=True, blank=True)
    saksi = models.ForeignKey(Saksi, models.PROTECT, null=True, blank=True)
    nama = models.CharField(max_length=150)
    jabatan = models.CharField(max_length=200)
    cara = models.CharField(max_length=10, choices=Cara.choices)
    # The consent sentence that was accepted, word for word, and the hash of the text it stood under.
    persetujuan = models.CharField(max_length=400)
    sidik_naskah = models.CharField(max_length=64)
    # Strokes as an SVG path within 0 0 600 200, or the stored sheet.
    goresan = models.TextField(blank=True)
    berkas = models.ForeignKey(Berkas, models.PROTECT, null=True, blank=True)
    nama_berkas = models.CharField(max_length=200, blank=True)
    tanggal = models.DateField()
    ditandatangani_pada = models.DateTimeField(default=timezone.now)
    dicatat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    dicabut_pada = models.DateTimeField(null=True, blank=True)
    alasan_cabut = models.CharField(max_length=300, blank=True)
    # When the person's data were erased: that somebody signed stays; name, strokes and sheet go.
    dihapus_pada = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "tanda tangan"
        constraints = [
            exactly_one("personel", "saksi", nama="tanda_tangan_personel_atau_saksi"),
            models.UniqueConstraint(
                fields=["naskah", "personel"],
                condition=Q(dicabut_pada__isnull=True),
                name="tanda_tangan_personel_satu",
            ),
            models.UniqueConstraint(
                fields=["naskah", "saksi"],
                condition=Q(dicabut_pada__isnull=True),
                name="tanda_tangan_saksi_satu",
            ),
            models.CheckConstraint(
                condition=~Q(persetujuan="") & ~Q(sidik_naskah=""),
                name="tanda_tangan_disetujui",
            ),
            models.CheckConstraint(
                condition=~Q(cara__in=["basah", "elektronik"])
                | Q(berkas__isnull=False)
                | Q(dihapus_pada__isnull=False),
                name="tanda_tangan_berberkas",
            ),
            models.CheckConstraint(
                condition=~Q(cara="layar") | ~Q(goresan="") | Q(dihapus_pada__isnull=False),
                name="tanda_tangan_bergores",
            ),
        ]

    def __str__(self):
        return f"{self.naskah_id} {self.nama}"


class BerkasUpacara(models.Model):
    """What an event left: a stored file, or an address in the press."""

    class Jenis(models.TextChoices):
        FOTO = "foto", "Foto"
        PERS = "pers", "Tautan pers"
        PINDAIAN = "pindaian", "Pindaian naskah"
        UNDANGAN = "undangan", "Undangan"
        LAIN = "lain", "Lainnya"

    upacara = models.ForeignKey(Upacara, models.CASCADE)
    jenis = models.CharField(max_length=10, choices=Jenis.choices)
    keterangan = models.CharField(max_length=200, blank=True)
    berkas = models.ForeignKey(Berkas, models.PROTECT, null=True, blank=True)
    nama_berkas = models.CharField(max_length=200, blank=True)
    tautan = models.URLField(max_length=2000, null=True, blank=True)
    ditambah_pada = models.DateTimeField(default=timezone.now)
    ditambah_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "berkas upacara"
        constraints = [exactly_one("berkas", "tautan", nama="berkas_upacara_berkas_atau_tautan")]

    def __str__(self):
        return self.keterangan or self.nama_berkas


class BeritaAcara(models.Model):
    """The minutes of an event and its attendance list, each version a PDF of its own."""

    upacara = models.ForeignKey(Upacara, models.PROTECT)
    versi = models.PositiveSmallIntegerField(default=1)
    # What the QR on the paper leads to.
    kode_periksa = models.CharField(max_length=32, unique=True)
    berita = models.ForeignKey(Berkas, models.PROTECT, related_name="berita_acara_set")
    daftar_hadir = models.ForeignKey(Berkas, models.PROTECT, related_name="daftar_hadir_set")
    # Totals as they were printed: they do not follow later signatures.
    ringkasan = models.JSONField(default=dict)
    dibuat_pada = models.DateTimeField(default=timezone.now)
    dibuat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    diterbitkan_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "berita acara"
        constraints = [
            models.UniqueConstraint(fields=["upacara", "versi"], name="berita_acara_versi_satu")
        ]

    def __str__(self):
        return f"berita acara {self.upacara_id} versi {self.versi}"
