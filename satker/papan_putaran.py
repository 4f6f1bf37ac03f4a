"""The board of a round: its units, each with a state and the event behind it.

Three queries at any number of units, joined here; the rule is `satker.putaran`.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone

from integritas.sql import Pernyataan, write_query
from satker.models import (
    Acara,
    KedudukanSatker,
    PesertaSatker,
    Putaran,
    PutaranSatker,
    Upacara,
)
from satker.putaran import LABEL, URUT, Keadaan, Kegiatan, Putusan, count, decide

SEBAB = {
    "": "",
    "tuan-rumah": "sebagai tuan rumah; peserta lain tidak disebut sumber",
    "lewat": "tanggalnya lewat, belum ada yang menutupnya",
    "rencana": "masih rencana, belum dijadwalkan",
    "tidak-hadir": "tidak seorang pun tercatat hadir",
}


@dataclass(frozen=True, slots=True)
class BarisPapan:
    """One unit of the round on the day it is shown for."""

    satker_id: int
    kode: str
    nama: str
    gugus: str
    putusan: Putusan
    upacara: Any

    @property
    def label(self) -> str:
        return LABEL[self.putusan.keadaan]

    @property
    def sebab(self) -> str:
        return SEBAB[self.putusan.sebab]


# What the board is sorted by (state, sort key, unit), then code, name, cluster and the state itself.
# A plain tuple: of a thousand units a page shows fifty.
Satu = tuple[int, str, int, str, str, str, Putusan]
# An `Upacara` that also has `deklarasi`, `jumlah_satker`, `nama_rumah` and `terlihat`.
Acuan = Any


@dataclass(frozen=True)
class Papan:
    """All units, most behind first, and the round's events by date."""

    daftar_satker: list[Satu]
    daftar_upacara: list[Acuan]
    hitungan: dict[Keadaan, int]
    pada: datetime.date

    @property
    def daftar_hitungan(self) -> list[tuple[str, str, int]]:
        """Value, name and number, what is done first."""
        return [(k.value, LABEL[k], self.hitungan[k]) for k in reversed(Keadaan)]

    @property
    def daftar_gugus(self) -> list[str]:
        return sorted({satu[5] for satu in self.daftar_satker if satu[5]})

    def filter(self, keadaan: str = "", gugus: str = "", q: str = "") -> list[Satu]:
        """The units that the reader asked for; one statement when a name was typed."""
        daftar = self.daftar_satker
        if keadaan:
            daftar = [satu for satu in daftar if satu[6].keadaan == keadaan]
        if gugus:
            daftar = [satu for satu in daftar if satu[5] == gugus]
        if q:
            posisi = KedudukanSatker.objects.at(self.pada).search(q)
            cocok = set(posisi.values_list("satker_id", flat=True))
            daftar = [satu for satu in daftar if satu[2] in cocok]
        return daftar

    def show(self, daftar_satu: Iterable[Satu]) -> list[BarisPapan]:
        """These units with the event behind each."""
        upacara: dict[int | None, Acuan] = {satu.pk: satu for satu in self.daftar_upacara}
        return [
            BarisPapan(satker, kode, nama, gugus, putusan, upacara.get(putusan.upacara))
            for _, _, satker, kode, nama, gugus, putusan in daftar_satu
        ]


def in_force(awal: str, pada: datetime.date) -> Q:
    """The same as `BerlakuQuerySet.at()`, for the condition of a join."""
    dari, sampai = f"{awal}__berlaku_dari", f"{awal}__berlaku_sampai"
    return (Q(**{f"{dari}__isnull": True}) | Q(**{f"{dari}__lte": pada})) & (
        Q(**{f"{sampai}__isnull": True}) | Q(**{f"{sampai}__gt": pada})
    )


