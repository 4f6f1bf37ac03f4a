"""Coverage of the pact: who was on the roster that day, who had signed, and why not."""

import datetime
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from satker import cakupan
from satker.alur import naskah as alur_naskah
from satker.alur import personel as alur
from satker.models import CakupanPakta, PaktaIntegritas
from satker.tasks_personel import tidy_personel
from tests.factories import (
    AdminFactory,
    KanwilFactory,
    KepalaFactory,
    NaskahFactory,
    OperatorFactory,
    PersonelFactory,
    SatkerFactory,
    TimKanwilFactory,
)
from tests.factories.personel import HalanganFactory, sign_pakta

pytestmark = pytest.mark.django_db
HARI = datetime.timedelta(days=1)


def read_rollup(satker, tahun):
    satu = CakupanPakta.objects.get(satker=satker, tahun=tahun)
    return satu.jumlah_personel, satu.jumlah_pakta


@pytest.fixture
def hari_ini():
    return timezone.localdate()


def test_coverage_follows_people_signatures_and_absences_by_date(hari_ini, client_for):
    satker = SatkerFactory()
    naskah = NaskahFactory(satker=satker, tahun=hari_ini.year, beku=True)
    lama = PersonelFactory(satker=satker, nama="Lama", berlaku_sampai=hari_ini)
    tetap = PersonelFactory(satker=satker, nama="Tetap")
    libur = PersonelFactory(satker=satker, nama="Libur", jenis="taman")
    PersonelFactory(satker=satker, nama="Baru", berlaku_dari=hari_ini, jenis="parkir")
    HalanganFactory(personel=libur, jenis="dinas", dari=hari_ini, sampai=hari_ini + 3 * HARI)
    sign_pakta(naskah, lama, tanggal=hari_ini - 2 * HARI)
    sign_pakta(naskah, tetap, tanggal=hari_ini)
    client = client_for(KepalaFactory(satker=satker))

    def lihat(pada):
        isi = {"pada": pada.isoformat(), "tahun": hari_ini.year}
        konteks = client.get(reverse("pakta_satker", args=[satker.kode]), isi).context
        jumlah = konteks["jumlah"]
        return (
            *(jumlah["jumlah"], jumlah["jumlah_sudah"], jumlah["jumlah_berhalangan"]),
            [(satu.nama, satu.sebab) for satu in konteks["page"]],
        )

    assert lihat(hari_ini) == (3, 1, 1, [("Baru", ""), ("Libur", "Dinas luar")])
    assert lihat(hari_ini - HARI) == (3, 1, 0, [("Libur", ""), ("Tetap", "")])
    assert lihat(hari_ini - 9 * HARI) == (3, 0, 0, [("Lama", ""), ("Libur", ""), ("Tetap", "")])
    assert read_rollup(satker, hari_ini.year) == (3, 1)


def test_an_erased_person_is_still_counted_where_the_days_are_past(hari_ini):
    satker = SatkerFactory()
    orang = PersonelFactory(satker=satker)
    sign_pakta(NaskahFactory(satker=satker, tahun=hari_ini.year, beku=True), orang)

    alur.erase(orang, by=None)

    [kemarin] = cakupan.count_at(satker, hari_ini.year, hari_ini - HARI)
    assert kemarin["jumlah"] == 1
    assert cakupan.count_at(satker, hari_ini.year, hari_ini) == []
    assert read_rollup(satker, hari_ini.year) == (0, 0)


def test_the_night_counts_every_unit_and_a_year_that_is_over_as_of_its_last_day(hari_ini):
    satker, kosong = SatkerFactory(), SatkerFactory()
    lalu = hari_ini.year - 1
    akhir = datetime.date(lalu, 12, 31)
    orang = PersonelFactory(satker=satker, berlaku_sampai=hari_ini)
    PersonelFactory(satker=satker, berlaku_dari=hari_ini)
    naskah = NaskahFactory(satker=satker, tahun=lalu, beku=True)
    sign_pakta(naskah, orang, tanggal=akhir)
    CakupanPakta.objects.update(jumlah_personel=9, jumlah_pakta=9)

    tidy_personel()
    tidy_personel()

    assert read_rollup(satker, lalu) == (1, 1)
    assert read_rollup(satker, hari_ini.year) == (1, 0)
    assert read_rollup(kosong, hari_ini.year) == (0, 0)


def test_counting_costs_the_same_for_any_number_of_units(count_queries, hari_ini):
    hitung = []
    for jumlah in (2, 12):
        satker = SatkerFactory.create_batch(jumlah)
        with count_queries() as daftar_sql:
            cakupan.refresh({satu.pk for satu in satker}, hari_ini.year)
        hitung.append(len(daftar_sql))
        with count_queries() as daftar_sql:
            cakupan.refresh_all(hari_ini.year)
        hitung.append(len(daftar_sql))

    assert hitung[:2] == hitung[2:]


