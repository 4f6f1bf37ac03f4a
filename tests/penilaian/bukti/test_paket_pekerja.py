"""A pack made by a real worker with its own process, broker and connection; and one taken up whose
maker has died."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from penilaian import tasks
from penilaian.bukti.paket import langkah, sewa
from penilaian.models import PaketBukti
from tests.factories import PenilaianFactory
from tests.penilaian.bukti.contoh import add_bukti
from tests.penilaian.bukti.paket_uji import open_paket
from tests.server import AKAR

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]
PEKERJA = [
    *("-m", "celery", "-A", "integritas", "worker", "--pool", "solo", "--loglevel", "INFO"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
]


@pytest.fixture
def start(tmp_path):
    """A worker on the database, the files and the queue of this test; ended with it."""
    db = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{db['NAME']}"
    else:
        asal, _, pilihan = os.environ["DATABASE_URL"].partition("?")
        url = f"{asal.rpartition('/')[0]}/{db['NAME']}?{pilihan}"
    daftar = []

    def make():
        catatan = (tmp_path / f"pekerja-{len(daftar)}.log").open("w+")
        proses = subprocess.Popen(
            [sys.executable, *PEKERJA],
            cwd=AKAR,
            # As an operator starts it: our own settings, none of the tests'.
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "DATABASE_URL": url,
                "INTEGRITAS_VAR": str(settings.VAR),
                "INTEGRITAS_SEMENTARA": str(settings.INTEGRITAS_SEMENTARA),
            },
            stdout=catatan,
            stderr=catatan,
        )
        daftar.append((proses, catatan))
        return proses

    yield make
    for proses, catatan in daftar:
        proses.send_signal(signal.SIGTERM)
        proses.wait(timeout=30)
        catatan.close()


@pytest.fixture
def penilaian(settings):
    # The worker reads the settings anew: files lie where it looks for them.
    settings.MEDIA_ROOT = settings.VAR / "berkas"
    return PenilaianFactory()


def wait_until(paket, syarat, tmp_path):
    batas = time.monotonic() + 60
    while True:
        paket.refresh_from_db()
        if syarat(paket):
            return
        log = [berkas.read_text() for berkas in tmp_path.glob("pekerja-*.log")]
        assert time.monotonic() < batas, log
        time.sleep(0.2)


def test_a_worker_makes_a_pack_and_takes_up_one_that_was_left(start, penilaian, tmp_path):
    add_bukti(penilaian, "A.I.1.i.a", "SK")
    add_bukti(penilaian, "A.I.6.i.b", "alur")
    start()

    pertama, _ = langkah.request_paket(penilaian, by=None)
    wait_until(pertama, lambda satu: satu.keadaan == "selesai", tmp_path)

    with open_paket(pertama) as arsip:
        assert arsip.testzip() is None
    # Its maker is dead since longer than a claim lasts; the beat finds it.
    kedua = PaketBukti.objects.create(
        penilaian=penilaian,
        keadaan="dibuat",
        disentuh_pada=pertama.diminta_pada - sewa.SEWA,
    )
    tasks.resume_paket.delay()
    wait_until(kedua, lambda satu: satu.keadaan == "selesai", tmp_path)
    assert (kedua.jumlah, kedua.selesai) == (2, 2)
    # Made from the same, both are the same but for their moments.
    with open_paket(pertama) as satu, open_paket(kedua) as dua:
        assert satu.namelist() == dua.namelist()
