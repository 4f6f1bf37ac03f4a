"""`score_lke`: the score of LKE answers in a JSON file, without a database."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from penilaian.instrumen import Instrumen, load_bawaan
from penilaian.kasus import KasusError, read_kasus, score_kasus
from penilaian.skor import Kosong


def get_instrumen(kode: str) -> Instrumen:
    from penilaian.models import VersiInstrumen

    versi = VersiInstrumen.objects.filter(kode=kode).order_by("-versi").first()
    if versi is None:
        raise CommandError(f"--instrumen: tidak ada instrumen berkode '{kode}'.", returncode=2)
    return versi.bawaan


class Command(BaseCommand):
    help = "Hitung skor LKE dari berkas JSON; cetak JSON."
    # Nothing of the installation is needed to count.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("berkas", metavar="FILE.json")
        parser.add_argument(
            "--kosong",
            choices=[satu.value for satu in Kosong],
            default=Kosong.NOL.value,
            help="pertanyaan kosong: nol, atau abaikan (rata-rata dari yang terjawab)",
        )
        parser.add_argument("--instrumen", metavar="KODE", help="instrumen yang sudah dimuat")

    def handle(self, *args, berkas, kosong, instrumen, **options):
        """Print a JSON list, one object per case; a wrong file, code, option or number ends with
        exit code 2 and a sentence on stderr, and nothing on stdout."""
        try:
            teks = Path(berkas).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            alasan = getattr(error, "strerror", None) or "bukan teks UTF-8"
            raise CommandError(f"{berkas}: {alasan}.", returncode=2) from error
        bentuk = get_instrumen(instrumen) if instrumen else load_bawaan()
        try:
            daftar = [
                score_kasus(bentuk, kasus) for kasus in read_kasus(teks, bentuk, Kosong(kosong))
            ]
        except KasusError as error:
            raise CommandError(f"{berkas}: {error}", returncode=2) from error
        self.stdout.write(json.dumps(daftar, ensure_ascii=False, indent=1))
