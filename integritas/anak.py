"""Child processes of `run_mandiri`: started together, stopped together, none left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
BATAS_BERHENTI = 10
BATAS_CATATAN = 5 * 1024 * 1024
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _follow_parent() -> None:
    """Ask the kernel to end this child should `run_mandiri` itself be killed."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Anak:
    """One child in its own process group, so that Ctrl-C reaches only us; its words go to a file."""

    def __init__(self, nama: str, perintah: list[str], catatan: Path):
        self.nama, self.catatan = nama, catatan
        if catatan.exists() and catatan.stat().st_size > BATAS_CATATAN:
            catatan.replace(catatan.with_suffix(".lama"))
        with catatan.open("ab") as keluaran:
            self.proses = subprocess.Popen(
                [sys.executable, *perintah],
                stdin=subprocess.DEVNULL,
                stdout=keluaran,
                stderr=keluaran,
                start_new_session=True,
                preexec_fn=_follow_parent,
            )

    def send(self, sinyal: int) -> None:
        """Signal every process of the child's group; a group that is gone is what we wanted."""
        try:
            os.killpg(self.proses.pid, sinyal)
        except ProcessLookupError:
            return

    def read_tail(self, baris: int = 15) -> str:
        """What it said last, for the person who must find out why it ended."""
        with self.catatan.open("rb") as masukan:
            masukan.seek(max(0, self.catatan.stat().st_size - 8000))
            return "\n".join(masukan.read().decode(errors="replace").splitlines()[-baris:])


def find_dead(daftar_anak: list[Anak]) -> Anak | None:
    """The first child that has ended by itself."""
    return next((anak for anak in daftar_anak if anak.proses.poll() is not None), None)


def stop(daftar_anak: list[Anak]) -> None:
    """Ask each to end, wait, then end what is left of its group."""
    for anak in daftar_anak:
        if anak.proses.poll() is None:
            anak.proses.terminate()
    batas = time.monotonic() + BATAS_BERHENTI
    for anak in daftar_anak:
        with suppress(subprocess.TimeoutExpired):
            anak.proses.wait(timeout=max(0.1, batas - time.monotonic()))
        anak.send(signal.SIGKILL)
        anak.proses.wait()
