"""`load_demo`: invented offices and one account per role, to try the program with."""

from django.core.management.base import BaseCommand, CommandError

from penilaian import demo, demo_lke
from satker import demo as demo_satker
from satker import demo_capaian, demo_janji, demo_personel, demo_upacara
from satker.models import JenisSatker
from satker.pengingat import susun
from satker.pengingat.sumber import list_sumber


class Command(BaseCommand):
    help = "Muat Kanwil Contoh dan satu akun per peran. Aman diulang."

    def handle(self, *args, **options):
        """Print what was added and where the passwords stand; a second run changes nothing."""
        if not JenisSatker.objects.filter(kode="kanwil").exists():
            raise CommandError("Jenis satker belum ada; jalankan load_fakta dulu.")
        satker = demo_satker.load_satker()
        predikat = demo.load()
        akun = demo_satker.load_akun()
        lke = demo_lke.load()
        demo_personel.load()
        demo_janji.load()
        demo_capaian.load()
        demo_upacara.load()
        # What is due of it is seen at once, and not only when the beat has looked.
        for sumber in list_sumber():
            susun.refresh(sumber.kode)
        berkas = demo_satker.get_berkas()
        if options["verbosity"] == 0:
            return
        self.stdout.write(
            f"Baru: {satker} satker contoh, {predikat} predikat, {lke} LKE, {akun} akun."
        )
        self.stdout.write(f"Kata sandi akun contoh ada di {berkas}")
        if akun:
            self.stdout.write(berkas.read_text().rstrip())
        self.stdout.write("Semuanya dikarang. Buang dengan: manage.py remove_demo")
