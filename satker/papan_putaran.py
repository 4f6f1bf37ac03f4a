"""The board of a round: its units, each with a state and the event behind it.

Three queries at any number of units, joined here; the rule is `satker.putaran`.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone

from satker import cari
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
    cari: str
    putusan: Putusan
    upacara: Upacara | None

    @property
    def label(self) -> str:
        return LABEL[self.putusan.keadaan]

    @property
    def sebab(self) -> str:
        return SEBAB[self.putusan.sebab]


@dataclass(frozen=True)
class Papan:
    """All units, most behind first, and the round's events by date."""

    daftar_baris: list[BarisPapan]
    daftar_upacara: list[Upacara]
    hitungan: dict[Keadaan, int]

    @property
    def daftar_hitungan(self) -> list[tuple[str, str, int]]:
        """Value, name and number, what is done first."""
        return [(k.value, LABEL[k], self.hitungan[k]) for k in reversed(Keadaan)]

    @property
    def daftar_gugus(self) -> list[str]:
        return sorted({baris.gugus for baris in self.daftar_baris if baris.gugus})

    def filter(self, keadaan: str = "", gugus: str = "", q: str = "") -> list[BarisPapan]:
        """The rows that the reader asked for."""
        istilah = cari.build_terms(q) if q else []
        return [
            baris
            for baris in self.daftar_baris
            if (not keadaan or baris.putusan.keadaan == keadaan)
            and (not gugus or baris.gugus == gugus)
            and all(satu in baris.cari for satu in istilah)
        ]


def in_force(awal: str, pada: datetime.date) -> Q:
    """The same as `BerlakuQuerySet.at()`, for the condition of a join."""
    dari, sampai = f"{awal}__berlaku_dari", f"{awal}__berlaku_sampai"
    return (Q(**{f"{dari}__isnull": True}) | Q(**{f"{dari}__lte": pada})) & (
        Q(**{f"{sampai}__isnull": True}) | Q(**{f"{sampai}__gt": pada})
    )


def read_papan(putaran: Putaran, *, umum: bool = False, user=None) -> Papan:
    """The board as of today. `umum` leaves out what was not announced; for a `user` each event says
    whether it is `terlihat`, so that its page may be linked."""
    hari = timezone.localdate()
    daftar = Upacara.objects.filter(putaran=putaran)
    if umum:
        daftar = daftar.public()
    deklarasi = Acara.objects.filter(upacara=OuterRef("pk"), jenis__deklarasi=True)
    if user is not None:
        milik_user = Upacara.objects.visible_to(user).values("pk")
        daftar = daftar.annotate(terlihat=Q(pk__in=milik_user))
    daftar_upacara = list(daftar.annotate(deklarasi=Exists(deklarasi)).order_by("tanggal", "pk"))
    milik = _list_kegiatan(daftar_upacara)
    # A round that is over keeps the names its units bore then.
    pada = min(hari, max(satu.tanggal for satu in daftar_upacara)) if daftar_upacara else hari
    upacara = {satu.pk: satu for satu in daftar_upacara}
    baris = []
    for satker_id, kode, gugus, nama, urut, teks in _list_satker(putaran, pada):
        putusan = decide(milik[satker_id], lengkap=putaran.lengkap, hari=hari)
        satu = BarisPapan(
            satker_id,
            kode,
            nama or kode,
            gugus,
            teks or kode,
            putusan,
            upacara.get(putusan.upacara) if putusan.upacara else None,
        )
        baris.append((URUT[putusan.keadaan], urut or "", satker_id, satu))
    baris.sort(key=lambda satu: satu[:3])
    daftar_baris = [satu[3] for satu in baris]
    nama_satker = {satu.satker_id: satu.nama for satu in daftar_baris}
    for satu in daftar_upacara:
        satu.nama_rumah = nama_satker.get(satu.tuan_rumah_id, satu.tempat)
        satu.jumlah_satker = milik.jumlah[satu.pk]
    return Papan(daftar_baris, daftar_upacara, count(satu.putusan for satu in daftar_baris))


class _Kegiatan(defaultdict):
    """Events by unit, and how many units each event names."""

    def __init__(self):
        super().__init__(list)
        self.jumlah: dict[int, int] = defaultdict(int)


def _list_kegiatan(daftar_upacara: list[Upacara]) -> _Kegiatan:
    upacara = {satu.pk: satu for satu in daftar_upacara}
    milik = _Kegiatan()
    peserta = PesertaSatker.objects.filter(upacara__in=upacara)
    for upacara_id, satker_id, hadir in peserta.values_list("upacara", "satker", "hadir"):
        satu = upacara[upacara_id]
        milik.jumlah[upacara_id] += 1
        milik[satker_id].append(Kegiatan(satu.pk, satu.status, satu.tanggal, satu.deklarasi, hadir))
    for satu in daftar_upacara:
        if satu.status == Upacara.Status.TERCATAT and not milik.jumlah[satu.pk]:
            milik[satu.tuan_rumah_id].append(
                Kegiatan(satu.pk, satu.status, satu.tanggal, satu.deklarasi, tuan_rumah=True)
            )
    return milik


def _list_satker(putaran: Putaran, pada: datetime.date):
    """Unit, code, cluster, and its name, sort key and search text on the day."""
    return (
        PutaranSatker.objects.filter(putaran=putaran)
        .annotate(
            posisi=FilteredRelation(
                "satker__kedudukansatker", condition=in_force("satker__kedudukansatker", pada)
            )
        )
        .values_list(
            "satker_id", "satker__kode", "gugus", "posisi__nama", "posisi__urut", "posisi__cari"
        )
    )


# --- a unit's own ---------------------------------------------------------------------------------
def with_nama_rumah(daftar):
    """Events with the name that the host bore on the day; one statement."""
    posisi = (
        KedudukanSatker.objects.filter(satker=OuterRef("tuan_rumah"))
        .filter(Q(berlaku_dari__isnull=True) | Q(berlaku_dari__lte=OuterRef("tanggal")))
        .filter(Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=OuterRef("tanggal")))
    )
    return daftar.annotate(nama_rumah=posisi.values("nama")[:1])


def list_milik_satker(satker, *, umum: bool = False) -> list[Upacara]:
    """The events a unit took part in, is expected at, or hosted, newest first, with `ikut` (it is
    named as a participant) and `hadir`. For the unit's page: `satker/_upacara_satker.html`."""
    peserta = PesertaSatker.objects.filter(upacara=OuterRef("pk"), satker=satker)
    daftar = Upacara.objects.filter(
        Q(tuan_rumah=satker)
        | Q(pk__in=PesertaSatker.objects.filter(satker=satker).values("upacara"))
    )
    if umum:
        daftar = daftar.public()
    return list(
        daftar.annotate(
            ikut=Exists(peserta), hadir=peserta.values("hadir")[:1], nama_putaran=F("putaran__nama")
        )
        .select_related("putaran")
        .order_by("-tanggal", "-pk")
    )
