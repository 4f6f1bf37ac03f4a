"""An invented ministry of any size, to measure with: the same rows for the same seed.

Rows are built in memory with keys of their own and inserted in bulk, so it needs an empty database.
"""

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from integritas.alur import AlurError
from penilaian import fakta
from penilaian.masa import add_bulan, compute_berlaku_dari
from penilaian.models import (
    JenisPerubahan,
    JenisPredikat,
    KlaimAngka,
    MasaPredikat,
    PernyataanTanpa,
    PerubahanPredikat,
    Predikat,
)
from satker import fakta as fakta_satker
from satker.models import (
    Instansi,
    JenisSatker,
    KantorWilayah,
    KedudukanSatker,
    KelasSatker,
    RantaiRiwayat,
    Riwayat,
    SatuanKerja,
)
from satker.models.riwayat import AWAL, compute_hash, encode

SUMBER = "rekaan (load_skala)"
# The invented ministry ends on a fixed day, so that its rows never depend on the calendar.
AKHIR = datetime.date(2026, 10, 31)
PEMISAHAN = datetime.date(2024, 10, 21)
# How often each type occurs, in parts of all units that are no Kanwil.
BOBOT = {"lapas": 30, "rutan": 18, "kanim": 26, "bapas": 12, "rupbasan": 8, "lpka": 4, "rudenim": 2}
SATU_HARI = datetime.timedelta(days=1)


@dataclass
class Peristiwa:
    """One line of a unit's history to be."""

    tanggal: datetime.date
    kejadian: str
    objek: str
    sesudah: dict[str, Any] = field(default_factory=dict)
    alasan: str = ""


@dataclass
class Kementerian:
    """Rows waiting to be inserted; each table numbers its own."""

    acak: random.Random
    tahun_awal: int
    satker: list = field(default_factory=list)
    kanwil: list = field(default_factory=list)
    kedudukan: list = field(default_factory=list)
    predikat: list = field(default_factory=list)
    perubahan: list = field(default_factory=list)
    pernyataan: list = field(default_factory=list)
    klaim: list = field(default_factory=list)
    peristiwa: dict[int, list[Peristiwa]] = field(default_factory=dict)

    def draw_date(self, dari: datetime.date, sampai: datetime.date = AKHIR) -> datetime.date:
        """A day in `[dari, sampai]`."""
        return dari + SATU_HARI * self.acak.randint(0, max(0, (sampai - dari).days))

    def happens(self, peluang: float) -> bool:
        return self.acak.random() < peluang

    def note(self, satker_id: int, *isi: Any, **lebih: Any) -> None:
        self.peristiwa.setdefault(satker_id, []).append(Peristiwa(*isi, **lebih))


@transaction.atomic
def load(jumlah: int, tahun: int, benih: int = 1) -> dict[str, int]:
    """Fill an empty database with `jumlah` units, Kanwil among them, and `tahun` years of facts."""
    if SatuanKerja.objects.exists():
        raise AlurError("Basis data sudah berisi satker; data skala hanya untuk yang kosong.")
    fakta_satker.load_acuan()
    fakta.load_aturan()
    isi = build(jumlah, tahun, benih)
    for model, daftar in (
        (SatuanKerja, isi.satker),
        (KantorWilayah, isi.kanwil),
        (KedudukanSatker, isi.kedudukan),
        (Predikat, isi.predikat),
        (PerubahanPredikat, isi.perubahan),
        (PernyataanTanpa, isi.pernyataan),
        (KlaimAngka, isi.klaim),
    ):
        model.objects.bulk_create(daftar, batch_size=2000)
    MasaPredikat.objects.rebuild()
    baris = write_riwayat(isi)
    reset_sequences()
    return {
        "satker": len(isi.satker),
        "kanwil": len(isi.kanwil),
        "kedudukan": len(isi.kedudukan),
        "predikat": len(isi.predikat),
        "pernyataan": len(isi.pernyataan),
        "klaim": len(isi.klaim),
        "riwayat": baris,
    }


def build(jumlah: int, tahun: int, benih: int) -> Kementerian:
    """All rows but history and timelines; reads the types and nodes, writes nothing."""
    isi = Kementerian(random.Random(benih), AKHIR.year - tahun + 1)  # nosec B311
    build_kanwil(isi)
    if jumlah < len(isi.kanwil):
        raise AlurError(f"Sekurangnya {len(isi.kanwil)} satker, sebab Kanwil ikut dihitung.")
    build_satker(isi, jumlah)
    # Facts of some Kanwil are complete, as of those whose list is public; the rest have gaps.
    lengkap = {kanwil.pk for kanwil in isi.kanwil if isi.happens(0.4)}
    asal = {posisi.satker_id: posisi.kanwil_id for posisi in reversed(isi.kedudukan)}
    tetap = {
        posisi.satker_id
        for posisi in isi.kedudukan
        if posisi.berlaku_dari is None or posisi.berlaku_dari == PEMISAHAN
    }
    for satker in isi.satker:
        if satker.pk in tetap:
            build_predikat(isi, satker.pk, lengkap=asal[satker.pk] in lengkap)
    build_klaim(isi)
    return isi


