"""What an assessment may take over from the unit's previous one: answers as drafts, and files of
which somebody has yet to say that they still hold. Read for the page, and again by the step."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Max, OuterRef, Subquery

from penilaian.bukti.sebutan import say_nomor
from penilaian.instrumen import Pertanyaan, Simpul
from penilaian.kalender import is_di_luar
from penilaian.lke import describe_jawab
from penilaian.models import LAPIS_SATKER, Jawaban, PemakaianBukti, Penilaian, RevisiBukti
from penilaian.versi import InstrumenTerpakai, get_terpakai

TIDAK_ADA = "tidak ada lagi pada instrumen tahun ini"
CARA_BERUBAH = "cara menjawabnya berubah"
PILIHAN_BERUBAH = "pilihannya berubah"
ISIAN_BERUBAH = "angka yang diisi berubah"


@dataclass
class JawabanLalu:
    """An answer that may come along; `pertanyaan` is this year's."""

    pertanyaan: Pertanyaan
    jawaban: Jawaban
    teks: str
    dipilih: bool = True


@dataclass
class PakaiLalu:
    """A use of evidence under a question that is still asked; `dokumen` is this year's document."""

    pertanyaan: Pertanyaan
    pemakaian: PemakaianBukti
    dokumen: int | None
    di_luar: bool


@dataclass
class BerkasLalu:
    """A revision as it was used, with its uses in one area that this year does not have yet."""

    revisi: RevisiBukti
    revisi_akhir: int
    daftar_pakai: list[PakaiLalu] = field(default_factory=list)
    dinyatakan: bool = False

    @property
    def nama(self) -> str:
        return self.revisi.bukti.nama

    @property
    def sebutan(self) -> str:
        """The name, and which revision it is where there are several."""
        return f"{self.nama}, revisi {self.revisi.nomor}" if self.revisi_akhir > 1 else self.nama

    @property
    def ada_revisi_baru(self) -> bool:
        return self.revisi_akhir > self.revisi.nomor

    @property
    def di_luar(self) -> bool:
        """No period that is said reaches into this year."""
        return all(satu.di_luar for satu in self.daftar_pakai)

    @property
    def rincian(self) -> str:
        """`Nomor 3 dan 14, tahun 2025; nomor 72, halaman 4`; one page where all have it."""
        kelompok: dict[str, list[PakaiLalu]] = {}
        for satu in self.daftar_pakai:
            kelompok.setdefault(satu.pemakaian.periode, []).append(satu)
        bagian = []
        for periode, daftar in kelompok.items():
            halaman = {satu.pemakaian.halaman for satu in daftar}
            teks = [say_nomor([satu.pertanyaan.urutan for satu in daftar])]
            if len(halaman) == 1 and None not in halaman:
                teks.append(f"halaman {halaman.pop()}")
            bagian.append(", ".join([*teks, periode] if periode else teks))
        kalimat = "; ".join(bagian)
        return f"{kalimat[0].upper()}{kalimat[1:]}."


@dataclass
class TidakCocok:
    """Last year's question that cannot come along, and why; `jumlah_berkas` go nowhere with it."""

    pertanyaan: Pertanyaan
    alasan: str
    jumlah_berkas: int = 0


@dataclass
class AreaBekal:
    """One area: what may come along, what is answered already, and what does not fit."""

    area: Simpul
    daftar_jawaban: list[JawabanLalu] = field(default_factory=list)
    daftar_berkas: list[BerkasLalu] = field(default_factory=list)
    daftar_terisi: list[int] = field(default_factory=list)
    daftar_gagal: list[TidakCocok] = field(default_factory=list)

    @property
    def is_kosong(self) -> bool:
        return not self.daftar_jawaban and not self.daftar_berkas

    def find_berkas(self, revisi: int) -> BerkasLalu | None:
        return next((satu for satu in self.daftar_berkas if satu.revisi.pk == revisi), None)


@dataclass
class Bekal:
    """Everything that `sebelum` offers, by area in the order of the instrument."""

    sebelum: Penilaian
    area: dict[str, AreaBekal]


def explain_beda(lama: Pertanyaan, baru: Pertanyaan | None) -> str:
    """Why an answer to the old question is none to the new one; empty when it is. The words of the
    question may change: whoever confirms the draft reads them."""
    if baru is None:
        return TIDAK_ADA
    if lama.tipe != baru.tipe:
        return CARA_BERUBAH
    if lama.opsi != baru.opsi:
        return PILIHAN_BERUBAH
    if _list_isian(lama) != _list_isian(baru):
        return ISIAN_BERUBAH
    return ""


