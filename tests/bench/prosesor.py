"""Time on the processor: what a page costs its workers and the database, whoever else is busy on the
machine. Long answers wait for others more often than short ones, so that b by the clock is too high
where other programs run; goals are held to the clock all the same."""

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench.klien import Server


class Prosesor:
    """Of one server and its connections to one database."""

    def __init__(self, server: Server, sambungan, basis: str):
        self.server, self.sambungan, self.basis = server, sambungan, basis

    def measure(self, langkah: Callable[[], list[float]]) -> tuple[list[float], float]:
        """What `langkah` gives, and seconds on the processor for each of its entries."""
        pekerja = self.server.list_pid()
        daftar_pid = [*pekerja, *self._list_basis()]
        awal = read_detik(daftar_pid)
        hasil = langkah()
        return hasil, (read_detik(daftar_pid) - awal) / len(hasil)

    def _list_basis(self) -> list[int]:
        with self.sambungan.cursor() as kursor:
            kursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [self.basis],
            )
            return [pid for (pid,) in kursor.fetchall()]


def read_detik(daftar_pid: Iterable[int]) -> float:
    """Seconds that these processes have run so far, all threads of each; 0 where Linux keeps none."""
    jumlah = 0
    for pid in daftar_pid:
        for berkas in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                jumlah += int(berkas.read_text().split()[0])
    return jumlah / 1e9
