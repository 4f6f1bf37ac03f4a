"""Assessments for the invented ministry of `skala`: filled LKEs with evidence, to measure with.

A handful of patterns is answered and scored once; the database copies them to every unit.
"""

import datetime
import hashlib
from collections.abc import Iterator
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from integritas.models import Berkas
from penilaian import rekap, skor
from penilaian.alur import instrumen
from penilaian.alur.pembukaan import open_many
from penilaian.instrumen import Pertanyaan, load_bawaan
from penilaian.jawaban import Isian, read_jawaban
from penilaian.models import LAPIS_SATKER, BuktiDukung, Jawaban, Rekap, RevisiBukti, VersiInstrumen
from penilaian.models.penilaian import write_isian
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.models import SatuanKerja

POLA = 8
BERKAS_PER_SATKER = 15
PEMAKAIAN_PER_LKE = 40
CATATAN = "Rekaan (load_skala): dibahas pada rapat pokja, notulen dan daftar hadir ada."


@transaction.atomic
def load(daftar_tahun: list[int]) -> dict[str, int]:
    """An LKE of every unit in each of these years: every question answered, 40 uses of 15 files."""
    instrumen.load_bawaan()
    versi = VersiInstrumen.objects.filter(kode=load_bawaan().kode).order_by("-versi")[0]
    terpakai = get_terpakai(versi)
    daftar_satker = list(SatuanKerja.objects.order_by("pk"))
    for tahun in daftar_tahun:
        open_many(
            daftar_satker,
            tahun=tahun,
            target="WBK",
            versi=versi,
            buka_pada=datetime.date(tahun, 1, 1),
            # The last year stays open, whenever this is measured.
            tutup_pada=max(
                datetime.date(tahun, 12, 31),
                timezone.localdate()
                + datetime.timedelta(days=60 if tahun == daftar_tahun[-1] else 0),
            ),
            by=None,
        )
    with connection.cursor() as kursor:
        _make_pola(kursor, terpakai)
        _copy_jawaban(kursor)
        _copy_rekap(kursor, terpakai)
        _add_bukti(daftar_satker)
        _copy_pemakaian(kursor, terpakai)
        kursor.execute("DROP TABLE pola")
    return {
        "LKE": len(daftar_satker) * len(daftar_tahun),
        "jawaban": Jawaban.objects.count(),
        "bukti": len(daftar_satker) * BERKAS_PER_SATKER,
        "pemakaian": len(daftar_satker) * len(daftar_tahun) * PEMAKAIAN_PER_LKE,
    }


# --- answers --------------------------------------------------------------------------------------
def build_pola(nomor: int, daftar: tuple[Pertanyaan, ...]) -> dict[str, Isian]:
    """Whole LKEs from the best to a middling one; every question has an answer."""
    hasil: dict[str, Isian] = {}
    for satu in daftar:
        if satu.is_pilihan:
            turun = max(0, (satu.urutan * (nomor + 3)) % (nomor + 2) - 1)
            hasil[satu.kode] = satu.opsi[min(turun, len(satu.opsi) - 1)].kode
            continue
        mentah = {
            masukan.kode: f"3.{90 - 4 * nomor}" if masukan.desimal else 12 + nomor
            for masukan in satu.daftar_isian
        }
        isian = read_jawaban(satu, mentah)
        assert isian is not None, satu.kode
        hasil[satu.kode] = isian
    return hasil


def _list_pola(terpakai: InstrumenTerpakai) -> list[dict[str, Isian]]:
    return [build_pola(nomor, terpakai.isi.daftar_pertanyaan) for nomor in range(POLA)]


def _make_pola(kursor, terpakai: InstrumenTerpakai) -> None:
    kursor.execute(
        "CREATE TEMPORARY TABLE pola (nomor integer, urutan integer, pertanyaan_id bigint, "
        "pilihan varchar(8), isian text, catatan text)"
    )
    kursor.executemany(
        "INSERT INTO pola VALUES (%s, %s, %s, %s, %s, %s)",
        [
            (
                nomor,
                satu.urutan,
                terpakai.id_dari[satu.kode],
                isian if isinstance(isian, str) else "",
                "" if isinstance(isian, str) else write_isian(isian),
                # One answer in nine carries a note, as in a real workbook.
                CATATAN if satu.urutan % 9 == 0 else "",
            )
            for nomor, pola in enumerate(_list_pola(terpakai))
            for satu in terpakai.isi.daftar_pertanyaan
            for isian in [pola[satu.kode]]
        ],
    )


