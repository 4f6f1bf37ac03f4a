"""The workbook's pages: download, upload, preview, writing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from integritas.unduh import XLSX
from penilaian.alur import pengisian
from penilaian.instrumen import load_bawaan
from penilaian.lembar import read_lembar
from penilaian.models import AreaPenilaian, BuktiDukung, Jawaban, Penilaian
from penilaian.versi import get_terpakai
from satker.models import Riwayat
from tests.factories import KepalaFactory, OperatorFactory, PenilaianFactory, TimKanwilFactory
from tests.factories.lke import build_jawaban
from tests.penilaian.lke_xlsx import make_n

pytestmark = pytest.mark.django_db
ISI = {"A.I.1.i.a": "Ya", "A.I.1.i.b": "B", "A.II.1.i.a": {"jumlah_agen": 4}}
UBAH = {"L6": "dari lembar", "N6": "https://contoh.id/sk"}


@pytest.fixture
def penilaian():
    return PenilaianFactory()


@pytest.fixture
def client(client_for, penilaian):
    return client_for(KepalaFactory(satker=penilaian.satker))


def hand_in(client, penilaian, isi, nama="lke.xlsx"):
    return client.post(
        reverse("lke_import", args=[penilaian.pk]), {"berkas": SimpleUploadedFile(nama, isi)}
    )


def stage(client, penilaian, isi):
    """The preview of a workbook handed in, and its key."""
    respons = hand_in(client, penilaian, isi)
    assert respons.status_code == 302, respons.text
    return client.get(respons.url), respons.url.rstrip("/").rpartition("/")[2]


def write(client, penilaian, kunci, pratinjau, mode="kosong", **lain):
    isi = {"mode": mode, "sidik": pratinjau.context["sidik"]} | lain
    return client.post(reverse("lke_import_confirm", args=[penilaian.pk, kunci]), isi, follow=True)


def count_nyata(daftar_sql):
    return len([sql for sql in daftar_sql if "SAVEPOINT" not in sql])


def list_pilihan(penilaian):
    daftar = Jawaban.objects.filter(penilaian=penilaian).order_by("pertanyaan__urutan")
    return [satu.pilihan or satu.isian for satu in daftar]


# --- download -------------------------------------------------------------------------------------
def test_another_file_of_the_same_name_is_read_for_itself(client, penilaian):
    """What was read is kept for the next page, under the file's content."""
    pertama, _ = stage(client, penilaian, make_n(ISI, ubah=UBAH))
    kedua, _ = stage(client, penilaian, make_n(ISI | {"A.I.1.i.b": "C"}, ubah=UBAH))

    jawaban = [satu.context["hasil"].jawaban["A.I.1.i.b"] for satu in (pertama, kedua)]
    assert jawaban == ["B", "C"]


def test_the_form_is_downloaded_filled(client, penilaian):
    pengisian.write_many(penilaian, ISI, by=None)

    respons = client.get(reverse("lke_export", args=[penilaian.pk]))

    assert respons["Content-Type"] == XLSX
    assert f"lke-{penilaian.satker.kode}-{penilaian.tahun}-" in respons["Content-Disposition"]
    hasil = read_lembar(b"".join(respons), "lke.xlsx", load_bawaan())
    assert hasil.to_json(load_bawaan())["jawaban"] == ISI


@pytest.mark.parametrize("jumlah", [0, 113])
def test_a_download_costs_the_same_at_any_size(client, penilaian, count_queries, jumlah):
    isi = dict(list(build_jawaban().items())[:jumlah])
    pengisian.write_many(penilaian, isi, by=None)

    with count_queries() as daftar_sql:
        b"".join(client.get(reverse("lke_export", args=[penilaian.pk])))

    assert count_nyata(daftar_sql) <= 9


