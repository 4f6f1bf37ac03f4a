"""Gates of issue 3, part 7: a page of an LKE costs the same number of statements with 10 and with
100 units, whatever is in it, and never more than its goal."""

import pytest
from allauth.mfa.models import Authenticator

from penilaian import skala
from penilaian.alur import pembukaan
from penilaian.models import Penilaian, VersiInstrumen
from satker.models import Pengguna, SatuanKerja
from tests.bench import siapkan_lke
from tests.bench.kirim import PENGIRIM
from tests.bench.sasaran import BUKA_SQL, LKE
from tests.factories import AdminFactory

pytestmark = pytest.mark.django_db

# What each page asks, whatever the number of units.
JUMLAH = {
    "LKE: satu area": 9,
    "LKE: semua pertanyaan": 9,
    "LKE: simpan satu jawaban": 12,
    "LKE: gerbang": 6,
    "LKE: buka satu": 15,
}


@pytest.fixture(params=[10, 100])
def siap(request, settings):
    """The invented ministry with that many units beside its Kanwil, and a year of LKEs."""
    settings.MFA_WAJIB_PERAN = ["admin", "tpi"]
    skala.load(33 + request.param, 1)
    return siapkan_lke.load_lke(10**6)


@pytest.fixture
def sign_in(siap, client_for):
    def build(oleh):
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
    halaman = next(satu for satu in LKE if satu.nama == nama)
    langkah = build_langkah(halaman, siap, sign_in(halaman.oleh))
    # The first page of a session also notes the time, and reads the instrument.
    langkah()

    with count_queries() as daftar_sql:
        langkah()

    # Tests run within a transaction: the page's own is a savepoint.
    sql = [satu for satu in daftar_sql if not satu.startswith(("SAVEPOINT", "RELEASE"))]
    assert len(sql) == JUMLAH[nama]
    assert len(sql) <= halaman.sql


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
