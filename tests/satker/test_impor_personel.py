"""A roster from a file: doubles are named by row, and thousands of them cost no more statements."""

import datetime
import io
import time

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from integritas.impor import Hasil, ImporDitolakError
from satker.impor_personel import apply, plan
from satker.models import CakupanPakta, Personel, Riwayat
from tests.factories import OperatorFactory, PersonelFactory, SatkerFactory
from tests.integritas.berkas import make_csv

pytestmark = pytest.mark.django_db
JUDUL = ("Nama", "Jenis", "Jabatan", "NIP")


@pytest.fixture
def operator():
    return OperatorFactory()


def get_satker(operator):
    return operator.penugasan_set.get().satker


def baca(operator, *baris, judul=JUDUL):
    return plan("a.csv", make_csv(judul, *baris), by=operator)


def test_people_of_every_kind_are_written_at_once(operator):
    isi = make_csv(
        (*JUDUL, "Mulai", "Kontak", "Guna Kontak", "Kontak dihapus"),
        (
            "Satu",
            "PNS",
            "Pengelola data",
            "1990 0101",
            "01/02/2026",
            "a@b.id",
            "tautan",
            "2099-1-1",
        ),
        ("Dua", "satpam", "Pintu utama", "", "", "", "", ""),
        ("Tiga", "Tukang Kebun", "Kebun", "", "", "", "", ""),
        ("Empat", "juru parkir", "Parkir", "", "", "", "", ""),
        ("Lima", "Cleaning Service", "Gedung", "", "", "", "", ""),
    )

    rencana = apply("a.csv", isi, by=operator)

    satker = get_satker(operator)
    assert rencana.say_jumlah() == "5 baru, 0 berubah, 0 sama, 0 ditolak"
    assert list(Personel.objects.order_by("pk").values_list("jenis", flat=True)) == [
        *("asn", "pengamanan", "taman", "parkir", "kebersihan")
    ]
    satu = Personel.objects.get(nama="Satu")
    assert (satu.satker, satu.nomor, satu.kontak) == (satker, "19900101", "a@b.id")
    assert satu.berlaku_dari == datetime.date(2026, 2, 1)
    assert CakupanPakta.objects.get().jumlah_personel == 5
    catatan = Riwayat.objects.of(satker).get()
    assert catatan.isi["sesudah"]["jumlah"] == 5
    assert "Satu" not in catatan.teks


def test_every_fault_is_named_by_its_cell_and_nothing_is_written(operator):
    isi = make_csv(
        (*JUDUL, "Kontak"),
        ("Satu", "Satpamm", "Jaga", "", ""),
        ("", "ASN", "", "", ""),
        ("Tiga", "ASN", "Data", "", "a@b.id"),
    )

    with pytest.raises(ImporDitolakError, match="3 baris ditolak") as galat:
        apply("a.csv", isi, by=operator)

    pesan = [str(satu) for baris in galat.value.rencana.baris for satu in baris.pesan]
    assert pesan == [
        'Baris 2, kolom "Jenis": "Satpamm" tidak dikenal. Maksudnya satpam?',
        'Baris 3, kolom "Nama": masih kosong.',
        'Baris 3, kolom "Jabatan": masih kosong.',
        'Baris 4, kolom "guna kontak": guna kontak wajib diisi bila kontak disimpan.',
        'Baris 4, kolom "kontak sampai": tanggal kontak dihapus wajib diisi bila kontak disimpan.',
    ]
    assert not Personel.objects.exists()


def test_doubles_in_the_file_are_refused_in_both_rows(operator):
    rencana = baca(
        operator,
        ("Satu", "ASN", "Data", "111"),
        ("Satu", "ASN", "Data", "222"),
        ("Lain", "ASN", "Data", "1.1.1"),
        ("Dua", "PPNPN", "Umum", ""),
        (" DUA. ", "PPNPN", "umum", ""),
    )

    assert [satu.hasil for satu in rencana.baris] == [
        *(Hasil.DITOLAK, Hasil.BARU, Hasil.DITOLAK, Hasil.DITOLAK, Hasil.DITOLAK)
    ]
    assert [str(satu.pesan[0]) for satu in rencana.baris if satu.pesan] == [
        'Baris 2, kolom "NIP": nomor pegawai ini ada lagi di baris 4.',
        'Baris 4, kolom "NIP": nomor pegawai ini sudah ada di baris 2.',
        'Baris 5, kolom "Nama": nama dan jabatan ini ada lagi di baris 6.',
        'Baris 6, kolom "Nama": nama dan jabatan ini sudah ada di baris 5.',
    ]


