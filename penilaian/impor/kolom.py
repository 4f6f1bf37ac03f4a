"""The columns that the import of predicates knows, and the words for their values."""

import datetime

from integritas.tabel import Kolom
from integritas.tabel.judul import TAHUN, TANGGAL, URAIAN
from penilaian.models import (
    Nilai,
)
from penilaian.models.predikat import Dasar

DAFTAR_KOLOM = (
    Kolom(
        "kode",
        ("kode satker", "kode satuan kerja", "kode unit"),
        maks=60,
        wajib=True,
        keterangan="Kode satker yang sudah terdaftar.",
        lebar=28,
    ),
    Kolom(
        "nama",
        ("nama satker", "nama satuan kerja", "satuan kerja", "satker"),
        maks=200,
        keterangan="Hanya untuk memudahkan membaca; yang dipakai kodenya.",
        lebar=44,
    ),
    Kolom(
        "predikat",
        ("jenis predikat", "jenis", "predikat zi", "wbk wbbm", "predikat wbk wbbm"),
        maks=40,
        wajib=True,
        keterangan="WBK, WBBM, atau TANPA bila sumber menyebut satker ini tanpa predikat. Kosong "
        "berarti tidak diketahui, bukan tanpa.",
        lebar=12,
    ),
    Kolom(
        "nomor_sk",
        ("no sk", "nomor keputusan", "nomor surat keputusan", "sk"),
        maks=120,
        keterangan="Nomor keputusan.",
        lebar=24,
    ),
    Kolom(
        "tanggal_sk",
        ("tgl sk", "tanggal keputusan", "tanggal surat keputusan"),
        jenis=TANGGAL,
        keterangan="Tanggal keputusan. Bila tidak diketahui, isi tahun atau disebut pada.",
    ),
    Kolom(
        "tahun",
        ("tahun predikat", "tahun perolehan", "tahun sk"),
        jenis=TAHUN,
        keterangan="Tahun perolehan, bila tanggalnya tidak diketahui.",
        lebar=10,
    ),
    Kolom(
        "disebut_pada",
        ("tanggal sumber", "tanggal disebut", "per tanggal"),
        jenis=TANGGAL,
        keterangan="Tanggal sumber menyebut predikat ini. Wajib bagi TANPA.",
    ),
    Kolom(
        "dasar",
        ("dasar penetapan", "jalur"),
        maks=80,
        keterangan="TPN atau WBK mandiri; kosong bila sumber tidak menyebut.",
        lebar=14,
    ),
    Kolom(
        "sumber",
        ("sumber data",),
        jenis=URAIAN,
        keterangan="Dari mana keterangan ini. Setiap catatan harus bersumber.",
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
        "alasan_tanpa_wbk",
        ("alasan", "alasan wbbm tanpa wbk"),
        jenis=URAIAN,
        keterangan="Bagi WBBM yang WBK-nya tidak tercatat: mengapa dicatat juga.",
        lebar=36,
    ),
)
CONTOH = (
    {
        "kode": "16-lapas-palembang",
        "nama": "Lapas Kelas I Palembang",
        "predikat": "WBK",
        "disebut_pada": datetime.date(2022, 1, 19),
        "sumber": "rmolsumsel.id",
    },
    {
        "kode": "16-bapas-palembang",
        "nama": "Bapas Kelas I Palembang",
        "predikat": "WBK",
        "tahun": "2021",
        "sumber": "sumsel.kemenkumham.go.id 12-01-2023",
    },
    {
        "kode": "16-lapas-sekayu",
        "nama": "Lapas Kelas IIB Sekayu",
        "predikat": "TANPA",
        "disebut_pada": datetime.date(2022, 1, 19),
        "sumber": "rmolsumsel.id",
    },
)
TEKS_BEBAS = ("nomor_sk", "sumber", "keyakinan", "alasan_tanpa_wbk")
SEBUTAN_PREDIKAT = {
    "wbk": Nilai.WBK,
    "wilayah bebas dari korupsi": Nilai.WBK,
    "wbbm": Nilai.WBBM,
    "wilayah birokrasi bersih dan melayani": Nilai.WBBM,
    "tanpa": Nilai.TANPA,
    "tanpa predikat": Nilai.TANPA,
}
SEBUTAN_DASAR = {
    "tpn": Dasar.TPN,
    "tim penilai nasional": Dasar.TPN,
    "penilaian tim penilai nasional": Dasar.TPN,
    "nasional": Dasar.TPN,
    "mandiri": Dasar.MANDIRI,
    "wbk mandiri": Dasar.MANDIRI,
}


def list_pilihan() -> dict[str, list[str]]:
    """What the empty workbook offers to choose from."""
    return {"predikat": Nilai.values, "dasar": ["TPN", "WBK mandiri"]}
