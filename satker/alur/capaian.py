"""What an agreement's indicators reached by quarter. Lock, refuse, change, record."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.berkas.alamat import tidy_tautan
from integritas.berkas.buang import forget_berkas
from integritas.berkas.masuk import Masuk, ensure_berkas
from integritas.teks import format_tanggal
from satker import capaian
from satker.alur.dasar import lock
from satker.models import (
    IndikatorKinerja,
    Periode,
    PerjanjianKinerja,
    RealisasiIndikator,
    Riwayat,
)
from satker.pengingat import susun

KETERANGAN_TERPANJANG = 2000
KOLOM_BERUBAH = (
    *("nilai", "keterangan", "tautan", "berkas", "nama_berkas"),
    *("diubah_pada", "diubah_oleh"),
)


class BerubahError(AlurError):
    """Somebody else changed the same quarter since it was shown; nothing was written."""

    def __init__(self):
        super().__init__(
            "Laporan triwulan ini baru saja diubah orang lain. Isian Anda masih ada di bawah; "
            "bandingkan dengan yang tercatat, lalu simpan sekali lagi."
        )


@dataclass(frozen=True)
class Isian:
    """One indicator as a person reports it. A file that comes takes the place of the one that is
    there; `lepas_berkas` only takes that one away."""

    nilai: Decimal | None
    keterangan: str = ""
    tautan: str = ""
    masuk: Masuk | None = None
    lepas_berkas: bool = False


@dataclass(frozen=True)
class HasilLapor:
    """How many values are new, changed and taken back."""

    baru: int
    berubah: int
    ditarik: int

    @property
    def jumlah(self) -> int:
        return self.baru + self.berubah + self.ditarik


def compute_sidik(daftar: Iterable[RealisasiIndikator]) -> str:
    """Stands for a quarter's values as somebody saw them."""
    isi = [
        (r.indikator_id, f"{r.nilai:f}", r.keterangan, r.tautan or "", r.berkas_id or 0)
        for r in sorted(daftar, key=lambda r: r.indikator_id)
    ]
    return hashlib.sha256(repr(isi).encode()).hexdigest()[:32]


def explain_closed(perjanjian: PerjanjianKinerja, periode: str, hari: datetime.date) -> str:
    """Why a quarter of this agreement takes no values on that day; empty when it does."""
    if perjanjian.status != PerjanjianKinerja.Status.BERLAKU:
        return (
            f"Perjanjian Kinerja ini berstatus {perjanjian.get_status_display().lower()}. Realisasi "
            "hanya dilaporkan pada perjanjian yang berlaku."
        )
    mulai = capaian.get_mulai(perjanjian.tahun, periode)
    if hari < mulai:
        return f"{Periode(periode).label} baru dapat dilaporkan mulai {format_tanggal(mulai)}."
    return ""


@transaction.atomic
def report(
    perjanjian: PerjanjianKinerja,
    periode: str,
    isian: Mapping[int, Isian],
    *,
    by,
    sidik: str | None = None,
) -> HasilLapor:
    """Take down a quarter's values, keyed by indicator; those not named stay. Before and after the
    limit alike: what was changed, when and by whom is in the history. An emptied value is taken back.

    Raises AlurError when something cannot be, BerubahError when `sidik` is no longer what stands
    there; then nothing is written."""
    # The unit's row is the lock of all its agreements: none is replaced meanwhile.
    lock(perjanjian.satker)
    perjanjian = PerjanjianKinerja.objects.select_related("satker").get(pk=perjanjian.pk)
    if alasan := explain_closed(perjanjian, periode, timezone.localdate()):
        raise AlurError(alasan)
    daftar = {
        satu.pk: satu
        for satu in IndikatorKinerja.objects.filter(sasaran__perjanjian=perjanjian).select_related(
            "sasaran"
        )
    }
    if asing := isian.keys() - daftar.keys():
        raise AlurError(f"{len(asing)} indikator bukan bagian dari perjanjian ini.")
    tersimpan = {
        satu.indikator_id: satu
        for satu in RealisasiIndikator.objects.filter(
            indikator__in=daftar, periode=periode
        ).select_related("berkas")
    }
    if sidik is not None and sidik != compute_sidik(tersimpan.values()):
        raise BerubahError
    sebelum: dict[str, dict] = {}
    sesudah: dict[str, dict] = {}
    tambah: list[RealisasiIndikator] = []
    ubah: list[RealisasiIndikator] = []
    tarik, lepas = [], set()
    for pk in sorted(isian, key=lambda satu: _get_urut(daftar[satu])):
        nomor = say_nomor(daftar[pk])
        lama, kini = tersimpan.get(pk), isian[pk]
        lalu = describe(lama) if lama else {}
        berkas_lama = lama.berkas_id if lama else None
        baru = _apply(lama, daftar[pk], periode, kini, nomor, by)
        if (nanti := describe(baru) if baru else {}) == lalu:
            continue
        if berkas_lama and (baru is None or baru.berkas_id != berkas_lama):
            lepas.add(berkas_lama)
        sebelum[nomor], sesudah[nomor] = lalu, nanti
        if baru is None:
            tarik.append(lama.pk)
        else:
            (tambah if lama is None else ubah).append(baru)
    hasil = HasilLapor(len(tambah), len(ubah), len(tarik))
    if not hasil.jumlah:
        return hasil
    RealisasiIndikator.objects.filter(pk__in=tarik).delete()
    RealisasiIndikator.objects.bulk_create(tambah)
    RealisasiIndikator.objects.bulk_update(ubah, KOLOM_BERUBAH)
    Riwayat.record(
        perjanjian.satker,
        f"realisasi PK {Periode(periode).label} {'diubah' if any(sebelum.values()) else 'dilaporkan'}",
        by=by,
        objek=perjanjian.objek,
        sebelum={nomor: isi for nomor, isi in sebelum.items() if isi},
        sesudah={nomor: isi for nomor, isi in sesudah.items() if isi},
    )
    if lepas:
        forget_berkas(lepas)
    susun.refresh_objek("triwulan", f"{perjanjian.tahun}:{periode}:{perjanjian.satker_id}")
    return hasil


