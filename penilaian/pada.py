"""Which date a page shows, and what it has to say about it.

The default is the last date for which the facts are confirmed: today only while that is within
twelve months (`SEGAR_BULAN`), else the date of confirmation itself.
"""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from integritas.teks import format_tanggal
from penilaian.masa import add_bulan

SEGAR_BULAN = 12


@dataclass(frozen=True)
class Pada:
    """The date shown, the date confirmed, whether the reader chose it, and what was wrong."""

    tanggal: datetime.date
    data_per: datetime.date | None
    dipilih: bool = False
    galat: str = ""

    @property
    def iso(self) -> str:
        return self.tanggal.isoformat()

    @property
    def query(self) -> str:
        """What a link carries to show the same date; empty for the default."""
        return f"?pada={self.iso}" if self.dipilih else ""

    @property
    def keterangan(self) -> str:
        """One line for the reader, without the date of an ordinary fresh page repeated."""
        teks = f"Per {format_tanggal(self.tanggal)}"
        if self.data_per is None:
            return f"{teks}, data belum pernah dikonfirmasi"
        if self.tanggal == self.data_per:
            return f"{teks}, tanggal terakhir yang diketahui"
        if self.tanggal > self.data_per:
            return f"{teks}, belum dikonfirmasi sejak {format_tanggal(self.data_per)}"
        return teks


def compute_default(
    data_per: datetime.date | None, hari_ini: datetime.date | None = None
) -> datetime.date:
    """Today while the facts are fresh or were never dated, else the date they were confirmed."""
    hari_ini = hari_ini or timezone.localdate()
    if data_per is None or add_bulan(data_per, SEGAR_BULAN) >= hari_ini:
        return hari_ini
    return data_per


def resolve_pada(teks: str | None, data_per: datetime.date | None) -> Pada:
    """Read `?pada=`; a date that does not exist is named and the default shown."""
    bawaan = compute_default(data_per)
    if not teks:
        return Pada(bawaan, data_per)
    try:
        tanggal = datetime.date.fromisoformat(teks)
    except ValueError:
        galat = f'Tanggal "{teks[:20]}" tidak dikenal. Tulis seperti 2022-01-19.'
        return Pada(bawaan, data_per, galat=galat)
    if not 1945 <= tanggal.year <= 2200:
        galat = f"Tahun {tanggal.year} di luar catatan. Pilih tahun 1945 sampai 2200."
        return Pada(bawaan, data_per, galat=galat)
    return Pada(tanggal, data_per, dipilih=True)
