"""Files through the page: how quick beside writing and hashing them, and what many large ones at
once weigh."""

import hashlib
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

from tests.bench.kirim import UNGGAH_BYTE, Unggah, build_pdf, build_unggahan
from tests.bench.klien import Klien, Server
from tests.bench.sasaran import UNGGAH

POTONG = 256 * 1024
PUTARAN = 7
BANYAK, BYTE_BESAR = 8, 100 * 10**6


def measure_unggah(produk: Server, siap: dict, folder: Path) -> dict:
    """One file after another in turn with its bare writing, then eight large ones at once."""
    sesi, isi = siap["sesi"][UNGGAH.oleh], siap["isi"]
    klien, pengirim = Klien(produk.port, sesi), Unggah(UNGGAH, isi)
    polos, lengkap = [], []
    for nomor in range(PUTARAN + 1):
        satu_polos = write_bare(b"".join(build_pdf(UNGGAH_BYTE)), folder)
        detik, status, jawaban, _ = klien.send(pengirim.build())
        pengirim.check(status, jawaban)
        if nomor:
            polos.append(satu_polos)
            lengkap.append(detik)
    klien.close()
    return {
        "polos_ms": 1000 * median(polos),
        "unggah_ms": 1000 * median(lengkap),
        "bagian": median(satu / dua for satu, dua in zip(polos, lengkap, strict=True)),
        "sql": siap["sql"][UNGGAH.nama],
        **measure_serentak(produk, sesi, UNGGAH.alamat.format(**isi)),
    }


def write_bare(isi: bytes, folder: Path) -> float:
    """The floor: hashed in one pass while it is written."""
    mulai = time.perf_counter()
    with tempfile.NamedTemporaryFile(dir=folder) as berkas:
        hitung = hashlib.sha256()
        for awal in range(0, len(isi), POTONG):
            hitung.update(isi[awal : awal + POTONG])
            berkas.write(isi[awal : awal + POTONG])
        hitung.hexdigest()
    return time.perf_counter() - mulai


def measure_serentak(produk: Server, sesi: str, alamat: str) -> dict:
    """Memory of all workers above idle at its highest, in MB, and how long they took."""
    awal = puncak = produk.measure_memory_all()
    status: list[int] = []

    def send() -> None:
        klien = Klien(produk.port, sesi)
        status.append(klien.send(build_unggahan(alamat, build_pdf(BYTE_BESAR)))[1])
        klien.close()

    daftar = [threading.Thread(target=send) for _ in range(BANYAK)]
    mulai = time.monotonic()
    for benang in daftar:
        benang.start()
    while any(benang.is_alive() for benang in daftar):
        puncak = max(puncak, produk.measure_memory_all())
        time.sleep(0.02)
    if status != [302] * BANYAK:
        raise SystemExit(f"{alamat} menjawab {status}.")
    return {"mb": puncak - awal, "serentak_detik": time.monotonic() - mulai}
