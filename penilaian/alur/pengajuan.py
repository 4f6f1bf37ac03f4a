"""Handing in the whole assessment, and what is looked at before: the checklist."""

import hashlib
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from penilaian import rekap
from penilaian.alur.pengisian import lock_penilaian, refuse_closed
from penilaian.instrumen import Pertanyaan
from penilaian.models import (
    LAPIS_SATKER,
    AreaPenilaian,
    DokumenDiminta,
    Jawaban,
    PemakaianBukti,
    Penilaian,
    Rekap,
    Status,
    Temuan,
    Tingkat,
)
from penilaian.pengingat import refresh_penilaian
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.models import Riwayat


class BerubahError(AlurError):
    """Something was changed since the person saw the checklist; it has to be looked at again."""

    def __init__(self):
        super().__init__(
            "Isi LKE berubah sejak halaman ini dibuka. Periksa lagi daftarnya, lalu ajukan."
        )


@dataclass
class Butir:
    """A finding of the X-ray with the question it stands under."""

    pertanyaan: Pertanyaan
    temuan: Temuan


@dataclass
class Kurang:
    """Compulsory documents that an answered question lacks."""

    pertanyaan: Pertanyaan
    daftar_dokumen: list[DokumenDiminta]


@dataclass
class Checklist:
    """What stands in the way (`halangan`), and what should be known. `tanda` names this very state
    of answers, findings, documents and areas."""

    kosong: dict[str, list[Pertanyaan]] = field(default_factory=dict)
    daftar_harus: list[Butir] = field(default_factory=list)
    daftar_sebaiknya: list[Butir] = field(default_factory=list)
    daftar_dokumen: list[Kurang] = field(default_factory=list)
    belum_diajukan: list[str] = field(default_factory=list)
    tanda: str = ""

    @property
    def jumlah_kosong(self) -> int:
        return sum(len(daftar) for daftar in self.kosong.values())

    @property
    def halangan(self) -> str:
        """Why it cannot be handed in; empty when it can."""
        if not self.daftar_harus:
            return ""
        nomor = ", ".join(str(satu.pertanyaan.urutan) for satu in self.daftar_harus)
        return f"Masih ada {len(self.daftar_harus)} temuan yang harus diperbaiki: nomor {nomor}."


def build_checklist(penilaian: Penilaian, area: str | None = None) -> Checklist:
    """The state of the whole, or of one area: four queries."""
    terpakai = get_terpakai(penilaian.versi)
    ditanya = {
        satu.kode: satu
        for satu in terpakai.isi.daftar_pertanyaan
        if area is None or satu.area == area
    }
    daftar_jawaban = [
        satu
        for satu in Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER).order_by("pk")
        if terpakai.kode_dari[satu.pertanyaan_id] in ditanya
    ]
    nilai = rekap.compute_nilai(terpakai, daftar_jawaban)
    hasil = Checklist()
    for kode, pertanyaan in ditanya.items():
        if kode not in nilai:
            hasil.kosong.setdefault(pertanyaan.area, []).append(pertanyaan)
    _add_temuan(hasil, penilaian, terpakai, ditanya)
    _add_dokumen(hasil, penilaian, terpakai, {kode for kode in nilai if nilai[kode]})
    hasil.belum_diajukan = list(
        AreaPenilaian.objects.filter(penilaian=penilaian, diajukan_pada__isnull=True)
        .order_by("area")
        .values_list("area", flat=True)
    )
    # Each save raises the number of its answer, so the sum tells of any.
    isi = (
        [(satu.pertanyaan_id, satu.versi_isi) for satu in daftar_jawaban],
        [satu.temuan.pk for satu in hasil.daftar_harus],
        [[dokumen.pk for dokumen in satu.daftar_dokumen] for satu in hasil.daftar_dokumen],
        hasil.belum_diajukan if area is None else area in hasil.belum_diajukan,
    )
    hasil.tanda = hashlib.sha256(repr(isi).encode()).hexdigest()[:32]
    return hasil


def _add_temuan(hasil: Checklist, penilaian, terpakai: InstrumenTerpakai, ditanya) -> None:
    """Findings that the unit sees and has not accepted."""
    daftar = Temuan.objects.filter(penilaian=penilaian, diterima_pada__isnull=True).exclude(
        tingkat=Tingkat.CATATAN
    )
    for temuan in sorted(daftar, key=lambda satu: (satu.pertanyaan_id, satu.pk)):
        pertanyaan = ditanya.get(terpakai.kode_dari[temuan.pertanyaan_id])
        if pertanyaan is not None:
            harus = temuan.tingkat == Tingkat.HARUS
            (hasil.daftar_harus if harus else hasil.daftar_sebaiknya).append(
                Butir(pertanyaan, temuan)
            )


def _add_dokumen(hasil: Checklist, penilaian, terpakai: InstrumenTerpakai, bernilai) -> None:
    """An answer that claims something wants its compulsory documents."""
    ada = set(
        PemakaianBukti.objects.filter(penilaian=penilaian, dokumen__isnull=False).values_list(
            "dokumen", flat=True
        )
    )
    for pertanyaan in terpakai.isi.daftar_pertanyaan:
        if pertanyaan.kode not in bernilai:
            continue
        kurang = [
            satu for satu in terpakai.dokumen[pertanyaan.kode] if satu.wajib and satu.pk not in ada
        ]
        if kurang:
            hasil.daftar_dokumen.append(Kurang(pertanyaan, kurang))


def refuse_checklist(checklist: Checklist, setuju_kosong: bool, tanda: str | None) -> None:
    """The last look, under the lock."""
    if tanda is not None and tanda != checklist.tanda:
        raise BerubahError
    if checklist.halangan:
        raise AlurError(checklist.halangan)
    if checklist.jumlah_kosong and not setuju_kosong:
        raise AlurError(
            f"{checklist.jumlah_kosong} pertanyaan masih kosong. Centang bahwa yang kosong dihitung "
            "nol, atau isi dulu."
        )


@transaction.atomic
def submit(
    penilaian: Penilaian, *, by, setuju_kosong: bool = False, tanda: str | None = None
) -> Penilaian:
    """Hand in the whole: nothing of it changes until the Kanwil reopens it. The history keeps what
    it was worth then."""
    penilaian = lock_penilaian(penilaian)
    refuse_closed(penilaian, set())
    checklist = build_checklist(penilaian)
    refuse_checklist(checklist, setuju_kosong, tanda)
    kept = Rekap.objects.get(penilaian=penilaian, lapis=LAPIS_SATKER)
    penilaian.status = Status.DIAJUKAN
    penilaian.diajukan_pada, penilaian.diajukan_oleh = timezone.now(), by
    penilaian.save(update_fields=["status", "diajukan_pada", "diajukan_oleh"])
    Riwayat.record(
        penilaian.satker,
        "LKE diajukan",
        by=by,
        objek=penilaian.objek,
        sesudah={
            "target": penilaian.target,
            "instrumen": str(penilaian.versi),
            "terisi": kept.jumlah_terisi,
            "pertanyaan": kept.jumlah_pertanyaan,
            **rekap.describe(kept),
        },
    )
    refresh_penilaian(penilaian.pk)
    return penilaian