# --- offices --------------------------------------------------------------------------------------
def build_kanwil(isi: Kementerian) -> None:
    """The 33 Kanwil under codes of their own; after the split they belong to another ministry."""
    jenis = JenisSatker.objects.get(kode="kanwil")
    instansi = {satu.kode: satu for satu in Instansi.objects.order_by("pk")}
    for baris in fakta_satker.read_csv(fakta_satker.DATA / "kanwil.csv"):
        satker = SatuanKerja(pk=len(isi.satker) + 1, kode=f"9{baris['kode_bps_provinsi']}-kanwil")
        kanwil = KantorWilayah(
            pk=len(isi.kanwil) + 1,
            satker=satker,
            provinsi=baris["provinsi"],
            kode_bps=baris["kode_bps_provinsi"],
            data_per=AKHIR,
        )
        isi.satker.append(satker)
        isi.kanwil.append(kanwil)
        isi.note(satker.pk, datetime.date.min, "satker didaftarkan", f"satker:{satker.pk}")
        for nama, kode, dari, sampai in (
            ("Hukum dan HAM", "kemenkumham", None, PEMISAHAN),
            ("Hukum", "kemenkum", PEMISAHAN, None),
        ):
            add_kedudukan(
                isi,
                satker=satker,
                nama=f"Kantor Wilayah Kementerian {nama} {baris['provinsi']} (rekaan)",
                jenis=jenis,
                kanwil=kanwil,
                instansi=instansi[kode],
                pembina=instansi["setjen"] if sampai else None,
                tempat=baris["kota_kedudukan"],
                zona_waktu=baris["zona_waktu"],
                berlaku_dari=dari,
                berlaku_sampai=sampai,
            )


def add_kedudukan(isi: Kementerian, **kolom: Any) -> None:
    posisi = KedudukanSatker(pk=len(isi.kedudukan) + 1, sumber=SUMBER, **kolom).fill_cari()
    isi.kedudukan.append(posisi)
    if posisi.berlaku_dari is not None:
        isi.note(
            posisi.satker_id,
            posisi.berlaku_dari,
            "kedudukan diubah",
            f"kedudukan:{posisi.pk}",
            {"nama": posisi.nama, "berlaku_dari": posisi.berlaku_dari},
        )


def build_satker(isi: Kementerian, jumlah: int) -> None:
    """Units over the types and Kanwil; some move, change their name, open late or close."""
    daftar_jenis = {satu.kode: satu for satu in JenisSatker.objects.select_related("pembina")}
    kelas: dict[str, list[str]] = {kode: [] for kode in BOBOT}
    for satu in KelasSatker.objects.select_related("jenis").order_by("pk"):
        kelas.setdefault(satu.jenis.kode, []).append(satu.kelas)
    kota = [posisi.tempat for posisi in isi.kedudukan if posisi.berlaku_dari is None]
    zona = {posisi.kanwil_id: posisi.zona_waktu for posisi in isi.kedudukan}
    for nomor in range(1, jumlah - len(isi.kanwil) + 1):
        kode = isi.acak.choices(list(BOBOT), list(BOBOT.values()))[0]
        jenis, urutan = daftar_jenis[kode], isi.acak.randrange(len(isi.kanwil))
        satker = SatuanKerja(pk=len(isi.satker) + 1, kode=f"9-{kode}-{nomor:05}")
        isi.satker.append(satker)
        isi.note(satker.pk, datetime.date.min, "satker didaftarkan", f"satker:{satker.pk}")
        kolom = {
            "satker": satker,
            "jenis": jenis,
            "kelas": isi.acak.choice(kelas[kode] or [""]),
            "kanwil": isi.kanwil[urutan],
            "pembina": jenis.pembina,
            "tempat": f"{kota[urutan]} {nomor}",
            "zona_waktu": zona[isi.kanwil[urutan].pk],
        }
        build_kedudukan(isi, kolom)


