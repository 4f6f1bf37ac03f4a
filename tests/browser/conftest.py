"""A world with the real facts and the invented offices, and people signed in without typing."""

import io
import sqlite3

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from integritas.berkas.simpan import exists_berkas, store_berkas, stream_berkas
from integritas.models import Berkas
from penilaian import demo_lke
from satker import demo_janji, demo_upacara
from satker.models import Pengguna, SatuanKerja
from tests.factories import PenilaianFactory


@pytest.fixture(scope="session")
def salinan_dunia():
    """The world as it was loaded first, rows and files, for the tests after that."""
    salinan: dict = {}
    yield salinan
    if salinan:
        salinan["basis"].close()


@pytest.fixture
def dunia(transactional_db, capsys, salinan_dunia):
    """The facts and the demo. Browser tests run on SQLite, whose databases copy each other."""
    connection.ensure_connection()
    if salinan_dunia:
        salinan_dunia["basis"].backup(connection.connection)
    else:
        call_command("load_fakta")
        call_command("load_demo")
        capsys.readouterr()
        basis = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(basis)
        salinan_dunia["berkas"] = {
            sha256: b"".join(stream_berkas(sha256))
            for sha256 in Berkas.objects.values_list("sha256", flat=True)
        }
        salinan_dunia["basis"] = basis
    # A test may keep its files elsewhere, or have taken some away.
    for sha256, isi in salinan_dunia["berkas"].items():
        if not exists_berkas(sha256):
            store_berkas(io.BytesIO(isi))


@pytest.fixture
def folder(settings, tmp_path):
    """The store and the folder for uploads, of this test's own."""
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"
    return tmp_path


@pytest.fixture
def penilaian(dunia):
    """An assessment nobody has touched, of the demo operator's unit, and no invented one nor any
    other stored file beside it."""
    demo_lke.remove()
    demo_upacara.remove()
    demo_janji.remove()
    return PenilaianFactory(satker=SatuanKerja.objects.get(kode="00-lapas-a"))


@pytest.fixture
def open_context(browser, base_url, dunia):
    """`open_context("admin", width=360, scheme="dark")`: a browser of a demo person or the public."""
    dibuka = []

    def open_(akun=None, *, width=1280, scheme="light", **pilihan):
        context = browser.new_context(
            base_url=base_url,
            locale="id-ID",
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            **pilihan,
        )
        if akun:
            client = Client()
            client.force_login(Pengguna.objects.get(email=f"{akun}@contoh.invalid"))
            nilai = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": nilai, "url": base_url}]
            )
        dibuka.append(context)
        return context

    yield open_
    for context in dibuka:
        context.close()
