"""The facts about offices that come with the program, loaded where they are missing.

Nothing that stands in the database is changed: what an office has corrected stays corrected.
"""

import csv
import datetime
from pathlib import Path

from django.db import transaction

from satker import naskah_baku
from satker.models import (
    Catatan,
    Instansi,
    JenisSatker,
    KantorWilayah,
    KedudukanInstansi,
    KedudukanSatker,
    KelasSatker,
    Riwayat,
    SatuanKerja,
    Silsilah,
)
from satker.pengingat.muat import load_aturan

DATA = Path(__file__).resolve().parent / "data"
# Ministry and secretariat that the Kanwil of the 2022 list stood under.
INDUK_KANWIL, PEMBINA_KANWIL = "kemenkumham", "setjen"
PEMBINA = {
    "Sekretariat Jenderal": "setjen",
    "Ditjen Pemasyarakatan": "ditjenpas",
    "Ditjen Imigrasi": "ditjenim",
    "Ditjen Administrasi Hukum Umum": "ditjenahu",
    "BPSDM Hukum dan HAM": "bpsdm",
}


def read_csv(berkas: Path) -> list[dict[str, str]]:
    """Rows of a packaged data file."""
    with berkas.open(encoding="utf-8", newline="") as masukan:
        return list(csv.DictReader(masukan))


def parse_tanggal(teks: str) -> datetime.date | None:
    """A packaged date, or None when the source gives none."""
    return datetime.date.fromisoformat(teks) if teks else None


@transaction.atomic
def load() -> int:
    """Load offices, types and nodes that are missing; returns how many units were added."""
    # It reads packaged files by the functions below.
    from satker import fakta_upacara

    load_acuan()
    naskah_baku.load(read_csv(DATA / "naskah-baku.csv"))
    load_aturan()
    baru = _load_kanwil() + _load_satker()
    Riwayat.record_many(
        [
            Catatan(
                posisi.satker,
                "satker didaftarkan",
                f"kedudukan:{posisi.pk}",
                sesudah={"nama": posisi.nama, "kelas": posisi.kelas, "sumber": posisi.sumber},
            )
            for posisi in baru
        ],
        by=None,
    )
    fakta_upacara.load()
    return len(baru)


def load_acuan() -> None:
    """The nodes above the Kanwil and the types of units: what every list of offices refers to."""
    _load_instansi()
    _load_jenis()


def _load_instansi() -> None:
    daftar = read_csv(DATA / "instansi.csv")
    instansi = {
        baris["kode"]: Instansi.objects.get_or_create(kode=baris["kode"])[0] for baris in daftar
    }
    bertanggal = set(KedudukanInstansi.objects.values_list("instansi__kode", flat=True))
    for baris in daftar:
        if baris["kode"] in bertanggal:
            continue
        KedudukanInstansi.objects.create(
            instansi=instansi[baris["kode"]],
            nama=baris["nama"],
            singkatan=baris["singkatan"],
            induk=instansi.get(baris["induk"]),
            berlaku_dari=parse_tanggal(baris["berlaku_dari"]),
            berlaku_sampai=parse_tanggal(baris["berlaku_sampai"]),
            sumber=baris["sumber"],
            keyakinan=baris["keyakinan"],
        )
    for baris in read_csv(DATA / "silsilah-instansi.csv"):
        Silsilah.objects.get_or_create(
            asal_instansi=instansi[baris["asal"]],
            hasil_instansi=instansi[baris["hasil"]],
            tanggal=parse_tanggal(baris["tanggal"]),
            defaults={
                "jenis": baris["jenis"],
                "dasar": baris["dasar"],
                "sumber": baris["sumber"],
                "keyakinan": baris["keyakinan"],
            },
        )


