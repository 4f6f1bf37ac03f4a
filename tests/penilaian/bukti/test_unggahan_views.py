"""The addresses of an upload in pieces: what each answers, and to whom."""

import datetime
import hashlib
import io

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integritas.models import Berkas
from penilaian.bukti import unggahan as langkah
from penilaian.models import AreaPenilaian, DokumenDiminta, PemakaianBukti, Penilaian, Unggahan
from tests.factories import KepalaFactory, OperatorFactory, PenilaianFactory
from tests.penilaian.bukti.contoh import add_bukti, build_pdf

pytestmark = pytest.mark.django_db
SATU, DUA = "A.I.1.i.a", "A.I.1.i.b"
MEGA = 1024 * 1024


@pytest.fixture
def client(client_for, operator):
    return client_for(operator)


def begin(client, penilaian, isi=b"x", nama="SK.pdf", kode=SATU, **lain):
    alamat = reverse("unggahan_begin", args=[penilaian.pk, kode])
    return client.post(alamat, {"nama": nama, "ukuran": len(isi)} | lain)


def put(client, alamat, mulai, isi):
    return client.put(
        f"{alamat['append']}?mulai={mulai}", isi, content_type="application/octet-stream"
    )


def send(client, penilaian, isi, **lain):
    """The addresses of an upload of which all has arrived."""
    alamat = begin(client, penilaian, isi, **lain).json()["alamat"]
    assert put(client, alamat, 0, isi).json() == {"sampai": len(isi)}
    return alamat


def lock_area_a1(operator):
    AreaPenilaian.objects.filter(area="A.1").update(
        diajukan_pada=timezone.now(), diajukan_oleh=operator
    )


def test_a_file_goes_its_whole_way(client, penilaian, folder):
    isi = build_pdf("SK", isi=3000)
    dokumen = DokumenDiminta.objects.filter(pertanyaan__kode=SATU)[0]

    mulai = begin(client, penilaian, isi)
    alamat = mulai.json()["alamat"]
    satu = put(client, alamat, 0, isi[:2000])
    tengah = client.get(alamat["detail"])
    dua = put(client, alamat, 2000, isi[2000:])
    selesai = client.post(alamat["complete"], {"dokumen": dokumen.pk})

    assert (mulai.status_code, mulai.json()["sampai"]) == (201, 0)
    assert (satu.json(), dua.json()) == ({"sampai": 2000}, {"sampai": len(isi)})
    assert tengah.json() == {"sampai": 2000, "ukuran": len(isi)}
    assert (selesai.status_code, selesai.json()) == (
        200,
        {"tersimpan": True, "pesan": "“SK.pdf” tersimpan."},
    )
    pakai = PemakaianBukti.objects.get()
    assert (pakai.dokumen, pakai.revisi.berkas.sha256) == (dokumen, hashlib.sha256(isi).hexdigest())
    assert [satu.name for satu in folder.rglob("*") if satu.is_file()] == [
        hashlib.sha256(isi).hexdigest()
    ]


def test_a_piece_that_begins_elsewhere_is_told_where_to_go_on(client, penilaian):
    alamat = begin(client, penilaian, b"abcdef").json()["alamat"]
    put(client, alamat, 0, b"abc")

    for mulai in (0, 2, 6):
        respons = put(client, alamat, mulai, b"def")
        assert (respons.status_code, respons.json()["sampai"]) == (409, 3)

    assert client.get(alamat["detail"]).json()["sampai"] == 3


@pytest.mark.parametrize("mulai", ["", "-1", "1.5", "x", "9" * 19, "²"])
def test_a_piece_without_a_place_is_refused(client, penilaian, mulai):
    alamat = begin(client, penilaian, b"abcdef").json()["alamat"]

    assert put(client, alamat, mulai, b"abc").status_code == 422

    assert client.get(alamat["detail"]).json()["sampai"] == 0


