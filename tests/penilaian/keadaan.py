"""What stands on record, whole: a refused step must leave all of it as it was."""

from contextlib import contextmanager

import pytest

from integritas.alur import AlurError
from penilaian.models import (
    LaporanPemantauan,
    MasaPredikat,
    PernyataanTanpa,
    PerubahanPredikat,
    Predikat,
    UsulanCatatan,
)
from satker.models import KantorWilayah, RantaiRiwayat, Riwayat

MODEL = [
    Predikat,
    PerubahanPredikat,
    PernyataanTanpa,
    MasaPredikat,
    LaporanPemantauan,
    UsulanCatatan,
    KantorWilayah,
    RantaiRiwayat,
    Riwayat,
]


def take_snapshot():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODEL}


@contextmanager
def refused(pesan):
    """The step inside is refused with exactly this sentence, and nothing has changed."""
    sebelum = take_snapshot()
    with pytest.raises(AlurError) as galat:
        yield
    assert str(galat.value) == pesan
    assert take_snapshot() == sebelum
