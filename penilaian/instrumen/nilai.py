"""Single values of an instrument's file, each refused by the name of its node. Pure, no Django."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import Any

from integritas.json_ketat import sebut

# No weight is finer or larger; within it sums of weights are exact.
DESIMAL_BOBOT, BOBOT_TERBESAR = 12, 10_000
# Codes stand in addresses and in the names of form fields.
POLA_KODE = re.compile(r"[A-Za-z0-9_.-]+")
POLA_ISIAN = re.compile(r"[a-z0-9_]+")
POLA_PECAHAN = re.compile(r"(\d{1,12}(?:\.\d{1,12})?)/(\d{1,6})")
# What no database and no page can hold: the zero character and half a character.
POLA_RUSAK = re.compile("[\x00\ud800-\udfff]")


class InstrumenError(ValueError):
    """The file is not an instrument; the sentence names the node."""


@contextmanager
def naming(simpul: str) -> Iterator[None]:
    """Whatever is missing or of the wrong shape inside is told with the node's name."""
    try:
        yield
    except KeyError as error:
        raise InstrumenError(f"{simpul}: kunci {error} tidak ada.") from error
    except (TypeError, AttributeError, ArithmeticError, ValueError) as error:
        if isinstance(error, InstrumenError):
            raise
        raise InstrumenError(f"{simpul}: bentuknya salah.") from error


def read_decimal(nilai: Any, simpul: str, paling_besar: int = BOBOT_TERBESAR) -> Decimal:
    """A number that is not negative and not finer than weights are."""
    if isinstance(nilai, bool) or not isinstance(nilai, int | Decimal):
        raise InstrumenError(f"{simpul}: bobot atau nilai {sebut(nilai)} bukan angka.")
    angka = Decimal(nilai)
    if angka < 0:
        raise InstrumenError(f"{simpul}: bobot atau nilai {sebut(nilai)} tidak boleh negatif.")
    if angka > paling_besar:
        raise InstrumenError(
            f"{simpul}: bobot atau nilai {sebut(nilai)} lebih besar dari {paling_besar}."
        )
    if -int(angka.as_tuple().exponent) > DESIMAL_BOBOT:
        raise InstrumenError(
            f"{simpul}: bobot atau nilai {sebut(nilai)} lebih dari {DESIMAL_BOBOT} desimal."
        )
    return angka


def read_int(nilai: Any, simpul: str, sebutan: str) -> int:
    """A whole number from 1 that fits a small column."""
    if isinstance(nilai, bool) or not isinstance(nilai, int) or not 1 <= nilai <= 32_000:
        raise InstrumenError(
            f"{simpul}: {sebutan} harus bilangan bulat mulai dari 1, bukan {sebut(nilai)}."
        )
    return nilai


def read_teks(nilai: Any, simpul: str, sebutan: str, panjang: int = 2_000, kosong=False) -> str:
    """A text of at most `panjang` letters; empty only when `kosong`."""
    if not isinstance(nilai, str) or POLA_RUSAK.search(nilai):
        raise InstrumenError(f"{simpul}: {sebutan} harus teks, bukan {sebut(nilai)!a}.")
    if not nilai.strip() and not kosong:
        raise InstrumenError(f"{simpul}: {sebutan} tidak boleh kosong.")
    if len(nilai) > panjang:
        raise InstrumenError(f"{simpul}: {sebutan} paling panjang {panjang} huruf.")
    return nilai


def read_kode(nilai: Any, simpul: str, sebutan: str, panjang: int, pola=POLA_KODE) -> str:
    """A code of plain letters, digits and marks."""
    kode = read_teks(nilai, simpul, sebutan, panjang)
    if not pola.fullmatch(kode):
        boleh = (
            "huruf, angka, titik dan tanda hubung"
            if pola is POLA_KODE
            else "huruf kecil, angka dan garis bawah"
        )
        raise InstrumenError(f"{simpul}: {sebutan} {sebut(kode)} hanya boleh berisi {boleh}.")
    return kode


def read_daftar(nilai: Any, simpul: str, sebutan: str) -> list:
    if not isinstance(nilai, list):
        raise InstrumenError(f"{simpul}: {sebutan} harus daftar, bukan {sebut(nilai)}.")
    return nilai


def read_objek(nilai: Any, simpul: str) -> dict:
    if not isinstance(nilai, dict):
        raise InstrumenError(f"{simpul}: harus objek, bukan {sebut(nilai)}.")
    return nilai


def read_pecahan(nilai: Any, simpul: str) -> Fraction:
    """The exact weight of a question, as `0.5/3`."""
    cocok = POLA_PECAHAN.fullmatch(nilai) if isinstance(nilai, str) else None
    if cocok is None or int(cocok[2]) == 0:
        raise InstrumenError(f"{simpul}: bobot_pecahan {sebut(nilai)} bukan pecahan.")
    return Fraction(cocok[1]) / int(cocok[2])


def refuse_doubles(daftar_kode: list[str], di: str = "") -> None:
    """Refuse a code given twice, without regard to case."""
    lihat: set[str] = set()
    for kode in daftar_kode:
        if kode.lower() in lihat:
            raise InstrumenError(f"{di}{kode}: kode dipakai dua kali.")
        lihat.add(kode.lower())
