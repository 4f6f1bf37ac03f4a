"""Rows of the matrix: the roster and the pact."""

from satker.models import Peran
from satker.personel import ORANG_SATKER, PEMBACA
from tests import factories
from tests.factories.personel import HalanganFactory, sign_pakta
from tests.satker.matrix_dasar import MASUK, SEMUA_ORANG, UNIT, Baris, Tetap

PENGHAPUS = (*ORANG_SATKER, Peran.ADMIN)
# Who keeps one roster only goes straight to it.
LANGSUNG = {Peran.OPERATOR: 302, Peran.KEPALA_SATKER: 302}
TAHUN = 2026
CABUT = {"alasan": "uji"}


def kode(dunia, unit):
    return [dunia.satker[unit].kode]


def kode_dan(*lagi):
    return lambda dunia, unit: [dunia.satker[unit].kode, *lagi]


def personel(dunia, unit):
    return [dunia.personel[unit].pk]


def halangan(dunia, unit):
    return [dunia.halangan[unit].pk]


def tanda(dunia, unit):
    return [dunia.tanda_pakta[unit].pk]


DAFTAR: list[Baris] = [
    Baris("personel_list", tuple(Peran), kecuali=LANGSUNG),
    Baris("cakupan_unduh", tuple(Peran), argumen=Tetap("csv")),
    Baris("personel_satker", PEMBACA, argumen=kode),
    Baris("personel_unduh", PEMBACA, argumen=kode_dan("csv")),
    Baris("personel_create", ORANG_SATKER, argumen=kode),
    Baris("personel_create", ORANG_SATKER, 422, kode, "post"),
    Baris("personel_detail", PEMBACA, argumen=personel),
    Baris("personel_edit", ORANG_SATKER, argumen=personel),
    Baris("personel_end", ORANG_SATKER, argumen=personel),
    Baris("personel_end", ORANG_SATKER, 422, personel, "post"),
    Baris("personel_reopen", ORANG_SATKER, 302, personel, "post"),
    Baris("personel_erase", PENGHAPUS, argumen=personel),
    Baris("personel_erase", PENGHAPUS, 302, personel, "post"),
    Baris("personel_renew", ORANG_SATKER, 302, personel, "post"),
    Baris("halangan_create", ORANG_SATKER, argumen=personel),
    Baris("halangan_create", ORANG_SATKER, 422, personel, "post"),
    Baris("halangan_end", ORANG_SATKER, argumen=halangan),
    Baris("personel_import", ORANG_SATKER),
    Baris("personel_import_contoh", ORANG_SATKER),
    Baris("personel_import_preview", ORANG_SATKER, 302, Tetap("x" * 24)),
    Baris("personel_import_confirm", ORANG_SATKER, 302, Tetap("x" * 24), "post"),
    Baris("pakta_satker", PEMBACA, argumen=kode),
    Baris("pakta_unduh", PEMBACA, argumen=kode_dan("csv")),
    Baris("pakta_naskah", ORANG_SATKER, argumen=kode_dan(TAHUN)),
    Baris("pakta_naskah", ORANG_SATKER, 404, argumen=kode_dan(1999)),
    Baris("pakta_naskah", ORANG_SATKER, 422, kode_dan(TAHUN), "post"),
    Baris("pakta_freeze", ORANG_SATKER, 302, kode_dan(TAHUN), "post"),
    Baris("pakta_lembar", ORANG_SATKER, argumen=kode_dan(TAHUN)),
    Baris("pakta_lembar", ORANG_SATKER, 422, kode_dan(TAHUN), "post"),
    Baris("pakta_lembar_pdf", ORANG_SATKER, argumen=kode_dan(TAHUN)),
    Baris("pakta_slip", ORANG_SATKER, argumen=kode_dan(TAHUN)),
    Baris("pakta_slip_pdf", ORANG_SATKER, argumen=kode_dan(TAHUN)),
    # This one was signed without a sheet, so even its own people find none.
    Baris("pakta_berkas", PEMBACA, 404, tanda),
    Baris("pakta_revoke", ORANG_SATKER, argumen=tanda),
    Baris("pakta_revoke", ORANG_SATKER, 302, tanda, "post", CABUT),
    Baris("pakta_saya", MASUK),
    # Nobody of this world's accounts stands on a roster.
    Baris("pakta_saya_sign", MASUK, 404, Tetap(1)),
    Baris("pakta_tautan", SEMUA_ORANG, 404, Tetap("karangan")),
    Baris(
        "pakta_tautan",
        SEMUA_ORANG,
        argumen=lambda dunia, unit: [dunia.personel[unit].token],
    ),
]


def fill(dunia) -> None:
    """Rows that these pages need, for each unit of the world."""
    dunia.personel, dunia.halangan, dunia.tanda_pakta = {}, {}, {}
    for unit in UNIT:
        satker = dunia.satker[unit]
        dunia.personel[unit] = factories.PersonelFactory(satker=satker)
        dunia.halangan[unit] = HalanganFactory(personel=dunia.personel[unit])
        naskah = factories.NaskahFactory(satker=satker, tahun=TAHUN, beku=True)
        dunia.tanda_pakta[unit] = sign_pakta(naskah, factories.PersonelFactory(satker=satker))
