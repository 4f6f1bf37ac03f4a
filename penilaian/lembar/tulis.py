"""The national form (layout N) written anew, in our own words: formulas that count, drop-downs, and
results kept beside the formulas, so that a reader that does not compute shows the right figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from penilaian import skor
from penilaian.instrumen import AREA_HASIL, Instrumen, Pertanyaan, Tipe
from penilaian.jawaban import Isian, compute_bagian
from penilaian.lembar import tata_n
from penilaian.lembar.edisi import SEBUTAN_TIPE
from penilaian.lembar.tulis_gaya import add_gaya
from penilaian.lembar.tulis_ringkasan import write_ringkasan
from penilaian.lembar.tulis_rumus import TAHAP, Tahap, build_nilai, build_persen
from penilaian.skor import Kosong, Skor

JUDUL = (
    *("ID", "Komponen", "Aspek", "Area", "Unsur", "No.", "Pertanyaan dan rincian", "Bobot"),
    *("Pilihan dan artinya", "Tipe jawaban", "Jawaban unit", "Catatan unit", "Daftar bukti unit"),
    *("Tautan bukti", "Jawaban TPI unit", "Nilai", "%", "Catatan TPI unit"),
    *("Jawaban TPI {kementerian}", "Nilai", "%", "Catatan TPI {kementerian}"),
    *("Nilai unit", "% unit"),
)
LEBAR = (6, 5, 5, 5, 5, 5, 62, 8, 58, 11, 12, 48, 36, 36, 12, 8, 9, 36, 12, 8, 9, 36, 9, 9)
KOLOM_TEKS = {"catatan": "L", "bukti": "M", "tautan": "N"}
TAUTAN_TERPANJANG = 2000
SEL_TERPANJANG = 32_767


@dataclass(frozen=True)
class IsiLembar:
    """What a filled form says; `bukti` are names of evidence, `tautan` addresses."""

    nama_satker: str
    tahun: int
    target: str
    versi: str
    kementerian: str = "Kementerian"
    jawaban: Mapping[str, Isian] = field(default_factory=dict)
    catatan: Mapping[str, str] = field(default_factory=dict)
    bukti: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tautan: Mapping[str, Sequence[str]] = field(default_factory=dict)


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
        _Penulis(lembar, gaya, instrumen, isi, skor_unit).write()
        for satu, tahap in ringkasan:
            terisi = isi.jawaban if tahap is TAHAP[0] else {}
            write_ringkasan(satu, gaya, instrumen, isi, tahap, terisi)
        lembar.activate()


class LembarBiasa(Worksheet):
    """A sheet whose formulas use only functions every spreadsheet has had for long: looking in
    each for thirty newer ones took as long as everything else."""

    def _prepare_formula(self, formula, expand_future_functions=False):
        return formula.removeprefix("=")


def name_lembar_tpi(kementerian: str) -> str:
    """`TPI Kemenimipas`; a sheet's name has no more than 31 signs and none of a few."""
    bersih = "".join(huruf for huruf in kementerian if huruf not in "[]:*?/\\'").strip()
    nama = f"TPI {bersih}"[:31].strip()
    return "TPI Kementerian" if nama.casefold() in {"tpi", "tpi unit"} else nama


