"""The national form (layout N) written anew, in our own words: formulas that count, drop-downs, and
results kept beside the formulas, so that a reader that does not compute shows the right figures."""

from typing import IO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from penilaian import skor
from penilaian.instrumen import Instrumen
from penilaian.lembar import tata_n
from penilaian.lembar.isi import IsiLembar
from penilaian.lembar.tulis_gaya import add_gaya
from penilaian.lembar.tulis_isian import PenulisIsian
from penilaian.lembar.tulis_ringkasan import write_ringkasan
from penilaian.lembar.tulis_rumus import TAHAP
from penilaian.lembar.tulis_simpul import PenulisSimpul
from penilaian.skor import Kosong

JUDUL = (
    *("ID", "Komponen", "Aspek", "Area", "Unsur", "No.", "Pertanyaan dan rincian", "Bobot"),
    *("Pilihan dan artinya", "Tipe jawaban", "Jawaban unit", "Catatan unit", "Daftar bukti unit"),
    *("Tautan bukti", "Jawaban TPI unit", "Nilai", "%", "Catatan TPI unit"),
    *("Jawaban TPI {kementerian}", "Nilai", "%", "Catatan TPI {kementerian}"),
    *("Nilai unit", "% unit"),
)
LEBAR = (6, 5, 5, 5, 5, 5, 62, 8, 58, 11, 12, 48, 36, 36, 12, 8, 9, 36, 12, 8, 9, 36, 9, 9)


def write_lembar(berkas: IO[bytes], instrumen: Instrumen, isi: IsiLembar) -> None:
    """Write the form to an open binary file. Reading it back gives exactly `isi`."""
    with xlsxwriter.Workbook(berkas, {"in_memory": True}) as buku:
        buku.set_properties({"title": f"LKE {isi.tahun} {isi.nama_satker}"})
        gaya = add_gaya(buku)
        ringkasan = [
            (buku.add_worksheet(nama, LembarBiasa), tahap)
            for nama, tahap in zip(
                ("Unit", "TPI Unit", name_lembar_tpi(isi.kementerian)), TAHAP, strict=True
            )
        ]
        lembar = buku.add_worksheet(tata_n.LEMBAR, LembarBiasa)
        skor_unit = skor.compute(instrumen, isi.jawaban, Kosong.ABAIKAN)
        _set_up(lembar, gaya, isi)
        PenulisSimpul(lembar, gaya, instrumen, skor_unit).write()
        PenulisIsian(lembar, gaya, instrumen, isi).write()
        for satu, tahap in ringkasan:
            terisi = isi.jawaban if tahap is TAHAP[0] else {}
            write_ringkasan(satu, gaya, instrumen, isi, tahap, terisi)
        lembar.activate()


class LembarBiasa(Worksheet):
    """A sheet whose formulas use only functions every spreadsheet has had for long: looking in
    each for thirty newer ones took as long as everything else."""

    def _prepare_formula(self, formula, expand_future_functions=False):
        return formula.removeprefix("=")

    def _calculate_spans(self):
        """A hint to readers, which may be left out."""
        self.row_spans = {}


def name_lembar_tpi(kementerian: str) -> str:
    """`TPI Kemenimipas`; a sheet's name has no more than 31 signs and none of a few."""
    bersih = "".join(huruf for huruf in kementerian if huruf not in "[]:*?/\\'").strip()
    nama = f"TPI {bersih}"[:31].strip()
    return "TPI Kementerian" if nama.casefold() in {"tpi", "tpi unit"} else nama


def _set_up(lembar, gaya, isi: IsiLembar) -> None:
    """Headings, widths, IDs, and how it prints."""
    for kolom, (judul, lebar) in enumerate(zip(JUDUL, LEBAR, strict=True)):
        lembar.set_column(kolom, kolom, lebar)
        teks = judul.format(kementerian=isi.kementerian)
        lembar.write_string(0, kolom, teks, gaya["judul"])
    lembar.freeze_panes(1, 0)
    lembar.set_landscape()
    lembar.set_paper(9)
    lembar.fit_to_pages(1, 0)
    lembar.repeat_rows(0)
    lembar.print_area(0, 0, tata_n.ID_TOTAL - 1, len(JUDUL) - 1)
    lembar.set_footer(f"&LLKE {isi.tahun}&CHalaman &P dari &N&R{isi.versi}")
    for nomor in range(2, tata_n.ID_TOTAL + 1):
        lembar.write_number(nomor - 1, 0, nomor, gaya["id"])
