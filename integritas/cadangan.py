"""Backup and restore that do not care which database is underneath.

A backup is a folder: `manifest.json`, one file of JSON lines per table (`tabel/`), and the uploaded
files (`berkas/`). The manifest holds counts and SHA-256 sums; a restore checks all of them before it
writes anything. Sessions are left out: nobody is signed in by a restore.
"""

import base64
import datetime
import hashlib
import io
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from graphlib import TopologicalSorter
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.duration import duration_string

from integritas.alur import AlurError

FORMAT = 1
TIDAK_IKUT = {"sessions.Session"}
# `migrate` fills these by itself, children first; a restore puts the backup's rows in their place.
DIISI_MIGRATE = ("auth.Permission", "contenttypes.ContentType")
POTONGAN = 1024 * 1024


def sort_models() -> list[type[models.Model]]:
    """Every table of ours, each after those it cannot do without."""
    daftar = {
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in TIDAK_IKUT
    }
    urutan: TopologicalSorter = TopologicalSorter()
    for model in sorted(daftar, key=lambda model: model._meta.db_table):
        wajib = {
            tujuan._meta.concrete_model
            for field in model._meta.local_concrete_fields
            if (tujuan := field.related_model) and not field.null
        }
        perlu = [lain for lain in daftar if lain in wajib and lain is not model]
        urutan.add(model, *sorted(perlu, key=lambda lain: lain._meta.db_table))
    return list(urutan.static_order())


def get_fields(model) -> list[models.Field]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def encode(nilai):
    """JSON's own kinds stay; the others become text that the field reads back without loss."""
    if isinstance(nilai, datetime.datetime | datetime.date | datetime.time):
        return nilai.isoformat()
    if isinstance(nilai, datetime.timedelta):
        return duration_string(nilai)
    if isinstance(nilai, Decimal | uuid.UUID):
        return str(nilai)
    if isinstance(nilai, bytes | memoryview):
        return base64.b64encode(bytes(nilai)).decode("ascii")
    return nilai


def decode(field: models.Field, nilai):
    if nilai is None or isinstance(field, models.JSONField):
        return nilai
    # A key holds what the row it points at holds: an integer, a code, a UUID.
    return getattr(field, "target_field", field).to_python(nilai)


@contextmanager
def snapshot() -> Iterator[None]:
    """One state of all tables, without stopping those who write meanwhile."""
    koneksi: Any = connection
    sqlite = koneksi.vendor == "sqlite"
    if sqlite:
        koneksi.ensure_connection()
        semula, koneksi.transaction_mode = koneksi.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic(durable=True):
            if not sqlite:
                with koneksi.cursor() as kursor:
                    kursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if sqlite:
            koneksi.transaction_mode = semula


# --- backup ---------------------------------------------------------------------------------------


def backup(folder: Path) -> dict:
    """Write everything into `folder`; the manifest comes last, so half a backup has none."""
    if folder.exists() and any(folder.iterdir()):
        raise AlurError(f"Folder {folder} tidak kosong; pilih folder baru.")
    for bagian in (folder, folder / "tabel", folder / "berkas"):
        bagian.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with snapshot():
        migrasi = read_migrasi()
        dipotret_pada = timezone.now()
        daftar_tabel = [write_tabel(model, folder) for model in sort_models()]
    # A file is stored before its row: what came after the snapshot belongs to none of these rows.
    daftar_berkas = [
        write_berkas(jalur, folder)
        for jalur in walk_storage()
        if default_storage.get_modified_time(jalur) <= dipotret_pada
    ]
    manifest = {
        "format": FORMAT,
        "versi": settings.VERSI,
        "dibuat_pada": timezone.now().isoformat(timespec="seconds"),
        "basis_data": connection.vendor,
        "migrasi": migrasi,
        "tabel": daftar_tabel,
        "berkas": daftar_berkas,
    }
    with open_private(folder / "manifest.json") as keluaran:
        keluaran.write(json.dumps(manifest, indent=1, ensure_ascii=False).encode())
    return manifest


