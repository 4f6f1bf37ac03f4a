"""`run_xray [--satker KODE] [--tahun T]`: every rule of the X-ray anew, after a rule has changed."""

from django.core.management.base import BaseCommand, CommandError

from penilaian.alur.temuan import run_xray
from penilaian.models import Penilaian


class Command(BaseCommand):
    help = "Periksa ulang LKE dengan semua aturan; aman diulang."

    def add_arguments(self, parser):
        parser.add_argument("--satker", metavar="KODE", help="bawaan: semua")
        parser.add_argument("--tahun", type=int, help="bawaan: semua")

    def handle(self, *args, satker, tahun, **options):
        daftar = Penilaian.objects.order_by("pk").values_list("pk", flat=True)
        if satker:
            daftar = daftar.filter(satker__kode=satker)
        if tahun:
            daftar = daftar.for_tahun(tahun)
        # The keys first: each is worked on in a transaction of its own.
        hasil = [run_xray(Penilaian(pk=kunci)) for kunci in list(daftar)]
        if not hasil and (satker or tahun):
            raise CommandError("Tidak ada LKE yang cocok.")
        self.stdout.write(f"{len(hasil)} LKE diperiksa, {sum(hasil)} berubah temuannya.")
