"""Questions of the form: what is typed, what it is worth, and what may be typed at all."""

from collections.abc import Mapping
from decimal import Decimal

from penilaian import skor
from penilaian.instrumen import Instrumen, Pertanyaan, Tipe
from penilaian.jawaban import compute_bagian
from penilaian.lembar.edisi import SEBUTAN_TIPE
from penilaian.lembar.isi import IsiLembar
from penilaian.lembar.sel import to_desimal
from penilaian.lembar.tulis_rumus import TAHAP, Tahap, build_nilai, build_persen

KOLOM_TEKS = {"catatan": 11, "bukti": 12}
KOLOM_TAUTAN = 13
TAUTAN_TERPANJANG = 2000
SEL_TERPANJANG = 32_767


class PenulisIsian:
    """Writes questions with their sub-counts, and the drop-downs of all."""

    def __init__(self, lembar, gaya, instrumen: Instrumen, isi: IsiLembar):
        self.lembar, self.gaya, self.instrumen, self.isi = lembar, gaya, instrumen, isi
        self.nilai = skor.compute_nilai_semua(instrumen, isi.jawaban)
        self.pilihan: dict[tuple[str, ...], list[int]] = {}
        self.angka: dict[bool, list[int]] = {}

    def write(self) -> None:
        for pertanyaan in self.instrumen.daftar_pertanyaan:
            self._write_pertanyaan(pertanyaan)
        self._add_validasi()

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
            self._write_isian(r, None if angka is None else _to_sel(angka), gaya["isian_desimal"])
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
            if nomor or jawab is None:
                self.lembar.write_blank(r - 1, tahap.k_jawaban, None, gaya)
            elif isinstance(jawab, str):
                self.lembar.write_string(r - 1, tahap.k_jawaban, jawab, gaya)
            else:
                self.lembar.write_number(r - 1, tahap.k_jawaban, jawab, gaya)

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
                    r - 1, tahap.k_jawaban, f"=SUM({sel})", gaya["bulat"], hasil
                )
        for nomor, tahap in enumerate(TAHAP):
            nilai = None if nomor or lengkap is None else self.nilai.get(pertanyaan.kode)
            self.lembar.write_formula(
                pertanyaan.baris_lke - 1,
                tahap.k_jawaban,
                build_persen(pertanyaan, tahap),
                gaya["persen"],
                "" if nilai is None else float(nilai),
            )

    def _write_keterangan(self, kode: str, r: int) -> None:
        gaya = self.gaya["isian_teks"]
        teks = {
            "catatan": self.isi.catatan.get(kode, ""),
            "bukti": "\n".join(self.isi.bukti.get(kode, ())),
        }
        for nama, isi in teks.items():
            # Always as a string: a text that looks like a formula stays a text.
            if isi:
                kolom = KOLOM_TEKS[nama]
                self.lembar.write_string(r - 1, kolom, isi[:SEL_TERPANJANG], gaya)
        tautan = list(self.isi.tautan.get(kode, ()))
        if len(tautan) == 1 and len(tautan[0]) <= TAUTAN_TERPANJANG:
            self.lembar.write_url(r - 1, KOLOM_TAUTAN, tautan[0], gaya, string=tautan[0])
        elif tautan:
            # More than a cell holds is left out link by link: half a link leads nowhere.
            while len("\n".join(tautan)) > SEL_TERPANJANG:
                tautan.pop()
            self.lembar.write_string(r - 1, KOLOM_TAUTAN, "\n".join(tautan), gaya)

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
                r - 1, tahap.k_persen, build_nilai(pertanyaan, tahap), self.gaya["persen"], hasil
            )
            self.lembar.write_formula(
                r - 1,
                tahap.k_nilai,
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


def _to_sel(indeks: Decimal) -> float | str:
    """A number; as text where a cell's number could not hold all its decimals."""
    angka = float(indeks)
    return angka if to_desimal(angka) == indeks else format(indeks, "f").replace(".", ",")
