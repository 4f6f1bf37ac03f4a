"""Rows of the matrix: rounds and ceremonies."""

from tests.satker.matrix_dasar import Baris

DAFTAR: list[Baris] = []


def fill(dunia) -> None:
    """Rows that these pages need, for each unit of the world."""
