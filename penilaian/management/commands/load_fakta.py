"""`load_fakta`: the real offices, predicates, claims and the instrument that come with the program."""

from django.core.management.base import BaseCommand

from penilaian import fakta
from penilaian.alur.instrumen import load_bawaan
from penilaian.models import KlaimAngka, PernyataanTanpa, Predikat, VersiInstrumen
from satker import fakta as fakta_satker
from satker.models import KantorWilayah, SatuanKerja


class Command(BaseCommand):
    help = "Muat fakta bawaan yang belum ada. Aman diulang; tidak mengubah yang sudah ada."

    def handle(self, *args, **options):
        """Print what was added and what there is; raises when a packaged fact is refused."""
        satker_baru = fakta_satker.load()
        tambah = fakta.load()
        load_bawaan()
        nyata = SatuanKerja.objects.filter(contoh=False)
        kanwil = KantorWilayah.objects.filter(satker__contoh=False).count()
        self.stdout.write(
            f"{nyata.count()} satker ({kanwil} Kanwil), "
            f"{Predikat.objects.filter(satker__in=nyata).count()} predikat, "
            f"{PernyataanTanpa.objects.filter(satker__in=nyata).count()} pernyataan tanpa predikat, "
            f"{KlaimAngka.objects.count()} klaim; 0 ditolak. Baru: {satker_baru} satker, "
            f"{tambah['predikat']} predikat, {tambah['tanpa']} pernyataan, {tambah['klaim']} klaim."
        )
        for versi in VersiInstrumen.objects.defer("teks").order_by("kode", "versi"):
            self.stdout.write(f"Instrumen LKE {versi}.")
