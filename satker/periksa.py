"""Proof that nobody touched the history: every chain, from its first row to its head.

A chain proves its own rows; the daily digest, kept apart from the database, proves that no end was
cut and no chain rewritten as a whole.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.utils import timezone

from satker.models import RantaiRiwayat, Riwayat
from satker.models.riwayat import AWAL, compute_hash

# In the file store, not on a local disk: in server mode the workers share nothing else.
FOLDER = "ikhtisar"
NAMA = re.compile(r"^\d{4}-\d{2}-\d{2}\.txt$")
PENUTUP = re.compile(r"^# (\d+) rantai, sidik ([0-9a-f]{64})$")
# Every digest of the last days, and one a month of those before.
HARI_TERAKHIR = 31

KOLOM = ("nomor", "waktu", "oleh_id", "kejadian", "objek", "teks", "hash_sebelum", "hash")


@dataclass(frozen=True)
class Rusak:
    """The first thing wrong in one chain."""

    kunci: str
    nomor: int
    apa: str

    def __str__(self):
        return f"{self.kunci} nomor {self.nomor}: {self.apa}"


@dataclass(frozen=True)
class Baris:
    """One stored row of a chain."""

    nomor: int
    waktu: datetime.datetime
    oleh: int | None
    kejadian: str
    objek: str
    teks: str
    hash_sebelum: str
    hash: str

    def find_difference(self, kunci: str) -> str | None:
        """The column that says something else than the text its hash is over."""
        try:
            isi = json.loads(self.teks)
            waktu = datetime.datetime.fromisoformat(isi["waktu"])
            tertulis = (isi["rantai"], isi["nomor"], isi["oleh"], isi["kejadian"], isi["objek"])
        except (ValueError, KeyError, TypeError):
            return "teks tidak terbaca"
        tersimpan = (kunci, self.nomor, self.oleh, self.kejadian, self.objek)
        nama = ("rantai", "nomor", "oleh", "kejadian", "objek")
        if waktu != self.waktu:
            return "kolom waktu berbeda dari teksnya"
        for kolom, satu, dua in zip(nama, tersimpan, tertulis, strict=True):
            if satu != dua:
                return f"kolom {kolom} berbeda dari teksnya"
        return None


@dataclass(frozen=True)
class Ikhtisar:
    """Heads of all chains as a digest file gives them: number and hash per key."""

    nama: str
    kepala: dict[str, tuple[int, str]]


# Number, hash and name of the digest, per key and number.
Tercatat = dict[str, dict[int, tuple[str, str]]]


class IkhtisarRusakError(Exception):
    """A digest file is not what was written."""


# --- chains ---------------------------------------------------------------------------------------
def find_rusak(daftar_ikhtisar: Iterable[Ikhtisar] = ()) -> Iterator[Rusak]:
    """The first broken row of every chain that is not sound; two queries, whatever the size.

    Heads and rows come from one statement, so that a line written meanwhile disturbs nothing.
    """
    tercatat: Tercatat = {}
    for ikhtisar in daftar_ikhtisar:
        for kunci, (nomor, cap) in ikhtisar.kepala.items():
            ada = tercatat.setdefault(kunci, {}).setdefault(nomor, (cap, ikhtisar.nama))
            if ada[0] != cap:
                yield Rusak(kunci, nomor, f"{ada[1]} dan {ikhtisar.nama} tidak sama")
    kolom = [f"riwayat__{nama}" for nama in KOLOM]
    semua = (
        RantaiRiwayat.objects.order_by("pk", "riwayat__nomor", "riwayat__pk")
        .values_list("kunci", "nomor", "hash", *kolom)
        .iterator(chunk_size=2000)
    )
    for (kunci, nomor, cap), isi in groupby(semua, key=lambda satu: satu[:3]):
        daftar_baris = (Baris(*satu[3:]) for satu in isi if satu[3] is not None)
        if rusak := check_rantai(kunci, nomor, cap, daftar_baris, tercatat.pop(kunci, {})):
            yield rusak
    for kunci, sisa in tercatat.items():
        nomor = max(sisa)
        if nomor:
            yield Rusak(kunci, nomor, f"seluruh rantai hilang; ada pada {sisa[nomor][1]}")
    yatim = Riwayat.objects.filter(
        ~Exists(RantaiRiwayat.objects.filter(pk=OuterRef("rantai_id")))
    ).order_by("rantai_id", "nomor")
    for rantai_id, isi in groupby(
        yatim.values_list("rantai_id", "nomor").iterator(chunk_size=2000), key=lambda satu: satu[0]
    ):
        yield Rusak(f"rantai {rantai_id}", next(isi)[1], "kepala rantai hilang")


def check_rantai(
    kunci: str,
    nomor: int,
    cap: str,
    daftar_baris: Iterable[Baris],
    tercatat: dict[int, tuple[str, str]],
) -> Rusak | None:
    """Follow one chain from its beginning to its head (`nomor`, `cap`)."""
    terakhir, sebelum = 0, AWAL
    for baris in daftar_baris:
        if apa := _check_baris(kunci, terakhir, sebelum, baris):
            return Rusak(kunci, terakhir + 1 if baris.nomor > terakhir else baris.nomor, apa)
        terakhir, sebelum = baris.nomor, baris.hash
        diketahui, nama = tercatat.get(terakhir, (sebelum, ""))
        if diketahui != sebelum:
            return Rusak(kunci, terakhir, f"hash berbeda dari {nama}")
    if terakhir < nomor:
        return Rusak(kunci, terakhir + 1, f"baris hilang; kepala rantai bernomor {nomor}")
    if terakhir > nomor:
        return Rusak(kunci, nomor + 1, f"baris tambahan; kepala rantai bernomor {nomor}")
    if sebelum != cap:
        return Rusak(kunci, terakhir, "hash kepala rantai berbeda dari baris terakhir")
    if (lebih := max(tercatat, default=0)) > terakhir:
        nama = tercatat[lebih][1]
        return Rusak(kunci, terakhir + 1, f"baris hilang; {nama} mencatat sampai nomor {lebih}")
    return None


def _check_baris(kunci: str, terakhir: int, sebelum: str, baris: Baris) -> str | None:
    """What is wrong with a row, knowing the one before it; None is sound."""
    if baris.nomor > terakhir + 1:
        return f"baris hilang; sesudah nomor {terakhir} langsung nomor {baris.nomor}"
    if baris.nomor != terakhir + 1:
        return "nomor tidak urut"
    if baris.hash_sebelum != sebelum:
        return "tidak menyambung ke baris sebelumnya"
    if baris.hash != compute_hash(baris.teks, baris.hash_sebelum):
        return "isi tidak sesuai dengan hash-nya"
    return baris.find_difference(kunci)


# --- daily digest ---------------------------------------------------------------------------------
def build_ikhtisar(hari: datetime.date) -> tuple[str, str]:
    """The digest of all heads as text, and the digest of the whole."""
    daftar = [
        f"{kunci} {nomor} {cap}\n"
        for kunci, nomor, cap in RantaiRiwayat.objects.order_by("kunci")
        .values_list("kunci", "nomor", "hash")
        .iterator(chunk_size=2000)
    ]
    awal = f"# Integritas, ikhtisar riwayat {hari.isoformat()}\n"
    sidik = hashlib.sha256("".join([awal, *daftar]).encode()).hexdigest()
    return "".join([awal, *daftar, f"# {len(daftar)} rantai, sidik {sidik}\n"]), sidik


def write_ikhtisar() -> tuple[str, str]:
    """Write today's digest unless it stands already; its name in the file store and its digest.

    The first of a day stays. Only a file without its last line, as a dying worker leaves it, is
    written anew.
    """
    hari = timezone.localdate()
    nama = f"{FOLDER}/{hari.isoformat()}.txt"
    if default_storage.exists(nama):
        with default_storage.open(nama) as berkas:
            akhir = berkas.read().decode().rstrip("\n").rpartition("\n")[2]
        if cocok := PENUTUP.match(akhir):
            return nama, cocok[2]
        default_storage.delete(nama)
    teks, sidik = build_ikhtisar(hari)
    tersimpan = default_storage.save(nama, ContentFile(teks.encode()))
    if tersimpan != nama:
        # Another worker was quicker and the store chose a second name for ours.
        default_storage.delete(tersimpan)
    return nama, sidik


def parse_ikhtisar(teks: str, nama: str) -> Ikhtisar:
    """Read a digest; refuse one whose own digest does not fit."""
    daftar = teks.splitlines(keepends=True)
    penutup = PENUTUP.match(daftar[-1].rstrip("\n")) if daftar else None
    if penutup is None:
        raise IkhtisarRusakError(f"{nama}: baris penutup tidak ada.")
    if hashlib.sha256("".join(daftar[:-1]).encode()).hexdigest() != penutup[2]:
        raise IkhtisarRusakError(f"{nama}: isi tidak sesuai dengan sidiknya.")
    kepala = {}
    for baris in daftar[1:-1]:
        kunci, nomor, cap = baris.split()
        kepala[kunci] = (int(nomor), cap)
    return Ikhtisar(nama, kepala)


def list_ikhtisar() -> list[str]:
    """Names of the digests to check against: the last days, and the first of each month before."""
    try:
        _, daftar = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    semua = sorted(nama for nama in daftar if NAMA.match(nama))
    bulanan = {nama[:7]: nama for nama in reversed(semua)}
    return sorted({*bulanan.values(), *semua[-HARI_TERAKHIR:]})


def read_ikhtisar(nama: str) -> Ikhtisar:
    """A digest of the file store."""
    with default_storage.open(f"{FOLDER}/{nama}") as berkas:
        return parse_ikhtisar(berkas.read().decode(), f"ikhtisar {nama.removesuffix('.txt')}")
