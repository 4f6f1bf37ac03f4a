"""Where a score comes from: answer -> worth -> average -> weight, for any node of the instrument.

Pure, no Django. The numbers are those of `penilaian.skor`; nothing is computed a second time. How
they are said on the screen is `penilaian.kalimat_skor`'s matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from penilaian import skor
from penilaian.instrumen import Instrumen, Pertanyaan, Simpul
from penilaian.jawaban import Isian, compute_bagian
from penilaian.skor import Kosong


class Cara(StrEnum):
    """By which rule an answer got its worth."""

    KOSONG = "kosong"
    TAK_LENGKAP = "tak_lengkap"
    PILIHAN = "pilihan"
    RASIO = "rasio"
    DIBATASI = "dibatasi"
    PENURUNAN = "penurunan"
    KENAIKAN = "kenaikan"
    PENYEBUT_NOL = "penyebut_nol"
    INDEKS = "indeks"


@dataclass(frozen=True)
class Butir:
    """One question: `nilai` is None where there is no answer that counts. `atas` and `bawah` are
    the numbers of its formula, `belum` the labels of numbers not typed yet."""

    pertanyaan: Pertanyaan
    jawaban: Isian | None
    nilai: Decimal | None
    cara: Cara
    atas: Decimal | None = None
    bawah: Decimal | None = None
    belum: tuple[str, ...] = ()


@dataclass(frozen=True)
class Penjelasan:
    """One node: `nilai` tidied, `mentah` as it is summed upwards. It has parts (`bagian`, added up)
    or questions (`daftar_butir`, averaged over `pembagi` and multiplied with the weight)."""

    simpul: Simpul
    kosong: Kosong
    nilai: Decimal
    mentah: Decimal
    terisi: int
    jumlah: int
    bagian: tuple["Penjelasan", ...] = ()
    daftar_butir: tuple[Butir, ...] = ()

    @property
    def pembagi(self) -> int:
        """Questions that the average is taken over; 0 where none is answered and none counts."""
        return self.jumlah if self.kosong == Kosong.NOL else self.terisi


def explain(
    instrumen: Instrumen, jawaban: Mapping[str, Isian], kode: str, kosong: Kosong
) -> Penjelasan:
    """The whole chain below a node, from read answers."""
    nilai = skor.compute_nilai_semua(instrumen, jawaban)
    mentah = skor.compute_mentah(instrumen, nilai, kosong)

    def build(kode: str) -> Penjelasan:
        simpul = instrumen.simpul[kode]
        bagian = tuple(build(anak) for anak in simpul.anak)
        daftar_butir = tuple(
            explain_butir(instrumen.pertanyaan[satu], jawaban.get(satu))
            for satu in simpul.daftar_pertanyaan
        )
        return Penjelasan(
            simpul=simpul,
            kosong=kosong,
            nilai=skor.tidy(mentah[kode]),
            mentah=mentah[kode],
            terisi=sum(satu.terisi for satu in bagian)
            + sum(satu.nilai is not None for satu in daftar_butir),
            jumlah=sum(satu.jumlah for satu in bagian) + len(daftar_butir),
            bagian=bagian,
            daftar_butir=daftar_butir,
        )

    return build(kode)


def explain_butir(pertanyaan: Pertanyaan, jawaban: Isian | None) -> Butir:
    """How one answer got its worth. See also skor.compute_nilai()."""
    if not jawaban:
        return Butir(pertanyaan, None, None, Cara.KOSONG)
    nilai = skor.compute_nilai(pertanyaan, jawaban)
    if isinstance(jawaban, str):
        return Butir(pertanyaan, jawaban, nilai, Cara.PILIHAN)
    angka = compute_bagian(pertanyaan, jawaban)
    if angka is None:
        belum = tuple(m.label for m in pertanyaan.daftar_isian if m.kode not in jawaban)
        return Butir(pertanyaan, jawaban, None, Cara.TAK_LENGKAP, belum=belum)
    rumus = pertanyaan.rumus
    assert rumus is not None, pertanyaan.kode
    atas = angka[rumus.atas]
    bawah = angka[rumus.bawah] if rumus.bawah else rumus.maksimal
    return Butir(
        pertanyaan, jawaban, nilai, _find_cara(rumus.jenis, atas, bawah), atas=atas, bawah=bawah
    )


def _find_cara(jenis: str, atas: Decimal, bawah: Decimal) -> Cara:
    if jenis == "indeks":
        return Cara.INDEKS
    if not bawah:
        return Cara.PENYEBUT_NOL
    if jenis == "rasio":
        return Cara.DIBATASI if atas > bawah else Cara.RASIO
    return Cara.KENAIKAN if atas > bawah else Cara.PENURUNAN


def find_induk(instrumen: Instrumen, kode: str) -> tuple[Simpul, ...]:
    """The nodes above one, from the total down; a pemenuhan of all areas stands below Pengungkit."""
    induk = {
        anak: simpul
        for simpul in instrumen.daftar_simpul
        if simpul.level != "aspek_gabungan"
        for anak in simpul.anak
    }
    jejak: list[Simpul] = []
    simpul = instrumen.simpul[kode]
    if simpul.level == "aspek_gabungan":
        # Area, then component, of any of its parts.
        jejak.append(induk[induk[simpul.anak[0]].kode])
        kode = jejak[0].kode
    while (atas := induk.get(kode)) is not None:
        jejak.append(atas)
        kode = atas.kode
    return tuple(reversed(jejak))
