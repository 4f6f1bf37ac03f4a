"""Adding evidence through ordinary forms, and its place on the card."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from integritas.models import Berkas
from penilaian.bukti import langkah
from penilaian.models import (
    AreaPenilaian,
    BuktiDukung,
    DokumenDiminta,
    PemakaianBukti,
    RevisiBukti,
    VersiInstrumen,
)
from satker.models import Riwayat
from tests.factories import KepalaFactory, OperatorFactory, PenilaianFactory, TimKanwilFactory
from tests.penilaian.bukti.contoh import add_bukti, build_pdf, build_png

pytestmark = pytest.mark.django_db
SATU, DUA, LAIN_AREA = "A.I.1.i.a", "A.I.1.i.b", "A.I.6.i.b"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(client_for, operator):
    return client_for(operator)


def alamat(nama, penilaian, *argumen):
    return reverse(nama, args=[penilaian.pk, *argumen])


def berkas(teks, nama=""):
    return SimpleUploadedFile(nama or f"{teks}.pdf", build_pdf(teks))


def baca_kartu(client, penilaian, kode=SATU):
    return client.get(alamat("bukti_kartu", penilaian, kode), headers=HTMX).text


def test_many_files_of_one_form_become_evidence(client, penilaian):
    dokumen = DokumenDiminta.objects.filter(pertanyaan__kode=SATU)[0]

    respons = client.post(
        alamat("bukti_upload", penilaian, SATU),
        {
            "berkas": [
                berkas("SK"),
                berkas("undangan"),
                SimpleUploadedFile("foto.png", build_png()),
            ],
            "dokumen": dokumen.pk,
            "periode_dari": "2026-01-01",
            "periode_sampai": "2026-06-30",
            "halaman": "3",
        },
    )

    assert respons.status_code == 302
    assert respons.url == alamat("area_detail", penilaian, "A.1") + "#q1"
    assert list(PemakaianBukti.objects.values_list("bukti__nama", "halaman").order_by("pk")) == [
        ("SK.pdf", 3),
        ("undangan.pdf", 3),
        ("foto.png", 3),
    ]
    halaman = client.get(alamat("area_detail", penilaian, "A.1")).text
    assert halaman.count("tersimpan.</p>") == 3
    assert f"{dokumen.nama}. Halaman 3, Januari sampai Juni 2026." in re.sub(r"\s+", " ", halaman)


def test_each_file_is_told_its_own_fate(client, penilaian):
    respons = client.post(
        alamat("bukti_upload", penilaian, SATU),
        {
            "berkas": [
                berkas("SK"),
                SimpleUploadedFile("surat.docx", b"halo"),
                berkas("nota"),
            ]
        },
    )

    assert respons.status_code == 422
    assert "Berkas “surat.docx” tidak diterima: isinya teks biasa" in respons.text
    assert "“SK.pdf” tersimpan." in respons.text
    assert sorted(BuktiDukung.objects.values_list("nama", flat=True)) == ["SK.pdf", "nota.pdf"]


def test_a_file_the_unit_has_is_offered_for_linking(client, penilaian):
    pakai = add_bukti(penilaian, DUA, "SK")

    respons = client.post(
        alamat("bukti_upload", penilaian, SATU), {"berkas": berkas("SK", "baru.pdf")}
    )

    assert respons.status_code == 422
    assert f"sudah ada sebagai bukti “SK.pdf” (LKE {penilaian.tahun} nomor 2)" in respons.text
    assert BuktiDukung.objects.count() == 1
    assert f'name="bukti" value="{pakai.bukti_id}"' in respons.text
    pasang = client.post(
        alamat("bukti_link", penilaian, SATU),
        {"bukti": pakai.bukti_id, "revisi": pakai.revisi_id},
    )
    assert pasang.status_code == 302
    assert PemakaianBukti.objects.filter(bukti=pakai.bukti_id).count() == 2
    assert "Juga dipakai nomor 2." in baca_kartu(client, penilaian)


def test_nobodys_hidden_file_is_told(client, penilaian):
    add_bukti(PenilaianFactory(), SATU, "rahasia")

    satu = client.post(
        alamat("bukti_upload", penilaian, SATU), {"berkas": berkas("rahasia", "a.pdf")}
    )
    dua = client.post(alamat("bukti_upload", penilaian, SATU), {"berkas": berkas("asing", "a.pdf")})

    assert satu.status_code == dua.status_code == 302
    assert satu.url == dua.url
    pesan = re.findall(
        r'class="message"[^>]*>([^<]*)', client.get(alamat("area_detail", penilaian, "A.1")).text
    )
    assert pesan == ["“a.pdf” tersimpan."] * 2


def test_no_file_or_wrong_details_come_back_with_what_was_typed(client, penilaian):
    kosong = client.post(alamat("bukti_upload", penilaian, SATU), {"halaman": "7"})
    salah = client.post(
        alamat("bukti_upload", penilaian, SATU), {"berkas": berkas("SK"), "halaman": "tujuh"}
    )

    assert (kosong.status_code, salah.status_code) == (422, 422)
    assert "Pilih berkas lebih dulu." in kosong.text
    assert 'value="7"' in kosong.text
    assert "Tulis nomor halaman dengan angka." in salah.text
    assert not BuktiDukung.objects.exists()


def test_a_file_over_the_limit_is_refused_while_it_arrives(client, penilaian, settings, folder):
    settings.BERKAS_MAKS_MB, settings.BERKAS_MAKS = 1, 1024 * 1024

    respons = client.post(
        alamat("bukti_upload", penilaian, SATU),
        {"berkas": SimpleUploadedFile("besar.pdf", build_pdf("besar", isi=3 * 1024 * 1024))},
    )

    assert respons.status_code == 422
    assert "paling besar 1 MB" in respons.text
    assert not Berkas.objects.exists()
    assert [satu for satu in folder.rglob("*") if satu.is_file()] == []


def test_an_operator_of_another_area_adds_nothing(client_for, penilaian):
    client = client_for(OperatorFactory(satker=penilaian.satker, daftar_area=["A.6"]))

    for nama, isi in (
        ("bukti_upload", {"berkas": berkas("SK")}),
        ("bukti_add_tautan", {"tautan": "https://contoh.id/x"}),
        ("bukti_link", {"bukti": add_bukti(penilaian, DUA, "lain").bukti_id}),
    ):
        respons = client.post(alamat(nama, penilaian, SATU), isi)
        assert respons.status_code == 422
        assert "Area A.1 bukan bagian Anda." in respons.text

    assert PemakaianBukti.objects.count() == 1
    assert "<form" not in baca_kartu(client, penilaian)
    assert "<form" in baca_kartu(client, penilaian, LAIN_AREA)


def test_a_locked_area_shows_no_form_and_takes_nothing(client, penilaian, operator):
    pakai = add_bukti(penilaian, SATU, "SK")
    AreaPenilaian.objects.filter(area="A.1").update(
        diajukan_pada=timezone.now(), diajukan_oleh=operator
    )
    baris = Riwayat.objects.count()

    assert "<form" not in baca_kartu(client, penilaian)
    for nama, argumen, isi in (
        ("bukti_upload", SATU, {"berkas": berkas("lagi")}),
        ("bukti_add_tautan", SATU, {"tautan": "https://contoh.id/x"}),
        ("bukti_edit", pakai.pk, {"halaman": "4"}),
        ("bukti_unlink", pakai.pk, {}),
        ("bukti_revise", pakai.pk, {"berkas": berkas("baru")}),
    ):
        respons = client.post(alamat(nama, penilaian, argumen), isi)
        assert respons.status_code == 422
        assert "Area A.1 sudah diajukan" in respons.text

    assert Riwayat.objects.count() == baris


def test_a_link_is_marked_as_not_stored(client, penilaian):
    respons = client.post(
        alamat("bukti_add_tautan", penilaian, SATU),
        {"tautan": "https://drive.contoh.id/x", "nama": "Foto apel"},
    )

    assert respons.status_code == 302
    kartu = baca_kartu(client, penilaian)
    assert ">Foto apel</a>" in kartu
    assert "tautan, tidak tersimpan" in kartu
    assert "data-nada" not in kartu
    RevisiBukti.objects.update(keadaan="mati")
    assert 'data-nada="masalah">tautan, tidak tersimpan: mati' in baca_kartu(client, penilaian)


def test_a_wrong_link_comes_back_as_typed(client, penilaian):
    respons = client.post(
        alamat("bukti_add_tautan", penilaian, SATU), {"tautan": "javascript:alert(1)"}
    )

    assert respons.status_code == 422
    assert "Tautan harus diawali http:// atau https://." in respons.text
    assert 'value="javascript:alert(1)"' in respons.text
    assert not BuktiDukung.objects.exists()


def test_details_are_edited_and_a_wrong_period_is_refused(client, penilaian):
    pakai = add_bukti(penilaian, SATU, "SK")

    salah = client.post(
        alamat("bukti_edit", penilaian, pakai.pk),
        {"periode_dari": "2026-06-01", "periode_sampai": "2026-01-01"},
    )
    benar = client.post(
        alamat("bukti_edit", penilaian, pakai.pk),
        {"periode_dari": "2026-01-01", "periode_sampai": "2026-01-31", "halaman": "2"},
    )

    assert (salah.status_code, benar.status_code) == (422, 302)
    assert "Periode berakhir 1 Januari 2026, sebelum mulai 1 Juni 2026." in salah.text
    pakai.refresh_from_db()
    assert (pakai.halaman, pakai.periode) == (2, "Januari 2026")
    kini = client.get(alamat("bukti_edit", penilaian, pakai.pk)).text
    assert 'value="2026-01-31"' in kini


def test_taking_away_asks_first_and_leaves_the_evidence(client, penilaian):
    pakai = add_bukti(penilaian, SATU, "SK")

    tanya = client.get(alamat("bukti_unlink", penilaian, pakai.pk))
    assert PemakaianBukti.objects.count() == 1
    client.post(alamat("bukti_unlink", penilaian, pakai.pk))

    assert "tidak lagi menjadi bukti nomor 1" in tanya.text
    assert not PemakaianBukti.objects.exists()
    assert BuktiDukung.objects.count() == 1
    assert client.post(alamat("bukti_unlink", penilaian, pakai.pk)).status_code == 404


def test_a_revision_moves_the_uses_that_are_ticked(client, penilaian, operator):
    pakai = add_bukti(penilaian, SATU, "SK")
    dua = langkah.link_bukti(penilaian, DUA, pakai.bukti, by=operator)
    tiga = langkah.link_bukti(penilaian, LAIN_AREA, pakai.bukti, by=operator)

    formulir = client.get(alamat("bukti_revise", penilaian, pakai.pk)).text
    respons = client.post(
        alamat("bukti_revise", penilaian, pakai.pk),
        {"berkas": berkas("SK baru"), "ikut": [dua.pk, "x", "99999999"]},
    )

    assert f'name="ikut" value="{tiga.pk}"' in formulir
    assert respons.status_code == 302
    assert dict(PemakaianBukti.objects.values_list("pk", "revisi__nomor")) == {
        pakai.pk: 2,
        dua.pk: 2,
        tiga.pk: 1,
    }
    kartu = baca_kartu(client, penilaian, LAIN_AREA)
    assert "Juga dipakai nomor 1 dan 2, revisi 1, ada revisi 2." in kartu


def test_a_revision_does_not_reach_an_area_that_is_not_ones_own(client_for, penilaian, operator):
    pakai = add_bukti(penilaian, SATU, "SK")
    lain = langkah.link_bukti(penilaian, LAIN_AREA, pakai.bukti, by=operator)
    client = client_for(OperatorFactory(satker=penilaian.satker, daftar_area=["A.1"]))

    client.post(
        alamat("bukti_revise", penilaian, pakai.pk), {"berkas": berkas("baru"), "ikut": [lain.pk]}
    )

    assert dict(PemakaianBukti.objects.values_list("pk", "revisi__nomor")) == {
        pakai.pk: 2,
        lain.pk: 1,
    }


def test_evidence_of_another_unit_cannot_be_linked_or_seen(client, penilaian):
    asing = add_bukti(PenilaianFactory(), SATU, "asing")

    pasang = client.post(alamat("bukti_link", penilaian, SATU), {"bukti": asing.bukti_id})

    assert pasang.status_code == 404
    assert client.get(alamat("bukti_detail", penilaian, asing.bukti_id)).status_code == 404
    assert client.get(alamat("bukti_download", penilaian, asing.bukti_id, 1)).status_code == 404
    assert client.post(alamat("bukti_edit", penilaian, asing.pk), {"halaman": 3}).status_code == 404
    assert not PemakaianBukti.objects.filter(penilaian=penilaian).exists()


def test_compulsory_documents_are_ticked_as_they_come(client, penilaian):
    satu, dua = DokumenDiminta.objects.filter(pertanyaan__kode=DUA).order_by("pk")[:2]
    DokumenDiminta.objects.filter(pk__in=[satu.pk, dua.pk]).update(wajib=True)
    VersiInstrumen.objects.update(pengaturan=1)
    penilaian.versi.refresh_from_db()

    sebelum = baca_kartu(client, penilaian, DUA)
    add_bukti(penilaian, DUA, "SK", dokumen=satu.pk)
    sesudah = baca_kartu(client, penilaian, DUA)

    assert "· 0 dari 2 yang wajib" in sebelum
    assert sebelum.count('data-ada="tidak"') == 2
    assert "· 1 dari 2 yang wajib" in sesudah
    assert sesudah.count('data-ada="tidak"') == 1
    assert f"<span>{dua.nama}</span>" in sesudah


def test_the_swapped_card_is_the_card_of_the_page(client, penilaian):
    add_bukti(penilaian, SATU, "SK", halaman=2)

    halaman = client.get(alamat("area_detail", penilaian, "A.1")).text

    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    # What the X-ray says of the question stands above the evidence, and goes there by itself.
    kartu, temuan = baca_kartu(client, penilaian).split('<div class="findings"')
    assert token.sub("", kartu).strip() in token.sub("", halaman)
    assert temuan.startswith(' id="temuan-1" hx-swap-oob="true">')


def test_without_htmx_the_card_leads_to_its_place(client, penilaian):
    respons = client.get(alamat("bukti_kartu", penilaian, SATU))

    assert respons.url == alamat("area_detail", penilaian, "A.1") + "#q1"


def test_a_kanwil_sees_the_evidence_and_changes_nothing(client_for, penilaian):
    pakai = add_bukti(penilaian, SATU, "SK")
    client = client_for(TimKanwilFactory(kanwil=penilaian.satker.kedudukansatker_set.get().kanwil))

    kartu = baca_kartu(client, penilaian)

    assert "SK.pdf" in kartu
    assert "Lepas" not in kartu
    assert "Belum ada bukti." in baca_kartu(client, penilaian, DUA)
    assert client.post(alamat("bukti_unlink", penilaian, pakai.pk)).status_code == 403


def test_a_form_without_its_token_is_refused_and_nothing_is_kept(penilaian, operator, folder):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(operator)

    respons = client.post(alamat("bukti_upload", penilaian, SATU), {"berkas": berkas("SK")})

    assert respons.status_code == 403
    assert not BuktiDukung.objects.exists()
    assert [satu for satu in folder.rglob("*") if satu.is_file()] == []


def test_an_upload_asks_twelve_statements_at_most(client_for, count_queries, penilaian):
    client = client_for(KepalaFactory(satker=penilaian.satker))
    isi = build_pdf("sepuluh", isi=10 * 1024 * 1024)
    client.post(alamat("bukti_upload", penilaian, SATU), {"berkas": berkas("pertama")})

    with count_queries() as daftar_sql:
        respons = client.post(
            alamat("bukti_upload", penilaian, SATU),
            {"berkas": SimpleUploadedFile("sepuluh.pdf", isi)},
        )

    assert respons.status_code == 302
    assert Berkas.objects.order_by("-pk")[0].ukuran == len(isi)
    assert len([satu for satu in daftar_sql if "SAVEPOINT" not in satu]) <= 12


@pytest.mark.parametrize("jumlah", [1, 12])
def test_the_cards_of_an_area_cost_one_query_for_any_number_of_files(
    client_for, count_queries, penilaian, operator, jumlah
):
    from penilaian.bukti.kartu import read_kartu
    from penilaian.versi import get_terpakai

    for nomor in range(jumlah):
        pakai = add_bukti(penilaian, SATU, f"bukti {nomor}")
        langkah.link_bukti(penilaian, LAIN_AREA, pakai.bukti, by=operator)
    terpakai = get_terpakai(penilaian.versi)

    with count_queries() as daftar_sql:
        hasil = read_kartu(penilaian, terpakai)

    assert len(daftar_sql) == 1
    assert len(hasil) == 113
    assert [satu.nomor_lain for satu in hasil[SATU].daftar] == [[70]] * jumlah
