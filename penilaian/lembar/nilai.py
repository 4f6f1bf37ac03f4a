"""The scores a workbook says it has, beside ours. Pure."""

import re
from collections.abc import Mapping
from decimal import Decimal

from penilaian import skor
from penilaian.instrumen import AREA_HASIL, Instrumen
from penilaian.lembar.buku import Lembar, name_sel
from penilaian.lembar.edisi import BARIS_AREA, BARIS_RINGKASAN, Kolom
from penilaian.lembar.galat import Peringatan
from penilaian.lembar.hasil import HasilBaca, Selisih
from penilaian.lembar.letak import Letak
from penilaian.skor import Kosong

# A difference that shows at two decimals; a sheet keeps full figures but other programs round them.
SELISIH_TERKECIL = Decimal("0.005")
# A question's own score in a sheet is 0 to 1.
NILAI_TERDEKAT = Decimal("0.0001")
BARIS_AREA_FORMULIR = list(range(BARIS_AREA, BARIS_AREA + 6))
# Letters of the summary's columns where it has no headings: first aspect, second, both.
BAWAAN_RINGKASAN = (9, 10, 11)


def find_selisih(skor_lembar: Mapping[str, float | None], hitung: Mapping[str, Decimal]):
    """Nodes that differ, in the instrument's order. Ours leaves blanks out of the average, as the
    sheet does (`abaikan`)."""
    return [
        Selisih(kode, lembar, hitung[kode])
        for kode, lembar in skor_lembar.items()
        if lembar is not None and abs(Decimal(repr(lembar)) - hitung[kode]) > SELISIH_TERKECIL
    ]


def read_angka(lembar: Lembar, baris: int, kolom: int) -> float | None:
    nilai = lembar.get(baris, kolom).nilai
    return nilai if isinstance(nilai, float) else None


def read_ringkasan(lembar: Lembar, instrumen: Instrumen) -> dict[str, float]:
    """Scores of a summary sheet (`Unit` of layout N) by the names of its rows, else by their places
    in the form: areas with both aspects, components, results and the total."""
    kolom = _find_kolom(lembar)
    area = {_spell(satu.nama): satu.kode for satu in instrumen.daftar_area[:-1]}
    hasil: dict[str, float] = {}
    letak: dict[str, int] = {}
    for baris in range(1, lembar.baris_terakhir + 1):
        sebutan = _spell(" ".join(lembar.get_teks(baris, k) for k in range(1, kolom[0])))
        angka = [read_angka(lembar, baris, satu) for satu in kolom]
        if kode := next((area[nama] for nama in area if nama in sebutan), None):
            nomor = kode.rpartition(".")[2]
            kunci = [f"A.I.{nomor}", f"A.II.{nomor}", kode]
        elif kode := _name_hasil(sebutan):
            kunci, angka = [kode], angka[2:]
        else:
            continue
        for satu, nilai in zip(kunci, angka, strict=True):
            if nilai is not None and satu in instrumen.simpul:
                hasil.setdefault(satu, nilai)
                letak.setdefault(satu, baris)
    if [letak.get(satu.kode) for satu in instrumen.daftar_area[:-1]] == BARIS_AREA_FORMULIR:
        for kode, baris in BARIS_RINGKASAN.items():
            nilai = read_angka(lembar, baris, kolom[2])
            if kode not in hasil and baris not in letak.values() and nilai is not None:
                hasil[kode] = nilai
    return hasil


# Words of a summary's row, the closest first.
_BARIS_HASIL = (
    (re.compile(r"anti korupsi|persepsi korupsi|\bipak\b"), "B.I.a"),
    (re.compile(r"kinerja lebih baik|capaian kinerja"), "B.I.b"),
    (re.compile(r"kualitas pelayanan|\bipkp\b|\bspkp\b"), "B.II.a"),
    (re.compile(r"birokrasi.* bersih"), "B.I"),
    (re.compile(r"pelayanan.* prima"), "B.II"),
    (re.compile(r"(jumlah|total|nilai) (komponen )?pengungkit|^(a )?pengungkit$"), "A"),
    (re.compile(r"(jumlah|total|nilai) (komponen )?hasil|^(b )?hasil$"), AREA_HASIL),
    (re.compile(r"nilai akhir|nilai evaluasi|nilai total|^total|total nilai"), "total"),
)


