"""Gates of issue 3, part 7: a page of an LKE costs the same number of statements with 10 and with
100 units, whatever is in it, and never more than its goal."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from penilaian import skala, versi
from penilaian.alur import area, jendela, pembukaan, pengajuan, pengisian, upaya
from penilaian.models import BuktiDukung, Penilaian, VersiInstrumen
from satker.models import Pengguna, Penugasan, SatuanKerja
from tests.bench import siapkan_lke
from tests.bench.kirim import PENGIRIM
from tests.bench.sasaran import BUKA_SQL, LKE, UNGGAH
from tests.factories import AdminFactory, KepalaFactory

pytestmark = pytest.mark.django_db

# What each page asks, whatever the number of units.
JUMLAH = {
    "LKE: satu area": 9,
    "LKE: semua pertanyaan": 9,
    "LKE: simpan satu jawaban": 12,
    "LKE: gerbang": 6,
    "LKE: buka satu": 14,
    "LKE: unduh lembar kerja": 7,
    "LKE: impor dengan selisih": 11,
    "LKE: papan 50 satker": 7,
    "LKE: unggah 10 MiB": 12,
}
SQL_TERBANYAK = 15
# Everything else about one LKE, and who asks: only that it costs the same however many units.
LAIN = [
    ("operator", "/lke/{lke}/"),
    ("operator", "/lke/{lke}/gerbang/?jalan=WBBM"),
    ("operator", "/lke/{lke}/upaya/"),
    ("operator", "/lke/{lke}/mengapa/total/"),
    ("operator", "/lke/{lke}/bukti/"),
    ("operator", "/lke/{lke}/bukti/{bukti}/"),
    ("operator", "/lke/{lke}/bukti/nomor/{soal}/tambah/"),
    ("operator", "/lke/{lke}/lembar/"),
    ("operator", "/lke/{lke}/cetak.pdf"),
    ("kepala", "/lke/{lke}/ajukan/"),
    ("kepala", "/lke/{lke}/area/{area}/ajukan/"),
    ("kepala", "/lke/{lke}/area/{area}/petugas/"),
    ("kanwil", "/lke/{lke}/perpanjang/"),
    ("kanwil", "/lke/{lke}/target/"),
    ("kanwil", "/lke/?tahun={tahun}"),
    ("kanwil", "/lke/?tahun={tahun}&q=lapas&keadaan=pengisian"),
    ("admin", "/lke/?tahun={tahun}&keadaan=belum"),
    ("admin", "/lke/unduh.csv?tahun={tahun}"),
    ("admin", "/lke/buka/?tahun={tahun_buka}"),
]


@pytest.fixture(params=[10, 100])
def siap(request, settings):
    settings.MFA_WAJIB_PERAN = ["admin", "tpi"]
    return load(request.param)


def load(jumlah):
    """The invented ministry with that many units beside its Kanwil, and a year of LKEs."""
    skala.load(33 + jumlah, 1)
    return siapkan_lke.load_lke(10**6)


@pytest.fixture
def sign_in(client_for):
    def build(oleh):
        if oleh == "kepala":
            operator = Penugasan.objects.get(pengguna__email="operator@bench.invalid")
            return client_for(KepalaFactory(satker=operator.satker))
        if oleh != "admin":
            return client_for(Pengguna.objects.get(email=f"{oleh}@bench.invalid"))
        admin = AdminFactory()
        Authenticator.objects.create(user=admin, type=Authenticator.Type.TOTP, data={})
        return client_for(admin)

    return build


def read(client, alamat):
    jawaban = client.get(alamat)
    assert jawaban.status_code == 200
    return b"".join(jawaban.streaming_content) if jawaban.streaming else jawaban.content


def send(client, pengirim):
    kiriman = pengirim.build()
    jawaban = client.post(
        kiriman.alamat, kiriman.isi, content_type=kiriman.jenis, headers=kiriman.kepala
    )
    pengirim.check(jawaban.status_code, jawaban.content)
    if pengirim.ikuti:
        read(client, jawaban["Location"])


def build_langkah(halaman, siap, client):
    """One asking of the page; a request that changes something is another one each time."""
    if not halaman.kirim:
        return lambda: read(client, halaman.alamat.format(**siap["isi"]))
    pengirim = PENGIRIM[halaman.kirim](halaman, siap["isi"])
    pengirim.begin(lambda alamat: read(client, alamat))
    return lambda: send(client, pengirim)


@pytest.mark.parametrize("nama", JUMLAH)
def test_a_page_asks_no_more_than_its_goal(nama, siap, sign_in, count_queries):
    halaman = next(satu for satu in [*LKE, UNGGAH] if satu.nama == nama)
    langkah = build_langkah(halaman, siap, sign_in(halaman.oleh))
    # The first page of a session also notes the time, and reads the instrument.
    langkah()

    with count_queries() as daftar_sql:
        langkah()

    # Tests run within a transaction: the page's own is a savepoint.
    sql = [satu for satu in daftar_sql if not satu.startswith(("SAVEPOINT", "RELEASE"))]
    assert len(sql) == JUMLAH[nama]
    assert len(sql) <= halaman.sql


@pytest.fixture
def at_both(count_queries):
    """What `count(siap)` gives with 10 units and with 100, each in a world of its own."""

    def run(count):
        hasil = []
        for jumlah in (10, 100):
            with transaction.atomic():
                hasil.append(count(load(jumlah)))
                transaction.set_rollback(True)
            # Keys begin again.
            versi.forget()
        return hasil

    return run


def test_no_other_page_asks_more_with_more_units(at_both, sign_in, count_queries):
    def count(siap):
        isi = siap["isi"]
        isi["bukti"] = BuktiDukung.objects.filter(satker__penilaian=isi["lke"]).earliest("pk").pk
        clients, hasil = {}, {}
        for oleh, alamat in LAIN:
            client = clients.setdefault(oleh, sign_in(oleh))
            read(client, alamat.format(**isi))
            with count_queries() as daftar_sql:
                read(client, alamat.format(**isi))
            hasil[oleh, alamat] = len(daftar_sql)
        return hasil

    sepuluh, seratus = at_both(count)

    assert sepuluh == seratus
    assert max(sepuluh.values()) <= SQL_TERBANYAK


def test_no_step_asks_more_with_more_units(at_both, count_queries):
    hari = timezone.localdate()

    def count(siap):
        penilaian = Penilaian.objects.get(pk=siap["isi"]["lke"])
        operator = Pengguna.objects.get(email="operator@bench.invalid")
        kepala = KepalaFactory(satker=penilaian.satker)
        kanwil = Pengguna.objects.get(email="kanwil@bench.invalid")
        soal, area_soal = siap["isi"]["soal"], siap["isi"]["area"]
        daftar = {
            "perpanjang": lambda: jendela.extend(
                penilaian, hari + timedelta(days=90), "Banjir.", by=kanwil
            ),
            "target": lambda: jendela.change_target(penilaian, "WBBM", "Siap.", by=kanwil),
            "tugaskan": lambda: area.assign_area(penilaian, area_soal, [operator], hari, by=kepala),
            "upaya": lambda: upaya.save_upaya(penilaian, {soal: "7"}, {}, by=operator),
            "banyak": lambda: pengisian.write_many(
                penilaian, {soal: siap["isi"]["opsi"][1]}, by=operator
            ),
            "ajukan area": lambda: area.submit_area(
                penilaian, area_soal, by=kepala, setuju_kosong=True
            ),
            "kembalikan area": lambda: area.return_area(penilaian, area_soal, "Belum.", by=kepala),
            "ajukan": lambda: pengajuan.submit(penilaian, by=kepala, setuju_kosong=True),
            "buka kembali": lambda: jendela.reopen(
                penilaian, "Keliru.", daftar_area=[area_soal], by=kanwil
            ),
        }
        hasil = {}
        for nama, langkah in daftar.items():
            with count_queries() as daftar_sql:
                langkah()
            hasil[nama] = len(daftar_sql)
        return hasil

    sepuluh, seratus = at_both(count)

    assert sepuluh == seratus


def test_opening_a_year_asks_no_more_than_its_goal(siap, count_queries):
    with count_queries() as daftar_sql:
        daftar = pembukaan.open_many(
            list(SatuanKerja.objects.all()),
            tahun=2030,
            target="WBK",
            versi=VersiInstrumen.objects.get(),
            buka_pada="2030-01-01",
            tutup_pada="2030-12-31",
            by=None,
        )

    assert len(daftar) == Penilaian.objects.filter(tahun=2030).count() in {43, 133}
    assert len(daftar_sql) <= BUKA_SQL
