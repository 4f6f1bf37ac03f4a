"""The proof of the history: every kind of tampering is found, on both databases."""

import datetime
import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from satker import periksa, tasks
from satker.models import Instansi, RantaiRiwayat, Riwayat, SatuanKerja
from satker.models.riwayat import encode
from tests.conftest import triggers_off
from tests.factories import PenggunaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def berkas(settings, tmp_path):
    """A file store of this test's own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }
    return tmp_path


@pytest.fixture
def satker():
    """A unit whose chain has five rows, beside a second chain that stays sound."""
    pengguna = PenggunaFactory()
    satker = SatuanKerja.objects.create(kode="lapas-satu")
    lain = SatuanKerja.objects.create(kode="lapas-dua")
    for nomor in range(1, 6):
        Riwayat.record(
            satker, f"langkah {nomor}", by=pengguna, objek="uji:1", sesudah={"nilai": nomor}
        )
        Riwayat.record(lain, f"langkah {nomor}", by=None)
    return satker


def test_a_line_for_many_is_the_same_as_one_for_each(satker):
    """With a chain that has lines already, and one that begins with it."""
    tiga = SatuanKerja.objects.create(kode="lapas-tiga")
    pengguna, hari = PenggunaFactory(), datetime.date(2026, 1, 2)
    isi = {"teks": 'Ya "betul" – 1%', "sejak": hari, "tahun": 2026}

    Riwayat.record_all(
        "SELECT 'satker:' || kode AS kunci, 'objek:' || id AS objek FROM satker_satuankerja "
        "WHERE kode <> 'lapas-dua'",
        2,
        "dibuka",
        by=pengguna,
        sesudah=isi,
    )

    assert find() == []
    for satu, nomor in ((satker, 6), (tiga, 1)):
        baris = Riwayat.objects.of(satu)[0]
        assert (baris.nomor, baris.kejadian, baris.objek) == (nomor, "dibuka", f"objek:{satu.pk}")
        serupa = Riwayat.record(satu, "dibuka", by=pengguna, objek=baris.objek, sesudah=isi)
        ganti = {"nomor": nomor + 1, "waktu": serupa.isi["waktu"]}
        assert encode(baris.isi | ganti) == serupa.teks
        assert datetime.datetime.fromisoformat(baris.isi["waktu"]) == baris.waktu
    assert Riwayat.objects.filter(kejadian="dibuka").count() == 4
    assert find() == []


def tamper(*daftar_sql):
    """What somebody with the database's password can do: the triggers go, and come back."""
    connection.check_constraints()
    with triggers_off(connection), connection.cursor() as kursor:
        for sql in daftar_sql:
            kursor.execute(sql)
        if connection.vendor == "postgresql":
            # Foreign keys that wait for the commit would hold the triggers off.
            connection.check_constraints()


def find():
    daftar_ikhtisar = [periksa.read_ikhtisar(nama) for nama in periksa.list_ikhtisar()]
    return [str(satu) for satu in periksa.find_rusak(daftar_ikhtisar)]


SATU = "rantai_id = (SELECT id FROM satker_rantairiwayat WHERE kunci = 'satker:lapas-satu')"


def test_a_sound_history_passes(satker, capsys):
    call_command("verify_riwayat")

    assert capsys.readouterr().out == (
        "Riwayat utuh: 2 rantai, diperiksa terhadap 0 ikhtisar harian.\n"
    )


def test_an_empty_history_passes(capsys):
    call_command("verify_riwayat")

    assert "0 rantai" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kolom", "nilai", "nama"),
    [
        ("kejadian", "'lain'", "kejadian"),
        ("objek", "'uji:2'", "objek"),
        ("oleh_id", "NULL", "oleh"),
        ("oleh_id", "987654", "oleh"),
        ("waktu", "'2020-01-01 00:00:00'", "waktu"),
    ],
)
def test_a_changed_column_is_found(satker, kolom, nilai, nama):
    tamper(f"UPDATE satker_riwayat SET {kolom} = {nilai} WHERE {SATU} AND nomor = 3")

    assert find() == [f"satker:lapas-satu nomor 3: kolom {nama} berbeda dari teksnya"]


