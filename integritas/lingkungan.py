"""Reading the environment, with a sentence that names the variable when something is wrong."""

import os
import secrets
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

YA, TIDAK = {"1", "true", "ya", "yes", "on"}, {"0", "false", "tidak", "no", "off", ""}


class PengaturanSalahError(SystemExit):
    """Stops the start with one line on stderr; exit status 1."""

    def __init__(self, variabel: str, pesan: str):
        super().__init__(f"{variabel}: {pesan}")


def read(nama: str, bawaan: str = "") -> str:
    """The variable's text without blanks around it; an empty variable counts as not set."""
    return os.environ.get(nama, "").strip() or bawaan


def read_bool(nama: str, bawaan: bool = False) -> bool:
    """Yes or no in Indonesian or English."""
    teks = read(nama, "1" if bawaan else "0").lower()
    if teks in YA:
        return True
    if teks in TIDAK:
        return False
    raise PengaturanSalahError(nama, f"'{teks}' bukan ya atau tidak.")


def read_int(nama: str, bawaan: int, minimal: int = 0) -> int:
    """A whole number not below `minimal`."""
    teks = read(nama, str(bawaan))
    if not teks.isdigit() or int(teks) < minimal:
        raise PengaturanSalahError(nama, f"'{teks}' bukan bilangan bulat mulai dari {minimal}.")
    return int(teks)


def read_list(nama: str, bawaan: str = "") -> list[str]:
    """Names separated by commas."""
    return [bagian.strip() for bagian in read(nama, bawaan).split(",") if bagian.strip()]


def read_secret(nama: str, berkas: Path) -> str:
    """The variable, else a secret kept in `berkas`, made there on the first run (mode 0600)."""
    if rahasia := read(nama):
        return rahasia
    if not berkas.exists():
        berkas.parent.mkdir(parents=True, exist_ok=True)
        # Two processes may start together: only one creates, the other reads what it wrote.
        try:
            penanda = os.open(berkas, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(penanda, "w") as keluaran:
                keluaran.write(secrets.token_urlsafe(50))
    return berkas.read_text().strip()


def parse_database(url: str, var: Path) -> dict:
    """Django's database settings from `DATABASE_URL`; SQLite in `var` when it is empty."""
    if not url:
        url = f"sqlite:///{var / 'integritas.sqlite3'}"
    bagian = urlparse(url)
    if bagian.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": bagian.path[1:] if bagian.path.startswith("//") else bagian.path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
            "TEST": {"NAME": None},
        }
    if bagian.scheme not in {"postgres", "postgresql"}:
        raise PengaturanSalahError(
            "DATABASE_URL", f"'{bagian.scheme}' tidak dikenal; pakai postgresql:// atau sqlite:///."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(bagian.path.lstrip("/")),
        "USER": unquote(bagian.username or ""),
        "PASSWORD": unquote(bagian.password or ""),
        "HOST": unquote(bagian.hostname or "") or _read_host(bagian.query),
        "PORT": str(bagian.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _read_host(query: str) -> str:
    """A socket folder given as `?host=/folder`."""
    for pasangan in query.split("&"):
        kunci, _, nilai = pasangan.partition("=")
        if kunci == "host":
            return unquote(nilai)
    return ""


def say(pesan: str) -> None:
    """One line for the operator while the settings load."""
    sys.stderr.write(pesan + "\n")