def say_nomor(indikator: IndikatorKinerja) -> str:
    """`1.2`: second indicator of the first goal."""
    return f"{indikator.sasaran.urutan}.{indikator.urutan}"


def _get_urut(indikator: IndikatorKinerja) -> tuple[int, int]:
    return indikator.sasaran.urutan, indikator.urutan


def describe(satu: RealisasiIndikator) -> dict:
    """What the history keeps of a value."""
    isi = {"nilai": f"{satu.nilai.normalize():f}"}
    if satu.keterangan:
        isi["keterangan"] = satu.keterangan
    if satu.tautan:
        isi["tautan"] = satu.tautan
    if satu.berkas is not None:
        isi["berkas"] = f"{satu.nama_berkas} (sha256 {satu.berkas.sha256[:12]})"
    return isi


def _apply(lama, indikator, periode, isian: Isian, nomor: str, by) -> RealisasiIndikator | None:
    """The row as it is to be, not saved; None when there is none. A row that changes is a copy."""
    keterangan = isian.keterangan.replace("\x00", "").replace("\r\n", "\n").strip()
    if isian.nilai is None:
        # Words or proof without a value would say that something was reported.
        if isian.masuk or ((keterangan or isian.tautan.strip()) and lama is None):
            raise AlurError(
                f"Indikator {nomor}: isi nilainya, atau kosongkan keterangan dan bukti."
            )
        return None
    if isian.nilai < 0:
        raise AlurError(f"Indikator {nomor}: nilai tidak boleh negatif.")
    if len(keterangan) > KETERANGAN_TERPANJANG:
        raise AlurError(
            f"Indikator {nomor}: keterangan paling panjang {KETERANGAN_TERPANJANG} huruf, sekarang "
            f"{len(keterangan)}."
        )
    try:
        tautan = tidy_tautan(isian.tautan) if isian.tautan.strip() else None
    except AlurError as error:
        raise AlurError(f"Indikator {nomor}: {error}") from error
    baru = RealisasiIndikator(indikator=indikator, periode=periode)
    if lama is not None:
        baru = copy(lama)
        baru.diubah_pada, baru.diubah_oleh = timezone.now(), by
    else:
        baru.dilaporkan_oleh = by
    baru.nilai, baru.keterangan, baru.tautan = isian.nilai, keterangan, tautan
    if isian.masuk is not None:
        baru.berkas_id, baru.nama_berkas = ensure_berkas(isian.masuk), isian.masuk.nama
    elif isian.lepas_berkas:
        baru.berkas, baru.nama_berkas = None, ""
    return baru


@transaction.atomic
def carry(lama: PerjanjianKinerja, baru: PerjanjianKinerja, *, by) -> int:
    """What was reported on the replaced version goes along to the same indicators of the new one,
    with its day; the old rows stay. How many came along. To be called where the new version is
    signed."""
    daftar = list(
        IndikatorKinerja.objects.filter(sasaran__perjanjian=baru)
        .select_related("sasaran")
        .order_by("-sasaran__urutan", "-urutan")
    )
    tujuan = {_get_kunci(satu): satu for satu in daftar}
    lanjutan = {satu.lanjutan_dari_id: satu for satu in daftar if satu.lanjutan_dari_id}
    ada = set(
        RealisasiIndikator.objects.filter(indikator__sasaran__perjanjian=baru).values_list(
            "indikator_id", "periode"
        )
    )
    ikut = []
    dilaporkan = RealisasiIndikator.objects.filter(indikator__sasaran__perjanjian=lama)
    for satu in dilaporkan.select_related("indikator__sasaran", "berkas").order_by("pk"):
        indikator = lanjutan.get(satu.indikator_id) or tujuan.get(_get_kunci(satu.indikator))
        if indikator is None or not _measures_alike(satu.indikator, indikator):
            continue
        if (indikator.pk, satu.periode) in ada:
            continue
        ada.add((indikator.pk, satu.periode))
        satu.pk, satu.indikator, satu._state.adding = None, indikator, True
        ikut.append(satu)
    RealisasiIndikator.objects.bulk_create(ikut)
    if ikut:
        Riwayat.record(
            baru.satker,
            "realisasi PK dibawa ke versi baru",
            by=by,
            objek=baru.objek,
            sesudah={
                f"{say_nomor(satu.indikator)} {satu.get_periode_display()}": describe(satu)
                for satu in ikut
            },
            alasan=f"menggantikan versi {lama.versi}",
        )
    return len(ikut)


def _measures_alike(satu: IndikatorKinerja, dua: IndikatorKinerja) -> bool:
    """A value means the same in both: same unit of measure, same direction."""
    return capaian.fold(satu.satuan) == capaian.fold(dua.satuan) and satu.arah == dua.arah


def _get_kunci(indikator: IndikatorKinerja) -> tuple[str, ...]:
    return (
        capaian.fold(indikator.sasaran.nama),
        capaian.fold(indikator.nama),
        capaian.fold(indikator.satuan),
        indikator.arah,
    )
