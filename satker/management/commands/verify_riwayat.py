"""Prove the history: exit 0 when every chain is sound, else 1 and the first broken row of each."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from satker.models import RantaiRiwayat
from satker.periksa import (
    IkhtisarRusakError,
    find_rusak,
    list_ikhtisar,
    parse_ikhtisar,
    read_ikhtisar,
)


class Command(BaseCommand):
    help = "Memeriksa bahwa tidak satu pun baris riwayat diubah, dibuang, atau disisipkan."

    def add_arguments(self, parser):
        parser.add_argument(
            "--ikhtisar",
            metavar="BERKAS",
            type=Path,
            action="append",
            help="periksa terhadap ikhtisar harian ini saja (bawaan: yang tersimpan)",
        )

    def handle(self, *, ikhtisar, **options):
        daftar_ikhtisar, rusak = [], []
        for nama in ikhtisar or list_ikhtisar():
            try:
                daftar_ikhtisar.append(self.read(nama))
            except IkhtisarRusakError as error:
                rusak.append(str(error))
        rusak += map(str, find_rusak(daftar_ikhtisar))
        if rusak:
            for satu in rusak:
                self.stdout.write(satu)
            raise CommandError(f"Riwayat tidak utuh: {len(rusak)} temuan.", returncode=1)
        self.stdout.write(
            f"Riwayat utuh: {RantaiRiwayat.objects.count()} rantai, "
            f"diperiksa terhadap {len(daftar_ikhtisar)} ikhtisar harian."
        )

    def read(self, nama):
        if isinstance(nama, str):
            return read_ikhtisar(nama)
        try:
            return parse_ikhtisar(nama.read_text(encoding="utf-8"), nama.name)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{nama} tidak dapat dibaca: {error}") from error
