"""`python -m tests.bench [N …]`: measure, print a table, write var/bench.json, name what is missed."""

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests import server
from tests.bench import sasaran
from tests.bench.klien import Klien, Server, measure_throughput
from tests.bench.sasaran import CSV, HALAMAN

PUTARAN = 12
# A page is asked about this long in each round, at least thrice.
DETIK_PER_PUTARAN = 0.12


@dataclass
class Ukur:
    """Times of one page: every answer, the median of each round, and the bare SQL."""

    detik: list[float] = field(default_factory=list)
    putaran: list[float] = field(default_factory=list)
    sql_detik: list[float] = field(default_factory=list)
    byte: int = 0
    gzip: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("ukuran", nargs="*", type=int, default=[])
    parser.add_argument("--putaran", type=int, default=PUTARAN)
    parser.add_argument("--keluaran", type=Path)
    pilihan = parser.parse_args()
    # Where the result goes is asked before the run's own folder takes its place.
    var = Path(os.environ.get("INTEGRITAS_VAR") or server.AKAR / "var")
    keluaran = pilihan.keluaran or var / "bench.json"
    diminta = [int(os.environ["N"])] if os.environ.get("N") else []
    os.environ["UJI_DB"] = "postgres"
    server.prepare()
    mulai = time.monotonic()
    hasil = run(pilihan.ukuran or [100, 1000, *diminta], pilihan.putaran)
    hasil["detik"] = round(time.monotonic() - mulai)
    hasil["luput"] = find_missed(hasil)
    keluaran.parent.mkdir(parents=True, exist_ok=True)
    keluaran.write_text(json.dumps(hasil, indent=1, ensure_ascii=False) + "\n")
    show(hasil)
    print(f"\n{hasil['detik']} detik; rincian di {keluaran}")
    return 0


def run(daftar_ukuran: list[int], putaran: int) -> dict:
    dasar = os.environ["DATABASE_URL"]
    folder = Path(tempfile.mkdtemp(dir=os.environ["UJI_VAR"]))
    os.environ["INTEGRITAS_KANWIL"] = "916-kanwil"
    os.environ["INTEGRITAS_VAR"] = str(folder)
    call("manage.py", "collectstatic", "--noinput", "--verbosity=0")
    hasil: dict = {"ukuran": {}}
    with Basis(dasar, "patokan") as url:
        sesi = call("-m", "tests.bench.patokan.siapkan", DATABASE_URL=url).strip()
        patokan = Server("tests.bench.patokan.wsgi", folder / "patokan.log", DATABASE_URL=url)
        try:
            patokan.wait("/", sesi)
            for ukuran in daftar_ukuran:
                with Basis(dasar, f"bench_{ukuran}") as satu:
                    hasil["ukuran"][ukuran] = measure(ukuran, satu, patokan, sesi, folder, putaran)
        finally:
            patokan.stop()
    return hasil


class Basis:
    """A database of the run's own on the given server, dropped at the end."""

    def __init__(self, dasar: str, nama: str):
        self.dasar, self.nama = dasar, f"integritas_{nama}"

    def _execute(self, sql: str) -> None:
        sambungan = psycopg2.connect(self.dasar)
        sambungan.autocommit = True
        with sambungan.cursor() as kursor:
            kursor.execute(sql)
        sambungan.close()

    def __enter__(self) -> str:
        self._execute(f"DROP DATABASE IF EXISTS {self.nama} WITH (FORCE)")
        self._execute(f"CREATE DATABASE {self.nama}")
        return urlunsplit(urlsplit(self.dasar)._replace(path=f"/{self.nama}"))

    def __exit__(self, *galat) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {self.nama} WITH (FORCE)")


def call(*argumen: str, **lingkungan: str) -> str:
    """Run a Python of the product; its words when it fails."""
    proses = subprocess.run(
        [sys.executable, *argumen],
        cwd=server.AKAR,
        env=os.environ | lingkungan,
        capture_output=True,
        text=True,
        check=False,
    )
    if proses.returncode:
        raise SystemExit(f"{' '.join(argumen)}:\n{proses.stdout}{proses.stderr}")
    return proses.stdout


