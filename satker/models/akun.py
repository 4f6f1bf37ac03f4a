"""Who may look: people, their dated assignments, and the invitations that let them in."""

import datetime
import hashlib
import secrets
from functools import reduce
from operator import or_

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from integritas.constraints import exactly_one
from satker.models.organisasi import BerlakuQuerySet, Instansi, KantorWilayah, SatuanKerja


class Peran(models.TextChoices):
    """Roles of signed-in people; together with the public they are the nine audiences."""

    OPERATOR = "operator", "Operator satker"
    KEPALA_SATKER = "kepala_satker", "Kepala satker"
    TIM_KANWIL = "tim_kanwil", "Tim Kanwil"
    ESELON1 = "eselon1", "Eselon I pembina"
    TPI = "tpi", "Tim Penilai Internal"
    PIMPINAN = "pimpinan", "Pimpinan"
    ADMIN = "admin", "Admin"
    PEMANTAU = "pemantau", "Pemantau"


# The six areas of change an operator may be given, by their code in the LKE (PermenPANRB 90/2021).
AREA_PERUBAHAN = {
    "A.1": "Manajemen perubahan",
    "A.2": "Penataan tata laksana",
    "A.3": "Penataan sistem manajemen SDM aparatur",
    "A.4": "Penguatan akuntabilitas",
    "A.5": "Penguatan pengawasan",
    "A.6": "Peningkatan kualitas pelayanan publik",
}

# Which node a role hangs on; the database keeps the same rule (penugasan_lingkup_sesuai_peran).
LINGKUP_PERAN = {
    Peran.OPERATOR: ("satker",),
    Peran.KEPALA_SATKER: ("satker",),
    Peran.TIM_KANWIL: ("kanwil",),
    Peran.ESELON1: ("instansi",),
    Peran.TPI: ("instansi", "satker"),
    Peran.PIMPINAN: ("instansi",),
    Peran.ADMIN: ("instansi",),
    Peran.PEMANTAU: ("kanwil", "satker"),
}


class PenggunaQuerySet(models.QuerySet):
    def visible_to(self, user):
        """People whom this person manages, by the units of their assignments today."""
        from satker import access

        return access.filter_pengguna(self, user)


class PenggunaManager(BaseUserManager.from_queryset(PenggunaQuerySet)):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Pengguna(AbstractBaseUser):
    """A person who may sign in with an e-mail address."""

    email = models.EmailField("alamat surel", max_length=254, unique=True)
    nama = models.CharField(max_length=150)
    is_active = models.BooleanField("aktif", default=True)
    # Invented, for the demonstration; remove_demo takes it away.
    contoh = models.BooleanField(default=False)
    dibuat_pada = models.DateTimeField(default=timezone.now)

    objects = PenggunaManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nama"]

    class Meta:
        verbose_name = verbose_name_plural = "pengguna"
        constraints = [models.UniqueConstraint(Lower("email"), name="pengguna_email_satu")]

    def __str__(self):
        return self.nama

    @property
    def keadaan(self) -> str:
        """What the account can do: `aktif`, `diundang` (no password yet) or `ditangguhkan`."""
        if not self.is_active:
            return "ditangguhkan"
        return "aktif" if self.has_usable_password() else "diundang"

    def get_full_name(self):
        return self.nama


def _lingkup_condition() -> Q:
    pilihan = [
        Q(peran=peran, **{f"{lingkup}__isnull": False})
        for peran, daftar_lingkup in LINGKUP_PERAN.items()
        for lingkup in daftar_lingkup
    ]
    return reduce(or_, pilihan)


class PenugasanQuerySet(BerlakuQuerySet):
    def active(self, pada: datetime.date | None = None):
        """Assignments that open doors on that day (today)."""
        return self.at(pada or timezone.localdate()).filter(pengguna__is_active=True)

    def not_ended(self, pada: datetime.date | None = None):
        """In force on that day (today) or beginning later; not those taken back before."""
        pada = pada or timezone.localdate()
        return self.filter(
            Q(berlaku_sampai__isnull=True)
            | Q(berlaku_sampai__gt=pada) & Q(berlaku_sampai__gt=models.F("berlaku_dari"))
        )

    def visible_to(self, user):
        """Assignments this person may give, and so may see and end."""
        from satker import access

        return access.filter_penugasan(self, user)


