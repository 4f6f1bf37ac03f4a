from satker.models.akun import AREA_PERUBAHAN, LINGKUP_PERAN, Pengguna, Penugasan, Peran, Undangan
from satker.models.organisasi import (
    Instansi,
    JenisSatker,
    KantorWilayah,
    KedudukanInstansi,
    KedudukanSatker,
    KelasSatker,
    SatuanKerja,
    Silsilah,
    ZonaWaktu,
)
from satker.models.riwayat import Catatan, RantaiRiwayat, Riwayat

__all__ = [
    "AREA_PERUBAHAN",
    "LINGKUP_PERAN",
    "Catatan",
    "Instansi",
    "JenisSatker",
    "KantorWilayah",
    "KedudukanInstansi",
    "KedudukanSatker",
    "KelasSatker",
    "Pengguna",
    "Penugasan",
    "Peran",
    "RantaiRiwayat",
    "Riwayat",
    "SatuanKerja",
    "Silsilah",
    "Undangan",
    "ZonaWaktu",
]
