"""The predicate on a page: badge, rings, and the map of tiles."""

from django import template

register = template.Library()

RUPA = {"WBK": ("wbk", "WBK"), "WBBM": ("wbbm", "WBBM"), "TANPA": ("tanpa", "Tanpa predikat")}
PALING_BANYAK = 60
PER_BARIS = 14


@register.inclusion_tag("komponen/predikat.html")
def predikat_badge(nilai: str | None, keadaan: str = "") -> dict:
    """The stamp of a unit; None is "belum diketahui", never "tanpa"."""
    rupa, nama = RUPA.get(nilai or "", ("tidak-diketahui", "Belum diketahui"))
    return {"rupa": rupa, "nama": nama, "klarifikasi": keadaan == "DALAM_KLARIFIKASI"}


@register.inclusion_tag("komponen/rings.html")
def rings(hitungan) -> dict:
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
    return {
        "hitungan": hitungan,
        "lingkaran": lingkaran if len(macam) <= PALING_BANYAK else [],
        "lebar": 20 * min(len(lingkaran), PER_BARIS),
        "tinggi": 20 * baris,
    }


@register.inclusion_tag("komponen/tren.html")
def tren(daftar_tren) -> dict:
    """Stacked columns of WBK and WBBM per date with the same figures as a table."""
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
    return {
        "batang": batang,
        "lebar_batang": lebar,
        "lebar": len(batang) * (lebar + celah) - celah,
        "dasar": 24 + tinggi,
        "tinggi": 24 + tinggi + 36,
        "y_label": 24 + tinggi + 17,
        "y_hari": 24 + tinggi + 32,
    }
