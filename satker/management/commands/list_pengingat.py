"""Reminders and messages as the operator of an installation sees them."""

import json

from django.core.management import BaseCommand, CommandError
from django.db.models import Prefetch

from satker.models import IsiKiriman, Kiriman, Pengingat, SatuanKerja
from satker.pengingat.keadaan import read_keadaan, show

BATAS = 1000


class Command(BaseCommand):
    """`list_pengingat [--json] [--status …] [--satker KODE] [--batas N] [--periksa]`

    Without `--status` those that wait. The JSON, whose fields are only ever added to:

    - `versi`: 1
    - `keadaan`: as `/sehat/rinci/?bentuk=json`
    - `pengingat`: `id`, `status`, `aturan` (code of its rule), `langkah` (`H-7`), `objek`, `acuan`
      (date), `judul`, `satker` (code or null), `pengguna` (`{id, surel}`), `jatuh_pada`,
      `berguna_sampai`, `ditunda_sampai` (date or null), `mendesak`, and `kiriman`, its messages as below;
      soonest first
    - `kiriman`: messages that are not sent yet or have failed: `id`, `jenis`, `kunci`, `saluran`,
      `status`, `kepada` (where it went or goes; null when it is known only at sending), `kirim_pada`,
      `coba_lagi_pada`, `berguna_sampai`, `terkirim_pada`, `percobaan`, `galat`, `message_id`; oldest
      first. Not with `--satker`, since a message belongs to a person.
    - `terpotong`: true when either list was cut at `--batas`

    Moments are ISO 8601 in UTC. Exit status 0; with `--periksa` 1 when a check of `keadaan` fails.
    """

    help = "Menampilkan pengingat dan pesan: yang menunggu, terkirim, gagal."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="keluaran JSON")
        parser.add_argument(
            "--status", choices=Pengingat.Status.values, default=Pengingat.Status.MENUNGGU
        )
        parser.add_argument("--satker", metavar="KODE", help="hanya satuan kerja ini")
        parser.add_argument("--batas", type=int, default=BATAS, help="paling banyak sekian baris")
        parser.add_argument(
            "--periksa", action="store_true", help="keluar dengan 1 bila ada yang tidak baik"
        )

    def handle(self, **pilihan):
        keadaan = read_keadaan()
        batas = max(pilihan["batas"], 0)
        pengingat = list(_filter(pilihan["status"], pilihan["satker"])[: batas + 1])
        kiriman = []
        if not pilihan["satker"]:
            kiriman = list(_list_kiriman()[: batas + 1])
        isi = {
            "versi": 1,
            "keadaan": keadaan.to_json(),
            "pengingat": [show_pengingat(satu) for satu in pengingat[:batas]],
            "kiriman": [show_kiriman(satu) for satu in kiriman[:batas]],
            "terpotong": max(len(pengingat), len(kiriman)) > batas,
        }
        if pilihan["json"]:
            self.stdout.write(json.dumps(isi, indent=1, ensure_ascii=False))
        else:
            self._tell(isi)
        if pilihan["periksa"] and not keadaan.baik:
            raise SystemExit(1)

    def _tell(self, isi):
        for kode, satu in isi["keadaan"]["periksa"].items():
            self.stdout.write(f"{'baik ' if satu['baik'] else 'BURUK'} {kode}: {satu['kata']}")
        for satu in isi["pengingat"]:
            self.stdout.write(
                f"{satu['jatuh_pada']} {satu['status']} {satu['pengguna']['surel']}: "
                f"{satu['judul']} ({satu['langkah']})"
            )
        for satu in isi["kiriman"]:
            self.stdout.write(
                f"{satu['kirim_pada']} {satu['saluran']} {satu['status']} {satu['kunci']} "
                f"{satu['percobaan']} kali {satu['galat']}".rstrip()
            )
        if isi["terpotong"]:
            self.stdout.write("Masih ada yang lain; lihat --batas.")


def _filter(status: str, kode: str | None):
    if kode and not SatuanKerja.objects.filter(kode=kode).exists():
        raise CommandError(f"--satker: '{kode}' tidak dikenal.")
    daftar = Pengingat.objects.filter(status=status)
    if kode:
        daftar = daftar.filter(satker__kode=kode)
    isi = IsiKiriman.objects.select_related("kiriman__pengguna").order_by("kiriman_id")
    return (
        daftar.select_related("langkah__aturan", "pengguna", "satker")
        .prefetch_related(Prefetch("isikiriman_set", isi))
        .order_by("jatuh_pada", "pk")
    )


def _list_kiriman():
    return (
        Kiriman.objects.filter(status__in=[Kiriman.Status.ANTRE, Kiriman.Status.GAGAL])
        .select_related("pengguna")
        .order_by("kirim_pada", "pk")
    )


def show_pengingat(satu: Pengingat) -> dict:
    return {
        "id": satu.pk,
        "status": satu.status,
        "aturan": satu.langkah.aturan.kode,
        "langkah": satu.langkah.sebutan,
        "objek": satu.objek,
        "acuan": str(satu.acuan),
        "judul": satu.judul,
        "satker": satu.satker.kode if satu.satker else None,
        "pengguna": {"id": satu.pengguna_id, "surel": satu.pengguna.email},
        "jatuh_pada": show(satu.jatuh_pada),
        "berguna_sampai": show(satu.berguna_sampai),
        "ditunda_sampai": str(satu.ditunda_sampai) if satu.ditunda_sampai else None,
        "mendesak": satu.mendesak,
        "kiriman": [show_kiriman(isi.kiriman) for isi in satu.isikiriman_set.all()],
    }


def show_kiriman(satu: Kiriman) -> dict:
    surel = satu.saluran == Kiriman.Saluran.SUREL and satu.pengguna_id
    return {
        "id": satu.pk,
        "jenis": satu.jenis,
        "kunci": satu.kunci,
        "saluran": satu.saluran,
        "status": satu.status,
        "kepada": satu.alamat or (satu.pengguna.email if surel else None),
        "kirim_pada": show(satu.kirim_pada),
        "coba_lagi_pada": show(satu.coba_lagi_pada),
        "berguna_sampai": show(satu.berguna_sampai),
        "terkirim_pada": show(satu.terkirim_pada),
        "percobaan": satu.percobaan,
        "galat": satu.galat,
        "message_id": satu.message_id,
    }
