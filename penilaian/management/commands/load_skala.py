"""`load_skala`: an invented ministry of any size in an empty database, to measure with."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from integritas.alur import AlurError
from penilaian import skala, skala_lke


class Command(BaseCommand):
    help = "Isi basis data kosong dengan kementerian rekaan untuk mengukur kecepatan."

    def add_arguments(self, parser):
        parser.add_argument(
            "--satker", type=int, required=True, help="jumlah satker, dengan Kanwil"
        )
        parser.add_argument("--tahun", type=int, required=True, help="jumlah tahun, 1 sampai 20")
        parser.add_argument(
            "--lke", type=int, default=0, help="jumlah tahun terakhir dengan LKE terisi (bawaan 0)"
        )
        parser.add_argument("--seed", type=int, default=1, help="benih yang sama, isi yang sama")

    def handle(self, *, satker, tahun, lke, seed, **options):
        if not 1 <= tahun <= 20:
            raise CommandError("--tahun: 1 sampai 20.")
        if not 0 <= lke <= tahun:
            raise CommandError("--lke: 0 sampai sebanyak --tahun.")
        mulai = time.monotonic()
        try:
            with transaction.atomic():
                jumlah = skala.load(satker, tahun, seed)
                if lke:
                    akhir = skala.AKHIR.year
                    jumlah |= skala_lke.load(list(range(akhir - lke + 1, akhir + 1)))
        except AlurError as error:
            raise CommandError(str(error)) from error
        rinci = ", ".join(f"{banyak} {nama}" for nama, banyak in jumlah.items())
        self.stdout.write(f"{rinci}; {time.monotonic() - mulai:.1f} detik.")