# --- upload ---------------------------------------------------------------------------------------
def test_a_workbook_handed_in_is_shown_before_anything_is_written(client, penilaian):
    pratinjau, _ = stage(client, penilaian, make_n(ISI, ubah=UBAH | {"J7": "Ya"}))

    assert pratinjau.status_code == 200
    teks = " ".join(pratinjau.text.split())
    assert "format nasional, lembar “Jawaban”" in teks
    assert "113 dari 113 ditemukan" in teks
    assert "<b>Sel J7:</b> tipe jawaban tertulis" in teks
    assert "Isi 5 sel yang kosong" in teks
    assert "tidak tercatat pada lembar" in teks
    assert not Jawaban.objects.exists()


@pytest.mark.parametrize(
    ("isi", "nama", "pesan"),
    [
        (b"bukan", "lke.xlsx", "isinya teks biasa"),
        (b"%PDF-1.7", "lke.pdf", "tidak diterima"),
        (make_n({}, ubah={"K7": "E", "K126": -1}), "lke.xlsx", "sel K7: jawaban"),
        (make_n({}, ubah={"K7": "E", "K126": -1}), "lke.xlsx", "sel K126: paling kecil 0"),
    ],
)
def test_a_bad_file_is_refused_naming_its_cells(client, penilaian, isi, nama, pesan):
    respons = hand_in(client, penilaian, isi, nama)

    assert respons.status_code == 422
    assert pesan in respons.text
    assert not Jawaban.objects.exists()


def test_a_missing_file_is_refused(client, penilaian):
    respons = client.post(reverse("lke_import", args=[penilaian.pk]))

    assert respons.status_code == 422
    assert "Pilih berkasnya dulu." in respons.text


# --- writing --------------------------------------------------------------------------------------
def test_filling_blanks_writes_in_one_go_and_tells(client, penilaian):
    pengisian.write_many(penilaian, {"A.I.1.i.a": "Tidak"}, by=None)
    pratinjau, kunci = stage(client, penilaian, make_n(ISI, ubah=UBAH))

    respons = write(client, penilaian, kunci, pratinjau)

    assert respons.redirect_chain == [(reverse("penilaian_detail", args=[penilaian.pk]), 302)]
    assert "lke.xlsx dimuat: 2 jawaban, 1 catatan, dan 1 tautan ditulis" in respons.text
    assert list_pilihan(penilaian) == ["Tidak", "B", '{"jumlah_agen":"4"}']
    assert BuktiDukung.objects.get().nama == "Tautan contoh.id … sk"
    kejadian = [satu.kejadian for satu in Riwayat.objects.of(penilaian.satker)[:2]]
    assert kejadian == ["tautan bukti diimpor", "jawaban LKE diimpor"]


def test_overwriting_wants_the_word_typed_and_keeps_what_was_typed(client, penilaian):
    pengisian.write_many(penilaian, {"A.I.1.i.a": "Tidak"}, by=None)
    pratinjau, kunci = stage(client, penilaian, make_n(ISI))

    ditolak = write(client, penilaian, kunci, pratinjau, "timpa", konfirmasi="tim")

    assert ditolak.status_code == 422
    assert "Ketik TIMPA untuk menimpa isian." in ditolak.text
    assert 'value="tim"' in ditolak.text
    assert list_pilihan(penilaian) == ["Tidak"]

    write(client, penilaian, kunci, pratinjau, "timpa", konfirmasi="TIMPA")
    assert list_pilihan(penilaian)[0] == "Ya"


def test_a_second_confirmation_finds_nothing_left(client, penilaian):
    pratinjau, kunci = stage(client, penilaian, make_n(ISI))
    write(client, penilaian, kunci, pratinjau)
    jumlah = Riwayat.objects.count()

    respons = write(client, penilaian, kunci, pratinjau)

    assert "sudah selesai dimuat" in respons.text
    assert Riwayat.objects.count() == jumlah


def test_a_stale_preview_is_refused_with_the_new_difference(client, penilaian):
    pratinjau, kunci = stage(client, penilaian, make_n(ISI))
    pengisian.write_many(penilaian, {"A.I.1.i.b": "C"}, by=None)

    respons = write(client, penilaian, kunci, pratinjau)

    assert respons.status_code == 409
    assert "berubah sejak pratinjau" in respons.text
    assert "1 berbeda, 2 baru" in respons.text
    assert list_pilihan(penilaian) == ["C"]
    assert write(client, penilaian, kunci, respons).redirect_chain


