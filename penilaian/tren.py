"""Counts on several days in one pass over positions and timelines.

Written as SQL: as conditional aggregates of the ORM it took Django longer to build the statement
than the database to answer it. Every row is put between the days it stands on (`_first`, `_last`),
the database counts equal rows, and what is left to add up is a few hundred numbers at any size.
"""

import datetime

from django.db import connection

from satker.models import KantorWilayah

NILAI = ("WBK", "WBBM", "TANPA", "")


def count_tren(
    daftar_tanggal: list[datetime.date], kanwil: KantorWilayah | None
) -> list[tuple[int, int, int, int]]:
    """Units with WBK, WBBM, without, and all, on each of the days. See also hitung.list_kedudukan."""
    jumlah = len(daftar_tanggal)
    hasil = [dict.fromkeys(NILAI, 0) for _ in daftar_tanggal]
    for nilai, dari, sampai, masa_dari, masa_sampai, banyak in _read(daftar_tanggal, kanwil):
        for nomor in range(max(dari, masa_dari), min(sampai, masa_sampai, jumlah)):
            hasil[nomor][nilai] += banyak
    return [tuple(satu[nilai] for nilai in NILAI) for satu in hasil]  # type: ignore[misc]


def _read(daftar_tanggal, kanwil) -> list[tuple]:
    """Rows counted by value and by the days between which position and timeline stand."""
    hari = [connection.ops.adapt_datefield_value(satu) for satu in sorted(daftar_tanggal)]
    assert sorted(daftar_tanggal) == list(daftar_tanggal), "days go forward"
    banyak = len(hari)
    posisi = f"{_first('k.berlaku_dari', banyak)} AS kd, {_last('k.berlaku_sampai', banyak)} AS ks"
    masa = f"{_first('m.dari', banyak)} AS md, {_last('m.sampai', banyak)} AS ms"
    if kanwil is None:
        syarat, milik = "NOT s.contoh", []
    else:
        syarat, milik = "k.kanwil_id = %s", [kanwil.pk]
    dasar = (
        "FROM satker_kedudukansatker k JOIN satker_satuankerja s "
        f"ON s.id = k.satker_id AND {syarat}"
    )
    # Only column names and our own numbers are written into the text.
    sql = (
        f"SELECT nilai, kd, ks, md, ms, COUNT(*) FROM (SELECT m.nilai, {posisi}, {masa} {dasar} "  # noqa: S608  # nosec B608
        "JOIN penilaian_masapredikat m ON m.satker_id = k.satker_id) dikenal "
        "GROUP BY nilai, kd, ks, md, ms "
        f"UNION ALL SELECT '', kd, ks, 0, {banyak}, COUNT(*) FROM (SELECT {posisi} {dasar}) semua "
        "GROUP BY kd, ks"
    )
    batas = [*hari, *reversed(hari)]
    with connection.cursor() as kursor:
        kursor.execute(sql, [*batas, *batas, *milik, *batas, *milik])
        return kursor.fetchall()


def _first(kolom: str, banyak: int) -> str:
    """The number of the first of the days (ascending) on which a row beginning there stands."""
    pilihan = " ".join(f"WHEN {kolom} <= %s THEN {nomor}" for nomor in range(banyak))
    return f"CASE WHEN {kolom} IS NULL THEN 0 {pilihan} ELSE {banyak} END"


def _last(kolom: str, banyak: int) -> str:
    """How many of the days (descending) a row ending there still sees."""
    pilihan = " ".join(f"WHEN {kolom} > %s THEN {nomor}" for nomor in range(banyak, 0, -1))
    return f"CASE WHEN {kolom} IS NULL THEN {banyak} {pilihan} ELSE 0 END"
