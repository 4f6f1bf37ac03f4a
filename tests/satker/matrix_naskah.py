"""Rows of the matrix: signing and closing."""

import io

from django.utils import timezone

from penilaian.izin import PEMBACA, PENGISI
from satker.alur import berkas_upacara, naskah_upacara, penutupan
from satker.models import Peran, TindakLanjut
from tests import factories
from tests.penilaian.bukti.contoh import build_png
from tests.satker.matrix_dasar import SEMUA_ORANG, Baris, Tetap

PENYELENGGARA = (Peran.OPERATOR, Peran.KEPALA_SATKER, Peran.TIM_KANWIL, Peran.ADMIN)
PEMBACA_LANJUT = (*PENYELENGGARA, Peran.ESELON1, Peran.TPI, Peran.PIMPINAN)
TIM = (Peran.TIM_KANWIL, Peran.ADMIN)


def upacara(*lagi):
    return lambda dunia, unit: [dunia.tutup_upacara[unit].kode, *lagi]


def naskah(dunia, unit):
    return [dunia.tutup_upacara[unit].kode, dunia.naskah[unit].pk]


def naskah_baru(dunia, unit):
    return [dunia.tutup_upacara[unit].kode, dunia.naskah_baru[unit].pk]


def tanda(dunia, unit):
    return [dunia.tutup_upacara[unit].kode, dunia.tanda[unit].pk]


def berkas(dunia, unit):
    return [dunia.tutup_upacara[unit].kode, dunia.berkas_upacara[unit].pk]


def satker(dunia, unit):
    return [dunia.satker[unit].kode]


def tindak(dunia, unit):
    return [dunia.satker[unit].kode, dunia.tindak[unit].pk]


def putaran(dunia, unit):
    """There is no third Kanwil: the moved unit is asked under its new one."""
    return [dunia.putaran_tutup["sendiri" if unit == "sendiri" else "lain"].kode]


def penilaian(*lagi):
    return lambda dunia, unit: [dunia.penilaian[unit].pk, *lagi]


DAFTAR: list[Baris] = [
    Baris("undangan_pribadi", SEMUA_ORANG, 404, Tetap("karangan")),
    Baris("berita_acara_periksa", SEMUA_ORANG, 404, Tetap("karangan")),
    Baris("berita_acara_terbit", SEMUA_ORANG, 404, Tetap("karangan")),
    Baris("upacara_naskah", PENYELENGGARA, argumen=upacara()),
    Baris("upacara_naskah_add", PENYELENGGARA, argumen=upacara()),
    Baris("upacara_naskah_add", PENYELENGGARA, 422, upacara(), "post"),
    Baris("upacara_naskah_detail", PENYELENGGARA, argumen=naskah),
    Baris("upacara_naskah_edit", PENYELENGGARA, argumen=naskah_baru),
    Baris("upacara_naskah_edit", PENYELENGGARA, 422, naskah_baru, "post"),
    Baris("upacara_naskah_freeze", PENYELENGGARA, 302, naskah_baru, "post"),
    Baris("upacara_naskah_remove", PENYELENGGARA, 302, naskah_baru, "post"),
    Baris("upacara_tanda_basah", PENYELENGGARA, 422, naskah, "post"),
    Baris("upacara_tanda_elektronik", PENYELENGGARA, 422, naskah, "post"),
    Baris("upacara_tanda_revoke", PENYELENGGARA, argumen=tanda),
    Baris("upacara_tanda_revoke", PENYELENGGARA, 422, tanda, "post"),
    # Drawn on the screen: there is no sheet.
    Baris("upacara_tanda_berkas", PENYELENGGARA, 404, tanda),
    Baris("penutupan_detail", PENYELENGGARA, argumen=upacara()),
    Baris("upacara_close", PENYELENGGARA, 422, upacara(), "post"),
    Baris("susulan_set", PENYELENGGARA, 422, upacara(), "post", {"susulan_sampai": "2001-01-01"}),
    Baris("susulan_plan", PENYELENGGARA, 422, upacara(), "post"),
    Baris("berita_acara_renew", PENYELENGGARA, 302, upacara(), "post"),
    Baris("berita_acara_publish", PENYELENGGARA, 302, upacara(1), "post"),
    Baris("berita_acara_download", tuple(Peran), argumen=upacara(1)),
    Baris("daftar_hadir_download", PENYELENGGARA, argumen=upacara(1)),
    Baris("berkas_upacara_add", PENYELENGGARA, 422, upacara(), "post"),
    Baris("berkas_upacara_link", PENYELENGGARA, 422, upacara(), "post"),
    Baris("berkas_upacara_remove", PENYELENGGARA, 302, berkas, "post"),
    Baris("berkas_upacara_download", tuple(Peran), argumen=berkas),
    Baris("putaran_close", TIM, argumen=putaran),
    # Without an event there is nothing to close.
    Baris("putaran_close", TIM, 422, putaran, "post"),
    Baris("tindak_lanjut_list", PEMBACA_LANJUT, argumen=satker),
    Baris("tindak_lanjut_mark", PENYELENGGARA, 302, tindak, "post", {"selesai": "ya"}),
    Baris("bukti_upacara", PEMBACA, argumen=penilaian()),
    # In this world no unit takes part in an event, so there is none to take from.
    Baris("bukti_upacara_take", PENGISI, 404, penilaian("tidak-ada"), "post"),
    Baris("aturan_bukti_list", (Peran.ADMIN,)),
    Baris("aturan_bukti_list", (Peran.ADMIN,), 422, metode="post"),
    # Rows of the rule belong to no unit; none of this number exists.
    Baris("aturan_bukti_set", (Peran.ADMIN,), 404, Tetap(999_999), "post"),
]


def fill(dunia) -> None:
    """For each unit an event of its own, signed and closed; a round without any for each Kanwil."""
    dunia.tutup_upacara, dunia.naskah, dunia.naskah_baru = {}, {}, {}
    dunia.tanda, dunia.berkas_upacara, dunia.tindak = {}, {}, {}
    kini = timezone.now()
    for unit, satu in dunia.satker.items():
        acara = factories.UpacaraFactory(
            tuan_rumah=satu, status="berlangsung", tanggal=timezone.localdate(), dibuka_pada=kini
        )
        dunia.tutup_upacara[unit] = acara
        dunia.naskah[unit] = factories.NaskahFactory(upacara=acara, beku=True)
        dunia.naskah_baru[unit] = factories.NaskahFactory(upacara=acara, judul="Deklarasi")
        orang = factories.PesertaFactory(upacara=acara, hadir_pada=kini, cara_hadir="kode")
        dunia.tanda[unit] = naskah_upacara.sign_sendiri(
            orang, dunia.naskah[unit], persetujuan=True, goresan="M10 10L300 100"
        )
        dunia.berkas_upacara[unit] = berkas_upacara.add_berkas(
            acara, "foto", io.BytesIO(build_png()), "apel.png", by=None
        )
        penutupan.close(acara, by=None)
        dunia.tindak[unit] = TindakLanjut.objects.create(
            upacara=acara, satker=satu, tanggal=acara.tanggal, perihal="Pemantauan"
        )
    dunia.putaran_tutup = {
        nama: factories.PutaranFactory(kanwil=kanwil) for nama, kanwil in dunia.kanwil.items()
    }
