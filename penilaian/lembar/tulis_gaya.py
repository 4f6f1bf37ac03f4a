"""How the form looks."""

TEPI = {"border": 1, "border_color": "#C9CFDB", "valign": "top"}
ISIAN = {**TEPI, "bg_color": "#FFF9E5"}
KEPALA = {**TEPI, "bold": True, "bg_color": "#E8EAF2"}
DUA, PERSEN = "0.00", "0.00%"


def add_gaya(buku) -> dict:
    """All formats of the workbook by name."""
    return {
        nama: buku.add_format(isi)
        for nama, isi in {
            "judul": {**KEPALA, "text_wrap": True, "bg_color": "#D5DAEC"},
            "id": {**TEPI, "font_color": "#5B6478"},
            "kepala": KEPALA,
            "kepala_angka": {**KEPALA, "num_format": DUA},
            "kepala_persen": {**KEPALA, "num_format": PERSEN},
            "teks": {**TEPI, "text_wrap": True},
            "tengah": {**TEPI, "align": "center", "text_wrap": True},
            "angka": {**TEPI, "num_format": DUA},
            "bulat": {**TEPI, "num_format": "0"},
            "persen": {**TEPI, "num_format": PERSEN},
            "isian": {**ISIAN, "align": "center", "num_format": "@"},
            "isian_bulat": {**ISIAN, "num_format": "0"},
            "isian_desimal": {**ISIAN, "num_format": DUA},
            "isian_teks": {**ISIAN, "text_wrap": True},
            "nama": {"bold": True, "font_size": 14},
            "polos": {"text_wrap": True, "valign": "top"},
        }.items()
    }
