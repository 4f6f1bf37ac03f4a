"""A ceremony of Kanwil Contoh from the door to the LKE: three phones, one of them without a line for
a while, sixty people who come in and sign, the closing, and the bundle under the questions."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from penilaian import demo_lke
from satker.models import BeritaAcara, NaskahBaku, Peserta, Pindaian, SatuanKerja, TandaTangan
from satker.tasks_naskah import announce_penutupan
from tests.browser.alat_pintu import (
    BACA_ORANG,
    enter,
    expect_hasil,
    list_kode,
    make_upacara,
    open_phone,
)
from tests.factories import PenilaianFactory, PesertaFactory
from tests.penilaian.bukti.contoh import build_png

pytestmark = pytest.mark.usefixtures("folder")
NAMA = "Pencanangan Zona Integritas"


@pytest.fixture
def upacara(dunia):
    return make_upacara(nama=NAMA, kode="utuh")


@pytest.fixture
def penilaian(upacara):
    """Open, of a unit that takes part without being the host."""
    demo_lke.remove()
    satker = SatuanKerja.objects.get(kode="00-rutan-a")
    return PenilaianFactory(satker=satker, tahun=upacara.tanggal.year)


def test_a_ceremony_from_the_door_to_the_lke(open_context, upacara, penilaian):
    kode = list_kode(upacara)
    kanwil = open_context("kanwil").new_page()
    naskah = freeze_naskah(kanwil, upacara)

    tiga_alat = take_in(open_context, upacara, kode)
    sign_sendiri(open_context, upacara, naskah)
    sign_lembar(kanwil, naskah)
    close(kanwil, upacara, tiga_alat, kode[59])

    # One more came in from the phone without a line: the minutes get a second version.
    kanwil.reload()
    kanwil.get_by_role("button", name="Buat versi baru").click()
    kanwil.get_by_role("button", name="Terbitkan berita acara").click()
    expect(kanwil.locator(".message").first).to_contain_text("versi 2 terbit untuk umum")
    daftar = BeritaAcara.objects.filter(upacara=upacara).order_by("versi")
    assert [satu.ringkasan["jumlah_hadir"] for satu in daftar] == [59, 60]

    sign_susulan(open_context, upacara)
    # What a worker does when it hears of the closing.
    announce_penutupan(upacara.pk)
    find_bukti(open_context, penilaian)


def freeze_naskah(page, upacara) -> str:
    """The text by its pattern, frozen; the address of its page."""
    page.goto(f"/upacara/{upacara.kode}/naskah/tambah/")
    baku = NaskahBaku.objects.filter(jenis="komitmen").order_by("pk")[0]
    page.get_by_label("Naskah baku", exact=True).select_option(str(baku.pk))
    page.get_by_role("button", name="Pakai naskah ini").click()
    page.get_by_role("button", name="Bekukan naskah").click()
    expect(page.get_by_role("heading", name="Sudah: 0 dari 60")).to_be_visible()
    return page.url


def take_in(open_context, upacara, kode):
    """59 of 60 through the door, nobody twice; the last one waits on the third phone, off-line."""
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
    return satu, dua, tiga


def open_pribadi(open_context, upacara, nomor, **pilihan):
    """The personal page of one of the sixty, on that person's own phone."""
    peserta = Peserta.objects.get(upacara=upacara, personel__nama=f"Orang Uji {nomor:02}")
    page = open_context(width=360, **pilihan).new_page()
    page.goto(f"/u/{peserta.token}/")
    return page


def sign_sendiri(open_context, upacara, naskah):
    """By the own link: drawn, after a refusal without consent."""
    page = open_pribadi(open_context, upacara, 1)
    kotak = page.locator(".goresan-kotak")
    kotak.scroll_into_view_if_needed()
    tepi = kotak.bounding_box()
    for n in range(4):
        page.mouse.move(tepi["x"] + 40 + 40 * n, tepi["y"] + 70)
        page.mouse.down()
        page.mouse.move(tepi["x"] + 70 + 40 * n, tepi["y"] + 30, steps=4)
        page.mouse.up()
    tombol = page.get_by_role("button", name="Tandatangani sebagai Orang Uji 01")
    tombol.click()
    expect(page.locator("[data-galat]")).to_contain_text("Centang kalimat persetujuan")
    assert not TandaTangan.objects.filter(naskah__upacara=upacara).exists()
    page.locator(".goresan-setuju input").check()
    tombol.click()
    expect(page.get_by_text("Semua naskah sudah Anda tandatangani")).to_be_visible()
    assert TandaTangan.objects.get(naskah__upacara=upacara).cara == "layar"


