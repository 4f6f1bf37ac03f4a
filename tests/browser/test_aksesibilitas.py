"""Every page: axe finds nothing, nothing scrolls sideways, the content policy holds."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from penilaian import alur
from penilaian.models import Predikat
from satker.models import (
    BeritaAcara,
    Halangan,
    LangkahPengingat,
    Naskah,
    Pengguna,
    Pengingat,
    Penugasan,
    PerjanjianKinerja,
    Personel,
    Peserta,
    Putaran,
    Saksi,
    SatuanKerja,
    TandaTangan,
    Upacara,
)
from tests.factories import NaskahFactory, PesertaFactory

# Every width and every scheme once: what breaks at a width or in the dark breaks on its own.
LAYAR = [(1280, "light"), (360, "dark")]
# What is in order is not told node by node, which takes as long as finding it.
PILIHAN_AXE = {"resultTypes": ["violations"]}
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


def inspect(context, daftar_jalur, diperiksa=None) -> list[str]:
    """What is wrong with the pages, in words; axe looks at those `diperiksa`, else at all."""
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
        if diperiksa is not None and jalur not in diperiksa:
            continue
        for temuan in Axe().run(page, options=PILIHAN_AXE).response["violations"]:
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


def list_kerja() -> dict[str, list[str]]:
    """Every page that a GET opens, on invented units with everything, by the account that opens it:
    the administrator, or whoever may where that one may not."""
    pilihan = list_pilihan()
    client = {akun: Client() for akun in ("admin", "kanwil", "operator")}
    for akun, satu in client.items():
        satu.force_login(Pengguna.objects.get(email=f"{akun}@contoh.invalid"))
    hasil: dict[str, list[str]] = {akun: [] for akun in client}
    for nama, rute, kunci in sorted(walk(get_resolver().url_patterns)):
        # Pages of one LKE have their own walk.
        if rute.startswith("lke/<int:pk>/"):
            continue
        kata = read_kata(pilihan, nama, rute)
        if not set(kunci) <= kata.keys():
            continue
        alamat = reverse(nama, kwargs={satu: kata[satu] for satu in kunci})
        for akun, satu in client.items():
            if shows_page(satu, alamat):
                hasil[akun].append(alamat)
                break
    return hasil


def read_kata(pilihan: dict[str, dict], nama: str, rute: str) -> dict:
    """Values of an address: what its name or the beginnings of its route say, the longest last."""
    kata: dict = {}
    for awal in sorted(pilihan, key=len):
        if nama.startswith(awal) or rute.startswith(awal):
            kata |= pilihan[awal]
    return kata


def list_pilihan() -> dict[str, dict]:
    """Values by the beginning of a URL name or of a route."""
    predikat = Predikat.objects.filter(satker__contoh=True).order_by("pk")[0]
    isi = {"jenis": "WBK", "sumber": "surat contoh", "disebut_pada": None}
    usulan = alur.propose(SatuanKerja.objects.get(kode="00-lpka-a"), isi, by=None)
    orang = Pengguna.objects.get(email="operator@contoh.invalid")
    return {
        "": {
            "kode": "00-lapas-b",
            "langkah": "ganti-nama",
            "perubahan": "cabut",
            "bentuk": "csv",
            "alamat": "mulai",
            "tahun": timezone.localdate().year,
            "pk": predikat.pk,
        },
        "kanwil_": {"kode": "00-kanwil"},
        "orang_": {"pk": orang.pk},
        "undangan_print": {"pk": orang.pk},
        "penugasan_create": {"pk": orang.pk},
        "penugasan_end": {"pk": Penugasan.objects.get(pengguna=orang).pk},
        "perubahan_": {"pk": predikat.perubahanpredikat_set.order_by("pk")[0].pk},
        "usulan_": {"pk": usulan.pk},
        "instrumen/": {"kode": "permenpanrb-90-2021", "versi": 1, "area": "A.5",
                       "pertanyaan": "A.II.5.ii.a"},
        **list_pilihan_janji(),
        **list_pilihan_upacara(),
    }  # fmt: skip


def list_pilihan_janji() -> dict[str, dict]:
    """Agreements, rosters, pacts and reminders."""
    janji = PerjanjianKinerja.objects.filter(satker__contoh=True)
    draf = {"pk": janji.filter(status="draf").order_by("pk")[0].pk}
    langkah = LangkahPengingat.objects.order_by("pk")[0]
    personel = Personel.objects.filter(satker__kode="00-lapas-a").order_by("-pk")[0]
    pakta = TandaTangan.objects.filter(personel__satker__kode="00-lapas-a", naskah__jenis="pakta")
    return {
        "perjanjian-kinerja/<int:pk>/": {"pk": janji.get(versi=2).pk},
        **{
            f"perjanjian-kinerja/<int:pk>/{satu}": draf
            for satu in ("pihak", "isi", "turunkan", "tanda-tangan")
        },
        "kinerja/<int:pk>/": {"pk": janji.get(satker__kode="00-kanwil").pk, "periode": "b03"},
        "personel/": {"kode": "00-lapas-a", "pk": personel.pk},
        "pakta_revoke": {"pk": pakta.order_by("pk")[0].pk},
        "p/<slug:token>": {"token": personel.token},
        "halangan_end": {"pk": Halangan.objects.order_by("pk")[0].pk},
        "pengingat_detail": {"pk": make_pengingat(langkah).pk},
        "pengingat/aturan/": {"kode": langkah.aturan.kode},
        "langkah_pengingat_edit": {"pk": langkah.pk},
        "tindak_lanjut": {"kode": "00-lapas-a"},
    }


def make_pengingat(langkah) -> Pengingat:
    kini = timezone.now()
    return Pengingat.objects.create(
        langkah=langkah,
        objek="uji:1",
        acuan=kini.date(),
        pengguna=Pengguna.objects.get(email="admin@contoh.invalid"),
        judul="Contoh",
        pesan="Kerjakan.",
        url="/ringkasan/",
        tanggal=kini.date(),
        jatuh_pada=kini,
        berguna_sampai=kini + datetime.timedelta(days=3),
    )


def list_pilihan_upacara() -> dict[str, dict]:
    """A round with an event that is over, one that is announced and one whose door is open."""
    putaran = Putaran.objects.get(kanwil__satker__contoh=True)
    lalu, depan, buka = Upacara.objects.filter(putaran=putaran).order_by("tanggal")
    Upacara.objects.filter(pk=buka.pk).update(status="berlangsung", dibuka_pada=timezone.now())
    hadir = {"hadir_pada": timezone.now(), "cara_hadir": "kode"}
    di_pintu = PesertaFactory(upacara=buka, **hadir)
    PesertaFactory(upacara=depan)
    absen = Peserta.objects.filter(upacara=lalu, hadir_pada=None).order_by("pk")[0]
    naskah = Naskah.objects.get(upacara=lalu)
    tanda = TandaTangan.objects.filter(naskah=naskah).order_by("pk")[0]
    berita = BeritaAcara.objects.get(upacara=lalu)
    return {
        "putaran/": {"kode": putaran.kode},
        "deklarasi/": {"kode": putaran.kode},
        "upacara/": {"kode": depan.kode},
        "upacara/<slug:kode>/naskah/": {"kode": lalu.kode, "pk": naskah.pk},
        "upacara/<slug:kode>/naskah/tambah/": {"kode": depan.kode},
        "upacara/<slug:kode>/naskah/<int:pk>/ubah/": {
            "kode": depan.kode,
            "pk": NaskahFactory(upacara=depan).pk,
        },
        "upacara/<slug:kode>/tanda-tangan/": {"kode": lalu.kode, "pk": tanda.pk},
        "upacara/<slug:kode>/penutupan/": {"kode": lalu.kode},
        "saksi_edit": {"pk": Saksi.objects.filter(upacara=depan).order_by("pk")[0].pk},
        "pintu/": {"pk": buka.pk, "peserta": di_pintu.pk, "token": di_pintu.token},
        "u/<str:token>/": {"token": absen.token},
        "berita-acara/": {"kode": berita.kode_periksa},
    }


def shows_page(client, alamat: str) -> bool:
    """Steps without a page (POST only), downloads and bare fragments have nothing to look at."""
    respons = client.get(alamat)
    try:
        html = respons.headers.get("Content-Type", "").startswith("text/html")
        return respons.status_code == 200 and html and "</html>" in respons.text
    finally:
        respons.close()


def walk(daftar_pola, awal=""):
    for pola in daftar_pola:
        if hasattr(pola, "url_patterns"):
            yield from walk(pola.url_patterns, awal + str(pola.pattern))
        elif pola.name and pola.lookup_str.startswith(("satker.", "penilaian.")):
            yield pola.name, awal + str(pola.pattern), list(pola.pattern.converters)


@pytest.mark.parametrize(("width", "scheme"), LAYAR)
def test_working_pages(open_context, width, scheme):
    """All at either width; axe, which takes the longest, looks at each page once."""
    giliran = LAYAR.index((width, scheme))
    salah = []
    daftar = list_kerja()
    for akun, jalur in daftar.items():
        context = open_context(akun, width=width, scheme=scheme)
        salah += inspect(context, jalur, jalur[giliran::2])

    assert sum(map(len, daftar.values())) > 120
    assert salah == []


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
