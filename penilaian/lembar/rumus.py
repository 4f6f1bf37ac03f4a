"""The few formulas that stand among answers: another cell, a sum, the row's own number. Pure.

A file written by a program has formulas without results, or with a zero for each; what can be read
off the formula is believed before the result beside it. Scores are never computed this way.
"""

import re
from decimal import Decimal

from penilaian.lembar.buku import Lembar
from penilaian.lembar.sel import to_angka
from penilaian.lembar.xml import Nilai, to_kolom

_SUKU = re.compile(
    r"(?P<tanda>[+-]?)(?:(?P<angka>\d+(?:\.\d+)?)|\$?(?P<huruf>[A-Z]{1,3})\$?(?P<baris>\d{1,7})"
    r"|SUM\((?P<isi>[^()]*)\)|(?P<row>ROW\(\)))"
)
_ACUAN = re.compile(r"\+?\$?([A-Z]{1,3})\$?(\d{1,7})")
_RENTANG = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
TERDALAM = 8
# All cells that one formula may come to look at, by whatever way.
SEL_TERBANYAK = 500


class TakTerhitungError(ValueError):
    """The formula is none of the simple ones."""


def compute_nilai(lembar: Lembar, baris: int, kolom: int, dalam: int = TERDALAM) -> Nilai:
    """The cell's value, worked out from a simple formula where it has one; the result beside the
    formula where it is not simple. A reference to a blank cell is blank."""
    sel = lembar.get(baris, kolom)
    if not sel.rumus:
        return sel.nilai
    acuan = _ACUAN.fullmatch(_tidy(sel.rumus))
    if acuan and dalam:
        return compute_nilai(lembar, int(acuan[2]), to_kolom(acuan[1]), dalam - 1)
    try:
        return float(_Hitung(lembar, baris).evaluate(sel.rumus, TERDALAM))
    except TakTerhitungError:
        return sel.nilai


def _tidy(rumus: str) -> str:
    return rumus.strip().lstrip("=").replace(" ", "").upper()


class _Hitung:
    """One formula being worked out, with what it may still look at."""

    def __init__(self, lembar: Lembar, baris: int):
        self.lembar, self.baris, self.sisa = lembar, baris, SEL_TERBANYAK

    def evaluate(self, rumus: str, dalam: int) -> Decimal:
        teks = _tidy(rumus)
        jumlah, letak = Decimal(0), 0
        if not dalam or not teks:
            raise TakTerhitungError
        while letak < len(teks):
            suku = _SUKU.match(teks, letak)
            if suku is None or (letak and not suku["tanda"]):
                raise TakTerhitungError
            nilai = self._read_suku(suku, dalam)
            jumlah += -nilai if suku["tanda"] == "-" else nilai
            letak = suku.end()
        return jumlah

    def _read_suku(self, suku, dalam: int) -> Decimal:
        if suku["angka"]:
            return Decimal(suku["angka"])
        if suku["row"]:
            return Decimal(self.baris)
        if suku["huruf"]:
            return self._read_sel(int(suku["baris"]), to_kolom(suku["huruf"]), dalam)
        return sum(
            (self._read_rentang(potong, dalam) for potong in re.split(r"[,;]", suku["isi"])),
            Decimal(0),
        )

    def _read_rentang(self, teks: str, dalam: int) -> Decimal:
        rentang = _RENTANG.fullmatch(teks)
        if rentang is None:
            raise TakTerhitungError
        awal, akhir = int(rentang[2]), int(rentang[4] or rentang[2])
        kiri, kanan = to_kolom(rentang[1]), to_kolom(rentang[3] or rentang[1])
        if (akhir - awal + 1) * (kanan - kiri + 1) > self.sisa:
            raise TakTerhitungError
        return sum(
            (
                self._read_sel(baris, kolom, dalam)
                for baris in range(awal, akhir + 1)
                for kolom in range(kiri, kanan + 1)
            ),
            Decimal(0),
        )

    def _read_sel(self, baris: int, kolom: int, dalam: int) -> Decimal:
        self.sisa -= 1
        if self.sisa < 0:
            raise TakTerhitungError
        sel = self.lembar.get(baris, kolom)
        if sel.rumus:
            return self.evaluate(sel.rumus, dalam - 1)
        return to_angka(sel.nilai) or Decimal(0)
