"""The guide: every chapter opens, every picture it shows is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from satker.views.panduan import list_bab

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR) / "docs" / "panduan"


def test_every_chapter_opens_with_its_title(client):
    daftar = list_bab()

    assert len(daftar) == len(list(FOLDER.glob("[0-9]*.md")))
    for alamat, judul in daftar:
        respons = client.get(reverse("panduan_bab", args=[alamat]))
        assert respons.status_code == 200
        assert f"<h1>{judul}</h1>" in respons.text


def test_every_picture_of_a_chapter_is_served(client):
    gambar = {
        sumber
        for alamat, _ in list_bab()
        for sumber in re.findall(
            r'src="(/panduan/gambar/[^"]+)"', client.get(reverse("panduan_bab", args=[alamat])).text
        )
    }

    assert len(gambar) >= 12
    for sumber in gambar:
        respons = client.get(sumber)
        assert (respons.status_code, respons["Content-Type"]) == (200, "image/png")
        assert b"".join(respons.streaming_content)[:4] == b"\x89PNG"


@pytest.mark.parametrize("jalur", ["/panduan/tidak-ada/", "/panduan/gambar/tidak-ada.png"])
def test_what_is_not_there_is_not_found(client, jalur):
    assert client.get(jalur).status_code == 404


def test_every_picture_has_its_chapter():
    teks = "".join(berkas.read_text() for berkas in FOLDER.glob("*.md"))

    assert [b.name for b in (FOLDER / "gambar").glob("*.png") if b.name not in teks] == []
