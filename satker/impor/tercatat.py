"""What is on record, fetched once for all rows of a file."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from integritas.tabel import normalize
from satker import fakta
from satker.impor.ejaan import spell_kelas
from satker.models import (
    Instansi,
    JenisSatker,
    KantorWilayah,
    KedudukanInstansi,
    KedudukanSatker,
    KelasSatker,
    SatuanKerja,
)


@dataclass
class Induk:
    """A node that a unit can stand under, and when it stood."""

    kode: str
    sebutan: str
    kanwil: KantorWilayah | None
    instansi: Instansi | None
    contoh: bool
    zona_waktu: str = ""
    rentang: list[tuple[datetime.date | None, datetime.date | None]] = field(default_factory=list)

    @property
    def kunci(self) -> tuple:
        """Equal for the same node, stored or not."""
        return (self.kanwil is not None, self.kode)

    def is_standing(self, mulai: datetime.date | None) -> bool:
        if mulai is None:
            return any(dari is None for dari, _ in self.rentang)
        return any(
            (dari is None or dari <= mulai) and (sampai is None or sampai > mulai)
            for dari, sampai in self.rentang
        )


@dataclass
class Isi:
    """The facts of one accepted row; `lama` is the position it follows."""

    satker: SatuanKerja | None
    lama: KedudukanSatker | None
    mulai: datetime.date | None
    fakta: dict
    sumber: str
    keyakinan: str
    # A new Kanwil brings its node.
    kanwil: KantorWilayah | None = None


class Tercatat:
    """Nodes, types and the units of the file with their positions, locked when asked."""

    def __init__(self, daftar_kode: set[str], *, lock: bool):
        self._load_identity(daftar_kode, lock)
        self._load_nodes()
        self._load_jenis()
        self._load_posisi()

    def _load_identity(self, daftar_kode: set[str], lock: bool) -> None:
        queryset = SatuanKerja.objects.filter(kode__in=daftar_kode)
        if lock:
            # The nodes too: a Kanwil must not close while units are put under it.
            queryset = SatuanKerja.objects.select_for_update(of=("self",), no_key=True).filter(
                Q(kode__in=daftar_kode) | Q(kantorwilayah__isnull=False)
            )
        self.satker = {
            satu.kode: satu for satu in queryset.order_by("kode") if satu.kode in daftar_kode
        }

    def _load_nodes(self) -> None:
        self.instansi = {satu.kode: satu for satu in Instansi.objects.order_by("pk")}
        self.induk: dict[str, Induk] = {}
        self.sebutan_instansi: dict[str, str] = {}
        self.instansi_dari_pk = {satu.pk: satu for satu in self.instansi.values()}
        for milik in KedudukanInstansi.objects.select_related("instansi").order_by("pk"):
            kode = milik.instansi.kode
            node = self.induk.setdefault(
                kode, Induk(kode, milik.singkatan, None, milik.instansi, milik.instansi.contoh)
            )
            node.rentang.append((milik.berlaku_dari, milik.berlaku_sampai))
            self.sebutan_instansi[normalize(milik.singkatan)] = kode
            self.sebutan_instansi[normalize(milik.nama)] = kode
        self.kanwil = {
            satu.pk: satu for satu in KantorWilayah.objects.select_related("satker").order_by("pk")
        }
        kanwil_sendiri = {satu.satker_id: satu for satu in self.kanwil.values()}
        self.kanwil_dari_nama: dict[str, str] = {}
        for posisi in (
            KedudukanSatker.objects.filter(satker__kantorwilayah__isnull=False)
            .select_related("satker")
            .order_by("berlaku_dari", "pk")
        ):
            kanwil = kanwil_sendiri[posisi.satker_id]
            node = self.induk.setdefault(
                posisi.satker.kode,
                Induk(posisi.satker.kode, posisi.nama, kanwil, None, posisi.satker.contoh),
            )
            node.sebutan, node.zona_waktu = posisi.nama, posisi.zona_waktu
            node.rentang.append((posisi.berlaku_dari, posisi.berlaku_sampai))
            self.kanwil_dari_nama[normalize(posisi.nama)] = posisi.satker.kode

    def _load_jenis(self) -> None:
        self.jenis = {
            satu.pk: satu for satu in JenisSatker.objects.select_related("pembina").order_by("pk")
        }
        self.jenis_dari_sebutan: dict[str, JenisSatker] = {}
        for satu in self.jenis.values():
            for sebutan in (satu.kode, satu.nama, satu.singkatan, satu.sebutan_lain):
                if sebutan:
                    self.jenis_dari_sebutan.setdefault(normalize(sebutan), satu)
        self.kelas: dict[int, dict[tuple, str]] = defaultdict(dict)
        for kelas in KelasSatker.objects.order_by("pk"):
            self.kelas[kelas.jenis_id][spell_kelas(kelas.kelas)] = kelas.kelas
        self.provinsi = {
            kanwil.kode_bps: (kanwil.provinsi, self.induk[kanwil.satker.kode].zona_waktu)
            for kanwil in self.kanwil.values()
            if kanwil.satker.kode in self.induk and not kanwil.satker.contoh
        }
        for baris in fakta.read_csv(fakta.DATA / "kanwil.csv"):
            self.provinsi.setdefault(
                baris["kode_bps_provinsi"], (baris["provinsi"], baris["zona_waktu"])
            )

    def _load_posisi(self) -> None:
        self.posisi: dict[int, list[KedudukanSatker]] = defaultdict(list)
        for posisi in KedudukanSatker.objects.filter(
            satker__in=[satu.pk for satu in self.satker.values()]
        ).order_by("pk"):
            self.posisi[posisi.satker_id].append(posisi)
        for daftar in self.posisi.values():
            daftar.sort(key=lambda satu: satu.berlaku_dari or datetime.date.min)

    def link(self, posisi, satker) -> None:
        """Hang the objects at hand on a position, so that nothing is fetched for it alone."""
        posisi.satker = satker
        posisi.jenis = self.jenis[posisi.jenis_id]
        posisi.kanwil = self.kanwil.get(posisi.kanwil_id)
        posisi.instansi = self.instansi_dari_pk.get(posisi.instansi_id)
        posisi.pembina = self.instansi_dari_pk.get(posisi.pembina_id)

    def name_induk(self, posisi) -> str:
        """The code of the node above a position: a Kanwil's is its ministry."""
        if posisi.kanwil_id and self.kanwil[posisi.kanwil_id].satker_id != posisi.satker_id:
            return self.kanwil[posisi.kanwil_id].satker.kode
        return self.instansi_dari_pk[posisi.instansi_id].kode
