"""The door on a phone: whose queue it is, what stays on the device, and how codes are read there."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from satker.daftar_pintu import hash_token
from satker.kode import list_bacaan
from satker.models import Pengguna, Pindaian, Upacara
from tests.browser.alat_pintu import BACA_ORANG, enter, list_kode, make_upacara, open_phone


@pytest.fixture
def upacara(dunia):
    return make_upacara()


@pytest.fixture
def kode(upacara):
    return list_kode(upacara)


BACA_HALAMAN = """() => caches.open("pintu-1").then((satu) => satu.keys())
  .then((daftar) => daftar.filter((satu) => satu.url.includes("/pintu/")).length)"""


BACA_KODE = """async (contoh) => {
  const { bacaan, sidik } = await import("/static/js/pintu-kode.js");
  const { huruf, panjang, mirip } = document.querySelector("[data-pintu]").dataset;
  const aturan = { huruf, panjang: Number(panjang),
    mirip: Object.fromEntries(mirip.split(",").map((satu) => satu.split(":"))) };
  return { bacaan: contoh.map((teks) => bacaan(teks, aturan)), sidik: await sidik(contoh[0]) };
}"""


def sign_in(context, akun, base_url):
    client = Client()
    client.force_login(Pengguna.objects.get(email=f"{akun}@contoh.invalid"))
    nilai = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": nilai, "url": base_url}])


def test_a_queue_waits_for_the_one_who_made_it(open_context, upacara, kode, base_url):
    Upacara.objects.filter(pk=upacara.pk).update(status="berlangsung", dibuka_pada=timezone.now())
    page = open_phone(open_context, upacara)
    page.locator("[data-siap]").wait_for(state="attached")
    page.context.set_offline(True)
    enter(page, kode[0], kode[1])
    expect(page.get_by_text("2 menunggu dikirim")).to_be_visible()

    # The session has ended meanwhile.
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.context.set_offline(False)
    expect(page.get_by_text("Masa masuk Anda berakhir")).to_be_visible()
    page.get_by_role("link", name="Masuk lagi").click()
    page.wait_for_url("**/akun/masuk/**")
    page.wait_for_function(
        f"async () => (await ({BACA_ORANG})()) + (await ({BACA_HALAMAN})()) === 0"
    )

    # Somebody else signs in on this phone: nothing goes out under that name by itself.
    sign_in(page.context, "kepala", base_url)
    page.goto(f"/pintu/{upacara.pk}/")
    judul = "2 catatan buatan Operator satker Contoh masih di alat ini"
    expect(page.get_by_text(judul)).to_be_visible()
    page.locator("[data-siap]").wait_for(state="attached")
    assert not Pindaian.objects.filter(upacara=upacara.pk).exists()

    sign_in(page.context, "operator", base_url)
    page.goto(f"/pintu/{upacara.pk}/")
    expect(page.locator("#hadir")).to_have_text("2")
    assert set(
        Pindaian.objects.filter(upacara=upacara.pk).values_list("oleh__email", flat=True)
    ) == {"operator@contoh.invalid"}

    # Unless that person says so.
    page.locator("[data-siap]").wait_for(state="attached")
    page.context.set_offline(True)
    enter(page, kode[2])
    expect(page.get_by_text("1 menunggu dikirim")).to_be_visible()
    sign_in(page.context, "kepala", base_url)
    page.context.set_offline(False)
    expect(page.get_by_text("Anda masuk sebagai Kepala satker Contoh")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Kirim atas nama Kepala satker Contoh").click()
    expect(page.locator("#hadir")).to_have_text("3")
    satu = Pindaian.objects.get(oleh__email="kepala@contoh.invalid")
    operator = Pengguna.objects.get(email="operator@contoh.invalid")
    assert satu.alat.endswith(f"(dicatat akun {operator.pk})")


def test_the_device_reads_a_code_as_the_server_does(open_context, upacara):
    Upacara.objects.filter(pk=upacara.pk).update(status="berlangsung", dibuka_pada=timezone.now())
    page = open_phone(open_context, upacara)
    contoh = ["acd-34f", "ACO34F", "888888", "0O1L2Z", "ＡＣＤ３４Ｆ", "é12345", "ACD34", "BG5SQI"]

    hasil = page.evaluate(BACA_KODE, contoh)

    assert hasil["bacaan"] == [list_bacaan(teks) for teks in contoh]
    assert hasil["sidik"] == hash_token("acd-34f")


def test_names_leave_the_device_with_whoever_signs_out(open_context, upacara):
    Upacara.objects.filter(pk=upacara.pk).update(status="berlangsung", dibuka_pada=timezone.now())
    page = open_phone(open_context, upacara)
    page.locator("[data-siap]").wait_for(state="attached")
    assert (page.evaluate(BACA_ORANG), page.evaluate(BACA_HALAMAN)) == (1, 1)

    page.goto("/akun/")
    page.get_by_role("button", name="Keluar").click()
    page.get_by_role("link", name="Masuk pegawai").wait_for()

    assert (page.evaluate(BACA_ORANG), page.evaluate(BACA_HALAMAN)) == (0, 0)
