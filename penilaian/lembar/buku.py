"""A workbook from outside as plain cells: values, formulas and links of one sheet.

What was unpacked and bounded by `integritas.tabel` is all that is read.
"""

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from integritas.tabel.berkas import BerkasDitolakError, check_berkas, unpack_buku
from penilaian.lembar.tanggal import PembacaGaya, name_angka
from penilaian.lembar.xml import (
    KOSONG,
    Galat,
    Nilai,
    PembacaBuku,
    PembacaHubungan,
    PembacaLembar,
    PembacaTeks,
    Sel,
    build_rusak,
    parse,
    split_acuan,
)


@dataclass
class Lembar:
    """Cells by row and column, both counted from 1, and the addresses that cells link to."""

    nama: str
    sel: dict[tuple[int, int], Sel]
    tautan: dict[tuple[int, int], str] = field(default_factory=dict)
    baris_terakhir: int = 0

    def get(self, baris: int, kolom: int) -> Sel:
        return self.sel.get((baris, kolom), KOSONG)

    def get_teks(self, baris: int, kolom: int) -> str:
        """The cell as people see it, with single blanks; an error is no text."""
        return clean_teks(self.get(baris, kolom).nilai)


class Buku:
    """The sheets of an unpacked workbook, hidden ones included; each is read when asked for."""

    def __init__(self, bagian: dict[str, bytes]):
        self.bagian = {nama.lower(): isi for nama, isi in bagian.items()}
        self.sejak_1904 = False
        self.daftar = dict(self._list_lembar())
        self.gaya = self._read_gaya()

    @property
    def daftar_nama(self) -> list[str]:
        return list(self.daftar)

    def read(self, nama: str) -> Lembar:
        isi = self.bagian[self.daftar[nama]]
        pembaca = PembacaLembar(self._name_angka)
        parse(isi, pembaca)
        self._fill_teks(pembaca)
        return Lembar(
            nama=nama,
            sel=pembaca.sel,
            tautan=self._read_tautan(self.daftar[nama], isi),
            baris_terakhir=max((baris for baris, _ in pembaca.sel), default=0),
        )

    def _list_lembar(self) -> Iterator[tuple[str, str]]:
        sasaran = self._read_hubungan("xl/workbook.xml")
        pembaca = PembacaBuku()
        parse(self.bagian["xl/workbook.xml"], pembaca)
        self.sejak_1904 = pembaca.sejak_1904
        for nama, kunci in pembaca.daftar:
            jalur = sasaran.get(kunci, "").lower()
            if jalur in self.bagian:
                yield nama, jalur

    def _read_hubungan(self, jalur: str) -> dict[str, str]:
        """Relations of a part by their keys; targets inside the workbook as full part names."""
        folder, nama = posixpath.split(jalur)
        isi = self.bagian.get(f"{folder}/_rels/{nama}.rels".lower())
        if isi is None:
            return {}
        pembaca = PembacaHubungan()
        parse(isi, pembaca)
        return {
            kunci: sasaran
            if luar
            else posixpath.normpath(posixpath.join(folder, sasaran)).lstrip("/")
            for kunci, sasaran, luar in pembaca.daftar
        }

    def _read_gaya(self) -> set[str]:
        """The numbers of the styles that show a date."""
        pembaca = PembacaGaya()
        parse(self.bagian.get("xl/styles.xml", b"<styleSheet/>"), pembaca)
        return pembaca.tanggal

    def _name_angka(self, nilai: float, gaya: str) -> float:
        return name_angka(nilai, is_tanggal=gaya in self.gaya, sejak_1904=self.sejak_1904)

    def _fill_teks(self, pembaca: "PembacaLembar") -> None:
        """Put the shared texts where the sheet only names their numbers."""
        if not pembaca.perlu:
            return
        kumpulan = PembacaTeks(set(pembaca.perlu.values()))
        parse(self.bagian.get("xl/sharedstrings.xml", b"<sst/>"), kumpulan)
        for letak, nomor in pembaca.perlu.items():
            if nomor not in kumpulan.teks:
                raise build_rusak()
            pembaca.sel[letak] = Sel(kumpulan.teks[nomor], pembaca.sel[letak].rumus)

    def _read_tautan(self, jalur: str, isi: bytes) -> dict[tuple[int, int], str]:
        """Addresses by cell. They stand behind the rows, which may have been left early."""
        ekor = isi[isi.rfind(b"sheetData>") :].decode("utf-8", "replace")
        hubungan: dict[str, str] | None = None
        hasil = {}
        for potong in _TAUTAN.findall(ekor):
            atribut = {
                nama.rpartition(":")[2]: html.unescape(isi[1:-1])
                for nama, isi in _ATRIBUT.findall(potong)
            }
            if hubungan is None:
                hubungan = self._read_hubungan(jalur)
            alamat = hubungan.get(atribut.get("id", ""), "")
            if alamat and atribut.get("location"):
                alamat = f"{alamat}#{atribut['location']}"
            letak = split_acuan(atribut.get("ref", "").partition(":")[0])
            if alamat and letak is not None:
                hasil[letak] = alamat
        return hasil


_TAUTAN = re.compile(r"<(?:\w+:)?hyperlink\b([^>]*)>")
_ATRIBUT = re.compile(r"""([\w:]+)\s*=\s*("[^"]*"|'[^']*')""")


def open_buku(nama: str, isi: bytes) -> Buku:
    """The workbook, once it is known to be one and harmless; BerkasDitolakError says why not."""
    if not check_berkas(nama, isi):
        raise BerkasDitolakError(
            "Berkas ini bukan buku kerja. Unggah LKE sebagai buku kerja Excel (.xlsx)."
        )
    return Buku(unpack_buku(isi))


def clean_teks(nilai: Nilai) -> str:
    """A value as one line of text; empty for nothing and for an error."""
    if nilai is None or isinstance(nilai, Galat):
        return ""
    if isinstance(nilai, bool):
        return "TRUE" if nilai else "FALSE"
    if isinstance(nilai, float):
        return str(int(nilai)) if nilai.is_integer() else repr(nilai)
    return " ".join(nilai.replace("\u200b", "").replace("\ufeff", "").split())


def name_sel(baris: int, kolom: int) -> str:
    """`K7`."""
    huruf = ""
    while kolom:
        kolom, sisa = divmod(kolom - 1, 26)
        huruf = chr(65 + sisa) + huruf
    return f"{huruf}{baris}"