def test_a_changed_text_is_found(satker):
    tamper(
        "UPDATE satker_riwayat SET teks = REPLACE(teks, '\"nilai\":2', '\"nilai\":9') "
        f"WHERE {SATU} AND nomor = 2"
    )

    assert find() == ["satker:lapas-satu nomor 2: isi tidak sesuai dengan hash-nya"]


def test_a_changed_hash_is_found(satker):
    tamper(f"UPDATE satker_riwayat SET hash = '{'1' * 64}' WHERE {SATU} AND nomor = 2")

    assert find() == ["satker:lapas-satu nomor 2: isi tidak sesuai dengan hash-nya"]


def test_a_text_changed_with_a_hash_that_fits_is_found_at_the_next_row(satker):
    baris = Riwayat.objects.get(rantai__kunci="satker:lapas-satu", nomor=2)
    teks = baris.teks.replace('"nilai":2', '"nilai":9')
    cap = periksa.compute_hash(teks, baris.hash_sebelum)
    tamper(f"UPDATE satker_riwayat SET teks = '{teks}', hash = '{cap}' WHERE id = {baris.pk}")

    assert find() == ["satker:lapas-satu nomor 3: tidak menyambung ke baris sebelumnya"]


def test_a_row_removed_in_the_middle_is_found(satker):
    tamper(f"DELETE FROM satker_riwayat WHERE {SATU} AND nomor = 3")

    assert find() == ["satker:lapas-satu nomor 3: baris hilang; sesudah nomor 2 langsung nomor 4"]


def test_a_row_removed_and_the_rest_renumbered_is_found(satker):
    tamper(
        f"DELETE FROM satker_riwayat WHERE {SATU} AND nomor = 3",
        f"UPDATE satker_riwayat SET nomor = 3 WHERE {SATU} AND nomor = 4",
        f"UPDATE satker_riwayat SET nomor = 4 WHERE {SATU} AND nomor = 5",
    )

    assert find() == ["satker:lapas-satu nomor 3: tidak menyambung ke baris sebelumnya"]


def test_the_first_row_removed_is_found(satker):
    tamper(f"DELETE FROM satker_riwayat WHERE {SATU} AND nomor = 1")

    assert find() == ["satker:lapas-satu nomor 1: baris hilang; sesudah nomor 0 langsung nomor 2"]


def test_the_last_row_removed_is_found(satker):
    tamper(f"DELETE FROM satker_riwayat WHERE {SATU} AND nomor = 5")

    assert find() == ["satker:lapas-satu nomor 5: baris hilang; kepala rantai bernomor 5"]


def test_every_row_removed_is_found(satker):
    tamper(f"DELETE FROM satker_riwayat WHERE {SATU}")

    assert find() == ["satker:lapas-satu nomor 1: baris hilang; kepala rantai bernomor 5"]


def test_a_removed_head_is_found(satker):
    pk = RantaiRiwayat.objects.get(kunci="satker:lapas-satu").pk
    # SQLite asks about a foreign key at commit only, and this test never commits.
    tamper(*drop_foreign_key(), f"DELETE FROM satker_rantairiwayat WHERE id = {pk}")

    assert find() == [f"rantai {pk} nomor 1: kepala rantai hilang"]
    RantaiRiwayat.objects.create(pk=pk, kunci="satker:lapas-satu")


def drop_foreign_key():
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as kursor:
        aturan = connection.introspection.get_constraints(kursor, "satker_riwayat")
    return [
        f"ALTER TABLE satker_riwayat DROP CONSTRAINT {nama}"
        for nama, satu in aturan.items()
        if satu["foreign_key"]
    ]


def test_an_inserted_row_is_found(satker):
    akhir = Riwayat.objects.get(rantai__kunci="satker:lapas-satu", nomor=5)
    teks = akhir.teks.replace('"nomor":5', '"nomor":6')
    cap = periksa.compute_hash(teks, akhir.hash)
    Riwayat.objects.create(
        rantai=akhir.rantai,
        nomor=6,
        waktu=akhir.waktu,
        oleh_id=akhir.oleh_id,
        kejadian=akhir.kejadian,
        objek=akhir.objek,
        teks=teks,
        hash_sebelum=akhir.hash,
        hash=cap,
    )

    assert find() == ["satker:lapas-satu nomor 6: baris tambahan; kepala rantai bernomor 5"]


