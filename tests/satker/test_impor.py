"""Offices from a table: what each row does, and what is refused by row and column."""

import datetime

import pytest
import time_machine
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from integritas import unduh
from integritas.impor import ImporDitolakError
from integritas.tabel import BerkasDitolakError
from satker import alur, fakta, impor
from satker.models import (
    KantorWilayah,
    KedudukanSatker,
    Putaran,
    RantaiRiwayat,
    Riwayat,
    SatuanKerja,
    Upacara,
)
from tests.factories import AdminFactory, KanwilFactory, SatkerFactory, TimKanwilFactory
from tests.integritas.berkas import change_zip, make_csv, make_xlsx

pytestmark = pytest.mark.django_db
JUDUL = ("kode", "nama", "jenis", "kelas", "kota_kabupaten", "induk", "berlaku_mulai")
BARU = ("16-lapas-baru", "Lapas Kelas III Baru", "Lapas", "III", "Kota Baru", "16-kanwil", "")
PALEMBANG = ("16-lapas-palembang", "Lapas Kelas I Palembang", "Lapas", "I", "", "16-kanwil")


@pytest.fixture
def nyata():
    """The real offices of the packaged facts."""
    fakta.load()


def plan(*baris, judul=JUDUL, by=None):
    return impor.plan("a.csv", make_csv(judul, *baris), by=by)


def apply(*baris, judul=JUDUL, by=None, **pilihan):
    return impor.apply("a.csv", make_csv(judul, *baris), by=by, **pilihan)


def list_pesan(rencana):
    return [str(pesan) for baris in rencana.baris for pesan in baris.pesan]


def list_hasil(rencana):
    return [baris.hasil.value for baris in rencana.baris]


def count_all():
    """What a refused import must leave as it was: rows, and heads of the history."""
    return (
        SatuanKerja.objects.count(),
        KantorWilayah.objects.count(),
        list(KedudukanSatker.objects.order_by("pk").values_list()),
        Riwayat.objects.count(),
        dict(RantaiRiwayat.objects.values_list("kunci", "hash")),
    )


# --- new ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "berkas", ["kanwil.csv", "satker-sumsel-2022.csv", "satker-jatim-2022.csv"]
)
def test_packaged_lists_are_the_same_as_the_loaded_facts(nyata, berkas):
    rencana = impor.plan(berkas, (fakta.DATA / berkas).read_bytes())

    assert set(list_hasil(rencana)) == {"sama"}


def test_packaged_lists_import_as_they_are_into_an_empty_register(nyata):
    fakta_nyata = set(KedudukanSatker.objects.values_list("satker__kode", "nama", "urut", "tempat"))
    with transaction.atomic():
        Upacara.objects.all().delete()
        Putaran.objects.all().delete()
        KedudukanSatker.objects.all().delete()
        KantorWilayah.objects.all().delete()
        SatuanKerja.objects.all().delete()

    for berkas in ("kanwil.csv", "satker-sumsel-2022.csv", "satker-jatim-2022.csv"):
        impor.apply(berkas, (fakta.DATA / berkas).read_bytes())

    assert SatuanKerja.objects.count() == 122
    assert KantorWilayah.objects.count() == 33
    # The two Kanwil with a list take its place there ("Kota Palembang").
    diimpor = set(KedudukanSatker.objects.values_list("satker__kode", "nama", "urut", "tempat"))
    assert {kode for kode, *_ in fakta_nyata ^ diimpor} == {"16-kanwil", "35-kanwil"}


def test_new_unit_gets_its_position_from_row_and_parent(nyata):
    rencana = apply((*BARU[:6], "2024-03-01"))

    posisi = KedudukanSatker.objects.get(satker__kode="16-lapas-baru")
    assert list_hasil(rencana) == ["baru"]
    assert alur.describe(posisi) == {
        "nama": "Lapas Kelas III Baru",
        "jenis": "lapas",
        "kelas": "III",
        "kanwil": "16-kanwil",
        "instansi": None,
        "tempat": "Kota Baru",
        "zona_waktu": "WIB",
        "berlaku_dari": datetime.date(2024, 3, 1),
        "berlaku_sampai": None,
        "sumber": "impor a.csv",
    }
    assert posisi.pembina.kode == "ditjenpas"
    assert " lapas " in posisi.cari
    assert posisi.urut


