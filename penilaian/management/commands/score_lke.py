"""`score_lke`: the score of LKE answers in a JSON file, without a database."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from integritas.json_ketat import JsonError, read_json_text, sebut
from penilaian.instrumen import Instrumen, load_bawaan
from penilaian.kasus import KasusError, read_kasus, score_kasus
from penilaian.skor import Kosong


def get_instrumen(kode: str) -> Instrumen:
    """The newest loaded version under that code, with what an admin set on it."""
    # Imported here: without --instrumen no table is asked for.
    from penilaian.models import VersiInstrumen
    from penilaian.versi import get_terpakai

    try:
        versi = VersiInstrumen.objects.filter(kode=kode).order_by("-versi").first()
        if versi is not None:
            return get_terpakai(versi).isi
    except DatabaseError as error:
        raise CommandError(
            "--instrumen: basis data tidak dapat dibaca; jalankan migrate.", returncode=2
        ) from error
    raise CommandError(f"--instrumen: tidak ada instrumen berkode {sebut(kode)}.", returncode=2)


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
            teks = read_json_text(Path(berkas))
            bentuk = get_instrumen(instrumen) if instrumen is not None else load_bawaan()
            daftar_kasus = read_kasus(teks, bentuk, Kosong(kosong))
        except (JsonError, KasusError) as error:
            raise CommandError(f"{berkas}: {error}", returncode=2) from error
        daftar = [score_kasus(bentuk, kasus) for kasus in daftar_kasus]
        # Only ASCII, so that any terminal or pipe takes it.
        self.stdout.write(json.dumps(daftar, indent=1))
