"""Reminders: rules as rows, what is due (`Pengingat`), and what is sent (`Kiriman`)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from satker.models.akun import Pengguna, Peran
from satker.models.organisasi import SatuanKerja


class HariLibur(models.Model):
    """A day off besides Saturday and Sunday. A year without rows has not been filled in."""

    tanggal = models.DateField(unique=True)
    nama = models.CharField(max_length=150)
    sumber = models.CharField(max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "hari libur"

    def __str__(self):
        return f"{self.tanggal:%Y-%m-%d} {self.nama}"


class AturanPengingat(models.Model):
    """What is reminded of: a source that an app has registered, switched on or off."""

    kode = models.SlugField(max_length=60, unique=True)
    # The registered source; see satker.pengingat.sumber.
    sumber = models.SlugField(max_length=40)
    nama = models.CharField(max_length=150)
    aktif = models.BooleanField(default=True)

    class Meta:
        verbose_name = verbose_name_plural = "aturan pengingat"

    def __str__(self):
        return self.nama


class LangkahPengingat(models.Model):
    """One step of a rule: so many days before or after the reference date, to these roles.

    The ladder (operator, head, Kanwil, inspector) is steps with later days and higher roles.
    """

    class Satuan(models.TextChoices):
        KALENDER = "kalender", "hari kalender"
        KERJA = "kerja", "hari kerja"

    aturan = models.ForeignKey(AturanPengingat, models.CASCADE)
    # Negative before the date, positive after it.
    geser = models.SmallIntegerField()
    satuan = models.CharField(max_length=8, choices=Satuan.choices, default=Satuan.KALENDER)
    daftar_peran = models.JSONField(default=list)
    pesan = models.CharField(max_length=300)
    # Sent at once and not with the day's digest.
    mendesak = models.BooleanField(default=False)
    # A source may tell its objects' parts apart (`tempat`, `dokumen`, `saksi` …); empty is the whole.
    bagian = models.SlugField(max_length=40, blank=True)
    # Days after its day on which it is still of use when it could not be made or sent.
    berguna_hari = models.PositiveSmallIntegerField(default=3)
    # Reminders tell of their step: one that is not wanted any more is switched off, never removed.
    aktif = models.BooleanField(default=True)

    class Meta:
        verbose_name = verbose_name_plural = "langkah pengingat"
        constraints = [
            models.UniqueConstraint(
                fields=["aturan", "geser", "satuan", "bagian"], name="langkah_pengingat_satu"
            )
        ]

    def __str__(self):
        return f"{self.aturan_id} H{self.geser:+d}"

    @property
    def sebutan(self) -> str:
        """`H-30`, `H+1 hari kerja`, `hari H`."""
        if not self.geser:
            return "hari H"
        return f"H{self.geser:+d}" + (" hari kerja" if self.is_hari_kerja else "")

    @property
    def is_hari_kerja(self) -> bool:
        return self.satuan == self.Satuan.KERJA

    @property
    def sebutan_peran(self) -> str:
        """`Operator satker, Kepala satker`."""
        return ", ".join(Peran(satu).label for satu in self.daftar_peran)


class PengingatQuerySet(models.QuerySet):
    def open(self):
        """What is still to be done, whether or not its moment has come."""
        return self.filter(status__in=Pengingat.TERBUKA, usang=False)

    def due(self, kini=None):
        """Open ones whose moment has come."""
        return self.open().filter(jatuh_pada__lte=kini or timezone.now())

    def visible_to(self, user):
        """Reminders about units this person may see, whomever they went to."""
        return self.filter(satker__in=SatuanKerja.objects.visible_to(user))


class Pengingat(models.Model):
    """What is due: a rule's step, an object and its reference date, for one person."""

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", "Menunggu"
        TERKIRIM = "terkirim", "Terkirim"
        SELESAI = "selesai", "Sudah dikerjakan"
        DITARIK = "ditarik", "Ditarik"
        TERLEWAT = "terlewat", "Terlewat"

    TERBUKA = ("menunggu", "terkirim")

    langkah = models.ForeignKey(LangkahPengingat, models.CASCADE)
    # `sumber:kunci`, such as `upacara:12`; what it is called and where it is were true when made.
    objek = models.CharField(max_length=120)
    acuan = models.DateField()
    pengguna = models.ForeignKey(Pengguna, models.CASCADE)
    satker = models.ForeignKey(SatuanKerja, models.CASCADE, null=True, blank=True)
    judul = models.CharField(max_length=300)
    pesan = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    # The local day it is for, and the moment (UTC) from which it may go out.
    tanggal = models.DateField()
    jatuh_pada = models.DateTimeField()
    berguna_sampai = models.DateTimeField()
    mendesak = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.MENUNGGU)
    # Put off by the person: `jatuh_pada` is the morning of that day, and it is sent once more.
    ditunda_sampai = models.DateField(null=True, blank=True)
    # The person said that it is done; empty when the data told.
    dinyatakan_pada = models.DateTimeField(null=True, blank=True)
    # Sent, but the date it spoke of has moved or the person no longer answers for it: the record
    # stays, nobody has it to do any more.
    usang = models.BooleanField(default=False)
    dibaca_pada = models.DateTimeField(null=True, blank=True)
    dibuat_pada = models.DateTimeField(default=timezone.now)
    diubah_pada = models.DateTimeField(default=timezone.now)

    objects = PengingatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "pengingat"
        constraints = [
            models.UniqueConstraint(
                fields=["langkah", "objek", "acuan", "pengguna"], name="pengingat_sekali"
            )
        ]
        indexes = [
            models.Index(fields=["status", "jatuh_pada"], name="pengingat_jatuh"),
            models.Index(fields=["pengguna", "status", "-jatuh_pada"], name="pengingat_pengguna"),
            models.Index(fields=["objek", "acuan"], name="pengingat_objek"),
            models.Index(fields=["satker", "-jatuh_pada"], name="pengingat_satker"),
            # What the bell counts on every page; see satker.penugasan_kini.
            models.Index(
                fields=["pengguna", "jatuh_pada"],
                condition=Q(status__in=["menunggu", "terkirim"], usang=False)
                & Q(dibaca_pada__isnull=True),
                name="pengingat_belum_dibaca",
            ),
        ]

    def __str__(self):
        return self.judul

    @property
    def is_open(self) -> bool:
        return self.status in self.TERBUKA and not self.usang


