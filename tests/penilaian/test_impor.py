"""Predicates from a table: what each row does, by the rules of a single grant."""

import datetime

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from integritas.impor import ImporDitolakError
from penilaian import alur, fakta, impor
from penilaian.models import MasaPredikat, PernyataanTanpa, PerubahanPredikat, Predikat
from satker import fakta as fakta_satker
from satker import impor as impor_satker
from satker.models import RantaiRiwayat, Riwayat, SatuanKerja
from tests.factories import AturanFactory, PredikatFactory, SatkerFactory, TanpaFactory, TpiFactory
from tests.integritas.berkas import make_csv, make_xlsx

pytestmark = pytest.mark.django_db
JUDUL = ("kode", "predikat", "nomor_sk", "tanggal_sk", "tahun", "disebut_pada", "sumber")
WBK = ("a-1", "WBK", "SK-1", "20/12/2021", "", "", "surat")


@pytest.fixture
def satker():
    return SatkerFactory(kode="a-1", nama="Lapas A")


def plan(*baris, judul=JUDUL, by=None):
    return impor.plan("a.csv", make_csv(judul, *baris), by=by)


def apply(*baris, judul=JUDUL, **pilihan):
    return impor.apply("a.csv", make_csv(judul, *baris), **pilihan)


def list_pesan(rencana):
    return [str(pesan) for baris in rencana.baris for pesan in baris.pesan]


def list_hasil(rencana):
    return [baris.hasil.value for baris in rencana.baris]


def count_all():
    """What a refused import must leave as it was."""
    return (
        list(Predikat.objects.order_by("pk").values_list()),
        list(PerubahanPredikat.objects.order_by("pk").values_list()),
        list(PernyataanTanpa.objects.order_by("pk").values_list()),
        list(MasaPredikat.objects.order_by("pk").values_list("satker", "dari", "sampai")),
        Riwayat.objects.count(),
        dict(RantaiRiwayat.objects.values_list("kunci", "hash")),
    )


def test_row_is_recorded_as_a_single_grant_would_be(satker):
    tpi = TpiFactory()

    rencana = apply((*WBK[:5], "2022-01-19", "koran"), by=tpi)

    predikat = Predikat.objects.get()
    lewat_langkah = alur.grant(
        SatkerFactory(),
        "WBK",
        by=tpi,
        nomor_sk="SK-1",
        tanggal_sk=datetime.date(2021, 12, 20),
        disebut_pada=datetime.date(2022, 1, 19),
        sumber="koran",
    )
    abaikan = {"id", "satker", "dicatat_pada"}
    assert list_hasil(rencana) == ["baru"]
    dibuat, seharusnya = (model_to_dict(satu) for satu in (predikat, lewat_langkah))
    assert {k: v for k, v in dibuat.items() if k not in abaikan} == {
        k: v for k, v in seharusnya.items() if k not in abaikan
    }
    assert MasaPredikat.objects.get(satker=satker).nilai == "WBK"
    (riwayat,) = Riwayat.objects.of(satker)
    assert (riwayat.kejadian, riwayat.oleh_id) == ("predikat ditetapkan", tpi.pk)
    assert MasaPredikat.objects.find_selisih() == set()


def test_wbk_and_the_wbbm_it_rises_to_come_in_one_file_in_any_order(satker):
    rencana = apply(
        ("a-1", "WBBM", "SK-2", "2023-12-12", "", "", "surat"),
        ("a-1", "wbk", "SK-1", "2021-12-20", "", "", "surat"),
    )

    wbk, wbbm = Predikat.objects.order_by("berlaku_dari")
    assert list_hasil(rencana) == ["baru", "baru"]
    assert (wbk.jenis, wbk.berlaku_sampai) == ("WBK", datetime.date(2023, 12, 12))
    assert (wbbm.jenis, wbbm.alasan_tanpa_wbk) == ("WBBM", "")
    naik = PerubahanPredikat.objects.get(jenis="NAIK_KE_WBBM")
    assert (naik.predikat, naik.kelanjutan) == (wbk, wbbm)
    assert MasaPredikat.objects.find_selisih() == set()