def test_new_unit_is_written_with_its_history(nyata):
    admin = AdminFactory()

    apply(BARU, by=admin)

    (baris,) = Riwayat.objects.of(SatuanKerja.objects.get(kode="16-lapas-baru"))
    assert (baris.kejadian, baris.oleh_id) == ("satker didaftarkan", admin.pk)
    assert baris.isi["alasan"] == "impor a.csv"
    assert baris.isi["sesudah"]["nama"] == "Lapas Kelas III Baru"


def test_new_unit_without_a_date_is_noticed_as_counting_always(nyata):
    assert plan(BARU).pemberitahuan == [
        "1 satker baru tanpa tanggal mulai dicatat sejak sebelum catatan, jadi ikut terhitung pada "
        "semua tanggal. Isi kolom berlaku mulai bila tanggalnya diketahui."
    ]
    assert plan((*BARU[:6], "2024-03-01")).pemberitahuan == []


def test_new_unit_called_as_another_one_is_pointed_out(nyata):
    baris = [(f"16-lapas-{n}", "LAPAS Kelas I Palembang", *BARU[2:6], "2024-01-01") for n in "ab"]

    rencana = plan(*baris, ("16-lapas-c", "Lapas Lain", *BARU[2:6], "2024-01-01"))

    assert list_hasil(rencana) == ["baru"] * 3
    assert rencana.pemberitahuan == [
        "Periksa nama yang sama dengan kode lain: baris 2 (LAPAS Kelas I Palembang, sudah "
        "16-lapas-palembang); baris 3 (LAPAS Kelas I Palembang, sudah 16-lapas-palembang)."
    ]


@pytest.mark.parametrize(
    ("jenis", "kelas", "hasil"),
    [
        ("lapas", "Kelas IIA", "IIA"),
        ("Lembaga Pemasyarakatan", "klas II A", "IIA"),
        ("LAPAS", "2a", "IIA"),
        ("Kantor Imigrasi", "i tpi", "I TPI"),
        ("LPP", "IIA", "IIA"),
        ("Rudenim", "-", ""),
    ],
)
def test_types_and_classes_are_known_by_all_their_names(nyata, jenis, kelas, hasil):
    apply(("16-baru-satu", "Kantor Baru", jenis, kelas, "", "16-kanwil", ""))

    assert KedudukanSatker.objects.get(satker__kode="16-baru-satu").kelas == hasil


def test_kanwil_of_a_new_kind_and_its_units_come_in_one_file_in_any_order(nyata):
    apply(
        (
            "16-lapas-baru",
            "Lapas Kelas III Baru",
            "Lapas",
            "III",
            "",
            "16-kanwil-ditjenpas",
            "21 Oktober 2024",
        ),
        (
            "16-kanwil-ditjenpas",
            "Kanwil Ditjenpas Sumatera Selatan",
            "Kanwil",
            "",
            "Kota Palembang",
            "ditjenpas",
            "21/10/2024",
        ),
    )

    kanwil = KantorWilayah.objects.get(satker__kode="16-kanwil-ditjenpas")
    sendiri = KedudukanSatker.objects.get(satker=kanwil.satker)
    satker = KedudukanSatker.objects.get(satker__kode="16-lapas-baru")
    assert (kanwil.provinsi, kanwil.kode_bps) == ("Sumatera Selatan", "16")
    assert (sendiri.kanwil, sendiri.instansi.kode) == (kanwil, "ditjenpas")
    assert (sendiri.pembina.kode, sendiri.zona_waktu) == ("ditjenpas", "WIB")
    assert (satker.kanwil, satker.zona_waktu) == (kanwil, "WIB")


