"""Reading a large file in pieces: nothing here ever holds more than a piece of it."""

import os
import re
from collections.abc import Iterator
from typing import BinaryIO

BACA = 1024 * 1024
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")


def measure(berkas: BinaryIO) -> int:
    """How many bytes there are."""
    return berkas.seek(0, os.SEEK_END)


def read_at(berkas: BinaryIO, mulai: int, panjang: int) -> bytes:
    """At most `panjang` bytes from `mulai` on."""
    berkas.seek(mulai)
    return berkas.read(panjang)


def find_pola(
    berkas: BinaryIO, pola: re.Pattern[bytes], *, tumpang: int, mulai: int = 0
) -> Iterator[tuple[int, re.Match[bytes]]]:
    """Every match and where it begins. Pieces overlap by `tumpang`, the longest match looked for."""
    sisa, tempat, lewat = b"", mulai, mulai
    while data := read_at(berkas, tempat + len(sisa), BACA):
        potong = sisa + data
        batas = len(potong) - tumpang
        for cocok in pola.finditer(potong):
            # What begins in the overlap is found again, with more behind it, in the next piece.
            if lewat <= tempat + cocok.start() and (cocok.start() < batas or len(data) < BACA):
                lewat = tempat + cocok.end()
                yield tempat + cocok.start(), cocok
        sisa = potong[max(batas, 0) :]
        tempat += max(batas, 0)
