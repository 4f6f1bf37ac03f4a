"""The life of a predicate: every change of it, from grant to loss, in one shape:
lock the unit, refuse, change, record.

Who may take a step is the view's matter; what a step demands is here. All dates are effective
dates; when a change was recorded is a column of its own. Rules: PermenPANRB 90/2021 as told in the
handbook; the numbers of years are rows of `AturanPredikat`.
"""

from penilaian.alur.koreksi import cancel, cancel_perubahan, complete, complete_many
from penilaian.alur.pemantauan import (
    attest_tanpa,
    attest_tanpa_many,
    cancel_pernyataan,
    confirm_data,
    record_laporan,
    set_aturan,
)
from penilaian.alur.penetapan import grant, grant_many, list_peringatan
from penilaian.alur.perubahan import close_klarifikasi, end, open_klarifikasi, revoke
from penilaian.alur.usulan import accept, propose, reject

__all__ = [
    "accept",
    "attest_tanpa",
    "attest_tanpa_many",
    "cancel",
    "cancel_pernyataan",
    "cancel_perubahan",
    "close_klarifikasi",
    "complete",
    "complete_many",
    "confirm_data",
    "end",
    "grant",
    "grant_many",
    "list_peringatan",
    "open_klarifikasi",
    "propose",
    "record_laporan",
    "reject",
    "revoke",
    "set_aturan",
]