@pytest.mark.parametrize(
    ("kode", "induk", "hasil"),
    [
        ("16-kanwil-ditjenim", "", "ditjenim"),
        ("16-kanwil-lain", "", "kemenkumham"),
        ("16-kanwil-lain", "Ditjen AHU", "ditjenahu"),
    ],
)
def test_parent_of_a_kanwil_comes_from_its_column_or_its_code(nyata, kode, induk, hasil):
    apply((kode, "Kanwil Lain", "Kanwil", "", "", induk, ""))

    assert KedudukanSatker.objects.get(satker__kode=kode).instansi.kode == hasil


def test_kanwil_of_a_province_that_is_not_known_brings_its_own_facts(nyata):
    judul = (*JUDUL, "provinsi", "kode_bps", "zona_waktu")
    baris = ("95-kanwil", "Kanwil Papua Selatan", "Kanwil", "", "Merauke", "", "")

    assert list_pesan(plan((*baris, "", "", ""), judul=judul)) == [
        'Baris 2, kolom "provinsi": masih kosong, dan kode 95 belum dikenal.',
        'Baris 2, kolom "zona_waktu": masih kosong. Pilih WIB, WITA, atau WIT.',
    ]
    apply((*baris, "Papua Selatan", "95", "wit"), judul=judul)
    assert KantorWilayah.objects.get(kode_bps="95").provinsi == "Papua Selatan"


def test_unit_under_an_invented_kanwil_is_invented_too(nyata):
    KanwilFactory(kode="99-kanwil", contoh=True)

    apply(("99-lapas-contoh", "Lapas Contoh", "Lapas", "I", "", "99-kanwil", ""))

    assert SatuanKerja.objects.get(kode="99-lapas-contoh").contoh


# --- refused --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("perubahan", "pesan"),
    [
        ({"kode": ""}, 'kolom "kode": masih kosong.'),
        ({"kode": "lapas"}, 'kolom "kode": "lapas" tidak bisa dipakai.'),
        ({"kode": "16_lapas baru"}, 'kolom "kode": "16_lapas baru" tidak bisa dipakai.'),
        ({"kode": "16-lapas-" + "x" * 60}, 'kolom "kode": 69 huruf; paling banyak 60.'),
        ({"nama": ""}, 'kolom "nama": masih kosong.'),
        ({"nama": "x" * 201}, 'kolom "nama": 201 huruf; paling banyak 200.'),
        ({"nama": "=SUM(A1)"}, 'kolom "nama": berisi rumus.'),
        ({"nama": "'=SUM(A1)"}, 'kolom "nama": diawali tanda "=".'),
        ({"jenis": "Lapass"}, 'kolom "jenis": "Lapass" tidak dikenal. Maksudnya Lapas?'),
        ({"jenis": ""}, 'kolom "jenis": masih kosong.'),
        ({"jenis": "UKK"}, 'kolom "jenis": UKK bukan satker mandiri'),
        ({"kelas": "IIC"}, 'kolom "kelas": "IIC" tidak dikenal bagi Lapas: I, IIA, IIB, III.'),
        ({"jenis": "Lapass", "induk": "x"}, 'kolom "induk": "x" tidak dikenal.'),
        ({"induk": "16-kanwill"}, '"16-kanwill" tidak dikenal. Maksudnya 16-kanwil?'),
        ({"induk": ""}, 'kolom "induk": masih kosong.'),
        ({"induk": "16-lapas-palembang"}, 'kolom "induk": "16-lapas-palembang" tidak dikenal.'),
        ({"berlaku_mulai": "31/02/2024"}, '"31/02/2024" tidak ada di kalender.'),
        ({"berlaku_mulai": "2024"}, 'kolom "berlaku_mulai": "2024" bukan tanggal.'),
        ({"berlaku_mulai": "2090-01-01"}, "1 Januari 2090 terlalu jauh di depan."),
    ],
)
def test_wrong_row_is_refused_with_row_and_column_and_nothing_is_written(nyata, perubahan, pesan):
    baris = [perubahan.get(kolom, nilai) for kolom, nilai in zip(JUDUL, BARU, strict=True)]
    sebelum = count_all()

    with pytest.raises(ImporDitolakError, match="1 baris ditolak") as galat:
        apply(("16-lapas-lain", *BARU[1:]), baris)

    (ditolak,) = galat.value.rencana.list_hasil("ditolak")
    assert ditolak.nomor == 3
    assert any(str(satu).startswith("Baris 3") and pesan in str(satu) for satu in ditolak.pesan)
    assert count_all() == sebelum


