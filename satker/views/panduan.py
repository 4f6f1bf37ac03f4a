"""The guide and the accessibility statement: pages written in `docs/panduan/`, shown in the app."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from satker.access import public

FOLDER = Path(settings.BASE_DIR) / "docs" / "panduan"
NAMA = re.compile(r"^[a-z0-9-]+$")


@cache
def list_bab() -> tuple[tuple[str, str], ...]:
    """Chapters in their order: `(address, title)`; the number in the file name is not shown."""
    hasil = []
    for berkas in sorted(FOLDER.glob("[0-9]*.md")):
        judul = berkas.read_text(encoding="utf-8").split("\n", 1)[0].lstrip("# ").strip()
        hasil.append((berkas.stem.split("-", 1)[1], judul))
    return tuple(hasil)


@cache
def render_bab(alamat: str) -> str:
    """One chapter as HTML; our own text, raw HTML in it is not let through."""
    cocok = [satu for satu in FOLDER.glob("[0-9]*.md") if satu.stem.split("-", 1)[1] == alamat]
    if not cocok:
        raise Http404("Tidak ada bab itu.")
    penulis = MarkdownIt("commonmark", {"html": False}).enable("table")
    isi = penulis.render(cocok[0].read_text(encoding="utf-8"))
    # In the folder the pictures lie beside the chapter, on the page one level up.
    return isi.replace('src="gambar/', 'loading="lazy" src="/panduan/gambar/')


@require_safe
@public
def panduan(request):
    return render(request, "satker/panduan.html", {"daftar_bab": list_bab()})


@require_safe
@public
def panduan_bab(request, alamat):
    return render(
        request,
        "satker/panduan_bab.html",
        {
            # Rendered from files of the program itself, with raw HTML switched off.
            "isi": mark_safe(render_bab(alamat)),  # nosec B308 B703
            "daftar_bab": list_bab(),
            "alamat": alamat,
            "judul": dict(list_bab())[alamat],
        },
    )


@require_safe
@public
def panduan_gambar(request, nama):
    berkas = FOLDER / "gambar" / f"{nama}.png"
    if not NAMA.match(nama) or not berkas.is_file():
        raise Http404
    respons = FileResponse(berkas.open("rb"), content_type="image/png")
    respons["Cache-Control"] = "public, max-age=86400"
    return respons


@require_safe
@public
def aksesibilitas(request):
    return render(request, "satker/aksesibilitas.html")
