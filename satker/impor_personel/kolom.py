"""The columns that the import of rosters knows, and the words for the kinds of people."""

import datetime

from integritas.tabel import Kolom, normalize
from integritas.tabel.judul import TANGGAL
from satker.models import Personel

J = Personel.Jenis
SEBUTAN_JENIS = {
    J.ASN: ("asn", "pns", "cpns", "pppk", "p3k", "pegawai negeri sipil", "pegawai"),
    J.PPNPN: (
        *("ppnpn", "honorer", "kontrak", "pegawai kontrak", "tenaga kontrak", "non asn"),
        *("pramubakti", "pegawai tidak tetap", "ptt", "outsourcing", "alih daya"),
    ),
    J.PENGAMANAN: (
        *("pengamanan", "petugas pengamanan", "satpam", "security", "keamanan", "petugas keamanan"),
        *("penjaga", "penjaga malam", "satuan pengamanan"),
    ),
    J.KEBERSIHAN: (
        *("kebersihan", "petugas kebersihan", "cleaning service", "cleaning servis", "cs"),
        *("tenaga kebersihan", "office boy"),
    ),
    J.TAMAN: ("taman", "petugas taman", "tukang kebun", "tukang taman", "pertamanan"),
    J.PARKIR: ("parkir", "petugas parkir", "juru parkir", "jukir", "tukang parkir"),
    J.LAIN: ("lain", "lainnya", "lain lain"),
}
JENIS_DARI = {normalize(kata): jenis for jenis, semua in SEBUTAN_JENIS.items() for kata in semua}
DAFTAR_KOLOM = (
    Kolom(
        "nama",
        ("nama lengkap", "nama pegawai", "nama personel", "nama petugas"),
        maks=150,
        wajib=True,
        keterangan="Nama orangnya, dengan atau tanpa gelar.",
        lebar=32,
    ),
    Kolom(
        "jenis",
        ("jenis personel", "jenis pegawai", "status", "status pegawai", "kategori"),
        maks=60,
        wajib=True,
        keterangan="ASN, PPNPN, pengamanan, kebersihan, taman, parkir, atau lainnya; satpam, tukang "
        "kebun, juru parkir dan cleaning service juga dikenal.",
        lebar=16,
    ),
    Kolom(
        "jabatan",
        ("posisi", "tugas", "pekerjaan", "jabatan atau tugas"),
        maks=150,
        wajib=True,
        keterangan="Jabatan atau tugasnya, seperti Pengelola data atau Petugas pintu utama.",
        lebar=32,
    ),
    Kolom(
        "nomor",
        ("nomor pegawai", "nip", "nik", "nrp", "nomor induk", "nomor induk pegawai", "no pegawai"),
        maks=40,
        keterangan="Nomor pegawai, boleh kosong. Simpan kolomnya sebagai teks. Hanya orang satker "
        "ini yang melihatnya utuh.",
        lebar=24,
    ),
    Kolom(
        "dari",
        ("mulai", "sejak", "tmt", "tanggal mulai", "berlaku dari", "berlaku mulai"),
        jenis=TANGGAL,
        keterangan="Sejak kapan bekerja di sini, boleh kosong.",
    ),
    Kolom(
        "sampai",
        ("berakhir", "tanggal berakhir", "berlaku sampai", "selesai"),
        jenis=TANGGAL,
        keterangan="Mulai hari itu tidak lagi di roster, boleh kosong.",
    ),
    Kolom(
        "kontak",
        ("surel", "email", "telepon", "nomor telepon", "hp", "no hp", "wa", "whatsapp"),
        maks=254,
        keterangan="Satu alamat surel atau nomor telepon, boleh kosong.",
        lebar=26,
    ),
    Kolom(
        "guna_kontak",
        ("kegunaan kontak", "tujuan kontak", "keperluan kontak"),
        maks=200,
        keterangan="Untuk apa kontak itu dipakai. Wajib bila kontak diisi.",
        lebar=26,
    ),
    Kolom(
        "kontak_sampai",
        ("kontak dihapus", "kontak dihapus pada", "hapus kontak", "tanggal hapus kontak"),
        jenis=TANGGAL,
        keterangan="Hari kontak itu dihapus. Wajib bila kontak diisi.",
    ),
    Kolom(
        "satker",
        ("kode satker", "kode satuan kerja", "satuan kerja"),
        maks=60,
        keterangan="Kode satker. Hanya perlu bila Anda mengurus lebih dari satu satker.",
        lebar=24,
    ),
)
CONTOH = (
    {"nama": "Orang Contoh Satu", "jenis": "ASN", "jabatan": "Pengelola data"},
    {
        "nama": "Orang Contoh Dua",
        "jenis": "Satpam",
        "jabatan": "Petugas pintu utama",
        "dari": datetime.date(2026, 1, 1),
    },
)
# A spreadsheet that opens our export would compute what begins so.
TEKS_BEBAS = ("nama", "jabatan", "guna_kontak")
