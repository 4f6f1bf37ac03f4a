"""Indicators from a table: every bad cell is named, and then nothing is written."""

import io
from decimal import Decimal as D

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from integritas.impor import Hasil, ImporDitolakError
from satker import impor_indikator
from satker.models import IndikatorKinerja, PerjanjianKinerja, Riwayat, Sasaran
from tests.factories import KepalaFactory
from tests.factories.ukur import IndikatorFactory, PerjanjianKinerjaFactory, SasaranFactory

pytestmark = pytest.mark.django_db
JUDUL = ["Sasaran Kinerja", "IKU", "Satuan", "Arah", "Target", "TW I", "B06", "Triwulan 3", "tw4"]


def build_buku(*baris, judul=JUDUL):
    berkas = io.BytesIO()
    with xlsxwriter.Workbook(berkas) as buku:
        lembar = buku.add_worksheet("Perjanjian")
        for nomor, isi in enumerate([["Lampiran PK"], [], judul, *baris]):
            lembar.write_row(nomor, 0, isi)
    return berkas.getvalue()


BAIK = build_buku(
    ["Layanan membaik", "Layanan tepat waktu", "persen", "naik", 95, 90, 92.5, "94,5", "95"],
    # A merged cell says its goal once.
    ["", "Gangguan keamanan", "kejadian", "Makin rendah makin baik", "4"],
    ["Akuntabel", "Nilai SAKIP", "nilai", "", "1.250,5"],
)


def plan(isi, perjanjian, nama="pk.xlsx"):
    return impor_indikator.plan(nama, isi, perjanjian=perjanjian)


def apply(isi, perjanjian, nama="pk.xlsx", **lain):
    return impor_indikator.apply(nama, isi, perjanjian=perjanjian, by=None, **lain)


def list_indikator():
    return list(
        IndikatorKinerja.objects.order_by("sasaran__urutan", "urutan").values_list(
            "sasaran__nama", "nama", "satuan", "arah", "target", "target_b03", "target_b09"
        )
    )


def test_goals_and_indicators_are_written_in_their_order_with_one_line_of_history():
    perjanjian = PerjanjianKinerjaFactory()

    rencana = apply(BAIK, perjanjian)

    assert rencana.say_jumlah() == "3 baru, 0 berubah, 0 sama, 0 ditolak"
    assert list_indikator() == [
        ("Layanan membaik", "Layanan tepat waktu", "persen", "naik", D(95), D(90), D("94.5")),
        ("Layanan membaik", "Gangguan keamanan", "kejadian", "turun", D(4), None, None),
        ("Akuntabel", "Nilai SAKIP", "nilai", "naik", D("1250.5"), None, None),
    ]
    [baris] = Riwayat.objects.of(perjanjian.satker)
    assert baris.isi["sesudah"]["1.2"] == {
        "sasaran": "Layanan membaik",
        "nama": "Gangguan keamanan",
        "satuan": "kejadian",
        "arah": "turun",
        "target": "4",
    }


def test_what_is_there_already_is_recognised_in_any_spelling_and_the_rest_stays():
    perjanjian = PerjanjianKinerjaFactory()
    apply(BAIK, perjanjian)
    lain = IndikatorFactory(sasaran=SasaranFactory(perjanjian=perjanjian))
    assert plan(BAIK, perjanjian).jumlah[Hasil.SAMA] == 3

    rencana = apply(
        build_buku(["LAYANAN  membaik", "Gangguan keamanan.", "kejadian", "turun", 3]), perjanjian
    )

    assert rencana.jumlah == {Hasil.BERUBAH: 1}
    assert rencana.baris[0].uraian == [("Target", "4", "3")]
    assert "3 indikator draf tidak ada di berkas ini" in rencana.pemberitahuan[0]
    assert IndikatorKinerja.objects.filter(pk=lain.pk).exists()
    assert Sasaran.objects.count() == 3
    assert IndikatorKinerja.objects.count() == 4


def test_every_bad_cell_is_named_and_nothing_is_written():
    perjanjian = PerjanjianKinerjaFactory()
    isi = build_buku(
        ["", "Tanpa sasaran", "persen", "", 1],
        ["S", "Baik", "persen", "naik", 90, 100],
        ["S", "", "", "miring", "banyak", -1, "0,00001"],
        ["S", "=A1", "persen", "", None],
        ["S", "baik", "persen", "", 10],
    )

    rencana = plan(isi, perjanjian)

    assert [str(pesan) for satu in rencana.baris for pesan in satu.pesan] == [
        'Baris 4, kolom "Sasaran Kinerja": masih kosong.',
        'Baris 6, kolom "Target": “banyak” bukan angka. Tulis seperti 12,5 atau 1.250.',
        'Baris 6, kolom "TW I": “-1” kurang dari nol.',
        'Baris 6, kolom "B06": “0,00001”: tulis paling banyak 4 angka di belakang koma.',
        'Baris 6, kolom "IKU": masih kosong.',
        'Baris 6, kolom "Satuan": masih kosong.',
        'Baris 6, kolom "Arah": "miring" tidak dikenal. Tulis naik atau turun.',
        *rencana_rumus(rencana),
        'Baris 8, kolom "IKU": sudah ada di baris 5 pada sasaran yang sama.',
    ]
    with pytest.raises(ImporDitolakError, match="4 baris ditolak, jadi tidak ada yang ditulis"):
        apply(isi, perjanjian)
    assert not Sasaran.objects.exists()
    assert not Riwayat.objects.of(perjanjian.satker).exists()


