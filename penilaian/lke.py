"""What the pages of one LKE show, put together from a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from penilaian import rekap, skor
from penilaian.bukti.kartu import KartuBukti, read_kartu
from penilaian.instrumen import Pertanyaan, Simpul
from penilaian.izin import Izin, explain_locked
from penilaian.jawaban import Isian
from penilaian.models import (
    LAPIS_SATKER,
    AreaPenilaian,
    Jawaban,
    LapisPenilaian,
    Penilaian,
    Rekap,
    Temuan,
    Tingkat,
)
from penilaian.skor import Kosong
from penilaian.versi import InstrumenTerpakai

# Written as SQL for the reason told in penilaian/halaman.py.
SQL_JAWABAN = """
SELECT j.*, q.kode FROM penilaian_jawaban j
JOIN penilaian_pertanyaan q ON q.id = j.pertanyaan_id
WHERE j.penilaian_id IN (
    SELECT p.id FROM penilaian_penilaian p WHERE p.satker_id = %s AND p.tahun IN (%s, %s))
  AND q.area IN ({area})
ORDER BY j.lapis, j.id
"""


@dataclass
class BarisArea:
    """One area of an assessment, for its list and for the head of its page."""

    area: Simpul
    nomor: str
    baris: AreaPenilaian
    daftar_petugas: list[str] = field(default_factory=list)
    jumlah: int = 0
    terisi: int = 0
    nilai: Decimal = Decimal(0)
    nilai_abaikan: Decimal = Decimal(0)
    lantai: Decimal | None = None

    @property
    def persen(self) -> Decimal:
        """Score as a share of the area's weight."""
        return self.nilai * 100 / self.area.bobot

    @property
    def persen_lantai(self) -> Decimal:
        return (self.lantai or Decimal(0)) * 100 / self.area.bobot

    @property
    def kurang(self) -> Decimal:
        """Points missing to the floor of the target; 0 when it is met or there is none."""
        return max(Decimal(0), (self.lantai or Decimal(0)) - self.nilai)

    @property
    def kosong(self) -> int:
        return self.jumlah - self.terisi


def list_area(penilaian: Penilaian, kept: Rekap, terpakai: InstrumenTerpakai) -> list[BarisArea]:
    """All areas of the assessment in order, with who fills them: one query."""
    daftar: dict[str, BarisArea] = {}
    baris_db = (
        AreaPenilaian.objects.filter(penilaian=penilaian)
        .annotate_petugas()
        .order_by("area", "nama_petugas")
    )
    for baris in baris_db:
        if baris.area not in daftar:
            daftar[baris.area] = build_area(penilaian, kept, terpakai, baris.area)
            daftar[baris.area].baris = baris
        if baris.nama_petugas:
            daftar[baris.area].daftar_petugas.append(baris.nama_petugas)
    return [daftar[area.kode] for area in terpakai.isi.daftar_area if area.kode in daftar]


def build_area(
    penilaian: Penilaian, kept: Rekap, terpakai: InstrumenTerpakai, kode: str
) -> BarisArea:
    """One area with its kept scores, without who fills it; no query."""
    lantai = {
        gerbang.simpul: gerbang.minimal
        for gerbang in terpakai.isi.ambang[penilaian.target].daftar_gerbang
    }
    return BarisArea(
        area=terpakai.isi.simpul[kode],
        nomor=kode.partition(".")[2],
        baris=AreaPenilaian(penilaian=penilaian, area=kode),
        jumlah=len(terpakai.isi.pertanyaan_area[kode]),
        terisi=kept.terisi_area.get(kode, 0),
        nilai=rekap.get_nilai(kept, kode),
        nilai_abaikan=rekap.get_nilai(kept, kode, Kosong.ABAIKAN),
        lantai=lantai.get(kode),
    )


@dataclass
class Isi:
    """One typed number of a card."""

    kode: str
    label: str
    nilai: str
    desimal: bool


@dataclass
class Kartu:
    """A question with what stands in it."""

    pertanyaan: Pertanyaan
    nama_sub: str
    jawaban: Jawaban | None
    nilai: Decimal | None
    bobot: Decimal
    pembagi: int
    can_fill: bool
    # What the card's frame is kept under: another version, or other settings, is another frame.
    rangka: tuple = ()
    tahun_lalu: Jawaban | None = None
    jawab_lalu: str = ""
    daftar_catatan: list[Jawaban] = field(default_factory=list)
    bukti: KartuBukti | None = None
    daftar_temuan: list[Temuan] = field(default_factory=list)

    @property
    def pilihan(self) -> str:
        return self.jawaban.pilihan if self.jawaban else ""

    @property
    def catatan(self) -> str:
        return self.jawaban.catatan if self.jawaban else ""

    @property
    def versi_isi(self) -> int:
        return self.jawaban.versi_isi if self.jawaban else 0

    @property
    def draf(self) -> bool:
        return bool(self.jawaban and self.jawaban.draf)

    @property
    def keadaan(self) -> str:
        """For the index of numbers: `draf`, `kosong`, `temuan` or `isi`."""
        if self.draf:
            return "draf"
        if self.nilai is None:
            return "kosong"
        if any(temuan.tingkat == Tingkat.HARUS for temuan in self.daftar_temuan):
            return "temuan"
        return "isi"

    @property
    def poin(self) -> Decimal:
        return (self.nilai or Decimal(0)) * self.bobot / self.pembagi

    @property
    def daftar_isi(self) -> list[Isi]:
        tersimpan = (self.jawaban.jawab if self.jawaban else None) or {}
        return [
            Isi(m.kode, m.label, format_isian(tersimpan.get(m.kode)), m.desimal)
            for m in self.pertanyaan.daftar_isian
        ]


