"""Taking over what still holds from the unit's previous assessment. Lock, refuse, change, record."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from penilaian import rekap, temuan
from penilaian.alur.pengisian import describe, lock_penilaian, refuse_closed
from penilaian.bawa import AreaBekal, Bekal, BerkasLalu, JawabanLalu, read_bekal
from penilaian.bukti.sebutan import say_nomor
from penilaian.models import LAPIS_SATKER, Jawaban, PemakaianBukti, Penilaian
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.models import Riwayat

KEJADIAN = "isi LKE tahun lalu diambil sebagai draf"


@dataclass
class HasilBawa:
    """What came along; `daftar_lewat` says in sentences what was asked for and did not."""

    penilaian: Penilaian
    tahun: int
    daftar_jawaban: list[JawabanLalu] = field(default_factory=list)
    daftar_berkas: list[BerkasLalu] = field(default_factory=list)
    daftar_lewat: list[str] = field(default_factory=list)

    @property
    def daftar_nomor(self) -> list[int]:
        """Numbers of the questions that were changed, in order."""
        nomor = {satu.pertanyaan.urutan for satu in self.daftar_jawaban}
        nomor |= {
            pakai.pertanyaan.urutan for satu in self.daftar_berkas for pakai in satu.daftar_pakai
        }
        return sorted(nomor)


@transaction.atomic
def carry(
    penilaian: Penilaian,
    daftar_area: Collection[str],
    daftar_kode: Collection[str],
    daftar_revisi: Collection[int],
    *,
    by,
) -> HasilBawa:
    """Take the chosen answers of the previous assessment into blank questions of these areas, as
    drafts that count once somebody saves them, and link the files (by revision) of which `by` says
    that they still hold, to the questions of these areas that had them.

    An answer of this year is never touched; what somebody answered or linked in the meantime is left
    alone and told. Raises AlurError when the areas take no changes or nothing was chosen; then
    nothing is written."""
    penilaian = lock_penilaian(penilaian)
    refuse_closed(penilaian, set(daftar_area))
    terpakai = get_terpakai(penilaian.versi)
    if not daftar_kode and not daftar_revisi:
        raise AlurError(
            "Pilih paling sedikit satu jawaban, atau nyatakan satu berkas masih berlaku."
        )
    daftar_kini = list(Jawaban.objects.filter(penilaian=penilaian).of_lapis(LAPIS_SATKER))
    bekal = read_bekal(penilaian, terpakai, daftar_kini)
    if bekal is None:
        raise AlurError("Satker ini belum punya LKE tahun sebelumnya.")
    hasil = _choose(penilaian, terpakai, bekal, daftar_area, daftar_kode, daftar_revisi)
    if not hasil.daftar_nomor:
        return hasil
    jawaban = _write_jawaban(penilaian, terpakai, daftar_kini, hasil.daftar_jawaban, by)
    _write_pemakaian(penilaian, terpakai, hasil.daftar_berkas, by)
    Riwayat.record(
        penilaian.satker,
        KEJADIAN,
        by=by,
        objek=penilaian.objek,
        sesudah={
            "dari": f"LKE {hasil.tahun}",
            "masih_berlaku": [_tell(satu) for satu in hasil.daftar_berkas],
        }
        | {kode: describe(terpakai, kode, satu) for kode, satu in jawaban.items()},
    )
    # Drafts do not count: this only tells that somebody was here.
    tersimpan = {satu.pertanyaan_id: satu for satu in [*daftar_kini, *jawaban.values()]}
    rekap.refresh(penilaian, terpakai, daftar_jawaban=tersimpan.values())
    berbukti = {
        pakai.pertanyaan.kode for satu in hasil.daftar_berkas for pakai in satu.daftar_pakai
    }
    if berbukti:
        temuan.refresh_bukti(penilaian, terpakai, berbukti)
    return hasil


def _choose(
    penilaian: Penilaian,
    terpakai: InstrumenTerpakai,
    bekal: Bekal,
    daftar_area: Collection[str],
    daftar_kode: Collection[str],
    daftar_revisi: Collection[int],
) -> HasilBawa:
    """What was chosen and is still there to take, and sentences about the rest."""
    hasil = HasilBawa(penilaian, bekal.sebelum.tahun)
    area = [bekal.area[kode] for kode in daftar_area]
    pilihan = set(daftar_kode)
    for kode in pilihan:
        satu = terpakai.isi.pertanyaan.get(kode)
        if satu is None or satu.area not in daftar_area:
            raise AlurError(f"{kode[:20]}: bukan pertanyaan area {', '.join(daftar_area)}.")
    for bagian in area:
        hasil.daftar_jawaban += [s for s in bagian.daftar_jawaban if s.pertanyaan.kode in pilihan]
        hasil.daftar_berkas += [s for s in bagian.daftar_berkas if s.revisi.pk in daftar_revisi]
    sisa = {
        terpakai.isi.pertanyaan[kode].urutan
        for kode in pilihan - {satu.pertanyaan.kode for satu in hasil.daftar_jawaban}
    }
    hasil.daftar_lewat = _tell_lewat(area, sisa, hasil.tahun)
    hilang = len(set(daftar_revisi) - {satu.revisi.pk for satu in hasil.daftar_berkas})
    if hilang:
        hasil.daftar_lewat.append(
            f"{hilang} berkas tidak diambil: sudah terpasang tahun ini, atau tidak dipakai lagi di "
            f"LKE {hasil.tahun}."
        )
    return hasil


def _tell_lewat(daftar_area: list[AreaBekal], sisa: set[int], tahun: int) -> list[str]:
    terisi = sisa & {nomor for bagian in daftar_area for nomor in bagian.daftar_terisi}
    kalimat = []
    if terisi:
        teks = say_nomor(sorted(terisi))
        kalimat.append(f"{teks.capitalize()} sudah dijawab tahun ini, jadi dibiarkan.")
    if sisa - terisi:
        teks = say_nomor(sorted(sisa - terisi))
        kalimat.append(f"{teks.capitalize()} tidak dapat diambil dari LKE {tahun}.")
    return kalimat


def _write_jawaban(
    penilaian: Penilaian,
    terpakai: InstrumenTerpakai,
    daftar_kini: list[Jawaban],
    daftar: list[JawabanLalu],
    by,
) -> dict[str, Jawaban]:
    """Drafts by code: new rows, and blank ones filled; a note of this year stays."""
    ada = {satu.pertanyaan_id: satu for satu in daftar_kini}
    hasil = {}
    for satu in daftar:
        kode = satu.pertanyaan.kode
        kini = ada.get(terpakai.id_dari[kode])
        hasil[kode] = Jawaban(
            penilaian=penilaian,
            pertanyaan_id=terpakai.id_dari[kode],
            lapis_id=LAPIS_SATKER,
            pilihan=satu.jawaban.pilihan,
            isian=satu.jawaban.isian,
            catatan=(kini.catatan if kini else "") or satu.jawaban.catatan,
            draf=True,
            versi_isi=kini.versi_isi + 1 if kini else 1,
            diubah_pada=timezone.now(),
            diubah_oleh=by,
        )
    Jawaban.objects.bulk_create(
        hasil.values(),
        update_conflicts=True,
        unique_fields=["penilaian", "pertanyaan", "lapis"],
        update_fields=[
            *("pilihan", "isian", "catatan", "draf", "versi_isi", "diubah_pada", "diubah_oleh")
        ],
    )
    return hasil


def _write_pemakaian(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, daftar: list[BerkasLalu], by
) -> None:
    """Each use as it was, in the revision that was used."""
    sekarang = timezone.now()
    PemakaianBukti.objects.bulk_create(
        PemakaianBukti(
            penilaian=penilaian,
            pertanyaan_id=terpakai.id_dari[pakai.pertanyaan.kode],
            bukti_id=pakai.pemakaian.bukti_id,
            revisi_id=pakai.pemakaian.revisi_id,
            dokumen_id=pakai.dokumen,
            periode_dari=pakai.pemakaian.periode_dari,
            periode_sampai=pakai.pemakaian.periode_sampai,
            halaman=pakai.pemakaian.halaman,
            masih_berlaku_oleh=by,
            masih_berlaku_pada=sekarang,
            dipasang_pada=sekarang,
            dipasang_oleh=by,
        )
        for satu in daftar
        for pakai in satu.daftar_pakai
    )


def _tell(satu: BerkasLalu) -> dict:
    """What the history keeps of a statement."""
    return {
        "bukti": satu.nama,
        "revisi": satu.revisi.nomor,
        "kode": [pakai.pertanyaan.kode for pakai in satu.daftar_pakai],
    }
