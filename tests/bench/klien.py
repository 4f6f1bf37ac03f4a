"""Asking pages as a browser does that keeps its connection, and the servers that answer."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.server import AKAR

PEKERJA = 2
# Any token of this shape will do, as long as cookie and header say the same.
TANDA = "b" * 32


@dataclass(frozen=True)
class Kiriman:
    """What a POST carries."""

    alamat: str
    isi: bytes | list[bytes]
    jenis: str = "application/x-www-form-urlencoded"
    kepala: dict[str, str] = field(default_factory=dict)


class Klien:
    """One keep-alive connection with a session cookie."""

    def __init__(self, port: int, sesi: str = ""):
        self.sambungan = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.kepala = {"Cookie": f"sessionid={sesi}"} if sesi else {}

    def get(self, alamat: str, **kepala: str) -> tuple[float, int, bytes, dict[str, str]]:
        """Seconds, status, body and headers of one answer."""
        mulai = time.perf_counter()
        self.sambungan.request("GET", alamat, headers=self.kepala | kepala)
        jawaban = self.sambungan.getresponse()
        isi = jawaban.read()
        return time.perf_counter() - mulai, jawaban.status, isi, dict(jawaban.getheaders())

    def send(self, kiriman: "Kiriman") -> tuple[float, int, bytes, dict[str, str]]:
        """The same of a request that changes something, with the token that forms carry."""
        kepala = kiriman.kepala | {
            "Cookie": f"{self.kepala['Cookie']}; csrftoken={TANDA}",
            "X-CSRFToken": TANDA,
            "Content-Type": kiriman.jenis,
        }
        mulai = time.perf_counter()
        self.sambungan.request("POST", kiriman.alamat, kiriman.isi, kepala)
        jawaban = self.sambungan.getresponse()
        isi = jawaban.read()
        return time.perf_counter() - mulai, jawaban.status, isi, dict(jawaban.getheaders())

    def close(self) -> None:
        self.sambungan.close()


class Server:
    """gunicorn with the worker settings of the product's image (see Dockerfile)."""

    def __init__(self, aplikasi: str, catatan: Path, **lingkungan: str):
        with socket.socket() as soket:
            soket.bind(("127.0.0.1", 0))
            self.port = soket.getsockname()[1]
        self.catatan = catatan
        with catatan.open("wb") as keluaran:
            self.proses = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", aplikasi),
                    *("--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread"),
                    *("--workers", str(PEKERJA), "--threads", "8", "--keep-alive", "30"),
                    *("--timeout", "120", "--log-level", "warning", "--no-control-socket"),
                ],
                cwd=AKAR,
                env=os.environ | lingkungan,
                stdout=keluaran,
                stderr=keluaran,
            )

    def wait(self, alamat: str, sesi: str) -> None:
        """Until the page answers; every worker is then warmed by many connections."""
        batas = time.monotonic() + 30
        while True:
            try:
                status = Klien(self.port, sesi).get(alamat)[1]
            except OSError:
                status = 0
            if status == 200:
                break
            if time.monotonic() > batas or self.proses.poll() is not None:
                raise SystemExit(
                    f"{alamat} menjawab {status}; lihat:\n{self.catatan.read_text()[-3000:]}"
                )
            time.sleep(0.1)

    def measure_memory(self) -> float:
        """Resident memory of the largest worker, in MB."""
        return max(self._list_memory())

    def measure_memory_all(self) -> float:
        """The same of all workers together."""
        return sum(self._list_memory())

    def _list_memory(self) -> list[float]:
        return [
            int(isi["VmRSS"].split()[0]) / 1024 for isi in self._list_pekerja() if "VmRSS" in isi
        ]

    def list_pid(self) -> list[int]:
        return [int(isi["Pid"]) for isi in self._list_pekerja()]

    def _list_pekerja(self) -> list[dict[str, str]]:
        """What Linux says of each worker."""
        daftar = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                status = (folder / "status").read_text()
            except OSError:
                continue
            isi = dict(baris.split(":\t", 1) for baris in status.splitlines() if ":\t" in baris)
            if int(isi["PPid"]) == self.proses.pid:
                daftar.append(isi)
        return daftar

    def stop(self) -> None:
        self.proses.terminate()
        self.proses.wait(timeout=30)


def measure_throughput(port: int, sesi: str, alamat: str, sambungan: int, detik: float) -> float:
    """Answers per second over several connections at once."""
    jumlah = [0] * sambungan
    batas = time.monotonic() + detik

    def ask(nomor: int) -> None:
        klien = Klien(port, sesi)
        while time.monotonic() < batas:
            klien.get(alamat)
            jumlah[nomor] += 1
        klien.close()

    daftar = [threading.Thread(target=ask, args=[nomor]) for nomor in range(sambungan)]
    mulai = time.monotonic()
    for benang in daftar:
        benang.start()
    for benang in daftar:
        benang.join()
    return sum(jumlah) / (time.monotonic() - mulai)


def call(*argumen: str, **lingkungan: str) -> str:
    """Run a Python of the product; its words when it fails."""
    proses = subprocess.run(
        [sys.executable, *argumen],
        cwd=AKAR,
        env=os.environ | lingkungan,
        capture_output=True,
        text=True,
        check=False,
    )
    if proses.returncode:
        raise SystemExit(f"{' '.join(argumen)}:\n{proses.stdout}{proses.stderr}")
    return proses.stdout
