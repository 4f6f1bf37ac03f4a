"""Every page of an LKE as the head of its unit sees it, who may fill all of it: axe finds nothing,
nothing scrolls sideways, the content policy holds."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from penilaian.models import Penilaian
from satker.models import Pengguna
from tests.browser.test_aksesibilitas import LAYAR, inspect, shows_page, walk
from tests.penilaian.bukti.contoh import add_bukti


def list_lke() -> list[str]:
    """Every page below one LKE that a GET opens."""
    penilaian = Penilaian.objects.filter(satker__kode="00-lapas-a").latest("tahun")
    pemakaian = add_bukti(penilaian, "A.I.2.i.a", nama="notulen-rapat.pdf", halaman=3)
    nilai = {
        "pk": penilaian.pk,
        "area": "A.2",
        "kode": "A.I.2.i.a",
        "simpul": "A.2",
        "bukti": pemakaian.bukti_id,
        "pakai": pemakaian.pk,
        "nomor": 1,
    }
    kepala = Client()
    kepala.force_login(Pengguna.objects.get(email="kepala@contoh.invalid"))
    hasil = []
    for nama, rute, kunci in sorted(walk(get_resolver().url_patterns)):
        # The code there is an event's, and nothing but a step.
        if not rute.startswith("lke/") or nama == "bukti_upacara_take":
            continue
        if "pk" not in kunci or not set(kunci) <= nilai.keys():
            continue
        alamat = reverse(nama, kwargs={satu: nilai[satu] for satu in kunci})
        if alamat.startswith(f"/lke/{penilaian.pk}/") and shows_page(kepala, alamat):
            hasil.append(alamat)
    return hasil


@pytest.mark.parametrize(("width", "scheme"), LAYAR)
def test_pages_of_an_lke(open_context, width, scheme):
    context = open_context("kepala", width=width, scheme=scheme)
    daftar = list_lke()

    assert len(daftar) > 14
    assert inspect(context, daftar) == []
