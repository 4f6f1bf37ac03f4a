"""Tables that people hand in: CSV or XLSX, read without trusting them.

`berkas` decides whether the file is what it says and harmless, `lembar` turns it into rows of
cells, `judul` finds the columns by their headings, `nilai` reads single values. No business words:
what the rows mean is the matter of each app's `impor.py`.
"""

from integritas.tabel.berkas import BerkasDitolakError
from integritas.tabel.judul import Baris, Kolom, Pesan, Tabel, read_tabel
from integritas.tabel.nilai import RUMUS, NilaiSalahError, Saran, normalize, parse_tanggal

__all__ = [
    "RUMUS",
    "Baris",
    "BerkasDitolakError",
    "Kolom",
    "NilaiSalahError",
    "Pesan",
    "Saran",
    "Tabel",
    "normalize",
    "parse_tanggal",
    "read_tabel",
]
