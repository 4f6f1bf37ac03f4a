"""A door with three phones, one of them without a line for a while: sixty people, nobody twice."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from satker.daftar_pintu import hash_token
from satker.kode import list_bacaan
from satker.models import Pengguna, Personel, Peserta, Pindaian, SatuanKerja, Upacara
from tests.factories import PesertaFactory, UpacaraFactory

UNIT = ["00-lapas-a", "00-lapas-b", "00-rutan-a"]


@pytest.fixture
def upacara(dunia):
    """Sixty people of three units are expected today."""
    daftar_satker = list(SatuanKerja.objects.filter(kode__in=UNIT).order_by("kode"))
    upacara = UpacaraFactory(tuan_rumah=daftar_satker[0], tanggal=timezone.localdate())
    orang = [
        Personel(satker=daftar_satker[n % 3], nama=f"Orang Uji {n:02}", jenis="asn", jabatan="Staf")
        for n in range(60)
    ]
    for satu in orang:
        satu.fill_kunci()
    Peserta.objects.bulk_create(
        Peserta(upacara=upacara, personel=satu, satker_id=satu.satker_id)
        for satu in Personel.objects.bulk_create(orang)
    )
    return upacara


@pytest.fixture
def kode(upacara):
    daftar = Peserta.objects.filter(upacara=upacara).order_by("personel__nama")
    return list(daftar.values_list("kode", flat=True))


def open_phone(open_context, upacara, akun="operator"):
    page = open_context(akun, width=360).new_page()
    page.goto(f"/pintu/{upacara.pk}/")
    return page


def enter(page, *daftar_kode):
    """By keyboard only: the field has the focus, is empty again at once, and has it still."""
    for satu in daftar_kode:
        page.keyboard.insert_text(satu)
        page.keyboard.press("Enter")
        expect(page.locator("#kode")).to_have_value("")
    expect(page.locator("#kode")).to_be_focused()


def expect_hasil(page, judul, kalimat=""):
    expect(page.locator("#hasil .hasil-judul")).to_have_text(judul)
    expect(page.locator("#hasil")).to_contain_text(kalimat)


def close(upacara):
    Upacara.objects.filter(pk=upacara.pk).update(status="ditutup", ditutup_pada=timezone.now())


def test_three_phones_take_sixty_people_in(open_context, upacara, kode):
    asing = PesertaFactory(upacara__nama="Upacara Lain", kode="WWWWWW")
    satu = open_phone(open_context, upacara)
    satu.get_by_role("button", name="Buka pintu").click()
    dua = open_phone(open_context, upacara, "kepala")
    tiga = open_phone(open_context, upacara, "kanwil")
    for page in (satu, dua, tiga):
        page.locator("[data-siap]").wait_for(state="attached")

    # The third loses its line: page, list and queue live on, also through a reload.
    tiga.context.set_offline(True)
    tiga.reload()
    enter(tiga, *kode[40:59], kode[5], "RRRRRR")
    expect_hasil(tiga, "Tidak ada di daftar")
    expect(tiga.get_by_text("21 menunggu dikirim")).to_be_visible()
    tiga.locator("#cari").fill("uji 07")
    tiga.get_by_role("button", name="Catat hadir Orang Uji 07").click()
    expect_hasil(tiga, "Disimpan")
    tiga.reload()
    expect(tiga.get_by_text("22 menunggu dikirim")).to_be_visible()

    # The same code on two phones, a misread letter, a foreign code, none at all.
    enter(satu, *(teks.lower() for teks in kode[:20]))
    enter(dua, *kode[20:40])
    expect(dua.locator("#hadir")).to_have_text("40")
    enter(dua, f" {kode[0][:3]}-{kode[0][3:]}")
    expect_hasil(dua, "Sudah hadir", "lewat kode diketik oleh Operator satker Contoh")
    enter(satu, asing.kode)
    expect_hasil(satu, "Tidak dikenal", "Undangan untuk upacara lain: Upacara Lain")
    enter(satu, "")
    expect_hasil(satu, "Kosong")

    tiga.context.set_offline(False)
    for page in (satu, dua, tiga):
        expect(page.locator("#hadir")).to_have_text("59", timeout=15_000)
    expect(tiga.locator("[data-antre]")).to_be_hidden()

    # Taken down before the closing and sent after it, beside one that came too late.
    tiga.context.set_offline(True)
    enter(tiga, kode[59])
    expect_hasil(tiga, "Disimpan")
    tiga.wait_for_timeout(1000)
    close(upacara)
    enter(dua, kode[59])
    expect(dua.get_by_text("Upacara ditutup")).to_be_visible()
    tiga.context.set_offline(False)
    for page in (satu, dua, tiga):
        expect(page.locator("#hadir")).to_have_text("60", timeout=15_000)
        assert page.evaluate(BACA_ORANG) == 0

    milik = Pindaian.objects.filter(upacara=upacara)
    hasil = {nama: milik.filter(hasil=nama).count() for nama in Pindaian.Hasil.values}
    assert hasil == {"diterima": 60, "ganda": 3, "asing": 2, "ditutup": 1}
    assert Peserta.objects.filter(upacara=upacara, hadir_pada__isnull=False).count() == 60
    assert milik.filter(hasil="diterima").values("peserta").distinct().count() == 60
    assert not milik.filter(keterangan="").exists()
    assert not milik.filter(jam_diragukan=True).exists()
    assert milik.get(hasil="ditutup").keterangan.startswith("Upacara sudah ditutup")


BACA_ORANG = """() => new Promise((beri) => {
  const minta = indexedDB.open("integritas-pintu");
  minta.onsuccess = () => {
    const hitung = minta.result.transaction("orang").objectStore("orang").count();
    hitung.onsuccess = () => { minta.result.close(); beri(hitung.result); };
  };
})"""
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
    assert not Pindaian.objects.exists()

    sign_in(page.context, "operator", base_url)
    page.goto(f"/pintu/{upacara.pk}/")
    expect(page.locator("#hadir")).to_have_text("2")
    assert set(Pindaian.objects.values_list("oleh__email", flat=True)) == {
        "operator@contoh.invalid"
    }

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
