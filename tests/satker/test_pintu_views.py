"""Pages of the door: without a script, for a device with a queue, and their price."""

import datetime
import io
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from satker.daftar_pintu import hash_token
from satker.models import Peserta, Pindaian, Upacara
from tests.factories import (
    OperatorFactory,
    PersonelFactory,
    PesertaFactory,
    SaksiFactory,
    SatkerFactory,
    UpacaraFactory,
)

pytestmark = pytest.mark.django_db
Status = Upacara.Status


@pytest.fixture
def upacara():
    kini = timezone.now()
    return UpacaraFactory(
        tanggal=timezone.localdate(),
        mulai_pada=kini - datetime.timedelta(minutes=30),
        status=Status.BERLANGSUNG,
        dibuka_pada=kini - datetime.timedelta(hours=1),
    )


@pytest.fixture
def orang(upacara):
    personel = PersonelFactory(satker=upacara.tuan_rumah, nama="Rahmawati Contoh")
    return PesertaFactory(upacara=upacara, personel=personel, kode="ACD34F")


@pytest.fixture
def client(client_for, upacara):
    return client_for(OperatorFactory(satker=upacara.tuan_rumah))


def build(nama, *argumen):
    return reverse(nama, args=argumen)


def send(client, upacara, **isi):
    """As a device with a queue does."""
    isi = {"kunci": uuid.uuid4(), "teks": "ACD34F", **isi}
    return client.post(
        build("pintu_record", upacara.pk), isi, headers={"Accept": "application/json"}
    )


# --- without a script -------------------------------------------------------------------------------
def test_a_typed_code_comes_back_as_a_big_answer(client, upacara, orang):
    url = build("pintu_record", upacara.pk)

    page = client.post(url, {"kunci": uuid.uuid4(), "teks": "acd 34f"}, follow=True)

    assert page.redirect_chain[0][1] == 302
    assert '<p class="hasil-nama">Rahmawati Contoh</p>' in page.text
    assert "Hadir, tercatat pukul" in page.text
    assert '<b id="hadir">1</b>' in page.text


def test_a_refused_code_comes_back_with_what_was_typed(client, upacara):
    isi = {"kunci": "bukan-kunci", "teks": "ACD34F"}

    page = client.post(build("pintu_record", upacara.pk), isi)

    assert page.status_code == 422
    assert "Muat ulang halaman" in page.text
    assert 'value="ACD34F"' in page.text
    assert not Pindaian.objects.exists()


def test_a_name_is_found_among_the_expected_only(client, upacara, orang):
    PersonelFactory(satker=upacara.tuan_rumah, nama="Rahmawati Bukan Peserta")
    url = build("pintu_detail", upacara.pk)

    page = client.get(url, {"cari": "contoh rahma"})

    assert [satu.nama for satu in page.context["daftar_cari"]] == ["Rahmawati Contoh"]
    assert page.context["daftar_cari"][0].kunci != page.context["kunci"]
    assert "Ketik sekurangnya dua huruf" in client.get(url, {"cari": "r"}).text
    client.post(build("pintu_record", upacara.pk), {"kunci": uuid.uuid4(), "peserta": orang.pk})
    orang.refresh_from_db()
    assert orang.cara_hadir == "cari"


def test_the_door_is_opened_and_a_refusal_is_shown(client, upacara):
    Upacara.objects.filter(pk=upacara.pk).update(status=Status.TERJADWAL)
    assert "Pintu dibuka" in client.post(build("pintu_open", upacara.pk), follow=True).text

    Upacara.objects.filter(pk=upacara.pk).update(status=Status.DIBATALKAN)
    assert "dibatalkan" in client.post(build("pintu_open", upacara.pk), follow=True).text
    upacara.refresh_from_db()
    assert upacara.status == Status.DIBATALKAN


def test_a_scanned_address_is_looked_at_before_it_is_taken_down(client, upacara, orang):
    url = build("pintu_token", orang.token)

    assert "Rahmawati Contoh" in client.get(url).text
    orang.refresh_from_db()
    assert orang.hadir_pada is None

    assert "Hadir, tercatat" in client.post(url, {"kunci": uuid.uuid4()}).text
    orang.refresh_from_db()
    assert orang.cara_hadir == "pindai"


