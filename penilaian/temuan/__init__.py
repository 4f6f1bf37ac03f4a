"""The X-ray's findings of an assessment, kept until the facts change.

Whoever changes answers, notes or evidence calls `refresh` under the lock of the assessment: the rules
that read what changed run again, and nothing is written when they find the same. A finding that was
accepted stays so while its facts do.

`baca` what the rules read, `jalankan` run and keep, `tampil` what a reader is told, `kembar` content
of other units, `sebutan_satker` units that notes name. The rules are in `penilaian.xray`, the steps
of people in `penilaian.alur.temuan`.
"""

from penilaian.temuan.jalankan import (
    count_temuan,
    keep_jumlah,
    refresh,
    refresh_bukti,
    refresh_semua,
)
from penilaian.temuan.tampil import list_temuan, sort_temuan

__all__ = [
    "count_temuan",
    "keep_jumlah",
    "list_temuan",
    "refresh",
    "refresh_bukti",
    "refresh_semua",
    "sort_temuan",
]