def test_doubles_of_the_roster_name_who_is_there_and_the_same_person_is_no_news(operator):
    satker = get_satker(operator)
    PersonelFactory(satker=satker, nama="Satu", jabatan="Data", nomor="111")
    PersonelFactory(satker=satker, nama="Dua", jabatan="Umum")
    PersonelFactory(nama="Tiga", jabatan="Umum", nomor="333")

    rencana = baca(
        operator,
        ("SATU", "ASN", "data", "111"),
        ("Orang Baru", "ASN", "Data", "111"),
        ("Dua", "PPNPN", "Umum", "444"),
        ("Tiga", "ASN", "Umum", "333"),
    )

    # The row that says what is on record is the first of its number, so the second one doubles it.
    assert [satu.hasil for satu in rencana.baris] == [
        *(Hasil.SAMA, Hasil.DITOLAK, Hasil.DITOLAK, Hasil.BARU)
    ]
    assert "sudah tercatat: Dua, Umum" in str(rencana.baris[2].pesan[0])


def test_who_keeps_several_rosters_says_which_and_others_are_out_of_reach(operator):
    lain, asing = SatkerFactory(), SatkerFactory()
    operator.penugasan_set.create(peran="operator", satker=lain, berlaku_dari="2020-01-01")

    rencana = baca(
        operator,
        ("Satu", "ASN", "Data", "", lain.kode),
        ("Dua", "ASN", "Data", "", asing.kode),
        ("Tiga", "ASN", "Data", "", ""),
        judul=(*JUDUL, "Kode satker"),
    )

    assert [satu.hasil for satu in rencana.baris] == [Hasil.BARU, Hasil.DITOLAK, Hasil.DITOLAK]
    assert "bukan satker yang Anda urus" in str(rencana.baris[1].pesan[0])


def test_a_staff_number_that_a_sheet_has_rounded_is_refused(operator):
    buku = openpyxl.Workbook()
    buku.active.append(list(JUDUL))
    buku.active.append(["Satu", "ASN", "Data", 199001012020121001])
    isi = io.BytesIO()
    buku.save(isi)

    rencana = plan("a.xlsx", isi.getvalue(), by=operator)

    assert "lebih dari 15 digit" in str(rencana.baris[0].pesan[0])


def make_roster(jumlah):
    """Every fifth row doubles the one before it, every seventh somebody on record."""
    return [
        (
            f"Orang {nomor - (nomor % 5 == 4)}",
            "ASN",
            "Pengelola data",
            f"{10_000_000 + nomor - (nomor % 5 == 4)}" if nomor % 7 else "77777777",
        )
        for nomor in range(jumlah)
    ]


@pytest.mark.parametrize("jumlah", [50, 5000])
def test_thousands_of_rows_with_doubles_are_answered_quickly(operator, count_queries, jumlah):
    satker = get_satker(operator)
    ada = [
        Personel(satker=satker, nama=f"Lama {nomor}", jenis="asn", jabatan="X", nomor=str(nomor))
        for nomor in range(jumlah)
    ]
    Personel.objects.bulk_create(satu.fill_kunci() for satu in ada)
    isi = make_csv(JUDUL, *make_roster(jumlah))
    mulai = time.perf_counter()

    with count_queries() as daftar_sql, pytest.raises(ImporDitolakError):
        apply("a.csv", isi, by=operator)

    lama = time.perf_counter() - mulai
    assert len([sql for sql in daftar_sql if sql.startswith("SELECT")]) <= 4
    assert Personel.objects.count() == jumlah
    # Some 0.4 s by itself; the machine may be busy.
    assert lama < 5


def test_the_pages_show_the_plan_and_write_it_once(client_for, operator):
    client = client_for(operator)
    berkas = io.BytesIO(make_csv(JUDUL, ("Satu", "ASN", "Data", "111")))
    berkas.name = "roster.csv"

    pratinjau = client.post(reverse("personel_import"), {"berkas": berkas}, follow=True)
    alamat = pratinjau.redirect_chain[0][0]

    assert '<th scope="col">Personel</th>' in pratinjau.text
    isi = {"sidik": pratinjau.context["sidik"]}
    assert client.post(f"{alamat}tulis/", isi).status_code == 302
    assert client.post(f"{alamat}tulis/", isi).status_code == 302
    assert Personel.objects.get().nama == "Satu"
    assert CakupanPakta.objects.get().tahun == timezone.localdate().year
