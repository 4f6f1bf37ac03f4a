"""Findings of the X-ray inside a question card."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from penilaian.models import Temuan, Tingkat
from penilaian.xray import get_aturan

register = template.Library()
NADA = {Tingkat.HARUS: "masalah", Tingkat.SEBAIKNYA: "perhatian", Tingkat.CATATAN: "catatan"}


@register.filter
def judul_aturan(satu: Temuan) -> str:
    """What the rule is called; a rule of another release has its code only."""
    aturan = get_aturan(satu.aturan)
    return aturan.judul if aturan else satu.aturan


@register.filter
def nada(satu: Temuan) -> str:
    return NADA[Tingkat(satu.tingkat)]


@register.simple_tag
def temuan_kartu(daftar: list[Temuan], pk: int, can_fill: bool) -> SafeString:
    """One paragraph a finding, in the order given; nothing where there is none."""
    return format_html_join(
        "",
        '<div class="remark" data-nada="{}"><b>{}</b><span>{}. {}.{}</span></div>',
        (
            (
                "selesai" if satu.diterima_pada else nada(satu),
                say_tingkat(satu),
                satu.fakta_satu,
                satu.fakta_dua,
                _say_langkah(satu, pk, can_fill),
            )
            for satu in daftar
        ),
    )


def say_tingkat(satu: Temuan) -> str:
    if satu.diterima_pada:
        return f"{judul_aturan(satu)}: diterima satker"
    if satu.rahasia:
        return f"{judul_aturan(satu)}: tidak terlihat satker"
    return f"{satu.get_tingkat_display()}: {judul_aturan(satu)[:1].lower()}{judul_aturan(satu)[1:]}"


def _say_langkah(satu: Temuan, pk: int, can_fill: bool) -> SafeString | str:
    if satu.diterima_pada:
        return format_html(" Alasan: {}", satu.alasan)
    if not can_fill or satu.rahasia or satu.tingkat == Tingkat.HARUS:
        return ""
    return format_html(
        ' <a href="{}">Terima dengan alasan</a>', reverse("temuan_accept", args=[pk, satu.pk])
    )