def test_saying_without_predicate_needs_its_day(satker):
    assert list_pesan(plan(("a-1", "TANPA", "", "", "", "", "koran"))) == [
        'Baris 2, kolom "disebut_pada": masih kosong. Tanpa predikat memerlukan tanggal sumber '
        "menyebutnya."
    ]

    apply(("a-1", "Tanpa predikat", "", "", "", "19 Januari 2022", "koran"))

    pernyataan = PernyataanTanpa.objects.get()
    assert (pernyataan.pada, pernyataan.sumber) == (datetime.date(2022, 1, 19), "koran")
    assert Riwayat.objects.of(satker).get().kejadian == "dinyatakan tanpa predikat"


def test_empty_predicate_says_nothing(satker):
    rencana = apply(("a-1", "-", "", "", "", "", "koran"))

    assert list_hasil(rencana) == ["sama"]
    assert not Predikat.objects.exists()


def test_done_twice_changes_nothing(satker):
    SatkerFactory(kode="b-1")
    baris = [
        WBK,
        ("a-1", "WBBM", "", "", "2023", "", "surat"),
        ("b-1", "TANPA", "", "", "", "2022-01-19", "koran"),
    ]
    apply(*baris)
    sebelum = count_all()

    rencana = apply(*baris)

    assert list_hasil(rencana) == ["sama"] * 3
    assert count_all() == sebelum


def test_packaged_list_with_its_day_says_what_the_loaded_facts_say():
    fakta_satker.load()
    fakta.load()
    # The day of the list stands in another packaged file; its source for "tanpa" too.
    baris = (fakta_satker.DATA / "satker-sumsel-2022.csv").read_text().splitlines()
    isi = "\n".join([f"{baris[0]},disebut_pada", *(f"{satu},2022-01-19" for satu in baris[1:])])

    rencana = impor.plan("a.csv", isi.encode())

    hasil = {satu.kode: satu.hasil.value for satu in rencana.baris}
    assert {kode for kode, satu in hasil.items() if satu == "sama"} == {
        "16-kanwil",
        "16-lapas-palembang",
        "16-bapas-palembang",
        "16-kanim-palembang",
        "16-kanim-muara-enim",
    }
    # Another source for the same saying is a saying of its own.
    assert set(hasil.values()) == {"sama", "baru"}
    assert "jenis" in rencana.tabel.diabaikan


@pytest.mark.parametrize("format_unduh", ["csv", "xlsx"])
def test_download_of_the_register_comes_back_as_the_same(client, format_unduh):
    fakta_satker.load()
    fakta.load()
    respons = client.get(reverse("satker_unduh", args=[format_unduh]))
    isi = b"".join(respons.streaming_content)

    rencana = impor_satker.plan(f"a.{format_unduh}", isi)

    assert list_hasil(rencana) == ["sama"] * 122
    assert "predikat" in rencana.tabel.diabaikan


# --- completing -----------------------------------------------------------------------------------
def test_decree_found_later_completes_the_record(satker):
    apply(("a-1", "WBK", "", "", "", "2022-01-19", "koran"))

    rencana = apply(WBK)

    predikat = Predikat.objects.get()
    assert list_hasil(rencana) == ["berubah"]
    assert (predikat.nomor_sk, predikat.tanggal_sk) == ("SK-1", datetime.date(2021, 12, 20))
    assert (predikat.berlaku_dari, predikat.ketelitian) == (datetime.date(2021, 12, 20), "tanggal")
    assert predikat.sumber == "koran; surat"
    assert Riwayat.objects.of(satker).first().kejadian == "predikat dilengkapi"
    assert list_hasil(plan(WBK)) == ["sama"]


def test_preview_of_a_completion_shows_how_the_beginning_moves(satker):
    apply(("a-1", "WBK", "", "", "", "2022-01-19", "koran"))

    (baris,) = plan(WBK).baris

    assert baris.uraian == [
        ("tanggal_sk", "", "20 Desember 2021"),
        ("nomor_sk", "", "SK-1"),
        ("berlaku mulai", "19 Januari 2022", "20 Desember 2021"),
    ]


