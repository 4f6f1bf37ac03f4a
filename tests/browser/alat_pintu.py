"""A door for browser tests: an event that sixty people are expected at, and the hands of its committee."""

from django.utils import timezone
from playwright.sync_api import expect

from satker.models import Personel, Peserta, SatuanKerja
from tests.factories import UpacaraFactory

UNIT = ["00-lapas-a", "00-lapas-b", "00-rutan-a"]
BACA_ORANG = """() => new Promise((beri) => {
  const minta = indexedDB.open("integritas-pintu");
  minta.onsuccess = () => {
    const hitung = minta.result.transaction("orang").objectStore("orang").count();
    hitung.onsuccess = () => { minta.result.close(); beri(hitung.result); };
  };
})"""


def make_upacara(**isi):
    """Sixty people of three units are expected today."""
    daftar_satker = list(SatuanKerja.objects.filter(kode__in=UNIT).order_by("kode"))
    upacara = UpacaraFactory(
        tuan_rumah=daftar_satker[0], tanggal=timezone.localdate(), peserta=daftar_satker, **isi
    )
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


def list_kode(upacara) -> list[str]:
    """Codes in the order of names."""
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
