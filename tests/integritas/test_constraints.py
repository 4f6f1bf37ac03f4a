"""The rules that the database itself keeps, asked through the ORM and through plain SQL."""

import datetime
import re

import pytest
from django.apps import apps
from django.db import Error, IntegrityError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import ProtectedError
from django.utils import timezone

from integritas.constraints import AppendOnly, DatesInOrder, Frozen, Guard, NoOverlap, SortPlainly
from penilaian.models import (
    MasaPredikat,
    Pertanyaan,
    PerubahanPredikat,
    Predikat,
    VersiInstrumen,
)
from satker.models import KedudukanInstansi, KedudukanSatker, Penugasan, RantaiRiwayat, Riwayat
from tests.factories import (
    InstansiFactory,
    KedudukanFactory,
    PenggunaFactory,
    PenilaianFactory,
    PredikatFactory,
    SatkerFactory,
    TanpaFactory,
)
from tests.factories.lke import load_versi

pytestmark = pytest.mark.django_db


def tanggal(teks):
    return datetime.date.fromisoformat(teks) if teks else None


# --- what the migrations declare is there ---------------------------------------------------------
def list_guard():
    loader = MigrationLoader(None)
    return [
        operasi
        for migrasi in loader.disk_migrations.values()
        for operasi in migrasi.operations
        if isinstance(operasi, Guard)
    ]


def test_the_migrations_declare_these_guards():
    assert sorted(guard.nama for guard in list_guard() if hasattr(guard, "nama")) == [
        "kedudukan_instansi_tanpa_tumpang",
        "kedudukan_satker_tanpa_tumpang",
        "masa_satu_berlaku",
        "pertanyaan_beku",
        "perubahan_urut",
        "predikat_satu_berlaku",
        "riwayat_hanya_tambah",
        "versi_instrumen_beku",
    ]


def list_in_database() -> dict[str, str]:
    """Triggers and exclusions by name, with the table they guard."""
    if connection.vendor == "sqlite":
        sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = (
            "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE contype = 'x' "
            "UNION ALL SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
            "WHERE NOT tgisinternal AND tgenabled = 'O'"
        )
    with connection.cursor() as kursor:
        kursor.execute(sql)
        return dict(kursor.fetchall())


def test_every_declared_guard_stands_in_the_migrated_database():
    dinyatakan = {
        nama: guard.tabel
        for guard in list_guard()
        for perintah in guard.list_create(connection.vendor)
        for nama in re.findall(r"(?:CREATE TRIGGER|ADD CONSTRAINT) (\w+)", perintah)
    }

    assert list_in_database() == dinyatakan


def test_every_declared_check_and_unique_constraint_stands_in_the_migrated_database():
    hilang = []
    with connection.cursor() as kursor:
        for model in apps.get_models():
            ada = connection.introspection.get_constraints(kursor, model._meta.db_table)
            hilang += [satu.name for satu in model._meta.constraints if satu.name not in ada]

    assert hilang == []


GUARDS = [
    NoOverlap("uji_tumpang", "penilaian_pernyataantanpa", "satker_id", "pada", "pada"),
    NoOverlap(
        "uji_tumpang", "penilaian_pernyataantanpa", "satker_id", "pada", "pada", "{row}.id > 0"
    ),
    AppendOnly("uji_tambah", "penilaian_pernyataantanpa"),
    DatesInOrder("uji_urut", "penilaian_pernyataantanpa", "satker_id", "pada"),
    Frozen("uji_beku", "penilaian_pernyataantanpa", "satker_id", "pada"),
]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.describe())
def test_a_guard_is_made_and_taken_away_again(guard):
    sebelum, keadaan = list_in_database(), ProjectState()
    editor = connection.SchemaEditorClass(connection, atomic=False)

    guard.state_forwards("satker", keadaan)
    guard.database_forwards("satker", editor, keadaan, keadaan)
    dibuat = list_in_database().keys() - sebelum.keys()
    guard.database_backwards("satker", editor, keadaan, keadaan)

    assert dibuat
    assert all(nama.startswith(guard.nama) for nama in dibuat)
    assert list_in_database() == sebelum


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.describe())
def test_a_guard_can_be_written_into_a_migration(guard):
    nama, isi, kata_kunci = guard.deconstruct()

    lagi = type(guard)(*isi, **kata_kunci)

    assert nama == type(guard).__name__
    assert lagi.deconstruct() == guard.deconstruct()


