"""Papers set by typst from data passed as JSON, as PDF/A for archives: fonts embedded, nothing
fetched.

The fonts do not have every sign that people paste into a name. One that is missing is printed as an
empty box: an event is closed and a sheet comes out whatever stands in it.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import typst

from integritas.kendali import drop_kendali

STANDAR = "a-2b"
KOTAK = "□"
# Each try names all signs that it met, so that the second is the last one as a rule.
PERCOBAAN = 5
_HILANG = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_LOLOS = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))")


def print_pdf(berkas: Mapping[str, bytes], data: Any) -> bytes:
    """`berkas` holds the template (`main.typ`) and what it reads besides `data.json`."""
    data = _map_teks(data, drop_kendali)
    for _ in range(PERCOBAAN):
        isi = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
        try:
            # Files by name are taken in the place of a path; its type hints do not know it.
            return typst.compile(  # type: ignore[call-overload]
                {**berkas, "data.json": isi},
                format="pdf",
                ignore_system_fonts=True,
                pdf_standards=[STANDAR],
            )
        except typst.TypstError as error:
            if not (hilang := _find_hilang(error)):
                raise
            galat = error
        pola = re.compile("|".join(map(re.escape, sorted(hilang, key=len, reverse=True))))
        data = _map_teks(data, lambda teks, pola=pola: pola.sub(KOTAK, teks))
    raise galat


def _find_hilang(error: typst.TypstError) -> set[str]:
    """The signs that no font has."""
    return {
        _LOLOS.sub(lambda cocok: chr(int(cocok[1], 16)) if cocok[1] else cocok[2], teks)
        for teks in _HILANG.findall(getattr(error, "diagnostic", "") or str(error))
    }


def _map_teks(nilai: Any, ubah: Callable[[str], str]) -> Any:
    """The same data with every text in it changed."""
    if isinstance(nilai, str):
        return ubah(nilai)
    if isinstance(nilai, dict):
        return {kunci: _map_teks(satu, ubah) for kunci, satu in nilai.items()}
    if isinstance(nilai, list | tuple):
        return [_map_teks(satu, ubah) for satu in nilai]
    return nilai
