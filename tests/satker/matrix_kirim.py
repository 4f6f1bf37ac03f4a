"""Rows of the matrix: what watches the messages."""

from satker.models import Peran
from tests.satker.matrix_dasar import SEMUA_ORANG, Baris

DAFTAR: list[Baris] = [
    Baris("sehat_rinci", (Peran.ADMIN,)),
    # Without a token in the settings there is no such page.
    Baris("metrik", SEMUA_ORANG, 404),
]


def fill(dunia) -> None:
    """Nothing: neither page is about a unit."""