def test_completed_wbk_carries_the_wbbm_of_the_same_file(satker):
    apply(("a-1", "WBK", "", "", "", "2022-06-01", "koran"))

    rencana = apply(WBK, ("a-1", "WBBM", "SK-2", "2022-03-01", "", "", "surat"))

    assert list_hasil(rencana) == ["berubah", "baru"]
    assert [(p.jenis, p.berlaku_sampai) for p in Predikat.objects.order_by("berlaku_dari")] == [
        ("WBK", datetime.date(2022, 3, 1)),
        ("WBBM", None),
    ]


def test_wbk_and_wbbm_of_one_unit_are_completed_in_one_file(satker):
    apply(
        ("a-1", "WBK", "", "", "", "2022-06-01", "koran"),
        ("a-1", "WBBM", "", "", "", "2024-01-31", "koran"),
    )

    rencana = apply(("a-1", "WBBM", "SK-2", "2022-03-01", "", "", "surat"), WBK)

    assert list_hasil(rencana) == ["berubah", "berubah"]
    assert [
        (p.jenis, p.berlaku_dari, p.berlaku_sampai)
        for p in Predikat.objects.order_by("berlaku_dari")
    ] == [
        ("WBK", datetime.date(2021, 12, 20), datetime.date(2022, 3, 1)),
        ("WBBM", datetime.date(2022, 3, 1), None),
    ]
    assert MasaPredikat.objects.find_selisih() == set()


@pytest.mark.parametrize(
    ("baris", "pesan"),
    [
        (("a-1", "WBK", "SK-9", "20/12/2021", "", "", "x"), 'sudah tercatat "SK-1"'),
        (("a-1", "WBK", "SK-1", "21/12/2021", "", "", "x"), "bertanggal 20 Desember 2021"),
    ],
)
def test_other_decree_than_the_one_on_record_is_refused(satker, baris, pesan):
    apply(WBK)

    assert pesan in list_pesan(plan(baris))[0]


# --- refused --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("perubahan", "pesan"),
    [
        ({"kode": ""}, 'kolom "kode": masih kosong.'),
        ({"kode": "a-11"}, 'kolom "kode": "a-11" belum terdaftar. Maksudnya a-1?'),
        ({"predikat": "WBBN"}, 'kolom "predikat": "WBBN" tidak dikenal. Maksudnya WBBM?'),
        ({"predikat": "ya"}, "Isi WBK, WBBM, atau TANPA."),
        ({"tanggal_sk": "31/02/2021"}, 'kolom "tanggal_sk": "31/02/2021" tidak ada di kalender.'),
        ({"tahun": "21"}, 'kolom "tahun": "21" bukan tahun.'),
        ({"tahun": "2020"}, "Tahun 2020 tidak sesuai dengan SK"),
        ({"tanggal_sk": ""}, "Isi tanggal SK, atau tahun, atau tanggal predikat ini disebut"),
        ({"tanggal_sk": "2099-01-01"}, "belum tiba"),
        ({"sumber": ""}, "Sumber wajib diisi."),
        ({"sumber": "=x"}, 'kolom "sumber": berisi rumus.'),
        ({"nomor_sk": "'@x"}, 'kolom "nomor_sk": diawali tanda "@".'),
        ({"predikat": "WBBM"}, "WBBM hanya bagi pemegang WBK."),
        ({"nomor_sk": "x" * 121}, 'kolom "nomor_sk": 121 huruf; paling banyak 120.'),
    ],
)
def test_wrong_row_is_refused_with_row_and_column_and_nothing_is_written(satker, perubahan, pesan):
    SatkerFactory(kode="b-1")
    baris = [perubahan.get(kolom, nilai) for kolom, nilai in zip(JUDUL, WBK, strict=True)]
    sebelum = count_all()

    with pytest.raises(ImporDitolakError) as galat:
        apply(("b-1", *WBK[1:]), baris)

    (ditolak,) = galat.value.rencana.list_hasil("ditolak")
    assert ditolak.nomor == 3
    assert any(str(satu).startswith("Baris 3") and pesan in str(satu) for satu in ditolak.pesan)
    assert count_all() == sebelum


