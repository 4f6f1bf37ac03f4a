"""What is measured and the goals it is held to: issue 2, part 8, issue 3, part 7, and issue 4, part 5.
Times are in b, the yardstick."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Halaman:
    """One address and its goals; `{kanwil}` and `{satker}` are filled in per database.

    A page with a date of its own in the address is never served from kept figures.
    """

    nama: str
    alamat: str
    # Most b at 1,000 units; None is measured only.
    b: float | None = None
    sql: int | None = None
    # Most growth of the time from 1,000 to 10,000 units.
    tumbuh: float | None = 1.4
    masuk: bool = True
    # Whose session asks: "admin", "kanwil", or "operator" of the unit of `{lke}`.
    oleh: str = "admin"
    # Most kB gzipped.
    kb: float | None = None
    # A request that changes something: which sender of kirim.py makes it.
    kirim: str = ""
    # Most ms of its median at 1,000 units, where the goal is not in b.
    ms: float | None = None


LAMPAU = "pada=2025-06-30"
DAFTAR = "/satker/?q=kelas+iia&jenis=lapas"
HALAMAN = [
    Halaman("dasbor kementerian", "/kementerian/", 5, 12, 2.0),
    Halaman("dasbor kementerian, lampau", f"/kementerian/?{LAMPAU}", 10, 12, 2.0),
    Halaman("dasbor satu Kanwil", "/kanwil/{kanwil}/", 4, 12, None),
    Halaman("dasbor satu Kanwil, lampau", f"/kanwil/{{kanwil}}/?{LAMPAU}", 8, 12, None),
    Halaman("daftar 50, saringan dan cari", DAFTAR, 2.5, 8),
    Halaman("daftar 50, lampau", f"{DAFTAR}&{LAMPAU}", 5, 8),
    Halaman("halaman satker", "/satker/{satker}/", 3, 12),
    Halaman("riwayat satker", "/satker/{satker}/riwayat/", None, 12),
    Halaman("/ (publik)", "/", 2, 6, masuk=False),
    # A parameter that the page does not know is not kept: what the first reader waits for.
    Halaman("/ (publik, pertama kali)", "/?ukur=1", None, 6, None, masuk=False),
]
CSV = Halaman("CSV semua satker", "/satker/unduh.csv", 2, 8, None)
# The LKE: `{lke}` is an assessment of this year with all answers, `{area}` its largest area.
LKE = [
    Halaman("LKE: satu area", "/lke/{lke}/area/{area}/", 3, 10, oleh="operator", kb=50),
    Halaman("LKE: semua pertanyaan", "/lke/{lke}/semua/", 10, 12, oleh="operator"),
    Halaman(
        "LKE: simpan satu jawaban",
        "/lke/{lke}/jawab/{soal}/",
        2,
        15,
        oleh="operator",
        kirim="jawaban",
    ),
    Halaman("LKE: gerbang", "/lke/{lke}/gerbang/", 1.5, 6, oleh="operator"),
    Halaman("LKE: buka satu", "/lke/buka/", 4, 15, oleh="kanwil", kirim="buka"),
    Halaman("LKE: unduh lembar kerja", "/lke/{lke}/unduh.xlsx", 8, 10, oleh="operator"),
    Halaman(
        "LKE: impor dengan selisih", "/lke/{lke}/lembar/", 12, 15, oleh="operator", kirim="lembar"
    ),
    Halaman("LKE: papan 50 satker", "/lke/?tahun={tahun}", 2, 8),
]
# Ceremonies and reminders: `{putaran}` is a round of all units at once, `{pintu}` an event whose door
# is open, `{langganan}` the feed of a Kanwil with five hundred events.
UPACARA = [
    Halaman("papan putaran (publik)", "/deklarasi/{putaran}/", 4, 8, None, masuk=False),
    Halaman("papan putaran (panitia)", "/putaran/{putaran}/", 4, 8, None, oleh="kanwil"),
    Halaman("pintu: catat hadir", "/pintu/{pintu}/catat/", 2, None, oleh="kanwil", kirim="hadir"),
    Halaman("cakupan pakta kementerian", "/personel/", 3, None, 2.0),
    Halaman(
        "kalender 500 acara",
        "/kalender/{langganan}.ics",
        tumbuh=None,
        masuk=False,
        ms=50,
    ),
    Halaman("pengingat saya", "/pengingat/", 2.5, None),
]
# Measured apart: as a share of writing and hashing the same, not in b.
UNGGAH = Halaman(
    "LKE: unggah 10 MiB",
    "/lke/{lke}/bukti/nomor/{soal_unggah}/unggah/",
    None,
    12,
    oleh="operator",
    kirim="unggah",
)
# Years of assessments beside each number of units; more units are measured in one year.
TAHUN_LKE, TAHUN_LKE_BESAR = 5, 1
# Opening a year against the same rows by bare statements.
BUKA_KALI, BUKA_SQL = 1.3, 20
# In process: one score, a thousand, and the hardest of thirty shortest ways, in ms.
SKOR_MS, SKOR_SERIBU_MS, JALAN_MS = 1, 1000, 1000
# 10 MiB through the page, as a share of raw write and hash; memory above idle.
UNGGAH_BAGIAN, UNGGAH_MB = 0.25, 40
PAKET_MB = 60
# Ten thousand due messages by two workers, and what a worker may grow while it sends them.
PESAN_DETIK, PESAN_MB = 60, 10
IMPOR_KALI, IMPOR_SQL = 5, 30
MEMORI_MB, CSV_TAMBAH_MB = 120, 10
LAJU, SAMBUNGAN = 0.5, 8
KUNJUNGAN_PERTAMA_KB = 50
# Goals in b are set for this many units.
UKURAN_SASARAN = 1000
