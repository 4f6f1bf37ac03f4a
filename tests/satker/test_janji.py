"""Rules of the Perjanjian Kinerja on plain values."""

import datetime
from decimal import Decimal

import pytest

from integritas.angka import AngkaSalahError, parse_angka, show_angka, show_rupiah
from satker import janji
from satker.janji import Atasan, Kepala, Pihak
from satker.janji_beda import Beda, compare_indikator, compare_kegiatan
from tests.factories.janji import make_isi

D = datetime.date


# --- PK-1 -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("dipa", "tenggat"),
    [
        (D(2025, 12, 1), D(2026, 1, 1)),
        (D(2026, 1, 31), D(2026, 2, 28)),
        (D(2024, 1, 30), D(2024, 2, 29)),
        (D(2026, 2, 28), D(2026, 3, 28)),
    ],
)
def test_pk1_the_deadline_is_one_calendar_month_after_dipa(dipa, tenggat):
    assert janji.compute_tenggat(dipa) == tenggat


@pytest.mark.parametrize(
    ("dipa", "tanda", "ketepatan", "kalimat"),
    [
        (D(2025, 12, 19), D(2026, 1, 19), "tepat", "tepat waktu"),
        (D(2025, 12, 19), D(2026, 1, 22), "terlambat", "terlambat 3 hari"),
        (
            None,
            D(2026, 1, 19),
            "tanpa_dipa",
            "belum dapat dinilai: tanggal DIPA belum dicatat",
        ),
        (D(2025, 12, 1), None, "lewat", "belum ditandatangani, lewat tenggat 31 hari"),
        (D(2026, 1, 15), None, "belum", "belum ditandatangani, tenggat 14 hari lagi"),
        (D(2026, 1, 1), None, "belum", "belum ditandatangani, tenggat hari ini"),
    ],
)
def test_pk1_late_is_said_plainly_and_unknown_is_never_in_time(dipa, tanda, ketepatan, kalimat):
    hasil = janji.judge(dipa, tanda, D(2026, 2, 1))

    assert (hasil.ketepatan, hasil.kalimat) == (ketepatan, kalimat)


# --- PK-2 -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("pertama", "kedua", "hasil"),
    [
        (Pihak("A", "Kepala", "", 1, 1), Pihak("B", "Kakanwil", "", 2, 2), Atasan.SESUAI),
        (Pihak("A", "Kepala", "", 1, 1), Pihak("B", "Kakanwil", "", 3, 2), Atasan.BUKAN_ATASAN),
        (Pihak("A", "Kepala", "", 1, 1), Pihak("A", "Kakanwil", "", 2, 1), Atasan.ORANG_SAMA),
        (Pihak("A", "Kepala"), Pihak("B", "Kakanwil", "", 2, 2), Atasan.TIDAK_DAPAT_DIPERIKSA),
        (Pihak("Budi  uji", "Kepala"), Pihak("BUDI UJI", "Kakanwil"), Atasan.ORANG_SAMA),
        (Pihak("A", "x", "1 2"), Pihak("A", "y", "13"), Atasan.TIDAK_DAPAT_DIPERIKSA),
        (Pihak("A", "x", "1 2"), Pihak("B", "y", "12"), Atasan.ORANG_SAMA),
    ],
)
def test_pk2_two_people_of_whom_the_second_stands_above(pertama, kedua, hasil):
    assert janji.check_atasan(pertama, kedua, [2]) == hasil


def test_an_acting_official_is_named_so_once():
    assert janji.name_jabatan("Kepala Lapas", "plt") == "Plt. Kepala Lapas"
    assert janji.name_jabatan("Plt. Kepala Lapas", "plt") == "Plt. Kepala Lapas"
    assert janji.name_jabatan("Kepala Lapas", "definitif") == "Kepala Lapas"


# --- PK-3 -----------------------------------------------------------------------------------------
TANDA = D(2026, 1, 19)


