"""Bring a backup back into an installation that is still empty."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from integritas import cadangan
from integritas.alur import AlurError
from integritas.management.commands.backup import describe


class Command(BaseCommand):
    help = "Mengembalikan cadangan dari sebuah folder ke pemasangan yang masih kosong."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, folder, **options):
        try:
            manifest = cadangan.restore(folder)
        except AlurError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(describe("Kembali", manifest))