def test_code_that_stands_twice_is_refused_in_every_row(nyata):
    assert list_pesan(plan(BARU, (BARU[0].upper(), *BARU[1:]))) == [
        'Baris 2, kolom "kode": "16-lapas-baru" ada lagi di baris 3.',
        'Baris 3, kolom "kode": "16-lapas-baru" sudah ada di baris 2.',
    ]


@pytest.mark.parametrize(
    ("nama", "isi", "pesan"),
    [
        ("a.xlsx", make_csv(JUDUL, BARU), "isinya teks biasa"),
        ("a.csv", make_xlsx(JUDUL, BARU), "buku kerja atau arsip zip"),
        ("a.xlsx", make_xlsx(JUDUL, BARU)[:-30], "rusak"),
        (
            "a.xlsx",
            change_zip(make_xlsx(JUDUL, BARU), tambah=[("x.xml", b"\0" * (60 << 20))]),
            "jauh lebih besar",
        ),
        (
            "a.xlsx",
            change_zip(make_xlsx(JUDUL, BARU), tambah=[("xl/vbaProject.bin", b"x")]),
            "makro",
        ),
        ("a.csv", make_csv(JUDUL, *[BARU] * 10_001), r"lebih dari 10\.000 baris"),
        ("a.csv", make_csv(JUDUL, BARU) + b" " * (5 << 20), "paling besar 5 MB"),
        ("a.csv", make_csv(("kode", "nama", "kelas"), BARU[:3]), 'Kolom "jenis" tidak ada'),
    ],
)
def test_refused_file_leaves_everything_as_it_was(nyata, nama, isi, pesan):
    sebelum = count_all()

    for lewati in (False, True):
        with pytest.raises(BerkasDitolakError, match=pesan):
            impor.apply(nama, isi, lewati=lewati)

    assert count_all() == sebelum


def test_formula_of_a_workbook_is_refused_by_row_and_column(nyata):
    isi = make_xlsx(JUDUL, (BARU[0], "=A1", *BARU[2:]))
    sebelum = count_all()

    with pytest.raises(ImporDitolakError) as galat:
        impor.apply("a.xlsx", isi)

    assert list_pesan(galat.value.rencana) == [
        'Baris 2, kolom "nama": berisi rumus. Tempel sebagai nilai.'
    ]
    assert count_all() == sebelum


def test_unit_under_a_refused_kanwil_is_refused_with_its_row(nyata):
    rencana = plan(
        ("16-kanwil-x", "Kanwil X", "Kanwil", "", "", "tidak-ada", ""),
        (*BARU[:5], "16-kanwil-x", ""),
    )

    assert list_pesan(rencana) == [
        'Baris 2, kolom "induk": "tidak-ada" tidak dikenal.',
        'Baris 3, kolom "induk": "16-kanwil-x" ditolak pada baris 2.',
    ]


def test_parent_must_stand_on_the_day(nyata):
    kanwil = ("16-kanwil-kemenkum", "Kanwil Kemenkum", "Kanwil", "", "", "kemenkum")
    rencana = plan(
        (*kanwil, ""), ("16-kanwil-x", "X", "Kanwil", "", "", "kemenkumham", "2025-01-01")
    )

    assert list_pesan(rencana) == [
        'Baris 2, kolom "berlaku_mulai": masih kosong, sedangkan kemenkum baru ada sejak 21 '
        "Oktober 2024. Isi tanggal mulainya.",
        'Baris 3, kolom "induk": kemenkumham tidak berdiri pada 1 Januari 2025.',
    ]
    assert list_hasil(plan((*kanwil, "2024-10-21"))) == ["baru"]


