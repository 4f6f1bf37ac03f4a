"""Headings of the form: nodes with their weights and the formulas that add them up."""

from penilaian.instrumen import AREA_HASIL, Instrumen
from penilaian.lembar import tata_n
from penilaian.lembar.tulis_rumus import TAHAP, Tahap
from penilaian.skor import Skor


class PenulisSimpul:
    """Writes every row that is no question: components, aspects, areas, sub-unsur, totals."""

    def __init__(self, lembar, gaya, instrumen: Instrumen, skor_unit: Skor):
        self.lembar, self.gaya, self.instrumen = lembar, gaya, instrumen
        self.skor = skor_unit.nilai

    def write(self) -> None:
        isi, simpul = self.instrumen, self.instrumen.simpul
        self._write_kepala(tata_n.ID_JUDUL, 1, "A.", "PENGUNGKIT", "A", ["A.I", "A.II"])
        for satu in isi.daftar_simpul:
            if satu.baris_lke is None or satu.level == "pertanyaan":
                continue
            kedalaman = satu.kode.count(".") + 1
            nomor = satu.kode.rpartition(".")[2] + "."
            nama = satu.nama
            if satu.level == "aspek":
                nama = simpul[f"A.{satu.kode.rpartition('.')[2]}"].nama
            elif satu.kode == AREA_HASIL:
                nama = nama.upper()
            if satu.level == "sub_unsur":
                self._write_sub_unsur(satu, kedalaman, nomor)
            else:
                self._write_kepala(
                    satu.baris_lke, kedalaman, nomor, nama, satu.kode, list(satu.anak)
                )
        self._write_teks(tata_n.ID_LHKPN, 4, "a.", "LHKPN")
        self._write_teks(tata_n.ID_LHKASN, 4, "b.", "LHKASN atau non-LHKPN")
        jumlah = [
            (tata_n.ID_PENGUNGKIT, "Jumlah pengungkit", "A", ["A.I", "A.II"]),
            (tata_n.ID_HASIL, "Jumlah hasil", AREA_HASIL, list(simpul[AREA_HASIL].anak)),
            (tata_n.ID_TOTAL, "Nilai akhir", "total", list(simpul["total"].anak)),
        ]
        for baris, nama, kode, anak in jumlah:
            self._write_kepala(baris, 1, "", nama, kode, anak)

    def _write_kepala(self, baris, kolom, nomor, nama, kode, anak) -> None:
        """A node whose score is the sum of others."""
        self._write_teks(baris, kolom, nomor, nama)
        self._write_bobot(baris, kode)
        letak = [self._get_baris(satu) for satu in anak]
        for tahap in TAHAP:
            rumus = f"=SUM({','.join(f'{tahap.nilai}{satu}' for satu in letak)})"
            self._write_skor(tahap, baris, rumus, kode)

    def _write_sub_unsur(self, simpul, kolom, nomor) -> None:
        """Average of the answered questions, times its weight; blank ones are left out."""
        self._write_teks(simpul.baris_lke, kolom, nomor, simpul.nama)
        self._write_bobot(simpul.baris_lke, simpul.kode)
        letak = [self.instrumen.pertanyaan[k].baris_lke for k in simpul.daftar_pertanyaan]
        for tahap in TAHAP:
            sel = ",".join(f"{tahap.persen}{satu}" for satu in letak)
            rumus = f"=IFERROR(AVERAGE({sel})*$H{simpul.baris_lke},0)"
            self._write_skor(tahap, simpul.baris_lke, rumus, simpul.kode)

    def _write_teks(self, baris, kolom, nomor, nama) -> None:
        self.lembar.set_row(baris - 1, None, self.gaya["kepala"])
        if nomor:
            self.lembar.write_string(baris - 1, kolom, nomor, self.gaya["kepala"])
        self.lembar.write_string(baris - 1, kolom + 1, nama, self.gaya["kepala"])

    def _write_bobot(self, baris, kode) -> None:
        bobot = float(self.instrumen.simpul[kode].bobot)
        self.lembar.write_number(baris - 1, 7, bobot, self.gaya["kepala_angka"])

    def _write_skor(self, tahap: Tahap, baris: int, rumus: str, kode: str) -> None:
        nilai = float(self.skor[kode]) if tahap is TAHAP[0] else 0
        bobot = float(self.instrumen.simpul[kode].bobot)
        gaya = self.gaya
        r, angka = baris - 1, gaya["kepala_angka"]
        self.lembar.write_formula(r, tahap.k_nilai, rumus, angka, nilai)
        self.lembar.write_formula(
            r,
            tahap.k_persen,
            f"={tahap.nilai}{baris}/$H{baris}",
            gaya["kepala_persen"],
            nilai / bobot,
        )

    def _get_baris(self, kode: str) -> int:
        """The row that holds the score of a node."""
        if kode == "A":
            return tata_n.ID_PENGUNGKIT
        if kode == AREA_HASIL:
            return tata_n.ID_HASIL
        baris = self.instrumen.simpul[kode].baris_lke
        assert baris is not None, kode
        return baris
