"""Guided changes of an office: each from a day on, refused with a sentence, told in the history."""

import datetime
from contextlib import contextmanager

import pytest
import time_machine

from integritas.alur import AlurError
from satker import alur
from satker.models import (
    JenisSatker,
    KantorWilayah,
    KedudukanSatker,
    KelasSatker,
    RantaiRiwayat,
    Riwayat,
    SatuanKerja,
    Silsilah,
)
from tests.factories import InstansiFactory, JenisSatkerFactory, KanwilFactory, SatkerFactory

pytestmark = pytest.mark.django_db
MODEL = [SatuanKerja, KantorWilayah, KedudukanSatker, Silsilah, RantaiRiwayat, Riwayat]
ISI = {"by": None, "sumber": "surat uji"}


def tgl(teks):
    return datetime.date.fromisoformat(teks)


def take_snapshot():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODEL}


@contextmanager
def refused(pesan):
    sebelum = take_snapshot()
    with pytest.raises(AlurError) as galat:
        yield
    assert str(galat.value) == pesan
    assert take_snapshot() == sebelum


@pytest.fixture(autouse=True)
def hari_ini():
    with time_machine.travel(datetime.datetime(2026, 6, 15, 3, 0, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def satker():
    return SatkerFactory(kode="16-lapas-uji", nama="Lapas Kelas IIA Uji", tempat="Kota Uji")


def list_nama(satker, *daftar_hari):
    return [posisi.nama if (posisi := alur.get_posisi(satker, tgl(hari))) else None
            for hari in daftar_hari]  # fmt: skip


# --- rename, class, move, close -------------------------------------------------------------------
def test_a_new_name_begins_on_its_day_and_the_old_one_stays(satker):
    alur.rename(satker, nama="Lapas Baru", tempat="Kota Baru", mulai=tgl("2024-01-01"), **ISI)

    assert list_nama(satker, "2023-12-31", "2024-01-01") == ["Lapas Kelas IIA Uji", "Lapas Baru"]
    baru = alur.get_posisi(satker, tgl("2024-01-01"))
    assert (baru.tempat, baru.sumber, " baru " in baru.cari) == ("Kota Baru", "surat uji", True)
    baris = Riwayat.objects.of(satker).get()
    assert baris.kejadian == "ganti nama"
    assert (baris.isi["sebelum"]["nama"], baris.isi["sesudah"]["nama"]) == (
        "Lapas Kelas IIA Uji",
        "Lapas Baru",
    )


def test_a_change_that_changes_nothing_is_refused(satker):
    with refused("Tidak ada yang berubah."):
        alur.rename(satker, nama="Lapas Kelas IIA Uji", mulai=tgl("2024-01-01"), **ISI)


def test_a_change_before_the_one_it_follows_is_refused(satker):
    alur.rename(satker, nama="Lapas Baru", mulai=tgl("2024-01-01"), **ISI)

    with refused("Kedudukan sekarang baru berlaku mulai 1 Januari 2024. Pilih tanggal sesudahnya."):
        alur.rename(satker, nama="Lapas Lagi", mulai=tgl("2024-01-01"), **ISI)


def test_a_source_is_demanded(satker):
    with refused("Sumber wajib diisi."):
        alur.rename(satker, by=None, nama="Lapas Baru", mulai=tgl("2024-01-01"), sumber=" ")


def test_a_day_far_ahead_is_a_slip(satker):
    with refused("Berlaku mulai 1 Januari 2062 terlalu jauh di depan."):
        alur.rename(satker, nama="Lapas Baru", mulai=tgl("2062-01-01"), **ISI)


def test_a_class_must_be_one_of_the_type(satker):
    jenis = JenisSatker.objects.get(kode="lapas")
    KelasSatker.objects.create(jenis=jenis, kelas="I")

    with refused('Kelas "II TPI" tidak dikenal bagi Lapas: I.'):
        alur.reclassify(
            satker, jenis=jenis, kelas="II TPI", nama="Lapas", mulai=tgl("2024-01-01"), **ISI
        )

    alur.reclassify(
        satker, jenis=jenis, kelas="I", nama="Lapas Kelas I Uji", mulai=tgl("2024-01-01"), **ISI
    )
    posisi = alur.get_posisi(satker, tgl("2024-01-01"))
    assert (posisi.kelas, posisi.nama) == ("I", "Lapas Kelas I Uji")


def test_a_kanwil_keeps_its_type():
    kanwil = KanwilFactory()

    with refused("Kanwil dan satker lain tidak bisa bertukar jenis; buat satker baru."):
        alur.reclassify(
            kanwil.satker,
            jenis=JenisSatkerFactory(kode="lapas"),
            kelas="",
            nama="Lapas",
            mulai=tgl("2024-01-01"),
            **ISI,
        )


def test_a_move_is_dated(satker):
    lama = alur.get_posisi(satker, tgl("2024-01-01")).kanwil
    baru = KanwilFactory()

    alur.move(satker, kanwil=baru, mulai=tgl("2024-10-21"), **ISI)

    assert alur.get_posisi(satker, tgl("2024-10-20")).kanwil == lama
    assert alur.get_posisi(satker, tgl("2024-10-21")).kanwil == baru


def test_a_move_to_a_kanwil_that_does_not_stand_yet_is_refused(satker):
    baru = KanwilFactory(kode="16-kanwil-baru")
    KedudukanSatker.objects.filter(satker=baru.satker).update(berlaku_dari=tgl("2025-01-01"))

    with refused(
        "16-kanwil-baru tidak berdiri pada 21 Oktober 2024. Pilih Kanwil lain atau tanggal lain."
    ):
        alur.move(satker, kanwil=baru, mulai=tgl("2024-10-21"), **ISI)


def test_invented_and_real_offices_do_not_mix(satker):
    contoh = KanwilFactory(contoh=True)

    with refused("Satker contoh dan satker nyata tidak boleh bercampur."):
        alur.move(satker, kanwil=contoh, mulai=tgl("2024-10-21"), **ISI)


def test_a_closed_unit_ends_and_takes_no_more_changes(satker):
    alur.close(satker, mulai=tgl("2025-01-01"), **ISI)

    assert list_nama(satker, "2024-12-31", "2025-01-01") == ["Lapas Kelas IIA Uji", None]
    with refused("Satker ini sudah ditutup."):
        alur.rename(satker, nama="Lapas Baru", mulai=tgl("2025-06-01"), **ISI)


def test_a_kanwil_with_units_is_not_closed(satker):
    kanwil = alur.get_posisi(satker, tgl("2024-01-01")).kanwil

    with refused("Masih ada 1 satker di bawah Kanwil ini. Pindahkan dulu."):
        alur.close(kanwil.satker, mulai=tgl("2025-01-01"), **ISI)


# --- new offices ----------------------------------------------------------------------------------
def test_a_new_unit_stands_under_its_kanwil():
    kanwil = KanwilFactory()
    jenis = JenisSatkerFactory(kode="rutan", nama="Rumah Tahanan Negara", singkatan="Rutan")

    satker = alur.open_satker(
        "16-rutan-baru",
        nama="Rutan Baru",
        jenis=jenis,
        kanwil=kanwil,
        zona_waktu="WIB",
        mulai=tgl("2025-01-01"),
        **ISI,
    )

    assert list_nama(satker, "2024-12-31", "2025-01-01") == [None, "Rutan Baru"]
    assert Riwayat.objects.of(satker).get().kejadian == "satker didaftarkan"


@pytest.mark.parametrize(
    ("kode", "pesan"),
    [
        ("16-lapas-uji", "Kode 16-lapas-uji sudah dipakai; kode tidak pernah dipakai ulang."),
        (
            "Lapas Uji",
            'Kode "Lapas Uji" tidak bisa dipakai. Tulis seperti 16-lapas-palembang: huruf kecil, '
            "angka dan tanda hubung.",
        ),
    ],
)
def test_a_code_is_new_and_well_formed(satker, kode, pesan):
    kanwil = KanwilFactory()
    jenis = JenisSatkerFactory(kode="lapas")

    with refused(pesan):
        alur.open_satker(kode, nama="Lapas", jenis=jenis, kanwil=kanwil, zona_waktu="WIB", **ISI)


def test_a_new_kanwil_is_a_unit_of_its_own():
    instansi = InstansiFactory(kode="ditjenpas")
    jenis = JenisSatkerFactory(kode="kanwil", nama="Kantor Wilayah", singkatan="Kanwil")

    kanwil = alur.open_kanwil(
        "16-kanwil-ditjenpas",
        nama="Kanwil Ditjenpas",
        jenis=jenis,
        instansi=instansi,
        provinsi="Sumatera Selatan",
        kode_bps="16",
        zona_waktu="WIB",
        mulai=tgl("2024-10-21"),
        **ISI,
    )

    posisi = alur.get_posisi(kanwil.satker, tgl("2024-10-21"))
    assert (posisi.kanwil, posisi.instansi, posisi.pembina) == (kanwil, instansi, instansi)


# --- lineage --------------------------------------------------------------------------------------
def test_a_merge_closes_the_origins_and_tells_every_unit():
    kanwil = KanwilFactory()
    asal = [SatkerFactory(kanwil=kanwil) for _ in range(2)]
    hasil = SatkerFactory(kanwil=kanwil)

    alur.relate("bergabung", asal, [hasil], tanggal=tgl("2025-01-01"), **ISI)

    assert set(Silsilah.objects.values_list("asal", "hasil")) == {(s.pk, hasil.pk) for s in asal}
    assert [alur.get_posisi(s, tgl("2025-01-01")) for s in asal] == [None, None]
    assert alur.get_posisi(hasil, tgl("2025-01-01")) is not None
    for satu in [*asal, hasil]:
        assert Riwayat.objects.of(satu).first().kejadian == "silsilah dicatat"


def test_a_split_may_leave_the_old_office_standing(satker):
    hasil = [SatkerFactory(), SatkerFactory()]

    alur.relate("pecah", [satker], hasil, tanggal=tgl("2025-01-01"), tutup_asal=False, **ISI)

    assert alur.get_posisi(satker, tgl("2025-01-01")) is not None
    assert Silsilah.objects.filter(asal=satker, jenis="pecah").count() == 2


@pytest.mark.parametrize(
    ("jenis", "asal", "hasil", "pesan"),
    [
        ("bergabung", 1, 2, "Penggabungan menuju satu satker hasil."),
        ("pecah", 2, 1, "Pemecahan berasal dari satu satker."),
        ("menjadi", 2, 1, "Perubahan menjadi satker lain: satu asal, satu hasil."),
        ("pecah", 1, 0, "Pilih sekurangnya satu satker asal dan satu satker hasil."),
    ],
)
def test_lineage_has_the_right_number_of_ends(jenis, asal, hasil, pesan):
    daftar = [SatkerFactory() for _ in range(asal + hasil)]

    with refused(pesan):
        alur.relate(jenis, daftar[:asal], daftar[asal:], tanggal=tgl("2025-01-01"), **ISI)


def test_lineage_with_oneself_or_twice_is_refused(satker):
    lain = SatkerFactory(kode="16-lapas-lain")
    with refused("Satker asal dan satker hasil tidak boleh sama."):
        alur.relate("menjadi", [satker], [satker], tanggal=tgl("2025-01-01"), **ISI)

    alur.relate("menjadi", [satker], [lain], tanggal=tgl("2025-01-01"), **ISI)

    with refused("Silsilah 16-lapas-uji ke 16-lapas-lain sudah tercatat."):
        alur.relate("menjadi", [satker], [lain], tanggal=tgl("2025-01-01"), **ISI)


def test_lineage_to_an_office_that_does_not_stand_is_refused(satker):
    lain = SatkerFactory(kode="16-lapas-lain", tutup_pada=tgl("2020-01-01"))

    with refused("16-lapas-lain tidak berdiri pada 1 Januari 2025."):
        alur.relate("menjadi", [satker], [lain], tanggal=tgl("2025-01-01"), **ISI)
