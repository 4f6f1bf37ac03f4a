"""Rows of the matrix: reminders."""

import datetime

from django.utils import timezone

from satker.models import AturanPengingat, HariLibur, LangkahPengingat, Pengingat, Peran
from satker.views.pengingat import PENGAWAS
from tests.satker.matrix_dasar import PUBLIK, Baris, Tetap

ADMIN = (Peran.ADMIN,)
SEMUA = tuple(Peran)


def milik_operator(dunia, unit):
    """Each unit's reminder belongs to one person only."""
    return [dunia.pengingat[unit].pk]


# Nobody but the operator has them, and the operator only the own one.
BUKAN_MILIK = {peran: 404 for peran in Peran if peran != Peran.OPERATOR} | {
    PUBLIK: 302,
    "tim_kanwil_baru": 404,
}


def of_own(nama, hasil=200, metode="get", **isi):
    return Baris(nama, SEMUA, hasil, milik_operator, metode, isi, BUKAN_MILIK)


def of_admin(nama, hasil=200, argumen=None, metode="get", **isi):
    return Baris(nama, ADMIN, hasil, argumen, metode, isi)


class Milik(Tetap):
    """Asked once, with the key of a row that the world holds."""

    def __init__(self, nama):
        self.nama = nama

    def __call__(self, dunia, unit):
        return [getattr(dunia, self.nama).pk]


DAFTAR: list[Baris] = [
    Baris("pengingat_list", SEMUA),
    Baris("pengingat_read_all", SEMUA, 302, metode="post"),
    Baris("pilihan_saluran", SEMUA),
    Baris("pilihan_saluran", SEMUA, 302, metode="post"),
    Baris("pengingat_trail", PENGAWAS),
    Baris("pengingat_trail_unduh", PENGAWAS, argumen=Tetap("csv")),
    of_own("pengingat_detail"),
    of_own("pengingat_finish", 302, "post"),
    of_own("pengingat_reopen", 302, "post"),
    of_own("pengingat_snooze", 422, "post"),
    of_own("pengingat_read", 302, "post"),
    of_admin("aturan_pengingat_list"),
    of_admin("aturan_pengingat_detail", argumen=Tetap("uji")),
    of_admin("aturan_pengingat_toggle", 302, Tetap("uji"), "post"),
    of_admin("langkah_pengingat_create", argumen=Tetap("uji")),
    of_admin("langkah_pengingat_create", 422, Tetap("uji"), "post"),
    of_admin("langkah_pengingat_edit", argumen=Milik("langkah_pengingat")),
    of_admin("hari_libur_list"),
    of_admin("hari_libur_list", 422, metode="post"),
    of_admin("hari_libur_delete", 302, Milik("hari_libur"), "post"),
    of_admin("libur_import"),
    of_admin("libur_import", 422, metode="post"),
    of_admin("libur_import_contoh"),
    of_admin("libur_import_preview", 302, Tetap("tidak-ada")),
    of_admin("libur_import_confirm", 302, Tetap("tidak-ada"), "post"),
]


def fill(dunia) -> None:
    """Rows that these pages need, for each unit of the world."""
    aturan = AturanPengingat.objects.create(kode="uji", sumber="uji", nama="Uji")
    dunia.langkah_pengingat = LangkahPengingat.objects.create(
        aturan=aturan, geser=0, daftar_peran=["operator"], pesan="Kerjakan."
    )
    dunia.hari_libur = HariLibur.objects.create(
        tanggal=datetime.date(2026, 1, 1), nama="Tahun Baru", sumber="uji"
    )
    hari, kini = timezone.localdate(), timezone.now()
    dunia.pengingat = {
        unit: Pengingat.objects.create(
            langkah=dunia.langkah_pengingat,
            objek=f"uji:{unit}",
            acuan=hari,
            pengguna=dunia.pemirsa[Peran.OPERATOR] if unit == "sendiri" else dunia.orang[unit],
            satker=satker,
            judul="Uji",
            pesan="Kerjakan.",
            url="/pengingat/",
            tanggal=hari,
            jatuh_pada=kini,
            berguna_sampai=kini + datetime.timedelta(days=3),
        )
        for unit, satker in dunia.satker.items()
    }