@pytest.mark.postgres
def test_the_sort_key_sorts_by_its_bytes():
    with connection.cursor() as kursor:
        kursor.execute(
            "SELECT collation_name FROM information_schema.columns "
            "WHERE table_name = 'satker_kedudukansatker' AND column_name = 'urut'"
        )
        assert kursor.fetchone() == ("C",)


def test_a_sort_rule_is_made_and_taken_away_again():
    aturan = SortPlainly("penilaian_pernyataantanpa", "sumber", "varchar(300)")
    editor, keadaan = connection.SchemaEditorClass(connection, atomic=False), ProjectState()

    aturan.database_forwards("satker", editor, keadaan, keadaan)
    aturan.database_backwards("satker", editor, keadaan, keadaan)

    nama, isi, kata_kunci = aturan.deconstruct()
    assert (nama, type(aturan)(*isi, **kata_kunci).describe()) == (
        "SortPlainly",
        "penilaian_pernyataantanpa.sumber sorts by its bytes",
    )


# --- positions ------------------------------------------------------------------------------------
@pytest.fixture(params=["orm", "sql"])
def lewat(request):
    """Which way a change goes to the database."""
    return request.param


def copy(baris, lewat, **isi):
    """A second row like this one, with other values in some columns."""
    model = type(baris)
    if lewat == "orm":
        kolom = {
            satu.attname: getattr(baris, satu.attname)
            for satu in model._meta.concrete_fields
            if not satu.primary_key
        }
        return model.objects.create(**kolom | isi)
    nama = [satu.column for satu in model._meta.concrete_fields if not satu.primary_key]
    pilih = ["%s" if satu in isi else satu for satu in nama]
    return execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(nama)}) "
        f"SELECT {', '.join(pilih)} FROM {model._meta.db_table} WHERE id = %s",
        [*(isi[satu] for satu in nama if satu in isi), baris.pk],
    )


def change(baris, lewat, **isi):
    """Other values in some columns of this row."""
    model = type(baris)
    if lewat == "orm":
        return model.objects.filter(pk=baris.pk).update(**isi)
    atur = ", ".join(f"{nama} = %s" for nama in isi)
    return execute(
        f"UPDATE {model._meta.db_table} SET {atur} WHERE id = %s", [*isi.values(), baris.pk]
    )


def execute(sql, parameter):
    if connection.vendor == "postgresql" and sql.startswith("INSERT"):
        # A bare NULL in a SELECT would be a text.
        sql = re.sub(r"%s(?=.* FROM )", "CAST(%s AS date)", sql)
    with connection.cursor() as kursor:
        kursor.execute(sql, parameter)


@pytest.fixture
def posisi():
    """A unit with one position from 2020 until 2024."""
    return KedudukanFactory(
        satker=SatkerFactory(kedudukan=False),
        instansi=InstansiFactory(kode="kemenkumham"),
        berlaku_dari=tanggal("2020-01-01"),
        berlaku_sampai=tanggal("2024-01-01"),
    )


TUMPANG = [
    ("2020-01-01", "2024-01-01"),
    ("2023-12-31", None),
    (None, "2020-01-02"),
    (None, None),
    ("2021-01-01", "2022-01-01"),
    ("2019-01-01", "2025-01-01"),
]
SENTUH = [(None, "2020-01-01"), ("2024-01-01", None), ("2018-01-01", "2019-01-01")]


@pytest.mark.parametrize(("dari", "sampai"), TUMPANG)
def test_positions_that_overlap_are_refused(posisi, lewat, dari, sampai):
    with (
        pytest.raises(IntegrityError, match="kedudukan_satker_tanpa_tumpang"),
        transaction.atomic(),
    ):
        copy(posisi, lewat, berlaku_dari=tanggal(dari), berlaku_sampai=tanggal(sampai))

    assert KedudukanSatker.objects.filter(satker=posisi.satker).count() == 1