def sign_lembar(page, naskah):
    """Everybody but two on one sheet of paper, of which a picture is taken."""
    page.goto(naskah)
    for satu in ("Orang Uji 02", "Orang Uji 59"):
        expect(page.locator("#basah_peserta").get_by_text(satu)).to_be_visible()
    page.locator("#basah_peserta label").evaluate_all(
        """daftar => daftar.filter(satu => !/Uji (02|59)/.test(satu.textContent))
          .forEach(satu => satu.querySelector("input").click())"""
    )
    formulir = page.locator("form[action$='/basah/']")
    formulir.locator("[type=file]").set_input_files(
        [{"name": "lembar.png", "mimeType": "image/png", "buffer": build_png(3)}]
    )
    formulir.locator("[name$=sesuai]").check()
    formulir.get_by_role("button", name="Catat tanda tangan basah").click()
    expect(page.get_by_role("heading", name="Sudah: 58 dari 60")).to_be_visible()


def close(page, upacara, tiga_alat, kode_akhir):
    """Photograph, press link, make-up date; then what the third phone still holds."""
    dua, tiga = tiga_alat[1:]
    page.goto(f"/upacara/{upacara.kode}/penutupan/")
    page.get_by_label("Jenis").select_option("foto")
    page.locator("#berkas_berkas").set_input_files(
        [{"name": "apel.png", "mimeType": "image/png", "buffer": build_png(4)}]
    )
    page.get_by_role("button", name="Unggah").click()
    page.get_by_label("Alamat berita").fill("https://contoh.invalid/berita/pencanangan")
    page.get_by_label("Nama media dan judul").fill("Media Contoh")
    page.get_by_role("button", name="Tambah tautan pers").click()
    expect(page.get_by_role("link", name="Media Contoh")).to_be_visible()
    susulan = timezone.localdate() + datetime.timedelta(days=7)
    page.get_by_label("Tanda tangan susulan diterima sampai").fill(f"{susulan:%Y-%m-%d}")
    page.get_by_role("button", name="Tutup upacara").click()
    expect(page.locator(".message").first).to_contain_text("Upacara ditutup")
    expect(page.get_by_role("link", name="Berita acara (PDF)")).to_have_count(1)

    enter(dua, kode_akhir)
    expect(dua.get_by_text("Upacara ditutup")).to_be_visible()
    tiga.context.set_offline(False)
    for alat in tiga_alat:
        expect(alat.locator("#hadir")).to_have_text("60", timeout=15_000)
        assert alat.evaluate(BACA_ORANG) == 0
    milik = Pindaian.objects.filter(upacara=upacara)
    hasil = {nama: milik.filter(hasil=nama).count() for nama in Pindaian.Hasil.values}
    assert hasil == {"diterima": 60, "ganda": 3, "asing": 2, "ditutup": 1}
    assert Peserta.objects.filter(upacara=upacara, hadir_pada__isnull=False).count() == 60
    assert milik.filter(hasil="diterima").values("peserta").distinct().count() == 60
    assert not milik.filter(keterangan="").exists()
    assert not milik.filter(jam_diragukan=True).exists()
    assert milik.get(hasil="ditutup").keterangan.startswith("Upacara sudah ditutup")


def sign_susulan(open_context, upacara):
    """After the closing and before the make-up date, on a phone without JavaScript."""
    page = open_pribadi(open_context, upacara, 2, java_script_enabled=False)
    page.locator(".goresan-setuju input").check()
    page.get_by_label("Tidak bisa menggambar?").fill("setuju")
    page.get_by_role("button", name="Tandatangani sebagai Orang Uji 02").click()
    expect(page.get_by_text("Semua naskah sudah Anda tandatangani")).to_be_visible()
    cara = TandaTangan.objects.filter(naskah__upacara=upacara).values_list("cara", flat=True)
    assert sorted(cara) == ["basah"] * 57 + ["layar", "tautan"]


def find_bukti(open_context, penilaian):
    """The bundle under the questions of a unit that took part, on its pages of the LKE."""
    page = open_context("kanwil", width=360).new_page()
    page.goto(f"/lke/{penilaian.pk}/bukti/upacara/")
    bagian = page.locator("section.sheet").filter(has_text=NAMA)
    for nama in ("Berita acara", "Daftar hadir", "Foto", "Berita pers"):
        baris = bagian.get_by_role("row").filter(has_text=nama).first
        expect(baris.get_by_role("cell").nth(0)).not_to_contain_text("belum")
    page.goto(f"/lke/{penilaian.pk}/area/A.1/")
    expect(page.get_by_text(f"dari upacara {NAMA}").first).to_be_visible()
    foto = page.get_by_role("link").filter(has_text="Foto").first
    assert page.request.get(foto.get_attribute("href")).status == 200
