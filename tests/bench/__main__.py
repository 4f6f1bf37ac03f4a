"""`python -m tests.bench [N …]`: measure, print a table, write var/bench.json, name what is missed."""

import argparse
import gzip
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tests import server
from tests.bench import sasaran
from tests.bench.kirim import PENGIRIM, Pengirim
from tests.bench.klien import Klien, Server, call, measure_throughput
from tests.bench.laporan import SEMUA, find_missed, show
from tests.bench.paket import measure_paket
from tests.bench.pesan import measure_pesan
from tests.bench.prosesor import Prosesor
from tests.bench.sasaran import CSV, Halaman
from tests.bench.unggah import measure_unggah

PUTARAN = 12
# A page is asked about this long in each round, at least thrice.
DETIK_PER_PUTARAN = 0.12


@dataclass
class Ukur:
    """Times of one page: every answer, the median of each round, and the bare SQL."""

    detik: list[float] = field(default_factory=list)
    putaran: list[float] = field(default_factory=list)
    sql_detik: list[float] = field(default_factory=list)
    # Of each round: workers and database on the processor.
    prosesor: list[float] = field(default_factory=list)
    byte: int = 0
    gzip: int = 0

    def weigh(self, isi: bytes) -> None:
        if not self.byte:
            self.byte, self.gzip = len(isi), len(gzip.compress(isi, 6))


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
    # A goal may be missed on a busy machine; a page that is not there is a fault.
    return int(any(isi["tiada"] for isi in hasil["ukuran"].values()))


def run(daftar_ukuran: list[int], putaran: int) -> dict:
    dasar = os.environ["DATABASE_URL"]
    folder = Path(tempfile.mkdtemp(dir=os.environ["UJI_VAR"]))
    os.environ["INTEGRITAS_KANWIL"] = "916-kanwil"
    os.environ["INTEGRITAS_VAR"] = str(folder)
    call("manage.py", "collectstatic", "--noinput", "--verbosity=0")
    hasil: dict = {
        "ukuran": {},
        "hitung": json.loads(call("-m", "tests.bench.hitung")),
        "paket": measure_paket_sendiri(dasar),
        "pesan": measure_pesan_sendiri(dasar),
    }
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


def measure_paket_sendiri(dasar: str) -> dict:
    """The evidence pack, on a database of its own."""
    with Basis(dasar, "paket") as url:
        call("manage.py", "migrate", "--verbosity=0", DATABASE_URL=url)
        return measure_paket(DATABASE_URL=url)


def measure_pesan_sendiri(dasar: str) -> dict[str, float]:
    """Due reminders on their way to a mail server, on a database of their own."""
    with Basis(dasar, "pesan") as url:
        return measure_pesan(url)


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
        produk.wait("/", siap["sesi"]["admin"])
        memori_awal = produk.measure_memory()
        b, b_prosesor, ukur = measure_pages(produk, patokan, sesi, siap, pernyataan, url, putaran)
        laju = {
            "daftar": measure_throughput(
                produk.port, siap["sesi"]["admin"], sasaran.DAFTAR, sasaran.SAMBUNGAN, 4
            ),
            "patokan": measure_throughput(patokan.port, sesi, "/", sasaran.SAMBUNGAN, 4),
        }
        memori = measure_memory(produk, siap)
        etag = check_etag(produk)
        kunjungan = measure_first_visit(produk)
        unggah = measure_unggah(produk, siap, folder)
    finally:
        produk.stop()
    lain = json.loads(call("-m", "tests.bench.siapkan", "ukur", DATABASE_URL=url).splitlines()[-1])
    impor = lain["impor"]
    return {
        "b_ms": 1000 * median(b),
        "muat_detik": siap["muat_detik"],
        "muat_lke_detik": siap["muat_lke_detik"],
        "muat_upacara_detik": siap["muat_upacara_detik"],
        "rinci": siap["rinci"],
        "tiada": siap["tiada"],
        "halaman": {
            nama: summarize(satu, b, b_prosesor, siap["sql"][nama]) for nama, satu in ukur.items()
        },
        "laju": laju | {"bagian": laju["daftar"] / laju["patokan"]},
        "memori_mb": memori | {"awal": memori_awal},
        "etag_304": etag,
        "kunjungan_pertama_kb": kunjungan,
        "impor": impor | {"kali": impor["impor_ms"] / impor["polos_ms"]},
        "buka": lain["buka"],
        "unggah": unggah,
    }