# --- pages from the rollup ------------------------------------------------------------------------
def test_a_kanwil_reads_figures_and_an_empty_roster_is_never_nought_per_cent(client_for, hari_ini):
    kanwil = KanwilFactory()
    penuh, kosong = SatkerFactory.create_batch(2, kanwil=kanwil)
    orang = PersonelFactory.create_batch(2, satker=penuh)
    sign_pakta(NaskahFactory(satker=penuh, tahun=hari_ini.year, beku=True), orang[0])
    SatkerFactory()
    client = client_for(TimKanwilFactory(kanwil=kanwil))

    belum = client.get(reverse("personel_list")).text
    cakupan.refresh_all(hari_ini.year)
    halaman = client.get(reverse("personel_list"))

    assert "belum dihitung" in belum
    jumlah = halaman.context["jumlah"]
    # The Kanwil's own office is a unit as well.
    assert (jumlah["satker"], jumlah["terisi"], jumlah["kosong"]) == (3, 1, 2)
    assert (jumlah["jumlah_pakta"], jumlah["jumlah_orang"]) == (1, 2)
    assert halaman.text.count("roster belum diisi") == 2
    assert ">0,0%" not in halaman.text
    assert "syarat pencanangan adalah cakupan ini" in halaman.text
    unduh = client.get(reverse("cakupan_unduh", args=["csv"])).getvalue().decode()
    assert f"{kosong.kode},{kosong.kedudukansatker_set.get().nama},,,roster belum diisi" in unduh


def test_the_ministry_sees_kanwil_by_kanwil_and_no_invented_unit(client_for, hari_ini):
    PersonelFactory(satker=SatkerFactory(kode="nyata"))
    PersonelFactory(satker=SatkerFactory(kode="karangan", contoh=True))
    cakupan.refresh_all(hari_ini.year)
    client = client_for(AdminFactory())
    saring = {"keadaan": "kurang"}

    biasa = client.get(reverse("personel_list"), saring)
    contoh = client.get(reverse("personel_list"), saring | {"contoh": "1"})

    assert [satu["kode"] for satu in biasa.context["daftar_baris"]] == ["nyata"]
    assert [satu["kode"] for satu in contoh.context["daftar_baris"]] == ["karangan"]
    assert biasa.context["jumlah"]["jumlah_orang"] == 1


@pytest.mark.parametrize("jumlah", [1, 3])
def test_the_ministrys_page_asks_the_rollup_and_no_person(
    client_for, count_queries, hari_ini, jumlah
):
    for satker in SatkerFactory.create_batch(jumlah):
        PersonelFactory.create_batch(2, satker=satker)
    cakupan.refresh_all(hari_ini.year)
    client = client_for(AdminFactory())
    client.get(reverse("akun"))

    with count_queries() as daftar_sql:
        client.get(reverse("personel_list"))

    assert len(daftar_sql) <= 8
    assert not any('FROM "satker_personel"' in sql for sql in daftar_sql)


def test_a_units_own_people_go_straight_to_their_roster(client_for):
    operator = OperatorFactory()
    satker = operator.penugasan_set.get().satker

    halaman = client_for(operator).get(reverse("personel_list"))

    assert halaman.url == reverse("personel_satker", args=[satker.kode])


# --- two at once ----------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ada", [False, True])
def test_of_signatures_at_once_all_are_counted(hari_ini, ada):
    """Each under a text of its own, so that none waits for another at the text. A row that is there
    already and one that all would make are two ways to lose a count."""
    satker, tahun = SatkerFactory(), hari_ini.year
    mulai, galat = threading.Barrier(6), []
    orang = PersonelFactory.create_batch(6, satker=satker)
    if ada:
        cakupan.refresh({satker.pk}, tahun)
    daftar = [(NaskahFactory(satker=satker, tahun=tahun, beku=True), satu) for satu in orang]

    def run(naskah, satu):
        try:
            mulai.wait(timeout=10)
            alur_naskah.sign(naskah, cara="tautan", persetujuan=True, by=None, personel=satu)
        except Exception as error:
            galat.append(error)
        finally:
            connection.close()

    benang = [threading.Thread(target=run, args=satu) for satu in daftar]
    for satu in benang:
        satu.start()
    for satu in benang:
        satu.join(timeout=60)

    assert galat == []
    assert PaktaIntegritas.objects.count() == 6
    assert read_rollup(satker, tahun) == (6, 6)
