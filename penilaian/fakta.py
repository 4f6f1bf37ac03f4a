"""The facts about predicates that come with the program, loaded where they are missing."""

import datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from penilaian import alur
from penilaian.alur.instrumen import load_instrumen
from penilaian.instrumen.baca import BERKAS_BAWAAN
from penilaian.masa import add_bulan
from penilaian.models import (
    AturanBuktiUpacara,
    AturanPredikat,
    KlaimAngka,
    PernyataanTanpa,
    Predikat,
)
from penilaian.syarat import Penetapan
from satker import fakta as fakta_satker
from satker.fakta import parse_tanggal, read_csv
from satker.models import Instansi, KantorWilayah, SatuanKerja

DATA = Path(__file__).resolve().parent / "data"
# Scopes of the claims file that are provinces; the others are `Instansi` or the whole nation.
KANWIL_LINGKUP = {
    "sumsel": "16-kanwil",
    "jatim": "35-kanwil",
    "jateng": "33-kanwil",
    "papua": "94-kanwil",
    "kepri": "21-kanwil",
}
ALASAN_WBBM = "Sumber menyebut WBBM tanpa menyebut sejak kapan satker ini memegang WBK."


def parse_waktu(waktu: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of a year, month or day as a source gives it."""
    bagian = [int(satu) for satu in waktu.split("-")]
    if len(bagian) == 1:
        return datetime.date(bagian[0], 1, 1), datetime.date(bagian[0], 12, 31)
    if len(bagian) == 2:
        awal = datetime.date(bagian[0], bagian[1], 1)
        return awal, add_bulan(awal, 1) - datetime.timedelta(days=1)
    return (hari := datetime.date(*bagian)), hari


@transaction.atomic
def load() -> dict[str, int]:
    """Load rules, claims, predicates and attestations that are missing; returns what was added."""
    load_instrumen(BERKAS_BAWAAN.read_text(encoding="utf-8"))
    return {
        "aturan": load_aturan(),
        "klaim": _load_klaim(),
        **_load_predikat(),
    }


def load_aturan() -> int:
    """Load the numbers of the rules that are missing; returns how many were added."""
    tambah = load_aturan_bukti()
    for baris in read_csv(DATA / "aturan-predikat.csv"):
        _, baru = AturanPredikat.objects.get_or_create(
            kode=baris["kode"],
            berlaku_dari=parse_tanggal(baris["berlaku_dari"]),
            defaults={
                "nama": baris["nama"],
                "nilai": int(baris["nilai"]),
                "satuan": baris["satuan"],
                "sumber": baris["sumber"],
                "keyakinan": baris["keyakinan"],
            },
        )
        tambah += baru
    return tambah


def load_aturan_bukti() -> int:
    """Which pieces of a ceremony serve which questions; a row that was turned off stays off."""
    ada = set(AturanBuktiUpacara.objects.values_list("kode", "jenis"))
    baru = [
        AturanBuktiUpacara(**baris)
        for baris in read_csv(DATA / "bukti-upacara.csv")
        if (baris["kode"], baris["jenis"]) not in ada
    ]
    return len(AturanBuktiUpacara.objects.bulk_create(baru))


def _load_klaim() -> int:
    instansi = {satu.kode: satu for satu in Instansi.objects.all()}
    kanwil = {
        satu.satker.kode: satu
        for satu in KantorWilayah.objects.select_related("satker").order_by("pk")
    }
    ada = set(KlaimAngka.objects.values_list("lingkup", "waktu", "ukuran", "sumber"))
    baru = []
    for baris in read_csv(DATA / "klaim-angka.csv"):
        kunci = (baris["lingkup"], baris["waktu"], baris["ukuran"], baris["sumber"])
        if kunci in ada:
            continue
        dari, sampai = parse_waktu(baris["waktu"])
        baru.append(
            KlaimAngka(
                lingkup=baris["lingkup"],
                instansi=instansi.get(baris["lingkup"]),
                kanwil=kanwil.get(KANWIL_LINGKUP.get(baris["lingkup"], "")),
                ukuran=baris["ukuran"],
                nilai=Decimal(baris["nilai"]),
                waktu=baris["waktu"],
                waktu_dari=dari,
                waktu_sampai=sampai,
                penutur=baris["penutur"],
                sumber=baris["sumber"],
                keyakinan=baris["keyakinan"],
                penjelasan=baris["penjelasan"],
            )
        )
    return len(KlaimAngka.objects.bulk_create(baru))


def _load_predikat() -> dict[str, int]:
    """Predicates and attestations of the lists; a unit that already has any is left alone."""
    satker = {satu.kode: satu for satu in SatuanKerja.objects.all()}
    berpredikat = set(Predikat.objects.values_list("satker__kode", flat=True))
    dinyatakan = set(PernyataanTanpa.objects.values_list("satker__kode", flat=True))
    penetapan, pernyataan = [], []
    for daftar in read_csv(fakta_satker.DATA / "daftar-satker.csv"):
        disebut_pada = parse_tanggal(daftar["disebut_pada"])
        for baris in read_csv(fakta_satker.DATA / daftar["berkas"]):
            kode, predikat = baris["kode"], baris["predikat"]
            if predikat in {"WBK", "WBBM"} and kode not in berpredikat:
                isi = Penetapan(
                    jenis=predikat,
                    sumber=baris["sumber"],
                    tahun=int(baris["tahun_predikat"]) if baris["tahun_predikat"] else None,
                    disebut_pada=disebut_pada,
                    keyakinan=baris["keyakinan"],
                    alasan_tanpa_wbk=ALASAN_WBBM if predikat == "WBBM" else "",
                )
                penetapan.append((satker[kode], isi))
            elif predikat == "TANPA" and kode not in dinyatakan | berpredikat:
                pernyataan.append(
                    PernyataanTanpa(
                        satker=satker[kode],
                        pada=disebut_pada,
                        sumber=daftar["sumber"],
                        keyakinan=baris["keyakinan"],
                    )
                )
    return {
        "predikat": len(alur.grant_many(penetapan, by=None)) if penetapan else 0,
        "tanpa": len(alur.attest_tanpa_many(pernyataan, by=None)) if pernyataan else 0,
    }