def test_a_row_inserted_in_the_middle_is_found(satker):
    tamper(
        f"UPDATE satker_riwayat SET nomor = nomor + 100 WHERE {SATU} AND nomor > 2",
        f"UPDATE satker_riwayat SET nomor = nomor - 99 WHERE {SATU} AND nomor > 100",
        "INSERT INTO satker_riwayat (rantai_id, nomor, waktu, oleh_id, kejadian, objek, teks, "
        "hash_sebelum, hash) SELECT rantai_id, 3, waktu, oleh_id, kejadian, objek, teks, "
        f"hash_sebelum, hash FROM satker_riwayat WHERE {SATU} AND nomor = 2",
        "UPDATE satker_rantairiwayat SET nomor = 6 WHERE kunci = 'satker:lapas-satu'",
    )

    assert find() == ["satker:lapas-satu nomor 3: tidak menyambung ke baris sebelumnya"]


def test_swapped_rows_are_found(satker):
    tamper(
        f"UPDATE satker_riwayat SET nomor = 99 WHERE {SATU} AND nomor = 2",
        f"UPDATE satker_riwayat SET nomor = 2 WHERE {SATU} AND nomor = 3",
        f"UPDATE satker_riwayat SET nomor = 3 WHERE {SATU} AND nomor = 99",
    )

    assert find() == ["satker:lapas-satu nomor 2: tidak menyambung ke baris sebelumnya"]


def test_rows_moved_to_another_chain_are_found(satker):
    tamper(
        f"UPDATE satker_riwayat SET nomor = nomor + 50 WHERE NOT ({SATU})",
        "UPDATE satker_riwayat SET rantai_id = (SELECT id FROM satker_rantairiwayat "
        f"WHERE kunci = 'satker:lapas-dua') WHERE {SATU}",
        "UPDATE satker_rantairiwayat SET nomor = 0 WHERE kunci = 'satker:lapas-satu'",
    )

    assert [satu.split(":", 2)[1] for satu in find()] == ["lapas-satu nomor 0", "lapas-dua nomor 1"]


def test_a_head_changed_alone_is_found(satker):
    tamper(f"UPDATE satker_rantairiwayat SET hash = '{'2' * 64}' WHERE kunci = 'satker:lapas-satu'")

    assert find() == ["satker:lapas-satu nomor 5: hash kepala rantai berbeda dari baris terakhir"]


def test_each_broken_chain_is_named_once(satker):
    tamper("UPDATE satker_riwayat SET kejadian = 'lain' WHERE nomor > 2")

    assert find() == [
        "satker:lapas-satu nomor 3: kolom kejadian berbeda dari teksnya",
        "satker:lapas-dua nomor 3: kolom kejadian berbeda dari teksnya",
    ]


def test_a_broken_history_ends_with_status_one(satker, capsys):
    tamper(f"DELETE FROM satker_riwayat WHERE {SATU} AND nomor = 5")

    with pytest.raises(CommandError) as galat:
        call_command("verify_riwayat")

    assert galat.value.returncode == 1
    assert capsys.readouterr().out == (
        "satker:lapas-satu nomor 5: baris hilang; kepala rantai bernomor 5\n"
    )


@pytest.mark.parametrize("jumlah", [3, 30])
def test_the_proof_costs_the_same_at_any_number_of_chains(count_queries, jumlah):
    for nomor in range(jumlah):
        Riwayat.record(SatuanKerja.objects.create(kode=f"satker-{nomor}"), "uji", by=None)

    with count_queries() as daftar_sql:
        assert list(periksa.find_rusak()) == []

    assert len([sql for sql in daftar_sql if sql.startswith("SELECT")]) == 2


# --- daily digest ---------------------------------------------------------------------------------
CUT = (
    f"DELETE FROM satker_riwayat WHERE {SATU} AND nomor = 5",
    "UPDATE satker_rantairiwayat SET nomor = 4, hash = (SELECT hash FROM satker_riwayat "
    f"WHERE {SATU} AND nomor = 4) WHERE kunci = 'satker:lapas-satu'",
)