def test_a_piece_that_is_too_large_or_runs_past_the_end_leaves_nothing(client, penilaian):
    alamat = begin(client, penilaian, b"x" * 6 * MEGA).json()["alamat"]
    terbesar = langkah.POTONGAN_TERBESAR

    besar = put(client, alamat, 0, b"x" * (terbesar + 1))
    pas = put(client, alamat, 0, b"x" * terbesar)
    lewat = put(client, alamat, terbesar, b"x" * (2 * MEGA + 1))

    assert (besar.status_code, pas.status_code, lewat.status_code) == (413, 200, 422)
    assert "melebihi ukuran yang diumumkan" in lewat.json()["pesan"]
    assert client.get(alamat["detail"]).json()["sampai"] == terbesar


def test_a_piece_is_read_from_the_line_and_never_whole(client, penilaian, monkeypatch):
    """Neither the token's check nor the view asks for the body as such."""
    from django.http import HttpRequest

    def refuse(self):
        raise AssertionError("the body was read whole")

    alamat = begin(client, penilaian, b"abc").json()["alamat"]
    monkeypatch.setattr(HttpRequest, "body", property(refuse))
    monkeypatch.setattr(HttpRequest, "_load_post_and_files", refuse)

    assert put(client, alamat, 0, b"abc").json() == {"sampai": 3}


def test_a_line_that_breaks_keeps_what_has_arrived(client, penilaian):
    alamat = begin(client, penilaian, b"abcdef").json()["alamat"]

    class Putus(io.BytesIO):
        def read(self, *args):
            if data := super().read(*args):
                return data
            raise OSError("broken pipe")

    respons = client.generic(
        "PUT",
        f"{alamat['append']}?mulai=0",
        b"abc",
        content_type="application/octet-stream",
        **{"wsgi.input": Putus(b"abc"), "CONTENT_LENGTH": "6"},
    )

    assert respons.status_code == 400
    assert client.get(alamat["detail"]).json()["sampai"] == 3


@pytest.mark.parametrize("nama", ["begin", "append", "complete", "cancel"])
def test_nothing_is_changed_without_the_token(penilaian, operator, nama):
    client = Client(enforce_csrf_checks=True)
    client.force_login(operator)
    satu = langkah.begin(penilaian, SATU, "SK.pdf", 3, by=operator)
    alamat = {
        "begin": reverse("unggahan_begin", args=[penilaian.pk, SATU]),
        "append": reverse("unggahan_append", args=[penilaian.pk, satu.pk]) + "?mulai=0",
    }.get(nama) or reverse(f"unggahan_{nama}", args=[penilaian.pk, satu.pk])
    client.cookies["csrftoken"] = "a" * 32

    def send(**kepala):
        if nama == "append":
            return client.put(
                alamat, b"abc", content_type="application/octet-stream", headers=kepala
            )
        return client.post(alamat, {"nama": "a.pdf", "ukuran": 3}, headers=kepala)

    assert send().status_code == 403
    assert (Unggahan.objects.get(), langkah.measure(satu)) == (satu, 0)
    assert send(**{"X-CSRFToken": "a" * 32}).status_code in {200, 201, 204, 409}


def test_somebody_elses_upload_does_not_exist(client_for, client, penilaian):
    alamat = send(client, penilaian, build_pdf("SK"))
    ada = Unggahan.objects.get()
    asing = PenilaianFactory()
    lain = PenilaianFactory(satker=penilaian.satker, tahun=penilaian.tahun - 1)
    milik = reverse("unggahan_detail", args=[lain.pk, ada.pk])

    for orang in (
        client_for(OperatorFactory(satker=penilaian.satker)),
        client_for(KepalaFactory(satker=penilaian.satker)),
        client_for(OperatorFactory(satker=asing.satker)),
    ):
        assert orang.get(alamat["detail"]).status_code == 404
        assert put(orang, alamat, 0, b"x").status_code == 404
        assert orang.post(alamat["complete"]).status_code == 404
        assert orang.post(alamat["cancel"]).status_code == 404
    # Nor does it under another assessment.
    assert client.get(milik).status_code == 404

    assert (Unggahan.objects.get(), langkah.measure(ada)) == (ada, ada.ukuran)
    assert not PemakaianBukti.objects.exists()


