"""The evidence part of a question card. Its frame (form, documents to choose) is rendered once per
process; what differs is put into its gaps, as in templatetags/lke.py."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from integritas.berkas.nama import say_ukuran
from integritas.teks import format_tanggal, to_hari
from penilaian.bukti.kartu import KartuBukti, Pakai
from penilaian.instrumen import Pertanyaan
from penilaian.rangka import Setara, fill_rangka, open_celah, split_rangka

register = template.Library()
KURANG = (
    '<li data-ada="tidak"><span aria-hidden="true">○</span><span>{}</span>'
    '<span class="small">wajib, belum ada</span></li>'
)
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
    """Uses, then compulsory documents that are missing. The frame of a row is rendered once for
    each state it may be in."""
    if not kartu.daftar and not kartu.kurang:
        return SafeString("") if can_fill else SafeString('<p class="hint">Belum ada bukti.</p>')
    baris = [
        fill_rangka(
            _render_baris(can_fill, satu.tautan is not None, satu.masalah),
            {
                "lke": str(pk),
                "bukti": str(satu.bukti_id),
                "pakai": str(satu.pk),
                "nama": conditional_escape(satu.nama),
                "diperiksa": say_diperiksa(satu),
                "rincian": conditional_escape(satu.rincian or "Periode dan halaman belum diisi."),
            },
        )
        for satu in kartu.daftar
    ]
    baris.extend(format_html(KURANG, satu.nama) for satu in kartu.kurang)
    return format_html('<ul class="files">{}</ul>', mark_safe("".join(baris)))  # nosec B308 B703


def say_diperiksa(pakai: Pakai) -> str:
    """` diperiksa 3 Mei 2026.`, of a link that somebody has asked."""
    if not pakai.tautan or not pakai.diperiksa_pada:
        return ""
    return f" diperiksa {format_tanggal(to_hari(pakai.diperiksa_pada), singkat=True)}."


@lru_cache(maxsize=64)
def _render_baris(can_fill: bool, bertautan: bool, masalah: str) -> list[str]:
    """Text and names of gaps in turn."""
    alamat = {
        nama: mark_safe(  # nosec B308 B703
            reverse(nama, args=[0, 0])
            .replace("/0/", "/\x01lke\x01/", 1)
            .replace("/0/", f"/\x01{celah}\x01/", 1)
        )
        for nama, celah in (
            ("bukti_detail", "bukti"),
            ("bukti_edit", "pakai"),
            ("bukti_unlink", "pakai"),
        )
    }
    teks = render_to_string(
        "penilaian/_bukti_baris.html",
        {
            "can_fill": can_fill,
            "bertautan": bertautan,
            "masalah": masalah,
            "alamat": alamat,
            **{nama: open_celah(nama) for nama in ("nama", "diperiksa", "rincian")},
        },
    )
    return split_rangka(teks)
