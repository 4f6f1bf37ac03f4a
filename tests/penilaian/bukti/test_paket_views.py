"""The packs of an assessment as a person sees them: asked for, waited for, downloaded."""

import re

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from penilaian.models import PaketBukti
from tests.factories import (
    KepalaFactory,
    OperatorFactory,
    PemantauFactory,
    PenilaianFactory,
    TimKanwilFactory,
)
from tests.penilaian.bukti.contoh import add_bukti
from tests.penilaian.bukti.paket_uji import make_paket, read_paket

pytestmark = pytest.mark.django_db
SATU = "A.I.1.i.a"
HTMX = {"HX-Request": "true"}
Keadaan = PaketBukti.Keadaan


@pytest.fixture
def client(client_for, operator):
    return client_for(operator)


def alamat(nama, penilaian, *argumen):
    return reverse(nama, args=[penilaian.pk, *argumen])


def read_keadaan(teks):
    return re.sub(r"(?:<[^>]+>|\s)+", " ", teks[teks.index("<tbody>") : teks.index("</tbody>")])


def test_a_pack_is_asked_for_and_downloaded(client, penilaian):
    add_bukti(penilaian, SATU, "SK")
    kosong = client.get(alamat("paket_list", penilaian)).text
    assert "Belum ada paket" in kosong
    assert "hx-trigger" not in kosong

    respons = client.post(alamat("paket_create", penilaian), follow=True)

    assert respons.redirect_chain == [(alamat("paket_list", penilaian), 302)]
    assert "Paket sedang disiapkan." in respons.text
    assert 'hx-trigger="every 3s"' in respons.text
    assert "Menunggu giliran" in respons.text
    assert "Buat paket" not in respons.text

    paket = PaketBukti.objects.get()
    paket.keadaan = Keadaan.GAGAL
    paket.save()
    paket = make_paket(penilaian)
    halaman = client.get(alamat("paket_list", penilaian)).text
    assert paket.sha256 in halaman
    assert "hx-trigger" not in halaman
    assert "Buat paket" in halaman

    unduh = client.get(alamat("paket_download", penilaian, paket.pk))
    assert b"".join(unduh.streaming_content) == read_paket(paket)
    hari = timezone.localdate(paket.diminta_pada)
    assert {
        nama: unduh[nama]
        for nama in ("Content-Type", "Content-Disposition", "Content-Length", "Cache-Control")
    } == {
        "Content-Type": "application/zip",
        "Content-Disposition": (
            f'attachment; filename="bukti-{penilaian.satker.kode}-{penilaian.tahun}-{hari}.zip"'
        ),
        "Content-Length": str(paket.ukuran),
        "Cache-Control": "private, no-store",
    }


def test_a_download_keeps_its_length_where_pages_are_compressed(client, penilaian, settings):
    settings.MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *settings.MIDDLEWARE]
    add_bukti(penilaian, SATU, "SK")
    paket = make_paket(penilaian)

    unduh = client.get(
        alamat("paket_download", penilaian, paket.pk), headers={"Accept-Encoding": "gzip"}
    )

    assert unduh["Content-Length"] == str(paket.ukuran)
    assert b"".join(unduh.streaming_content) == read_paket(paket)


def test_a_pack_in_s3_is_downloaded_and_one_that_is_gone_is_not_found(di_s3, client, penilaian):
    add_bukti(penilaian, SATU, "SK")
    paket = make_paket(penilaian)
    url = alamat("paket_download", penilaian, paket.pk)

    assert b"".join(client.get(url).streaming_content) == read_paket(paket)
    default_storage.delete(paket.berkas)
    assert client.get(url).status_code == 404


def test_asking_again_leads_to_the_one_in_the_making(client, penilaian):
    add_bukti(penilaian, SATU, "SK")
    client.post(alamat("paket_create", penilaian))

    respons = client.post(alamat("paket_create", penilaian), follow=True)

    assert "Paket LKE ini sedang dibuat; tidak perlu diminta dua kali." in respons.text
    assert PaketBukti.objects.count() == 1


