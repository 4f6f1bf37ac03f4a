"""The append-only record of who did what, when and why, chained by hashes.

One chain per work unit and one per `Instansi` (accounts, instruments, calendar). The head of a
chain, its number and hash, is kept apart, so that a cut end is found as well as a changed middle.
People of the roster appear by id only, so that a person can be erased and the chain stays sound.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from integritas.sql import update_row
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


def _say_kunci() -> str:
    return "FOR UPDATE" if connection.features.has_select_for_update else ""


def _write_kunci(jumlah: int) -> str:
    """Plain SQL, for the same reason as `integritas.sql`: every step locks its chain."""
    return (
        f"SELECT * FROM satker_rantairiwayat WHERE kunci IN ({', '.join(['%s'] * jumlah)}) "  # noqa: S608  # nosec B608
        f"ORDER BY kunci {_say_kunci()}"
    )


# Of `Riwayat.record_all`: heads locked, those that are missing, the lines, and the heads moved on.
SQL_KUNCI = """
SELECT k.id FROM satker_rantairiwayat k WHERE k.kunci IN (SELECT kunci FROM ({sumber}) b)
ORDER BY k.kunci {kunci}
"""
SQL_MULAI = """
INSERT INTO satker_rantairiwayat (kunci, nomor, hash)
SELECT kunci, 0, %s FROM ({sumber}) b WHERE true ON CONFLICT DO NOTHING
"""
SQL_TAMBAH = """
INSERT INTO satker_riwayat (rantai_id, nomor, waktu, oleh_id, kejadian, objek, teks, hash_sebelum, hash)
SELECT t.id, t.nomor, %s, %s, %s, t.objek, t.teks, t.hash, {sidik}
FROM (SELECT k.id, k.nomor + 1 AS nomor, k.hash, b.objek,
             %s || CAST(k.nomor + 1 AS text) || %s || b.objek || %s || b.kunci || %s AS teks
      FROM satker_rantairiwayat k JOIN ({sumber}) b ON b.kunci = k.kunci) t
"""
SQL_MAJU = """
UPDATE satker_rantairiwayat SET nomor = w.nomor, hash = w.hash FROM satker_riwayat w
WHERE w.rantai_id = satker_rantairiwayat.id AND w.nomor = satker_rantairiwayat.nomor + 1
  AND satker_rantairiwayat.kunci IN (SELECT kunci FROM ({sumber}) b)
"""


def _say_sha256(teks: str) -> str:
    """The same as compute_hash() in SQL; Django brings the function to SQLite."""
    if connection.vendor == "postgresql":
        return f"encode(sha256(convert_to({teks}, 'UTF8')), 'hex')"
    return f"SHA256({teks})"


def _split_teks(waktu, oleh_id, kejadian: str, sesudah: dict) -> list[str]:
    """The stored text around its number, its object and its chain."""
    teks = encode(
        _build_isi("\x03", "\x01", waktu, oleh_id, Catatan(None, kejadian, "\x02", {}, sesudah))
    )
    bagian = re.split(r'"\\u0001"|\\u0002|\\u0003', teks)
    assert len(bagian) == 4, teks
    return bagian


def _build_isi(rantai: str, nomor, waktu, oleh_id, catatan: Catatan) -> dict:
    return {
        "rantai": rantai,
        "nomor": nomor,
        "waktu": waktu,
        "oleh": oleh_id,
        "kejadian": catatan.kejadian,
        "objek": catatan.objek,
        "sebelum": catatan.sebelum,
        "sesudah": catatan.sesudah,
        "alasan": catatan.alasan,
    }


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
        # The few events that a reminder hangs on, found without reading a million others.
        indexes = [
            models.Index(
                fields=["waktu"],
                condition=models.Q(kejadian="LKE dibuka kembali"),
                name="riwayat_dibuka_kembali",
            )
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
            teks = encode(_build_isi(kunci, rantai.nomor, waktu, oleh_id, catatan))
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

    @classmethod
    @transaction.atomic(savepoint=False)
    def record_all(cls, sumber: str, jumlah: int, kejadian: str, *, by, sesudah: dict) -> None:
        """The same line in as many chains, written inside the database: what `record_many` writes,
        but for a thousand units at once. `sumber` is a SELECT of `kunci` and `objek`, neither of
        which needs escaping in JSON."""
        waktu, oleh_id = timezone.now(), by.pk if by is not None else None
        bagian = _split_teks(waktu, oleh_id, kejadian, sesudah)
        terkunci = SQL_KUNCI.format(sumber=sumber, kunci=_say_kunci())
        with connection.cursor() as kursor:
            kursor.execute(terkunci)
            if len(kursor.fetchall()) < jumlah:
                kursor.execute(SQL_MULAI.format(sumber=sumber), [AWAL])
                kursor.execute(terkunci)
                kursor.fetchall()
            kursor.execute(
                SQL_TAMBAH.format(sumber=sumber, sidik=_say_sha256("t.hash || %s || t.teks")),
                [
                    cls._meta.get_field("waktu").get_db_prep_save(waktu, connection),
                    *(oleh_id, kejadian, "\n", *bagian),
                ],
            )
            kursor.execute(SQL_MAJU.format(sumber=sumber))

    @staticmethod
    def _save_heads(daftar_rantai) -> None:
        if len(daftar_rantai) <= 3:
            for rantai in daftar_rantai:
                update_row(rantai, ("nomor", "hash"))
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
            for rantai in RantaiRiwayat.objects.raw(_write_kunci(len(potongan)), potongan):
                terkunci[rantai.kunci] = rantai
        return terkunci