@pytest.mark.parametrize("mode", ["", "hapus"])
def test_an_unknown_mode_is_refused(client, penilaian, mode):
    pratinjau, kunci = stage(client, penilaian, make_n(ISI))

    respons = write(client, penilaian, kunci, pratinjau, mode)

    assert respons.status_code == 422
    assert not Jawaban.objects.exists()


def test_a_closed_assessment_shows_the_difference_but_writes_nothing(client, penilaian):
    pratinjau, kunci = stage(client, penilaian, make_n(ISI))
    Penilaian.objects.update(tutup_pada=penilaian.buka_pada)

    respons = write(client, penilaian, kunci, pratinjau)

    assert respons.status_code == 422
    assert "Pengisian sudah ditutup" in respons.text
    assert not Jawaban.objects.exists()


def test_an_operator_writes_only_the_own_areas(client_for, penilaian):
    operator = OperatorFactory(satker=penilaian.satker, daftar_area=["A.2"])
    client = client_for(operator)
    pratinjau, kunci = stage(client, penilaian, make_n({"A.I.1.i.a": "Ya", "A.I.2.i.a": "B"}))

    assert "Area A.1 bukan bagian Anda." in pratinjau.text
    respons = write(client, penilaian, kunci, pratinjau)

    assert "1 sel tidak ditulis" in respons.text
    assert list_pilihan(penilaian) == ["B"]


def test_a_submitted_area_takes_nothing(client, penilaian):
    AreaPenilaian.objects.filter(area="A.1").update(
        diajukan_pada=timezone.now(), diajukan_oleh=OperatorFactory()
    )
    pratinjau, kunci = stage(client, penilaian, make_n({"A.I.1.i.a": "Ya"}))

    assert "tidak dapat Anda isi" in pratinjau.text
    write(client, penilaian, kunci, pratinjau, "timpa", konfirmasi="TIMPA")
    assert not Jawaban.objects.exists()


def test_readers_may_compare_but_not_write(client_for, penilaian):
    kanwil = penilaian.satker.kedudukansatker_set.get().kanwil
    client = client_for(TimKanwilFactory(kanwil=kanwil))
    pratinjau, kunci = stage(client, penilaian, make_n(ISI))

    assert "Hanya operator dan kepala satker ini yang mengisi LKE." in pratinjau.text
    respons = client.post(reverse("lke_import_confirm", args=[penilaian.pk, kunci]))
    assert respons.status_code == 403
    assert not Jawaban.objects.exists()


def test_a_staged_file_is_only_its_owners_and_of_its_assessment(client_for, client, penilaian):
    _, kunci = stage(client, penilaian, make_n(ISI))
    orang_lain = client_for(KepalaFactory(satker=penilaian.satker))

    respons = orang_lain.get(reverse("lke_import_preview", args=[penilaian.pk, kunci]))

    assert respons.status_code == 302


@pytest.mark.parametrize("jumlah", [1, 113])
def test_preview_and_writing_cost_the_same_at_any_size(client, penilaian, count_queries, jumlah):
    isi = dict(list(build_jawaban().items())[:jumlah])
    pratinjau, kunci = stage(client, penilaian, make_n(isi, ubah=UBAH))
    get_terpakai(penilaian.versi)

    with count_queries() as lihat:
        pratinjau = client.get(reverse("lke_import_preview", args=[penilaian.pk, kunci]))
    with count_queries() as tulis:
        client.post(
            reverse("lke_import_confirm", args=[penilaian.pk, kunci]),
            {"mode": "kosong", "sidik": pratinjau.context["sidik"]},
        )

    assert count_nyata(lihat) <= 8
    assert count_nyata(tulis) <= 21, "\n".join(s[:90] for s in tulis)
