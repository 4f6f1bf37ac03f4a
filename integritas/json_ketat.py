"""Reading JSON that people hand in: whatever is wrong comes back as one sentence. Pure, no Django."""

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

# Longer whole numbers are kept as text, since turning them into numbers costs time by the square.
ANGKA_TERPANJANG = 40


class JsonError(ValueError):
    """The text is not sound JSON; the sentence says where."""


def parse_json(teks: str) -> Any:
    """The content of a JSON text. Fractions are `Decimal`; a number beyond reason stays text, so
    that whoever needs a number refuses it by name. `NaN` and a key given twice are refused."""
    try:
        return json.loads(
            teks,
            parse_float=_read_float,
            parse_int=_read_int,
            parse_constant=_refuse_constant,
            object_pairs_hook=_refuse_doubles,
        )
    except json.JSONDecodeError as error:
        raise JsonError(
            f"berkas bukan JSON yang utuh: baris {error.lineno}, kolom {error.colno}."
        ) from error
    except RecursionError as error:
        raise JsonError("berkas bersarang terlalu dalam.") from error


def read_json_text(berkas: Path) -> str:
    """The text of a file in UTF-8, with or without its mark."""
    try:
        return berkas.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise JsonError("bukan teks UTF-8.") from error
    except FileNotFoundError as error:
        raise JsonError("berkas tidak ditemukan.") from error
    except IsADirectoryError as error:
        raise JsonError("ini folder, bukan berkas.") from error
    except (OSError, ValueError) as error:
        raise JsonError("berkas tidak dapat dibaca.") from error


def sebut(nilai: Any) -> str:
    """A value as a sentence names it, never longer than a line."""
    if isinstance(nilai, str):
        return f"'{_cut(nilai)}'"
    if isinstance(nilai, dict):
        return "sebuah objek"
    if isinstance(nilai, list):
        return "sebuah daftar"
    if nilai is None or isinstance(nilai, bool):
        return json.dumps(nilai)
    return _cut(str(nilai))


def _cut(teks: str) -> str:
    return teks if len(teks) <= ANGKA_TERPANJANG else f"{teks[:ANGKA_TERPANJANG]}…"


def _read_float(teks: str) -> Decimal | str:
    try:
        return Decimal(teks)
    except InvalidOperation:
        return teks


def _read_int(teks: str) -> int | str:
    return int(teks) if len(teks) <= ANGKA_TERPANJANG else teks


def _refuse_constant(teks: str):
    raise JsonError(f"{teks} bukan angka.")


def _refuse_doubles(pasangan: list[tuple[str, Any]]) -> dict:
    hasil = dict(pasangan)
    if len(hasil) < len(pasangan):
        lihat: set[str] = set()
        for kunci, _ in pasangan:
            if kunci in lihat:
                raise JsonError(f"{_cut(kunci)}: tertulis dua kali.")
            lihat.add(kunci)
    return hasil
