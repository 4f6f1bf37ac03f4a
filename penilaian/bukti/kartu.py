"""The evidence under each question of an assessment, as its cards show it: one query for them all."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery

from integritas.teks import format_periode, format_tanggal, to_hari
from penilaian.bukti.sebutan import say_nomor
from penilaian.models import DokumenDiminta, PemakaianBukti, Penilaian, RevisiBukti
from penilaian.models.bukti import BERMASALAH
from penilaian.versi import InstrumenTerpakai

KOLOM = {
    "pk": "pk",
    "bukti_id": "bukti_id",
    "nama": "bukti__nama",
    "revisi_id": "revisi_id",
    "revisi": "revisi__nomor",
    "tautan": "revisi__tautan",
    "keadaan": "revisi__keadaan",
    "diperiksa_pada": "revisi__diperiksa_pada",
    "jenis": "revisi__berkas__jenis",
    "ukuran": "revisi__berkas__ukuran",
    "periode_dari": "periode_dari",
    "periode_sampai": "periode_sampai",
    "halaman": "halaman",
    "dokumen_id": "dokumen_id",
    "masih_berlaku_pada": "masih_berlaku_pada",
}


@dataclass
class Pakai:
    """One use of evidence, with what is shown of the evidence and where else it is used."""

    pk: int
    bukti_id: int
    nama: str
    revisi_id: int
    revisi: int
    tautan: str | None
    keadaan: str
    diperiksa_pada: datetime.datetime | None
    jenis: str | None
    ukuran: int | None
    periode_dari: datetime.date | None
    periode_sampai: datetime.date | None
    halaman: int | None
    dokumen_id: int | None
    masih_berlaku_pada: datetime.datetime | None
    revisi_akhir: int
    dokumen: str = ""
    nomor_lain: list[int] = field(default_factory=list)

    @property
    def rincian(self) -> str:
        """`Profil unit. Halaman 3, Januari sampai Juni 2022, juga dipakai nomor 72.`"""
        bagian = [f"halaman {self.halaman}"] if self.halaman else []
        if periode := format_periode(self.periode_dari, self.periode_sampai):
            bagian.append(periode)
        if self.nomor_lain:
            bagian.append(f"juga dipakai {say_nomor(self.nomor_lain)}")
        if self.revisi_akhir > self.revisi:
            bagian.append(f"revisi {self.revisi}, ada revisi {self.revisi_akhir}")
        elif self.revisi > 1:
            bagian.append(f"revisi {self.revisi}")
        if self.masih_berlaku_pada:
            hari = format_tanggal(to_hari(self.masih_berlaku_pada))
            bagian.append(f"dinyatakan masih berlaku {hari}")
        teks = ", ".join(bagian)
        teks = f"{teks[0].upper()}{teks[1:]}." if teks else ""
        return f"{self.dokumen}. {teks}".strip() if self.dokumen else teks

    @property
    def masalah(self) -> str:
        """What is wrong with a link, as far as the last check knows."""
        return BERMASALAH.get(self.keadaan, "") if self.tautan else ""


@dataclass
class KartuBukti:
    """Everything under one question: uses in the order they came, documents asked for and by which
    uses they are met."""

    kode: str
    daftar: list[Pakai] = field(default_factory=list)
    daftar_dokumen: list[DokumenDiminta] = field(default_factory=list)

    @property
    def terpenuhi(self) -> set[int]:
        return {satu.dokumen_id for satu in self.daftar if satu.dokumen_id}

    @property
    def jumlah_wajib(self) -> int:
        return sum(satu.wajib for satu in self.daftar_dokumen)

    @property
    def kurang(self) -> list[DokumenDiminta]:
        """Compulsory documents that no use is said to be."""
        ada = self.terpenuhi
        return [satu for satu in self.daftar_dokumen if satu.wajib and satu.pk not in ada]

    @property
    def wajib_terpenuhi(self) -> int:
        return self.jumlah_wajib - len(self.kurang)


def read_kartu(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, daftar_kode: Iterable[str] | None = None
) -> dict[str, KartuBukti]:
    """By question code; those named, or all. One query, whatever their number: where else a file is
    used is told from all uses of the assessment."""
    kode_dari = terpakai.kode_dari
    hasil = {
        kode: KartuBukti(kode, daftar_dokumen=terpakai.dokumen[kode])
        for kode in (terpakai.id_dari if daftar_kode is None else daftar_kode)
    }
    nomor: dict[int, list[int]] = {}
    for pertanyaan_id, pakai in _read_pakai(penilaian):
        kode = kode_dari[pertanyaan_id]
        nomor.setdefault(pakai.bukti_id, []).append(terpakai.isi.pertanyaan[kode].urutan)
        if kode in hasil:
            hasil[kode].daftar.append(pakai)
    for kode, kartu in hasil.items():
        sendiri = terpakai.isi.pertanyaan[kode].urutan
        dokumen = {satu.pk: satu.nama for satu in kartu.daftar_dokumen}
        for pakai in kartu.daftar:
            pakai.nomor_lain = sorted(satu for satu in nomor[pakai.bukti_id] if satu != sendiri)
            pakai.dokumen = dokumen.get(pakai.dokumen_id or 0, "")
    return hasil


def _read_pakai(penilaian: Penilaian) -> list[tuple[int, Pakai]]:
    akhir = RevisiBukti.objects.filter(bukti=OuterRef("bukti")).order_by("-nomor").values("nomor")
    baris = (
        PemakaianBukti.objects.filter(penilaian=penilaian)
        .order_by("pk")
        .values_list("pertanyaan_id", *KOLOM.values(), Subquery(akhir[:1]))
    )
    return [(pertanyaan_id, Pakai(*isi)) for pertanyaan_id, *isi in baris]
