"""The three summaries of the form: the unit's scores and those of two tiers of reviewers, against
the floors of the target. All by formulas that refer to the sheet of answers."""

from collections.abc import Mapping
from decimal import Decimal

from penilaian import skor
from penilaian.instrumen import AREA_HASIL, Instrumen
from penilaian.jawaban import Isian
from penilaian.lembar import tata_n
from penilaian.lembar.edisi import BARIS_AREA, BARIS_RINGKASAN
from penilaian.lembar.tulis_rumus import Tahap, join_baris
from penilaian.skor import Kosong

BARIS_JUDUL = 5
BARIS_NOL, BARIS_TERJAWAB = 24, 25
# Sums among the rows of the form's summary, which stand in rows of their own on the sheet.
JUMLAH = {
    "A": ("Jumlah pengungkit", tata_n.ID_PENGUNGKIT),
    AREA_HASIL: ("Jumlah hasil", tata_n.ID_HASIL),
    "total": ("Nilai akhir", tata_n.ID_TOTAL),
}
JUDUL = {"B": "Unsur", "H": "Bobot", "I": "Pemenuhan", "J": "Reform", "K": "Nilai", "L": "%"}


def write_ringkasan(
    lembar, gaya, instrumen: Instrumen, isi, tahap: Tahap, jawaban: Mapping[str, Isian]
) -> None:
    """Fill one summary sheet."""
    _Ringkasan(lembar, gaya, instrumen, isi, tahap, jawaban).write()


class _Ringkasan:
    def __init__(self, lembar, gaya, instrumen, isi, tahap, jawaban):
        self.lembar, self.gaya, self.isi, self.tahap = lembar, gaya, isi, tahap
        self.instrumen: Instrumen = instrumen
        nilai = skor.compute_nilai_semua(instrumen, jawaban)
        self.terjawab = len(nilai)
        self.skor = skor.compute_from_nilai(instrumen, nilai, Kosong.ABAIKAN).nilai
        self.nol = skor.compute_from_nilai(instrumen, nilai, Kosong.NOL).nilai["total"]
        self.ambang = {
            satu.simpul: satu.minimal for satu in instrumen.ambang[isi.target].daftar_gerbang
        }

    def write(self) -> None:
        lembar, simpul = self.lembar, self.instrumen.simpul
        for kolom, lebar in (("A:A", 3), ("B:B", 52), ("C:G", 2), ("H:L", 12), ("M:M", 22)):
            lembar.set_column(kolom, lebar)
        lembar.write_string("B1", self.isi.nama_satker, self.gaya["nama"])
        lembar.write_string("B2", self.isi.target)
        lembar.write_string("B3", f"LKE {self.isi.tahun}, {self.isi.versi}")
        judul = JUDUL | {"M": f"Syarat {self.isi.target}"}
        for huruf, teks in judul.items():
            lembar.write_string(f"{huruf}{BARIS_JUDUL}", teks, self.gaya["judul"])
        for nomor, area in enumerate(self.instrumen.daftar_area[:-1]):
            self._write_area(BARIS_AREA + nomor, area)
        for kode, baris in BARIS_RINGKASAN.items():
            nama, letak = JUMLAH.get(kode) or (
                simpul[kode].nama or self.instrumen.pertanyaan[kode].label,
                simpul[kode].baris_lke,
            )
            self._write(baris, nama, kode, letak)
        self._write_nol()
        lembar.set_paper(9)
        lembar.set_landscape()
        lembar.fit_to_pages(1, 1)

    def _write_area(self, baris: int, area) -> None:
        gaya = self.gaya["angka"]
        for huruf, kode in zip("IJ", area.anak, strict=True):
            letak = self.instrumen.simpul[kode].baris_lke
            rumus = f"=Jawaban!{self.tahap.nilai}{letak}"
            self.lembar.write_formula(f"{huruf}{baris}", rumus, gaya, float(self.skor[kode]))
        self._write_skor(baris, area.nama, area.kode, f"=I{baris}+J{baris}")

    def _write(self, baris: int, nama: str, kode: str, letak: int | None) -> None:
        self._write_skor(baris, nama, kode, f"=SUM(Jawaban!{self.tahap.nilai}{letak})")

    def _write_skor(self, baris: int, nama: str, kode: str, rumus: str) -> None:
        lembar, gaya = self.lembar, self.gaya
        nilai, bobot = self.skor[kode], self.instrumen.simpul[kode].bobot
        lembar.write_string(f"B{baris}", nama, gaya["teks"])
        lembar.write_number(f"H{baris}", float(bobot), gaya["angka"])
        lembar.write_formula(f"K{baris}", rumus, gaya["angka"], float(nilai))
        lembar.write_formula(
            f"L{baris}", f"=K{baris}/H{baris}", gaya["persen"], float(nilai / bobot)
        )
        if kode in self.ambang:
            self._write_syarat(baris, nilai, self.ambang[kode])

    def _write_syarat(self, baris: int, nilai: Decimal, minimal: Decimal) -> None:
        angka = format(minimal.normalize(), "f")
        baik, kurang = "Terpenuhi", f"Kurang dari {angka.replace('.', ',')}"
        # Six decimals, as the program compares: a third of a third is no reason to fail.
        rumus = f'=IF(ROUND(K{baris},6)>={angka},"{baik}","{kurang}")'
        hasil = baik if nilai >= minimal else kurang
        self.lembar.write_formula(f"M{baris}", rumus, self.gaya["teks"], hasil)

    def _write_nol(self) -> None:
        """Beside the official average: the whole with blanks as zero, and how many are answered."""
        daftar = [satu.baris_lke for satu in self.instrumen.daftar_pertanyaan]
        lembar, gaya = self.lembar, self.gaya
        lembar.write_string(f"B{BARIS_NOL}", "Bila yang kosong dihitung nol", gaya["teks"])
        rumus = f"=SUM({join_baris(self.tahap.nilai, daftar)})"
        lembar.write_formula(f"K{BARIS_NOL}", rumus, gaya["angka"], float(self.nol))
        teks = f"Terjawab dari {len(daftar)} pertanyaan"
        lembar.write_string(f"B{BARIS_TERJAWAB}", teks, gaya["teks"])
        rumus = f"=COUNT({join_baris(self.tahap.persen, daftar)})"
        lembar.write_formula(f"K{BARIS_TERJAWAB}", rumus, gaya["bulat"], self.terjawab)
        lembar.write_string(
            f"B{BARIS_TERJAWAB + 2}",
            "Nilai di atas memakai rata-rata pertanyaan yang terjawab, seperti lembar resmi. "
            "Selama masih ada yang kosong, lihat juga nilai bila yang kosong dihitung nol.",
            gaya["polos"],
        )
