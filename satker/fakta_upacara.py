"""Ceremonies known from public sources, and the kinds of acts, loaded where they are missing.

Only what a source says: a unit takes part where a source names it; of the others only the host is
known. No source writes the year of the five declarations in Jawa Timur (see ALASAN_DUGAAN).
Nothing that stands in the database is changed.
"""

import datetime
from functools import lru_cache

from django.conf import settings

from satker.fakta import DATA, read_csv
from satker.models import (
    Acara,
    Catatan,
    JenisAcara,
    KantorWilayah,
    KedudukanSatker,
    PesertaSatker,
    Putaran,
    PutaranSatker,
    Riwayat,
    Saksi,
    SatuanKerja,
    Upacara,
)

# domain.md 15, K-01.
ALASAN_DUGAAN = (
    "Sumber hanya menulis tanggal dan bulan. Laman Kota Malang menanggali upacara di tempat yang "
    "sama Kamis, 11 Februari 2021, dan Ditjen Pemasyarakatan berdeklarasi pada 2 Februari 2021."
)
KODE_PUTARAN = "putaran-jatim-2021"
PUTARAN = {KODE_PUTARAN: ("35-kanwil", "up-jatim-")}
# How the sources call an act, and the kind it is.
JENIS_MENURUT_SUMBER = {
    "Deklarasi Kinerja": "deklarasi-janji-kinerja",
    "Deklarasi Janji Kinerja": "deklarasi-janji-kinerja",
    "Penandatanganan Perjanjian Kinerja": "penandatanganan-pk",
    "Penandatanganan Komitmen Pembangunan ZI 2022": "penandatanganan-komitmen",
    "Pencanangan Pembangunan ZI menuju WBK/WBBM": "pencanangan-zi",
}
# The words of the second source about Malang tell of one more act.
ACARA_LAIN = {"up-jatim-02-11-malang": "pengukuhan-satops-patnal"}


def build_uid(kode: str) -> str:
    """The identity of an event in calendars; stored once, so that it outlives a new address."""
    alamat = settings.INTEGRITAS_ALAMAT.split("://")[-1].split("/")[0].split(":")[0]
    return f"{kode}@{alamat or 'integritas'}"[:120]


@lru_cache(maxsize=1)
def list_lazim() -> tuple[str, ...]:
    """Codes of the acts that an event usually has."""
    return tuple(baris["kode"] for baris in read_csv(DATA / "jenis-acara.csv") if baris["lazim"])


@lru_cache(maxsize=1)
def list_dokumen() -> tuple[str, ...]:
    """What usually has to be ready before an event."""
    return tuple(baris["nama"] for baris in read_csv(DATA / "dokumen-upacara.csv"))


def load() -> int:
    """Load what is missing; returns how many events were added."""
    load_jenis()
    ada = set(Upacara.objects.values_list("kode", flat=True))
    daftar = [baris for baris in read_csv(DATA / "upacara.csv") if baris["kode"] not in ada]
    if not daftar:
        return 0
    satker = {satu.kode: satu for satu in SatuanKerja.objects.filter(contoh=False)}
    baru = [_load_satu(baris, satker) for baris in daftar if baris["satker"] in satker]
    Riwayat.record_many(
        [
            Catatan(
                satu.tuan_rumah,
                "upacara dicatat dari sumber",
                satu.objek,
                sesudah={"nama": satu.nama, "tanggal": satu.tanggal, "sumber": satu.sumber},
            )
            for satu in baru
        ],
        by=None,
    )
    return len(baru)


def load_jenis() -> None:
    """The kinds of acts that are missing."""
    ada = set(JenisAcara.objects.values_list("kode", flat=True))
    JenisAcara.objects.bulk_create(
        JenisAcara(
            kode=baris["kode"],
            nama=baris["nama"],
            urutan=int(baris["urutan"]),
            deklarasi=baris["deklarasi"] == "ya",
            sumber=baris["sumber"],
        )
        for baris in read_csv(DATA / "jenis-acara.csv")
        if baris["kode"] not in ada
    )


