"""`create_admin`: the first administrator, by an invitation link and without a password."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from integritas.alur import AlurError
from satker import penugasan
from satker.models import Instansi, Peran


class Command(BaseCommand):
    help = "Buat admin dan cetak tautan undangannya; kata sandi dibuat orangnya sendiri."

    def add_arguments(self, parser):
        parser.add_argument("email", help="alamat surel untuk masuk")
        parser.add_argument("nama", help="nama lengkap, dalam tanda kutip")
        parser.add_argument("--instansi", default="kemenkumham", help="kode instansi")

    def handle(self, *args, email, nama, instansi, **options):
        """Print the link; an address in use or an unknown node is refused."""
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"'{email}' bukan alamat surel.") from error
        simpul = Instansi.objects.filter(kode=instansi).first()
        if simpul is None:
            raise CommandError(
                f"--instansi: tidak ada instansi berkode '{instansi}'. Jalankan load_fakta dulu."
            )
        try:
            with transaction.atomic():
                pengguna = penugasan.invite(email, nama, Peran.ADMIN, simpul, by=None)
                _, token = penugasan.issue_undangan(pengguna, by=None, cara="cetak")
        except AlurError as error:
            raise CommandError(str(error)) from error
        tautan = settings.INTEGRITAS_ALAMAT + reverse("undangan_accept", args=[token])
        self.stdout.write(f"Admin {pengguna.nama} dibuat. Buka tautan ini untuk membuat sandi:")
        self.stdout.write(tautan)
        self.stdout.write(f"Berlaku {settings.UNDANGAN_HARI} hari, satu kali pakai.")
