"""How people use it: by keyboard, by link, on paper, and with JavaScript off."""

import datetime

from penilaian.models import Predikat
from satker.models import KedudukanSatker, Pengguna


def test_the_filter_moves_the_address_and_a_reload_shows_the_same(open_context):
    page = open_context().new_page()
    page.goto("/satker/")
    with page.expect_response(lambda respons: "q=" in respons.url):
        page.get_by_label("Cari satuan kerja").press_sequentially("klas 1 palembang", delay=20)
    page.get_by_text("6 satuan kerja.").wait_for()
    assert "q=klas+1+palembang" in page.url or "q=klas%201%20palembang" in page.url
    isi = page.locator("#daftar table").inner_text()

    page.reload()

    assert page.locator("#daftar table").inner_text() == isi
    assert page.get_by_label("Cari satuan kerja").input_value() == "klas 1 palembang"
    page.go_back()
    page.get_by_text("122 satuan kerja.").wait_for()


def test_choosing_a_date_swaps_the_dashboard_and_moves_the_address(open_context):
    page = open_context().new_page()
    page.goto("/kanwil/16-kanwil/")

    page.get_by_label("Keadaan pada").fill("2015-01-01")
    page.get_by_label("Keadaan pada").dispatch_event("change")
    page.get_by_role("heading", name="Belum diketahui: 27 dari 27").wait_for()

    assert page.url.endswith("?pada=2015-01-01")
    assert page.locator("#isi-halaman").count() == 1


def test_every_number_of_the_headline_is_a_door(open_context):
    page = open_context().new_page()
    for nama, jumlah in (("4 WBK", 4), ("1 WBBM", 1), ("27 satker", 27)):
        page.goto("/")
        page.get_by_role("heading", level=1).get_by_role("link", name=nama).click()
        page.get_by_text(f"{jumlah} satuan kerja.").wait_for()


def test_by_keyboard_one_reaches_the_content_and_sees_where_one_is(open_context):
    page = open_context().new_page()
    page.goto("/")

    page.keyboard.press("Tab")

    lompat = page.get_by_role("link", name="Langsung ke isi")
    assert lompat.evaluate("satu => satu === document.activeElement")
    assert lompat.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.keyboard.press("Tab")
    garis = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert garis == "solid"


def test_on_paper_the_menu_stays_away(open_context):
    page = open_context().new_page()
    page.goto("/kanwil/16-kanwil/")

    page.emulate_media(media="print")

    assert page.locator(".nav").is_hidden()
    assert page.get_by_label("Keadaan pada").is_hidden()
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator(".register thead").first.is_visible()


def test_the_theme_is_remembered(open_context):
    page = open_context().new_page()
    page.goto("/")
    terang = page.evaluate("getComputedStyle(document.body).color")

    page.get_by_role("button", name="Tampilan").click()
    gelap = page.evaluate("getComputedStyle(document.body).color")
    page.reload()

    assert gelap != terang
    assert page.evaluate("getComputedStyle(document.body).color") == gelap


# --- without JavaScript ---------------------------------------------------------------------------
def test_reading_works_without_javascript(open_context):
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/")
    page.get_by_label("Apakah kantor yang saya datangi berpredikat?").fill("bapas palembang")
    page.get_by_role("button", name="Cari kantor").click()
    page.get_by_role("link", name="Bapas Kelas I Palembang").wait_for()

    page.get_by_label("Predikat").select_option("WBBM")
    page.get_by_role("button", name="Terapkan").click()
    page.get_by_text("Tidak ada satker bernama “bapas palembang”").wait_for()

    page.goto("/kanwil/16-kanwil/")
    page.get_by_label("Keadaan pada").fill("2015-01-01")
    page.get_by_role("button", name="Tampilkan").click()
    page.get_by_role("heading", name="Belum diketahui: 27 dari 27").wait_for()


def test_a_predicate_is_recorded_and_revoked_without_javascript(open_context):
    page = open_context("admin", java_script_enabled=False).new_page()
    page.goto("/satker/00-lpka-a/")
    page.get_by_role("link", name="Catat predikat").click()
    page.get_by_label("Nomor SK").fill("SK-UJI-9")
    page.get_by_label("Tanggal SK").fill("2024-12-20")
    page.locator("#id_sumber").fill("SK contoh")
    page.get_by_role("button", name="Simpan predikat").click()
    page.get_by_text("Predikat dicatat.").wait_for()
    predikat = Predikat.objects.get(nomor_sk="SK-UJI-9")

    nama = KedudukanSatker.objects.get(satker=predikat.satker).nama
    page.goto(f"/predikat/{predikat.pk}/ubah/cabut/")
    page.get_by_label("Berlaku mulai").fill("2025-06-01")
    page.locator("#id_sumber").fill("surat contoh")
    page.get_by_label("Ketik nama satker").fill(nama)
    page.get_by_role("button", name="Cabut predikat").click()

    page.get_by_text("Predikat dicabut.").wait_for()
    predikat.refresh_from_db()
    assert predikat.berlaku_sampai == datetime.date(2025, 6, 1)


def test_an_office_is_renamed_without_javascript(open_context):
    page = open_context("kanwil", java_script_enabled=False).new_page()
    page.goto("/satker/00-lapas-b/")
    page.get_by_role("link", name="Ubah kedudukan").click()
    page.get_by_role("link", name="Ganti nama atau tempat").click()
    page.get_by_label("Nama baru").fill("Lapas Kelas IIA Contoh Baru")
    page.get_by_label("Berlaku mulai").fill("2026-01-01")
    page.locator("#id_sumber").fill("surat contoh")
    page.get_by_role("button", name="Simpan perubahan").click()

    page.get_by_text("Nama baru dicatat.").wait_for()
    page.get_by_text("Lapas Kelas IIA Contoh Baru").first.wait_for()


def test_signing_in_and_out_works_without_javascript(open_context, settings):
    pengguna = Pengguna.objects.get(email="kanwil@contoh.invalid")
    pengguna.set_password("sandi-uji-yang-panjang")
    pengguna.save()
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/akun/masuk/")
    page.get_by_label("Alamat surel").fill(pengguna.email)
    page.get_by_label("Kata sandi").fill("sandi-uji-yang-panjang")
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/kanwil/00-kanwil/")

    page.get_by_role("link", name="Akun").click()
    page.get_by_role("button", name="Keluar").click()
    page.get_by_role("link", name="Masuk pegawai").wait_for()
