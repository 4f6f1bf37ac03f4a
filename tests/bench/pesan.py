"""How long ten thousand due reminders take to a mail server, by two real workers with Redis, and what
the workers weigh more at the end than in the middle.

`measure_pesan(url)` on a database that is empty, or `python -m tests.bench.pesan [N]` on one of its own.
The mail server is in this process and takes everything at once: what is measured is ours."""

import contextlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg2

from tests import server

BANYAK, PEKERJA = 10_000, 2


def measure_pesan(url: str, banyak: int = BANYAK) -> dict[str, float]:
    """`{"detik": from the beat's look to the last message, "per_detik": …, "prosesor_ms": of the workers per message, "mb": most growth of a
    worker after the first tenth, "ganda": copies too many}`."""
    from tests.satker.kirim.proses import Rumah
    from tests.satker.kirim.sink import Sink, find_port, wait_for

    folder = Path(tempfile.mkdtemp(dir=os.environ["UJI_VAR"]))
    redis_url, redis = server.start_redis(folder)
    rumah = Rumah(folder, find_port(), redis_url, url, INTEGRITAS_KIRIM_SELANG="10")
    rumah.env.pop("INTEGRITAS_KIRIM_SEWA")
    rumah.run("-m", "tests.satker.kirim.isi", str(banyak))
    try:
        with Sink(int(rumah.env["SMTP_PORT"]), simpan=False) as sink:
            pekerja = [rumah.start_worker() for _ in range(PEKERJA)]
            for satu in pekerja:
                wait_for(satu.is_ready, rinci=rumah.read)
            rumah.start_beat()
            # The beat waits one interval before its first look.
            wait_for(lambda: has_begun(url), 120, rumah.read)
            mulai = time.monotonic()
            wait_for(lambda: len(sink.daftar) >= banyak // 10, 120, rumah.read)
            awal = [weigh(satu) for satu in pekerja]
            wait_for(lambda: len(sink.daftar) >= banyak, 600, rumah.read)
            detik = time.monotonic() - mulai
            prosesor = sum(measure_cpu(satu) for satu in pekerja)
            akhir = [weigh(satu) for satu in pekerja]
    finally:
        rumah.stop()
        redis.shutdown(nosave=True)  # type: ignore[attr-defined]
    return {
        "detik": round(detik, 1),
        "per_detik": round(banyak / detik),
        "prosesor_ms": round(1000 * prosesor / banyak, 2),
        "mb": round(max(b - a for a, b in zip(awal, akhir, strict=True)), 1),
        "ganda": len(sink.daftar) - len(set(sink.daftar)),
    }


def has_begun(url: str) -> bool:
    with contextlib.closing(psycopg2.connect(url)) as sambungan, sambungan.cursor() as kursor:
        kursor.execute("SELECT count(*) FROM satker_detak")
        return kursor.fetchone()[0] > 0


def measure_cpu(proses) -> float:
    """Seconds on the processor that a worker has used, its start included."""
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in proses.list_pid())


def weigh(proses) -> float:
    """Most memory in MB that any process of a worker has held so far."""
    return max(
        int(Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
        for pid in proses.list_pid()
    )


def main() -> None:
    os.environ["UJI_DB"] = "postgres"
    server.prepare()
    from tests.bench.__main__ import Basis

    banyak = int(sys.argv[1]) if sys.argv[1:] else BANYAK
    with Basis(os.environ["DATABASE_URL"], "pesan") as url:
        print(json.dumps(measure_pesan(url, banyak)))


if __name__ == "__main__":
    main()
