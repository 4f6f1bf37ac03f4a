"""Counts on any day: what they hold, that they add up, and what they leave out."""

import datetime

import pytest

from penilaian import hitung, kalimat, simpul
from penilaian.hitung import Hitungan
from tests.factories import (
    AturanFactory,
    InstansiFactory,
    KanwilFactory,
    KlaimFactory,
    PredikatFactory,
    SatkerFactory,
    TanpaFactory,
)

PADA = datetime.date(2023, 6, 1)


def tgl(teks):
    return datetime.date.fromisoformat(teks)


def test_hitungan_knows_when_a_share_may_be_shown():
    assert Hitungan(4, 1, 22, 27).bagian == pytest.approx(18.5185, abs=0.001)
    assert Hitungan(4, 1, 21, 27).bagian is None
    assert Hitungan(0, 0, 0, 0).bagian is None


@pytest.mark.django_db
def test_counts_add_up_and_each_is_the_length_of_its_list():
    kanwil = KanwilFactory()
    PredikatFactory(satker=SatkerFactory(kanwil=kanwil))
    PredikatFactory(satker=SatkerFactory(kanwil=kanwil), jenis="WBBM")
    PredikatFactory(satker=SatkerFactory(kanwil=kanwil), klarifikasi=tgl("2022-05-01"))
    AturanFactory()
    PredikatFactory(satker=SatkerFactory(kanwil=kanwil), dicabut=tgl("2022-08-01"))
    TanpaFactory(satker=SatkerFactory(kanwil=kanwil))
    SatkerFactory(kanwil=kanwil)

    hitungan = hitung.count_predikat(PADA, kanwil)

    # The Kanwil itself is a unit, and nothing is known of it.
    assert hitungan == Hitungan(wbk=2, wbbm=1, tanpa=2, satker=7)
    assert hitungan.tidak_diketahui == 2
    baris = hitung.list_kedudukan(PADA, kanwil)
    assert [hitung.filter_nilai(baris, nilai).count() for nilai in hitung.PILIHAN_NILAI] == [
        2,
        1,
        2,
        2,
    ]


@pytest.mark.django_db
def test_a_revoked_predicate_counts_until_its_day_and_is_none_after():
    kanwil = KanwilFactory()
    PredikatFactory(satker=SatkerFactory(kanwil=kanwil), dicabut=tgl("2022-08-01"))

    assert hitung.count_predikat(tgl("2022-07-31"), kanwil) == Hitungan(1, 0, 0, 2)
    assert hitung.count_predikat(tgl("2022-08-01"), kanwil) == Hitungan(0, 0, 1, 2)


@pytest.mark.django_db
def test_invented_offices_are_counted_among_themselves_only():
    nyata = KanwilFactory()
    contoh = KanwilFactory(contoh=True)
    PredikatFactory(satker=SatkerFactory(kanwil=contoh, contoh=True))

    assert hitung.count_predikat(PADA) == Hitungan(0, 0, 0, 1)
    assert hitung.count_predikat(PADA, contoh) == Hitungan(1, 0, 0, 2)
    assert set(hitung.count_by("kanwil_id", PADA)) == {nyata.pk}
    assert [satu.kode for satu in simpul.list_simpul(PADA)] == [nyata.satker.kode]


@pytest.mark.django_db
def test_a_moved_and_a_closed_unit_count_where_they_stood():
    lama, baru = KanwilFactory(), KanwilFactory()
    SatkerFactory(kanwil=lama, pindah_ke=baru, pindah_pada=tgl("2023-01-01"))
    SatkerFactory(kanwil=lama, tutup_pada=tgl("2023-06-01"))

    def count(hari):
        return [hitung.count_predikat(tgl(hari), kanwil).satker for kanwil in (lama, baru)]

    assert [count(hari) for hari in ("2022-12-31", "2023-01-01", "2023-05-31", "2023-06-01")] == [
        [3, 1],
        [2, 2],
        [2, 2],
        [1, 2],
    ]


