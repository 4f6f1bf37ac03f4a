"""Opening a year for all units, against the same rows copied by bare statements. Imported by
siapkan.py, which has set Django up."""

import datetime
import time
from statistics import median

from django.db import connection, transaction

from penilaian.alur import pembukaan
from penilaian.models import VersiInstrumen
from satker.models import Pengguna, SatuanKerja

PUTARAN = 5
# Years that nobody has opened, and no page opens.
TAHUN = 2090
KEJADIAN = "LKE dibuka"


def measure_buka() -> dict:
    """The product first, then its rows once more for the next year; both taken back."""
    by = Pengguna.objects.get(email="admin@bench.invalid")
    versi = VersiInstrumen.objects.defer("teks").latest("pk")
    lengkap, polos, jumlah, daftar_sql = [], [], 0, []
    for nomor in range(PUTARAN + 1):
        with transaction.atomic():
            with note_sql() as daftar_sql:
                mulai = time.perf_counter()
                jumlah = len(open_all(versi, by))
                satu_lengkap = time.perf_counter() - mulai
            satu_polos = copy_bare()
            transaction.set_rollback(True)
        if nomor:
            lengkap.append(satu_lengkap)
            polos.append(satu_polos)
    return {
        "satker": jumlah,
        "polos_ms": 1000 * median(polos),
        "buka_ms": 1000 * median(lengkap),
        "kali": median(satu / dua for satu, dua in zip(lengkap, polos, strict=True)),
        "sql": len([sql for sql in daftar_sql if not sql.startswith(("SAVEPOINT", "RELEASE"))]),
    }


def open_all(versi: VersiInstrumen, by: Pengguna):
    return pembukaan.open_many(
        list(SatuanKerja.objects.filter(contoh=False)),
        tahun=TAHUN,
        target="WBK",
        versi=versi,
        buka_pada=datetime.date(TAHUN, 1, 2),
        tutup_pada=datetime.date(TAHUN, 11, 30),
        by=by,
    )


class note_sql:
    """Statements of a block."""

    def __enter__(self) -> list[str]:
        self.daftar: list[str] = []
        self.pembungkus = connection.execute_wrapper(self._note)
        self.pembungkus.__enter__()
        return self.daftar

    def _note(self, execute, sql, params, many, context):
        self.daftar.append(sql)
        return execute(sql, params, many, context)

    def __exit__(self, *galat) -> None:
        self.pembungkus.__exit__(*galat)


def copy_bare() -> float:
    """The floor: every row that the product wrote, written again by `insert … select`: the
    assessments, their scores, their areas, their history, and the heads of its chains."""
    with connection.cursor() as kursor:
        kolom = {
            tabel: _list_kolom(kursor, f"penilaian_{tabel}")
            for tabel in ("penilaian", "rekap", "areapenilaian")
        }
        riwayat = _list_kolom(kursor, "satker_riwayat", "nomor")
        mulai = time.perf_counter()
        kursor.execute(
            f"INSERT INTO penilaian_penilaian ({', '.join(kolom['penilaian'])}) "
            f"SELECT {', '.join(_pick(kolom['penilaian'], 'p', tahun='p.tahun + 1'))} "
            "FROM penilaian_penilaian p WHERE p.tahun = %s ORDER BY p.id",
            [TAHUN],
        )
        for tabel in ("rekap", "areapenilaian"):
            pilih = _pick(kolom[tabel], "r", penilaian_id="b.id", tahun="b.tahun")
            kursor.execute(
                f"INSERT INTO penilaian_{tabel} ({', '.join(kolom[tabel])}) "
                f"SELECT {', '.join(pilih)} FROM penilaian_{tabel} r "
                "JOIN penilaian_penilaian a ON a.id = r.penilaian_id "
                "JOIN penilaian_penilaian b ON b.satker_id = a.satker_id AND b.tahun = a.tahun + 1 "
                "WHERE a.tahun = %s",
                [TAHUN],
            )
        kursor.execute(
            f"INSERT INTO satker_riwayat ({', '.join([*riwayat, 'nomor'])}) "
            f"SELECT {', '.join(_pick(riwayat, 'r'))}, r.nomor + 1 FROM satker_riwayat r "
            "JOIN satker_rantairiwayat k ON k.id = r.rantai_id AND k.nomor = r.nomor "
            "JOIN penilaian_penilaian p ON r.objek = 'penilaian:' || p.id "
            "WHERE r.kejadian = %s AND p.tahun = %s",
            [KEJADIAN, TAHUN],
        )
        kursor.execute(
            "UPDATE satker_rantairiwayat k SET nomor = r.nomor, hash = r.hash "
            "FROM satker_riwayat r WHERE r.rantai_id = k.id AND r.nomor = k.nomor + 1"
        )
        return time.perf_counter() - mulai


def _list_kolom(kursor, tabel: str, *tanpa: str) -> list[str]:
    daftar = connection.introspection.get_table_description(kursor, tabel)
    return [satu.name for satu in daftar if satu.name not in {"id", *tanpa}]


def _pick(kolom: list[str], tabel: str, **ganti: str) -> list[str]:
    return [ganti.get(satu, f"{tabel}.{satu}") for satu in kolom]