class _Penulis:
    def __init__(self, lembar, gaya, instrumen: Instrumen, isi: IsiLembar, skor_unit: Skor):
        self.lembar, self.gaya, self.instrumen, self.isi = lembar, gaya, instrumen, isi
        self.skor = skor_unit.nilai
        self.nilai = skor.compute_nilai_semua(instrumen, isi.jawaban)
        self.pilihan: dict[tuple[str, ...], list[int]] = {}
        self.angka: dict[bool, list[int]] = {}

    def write(self) -> None:
        self._set_up()
        for nomor in range(2, tata_n.ID_TOTAL + 1):
            self.lembar.write_number(nomor - 1, 0, nomor, self.gaya["id"])
        self._write_simpul()
        for pertanyaan in self.instrumen.daftar_pertanyaan:
            self._write_pertanyaan(pertanyaan)
        self._add_validasi()

    def _set_up(self) -> None:
        for kolom, (judul, lebar) in enumerate(zip(JUDUL, LEBAR, strict=True)):
            self.lembar.set_column(kolom, kolom, lebar)
            teks = judul.format(kementerian=self.isi.kementerian)
            self.lembar.write_string(0, kolom, teks, self.gaya["judul"])
        self.lembar.freeze_panes(1, 0)
        self.lembar.set_landscape()
        self.lembar.set_paper(9)
        self.lembar.fit_to_pages(1, 0)
        self.lembar.repeat_rows(0)
        self.lembar.print_area(0, 0, tata_n.ID_TOTAL - 1, len(JUDUL) - 1)
        self.lembar.set_footer(f"&LLKE {self.isi.tahun}&CHalaman &P dari &N&R{self.isi.versi}")

    # --- nodes ---
    def _write_simpul(self) -> None:
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
        self.lembar.write_formula(f"{tahap.nilai}{baris}", rumus, gaya["kepala_angka"], nilai)
        self.lembar.write_formula(
            f"{tahap.persen}{baris}",
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

    # --- questions ---
    def _write_pertanyaan(self, pertanyaan: Pertanyaan) -> None:
        r, gaya, lembar = pertanyaan.baris_lke, self.gaya, self.lembar
        huruf = pertanyaan.kode.rpartition(".")[2] + "."
        label = pertanyaan.label
        if pertanyaan.nama and pertanyaan.nama != label:
            label = f"{pertanyaan.nama}. {label}"
        lembar.write_string(r - 1, 5, huruf, gaya["tengah"])
        lembar.write_string(r - 1, 6, label, gaya["teks"])
        self._write_bagian(pertanyaan)
        arti = "\n".join(f"{opsi.kode}. {opsi.label}" for opsi in pertanyaan.opsi)
        lembar.write_string(r - 1, 8, arti or pertanyaan.catatan, gaya["teks"])
        lembar.write_string(r - 1, 9, SEBUTAN_TIPE[pertanyaan.tipe][0], gaya["tengah"])
        jawab = self.isi.jawaban.get(pertanyaan.kode)
        if pertanyaan.is_pilihan:
            self.pilihan.setdefault(tuple(pertanyaan.nilai_opsi), []).append(r)
            self._write_isian(r, jawab, gaya["isian"])
        elif pertanyaan.tipe == Tipe.INDEKS:
            self.angka.setdefault(True, []).append(r)
            indeks = pertanyaan.masukan[0].kode
            angka = jawab.get(indeks) if isinstance(jawab, Mapping) else None
            self._write_isian(r, None if angka is None else float(angka), gaya["isian_desimal"])
        else:
            self._write_rincian(pertanyaan, jawab if isinstance(jawab, Mapping) else {})
        self._write_keterangan(pertanyaan.kode, r)
        self._write_nilai(pertanyaan)

    def _write_bagian(self, pertanyaan: Pertanyaan) -> None:
        """The question's share of its sub-unsur; a result question weighs for itself."""
        r, simpul = pertanyaan.baris_lke, self.instrumen.simpul
        if pertanyaan.kode in simpul:
            bobot = float(simpul[pertanyaan.kode].bobot)
            self.lembar.write_number(r - 1, 7, bobot, self.gaya["angka"])
            return
        induk = simpul[pertanyaan.induk]
        jumlah = len(induk.daftar_pertanyaan)
        self.lembar.write_formula(
            r - 1,
            7,
            f"=H{induk.baris_lke}/{jumlah}",
            self.gaya["angka"],
            float(induk.bobot) / jumlah,
        )

    def _write_isian(self, r: int, jawab, gaya) -> None:
        for nomor, tahap in enumerate(TAHAP):
            sel = f"{tahap.jawaban}{r}"
            if nomor or jawab is None:
                self.lembar.write_blank(sel, None, gaya)
            elif isinstance(jawab, str):
                self.lembar.write_string(sel, jawab, gaya)
            else:
                self.lembar.write_number(sel, jawab, gaya)

    def _write_rincian(self, pertanyaan: Pertanyaan, jawab: Mapping) -> None:
        gaya = self.gaya
        lengkap = compute_bagian(pertanyaan, jawab) if jawab else None
        for masukan in pertanyaan.masukan:
            r = masukan.baris_lke
            self.lembar.write_string(r - 1, 6, f"- {masukan.label}", gaya["teks"])
            self.lembar.write_string(r - 1, 9, "Jumlah", gaya["tengah"])
            if not masukan.dihitung:
                self.angka.setdefault(False, []).append(r)
                angka = jawab.get(masukan.kode)
                self._write_isian(r, None if angka is None else int(angka), gaya["isian_bulat"])
                continue
            bagian = [pertanyaan.masukan_menurut_kode[b].baris_lke for b in masukan.bagian]
            for nomor, tahap in enumerate(TAHAP):
                sel = ",".join(f"{tahap.jawaban}{b}" for b in bagian)
                hasil = sum(int(jawab.get(b, 0)) for b in masukan.bagian) if not nomor else 0
                self.lembar.write_formula(
                    f"{tahap.jawaban}{r}", f"=SUM({sel})", gaya["bulat"], hasil
                )
        for nomor, tahap in enumerate(TAHAP):
            nilai = None if nomor or lengkap is None else self.nilai.get(pertanyaan.kode)
            self.lembar.write_formula(
                f"{tahap.jawaban}{pertanyaan.baris_lke}",
                build_persen(pertanyaan, tahap),
                gaya["persen"],
                "" if nilai is None else float(nilai),
            )

    def _write_keterangan(self, kode: str, r: int) -> None:
        teks = {
            "catatan": self.isi.catatan.get(kode, ""),
            "bukti": "\n".join(self.isi.bukti.get(kode, ())),
        }
        for nama, isi in teks.items():
            # Always as a string: a text that looks like a formula stays a text.
            if isi:
                sel = f"{KOLOM_TEKS[nama]}{r}"
                self.lembar.write_string(sel, isi[:SEL_TERPANJANG], self.gaya["isian_teks"])
        tautan = list(self.isi.tautan.get(kode, ()))
        sel = f"{KOLOM_TEKS['tautan']}{r}"
        if len(tautan) == 1 and len(tautan[0]) <= TAUTAN_TERPANJANG:
            self.lembar.write_url(sel, tautan[0], self.gaya["isian_teks"], string=tautan[0])
        elif tautan:
            isi = "\n".join(tautan)[:SEL_TERPANJANG]
            self.lembar.write_string(sel, isi, self.gaya["isian_teks"])

    def _write_nilai(self, pertanyaan: Pertanyaan) -> None:
        """Worth 0 to 1 in the percent column, times its share in the score column."""
        r = pertanyaan.baris_lke
        simpul = self.instrumen.simpul
        bobot = float(pertanyaan.bobot)
        if pertanyaan.kode not in simpul:
            induk = simpul[pertanyaan.induk]
            bobot = float(induk.bobot) / len(induk.daftar_pertanyaan)
        for nomor, tahap in enumerate(TAHAP):
            nilai = None if nomor else self.nilai.get(pertanyaan.kode)
            hasil = "" if nilai is None else float(nilai)
            self.lembar.write_formula(
                f"{tahap.persen}{r}", build_nilai(pertanyaan, tahap), self.gaya["persen"], hasil
            )
            self.lembar.write_formula(
                f"{tahap.nilai}{r}",
                f'=IF({tahap.persen}{r}="","",{tahap.persen}{r}*$H{r})',
                self.gaya["angka"],
                "" if nilai is None else float(nilai) * bobot,
            )

    # --- drop-downs ---
    def _add_validasi(self) -> None:
        for tahap in TAHAP:
            for pilihan, daftar in self.pilihan.items():
                aturan = {
                    "validate": "list",
                    "source": list(pilihan),
                    "error_title": "Jawaban tidak dikenal",
                    "error_message": f"Pilih {', '.join(pilihan)}.",
                }
                self._validate(tahap, daftar, aturan)
            bulat = {
                "validate": "integer",
                "criteria": ">=",
                "value": 0,
                "error_title": "Bukan jumlah",
                "error_message": "Isi bilangan bulat mulai dari 0.",
            }
            self._validate(tahap, self.angka.get(False, []), bulat)
            desimal = {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 0,
                "maximum": 4,
                "error_title": "Bukan indeks",
                "error_message": "Isi angka 0 sampai 4, dengan koma desimal.",
            }
            self._validate(tahap, self.angka.get(True, []), desimal)

    def _validate(self, tahap: Tahap, daftar: list[int], aturan: dict) -> None:
        """One rule for all its cells."""
        if not daftar:
            return
        sel = " ".join(f"{tahap.jawaban}{r}" for r in daftar)
        pertama = f"{tahap.jawaban}{daftar[0]}"
        self.lembar.data_validation(pertama, aturan | {"multi_range": sel})