def test_a_cut_end_with_its_head_is_found_by_the_digest(satker):
    tasks.write_ikhtisar()
    nama = periksa.list_ikhtisar()[0].removesuffix(".txt")

    tamper(*CUT)

    assert list(periksa.find_rusak()) == []
    assert find() == [
        f"satker:lapas-satu nomor 5: baris hilang; ikhtisar {nama} mencatat sampai nomor 5"
    ]


def test_a_chain_removed_whole_is_found_by_the_digest(satker):
    tasks.write_ikhtisar()
    nama = periksa.list_ikhtisar()[0].removesuffix(".txt")

    tamper(
        f"DELETE FROM satker_riwayat WHERE {SATU}",
        "DELETE FROM satker_rantairiwayat WHERE kunci = 'satker:lapas-satu'",
    )

    assert find() == [f"satker:lapas-satu nomor 5: seluruh rantai hilang; ada pada ikhtisar {nama}"]


def test_a_chain_written_anew_is_found_by_the_digest(satker):
    tasks.write_ikhtisar()
    nama = periksa.list_ikhtisar()[0].removesuffix(".txt")
    tamper(
        f"DELETE FROM satker_riwayat WHERE {SATU}",
        f"UPDATE satker_rantairiwayat SET nomor = 0, hash = '{'0' * 64}' "
        "WHERE kunci = 'satker:lapas-satu'",
    )
    for nomor in range(1, 7):
        Riwayat.record(satker, f"karangan {nomor}", by=None)

    assert list(periksa.find_rusak()) == []
    assert find() == [f"satker:lapas-satu nomor 5: hash berbeda dari ikhtisar {nama}"]


def test_a_chain_that_went_on_since_the_digest_is_sound(satker, capsys):
    tasks.write_ikhtisar()
    Riwayat.record(satker, "langkah 6", by=None)
    Riwayat.record(Instansi.objects.create(kode="baru"), "dibuat", by=None)

    call_command("verify_riwayat")

    assert "diperiksa terhadap 1 ikhtisar" in capsys.readouterr().out


def test_an_older_digest_is_checked_from_a_file(satker, berkas, tmp_path_factory, capsys):
    tasks.write_ikhtisar()
    nama = periksa.list_ikhtisar()[0]
    salinan = tmp_path_factory.mktemp("brankas") / nama
    (berkas / "ikhtisar" / nama).rename(salinan)
    tamper(*CUT)

    call_command("verify_riwayat")
    with pytest.raises(CommandError):
        call_command("verify_riwayat", f"--ikhtisar={salinan}")

    assert f"nomor 5: baris hilang; {nama} mencatat sampai nomor 5" in capsys.readouterr().out


def test_digests_in_s3_are_written_once_and_checked_against(satker, di_s3, capsys):
    assert periksa.list_ikhtisar() == []
    tasks.write_ikhtisar()
    (nama,) = periksa.list_ikhtisar()
    awal = periksa.read_ikhtisar(nama)
    Riwayat.record(satker, "langkah 6", by=None)

    tasks.write_ikhtisar()
    call_command("verify_riwayat")

    assert default_storage.listdir("ikhtisar") == ([], [nama])
    assert periksa.read_ikhtisar(nama) == awal
    assert "diperiksa terhadap 1 ikhtisar" in capsys.readouterr().out


def test_the_digest_of_a_day_is_written_once(satker, berkas, caplog):
    tasks.write_ikhtisar()
    (nama,) = (berkas / "ikhtisar").iterdir()
    awal = nama.read_text()
    Riwayat.record(satker, "langkah 6", by=None)

    tasks.write_ikhtisar()

    assert [*(berkas / "ikhtisar").iterdir()] == [nama]
    assert nama.read_text() == awal
    sidik = awal.splitlines()[-1].split()[-1]
    assert [satu.getMessage() for satu in caplog.records] == 2 * [
        f"ikhtisar riwayat ikhtisar/{nama.name}, sidik {sidik}"
    ]