@pytest.mark.parametrize(
    "isi", [{"nama": ""}, {"ukuran": ""}, {"ukuran": "-1"}, {"ukuran": "9" * 30}, {"ukuran": "x"}]
)
def test_a_file_that_is_not_announced_properly_does_not_begin(client, penilaian, isi):
    respons = begin(client, penilaian, **isi)

    assert respons.status_code == 422
    assert respons.json() == {
        "pesan": "Nama atau ukuran berkas tidak terbaca. Muat ulang halaman ini."
    }
    assert not Unggahan.objects.exists()


def test_beginning_is_refused_with_the_reason(client, client_for, penilaian, operator):
    lain = client_for(OperatorFactory(satker=penilaian.satker, daftar_area=["A.6"]))
    bukan_bagian = begin(lain, penilaian)
    kosong = begin(client, penilaian, ukuran=0)
    lock_area_a1(operator)
    terkunci = begin(client, penilaian)
    Penilaian.objects.update(tutup_pada=timezone.localdate() - datetime.timedelta(days=1))
    tertutup = begin(client, penilaian)

    daftar = [bukan_bagian, kosong, terkunci, tertutup]
    assert [satu.status_code for satu in daftar] == [422] * 4
    for respons, kata in zip(
        daftar,
        [
            "Area A.1 bukan bagian Anda.",
            "tidak diterima: isinya kosong.",
            "Area A.1 sudah diajukan",
            "Pengisian sudah ditutup",
        ],
        strict=True,
    ):
        assert kata in respons.json()["pesan"]
    assert not Unggahan.objects.exists()
    assert begin(client, penilaian, kode="A.I.9.i.a").status_code == 404


def test_a_refused_file_says_why_and_is_gone_and_says_so_again(client, penilaian, folder):
    alamat = send(client, penilaian, b"bukan PDF")

    satu, dua = (client.post(alamat["complete"]) for _ in range(2))

    assert satu.status_code == dua.status_code == 422
    assert "Berkas “SK.pdf” tidak diterima" in satu.json()["pesan"]
    assert satu.json() == dua.json()
    assert (Unggahan.objects.count(), Berkas.objects.count()) == (0, 0)
    assert [satu for satu in folder.rglob("*") if satu.is_file()] == []


def test_who_lost_the_area_meanwhile_is_refused_at_the_end(client_for, penilaian, folder):
    orang = OperatorFactory(satker=penilaian.satker, daftar_area=["A.1"])
    client = client_for(orang)
    alamat = send(client, penilaian, build_pdf("SK"))
    orang.penugasan_set.update(daftar_area=["A.6"])

    respons = client.post(alamat["complete"])

    assert respons.json()["pesan"] == "Area A.1 bukan bagian Anda."
    assert not PemakaianBukti.objects.exists()
    assert [satu for satu in folder.rglob("*") if satu.is_file()] == []


def test_completed_twice_is_the_same_answer_and_evidence_once(client, client_for, penilaian):
    alamat = send(client, penilaian, build_pdf("SK"))

    satu, dua = (client.post(alamat["complete"]) for _ in range(2))

    assert satu.json() == dua.json() == {"tersimpan": True, "pesan": "“SK.pdf” tersimpan."}
    assert PemakaianBukti.objects.count() == 1
    lain = client_for(OperatorFactory(satker=penilaian.satker))
    assert lain.post(alamat["complete"]).status_code == 404
    cache.clear()
    assert client.post(alamat["complete"]).status_code == 404
    assert PemakaianBukti.objects.count() == 1


def test_too_early_a_completion_says_where_to_go_on(client, penilaian):
    alamat = begin(client, penilaian, b"abcdef").json()["alamat"]
    put(client, alamat, 0, b"abc")

    respons = client.post(alamat["complete"])

    assert (respons.status_code, respons.json()["sampai"]) == (409, 3)
    assert Unggahan.objects.count() == 1


