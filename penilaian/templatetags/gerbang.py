"""The list of floors. Its frame (names, floors, bars' marks) is the same for every assessment of a
version, so it is rendered once per process; numbers and states are put into its gaps."""

import re
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from integritas.templatetags.tampil import desimal, desimal_naik, unlocalize_angka
from penilaian.gerbang import Panel, Syarat
from penilaian.templatetags.lke import Setara

register = template.Library()
# A gap is a name between two characters that no template brings. See also penilaian.templatetags.lke.
CELAH = re.compile("\x01([\\w.-]+)\x01")
ISI = ("lolos", "persen", "nilai", "keadaan", "resmi", "keadaan_resmi")
GAGAL = mark_safe(' data-lolos="tidak"')  # nosec B308 B703


def _gap(nama: str) -> SafeString:
    return mark_safe(f"\x01{nama}\x01")  # nosec B308 B703


@lru_cache(maxsize=64)
def _render_rangka(kunci: tuple, target: str, panel: Setara) -> list[str]:
    """Text and names of gaps in turn."""
    daftar_jenis = [
        (
            jenis,
            _gap(f"jenis-{jenis.nomor}"),
            [
                (
                    syarat,
                    _build_alamat(syarat),
                    {nama: _gap(f"{nama}-{syarat.kode}") for nama in ISI},
                )
                for syarat in jenis.daftar_syarat
            ],
        )
        for jenis in panel.satu.daftar_jenis
    ]
    teks = render_to_string("penilaian/_gerbang.html", {"daftar_jenis": daftar_jenis})
    return CELAH.split(teks)


def _build_alamat(syarat: Syarat) -> SafeString:
    alamat = reverse("skor_explain", args=[0, syarat.simpul.kode])
    return mark_safe(alamat.replace("/0/", f"/{_gap('pk')}/", 1))  # nosec B308 B703


@register.simple_tag(takes_context=True)
def daftar_syarat(context, panel: Panel) -> SafeString:
    """The floors of one target with the scores of `penilaian`."""
    bagian = _render_rangka(context["kunci_versi"], panel.target, Setara(panel))
    isi = {"pk": str(context["penilaian"].pk)}
    for jenis in panel.daftar_jenis:
        isi[f"jenis-{jenis.nomor}"] = "" if jenis.terpenuhi else GAGAL
        for syarat in jenis.daftar_syarat:
            isi |= _fill(syarat)
    return mark_safe(  # nosec B308 B703
        "".join(isi[potong] if nomor % 2 else potong for nomor, potong in enumerate(bagian))
    )


def _fill(syarat: Syarat) -> dict[str, str]:
    kode, nol, resmi = syarat.kode, syarat.nol, syarat.resmi
    return {
        f"lolos-{kode}": "" if nol.terpenuhi else GAGAL,
        f"persen-{kode}": unlocalize_angka(float(syarat.persen)),
        f"nilai-{kode}": desimal(nol.nilai, 2),
        f"keadaan-{kode}": "terpenuhi"
        if nol.terpenuhi
        else format_html('<span class="short">kurang {}</span>', desimal_naik(nol.kurang, 2)),
        f"resmi-{kode}": desimal(resmi.nilai, 2),
        f"keadaan_resmi-{kode}": _say_resmi(syarat),
    }


def _say_resmi(syarat: Syarat) -> str:
    """Only what differs from the result beside it."""
    if syarat.resmi.terpenuhi:
        return "" if syarat.nol.terpenuhi else ", terpenuhi"
    if syarat.resmi.kurang == syarat.nol.kurang:
        return ""
    return f", kurang {desimal_naik(syarat.resmi.kurang, 2)}"
