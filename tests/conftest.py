"""Fixtures for every test: the databases, a browser, Redis, signed-in clients, query counting."""

import gc
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from penilaian import versi
from tests import server

execute_sql_flush = BaseDatabaseOperations.execute_sql_flush


@contextmanager
def triggers_off(koneksi):
    """Let a flush pass the triggers that refuse DELETE and TRUNCATE on append-only tables."""
    with koneksi.cursor() as kursor:
        if koneksi.vendor == "sqlite":
            kursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            daftar = kursor.fetchall()
            lepas = [f'DROP TRIGGER "{nama}"' for nama, _ in daftar]
            pasang = [sql for _, sql in daftar]
        else:
            kursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
            )
            daftar = [tabel for (tabel,) in kursor.fetchall()]
            lepas = [f"ALTER TABLE {tabel} DISABLE TRIGGER USER" for tabel in daftar]
            pasang = [f"ALTER TABLE {tabel} ENABLE TRIGGER USER" for tabel in daftar]
        for sql in lepas:
            kursor.execute(sql)
        try:
            yield
        finally:
            for sql in pasang:
                kursor.execute(sql)


def flush_past_triggers(operations, sql_list):
    with triggers_off(operations.connection):
        return execute_sql_flush(operations, sql_list)


BaseDatabaseOperations.execute_sql_flush = flush_past_triggers


# Fixtures of pytest-django that let a test ask the database.
BASIS_DATA = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_collection_modifyitems(config, items):
    """A test that asks for a page is a browser test; those run once, on SQLite.

    The long ones come first, so that no process ends alone with one of them.
    """
    for item in items:
        if "page" in item.fixturenames or "browser" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("django_db") or BASIS_DATA.intersection(item.fixturenames):
            item.add_marker(pytest.mark.basis_data)
    items.sort(key=lambda item: 0 if is_long(item) else 1)


def is_long(item):
    return item.get_closest_marker("server") or item.get_closest_marker("browser")


def pytest_collection_finish(session):
    """What stands now, thousands of tests and the program, stays: it is not searched for garbage."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser") and not server.find_chromium():
        missing("Chromium tidak ada; uji peramban tidak dijalankan.")
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("hanya di PostgreSQL")


def missing(alasan):
    """Not run here; with CI=true that is a failure."""
    if server.CI:
        pytest.fail(alasan, pytrace=False)
    pytest.skip(alasan)


@pytest.fixture(scope="session")
def alamat_s3():
    """A real S3 behind a socket."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def di_s3(alamat_s3, settings):
    """The installation keeps its files in a bucket of its own, empty, instead of on disk."""
    import boto3

    from integritas.lingkungan import build_s3

    nama = f"bukti-{os.urandom(4).hex()}"
    boto3.client(
        "s3",
        endpoint_url=alamat_s3,
        aws_access_key_id="uji",
        aws_secret_access_key="uji",
        region_name="us-east-1",
    ).create_bucket(Bucket=nama)
    pilihan = {"endpoint": alamat_s3, "kunci": "uji", "rahasia": "uji", "wilayah": "us-east-1"}
    settings.STORAGES = settings.STORAGES | {"default": build_s3(nama, **pilihan)}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {
        "executable_path": server.find_chromium(),
        "args": [
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def base_url(live_server):
    """`page.goto("/")` opens this run's server; every browser test therefore gets the database too."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "id-ID", "timezone_id": "Asia/Jakarta"}


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    """A real Redis: REDIS_URL when given, else one from a wheel, stopped at the end."""
    if diberi := os.environ["UJI_REDIS_URL"]:
        yield diberi
        return
    try:
        url, redis = server.start_redis(tmp_path_factory.mktemp("redis"))
    except server.ServerTidakAdaError as error:
        missing(str(error))
    yield url
    redis.shutdown(nosave=True)


@pytest.fixture(autouse=True)
def empty_cache():
    """Tags of kept pages name rows; rolled back, another test's rows bear the same names."""
    cache.clear()
    versi.forget()


@pytest.fixture
def client_for():
    """A client that is signed in as the user given."""

    def make(user):
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def count_queries():
    """`with count_queries() as daftar_sql:` collects every statement of this thread."""

    @contextmanager
    def collect():
        daftar_sql = []

        def note(execute, sql, params, many, context):
            daftar_sql.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            yield daftar_sql

    return collect


@pytest.fixture
def manage(tmp_path):
    """Run `manage.py` as an operator does: its own process, the product's settings, a clean environment."""

    def run(*argumen, cwd=server.AKAR, **lingkungan):
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "INTEGRITAS_VAR": str(tmp_path / "var"),
            "PYTHONDONTWRITEBYTECODE": "1",
        } | {nama: str(nilai) for nama, nilai in lingkungan.items()}
        return subprocess.run(
            [sys.executable, server.AKAR / "manage.py", *map(str, argumen)],
            cwd=cwd,
            env={nama: nilai for nama, nilai in env.items() if nilai != ""},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
