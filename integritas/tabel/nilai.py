"""Single values as people write them. Pure.

Everything raises `NilaiSalahError` with the second half of a sentence: the caller puts row and
column before it.
"""

import datetime
import difflib
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from integritas.angka import AngkaSalahError, parse_angka
from integritas.teks import BULAN, BULAN_SINGKAT

# Signs with which a spreadsheet begins a formula; no stored text begins so.
RUMUS = ("=", "+", "@", "-", "＝", "＋", "－", "＠")
KOSONG = frozenset({"", "-", "--", "–", "—"})
# Marks that change how a text looks without being seen, and blanks of other widths.
_TAK_TERLIHAT = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_ARAH = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_BULAN = {nama.lower(): nomor for nomor, nama in enumerate(BULAN, 1)}
_BULAN |= {nama.lower(): nomor for nomor, nama in enumerate(BULAN_SINGKAT, 1)}
_BULAN |= {"agt": 8, "ags": 8, "sept": 9, "nop": 11, "nopember": 11, "pebruari": 2, "peb": 2}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_HARI_DULU = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{2,4})")
_BERNAMA = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)\.?[ -](\d{4})")
CONTOH = "Tulis seperti 31/01/2024 atau 31 Januari 2024."


class NilaiSalahError(ValueError):
    """The value cannot be taken; the text goes on after row and column."""


def normalize(teks: str) -> str:
    """One spelling for headings and names: small letters and digits, single blanks."""
    return " ".join(re.findall(r"[a-z0-9]+", teks.casefold()))


class Saran:
    """Suggestions out of one list. Each costs a comparison with all of it, so only so many
    different texts get one."""

    def __init__(self, pilihan: Iterable[str], maks: int = 100):
        self.dikenal = {normalize(satu): satu for satu in pilihan}
        self.maks = maks
        self.ingatan: dict[str, str] = {}

    def suggest(self, teks: str) -> str:
        """`" Maksudnya Lapas?"` when something known is near, else empty."""
        kunci = normalize(teks)
        if kunci not in self.ingatan:
            if len(self.ingatan) >= self.maks:
                return ""
            dekat = difflib.get_close_matches(kunci[:100], list(self.dikenal), n=1, cutoff=0.6)
            self.ingatan[kunci] = f" Maksudnya {self.dikenal[dekat[0]]}?" if dekat else ""
        return self.ingatan[kunci]


def quote(nilai: Any) -> str:
    """The value between quotation marks, shortened when it is long."""
    teks = " ".join(str(nilai).split())
    return f'"{teks}"' if len(teks) <= 60 else f'"{teks[:57]}…"'


def clean_teks(nilai: Any, maks: int, satu_baris: bool = True) -> str:
    """The cell as a text without blanks around it; empty for an empty cell or a lone dash."""
    if isinstance(nilai, str):
        teks = nilai
    elif nilai is None:
        return ""
    elif isinstance(nilai, bool):
        teks = "ya" if nilai else "tidak"
    elif isinstance(nilai, int | float):
        teks = str(int(nilai)) if float(nilai).is_integer() else str(nilai)
    else:
        raise NilaiSalahError("berisi tanggal atau jam, bukan teks. Ketik ulang sebagai teks.")
    if not (teks.isascii() and teks.isprintable()):
        teks = _clean_khusus(teks)
    teks = " ".join(teks.split()) if satu_baris else teks.strip()
    if len(teks) > maks:
        raise NilaiSalahError(f"{len(teks)} huruf; paling banyak {maks}.")
    return "" if teks in KOSONG else teks


def _clean_khusus(teks: str) -> str:
    teks = unicodedata.normalize("NFC", teks.replace("\r\n", "\n").replace("\r", "\n"))
    teks = teks.replace("\u00a0", " ").translate(_TAK_TERLIHAT)
    for huruf in teks:
        if huruf in "\n\t":
            continue
        if huruf in _ARAH or unicodedata.category(huruf) in {"Cc", "Cs", "Cn"}:
            raise NilaiSalahError("berisi huruf kendali yang tidak terlihat. Ketik ulang isinya.")
    return teks


def parse_tanggal(nilai: Any) -> datetime.date | None:
    """A day from an Excel date or from the spellings in use; None for an empty cell."""
    if isinstance(nilai, datetime.datetime):
        hasil: datetime.date = nilai.date()
    elif isinstance(nilai, datetime.date):
        hasil = nilai
    else:
        teks = clean_teks(nilai, 200)
        if not teks:
            return None
        hasil = _parse_teks(teks)
    if not 1945 <= hasil.year <= 2100:
        raise NilaiSalahError(f"tahun {hasil.year} tidak mungkin. {CONTOH}")
    return hasil


def _parse_teks(teks: str) -> datetime.date:
    if cocok := _ISO.fullmatch(teks):
        tahun, bulan, hari = map(int, cocok.groups())
    elif cocok := _HARI_DULU.fullmatch(teks):
        hari, bulan, tahun = int(cocok[1]), int(cocok[3]), int(cocok[4])
        if len(cocok[4]) != 4:
            raise NilaiSalahError(f"{quote(teks)}: tulis tahun dengan empat angka.")
    elif (cocok := _BERNAMA.fullmatch(teks)) and cocok[2].lower() in _BULAN:
        hari, bulan, tahun = int(cocok[1]), _BULAN[cocok[2].lower()], int(cocok[3])
    else:
        raise NilaiSalahError(f"{quote(teks)} bukan tanggal. {CONTOH}")
    try:
        return datetime.date(tahun, bulan, hari)
    except ValueError:
        raise NilaiSalahError(f"{quote(teks)} tidak ada di kalender. {CONTOH}") from None


def parse_tahun(nilai: Any) -> int | None:
    """A year of four digits; None for an empty cell."""
    teks = clean_teks(nilai, 200)
    if not teks:
        return None
    if not (teks.isascii() and teks.isdigit() and len(teks) == 4):
        raise NilaiSalahError(f"{quote(teks)} bukan tahun. Tulis empat angka, seperti 2021.")
    if not 1945 <= int(teks) <= 2100:
        raise NilaiSalahError(f"tahun {teks} tidak mungkin.")
    return int(teks)


def read_angka(nilai: Any, *, digit: int = 18, desimal: int = 4) -> Decimal | None:
    """A number from 0 on, as a column of `Decimal(digit, desimal)` keeps it; None for an empty cell.
    A cell that is a number is taken as it is, without the spreadsheet's noise behind fifteen digits."""
    if isinstance(nilai, int | float) and not isinstance(nilai, bool):
        teks = format(Decimal(f"{nilai:.15g}"), "f").replace(".", ",")
    else:
        teks = clean_teks(nilai, 60)
    try:
        return parse_angka(teks, desimal=desimal, maks=Decimal(10) ** (digit - desimal) - 1)
    except AngkaSalahError as error:
        raise NilaiSalahError(str(error)) from error
