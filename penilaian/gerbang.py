"""The gates of an assessment: each floor with the score beside it, from the kept scores alone.

The 13 floors are of seven kinds (PermenPANRB 90/2021): total, pengungkit, each area, B.I, B.I.a,
B.I.b, and B.II with its only survey.
"""

from dataclasses import dataclass
from decimal import Decimal

from penilaian import jalan, rekap
from penilaian.instrumen import Ambang, Instrumen, Simpul
from penilaian.instrumen.bentuk import Gerbang
from penilaian.jalan import Jalan
from penilaian.jawaban import Isian
from penilaian.models import LAPIS_SATKER, Jawaban, Penilaian, Rekap, Upaya
from penilaian.skor import Kosong
from penilaian.versi import InstrumenTerpakai

AREA = "area"
NAMA_AREA = "Tiap area pengungkit"


@dataclass(frozen=True)
class Hasil:
    """One floor under one rule for empty questions. Whether it is met was decided when the scores
    were kept."""

    nilai: Decimal
    minimal: Decimal
    terpenuhi: bool

    @property
    def kurang(self) -> Decimal:
        return max(Decimal(0), self.minimal - self.nilai)


@dataclass(frozen=True)
class Syarat:
    """One floor: its node, and the score under both rules."""

    kode: str
    nama: str
    simpul: Simpul
    minimal: Decimal
    nol: Hasil
    resmi: Hasil

    @property
    def persen(self) -> Decimal:
        """The score as a share of the node's weight, for the bar."""
        return self.nol.nilai * 100 / self.simpul.bobot

    @property
    def persen_minimal(self) -> Decimal:
        return self.minimal * 100 / self.simpul.bobot


@dataclass(frozen=True)
class JenisSyarat:
    """A kind of floor; `persen` is set where the floor is a share of each area's own weight."""

    nomor: int
    nama: str
    daftar_syarat: tuple[Syarat, ...]
    persen: Decimal | None = None

    @property
    def terpenuhi(self) -> bool:
        return all(syarat.nol.terpenuhi for syarat in self.daftar_syarat)


@dataclass(frozen=True)
class Panel:
    """All floors of one target. `prasyarat` is the predicate that the rule asks for beforehand; no
    score can tell it."""

    target: str
    prasyarat: str | None
    daftar_jenis: tuple[JenisSyarat, ...]

    @property
    def daftar_syarat(self) -> list[Syarat]:
        return [syarat for jenis in self.daftar_jenis for syarat in jenis.daftar_syarat]

    @property
    def daftar_gagal(self) -> list[Syarat]:
        return [syarat for syarat in self.daftar_syarat if not syarat.nol.terpenuhi]

    @property
    def daftar_gagal_resmi(self) -> list[Syarat]:
        return [syarat for syarat in self.daftar_syarat if not syarat.resmi.terpenuhi]

    @property
    def judul(self) -> str:
        if not self.daftar_gagal:
            return f"Semua syarat nilai {self.target} terpenuhi"
        return (
            f"Belum lolos {self.target}: {len(self.daftar_gagal)} dari {len(self.daftar_syarat)} "
            "syarat kurang"
        )


def build_panel(kept: Rekap, instrumen: Instrumen, target: str) -> Panel:
    """The panel of one target, from the kept scores; no query."""
    ambang = instrumen.ambang[target]
    gagal = {kosong: set(rekap.get_gagal(kept, target, kosong)) for kosong in Kosong}

    def build_hasil(gerbang: Gerbang, kosong: Kosong) -> Hasil:
        return Hasil(
            nilai=rekap.get_nilai(kept, gerbang.simpul, kosong),
            minimal=gerbang.minimal,
            terpenuhi=gerbang.kode not in gagal[kosong],
        )

    daftar_jenis = []
    for nomor, kelompok in enumerate(_group(instrumen, ambang), 1):
        simpul = instrumen.simpul[kelompok[0].simpul]
        per_area = simpul.level == AREA
        daftar_jenis.append(
            JenisSyarat(
                nomor,
                NAMA_AREA if per_area else kelompok[0].nama,
                tuple(
                    Syarat(
                        kode=gerbang.kode,
                        nama=gerbang.nama,
                        simpul=instrumen.simpul[gerbang.simpul],
                        minimal=gerbang.minimal,
                        nol=build_hasil(gerbang, Kosong.NOL),
                        resmi=build_hasil(gerbang, Kosong.ABAIKAN),
                    )
                    for gerbang in kelompok
                ),
                persen=kelompok[0].minimal * 100 / simpul.bobot if per_area else None,
            )
        )
    return Panel(target, ambang.prasyarat, tuple(daftar_jenis))


def _group(instrumen: Instrumen, ambang: Ambang) -> list[list[Gerbang]]:
    """Floors of one kind together: the areas, and a node with its only part."""
    daftar: list[list[Gerbang]] = []
    for gerbang in ambang.daftar_gerbang:
        if daftar:
            simpul = instrumen.simpul[gerbang.simpul]
            sebelum = instrumen.simpul[daftar[-1][-1].simpul]
            if simpul.level == sebelum.level == AREA or sebelum.anak == (simpul.kode,):
                daftar[-1].append(gerbang)
                continue
        daftar.append([gerbang])
    return daftar


def read_jawaban(penilaian: Penilaian, terpakai: InstrumenTerpakai) -> dict[str, Isian]:
    """The unit's answers that count, by question code: one query."""
    return {
        terpakai.kode_dari[baris.pertanyaan_id]: jawab
        for baris in Jawaban.objects.filter(penilaian=penilaian).of_lapis(LAPIS_SATKER).counted()
        if (jawab := baris.jawab) is not None
    }


def read_upaya(penilaian: Penilaian, terpakai: InstrumenTerpakai) -> dict[str, Upaya]:
    """What the unit says of its questions, by code: one query."""
    return {
        terpakai.kode_dari[baris.pertanyaan_id]: baris
        for baris in Upaya.objects.filter(penilaian=penilaian)
    }


def find_jalan(penilaian: Penilaian, terpakai: InstrumenTerpakai, target: str) -> Jalan:
    """The shortest way from today's answers: two queries."""
    upaya = read_upaya(penilaian, terpakai)
    return jalan.find_jalan(
        terpakai.isi,
        read_jawaban(penilaian, terpakai),
        target,
        {kode: satu.upaya for kode, satu in upaya.items()},
        {kode: jangkau for kode, satu in upaya.items() if (jangkau := satu.jangkau) is not None},
    )
