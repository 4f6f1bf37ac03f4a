"""The rows of one source: which end, which are missing, and the writing of them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from satker import tenggat
from satker import zona as zona_waktu
from satker.models import LangkahPengingat, Pengingat
from satker.pengingat.petugas import Petugas
from satker.pengingat.sumber import Perkara, Sumber

Status = Pengingat.Status
# When the day's digest leaves, at the unit's own clock.
JAM = datetime.time(8)
# So many days ahead of its day a row is made.
DEPAN = tenggat.HARI
# Rows of dates as long ago as this are on nobody's list any more.
LAMA = datetime.timedelta(days=120)
SEKALI = 2000

Kunci = tuple[int, str, datetime.date, int]


@dataclass
class Hasil:
    """How many rows became what."""

    dibuat: int = 0
    terlewat: int = 0
    ditarik: int = 0
    selesai: int = 0

    def __iadd__(self, lain: "Hasil") -> "Hasil":
        for nama in vars(lain):
            setattr(self, nama, getattr(self, nama) + getattr(lain, nama))
        return self


@dataclass(frozen=True)
class Keadaan:
    """What all sources share in one go."""

    kini: datetime.datetime
    # The end of the last complete go; None before the first.
    terakhir: datetime.datetime | None
    libur: frozenset[datetime.date]
    petugas: Petugas

    @property
    def hari(self) -> datetime.date:
        return timezone.localdate(self.kini)


@dataclass(frozen=True)
class Tercatat:
    """A row that exists."""

    pk: int
    langkah: int
    objek: str
    acuan: datetime.date
    pengguna: int
    status: str
    usang: bool

    @property
    def kunci(self) -> Kunci:
        return (self.langkah, self.objek, self.acuan, self.pengguna)

    @property
    def is_open(self) -> bool:
        return self.status in Pengingat.TERBUKA and not self.usang


class Kerja:
    """What is to be written for one source."""

    def __init__(self, sumber: Sumber, keadaan: Keadaan, langkah, perkara: dict[str, Perkara]):
        self.sumber, self.keadaan = sumber, keadaan
        self.langkah: dict[int, LangkahPengingat] = langkah
        self.perkara = perkara
        self.selesai: list[int] = []
        self.ditarik: list[int] = []
        self.usang: list[int] = []
        self.hidup: list[int] = []
        self.baru: list[Pengingat] = []

    def _list_orang(self, perkara: Perkara, langkah: LangkahPengingat) -> set[int]:
        return self.keadaan.petugas.list_pengguna(
            perkara.satker_id, langkah.daftar_peran, perkara.daftar_pengguna
        )

    # --- rows that are open ----------------------------------------------------------------------
    def close(self, terbuka: list[Tercatat]) -> None:
        """Finish what is done, withdraw what has moved, ended or changed hands."""
        awalan = len(self.sumber.kode) + 1
        hilang = {satu.objek[awalan:] for satu in terbuka} - self.perkara.keys()
        selesai = self.sumber.done(hilang) if hilang else set()
        for satu in terbuka:
            kunci = satu.objek[awalan:]
            if kunci in selesai:
                self.selesai.append(satu.pk)
            elif not self._is_meant(satu, self.perkara.get(kunci)):
                (self.ditarik if satu.status == Status.MENUNGGU else self.usang).append(satu.pk)

    def _is_meant(self, satu: Tercatat, perkara: Perkara | None) -> bool:
        langkah = self.langkah.get(satu.langkah)
        return (
            perkara is not None
            and langkah is not None
            and satu.acuan == perkara.acuan
            and satu.acuan > self.keadaan.hari - LAMA
            and langkah.bagian == perkara.bagian
            and satu.pengguna in self._list_orang(perkara, langkah)
        )

    # --- rows that are missing -------------------------------------------------------------------
    def open(self, tercatat: dict[Kunci, Tercatat]) -> None:
        dari_bagian: dict[str, list[LangkahPengingat]] = {}
        for langkah in self.langkah.values():
            dari_bagian.setdefault(langkah.bagian, []).append(langkah)
        for perkara in self.perkara.values():
            for langkah in dari_bagian.get(perkara.bagian, []):
                contoh = self._build(perkara, langkah)
                if contoh is None:
                    continue
                for pengguna in self._list_orang(perkara, langkah):
                    self._add(contoh, pengguna, tercatat)

    def _add(self, contoh: dict, pengguna: int, tercatat: dict[Kunci, Tercatat]) -> None:
        kunci = (contoh["langkah_id"], contoh["objek"], contoh["acuan"], pengguna)
        lama = tercatat.get(kunci)
        if lama is None:
            self.baru.append(Pengingat(pengguna_id=pengguna, **contoh))
        elif contoh["status"] == Status.MENUNGGU and (
            lama.status == Status.DITARIK or (lama.usang and lama.status == Status.TERKIRIM)
        ):
            # The date has moved back, or the person has the role again.
            self.hidup.append(lama.pk)

    def _build(self, perkara: Perkara, langkah: LangkahPengingat) -> dict | None:
        """The row of a step but for the person; None while it is early, and when its time was over
        before anybody could have missed it."""
        kini, zona = self.keadaan.kini, self.keadaan.petugas.get_zona(perkara.satker_id)
        hari = tenggat.shift(perkara.acuan, langkah.geser, langkah.satuan, self.keadaan.libur)
        if hari > zona_waktu.get_hari(kini, zona) + DEPAN:
            return None
        akhir = hari + datetime.timedelta(days=langkah.berguna_hari + 1)
        berguna_sampai = zona_waktu.to_utc(akhir, datetime.time(0), zona)
        terlewat = berguna_sampai <= kini
        terakhir = self.keadaan.terakhir
        if terlewat and (terakhir is None or berguna_sampai <= terakhir):
            return None
        return {
            "langkah_id": langkah.pk,
            "objek": f"{self.sumber.kode}:{perkara.kunci}",
            "acuan": perkara.acuan,
            "satker_id": perkara.satker_id,
            "judul": self._write_judul(perkara),
            "pesan": langkah.pesan,
            "url": perkara.url,
            "tanggal": hari,
            "jatuh_pada": zona_waktu.to_utc(hari, JAM, zona),
            "berguna_sampai": berguna_sampai,
            "mendesak": langkah.mendesak,
            "status": Status.TERLEWAT if terlewat else Status.MENUNGGU,
            "dibuat_pada": kini,
            "diubah_pada": kini,
        }

    def _write_judul(self, perkara: Perkara) -> str:
        """What it is about and whose: people above a unit read it among those of many units."""
        nama = self.keadaan.petugas.get_nama(perkara.satker_id)
        akhir = f", {nama}" if nama else ""
        return f"{perkara.judul[: 300 - len(akhir)]}{akhir}"

    # --- into the database -----------------------------------------------------------------------
    def write(self) -> Hasil:
        hasil = Hasil()
        hasil.selesai = self._set(self.selesai, Pengingat.TERBUKA, status=Status.SELESAI)
        hasil.ditarik = self._set(self.ditarik, [Status.MENUNGGU], status=Status.DITARIK)
        # What was sent meanwhile stays sent.
        self._set(self.usang + self.ditarik, [Status.TERKIRIM], usang=True)
        self._set(self.hidup, [Status.DITARIK], status=Status.MENUNGGU)
        self._set(self.hidup, [Status.TERKIRIM], usang=False)
        hasil.terlewat = sum(satu.status == Status.TERLEWAT for satu in self.baru)
        hasil.dibuat = len(self.baru) - hasil.terlewat + len(self.hidup)
        # In a fixed order, so that two at once do not wait for each other crosswise.
        self.baru.sort(key=lambda satu: (satu.langkah_id, satu.objek, satu.pengguna_id))
        Pengingat.objects.bulk_create(self.baru, ignore_conflicts=True, batch_size=SEKALI)
        return hasil

    def _set(self, daftar_pk: list[int], dari: Iterable[str], **nilai) -> int:
        """Only rows that are still so: a person or the sender may have been faster."""
        jumlah = 0
        for awal in range(0, len(daftar_pk), SEKALI):
            jumlah += Pengingat.objects.filter(
                pk__in=daftar_pk[awal : awal + SEKALI], status__in=list(dari)
            ).update(diubah_pada=self.keadaan.kini, **nilai)
        return jumlah
