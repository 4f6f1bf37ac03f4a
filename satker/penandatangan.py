"""Who signs which text of an event, who has, and who is missing: a fixed number of statements,
whatever the number of people."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from integritas.teks import format_saat, format_tanggal
from satker.models import (
    Halangan,
    KedudukanSatker,
    Naskah,
    NaskahBaku,
    Peserta,
    TandaTangan,
    Upacara,
)
from satker.waktu_upacara import to_lokal

# Of whom the usual texts are (domain: pact by each person, commitment by all and the witnesses,
# declaration by heads and officials); the committee may choose otherwise.
UNTUK_BIASA = {
    NaskahBaku.Jenis.PAKTA: Naskah.Untuk.PERSONEL,
    NaskahBaku.Jenis.KOMITMEN: Naskah.Untuk.SEMUA,
    NaskahBaku.Jenis.DEKLARASI: Naskah.Untuk.KEPALA,
}
AWALAN_BIASA = "Kepala, Plt. Kepala, Plh. Kepala, Pejabat, Direktur, Ketua"

Kunci = tuple[str, int]


@dataclass(frozen=True)
class Masa:
    """Whether signatures are taken now, and the sentence that says until or since when."""

    terbuka: bool
    kalimat: str


def read_masa(upacara: Upacara, kini: datetime.datetime | None = None) -> Masa:
    """Signatures are taken while the event is open; afterwards, of those who were away, until the
    make-up date or the closing of the round, whichever comes first."""
    kini = kini or timezone.now()
    status = upacara.status
    if status in {Upacara.Status.RENCANA, Upacara.Status.TERJADWAL}:
        return Masa(False, "Naskah dapat dibaca sekarang dan ditandatangani sejak upacara dibuka.")
    if status == Upacara.Status.DIBATALKAN:
        return Masa(False, "Upacara ini dibatalkan, jadi tidak ada yang ditandatangani.")
    if status == Upacara.Status.TERCATAT:
        return Masa(False, "Upacara ini hanya tercatat dari sumber; tanda tangan tidak diterima.")
    if status == Upacara.Status.BERLANGSUNG:
        return Masa(True, "Upacara sedang berlangsung. Tanda tangan diterima.")
    return _read_susulan(upacara, kini)


def _read_susulan(upacara: Upacara, kini: datetime.datetime) -> Masa:
    putaran, sampai = upacara.putaran, upacara.susulan_sampai
    if putaran is not None and putaran.ditutup_pada is not None:
        return Masa(
            False,
            f"Putaran sudah ditutup {format_saat(putaran.ditutup_pada)}; tanda tangan susulan tidak "
            "diterima lagi.",
        )
    if sampai is not None and to_lokal(upacara, kini).date() > sampai:
        return Masa(False, f"Tanda tangan susulan diterima sampai {format_tanggal(sampai)}.")
    if sampai is not None:
        return Masa(True, f"Tanda tangan susulan diterima sampai {format_tanggal(sampai)}.")
    if putaran is not None:
        return Masa(True, "Tanda tangan susulan diterima sampai putaran ditutup.")
    return Masa(False, "Upacara sudah ditutup dan tanda tangan susulan tidak dibuka.")


@dataclass(frozen=True)
class Orang:
    """Somebody expected, as the lists of an event show them."""

    peserta_id: int
    personel_id: int | None
    saksi_id: int | None
    satker_id: int | None
    nama: str
    jabatan: str
    hadir_pada: datetime.datetime | None
    cara_hadir: str | None

    @property
    def kunci(self) -> Kunci:
        if self.personel_id is not None:
            return "personel", self.personel_id
        assert self.saksi_id is not None, "peserta_personel_atau_saksi"
        return "saksi", self.saksi_id


KOLOM = (
    *("pk", "personel_id", "saksi_id", "satker_id", "personel__nama", "personel__jabatan"),
    *("saksi__nama", "saksi__jabatan", "saksi__lembaga", "hadir_pada", "cara_hadir"),
)


def list_orang(upacara: Upacara, daftar_peserta: Iterable[int] | None = None) -> list[Orang]:
    """Everybody expected, or those named, by unit and name, witnesses last. Who was erased is left
    out."""
    daftar = Peserta.objects.filter(upacara=upacara, personel__dihapus_pada__isnull=True)
    if daftar_peserta is not None:
        daftar = daftar.filter(pk__in=daftar_peserta)
    baris = daftar.order_by("satker__kode", "personel__kunci", "saksi__lembaga", "pk").values_list(
        *KOLOM
    )
    hasil = [
        Orang(
            peserta_id=pk,
            personel_id=personel,
            saksi_id=saksi,
            satker_id=satker,
            nama=(nama if personel else nama_saksi or lembaga) or "",
            jabatan=(jabatan if personel else jabatan_saksi or lembaga) or "",
            hadir_pada=hadir,
            cara_hadir=cara,
        )
        for (
            *(pk, personel, saksi, satker, nama, jabatan, nama_saksi, jabatan_saksi, lembaga),
            hadir,
            cara,
        ) in baris
    ]
    # Where NULL stands is the database's taste.
    return sorted(hasil, key=lambda orang: orang.saksi_id is not None)


def is_untuk(naskah: Naskah, orang: Orang) -> bool:
    """Does this person sign this text?"""
    if naskah.untuk == Naskah.Untuk.SEMUA:
        return True
    if naskah.untuk == Naskah.Untuk.SAKSI or orang.saksi_id is not None:
        return naskah.untuk == Naskah.Untuk.SAKSI and orang.saksi_id is not None
    if naskah.untuk == Naskah.Untuk.PERSONEL:
        return True
    jabatan = orang.jabatan.casefold()
    awalan = [satu.strip().casefold() for satu in naskah.awalan_jabatan.split(",")]
    return any(satu and jabatan.startswith(satu) for satu in awalan)


def filter_naskah(upacara: Upacara) -> QuerySet[Naskah]:
    """The texts of an event; one that makes up for another has that one's texts as well."""
    milik = Q(upacara=upacara)
    if upacara.susulan_dari_id:
        milik |= Q(upacara=upacara.susulan_dari_id)
    return Naskah.objects.filter(milik).order_by("pk")