@pytest.mark.parametrize(("dari", "sampai"), SENTUH)
def test_positions_that_only_touch_are_accepted(posisi, lewat, dari, sampai):
    copy(posisi, lewat, berlaku_dari=tanggal(dari), berlaku_sampai=tanggal(sampai))

    assert KedudukanSatker.objects.filter(satker=posisi.satker).count() == 2


@pytest.mark.parametrize(("dari", "sampai"), TUMPANG)
def test_a_position_is_not_changed_into_an_overlap(posisi, lewat, dari, sampai):
    copy(posisi, "orm", berlaku_dari=tanggal("2030-01-01"), berlaku_sampai=None)
    kedua = KedudukanSatker.objects.latest("pk")

    with (
        pytest.raises(IntegrityError, match="kedudukan_satker_tanpa_tumpang"),
        transaction.atomic(),
    ):
        change(kedua, lewat, berlaku_dari=tanggal(dari), berlaku_sampai=tanggal(sampai))

    kedua.refresh_from_db()
    assert (kedua.berlaku_dari, kedua.berlaku_sampai) == (tanggal("2030-01-01"), None)


def test_a_position_may_change_within_itself(posisi, lewat):
    change(posisi, lewat, berlaku_sampai=tanggal("2023-01-01"))
    change(posisi, lewat, berlaku_dari=None)

    posisi.refresh_from_db()
    assert (posisi.berlaku_dari, posisi.berlaku_sampai) == (None, tanggal("2023-01-01"))


def test_a_position_is_not_given_to_a_unit_that_has_one(posisi, lewat):
    lain = KedudukanFactory(satker=SatkerFactory(kedudukan=False), instansi=posisi.instansi)

    with (
        pytest.raises(IntegrityError, match="kedudukan_satker_tanpa_tumpang"),
        transaction.atomic(),
    ):
        change(lain, lewat, satker_id=posisi.satker_id)


def test_two_units_may_stand_at_the_same_time(posisi):
    lain = KedudukanFactory(satker=SatkerFactory(kedudukan=False), instansi=posisi.instansi)

    assert lain.satker_id != posisi.satker_id


@pytest.mark.parametrize("sampai", ["2020-01-01", "2019-06-01"])
def test_a_position_that_ends_before_it_begins_is_refused(posisi, lewat, sampai):
    # PostgreSQL's own range refuses the second, our check both.
    with pytest.raises(Error), transaction.atomic():
        change(posisi, lewat, berlaku_sampai=tanggal(sampai))

    posisi.refresh_from_db()
    assert posisi.berlaku_sampai == tanggal("2024-01-01")


def test_a_position_without_parent_is_refused(posisi, lewat):
    with pytest.raises(IntegrityError, match="kedudukan_satker_berinduk"), transaction.atomic():
        change(posisi, lewat, instansi_id=None)


def test_names_of_a_node_that_overlap_are_refused(lewat):
    posisi = KedudukanInstansi.objects.get(instansi=InstansiFactory(kode="kemenkumham"))

    with (
        pytest.raises(IntegrityError, match="kedudukan_instansi_tanpa_tumpang"),
        transaction.atomic(),
    ):
        copy(posisi, lewat, berlaku_dari=tanggal("2024-10-21"), berlaku_sampai=None)

    change(posisi, lewat, berlaku_sampai=tanggal("2024-10-21"))
    copy(posisi, lewat, berlaku_dari=tanggal("2024-10-21"), berlaku_sampai=None)
    assert KedudukanInstansi.objects.count() == 2


# --- predicates -----------------------------------------------------------------------------------
def test_two_predicates_in_force_are_refused(lewat):
    predikat = PredikatFactory()

    with pytest.raises(IntegrityError, match="predikat_satu_berlaku"), transaction.atomic():
        copy(predikat, lewat, berlaku_dari=tanggal("2023-01-01"), berlaku_sampai=None)

    assert Predikat.objects.count() == 1