def _load_satu(baris: dict[str, str], satker: dict[str, SatuanKerja]) -> Upacara:
    tuan_rumah = satker[baris["satker"]]
    tahun = baris["tahun_tertulis"] or baris["tahun_dugaan"]
    tanggal = datetime.date.fromisoformat(f"{tahun}-{baris['bulan_hari']}")
    daftar_acara = [teks.strip() for teks in baris["acara"].split(";")]
    posisi = KedudukanSatker.objects.at(tanggal).filter(satker=tuan_rumah).get()
    upacara = Upacara.objects.create(
        kode=baris["kode"],
        putaran=_get_putaran(baris, tanggal),
        nama=_join(daftar_acara),
        tuan_rumah=tuan_rumah,
        tempat=baris["tempat"],
        tanggal=tanggal,
        zona_waktu=posisi.zona_waktu,
        tahun_dugaan=not baris["tahun_tertulis"],
        status=Upacara.Status.TERCATAT,
        uid=build_uid(baris["kode"]),
        catatan=baris["pejabat_saksi"],
        sumber=baris["sumber"],
        keyakinan=baris["keyakinan"],
    )
    jenis = dict(JenisAcara.objects.values_list("kode", "pk"))
    daftar = [(JENIS_MENURUT_SUMBER[teks], teks) for teks in daftar_acara]
    if lain := ACARA_LAIN.get(baris["kode"]):
        daftar.append((lain, baris["pejabat_saksi"]))
    Acara.objects.bulk_create(
        Acara(upacara=upacara, jenis_id=jenis[kode], urutan=nomor, keterangan=teks)
        for nomor, (kode, teks) in enumerate(daftar, 1)
    )
    PesertaSatker.objects.bulk_create(
        PesertaSatker(upacara=upacara, satker=satker[kode])
        for kode in filter(None, baris["peserta"].split(";"))
    )
    Saksi.objects.bulk_create(
        Saksi(upacara=upacara, **{kolom: isi for kolom, isi in satu.items() if kolom != "upacara"})
        for satu in read_csv(DATA / "upacara-pejabat.csv")
        if satu["upacara"] == baris["kode"]
    )
    return upacara


def _join(daftar: list[str]) -> str:
    """`a`, `a dan b`, `a, b, dan c`."""
    if len(daftar) < 3:
        return " dan ".join(daftar)
    return f"{', '.join(daftar[:-1])}, dan {daftar[-1]}"


def _get_putaran(baris: dict[str, str], tanggal: datetime.date) -> Putaran | None:
    """The round an event belongs to, made with every unit of its Kanwil: of those that no source
    names nothing is known (`lengkap=False`)."""
    for kode, (kode_kanwil, awal) in PUTARAN.items():
        if not baris["kode"].startswith(awal):
            continue
        kanwil = KantorWilayah.objects.get(satker__kode=kode_kanwil)
        putaran, baru = Putaran.objects.get_or_create(
            kode=kode,
            defaults={
                "kanwil": kanwil,
                "nama": "Deklarasi Janji Kinerja dan Pencanangan Pembangunan ZI Kanwil "
                f"{kanwil.provinsi}",
                "tahun": tanggal.year,
                "tahun_dugaan": not baris["tahun_tertulis"],
                "alasan_dugaan": "" if baris["tahun_tertulis"] else ALASAN_DUGAAN,
                "lengkap": False,
                "sumber": baris["sumber"],
            },
        )
        if baru:
            posisi = KedudukanSatker.objects.at(tanggal).filter(kanwil=kanwil)
            PutaranSatker.objects.bulk_create(
                PutaranSatker(putaran=putaran, satker_id=satu)
                for satu in posisi.order_by("urut", "pk").values_list("satker", flat=True)
            )
        return putaran
    return None
