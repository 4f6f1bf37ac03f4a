"""From the bytes of a harmless file to sheets of plain cells."""

import codecs
import csv
import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.handler import ContentHandler  # nosec B406: a base class, no parser

import python_calamine

from integritas.tabel import berkas
from integritas.tabel.berkas import BerkasDitolakError
from integritas.unduh import unescape_teks

RUMUS = "berisi rumus. Tempel sebagai nilai."
GALAT = "berisi kesalahan rumus (misalnya #N/A). Isi nilainya."
ANGKA_PANJANG = (
    "berisi angka lebih dari 15 digit, yang dibulatkan oleh lembar kerja. Ubah kolomnya menjadi Teks, "
    "lalu ketik ulang."
)
PEMISAH = ",;\t|"


@dataclass
class Lembar:
    """Rows of cells as they stand in the file, and what is wrong with single cells.

    `cacat` is keyed by row and column, both from 0.
    """

    nama: str
    baris: list[list[Any]]
    cacat: dict[tuple[int, int], str] = field(default_factory=dict)
    # A text sheet ends its row where the line ends: more cells than headings are a fault.
    dari_teks: bool = False


def read_lembar(nama: str, isi: bytes) -> Iterator[Lembar]:
    """The sheets of a file in their order; a text file may be read with several separators."""
    if berkas.check_berkas(nama, isi):
        yield from _read_buku(isi)
    else:
        yield from _read_teks(isi)


# --- text -----------------------------------------------------------------------------------------
def _read_teks(isi: bytes) -> Iterator[Lembar]:
    teks = _decode(isi)
    pertama, _, sisa = teks.partition("\n")
    if cocok := re.fullmatch(r"\ufeff?\"?sep=(.)\"?\r?", pertama):
        # Excel's own first line; it stays a row, so that the numbers agree with the file.
        yield _split("\n" + sisa, cocok[1])
        return
    kepala = teks[:20_000]
    salah: BerkasDitolakError | None = None
    for tanda in sorted(PEMISAH, key=lambda tanda: -kepala.count(tanda)):
        try:
            yield _split(teks, tanda)
        except BerkasDitolakError as error:
            # With the wrong separator the quotes look wrong; the most frequent one is believed.
            salah = salah or error
    if salah is not None:
        raise salah


def _decode(isi: bytes) -> str:
    """Text in the encodings that offices use; cp1252 is what old programs write."""
    if isi.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        pilihan = ["utf-16"]
    else:
        pilihan = ["utf-8-sig", "cp1252"]
    for sandi in pilihan:
        try:
            return isi.decode(sandi)
        except UnicodeDecodeError:
            continue
    raise BerkasDitolakError(
        "Huruf berkas ini tidak terbaca. Simpan sebagai CSV UTF-8 atau .xlsx, lalu unggah lagi."
    )


def _split(teks: str, tanda: str) -> Lembar:
    lembar = Lembar("", [], dari_teks=True)
    pembaca = csv.reader(io.StringIO(teks, newline=""), delimiter=tanda, strict=True)
    try:
        for nomor, baris in enumerate(pembaca):
            if nomor >= berkas.MAKS_BARIS_LEMBAR:
                raise refuse_panjang()
            for kolom, sel in enumerate(baris):
                if _RAWAN.search(sel):
                    baris[kolom] = _unescape(lembar, nomor, kolom, sel)
            lembar.baris.append(baris)
    except csv.Error as error:
        raise BerkasDitolakError(
            f"Baris {len(lembar.baris) + 1}: tanda kutip tidak berpasangan, atau sel terlalu "
            "panjang. Perbaiki barisnya, lalu unggah lagi."
        ) from error
    return lembar


# Quick sieve for the few cells that need a closer look.
_RAWAN = re.compile(r"\A[-=+@'＝＋－＠ ]|[;\t\r\n]")


def _unescape(lembar: Lembar, nomor: int, kolom: int, sel: str) -> str:
    """Undo the apostrophe of our own export; note a cell that a spreadsheet would compute."""
    polos = unescape_teks(sel)
    if polos == sel:
        inti = sel.lstrip(" ")
        if inti[:1] in {"=", "+", "@", "\t", "\r", "＝", "＋", "－", "＠"} or (
            inti[:1] == "-" and inti.strip(" -")
        ):
            lembar.cacat[nomor, kolom] = RUMUS
    return polos


def refuse_panjang() -> BerkasDitolakError:
    return BerkasDitolakError(
        "Berkas ini lebih dari 10.000 baris. Bagi menjadi beberapa berkas, lalu unggah satu per "
        "satu."
    )


# --- workbooks ------------------------------------------------------------------------------------
PEMBANTU = frozenset(
    {
        "[content_types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/sharedstrings.xml",
        "xl/styles.xml",
    }
)


def _read_buku(isi: bytes) -> Iterator[Lembar]:
    bagian = berkas.unpack_buku(isi)
    daftar = _list_lembar(bagian)
    pembantu = {nama: data for nama, data in bagian.items() if nama.lower() in PEMBANTU}
    for data in pembantu.values():
        berkas.parse_xml(data, ContentHandler())
    for nama, jalur in daftar[: berkas.MAKS_LEMBAR]:
        isi_lembar = _PembacaLembar()
        berkas.parse_xml(bagian[jalur], isi_lembar)
        if isi_lembar.baris_terakhir >= berkas.MAKS_BARIS_LEMBAR:
            raise refuse_panjang()
        if isi_lembar.kolom_terakhir >= berkas.MAKS_KOLOM:
            raise BerkasDitolakError(
                f'Lembar "{nama}" lebih dari {berkas.MAKS_KOLOM} kolom. Hapus kolom yang tidak '
                "dipakai."
            )
        nilai = _read_nilai(pembantu | {jalur: bagian[jalur]}, nama, isi_lembar.cacat)
        yield Lembar(nama, nilai, isi_lembar.cacat)


