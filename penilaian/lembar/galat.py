"""What is wrong with a workbook, and what its reader should know; always with the cell."""

from dataclasses import dataclass

from integritas.tabel.berkas import BerkasDitolakError

# A file that is wrong everywhere need not be told everything.
GALAT_TERBANYAK = 20


class LembarError(BerkasDitolakError):
    """The workbook cannot be taken; the sentences name sheet and cell, and nothing was changed."""

    def __init__(self, daftar_galat: list[str]):
        ditampilkan = daftar_galat[:GALAT_TERBANYAK]
        if sisa := len(daftar_galat) - len(ditampilkan):
            ditampilkan.append(f"Masih ada {sisa} kesalahan lain.")
        super().__init__("\n".join(ditampilkan))
        self.daftar_galat = ditampilkan


class SelSalahError(ValueError):
    """The value of a cell cannot be taken; the text goes on after sheet and cell."""


@dataclass(frozen=True)
class Peringatan:
    """Something was read otherwise than the sheet says, or left out."""

    sel: str
    pesan: str