def test_rules_of_the_workflow_hold_for_every_row(satker):
    AturanFactory()
    PredikatFactory(satker=satker, tanggal_sk=datetime.date(2019, 1, 1), nomor_sk="LAMA")
    PredikatFactory(
        satker=SatkerFactory(kode="b-1"),
        tanggal_sk=datetime.date(2019, 1, 1),
        dicabut=datetime.date(2020, 5, 1),
    )
    TanpaFactory(satker=SatkerFactory(kode="c-1"), pada=datetime.date(2022, 1, 19), sumber="koran")

    assert list_pesan(plan(WBK, ("b-1", *WBK[1:]), ("c-1", *WBK[1:]))) == [
        'Baris 2, kolom "predikat": Satker ini sudah memegang WBK sejak 1 Januari 2019. Satu satker '
        "hanya memegang satu predikat pada satu waktu.",
        'Baris 3, kolom "predikat": Predikat satker ini dicabut pada 1 Mei 2020. Sampai 1 Mei 2022 '
        "(2 tahun) satker tidak bisa menerima predikat lagi.",
        'Baris 4, kolom "predikat": koran menyebut satker ini tanpa predikat pada 19 Januari 2022, '
        "sesudah tanggal predikat ini. Batalkan pernyataan itu dulu bila keliru.",
    ]


def test_same_row_twice_is_a_slip(satker):
    assert list_pesan(plan(WBK, WBK)) == [
        'Baris 3, kolom "kode": catatan yang sama sudah ada di baris 2.'
    ]


def test_inspector_of_one_unit_imports_for_that_unit_only(satker):
    SatkerFactory(kode="b-1")

    rencana = plan(WBK, ("b-1", *WBK[1:]), by=TpiFactory(satker=satker))

    assert list_pesan(rencana) == ['Baris 3, kolom "kode": b-1 bukan satker tugas Anda.']


def test_what_is_written_is_what_was_shown(satker):
    sidik = plan(WBK).compute_sidik()
    alur.grant(satker, "WBK", by=None, sumber="x", tanggal_sk=datetime.date(2020, 1, 1))
    sebelum = count_all()

    with pytest.raises(ImporDitolakError, match="Data berubah sejak pratinjau"):
        apply(WBK, sidik=sidik)

    assert count_all() == sebelum


def test_workbook_with_real_dates_and_years_is_read(satker):
    isi = make_xlsx(
        ("Kode Satker", "Predikat", "Tanggal SK", "Tahun Predikat", "Sumber", "Dasar"),
        ("a-1", "WBK", datetime.date(2021, 12, 20), 2021, "surat", "TPN"),
    )

    impor.apply("a.xlsx", isi)

    predikat = Predikat.objects.get()
    assert (predikat.tanggal_sk, predikat.dasar) == (datetime.date(2021, 12, 20), "tpn")


# --- speed ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("jumlah", [5, 60])
def test_preview_and_import_cost_the_same_statements_at_any_length(count_queries, jumlah):
    SatuanKerja.objects.bulk_create(SatuanKerja(kode=f"s-{n}") for n in range(jumlah))
    baris = [(f"s-{n}", *WBK[1:]) for n in range(jumlah)]

    with count_queries() as pratinjau:
        plan(*baris)
    with count_queries() as penulisan:
        apply(*baris)

    assert len(pratinjau) == 6
    assert len(penulisan) <= 40


@pytest.mark.parametrize("jumlah", [5, 60])
def test_completing_costs_the_same_statements_at_any_length(count_queries, jumlah):
    SatuanKerja.objects.bulk_create(SatuanKerja(kode=f"s-{n}") for n in range(jumlah))
    apply(*((f"s-{n}", "WBK", "", "", "", "2022-01-19", "koran") for n in range(jumlah)))

    with count_queries() as daftar_sql:
        rencana = apply(*((f"s-{n}", *WBK[1:]) for n in range(jumlah)))

    assert list_hasil(rencana) == ["berubah"] * jumlah
    assert len(daftar_sql) <= 40
    assert MasaPredikat.objects.find_selisih() == set()
