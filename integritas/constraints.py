"""Rules the database itself keeps, in one spelling for PostgreSQL and SQLite.

Django rebuilds a SQLite table when a column changes and drops its triggers on the way, so a
migration that alters a guarded table repeats the guard at its end;
`tests/integritas/test_constraints.py` looks for every guard in the migrated database.
"""

from functools import reduce
from operator import or_

from django.db.migrations.operations.base import Operation
from django.db.models import CheckConstraint, Q

POSTGRESQL = "postgresql"


def both_or_neither(satu: str, dua: str, nama: str) -> CheckConstraint:
    """Two nullable columns that are filled together or not at all."""
    kosong = Q(**{f"{satu}__isnull": True, f"{dua}__isnull": True})
    terisi = Q(**{f"{satu}__isnull": False, f"{dua}__isnull": False})
    return CheckConstraint(condition=kosong | terisi, name=nama)


def exactly_one(*kolom: str, nama: str) -> CheckConstraint:
    """Of several nullable columns just one is filled."""
    pilihan = [Q(**{f"{satu}__isnull": satu != terisi for satu in kolom}) for terisi in kolom]
    return CheckConstraint(condition=reduce(or_, pilihan), name=nama)


class Guard(Operation):
    """A rule made of vendor SQL; subclasses give the statements."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label, state):
        """The models do not change."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for perintah in self.list_create(schema_editor.connection.vendor):
            schema_editor.execute(perintah)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for perintah in self.list_drop(schema_editor.connection.vendor):
            schema_editor.execute(perintah)

    def list_create(self, vendor: str) -> list[str]:
        raise NotImplementedError

    def list_drop(self, vendor: str) -> list[str]:
        raise NotImplementedError


class NoOverlap(Guard):
    """No two rows with one key share a day of `[dari, sampai)`; an empty end is open.

    `where` limits the rule to some rows (SQL over the row's own columns, written with `{row}.`).
    """

    def __init__(self, nama, tabel, kunci, dari="berlaku_dari", sampai="berlaku_sampai", where=""):
        self.nama, self.tabel, self.kunci = nama, tabel, kunci
        self.dari, self.sampai, self.where = dari, sampai, where

    def deconstruct(self):
        isi = [self.nama, self.tabel, self.kunci, self.dari, self.sampai, self.where]
        return (self.__class__.__name__, isi, {})

    def describe(self):
        return f"No overlap in time in {self.tabel} per {self.kunci}"

    def list_create(self, vendor):
        if vendor == POSTGRESQL:
            where = f" WHERE ({self.where.replace('{row}.', '')})" if self.where else ""
            return [
                f"ALTER TABLE {self.tabel} ADD CONSTRAINT {self.nama} EXCLUDE USING gist ("
                f"int8range({self.kunci}, {self.kunci}, '[]') WITH &&, "
                f"daterange({self.dari}, {self.sampai}, '[)') WITH &&){where}"
            ]
        lama = f" AND {self.where.replace('{row}', 'lama')}" if self.where else ""
        baru = f" AND {self.where.replace('{row}', 'NEW')}" if self.where else ""
        # Text dates compare as dates; the outer bounds stand for an open side.
        syarat = (
            f"SELECT 1 FROM {self.tabel} AS lama WHERE lama.{self.kunci} = NEW.{self.kunci} "  # nosec B608
            f"AND lama.id IS NOT NEW.id "
            f"AND COALESCE(lama.{self.dari}, '0000') < COALESCE(NEW.{self.sampai}, '9999') "
            f"AND COALESCE(NEW.{self.dari}, '0000') < COALESCE(lama.{self.sampai}, '9999')"
            f"{lama}{baru}"
        )
        return [
            f"CREATE TRIGGER {self.nama}_{saat.lower()} BEFORE {saat} ON {self.tabel} "
            f"WHEN EXISTS ({syarat}) BEGIN SELECT RAISE(ABORT, '{self.nama}'); END"
            for saat in ("INSERT", "UPDATE")
        ]

    def list_drop(self, vendor):
        if vendor == POSTGRESQL:
            return [f"ALTER TABLE {self.tabel} DROP CONSTRAINT {self.nama}"]
        return [f"DROP TRIGGER {self.nama}_{saat}" for saat in ("insert", "update")]


class AppendOnly(Guard):
    """Rows are added and never changed or removed, whoever asks."""

    def __init__(self, nama, tabel):
        self.nama, self.tabel = nama, tabel

    def deconstruct(self):
        return (self.__class__.__name__, [self.nama, self.tabel], {})

    def describe(self):
        return f"{self.tabel} is append-only"

    def list_create(self, vendor):
        if vendor == POSTGRESQL:
            return [
                f"CREATE FUNCTION {self.nama}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION '{self.nama}' USING ERRCODE = 'integrity_constraint_violation'; "
                f"END $$",
                f"CREATE TRIGGER {self.nama}_baris BEFORE UPDATE OR DELETE ON {self.tabel} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.nama}()",
                f"CREATE TRIGGER {self.nama}_tabel BEFORE TRUNCATE ON {self.tabel} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {self.nama}()",
            ]
        return [
            f"CREATE TRIGGER {self.nama}_{saat.lower()} BEFORE {saat} ON {self.tabel} "
            f"BEGIN SELECT RAISE(ABORT, '{self.nama}'); END"
            for saat in ("UPDATE", "DELETE")
        ]

    def list_drop(self, vendor):
        if vendor == POSTGRESQL:
            return [
                f"DROP TRIGGER {self.nama}_baris ON {self.tabel}",
                f"DROP TRIGGER {self.nama}_tabel ON {self.tabel}",
                f"DROP FUNCTION {self.nama}()",
            ]
        return [f"DROP TRIGGER {self.nama}_{saat}" for saat in ("update", "delete")]


