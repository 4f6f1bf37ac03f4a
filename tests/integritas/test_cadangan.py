"""Backup and restore: a round trip on this database, and from SQLite into this database."""

import datetime
import hashlib
import json
import os
import stat
import time

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from integritas import cadangan
from integritas.alur import AlurError

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def isi(settings, tmp_path):
    """Facts, a person, history, two uploaded files."""
    settings.MEDIA_ROOT = tmp_path / "berkas-hidup"
    call_command("load_fakta")
    pengguna = get_user_model().objects.create(email="sari@contoh.id")
    pengguna.last_login = datetime.datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=datetime.UTC)
    pengguna.save(update_fields=["last_login"])
    Riwayat = apps.get_model("satker.Riwayat")
    satker = apps.get_model("satker.SatuanKerja").objects.order_by("kode").first()
    Riwayat.record(satker, "uji", by=pengguna, sesudah={"nama": "Kantor “Baru” \N{SNOWMAN}\n"})
    default_storage.save("sk/2021/a.pdf", ContentFile(b"%PDF-1.7 uji"))
    default_storage.save("b.bin", ContentFile(bytes(range(256)) * 5000))


def empty(settings, tmp_path, nama="berkas-baru"):
    """This database as a fresh `migrate` leaves it, with an empty folder for files."""
    call_command("flush", interactive=False, verbosity=0)
    settings.MEDIA_ROOT = tmp_path / nama


def test_a_round_trip_brings_back_every_row_and_file(isi, settings, tmp_path):
    asal = cadangan.backup(tmp_path / "satu")
    empty(settings, tmp_path)

    cadangan.restore(tmp_path / "satu")

    kembali = cadangan.backup(tmp_path / "dua")
    assert kembali["tabel"] == asal["tabel"]
    assert kembali["berkas"] == asal["berkas"]
    jumlah = {satu["nama"]: satu["jumlah"] for satu in asal["tabel"]}
    assert jumlah["satker_pengguna"] == 1
    assert jumlah["satker_satuankerja"] > 100
    assert jumlah["satker_riwayat"] > 0
    assert [satu["jalur"] for satu in asal["berkas"]] == ["b.bin", "sk/2021/a.pdf"]


def test_new_rows_after_a_restore_get_numbers_of_their_own(isi, settings, tmp_path):
    cadangan.backup(tmp_path / "satu")
    terbesar = get_user_model().objects.latest("pk").pk
    empty(settings, tmp_path)
    cadangan.restore(tmp_path / "satu")

    baru = get_user_model().objects.create(email="budi@contoh.id")

    assert baru.pk > terbesar


def test_the_append_only_guard_still_stands_after_a_restore(isi, settings, tmp_path):
    from django.db import DatabaseError, transaction

    cadangan.backup(tmp_path / "satu")
    empty(settings, tmp_path)
    cadangan.restore(tmp_path / "satu")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as kursor:
        kursor.execute("UPDATE satker_riwayat SET kejadian = 'lain'")


def test_a_backup_of_sqlite_is_restored_into_this_database(manage, settings, tmp_path):
    """In the PostgreSQL run this is the move from one computer to a server."""
    for perintah in (["migrate", "-v0"], ["load_fakta"], ["backup", tmp_path / "satu"]):
        hasil = manage(*perintah)
        assert hasil.returncode == 0, hasil.stderr
    empty(settings, tmp_path)

    call_command("restore", tmp_path / "satu")

    asal = json.loads((tmp_path / "satu" / "manifest.json").read_text())
    kembali = cadangan.backup(tmp_path / "dua")
    assert asal["basis_data"] == "sqlite"
    assert kembali["basis_data"] == connection.vendor
    assert kembali["tabel"] == asal["tabel"]


def test_the_commands_work_on_a_new_folder_with_nothing_set_up(manage, tmp_path):
    for perintah in (["migrate", "-v0"], ["load_fakta"], ["backup", tmp_path / "satu"]):
        assert manage(*perintah).returncode == 0

    hasil = manage("restore", tmp_path / "satu", INTEGRITAS_VAR=tmp_path / "lain")

    assert (hasil.returncode, hasil.stderr) == (0, "")
    assert hasil.stdout.startswith("Kembali: ")


def test_nobody_else_reads_a_backup(isi, tmp_path):
    (tmp_path / "satu").mkdir(mode=0o755)

    cadangan.backup(tmp_path / "satu")

    assert stat.S_IMODE((tmp_path / "satu").stat().st_mode) == 0o700
    for jalur in (tmp_path / "satu").rglob("*.*"):
        assert stat.S_IMODE(jalur.stat().st_mode) == 0o600, jalur


def test_a_file_that_arrives_during_the_backup_waits_for_the_next(isi, settings, tmp_path):
    baru = settings.MEDIA_ROOT / "b.bin"
    os.utime(baru, (time.time() + 60, time.time() + 60))

    manifest = cadangan.backup(tmp_path / "satu")

    assert [satu["jalur"] for satu in manifest["berkas"]] == ["sk/2021/a.pdf"]


