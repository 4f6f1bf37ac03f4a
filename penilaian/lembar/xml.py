"""The passes over a workbook's XML: our own, so that far cells, claimed dimensions and thousands
of formatted rows cost nothing, and a cell keeps its formula beside its value."""

import re
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from integritas.tabel.berkas import BerkasDitolakError

# Far more than any known edition; what lies beyond is not part of an LKE.
BARIS_TERJAUH, KOLOM_TERJAUH = 5_000, 40
# So many rows without a single value end the reading: formatted rows go on for thousands.
BARIS_KOSONG = 200
_KENDALI = re.compile(r"_x([0-9A-Fa-f]{4})_")


_ACUAN = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Galat(str):
    """An error a formula left behind, such as #REF!."""


Nilai = str | float | bool | Galat | None


class Sel(NamedTuple):
    nilai: Nilai = None
    # The formula without its equals sign; empty for a formula written elsewhere, None for none.
    rumus: str | None = None


KOSONG = Sel()


@lru_cache(maxsize=1024)
def to_kolom(huruf: str) -> int:
    nomor = 0
    for satu in huruf.upper():
        nomor = nomor * 26 + ord(satu) - 64
    return nomor


def split_acuan(acuan: str) -> tuple[int, int] | None:
    cocok = _ACUAN.fullmatch(acuan)
    return (int(cocok[2]), to_kolom(cocok[1])) if cocok else None


def _unescape(teks: str) -> str:
    """Signs that XML cannot hold stand as `_x000D_`; those that no text may hold fall away."""
    if "_x" not in teks:
        return teks
    return _KENDALI.sub(lambda cocok: _to_huruf(int(cocok[1], 16)), teks)


def _to_huruf(nomor: int) -> str:
    return "" if nomor == 0 or 0xD800 <= nomor <= 0xDFFF else chr(nomor)


class _SelesaiError(Exception):
    """Enough was read."""


def _refuse_doctype(*_):
    raise BerkasDitolakError(
        "Isi buku kerja ini tidak wajar. Salin isinya ke buku kerja baru, lalu unggah lagi."
    )


def parse(isi: bytes, pembaca: "Pembaca") -> None:
    """Run a handler over a part; document types, and with them entities, are refused."""
    mesin = expat.ParserCreate()
    mesin.buffer_text = True
    mesin.StartDoctypeDeclHandler = _refuse_doctype
    mesin.StartElementHandler = pembaca.start
    mesin.EndElementHandler = pembaca.end
    mesin.CharacterDataHandler = pembaca.text
    try:
        mesin.Parse(isi, True)
    except _SelesaiError:
        pass
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise build_rusak() from error


def build_rusak() -> BerkasDitolakError:
    return BerkasDitolakError(
        "Isi buku kerja ini rusak. Buka dengan aplikasi lembar kerja, simpan ulang, lalu unggah "
        "lagi."
    )


