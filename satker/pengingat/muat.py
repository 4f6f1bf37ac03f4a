"""The rules of reminders that come with the program, loaded where they are missing.

A rule that is there is left as an office has set it, steps and all.
"""

import csv
from itertools import groupby
from pathlib import Path

from django.db import transaction

from satker.models import AturanPengingat, LangkahPengingat

BERKAS = Path(__file__).resolve().parent.parent / "data" / "aturan-pengingat.csv"


@transaction.atomic
def load_aturan() -> int:
    """Load the rules that are missing; returns how many were added."""
    ada = set(AturanPengingat.objects.values_list("kode", flat=True))
    with BERKAS.open(encoding="utf-8", newline="") as masukan:
        daftar = [baris for baris in csv.DictReader(masukan) if baris["aturan"] not in ada]
    tambah = 0
    for kode, milik in groupby(daftar, key=lambda baris: baris["aturan"]):
        daftar_baris = list(milik)
        aturan = AturanPengingat.objects.create(
            kode=kode, sumber=daftar_baris[0]["sumber"], nama=daftar_baris[0]["nama"]
        )
        LangkahPengingat.objects.bulk_create(
            LangkahPengingat(
                aturan=aturan,
                bagian=baris["bagian"],
                geser=int(baris["geser"]),
                satuan=baris["satuan"],
                daftar_peran=baris["daftar_peran"].split(),
                mendesak=baris["mendesak"] == "ya",
                berguna_hari=int(baris["berguna_hari"]),
                pesan=baris["pesan"],
            )
            for baris in daftar_baris
        )
        tambah += 1
    return tambah