def test_a_digest_that_a_dying_worker_left_unfinished_is_written_anew(satker, berkas):
    tasks.write_ikhtisar()
    (nama,) = (berkas / "ikhtisar").iterdir()
    utuh = nama.read_text()
    nama.write_text(utuh[:-20])

    tasks.write_ikhtisar()

    assert [*(berkas / "ikhtisar").iterdir()] == [nama]
    assert nama.read_text() == utuh


@pytest.mark.parametrize(
    ("lama", "baru", "alasan"),
    [
        ("lapas-satu 5", "lapas-satu 4", "isi tidak sesuai dengan sidiknya"),
        (" rantai, sidik ", " rantai ", "baris penutup tidak ada"),
    ],
)
def test_a_digest_that_was_edited_is_refused(satker, berkas, capsys, lama, baru, alasan):
    tasks.write_ikhtisar()
    (nama,) = (berkas / "ikhtisar").iterdir()
    nama.write_text(nama.read_text().replace(lama, baru))

    with pytest.raises(CommandError):
        call_command("verify_riwayat")

    assert capsys.readouterr().out == f"ikhtisar {nama.stem}: {alasan}.\n"


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("verify_riwayat", f"--ikhtisar={tmp_path / 'tidak-ada.txt'}")


def test_the_digests_checked_are_the_last_days_and_one_a_month():
    for bulan in range(1, 13):
        for hari in (1, 15, 28):
            default_storage.save(f"ikhtisar/2025-{bulan:02}-{hari:02}.txt", ContentFile(b""))
    default_storage.save("ikhtisar/catatan.txt", ContentFile(b""))

    daftar = periksa.list_ikhtisar()

    assert daftar[:3] == ["2025-01-01.txt", "2025-02-01.txt", "2025-02-28.txt"]
    assert len(daftar) == periksa.HARI_TERAKHIR + 2


# --- the database refuses -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "ubah",
    [
        lambda: Riwayat.objects.filter(nomor=1).update(kejadian="lain"),
        lambda: Riwayat.objects.filter(nomor=1).delete(),
        lambda: Riwayat.objects.all()._raw_delete("default"),
        lambda: Riwayat.objects.first().delete(),
        lambda: Riwayat(pk=Riwayat.objects.first().pk, kejadian="lain").save(
            update_fields=["kejadian"]
        ),
        lambda: execute("UPDATE satker_riwayat SET teks = ''"),
        lambda: execute("DELETE FROM satker_riwayat WHERE nomor = 5"),
        pytest.param(
            lambda: execute("TRUNCATE satker_riwayat CASCADE"), marks=pytest.mark.postgres
        ),
        pytest.param(
            lambda: execute("TRUNCATE satker_rantairiwayat CASCADE"), marks=pytest.mark.postgres
        ),
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(satker, ubah):
    connection.check_constraints()
    sebelum = list(Riwayat.objects.order_by("pk").values_list())

    with pytest.raises(Error, match="riwayat_hanya_tambah"), transaction.atomic():
        ubah()

    assert list(Riwayat.objects.order_by("pk").values_list()) == sebelum


def execute(sql):
    with connection.cursor() as kursor:
        kursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_two_connections_writing_into_one_chain_leave_it_sound():
    satker = SatuanKerja.objects.create(kode="lapas-satu")
    lain = SatuanKerja.objects.create(kode="lapas-dua")
    mulai, galat = threading.Barrier(2), []

    def write(daftar):
        try:
            mulai.wait(timeout=10)
            for nomor in range(20):
                with transaction.atomic():
                    for milik in daftar:
                        Riwayat.record(milik, f"langkah {nomor}", by=None)
        except Exception as error:
            galat.append(error)
        finally:
            connection.close()

    benang = [threading.Thread(target=write, args=[[satker]]) for _ in range(2)]
    for satu in benang:
        satu.start()
    for satu in benang:
        satu.join()

    assert galat == []
    assert list(periksa.find_rusak()) == []
    assert RantaiRiwayat.objects.get(kunci="satker:lapas-satu").nomor == 40
    assert not Riwayat.objects.of(lain).exists()