def make_message_id() -> str:
    """The local part of a Message-ID; every copy of the message carries it."""
    return uuid.uuid4().hex


class Kiriman(models.Model):
    """A message to one person by one channel, claimed with a lease while it is sent.

    `kunci` names what it is: `ringkasan:2026-11-26` (the digest of a local date), `pengingat:17`
    (one that does not wait), `undangan:12:3` (an event and its SEQUENCE). A person gets each once.
    """

    class Saluran(models.TextChoices):
        SUREL = "surel", "Surel"
        GERBANG = "gerbang", "Gerbang pesan"

    class Status(models.TextChoices):
        ANTRE = "antre", "Menunggu"
        TERKIRIM = "terkirim", "Terkirim"
        GAGAL = "gagal", "Gagal"
        TERLEWAT = "terlewat", "Terlewat"
        DITARIK = "ditarik", "Ditarik"

    # How the message is written; see satker.pengingat.surat.
    jenis = models.SlugField(max_length=30)
    kunci = models.CharField(max_length=120)
    pengguna = models.ForeignKey(Pengguna, models.CASCADE, null=True, blank=True)
    # For somebody without an account: where to. Also filled for an account once it was sent.
    alamat = models.CharField(max_length=254, blank=True)
    saluran = models.CharField(max_length=8, choices=Saluran.choices)
    # What the writer of this kind needs besides: ids only, never a name.
    isi = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ANTRE)
    message_id = models.CharField(max_length=80, unique=True, default=make_message_id)
    kirim_pada = models.DateTimeField()
    # After a fault that may pass: not before then. `kirim_pada` stays what was meant.
    coba_lagi_pada = models.DateTimeField(null=True, blank=True)
    berguna_sampai = models.DateTimeField(null=True, blank=True)
    sewa_sampai = models.DateTimeField(null=True, blank=True)
    sewa_oleh = models.UUIDField(null=True, blank=True)
    percobaan = models.PositiveSmallIntegerField(default=0)
    galat = models.CharField(max_length=300, blank=True)
    terkirim_pada = models.DateTimeField(null=True, blank=True)
    dibuat_pada = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "kiriman"
        constraints = [
            models.UniqueConstraint(
                fields=["alamat", "saluran", "kunci"],
                condition=Q(pengguna__isnull=True),
                name="kiriman_alamat_sekali",
            ),
            models.CheckConstraint(
                condition=Q(pengguna__isnull=False) | ~Q(alamat=""), name="kiriman_beralamat"
            ),
            models.UniqueConstraint(
                fields=["pengguna", "saluran", "kunci"],
                condition=Q(pengguna__isnull=False),
                name="kiriman_pengguna_sekali",
            ),
            models.CheckConstraint(
                condition=~Q(status="terkirim") | Q(terkirim_pada__isnull=False),
                name="kiriman_terkirim_pada",
            ),
            models.CheckConstraint(
                condition=Q(sewa_sampai__isnull=True, sewa_oleh__isnull=True)
                | Q(sewa_sampai__isnull=False, sewa_oleh__isnull=False),
                name="kiriman_sewa_lengkap",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kirim_pada", "id"], condition=Q(status="antre"), name="kiriman_antre"
            ),
            models.Index(fields=["status", "kirim_pada"], name="kiriman_status"),
            models.Index(fields=["kunci"], name="kiriman_kunci"),
        ]

    def __str__(self):
        return f"{self.jenis} {self.kunci}"


