"""What is measured and the goals it is held to: issue 2, part 8. Times are in b, the yardstick."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Halaman:
    """One address and its goals; `{kanwil}` and `{satker}` are filled in per database.

    A page with a date of its own in the address is never served from kept figures.
    """

    nama: str
    alamat: str
    # Most b at 1,000 units; None is measured only.
    b: float | None = None
    sql: int | None = None
    # Most growth of the time from 1,000 to 10,000 units.
    tumbuh: float | None = 1.4
    masuk: bool = True


LAMPAU = "pada=2025-06-30"
DAFTAR = "/satker/?q=kelas+iia&jenis=lapas"
HALAMAN = [
    Halaman("dasbor kementerian", "/kementerian/", 5, 12, 2.0),
    Halaman("dasbor kementerian, lampau", f"/kementerian/?{LAMPAU}", 10, 12, 2.0),
    Halaman("dasbor satu Kanwil", "/kanwil/{kanwil}/", 4, 12, None),
    Halaman("dasbor satu Kanwil, lampau", f"/kanwil/{{kanwil}}/?{LAMPAU}", 8, 12, None),
    Halaman("daftar 50, saringan dan cari", DAFTAR, 2.5, 8),
    Halaman("daftar 50, lampau", f"{DAFTAR}&{LAMPAU}", 5, 8),
    Halaman("halaman satker", "/satker/{satker}/", 3, 12),
    Halaman("riwayat satker", "/satker/{satker}/riwayat/", None, 12),
    Halaman("/ (publik)", "/", 2, 6, masuk=False),
    # A parameter that the page does not know is not kept: what the first reader waits for.
    Halaman("/ (publik, pertama kali)", "/?ukur=1", None, 6, None, masuk=False),
]
CSV = Halaman("CSV semua satker", "/satker/unduh.csv", 2, 8, None)
IMPOR_KALI, IMPOR_SQL = 5, 30
MEMORI_MB, CSV_TAMBAH_MB = 120, 10
LAJU, SAMBUNGAN = 0.5, 8
KUNJUNGAN_PERTAMA_KB = 50
# Goals in b are set for this many units.
UKURAN_SASARAN = 1000