class Penugasan(models.Model):
    """A role within a scope during a time. The end day itself is already closed."""

    class Jenis(models.TextChoices):
        DEFINITIF = "definitif", "Definitif"
        PLT = "plt", "Plt."
        PLH = "plh", "Plh."

    pengguna = models.ForeignKey(Pengguna, models.CASCADE)
    peran = models.CharField(max_length=16, choices=Peran.choices)
    instansi = models.ForeignKey(Instansi, models.PROTECT, null=True, blank=True)
    kanwil = models.ForeignKey(KantorWilayah, models.PROTECT, null=True, blank=True)
    satker = models.ForeignKey(SatuanKerja, models.PROTECT, null=True, blank=True)
    # Codes of change areas an operator works on; empty means all.
    daftar_area = models.JSONField(default=list, blank=True)
    jenis = models.CharField(max_length=10, choices=Jenis.choices, default=Jenis.DEFINITIF)
    berlaku_dari = models.DateField()
    berlaku_sampai = models.DateField(null=True, blank=True)
    dasar = models.CharField(max_length=200, blank=True)
    dibuat_pada = models.DateTimeField(default=timezone.now)
    dibuat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PenugasanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "penugasan"
        constraints = [
            exactly_one("instansi", "kanwil", "satker", nama="penugasan_satu_lingkup"),
            models.CheckConstraint(
                condition=_lingkup_condition(), name="penugasan_lingkup_sesuai_peran"
            ),
            # An assignment taken back on its first day is empty, not wrong.
            models.CheckConstraint(
                condition=Q(berlaku_sampai__isnull=True)
                | Q(berlaku_sampai__gte=models.F("berlaku_dari")),
                name="penugasan_tanggal_urut",
            ),
            models.CheckConstraint(
                condition=~Q(peran="pemantau") | Q(berlaku_sampai__isnull=False),
                name="penugasan_pemantau_berbatas",
            ),
        ]
        indexes = [models.Index(fields=["pengguna", "berlaku_dari"], name="penugasan_pengguna")]

    def __str__(self):
        return f"{self.get_peran_display()} ({self.pengguna_id})"

    @property
    def lingkup(self) -> Instansi | KantorWilayah | SatuanKerja:
        """The one node it hangs on."""
        lingkup = self.instansi or self.kanwil or self.satker
        assert lingkup is not None, "penugasan_satu_lingkup"
        return lingkup

    @property
    def objek(self) -> str:
        """How the history names this record."""
        return f"penugasan:{self.pk}"


class Undangan(models.Model):
    """A link that lets a person set the first password; only its hash is kept."""

    pengguna = models.ForeignKey(Pengguna, models.CASCADE)
    sidik = models.CharField(max_length=64, unique=True)
    dibuat_pada = models.DateTimeField(default=timezone.now)
    dibuat_oleh = models.ForeignKey(
        Pengguna, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    berlaku_sampai = models.DateTimeField()
    dikirim_pada = models.DateTimeField(null=True, blank=True)
    dipakai_pada = models.DateTimeField(null=True, blank=True)
    dicabut_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "undangan"

    def __str__(self):
        return f"undangan {self.pengguna_id}"

    @staticmethod
    def hash_token(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    @property
    def keadaan(self) -> str:
        """`terbuka`, `dipakai`, `dicabut` or `kedaluwarsa`."""
        if self.dipakai_pada is not None:
            return "dipakai"
        if self.dicabut_pada is not None:
            return "dicabut"
        return "terbuka" if self.berlaku_sampai > timezone.now() else "kedaluwarsa"

    @property
    def is_open(self) -> bool:
        return self.keadaan == "terbuka"

    def renew_token(self) -> str:
        """A new token, whose hash replaces the old one; the caller saves. It is shown only here."""
        token = secrets.token_urlsafe(24)
        self.sidik = self.hash_token(token)
        return token
