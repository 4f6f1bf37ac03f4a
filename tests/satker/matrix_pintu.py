"""Rows of the matrix: the door of a ceremony."""

import uuid

from satker.models import Peran
from tests.factories import PesertaFactory, UpacaraFactory
from tests.satker.matrix_dasar import SEMUA_ORANG, Baris

PANITIA = (Peran.OPERATOR, Peran.KEPALA_SATKER, Peran.TIM_KANWIL, Peran.ADMIN)


def pintu(dunia, unit):
    return [dunia.pintu[unit].upacara_id]


def pintu_peserta(dunia, unit):
    return [*pintu(dunia, unit), dunia.pintu[unit].pk]


def token(dunia, unit):
    return [dunia.pintu[unit].token]


DAFTAR: list[Baris] = [
    Baris("pintu_list", PANITIA),
    Baris("pintu_sw", SEMUA_ORANG),
    Baris("pintu_detail", PANITIA, argumen=pintu),
    Baris("pintu_open", PANITIA, 302, pintu, "post"),
    Baris("pintu_record", PANITIA, 422, pintu, "post"),
    Baris("pintu_record", PANITIA, 302, pintu, "post", {"kunci": uuid.UUID(int=7), "teks": "X"}),
    Baris("pintu_count", PANITIA, argumen=pintu),
    Baris("pintu_orang", PANITIA, argumen=pintu),
    Baris("pintu_token", PANITIA, argumen=token),
    Baris("pintu_token", PANITIA, 200, token, "post"),
    Baris("pintu_hadir", PANITIA, argumen=pintu),
    Baris("pintu_pindaian", PANITIA, argumen=pintu),
    Baris("pintu_print", PANITIA, argumen=pintu),
    Baris("pintu_fill", PANITIA, argumen=pintu),
    Baris("pintu_fill", PANITIA, argumen=pintu, metode="post"),
    Baris("pintu_undo", PANITIA, argumen=pintu_peserta),
    Baris("pintu_undo", PANITIA, 422, pintu_peserta, "post"),
]


def fill(dunia) -> None:
    """Rows that these pages need, for each unit of the world."""
    dunia.pintu = {
        unit: PesertaFactory(upacara=UpacaraFactory(tuan_rumah=satker))
        for unit, satker in dunia.satker.items()
    }
