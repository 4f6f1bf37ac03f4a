"""Workbooks as offices have them, in both layouts, for tests: the form is made from the instrument,
`isi` fills it, `ubah` then changes single cells by their names."""

import io
import re

import xlsxwriter

from penilaian import skor
from penilaian.instrumen import Tipe, load_bawaan
from penilaian.jawaban import read_semua
from penilaian.skor import Kosong

TIPE = {
    Tipe.YA_TIDAK: "Ya/Tidak",
    Tipe.ABC: "A/B/C",
    Tipe.ABCD: "A/B/C/D",
    Tipe.ABCDE: "A/B/C/D/E",
    Tipe.PERSEN: "%",
    Tipe.INDEKS: "Nilai\n(0-4)",
}
JUDUL_N = {
    "A": "ID",
    "G": "Penilaian",
    "H": "Bobot",
    "I": "Kriteria",
    "J": "Pilihan\nJawaban",
    "K": " Jawaban\nUnit ",
    "L": "Catatan/Keterangan/\nPenjelasan",
    "M": "Daftar Bukti Dukung",
    "N": "Tautan Bukti Dukung",
    "O": "Jawaban TPI Unit",
    "P": "Nilai",
    "Q": "%",
    "R": "Catatan TPI Unit",
    "S": "Jawaban TPI Kementerian",
    "T": "Nilai",
    "U": "%",
    "V": "Catatan TPI Kementerian",
}
JUDUL_2026 = {k: v for k, v in JUDUL_N.items() if k < "N"} | {
    "N": "Jawaban TPI",
    "O": "Nilai",
    "P": "%",
    "Q": "Catatan TPI",
}
JUDUL_L = {
    "A": "No",
    "B": "PENILAIAN",
    "H": "Bobot",
    "I": "Penjelasan",
    "J": "Pilihan Jawaban",
    "K": "Jawaban",
    "L": "Nilai",
    "M": "%",
    "O": "Catatan",
    "P": "Bukti Dukung",
    "Q": "Link",
}
KRITERIA = "a. Seluruh pegawai terlibat; b. Sebagian pegawai terlibat; c. Belum ada yang terlibat"


class Sel(dict):
    """Cells by name; a tuple is a formula with its kept result, a dict has `link` and `teks`."""

    def write(self, lembar):
        for nama, isi in self.items():
            if isinstance(isi, dict):
                lembar.write_url(nama, isi["link"], string=isi.get("teks"))
            elif isinstance(isi, tuple):
                rumus, hasil = isi
                lembar.write_formula(nama, rumus, None, hasil)
            elif isinstance(isi, str):
                lembar.write_string(nama, isi)
            elif isi is not None:
                lembar.write(nama, isi)


def make_n(isi=None, *, judul=None, ubah=None, hapus=(), unit=None, nama="Jawaban", lain=None):
    """Layout N: `isi` is {kode: answer} in the exchanged shape."""
    sel = Sel({f"{k}1": v for k, v in (judul or JUDUL_N).items()})
    for nomor in range(2, 205):
        sel[f"A{nomor}"] = nomor
    for satu in load_bawaan().daftar_pertanyaan:
        _fill(sel, satu, {satu.kode: satu.baris_lke}, _rows_n(satu), (isi or {}).get(satu.kode))
    sel |= ubah or {}
    for satu in hapus:
        sel.pop(satu, None)
    daftar = {"Unit": Sel(unit or {}), "TPI Unit": Sel(), "TPI Itjen": Sel(), nama: sel}
    return make_buku(daftar | (lain or {}))


def _rows_n(satu):
    return {m.kode: m.baris_lke for m in satu.masukan}


def _fill(sel, satu, baris, rincian, jawab):
    """One question and its sub-counts, with the formulas that offices have."""
    r = baris[satu.kode]
    sel[f"J{r}"] = TIPE[satu.tipe]
    sel[f"G{r}"] = satu.label
    sel[f"I{r}"] = KRITERIA
    if satu.is_pilihan:
        sel[f"K{r}"] = jawab
    elif satu.tipe == Tipe.INDEKS:
        sel[f"K{r}"] = None if jawab is None else float(jawab["indeks"])
    else:
        jawab = jawab or {}
        for m in satu.masukan:
            rm = rincian[m.kode]
            sel[f"G{rm}"] = f"- {m.label}"
            sel[f"J{rm}"] = "Jumlah"
            if m.dihitung:
                rumus = "+".join(f"K{rincian[b]}" for b in m.bagian)
                sel[f"K{rm}"] = (f"={rumus}", sum(int(jawab.get(b, 0)) for b in m.bagian))
            else:
                sel[f"K{rm}"] = jawab.get(m.kode)
        if len(jawab) == len(satu.daftar_isian):
            nilai = skor.compute_nilai(
                satu, read_semua(load_bawaan(), {satu.kode: jawab})[satu.kode]
            )
            atas, bawah = rincian[satu.rumus.atas], rincian[satu.rumus.bawah]
            sel[f"K{r}"] = (f"=K{atas}/K{bawah}", float(nilai))


