"""`remove_demo`: everything invented goes; real offices stay as they are."""

from django.core.management.base import BaseCommand
from django.db import transaction

from penilaian import demo, demo_lke
from satker import demo as demo_satker
from satker import demo_janji, demo_upacara
from satker.models import Penugasan, Peran


class Command(BaseCommand):
    help = "Buang Kanwil Contoh dan akun contoh. Aman diulang."

    def handle(self, *args, **options):
        with transaction.atomic():
            lke = demo_lke.remove()
            demo_upacara.remove()
            demo_janji.remove()
            jumlah = demo.remove() | demo_satker.remove()
        self.stdout.write(
            f"Dibuang: {jumlah['akun']} akun, {jumlah['satker']} satker, "
            f"{lke} LKE, {jumlah['predikat']} predikat, {jumlah['instansi']} instansi contoh."
        )
        self.stdout.write(
            "Baris riwayat tentang contoh tetap ada: riwayat hanya bertambah, dan rantainya harus "
            "tetap utuh."
        )
        if not Penugasan.objects.active().filter(peran=Peran.ADMIN).exists():
            self.stdout.write("Belum ada admin. Buat dengan: manage.py create_admin SUREL NAMA")
