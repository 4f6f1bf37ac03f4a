"""The answers, notes and links of a sheet whose rows and columns are known."""

from collections.abc import Mapping
from decimal import Decimal

from penilaian import skor
from penilaian.instrumen import Instrumen, Pertanyaan, Tipe
from penilaian.jawaban import CATATAN_TERPANJANG, Isian
from penilaian.lembar import sel
from penilaian.lembar.buku import Lembar, clean_teks, name_sel
from penilaian.lembar.edisi import SEBUTAN_TIPE, Kolom
from penilaian.lembar.galat import LembarError, Peringatan, SelSalahError
from penilaian.lembar.hasil import HasilBaca
from penilaian.lembar.letak import Letak
from penilaian.lembar.rumus import compute_nilai
from penilaian.lembar.tanggal import Tanggal
from penilaian.lembar.xml import Galat

PERSEN_TERDEKAT = Decimal("0.0001")


class Pembaca:
    """Reads question by question; faults are gathered and told together."""

    def __init__(
        self, instrumen: Instrumen, tata_letak: str, lembar: Lembar, kolom: Kolom, letak: Letak
    ):
        self.instrumen, self.lembar, self.kolom, self.letak = instrumen, lembar, kolom, letak
        self.galat: list[str] = list(letak.galat)
        self.hasil = HasilBaca(
            tata_letak, lembar.nama, len(letak.pertanyaan), peringatan=list(letak.peringatan)
        )
        # A file no spreadsheet has opened keeps no results, or a zero for each.
        self.terhitung = any(
            satu.rumus is not None and satu.nilai not in (None, 0.0, "")
            for satu in lembar.sel.values()
        )

    def read(self) -> HasilBaca:
        hilang = []
        for pertanyaan in self.instrumen.daftar_pertanyaan:
            if pertanyaan.kode in self.letak.pertanyaan:
                self._read_pertanyaan(pertanyaan)
            else:
                hilang.append(pertanyaan.kode)
        if hilang:
            self._warn(
                max(1, self.kolom.baris_judul),
                self.kolom.letak["jawaban"],
                f"{len(hilang)} pertanyaan tidak ditemukan pada lembar ini: {', '.join(hilang)}.",
            )
        if self.galat:
            raise LembarError(self.galat)
        return self.hasil

    # --- one question ---
    def _read_pertanyaan(self, pertanyaan: Pertanyaan) -> None:
        kode, baris = pertanyaan.kode, self.letak.pertanyaan[pertanyaan.kode]
        rincian = [
            self.letak.masukan[kode, m.kode]
            for m in pertanyaan.masukan
            if (kode, m.kode) in self.letak.masukan
        ]
        self._check_tipe(baris, *SEBUTAN_TIPE[pertanyaan.tipe])
        if pertanyaan.is_pilihan:
            isian: Isian | None = self._read_pilihan(pertanyaan, baris)
        elif pertanyaan.tipe == Tipe.INDEKS:
            angka = self._read_angka(baris, pertanyaan.masukan[0])
            isian = None if angka is None else {pertanyaan.masukan[0].kode: angka}
        else:
            for satu in rincian:
                self._check_tipe(satu, "Jumlah", {"jumlah", "jumlah(orang)", "angka", "orang"})
            isian = self._read_rincian(pertanyaan)
            self._check_persen(pertanyaan, baris, isian or {})
        if isian:
            self.hasil.jawaban[kode] = isian
        self._read_catatan(kode, [baris, *(satu for satu in rincian if satu != baris)])

    def _check_tipe(self, baris: int, sebutan: str, dikenal: set[str]) -> None:
        kolom = self.kolom.letak["tipe"]
        teks = self.lembar.get_teks(baris, kolom)
        if teks and "".join(teks.casefold().split()) not in dikenal:
            self._warn(
                baris,
                kolom,
                f"tipe jawaban tertulis {sel.quote(teks)}, seharusnya {sebutan}; jawabannya tetap "
                "dibaca menurut instrumen, sedangkan rumus lembar mungkin mengabaikannya.",
            )

    def _read_pilihan(self, pertanyaan: Pertanyaan, baris: int) -> str | None:
        kolom = self.kolom.letak["jawaban"]
        isi = compute_nilai(self.lembar, baris, kolom)
        self._note_kosong(baris, kolom, isi)
        kriteria = self.lembar.get(baris, self.kolom.letak["kriteria"]).nilai
        try:
            return sel.read_pilihan(pertanyaan, isi, kriteria if isinstance(kriteria, str) else "")
        except SelSalahError as error:
            self._refuse(baris, kolom, str(error))
            return None

    def _read_angka(self, baris: int, masukan) -> Decimal | None:
        kolom = self.kolom.letak["jawaban"]
        isi = compute_nilai(self.lembar, baris, kolom)
        self._note_kosong(baris, kolom, isi)
        try:
            return sel.read_angka(masukan, isi)
        except SelSalahError as error:
            self._refuse(baris, kolom, str(error))
            return None

    def _read_rincian(self, pertanyaan: Pertanyaan) -> dict[str, Decimal] | None:
        """The typed sub-counts, possibly not all; a sum is computed, never read."""
        angka: dict[str, Decimal] = {}
        for masukan in pertanyaan.daftar_isian:
            baris = self.letak.masukan.get((pertanyaan.kode, masukan.kode))
            nilai_sel = None if baris is None else self._read_angka(baris, masukan)
            if nilai_sel is not None:
                angka[masukan.kode] = nilai_sel
        for masukan in pertanyaan.masukan:
            if masukan.dihitung:
                self._check_jumlah(pertanyaan, masukan, angka)
        return angka or None

    def _check_jumlah(self, pertanyaan, masukan, angka: Mapping[str, Decimal]) -> None:
        """Warn where a sum was typed over, or stands without its parts."""
        baris = self.letak.masukan.get((pertanyaan.kode, masukan.kode))
        if baris is None:
            return
        kolom = self.kolom.letak["jawaban"]
        isi = self.lembar.get(baris, kolom)
        tertulis = sel.to_angka(isi.nilai)
        if tertulis is None or (isi.rumus is not None and not self.terhitung):
            return
        jumlah = sum((angka.get(bagian, Decimal(0)) for bagian in masukan.bagian), Decimal(0))
        if tertulis == jumlah:
            return
        if all(bagian in angka for bagian in masukan.bagian):
            pesan = (
                f"tertulis {clean_teks(isi.nilai)}, padahal jumlah rinciannya {jumlah}; "
                "jumlah rinciannya yang dipakai."
            )
        else:
            pesan = (
                f"tertulis {clean_teks(isi.nilai)}, tetapi rinciannya belum lengkap; isi "
                "rinciannya, jumlahnya dihitung sendiri."
            )
        self._warn(baris, kolom, pesan)

    def _check_persen(self, pertanyaan: Pertanyaan, baris: int, isian) -> None:
        """The percentage itself is recomputed; a kept one that differs is told."""
        kolom = self.kolom.letak["jawaban"]
        isi = self.lembar.get(baris, kolom)
        if isinstance(isi.nilai, Galat) or (isi.rumus is not None and not self.terhitung):
            return
        tertulis = _to_bagian(isi.nilai)
        if tertulis is None:
            return
        dihitung = skor.compute_nilai(pertanyaan, isian)
        if dihitung is None:
            if tertulis or isian:
                self._warn(
                    baris,
                    kolom,
                    f"tertulis {_show_persen(tertulis)}, tetapi rincian jumlahnya belum lengkap, "
                    "jadi belum dihitung terjawab.",
                )
            return
        if abs(min(tertulis, Decimal(1)) - dihitung) > PERSEN_TERDEKAT:
            if abs(tertulis / 100 - dihitung) <= PERSEN_TERDEKAT:
                return
            self._warn(
                baris,
                kolom,
                f"tertulis {_show_persen(tertulis)}, padahal rinciannya memberi "
                f"{_show_persen(dihitung)}; yang dipakai hitungan dari rinciannya.",
            )

    def _note_kosong(self, baris: int, kolom: int, isi) -> None:
        """Cells that are blank although something stands in them."""
        if isi is None and self.lembar.get(baris, kolom).rumus is not None:
            self._warn(
                baris,
                kolom,
                "berisi rumus yang hasilnya tidak tersimpan, jadi dibaca sebagai belum dijawab. "
                "Buka dengan aplikasi lembar kerja, simpan, lalu impor lagi, atau ketik jawabannya.",
            )
        elif isinstance(isi, str) and not isinstance(isi, Galat) and clean_teks(isi) in sel.SETRIP:
            self._warn(baris, kolom, "tanda strip dibaca sebagai belum dijawab.")

    # --- notes and links ---
    def _read_catatan(self, kode: str, daftar_baris: list[int]) -> None:
        for peran, wadah in (("catatan", self.hasil.catatan), ("bukti", self.hasil.bukti)):
            if kolom := self.kolom.get(peran):
                teks = [_to_catatan(self.lembar.get(b, kolom).nilai) for b in daftar_baris]
                if ada := [satu for satu in teks if satu]:
                    wadah[kode] = "\n".join(ada)
        panjang = len(self.hasil.catatan.get(kode, ""))
        if panjang > CATATAN_TERPANJANG:
            self._warn(
                daftar_baris[0],
                self.kolom.letak["catatan"],
                f"catatan ini {panjang} huruf; yang disimpan {CATATAN_TERPANJANG} huruf pertama.",
            )
        tautan: list[str] = []
        for baris in daftar_baris:
            if kolom := self.kolom.get("tautan"):
                tautan += self._read_tautan(baris, kolom, wajib=True)
            if kolom := self.kolom.get("bukti"):
                tautan += self._read_tautan(baris, kolom, wajib=False)
        if tautan:
            self.hasil.tautan[kode] = list(dict.fromkeys(tautan))

    def _read_tautan(self, baris: int, kolom: int, *, wajib: bool) -> list[str]:
        """Links of one cell: its text, what it links to, its HYPERLINK formula. In a column that
        is not for links, only what is plainly one."""
        isi = self.lembar.get(baris, kolom)
        teks = isi.nilai if isinstance(isi.nilai, str) and not isinstance(isi.nilai, Galat) else ""
        daftar, bukan = sel.split_tautan(teks) if wajib else (sel.find_tautan(teks), [])
        sasaran = [self.lembar.tautan.get((baris, kolom), ""), sel.read_rumus_tautan(isi.rumus)]
        for alamat in filter(None, sasaran):
            if not sel.is_alamat(alamat):
                if not daftar:
                    self._warn(
                        baris, kolom, f"menunjuk {sel.quote(alamat)}, yang bukan alamat internet."
                    )
            elif sel.is_same_alamat(alamat, teks):
                # One address in two spellings: typed with a blank in it, kept without.
                daftar = daftar if len(daftar) == 1 and daftar[0] == teks.strip() else [alamat]
            elif not any(sel.is_same_alamat(alamat, satu) for satu in daftar):
                daftar = [s for s in daftar if not _is_cut(s, alamat)] + [alamat]
        if bukan and not daftar:
            self._warn(
                baris, kolom, f"{sel.quote(' '.join(bukan))} bukan tautan, jadi tidak dipakai."
            )
        return daftar

    # --- telling ---
    def _warn(self, baris: int, kolom: int, pesan: str) -> None:
        self.hasil.peringatan.append(Peringatan(name_sel(baris, kolom), pesan))

    def _refuse(self, baris: int, kolom: int, pesan: str) -> None:
        self.galat.append(f'Lembar "{self.lembar.nama}", sel {name_sel(baris, kolom)}: {pesan}')


def _to_catatan(isi) -> str:
    """A note as it is kept: line breaks stay, blanks around it go."""
    if isinstance(isi, str) and not isinstance(isi, Galat):
        return isi.replace("\r\n", "\n").strip()
    return isi.teks if isinstance(isi, Tanggal) else clean_teks(isi)


def _to_bagian(isi) -> Decimal | None:
    """A percentage as a share of 1; "95%" as text too."""
    if isinstance(isi, str) and not isinstance(isi, Galat):
        persen = clean_teks(isi).endswith("%")
        angka = sel.to_angka(clean_teks(isi).rstrip("% "), desimal=True)
        return angka / 100 if angka is not None and persen else angka
    return sel.to_angka(isi, desimal=True)


def _show_persen(bagian: Decimal) -> str:
    return f"{bagian * 100:.2f}".replace(".", ",") + "%"


def _is_cut(teks: str, alamat: str) -> bool:
    """An address shown shortened, with dots at its end, beside the whole one."""
    pendek = teks.rstrip(".…")
    return pendek != teks and alamat.startswith(pendek)