def build_kedudukan(isi: Kementerian, kolom: dict[str, Any]) -> None:
    """The positions of one unit, one after another."""

    def build_nama() -> str:
        kelas = f" Kelas {kolom['kelas']}" if kolom["kelas"] else ""
        return f"{kolom['jenis'].singkatan}{kelas} {kolom['tempat']}"

    awal = datetime.date(isi.tahun_awal, 1, 1)
    dari = isi.draw_date(awal) if isi.happens(0.03) else None
    perubahan = []
    if dari is None and isi.happens(0.1):
        perubahan.append((PEMISAHAN, "pindah"))
    if isi.happens(0.04):
        perubahan.append((isi.draw_date(max(dari or awal, PEMISAHAN) + SATU_HARI), "nama"))
    if dari is None and isi.happens(0.01):
        perubahan.append((AKHIR, "tutup"))
    for tanggal, apa in sorted(perubahan):
        add_kedudukan(isi, **kolom, nama=build_nama(), berlaku_dari=dari, berlaku_sampai=tanggal)
        dari = tanggal
        if apa == "pindah":
            kolom["kanwil"] = isi.acak.choice(isi.kanwil)
        elif apa == "nama":
            kolom["tempat"] = f"{kolom['tempat']} Baru"
        else:
            isi.note(kolom["satker"].pk, tanggal, "satker ditutup", f"satker:{kolom['satker'].pk}")
            return
    add_kedudukan(isi, **kolom, nama=build_nama(), berlaku_dari=dari, berlaku_sampai=None)


# --- predicates -----------------------------------------------------------------------------------
def build_predikat(isi: Kementerian, satker_id: int, *, lengkap: bool) -> None:
    """What is known of one unit: nothing, a saying without predicate, or a predicate's life."""
    awal = datetime.date(isi.tahun_awal, 1, 1)
    if lengkap or isi.happens(0.4):
        pernyataan = PernyataanTanpa(
            pk=len(isi.pernyataan) + 1,
            satker_id=satker_id,
            pada=awal,
            sumber=SUMBER,
            dicatat_pada=to_moment(awal),
        )
        isi.pernyataan.append(pernyataan)
        isi.note(
            satker_id,
            awal,
            "dinyatakan tanpa predikat",
            f"pernyataan:{pernyataan.pk}",
            {"pada": awal, "sumber": SUMBER},
        )
    if not isi.happens(0.3):
        return
    dari = isi.draw_date(awal + SATU_HARI, AKHIR - 60 * SATU_HARI)
    jenis = JenisPredikat.WBBM if isi.happens(0.05) else JenisPredikat.WBK
    predikat = add_predikat(isi, satker_id, jenis, dari)
    kini = predikat.berlaku_dari
    if isi.happens(0.15):
        kini = add_perubahan(isi, predikat, JenisPerubahan.KLARIFIKASI_DIBUKA, kini)
        if isi.happens(0.7):
            kini = add_perubahan(isi, predikat, JenisPerubahan.KLARIFIKASI_SELESAI, kini)
    nasib = isi.acak.random()
    if nasib < 0.06:
        add_perubahan(isi, predikat, JenisPerubahan.DICABUT, kini)
    elif nasib < 0.1:
        add_perubahan(isi, predikat, JenisPerubahan.BERAKHIR, kini)
    elif nasib < 0.35 and jenis == JenisPredikat.WBK and add_bulan(kini, 13) < AKHIR:
        naik = isi.draw_date(add_bulan(kini, 13))
        wbbm = add_predikat(isi, satker_id, JenisPredikat.WBBM, naik, pasti=True)
        add_perubahan(isi, predikat, JenisPerubahan.NAIK_KE_WBBM, naik, wbbm)


def add_predikat(
    isi: Kementerian, satker_id: int, jenis: str, tanggal: datetime.date, *, pasti: bool = False
) -> Predikat:
    """A predicate whose beginning is known by decree, by year only, or by a source's mention."""
    pilihan = isi.acak.random()
    sk = tanggal if pasti or pilihan < 0.7 else None
    disebut = tanggal if pilihan >= 0.7 and not pasti else None
    tahun = tanggal.year if sk is not None or pilihan < 0.85 else None
    dari, ketelitian = compute_berlaku_dari(sk, tahun, disebut)
    pk = len(isi.predikat) + 1
    predikat = Predikat(
        pk=pk,
        satker_id=satker_id,
        jenis=jenis,
        dasar="tpn",
        nomor_sk=f"SK-{pk:05} tahun {tanggal.year}" if sk else "",
        tanggal_sk=sk,
        tahun=tahun,
        disebut_pada=disebut,
        ketelitian=ketelitian,
        berlaku_dari=dari,
        sumber=SUMBER,
        alasan_tanpa_wbk=SUMBER if jenis == JenisPredikat.WBBM and not pasti else "",
        dicatat_pada=to_moment(dari),
    )
    isi.predikat.append(predikat)
    add_perubahan(isi, predikat, JenisPerubahan.DITETAPKAN, dari)
    return predikat