class Pembaca:
    def start(self, name: str, attrs: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


class PembacaHubungan(Pembaca):
    def __init__(self):
        self.daftar: list[tuple[str, str, bool]] = []

    def start(self, name, attrs):
        if name.rpartition(":")[2] == "Relationship":
            luar = attrs.get("TargetMode") == "External"
            self.daftar.append((attrs.get("Id", ""), attrs.get("Target", ""), luar))


class PembacaBuku(Pembaca):
    def __init__(self):
        self.daftar: list[tuple[str, str]] = []
        self.sejak_1904 = False

    def start(self, name, attrs):
        if name.rpartition(":")[2] == "workbookPr":
            self.sejak_1904 = attrs.get("date1904") in {"1", "true"}
        elif name.rpartition(":")[2] == "sheet":
            kunci = next((isi for nama, isi in attrs.items() if nama.endswith(":id")), "")
            self.daftar.append((attrs.get("name", ""), kunci))


class PembacaTeks(Pembaca):
    """The shared texts that a sheet needs; runs of one text are joined, readings left out."""

    def __init__(self, perlu: set[int]):
        self.perlu, self.terakhir = perlu, max(perlu)
        self.teks: dict[int, str] = {}
        self.nomor = -1
        self.potongan: list[str] | None = None
        self.dalam_t = self.dalam_bacaan = False

    def start(self, name, attrs):
        name = name.rpartition(":")[2]
        if name == "si":
            self.nomor += 1
            self.potongan = [] if self.nomor in self.perlu else None
        elif name == "t":
            self.dalam_t = not self.dalam_bacaan
        elif name == "rPh":
            self.dalam_bacaan = True

    def end(self, name):
        name = name.rpartition(":")[2]
        if name == "si" and self.potongan is not None:
            self.teks[self.nomor] = _unescape("".join(self.potongan))
            if self.nomor == self.terakhir:
                raise _SelesaiError
        elif name == "t":
            self.dalam_t = False
        elif name == "rPh":
            self.dalam_bacaan = False

    def text(self, data):
        if self.dalam_t and self.potongan is not None:
            self.potongan.append(data)


class PembacaLembar(Pembaca):
    """`angka` makes what a cell holds out of its number and its style."""

    def __init__(self, angka=lambda nilai, gaya: nilai):
        self.angka = angka
        self.sel: dict[tuple[int, int], Sel] = {}
        # Cells whose text stands in the shared list, by its number.
        self.perlu: dict[tuple[int, int], int] = {}
        self.baris = self.kolom = self.baris_berisi = 0
        self.jenis, self.gaya = "n", ""
        self.nilai: list[str] | None = None
        self.rumus: list[str] | None = None
        self.tangkap: list[str] | None = None
        self.dipakai = False

    def start(self, name, attrs):
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._open(attrs)
        elif name == "row":
            teks = attrs.get("r", "")
            self.baris = int(teks) if teks.isdigit() and len(teks) < 9 else self.baris + 1
            self.kolom = 0
            if self.baris > BARIS_TERJAUH or self.baris > self.baris_berisi + BARIS_KOSONG:
                raise _SelesaiError
        elif self.dipakai and name == "v":
            self.nilai = self.tangkap = []
        elif self.dipakai and name == "t":
            self.tangkap = self.nilai = [] if self.nilai is None else self.nilai
        elif self.dipakai and name == "f":
            self.rumus = self.tangkap = []

    def end(self, name):
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in {"v", "f", "t"}:
            self.tangkap = None
        elif name == "c" and self.dipakai:
            self._close()
            self.dipakai = False
        elif name == "sheetData":
            raise _SelesaiError

    def text(self, data):
        if self.tangkap is not None:
            self.tangkap.append(data)

    def _open(self, attrs):
        letak = split_acuan(attrs["r"]) if "r" in attrs else (self.baris, self.kolom + 1)
        if letak is None:
            raise ValueError(attrs["r"])
        self.baris, self.kolom = letak
        self.jenis, self.gaya = attrs.get("t", "n"), attrs.get("s", "")
        self.nilai = self.rumus = None
        self.dipakai = self.kolom <= KOLOM_TERJAUH and self.baris <= BARIS_TERJAUH

    def _close(self):
        if self.nilai is None and self.rumus is None:
            return
        letak = self.baris, self.kolom
        teks = "".join(self.nilai or ())
        rumus = None if self.rumus is None else "".join(self.rumus)
        nilai: Nilai = None
        if self.jenis == "s" and teks.strip().isdigit():
            self.perlu[letak] = int(teks)
        elif self.jenis == "e":
            nilai = Galat(teks)
        elif self.jenis == "b":
            nilai = teks.strip() == "1"
        elif self.jenis == "n":
            nilai = _to_angka(teks)
            if isinstance(nilai, float):
                nilai = self.angka(nilai, self.gaya)
        elif teks:
            nilai = _unescape(teks)
        if nilai is None and rumus is None and letak not in self.perlu:
            return
        self.sel[letak] = Sel(nilai, rumus)
        self.baris_berisi = max(self.baris_berisi, self.baris)


def _to_angka(teks: str) -> Nilai:
    if not teks.strip():
        return None
    try:
        angka = float(teks)
    except ValueError:
        return teks
    return angka if abs(angka) < 1e15 else teks
