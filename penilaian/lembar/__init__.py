"""LKE workbooks in and out: the national form (layout N) and the appendix's sheet (layout L)."""

from penilaian.lembar.baca import read_lembar
from penilaian.lembar.galat import LembarError, Peringatan
from penilaian.lembar.hasil import HasilBaca

__all__ = ["HasilBaca", "LembarError", "Peringatan", "read_lembar"]