def _list_isian(pertanyaan: Pertanyaan) -> list[tuple]:
    """What is typed, apart from where the workbook has it."""
    return [
        (satu.kode, satu.label, satu.desimal, satu.minimal, satu.maksimal)
        for satu in pertanyaan.daftar_isian
    ]


def find_sebelum(penilaian: Penilaian) -> Penilaian | None:
    """The unit's latest assessment of an earlier year."""
    return (
        Penilaian.objects.filter(satker=penilaian.satker_id, tahun__lt=penilaian.tahun)
        .select_related("versi")
        .defer("versi__teks")
        .order_by("-tahun")
        .first()
    )


def read_bekal(
    penilaian: Penilaian, terpakai: InstrumenTerpakai, daftar_jawaban: Iterable[Jawaban]
) -> Bekal | None:
    """None without an earlier year. `daftar_jawaban` are this year's rows of the unit. Four
    queries, whatever their number."""
    sebelum = find_sebelum(penilaian)
    if sebelum is None:
        return None
    lama = get_terpakai(sebelum.versi)
    bekal = Bekal(sebelum, {satu.kode: AreaBekal(satu) for satu in terpakai.isi.daftar_area})
    terisi = {
        terpakai.kode_dari[satu.pertanyaan_id] for satu in daftar_jawaban if satu.jawab is not None
    }
    jawaban_lalu = {
        lama.kode_dari[satu.pertanyaan_id]: satu
        for satu in Jawaban.objects.filter(penilaian=sebelum).of_lapis(LAPIS_SATKER).counted()
        if satu.jawab is not None
    }
    pakai_lalu: dict[str, list[PemakaianBukti]] = {}
    for pakai in _list_pakai(sebelum):
        pakai_lalu.setdefault(lama.kode_dari[pakai.pertanyaan_id], []).append(pakai)
    terpasang = set(
        PemakaianBukti.objects.filter(penilaian=penilaian).values_list("pertanyaan_id", "bukti_id")
    )
    for dulu in lama.isi.daftar_pertanyaan:
        jawaban, daftar_pakai = jawaban_lalu.get(dulu.kode), pakai_lalu.get(dulu.kode, [])
        if jawaban is None and not daftar_pakai:
            continue
        kini = terpakai.isi.pertanyaan.get(dulu.kode)
        alasan = explain_beda(dulu, kini)
        tujuan = bekal.area[kini.area if kini else dulu.area]
        if alasan and (jawaban or not kini):
            tujuan.daftar_gagal.append(
                TidakCocok(dulu, alasan, 0 if kini else len(daftar_pakai)),
            )
        if kini is None:
            continue
        if jawaban and not alasan:
            if kini.kode in terisi:
                tujuan.daftar_terisi.append(kini.urutan)
            else:
                teks = describe_jawab(jawaban.jawab, kini)
                tujuan.daftar_jawaban.append(JawabanLalu(kini, jawaban, teks))
        for pakai in daftar_pakai:
            if (terpakai.id_dari[kini.kode], pakai.bukti_id) not in terpasang:
                _add_pakai(tujuan, penilaian, terpakai, kini, pakai)
    return bekal


def _add_pakai(
    tujuan: AreaBekal,
    penilaian: Penilaian,
    terpakai: InstrumenTerpakai,
    kini: Pertanyaan,
    pakai: PemakaianBukti,
) -> None:
    berkas = tujuan.find_berkas(pakai.revisi_id)
    if berkas is None:
        berkas = BerkasLalu(pakai.revisi, pakai.revisi_akhir)  # type: ignore[attr-defined]
        berkas.revisi.bukti = pakai.bukti
        tujuan.daftar_berkas.append(berkas)
    diminta = {satu.nama: satu.pk for satu in terpakai.dokumen[kini.kode]}
    berkas.daftar_pakai.append(
        PakaiLalu(
            pertanyaan=kini,
            pemakaian=pakai,
            dokumen=diminta.get(pakai.dokumen.nama) if pakai.dokumen else None,
            di_luar=is_di_luar(pakai.periode_dari, pakai.periode_sampai, penilaian.tahun),
        )
    )


def _list_pakai(sebelum: Penilaian):
    akhir = (
        RevisiBukti.objects.filter(bukti=OuterRef("bukti"))
        .order_by()
        .values("bukti")
        .annotate(akhir=Max("nomor"))
        .values("akhir")
    )
    return (
        PemakaianBukti.objects.filter(penilaian=sebelum)
        .select_related("bukti", "revisi", "dokumen")
        .annotate(revisi_akhir=Subquery(akhir))
        .order_by("pk")
    )
