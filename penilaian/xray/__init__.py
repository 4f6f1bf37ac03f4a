"""Contradictions in an LKE, found before the inspector finds them. Pure, no Django.

`bentuk` what a rule reads and says, `aturan` all rules in one table, `angka`, `bukti`, `catatan` the
rules themselves, `sebutan` units that a note names. What feeds them and keeps what they find is
`penilaian.temuan`.
"""

from penilaian.xray.aturan import ATURAN, BERKAS_LAIN, Rencana, get_aturan, get_urutan, plan, run
from penilaian.xray.bentuk import Aturan, Lembar, Luar, Pakai, Temu

__all__ = [
    "ATURAN",
    "BERKAS_LAIN",
    "Aturan",
    "Lembar",
    "Luar",
    "Pakai",
    "Rencana",
    "Temu",
    "get_aturan",
    "get_urutan",
    "plan",
    "run",
]
