"""The whole suite on both databases: `python -m tests [arguments of pytest]`.

PostgreSQL first, with what asks a database and without the browser; then SQLite with everything, also
what no database can change: pure arithmetic, templates, settings. The last line is pytest's closing
line: the one of the run that failed, else the one of the fuller run.
"""

import os
import subprocess
import sys

from tests import server


def run(db: str, *argumen: str) -> tuple[int, str]:
    """Pytest's exit status and last line; its output passes through as it comes."""
    print(f"== {db}", flush=True)
    proses = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", *argumen],
        env=os.environ | {"UJI_DB": db},
        stdout=subprocess.PIPE,
        cwd=server.AKAR,
    )
    assert proses.stdout is not None
    ekor = b""
    while potongan := os.read(proses.stdout.fileno(), 65536):
        sys.stdout.buffer.write(potongan)
        sys.stdout.flush()
        ekor = (ekor + potongan)[-4000:]
    baris = [satu for satu in ekor.decode(errors="replace").splitlines() if satu.strip()]
    return proses.wait(), baris[-1] if baris else ""


def main(argumen: list[str]) -> int:
    kode_postgres, akhir_postgres = run("postgres", "-m", "basis_data and not browser", *argumen)
    tidak_ada = kode_postgres == server.KODE_TIDAK_ADA
    if tidak_ada:
        print(f"== Uji PostgreSQL tidak dijalankan: {akhir_postgres}", flush=True)
    kode_sqlite, akhir_sqlite = run("sqlite", *argumen)
    print(f"== PostgreSQL: {akhir_postgres}")
    print(f"== SQLite: {akhir_sqlite}")
    gagal_postgres = kode_postgres != 0 and (server.CI or not tidak_ada)
    print(akhir_postgres if gagal_postgres and kode_sqlite == 0 else akhir_sqlite)
    return kode_sqlite or (kode_postgres if gagal_postgres else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