@dataclass
class Lembar:
    """A text with those who sign it and the signatures that stand."""

    naskah: Naskah
    daftar_harus: list[Orang] = field(default_factory=list)
    tanda: dict[Kunci, TandaTangan] = field(default_factory=dict)

    @property
    def daftar_belum(self) -> list[Orang]:
        return [orang for orang in self.daftar_harus if orang.kunci not in self.tanda]

    @property
    def jumlah_harus(self) -> int:
        return len(self.daftar_harus)

    @property
    def jumlah_sudah(self) -> int:
        return sum(orang.kunci in self.tanda for orang in self.daftar_harus)

    @property
    def jumlah_belum(self) -> int:
        return self.jumlah_harus - self.jumlah_sudah

    @property
    def cara(self) -> list[tuple[str, int]]:
        """How many by which means."""
        jumlah = Counter(tanda.cara for tanda in self.tanda.values())
        return [(cara.label, jumlah[cara]) for cara in TandaTangan.Cara if jumlah[cara]]


def list_lembar(upacara: Upacara, daftar_orang: list[Orang]) -> list[Lembar]:
    """Every text of an event: two statements."""
    daftar = {
        naskah.pk: Lembar(naskah, [orang for orang in daftar_orang if is_untuk(naskah, orang)])
        for naskah in filter_naskah(upacara)
    }
    tanda_set = TandaTangan.objects.filter(naskah__in=daftar, dicabut_pada__isnull=True)
    for tanda in tanda_set.order_by("pk"):
        kunci = ("personel" if tanda.personel_id else "saksi", tanda.personel_id or tanda.saksi_id)
        assert kunci[1] is not None, "tanda_tangan_personel_atau_saksi"
        daftar[tanda.naskah_id].tanda[kunci[0], kunci[1]] = tanda
    return list(daftar.values())


def read_halangan(
    daftar_orang: list[Orang], pada: datetime.date, daftar_satker: set[int] | None = None
) -> dict[int, str]:
    """Why people of a roster were away on that day, as far as it was noted: by person. Of other
    units than `daftar_satker` only that they were: an illness is no matter of the host."""
    baris = Halangan.objects.filter(
        personel__in=[orang.personel_id for orang in daftar_orang if orang.personel_id],
        dari__lte=pada,
        sampai__gte=pada,
    ).select_related("personel")
    return {
        satu.personel_id: satu.get_jenis_display()
        if daftar_satker is None or satu.personel.satker_id in daftar_satker
        else "Berhalangan"
        for satu in baris.order_by("pk")
    }


def read_nama_satker(daftar_satker, pada: datetime.date) -> dict[int, str]:
    """What units were called on that day; one without a position then is not among them."""
    posisi = KedudukanSatker.objects.at(pada).filter(satker__in=daftar_satker)
    return dict(posisi.order_by("pk").values_list("satker_id", "nama"))