def rencana_rumus(rencana):
    """A formula of the workbook is named by the reader itself, in its own words."""
    pesan = [str(satu) for satu in rencana.baris[3].pesan]
    assert any(satu.startswith('Baris 7, kolom "IKU":') for satu in pesan)
    assert 'Baris 7, kolom "Target": masih kosong.' in pesan
    return pesan


def test_more_than_can_be_signed_and_shown_is_refused_row_by_row():
    perjanjian = PerjanjianKinerjaFactory()
    terlalu = build_buku(*(["S", f"I {nomor}", "persen", "", 5] for nomor in range(41)))
    luas = build_buku(*([f"S {nomor}", "I", "persen", "", 5] for nomor in range(31)))

    for isi, sebut in [(terlalu, "paling banyak 40 indikator"), (luas, "sasaran ke-31")]:
        ditolak = plan(isi, perjanjian).list_hasil(Hasil.DITOLAK)
        assert len(ditolak) == 1
        assert sebut in str(ditolak[0].pesan[0])


@pytest.mark.parametrize("status", ["berlaku", "digantikan", "dibatalkan"])
def test_only_a_draft_takes_indicators(status):
    perjanjian = PerjanjianKinerjaFactory(berlaku=True)
    PerjanjianKinerja.objects.update(status=status)

    with pytest.raises(ImporDitolakError, match="bukan draf lagi"):
        apply(BAIK, perjanjian)

    assert not Sasaran.objects.exists()


def test_what_changed_since_the_preview_is_not_written_unseen():
    perjanjian = PerjanjianKinerjaFactory()
    sidik = plan(BAIK, perjanjian).compute_sidik()
    apply(build_buku(["Akuntabel", "Nilai SAKIP", "nilai", "", 1]), perjanjian)

    with pytest.raises(ImporDitolakError, match="Data berubah sejak pratinjau"):
        apply(BAIK, perjanjian, sidik=sidik)

    assert IndikatorKinerja.objects.count() == 1


def test_a_fraction_from_a_formatted_cell_is_pointed_out():
    perjanjian = PerjanjianKinerjaFactory()

    rencana = plan(build_buku(["S", "I", "%", "", 0.95]), perjanjian)

    assert rencana.ditolak == 0
    assert "Baris 4: target paling besar 1 dengan satuan persen" in rencana.pemberitahuan[0]


def test_writing_asks_the_same_for_any_number_of_rows(count_queries):
    jumlah = []
    for banyak in (2, 6):
        perjanjian = PerjanjianKinerjaFactory()
        isi = build_buku(*(["S", f"I {nomor}", "persen", "", 5] for nomor in range(banyak)))
        with count_queries() as daftar_sql:
            apply(isi, perjanjian)
        jumlah.append(len(daftar_sql))

    assert jumlah[0] == jumlah[1]


def test_the_template_can_be_handed_in_and_is_seen_before_it_is_written(client_for):
    perjanjian = PerjanjianKinerjaFactory()
    client = client_for(KepalaFactory(satker=perjanjian.satker))
    alamat = reverse("capaian_import", args=[perjanjian.pk])
    contoh = b"".join(client.get(reverse("capaian_import_contoh")).streaming_content)

    # The sheet to fill in is empty: its headings are found, rows are not.
    kosong = client.post(alamat, {"berkas": SimpleUploadedFile("isian.xlsx", contoh)})
    assert kosong.status_code == 422
    assert "Tidak ada baris di bawah judul kolom." in kosong.text

    respons = client.post(alamat, {"berkas": SimpleUploadedFile("pk.xlsx", BAIK)})
    page = client.get(respons.url)
    assert "3 baru, 0 berubah, 0 sama, 0 ditolak, dari lembar “Perjanjian”" in page.text
    assert not Sasaran.objects.exists()
    tulis = respons.url + "tulis/"
    sesudah = client.post(tulis, {"sidik": page.context["sidik"]})
    assert sesudah.status_code == 302
    assert IndikatorKinerja.objects.count() == 3
    # A second time finds the file gone.
    assert client.post(tulis, {"sidik": page.context["sidik"]}).url == alamat


def test_a_bad_sheet_is_told_cell_by_cell_on_the_page(client_for):
    perjanjian = PerjanjianKinerjaFactory()
    client = client_for(KepalaFactory(satker=perjanjian.satker))
    isi = build_buku(["S", "I", "persen", "", "banyak"])

    respons = client.post(
        reverse("capaian_import", args=[perjanjian.pk]),
        {"berkas": SimpleUploadedFile("pk.xlsx", isi)},
    )
    page = client.get(respons.url)

    assert "Lembar “Perjanjian”, baris 4, kolom <b>Target</b>: “banyak” bukan angka" in page.text
    assert "tidak ada yang dapat ditulis" in page.text
    lagi = client.post(respons.url + "tulis/", {"sidik": page.context["sidik"]})
    assert lagi.status_code == 422
    assert not Sasaran.objects.exists()
