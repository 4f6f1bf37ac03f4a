"""Remove files of evidence that no row speaks of."""

from datetime import timedelta

from django.core.management import BaseCommand, CommandError

from integritas.berkas.yatim import sweep_yatim


class Command(BaseCommand):
    help = "Menghapus berkas bukti di penyimpanan yang tidak dipakai data mana pun."

    def add_arguments(self, parser):
        parser.add_argument("--hari", type=int, default=7, help="hanya yang lebih tua (bawaan 7)")
        parser.add_argument("--dry-run", action="store_true", help="hitung saja")

    def handle(self, hari, dry_run, **options):
        if hari < 1:
            raise CommandError("--hari: paling kecil 1.")
        daftar = sweep_yatim(timedelta(days=hari), hapus=not dry_run)
        kata = "akan dihapus" if dry_run else "dihapus"
        self.stdout.write(f"{len(daftar)} berkas tanpa data {kata}.")
