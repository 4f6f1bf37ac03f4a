"""Search as people type."""

import pytest

from satker.cari import build_cari, build_terms, normalize
from satker.models import KedudukanSatker
from tests.factories import SatkerFactory


@pytest.mark.parametrize(
    ("teks", "kata"),
    [
        ("Klas IIA", ["kelas", "2a"]),
        ("kelas II A", ["kelas", "2a"]),
        ("KLS 2a", ["kelas", "2a"]),
        ("Lapas Kelas I Palembang", ["lapas", "kelas", "1", "palembang"]),
        ("III", ["3"]),
        ("Kanim Kelas II Non TPI", ["kanim", "kelas", "2", "non", "tpi"]),
        ("", []),
        ("%_';--", []),
    ],
)
def test_one_spelling_for_all(teks, kata):
    assert normalize(teks) == kata


def matches(stored, typed):
    cari = build_cari(*stored)
    return all(istilah in cari for istilah in build_terms(typed))


LAPAS = ("Lapas Kelas I Palembang", "Lembaga Pemasyarakatan", "Lapas", "kelas I", "Kota Palembang")


@pytest.mark.parametrize(
    "teks",
    [
        "lapas klas 1",
        "LAPAS KELAS I PALEMBANG",
        "lembaga pemasyarakatan palemb",
        "palembang",
        "klas i",
    ],
)
def test_found(teks):
    assert matches(LAPAS, teks)


@pytest.mark.parametrize("teks", ["kelas 2", "klas iia", "bapas", "apas", "kelas 1 lahat"])
def test_not_found(teks):
    assert not matches(LAPAS, teks)


@pytest.mark.django_db
@pytest.mark.parametrize("teks", ["LAPAS klas 2a uji", "lembaga 2a", "iia"])
def test_the_database_finds_the_same(teks):
    satker = SatkerFactory()
    SatkerFactory(nama="Lapas Kelas III Lain", kelas="III")

    assert list(
        KedudukanSatker.objects.exclude(jenis__kode="kanwil")
        .search(teks)
        .values_list("satker", flat=True)
    ) == [satker.pk]
