"""Every page: axe finds nothing, nothing scrolls sideways, the content policy holds."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import get_resolver, reverse

from penilaian import alur
from penilaian.models import Predikat
from satker.models import Pengguna, Penugasan, SatuanKerja

# Every width and every scheme once: what breaks at a width or in the dark breaks on its own.
LAYAR = [(1280, "light"), (360, "dark")]
PUBLIK = [
    "/",
    "/?kanwil=35-kanwil",
    "/?pada=2022-02-30",
    "/satker/",
    "/satker/?q=palembag",
    "/satker/16-bapas-palembang/",
    "/satker/35-lapas-malang/",
    "/kanwil/16-kanwil/",
    "/kanwil/35-kanwil/",
    "/kementerian/",
    "/kementerian/?menurut=pembina",
    "/klaim/",
    "/panduan/",
    "/panduan/mulai/",
    "/aksesibilitas/",
    "/akun/masuk/",
    "/akun/sandi/lupa/",
    "/satker/tidak-ada/",
]


def inspect(context, daftar_jalur) -> list[str]:
    """What is wrong with the pages, in words."""
    salah = []
    page = context.new_page()
    page.on(
        "console",
        lambda pesan: salah.append(f"{page.url}: {pesan.text}") if is_fault(pesan) else None,
    )
    for jalur in daftar_jalur:
        page.goto(jalur)
        lebar = page.viewport_size["width"]
        if page.evaluate("document.documentElement.scrollWidth") > lebar:
            salah.append(f"{jalur}: menggulir ke samping pada {lebar} px")
        for temuan in Axe().run(page).response["violations"]:
            simpul = temuan["nodes"][0]
            salah.append(f"{jalur} {lebar}: {temuan['id']}: {simpul['html'][:160]}")
    page.close()
    return salah


def is_fault(pesan) -> bool:
    """The browser reports a 404 page itself as an error; that page is asked for on purpose."""
    return pesan.type in {"error", "warning"} and "404" not in pesan.text


@pytest.mark.parametrize(("width", "scheme"), LAYAR)
def test_public_pages(open_context, width, scheme):
    assert inspect(open_context(width=width, scheme=scheme), PUBLIK) == []


def list_kerja() -> list[str]:
    """Every page of an administrator that a GET opens, on an invented unit with everything."""
    satker = SatuanKerja.objects.get(kode="00-lapas-b")
    predikat = Predikat.objects.filter(satker__contoh=True).order_by("pk")[0]
    isi = {"jenis": "WBK", "sumber": "surat contoh", "disebut_pada": None}
    usulan = alur.propose(SatuanKerja.objects.get(kode="00-lpka-a"), isi, by=None)
    orang = Pengguna.objects.get(email="operator@contoh.invalid")
    nilai = {
        "kode": satker.kode,
        "langkah": "ganti-nama",
        "perubahan": "cabut",
        "bentuk": "csv",
        "alamat": "mulai",
    }
    pk = {
        "orang": orang.pk,
        "penugasan": Penugasan.objects.filter(pengguna=orang).get().pk,
        "predikat": predikat.pk,
        "laporan": predikat.pk,
        "perubahan": predikat.perubahanpredikat_set.order_by("pk")[0].pk,
        "usulan": usulan.pk,
        "undangan": orang.pk,
    }
    admin = Client()
    admin.force_login(Pengguna.objects.get(email="admin@contoh.invalid"))
    hasil = []
    for nama, kunci in sorted(walk(get_resolver().url_patterns)):
        kata = dict(nilai, pk=pk.get(nama.split("_")[0], predikat.pk))
        if nama in {"kanwil_detail", "kanwil_confirm"}:
            kata["kode"] = "00-kanwil"
        if nama.startswith(("instrumen_", "dokumen_", "penyebut_")):
            kata |= {"kode": "permenpanrb-90-2021", "versi": 1}
            kata |= {"area": "A.5", "pertanyaan": "A.II.5.ii.a"}
        if not set(kunci) <= kata.keys():
            continue
        alamat = reverse(nama, kwargs={satu: kata[satu] for satu in kunci})
        if shows_page(admin, alamat):
            hasil.append(alamat)
    return hasil


def shows_page(client, alamat: str) -> bool:
    """Steps without a page (POST only), downloads and bare fragments have nothing to look at."""
    respons = client.get(alamat)
    try:
        html = respons.headers.get("Content-Type", "").startswith("text/html")
        return respons.status_code == 200 and html and "</html>" in respons.text
    finally:
        respons.close()


def walk(daftar_pola):
    for pola in daftar_pola:
        if hasattr(pola, "url_patterns"):
            yield from walk(pola.url_patterns)
        elif pola.name and pola.lookup_str.startswith(("satker.", "penilaian.")):
            yield pola.name, list(pola.pattern.converters)


@pytest.mark.parametrize(("width", "scheme"), LAYAR)
def test_working_pages_of_an_administrator(open_context, width, scheme):
    context = open_context("admin", width=width, scheme=scheme)
    daftar = list_kerja()

    assert len(daftar) > 30
    assert inspect(context, daftar) == []


def test_forms_with_errors(open_context):
    context = open_context("admin", width=360)
    page = context.new_page()
    salah = []
    for jalur in (
        "/satker/00-lpka-a/predikat/catat/",
        "/satker/00-lapas-b/ubah/ganti-nama/",
        "/satker/silsilah/",
        "/satker/baru/",
    ):
        page.goto(jalur)
        page.locator("main form button").last.click()
        page.locator("[data-galat]").wait_for()
        assert page.locator("[data-galat]").evaluate("satu => satu === document.activeElement")
        salah += [f"{jalur}: {t['id']}: {t['nodes'][0]['html'][:160]}"
                  for t in Axe().run(page).response["violations"]]  # fmt: skip
    assert salah == []


@pytest.mark.urls("tests.urls_gaya")
@pytest.mark.parametrize(("width", "scheme"), LAYAR)
def test_every_component_in_every_state(open_context, width, scheme):
    assert inspect(open_context(width=width, scheme=scheme), ["/gaya/"]) == []
