"""Dates in a workbook: numbers that only their format tells from others."""

import datetime
import re

from penilaian.lembar.xml import Pembaca

# Formats that are not spelled out: days, months, hours, also those of eastern calendars.
_BAWAAN = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
# Texts, colours, currencies and fillers inside a format are no letters of it.
_BUKAN_HURUF = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|[_*].|general', re.IGNORECASE)
_HARI_PERTAMA, _HARI_PERTAMA_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)
# Later than 1940: a smaller number with such a format is a count whose format went astray.
_TERKECIL, _TERBESAR = 15_000, 100_000


class Tanggal(float):
    """A date as cells keep it, in days since the workbook's first."""

    teks: str


def name_angka(nilai: float, *, is_tanggal: bool, sejak_1904: bool) -> float:
    """The number of a cell, as a date where it is one."""
    if not is_tanggal or not _TERKECIL < nilai < _TERBESAR:
        return nilai
    hari = _HARI_PERTAMA_1904 if sejak_1904 else _HARI_PERTAMA
    tanggal = Tanggal(nilai)
    tanggal.teks = (hari + datetime.timedelta(days=int(nilai))).strftime("%d-%m-%Y")
    return tanggal


class PembacaGaya(Pembaca):
    """Which of a workbook's cell styles show a date."""

    def __init__(self):
        self.tanggal: set[str] = set()
        self.format: dict[str, str] = {}
        self.nomor, self.dalam = -1, False

    def start(self, name, attrs):
        name = name.rpartition(":")[2]
        if name == "numFmt":
            self.format[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
        elif name == "cellXfs":
            self.dalam = True
        elif name == "xf" and self.dalam:
            self.nomor += 1
            if self._is_tanggal(attrs.get("numFmtId", "")):
                self.tanggal.add(str(self.nomor))

    def end(self, name):
        if name.rpartition(":")[2] == "cellXfs":
            self.dalam = False

    def _is_tanggal(self, kode: str) -> bool:
        if kode in self.format:
            return bool(re.search("[dmyhs]", _BUKAN_HURUF.sub("", self.format[kode]).lower()))
        return kode.isdigit() and len(kode) < 4 and int(kode) in _BAWAAN