@pytest.mark.parametrize(
    ("pihak", "kepala", "sejak"),
    [
        # Still in office, even while somebody acts for some days.
        (Pihak("A", "x", "", 1, 1), [Kepala(1, "A", D(2025, 1, 1))], None),
        (
            Pihak("A", "x", "", 1, 1),
            [Kepala(1, "A", D(2025, 1, 1)), Kepala(2, "B", D(2026, 3, 1))],
            None,
        ),
        (Pihak("A", "x", "", 1, 1), [Kepala(2, "B", D(2026, 3, 1))], D(2026, 3, 1)),
        # Nobody in office yet: there is no official who could sign.
        (Pihak("A", "x", "", 1, 1), [], None),
        # Outside the system: only who came after the signing speaks against.
        (Pihak("A", "x"), [Kepala(2, "B", D(2025, 3, 1))], None),
        (Pihak("A", "x"), [Kepala(2, "B", D(2026, 3, 1))], D(2026, 3, 1)),
        (Pihak("A", "x"), [Kepala(2, "a", D(2026, 3, 1))], None),
    ],
)
def test_pk3_a_new_version_is_due_once_somebody_else_heads_the_unit(pihak, kepala, sejak):
    hasil = janji.find_pergantian(pihak, TANDA, kepala)

    assert (hasil and hasil.sejak) == sejak


# --- PK-4, content --------------------------------------------------------------------------------
def test_pk4_an_indicator_without_unit_keeps_the_agreement_from_being_signed():
    assert make_isi().list_kurang() == []
    assert make_isi(satuan=" ").list_kurang() == [
        "Indikator “Layanan tepat waktu” belum punya satuan ukuran."
    ]
    assert janji.Isi().list_kurang() == ["Belum ada sasaran."]


def test_the_hash_is_that_of_the_content_however_numbers_are_stored():
    satu, dua = make_isi(target=Decimal("90")), make_isi(target=Decimal("90.0000"))

    assert janji.compute_sidik(satu.to_data()) == janji.compute_sidik(dua.to_data())
    assert janji.compute_sidik(satu.to_data()) != janji.compute_sidik(
        make_isi(target=Decimal("90.0001")).to_data()
    )


def test_versions_are_compared_indicator_by_indicator():
    lama, baru = make_isi(id=1), make_isi(id=7, target=Decimal(95))

    hasil = compare_indikator(lama, baru, {7: 1})

    assert hasil.berubah[0].daftar_beda == (Beda("Target setahun", Decimal(90), Decimal(95)),)
    # The other has no link: one that went and one that came.
    assert ([satu.nama for satu in hasil.hilang], [satu.nama for satu in hasil.baru]) == (
        ["Gangguan keamanan"],
        ["Gangguan keamanan"],
    )
    assert compare_kegiatan(lama, baru).is_sama


# --- numbers --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("teks", "nilai"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        ("1.250", "1250"),
        ("1.250,5", "1250.5"),
        ("Rp1.250.000,-", "1250000"),
        ("95%", "95"),
        (" ", None),
    ],
)
def test_numbers_are_read_as_they_are_typed(teks, nilai):
    hasil = parse_angka(teks, desimal=4, maks=Decimal(10) ** 14)

    assert hasil == (nilai and Decimal(nilai))


@pytest.mark.parametrize(
    "teks",
    [
        "-3",
        "abc",
        "1,2,3",
        "1.25,0",
        "0,12345",
        "١٢",
        "1e3",
        "9" * 20,
        "01.250",
        "%",
        "Rp",
        "12345678901234,5678",
    ],
)
def test_what_is_no_number_is_refused(teks):
    with pytest.raises(AngkaSalahError):
        parse_angka(teks, desimal=4, maks=Decimal(10) ** 14 - 1)


def test_numbers_are_shown_without_idle_zeros():
    assert show_angka(Decimal("1250.5000")) == "1.250,5"
    assert show_angka(Decimal("0.0000")) == "0"
    assert show_rupiah(Decimal("1250000.00")) == "Rp1.250.000"