def _load_jenis() -> None:
    instansi = {satu.kode: satu for satu in Instansi.objects.all()}
    kelas_ada = set(KelasSatker.objects.values_list("jenis__kode", "kelas"))
    kelas_baru = []
    urutan: dict[str, int] = {}
    for baris in read_csv(DATA / "jenis-satker.csv"):
        kode = baris["kode_jenis"]
        urutan.setdefault(kode, len(urutan) + 1)
        jenis, _ = JenisSatker.objects.get_or_create(
            kode=kode,
            defaults={
                "nama": baris["nama"],
                "singkatan": baris["singkatan"],
                "sebutan_lain": baris["sebutan_lain"],
                "urutan": urutan[kode],
                "mandiri": kode != "ukk",
                "pembina": instansi.get(PEMBINA.get(baris["pembina_2022"], "")),
                "layanan": baris["layanan_publik"],
            },
        )
        if baris["kelas"] and (kode, baris["kelas"]) not in kelas_ada:
            kelas_baru.append(
                KelasSatker(jenis=jenis, kelas=baris["kelas"], keyakinan=baris["keyakinan"][:300])
            )
    KelasSatker.objects.bulk_create(kelas_baru)


def _load_kanwil() -> list[KedudukanSatker]:
    """The Kanwil, each a node and a unit in one; those on a list take its place and source."""
    ada = set(SatuanKerja.objects.values_list("kode", flat=True))
    jenis = JenisSatker.objects.get(kode="kanwil")
    instansi = Instansi.objects.get(kode=INDUK_KANWIL)
    pembina = Instansi.objects.get(kode=PEMBINA_KANWIL)
    data_per = {baris["kanwil"]: baris["data_per"] for baris in read_csv(DATA / "data-per.csv")}
    rinci = {
        baris["kode"]: baris
        for daftar in read_csv(DATA / "daftar-satker.csv")
        for baris in read_csv(DATA / daftar["berkas"])
        if baris["kode"] == daftar["kanwil"]
    }
    baru = []
    for baris in read_csv(DATA / "kanwil.csv"):
        if baris["kode"] in ada:
            continue
        satker = SatuanKerja.objects.create(kode=baris["kode"])
        kanwil = KantorWilayah.objects.create(
            satker=satker,
            provinsi=baris["provinsi"],
            kode_bps=baris["kode_bps_provinsi"],
            data_per=parse_tanggal(data_per.get(baris["kode"], "")),
        )
        lebih = rinci.get(baris["kode"], {})
        baru.append(
            KedudukanSatker(
                satker=satker,
                nama=baris["nama"],
                jenis=jenis,
                kanwil=kanwil,
                instansi=instansi,
                pembina=pembina,
                tempat=lebih.get("kota_kabupaten") or baris["kota_kedudukan"],
                zona_waktu=baris["zona_waktu"],
                sumber=lebih.get("sumber") or baris["sumber"],
                keyakinan=lebih.get("keyakinan") or baris["keyakinan"],
            ).fill_cari()
        )
    return KedudukanSatker.objects.bulk_create(baru)


def _load_satker() -> list[KedudukanSatker]:
    ada = set(SatuanKerja.objects.values_list("kode", flat=True))
    jenis = {satu.singkatan: satu for satu in JenisSatker.objects.all()}
    kanwil = {
        satu.satker.kode: satu
        for satu in KantorWilayah.objects.select_related("satker").order_by("pk")
    }
    zona = {baris["kode"]: baris["zona_waktu"] for baris in read_csv(DATA / "kanwil.csv")}
    daftar_baris = [
        baris
        for daftar in read_csv(DATA / "daftar-satker.csv")
        for baris in read_csv(DATA / daftar["berkas"])
        if baris["kode"] not in ada
    ]
    satker = SatuanKerja.objects.bulk_create(
        SatuanKerja(kode=baris["kode"]) for baris in daftar_baris
    )
    return KedudukanSatker.objects.bulk_create(
        KedudukanSatker(
            satker=satu,
            nama=baris["nama"],
            jenis=jenis[baris["jenis"]],
            kelas=baris["kelas"],
            kanwil=kanwil[baris["induk"]],
            pembina=jenis[baris["jenis"]].pembina,
            tempat=baris["kota_kabupaten"],
            zona_waktu=zona[baris["induk"]],
            sumber=baris["sumber"],
            keyakinan=baris["keyakinan"],
        ).fill_cari()
        for satu, baris in zip(satker, daftar_baris, strict=True)
    )
