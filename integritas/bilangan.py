"""Numbers as Indonesian readers type them, read without guessing. Pure, no Django."""

import re
from decimal import Decimal, InvalidOperation

# `1.234.567,8` or `1.234,8`; `1234,8`; `1234.8`. Only `1.234` can be two things.
_RIBUAN = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?")
_BIASA = re.compile(r"(\d+)(?:[.,](\d+))?")
_RAGU = re.compile(r"[1-9]\d{0,2}\.\d{3}")


class BilanganSalahError(ValueError):
    """The text is no number that can be kept; the sentence goes on after the name of its field."""


def read_bilangan(teks: str, *, digit: int = 18, desimal: int = 4) -> Decimal | None:
    """A number from 0 on, with a comma or a point for decimals; None for an empty text.

    Raises BilanganSalahError for anything else, for more decimals or digits than a column of
    `Decimal(digit, desimal)` keeps, and for what can be read in two ways."""
    rapi = teks.strip().replace("\u00a0", "").replace(" ", "")
    if not rapi:
        return None
    if len(rapi) > 60 or not rapi.isascii():
        raise BilanganSalahError(f"{_quote(teks)} bukan angka.")
    if re.fullmatch(r"[-−]\d[\d.,]*", rapi):
        raise BilanganSalahError(f"{_quote(teks)} negatif. Isi 0 atau lebih.")
    if _RAGU.fullmatch(rapi):
        bulat = rapi.replace(".", "")
        raise BilanganSalahError(
            f"{_quote(teks)} dapat berarti {bulat} atau {rapi.replace('.', ',')}. Tulis {bulat} "
            f"atau {rapi.replace('.', ',')}."
        )
    cocok = _RIBUAN.fullmatch(rapi) or _BIASA.fullmatch(rapi)
    if cocok is None:
        raise BilanganSalahError(f"{_quote(teks)} bukan angka. Tulis seperti 95 atau 95,5.")
    return fit_bilangan(
        Decimal(f"{cocok[1].replace('.', '')}.{cocok[2] or '0'}"), digit=digit, desimal=desimal
    )


def read_sel(nilai: object, *, digit: int = 18, desimal: int = 4) -> Decimal | None:
    """The same from a cell of a workbook, where a number is a number already. Its noise beyond
    fifteen digits is the spreadsheet's, not the writer's."""
    if nilai is None:
        return None
    if isinstance(nilai, bool) or not isinstance(nilai, int | float | str):
        raise BilanganSalahError("bukan angka. Ketik ulang sebagai angka.")
    if isinstance(nilai, str):
        return (
            None
            if nilai.strip() in {"-", "–", "—"}
            else read_bilangan(nilai, digit=digit, desimal=desimal)
        )
    try:
        angka = Decimal(f"{nilai:.15g}")
    except InvalidOperation:
        raise BilanganSalahError("bukan angka.") from None
    if not angka.is_finite():
        raise BilanganSalahError("bukan angka.")
    if angka < 0:
        raise BilanganSalahError(f"{_quote(format(angka, 'f'))} negatif. Isi 0 atau lebih.")
    return fit_bilangan(angka, digit=digit, desimal=desimal)


def fit_bilangan(angka: Decimal, *, digit: int = 18, desimal: int = 4) -> Decimal:
    """The number as its column keeps it, never rounded."""
    if angka >= Decimal(10) ** (digit - desimal):
        raise BilanganSalahError(
            f"terlalu besar; paling banyak {digit - desimal} angka di depan koma."
        )
    rapi = angka.quantize(Decimal(1).scaleb(-desimal))
    if rapi != angka:
        raise BilanganSalahError(f"lebih dari {desimal} angka di belakang koma.")
    return rapi


def show_bilangan(angka: Decimal) -> str:
    """`95,5` and `1.234`: no zeros at the end that nobody typed."""
    utuh, _, pecahan = format(angka, ",f").partition(".")
    pecahan = pecahan.rstrip("0")
    return utuh.replace(",", ".") + (f",{pecahan}" if pecahan else "")


def write_bilangan(angka: Decimal) -> str:
    """The same as an input holds it, without thousands, so that it can be read again."""
    return show_bilangan(angka).replace(".", "")


def _quote(teks: str) -> str:
    rapi = " ".join(teks.split())
    return f'"{rapi}"' if len(rapi) <= 40 else f'"{rapi[:37]}…"'
