"""Layout L, the sheet of the regulation's appendix: rows of `LKE ZI` are known by their numbering
path in columns B to G, never by their place or by the running number in column A."""

import re

from penilaian.instrumen import AREA_HASIL, Instrumen, Pertanyaan, Simpul, Tipe
from penilaian.lembar.buku import Lembar, name_sel
from penilaian.lembar.edisi import SEBUTAN_TIPE, Kolom
from penilaian.lembar.galat import Peringatan
from penilaian.lembar.letak import Letak
from penilaian.lembar.sel import SETRIP

LEMBAR = "LKE ZI"
B, F, G = 2, 6, 7
DALAM_PERTANYAAN = 4
_NOMOR = re.compile(r"\(?\s*([A-Ha-h]|[IVXivx]{1,4}|\d{1,2})\s*[.)]*")
_BERNAMA = re.compile(r"([A-Ha-h]|[IVXivx]{1,4}|\d{1,2})\s*[.)]\s*\S")
# What may stand in the column of answer types, mistyped ones included.
_TIPE = re.compile(r"ya|tidak|[abcde]/|%|persen|nilai|0-4|indeks|angka")
_ROMAWI = re.compile(r"[ivx]+")
ROMAWI = ("i", "ii", "iii")
_JUMLAH = re.compile(r"\b(total|jumlah|nilai akhir|nilai evaluasi|nilai keseluruhan|nilai total)\b")


def find_letak(lembar: Lembar, kolom: Kolom, instrumen: Instrumen) -> Letak:
    """Walk the sheet from top to bottom, following its numbering."""
    penelusur = _Penelusur(lembar, kolom, instrumen)
    for baris in range(kolom.baris_judul + 1, lembar.baris_terakhir + 1):
        penelusur.step(baris)
    penelusur.finish()
    return penelusur.letak


def read_nomor(teks: str) -> str | None:
    """The numbering a cell holds, bare; `-` for a dash, empty for nothing, None for other text."""
    if not teks:
        return ""
    if teks in SETRIP:
        return "-"
    if cocok := _NOMOR.fullmatch(teks) or _BERNAMA.match(teks):
        return cocok[1]
    return None


