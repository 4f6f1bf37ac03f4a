"""`import_lke FILE --satker KODE --tahun T`: an LKE workbook of either layout."""

import datetime
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.management.impor import read_berkas
from penilaian.alur import lembar, pembukaan
from penilaian.alur.instrumen import load_bawaan as load_versi_bawaan
from penilaian.instrumen import Instrumen, load_bawaan
from penilaian.lembar import HasilBaca, read_lembar
from penilaian.lembar.rencana import Jenis, Mode
from penilaian.models import LAPIS_SATKER, JenisPredikat, Penilaian, VersiInstrumen
from penilaian.versi import get_terpakai
from satker.models import SatuanKerja


class Command(BaseCommand):
    help = "Baca LKE dari buku kerja (format nasional atau lampiran peraturan), lalu tulis."
    # A dry run reads a file and needs nothing of the installation.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("berkas", metavar="FILE", type=Path, help="buku kerja .xlsx")
        parser.add_argument("--satker", required=True, metavar="KODE", help="kode satuan kerja")
        parser.add_argument("--tahun", required=True, type=int)
        parser.add_argument("--lapis", choices=[LAPIS_SATKER], default=LAPIS_SATKER)
        parser.add_argument("--dry-run", action="store_true", help="baca saja, jangan menulis")
        parser.add_argument("--json", action="store_true", help="cetak JSON saja")
        parser.add_argument("--buat", action="store_true", help="buka LKE tahun itu bila belum ada")
        parser.add_argument("--target", choices=JenisPredikat.values, default=JenisPredikat.WBK)
        parser.add_argument(
            "--mode",
            choices=[satu.value for satu in Mode],
            default=Mode.KOSONG.value,
            help="kosong: isi yang kosong saja; timpa: timpa juga yang berbeda",
        )

    def handle(self, *args, berkas, satker, tahun, dry_run, buat, target, mode, **options):
        """Print what was read; a file that is wrong ends with exit code 2 and a sentence on
        stderr, a step that is refused with 1, and nothing is written."""
        isi = read_berkas(berkas)
        penilaian = _find_aman(satker, tahun) if dry_run else _find(satker, tahun, target, buat)
        instrumen = get_terpakai(penilaian.versi).isi if penilaian else load_bawaan()
        try:
            hasil = read_lembar(isi, berkas.name, instrumen)
        except AlurError as error:
            raise CommandError(f"{berkas.name}: {error}", returncode=2) from error
        impor = None
        if not dry_run:
            try:
                # A year that was opened only for a workbook goes with it.
                with transaction.atomic():
                    impor = lembar.import_lembar(
                        penilaian or _open(satker, tahun, target),
                        hasil,
                        mode=Mode(mode),
                        by=None,
                        nama=berkas.name,
                    )
            except AlurError as error:
                raise CommandError(str(error)) from error
        if options["json"]:
            # Only ASCII, so that any terminal or pipe takes it.
            self.stdout.write(json.dumps(hasil.to_json(instrumen), indent=1))
        else:
            self._print(hasil, instrumen, impor)

    def _print(self, hasil: HasilBaca, instrumen: Instrumen, impor) -> None:
        self.stdout.write(
            f'Tata letak {hasil.tata_letak}, lembar "{hasil.lembar}": {hasil.jumlah_baris} '
            f"pertanyaan, {len(hasil.jawaban)} terjawab, {len(hasil.catatan)} catatan, "
            f"{sum(map(len, hasil.tautan.values()))} tautan."
        )
        for satu in hasil.peringatan:
            self.stdout.write(f"{satu.sel}: {satu.pesan}")
        for beda in hasil.selisih:
            self.stdout.write(f"{beda.kode}: lembar {beda.lembar:.2f}, hitungan {beda.hitung:.2f}")
        if impor is None:
            self.stdout.write("Belum ditulis (hanya membaca).")
            return
        for satu in impor.rencana.daftar:
            if satu.jenis == Jenis.TERKUNCI:
                self.stdout.write(f"{satu.kode} {satu.sebutan}: tidak ditulis. {satu.alasan}")
        for kode, tulisan in impor.rencana.tautan_salah:
            self.stdout.write(f"{kode}: tautan {tulisan} tidak dapat disimpan.")
        self.stdout.write(
            f"Ditulis: {len(impor.tulisan.jawaban)} jawaban, {len(impor.tulisan.catatan)} catatan, "
            f"{sum(map(len, impor.tulisan.tautan.values()))} tautan."
        )


def _find_penilaian(satker: str, tahun: int) -> Penilaian | None:
    return (
        Penilaian.objects.filter(satker__kode=satker, tahun=tahun)
        .select_related("satker", "versi")
        .first()
    )


def _find_aman(satker: str, tahun: int) -> Penilaian | None:
    """The assessment if there is one; a dry run works without a database too."""
    try:
        return _find_penilaian(satker, tahun)
    except DatabaseError:
        return None


def _find(satker: str, tahun: int, target: str, buat: bool) -> Penilaian | None:
    if not SatuanKerja.objects.filter(kode=satker).exists():
        raise CommandError(f"--satker: tidak ada satuan kerja berkode {satker}.")
    penilaian = _find_penilaian(satker, tahun)
    if penilaian is None and not buat:
        raise CommandError(
            f"LKE {tahun} untuk {satker} belum dibuka. Buka dulu, atau tambahkan --buat."
        )
    return penilaian


def _open(satker: str, tahun: int, target: str) -> Penilaian:
    """Open the year for that unit alone, from today to the end of the year, at least a month."""
    load_versi_bawaan()
    hari = timezone.localdate()
    versi = VersiInstrumen.objects.order_by("-dimuat_pada", "-pk")[0]
    [penilaian] = pembukaan.open_many(
        [SatuanKerja.objects.get(kode=satker)],
        tahun=tahun,
        target=target,
        versi=versi,
        buka_pada=hari,
        tutup_pada=max(datetime.date(hari.year, 12, 31), hari + datetime.timedelta(days=30)),
        by=None,
    )
    return penilaian
