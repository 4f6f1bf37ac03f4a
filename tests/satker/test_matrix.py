"""Every URL x every audience x own, other and moved unit: the exact status. Rows: matrix.py."""

import copy
import inspect

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from satker.models import Peran
from tests.satker.matrix import DAFTAR, Dunia
from tests.satker.matrix_dasar import PEMIRSA, PUBLIK, TAMPAK


def list_pola(pola=None, sisa=None):
    """Every named URL pattern of the program."""
    for satu in get_resolver().url_patterns if pola is None else pola:
        if hasattr(satu, "url_patterns"):
            yield from list_pola(satu.url_patterns)
        else:
            yield satu


def test_every_url_has_its_row():
    nama = {satu.name for satu in list_pola()}

    assert None not in nama
    assert nama - {baris.nama for baris in DAFTAR} == set(), "tambahkan ke tests/satker/matrix.py"
    assert {baris.nama for baris in DAFTAR} - nama == set(), "sudah tidak ada; hapus barisnya"


def test_every_view_that_only_takes_posts_is_posted_to():
    diuji = {baris.nama for baris in DAFTAR if baris.metode == "post"}
    for satu in list_pola():
        if "@require_POST" in inspect.getsource(inspect.unwrap(satu.callback)):
            assert satu.name in diuji


def test_the_table_knows_every_role():
    assert set(Peran.values) <= set(PEMIRSA)
    assert set(TAMPAK) == set(PEMIRSA) - {PUBLIK}


@pytest.mark.parametrize("pemirsa", PEMIRSA)
def test_matrix(db, pemirsa):
    cache.clear()
    dunia = Dunia()
    kue = Client().cookies
    if pemirsa != PUBLIK:
        masuk = Client()
        masuk.force_login(dunia.pemirsa[pemirsa])
        kue = masuk.cookies
    beda = []

    for baris in DAFTAR:
        for unit in baris.list_unit():
            argumen = baris.argumen(dunia, unit) if baris.argumen else []
            url = reverse(baris.nama, args=argumen)
            with transaction.atomic():
                client = Client(raise_request_exception=False)
                client.cookies = copy.deepcopy(kue)
                respons = getattr(client, baris.metode)(url, baris.isi)
                list(respons)  # a download is closed at its end
                transaction.set_rollback(True)
            if respons.status_code != (harap := baris.expect(pemirsa, unit)):
                beda.append(f"{baris.metode} {url} {unit}: {respons.status_code}, harus {harap}")

    assert beda == []
