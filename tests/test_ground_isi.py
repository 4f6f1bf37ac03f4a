"""What is in the repository: nothing that needs a place outside it."""

import re
import subprocess

import pytest

from tests.server import AKAR

# Written in two pieces, so that this file does not find itself.
LUAR = [
    "../" + "shared",
    "/" + "work/",
    "/" + "tmp/" + "work",
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "uns" + "plash.com",
    "jsdeli" + "vr",
    "unpk" + "g.com",
    "cdn" + "js",
    "fonts.google" + "apis",
]
MUATAN = {
    ".html": r"<(?:script|link|img|iframe|source|video|audio|use)\b[^>]*(?:src|href)=[\"'](?:https?:)?//",
    ".css": r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//",
    ".js": r"(?:\bfrom|\bimport|\bfetch|\bimport\()\s*\(?\s*[\"'`](?:https?:)?//",
    ".svg": r"(?:href|src)=[\"'](?:https?:)?//",
}
BINER = {".png", ".jpg", ".webp", ".ico", ".ttf", ".woff2", ".woff", ".xlsx", ".pdf", ".zip"}


def list_files():
    """What a clone holds, and what is about to be added."""
    hasil = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=AKAR,
        capture_output=True,
        text=True,
        check=False,
    )
    if hasil.returncode != 0:
        pytest.skip("bukan salinan git")
    daftar = [AKAR / nama for nama in hasil.stdout.split("\0") if nama]
    return [berkas for berkas in daftar if berkas.is_file() and berkas.suffix not in BINER]


def test_nothing_reads_outside_the_checkout_or_names_a_package_registry():
    temuan = [
        f"{berkas.relative_to(AKAR)}: {kata}"
        for berkas in list_files()
        # Facts name the pages they come from.
        if berkas.suffix != ".csv"
        for kata in LUAR
        if kata in berkas.read_text(encoding="utf-8")
    ]

    assert temuan == []


def test_no_page_style_or_script_loads_anything_from_another_host():
    temuan = [
        f"{berkas.relative_to(AKAR)}: {cocok.group()}"
        for berkas in list_files()
        if berkas.suffix in MUATAN
        for cocok in re.finditer(MUATAN[berkas.suffix], berkas.read_text(encoding="utf-8"))
    ]

    assert temuan == []


def test_every_requirement_is_pinned_with_a_hash():
    for nama in ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt"):
        isi = (AKAR / nama).read_text().replace("\\\n", " ")
        for baris in isi.splitlines():
            if baris and not baris.lstrip().startswith("#"):
                assert re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", baris), baris


def test_the_test_requirements_hold_the_very_same_versions():
    def read(nama):
        return set(re.findall(r"^([\w.-]+==\S+)", (AKAR / nama).read_text(), re.M))

    assert read("requirements.txt") <= read("requirements-dev.txt")
