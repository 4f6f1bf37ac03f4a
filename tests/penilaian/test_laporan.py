"""The LKE on paper."""

import datetime
import io
import time

import pytest
from django.urls import reverse
from pypdf import PdfReader

from penilaian.instrumen import load_bawaan
from penilaian.laporan.lke import print_lke
from penilaian.versi import get_terpakai
from tests.factories import KepalaFactory, PenilaianFactory

pytestmark = pytest.mark.django_db
HARI = datetime.date(2026, 11, 24)


@pytest.fixture
def penilaian():
    return PenilaianFactory()


def read_halaman(penilaian, satker="Lapas Contoh A #1 *tebal* $x$"):
    isi = print_lke(
        get_terpakai(penilaian.versi), satker=satker, tahun=2026, target="WBK", pada=HARI
    )
    pembaca = PdfReader(io.BytesIO(isi))
    return pembaca, [" ".join(halaman.extract_text().split()) for halaman in pembaca.pages]


def test_the_sheet_holds_every_question_with_its_options_and_counts(penilaian):
    pembaca, halaman = read_halaman(penilaian)

    teks = " ".join(halaman)
    assert len(halaman) > 3
    assert [round(float(ukuran)) for ukuran in pembaca.pages[0].mediabox[2:]] == [595, 842]
    for pertanyaan in load_bawaan().daftar_pertanyaan:
        assert f"{pertanyaan.urutan}. {' '.join(pertanyaan.label.split())}" in teks
        assert pertanyaan.kode in teks
        for opsi in pertanyaan.opsi:
            assert " ".join(opsi.label.split()) in teks
        for masukan in pertanyaan.masukan:
            assert masukan.label in teks


def test_each_page_says_whose_it_is_and_which_of_how_many(penilaian):
    _, halaman = read_halaman(penilaian)

    for nomor, teks in enumerate(halaman, 1):
        # Signs of the typesetter's language in a name are only signs.
        assert "LKE 2026 · Lapas Contoh A #1 *tebal* $x$" in teks
        assert "permenpanrb-90-2021 versi 1" in teks
        assert f"Halaman {nomor} dari {len(halaman)}" in teks


def test_it_is_made_quickly_and_kept(penilaian):
    mulai = time.perf_counter()
    read_halaman(penilaian, "Satker cepat")
    assert time.perf_counter() - mulai < 3  # reading it back included

    argumen = {"satker": "Satker cepat", "tahun": 2026, "target": "WBK", "pada": HARI}
    terpakai = get_terpakai(penilaian.versi)
    assert print_lke(terpakai, **argumen) is print_lke(terpakai, **argumen)


def test_the_page_sends_it_for_the_browser_to_show(client_for, penilaian):
    client = client_for(KepalaFactory(satker=penilaian.satker))

    respons = client.get(reverse("lke_print", args=[penilaian.pk]))

    assert respons["Content-Type"] == "application/pdf"
    assert respons["Content-Disposition"].startswith("inline; filename=")
    assert respons.content.startswith(b"%PDF-1.7")