def test_nothing_to_pack_is_said_on_the_page(client, penilaian):
    respons = client.post(alamat("paket_create", penilaian))

    assert respons.status_code == 422
    assert 'role="alert"><p>LKE ini belum memakai bukti apa pun' in respons.text
    assert not PaketBukti.objects.exists()


def test_each_state_is_shown_with_what_one_needs_to_know(client, penilaian, operator):
    for isi in (
        {"keadaan": Keadaan.GAGAL, "pesan": "Ruang penyimpanan server penuh."},
        {"keadaan": Keadaan.SELESAI, "berkas": "x", "sha256": "ab" * 32, "ukuran": 5 * 2**20},
        {"keadaan": Keadaan.DIBUAT, "selesai": 84, "jumlah": 200},
    ):
        PaketBukti.objects.create(penilaian=penilaian, diminta_oleh=operator, **isi)

    teks = client.get(alamat("paket_list", penilaian)).text

    keadaan = read_keadaan(teks)
    assert keadaan.index("84 dari 200 berkas") < keadaan.index("Unduh ZIP (5,0 MB)")
    assert "Gagal Ruang penyimpanan server penuh." in keadaan
    assert '<progress class="progress" max="200" value="84"' in teks


def test_the_part_that_refreshes_itself_is_the_same_as_on_the_page(client, penilaian):
    add_bukti(penilaian, SATU, "SK")
    client.post(alamat("paket_create", penilaian))
    client.get(alamat("paket_list", penilaian))

    bagian = client.get(alamat("paket_list", penilaian), headers=HTMX).text.strip()

    assert bagian.startswith('<section class="sheet" id="daftar"')
    assert bagian in client.get(alamat("paket_list", penilaian)).text


def test_only_who_reads_the_evidence_finds_its_packs(client_for, penilaian):
    add_bukti(penilaian, SATU, "SK")
    lain = PenilaianFactory()
    paket = make_paket(penilaian)
    asing = OperatorFactory(satker=lain.satker)

    def ask(orang, milik=penilaian):
        client = client_for(orang)
        unduh = client.get(alamat("paket_download", milik, paket.pk))
        # Read to its end, which closes the file.
        list(unduh)
        return [
            client.get(alamat("paket_list", milik)).status_code,
            client.post(alamat("paket_create", milik)).status_code,
            unduh.status_code,
        ]

    assert ask(asing) == [404, 404, 404]
    # Through an assessment of one's own there is no way to the pack of another.
    assert ask(asing, lain) == [200, 422, 404]
    assert ask(PemantauFactory(satker=penilaian.satker)) == [403, 403, 403]
    assert ask(TimKanwilFactory()) == [404, 404, 404]
    assert ask(KepalaFactory(satker=penilaian.satker)) == [200, 302, 200]
    assert PaketBukti.objects.count() == 2


def test_an_unfinished_or_failed_pack_is_not_handed_out(client, penilaian):
    add_bukti(penilaian, SATU, "SK")
    paket = make_paket(penilaian)
    url = alamat("paket_download", penilaian, paket.pk)

    for keadaan in (Keadaan.ANTRE, Keadaan.DIBUAT, Keadaan.GAGAL):
        PaketBukti.objects.update(keadaan=keadaan)
        jawaban = client.get(url)
        list(jawaban)
        assert jawaban.status_code == 404


@pytest.mark.parametrize("jumlah", [1, 6])
def test_the_list_costs_the_same_at_any_length(client, penilaian, operator, count_queries, jumlah):
    for _ in range(jumlah):
        PaketBukti.objects.create(
            penilaian=penilaian, diminta_oleh=operator, keadaan=Keadaan.SELESAI, berkas="x"
        )
    client.get(alamat("paket_list", penilaian))

    with count_queries() as daftar:
        client.get(alamat("paket_list", penilaian))

    assert len([satu for satu in daftar if "SAVEPOINT" not in satu]) == 5


def test_the_hub_and_the_list_of_evidence_lead_here(client, penilaian):
    for nama in ("penilaian_detail", "bukti_list"):
        assert (
            f'href="{alamat("paket_list", penilaian)}"' in client.get(alamat(nama, penilaian)).text
        )
