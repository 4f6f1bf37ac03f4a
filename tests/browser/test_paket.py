"""A pack in the making: its progress moves by itself, stops asking when it is done, and needs no script;
its index opens from a disk and passes axe at both widths."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from penilaian.models import PaketBukti
from tests.browser.test_aksesibilitas import LAYAR, inspect
from tests.penilaian.bukti.contoh import add_bukti
from tests.penilaian.bukti.paket_uji import make_paket, open_paket

pytestmark = pytest.mark.usefixtures("folder")

Keadaan = PaketBukti.Keadaan


@pytest.fixture
def paket(penilaian):
    return PaketBukti.objects.create(
        penilaian=penilaian, keadaan=Keadaan.DIBUAT, jumlah=200, selesai=84
    )


def test_progress_moves_by_itself_and_ends(open_context, penilaian, paket):
    page = open_context("kanwil").new_page()
    diminta = []
    page.on("request", lambda permintaan: diminta.append(permintaan.headers.get("hx-request")))
    page.goto(reverse("paket_list", args=[penilaian.pk]))
    expect(page.get_by_text("84 dari 200 berkas").first).to_be_visible()
    page.get_by_role("link", name="muat ulang").focus()

    PaketBukti.objects.update(selesai=150)

    expect(page.get_by_text("150 dari 200 berkas").first).to_be_visible(timeout=10_000)
    expect(page.get_by_role("link", name="muat ulang")).to_be_focused()
    PaketBukti.objects.update(keadaan=Keadaan.GAGAL, pesan="Ruang penyimpanan server penuh.")
    expect(page.get_by_role("button", name="Buat paket")).to_be_visible(timeout=10_000)
    jumlah = diminta.count("true")
    page.wait_for_timeout(4000)
    assert diminta.count("true") == jumlah


def test_without_a_script_the_page_is_asked_for_again_by_hand(open_context, penilaian, paket):
    page = open_context("kanwil", java_script_enabled=False).new_page()
    page.goto(reverse("paket_list", args=[penilaian.pk]))
    PaketBukti.objects.update(keadaan=Keadaan.GAGAL)

    page.get_by_role("link", name="muat ulang").click()
    page.get_by_role("button", name="Buat paket").click()

    expect(page.get_by_role("alert")).to_contain_text("belum memakai bukti apa pun")


@pytest.mark.parametrize(("width", "scheme"), LAYAR)
def test_page_and_index_are_open_to_everybody(
    open_context, penilaian, paket, tmp_path, width, scheme
):
    PaketBukti.objects.update(keadaan=Keadaan.GAGAL, pesan="Ruang penyimpanan server penuh.")
    add_bukti(penilaian, "A.I.1.i.a", "SK tim")
    with open_paket(make_paket(penilaian)) as arsip:
        arsip.extractall(tmp_path / "isi")
    PaketBukti.objects.create(penilaian=penilaian, jumlah=3)
    indeks = (tmp_path / "isi" / "indeks.html").as_uri()

    context = open_context("kanwil", width=width, scheme=scheme)

    assert inspect(context, [reverse("paket_list", args=[penilaian.pk]), indeks]) == []
    page = context.new_page()
    page.goto(indeks)
    tujuan = page.get_by_role("link", name="SK tim.pdf").get_attribute("href")
    assert (tmp_path / "isi" / page.evaluate("decodeURIComponent", tujuan)).exists()