def measure(ukuran: int, url: str, patokan: Server, sesi: str, folder: Path, putaran: int) -> dict:
    """Everything about one number of units."""
    print(f"== {ukuran} satker", flush=True)
    berkas = folder / f"sql-{ukuran}.json"
    keluaran = call(
        "-m", "tests.bench.siapkan", "siapkan", str(ukuran), str(berkas), DATABASE_URL=url
    )
    siap = json.loads(keluaran.splitlines()[-1])
    pernyataan = json.loads(berkas.read_text())
    produk = Server("integritas.wsgi", folder / f"web-{ukuran}.log", DATABASE_URL=url)
    try:
        produk.wait("/", siap["sesi"])
        memori_awal = produk.measure_memory()
        b, ukur = measure_pages(produk, patokan, sesi, siap, pernyataan, url, putaran)
        laju = {
            "daftar": measure_throughput(
                produk.port, siap["sesi"], sasaran.DAFTAR, sasaran.SAMBUNGAN, 4
            ),
            "patokan": measure_throughput(patokan.port, sesi, "/", sasaran.SAMBUNGAN, 4),
        }
        memori = measure_memory(produk, siap)
        etag = check_etag(produk)
        kunjungan = measure_first_visit(produk)
    finally:
        produk.stop()
    impor = measure_import(url)
    return {
        "b_ms": 1000 * median(b),
        "muat_detik": siap["muat_detik"],
        "rinci": siap["rinci"],
        "halaman": {nama: summarize(satu, b, siap["sql"][nama]) for nama, satu in ukur.items()},
        "laju": laju | {"bagian": laju["daftar"] / laju["patokan"]},
        "memori_mb": memori | {"awal": memori_awal},
        "etag_304": etag,
        "kunjungan_pertama_kb": kunjungan,
        "impor": impor | {"kali": impor["impor_ms"] / impor["polos_ms"]},
    }


def measure_import(url: str) -> dict:
    return json.loads(call("-m", "tests.bench.siapkan", "impor", DATABASE_URL=url).splitlines()[-1])


def measure_pages(produk, patokan, sesi, siap, pernyataan, url, putaran):
    """Round by round: the yardstick, then each page and its SQL asked bare."""
    klien_patokan = Klien(patokan.port, sesi)
    masuk, umum = Klien(produk.port, siap["sesi"]), Klien(produk.port)
    sambungan = psycopg2.connect(url)
    sambungan.autocommit = True
    ukur = {halaman.nama: Ukur() for halaman in [*HALAMAN, CSV]}
    b: list[float] = []
    # The first round only warms both programs.
    for nomor in range(putaran + 1):
        satu_b = median(ask(klien_patokan, "/"))
        for halaman in [*HALAMAN, CSV]:
            klien = masuk if halaman.masuk else umum
            daftar = ask(klien, halaman.alamat.format(**siap["isi"]), ukur[halaman.nama])
            bare = replay(sambungan, pernyataan[halaman.nama])
            if nomor:
                ukur[halaman.nama].detik += daftar
                ukur[halaman.nama].putaran.append(median(daftar))
                ukur[halaman.nama].sql_detik.append(bare)
        if nomor:
            b.append(median([satu_b, median(ask(klien_patokan, "/"))]))
    sambungan.close()
    for klien in (klien_patokan, masuk, umum):
        klien.close()
    return b, ukur


def ask(klien: Klien, alamat: str, ukur: Ukur | None = None) -> list[float]:
    """The times of some answers of one page."""
    daftar, batas = [], time.perf_counter() + DETIK_PER_PUTARAN
    while len(daftar) < 3 or time.perf_counter() < batas:
        detik, status, isi, _ = klien.get(alamat)
        if status != 200:
            raise SystemExit(f"{alamat} menjawab {status}.")
        daftar.append(detik)
    if ukur is not None and not ukur.byte:
        ukur.byte, ukur.gzip = len(isi), len(gzip.compress(isi, 6))
    return daftar


def replay(sambungan, daftar) -> float:
    """Seconds that the statements of a page need without Django."""
    mulai = time.perf_counter()
    with sambungan.cursor() as kursor:
        for sql in daftar:
            kursor.execute(sql)
            if kursor.description:
                kursor.fetchall()
    return time.perf_counter() - mulai


def summarize(ukur: Ukur, b: list[float], sql: int) -> dict:
    kali = [satu / dua for satu, dua in zip(ukur.putaran, b, strict=True)]
    return {
        "p50_ms": 1000 * median(ukur.detik),
        "p95_ms": 1000 * quantiles(ukur.detik, n=20)[-1],
        "b": median(kali),
        "sql": sql,
        "sql_ms": 1000 * median(ukur.sql_detik),
        "byte": ukur.byte,
        "gzip": ukur.gzip,
    }


def measure_memory(produk: Server, siap: dict) -> dict:
    """The largest worker before and after the CSV was asked of all of them."""
    sebelum = produk.measure_memory()
    daftar = [Klien(produk.port, siap["sesi"]) for _ in range(4)]
    for _ in range(3):
        for klien in daftar:
            klien.get(CSV.alamat)
    for klien in daftar:
        klien.close()
    sesudah = produk.measure_memory()
    return {"sesudah": sesudah, "csv_tambah": sesudah - sebelum}


def check_etag(produk: Server) -> bool:
    klien = Klien(produk.port)
    kepala = klien.get("/")[3]
    status = klien.get("/", **{"If-None-Match": kepala.get("ETag", "")})[1]
    klien.close()
    return status == 304


def measure_first_visit(produk: Server) -> float:
    """kB of HTML, CSS and JS of `/`, gzipped, with the modules that scripts import."""
    klien = Klien(produk.port)
    isi = klien.get("/")[2]
    berkas = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', isi.decode()))
    jumlah = len(gzip.compress(isi, 6))
    for alamat in berkas:
        jumlah += len(gzip.compress(klien.get(alamat)[2], 6))
    klien.close()
    return jumlah / 1000