def _copy_jawaban(kursor) -> None:
    kursor.execute(
        "INSERT INTO penilaian_jawaban (penilaian_id, pertanyaan_id, lapis, pilihan, isian, "
        "catatan, draf, versi_isi, diubah_pada) SELECT p.id, pola.pertanyaan_id, %s, pola.pilihan, "
        "pola.isian, pola.catatan, %s, 1, %s FROM penilaian_penilaian p JOIN pola ON "
        "pola.nomor = (p.satker_id + p.tahun) %% %s ORDER BY p.id, pola.urutan",
        [LAPIS_SATKER, False, timezone.now(), POLA],
    )


def _copy_rekap(kursor, terpakai: InstrumenTerpakai) -> None:
    """Scores of each pattern, on the rows that the opening made."""
    for nomor, pola in enumerate(_list_pola(terpakai)):
        hasil = Rekap(lapis_id=LAPIS_SATKER)
        nilai: dict[str, Decimal] = skor.compute_nilai_semua(terpakai.isi, pola)
        rekap.fill(hasil, terpakai, nilai, "WBK")
        Rekap.objects.alias(sisa=(F("penilaian__satker_id") + F("penilaian__tahun")) % POLA).filter(
            sisa=nomor
        ).update(**{kolom: getattr(hasil, kolom) for kolom in rekap.KOLOM_DIHITUNG})


# --- evidence -------------------------------------------------------------------------------------
def _add_bukti(daftar_satker: list[SatuanKerja]) -> None:
    """Files without bytes: nothing that is measured in bulk reads them."""
    nomor = [
        (satker, urutan) for satker in daftar_satker for urutan in range(1, BERKAS_PER_SATKER + 1)
    ]
    for awal in range(0, len(nomor), 10_000):
        potongan = nomor[awal : awal + 10_000]
        berkas = Berkas.objects.bulk_create(_build_berkas(potongan), batch_size=2000)
        bukti = BuktiDukung.objects.bulk_create(
            [BuktiDukung(satker=satker, nama=f"Bukti {urutan}") for satker, urutan in potongan],
            batch_size=2000,
        )
        RevisiBukti.objects.bulk_create(
            [
                RevisiBukti(bukti=dua, berkas=satu, nama_berkas=f"{dua.nama}.pdf")
                for satu, dua in zip(berkas, bukti, strict=True)
            ],
            batch_size=2000,
        )


def _build_berkas(potongan) -> Iterator[Berkas]:
    for satker, urutan in potongan:
        yield Berkas(
            sha256=hashlib.sha256(f"rekaan {satker.kode} {urutan}".encode()).hexdigest(),
            ukuran=200_000 + urutan * 10_000,
            jenis="pdf",
            mime="application/pdf",
        )


def _copy_pemakaian(kursor, terpakai: InstrumenTerpakai) -> None:
    """Forty questions of each LKE, spread over all areas, show one file each, so that a file serves
    two or three. The number of questions is prime: no two come to the same remainder."""
    kursor.execute(
        "INSERT INTO penilaian_pemakaianbukti (penilaian_id, pertanyaan_id, bukti_id, revisi_id, "
        "periode_dari, periode_sampai, halaman, dipasang_pada) "
        "SELECT p.id, pola.pertanyaan_id, b.id, r.id, p.buka_pada, p.buka_pada, 1, %s "
        "FROM penilaian_penilaian p "
        "JOIN pola ON pola.nomor = 0 AND (pola.urutan * %s) %% %s < %s "
        "JOIN (SELECT id, satker_id, row_number() OVER (PARTITION BY satker_id ORDER BY id) AS ke "
        "FROM penilaian_buktidukung) b ON b.satker_id = p.satker_id "
        "AND b.ke = 1 + pola.urutan %% %s "
        "JOIN penilaian_revisibukti r ON r.bukti_id = b.id ORDER BY p.id, pola.urutan",
        [
            timezone.now(),
            PEMAKAIAN_PER_LKE,
            len(terpakai.id_dari),
            PEMAKAIAN_PER_LKE,
            BERKAS_PER_SATKER,
        ],
    )