def test_refused_rows_are_left_out_only_when_asked(nyata):
    rencana = apply(BARU, ("16-lapas-x", "X", "Lapass", "", "", "16-kanwil", ""), lewati=True)

    assert (list_hasil(rencana), rencana.ditulis) == (["baru", "ditolak"], True)
    assert SatuanKerja.objects.filter(kode="16-lapas-baru").exists()
    assert not SatuanKerja.objects.filter(kode="16-lapas-x").exists()


# --- the same and changed -------------------------------------------------------------------------
def test_done_twice_changes_nothing(nyata):
    apply(BARU)
    sebelum = count_all()

    rencana = apply(BARU)

    assert list_hasil(rencana) == ["sama"]
    assert count_all() == sebelum


@pytest.mark.parametrize(
    "baris",
    [
        ("16-LAPAS-palembang", "LAPAS KELAS I  PALEMBANG", "lapas", "Kelas I", "Palembang", ""),
        (
            "16-lapas-palembang",
            "",
            "",
            "",
            "",
            "Kantor Wilayah Kementerian Hukum dan HAM Sumatera Selatan",
        ),
        ("16-lapas-palembang", "-", "-", "-", "-", "-"),
    ],
)
def test_other_spelling_and_empty_cells_say_nothing_new(nyata, baris):
    assert list_hasil(plan((*baris, ""))) == ["sama"]


def test_change_without_a_day_is_refused_with_before_and_after(nyata):
    assert list_pesan(plan((*PALEMBANG[:1], "Lapas Merah Mata", *PALEMBANG[2:], ""))) == [
        'Baris 2, kolom "nama": berubah dari "Lapas Kelas I Palembang" menjadi "Lapas Merah Mata". '
        'Isi kolom "berlaku mulai" dengan tanggal mulai perubahan ini.'
    ]


def test_change_with_a_day_begins_a_position_and_keeps_the_past(nyata):
    satker = SatuanKerja.objects.get(kode="16-lapas-palembang")

    rencana = apply((*PALEMBANG[:1], "Lapas Merah Mata", "", "IIA", "", "", "1 Maret 2024"))

    lama, baru = KedudukanSatker.objects.filter(satker=satker).order_by("pk")
    assert list_hasil(rencana) == ["berubah"]
    assert (lama.nama, lama.kelas) == ("Lapas Kelas I Palembang", "I")
    assert lama.berlaku_sampai == baru.berlaku_dari == datetime.date(2024, 3, 1)
    assert (baru.nama, baru.kelas, baru.tempat) == ("Lapas Merah Mata", "IIA", "Kota Palembang")
    assert baru.kanwil == lama.kanwil
    assert "merah" in baru.cari
    (_, catatan) = Riwayat.objects.of(satker).order_by("nomor")
    assert catatan.kejadian == "ganti kelas"
    assert catatan.isi["sebelum"]["berlaku_sampai"] is None
    assert catatan.isi["sesudah"]["nama"] == "Lapas Merah Mata"


def test_change_done_twice_is_the_same(nyata):
    baris = (*PALEMBANG[:1], "Lapas Merah Mata", "", "", "", "", "2024-03-01")
    apply(baris)

    assert list_hasil(plan(baris)) == ["sama"]
    assert list_hasil(plan((*baris[:6], ""))) == ["sama"]
    assert list_hasil(plan((*PALEMBANG, "2024-02-29"))) == ["sama"]


def test_move_to_a_kanwil_of_the_same_file_is_a_move(nyata):
    apply(
        ("16-kanwil-ditjenpas", "Kanwil Ditjenpas", "Kanwil", "", "", "ditjenpas", "2024-10-21"),
        (*PALEMBANG[:5], "16-kanwil-ditjenpas", "2024-10-21"),
    )

    satker = SatuanKerja.objects.get(kode="16-lapas-palembang")
    lama, baru = KedudukanSatker.objects.filter(satker=satker).order_by("pk")
    assert (lama.kanwil.satker.kode, baru.kanwil.satker.kode) == (
        "16-kanwil",
        "16-kanwil-ditjenpas",
    )
    assert Riwayat.objects.of(satker).first().kejadian == "pindah Kanwil"


