"""`count_predikat`: how many units hold what on a day, counted from rows."""

import datetime
import json

from django.core.management.base import BaseCommand, CommandError

from penilaian import hitung, kalimat
from penilaian.pada import compute_default
from penilaian.simpul import get_simpul
from satker.models import KantorWilayah


def parse_tanggal(teks: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(teks)
    except ValueError as error:
        raise CommandError(f"--pada: '{teks}' bukan tanggal; tulis seperti 2022-01-19.") from error


class Command(BaseCommand):
    help = "Hitung satker menurut predikat pada suatu tanggal."

    def add_arguments(self, parser):
        parser.add_argument("--kanwil", help="kode Kanwil, misalnya 16-kanwil; kosong = semua")
        parser.add_argument("--pada", help="tanggal YYYY-MM-DD; bawaan: tanggal data terakhir")
        parser.add_argument("--json", action="store_true", help="cetak JSON")

    def handle(self, *args, kanwil, pada, **options):
        """Print one sentence or one JSON object; counts are units, and they add up to `satker`."""
        simpul = None
        if kanwil:
            simpul = KantorWilayah.objects.filter(satker__kode=kanwil).first()
            if simpul is None:
                raise CommandError(f"--kanwil: tidak ada Kanwil berkode '{kanwil}'.")
        data_per = simpul.data_per if simpul else hitung.get_data_per()
        tanggal = parse_tanggal(pada) if pada else compute_default(data_per)
        hitungan = hitung.count_predikat(tanggal, simpul)
        daftar_klaim = list(hitung.list_klaim(tanggal, simpul))
        if not options["json"]:
            nama = get_simpul(simpul, tanggal).nama if simpul else "kementerian"
            self.stdout.write(kalimat.say_hitungan(hitungan, tanggal, nama, daftar_klaim))
            return
        isi = kalimat.build_json(hitungan, tanggal, kanwil or None, daftar_klaim)
        self.stdout.write(json.dumps(isi, ensure_ascii=False))