def read_papan(putaran: Putaran, *, umum: bool = False, user=None) -> Papan:
    """The board as of today. `umum` leaves out what was not announced; for a `user` each event says
    whether it is `terlihat`, so that its page may be linked (without a user all are)."""
    hari = timezone.localdate()
    daftar = Upacara.objects.filter(putaran=putaran)
    if umum:
        daftar = daftar.public()
    deklarasi = Acara.objects.filter(upacara=OuterRef("pk"), jenis__deklarasi=True)
    if user is not None:
        milik_user = Upacara.objects.visible_to(user).values("pk")
        daftar = daftar.annotate(terlihat=Q(pk__in=milik_user))
    daftar_upacara: list[Acuan] = list(
        daftar.annotate(deklarasi=Exists(deklarasi)).order_by("tanggal", "pk")
    )
    milik = _list_peserta(putaran.pk, daftar_upacara)
    decide_satu = _build_decide(daftar_upacara, lengkap=putaran.lengkap, hari=hari)
    # A round that is over keeps the names its units bore then.
    pada = min(hari, max(satu.tanggal for satu in daftar_upacara)) if daftar_upacara else hari
    daftar_satker: list[Satu] = []
    nama_satker: dict[int, str] = {}
    for satker, kode, gugus, nama, urut in _write_satker(putaran.pk, pada).read_baris():
        putusan = decide_satu(milik.get(satker, ()))
        nama_satker[satker] = nama = nama or kode
        daftar_satker.append(
            (URUT[putusan.keadaan], urut or "", satker, kode, nama, gugus, putusan)
        )
    daftar_satker.sort(key=itemgetter(0, 1, 2))
    for satu in daftar_upacara:
        satu.nama_rumah = nama_satker.get(satu.tuan_rumah_id, satu.tempat)
        if user is None:
            satu.terlihat = not umum
    return Papan(daftar_satker, daftar_upacara, count(satu[6] for satu in daftar_satker), pada)


# How a unit stands in an event: which one, whether anybody came, and whether it only hosted it.
Ikut = tuple[int, bool | None, bool]


def _list_peserta(putaran_id: int, daftar_upacara: list[Acuan]) -> dict[int, tuple[Ikut, ...]]:
    """Which of these events each unit is in; sets `jumlah_satker` on each event."""
    upacara = {satu.pk: satu for satu in daftar_upacara}
    for satu in daftar_upacara:
        satu.jumlah_satker = 0
    milik: dict[int, tuple[Ikut, ...]] = {}
    for nomor, satker, hadir in _write_peserta(putaran_id).read_baris():
        # For the public there are fewer events.
        if nomor in upacara:
            upacara[nomor].jumlah_satker += 1
            milik[satker] = (*milik.get(satker, ()), (nomor, hadir, False))
    for satu in daftar_upacara:
        if satu.status == Upacara.Status.TERCATAT and not satu.jumlah_satker:
            rumah = satu.tuan_rumah_id
            milik[rumah] = (*milik.get(rumah, ()), (satu.pk, None, True))
    return milik


def _build_decide(daftar_upacara: list[Acuan], *, lengkap: bool, hari: datetime.date):
    """`decide` for a unit's events, asked once for units that are in the same ones."""
    upacara = {satu.pk: satu for satu in daftar_upacara}

    @cache
    def decide_satu(daftar_ikut: tuple[Ikut, ...]) -> Putusan:
        daftar = []
        for nomor, hadir, tuan_rumah in daftar_ikut:
            satu = upacara[nomor]
            daftar.append(
                Kegiatan(nomor, satu.status, satu.tanggal, satu.deklarasi, hadir, tuan_rumah)
            )
        return decide(daftar, lengkap=lengkap, hari=hari)

    return decide_satu


@lru_cache(maxsize=64)
def _write_peserta(putaran_id: int) -> Pernyataan:
    """Event, unit, and whether anybody of it came."""
    peserta = PesertaSatker.objects.filter(upacara__putaran=putaran_id).order_by("pk")
    return write_query(peserta.values("upacara_id", "satker_id", "hadir"))


@lru_cache(maxsize=64)
def _write_satker(putaran_id: int, pada: datetime.date) -> Pernyataan:
    """Unit, code, cluster, and its name and sort key on the day. Building the statement takes longer
    than answering it."""
    posisi = "satker__kedudukansatker"
    daftar = PutaranSatker.objects.filter(putaran=putaran_id).annotate(
        posisi=FilteredRelation(posisi, condition=in_force(posisi, pada)),
        kode=F("satker__kode"),
        nama=F("posisi__nama"),
        urut=F("posisi__urut"),
    )
    return write_query(daftar.values("satker_id", "kode", "gugus", "nama", "urut"))