def test_a_paper_list_is_ticked_unit_by_unit(client, upacara, orang):
    tamu = PesertaFactory(upacara=upacara, saksi=SaksiFactory(upacara=upacara))
    url = build("pintu_fill", upacara.pk)
    satker = [(satu["kode"], satu["harap"]) for satu in client.get(url).context["daftar_satker"]]
    assert satker == [(upacara.tuan_rumah.kode, 1), (None, 1)]
    assert tamu.saksi.nama in client.get(url, {"satker": "saksi"}).text

    unit = f"{url}?satker={upacara.tuan_rumah.kode}"
    assert client.post(unit, {}).status_code == 422
    page = client.post(unit, {"hadir": [orang.pk]}, follow=True)

    assert "1 orang dicatat hadir" in page.text
    orang.refresh_from_db()
    assert (orang.cara_hadir, orang.hadir_pada) == ("daftar", upacara.mulai_pada)


def test_a_presence_is_taken_back_with_a_reason(client, upacara, orang):
    send(client, upacara)
    url = build("pintu_undo", upacara.pk, orang.pk)
    assert client.post(url, {"alasan": ""}).status_code == 422

    page = client.post(url, {"alasan": "Salah orang"}, follow=True)

    assert "Kehadiran Rahmawati Contoh dibatalkan." in page.text
    assert "Salah orang" in client.get(build("pintu_pindaian", upacara.pk)).text
    orang.refresh_from_db()
    assert orang.hadir_pada is None


def test_the_paper_list_names_everybody_with_code(client, upacara, orang):
    tamu = PesertaFactory(upacara=upacara, saksi=SaksiFactory(upacara=upacara))

    respons = client.get(build("pintu_print", upacara.pk))

    teks = "\n".join(hal.extract_text() for hal in PdfReader(io.BytesIO(respons.content)).pages)
    for kata in ("Rahmawati Contoh", "ACD34F", tamu.saksi.nama, tamu.kode, "Halaman 1 dari 1"):
        assert kata in teks


def test_the_days_events_of_this_person_are_listed(client, upacara):
    UpacaraFactory(nama="Milik orang lain", tanggal=upacara.tanggal)

    page = client.get(build("pintu_list"))

    assert list(page.context["daftar_upacara"]) == [upacara]


# --- a device with a queue --------------------------------------------------------------------------
def test_a_device_gets_its_answer_and_the_counter(client, upacara, orang):
    dikirim = 1_700_000_000_000

    data = send(client, upacara, dipindai=dikirim - 600_000, dikirim=dikirim, alat="alat 7").json()

    assert (data["hasil"], data["nama"], data["hadir"], data["harap"]) == (
        "diterima",
        "Rahmawati Contoh",
        1,
        1,
    )
    orang.refresh_from_db()
    lalu = timezone.now() - orang.hadir_pada
    assert datetime.timedelta(minutes=10) <= lalu < datetime.timedelta(minutes=11)


def test_a_queue_of_another_account_is_not_sent_under_this_name(client, upacara, orang):
    lain = OperatorFactory(satker=upacara.tuan_rumah)

    ditolak = send(client, upacara, pencatat=lain.pk)
    assert ditolak.status_code == 409
    assert "dibuat akun lain" in ditolak.json()["pesan"]
    assert not Pindaian.objects.exists()

    assert send(client, upacara, pencatat=lain.pk, ambil="ya").status_code == 200
    assert f"dicatat akun {lain.pk}" in Pindaian.objects.get().alat


@pytest.mark.parametrize(
    "isi",
    [
        {"peserta": "9" * 30},
        {"peserta": "x"},
        {"kunci": ""},
        {"teks": "\0"},
        {"teks": ""},
    ],
)
def test_what_a_device_sends_wrongly_is_refused_in_words(client, upacara, orang, isi):
    respons = send(client, upacara, **isi)

    assert respons.status_code == 422
    assert respons.json()["pesan"]
    assert not Pindaian.objects.exists()