class DatesInOrder(Guard):
    """A row of a dated sequence is never dated before an earlier row of the same key, nor after a
    later one.

    Rows are ordered by id; `where` leaves rows out (cancelled ones).
    """

    def __init__(self, nama, tabel, kunci, tanggal, where=""):
        self.nama, self.tabel, self.kunci, self.tanggal = nama, tabel, kunci, tanggal
        self.where = where

    def deconstruct(self):
        isi = [self.nama, self.tabel, self.kunci, self.tanggal, self.where]
        return (self.__class__.__name__, isi, {})

    def describe(self):
        return f"Dates of {self.tabel} are in order per {self.kunci}"

    def _condition(self, before: str, after: str) -> str:
        lama = f" AND {self.where.replace('{row}', 'lama')}" if self.where else ""
        baru = f" AND {self.where.replace('{row}', 'NEW')}" if self.where else ""
        return (
            f"EXISTS (SELECT 1 FROM {self.tabel} AS lama WHERE lama.{self.kunci} = NEW.{self.kunci}"  # nosec B608
            f" AND (({before} AND lama.{self.tanggal} > NEW.{self.tanggal})"
            f" OR ({after} AND lama.{self.tanggal} < NEW.{self.tanggal})){lama}{baru})"
        )

    def list_create(self, vendor):
        urut = self._condition("lama.id < NEW.id", "lama.id > NEW.id")
        if vendor == POSTGRESQL:
            return [
                f"CREATE FUNCTION {self.nama}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {urut} THEN "
                f"RAISE EXCEPTION '{self.nama}' USING ERRCODE = 'integrity_constraint_violation'; "
                f"END IF; RETURN NEW; END $$",
                f"CREATE TRIGGER {self.nama} BEFORE INSERT OR UPDATE ON {self.tabel} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.nama}()",
            ]
        # An inserted row has no id yet on SQLite: every stored row is older.
        baru = self._condition("1", "0")
        return [
            f"CREATE TRIGGER {self.nama}_{saat.lower()} BEFORE {saat} ON {self.tabel} "
            f"WHEN {syarat} BEGIN SELECT RAISE(ABORT, '{self.nama}'); END"
            for saat, syarat in (("INSERT", baru), ("UPDATE", urut))
        ]

    def list_drop(self, vendor):
        if vendor == POSTGRESQL:
            return [
                f"DROP TRIGGER {self.nama} ON {self.tabel}",
                f"DROP FUNCTION {self.nama}()",
            ]
        return [f"DROP TRIGGER {self.nama}_{saat}" for saat in ("insert", "update")]


class Frozen(Guard):
    """Columns of a row keep what they were given; its other columns may change."""

    def __init__(self, nama, tabel, *kolom):
        self.nama, self.tabel, self.kolom = nama, tabel, kolom

    def deconstruct(self):
        return (self.__class__.__name__, [self.nama, self.tabel, *self.kolom], {})

    def describe(self):
        return f"{', '.join(self.kolom)} of {self.tabel} never change"

    def list_create(self, vendor):
        saat = f"BEFORE UPDATE OF {', '.join(self.kolom)} ON {self.tabel}"
        if vendor == POSTGRESQL:
            syarat = " OR ".join(f"NEW.{satu} IS DISTINCT FROM OLD.{satu}" for satu in self.kolom)
            return [
                f"CREATE FUNCTION {self.nama}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION '{self.nama}' USING ERRCODE = 'integrity_constraint_violation'; "
                f"END $$",
                f"CREATE TRIGGER {self.nama} {saat} "
                f"FOR EACH ROW WHEN ({syarat}) EXECUTE FUNCTION {self.nama}()",
            ]
        syarat = " OR ".join(f"NEW.{satu} IS NOT OLD.{satu}" for satu in self.kolom)
        return [
            f"CREATE TRIGGER {self.nama} {saat} WHEN {syarat} "
            f"BEGIN SELECT RAISE(ABORT, '{self.nama}'); END"
        ]

    def list_drop(self, vendor):
        if vendor == POSTGRESQL:
            return [
                f"DROP TRIGGER {self.nama} ON {self.tabel}",
                f"DROP FUNCTION {self.nama}()",
            ]
        return [f"DROP TRIGGER {self.nama}"]


class SortPlainly(Guard):
    """A text column sorts by its bytes, as SQLite does, whatever the language of the database.

    The rules of a language leave blanks and hyphens out, and cost fifty times as much.
    """

    def __init__(self, tabel, kolom, tipe):
        self.tabel, self.kolom, self.tipe = tabel, kolom, tipe

    def deconstruct(self):
        return (self.__class__.__name__, [self.tabel, self.kolom, self.tipe], {})

    def describe(self):
        return f"{self.tabel}.{self.kolom} sorts by its bytes"

    def _build(self, vendor, urutan):
        if vendor != POSTGRESQL:
            return []
        return [
            f'ALTER TABLE {self.tabel} ALTER COLUMN {self.kolom} TYPE {self.tipe} COLLATE "{urutan}"'
        ]

    def list_create(self, vendor):
        return self._build(vendor, "C")

    def list_drop(self, vendor):
        return self._build(vendor, "default")
