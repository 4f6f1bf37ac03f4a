"""Copy the database, the files and the history into a folder."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from integritas import cadangan
from integritas.alur import AlurError


class Command(BaseCommand):
    help = "Menyalin basis data, berkas, dan riwayat ke sebuah folder baru."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, folder, **options):
        try:
            manifest = cadangan.backup(folder)
        except AlurError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(describe("Tersalin", manifest) + f" Folder: {folder}")


def describe(kata: str, manifest: dict) -> str:
    jumlah = sum(satu["jumlah"] for satu in manifest["tabel"])
    return (
        f"{kata}: {jumlah} baris dalam {len(manifest['tabel'])} tabel dan "
        f"{len(manifest['berkas'])} berkas."
    )