@pytest.mark.django_db
def test_trend_equals_the_count_of_each_day():
    lama, baru = KanwilFactory(), KanwilFactory()
    satker = SatkerFactory(kanwil=lama, pindah_ke=baru, pindah_pada=tgl("2023-01-01"))
    PredikatFactory(satker=satker)
    PredikatFactory(satker=satker, jenis="WBBM", tanggal_sk=tgl("2023-12-01"))
    TanpaFactory(satker=SatkerFactory(kanwil=lama))
    hari = [tgl(f"{tahun}-12-31") for tahun in range(2020, 2025)]

    for kanwil in (lama, baru, None):
        assert hitung.count_trend(hari, kanwil) == [
            hitung.count_predikat(satu, kanwil) for satu in hari
        ]


@pytest.mark.django_db
def test_counts_by_supervisor_and_type_sum_to_the_whole():
    ditjen = InstansiFactory(kode="ditjenpas")
    kanwil = KanwilFactory()
    PredikatFactory(satker=SatkerFactory(kanwil=kanwil, pembina=ditjen))
    SatkerFactory(kanwil=kanwil)

    per_pembina = hitung.count_by("pembina_id", PADA)
    per_jenis = hitung.count_by_jenis(PADA, kanwil)

    assert per_pembina == {ditjen.pk: Hitungan(1, 0, 0, 1), None: Hitungan(0, 0, 0, 2)}
    assert [(nama, satu.satker) for (nama, _), satu in per_jenis] == [("lapas", 2), ("kanwil", 1)]


@pytest.mark.django_db
def test_claims_of_a_later_time_stay_away():
    kanwil = KanwilFactory()
    KlaimFactory(kanwil=kanwil, waktu="2022", waktu_dari=tgl("2022-01-01"),
                 waktu_sampai=tgl("2022-12-31"))  # fmt: skip

    assert list(hitung.list_klaim(tgl("2022-12-30"), kanwil)) == []
    assert hitung.list_klaim(tgl("2022-12-31"), kanwil).count() == 1


@pytest.mark.django_db
def test_the_sentence_tells_the_claim_where_nothing_is_known():
    kanwil = KanwilFactory()
    for ukuran, nilai in (("WBK", 7), ("WBBM", 4)):
        KlaimFactory(
            lingkup="jatim",
            kanwil=kanwil,
            ukuran=ukuran,
            nilai=nilai,
            waktu="2021-02-11",
            waktu_dari=tgl("2021-02-11"),
            sumber="malangkota.go.id 11-02-2021",
        )

    teks = kalimat.say_klaim_predikat(list(hitung.list_klaim(PADA, kanwil)))

    assert teks == "menurut malangkota.go.id 7 WBK dan 4 WBBM (11 Februari 2021)"
    assert simpul.label_klaim(simpul.list_klaim_wilayah(PADA)) == {kanwil.pk: ("7+4", teks)}


@pytest.mark.django_db
def test_a_kanwil_is_called_by_its_ministry_of_the_day():
    kanwil = KanwilFactory(
        provinsi="Uji Selatan", instansi=InstansiFactory(kode="kemenuji", singkatan="Kemenuji")
    )

    assert simpul.get_simpul(kanwil, PADA).nama == "Kanwil Kemenuji Uji Selatan"


@pytest.mark.django_db
def test_a_tile_is_coloured_only_where_every_unit_is_known():
    lengkap, sebagian, disebut = (
        KanwilFactory(kode_bps="16"),
        KanwilFactory(kode_bps="35"),
        KanwilFactory(kode_bps="31"),
    )
    PredikatFactory(satker=lengkap.satker)
    PredikatFactory(satker=SatkerFactory(kanwil=sebagian))
    KlaimFactory(kanwil=disebut, ukuran="WBK", nilai=7, waktu_dari=tgl("2021-02-11"))

    peta = simpul.build_peta(
        simpul.list_simpul(PADA),
        hitung.count_by("kanwil_id", PADA),
        simpul.label_klaim(simpul.list_klaim_wilayah(PADA)),
    )

    assert [(ubin.huruf, ubin.isi, ubin.label) for ubin in peta] == [
        ("SS", True, "1+0"),
        ("JK", False, "7+?"),
        ("JI", False, "1+0"),
    ]
    assert peta[2].teks == "1 WBK dan 0 WBBM, 1 belum diketahui"