def _read_nilai(bagian: dict[str, bytes], nama: str, cacat: dict) -> list[list[Any]]:
    try:
        buku = python_calamine.CalamineWorkbook.from_filelike(berkas.pack(bagian))
        return buku.get_sheet_by_name(nama).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError, OverflowError, OSError) as error:
        for (nomor, _), teks in cacat.items():
            if teks == GALAT:
                raise BerkasDitolakError(
                    f"Baris {nomor + 1}: ada sel yang berisi kesalahan rumus. Isi nilainya, lalu "
                    "unggah lagi."
                ) from error
        raise BerkasDitolakError(
            "Buku kerja ini tidak terbaca. Salin daftarnya ke buku kerja baru, lalu unggah lagi."
        ) from error


def _list_lembar(bagian: dict[str, bytes]) -> list[tuple[str, str]]:
    """Names and parts of the visible sheets, in the order of their tabs."""
    tautan = _PembacaTautan()
    if "xl/_rels/workbook.xml.rels" in bagian:
        berkas.parse_xml(bagian["xl/_rels/workbook.xml.rels"], tautan)
    buku = _PembacaBuku()
    berkas.parse_xml(bagian["xl/workbook.xml"], buku)
    daftar = []
    for nama, kunci in buku.lembar:
        sasaran = tautan.sasaran.get(kunci, "")
        jalur = posixpath.normpath(
            sasaran.lstrip("/") if sasaran.startswith("/") else f"xl/{sasaran}"
        )
        if jalur in bagian and jalur.startswith("xl/worksheets/"):
            daftar.append((nama, jalur))
    if not daftar:
        raise BerkasDitolakError("Buku kerja ini tidak berisi lembar yang terlihat.")
    return daftar


class _PembacaTautan(ContentHandler):
    def __init__(self):
        super().__init__()
        self.sasaran: dict[str, str] = {}

    def startElement(self, name, attrs):
        if name.rpartition(":")[2] == "Relationship":
            self.sasaran[attrs.get("Id", "")] = attrs.get("Target", "")


class _PembacaBuku(ContentHandler):
    def __init__(self):
        super().__init__()
        self.lembar: list[tuple[str, str]] = []

    def startElement(self, name, attrs):
        if name.rpartition(":")[2] == "sheet" and attrs.get("state", "visible") == "visible":
            kunci = next((attrs[k] for k in attrs.getNames() if k.endswith(":id")), "")
            self.lembar.append((attrs.get("name", ""), kunci))


class _PembacaLembar(ContentHandler):
    """Where a sheet ends, and which of its cells hold a formula or an error."""

    def __init__(self):
        super().__init__()
        self.cacat: dict[tuple[int, int], str] = {}
        self.baris_terakhir = self.kolom_terakhir = -1
        self.baris = self.kolom = -1
        self.jenis = ""
        self.angka: list[str] | None = None

    def startElement(self, name, attrs):
        name = name.rpartition(":")[2]
        if name == "c":
            self._open_cell(attrs)
        elif name in {"v", "is"}:
            self._mark()
            if self.jenis == "e":
                self.cacat.setdefault((self.baris, self.kolom), GALAT)
            elif self.jenis == "n":
                self.angka = []
        elif name == "f":
            self._mark()
            self.cacat[self.baris, self.kolom] = RUMUS
        elif name == "row":
            self.baris = _to_int(attrs.get("r"), self.baris + 2) - 1
            self.kolom = -1

    def characters(self, content):
        if self.angka is not None:
            self.angka.append(content)

    def endElement(self, name):
        if self.angka is not None:
            teks, self.angka = "".join(self.angka).strip(), None
            if teks and not (besar := abs(float(teks))) < 1e15:
                # No sheet holds such a number, and the reader behind stumbles over it.
                if not besar < 1e21:
                    raise ValueError(f"number {teks!r}")
                # A staff number typed as a number: the sheet has kept its first 15 digits only.
                self.cacat.setdefault((self.baris, self.kolom), ANGKA_PANJANG)

    def _open_cell(self, attrs):
        self.jenis = attrs.get("t", "n")
        if teks := attrs.get("r", ""):
            if not (acuan := _ACUAN.fullmatch(teks.upper())):
                raise ValueError(f"cell reference {teks!r}")
            self.kolom = _to_kolom(acuan[1])
            self.baris = int(acuan[2]) - 1
        else:
            self.kolom += 1

    def _mark(self):
        self.baris_terakhir = max(self.baris_terakhir, self.baris)
        self.kolom_terakhir = max(self.kolom_terakhir, self.kolom)


_ACUAN = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def _to_kolom(huruf: str) -> int:
    nomor = 0
    for satu in huruf:
        nomor = nomor * 26 + ord(satu) - 64
    return nomor - 1


def _to_int(teks: str | None, bawaan: int) -> int:
    return int(teks) if teks and teks.isascii() and teks.isdigit() and len(teks) < 9 else bawaan
