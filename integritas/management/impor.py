"""The command line of every import; subclasses say which."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from integritas.impor import Hasil, ImporDitolakError, Rencana, Subjek
from integritas.tabel import BerkasDitolakError
from integritas.tabel.berkas import refuse_ukuran


class ImporCommand(BaseCommand):
    """Exit status: 0 clean, 1 rows were refused and nothing was written, 2 an unreadable file."""

    subjek: Subjek

    def add_arguments(self, parser):
        parser.add_argument("berkas", type=Path, help="berkas CSV atau XLSX")
        parser.add_argument("--dry-run", action="store_true", help="periksa saja, jangan menulis")
        parser.add_argument("--json", action="store_true", help="cetak JSON")
        parser.add_argument(
            "--lewati-ditolak",
            action="store_true",
            help="tulis baris yang baik dan lewati yang ditolak",
        )

    def handle(self, *args, berkas, dry_run, lewati_ditolak, **options):
        try:
            rencana, pesan = self._run(berkas, dry_run, lewati_ditolak)
        except BerkasDitolakError as error:
            if options["json"]:
                self.stdout.write(json.dumps(_build_kosong(str(error)), ensure_ascii=False))
            else:
                self.stderr.write(str(error))
            sys.exit(2)
        if options["json"]:
            self.stdout.write(json.dumps(rencana.to_json(), ensure_ascii=False))
        else:
            self._print(rencana, pesan, dry_run)
        if pesan or (rencana.ditolak and not rencana.ditulis):
            sys.exit(1)

    def _run(self, berkas: Path, dry_run: bool, lewati: bool) -> tuple[Rencana, str]:
        isi = read_berkas(berkas)
        if dry_run:
            return self.subjek.plan(berkas.name, isi), ""
        try:
            return self.subjek.apply(berkas.name, isi, lewati=lewati), ""
        except ImporDitolakError as error:
            return error.rencana, str(error)

    def _print(self, rencana: Rencana, pesan: str, dry_run: bool) -> None:
        for baris in rencana.list_hasil(Hasil.DITOLAK):
            for satu in baris.pesan:
                self.stdout.write(str(satu))
        if rencana.tabel.diabaikan:
            self.stdout.write(f"Kolom yang tidak dibaca: {', '.join(rencana.tabel.diabaikan)}.")
        for teks in rencana.pemberitahuan:
            self.stdout.write(teks)
        penutup = "Belum ditulis (hanya memeriksa)." if dry_run else pesan or "Selesai ditulis."
        self.stdout.write(f"{rencana.say_jumlah()}. {penutup}")


def read_berkas(berkas: Path) -> bytes:
    """The file's bytes; a missing file is a wrong call, a large one is refused unread."""
    try:
        refuse_ukuran(berkas.stat().st_size)
        return berkas.read_bytes()
    except OSError as error:
        raise CommandError(f"{berkas}: {error.strerror}.", returncode=2) from error


def _build_kosong(galat: str) -> dict:
    return {
        **{hasil.value: 0 for hasil in reversed(Hasil)},
        "ditulis": False,
        "baris": [],
        "kolom_diabaikan": [],
        "galat": galat,
    }
