"""Opening a year for many units at once."""

from django.db import connection, transaction
from django.utils import timezone

from integritas.alur import AlurError
from penilaian import rekap
from penilaian.alur.dasar import lock_many
from penilaian.models import (
    LAPIS_SATKER,
    AreaPenilaian,
    JenisPredikat,
    Penilaian,
    Rekap,
    Status,
    VersiInstrumen,
)
from penilaian.versi import InstrumenTerpakai, get_terpakai
from satker.models import Riwayat

# See also Penilaian.objek and build_kunci().
SQL_OBJEK = """
SELECT 'satker:' || s.kode AS kunci, 'penilaian:' || p.id AS objek
FROM penilaian_penilaian p JOIN satker_satuankerja s ON s.id = p.satker_id
WHERE p.tahun = {tahun} AND p.satker_id IN ({satker})
"""


@transaction.atomic
def open_many(
    daftar_satker, *, tahun: int, target: str, versi: VersiInstrumen, buka_pada, tutup_pada, by
) -> list[Penilaian]:
    """Open the year for these units, in the order of their codes. When one of them already has an
    assessment of the year, it is named and nothing is written.

    The number of statements does not grow with the units: rows are copied inside the database.
    """
    if target not in JenisPredikat.values:
        raise AlurError("Target harus WBK atau WBBM.")
    if tutup_pada < buka_pada:
        raise AlurError("Tanggal tutup mendahului tanggal buka.")
    satker = lock_many(satu.pk for satu in daftar_satker)
    if not satker:
        raise AlurError("Pilih paling sedikit satu satuan kerja.")
    sudah = sorted(
        Penilaian.objects.filter(tahun=tahun, satker__in=satker).values_list(
            "satker__kode", flat=True
        )
    )
    if sudah:
        lain = f" dan {len(sudah) - 5} lainnya" if len(sudah) > 5 else ""
        raise AlurError(f"LKE {tahun} sudah dibuka untuk {', '.join(sudah[:5])}{lain}.")
    contoh = Penilaian(
        tahun=tahun,
        target=target,
        versi=versi,
        status=Status.PENGISIAN,
        buka_pada=buka_pada,
        tutup_pada=tutup_pada,
        dibuka_pada=timezone.now(),
        dibuka_oleh=by,
    )
    daftar = _copy_penilaian(contoh, satker)
    terpakai = get_terpakai(versi)
    _copy_rekap(contoh, satker, terpakai)
    _copy_area(contoh, satker, terpakai)
    Riwayat.record_all(
        SQL_OBJEK.format(tahun=int(tahun), satker=_in(satker)),
        len(daftar),
        "LKE dibuka",
        by=by,
        sesudah={
            "tahun": tahun,
            "target": target,
            "instrumen": str(versi),
            "buka_pada": buka_pada,
            "tutup_pada": tutup_pada,
        },
    )
    return daftar


# --- rows made by the database ------------------------------------------------------------------
def _prepare(baris, tanpa: set[str]) -> tuple[list[str], list]:
    """Columns and database values of an unsaved row, but those named."""
    kolom, nilai = [], []
    for satu in baris._meta.concrete_fields:
        if satu.column not in tanpa:
            kolom.append(connection.ops.quote_name(satu.column))
            nilai.append(satu.get_db_prep_save(getattr(baris, satu.attname), connection=connection))
    return kolom, nilai


def _run(tabel, kolom, pilihan, sumber, nilai) -> list[tuple]:
    """Returns what the statement gives back, if it was asked to."""
    sql = f"INSERT INTO {tabel} ({', '.join(kolom)}) SELECT {', '.join(pilihan)} FROM {sumber}"  # noqa: S608  # nosec B608
    with connection.cursor() as kursor:
        kursor.execute(sql, nilai)
        return kursor.fetchall() if kursor.description else []


def _in(satker) -> str:
    return ", ".join(str(int(kunci)) for kunci in satker)


def _copy_penilaian(contoh: Penilaian, satker) -> list[Penilaian]:
    """As they stand in the database now, in the order of the units' codes."""
    kolom, nilai = _prepare(contoh, {"id", "satker_id"})
    baris = _run(
        "penilaian_penilaian",
        ["satker_id", *kolom],
        ["s.id", *["%s"] * len(kolom)],
        f"satker_satuankerja s WHERE s.id IN ({_in(satker)}) ORDER BY s.kode RETURNING id, satker_id",
        nilai,
    )
    medan = [satu.attname for satu in contoh._meta.concrete_fields]
    isi = {nama: getattr(contoh, nama) for nama in medan}
    daftar = []
    for kunci, satker_id in sorted(baris, key=lambda satu: satker[satu[1]].kode):
        isi |= {"id": kunci, "satker_id": satker_id}
        satu = Penilaian.from_db(connection.alias, medan, isi.values())
        satu.satker, satu.versi = satker[satker_id], contoh.versi
        daftar.append(satu)
    return daftar


def _copy_rekap(contoh: Penilaian, satker, terpakai: InstrumenTerpakai) -> None:
    """All scores of an empty LKE are the same."""
    kosong = Rekap(lapis_id=LAPIS_SATKER, tahun=contoh.tahun)
    rekap.fill(kosong, terpakai, {}, contoh.target)
    kolom, nilai = _prepare(kosong, {"id", "penilaian_id"})
    _run(
        "penilaian_rekap",
        ["penilaian_id", *kolom],
        ["p.id", *["%s"] * len(kolom)],
        f"penilaian_penilaian p WHERE p.tahun = {int(contoh.tahun)} "
        f"AND p.satker_id IN ({_in(satker)})",
        nilai,
    )


def _copy_area(contoh: Penilaian, satker, terpakai: InstrumenTerpakai) -> None:
    daftar_area = [area.kode for area in terpakai.isi.daftar_area]
    nilai_area = " UNION ALL ".join(["SELECT %s AS kode"] * len(daftar_area))
    _run(
        AreaPenilaian._meta.db_table,
        ["penilaian_id", "area"],
        ["p.id", "a.kode"],
        f"penilaian_penilaian p CROSS JOIN ({nilai_area}) a "
        f"WHERE p.tahun = {int(contoh.tahun)} AND p.satker_id IN ({_in(satker)})",
        daftar_area,
    )