class LembarL:
    """Rows of the appendix's sheet in its order, with scores as its formulas keep them."""

    def __init__(self, isi=None, berhasil=True):
        self.sel = Sel({f"{k}2": v for k, v in JUDUL_L.items()})
        self.sel["A1"] = "LEMBAR KERJA EVALUASI ZONA INTEGRITAS"
        self.isi = isi or {}
        self.baris = 3
        self.pertanyaan: dict[str, int] = {}
        self.rincian: dict[tuple[str, str], int] = {}
        self.simpul: dict[str, int] = {}
        self.instrumen = load_bawaan()
        jawaban = read_semua(self.instrumen, self.isi)
        self.skor = skor.compute(self.instrumen, jawaban, Kosong.ABAIKAN).nilai
        self.nilai = skor.compute_nilai_semua(self.instrumen, jawaban)
        self.berhasil = berhasil
        self._build()

    def _build(self):
        self._add_simpul("A", "B", "A.", "PENGUNGKIT")
        for aspek, nama in (("A.I", "PEMENUHAN"), ("A.II", "REFORM")):
            self._add_simpul(aspek, "C", aspek[2:] + ".", nama)
            for nomor in range(1, 7):
                kode = f"{aspek}.{nomor}"
                self._add_simpul(kode, "D", f"{nomor}.", self.instrumen.simpul[f"A.{nomor}"].nama)
                for sub in self.instrumen.simpul[kode].anak:
                    self._add_simpul(
                        sub, "E", sub.split(".")[-1] + ".", self.instrumen.simpul[sub].nama
                    )
                    self._add_pertanyaan(self.instrumen.simpul[sub].daftar_pertanyaan)
                self.baris += 1
        self._add_simpul("B", "B", "B.", "HASIL")
        for kode in ("B.I", "B.II"):
            self._add_simpul(kode, "C", kode[2:] + ".", self.instrumen.simpul[kode].nama)
            self._add_pertanyaan(self.instrumen.simpul[kode].anak)
        self.sel[f"C{self.baris}"] = "NILAI EVALUASI ZONA INTEGRITAS"
        self._add_nilai("total", "=L3+L200")
        self.baris += 1

    def _add_simpul(self, kode, kolom, nomor, nama):
        self.simpul[kode] = self.baris
        self.sel[f"{kolom}{self.baris}"] = nomor
        self.sel[f"{chr(ord(kolom) + 1)}{self.baris}"] = nama
        self.sel[f"A{self.baris}"] = self.baris // 2
        self._add_nilai(kode, f"=AVERAGE(L{self.baris + 1}:L{self.baris + 2})*H{self.baris}")
        self.baris += 1

    def _add_nilai(self, kode, rumus):
        self.sel[f"L{self.baris}"] = (rumus, float(self.skor[kode]) if self.berhasil else "")

    def _add_pertanyaan(self, daftar):
        daftar = [self.instrumen.pertanyaan[kode] for kode in daftar]
        # The appendix has A.I.6.v as a, c, b.
        for satu in sorted(daftar, key=lambda s: s.baris_lke):
            r = self.baris
            self.pertanyaan[satu.kode] = r
            kolom, nomor = self._number(satu)
            self.sel[f"{kolom}{r}"] = nomor
            self.baris += 1
            for m in satu.masukan if satu.tipe == Tipe.PERSEN else ():
                self.rincian[satu.kode, m.kode] = self.baris
                self.baris += 1
            jawab = self.isi.get(satu.kode)
            rincian = {m: b for (k, m), b in self.rincian.items() if k == satu.kode}
            _fill(self.sel, satu, {satu.kode: r}, rincian, jawab)
            nilai = self.nilai.get(satu.kode)
            hasil = "Blm Diisi" if nilai is None else float(nilai)
            self.sel[f"L{r}"] = (f'=IF(K{r}="","Blm Diisi",1)', hasil if self.berhasil else "")

    def _number(self, satu):
        if satu.kode == "A.II.5.iii.a":
            return "E", "i."
        if satu.kode == "A.II.5.iii.b":
            return "F", "Penyampaian LHKASN"
        if satu.kode == "A.I.6.v.b":
            return "F", "c."
        if satu.kode == "A.I.6.v.c":
            return "F", "b."
        return ("D" if satu.area == "B" else "F"), satu.nomor_resmi

    def make(self, nama="LKE ZI", lain=None):
        return make_buku(
            {"Utama": Sel(), "Ctt Eval": Sel({"A1": ("=#REF!", "#REF!")}), nama: self.sel}
            | (lain or {})
        )


def make_l(isi=None, *, ubah=None, berhasil=True):
    """Layout L; `ubah` is a function that changes the sheet before it is written."""
    lembar = LembarL(isi, berhasil)
    if ubah:
        ubah(lembar)
    return lembar.make()


def make_buku(daftar):
    """A workbook of named sheets."""
    penampung = io.BytesIO()
    with xlsxwriter.Workbook(penampung) as buku:
        for nama, sel in daftar.items():
            lembar = buku.add_worksheet(nama)
            if callable(sel):
                sel(buku, lembar)
            else:
                Sel(sel).write(lembar)
    return penampung.getvalue()


def shift_baris(nama, jumlah):
    """`K7` moved down."""
    huruf, nomor = re.fullmatch(r"([A-Z]+)(\d+)", nama).groups()
    return f"{huruf}{int(nomor) + jumlah}"
