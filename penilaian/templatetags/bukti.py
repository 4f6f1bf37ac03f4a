"""The evidence part of a question card. Its frame (form, documents to choose) is rendered once per
process; what differs is put into its gaps, as in templatetags/lke.py."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from penilaian.bukti.kartu import KartuBukti
from penilaian.bukti.sebutan import say_ukuran
from penilaian.instrumen import Pertanyaan
from penilaian.rangka import Setara, fill_rangka, open_celah, split_rangka

register = template.Library()
register.filter("ukuran", say_ukuran)


@lru_cache(maxsize=4096)
def _render_rangka(kunci: tuple, can_fill: bool, setara: Setara) -> list[str]:
    """Text and names of gaps in turn."""
    pertanyaan, daftar_dokumen = setara.satu
    alamat = {
        nama: mark_safe(  # nosec B308 B703
            reverse(nama, args=[0, pertanyaan.kode]).replace("/0/", "/\x01pk\x01/", 1)
        )
        for nama in ("bukti_kartu", "bukti_upload", "bukti_add", "unggahan_begin")
    }
    celah = {nama: open_celah(nama) for nama in ("csrf", "daftar", "hitungan")}
    teks = render_to_string(
        "penilaian/_bukti_kartu.html",
        {
            "q": pertanyaan,
            "can_fill": can_fill,
            "daftar_dokumen": daftar_dokumen,
            "alamat": alamat,
            **celah,
            "csrf_token": celah["csrf"],
        },
    )
    return split_rangka(teks)


@register.simple_tag(takes_context=True)
def kartu_bukti(
    context, kartu: KartuBukti, pertanyaan: Pertanyaan, kunci: tuple, can_fill: bool
) -> SafeString:
    """Files, documents that are missing, and where to add more. `kunci` is the instrument's."""
    bagian = _render_rangka(
        (kunci, pertanyaan.kode), can_fill, Setara((pertanyaan, kartu.daftar_dokumen))
    )
    pk = context["penilaian"].pk
    isi = {
        "pk": str(pk),
        "csrf": str(context["csrf_token"]),
        "hitungan": say_hitungan(kartu),
        "daftar": render_daftar(kartu, pk, can_fill),
    }
    return fill_rangka(bagian, isi)


def say_hitungan(kartu: KartuBukti) -> SafeString:
    """`· 1 dari 2 yang wajib`, where anything is compulsory."""
    if not kartu.jumlah_wajib:
        return SafeString("")
    return format_html(
        ' <span class="soft">· {} dari {} yang wajib</span>',
        kartu.wajib_terpenuhi,
        kartu.jumlah_wajib,
    )


def render_daftar(kartu: KartuBukti, pk: int, can_fill: bool) -> SafeString:
    if not kartu.daftar and not kartu.kurang:
        return SafeString("") if can_fill else SafeString('<p class="hint">Belum ada bukti.</p>')
    return render_to_string(
        "penilaian/_bukti_daftar.html", {"kartu": kartu, "pk": pk, "can_fill": can_fill}
    )
