"""The look by numbers: contrast in both schemes, weight of a first visit, files from elsewhere."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

STATIS = Path(settings.BASE_DIR) / "static"
TOKENS = (STATIS / "css" / "tokens.css").read_text()
TEKS = [
    ("ink", "canvas"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink-soft", "canvas"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunken"),
    ("action", "canvas"),
    ("action", "surface"),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("stamp", "stamp-soft"),
    ("on-stamp", "stamp"),
    ("on-attention", "attention"),
    ("danger", "surface"),
    ("danger", "canvas"),
    ("danger", "danger-soft"),
]
TANDA = [("edge", "surface"), ("edge", "canvas"), ("focus", "canvas"), ("focus", "surface"),
         ("stamp", "surface")]  # fmt: skip


def read_skema(penanda: str) -> dict[str, str]:
    """Colours of the scheme whose block begins at `penanda`."""
    blok = TOKENS[TOKENS.index(penanda) :]
    blok = blok[blok.index("{") : blok.index("}")]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", blok))


def luminance(warna: str) -> float:
    if len(warna) == 4:
        warna = "#" + "".join(huruf * 2 for huruf in warna[1:])
    saluran = [int(warna[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in saluran]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(satu: str, dua: str) -> float:
    terang, gelap = sorted((luminance(satu), luminance(dua)), reverse=True)
    return (terang + 0.05) / (gelap + 0.05)


TERANG = read_skema(":root {")
GELAP = read_skema(':root[data-tema="gelap"]')
MENURUT_SISTEM = read_skema(':root:not([data-tema="terang"])')


@pytest.mark.parametrize("skema", [TERANG, GELAP], ids=["terang", "gelap"])
def test_text_and_marks_stand_out(skema):
    assert [p for p in TEKS if contrast(skema[p[0]], skema[p[1]]) < 4.5] == []
    assert [p for p in TANDA if contrast(skema[p[0]], skema[p[1]]) < 3] == []


def test_dark_by_choice_is_dark_by_system():
    assert MENURUT_SISTEM == GELAP


def squeeze(isi: bytes) -> int:
    return len(gzip.compress(isi, 9))


@pytest.mark.django_db
def test_a_first_visit_weighs_fifty_kilobytes_at_most(client):
    from django.core.management import call_command

    call_command("load_fakta", verbosity=0)
    halaman = client.get(reverse("beranda"))
    berkas = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', halaman.text)

    from django.contrib.staticfiles import finders

    berat = squeeze(halaman.content) + sum(
        squeeze(Path(finders.find(nama)).read_bytes()) for nama in berkas
    )

    assert len(berkas) >= 7
    assert berat <= 50_000


def test_our_scripts_and_sheets_are_small():
    berat = {
        berkas.name: squeeze(berkas.read_bytes())
        for berkas in STATIS.glob("*/*")
        if berkas.suffix in {".css", ".js"}
    }
    kepala = (Path(settings.BASE_DIR) / "templates/_kepala.html").read_text()
    bersama = set(re.findall(r"(?:css|js)/([\w-]+\.(?:css|js))", kepala))

    assert sum(berat[nama] for nama in bersama) <= 10_500
    # What only some pages load: a sheet, one script, and all that the door needs.
    sendiri = {nama: satu for nama, satu in berat.items() if nama not in bersama}
    assert max(satu for nama, satu in sendiri.items() if nama.endswith(".css")) <= 2_500
    assert max(satu for nama, satu in sendiri.items() if nama.endswith(".js")) <= 6_000
    assert sum(satu for nama, satu in sendiri.items() if nama.startswith("pintu")) <= 12_000


def test_style_sheets_use_nothing_newer_than_the_old_office_browser():
    for berkas in (STATIS / "css").glob("*.css"):
        teks = re.sub(r"/\*.*?\*/", "", berkas.read_text(), flags=re.S)
        assert not re.search(r"color-mix|light-dark\(|@scope|@starting-style", teks), berkas
        # Nesting: a rule that begins with an ampersand.
        assert not re.search(r"[{;]\s*&", teks), berkas


def test_every_class_of_a_page_has_a_meaning():
    """A class without a rule is a slip of the pen or a leftover."""
    css = "".join(berkas.read_text() for berkas in (STATIS / "css").glob("*.css"))
    templat = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    dipakai = {
        nama
        for berkas in templat
        for isi in re.findall(r'class="([^"{}]+)"', berkas.read_text())
        for nama in isi.split()
    }

    assert sorted(nama for nama in dipakai if f".{nama}" not in css) == []


def test_files_from_elsewhere_are_those_we_checked():
    tabel = (STATIS / "vendor" / "README.md").read_text()
    tercatat = dict(re.findall(r"^\| (\S+) \| .* \| ([0-9a-f]{64}) \|$", tabel, re.M))
    ada = {
        str(berkas.relative_to(STATIS / "vendor")): hashlib.sha256(berkas.read_bytes()).hexdigest()
        for berkas in (STATIS / "vendor").rglob("*")
        if berkas.is_file() and berkas.name not in {"README.md", "LICENSE"}
    }

    assert ada == tercatat
    assert len(ada) >= 1
