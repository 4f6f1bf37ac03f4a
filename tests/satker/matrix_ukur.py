"""Rows of the matrix: agreements measured."""

from satker.models import Peran
from tests.factories.ukur import (
    IndikatorFactory,
    PerjanjianKinerjaFactory,
    RealisasiFactory,
    SasaranFactory,
)
from tests.satker.matrix_dasar import PINDAH_PADA, TIM_KANWIL_BARU, Baris, Tetap

PEMBACA = tuple(peran for peran in Peran if peran != Peran.PEMANTAU)
PELAPOR = (Peran.OPERATOR, Peran.KEPALA_SATKER, Peran.TIM_KANWIL)
# A Kanwil reports for itself; the values of its units are theirs.
BUKAN_SENDIRI = {Peran.TIM_KANWIL: 404, TIM_KANWIL_BARU: 404}


def penilaian(dunia, unit):
    return [dunia.penilaian[unit].pk]


def penilaian_dan(*lagi):
    return lambda dunia, unit: [dunia.penilaian[unit].pk, *lagi]


def janji(dunia, unit):
    return [dunia.janji[unit].pk]


def janji_dan(*lagi):
    return lambda dunia, unit: [dunia.janji[unit].pk, *lagi]


def bukti(dunia, unit):
    return [dunia.janji[unit].pk, dunia.realisasi[unit].pk]


DAFTAR: list[Baris] = [
    # Whose one agreement it is goes straight to it.
    Baris(
        "triwulan_list",
        PEMBACA,
        kecuali={Peran.OPERATOR: 302, Peran.KEPALA_SATKER: 302},
    ),
    Baris("triwulan_unduh", PEMBACA, argumen=Tetap("csv")),
    Baris("triwulan_batas", (Peran.ADMIN,), argumen=Tetap(2026)),
    Baris("capaian_detail", PEMBACA, argumen=janji),
    # No bytes stand behind the row: whoever may have the file is told that it is gone.
    Baris("capaian_bukti", PEMBACA, 404, argumen=bukti),
    Baris("triwulan_report", PELAPOR, argumen=janji_dan("b03"), kecuali=BUKAN_SENDIRI),
    Baris("capaian_import_contoh", (*PELAPOR, Peran.ADMIN)),
    Baris("capaian_import", (*PELAPOR, Peran.ADMIN), argumen=janji),
    Baris("capaian_import_preview", (*PELAPOR, Peran.ADMIN), 302, argumen=janji_dan("tidak-ada")),
    Baris(
        "capaian_import_confirm",
        (*PELAPOR, Peran.ADMIN),
        302,
        argumen=janji_dan("tidak-ada"),
        metode="post",
    ),
    # What an agreement proposes for the LKE; an empty form is told so.
    Baris("kinerja_usulan", PEMBACA, argumen=penilaian),
    Baris(
        "kinerja_take",
        (Peran.OPERATOR, Peran.KEPALA_SATKER),
        422,
        argumen=penilaian_dan("A.II.4.i.a"),
        metode="post",
    ),
]


def fill(dunia) -> None:
    """Rows that these pages need, for each unit of the world."""
    tahun = PINDAH_PADA.year
    dunia.janji = {
        unit: PerjanjianKinerjaFactory(satker=satker, tahun=tahun, berlaku=True)
        for unit, satker in dunia.satker.items()
    }
    dunia.realisasi = {
        unit: RealisasiFactory(
            indikator=IndikatorFactory(sasaran=SasaranFactory(perjanjian=perjanjian)),
            berkas=perjanjian.berkas,
            nama_berkas="laporan.pdf",
        )
        for unit, perjanjian in dunia.janji.items()
    }
