"""Charts and words of measured agreements."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from satker.capaian import Keadaan, Ketepatan
from satker.grafik import DASAR, LEBAR, TINGGI, draw_capaian
from satker.kinerja import Baris

register = template.Library()
NADA = {
    Keadaan.LEWAT: "masalah",
    Keadaan.TERLAMBAT: "masalah",
    Keadaan.KOSONG: "perhatian",
    Keadaan.TEPAT: "selesai",
    Keadaan.MASUK: "selesai",
}


@register.simple_tag
def grafik_capaian(baris: Baris) -> SafeString:
    """Target steps against realisation by quarter; the same figures stand beside it as a table."""
    tanda, tangga = draw_capaian(
        [(sel.periode.label, sel.nilai, sel.target) for sel in baris.daftar_sel]
    )
    isi = {"daftar_tanda": tanda, "tangga": tangga, "lebar": LEBAR, "tinggi": TINGGI}
    return render_to_string("komponen/capaian.html", isi | {"dasar": DASAR})


@register.filter
def nada_ketepatan(ketepatan: Ketepatan) -> str:
    """The tone of a status; none for what is simply still to come."""
    return NADA.get(ketepatan.keadaan, "")
