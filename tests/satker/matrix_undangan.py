"""Rows of the matrix: invitations and calendars."""

from satker.alur.undangan import ensure_langganan
from satker.models import Peran
from tests import factories
from tests.satker.matrix_dasar import MASUK, PUBLIK, SEMUA_ORANG, Baris, Tetap

PANITIA = (Peran.OPERATOR, Peran.KEPALA_SATKER, Peran.TIM_KANWIL, Peran.ADMIN)


class _Token(Tetap):
    """The address of a feed, known to the world only once it is made."""

    def __call__(self, dunia, unit):
        return [dunia.langganan.token]


class _Milik(Tetap):
    def __call__(self, dunia, unit):
        return [dunia.langganan.pk]


def upacara(dunia, unit):
    return [dunia.undangan[unit].kode]


# A feed is renewed by its owner alone.
BUKAN_PEMILIK = {peran: 404 for peran in Peran.values if peran != Peran.OPERATOR}
DAFTAR = [
    Baris("langganan_list", MASUK),
    Baris("kalender_ics", SEMUA_ORANG, argumen=_Token()),
    Baris(
        "langganan_renew",
        MASUK,
        302,
        argumen=_Milik(),
        metode="post",
        kecuali=BUKAN_PEMILIK | {"tim_kanwil_baru": 404},
    ),
    Baris("tamu_list", PANITIA, argumen=upacara),
    Baris("tamu_slip", PANITIA, 302, argumen=upacara),
    Baris("tamu_invite", PANITIA, 302, argumen=upacara, metode="post"),
]
assert PUBLIK


def fill(dunia) -> None:
    """An event of each unit, and the feed of one operator."""
    dunia.undangan = {
        u: factories.UpacaraFactory(tuan_rumah=satker) for u, satker in dunia.satker.items()
    }
    dunia.langganan = ensure_langganan(pengguna=dunia.pemirsa[Peran.OPERATOR])
