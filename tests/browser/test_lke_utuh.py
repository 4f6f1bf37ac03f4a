"""The whole way of an operator and of the head of the unit, without a mouse: an area is filled,
evidence is uploaded, the line breaks and comes back, the area is handed in, and then the whole."""

import json

import pytest
from playwright.sync_api import expect

from penilaian.models import AreaPenilaian, Jawaban, PemakaianBukti, Rekap, Status
from satker.models import Pengguna
from tests.penilaian.bukti.contoh import build_pdf

pytestmark = pytest.mark.usefixtures("folder")

AREA = "A.4"
LAMA = 60_000


class Papan:
    """Hands that have a keyboard only."""

    def __init__(self, page):
        self.page = page
        # Somebody always listens, so that no dialog is ever opened for real.
        page.on("filechooser", lambda pemilih: None)

    def press(self, *daftar_tombol):
        for tombol in daftar_tombol:
            self.page.keyboard.press(tombol)

    def type(self, teks):
        self.page.keyboard.type(teks)

    def tab_to(self, pilih):
        """Tab until the focus is there; somewhere it must be reachable."""
        for _ in range(400):
            self.press("Tab")
            if self.page.evaluate("(p) => document.activeElement.matches(p)", pilih):
                return
        raise AssertionError(f"{pilih} tidak tercapai dengan Tab")

    def go_to(self, nomor):
        """G and the number, from inside any card."""
        self.press("g")
        self.type(str(nomor))
        self.press("Enter")
        expect(self.page.locator(f"#q{nomor}")).to_be_focused()

    def upload(self, teks, nama):
        with self.page.expect_file_chooser() as pemilih:
            self.press("u")
        assert pemilih.value.is_multiple()
        isi = {"name": nama, "mimeType": "application/pdf", "buffer": build_pdf(teks, isi=3 << 20)}
        pemilih.value.set_files([isi])

    def fill_area(self) -> list[int]:
        """An answer to every question of the page; their numbers."""
        page = self.page
        daftar = page.locator("[data-kartu]").evaluate_all("k => k.map((s) => s.dataset.kartu)")
        self.tab_to(f'a[href="#q{daftar[0]}"]')
        self.press("Enter")
        for nomor in daftar:
            kartu = page.locator(f"#q{nomor}")
            expect(kartu).to_be_focused()
            if kartu.locator("[type=radio]").count():
                self.press("t" if kartu.locator("[value=Tidak]").count() else "b")
            else:
                for jumlah in ("8", "6"):
                    self.press("Tab")
                    self.type(jumlah)
                self.press("Escape")
            self.press("n")
        for nomor in daftar:
            expect_saved(page, nomor)
        return [int(nomor) for nomor in daftar]


def expect_saved(page, nomor):
    expect(page.locator(f"#simpan-{nomor}")).to_contain_text("✓ Tersimpan", timeout=LAMA)


def expect_uploaded(page, nama):
    baris = page.locator("[data-antrean] > li").filter(has_text=nama)
    expect(baris).to_contain_text("Tersimpan", timeout=LAMA)


def list_draf(page):
    return [
        json.loads(teks)
        for teks in page.evaluate(
            "Object.entries(localStorage).filter(([k]) => k.includes(':draf:')).map(([, v]) => v)"
        )
    ]


def test_an_area_is_filled_and_all_is_handed_in_by_keyboard_alone(open_context, penilaian):
    context = open_context("operator")
    page = context.new_page()
    page.goto(f"/lke/{penilaian.pk}/area/{AREA}/")
    papan = Papan(page)

    daftar = papan.fill_area()

    expect(page.locator('.index [data-keadaan="kosong"]')).to_have_count(0)
    assert Rekap.objects.get(penilaian=penilaian).terisi_area[AREA] == len(daftar) == 14

    # Evidence for the first question.
    satu, dua = daftar[0], daftar[1]
    papan.go_to(satu)
    papan.upload("SK", "SK tim.pdf")
    expect_uploaded(page, "SK tim.pdf")
    expect(page.locator(f"#bukti-{satu} [data-daftar]")).to_contain_text("SK tim.pdf")

    # The line breaks: what is typed stays here, a file waits.
    context.set_offline(True)
    papan.go_to(dua)
    papan.upload("nota", "Nota dinas.pdf")
    papan.go_to(dua)
    papan.tab_to(f"#c{dua}")
    papan.type("Ditulis saat jaringan putus")
    expect(page.locator(f"#simpan-{dua}")).to_contain_text(
        "Jawaban masih ada di peramban ini", timeout=LAMA
    )
    unggahan = page.locator(f"#bukti-{dua} [data-antrean] > li")
    expect(unggahan).to_contain_text("Menunggu sambungan …", timeout=LAMA)
    [draf] = list_draf(page)
    assert ["catatan", "Ditulis saat jaringan putus"] in draf["i"]
    assert not Jawaban.objects.filter(catatan__startswith="Ditulis").exists()

    # It comes back: both arrive by themselves.
    context.set_offline(False)
    expect_saved(page, dua)
    expect_uploaded(page, "Nota dinas.pdf")
    assert list_draf(page) == []
    assert Jawaban.objects.filter(catatan="Ditulis saat jaringan putus").count() == 1
    assert sorted(PemakaianBukti.objects.values_list("bukti__nama", "pertanyaan__urutan")) == [
        ("Nota dinas.pdf", dua),
        ("SK tim.pdf", satu),
    ]

    # The area is handed in, and locked.
    papan.tab_to(f'a[href$="/area/{AREA}/ajukan/"]')
    papan.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ajukan area 4")
    papan.tab_to("main button[data-utama]")
    papan.press("Enter")
    expect(page.locator(".message")).to_contain_text("diajukan ke kepala satker")
    baris = AreaPenilaian.objects.get(penilaian=penilaian, area=AREA)
    assert baris.diajukan_oleh == Pengguna.objects.get(email="operator@contoh.invalid")
    page.goto(f"/lke/{penilaian.pk}/area/{AREA}/")
    expect(page.locator("[data-kartu] [type=radio]:enabled")).to_have_count(0)
    expect(page.locator("[data-unggah]")).to_have_count(0)

    # The head hands in the whole, the blanks counted as nothing.
    kepala = open_context("kepala").new_page()
    kepala.goto(f"/lke/{penilaian.pk}/")
    papan = Papan(kepala)
    papan.tab_to(f'a[href="/lke/{penilaian.pk}/ajukan/"]')
    papan.press("Enter")
    expect(kepala.get_by_role("heading", level=1)).to_contain_text("Ajukan LKE")
    papan.tab_to("[name=setuju_kosong]")
    papan.press("Space")
    papan.tab_to("main button[data-utama]")
    papan.press("Enter")
    expect(kepala.locator(".message")).to_contain_text("diajukan ke Tim Kanwil")
    penilaian.refresh_from_db()
    assert penilaian.status == Status.DIAJUKAN
    assert penilaian.diajukan_oleh == Pengguna.objects.get(email="kepala@contoh.invalid")
