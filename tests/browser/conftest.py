"""A world with the real facts and the invented offices, and people signed in without typing."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from satker.models import Pengguna


@pytest.fixture
def dunia(transactional_db, capsys):
    call_command("load_fakta")
    call_command("load_demo")
    capsys.readouterr()


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