def format_isian(nilai: Decimal | None) -> str:
    """A typed number as Indonesian readers write it."""
    return "" if nilai is None else format(nilai, "f").replace(".", ",")


def describe_jawab(jawab: Isian | None, pertanyaan: Pertanyaan | None) -> str:
    """An answer in a few words: the option, or its numbers."""
    if not jawab:
        return "belum dijawab"
    if isinstance(jawab, str):
        return jawab
    label = pertanyaan.masukan_menurut_kode if pertanyaan else {}
    return "; ".join(
        f"{label[kode].label if kode in label else kode} {format_isian(nilai)}"
        for kode, nilai in jawab.items()
    )


def list_kartu(
    penilaian: Penilaian,
    terpakai: InstrumenTerpakai,
    daftar_pertanyaan: Iterable[Pertanyaan],
    daftar_area: list[BarisArea],
    izin: Izin,
    daftar_temuan: Mapping[str, list[Temuan]],
) -> list[Kartu]:
    """Cards of these questions: answers of this year and the last, and reviewers' remarks, in one
    query; the evidence in another. `daftar_temuan` is what the reader is told, by code."""
    daftar_pertanyaan = list(daftar_pertanyaan)
    terkunci = {satu.baris.area for satu in daftar_area if explain_locked(satu.baris)}
    kini, lalu, catatan = _read_jawaban(penilaian, {satu.area for satu in daftar_pertanyaan})
    bukti = read_kartu(penilaian, terpakai, [satu.kode for satu in daftar_pertanyaan])
    kartu = []
    for satu in daftar_pertanyaan:
        jawaban, dulu = kini.get(satu.kode), lalu.get(satu.kode)
        kartu.append(
            Kartu(
                pertanyaan=satu,
                nama_sub=terpakai.isi.simpul[satu.induk].nama,
                jawaban=jawaban,
                nilai=compute_nilai(satu, jawaban),
                **get_bobot(terpakai, satu),
                can_fill=izin.can_fill(satu.area) and satu.area not in terkunci,
                rangka=terpakai.kunci,
                tahun_lalu=dulu,
                jawab_lalu=describe_jawab(dulu.jawab, satu) if dulu else "",
                daftar_catatan=catatan.get(satu.kode, []),
                bukti=bukti[satu.kode],
                daftar_temuan=daftar_temuan.get(satu.kode, []),
            )
        )
    return kartu


def get_bobot(terpakai: InstrumenTerpakai, pertanyaan: Pertanyaan) -> dict:
    """What a question's worth is multiplied with, and divided by."""
    simpul = terpakai.isi.simpul
    induk = simpul[pertanyaan.kode] if pertanyaan.kode in simpul else simpul[pertanyaan.induk]
    return {"bobot": induk.bobot, "pembagi": len(induk.daftar_pertanyaan)}


def compute_nilai(pertanyaan: Pertanyaan, jawaban: Jawaban | None) -> Decimal | None:
    """Worth of a stored answer that counts."""
    if jawaban is None or jawaban.draf or (jawab := jawaban.jawab) is None:
        return None
    return skor.compute_nilai(pertanyaan, jawab)


def _read_jawaban(penilaian: Penilaian, daftar_area: set[str]):
    """By code: the unit's answers of this year, those of the year before, and remarks of the
    other layers on this year's."""
    kini: dict[str, Jawaban] = {}
    lalu: dict[str, Jawaban] = {}
    catatan: dict[str, list[Jawaban]] = {}
    # Two keys first, then their rows: a condition over both years as such would read whole tables.
    # The code comes along as a column: another year may use another version's questions.
    daftar = Jawaban.objects.raw(
        SQL_JAWABAN.format(area=", ".join(["%s"] * len(daftar_area))),
        [penilaian.satker_id, penilaian.tahun - 1, penilaian.tahun, *sorted(daftar_area)],
    )
    for jawaban in daftar:
        kode = jawaban.kode  # type: ignore[attr-defined]
        if jawaban.penilaian_id != penilaian.pk:
            if jawaban.lapis_id == LAPIS_SATKER and not jawaban.draf:
                lalu[kode] = jawaban
        elif jawaban.lapis_id == LAPIS_SATKER:
            kini[kode] = jawaban
        elif jawaban.catatan:
            catatan.setdefault(kode, []).append(jawaban)
    return kini, lalu, catatan


def list_nama_lapis(daftar_kartu: list[Kartu]) -> dict[str, str]:
    """Names of the layers that left remarks; no query when none did."""
    if not any(kartu.daftar_catatan for kartu in daftar_kartu):
        return {}
    return dict(LapisPenilaian.objects.values_list("kode", "nama"))


def find_unanswered(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, izin: Izin, sesudah: int = 0
) -> Pertanyaan | None:
    """The first question that the person may fill and nobody has answered; from `sesudah` on,
    then from the beginning."""
    tersimpan = {
        baris.pertanyaan_id: baris
        for baris in Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER)
    }
    terkunci = set(
        AreaPenilaian.objects.filter(penilaian=penilaian, diajukan_pada__isnull=False).values_list(
            "area", flat=True
        )
    )
    kosong = [
        satu
        for satu in terpakai.isi.daftar_pertanyaan
        if izin.can_fill(satu.area)
        and satu.area not in terkunci
        and compute_nilai(satu, tersimpan.get(terpakai.id_dari[satu.kode])) is None
    ]
    return next((satu for satu in kosong if satu.urutan > sesudah), kosong[0] if kosong else None)
