"""How the sending of messages is, for whoever keeps the installation running.

Thresholds, the same for the page, the command and the metrics:
- the beat: its last look was begun by a worker no longer ago than five looks, at least five minutes.
  It says that beat, broker and a worker live;
- the queue: no message has been due for more than fifteen minutes without being sent. It does not count
  what waits after a fault that may pass, which is shown with its words;
- the disk: a tenth, and a gigabyte, of the disk with INTEGRITAS_VAR is free.
"""

import datetime
import shutil
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone

from integritas.sehat import find_galat_broker
from satker.models import Detak, Kiriman, Pengingat
from satker.pengingat.nama import DETAK_MULAI, DETAK_SELESAI

BEAT_SELANG, BEAT_TERCEPAT = 5, datetime.timedelta(minutes=5)
ANTRE_TERLAMA = datetime.timedelta(minutes=15)
# Messages and reminders are counted whose moment lies in this time, or is still to come.
UMUR_HITUNGAN = datetime.timedelta(days=30)
DISK_BAGIAN, DISK_BYTE = 0.10, 1024**3


@dataclass(frozen=True)
class Pemeriksaan:
    """One thing looked at: `baik` is false when somebody should do something."""

    kode: str
    nama: str
    baik: bool
    kata: str


@dataclass(frozen=True)
class Keadaan:
    pada: datetime.datetime
    beat: datetime.datetime | None
    kirim: datetime.datetime | None
    antre_terlama: datetime.datetime | None
    disk_bebas: int
    disk_jumlah: int
    kiriman: dict[str, int] = field(default_factory=dict)
    pengingat: dict[str, int] = field(default_factory=dict)
    daftar_periksa: tuple[Pemeriksaan, ...] = ()

    @property
    def baik(self) -> bool:
        return all(satu.baik for satu in self.daftar_periksa)

    def to_json(self) -> dict:
        """The stable shape; moments are ISO 8601 in UTC, sizes in bytes."""
        return {
            "pada": show(self.pada),
            "baik": self.baik,
            "periksa": {
                satu.kode: {"baik": satu.baik, "kata": satu.kata} for satu in self.daftar_periksa
            },
            "beat": show(self.beat),
            "kirim": show(self.kirim),
            "antre_terlama": show(self.antre_terlama),
            "disk": {"bebas": self.disk_bebas, "jumlah": self.disk_jumlah},
            "kiriman": self.kiriman,
            "pengingat": self.pengingat,
        }


def show(saat: datetime.datetime | None) -> str | None:
    return None if saat is None else saat.astimezone(datetime.UTC).isoformat(timespec="seconds")


def read_keadaan() -> Keadaan:
    """Four queries, whatever the number of rows; the counts read an index."""
    saat = timezone.now()
    detak = dict(Detak.objects.values_list("nama", "pada"))
    siap = Q(coba_lagi_pada__isnull=True) | Q(coba_lagi_pada__lte=saat)
    terlama = Kiriman.objects.filter(
        siap, status=Kiriman.Status.ANTRE, kirim_pada__lte=saat
    ).aggregate(satu=Min("kirim_pada"))["satu"]
    disk = shutil.disk_usage(settings.VAR)
    beat = detak.get(DETAK_MULAI)
    return Keadaan(
        saat,
        beat,
        detak.get(DETAK_SELESAI),
        terlama,
        disk.free,
        disk.total,
        _count(Kiriman, "kirim_pada", saat),
        _count(Pengingat, "jatuh_pada", saat),
        (
            Pemeriksaan("database", "Basis data", True, "menjawab"),
            _check_broker(),
            _check_beat(saat, beat),
            _check_antre(saat, terlama),
            _check_disk(disk.free, disk.total),
        ),
    )


def _count(
    model: type[Kiriman] | type[Pengingat], kolom: str, saat: datetime.datetime
) -> dict[str, int]:
    """Of every state, those without rows included; of the last days, so that it costs the same after
    years."""
    status = model.Status.values
    baris = model._default_manager.filter(
        **{"status__in": status, f"{kolom}__gte": saat - UMUR_HITUNGAN}
    )
    ada = dict(baris.order_by().values_list("status").annotate(jumlah=Count("pk")))
    return {nilai: ada.get(nilai, 0) for nilai in status}


def _check_broker() -> Pemeriksaan:
    galat = find_galat_broker()
    return Pemeriksaan("broker", "Antrean tugas", not galat, galat or "menjawab")


def _check_beat(saat: datetime.datetime, beat: datetime.datetime | None) -> Pemeriksaan:
    batas = max(datetime.timedelta(seconds=BEAT_SELANG * settings.KIRIM_SELANG), BEAT_TERCEPAT)
    if beat is None:
        return Pemeriksaan("beat", "Penjadwal", False, "belum pernah berdetak")
    lama = saat - beat
    return Pemeriksaan("beat", "Penjadwal", lama <= batas, f"berdetak {describe_lama(lama)} lalu")


def _check_antre(saat: datetime.datetime, terlama: datetime.datetime | None) -> Pemeriksaan:
    nama = "Pesan tertua yang belum terkirim"
    if terlama is None:
        return Pemeriksaan("antre", nama, True, "tidak ada yang menunggu")
    lama = saat - terlama
    return Pemeriksaan("antre", nama, lama <= ANTRE_TERLAMA, f"menunggu {describe_lama(lama)}")


def _check_disk(bebas: int, jumlah: int) -> Pemeriksaan:
    cukup = bebas >= DISK_BYTE and bebas >= DISK_BAGIAN * jumlah
    kata = f"{bebas / 1024**3:.1f} GB dari {jumlah / 1024**3:.1f} GB bebas".replace(".", ",")
    return Pemeriksaan("disk", "Ruang disk", cukup, kata)


def describe_lama(lama: datetime.timedelta) -> str:
    """`12 detik`, `5 menit`, `3 jam`, `2 hari`."""
    detik = max(int(lama.total_seconds()), 0)
    for besar, satuan in ((86400, "hari"), (3600, "jam"), (60, "menit")):
        if detik >= 2 * besar or (detik >= besar and satuan != "hari"):
            return f"{detik // besar} {satuan}"
    return f"{detik} detik"
