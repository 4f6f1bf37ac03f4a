"""The content policy, and sign-out of a screen left alone."""

import datetime
import re

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory

from integritas import middleware
from integritas.htmx import wants_partial
from tests.factories.akun import PenggunaFactory

AWAL = datetime.datetime(2026, 3, 2, 8, 0, tzinfo=datetime.UTC)


def test_every_answer_carries_a_policy_without_holes_and_a_nonce_of_its_own(client, db):
    satu, dua = (client.get("/sehat/")["Content-Security-Policy"] for _ in range(2))

    assert re.sub(r"'nonce-[\w-]{20,}'", "NONCE", satu) == (
        "default-src 'none'; script-src 'self' NONCE; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"
    )
    assert satu != dua


def test_the_nonce_of_the_page_is_the_nonce_of_the_policy():
    terpakai = []

    def view(request):
        terpakai.append(str(request.csp_nonce))
        return HttpResponse()

    response = middleware.csp(view)(RequestFactory().get("/"))

    assert f"'nonce-{terpakai[0]}'" in response["Content-Security-Policy"]


def test_a_view_may_send_a_stricter_policy():
    def view(request):
        return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

    assert middleware.csp(view)(RequestFactory().get("/"))["Content-Security-Policy"] == "sandbox"


def test_a_request_for_a_foreign_host_gets_the_page_of_a_bad_request(client, db, caplog):
    response = client.get("/sehat/", headers={"host": "lain.invalid"})

    assert response.status_code == 400
    assert "Permintaan tidak bisa dibaca" in response.text


@pytest.fixture
def signed_in(client_for, db, settings):
    """A client that has just asked for a page."""
    settings.SESI_DIAM_MENIT = 60
    with time_machine.travel(AWAL, tick=False):
        client = client_for(PenggunaFactory())
        client.get("/sehat/")
    return client


@pytest.mark.parametrize(("menit", "masuk"), [(60, True), (61, False)])
def test_a_screen_left_alone_is_signed_out_after_the_set_time(signed_in, menit, masuk):
    with time_machine.travel(AWAL + datetime.timedelta(minutes=menit), tick=False):
        signed_in.get("/sehat/")

        assert ("_auth_user_id" in signed_in.session) is masuk


def test_who_keeps_working_stays_signed_in(signed_in):
    for menit in range(50, 500, 50):
        with time_machine.travel(AWAL + datetime.timedelta(minutes=menit), tick=False):
            signed_in.get("/sehat/")

            assert "_auth_user_id" in signed_in.session


def test_reading_within_a_minute_writes_nothing(signed_in, count_queries):
    nanti = time_machine.travel(AWAL + datetime.timedelta(seconds=59), tick=False)
    with nanti, count_queries() as daftar_sql:
        signed_in.get("/sehat/")

    assert [sql for sql in daftar_sql if not sql.startswith("SELECT")] == []


@pytest.mark.parametrize(
    ("kepala", "sebagian"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_a_fragment_is_for_htmx_alone(kepala, sebagian):
    from django_htmx.middleware import HtmxDetails

    request = RequestFactory().get("/", headers=kepala)
    request.htmx = HtmxDetails(request)

    assert wants_partial(request) is sebagian
