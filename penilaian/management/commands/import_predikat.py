"""`import_predikat FILE [--dry-run] [--json]`: predicates from a table."""

from integritas.management.impor import ImporCommand
from penilaian import impor


class Command(ImporCommand):
    help = "Impor predikat dari CSV atau XLSX. Diulang tidak mengubah apa-apa."
    subjek = impor.SUBJEK
