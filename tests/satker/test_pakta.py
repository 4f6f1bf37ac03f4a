"""The pact of a unit: its text, each means of signing with what is refused, and its links."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader, PdfWriter

from integritas.alur import AlurError
from satker import fakta
from satker.alur import pakta as alur
from satker.models import (
    Naskah,
    NaskahBaku,
    PaktaIntegritas,
    Personel,
    Riwayat,
    TandaTangan,
)
from tests.factories import NaskahFactory, OperatorFactory, PersonelFactory, SatkerFactory
from tests.factories.personel import sign_pakta

pytestmark = pytest.mark.django_db
GORESAN = "M10 10L100 100L300 50"


@pytest.fixture
def tahun():
    return timezone.localdate().year


@pytest.fixture
def naskah(tahun):
    return NaskahFactory(tahun=tahun, beku=True)


@pytest.fixture
def orang(naskah):
    return PersonelFactory(satker=naskah.satker, nama="Siti Rahayu")


@pytest.fixture
def operator(naskah):
    return OperatorFactory(satker=naskah.satker)


@pytest.fixture
def pdf():
    isi, tulis = io.BytesIO(), PdfWriter()
    tulis.add_blank_page(200, 200)
    tulis.write(isi)
    return isi.getvalue()


# --- the text -------------------------------------------------------------------------------------
def test_the_patterns_are_our_own_and_say_so():
    fakta.load()
    fakta.load()

    assert set(NaskahBaku.objects.values_list("jenis", flat=True)) == {
        *("pakta", "komitmen", "deklarasi")
    }
    assert all("CONTOH NASKAH" in satu.teks for satu in NaskahBaku.objects.all())
    isi = alur.suggest("Lapas Uji", 2027)
    assert "Lapas Uji" in isi["teks"]
    assert "[" not in isi["judul"] + isi["teks"]


def test_a_draft_is_written_frozen_and_followed_by_another(client_for, tahun):
    satker = SatkerFactory()
    client = client_for(OperatorFactory(satker=satker))
    alamat = reverse("pakta_naskah", args=[satker.kode, tahun])
    isi = {"judul": "Pakta", "teks": "Satu\r\ndua", "persetujuan": "Saya setuju."}

    assert client.post(alamat, isi).status_code == 302
    assert client.post(alamat, isi | {"judul": "Pakta Integritas"}).status_code == 302
    client.post(reverse("pakta_freeze", args=[satker.kode, tahun]))

    beku = Naskah.objects.get()
    assert (beku.judul, beku.teks, len(beku.sidik)) == ("Pakta Integritas", "Satu\ndua", 64)
    assert client.get(alamat).context["susun"] is False
    sama = client.post(alamat, isi | {"judul": "Pakta Integritas"})
    assert sama.status_code == 422
    client.post(alamat, isi | {"judul": "Pakta pengganti"})
    assert alur.list_naskah(satker.pk, tahun)[0] == beku
    assert Naskah.objects.get(pk=beku.pk).judul == "Pakta Integritas"


# --- the personal link ----------------------------------------------------------------------------
def test_the_link_shows_the_text_its_hash_and_the_own_name_only(client, naskah, orang):
    PersonelFactory(satker=naskah.satker, nama="Orang Lain")

    halaman = client.get(f"/p/{orang.token}/")

    assert naskah.sidik in halaman.text
    assert "Siti Rahayu" in halaman.text
    assert "Orang Lain" not in halaman.text
    assert "bukan tanda tangan elektronik tersertifikasi" in halaman.text
    assert "no-store" in halaman["Cache-Control"]
    assert halaman["Referrer-Policy"] == "strict-origin"
    assert halaman["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    ("isi", "cara"), [({"goresan": GORESAN}, "layar"), ({"ketikan": "Setuju"}, "tautan")]
)
def test_the_link_signs_once_by_drawing_or_by_word(client, naskah, orang, isi, cara):
    alamat = f"/p/{orang.token}/"

    pertama = client.post(alamat, {"persetujuan": "on"} | isi)
    kedua = client.post(alamat, {"persetujuan": "on"} | isi)

    assert (pertama.status_code, pertama.url, kedua.status_code) == (302, alamat, 409)
    tanda = TandaTangan.objects.get()
    assert (tanda.cara, tanda.nama, tanda.dicatat_oleh) == (cara, "Siti Rahayu", None)
    assert PaktaIntegritas.objects.get().tanda_tangan == tanda
    assert "Sudah ditandatangani" in client.get(alamat).text
    assert "Siti" not in Riwayat.objects.of(naskah.satker).first().teks


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"goresan": GORESAN}, "Centang kalimat persetujuan"),
        ({"persetujuan": "on"}, "Tanda tangan masih kosong"),
        ({"persetujuan": "on", "goresan": "M0 0L1 1"}, "terlalu kecil"),
        ({"persetujuan": "on", "goresan": "<svg>", "ketikan": "SETUJU"}, "tidak terbaca"),
    ],
)
def test_a_link_without_consent_or_signature_changes_nothing(client, orang, isi, pesan):
    halaman = client.post(f"/p/{orang.token}/", isi)

    assert halaman.status_code == 422
    assert pesan in halaman.text
    assert not TandaTangan.objects.exists()


def test_a_link_that_leads_nowhere_says_the_same_to_everybody(client, naskah):
    pergi = PersonelFactory(satker=naskah.satker, berlaku_sampai=timezone.localdate())

    tutup, asing = client.get(f"/p/{pergi.token}/"), client.get("/p/karangan/")

    assert (tutup.status_code, asing.status_code) == (404, 404)
    assert "Tautan ini tidak berlaku" in tutup.text
    assert pergi.nama not in tutup.text
    assert client.post(f"/p/{pergi.token}/", {"persetujuan": "on"}).status_code == 404


def test_a_text_that_is_not_frozen_is_not_shown_to_be_signed(client, tahun):
    naskah = NaskahFactory(tahun=tahun, teks="Rancangan rahasia.")
    orang = PersonelFactory(satker=naskah.satker)

    halaman = client.post(f"/p/{orang.token}/", {"persetujuan": "on", "ketikan": "SETUJU"})

    assert "Rancangan" not in halaman.text
    assert not TandaTangan.objects.exists()


# --- the own account ------------------------------------------------------------------------------
def test_the_own_account_signs_and_nobody_elses_does(client_for, orang, operator):
    Personel.objects.filter(pk=orang.pk).update(pengguna=operator)
    lain = PersonelFactory(satker=orang.satker)
    client, isi = client_for(operator), {"persetujuan": "on", "ketikan": "SETUJU"}

    assert client.post(reverse("pakta_saya_sign", args=[lain.pk]), isi).status_code == 404
    assert client.post(reverse("pakta_saya_sign", args=[orang.pk]), isi).status_code == 302

    tanda = TandaTangan.objects.get()
    assert (tanda.cara, tanda.personel, tanda.dicatat_oleh) == ("akun", orang, operator)
    assert "sudah" in client.get(reverse("pakta_saya")).text


def test_a_step_refuses_a_foreign_account_and_a_foreign_text(orang, operator, naskah, tahun):
    isi = {"cara": "akun", "persetujuan": True, "goresan": ""}
    with pytest.raises(AlurError, match="tidak terhubung"):
        alur.sign_self(orang, naskah, by=operator, **isi)
    with pytest.raises(AlurError, match="bukan pakta satuan kerja"):
        alur.sign_self(orang, NaskahFactory(tahun=tahun, beku=True), by=None, **isi)

    assert not TandaTangan.objects.exists()


# --- paper ----------------------------------------------------------------------------------------
def send_lembar(client, naskah, daftar, isi, *, nama="lembar.pdf", **lain):
    return client.post(
        reverse("pakta_lembar", args=[naskah.satker.kode, naskah.tahun]),
        {
            "berkas": SimpleUploadedFile(nama, isi),
            "cara": "basah",
            "tanggal": timezone.localdate().isoformat(),
            "orang": [satu.pk for satu in daftar],
        }
        | lain,
    )


def test_one_sheet_signs_for_many_and_can_be_fetched(client_for, naskah, operator, pdf):
    orang = PersonelFactory.create_batch(3, satker=naskah.satker)
    client = client_for(operator)

    assert send_lembar(client, naskah, orang, pdf).status_code == 302

    daftar = TandaTangan.objects.order_by("pk")
    assert {satu.cara for satu in daftar} == {"basah"}
    assert len({satu.berkas_id for satu in daftar}) == 1
    assert PaktaIntegritas.objects.count() == 3
    berkas = client.get(reverse("pakta_berkas", args=[daftar[0].pk]))
    assert berkas.getvalue() == pdf


def test_a_certified_file_is_kept_as_such(client_for, naskah, operator, orang, pdf):
    send_lembar(client_for(operator), naskah, [orang], pdf, cara="elektronik")

    assert TandaTangan.objects.get().cara == "elektronik"


@pytest.mark.parametrize(
    ("lain", "pesan"),
    [
        ({"orang": []}, "Centang nama"),
        ({"tanggal": "2099-01-01"}, "masa depan"),
        ({"tanggal": "2019-01-01"}, "tidak ada di roster pada 1 Januari 2019"),
        ({"cara": "layar"}, "cara"),
        ({"berkas": ""}, "Pilih berkasnya dulu"),
        ({"berkas": SimpleUploadedFile("a.pdf", b"bukan pdf")}, "a.pdf"),
    ],
)
def test_a_sheet_that_will_not_do_changes_nothing(client_for, naskah, operator, pdf, lain, pesan):
    orang = PersonelFactory(satker=naskah.satker, berlaku_dari="2020-01-01")

    halaman = send_lembar(client_for(operator), naskah, [orang], pdf, **lain)

    assert halaman.status_code == 422
    assert pesan in halaman.text
    assert not TandaTangan.objects.exists()


def test_a_sheet_with_one_who_has_signed_or_a_stranger_is_refused_as_a_whole(
    client_for, naskah, operator, orang, pdf
):
    sign_pakta(naskah, orang)
    baru, asing = PersonelFactory(satker=naskah.satker), PersonelFactory()
    client = client_for(operator)

    for lain in (orang, asing):
        assert send_lembar(client, naskah, [baru, lain], pdf).status_code == 422
    with pytest.raises(AlurError, match="Pakta Integritas”: Siti Rahayu"):
        alur.sign_lembar(
            naskah,
            [baru, orang],
            cara="basah",
            berkas_id=1,
            nama_berkas="a.pdf",
            tanggal=timezone.localdate(),
            by=None,
        )

    assert TandaTangan.objects.count() == 1


def test_a_sheet_costs_the_same_for_any_number_of_names(
    client_for, naskah, operator, pdf, count_queries
):
    hitung = []
    for jumlah in (2, 20):
        orang = PersonelFactory.create_batch(jumlah, satker=naskah.satker)
        with count_queries() as daftar_sql:
            send_lembar(client_for(operator), naskah, orang, pdf)
        hitung.append(len(daftar_sql))

    assert hitung[1] <= hitung[0]
    assert TandaTangan.objects.count() == 22


def test_slips_and_the_sheet_to_sign_name_those_who_are_missing(
    client_for, naskah, operator, orang, settings
):
    sudah = PersonelFactory(satker=naskah.satker, nama="Sudah Sekali")
    sign_pakta(naskah, sudah)
    client, args = client_for(operator), [naskah.satker.kode, naskah.tahun]
    settings.INTEGRITAS_ALAMAT = "https://contoh.invalid"

    slip = client.get(reverse("pakta_slip", args=args)).text
    pdf = [client.get(reverse(nama, args=args)) for nama in ("pakta_slip_pdf", "pakta_lembar_pdf")]

    assert f"https://contoh.invalid/p/{orang.token}/" in slip
    assert "data:image/svg+xml" in slip
    assert sudah.token not in slip
    for satu in pdf:
        halaman = PdfReader(io.BytesIO(satu.content)).pages
        teks = " ".join(" ".join(h.extract_text() for h in halaman).split())
        assert "Siti Rahayu" in teks
        assert "Sudah Sekali" not in teks


def test_a_signature_is_taken_back_on_its_page_with_a_reason(client_for, naskah, operator, orang):
    tanda = sign_pakta(naskah, orang)
    client, alamat = client_for(operator), reverse("pakta_revoke", args=[tanda.pk])

    assert client.post(alamat, {"alasan": " "}).status_code == 422
    assert PaktaIntegritas.objects.count() == 1
    assert client.post(alamat, {"alasan": "salah lembar"}).status_code == 302
    assert not PaktaIntegritas.objects.exists()
