"""Question cards. A card's frame (question, options, labels) is the same for everybody who sees the
same option chosen, so it is rendered once per process; what differs is put into its gaps."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from integritas.templatetags.tampil import desimal, tanggal
from penilaian.rangka import Setara, fill_rangka, open_celah, split_rangka
from penilaian.templatetags.bukti import kartu_bukti
from penilaian.templatetags.temuan import temuan_kartu
from penilaian.usulan_kinerja import has_usulan

register = template.Library()

# Stands where a conflict would: both are gone once the answer is saved.
DRAF = mark_safe(  # nosec B308 B703
    '<div class="remark"><p class="inline">Masih benar untuk tahun ini? '
    '<button class="button" data-masih-berlaku>Masih berlaku, simpan</button></p></div>'
)


@lru_cache(maxsize=8192)
def _render_rangka(kunci: tuple, pilihan: str, can_fill: bool, kartu: "Setara") -> list[str]:
    """Text and names of gaps in turn."""
    satu = kartu.satu
    celah = {
        nama: open_celah(nama)
        for nama in ("csrf", "versi_isi", "tanda", "catatan", "nilai", "draf", "temuan", "tambahan")
    }
    isian = [(m, open_celah(f"isian-{m.kode}")) for m in satu.pertanyaan.daftar_isian]
    teks = render_to_string(
        "penilaian/_kartu.html",
        {
            "q": satu.pertanyaan,
            "nama_sub": satu.nama_sub,
            "pilihan": pilihan,
            "can_fill": can_fill,
            "isian": isian,
            "alamat": mark_safe(  # nosec B308 B703
                reverse("jawaban_edit", args=[0, satu.pertanyaan.kode]).replace(
                    "/0/", "/\x01pk\x01/", 1
                )
            ),
            **celah,
            "csrf_token": celah["csrf"],
        },
    )
    return split_rangka(teks)


@register.simple_tag(takes_context=True)
def kartu(context, satu) -> SafeString:
    """One question card of `daftar_kartu`."""
    kunci = (satu.rangka, satu.pertanyaan.kode)
    bagian = _render_rangka(kunci, satu.pilihan, satu.can_fill, Setara(satu))
    isi = {
        "pk": str(context["penilaian"].pk),
        "csrf": str(context["csrf_token"]),
        "versi_isi": str(satu.versi_isi),
        "tanda": say_tersimpan(satu),
        "catatan": conditional_escape(satu.catatan),
        "nilai": say_nilai(satu),
        "draf": DRAF if satu.draf and satu.can_fill else "",
        "temuan": temuan_kartu(satu.daftar_temuan, context["penilaian"].pk, satu.can_fill),
        "tambahan": _render_tambahan(context, satu),
    }
    for angka in satu.daftar_isi:
        isi[f"isian-{angka.kode}"] = conditional_escape(angka.nilai)
    return fill_rangka(bagian, isi)


@register.simple_tag
def indeks(daftar_kartu) -> SafeString:
    """The numbers of the questions, with what each is."""
    return format_html_join(
        "",
        '<li><a href="#q{0}" data-keadaan="{1}">{0}<span class="hidden"> {1}</span></a></li>',
        ((satu.pertanyaan.urutan, satu.keadaan) for satu in daftar_kartu),
    )


def say_tersimpan(satu) -> str:
    if satu.draf:
        return "Draf dari tahun lalu, belum dihitung"
    return "✓ Tersimpan" if satu.jawaban else ""


@register.simple_tag
def nilai_kartu(satu) -> SafeString:
    return say_nilai(satu)


def say_nilai(satu) -> SafeString:
    """Where the points of a question come from."""
    if satu.draf:
        return format_html(
            "Dihitung nol dari {} ÷ {} sampai disimpan.",
            desimal(satu.bobot, 2),
            satu.pembagi,
        )
    if satu.nilai is None:
        return format_html(
            "Belum dijawab: dihitung nol dari {} ÷ {}.", desimal(satu.bobot, 2), satu.pembagi
        )
    return format_html(
        "Nilai {} × bobot {} ÷ {} = <b>{}</b>",
        desimal(satu.nilai, 2),
        desimal(satu.bobot, 2),
        satu.pembagi,
        desimal(satu.poin, 2),
    )


def _render_tambahan(context, satu) -> SafeString:
    """Remarks of reviewers, what the agreement proposes, the evidence, last year's answer."""
    bagian = [
        format_html(
            '<div class="remark"><b>Catatan {}, {}</b><span>{}</span></div>',
            context["nama_lapis"].get(catatan.lapis_id, catatan.lapis_id),
            tanggal(catatan.diubah_pada),
            catatan.catatan,
        )
        for catatan in satu.daftar_catatan
    ]
    if has_usulan(satu.pertanyaan):
        bagian.append(
            format_html(
                '<p class="small"><a href="{}#q{}">Usulan dari Perjanjian Kinerja {}</a></p>',
                reverse("kinerja_usulan", args=[context["penilaian"].pk]),
                satu.pertanyaan.urutan,
                context["penilaian"].tahun,
            )
        )
    bagian.append(kartu_bukti(context, satu.bukti, satu.pertanyaan, satu.rangka, satu.can_fill))
    if satu.tahun_lalu is not None:
        bagian.append(
            format_html(
                '<details class="small"><summary>Jawaban {}: {}</summary><p>{}</p></details>',
                context["tahun_lalu"],
                satu.jawab_lalu,
                satu.tahun_lalu.catatan or "Tanpa catatan.",
            )
        )
    return mark_safe("".join(bagian))  # nosec B308 B703
