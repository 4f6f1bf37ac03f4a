"""The people pages in a real browser, with and without JavaScript."""

import pytest
from django.urls import reverse

from satker.models import Penugasan
from tests.factories import SANDI, AdminFactory, KanwilFactory, SatkerFactory


def sign_in(page, pengguna):
    page.goto(reverse("account_login") + "?next=/akun/")
    page.get_by_label("Alamat surel").fill(pengguna.email)
    page.get_by_label("Kata sandi").fill(SANDI)
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name=pengguna.nama).wait_for()


@pytest.fixture
def dunia(transactional_db):
    satker = SatkerFactory(
        kode="71-lapas", nama="Lapas Kelas I Uji", kanwil=KanwilFactory(kode="16-kanwil")
    )
    return AdminFactory(nama="Sari Uji"), satker


def test_fields_follow_the_role_and_units_are_offered_while_typing(page, dunia):
    admin, satker = dunia
    sign_in(page, admin)
    page.goto(reverse("orang_invite"))

    assert page.get_by_label("Satuan kerja").is_visible()
    assert page.get_by_label("Instansi").is_hidden()
    page.get_by_label("Satuan kerja").press_sequentially("lapas klas 1")
    pilihan = page.locator("#pilihan-satker option")
    pilihan.first.wait_for(state="attached")
    assert pilihan.first.get_attribute("value") == f"Lapas Kelas I Uji ({satker.kode})"

    page.get_by_label("Peran").select_option("pimpinan")

    assert page.get_by_label("Satuan kerja").is_hidden()
    assert page.get_by_label("Instansi").is_visible()
    assert page.get_by_text("Area perubahan").is_hidden()


def test_the_error_summary_takes_the_focus(page, dunia):
    sign_in(page, dunia[0])
    page.goto(reverse("orang_invite"))

    page.get_by_role("button", name="Undang").click()

    ringkasan = page.get_by_role("alert")
    assert ringkasan.evaluate("satu => satu === document.activeElement")
    ringkasan.get_by_role("link", name="Nama lengkap").click()
    assert page.get_by_label("Nama lengkap").evaluate("s => s === document.activeElement")


def test_inviting_works_without_javascript(browser, base_url, dunia):
    admin, satker = dunia
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, admin)
    page.goto(reverse("orang_invite"))

    page.get_by_label("Nama lengkap").fill("Budi Uji")
    page.get_by_label("Alamat surel").fill("budi@uji.invalid")
    page.get_by_label("Satuan kerja").fill("lapas kelas 1 uji")
    page.get_by_label("Cetak tautan").check()
    page.get_by_role("button", name="Undang").click()

    page.get_by_alt_text("Kode QR tautan undangan").wait_for()
    assert Penugasan.objects.get(pengguna__email="budi@uji.invalid").satker == satker
    context.close()