def add_perubahan(
    isi: Kementerian,
    predikat: Predikat,
    jenis: str,
    sejak: datetime.date,
    kelanjutan: Predikat | None = None,
) -> datetime.date:
    """One more change, drawn from the days after `sejak` unless it is dated already."""
    pasti = jenis in {JenisPerubahan.DITETAPKAN, JenisPerubahan.NAIK_KE_WBBM}
    tanggal = sejak if pasti else isi.draw_date(sejak + SATU_HARI)
    perubahan = PerubahanPredikat(
        pk=len(isi.perubahan) + 1,
        predikat=predikat,
        jenis=jenis,
        tanggal=tanggal,
        nomor_surat=predikat.nomor_sk if pasti else f"S-{len(isi.perubahan) + 1:05}",
        sumber=SUMBER,
        kelanjutan=kelanjutan,
        dicatat_pada=to_moment(tanggal),
    )
    isi.perubahan.append(perubahan)
    if jenis in {JenisPerubahan.DICABUT, JenisPerubahan.BERAKHIR, JenisPerubahan.NAIK_KE_WBBM}:
        predikat.berlaku_sampai = tanggal
    if jenis != JenisPerubahan.NAIK_KE_WBBM:
        isi.note(
            predikat.satker_id,
            tanggal,
            f"predikat {JenisPerubahan(jenis).label.lower()}",
            f"predikat:{predikat.pk}",
            {"jenis": predikat.jenis, "tanggal": tanggal, "sumber": SUMBER},
        )
    return tanggal


# --- claims, history ------------------------------------------------------------------------------
def build_klaim(isi: Kementerian) -> None:
    """What was said of the ministry, and of some Kanwil, in each year."""
    kemenkumham = Instansi.objects.get(kode="kemenkumham")
    for tahun in range(isi.tahun_awal, AKHIR.year):
        # A year's figures of the ministry, and of some Kanwil: the press never has all.
        for kanwil in [None, *(satu for satu in isi.kanwil if isi.happens(0.2))]:
            for ukuran, batas in (("satker", 40), ("WBK", 9), ("WBBM", 3)):
                isi.klaim.append(
                    KlaimAngka(
                        pk=len(isi.klaim) + 1,
                        lingkup=kanwil.satker.kode if kanwil else "kemenkumham",
                        instansi=None if kanwil else kemenkumham,
                        kanwil=kanwil,
                        ukuran=ukuran,
                        nilai=Decimal(isi.acak.randint(0, batas)),
                        waktu=str(tahun),
                        waktu_dari=datetime.date(tahun, 1, 1),
                        waktu_sampai=datetime.date(tahun, 12, 31),
                        sumber=SUMBER,
                    )
                )


def to_moment(tanggal: datetime.date) -> datetime.datetime:
    """When a fact of that day was put on record: ten in the morning in Jakarta."""
    return datetime.datetime.combine(tanggal, datetime.time(3), datetime.UTC)


def write_riwayat(isi: Kementerian) -> int:
    """The chains of all units, dated as their facts; `Riwayat.record` would date them today."""
    rantai: list[RantaiRiwayat] = []
    baris: list[Riwayat] = []
    terawal = datetime.date(isi.tahun_awal, 1, 1)
    for satker in isi.satker:
        kepala = RantaiRiwayat(pk=satker.pk, kunci=f"satker:{satker.kode}", nomor=0, hash=AWAL)
        rantai.append(kepala)
        for satu in sorted(isi.peristiwa[satker.pk], key=lambda satu: satu.tanggal):
            baris.append(
                build_baris(len(baris) + 1, kepala, satu, to_moment(max(satu.tanggal, terawal)))
            )
    RantaiRiwayat.objects.bulk_create(rantai, batch_size=2000)
    Riwayat.objects.bulk_create(baris, batch_size=2000)
    return len(baris)


def build_baris(pk: int, kepala: RantaiRiwayat, satu: Peristiwa, waktu) -> Riwayat:
    """The next row of a chain. See also Riwayat.record_many."""
    kepala.nomor += 1
    teks = encode(
        {
            "rantai": kepala.kunci,
            "nomor": kepala.nomor,
            "waktu": waktu,
            "oleh": None,
            "kejadian": satu.kejadian,
            "objek": satu.objek,
            "sebelum": {},
            "sesudah": satu.sesudah,
            "alasan": satu.alasan,
        }
    )
    hash_sebelum, kepala.hash = kepala.hash, compute_hash(teks, kepala.hash)
    return Riwayat(
        pk=pk,
        rantai=kepala,
        nomor=kepala.nomor,
        waktu=waktu,
        kejadian=satu.kejadian,
        objek=satu.objek,
        teks=teks,
        hash_sebelum=hash_sebelum,
        hash=kepala.hash,
    )


def reset_sequences() -> None:
    """Rows came with their keys: let the next ones follow."""
    daftar: list[type[models.Model]] = [
        SatuanKerja,
        KantorWilayah,
        KedudukanSatker,
        Predikat,
        PerubahanPredikat,
        PernyataanTanpa,
        KlaimAngka,
        RantaiRiwayat,
        Riwayat,
    ]
    with connection.cursor() as kursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), daftar):
            kursor.execute(sql)