def test_files_in_s3_are_part_of_a_backup_and_come_back(di_s3, settings, tmp_path):
    default_storage.save("sk/2021/a.pdf", ContentFile(b"%PDF-1.7 uji"))
    default_storage.save("b.bin", ContentFile(bytes(range(256)) * 5000))
    asal = cadangan.backup(tmp_path / "satu")
    assert [satu["jalur"] for satu in asal["berkas"]] == ["b.bin", "sk/2021/a.pdf"]

    with pytest.raises(AlurError, match="sudah berisi"):
        cadangan.restore(tmp_path / "satu")
    for jalur in ("sk/2021/a.pdf", "b.bin"):
        default_storage.delete(jalur)
    cadangan.restore(tmp_path / "satu")

    assert cadangan.backup(tmp_path / "dua")["berkas"] == asal["berkas"]


def test_a_file_that_is_still_being_written_is_not_backed_up(isi, settings, tmp_path):
    (settings.MEDIA_ROOT / "sk" / ".setengah").write_bytes(b"x")

    manifest = cadangan.backup(tmp_path / "satu")

    assert [satu["jalur"] for satu in manifest["berkas"]] == ["b.bin", "sk/2021/a.pdf"]


def test_restore_proves_the_history_before_it_keeps_anything(isi, settings, tmp_path):
    cadangan.backup(tmp_path / "satu")
    berkas = tmp_path / "satu" / "tabel" / "satker_riwayat.jsonl"
    baris = berkas.read_text().splitlines(keepends=True)
    berkas.write_text("".join(baris[:-1]))
    manifest = json.loads((tmp_path / "satu" / "manifest.json").read_text())
    for satu in manifest["tabel"]:
        if satu["nama"] == "satker_riwayat":
            satu["sha256"] = hashlib.sha256(berkas.read_bytes()).hexdigest()
    change(tmp_path / "satu", "tabel", manifest["tabel"])
    empty(settings, tmp_path)
    sebelum = count_all()

    with pytest.raises(CommandError, match="Riwayat tidak utuh"):
        call_command("restore", tmp_path / "satu")

    assert count_all() == sebelum
    assert list(cadangan.walk_storage()) == []


def test_sessions_stay_out_of_a_backup(isi, tmp_path, client_for):
    client_for(get_user_model().objects.get())

    manifest = cadangan.backup(tmp_path / "satu")

    assert "django_session" not in {satu["nama"] for satu in manifest["tabel"]}


def count_all():
    return {model._meta.label: model._base_manager.count() for model in cadangan.sort_models()}


def test_restore_refuses_an_installation_that_holds_something(isi, tmp_path):
    cadangan.backup(tmp_path / "satu")
    sebelum = count_all()

    with pytest.raises(CommandError, match="sudah berisi"):
        call_command("restore", tmp_path / "satu")

    assert count_all() == sebelum


def test_backup_refuses_a_folder_that_holds_something(isi, tmp_path):
    (tmp_path / "satu").mkdir()
    (tmp_path / "satu" / "catatan.txt").write_text("jangan hilang")

    with pytest.raises(CommandError, match="tidak kosong"):
        call_command("backup", tmp_path / "satu")

    assert [b.name for b in (tmp_path / "satu").iterdir()] == ["catatan.txt"]


@pytest.mark.parametrize(
    ("rusak", "pesan"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "manifest.json tidak ada"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "manifest.json rusak"),
        (lambda folder: (folder / "berkas" / "b.bin").write_bytes(b""), "tidak sama"),
        (lambda folder: (folder / "berkas" / "b.bin").unlink(), "tidak ada"),
        (lambda folder: add_line(folder / "tabel" / "satker_pengguna.jsonl"), "tidak sama"),
        (lambda folder: change(folder, "format", 9), "tidak dikenal"),
        (lambda folder: change(folder, "migrasi", []), "versi lain"),
        (lambda folder: change(folder, "tabel", []), "versi lain"),
    ],
)
def test_a_damaged_or_foreign_backup_writes_nothing(isi, settings, tmp_path, rusak, pesan):
    cadangan.backup(tmp_path / "satu")
    empty(settings, tmp_path)
    sebelum = count_all()
    rusak(tmp_path / "satu")

    with pytest.raises(CommandError, match=pesan):
        call_command("restore", tmp_path / "satu")

    assert count_all() == sebelum
    assert not (tmp_path / "berkas-baru").exists()


def add_line(berkas):
    berkas.write_text(berkas.read_text() * 2)


def change(folder, kunci, nilai):
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest[kunci] = nilai
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_a_failure_half_way_leaves_neither_rows_nor_files(isi, settings, tmp_path, monkeypatch):
    cadangan.backup(tmp_path / "satu")
    empty(settings, tmp_path)
    sebelum = count_all()
    simpan = default_storage.save

    def fail_at_the_second(jalur, berkas):
        if jalur != "b.bin":
            raise OSError("disk penuh")
        return simpan(jalur, berkas)

    monkeypatch.setattr(default_storage._wrapped, "save", fail_at_the_second, raising=False)
    with pytest.raises(OSError, match="disk penuh"):
        cadangan.restore(tmp_path / "satu")

    assert count_all() == sebelum
    assert list(cadangan.walk_storage()) == []
