"""`export_lke --satker KODE --tahun T [--ke FILE]`: an assessment as the national form."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from penilaian.lembar.ekspor import open_lembar
from penilaian.models import Penilaian


class Command(BaseCommand):
    help = "Tulis LKE sebagai buku kerja format nasional (.xlsx)."

    def add_arguments(self, parser):
        parser.add_argument("--satker", required=True, metavar="KODE")
        parser.add_argument("--tahun", required=True, type=int)
        parser.add_argument(
            "--ke", metavar="FILE", help="bawaan: lke-KODE-TAHUN.xlsx; - untuk stdout"
        )

    def handle(self, *args, satker, tahun, ke, **options):
        penilaian = Penilaian.objects.for_page().filter(satker__kode=satker, tahun=tahun).first()
        if penilaian is None:
            raise CommandError(f"Tidak ada LKE {tahun} untuk satuan kerja {satker}.")
        with open_lembar(penilaian, penilaian.nama) as berkas:
            isi = berkas.read()
        if ke == "-":
            sys.stdout.buffer.write(isi)
            return
        jalur = Path(ke or f"lke-{satker}-{tahun}.xlsx")
        try:
            jalur.write_bytes(isi)
        except OSError as error:
            raise CommandError(f"{jalur}: {error.strerror}.") from error
        self.stdout.write(f"{jalur}: {len(isi)} bita.")
