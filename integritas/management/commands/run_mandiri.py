"""Integritas on one computer: everything that `make run` needs, in one command."""

import fcntl
import hashlib
import io
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from integritas.anak import Anak, find_dead, stop

BATAS_MULAI = 60


class Command(BaseCommand):
    help = "Menjalankan Integritas di komputer ini (dipanggil oleh make run)."
    requires_system_checks = ()

    def handle(self, **options):
        if settings.SERVER:
            raise SystemExit("INTEGRITAS_MODE: run_mandiri hanya untuk mandiri.")
        # A shell that starts us in the background has set SIGINT to be ignored.
        for sinyal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sinyal, signal.default_int_handler)
        self.jalan = settings.VAR / "jalan"
        try:
            # Personal data is under var: nobody else on this computer reads it.
            os.umask(0o077)
            self.jalan.mkdir(parents=True, exist_ok=True)
            check_port(settings.PORT)
            with (self.jalan / "kunci").open("w") as kunci:
                take(kunci)
                self.prepare()
                self.serve()
        except KeyboardInterrupt:
            self.stdout.write("\nBerhenti.")

    def prepare(self):
        """Folders, tables, facts, demo accounts, static files: only what is not there yet."""
        for folder in ("rahasia", "berkas", "surel", "catatan"):
            (settings.VAR / folder).mkdir(exist_ok=True)
        sudah_demo = self.jalan / "demo"
        if not connection.introspection.table_names():
            sudah_demo.unlink(missing_ok=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Menyiapkan basis data …")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("load_fakta", stdout=io.StringIO())
        if not sudah_demo.exists():
            # Once per database: who removed the demo accounts does not get them back.
            call_command("load_demo", stdout=io.StringIO())
            sudah_demo.touch()
        self.collect_static()
        connection.close()

    def collect_static(self):
        """Skipped while no source has changed since the last time."""
        penanda, cap = self.jalan / "statis", digest_static()
        if penanda.exists() and penanda.read_text() == cap and settings.STATIC_ROOT.exists():
            return
        self.stdout.write("Menyiapkan berkas statis …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        penanda.write_text(cap)

    def serve(self):
        """Start the children, wait for the page, then watch until told to stop."""
        diminta = []
        # From here on only a note: an exception between two starts would leave a child behind.
        for sinyal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sinyal, lambda nomor, bingkai: diminta.append(nomor))
        catatan = settings.VAR / "catatan"
        daftar_anak = []
        try:
            daftar_anak.append(Anak("gunicorn", gunicorn(settings.PORT), catatan / "web.log"))
            daftar_anak.append(Anak("celery", celery(self.jalan), catatan / "antrean.log"))
            batas, siap = time.monotonic() + BATAS_MULAI, False
            while not diminta:
                if mati := find_dead(daftar_anak):
                    raise SystemExit(
                        f"{mati.nama} berhenti sendiri (kode {mati.proses.returncode}); semuanya "
                        f"dihentikan. Akhir {mati.catatan}:\n{mati.read_tail()}"
                    )
                if not siap:
                    siap = self.greet()
                    if not siap and time.monotonic() > batas:
                        raise SystemExit(
                            f"Halaman tidak menjawab dalam {BATAS_MULAI} detik. "
                            f"Akhir {daftar_anak[0].catatan}:\n{daftar_anak[0].read_tail()}"
                        )
                time.sleep(0.2)
        finally:
            stop(daftar_anak)
        self.stdout.write("\nBerhenti.")

    def greet(self) -> bool:
        """Once the page answers, say where it is and who may sign in."""
        if not answers(f"http://127.0.0.1:{settings.PORT}/"):
            return False
        self.stdout.write(f"\nIntegritas siap: {settings.INTEGRITAS_ALAMAT}/\n")
        akun = settings.VAR / "rahasia" / "akun-demo.txt"
        if akun.exists():
            self.stdout.write(f"\nAkun contoh (disimpan di {akun}):\n{akun.read_text().rstrip()}\n")
        self.stdout.write("\nCtrl-C untuk berhenti.")
        self.stdout.flush()
        return True


def gunicorn(port: int) -> list[str]:
    return [
        *("-m", "gunicorn", "integritas.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "8"),
        *("--timeout", "60", "--graceful-timeout", "8", "--keep-alive", "5"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def celery(jalan: Path) -> list[str]:
    return [
        *("-m", "celery", "-A", "integritas", "worker"),
        *("--pool", "solo", "--beat", "--schedule", str(jalan / "jadwal")),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]


def check_port(port: int) -> None:
    """Stop with one sentence when the port cannot be ours."""
    with socket.socket() as soket:
        soket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            soket.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise SystemExit(
                f"PORT: {port} tidak dapat dipakai (mungkin sedang dipakai program lain). "
                f"Pilih yang lain, misalnya: make run PORT={port + 1 if port < 65535 else 8000}"
            ) from error


def take(kunci) -> None:
    """One run per folder: two beats on one database would do everything twice."""
    try:
        fcntl.flock(kunci, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise SystemExit(
            f"INTEGRITAS_VAR: {settings.VAR} sedang dipakai oleh make run yang lain. "
            "Hentikan dulu, atau pilih folder lain."
        ) from error


def digest_static() -> str:
    """Changes whenever a static source, or what is installed, does."""
    baris = [f"{len(list(apps.get_app_configs()))} {settings.STORAGES['staticfiles']['BACKEND']}"]
    for finder in get_finders():
        for nama, storage in finder.list([]):
            stat = os.stat(storage.path(nama))
            baris.append(f"{nama} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(baris)).encode()).hexdigest()


def answers(alamat: str) -> bool:
    """True when the page comes; a fault inside the page stops the start, with its status."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(alamat, timeout=10):
            return True
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise SystemExit(
                f"Halaman depan menjawab dengan kesalahan {error.code}; "
                f"lihat {settings.VAR / 'catatan' / 'web.log'}."
            ) from error
        return True
    except OSError:
        return False
