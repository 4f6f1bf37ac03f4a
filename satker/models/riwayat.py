"""The append-only record of who did what, when and why, chained by hashes.

One chain per work unit and one per `Instansi` (accounts, instruments, calendar). The head of a
chain, its number and hash, is kept apart, so that a cut end is found as well as a changed middle.
People of the roster appear by id only, so that a person can be erased and the chain stays sound.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from satker.models.organisasi import Instansi, KantorWilayah, SatuanKerja

AWAL = "0" * 64


def build_kunci(milik) -> str:
    """The chain something belongs to: `satker:<kode>` or `instansi:<kode>`."""
    if isinstance(milik, SatuanKerja):
        return f"satker:{milik.kode}"
    if isinstance(milik, KantorWilayah):
        return f"satker:{milik.satker.kode}"
    if isinstance(milik, Instansi):
        return f"instansi:{milik.kode}"
    raise TypeError(f"{milik!r} has no history of its own")


class RantaiRiwayat(models.Model):
    """The head of a chain. It outlives what it tells of, so it names it by key only."""

    kunci = models.CharField(max_length=80, unique=True)
    nomor = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default=AWAL)

    class Meta:
        verbose_name = verbose_name_plural = "rantai riwayat"

    def __str__(self):
        return self.kunci


@dataclass(frozen=True)
class Catatan:
    """One line to be written: whose chain, what happened, and the values before and after."""

    milik: Any
    kejadian: str
    objek: str = ""
    sebelum: dict = field(default_factory=dict)
    sesudah: dict = field(default_factory=dict)
    alasan: str = ""


def encode(isi: dict) -> str:
    """The stored text: JSON with sorted keys; dates ISO, moments UTC with microseconds."""
    return json.dumps(isi, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=_Encoder)


class _Encoder(DjangoJSONEncoder):
    def default(self, o):
        if isinstance(o, datetime.datetime):
            return o.astimezone(datetime.UTC).isoformat(timespec="microseconds")
        return super().default(o)


def compute_hash(teks: str, hash_sebelum: str) -> str:
    return hashlib.sha256(f"{hash_sebelum}\n{teks}".encode()).hexdigest()


class RiwayatQuerySet(models.QuerySet):
    def of(self, milik):
        """The chain of a unit or an instansi, newest first."""
        return self.filter(rantai__kunci=build_kunci(milik)).order_by("-nomor")


class Riwayat(models.Model):
    """One event of a chain. Both databases refuse to change or remove it."""

    rantai = models.ForeignKey(RantaiRiwayat, models.PROTECT)
    nomor = models.PositiveIntegerField()
    waktu = models.DateTimeField()
    # No foreign key: a person may be erased, the line stays. Empty is the system itself.
    oleh_id = models.BigIntegerField(null=True)
    kejadian = models.CharField(max_length=60)
    objek = models.CharField(max_length=80, blank=True)
    teks = models.TextField()
    hash_sebelum = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = RiwayatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "riwayat"
        constraints = [
            models.UniqueConstraint(fields=["rantai", "nomor"], name="riwayat_nomor_satu")
        ]

    def __str__(self):
        return f"{self.rantai_id}#{self.nomor} {self.kejadian}"

    @property
    def isi(self) -> dict:
        return json.loads(self.teks)

    @classmethod
    def record(cls, milik, kejadian, *, by, objek="", sebelum=None, sesudah=None, alasan=""):
        """Add one line to the chain of `milik`; `by` is a Pengguna or None for the system."""
        catatan = Catatan(milik, kejadian, objek, sebelum or {}, sesudah or {}, alasan)
        return cls.record_many([catatan], by=by)[0]

    @classmethod
    @transaction.atomic(savepoint=False)
    def record_many(cls, daftar_catatan: Iterable[Catatan], *, by) -> list["Riwayat"]:
        """Add lines to many chains; the heads are locked in the order of their keys."""
        daftar_catatan = list(daftar_catatan)
        kunci_dari = [build_kunci(catatan.milik) for catatan in daftar_catatan]
        kepala = cls._lock(sorted(set(kunci_dari)))
        waktu, oleh_id = timezone.now(), by.pk if by is not None else None
        baris = []
        for kunci, catatan in zip(kunci_dari, daftar_catatan, strict=True):
            rantai = kepala[kunci]
            rantai.nomor += 1
            teks = encode(
                {
                    "rantai": kunci,
                    "nomor": rantai.nomor,
                    "waktu": waktu,
                    "oleh": oleh_id,
                    "kejadian": catatan.kejadian,
                    "objek": catatan.objek,
                    "sebelum": catatan.sebelum,
                    "sesudah": catatan.sesudah,
                    "alasan": catatan.alasan,
                }
            )
            hash_sebelum, rantai.hash = rantai.hash, compute_hash(teks, rantai.hash)
            baris.append(
                cls(
                    rantai=rantai,
                    nomor=rantai.nomor,
                    waktu=waktu,
                    oleh_id=oleh_id,
                    kejadian=catatan.kejadian,
                    objek=catatan.objek,
                    teks=teks,
                    hash_sebelum=hash_sebelum,
                    hash=rantai.hash,
                )
            )
        cls._save_heads(kepala.values())
        return cls.objects.bulk_create(baris, batch_size=2000)

    @staticmethod
    def _save_heads(daftar_rantai) -> None:
        if len(daftar_rantai) <= 3:
            for rantai in daftar_rantai:
                rantai.save(update_fields=["nomor", "hash"])
            return
        # One statement for many: an insert that meets its own row and updates it.
        RantaiRiwayat.objects.bulk_create(
            [RantaiRiwayat(kunci=r.kunci, nomor=r.nomor, hash=r.hash) for r in daftar_rantai],
            update_conflicts=True,
            unique_fields=["kunci"],
            update_fields=["nomor", "hash"],
            batch_size=2000,
        )

    @staticmethod
    def _lock(daftar_kunci: list[str]) -> dict[str, RantaiRiwayat]:
        """The heads of these chains, made when missing, locked one after another by key."""
        terkunci = Riwayat._lock_present(daftar_kunci)
        if belum_ada := [kunci for kunci in daftar_kunci if kunci not in terkunci]:
            RantaiRiwayat.objects.bulk_create(
                [RantaiRiwayat(kunci=kunci) for kunci in belum_ada],
                ignore_conflicts=True,
                batch_size=2000,
            )
            terkunci |= Riwayat._lock_present(belum_ada)
        return terkunci

    @staticmethod
    def _lock_present(daftar_kunci: list[str]) -> dict[str, RantaiRiwayat]:
        terkunci: dict[str, RantaiRiwayat] = {}
        for awal in range(0, len(daftar_kunci), 2000):
            potongan = daftar_kunci[awal : awal + 2000]
            for rantai in (
                RantaiRiwayat.objects.select_for_update()
                .filter(kunci__in=potongan)
                .order_by("kunci")
            ):
                terkunci[rantai.kunci] = rantai
        return terkunci