def measure_pages(produk, patokan, sesi, siap, pernyataan, url, putaran):
    """Round by round: the yardstick, then each page and its SQL asked bare."""
    klien_patokan = Klien(patokan.port, sesi)
    daftar_klien = {oleh: Klien(produk.port, satu) for oleh, satu in siap["sesi"].items()}
    daftar_klien[""] = Klien(produk.port)
    sambungan = psycopg2.connect(url)
    sambungan.autocommit = True
    pengukur = {
        halaman: build_pengukur(
            halaman, daftar_klien[halaman.oleh if halaman.masuk else ""], siap["isi"]
        )
        for halaman in SEMUA
        if halaman.nama not in siap["tiada"]
    }
    ukur = {halaman.nama: Ukur() for halaman in pengukur}
    cpu = Prosesor(produk, sambungan, urlsplit(url).path[1:])
    cpu_patokan = Prosesor(patokan, sambungan, "integritas_patokan")
    b: list[float] = []
    b_prosesor: list[float] = []
    # The first round only warms both programs.
    for nomor in range(putaran + 1):
        daftar_b, satu_prosesor = cpu_patokan.measure(
            lambda: repeat(lambda: ask(klien_patokan, "/", Ukur()))
        )
        for halaman, satu in pengukur.items():
            daftar, detik_prosesor = cpu.measure(
                lambda satu=satu, halaman=halaman: repeat(lambda: satu(ukur[halaman.nama]))
            )
            bare = replay(sambungan, pernyataan[halaman.nama])
            if nomor:
                ukur[halaman.nama].detik += daftar
                ukur[halaman.nama].putaran.append(median(daftar))
                ukur[halaman.nama].sql_detik.append(bare)
                ukur[halaman.nama].prosesor.append(detik_prosesor)
        if nomor:
            akhir_b = repeat(lambda: ask(klien_patokan, "/", Ukur()))
            b.append(median([median(daftar_b), median(akhir_b)]))
            b_prosesor.append(satu_prosesor)
    sambungan.close()
    for klien in (klien_patokan, *daftar_klien.values()):
        klien.close()
    return b, b_prosesor, ukur


def build_pengukur(halaman: Halaman, klien: Klien, isi: dict) -> Callable[[Ukur], float]:
    """One answer of the page, and how long it took."""
    if not halaman.kirim:
        return lambda ukur: ask(klien, halaman.alamat.format(**isi), ukur)
    pengirim = PENGIRIM[halaman.kirim](halaman, isi)
    pengirim.begin(lambda alamat: klien.get(alamat)[2])
    return lambda ukur: send(klien, pengirim, ukur)


def repeat(langkah: Callable[[], float]) -> list[float]:
    """The times of some answers."""
    daftar, batas = [], time.perf_counter() + DETIK_PER_PUTARAN
    while len(daftar) < 3 or time.perf_counter() < batas:
        daftar.append(langkah())
    return daftar


def ask(klien: Klien, alamat: str, ukur: Ukur) -> float:
    detik, status, isi, _ = klien.get(alamat)
    if status != 200:
        raise SystemExit(f"{alamat} menjawab {status}.")
    ukur.weigh(isi)
    return detik


def send(klien: Klien, pengirim: Pengirim, ukur: Ukur) -> float:
    detik, status, isi, kepala = klien.send(pengirim.build())
    pengirim.check(status, isi)
    ukur.weigh(isi)
    return detik + (ask(klien, kepala["Location"], ukur) if pengirim.ikuti else 0)


def replay(sambungan, daftar) -> float:
    """Seconds that the statements of a page need without Django."""
    mulai = time.perf_counter()
    with sambungan.cursor() as kursor:
        for sql in daftar:
            kursor.execute(sql)
            if kursor.description:
                kursor.fetchall()
    return time.perf_counter() - mulai


def summarize(ukur: Ukur, b: list[float], b_prosesor: list[float], sql: int) -> dict:
    kali = [satu / dua for satu, dua in zip(ukur.putaran, b, strict=True)]
    prosesor = [satu / dua for satu, dua in zip(ukur.prosesor, b_prosesor, strict=True) if dua]
    return {
        "p50_ms": 1000 * median(ukur.detik),
        "p95_ms": 1000 * quantiles(ukur.detik, n=20)[-1],
        "b": median(kali),
        "b_prosesor": median(prosesor) if prosesor else 0,
        "sql": sql,
        "sql_ms": 1000 * median(ukur.sql_detik),
        "byte": ukur.byte,
        "gzip": ukur.gzip,
    }


def measure_memory(produk: Server, siap: dict) -> dict:
    """The largest worker before and after the CSV was asked of all of them."""
    sebelum = produk.measure_memory()
    daftar = [Klien(produk.port, siap["sesi"]["admin"]) for _ in range(4)]
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


if __name__ == "__main__":
    sys.exit(main())
