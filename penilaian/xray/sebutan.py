"""Work units that a note names: a type word, then a place. Which of them exist and which is the
unit's own is decided with the register at hand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from satker.cari import normalize

# As the register's search text has them -> as people write them.
JENIS = {
    "lapas": r"lapas|lembaga\s+pemasyarakatan",
    "rutan": r"rutan|rumah\s+tahanan(?:\s+negara)?",
    "kanim": r"kanim|kantor\s+imigrasi",
    "bapas": r"bapas|balai\s+pemasyarakatan",
    "lpka": r"lpka|lembaga\s+pembinaan\s+khusus\s+anak",
    "lpp": r"lpp",
    "rupbasan": r"rupbasan|rumah\s+penyimpanan\s+benda\s+sitaan(?:\s+negara)?",
    "rudenim": r"rudenim|rumah\s+detensi\s+imigrasi",
    "kanwil": r"kanwil|kantor\s+wilayah",
    "bhp": r"bhp|balai\s+harta\s+peninggalan",
}
# What stands between type and place, or in it, without telling units apart.
ANTARA = {
    *(
        "kelas",
        "klas",
        "khusus",
        "non",
        "tpi",
        "negara",
        "narkotika",
        "perempuan",
        "wanita",
        "pemuda",
    ),
    *("terbuka", "kemenkumham", "kemenkum", "kemenimipas", "kementerian", "hukum", "ham", "dan"),
    *("ditjen", "ditjenpas", "imigrasi", "pemasyarakatan", "di", "provinsi", "kota", "kabupaten"),
}
_KELAS = re.compile(r"[1-4][ab]?")
_ANTARA = rf"(?:{'|'.join(sorted(ANTARA))}|i{{1,3}}\s?[ab]?|iv|[1-3]\s?[ab]?)"
_TEMPAT = r"[A-Z][\w'’]*(?:[ \t]+[A-Z][\w'’]*){0,2}"
_POLA = {
    jenis: re.compile(rf"\b(?i:{pola})(?:\s+(?i:{_ANTARA})(?=\s))*\s+(?P<tempat>{_TEMPAT})")
    for jenis, pola in JENIS.items()
}


@dataclass(frozen=True)
class Sebutan:
    """`teks` as it was written; `tempat` in the spelling of the search text."""

    jenis: str
    tempat: tuple[str, ...]
    teks: str


@dataclass(frozen=True)
class Unit:
    """A unit of the register: `cari` is its search text, `milik`: the assessed unit or its Kanwil."""

    cari: str
    milik: bool


def find_sebutan(catatan: str) -> list[Sebutan]:
    """Everything that may be a unit's name, in the order of types; no place, no name."""
    hasil = {}
    for jenis, pola in _POLA.items():
        for cocok in pola.finditer(catatan):
            kata = (satu for satu in normalize(cocok["tempat"]) if satu not in ANTARA)
            tempat = tuple(satu for satu in kata if not _KELAS.fullmatch(satu))
            if tempat:
                hasil[jenis, tempat] = Sebutan(jenis, tempat, " ".join(cocok[0].split()))
    return list(hasil.values())


def is_lain(sebutan: Sebutan, daftar_unit: Iterable[Unit]) -> bool:
    """The name is that of a unit, and not of the assessed one: as many words of the place count as any
    unit has."""
    daftar_unit = [satu for satu in daftar_unit if f" {sebutan.jenis} " in satu.cari]
    for panjang in range(len(sebutan.tempat), 0, -1):
        kata = sebutan.tempat[:panjang]
        cocok = [s for s in daftar_unit if all(f" {satu} " in s.cari for satu in kata)]
        if cocok:
            return not any(satu.milik for satu in cocok)
    return False