class IsiKiriman(models.Model):
    """Which reminders a message carries."""

    kiriman = models.ForeignKey(Kiriman, models.CASCADE)
    pengingat = models.ForeignKey(Pengingat, models.CASCADE)

    class Meta:
        verbose_name = verbose_name_plural = "isi kiriman"
        constraints = [
            models.UniqueConstraint(fields=["kiriman", "pengingat"], name="isi_kiriman_sekali")
        ]

    def __str__(self):
        return f"{self.kiriman_id} {self.pengingat_id}"


class PilihanSaluran(models.Model):
    """How a person wants to be reached. Without a row: by mail, no quiet hours."""

    pengguna = models.OneToOneField(Pengguna, models.CASCADE)
    surel = models.BooleanField(default=True)
    gerbang = models.BooleanField(default=False)
    # Number or name at the gateway.
    alamat_gerbang = models.CharField(max_length=60, null=True, blank=True)
    # Local hours in which nothing is sent; the first may be later than the second.
    tenang_dari = models.TimeField(null=True, blank=True)
    tenang_sampai = models.TimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "pilihan saluran"
        constraints = [
            models.CheckConstraint(
                condition=Q(gerbang=False) | Q(alamat_gerbang__isnull=False),
                name="pilihan_saluran_gerbang_beralamat",
            ),
            models.CheckConstraint(
                condition=Q(tenang_dari__isnull=True, tenang_sampai__isnull=True)
                | Q(tenang_dari__isnull=False, tenang_sampai__isnull=False)
                & ~Q(tenang_dari=F("tenang_sampai")),
                name="pilihan_saluran_jam_tenang",
            ),
        ]

    def __str__(self):
        return f"saluran {self.pengguna_id}"


class Detak(models.Model):
    """When a regular piece of work was last done, for /sehat/."""

    nama = models.SlugField(max_length=40, unique=True)
    pada = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "detak"

    def __str__(self):
        return self.nama