def test_a_cancelled_predicate_does_not_count(lewat):
    predikat = PredikatFactory()
    Predikat.objects.update(dibatalkan_pada=timezone.now(), alasan_batal="keliru")
    batal = Predikat.objects.get()
    change(predikat, lewat, dibatalkan_pada=None, alasan_batal=None)
    change(predikat, lewat, dibatalkan_pada=batal.dibatalkan_pada, alasan_batal="keliru")
    baru = PredikatFactory(satker=predikat.satker)

    # Taking the cancellation back would make two.
    with pytest.raises(IntegrityError, match="predikat_satu_berlaku"), transaction.atomic():
        change(batal, lewat, dibatalkan_pada=None, alasan_batal=None)

    assert list(Predikat.objects.valid()) == [baru]


def test_a_predicate_may_begin_on_the_day_the_other_ends(lewat):
    predikat = PredikatFactory()
    change(predikat, lewat, berlaku_sampai=tanggal("2023-01-01"))

    copy(predikat, lewat, berlaku_dari=tanggal("2023-01-01"), berlaku_sampai=None)

    with pytest.raises(IntegrityError, match="predikat_satu_berlaku"), transaction.atomic():
        change(predikat, lewat, berlaku_sampai=tanggal("2023-01-02"))


def test_periods_of_the_timeline_that_overlap_are_refused(lewat):
    PredikatFactory()
    masa = MasaPredikat.objects.get()

    with pytest.raises(IntegrityError, match="masa_satu_berlaku"), transaction.atomic():
        copy(masa, lewat, dari=tanggal("2025-01-01"))


@pytest.fixture
def perubahan():
    """The grant of 2021 and two changes after it."""
    predikat = PredikatFactory(klarifikasi=tanggal("2022-06-01"))
    copy(
        PerubahanPredikat.objects.latest("pk"),
        "orm",
        jenis="KLARIFIKASI_SELESAI",
        tanggal=tanggal("2022-09-01"),
    )
    return list(PerubahanPredikat.objects.filter(predikat=predikat).order_by("pk"))


@pytest.mark.parametrize("hari", ["2022-08-31", "2022-05-31", "2020-01-01"])
def test_a_change_dated_before_the_last_is_refused(perubahan, lewat, hari):
    with pytest.raises(IntegrityError, match="perubahan_urut"), transaction.atomic():
        copy(perubahan[2], lewat, tanggal=tanggal(hari))

    assert PerubahanPredikat.objects.count() == 3


@pytest.mark.parametrize(
    ("nomor", "hari"), [(1, "2021-12-19"), (1, "2022-09-02"), (0, "2022-06-02")]
)
def test_a_change_is_not_moved_past_its_neighbours(perubahan, lewat, nomor, hari):
    lama = perubahan[nomor].tanggal

    with pytest.raises(IntegrityError, match="perubahan_urut"), transaction.atomic():
        change(perubahan[nomor], lewat, tanggal=tanggal(hari))

    perubahan[nomor].refresh_from_db()
    assert perubahan[nomor].tanggal == lama


def test_changes_of_one_day_are_in_order(perubahan, lewat):
    copy(perubahan[2], lewat, tanggal=tanggal("2022-09-01"))
    change(perubahan[1], lewat, tanggal=tanggal("2022-09-01"))

    assert PerubahanPredikat.objects.filter(tanggal=tanggal("2022-09-01")).count() == 3


def test_a_cancelled_change_stands_in_nobodys_way(perubahan, lewat):
    change(perubahan[2], lewat, dibatalkan_pada=timezone.now(), alasan_batal="keliru")

    copy(perubahan[1], lewat, tanggal=tanggal("2022-07-01"))

    with pytest.raises(IntegrityError, match="perubahan_urut"), transaction.atomic():
        # It came before the new one, and is dated after it.
        change(perubahan[2], lewat, dibatalkan_pada=None, alasan_batal=None)


