"""`make run` as a person meets it: real processes on a folder and a port of their own."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.server import AKAR

pytestmark = [
    pytest.mark.server,
    # The database of an installation is its own: once is enough.
    pytest.mark.skipif(os.environ.get("UJI_DB") == "postgres", reason="mandiri memakai SQLite"),
    pytest.mark.skipif(sys.platform != "linux", reason="membaca daftar proses Linux"),
]
BATAS = 60


class Jalan:
    """One `run_mandiri`, and every process that works on its folder."""

    def __init__(self, var, port):
        self.var, self.port = var, port
        self.alamat = f"http://127.0.0.1:{port}/"
        var.parent.mkdir(exist_ok=True)
        self.catatan = (var.parent / f"keluaran-{time.monotonic_ns()}").open("w+")
        self.proses = subprocess.Popen(
            [sys.executable, AKAR / "manage.py", "run_mandiri"],
            cwd=AKAR,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(var.parent),
                "INTEGRITAS_VAR": str(var),
                "PORT": str(port),
            },
            stdout=self.catatan,
            stderr=self.catatan,
            # As a shell starts a job in the background: SIGINT is ignored until we ask for it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        )

    def read(self):
        self.catatan.seek(0)
        return self.catatan.read()

    def wait_for(self, teks):
        """Seconds until it has said so."""
        awal = time.monotonic()
        while teks not in self.read():
            assert self.proses.poll() is None, self.read()
            assert time.monotonic() < awal + BATAS, self.read()
            time.sleep(0.05)
        return time.monotonic() - awal

    def list_processes(self):
        """Everything alive whose environment names our folder."""
        daftar = []
        for proses in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if (
                    proses.environ().get("INTEGRITAS_VAR") == str(self.var)
                    and proses.status() != psutil.STATUS_ZOMBIE
                ):
                    daftar.append(proses)
        return daftar

    def find(self, nama):
        return [proses for proses in self.list_processes() if nama in " ".join(proses.cmdline())]

    def stop(self, sinyal):
        self.proses.send_signal(sinyal)
        kode = self.proses.wait(timeout=30)
        self.wait_until_gone()
        return kode

    def wait_until_gone(self):
        batas = time.monotonic() + 20
        while daftar := self.list_processes():
            assert time.monotonic() < batas, [proses.cmdline() for proses in daftar]
            time.sleep(0.1)


def find_port():
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        return soket.getsockname()[1]


@pytest.fixture
def port():
    return find_port()


@pytest.fixture
def siap(tmp_path):
    """This test's folder as a first start leaves it; that start is made once for all processes."""
    contoh = Path(os.environ["UJI_VAR"]) / "mandiri"
    with (Path(os.environ["UJI_VAR"]) / "mandiri.kunci").open("w") as kunci:
        fcntl.flock(kunci, fcntl.LOCK_EX)
        if not contoh.exists():
            baru = contoh.with_name("mandiri-baru")
            jalan = Jalan(baru / "var", find_port())
            jalan.wait_for("Ctrl-C untuk berhenti")
            assert jalan.stop(signal.SIGTERM) == 0
            jalan.catatan.close()
            baru.rename(contoh)
    shutil.copytree(contoh / "var", tmp_path / "var")


@pytest.fixture
def start(tmp_path, port):
    """Start on this test's folder; whatever is left afterwards is ended."""
    daftar = []

    def make(**lain):
        daftar.append(Jalan(**{"var": tmp_path / "var", "port": port} | lain))
        return daftar[-1]

    yield make
    for jalan in daftar:
        for proses in jalan.list_processes():
            with contextlib.suppress(psutil.Error):
                proses.kill()
        jalan.proses.wait()
        jalan.catatan.close()


def test_it_starts_answers_stops_and_starts_again_quickly_with_everything_kept(start, manage):
    jalan = start()
    jalan.wait_for("Ctrl-C untuk berhenti")
    pertama = jalan.read()
    assert f"Integritas siap: http://localhost:{jalan.port}/" in pertama
    with urllib.request.urlopen(f"{jalan.alamat}sehat/", timeout=5) as jawaban:
        assert jawaban.read() == b"sehat\n"
    assert len(jalan.find("celery")) >= 1
    assert jalan.stop(signal.SIGINT) == 0
    hitung = manage("count_predikat", "--json").stdout

    jalan = start()
    assert jalan.wait_for("Ctrl-C untuk berhenti") < 10

    kedua = jalan.read()
    assert "Menyiapkan" not in kedua
    assert kedua.split("Integritas siap")[1] == pertama.split("Integritas siap")[1]
    assert manage("count_predikat", "--json").stdout == hitung
    assert jalan.stop(signal.SIGTERM) == 0
    assert jalan.read().rstrip().endswith("Berhenti.")


def test_the_worker_takes_what_another_process_queues(siap, start, manage, tmp_path):
    jalan = start()
    jalan.wait_for("Ctrl-C untuk berhenti")

    kirim = manage(
        *("shell", "--no-imports", "-c"),
        "from integritas.celery import app; app.send_task('penilaian.tasks.check_masa')",
    )

    assert kirim.returncode == 0, kirim.stderr
    batas = time.monotonic() + 15
    while list((tmp_path / "var" / "antrean" / "pesan").iterdir()):
        assert time.monotonic() < batas
        time.sleep(0.1)
    assert jalan.stop(signal.SIGTERM) == 0


def test_a_busy_port_is_one_clear_sentence(start, port):
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", port))
        soket.listen()
        jalan = start()

        assert jalan.proses.wait(timeout=30) == 1

    assert jalan.read() == (
        f"PORT: {port} tidak dapat dipakai (mungkin sedang dipakai program lain). "
        f"Pilih yang lain, misalnya: make run PORT={port + 1}\n"
    )


def test_two_runs_on_one_folder_are_refused(siap, start, port):
    pertama = start()
    pertama.wait_for("Ctrl-C untuk berhenti")

    kedua = start(port=find_port())

    assert kedua.proses.wait(timeout=30) == 1
    assert kedua.read().startswith("INTEGRITAS_VAR: ")
    assert "sedang dipakai" in kedua.read()
    assert pertama.stop(signal.SIGINT) == 0


@pytest.mark.parametrize("nama", ["gunicorn", "celery"])
def test_a_child_that_dies_stops_the_rest_and_says_so(siap, start, nama):
    jalan = start()
    jalan.wait_for("Ctrl-C untuk berhenti")
    anak = min(jalan.find(f"-m {nama}"), key=lambda proses: proses.pid)

    anak.kill()

    assert jalan.proses.wait(timeout=30) == 1
    jalan.wait_until_gone()
    assert f"{nama} berhenti sendiri (kode -9); semuanya dihentikan." in jalan.read()


def test_nothing_stays_behind_when_the_command_itself_is_killed(siap, start):
    jalan = start()
    jalan.wait_for("Ctrl-C untuk berhenti")

    jalan.proses.kill()

    jalan.proses.wait(timeout=10)
    jalan.wait_until_gone()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(jalan.alamat, timeout=2)