def test_a_known_file_brings_the_form_that_links_it(client, penilaian):
    ada = add_bukti(penilaian, DUA, "SK")
    alamat = send(client, penilaian, build_pdf("SK"), nama="baru.pdf")

    respons = client.post(alamat["complete"])

    isi = respons.json()
    assert (respons.status_code, isi["tersimpan"]) == (422, False)
    assert f"sudah ada sebagai bukti “SK.pdf” (LKE {penilaian.tahun} nomor 2)" in isi["pesan"]
    assert f'name="bukti" value="{ada.bukti_id}"' in isi["formulir"]
    assert "Pakai “SK.pdf” di nomor 1" in isi["formulir"]
    assert reverse("bukti_link", args=[penilaian.pk, SATU]) in isi["formulir"]
    assert "csrfmiddlewaretoken" in isi["formulir"]


def test_a_document_that_is_not_asked_for_keeps_the_upload(client, penilaian):
    alamat = send(client, penilaian, build_pdf("SK"))

    respons = client.post(alamat["complete"], {"dokumen": "999999"})

    assert respons.status_code == 422
    assert respons.json() == {"pesan": "Dokumen itu tidak diminta pada nomor ini.", "tetap": True}
    assert Unggahan.objects.count() == 1
    assert client.post(alamat["complete"]).status_code == 200


def test_a_silent_scanner_keeps_the_upload(client, penilaian, settings, folder):
    settings.INTEGRITAS_CLAMD = str(folder / "tidak-ada.sock")
    alamat = send(client, penilaian, build_pdf("SK"))

    respons = client.post(alamat["complete"])

    assert (respons.status_code, respons.json()["tetap"]) == (422, True)
    assert "Pemindai virus tidak dapat dihubungi" in respons.json()["pesan"]
    settings.INTEGRITAS_CLAMD = ""
    assert client.post(alamat["complete"]).status_code == 200


def test_a_second_line_is_told_to_wait(client, penilaian, monkeypatch):
    """While a piece of it is being written, the same upload takes nothing else."""
    alamat = begin(client, penilaian, b"abc").json()["alamat"]
    put(client, alamat, 0, b"ab")
    monkeypatch.setattr(langkah.Potongan.__init__, "__kwdefaults__", {"tunggu": 0.05})

    with langkah.get_potongan().take(Unggahan.objects.get().pk):
        daftar = [
            put(client, alamat, 2, b"c"),
            client.post(alamat["complete"]),
            client.post(alamat["cancel"]),
        ]

    assert [(satu.status_code, satu.json()["sampai"]) for satu in daftar] == [(409, 2)] * 3
    assert all(satu.json()["sibuk"] for satu in daftar)
    assert Unggahan.objects.count() == 1


def test_a_cancelled_upload_does_not_exist(client, penilaian, folder):
    alamat = send(client, penilaian, build_pdf("SK"))

    assert client.post(alamat["cancel"]).status_code == 204

    assert [satu for satu in folder.rglob("*") if satu.is_file()] == []
    assert client.get(alamat["detail"]).status_code == 404
    assert client.post(alamat["cancel"]).status_code == 404


@pytest.mark.parametrize("jumlah", [1, 20])
def test_a_piece_costs_the_same_among_any_number_of_uploads(
    client, penilaian, operator, count_queries, jumlah
):
    for nomor in range(jumlah):
        langkah.begin(penilaian, SATU, f"{nomor}.pdf", 9, by=operator)
    alamat = begin(client, penilaian, b"abcdef").json()["alamat"]
    put(client, alamat, 0, b"abc")

    with count_queries() as satu_potongan:
        put(client, alamat, 3, b"def")
    with count_queries() as satu_mulai:
        begin(client, penilaian, b"x")

    assert len(satu_potongan) == 5
    assert len([satu for satu in satu_mulai if "SAVEPOINT" not in satu]) == 7


def test_completing_asks_little_more_than_an_ordinary_upload(client, penilaian, count_queries):
    client.post(send(client, penilaian, build_pdf("pertama"))["complete"])
    alamat = send(client, penilaian, build_pdf("SK"))

    with count_queries() as daftar_sql:
        client.post(alamat["complete"])

    assert len([satu for satu in daftar_sql if "SAVEPOINT" not in satu]) == 16