@pytest.mark.parametrize(
    ("mulai", "pesan"),
    [
        (
            "2024-03-01",
            "kedudukan sekarang baru berlaku mulai 1 Maret 2024. Pilih tanggal sesudahnya.",
        ),
        (
            "2024-02-01",
            "kedudukan sekarang baru berlaku mulai 1 Maret 2024. Pilih tanggal sesudahnya.",
        ),
    ],
)
def test_change_before_the_position_in_force_is_refused(nyata, mulai, pesan):
    apply((*PALEMBANG[:1], "Lapas Merah Mata", "", "", "", "", "2024-03-01"))

    assert list_pesan(plan((*PALEMBANG[:1], "Lapas Pakjo", "", "", "", "", mulai))) == [
        f'Baris 2, kolom "berlaku_mulai": {pesan}'
    ]


def test_unit_that_was_closed_or_had_not_begun_is_refused(nyata):
    kanwil = KantorWilayah.objects.get(satker__kode="16-kanwil")
    SatkerFactory(kode="16-lapas-tua", kanwil=kanwil, tutup_pada=datetime.date(2020, 1, 1))
    apply((*BARU[:6], "2024-03-01"))

    assert list_pesan(plan(("16-lapas-tua", *BARU[1:]), (*BARU[:6], "2023-01-01"))) == [
        'Baris 2, kolom "kode": 16-lapas-tua sudah ditutup sejak 1 Januari 2020. Kode tidak '
        "dipakai ulang.",
        'Baris 3, kolom "berlaku_mulai": 1 Januari 2023 mendahului satker ini, yang baru ada sejak '
        "1 Maret 2024.",
    ]


def test_kanwil_and_unit_do_not_change_places(nyata):
    assert list_pesan(plan(("16-kanwil", "", "Lapas", "", "", "", "2024-01-01"))) == [
        'Baris 2, kolom "jenis": Kanwil dan satker lain tidak bisa bertukar jenis; daftarkan satker '
        "baru."
    ]


def test_real_unit_does_not_move_under_an_invented_kanwil(nyata):
    KanwilFactory(kode="99-kanwil", contoh=True)

    assert (
        "tidak boleh bercampur" in list_pesan(plan((*PALEMBANG[:5], "99-kanwil", "2024-01-01")))[0]
    )


def test_type_without_classes_drops_the_class(nyata):
    apply(("16-kanim-palembang", "Rudenim Palembang", "Rudenim", "", "", "", "2024-01-01"))

    posisi = KedudukanSatker.objects.get(satker__kode="16-kanim-palembang", berlaku_sampai=None)
    assert (posisi.jenis.kode, posisi.kelas) == ("rudenim", "")


def test_predicates_in_a_list_of_units_are_set_aside_with_a_notice(nyata):
    rencana = impor.plan("a.csv", (fakta.DATA / "satker-sumsel-2022.csv").read_bytes())

    assert rencana.pemberitahuan == ["Kolom predikat tidak dibaca di sini; pakai impor predikat."]
    assert rencana.tabel.diabaikan == ["predikat", "tahun_predikat"]


# --- who may --------------------------------------------------------------------------------------
def test_team_of_a_kanwil_imports_only_its_own_units(nyata):
    tim = TimKanwilFactory(kanwil=KantorWilayah.objects.get(satker__kode="16-kanwil"))

    rencana = plan(
        BARU,
        (*PALEMBANG, ""),
        ("35-lapas-malang", "Lapas Kelas I Malang", "Lapas", "I", "", "35-kanwil", ""),
        ("35-lapas-baru", "Lapas Baru", "Lapas", "I", "", "35-kanwil", ""),
        ("16-kanwil-x", "Kanwil X", "Kanwil", "", "", "ditjenpas", ""),
        ("16-lapas-lahat", "", "", "", "", "35-kanwil", "2024-01-01"),
        by=tim,
    )

    assert list_hasil(rencana) == ["baru", "sama", "ditolak", "ditolak", "ditolak", "ditolak"]
    assert list_pesan(rencana) == [
        "Baris 4: Lapas Kelas I Malang bukan satker Kanwil Anda.",
        'Baris 5, kolom "induk": 35-kanwil bukan Kanwil Anda.',
        "Baris 6: Kanwil baru hanya dapat didaftarkan oleh admin.",
        'Baris 7, kolom "induk": 35-kanwil bukan Kanwil Anda.',
    ]


