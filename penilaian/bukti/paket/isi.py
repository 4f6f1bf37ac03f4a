"""What goes into the pack of an assessment, and where each file lies in it."""

import datetime
from dataclasses import dataclass, field
from urllib.parse import quote

from integritas.berkas.jenis import AKHIRAN
from penilaian.bukti.kartu import KartuBukti, Pakai, read_kartu
from penilaian.bukti.paket.nama import Penamaan, tidy_berkas, tidy_folder
from penilaian.instrumen import Pertanyaan
from penilaian.lke import describe_jawab
from penilaian.models import LAPIS_SATKER, DokumenDiminta, Jawaban, Penilaian, RevisiBukti
from penilaian.versi import InstrumenTerpakai, get_terpakai


@dataclass
class BerkasPaket:
    """A stored file, once in the pack whatever the number of questions it serves. `masalah` is
    found while it is packed; without `sha256_isi` it is not in the pack."""

    sha256: str
    ukuran: int
    jenis: str
    jalur: str
    pada: datetime.datetime
    daftar_kode: list[str] = field(default_factory=list)
    sha256_isi: str = ""
    masalah: str = ""

    @property
    def url(self) -> str:
        """The way there from the index."""
        return quote(self.jalur)


@dataclass
class ButirBukti:
    """One use of evidence under a question; a link has no file."""

    pakai: Pakai
    revisi: RevisiBukti
    berkas: BerkasPaket | None

    @property
    def url(self) -> str:
        """Where a link leads; empty for what is no address of the web."""
        tautan = self.revisi.tautan or ""
        return tautan if tautan.lower().startswith(("https://", "http://")) else ""


@dataclass
class SoalPaket:
    pertanyaan: Pertanyaan
    folder: str
    jawaban: str
    draf: bool
    catatan: str
    daftar: list[ButirBukti] = field(default_factory=list)
    kurang: list[DokumenDiminta] = field(default_factory=list)

    @property
    def daftar_luar(self) -> list[ButirBukti]:
        """Evidence of this question that its own folder does not hold."""
        return [
            satu
            for satu in self.daftar
            if satu.berkas is None
            or satu.berkas.masalah
            or not satu.berkas.jalur.startswith(f"{self.folder}/")
        ]


@dataclass
class AreaPaket:
    nomor: int
    nama: str
    daftar_soal: list[SoalPaket] = field(default_factory=list)

    @property
    def berbukti(self) -> int:
        return sum(bool(soal.daftar) for soal in self.daftar_soal)


@dataclass
class IsiPaket:
    penilaian: Penilaian
    terpakai: InstrumenTerpakai
    daftar_area: list[AreaPaket]
    daftar_berkas: list[BerkasPaket]
    penamaan: Penamaan

    @property
    def daftar_soal(self) -> list[SoalPaket]:
        return [soal for area in self.daftar_area for soal in area.daftar_soal]

    @property
    def daftar_butir(self) -> list[tuple[SoalPaket, ButirBukti]]:
        return [(soal, butir) for soal in self.daftar_soal for butir in soal.daftar]

    @property
    def daftar_tautan(self) -> list[tuple[SoalPaket, ButirBukti]]:
        return [(soal, butir) for soal, butir in self.daftar_butir if butir.berkas is None]

    @property
    def daftar_tanpa(self) -> list[SoalPaket]:
        """Questions without any evidence, by number."""
        tanpa = [soal for soal in self.daftar_soal if not soal.daftar]
        return sorted(tanpa, key=lambda soal: soal.pertanyaan.urutan)

    @property
    def daftar_masalah(self) -> list[BerkasPaket]:
        return [satu for satu in self.daftar_berkas if satu.masalah]


def read_isi(penilaian: Penilaian) -> IsiPaket:
    """Everything as it stands now: the very revisions that are shown under the questions."""
    terpakai = get_terpakai(penilaian.versi)
    daftar_kartu = read_kartu(penilaian, terpakai)
    daftar_revisi = RevisiBukti.objects.select_related("berkas").in_bulk(
        {pakai.revisi_id for kartu in daftar_kartu.values() for pakai in kartu.daftar}
    )
    daftar_jawaban = {
        terpakai.kode_dari[satu.pertanyaan_id]: satu
        for satu in Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER)
    }
    penamaan = Penamaan()
    semua: dict[str, BerkasPaket] = {}
    daftar_area = []
    for nomor, area in enumerate(terpakai.isi.daftar_area, 1):
        bagian = AreaPaket(nomor, area.nama)
        folder = tidy_folder(f"{nomor:02} {area.nama}")
        for pertanyaan in terpakai.isi.pertanyaan_area[area.kode]:
            soal = _build_soal(pertanyaan, folder, daftar_jawaban.get(pertanyaan.kode))
            _fill(soal, daftar_kartu[pertanyaan.kode], daftar_revisi, penamaan, semua)
            bagian.daftar_soal.append(soal)
        daftar_area.append(bagian)
    return IsiPaket(penilaian, terpakai, daftar_area, list(semua.values()), penamaan)


def _build_soal(pertanyaan: Pertanyaan, folder: str, jawaban: Jawaban | None) -> SoalPaket:
    sebutan = f"{pertanyaan.urutan:03} {pertanyaan.kode} {pertanyaan.label}"
    return SoalPaket(
        pertanyaan,
        folder=f"{folder}/{tidy_folder(sebutan)}",
        jawaban=say_jawaban(pertanyaan, jawaban),
        draf=bool(jawaban and jawaban.draf),
        catatan=jawaban.catatan if jawaban else "",
    )


def say_jawaban(pertanyaan: Pertanyaan, jawaban: Jawaban | None) -> str:
    """`B. Sebagian besar anggota …`, or the numbers that were typed."""
    teks = describe_jawab(jawaban.jawab if jawaban else None, pertanyaan)
    label = {satu.kode: satu.label for satu in pertanyaan.opsi}.get(teks)
    return f"{teks}. {label}" if label and label != teks else teks


def _fill(
    soal: SoalPaket,
    kartu: KartuBukti,
    daftar_revisi: dict[int, RevisiBukti],
    penamaan: Penamaan,
    semua: dict[str, BerkasPaket],
) -> None:
    """The evidence of a question; a file lies in the folder of the first question that shows it."""
    soal.kurang = kartu.kurang
    for pakai in kartu.daftar:
        revisi = daftar_revisi[pakai.revisi_id]
        berkas = None
        if revisi.berkas is not None:
            berkas = semua.get(revisi.berkas.sha256)
            if berkas is None:
                nama = tidy_berkas(
                    revisi.nama_berkas or pakai.nama,
                    f".{revisi.berkas.jenis}",
                    AKHIRAN.get(revisi.berkas.jenis, set()),
                )
                berkas = semua[revisi.berkas.sha256] = BerkasPaket(
                    revisi.berkas.sha256,
                    revisi.berkas.ukuran,
                    revisi.berkas.jenis,
                    penamaan.take(soal.folder, nama),
                    revisi.dibuat_pada,
                )
            berkas.daftar_kode.append(soal.pertanyaan.kode)
        soal.daftar.append(ButirBukti(pakai, revisi, berkas))
