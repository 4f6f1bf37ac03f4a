"""`import_satker FILE [--dry-run] [--json]`: offices from a table."""

from integritas.management.impor import ImporCommand
from satker import impor


class Command(ImporCommand):
    help = "Impor satker dari CSV atau XLSX. Diulang tidak mengubah apa-apa."
    subjek = impor.SUBJEK
