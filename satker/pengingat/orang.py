"""What is known of the people a message goes to: their zone, and how they want to be reached."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from satker.models import KedudukanSatker, Kiriman, Penugasan, PilihanSaluran
from satker.pengingat.jam import skip_tenang
from satker.zona import get_zona


@dataclass(frozen=True)
class Orang:
    """By mail without quiet hours, unless the person chose otherwise."""

    zona: ZoneInfo
    surel: bool = True
    gerbang: bool = False
    tenang_dari: datetime.time | None = None
    tenang_sampai: datetime.time | None = None

    @property
    def daftar_saluran(self) -> list[str]:
        pilihan = ((Kiriman.Saluran.SUREL, self.surel), (Kiriman.Saluran.GERBANG, self.gerbang))
        return [saluran for saluran, dipilih in pilihan if dipilih]

    def skip_tenang(self, saat: datetime.datetime) -> datetime.datetime:
        return skip_tenang(saat, self.zona, self.tenang_dari, self.tenang_sampai)


def read_orang(daftar_id: Collection[int], hari: datetime.date | None = None) -> dict[int, Orang]:
    """Three queries for any number of people."""
    zona = read_zona(daftar_id, hari)
    pilihan = {
        satu.pengguna_id: satu for satu in PilihanSaluran.objects.filter(pengguna__in=daftar_id)
    }
    hasil = {}
    for pengguna_id in daftar_id:
        satu = pilihan.get(pengguna_id)
        if satu is None:
            hasil[pengguna_id] = Orang(zona[pengguna_id])
        else:
            hasil[pengguna_id] = Orang(
                zona[pengguna_id],
                satu.surel,
                satu.gerbang,
                satu.tenang_dari,
                satu.tenang_sampai,
            )
    return hasil


def read_zona(daftar_id: Collection[int], hari: datetime.date | None = None) -> dict[int, ZoneInfo]:
    """The zone of the unit somebody works for: of the oldest assignment of today that hangs on a
    unit or a Kanwil. Whoever works for a ministry keeps the time of Jakarta."""
    hari = hari or timezone.localdate()
    tempat: dict[int, int] = {}
    for pengguna_id, satker, kanwil in (
        Penugasan.objects.at(hari)
        .filter(pengguna__in=daftar_id)
        .order_by("berlaku_dari", "pk")
        .values_list("pengguna_id", "satker_id", "kanwil__satker_id")
    ):
        if unit := satker or kanwil:
            tempat.setdefault(pengguna_id, unit)
    zona = dict(
        KedudukanSatker.objects.at(hari)
        .filter(satker__in=set(tempat.values()))
        .values_list("satker_id", "zona_waktu")
    )
    return {
        pengguna_id: get_zona(zona.get(tempat.get(pengguna_id, 0), "WIB"))
        for pengguna_id in daftar_id
    }
