"""Reminders as lists show them: a person's own, worst first, and who has been told of what."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from satker.models import IsiKiriman, KedudukanSatker, Kiriman, Pengingat

Status = Pengingat.Status


@dataclass(frozen=True)
class Jumlah:
    """A person's own reminders by what they ask for today."""

    terlambat: int
    sekarang: int
    nanti: int
    belum_dibaca: int


def count_milik(pengguna, hari: datetime.date) -> Jumlah:
    """One statement."""
    kini = timezone.now()
    jatuh = Q(jatuh_pada__lte=kini)
    hasil = (
        Pengingat.objects.open()
        .filter(pengguna=pengguna)
        .aggregate(
            terlambat=Count("pk", filter=jatuh & Q(acuan__lt=hari)),
            sekarang=Count("pk", filter=jatuh & Q(acuan__gte=hari)),
            nanti=Count("pk", filter=~jatuh),
            belum_dibaca=Count("pk", filter=jatuh & Q(dibaca_pada__isnull=True)),
        )
    )
    return Jumlah(**hasil)


@dataclass(frozen=True)
class Baris:
    """A reminder with how far its date is."""

    pengingat: Pengingat
    selisih: int

    @property
    def nada(self) -> str:
        return say_nada(self.selisih)

    @property
    def sebutan_jarak(self) -> str:
        return say_jarak(self.selisih)


def build_baris(daftar, hari: datetime.date) -> list[Baris]:
    return [Baris(satu, (satu.acuan - hari).days) for satu in daftar]


KOLOM = ("pk", "judul", "pesan", "acuan", "status", "usang", "dibaca_pada", "ditunda_sampai")


def build_sel(daftar, hari: datetime.date) -> list[dict]:
    """The cells of a person's own list, from a queryset, as `render_rows` takes them."""
    alamat = reverse("pengingat_list")
    hasil = []
    for satu in daftar.values(*KOLOM):
        selisih = (satu["acuan"] - hari).days
        terbuka = satu["status"] in Pengingat.TERBUKA and not satu["usang"]
        hasil.append(
            {
                "alamat": f"{alamat}{satu['pk']}/",
                "judul": satu["judul"],
                "pesan": satu["pesan"],
                "acuan": satu["acuan"],
                "jarak": say_jarak(selisih),
                "nada": say_nada(selisih),
                "terbuka": terbuka,
                "baru": terbuka and satu["dibaca_pada"] is None,
                "ditunda": satu["ditunda_sampai"] if terbuka else None,
            }
        )
    return hasil


def say_jarak(selisih: int) -> str:
    """`lewat 3 hari`, `hari ini`, `besok`, `5 hari lagi`."""
    if selisih < 0:
        return f"lewat {-selisih} hari"
    return {0: "hari ini", 1: "besok"}.get(selisih, f"{selisih} hari lagi")


def say_nada(selisih: int) -> str:
    """How it is shown: overdue, near, or with time left."""
    if selisih < 0:
        return "masalah"
    return "perhatian" if selisih <= 1 else "selesai"


def read_nama(daftar_satker: set[int], hari: datetime.date) -> dict[int, str]:
    if not daftar_satker:
        return {}
    return dict(
        KedudukanSatker.objects.at(hari)
        .filter(satker__in=daftar_satker)
        .values_list("satker", "nama")
    )


@dataclass(frozen=True)
class Pengiriman:
    """A message that carried a reminder."""

    saluran: str
    status: str
    saat: datetime.datetime | None
    percobaan: int
    galat: str

    @property
    def nada(self) -> str:
        return {Kiriman.Status.TERKIRIM: "selesai", Kiriman.Status.GAGAL: "masalah"}.get(
            Kiriman.Status(self.status), ""
        )

    @property
    def sebutan(self) -> str:
        return Kiriman.Saluran(self.saluran).label

    @property
    def hasil(self) -> str:
        return Kiriman.Status(self.status).label


def read_pengiriman(daftar_pk) -> dict[int, list[Pengiriman]]:
    """The messages of many reminders, in order: one statement."""
    hasil: dict[int, list[Pengiriman]] = defaultdict(list)
    baris = IsiKiriman.objects.filter(pengingat__in=daftar_pk).order_by("kiriman__pk", "pk")
    for pk, saluran, status, saat, percobaan, galat in baris.values_list(
        "pengingat",
        "kiriman__saluran",
        "kiriman__status",
        "kiriman__terkirim_pada",
        "kiriman__percobaan",
        "kiriman__galat",
    ):
        hasil[pk].append(Pengiriman(saluran, status, saat, percobaan, galat))
    return dict(hasil)
