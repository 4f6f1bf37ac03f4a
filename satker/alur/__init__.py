"""The life of an office: every change of name, place in the tree, class or existence, in one shape:
lock, refuse, change, record. Each change has the day it takes effect; what was true before stays
true of its time.
"""

from satker.alur.dasar import PALING_JAUH, describe, get_posisi, refuse_unknown_kelas
from satker.alur.kedudukan import close, move, reclassify, rename
from satker.alur.pendirian import KODE, open_kanwil, open_satker
from satker.alur.silsilah import relate

__all__ = [
    "KODE",
    "PALING_JAUH",
    "close",
    "describe",
    "get_posisi",
    "move",
    "open_kanwil",
    "open_satker",
    "reclassify",
    "refuse_unknown_kelas",
    "relate",
    "rename",
]
