"""Secret addresses are in no log, not even of a refused form."""

import logging

import pytest
from django.conf import settings
from django.urls import reverse

from integritas.catatan import TanpaAlamat
from satker.models.personel import make_token
from tests.factories import NaskahFactory, PesertaFactory, UpacaraFactory


@pytest.mark.django_db
def test_a_refused_form_on_a_personal_page_leaves_no_address_in_the_log(client, caplog):
    upacara = UpacaraFactory(status="berlangsung")
    naskah = NaskahFactory(upacara=upacara, beku=True)
    peserta = PesertaFactory(upacara=upacara)
    alamat = reverse("undangan_pribadi", args=[peserta.token])
    caplog.handler.addFilter(TanpaAlamat())

    with caplog.at_level(logging.WARNING):
        assert client.post(alamat, {"naskah": naskah.pk}).status_code == 422

    assert "/u/" in caplog.text
    assert peserta.token not in caplog.text
    assert settings.LOGGING["handlers"]["konsol"]["filters"] == ["tanpa_alamat"]


@pytest.mark.parametrize(
    "nama", ["undangan_pribadi", "pakta_tautan", "pintu_token", "kalender_ics"]
)
def test_every_such_address_is_masked(nama):
    token = make_token()
    catatan = logging.LogRecord(
        "uji", logging.WARNING, "", 0, "%s: %s", ("Not Found", reverse(nama, args=[token])), None
    )

    assert TanpaAlamat().filter(catatan)

    assert token[6:] not in catatan.getMessage()
    assert token[:6] in catatan.getMessage()
