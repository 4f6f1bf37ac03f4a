"""Names as people type them: one spelling for what is stored and what is searched. Pure.

Klas/kelas, roman/arabic class, short/long type names and case all meet in the same words.
"""

import re

# Class numbers as the office writes them, and the digits people type for them.
_KELAS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_KATA = {"klas": "kelas", "kls": "kelas", "kl": "kelas", "kab": "kabupaten", "kantah": "kantor"}
_ROMAWI = re.compile(r"^(iii|ii|iv|i|[1-4])([ab])?$")


def normalize(teks: str) -> list[str]:
    """Words of `teks` in their one spelling: `"Klas IIA"` gives `["kelas", "2a"]`."""
    daftar_kata: list[str] = []
    for kata in re.findall(r"[a-z0-9]+", teks.lower()):
        kata = _KATA.get(kata, kata)
        if cocok := _ROMAWI.match(kata):
            angka, huruf = cocok.groups()
            kata = _KELAS.get(angka, angka) + (huruf or "")
        elif daftar_kata and kata in {"a", "b"} and re.fullmatch(r"[1-4]", daftar_kata[-1]):
            # "kelas II A" is the class IIA.
            daftar_kata[-1] += kata
            continue
        daftar_kata.append(kata)
    return daftar_kata


def build_cari(*bagian: str) -> str:
    """The stored search text: every word once, each with a blank before and after it."""
    kata = dict.fromkeys(kata for satu in bagian for kata in normalize(satu))
    return f" {' '.join(kata)} "


def build_terms(teks: str) -> list[str]:
    """What each stored text must contain: whole words for classes, beginnings for the rest."""
    return [
        f" {kata} " if re.fullmatch(r"[1-4][ab]?", kata) else f" {kata}"
        for kata in dict.fromkeys(normalize(teks))
        # "kelas" before a class says nothing that the class does not.
    ]


def build_urut(jenis_urut: int, nama: str) -> str:
    """A key that sorts by type, class and name the same on every database."""
    return f"{jenis_urut:02d} {' '.join(normalize(nama))}"[:200]
