"""Reading the environment, with a sentence that names the variable when something is wrong."""

import json
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from integritas.berkas.clamd import parse_alamat

# A whole top-level domain is not the name of a host.
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
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
        berkas.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Two processes may start together: the first link wins, and nobody reads half a secret.
        penanda, sementara = tempfile.mkstemp(dir=berkas.parent)
        with os.fdopen(penanda, "w") as keluaran:
            keluaran.write(secrets.token_urlsafe(50))
        try:
            os.link(sementara, berkas)
        except FileExistsError:
            pass
        finally:
            os.unlink(sementara)
    return berkas.read_text().strip()


def make_folders(var: Path, database: dict) -> None:
    """The folder for everything written, and the one SQLite wants to exist."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        if database["ENGINE"].endswith("sqlite3"):
            Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PengaturanSalahError(
            "INTEGRITAS_VAR", f"{error.filename} tidak dapat dibuat ({error.strerror})."
        ) from error
    if not os.access(var, os.W_OK | os.X_OK):
        raise PengaturanSalahError("INTEGRITAS_VAR", f"{var} tidak dapat ditulisi.")


def parse_database(url: str, var: Path) -> dict:
    """Django's database settings from `DATABASE_URL`; SQLite in `var` when it is empty."""
    if not url:
        return _sqlite(var / "integritas.sqlite3")
    try:
        bagian = urlsplit(url)
        port = bagian.port
    except ValueError as error:
        raise PengaturanSalahError("DATABASE_URL", "bukan alamat yang sah.") from error
    if bagian.scheme == "sqlite":
        return _sqlite(Path(unquote(bagian.path.removeprefix("/"))))
    if bagian.scheme not in {"postgres", "postgresql"}:
        raise PengaturanSalahError(
            "DATABASE_URL", f"'{bagian.scheme}' tidak dikenal; pakai postgresql:// atau sqlite:///."
        )
    if not (nama := unquote(bagian.path.lstrip("/"))):
        raise PengaturanSalahError("DATABASE_URL", "nama basis data belum ada.")
    # What follows "?" is libpq's own: a socket folder as host, sslmode, connect_timeout.
    pilihan = dict(parse_qsl(bagian.query))
    # Our cursors are read to their end: without this PostgreSQL plans them for their first tenth,
    # which makes a download of the whole register twice as slow.
    pilihan["options"] = f"-c cursor_tuple_fraction=1 {pilihan.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": nama,
        "USER": unquote(bagian.username or ""),
        "PASSWORD": unquote(bagian.password or ""),
        "HOST": pilihan.pop("host", "") or unquote(bagian.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": pilihan,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def check_soket(nama: str, alamat: str) -> str:
    """`host:port`, the path of a socket, or nothing."""
    try:
        if alamat:
            parse_alamat(alamat)
    except ValueError as error:
        raise PengaturanSalahError(nama, f"'{alamat}' bukan host:port atau jalur soket.") from error
    return alamat


def check_host(nama: str, daftar: list[str]) -> list[str]:
    """Names of hosts, `*.go.id` for all below one; a single `-` is none at all."""
    if daftar == ["-"]:
        return []
    for satu in daftar:
        if not _HOST.fullmatch(satu.removeprefix("*.")):
            raise PengaturanSalahError(
                nama, f"'{satu}' bukan nama situs seperti drive.google.com atau *.go.id."
            )
    return daftar


@dataclass(frozen=True)
class Gerbang:
    """A gateway for messages: where to, one header of its own, and the JSON that is sent, whose texts
    hold `{ke}`, `{teks}`, `{perihal}` and `{id}`."""

    url: str
    kepala: tuple[str, str] | None
    templat: dict


def read_gerbang(url: str, kepala: str, templat: str) -> Gerbang | None:
    """The gateway, or None when no address is given."""
    if not url:
        return None
    bagian = urlsplit(url)
    if bagian.scheme not in {"http", "https"} or not bagian.hostname:
        raise PengaturanSalahError("INTEGRITAS_GERBANG_URL", f"'{url}' bukan alamat http(s)://.")
    nama, pemisah, nilai = (satu.strip() for satu in kepala.partition(":"))
    if kepala and not (re.fullmatch(r"[A-Za-z0-9-]+", nama) and nilai and nilai.isascii()):
        # What stands there is a secret: the sentence does not repeat it.
        raise PengaturanSalahError(
            "INTEGRITAS_GERBANG_KEPALA", "harus berbentuk Nama: nilai, misalnya Authorization: …."
        )
    try:
        isi = json.loads(templat)
    except ValueError as error:
        raise PengaturanSalahError("INTEGRITAS_GERBANG_TEMPLAT", "bukan JSON yang sah.") from error
    for wajib in ("{ke}", "{teks}"):
        if not isinstance(isi, dict) or wajib not in templat:
            raise PengaturanSalahError(
                "INTEGRITAS_GERBANG_TEMPLAT", f"harus objek JSON yang memuat {wajib}."
            )
    return Gerbang(url, (nama, nilai) if pemisah else None, isi)


def check_token(nama: str, token: str) -> str:
    """A secret that is not guessed."""
    if token and (len(token) < 20 or not token.isascii()):
        raise PengaturanSalahError(nama, "sedikitnya 20 huruf dan angka acak.")
    return token


def build_s3(bucket: str, *, endpoint: str, kunci: str, rahasia: str, wilayah: str) -> dict:
    """Django's settings of a private bucket: addresses are signed and nothing in it is public."""
    if bool(kunci) != bool(rahasia):
        kosong = "INTEGRITAS_S3_RAHASIA" if kunci else "INTEGRITAS_S3_KUNCI"
        raise PengaturanSalahError(
            kosong, "kunci dan rahasia S3 diisi keduanya atau tidak sama sekali."
        )
    if endpoint and not endpoint.startswith(("http://", "https://")):
        raise PengaturanSalahError(
            "INTEGRITAS_S3_ENDPOINT", f"'{endpoint}' bukan alamat http(s)://."
        )
    pilihan = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "access_key": kunci or None,
        "secret_key": rahasia or None,
        "region_name": wilayah or None,
        # Stores of other makers know no name of the bucket in front of the host.
        "addressing_style": "path" if endpoint else "auto",
        "signature_version": "s3v4",
        "querystring_auth": True,
        "querystring_expire": 300,
        "default_acl": None,
        # As on a disk: who comes second gets another name, and nothing is lost.
        "file_overwrite": False,
        # A file that is read waits on disk, not in memory.
        "max_memory_size": 1024 * 1024,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": pilihan}


def _sqlite(berkas: Path) -> dict:
    """One writer at a time waits its turn instead of failing; see PRAGMA journal_mode."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(berkas),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
