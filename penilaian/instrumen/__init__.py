"""The instrument (LKE) as data: read from its file, checked, and held as plain frozen values.

No Django here. `penilaian.models.instrumen` keeps the versions; `penilaian.skor` computes.
"""

from penilaian.instrumen.baca import load_bawaan, parse_instrumen
from penilaian.instrumen.bentuk import (
    AREA_HASIL,
    Ambang,
    Instrumen,
    Masukan,
    Opsi,
    Pertanyaan,
    Rumus,
    Simpul,
    SyaratPengusulan,
    Tipe,
)
from penilaian.instrumen.nilai import InstrumenError

__all__ = [
    "AREA_HASIL",
    "Ambang",
    "Instrumen",
    "InstrumenError",
    "Masukan",
    "Opsi",
    "Pertanyaan",
    "Rumus",
    "Simpul",
    "SyaratPengusulan",
    "Tipe",
    "load_bawaan",
    "parse_instrumen",
]
