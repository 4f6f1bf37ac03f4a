"""`load_instrumen`: load an LKE instrument from its JSON file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from integritas.alur import AlurError
from integritas.json_ketat import JsonError, read_json_text
from penilaian.alur.instrumen import load_instrumen
from penilaian.instrumen.baca import BERKAS_BAWAAN

# The packaged file has 138 kB.
BITA_TERBESAR = 5_000_000


class Command(BaseCommand):
    help = "Muat instrumen LKE dari berkas JSON; aman dijalankan ulang."

    def add_arguments(self, parser):
        parser.add_argument(
            "berkas", metavar="FILE", nargs="?", help="bawaan: LKE PermenPANRB 90/2021"
        )

    def handle(self, *args, berkas, **options):
        """Load FILE (JSON, UTF-8). A changed file becomes the next version; nothing is written
        when weights do not add up."""
        jalur = Path(berkas) if berkas else BERKAS_BAWAAN
        if jalur.is_file() and jalur.stat().st_size > BITA_TERBESAR:
            raise CommandError(f"{jalur.name}: lebih besar dari 5 MB, jadi bukan instrumen.")
        try:
            hasil = load_instrumen(read_json_text(jalur))
        except (JsonError, AlurError) as error:
            raise CommandError(f"{jalur.name}: {error}") from error
        kata = "dimuat" if hasil.baru else "sudah ada, tidak berubah"
        jumlah = len(hasil.versi.bawaan.daftar_pertanyaan)
        self.stdout.write(f"{hasil.versi}: {kata} ({jumlah} pertanyaan).")
