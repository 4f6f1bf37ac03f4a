"""The predicate on a page: badge, rings, and the map of tiles."""

import datetime
from collections.abc import Sequence
from functools import cache, lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from integritas.teks import format_tanggal
from penilaian.hitung import Hitungan
from penilaian.models import Ketelitian

register = template.Library()

RUPA = {"WBK": ("wbk", "WBK"), "WBBM": ("wbbm", "WBBM"), "TANPA": ("tanpa", "Tanpa predikat")}
PALING_BANYAK = 60
PER_BARIS = 14


@register.simple_tag
def predikat_badge(nilai: str | None, keadaan: str = "") -> SafeString:
    """The stamp of a unit; None is "belum diketahui", never "tanpa"."""
    return _render_badge(nilai or "", keadaan == "DALAM_KLARIFIKASI")


# Components that depend on a few values only are rendered once for each of them: a list of fifty
# would spend more on the same eight badges than on its rows.
@cache
def _render_badge(nilai: str, klarifikasi: bool) -> SafeString:
    rupa, nama = RUPA.get(nilai, ("tidak-diketahui", "Belum diketahui"))
    isi = {"rupa": rupa, "nama": nama, "klarifikasi": klarifikasi}
    return render_to_string("komponen/predikat.html", isi)


@register.simple_tag
def sejak(mulai: datetime.date | None, ketelitian: str | None, tahun: int | None) -> str:
    """Since when, as well as it is known; empty without predicate."""
    if ketelitian == Ketelitian.TANGGAL:
        return format_tanggal(mulai)
    if ketelitian == Ketelitian.TAHUN:
        return format_html('{} <span class="soft">(tahun saja)</span>', tahun)
    if ketelitian == Ketelitian.DISEBUT:
        return format_html('<span class="soft">disebut</span> {}', format_tanggal(mulai))
    return ""


@register.simple_tag
@lru_cache(maxsize=2048)
def rings(hitungan: Hitungan) -> SafeString:
    """One ring per unit, WBBM first; above sixty units only the sentence remains."""
    macam = (
        ["wbbm"] * hitungan.wbbm
        + ["wbk"] * hitungan.wbk
        + ["tanpa"] * hitungan.tanpa
        + ["tidak-diketahui"] * hitungan.tidak_diketahui
    )
    lingkaran = [
        {"macam": satu, "x": 10 + 20 * (urut % PER_BARIS), "y": 10 + 20 * (urut // PER_BARIS)}
        for urut, satu in enumerate(macam[:PALING_BANYAK])
    ]
    baris = (len(lingkaran) + PER_BARIS - 1) // PER_BARIS
    isi = {
        "hitungan": hitungan,
        "lingkaran": lingkaran if len(macam) <= PALING_BANYAK else [],
        "lebar": 20 * min(len(lingkaran), PER_BARIS),
        "tinggi": 20 * baris,
    }
    return render_to_string("komponen/rings.html", isi)


@register.simple_tag
def tren(daftar_tren: Sequence[tuple[datetime.date, Hitungan]]) -> SafeString:
    """Stacked columns of WBK and WBBM per date with the same figures as a table."""
    return _render_tren(tuple(daftar_tren))


@lru_cache(maxsize=512)
def _render_tren(daftar_tren: tuple[tuple[datetime.date, Hitungan], ...]) -> SafeString:
    puncak = max((satu.berpredikat for _, satu in daftar_tren), default=0) or 1
    lebar, celah, tinggi = 38, 12, 110
    batang = []
    for urut, (hari, hitungan) in enumerate(daftar_tren):
        atas = round(tinggi * hitungan.berpredikat / puncak)
        wbbm = round(tinggi * hitungan.wbbm / puncak)
        x = urut * (lebar + celah)
        batang.append(
            {
                "hari": hari,
                "hitungan": hitungan,
                "x": x,
                "tengah": x + lebar // 2,
                "y_wbk": 24 + tinggi - atas,
                "t_wbk": atas - wbbm,
                "y_wbbm": 24 + tinggi - wbbm,
                "t_wbbm": wbbm,
                "y_teks": 24 + tinggi - atas - 6,
                "terakhir": urut == len(daftar_tren) - 1,
            }
        )
    isi = {
        "batang": batang,
        "lebar_batang": lebar,
        "lebar": len(batang) * (lebar + celah) - celah,
        "dasar": 24 + tinggi,
        "tinggi": 24 + tinggi + 36,
        "y_label": 24 + tinggi + 17,
        "y_hari": 24 + tinggi + 32,
    }
    return render_to_string("komponen/tren.html", isi)