class _Penelusur:
    def __init__(self, lembar: Lembar, kolom: Kolom, instrumen: Instrumen):
        self.lembar, self.kolom, self.instrumen = lembar, kolom, instrumen
        self.letak = Letak()
        self.jalur: list[str] = []
        # The sub-unsur or result node the walk is in, its questions found, and the one it is at.
        self.simpul: Simpul | None = None
        self.kini: Pertanyaan | None = None
        # A question whose heading was seen while its own row is still to come.
        self.tunggu: str = ""
        # A row since the last question that may be the heading of a sub-unsur.
        self.kepala = 0
        self.rincian: dict[str, list[int]] = {}
        self.tanya = {
            satu.kode: list(satu.daftar_pertanyaan or satu.anak)
            for satu in instrumen.daftar_simpul
            if satu.level in {"sub_unsur", "sub_komponen"}
        }

    # --- one row ---
    def step(self, baris: int) -> None:
        teks = [self.lembar.get_teks(baris, satu) for satu in range(B, G + 1)]
        if not any(teks):
            return
        tipe = self._get_tipe(baris)
        if self._is_rincian(teks, tipe):
            self.rincian.setdefault(self.kini.kode, []).append(baris)  # type: ignore[union-attr]
            self.tunggu = ""
            return
        dalam, nomor = self._find_nomor(teks)
        if nomor not in {"", "-"}:
            if not self._follow(dalam, nomor, baris, tipe):
                self._guess(f'penomoran "{nomor}" tidak dikenal di sini', baris, tipe)
        elif self._is_pertanyaan(nomor, baris, tipe) and (kode := self._get_berikut(tipe)):
            self._note_pertanyaan(kode, baris, bertipe=True)
        elif not self._note_jumlah(teks, baris) and self.jalur:
            if len(self.jalur) == DALAM_PERTANYAAN and not tipe and (teks[3] or teks[4]):
                self.kepala = baris
            self._guess("tidak bernomor", baris, tipe)

    def _is_pertanyaan(self, nomor: str, baris: int, tipe: str) -> bool:
        """A row without a number that holds a question: it has an answer type, or at least an
        answer or a dash."""
        return bool(_TIPE.match(tipe)) or (not tipe and (nomor == "-" or self._is_answered(baris)))

    def _guess(self, sebab: str, baris: int, tipe: str) -> None:
        """A row that its number does not place: the next question here when it is of that type;
        else an answer in it is left out, and that is said."""
        kode = self._get_berikut(tipe)
        if kode and tipe in SEBUTAN_TIPE[self.instrumen.pertanyaan[kode].tipe][1]:
            self._note_pertanyaan(kode, baris, bertipe=True)
            self._warn(baris, f"{sebab}; baris dibaca sebagai {kode}.")
        elif self._is_answered(baris):
            self._warn(baris, f"{sebab}; baris dilewati walau ada jawabannya.")

    def _get_tipe(self, baris: int) -> str:
        tipe = self.kolom.get("tipe")
        return "".join(self.lembar.get_teks(baris, tipe).casefold().split()) if tipe else ""

    def _is_rincian(self, teks: list[str], tipe: str) -> bool:
        """A sub-count of the question the walk is at."""
        if self.kini is None or self.kini.tipe != Tipe.PERSEN:
            return False
        if tipe.startswith("jumlah"):
            return True
        sudah = len(self.rincian.get(self.kini.kode, ()))
        polos = not tipe and teks[5] and teks[4] in SETRIP | {""}
        return bool(polos) and not any(teks[:4]) and sudah < len(self.kini.masukan)

    def _is_answered(self, baris: int) -> bool:
        return bool(self.lembar.get_teks(baris, self.kolom.letak["jawaban"]))

    def _find_nomor(self, teks: list[str]) -> tuple[int, str]:
        """The first numbering in the row and its depth; names stand right of it."""
        for dalam, isi in enumerate(teks[:5]):
            nomor = read_nomor(isi)
            if nomor is None:
                return dalam, ""
            if nomor:
                return dalam, nomor
        return DALAM_PERTANYAAN, ""

    # --- the path ---
    def _follow(self, dalam: int, nomor: str, baris: int, tipe: str) -> bool:
        """Go to where the numbering points; False when it points nowhere."""
        kode = self._find_pertanyaan(dalam, nomor, tipe)
        if (
            kode in self.letak.pertanyaan
            and self.kepala
            and (lain := self._find_saudara(self.jalur))
        ):
            # The letters begin anew below a heading that lost its number.
            self._warn(self.kepala, f"tidak bernomor; dibaca sebagai {'.'.join(lain)}.")
            self._enter(lain, self.kepala)
            kode = self._find_pertanyaan(dalam, nomor, tipe)
        if kode:
            self._note_pertanyaan(kode, baris, bertipe=bool(tipe) or self._is_answered(baris))
            return True
        if jalur := self._find_simpul(dalam, nomor):
            self._enter(jalur, baris)
            return True
        return False

    def _find_pertanyaan(self, dalam: int, nomor: str, tipe: str) -> str:
        """The question of that letter under the node the walk is in."""
        if self.simpul is None:
            return ""
        huruf = nomor.lower()
        if self.jalur[0] == AREA_HASIL and nomor.isdigit():
            huruf = chr(96 + int(nomor))
        daftar = [self.instrumen.pertanyaan[kode] for kode in self.tanya[self.simpul.kode]]
        resmi = {satu.nomor_resmi.strip(" .").lower(): satu for satu in daftar}
        if dalam < (1 if self.jalur[0] == AREA_HASIL else 3):
            return ""
        if _ROMAWI.fullmatch(huruf):
            return self._find_romawi(huruf, daftar)
        # The appendix letters A.I.6.v as a, c, b; a sheet may have put that right, and then the
        # answer type tells.
        polos = next((satu for satu in daftar if satu.kode == f"{self.simpul.kode}.{huruf}"), None)
        pilihan = [satu for satu in (resmi.get(huruf), polos) if satu is not None]
        cocok = [satu for satu in pilihan if tipe in SEBUTAN_TIPE[satu.tipe][1]]
        return (cocok or pilihan)[0].kode if pilihan else ""

    def _find_romawi(self, nomor: str, daftar: list[Pertanyaan]) -> str:
        """The wealth reports are numbered as a sub-unsur is; a sheet may number the second too."""
        if not _ROMAWI.fullmatch(daftar[0].nomor_resmi.strip(" .").lower()):
            return ""
        return dict(zip(ROMAWI, (satu.kode for satu in daftar), strict=False)).get(nomor, "")

    def _find_simpul(self, dalam: int, nomor: str) -> list[str]:
        """The path of a component, aspect, area or sub-unsur numbered so at that depth."""
        pilihan = [dalam]
        if nomor.isdigit():
            pilihan.append(2)
        elif _ROMAWI.fullmatch(nomor):
            pilihan.append(3)
        elif _ROMAWI.fullmatch(nomor.lower()):
            pilihan.append(1)
        for satu in pilihan:
            if satu > 3 or satu > len(self.jalur):
                continue
            ujung = nomor.upper() if satu < 2 else nomor.lower()
            jalur = [*self.jalur[:satu], ujung]
            if satu == 2 and ".".join(jalur) in self.letak.nilai and jalur[1] == "I":
                # The areas begin anew while the heading of the second aspect was not numbered.
                jalur[1] = "II"
            if satu == 3 and ".".join(jalur) in self.letak.nilai:
                # The same number again where the next one should stand.
                jalur = self._find_saudara(jalur) or jalur
            if ".".join(jalur) in self.instrumen.simpul:
                return jalur
        return []

    def _find_saudara(self, jalur: list[str]) -> list[str]:
        """The path of the sub-unsur behind that one, when the walk was not there yet."""
        kode, induk = ".".join(jalur), self.instrumen.simpul[".".join(jalur[:3])]
        belakang = dict(zip(induk.anak, induk.anak[1:], strict=False)).get(kode, "")
        return belakang.split(".") if belakang and belakang not in self.letak.nilai else []

    def _enter(self, jalur: list[str], baris: int) -> None:
        kode = ".".join(jalur)
        self.jalur = jalur
        self.letak.nilai.setdefault(kode, baris)
        self.simpul = self.instrumen.simpul[kode] if kode in self.tanya else None
        self.kini, self.tunggu, self.kepala = None, "", 0

    # --- questions ---
    def _get_berikut(self, tipe: str) -> str:
        """The question whose heading was just seen, else the next one at this place. Among the
        results, where a part may have lost its number, the next one of that answer type."""
        if self.tunggu:
            return self.tunggu
        if self.simpul is not None:
            daftar = self.tanya[self.simpul.kode]
        elif self.jalur[:1] == [AREA_HASIL]:
            hasil = self.instrumen.pertanyaan_area[AREA_HASIL]
            daftar = [satu.kode for satu in hasil if tipe in SEBUTAN_TIPE[satu.tipe][1]]
        else:
            return ""
        return next((kode for kode in daftar if kode not in self.letak.pertanyaan), "")

    def _note_pertanyaan(self, kode: str, baris: int, *, bertipe: bool) -> None:
        if kode in self.letak.pertanyaan and self.tunggu != kode:
            if bertipe or self._is_answered(baris):
                pertama = self.letak.pertanyaan[kode]
                self.letak.galat.append(
                    f'Lembar "{self.lembar.nama}", sel {self._name_nomor(baris)}: pertanyaan '
                    f"{kode} sudah ada pada sel {self._name_nomor(pertama)}."
                )
            return
        self.letak.pertanyaan[kode] = baris
        if kode in self.instrumen.simpul:
            self.letak.nilai[kode] = baris
        self.kini = self.instrumen.pertanyaan[kode]
        self.tunggu, self.kepala = "" if bertipe else kode, 0

    def _note_jumlah(self, teks: list[str], baris: int) -> bool:
        """Totals stand in rows without a number; False for any other row."""
        kalimat = " ".join(teks).casefold()
        nilai = self.kolom.get("nilai")
        if not _JUMLAH.search(kalimat):
            return False
        if nilai is None or not isinstance(self.lembar.get(baris, nilai).nilai, float):
            return True
        pengungkit, hasil = "pengungkit" in kalimat, bool(re.search(r"\bhasil\b", kalimat))
        simpul = "total" if pengungkit == hasil else "A" if pengungkit else AREA_HASIL
        lama = self.letak.nilai.get(simpul)
        if simpul == "total" or lama is None or self.lembar.get(lama, nilai).nilai is None:
            self.letak.nilai[simpul] = baris
        return True

    def _name_nomor(self, baris: int) -> str:
        """The cell that numbers a row, else its text."""
        kolom = next((k for k in range(B, G + 1) if self.lembar.get_teks(baris, k)), B)
        return name_sel(baris, kolom)

    def _warn(self, baris: int, pesan: str) -> None:
        self.letak.peringatan.append(Peringatan(self._name_nomor(baris), pesan))

    # --- sub-counts ---
    def finish(self) -> None:
        """Sub-counts stand in the instrument's order; a sum may be left out of the sheet."""
        for kode, daftar in self.rincian.items():
            pertanyaan = self.instrumen.pertanyaan[kode]
            pilihan = (pertanyaan.masukan, pertanyaan.daftar_isian)
            masukan = next((p for p in pilihan if len(p) == len(daftar)), pertanyaan.masukan)
            if len(masukan) != len(daftar):
                self.letak.peringatan.append(
                    Peringatan(
                        name_sel(self.letak.pertanyaan[kode], F),
                        f"{kode} punya {len(daftar)} baris rincian, seharusnya {len(masukan)}; "
                        "dibaca menurut urutannya.",
                    )
                )
            for satu, baris in zip(masukan, daftar, strict=False):
                self.letak.masukan[kode, satu.kode] = baris
