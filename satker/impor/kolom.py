"""The columns that the import of offices knows, and what the empty workbook offers."""

import datetime

from integritas.tabel import Kolom
from integritas.tabel.judul import TANGGAL, URAIAN
from satker.models import JenisSatker, KantorWilayah, ZonaWaktu

PAKAI_PREDIKAT = "Kolom predikat tidak dibaca di sini; pakai impor predikat."
DAFTAR_KOLOM = (
    Kolom(
        "kode",
        ("kode satker", "kode satuan kerja", "kode unit"),
        maks=60,
        wajib=True,
        keterangan="Kode tetap satker, seperti 16-lapas-palembang. Tidak pernah dipakai ulang.",
        lebar=28,
    ),
    Kolom(
        "nama",
        ("nama satker", "nama satuan kerja", "satuan kerja", "satker", "nama unit", "nama upt"),
        maks=200,
        wajib=True,
        keterangan="Nama resmi.",
        lebar=44,
    ),
    Kolom(
        "jenis",
        ("jenis satker", "tipe", "jenis unit", "jenis upt"),
        wajib=True,
        atau="provinsi",
        keterangan="Lapas, Rutan, Kanim dan seterusnya; nama panjangnya juga dikenal.",
    ),
    Kolom(
        "kelas",
        ("klas", "kelas satker"),
        maks=60,
        keterangan="I, IIA, IIB, III, atau I TPI. Kosong bila jenisnya tanpa kelas.",
        lebar=12,
    ),
    Kolom(
        "kota_kabupaten",
        (
            *("kota", "kabupaten", "kabupaten kota", "kab kota", "kota kab", "tempat"),
            *("kota kedudukan", "lokasi"),
        ),
        maks=120,
        keterangan="Kota atau kabupaten tempatnya.",
        lebar=24,
    ),
    Kolom(
        "induk",
        ("kode induk", "kanwil", "kode kanwil", "kantor wilayah", "satker induk"),
        keterangan="Kode Kanwil, seperti 16-kanwil; bagi Kanwil: kementerian atau Ditjen-nya, "
        "seperti kemenkumham atau ditjenpas.",
    ),
    Kolom(
        "pembina",
        ("eselon i pembina", "eselon 1", "eselon i", "pembina teknis", "unit pembina"),
        keterangan="Eselon I pembina. Bila kosong, mengikuti jenisnya.",
    ),
    Kolom(
        "zona_waktu",
        ("zona",),
        keterangan="WIB, WITA, atau WIT. Bila kosong, mengikuti Kanwil-nya.",
        lebar=12,
    ),
    Kolom(
        "berlaku_mulai",
        (
            *("berlaku dari", "mulai", "mulai berlaku", "tanggal mulai", "tmt"),
            "tanggal berlaku",
        ),
        jenis=TANGGAL,
        keterangan="Sejak kapan keadaan di baris ini berlaku. Wajib bila satker yang sudah ada "
        "berubah; keadaan sebelumnya tetap tercatat.",
    ),
    Kolom(
        "sumber",
        ("sumber data",),
        jenis=URAIAN,
        keterangan="Dari mana keterangan ini. Bila kosong, nama berkasnya.",
        lebar=36,
    ),
    Kolom(
        "keyakinan",
        ("tingkat keyakinan",),
        jenis=URAIAN,
        keterangan="Seberapa pasti, dan apa yang masih perlu dikonfirmasi.",
        lebar=36,
    ),
    Kolom(
        "provinsi",
        ("propinsi", "nama provinsi"),
        maks=80,
        keterangan="Hanya bagi Kanwil baru. Bila kosong, dari angka di depan kodenya.",
    ),
    Kolom(
        "kode_bps",
        ("kode bps provinsi", "kode provinsi"),
        maks=4,
        keterangan="Hanya bagi Kanwil baru: kode provinsi dari BPS.",
        lebar=12,
    ),
    Kolom("predikat", ("predikat zi", "wbk wbbm"), abaikan=PAKAI_PREDIKAT),
    Kolom("tahun_predikat", ("tahun predikat zi",), abaikan=PAKAI_PREDIKAT),
)
CONTOH = (
    {
        "kode": "16-lapas-palembang",
        "nama": "Lapas Kelas I Palembang",
        "jenis": "Lapas",
        "kelas": "I",
        "kota_kabupaten": "Kota Palembang",
        "induk": "16-kanwil",
        "sumber": "rmolsumsel.id",
    },
    {
        "kode": "16-kanwil-ditjenpas",
        "nama": "Kantor Wilayah Direktorat Jenderal Pemasyarakatan Sumatera Selatan",
        "jenis": "Kanwil",
        "kota_kabupaten": "Kota Palembang",
        "induk": "ditjenpas",
        "berlaku_mulai": datetime.date(2024, 10, 21),
        "sumber": "Perpres 155/2024",
    },
)


def list_pilihan() -> dict[str, list[str]]:
    """What the empty workbook offers to choose from."""
    return {
        "jenis": list(
            JenisSatker.objects.filter(mandiri=True)
            .order_by("urutan", "pk")
            .values_list("singkatan", flat=True)
        ),
        "induk": list(
            KantorWilayah.objects.filter(satker__contoh=False)
            .order_by("satker__kode")
            .values_list("satker__kode", flat=True)
        ),
        "zona_waktu": ZonaWaktu.values,
    }
