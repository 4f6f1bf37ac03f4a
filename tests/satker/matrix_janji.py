"""Rows of the matrix: Perjanjian Kinerja."""

import datetime

from django.utils import timezone

from satker.alur import janji
from satker.izin_janji import PEMBACA, PENGISI
from satker.models import Peran
from tests.factories.janji import make_perjanjian
from tests.satker.matrix_dasar import PENGELOLA, Baris, Tetap

SENDIRI = {Peran.OPERATOR: 302, Peran.KEPALA_SATKER: 302}


# --- the document ---------------------------------------------------------------------------------
def tahun_satker(dunia, unit):
    return [dunia.satker[unit].kode, timezone.localdate().year]


def berlaku(dunia, unit):
    return [dunia.perjanjian[unit].pk]


def draf(dunia, unit):
    return [dunia.draf_perjanjian[unit].pk]


DAFTAR_NASKAH: list[Baris] = [
    Baris("perjanjian_list", PEMBACA, kecuali=SENDIRI),
    Baris("perjanjian_unduh", PEMBACA, argumen=Tetap("csv")),
    Baris("dipa_list", PENGELOLA),
    Baris("perjanjian_satker", PEMBACA, 302, argumen=tahun_satker),
    Baris("perjanjian_start", PENGISI, 302, argumen=tahun_satker, metode="post"),
    Baris("dipa_record", PENGISI, argumen=tahun_satker),
    Baris("perjanjian_detail", PEMBACA, argumen=berlaku),
    Baris("perjanjian_diff", PEMBACA, argumen=draf),
    Baris("perjanjian_print", PEMBACA, argumen=draf),
    Baris("perjanjian_berkas", PEMBACA, argumen=berlaku),
    Baris("perjanjian_pihak", PENGISI, argumen=draf),
    Baris("perjanjian_isi", PENGISI, argumen=draf),
    Baris("perjanjian_cascade", PENGISI, argumen=draf),
    Baris("perjanjian_sign", PENGISI, argumen=draf),
    Baris("perjanjian_cancel", PENGISI, argumen=draf),
    Baris("perjanjian_revise", PENGISI, argumen=berlaku),
]


def fill_naskah(dunia) -> None:
    """In each unit an agreement in force and the draft of a new version."""
    tahun = timezone.localdate().year
    dunia.perjanjian = {
        unit: make_perjanjian(satker, tahun=tahun, tanggal=datetime.date(tahun, 1, 1), kepala=False)
        for unit, satker in dunia.satker.items()
    }
    dunia.draf_perjanjian = {
        unit: janji.revise(satu, alasan="strategi", keterangan="Revisi DIPA", by=None)
        for unit, satu in dunia.perjanjian.items()
    }


# --- all of it ------------------------------------------------------------------------------------
DAFTAR: list[Baris] = [*DAFTAR_NASKAH]


def fill(dunia) -> None:
    """Rows that these pages need, for each unit of the world."""
    fill_naskah(dunia)