# --- the instrument -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kolom", "nilai"),
    [("kode", "lain"), ("versi", 9), ("judul", "lain"), ("teks", "{}"), ("sha256", "0" * 64)],
)
def test_a_loaded_version_stays_as_it_was_loaded(lewat, kolom, nilai):
    versi = load_versi()

    with pytest.raises(IntegrityError, match="versi_instrumen_beku"), transaction.atomic():
        change(versi, lewat, **{kolom: nilai})

    assert getattr(VersiInstrumen.objects.get(), kolom) == getattr(versi, kolom)


@pytest.mark.parametrize(("kolom", "nilai"), [("kode", "X"), ("urutan", 500), ("area", "A.6")])
def test_a_question_of_a_version_stays_what_it_was(lewat, kolom, nilai):
    satu = Pertanyaan.objects.filter(versi=load_versi()).earliest("urutan")

    with pytest.raises(IntegrityError, match="pertanyaan_beku"), transaction.atomic():
        change(satu, lewat, **{kolom: nilai})

    assert getattr(Pertanyaan.objects.get(pk=satu.pk), kolom) == getattr(satu, kolom)


def test_settings_of_a_version_may_change(lewat):
    versi = load_versi()
    satu = Pertanyaan.objects.filter(versi=versi).earliest("urutan")

    # A frozen column written as it was is no change.
    change(versi, lewat, pengaturan=3, judul=versi.judul)
    change(satu, lewat, nilai_penyebut_nol="0.5")

    assert VersiInstrumen.objects.get().pengaturan == 3
    assert Pertanyaan.objects.exclude(nilai_penyebut_nol=None).count() == 1


def remove_plainly(versi):
    execute("DELETE FROM penilaian_versiinstrumen WHERE id = %s", [versi.pk])
    # Foreign keys are asked at the end of a transaction.
    connection.check_constraints()


def test_a_version_in_use_is_never_removed():
    penilaian = PenilaianFactory()

    with pytest.raises(ProtectedError):
        penilaian.versi.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        remove_plainly(penilaian.versi)

    assert VersiInstrumen.objects.count() == 1
    assert Pertanyaan.objects.count() == 113


# --- pairs and choices ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("buat", "aturan"),
    [
        (lambda: PredikatFactory(), "predikat_batal_beralasan"),
        (lambda: TanpaFactory(), "pernyataan_batal_beralasan"),
    ],
)
@pytest.mark.parametrize("kolom", ["dibatalkan_pada", "alasan_batal"])
def test_a_cancellation_has_a_moment_and_a_reason(buat, aturan, kolom, lewat):
    baris = buat()
    nilai = timezone.now() if kolom == "dibatalkan_pada" else "keliru"

    with pytest.raises(IntegrityError, match=aturan), transaction.atomic():
        change(baris, lewat, **{kolom: nilai})

    change(baris, lewat, dibatalkan_pada=timezone.now(), alasan_batal="keliru")


@pytest.mark.parametrize("lingkup", [(), ("satker", "instansi")])
def test_an_assignment_has_exactly_one_scope(lingkup):
    pengguna, instansi = PenggunaFactory(), InstansiFactory(kode="kemenkumham")
    pilihan = {"satker": SatkerFactory(), "instansi": instansi}
    isi = {nama: pilihan[nama] for nama in lingkup}

    with pytest.raises(IntegrityError, match="penugasan"), transaction.atomic():
        Penugasan.objects.create(
            pengguna=pengguna, peran="tpi", berlaku_dari=tanggal("2024-01-01"), **isi
        )

    Penugasan.objects.create(
        pengguna=pengguna, peran="tpi", berlaku_dari=tanggal("2024-01-01"), instansi=instansi
    )


def test_numbers_of_a_chain_are_given_once():
    satker = SatkerFactory(kedudukan=False)
    baris = Riwayat.record(satker, "uji", by=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        copy(baris, "orm")

    assert RantaiRiwayat.objects.get().nomor == 1


def test_no_guard_hides_in_meta():
    """`ExclusionConstraint` breaks the SQLite migration; the guards are operations instead."""
    for model in apps.get_models():
        for satu in model._meta.constraints:
            assert isinstance(satu, models.CheckConstraint | models.UniqueConstraint)