def _name_hasil(sebutan: str) -> str:
    return next((kode for kata, kode in _BARIS_HASIL if kata.search(sebutan)), "")


def _find_kolom(lembar: Lembar) -> tuple[int, int, int]:
    """Columns of the two aspects and of both together, by their headings."""
    for baris in range(1, min(10, lembar.baris_terakhir) + 1):
        judul = {_spell(lembar.get_teks(baris, k)): k for k in range(1, 31)}
        satu = next((k for teks, k in judul.items() if "pemenuhan" in teks), None)
        dua = next((k for teks, k in judul.items() if "reform" in teks), None)
        if satu and dua and dua > satu:
            return satu, dua, dua + 1
    return BAWAAN_RINGKASAN


def _spell(teks: str) -> str:
    return " ".join(re.findall(r"[a-z0-9%]+", teks.casefold()))


class Pembanding:
    """The scores of one sheet beside those of its answers."""

    def __init__(
        self, instrumen: Instrumen, hasil: HasilBaca, lembar: Lembar, kolom: Kolom, letak: Letak
    ):
        self.instrumen, self.hasil, self.lembar = instrumen, hasil, lembar
        self.letak, self.kolom = letak, kolom.get("nilai")
        hasil.hitung = skor.compute(instrumen, hasil.jawaban, Kosong.ABAIKAN)
        self.hitung = hasil.hitung.nilai

    def compare(self, ringkasan: Lembar | None) -> None:
        """Fill in the sheet's scores and what differs; `ringkasan` is a summary sheet."""
        ditemukan = {} if ringkasan is None else read_ringkasan(ringkasan, self.instrumen)
        ditemukan |= self._read_nilai()
        if not any(ditemukan.values()) and self.hitung["total"]:
            # All zero while there are answers: nobody ever let the formulas run.
            ditemukan = {}
        self.hasil.skor_lembar = {kode: ditemukan.get(kode) for kode in self.hitung}
        self.hasil.selisih = find_selisih(self.hasil.skor_lembar, self.hitung)
        if self.hasil.tata_letak == "L":
            self._point_at_rows()

    def _read_nilai(self) -> dict[str, float]:
        ditemukan: dict[str, float] = {}
        for kode, baris in self.letak.nilai.items():
            if self.kolom is None or kode not in self.instrumen.simpul:
                continue
            angka = read_angka(self.lembar, baris, self.kolom)
            if angka is not None:
                ditemukan[kode] = self._to_skor(kode, angka)
        return ditemukan

    def _to_skor(self, kode: str, angka: float) -> float:
        """A result question is a node too; its row holds a score or, as other questions' rows do,
        a share of 1."""
        if kode not in self.letak.pertanyaan or self.hasil.tata_letak == "N":
            return angka
        tertulis = Decimal(repr(angka))
        bagian = tertulis * self.instrumen.simpul[kode].bobot
        dekat = abs(bagian - self.hitung[kode]) < abs(tertulis - self.hitung[kode])
        return float(bagian) if dekat else angka

    def _point_at_rows(self) -> None:
        """Where a sub-unsur differs, name the rows whose own score is not that of their answer."""
        beda = {satu.kode for satu in self.hasil.selisih}
        for pertanyaan in self.instrumen.daftar_pertanyaan:
            baris = self.letak.pertanyaan.get(pertanyaan.kode)
            isian = self.hasil.jawaban.get(pertanyaan.kode)
            if self.kolom is None or baris is None or not isian or pertanyaan.induk not in beda:
                continue
            kita = skor.compute_nilai(pertanyaan, isian)
            isi = self.lembar.get(baris, self.kolom).nilai
            if kita is None or isi is None or isi == "":
                continue
            angka = Decimal(repr(isi)) if isinstance(isi, float) else None
            wajar = (kita, kita * pertanyaan.bobot)
            if angka is not None and any(abs(angka - satu) <= NILAI_TERDEKAT for satu in wajar):
                continue
            tertulis = "belum diisi" if angka is None else _show(angka)
            self.hasil.peringatan.append(
                Peringatan(
                    name_sel(baris, self.kolom),
                    f"nilai {pertanyaan.kode} pada lembar {tertulis}, padahal jawabannya bernilai "
                    f"{_show(kita)}; yang dipakai hitungan dari jawabannya.",
                )
            )


def _show(nilai: Decimal) -> str:
    return f"{nilai:.4f}".rstrip("0").rstrip(".").replace(".", ",")
