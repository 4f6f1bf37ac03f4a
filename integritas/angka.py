"""Numbers as Indonesian readers type and read them. Pure.

A comma is the decimal sign and points group thousands: `1.250,5`. A single point that cannot be a
group (`12.5`) is taken as the decimal sign of another keyboard; `1.250` is 1250.
"""

import re
from decimal import Decimal

_KELOMPOK = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_KOMA = re.compile(r"\d+(?:,\d+)?")
_TITIK = re.compile(r"(?:0|[1-9]\d*)\.\d+")


# SQLite keeps a number as a double: a digit more would come back as another number, or not at all.
ANGKA_PENTING = 15


class AngkaSalahError(ValueError):
    """The text is no number; the message goes on after the name of its field."""


def parse_angka(teks: str, *, desimal: int, maks: Decimal) -> Decimal | None:
    """A number of zero or more; None for an empty text. `desimal` is how many places are kept;
    more are refused, never rounded away. A percent sign or `Rp` around it is left out."""
    asli = teks.strip()
    bersih = re.sub(r"(?i)^rp\.?\s*", "", asli).removesuffix("%").replace("\u00a0", "")
    bersih = re.sub(r"(?<=\d) (?=\d)|,-$", "", bersih).strip()
    if not asli:
        return None
    tampil = asli if len(asli) <= 40 else f"{asli[:40]}…"
    if bersih.startswith("-") and _read(bersih[1:]) is not None:
        raise AngkaSalahError(f"“{tampil}” kurang dari nol.")
    nilai = _read(bersih)
    if nilai is None:
        raise AngkaSalahError(f"“{tampil}” bukan angka. Tulis seperti 12,5 atau 1.250.")
    if -int(nilai.as_tuple().exponent) > desimal and nilai != round(nilai, desimal):
        sebut = f"paling banyak {desimal} angka di belakang koma" if desimal else "tanpa koma"
        raise AngkaSalahError(f"“{tampil}”: tulis {sebut}.")
    if len(nilai.normalize().as_tuple().digits) > ANGKA_PENTING:
        raise AngkaSalahError(f"“{tampil}”: paling banyak {ANGKA_PENTING} angka.")
    if nilai > maks:
        raise AngkaSalahError(f"“{tampil}” terlalu besar.")
    return round(nilai, desimal)


def _read(teks: str) -> Decimal | None:
    """The value of one of the three spellings, else None."""
    if not teks.isascii():
        return None
    if _KELOMPOK.fullmatch(teks):
        return Decimal(teks.replace(".", "").replace(",", "."))
    if _KOMA.fullmatch(teks):
        return Decimal(teks.replace(",", "."))
    return Decimal(teks) if _TITIK.fullmatch(teks) else None


def show_angka(nilai: Decimal | None) -> str:
    """`1.250,5`: no zeros at the end; empty for None."""
    if nilai is None:
        return ""
    bulat, _, pecahan = format(nilai, ",f").partition(".")
    pecahan = pecahan.rstrip("0")
    return bulat.replace(",", ".") + (f",{pecahan}" if pecahan else "")


def show_rupiah(nilai: Decimal | None) -> str:
    """`Rp1.250.000`; empty for None."""
    return f"Rp{show_angka(nilai)}" if nilai is not None else ""
