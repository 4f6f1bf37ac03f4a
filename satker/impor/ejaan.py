"""When two spellings mean the same. Pure."""

import re

from satker import cari


def spell_kelas(teks: str) -> tuple[str, ...]:
    """`IIA`, `Kelas II A` and `klas 2a` are one class."""
    return tuple(kata for kata in cari.normalize(teks) if kata != "kelas")


def is_same(satu: str, dua: str) -> bool:
    """Case, blanks and punctuation make no other name."""
    return satu == dua or list_kata(satu) == list_kata(dua)


def list_kata(teks: str) -> list[str]:
    return re.findall(r"\w+", teks.casefold())


def is_same_tempat(satu: str, dua: str) -> bool:
    """Sources write "Palembang" or "Kota Palembang"; only two different kinds contradict."""
    kata_satu, kata_dua = _split_tempat(satu), _split_tempat(dua)
    if kata_satu[1] != kata_dua[1]:
        return False
    return not (kata_satu[0] and kata_dua[0]) or kata_satu[0] == kata_dua[0]


def _split_tempat(teks: str) -> tuple[str, list[str]]:
    kata = list_kata(teks)
    bentuk = {"kota": "kota", "kabupaten": "kabupaten", "kab": "kabupaten"}
    if len(kata) > 1 and kata[0] in bentuk:
        return bentuk[kata[0]], kata[1:]
    return "", kata