# --- goals ----------------------------------------------------------------------------------------
def find_missed(hasil: dict) -> list[str]:
    """Every goal that was not met, in words."""
    luput = []
    for ukuran, isi in hasil["ukuran"].items():
        for halaman in [*HALAMAN, CSV]:
            satu = isi["halaman"][halaman.nama]
            if halaman.sql and satu["sql"] > halaman.sql:
                luput.append(
                    f"{ukuran}: {halaman.nama}: {satu['sql']} SQL, paling banyak {halaman.sql}"
                )
            if ukuran <= sasaran.UKURAN_SASARAN and halaman.b and satu["b"] > halaman.b:
                luput.append(
                    f"{ukuran}: {halaman.nama}: {satu['b']:.2f} b, paling lama {halaman.b} b"
                )
        luput += _find_missed_rest(ukuran, isi)
    besar, dasar = hasil["ukuran"].get(10_000), hasil["ukuran"].get(1000)
    for halaman in HALAMAN if besar and dasar else []:
        kali = besar["halaman"][halaman.nama]["b"] / dasar["halaman"][halaman.nama]["b"]
        if halaman.tumbuh and kali > halaman.tumbuh:
            luput.append(f"{halaman.nama}: tumbuh {kali:.2f} kali, paling banyak {halaman.tumbuh}")
    return luput


def _find_missed_rest(ukuran: int, isi: dict) -> list[str]:
    pasangan = [
        (isi["impor"]["sql"] > sasaran.IMPOR_SQL, f"impor {isi['impor']['sql']} SQL"),
        (isi["impor"]["kali"] > sasaran.IMPOR_KALI, f"impor {isi['impor']['kali']:.1f} kali polos"),
        (
            isi["memori_mb"]["sesudah"] > sasaran.MEMORI_MB,
            f"memori pekerja {isi['memori_mb']['sesudah']:.0f} MB",
        ),
        (
            isi["memori_mb"]["csv_tambah"] > sasaran.CSV_TAMBAH_MB,
            f"CSV menambah {isi['memori_mb']['csv_tambah']:.0f} MB",
        ),
        (isi["laju"]["bagian"] < sasaran.LAJU, f"laju daftar {isi['laju']['bagian']:.2f} patokan"),
        (not isi["etag_304"], "/ tidak menjawab 304"),
        (
            isi["kunjungan_pertama_kb"] > sasaran.KUNJUNGAN_PERTAMA_KB,
            f"kunjungan pertama {isi['kunjungan_pertama_kb']:.1f} kB",
        ),
    ]
    return [f"{ukuran}: {teks}" for luput, teks in pasangan if luput]


def show(hasil: dict) -> None:
    sasaran_b = {halaman.nama: halaman for halaman in [*HALAMAN, CSV]}
    for ukuran, isi in hasil["ukuran"].items():
        print(f"\n{ukuran} satker x 5 tahun, b = {isi['b_ms']:.2f} ms")
        print(
            f"{'':30}{'p50 ms':>8}{'p95 ms':>8}{'b':>7}{'batas':>7}{'SQL':>5}{'batas':>7}"
            f"{'SQL ms':>8}{'gzip kB':>9}"
        )
        for nama, satu in isi["halaman"].items():
            halaman = sasaran_b[nama]
            print(
                f"{nama:30}{satu['p50_ms']:8.1f}{satu['p95_ms']:8.1f}{satu['b']:7.2f}"
                f"{halaman.b or '':>7}{satu['sql']:5}{halaman.sql or '':>7}{satu['sql_ms']:8.1f}"
                f"{satu['gzip'] / 1000:9.1f}"
            )
        impor, memori, laju = isi["impor"], isi["memori_mb"], isi["laju"]
        print(
            f"impor {impor['baris']} satker: {impor['impor_ms']:.0f} ms, {impor['kali']:.1f} kali "
            f"polos ({impor['polos_ms']:.0f} ms), {impor['sql']} SQL; "
            f"pratinjau {impor['rencana_ms']:.0f} ms"
        )
        print(
            f"memori pekerja {memori['sesudah']:.0f} MB (awal {memori['awal']:.0f}, CSV menambah "
            f"{memori['csv_tambah']:.1f}); laju daftar {laju['daftar']:.0f}/detik = "
            f"{laju['bagian']:.2f} patokan ({laju['patokan']:.0f}/detik)"
        )
        print(
            f"kunjungan pertama {isi['kunjungan_pertama_kb']:.1f} kB; "
            f"304 {'ya' if isi['etag_304'] else 'tidak'}; memuat data {isi['muat_detik']:.1f} detik"
        )
    print("\nLuput dari sasaran:" if hasil["luput"] else "\nSemua sasaran tercapai.")
    for satu in hasil["luput"]:
        print(f"- {satu}")


if __name__ == "__main__":
    sys.exit(main())
