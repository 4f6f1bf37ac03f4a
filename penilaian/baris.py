"""Rows of offices as the tables show them: every cell a ready text.

A template pays for every variable, condition and address; a list of fifty rows is the page that
people open most, so what its rows say is put together here.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from penilaian.pada import Pada
from penilaian.templatetags.predikat import predikat_badge, sejak


def show_baris(
    daftar: Iterable[dict[str, Any]], pada: Pada, *, tampil_keadaan: bool
) -> list[dict[str, Any]]:
    """Cells of the rows of `add_kolom`; a clarification shows only to whom it may."""
    # Fifty times reverse() costs as much as the query: the address is made once.
    awal, akhir = reverse("satker_detail", args=["-"]).rsplit("-", 1)
    return [
        {
            "alamat": f"{awal}{posisi['kode']}{akhir}{pada.query}",
            "nama": posisi["nama"],
            "jenis": posisi["singkatan"],
            "tempat": posisi["tempat"],
            "contoh": posisi["contoh"],
            "provinsi": posisi["provinsi"],
            "stempel": predikat_badge(posisi["nilai"], posisi["keadaan"] if tampil_keadaan else ""),
            "sejak": sejak(posisi["sejak"], posisi["ketelitian"], posisi["tahun"]),
        }
        for posisi in daftar
    ]
