"""INTEGRITAS_MODE=server for real: PostgreSQL, Redis, the image's own commands."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import quote

import pytest
import yaml
from django.db import connection

from tests.server import AKAR

pytestmark = [pytest.mark.server, pytest.mark.postgres]


@pytest.fixture
def env(transactional_db, redis_url, tmp_path):
    """What .env holds, pointing at this run's servers."""
    db = connection.settings_dict
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        port = soket.getsockname()[1]
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "INTEGRITAS_MODE": "server",
        "INTEGRITAS_VAR": str(tmp_path / "data"),
        "INTEGRITAS_STATIS": str(tmp_path / "statis"),
        "SECRET_KEY": "k3Y-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP",
        "ALLOWED_HOSTS": "zi.contoh.id,.contoh.id",
        "DATABASE_URL": (
            f"postgresql://{quote(db['USER'])}:{quote(db['PASSWORD'])}@"
            f"{'' if db['HOST'].startswith('/') else db['HOST']}"
            f"{':' + db['PORT'] if db['PORT'] else ''}/{db['NAME']}"
            f"{'?host=' + quote(db['HOST']) if db['HOST'].startswith('/') else ''}"
        ),
        "REDIS_URL": redis_url,
        "PORT": str(port),
        "TINGKAT_LOG": "INFO",
    }


@pytest.fixture
def start(env, tmp_path):
    """A process of the image, with its words in a file; ended with the test."""
    daftar = []

    def make(nama, perintah):
        catatan = (tmp_path / f"{nama}.log").open("w+")
        proses = subprocess.Popen(
            [sys.executable, "-m", *perintah], cwd=AKAR, env=env, stdout=catatan, stderr=catatan
        )
        daftar.append((proses, catatan))
        return tmp_path / f"{nama}.log"

    yield make
    for proses, catatan in daftar:
        proses.terminate()
        proses.wait(timeout=30)
        catatan.close()


def wait_until(syarat, catatan):
    batas = time.monotonic() + 30
    while not syarat():
        assert time.monotonic() < batas, catatan.read_text()
        time.sleep(0.1)


def ask(env, jalur, **kepala):
    """Status and headers without following a redirect."""

    class Diam(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *argumen):
            return None

    tanya = urllib.request.Request(f"http://127.0.0.1:{env['PORT']}{jalur}", headers=kepala)
    try:
        with urllib.request.build_opener(Diam).open(tanya, timeout=10) as jawaban:
            return jawaban.status, jawaban.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


def manage(env, *argumen):
    subprocess.run(
        [sys.executable, "manage.py", *argumen], cwd=AKAR, env=env, check=True, capture_output=True
    )


def check_health(env):
    return subprocess.run(
        [sys.executable, AKAR / "deploy" / "sehat.py"], env=env, capture_output=True, check=False
    ).returncode


def test_the_web_command_of_the_image_answers_behind_a_proxy(env, start):
    isi = (AKAR / "Dockerfile").read_text().replace("\\\n", "")
    perintah = json.loads(re.search(r"^CMD (\[.*\])$", isi, re.M)[1])
    assert check_health(env) == 1
    # As the image does while it is built.
    manage(env, "collectstatic", "--noinput")

    catatan = start(
        "web", [kata.replace("0.0.0.0:8000", f"127.0.0.1:{env['PORT']}") for kata in perintah]
    )

    wait_until(lambda: check_health(env) == 0, catatan)
    polos, kepala_polos = ask(env, "/akun/login/", Host="zi.contoh.id")
    aman, kepala = ask(
        env, "/sehat/", **{"Host": "palembang.contoh.id", "X-Forwarded-Proto": "https"}
    )
    asing, _ = ask(env, "/sehat/", Host="lain.id")
    assert (polos, kepala_polos["Location"]) == (301, "https://zi.contoh.id/akun/login/")
    assert (aman, asing) == (200, 400)
    assert kepala["Strict-Transport-Security"].startswith("max-age=31536000")


def test_the_worker_command_of_compose_takes_a_task_from_redis(env, start):
    layanan = yaml.safe_load((AKAR / "docker-compose.yml").read_text())["services"]
    catatan = start("worker", shlex.split(layanan["worker"]["command"]))

    manage(
        *(env, "shell", "--no-imports", "-c"),
        "from integritas.celery import app; app.send_task('penilaian.tasks.check_masa')",
    )

    wait_until(lambda: re.search(r"check_masa\[.*succeeded", catatan.read_text()), catatan)
