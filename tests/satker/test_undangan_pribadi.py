"""A person's own page of an event: read, signed, and silent about everybody else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from satker.models import PaktaIntegritas, TandaTangan
from tests.factories import (
    NaskahFactory,
    OperatorFactory,
    PersonelFactory,
    PesertaFactory,
    SaksiFactory,
    UpacaraFactory,
)

pytestmark = pytest.mark.django_db
GORESAN = "M10 10L300 100L500 20"


@pytest.fixture
def upacara():
    return UpacaraFactory(
        status="berlangsung",
        nama="Deklarasi Janji Kinerja",
        zona_waktu="WITA",
        tanggal=datetime.date(2026, 1, 19),
    )


@pytest.fixture
def naskah(upacara):
    return NaskahFactory(upacara=upacara, beku=True, untuk="semua", teks="Saya berjanji jujur.")


@pytest.fixture
def peserta(upacara):
    return PesertaFactory(upacara=upacara)


def post(client, peserta, naskah, **isi):
    data = {f"n{naskah.pk}-{nama}": nilai for nama, nilai in isi.items()}
    alamat = reverse("undangan_pribadi", args=[peserta.token])
    return client.post(alamat, {"naskah": naskah.pk} | data)


def test_the_page_says_when_where_and_what(client, naskah, peserta):
    lain = PesertaFactory(upacara=peserta.upacara)

    respons = client.get(reverse("undangan_pribadi", args=[peserta.token]))

    teks = respons.content.decode()
    for kata in (
        "Senin, 19 Januari 2026",
        "10.00 WITA",
        peserta.kode,
        naskah.teks,
        naskah.sidik,
        "bukan tanda tangan elektronik tersertifikasi",
        "data:image/svg+xml",
    ):
        assert kata in teks
    assert lain.personel.nama not in teks
    assert "no-store" in respons["Cache-Control"]
    assert respons["Referrer-Policy"] == "strict-origin"
    assert "noindex" in respons["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("isi", "cara"), [({"goresan": GORESAN}, "layar"), ({"ketikan": "setuju"}, "tautan")]
)
def test_signing_by_drawing_or_by_the_link_alone(client, naskah, peserta, isi, cara):
    respons = post(client, peserta, naskah, persetujuan="on", **isi)

    assert respons.status_code == 302
    tanda = TandaTangan.objects.get()
    assert (tanda.personel, tanda.cara, tanda.dicatat_oleh) == (peserta.personel, cara, None)
    assert tanda.sidik_naskah == naskah.sidik
    assert PaktaIntegritas.objects.get().personel == peserta.personel


def test_signed_in_as_that_very_person_the_account_is_the_means(client_for, naskah, upacara):
    orang = OperatorFactory(satker=upacara.tuan_rumah)
    sendiri = PesertaFactory(
        upacara=upacara, personel=PersonelFactory(satker=upacara.tuan_rumah, pengguna=orang)
    )
    lain = PesertaFactory(upacara=upacara)
    client = client_for(orang)

    post(client, sendiri, naskah, persetujuan="on", ketikan="SETUJU")
    post(client, lain, naskah, persetujuan="on", ketikan="SETUJU")

    cara = dict(TandaTangan.objects.values_list("personel", "cara"))
    assert cara == {sendiri.personel_id: "akun", lain.personel_id: "tautan"}


def test_a_witness_signs_too(client, naskah, upacara):
    saksi = SaksiFactory(upacara=upacara, jabatan="Kepala Perwakilan")
    peserta = PesertaFactory(upacara=upacara, saksi=saksi)

    post(client, peserta, naskah, persetujuan="on", goresan=GORESAN)

    tanda = TandaTangan.objects.get()
    assert (tanda.saksi, tanda.jabatan) == (saksi, "Kepala Perwakilan")


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ({"goresan": GORESAN}, "Centang kalimat persetujuan"),
        ({"persetujuan": "on"}, "Tanda tangan masih kosong"),
        ({"persetujuan": "on", "goresan": "M0 0<script>"}, "tidak terbaca"),
    ],
)
def test_a_signature_that_lacks_something_leaves_nothing(client, naskah, peserta, isi, kata):
    respons = post(client, peserta, naskah, **isi)

    assert respons.status_code == 422
    assert kata in respons.content.decode()
    assert not TandaTangan.objects.exists()


@pytest.mark.parametrize("status", ["terjadwal", "ditutup", "dibatalkan"])
def test_outside_its_time_nothing_is_signed(client, naskah, peserta, upacara, status):
    upacara.status, upacara.ditutup_pada = status, timezone.now()
    upacara.save()

    halaman = client.get(reverse("undangan_pribadi", args=[peserta.token]))
    respons = post(client, peserta, naskah, persetujuan="on", goresan=GORESAN)

    assert respons.status_code == 422
    assert not TandaTangan.objects.exists()
    # The text is shown, without the pad; of a cancelled event only that it is off.
    assert ("Saya berjanji jujur." in halaman.content.decode()) is (status != "dibatalkan")
    assert "data-goresan" not in halaman.content.decode().replace("js/goresan", "")


def test_who_was_away_signs_until_the_make_up_date(client, naskah, peserta, upacara):
    upacara.status, upacara.ditutup_pada = "ditutup", timezone.now()
    upacara.susulan_sampai = timezone.localdate() + datetime.timedelta(days=3)
    upacara.save()

    assert post(client, peserta, naskah, persetujuan="on", goresan=GORESAN).status_code == 302
    assert TandaTangan.objects.count() == 1


def test_a_text_of_others_cannot_be_signed(client, peserta, upacara):
    kepala = NaskahFactory(upacara=upacara, beku=True, untuk="kepala", awalan_jabatan="Kepala")
    asing = NaskahFactory(upacara=UpacaraFactory(status="berlangsung"), beku=True)
    cair = NaskahFactory(upacara=upacara, judul="Belum beku")

    for satu in (kepala, asing, cair):
        assert post(client, peserta, satu, persetujuan="on", goresan=GORESAN).status_code == 404
    assert not TandaTangan.objects.exists()


def test_signing_twice_is_told(client, naskah, peserta):
    post(client, peserta, naskah, persetujuan="on", goresan=GORESAN)

    respons = post(client, peserta, naskah, persetujuan="on", goresan=GORESAN)

    assert respons.status_code == 422
    assert "sudah menandatangani" in respons.content.decode()
    assert TandaTangan.objects.count() == 1


@pytest.mark.parametrize("jumlah", [1, 3])
def test_the_page_costs_the_same_at_any_length(client, count_queries, upacara, jumlah):
    peserta = PesertaFactory(upacara=upacara)
    PesertaFactory.create_batch(jumlah, upacara=upacara)
    for nomor in range(jumlah):
        NaskahFactory(upacara=upacara, beku=True, judul=f"Naskah {nomor}")

    with count_queries() as daftar_sql:
        client.get(reverse("undangan_pribadi", args=[peserta.token]))

    assert len(daftar_sql) == 5
