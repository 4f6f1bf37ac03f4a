"""An installation of its own with real workers and beats: the product's commands and settings, on the
database of the test; PostgreSQL with Redis, or SQLite with the filesystem broker."""

import contextlib
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psutil
import yaml
from django.db import connection

from tests.server import AKAR

# Short, so that a test need not wait long for what a dead worker held.
SEWA = 5


class Proses:
    """One worker or beat, with whatever it starts."""

    def __init__(self, nama: str, perintah: list[str], env: dict[str, str], folder: Path):
        self.catatan = folder / f"{nama}.log"
        with self.catatan.open("ab") as keluaran:
            self.proses = subprocess.Popen(
                [sys.executable, *perintah],
                cwd=AKAR,
                env=env,
                stdout=keluaran,
                stderr=keluaran,
                start_new_session=True,
            )

    def read(self) -> str:
        return self.catatan.read_text(errors="replace")

    def is_ready(self) -> bool:
        assert self.proses.poll() is None, self.read()
        return " ready." in self.read()

    def list_pid(self) -> list[int]:
        with contextlib.suppress(psutil.Error):
            satu = psutil.Process(self.proses.pid)
            return [satu.pid, *(anak.pid for anak in satu.children(recursive=True))]
        return []

    def kill(self) -> None:
        """As a machine that loses its power: all of it at once, nothing is put in order."""
        os.killpg(self.proses.pid, signal.SIGKILL)
        self.proses.wait()


class Rumah:
    """Starts the processes of one installation; `stop()` ends those that are left."""

    def __init__(
        self, folder: Path, port: int, redis_url: str = "", database_url: str = "", **lain
    ):
        self.folder, self.daftar, self.nomor = folder, [], 0
        self.server = bool(redis_url)
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "INTEGRITAS_VAR": str(folder / "var"),
            "DATABASE_URL": database_url or name_database(),
            "INTEGRITAS_KIRIM_SELANG": "1",
            "INTEGRITAS_KIRIM_SEWA": str(SEWA),
            "TINGKAT_LOG": "INFO",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        if self.server:
            self.env |= {
                "INTEGRITAS_MODE": "server",
                "SECRET_KEY": "k3Y-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP",
                "ALLOWED_HOSTS": "zi.contoh.id",
                "REDIS_URL": redis_url,
                "SMTP_HOST": "127.0.0.1",
                "SMTP_PORT": str(port),
            }
        else:
            self.env |= {
                "DJANGO_SETTINGS_MODULE": "tests.satker.kirim.mandiri_smtp",
                "UJI_SMTP_PORT": str(port),
            }
        self.env |= lain
        (folder / "var" / "jalan").mkdir(parents=True, exist_ok=True)

    def _start(self, jenis: str, perintah: list[str]) -> Proses:
        self.nomor += 1
        self.daftar.append(Proses(f"{jenis}-{self.nomor}", perintah, self.env, self.folder))
        return self.daftar[-1]

    def start_worker(self) -> Proses:
        """As docker-compose.yml starts it, with one process that sends."""
        perintah = read_perintah("worker").replace("--concurrency 2", "--concurrency 1")
        return self._start(
            "pekerja", ["-m", *shlex.split(perintah), "--hostname", f"pekerja{self.nomor}@uji"]
        )

    def start_beat(self) -> Proses:
        perintah = read_perintah("beat")
        for kata in ("/tmp/jadwal", "/tmp/beat.pid"):
            perintah = perintah.replace(kata, str(self.folder / f"{Path(kata).name}-{self.nomor}"))
        return self._start("beat", ["-m", *shlex.split(perintah)])

    def run(self, *perintah: str) -> None:
        """A command of the installation, to its end."""
        subprocess.run([sys.executable, *perintah], cwd=AKAR, env=self.env, check=True, timeout=120)

    def stop(self) -> None:
        for satu in self.daftar:
            if satu.proses.poll() is None:
                satu.kill()

    def read(self) -> str:
        """What the processes said last, for a test that fails."""
        return "\n".join(
            f"== {satu.catatan.name}\n{satu.read()[-3000:]}" for satu in self.daftar[-6:]
        )


def read_perintah(layanan: str) -> str:
    isi = yaml.safe_load((AKAR / "docker-compose.yml").read_text())
    return isi["services"][layanan]["command"]


def name_database() -> str:
    """The address of the test's database."""
    db = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{db['NAME']}"
    host = db["HOST"]
    return (
        f"postgresql://{quote(db['USER'])}:{quote(db['PASSWORD'])}@"
        f"{'' if host.startswith('/') else host}{':' + db['PORT'] if db['PORT'] else ''}/{db['NAME']}"
        f"{'?host=' + quote(host) if host.startswith('/') else ''}"
    )


def find_sender(daftar: list[Proses], port: int) -> tuple[Proses, int] | None:
    """A worker that speaks to the mail server right now, and its process that does."""
    for satu in daftar:
        for pid in satu.list_pid():
            with contextlib.suppress(psutil.Error):
                if any(
                    s.raddr and s.raddr.port == port and s.status == psutil.CONN_ESTABLISHED
                    for s in psutil.Process(pid).net_connections("tcp")
                ):
                    return satu, pid
    return None