def open_private(berkas: Path):
    """A backup holds personal data: only its owner reads it."""
    return os.fdopen(os.open(berkas, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def read_migrasi() -> list[str]:
    return sorted(".".join(nama) for nama in MigrationRecorder(connection).applied_migrations())


def write_tabel(model, folder: Path) -> dict:
    fields = get_fields(model)
    kolom = [field.attname for field in fields]
    nama = model._meta.db_table
    jumlah, cap = 0, hashlib.sha256()
    with open_private(folder / "tabel" / f"{nama}.jsonl") as keluaran:
        daftar = model._base_manager.order_by("pk").values_list(*kolom)
        for nilai in daftar.iterator(chunk_size=2000):
            teks = json.dumps([encode(satu) for satu in nilai], ensure_ascii=False, sort_keys=True)
            baris = teks.encode() + b"\n"
            keluaran.write(baris)
            cap.update(baris)
            jumlah += 1
    return {"nama": nama, "kolom": kolom, "jumlah": jumlah, "sha256": cap.hexdigest()}


def walk_storage(folder: str = "") -> Iterator[str]:
    """Every uploaded file, wherever the storage keeps it."""
    try:
        daftar_folder, daftar_berkas = default_storage.listdir(folder)
    except FileNotFoundError:
        # Nothing was ever stored. (A store in S3 knows no folders and lists nothing.)
        return
    for nama in sorted(daftar_berkas):
        # A name with a point in front is a file that is still being written.
        if not nama.startswith("."):
            yield f"{folder}{nama}"
    for nama in sorted(daftar_folder):
        yield from walk_storage(f"{folder}{nama}/")


def write_berkas(jalur: str, folder: Path) -> dict:
    tujuan = folder / "berkas" / jalur
    tujuan.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    cap = hashlib.sha256()
    with default_storage.open(jalur) as masukan, open_private(tujuan) as keluaran:
        while potongan := masukan.read(POTONGAN):
            keluaran.write(potongan)
            cap.update(potongan)
    return {"jalur": jalur, "ukuran": tujuan.stat().st_size, "sha256": cap.hexdigest()}


# --- restore --------------------------------------------------------------------------------------


def restore(folder: Path) -> dict:
    """Everything or nothing, into an installation that holds nothing yet."""
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    prepare_database(manifest)
    if any(walk_storage()):
        raise AlurError("Folder berkas sudah berisi; restore hanya ke pemasangan yang kosong.")
    tertulis: list[str] = []
    try:
        with transaction.atomic(durable=True):
            for label in DIISI_MIGRATE:
                daftar = apps.get_model(label)._base_manager.all()
                daftar._raw_delete(daftar.db)
            daftar_model = sort_models()
            for model in daftar_model:
                insert(model, folder)
            with connection.cursor() as kursor:
                for sql in connection.ops.sequence_reset_sql(no_style(), daftar_model):
                    kursor.execute(sql)
            connection.check_constraints()
            ContentType.objects.clear_cache()
            for satu in manifest["berkas"]:
                with (folder / "berkas" / satu["jalur"]).open("rb") as masukan:
                    tertulis.append(default_storage.save(satu["jalur"], masukan))
                assert tertulis[-1] == satu["jalur"]
            # The daily digests among the files are held against the rows too.
            call_command("verify_riwayat", stdout=io.StringIO())
    except BaseException:
        for jalur in tertulis:
            default_storage.delete(jalur)
        raise
    return manifest


def read_manifest(folder: Path) -> dict:
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
    except FileNotFoundError as error:
        raise AlurError(
            f"{folder} bukan cadangan yang lengkap: manifest.json tidak ada."
        ) from error
    except ValueError as error:
        raise AlurError(f"{folder}/manifest.json rusak.") from error
    if manifest.get("format") != FORMAT:
        raise AlurError(f"Bentuk cadangan {manifest.get('format')} tidak dikenal versi ini.")
    return manifest


def check_files(folder: Path, manifest: dict) -> None:
    """Compare each file with its sum, and the tables and columns with ours."""
    for satu in manifest["tabel"]:
        check_sum(folder / "tabel" / f"{satu['nama']}.jsonl", satu["sha256"])
    for satu in manifest["berkas"]:
        jalur = PurePosixPath(satu["jalur"])
        if jalur.is_absolute() or ".." in jalur.parts:
            raise AlurError(f"Jalur berkas tidak sah dalam cadangan: {jalur}")
        check_sum(folder / "berkas" / jalur, satu["sha256"])
    kita = {m._meta.db_table: [f.attname for f in get_fields(m)] for m in sort_models()}
    mereka = {satu["nama"]: satu["kolom"] for satu in manifest["tabel"]}
    if kita != mereka:
        beda = sorted(nama for nama in kita | mereka if kita.get(nama) != mereka.get(nama))
        raise AlurError(
            f"Cadangan dibuat oleh versi lain ({manifest['versi']}); tabel berbeda: "
            f"{', '.join(beda)}. Pasang versi itu, jalankan restore, lalu perbarui."
        )


def check_sum(berkas: Path, sha256: str) -> None:
    try:
        with berkas.open("rb") as masukan:
            cap = hashlib.file_digest(masukan, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise AlurError(f"Cadangan tidak lengkap: {berkas} tidak ada.") from error
    if cap != sha256:
        raise AlurError(f"Cadangan rusak: isi {berkas} tidak sama dengan saat dibuat.")


def prepare_database(manifest: dict) -> None:
    """Make the tables when there are none; refuse when somebody already works here."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if executor.loader.applied_migrations:
            raise AlurError("Basis data belum mutakhir; jalankan migrate dulu.")
        call_command("migrate", interactive=False, verbosity=0)
    if read_migrasi() != manifest["migrasi"]:
        raise AlurError(
            f"Cadangan dibuat oleh versi lain ({manifest['versi']}); pasang versi itu, jalankan "
            "restore, lalu perbarui."
        )
    for model in sort_models():
        if model._meta.label not in DIISI_MIGRATE and model._base_manager.exists():
            raise AlurError(
                f"Basis data sudah berisi (tabel {model._meta.db_table}); restore hanya ke "
                "pemasangan yang kosong."
            )


def insert(model, folder: Path) -> None:
    """As they were: no default, no `auto_now`, no `save()` touches a value."""
    fields = get_fields(model)
    manager = model._base_manager
    with (folder / "tabel" / f"{model._meta.db_table}.jsonl").open(encoding="utf-8") as masukan:
        while baris := list(islice(masukan, 500)):
            daftar = [
                model(
                    **{
                        field.attname: decode(field, nilai)
                        for field, nilai in zip(fields, json.loads(satu), strict=True)
                    }
                )
                for satu in baris
            ]
            banyak = max(1, connection.ops.bulk_batch_size(fields, daftar))
            for awal in range(0, len(daftar), banyak):
                manager._insert(
                    daftar[awal : awal + banyak], fields=fields, using=connection.alias, raw=True
                )
