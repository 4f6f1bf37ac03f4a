"""What a workbook would change of an assessment: cell by cell, before anything is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from penilaian.instrumen import Pertanyaan
from penilaian.izin import Izin
from penilaian.jawaban import CATATAN_TERPANJANG, Isian
from penilaian.lembar.hasil import HasilBaca
from penilaian.versi import InstrumenTerpakai

JAWABAN, CATATAN, TAUTAN = "jawaban", "catatan", "tautan"


class Jenis(StrEnum):
    """What becomes of a cell; problems first."""

    BEDA = "beda"
    BARU = "baru"
    TERKUNCI = "terkunci"
    SAMA = "sama"


class Mode(StrEnum):
    """Fill what is blank here, or overwrite what differs as well."""

    KOSONG = "kosong"
    TIMPA = "timpa"


@dataclass(frozen=True)
class Tersimpan:
    """What stands in the assessment now, by question. A draft counts as blank."""

    jawaban: Mapping[str, Isian] = field(default_factory=dict)
    catatan: Mapping[str, str] = field(default_factory=dict)
    draf: frozenset[str] = frozenset()
    tautan: Mapping[str, list[str]] = field(default_factory=dict)
    # Questions with any evidence, files included.
    berbukti: frozenset[str] = frozenset()
    # Area -> why it takes no answers.
    terkunci: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Beda:
    """One cell: what stands here, what the workbook says, and what comes of it."""

    kode: str
    nomor: int
    unsur: str
    sebutan: str
    lama: str
    baru: str
    jenis: Jenis
    alasan: str = ""


@dataclass
class Rencana:
    """All cells of a workbook beside those stored."""

    hasil: HasilBaca
    tersimpan: Tersimpan
    daftar: list[Beda]
    # Links that cannot be kept, with their question.
    tautan_salah: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self):
        self.jumlah = Counter(satu.jenis for satu in self.daftar)

    def list_beda(self) -> list[Beda]:
        """What is not the same, in the order of the instrument."""
        return [satu for satu in self.daftar if satu.jenis != Jenis.SAMA]

    def count(self, mode: Mode) -> int:
        return self.jumlah[Jenis.BARU] + (self.jumlah[Jenis.BEDA] if mode == Mode.TIMPA else 0)

    def compute_sidik(self) -> str:
        """Stands for what the reader saw: differs as soon as the fate of any cell differs."""
        isi = [[s.kode, s.unsur, s.lama, s.baru, s.jenis, s.alasan] for s in self.daftar]
        return hashlib.sha256(json.dumps(isi).encode()).hexdigest()

    def build(self, mode: Mode) -> "Tulisan":
        """What is to be written in that mode. A cell that is blank in the workbook changes
        nothing; links are added, never taken away."""
        jenis = {Jenis.BARU, Jenis.BEDA} if mode == Mode.TIMPA else {Jenis.BARU}
        tulisan = Tulisan()
        for satu in self.daftar:
            if satu.jenis not in jenis:
                continue
            if satu.unsur == CATATAN:
                tulisan.catatan[satu.kode] = self.hasil.catatan[satu.kode][:CATATAN_TERPANJANG]
            elif satu.unsur == TAUTAN:
                tulisan.tautan.setdefault(satu.kode, []).append(satu.baru)
            elif satu.unsur == JAWABAN:
                tulisan.jawaban[satu.kode] = self.hasil.jawaban[satu.kode]
            else:
                lama = self.tersimpan.jawaban.get(satu.kode)
                isian = tulisan.jawaban.setdefault(
                    satu.kode, dict(lama) if isinstance(lama, Mapping) else {}
                )
                isian[satu.unsur] = self.hasil.jawaban[satu.kode][satu.unsur]  # type: ignore[index]
        return tulisan


@dataclass
class Tulisan:
    """Answers in the exchanged shape, notes, and links to add."""

    jawaban: dict[str, Any] = field(default_factory=dict)
    catatan: dict[str, str] = field(default_factory=dict)
    tautan: dict[str, list[str]] = field(default_factory=dict)


def plan(
    terpakai: InstrumenTerpakai,
    hasil: HasilBaca,
    tersimpan: Tersimpan,
    izin: Izin | None,
    clean_tautan,
) -> Rencana:
    """Compare a workbook with what stands here. `izin` says which areas the person fills (None:
    all); `clean_tautan` gives the address that is kept for a link, empty for one that cannot be."""
    penyusun = _Penyusun(terpakai, hasil, tersimpan, izin, clean_tautan)
    for pertanyaan in terpakai.isi.daftar_pertanyaan:
        penyusun.add(pertanyaan)
    return Rencana(hasil, tersimpan, penyusun.daftar, penyusun.salah)


class _Penyusun:
    def __init__(self, terpakai, hasil, tersimpan, izin, clean_tautan):
        self.terpakai, self.hasil, self.tersimpan = terpakai, hasil, tersimpan
        self.izin, self.clean_tautan = izin, clean_tautan
        self.daftar: list[Beda] = []
        self.salah: list[tuple[str, str]] = []

    def add(self, pertanyaan: Pertanyaan) -> None:
        kode = pertanyaan.kode
        lama, baru = self.tersimpan.jawaban.get(kode), self.hasil.jawaban.get(kode)
        if isinstance(baru, str):
            self._add(pertanyaan, JAWABAN, "Jawaban", lama if isinstance(lama, str) else "", baru)
        elif baru:
            for masukan in pertanyaan.daftar_isian:
                if masukan.kode in baru:
                    ada = lama.get(masukan.kode) if isinstance(lama, Mapping) else None
                    self._add(
                        pertanyaan,
                        masukan.kode,
                        masukan.label,
                        "" if ada is None else show_angka(ada),
                        show_angka(baru[masukan.kode]),
                    )
        # A note alone does not turn last year's draft into an answer.
        if kode not in self.tersimpan.draf or baru:
            catatan = self.hasil.catatan.get(kode, "")[:CATATAN_TERPANJANG].strip()
            if catatan:
                ada_catatan = self.tersimpan.catatan.get(kode, "")
                self._add(pertanyaan, CATATAN, "Catatan", ada_catatan, catatan)
        self._add_tautan(pertanyaan)

    def _add_tautan(self, pertanyaan: Pertanyaan) -> None:
        kode = pertanyaan.kode
        ada = self.tersimpan.tautan.get(kode, [])
        bersih: dict[str, None] = {}
        for tulisan in self.hasil.tautan.get(kode, []):
            if alamat := self.clean_tautan(tulisan):
                bersih[alamat] = None
            else:
                self.salah.append((kode, tulisan))
        for alamat in bersih:
            lama = alamat if alamat in ada else ""
            berbukti = kode in self.tersimpan.berbukti
            # Where there is evidence already, a link is more than filling a blank.
            jenis = None if lama or not berbukti else Jenis.BEDA
            self._add(pertanyaan, TAUTAN, "Tautan", lama, alamat, jenis)

    def _add(self, pertanyaan, unsur, sebutan, lama, baru, jenis=None) -> None:
        alasan = ""
        if jenis is None:
            jenis = Jenis.SAMA if lama == baru else Jenis.BEDA if lama else Jenis.BARU
        if jenis != Jenis.SAMA and (alasan := self._explain(pertanyaan.area)):
            jenis = Jenis.TERKUNCI
        self.daftar.append(
            Beda(pertanyaan.kode, pertanyaan.urutan, unsur, sebutan, lama, baru, jenis, alasan)
        )

    def _explain(self, area: str) -> str:
        """Why cells of that area are not written; empty when they are."""
        if alasan := self.tersimpan.terkunci.get(area):
            return alasan
        if self.izin is None or self.izin.can_fill(area):
            return ""
        return self.izin.alasan or f"Area {area} bukan bagian Anda."


def show_angka(angka) -> str:
    """A number as people read it, with a decimal comma."""
    return format(angka.normalize(), "f").replace(".", ",")