# --- confirmation ---------------------------------------------------------------------------------
def test_what_is_written_is_what_was_shown(nyata):
    sidik = plan(BARU).compute_sidik()
    apply((*BARU[:1], "Lapas Lain", *BARU[2:]))
    sebelum = count_all()

    with pytest.raises(ImporDitolakError, match="Data berubah sejak pratinjau"):
        apply(BARU, sidik=sidik, lewati=True)

    assert count_all() == sebelum


# --- speed ----------------------------------------------------------------------------------------
def make_rows(jumlah):
    return [
        (
            f"16-lapas-uji-{nomor}",
            f"Lapas Kelas IIB Uji {nomor}",
            "Lapas",
            "IIB",
            f"Kota {nomor}",
            "16-kanwil",
            "2024-01-01",
        )
        for nomor in range(jumlah)
    ]


@pytest.mark.parametrize("jumlah", [10, 200])
def test_import_costs_the_same_statements_at_any_length(nyata, count_queries, jumlah):
    with count_queries() as daftar_sql:
        apply(*make_rows(jumlah), by=None)

    assert len(daftar_sql) <= 30


@pytest.mark.parametrize("jumlah", [10, 200])
def test_preview_costs_the_same_statements_at_any_length(nyata, count_queries, jumlah):
    apply(*make_rows(jumlah // 2))

    with count_queries() as daftar_sql:
        plan(*make_rows(jumlah))

    assert len(daftar_sql) == 9


# --- round trip -----------------------------------------------------------------------------------
KOLOM_UNDUH = ("kode", "nama", "jenis", "kelas", "kota_kabupaten", "induk", "sumber", "keyakinan")


def export():
    """The facts in force today as the register exports them."""
    for posisi in KedudukanSatker.objects.at(datetime.date.today()).order_by("urut", "pk"):  # noqa: DTZ011
        induk = posisi.kanwil.satker.kode if posisi.kanwil else posisi.instansi.kode
        yield [
            posisi.satker.kode,
            posisi.nama,
            posisi.jenis.singkatan,
            posisi.kelas,
            posisi.tempat,
            "" if induk == posisi.satker.kode else induk,
            posisi.sumber,
            posisi.keyakinan,
        ]


TEKS = st.text(alphabet="=+-@'\"; ,\t\nabcé‘’–", min_size=1, max_size=30).filter(str.strip)


class BolakBalikTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        fakta.load()
        cls.kanwil = KantorWilayah.objects.get(satker__kode="16-kanwil")

    @given(nama=TEKS, tempat=TEKS, sumber=TEKS)
    @settings(max_examples=25, deadline=None)
    def test_exported_register_comes_back_as_the_same(self, nama, tempat, sumber):
        SatkerFactory(
            kode="16-lapas-aneh", nama=nama, tempat=tempat, sumber=sumber, kanwil=self.kanwil
        )
        csv = "".join(unduh.stream_csv(KOLOM_UNDUH, export())).encode()

        rencana = impor.plan("a.csv", csv)

        assert {baris.hasil.value for baris in rencana.baris} == {"sama"}, list_pesan(rencana)
        assert len(rencana.baris) == 123


@time_machine.travel("2026-06-01")
def test_future_change_is_taken_up_to_a_year_ahead(nyata):
    apply((*PALEMBANG[:1], "Lapas Merah Mata", "", "", "", "", "2027-01-01"))

    posisi = KedudukanSatker.objects.at(datetime.date(2026, 12, 31))
    assert posisi.get(satker__kode="16-lapas-palembang").nama == "Lapas Kelas I Palembang"