def test_odd_values_of_a_device_are_cut_down(client, upacara, orang):
    isi = {"teks": "R" * 900, "cara": "daftar", "alat": "x" * 300, "dipindai": "-9" * 20}

    assert send(client, upacara, **isi, dikirim="1").status_code == 200

    satu = Pindaian.objects.get()
    assert (satu.hasil, len(satu.kode), satu.cara, len(satu.alat)) == ("asing", 64, "kode", 80)


def test_the_counter_has_no_body_while_nothing_changes(client, upacara, orang):
    url = build("pintu_count", upacara.pk)
    pertama = client.get(url)
    assert "</html>" not in pertama.text
    assert 'id="hitung"' in pertama.text

    sama = client.get(url, headers={"If-None-Match": pertama["ETag"]})
    send(client, upacara)
    beda = client.get(url, headers={"If-None-Match": pertama["ETag"]})

    assert (sama.status_code, sama.content, beda.status_code) == (304, b"", 200)
    assert 'data-hadir="1"' in beda.text


def test_a_device_keeps_names_and_codes_but_no_secret(client, upacara, orang):
    respons = client.get(build("pintu_orang", upacara.pk))

    nama_satker = upacara.tuan_rumah.kedudukansatker_set.get().nama
    assert respons.json()["orang"] == [
        [orang.pk, "ACD34F", "Rahmawati Contoh", nama_satker, False, hash_token(orang.token)]
    ]
    assert orang.token not in respons.text


def test_the_service_worker_may_serve_the_door_and_nothing_else(client):
    respons = client.get(build("pintu_sw"))

    assert respons["Content-Type"].startswith("text/javascript")
    assert respons["Service-Worker-Allowed"] == "/pintu/"
    assert "worker-src 'self'" in respons["Content-Security-Policy"]


def test_an_assignment_that_ends_shuts_the_door_at_once(client_for, upacara, orang):
    operator = OperatorFactory(satker=upacara.tuan_rumah)
    client = client_for(operator)
    assert send(client, upacara, teks="RRRRRR").status_code == 200

    operator.penugasan_set.update(satker=SatkerFactory())

    assert send(client, upacara).status_code == 404
    assert client.get(build("pintu_count", upacara.pk)).status_code == 404
    assert Pindaian.objects.count() == 1


# --- price ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("jumlah", [1, 3])
def test_pages_cost_the_same_at_any_number_of_people(client, upacara, count_queries, jumlah):
    for _ in range(jumlah):
        satker = SatkerFactory()
        satu = PesertaFactory(upacara=upacara, personel=PersonelFactory(satker=satker))
        send(client, upacara, peserta=satu.pk, teks="")
        PesertaFactory(upacara=upacara, saksi=SaksiFactory(upacara=upacara))
    banyak = {}

    for alamat in (
        "pintu_list",
        "pintu_detail",
        "pintu_detail?cari=uji",
        "pintu_count",
        "pintu_orang",
        "pintu_hadir",
        "pintu_pindaian",
        "pintu_fill",
        "pintu_fill?satker=saksi",
        "pintu_print",
    ):
        nama, _, tanya = alamat.partition("?")
        argumen = [] if nama == "pintu_list" else [upacara.pk]
        client.get(build(nama, *argumen))
        with count_queries() as daftar_sql:
            client.get(f"{build(nama, *argumen)}?{tanya}")
        banyak[alamat] = len(daftar_sql)
    with count_queries() as daftar_sql:
        send(client, upacara, peserta=Peserta.objects.filter(hadir_pada=None).first().pk, teks="")
    banyak["pintu_record"] = len([s for s in daftar_sql if "SAVEPOINT" not in s]) - 1

    assert banyak == HARGA


# Session, person and assignments are three of them.
HARGA = {
    "pintu_list": 4,
    "pintu_detail": 6,
    "pintu_detail?cari=uji": 8,
    "pintu_count": 5,
    "pintu_orang": 6,
    "pintu_hadir": 8,
    "pintu_pindaian": 6,
    "pintu_fill": 6,
    "pintu_fill?satker=saksi": 6,
    "pintu_print": 6,
    "pintu_record": 8,
}
