"""Rows read and written by plain SQL, where the ORM takes longer to build a statement than the
database to carry it out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection, models


@dataclass(frozen=True)
class Pernyataan:
    """A queryset of `values()` as written once: its statement may be asked again and again."""

    sql: str
    isi: tuple
    nama: tuple[str, ...]
    ubah: tuple[tuple[int, list[Callable], Any], ...]

    def read(self) -> list[dict[str, Any]]:
        return [dict(zip(self.nama, baris, strict=True)) for baris in self.read_baris()]

    def read_baris(self) -> Sequence[Sequence[Any]]:
        """The same without names, in the order of `values()`: a third of the time."""
        with connection.cursor() as kursor:
            kursor.execute(self.sql, self.isi)
            asli = kursor.fetchall()
        if not self.ubah:
            return asli
        hasil = [list(baris) for baris in asli]
        for nomor, daftar, kolom in self.ubah:
            for baris in hasil:
                for ubah in daftar:
                    baris[nomor] = ubah(baris[nomor], kolom, connection)
        return hasil


def write_query(queryset: models.QuerySet) -> Pernyataan:
    """Whoever keeps it keeps it under everything that the queryset depends on."""
    kompiler = queryset.query.get_compiler(connection=connection)
    sql, isi = kompiler.as_sql()
    ubah = kompiler.get_converters([kolom for kolom, _, _ in kompiler.select])
    return Pernyataan(
        sql,
        tuple(isi),
        tuple(queryset.query.selected or ()),
        tuple((nomor, daftar, kolom) for nomor, (daftar, kolom) in ubah.items()),
    )


def update_row(
    baris: models.Model,
    kolom: Sequence[str],
    kunci: Sequence[str] = ("id",),
    *,
    syarat: str = "",
    isi_syarat: Sequence[Any] = (),
) -> bool:
    """Write these columns of the row that the key columns name, while the condition `syarat` holds;
    False when there is none.

    All by their names in the table. See also `Model.save(update_fields=…)`, which does the same."""
    sql, daftar_medan = _build(type(baris), tuple(kolom), tuple(kunci), syarat)
    isi = [
        medan.get_db_prep_save(getattr(baris, medan.attname), connection) for medan in daftar_medan
    ]
    with connection.cursor() as kursor:
        kursor.execute(sql, [*isi, *isi_syarat])
        return kursor.rowcount == 1


@lru_cache(maxsize=256)
def _build(model: type[models.Model], kolom: tuple[str, ...], kunci: tuple[str, ...], lagi: str):
    medan = {satu.column: satu for satu in model._meta.concrete_fields}
    ubah = ", ".join(f'"{satu}" = %s' for satu in kolom)
    syarat = " AND ".join([*(f'"{satu}" = %s' for satu in kunci), *([lagi] if lagi else [])])
    sql = f'UPDATE "{model._meta.db_table}" SET {ubah} WHERE {syarat}'  # noqa: S608  # nosec B608
    return sql, [medan[satu] for satu in (*kolom, *kunci)]
