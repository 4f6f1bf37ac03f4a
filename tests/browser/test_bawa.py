"""Taking over from last year: two answers and one file, and a draft confirmed by keyboard."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from penilaian.alur.bawa import carry
from penilaian.models import Jawaban, PemakaianBukti, Penilaian, Rekap
from satker.models import Pengguna
from tests.browser.test_aksesibilitas import LAYAR, inspect


@pytest.fixture
def penilaian(dunia):
    """The demo operator's LKE of this year; area 4 is blank, last year's was filled."""
    return Penilaian.objects.get(satker__kode="00-lapas-a", tahun=timezone.localdate().year)


def read(penilaian) -> dict:
    return {
        satu.pertanyaan.kode: satu.draf
        for satu in Jawaban.objects.filter(
            penilaian=penilaian, pertanyaan__area="A.4"
        ).select_related("pertanyaan")
    }


def take(page, penilaian):
    """Two answers of area 4 and the file of which somebody says that it still holds."""
    page.goto(f"/lke/{penilaian.pk}/")
    page.get_by_role("link", name="Ambil dari tahun lalu").click()
    area = page.locator('[id="area-A.4"]')
    # The fold that stands open is the first that offers something: area 1 has a file.
    area.locator("summary").click()
    for kotak in area.locator("[name=jawaban]").all()[2:]:
        kotak.uncheck()
    assert area.locator("[name=masih_berlaku]:checked").count() == 0
    area.get_by_label("Masih berlaku: Bukti Pemenuhan").check()
    area.get_by_role("button", name="Ambil area 4").click()
    page.wait_for_url("**/area/A.4/#q*")


def test_two_answers_and_a_file_are_taken_and_a_draft_is_confirmed_by_keyboard(
    open_context, penilaian
):
    page = open_context("operator").new_page()
    terisi = Rekap.objects.get(penilaian=penilaian).jumlah_terisi

    take(page, penilaian)

    expect(page.get_by_text("2 jawaban")).to_contain_text("1 berkas dinyatakan masih berlaku")
    assert list(read(penilaian).values()) == [True, True]
    assert (
        PemakaianBukti.objects.filter(penilaian=penilaian, masih_berlaku_oleh__isnull=False)
        .values("bukti")
        .distinct()
        .count()
        == 1
    )
    satu, dua = page.locator("[data-kartu]").evaluate_all("k => k.map(s => s.dataset.kartu)")[:2]
    expect(page.locator(f"#q{satu}")).to_be_focused()
    expect(page.locator(f"#simpan-{satu}")).to_have_text("Draf dari tahun lalu, belum dihitung")

    page.keyboard.press("s")

    expect(page.locator(f"#simpan-{satu}")).to_contain_text("✓ Tersimpan")
    expect(page.locator(f"#konflik-{satu}")).to_be_empty()
    expect(page.locator(f"#q{satu}")).to_be_focused()
    expect(page.locator(f'.index [href="#q{satu}"]')).to_have_attribute("data-keadaan", "isi")
    expect(page.locator("#bilah")).to_contain_text(f"{terisi + 1} dari 113 terjawab")
    # The letter that is chosen already confirms too.
    page.keyboard.press("n")
    huruf = page.locator(f"#q{dua} [name=pilihan]:checked").input_value()[0].lower()
    page.keyboard.press(huruf)
    expect(page.locator(f"#simpan-{dua}")).to_contain_text("✓ Tersimpan")
    assert list(read(penilaian).values()) == [False, False]
    assert Rekap.objects.get(penilaian=penilaian).jumlah_terisi == terisi + 2


def test_the_button_keeps_the_focus_in_its_card(open_context, penilaian):
    page = open_context("operator").new_page()
    take(page, penilaian)
    tombol = page.get_by_role("button", name="Masih berlaku, simpan").first
    nomor = tombol.evaluate("k => k.closest('[data-kartu]').id.slice(1)")

    tombol.press("Enter")

    expect(page.locator(f"#simpan-{nomor}")).to_contain_text("✓ Tersimpan")
    expect(page.locator(f"#q{nomor}")).to_be_focused()


def test_without_javascript_both_steps_work(open_context, penilaian):
    page = open_context("operator", java_script_enabled=False).new_page()
    take(page, penilaian)

    page.get_by_role("button", name="Masih berlaku, simpan").first.click()

    page.wait_for_url("**/area/A.4/#q*")
    assert sorted(read(penilaian).values()) == [False, True]


@pytest.mark.parametrize(("width", "scheme"), LAYAR)
def test_the_page_and_the_drafts_are_for_everybody(open_context, penilaian, width, scheme):
    operator = Pengguna.objects.get(email="operator@contoh.invalid")
    carry(penilaian, ["A.4"], ["A.I.4.i.a", "A.II.4.i.a"], [], by=operator)
    alamat = [f"/lke/{penilaian.pk}/tahun-lalu/?area={area}" for area in ("A.4", "A.6")]
    alamat.append(f"/lke/{penilaian.pk}/area/A.4/")

    assert inspect(open_context("operator", width=width, scheme=scheme), alamat) == []
