"""Who is not let through to evidence and answers, whatever address they type."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integritas.models import Berkas
from penilaian.models import (
    AreaPenilaian,
    BuktiDukung,
    Jawaban,
    PemakaianBukti,
    Penilaian,
    RevisiBukti,
)
from satker.models import Peran, Riwayat
from tests.factories import (
    AdminFactory,
    BuktiFactory,
    KanwilFactory,
    KepalaFactory,
    OperatorFactory,
    PenilaianFactory,
    PenugasanFactory,
    SatkerFactory,
    TimKanwilFactory,
)
from tests.penilaian.bukti.contoh import add_bukti, build_pdf
from tests.penilaian.bukti.test_langkah import add

pytestmark = pytest.mark.django_db
KODE, LAIN_AREA = "A.I.1.i.a", "A.I.6.i.b"
LAMA = datetime.date(2020, 1, 1)


def read_semua():
    """Every row that a step could have written."""
    return {
        model: list(model.objects.order_by("pk").values())
        for model in (
            *(Berkas, BuktiDukung, RevisiBukti, PemakaianBukti),
            *(Jawaban, AreaPenilaian, Penilaian, Riwayat),
        )
    }


def list_langkah(pakai):
    """Every address that changes something of an assessment, with what a form would send."""
    pk, kode = pakai.penilaian_id, KODE
    lain = BuktiFactory(penilaian=pakai.penilaian, kode=LAIN_AREA).bukti_id
    return [
        ("jawaban_edit", [pk, kode], {"pilihan": "Ya", "versi_isi": "0"}),
        ("bukti_upload", [pk, kode], {"berkas": make_berkas()}),
        ("bukti_add_tautan", [pk, kode], {"tautan": "https://contoh.id/x"}),
        ("bukti_link", [pk, kode], {"bukti": lain}),
        ("bukti_edit", [pk, pakai.pk], {"halaman": "4"}),
        ("bukti_unlink", [pk, pakai.pk], {}),
        ("bukti_revise", [pk, pakai.pk], {"berkas": make_berkas()}),
        ("area_submit", [pk, "A.1"], {"setuju_kosong": "on", "tanda": ""}),
        ("penilaian_submit", [pk], {"setuju_kosong": "on", "tanda": ""}),
    ]


def make_berkas():
    return SimpleUploadedFile("baru.pdf", build_pdf("baru"))


def post_semua(client, pakai) -> set[int]:
    """The codes of all answers; nothing at all was written."""
    daftar = list_langkah(pakai)
    semula = read_semua()

    kode = {
        client.post(reverse(nama, args=argumen), isi).status_code for nama, argumen, isi in daftar
    }

    assert read_semua() == semula
    return kode


@pytest.fixture
def pakai(penilaian):
    return add_bukti(penilaian, KODE, "SK")


ORANG = {
    "kepala satker lain": lambda satker: KepalaFactory(),
    "operator satker lain": lambda satker: OperatorFactory(),
    "tim kanwil": lambda satker: TimKanwilFactory(kanwil=find_kanwil(satker)),
    "admin": lambda satker: AdminFactory(),
    "sudah selesai": lambda satker: KepalaFactory(
        satker=satker, berlaku_dari=LAMA, berlaku_sampai=timezone.localdate()
    ),
    "belum mulai": lambda satker: KepalaFactory(
        satker=satker, berlaku_dari=timezone.localdate() + datetime.timedelta(days=1)
    ),
    "tim kanwil, operator di satker lain": lambda satker: make_berperan_dua(satker),
}


def find_kanwil(satker):
    return satker.kedudukansatker_set.get().kanwil


def make_berperan_dua(satker):
    orang = TimKanwilFactory(kanwil=find_kanwil(satker))
    for peran in (Peran.OPERATOR, Peran.KEPALA_SATKER):
        PenugasanFactory(pengguna=orang, peran=peran, satker=SatkerFactory())
    return orang


@pytest.mark.parametrize("siapa", ORANG)
def test_whoever_does_not_fill_the_unit_changes_nothing(client_for, pakai, siapa):
    orang = ORANG[siapa](pakai.penilaian.satker)

    assert post_semua(client_for(orang), pakai) <= {302, 403, 404}


def test_an_operator_of_another_area_changes_nothing(client_for, pakai):
    orang = OperatorFactory(satker=pakai.penilaian.satker, daftar_area=["A.6"])

    assert post_semua(client_for(orang), pakai) == {422, 403}


@pytest.mark.parametrize(
    "isi",
    [
        {"status": "diajukan", "diajukan_pada": timezone.now()},
        {"tutup_pada": timezone.localdate() - datetime.timedelta(days=1)},
        {"buka_pada": timezone.localdate() + datetime.timedelta(days=1)},
    ],
    ids=["diajukan", "tutup", "belum buka"],
)
def test_a_head_changes_nothing_of_what_is_closed(client_for, pakai, isi):
    kepala = KepalaFactory(satker=pakai.penilaian.satker)
    BuktiFactory(penilaian=pakai.penilaian, kode=LAIN_AREA)
    Penilaian.objects.update(**isi | ({"diajukan_oleh": kepala} if "status" in isi else {}))

    assert post_semua(client_for(kepala), pakai) == {422}


ALAMAT = ["bukti_edit", "bukti_unlink", "bukti_revise", "bukti_detail"]


@pytest.mark.parametrize("nama", ALAMAT)
def test_a_row_of_another_assessment_does_not_exist_under_ones_own(client_for, pakai, nama):
    sendiri = PenilaianFactory()
    tahun_lalu = PenilaianFactory(satker=sendiri.satker, tahun=sendiri.tahun - 1)
    client = client_for(KepalaFactory(satker=sendiri.satker))
    kunci = pakai.bukti_id if nama == "bukti_detail" else pakai.pk

    for penilaian in (sendiri, tahun_lalu):
        assert client.get(reverse(nama, args=[penilaian.pk, kunci])).status_code == 404
    assert client.get(reverse(nama, args=[pakai.penilaian_id, kunci])).status_code == 404


@pytest.mark.parametrize("nama", ["bukti_download", "bukti_preview"])
def test_a_file_of_another_unit_is_not_handed_out(client_for, pakai, nama):
    sendiri = PenilaianFactory()
    client = client_for(KepalaFactory(satker=sendiri.satker))
    argumen = [pakai.bukti_id, pakai.revisi.nomor]

    for pk in (sendiri.pk, pakai.penilaian_id):
        assert client.get(reverse(nama, args=[pk, *argumen])).status_code == 404


def test_a_revision_of_other_evidence_is_not_shown_in_its_place(client_for, pakai):
    lain = add_bukti(pakai.penilaian, LAIN_AREA, "lain")
    client = client_for(KepalaFactory(satker=pakai.penilaian.satker))
    semula = read_semua()

    respons = client.post(
        reverse("bukti_link", args=[pakai.penilaian_id, KODE]),
        {"bukti": lain.bukti_id, "revisi": pakai.revisi_id},
    )

    assert respons.status_code == 404
    assert read_semua() == semula


@pytest.mark.parametrize(
    "isi",
    [
        {"bukti": "9" * 18},
        {"bukti": "9" * 6000},
        {"bukti": "1", "revisi": "9" * 6000},
        {"bukti": "\u0663"},
        {"bukti": "-1"},
        {"bukti": "1\0"},
    ],
    ids=range(6),
)
def test_numbers_that_are_none_are_refused(client_for, pakai, isi):
    client = client_for(KepalaFactory(satker=pakai.penilaian.satker))

    respons = client.post(reverse("bukti_link", args=[pakai.penilaian_id, KODE]), isi)

    assert respons.status_code in {404, 422}


def test_a_revision_with_absurd_companions_is_stored_for_its_own_use(client_for, pakai):
    client = client_for(KepalaFactory(satker=pakai.penilaian.satker))

    respons = client.post(
        reverse("bukti_revise", args=[pakai.penilaian_id, pakai.pk]),
        {"berkas": make_berkas(), "ikut": ["9" * 6000, "\u0663", "x\0"]},
    )

    assert respons.status_code == 302
    assert PemakaianBukti.objects.get().revisi.nomor == 2


@pytest.mark.parametrize("nama", ["bukti_list", "bukti_detail", "bukti_download", "bukti_add"])
def test_numbers_beyond_any_row_do_not_exist(client_for, pakai, nama):
    client = client_for(KepalaFactory(satker=pakai.penilaian.satker))
    besar = 10**30
    argumen = {"bukti_list": [], "bukti_detail": [besar], "bukti_download": [besar, besar]}

    for pk in (pakai.penilaian_id, besar):
        if nama == "bukti_list" and pk != besar:
            continue
        lain = argumen.get(nama, ["tidak-ada"])
        assert client.get(reverse(nama, args=[pk, *lain])).status_code == 404


@pytest.mark.parametrize("cara", ["put", "patch", "delete", "options"])
def test_other_methods_change_nothing(client_for, pakai, cara):
    client = client_for(KepalaFactory(satker=pakai.penilaian.satker))
    daftar = list_langkah(pakai)
    semula = read_semua()

    for nama, argumen, _ in daftar:
        assert getattr(client, cara)(reverse(nama, args=argumen)).status_code == 405

    assert read_semua() == semula


def test_looking_changes_nothing(client_for, pakai):
    client = client_for(KepalaFactory(satker=pakai.penilaian.satker))
    daftar = list_langkah(pakai)
    semula = read_semua()

    for nama, argumen, isi in daftar:
        alamat = reverse(nama, args=argumen)
        client.get(alamat, dict.fromkeys(isi, "1"))
        client.head(alamat)

    assert read_semua() == semula


def test_no_form_is_taken_without_its_token(pakai):
    client = Client(enforce_csrf_checks=True)
    client.force_login(KepalaFactory(satker=pakai.penilaian.satker))

    assert post_semua(client, pakai) == {403}


NAMA = {
    'a"; filename="b.html.pdf': 'a"; filename="b.html.pdf',
    "a\r\nSet-Cookie: x=1.pdf": "a Set-Cookie: x=1.pdf",
    "laporan\u202efdp.exe": "laporan fdp.exe.pdf",
    "../../etc/passwd": "passwd.pdf",
    "..\\..\\a.pdf": "a.pdf",
    "Surat Keputusan – Tim Kerja.pdf": "Surat Keputusan – Tim Kerja.pdf",
    "<img src=x onerror=alert(1)>.pdf": "<img src=x onerror=alert(1)>.pdf",
    "a\0b.pdf": "a b.pdf",
    "x" * 400 + ".pdf": "x" * 196 + ".pdf",
    ".": "tanpa nama.pdf",
    "CON": "CON.pdf",
}


@pytest.mark.parametrize("nama", NAMA, ids=range(len(NAMA)))
def test_a_hostile_name_stays_a_name(client_for, penilaian, nama):
    kepala = KepalaFactory(satker=penilaian.satker)
    client = client_for(kepala)

    pakai = add(penilaian, KODE, "isi", kepala, nama=nama).pemakaian

    assert pakai.revisi.nama_berkas == NAMA[nama]
    argumen = [penilaian.pk, pakai.bukti_id, 1]
    respons = client.get(reverse("bukti_download", args=argumen))
    assert b"".join(respons.streaming_content) == build_pdf("isi")
    kepala_surat = respons["Content-Disposition"]
    assert kepala_surat.startswith("attachment; filename")
    assert not set("\r\n\0\u202e") & set(kepala_surat)
    assert (respons["Content-Type"], respons["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )
    assert respons["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    halaman = client.get(reverse("bukti_detail", args=argumen[:2])).text
    assert "<img src=x" not in halaman


def test_only_what_a_browser_shows_safely_is_shown(client_for, pakai):
    client = client_for(KepalaFactory(satker=pakai.penilaian.satker))
    lihat = reverse("bukti_preview", args=[pakai.penilaian_id, pakai.bukti_id, 1])

    respons = client.get(lihat, headers={"Range": "bytes=0-3"})
    assert (respons.status_code, respons["X-Frame-Options"]) == (200, "SAMEORIGIN")
    assert respons["Content-Disposition"].startswith("inline")
    assert b"".join(respons.streaming_content) == build_pdf("SK")
    kepala = client.head(lihat)
    assert kepala["Content-Length"] == str(len(build_pdf("SK")))
    assert b"".join(kepala.streaming_content) == b""
    for jenis in ("docx", "mp4"):
        Berkas.objects.update(jenis=jenis)
        assert client.get(lihat).status_code == 404


def test_a_known_and_an_unknown_file_give_the_same_page(client_for, penilaian, count_queries):
    """A hash is no key: neither text, nor status, nor the statements tell of a hidden file."""
    add_bukti(PenilaianFactory(satker=SatkerFactory(kanwil=KanwilFactory())), KODE, "rahasia")
    client = client_for(KepalaFactory(satker=penilaian.satker))
    hasil = {}

    client.get(reverse("bukti_add", args=[penilaian.pk, KODE]))
    for teks in ("umum--1", "rahasia", "umum--2"):
        with count_queries() as daftar_sql:
            respons = client.post(
                reverse("bukti_upload", args=[penilaian.pk, KODE]),
                {"berkas": SimpleUploadedFile("a.pdf", build_pdf(teks))},
            )
        halaman = client.get(respons["Location"]).text
        # Savepoints are numbered on.
        daftar_sql = [re.sub(r"s\d+_x\d+", "", sql) for sql in daftar_sql]
        hasil[teks] = (respons.status_code, daftar_sql, "sama ada pada" in halaman)
        PemakaianBukti.objects.all().filter(penilaian=penilaian).delete()
        BuktiDukung.objects.filter(satker=penilaian.satker).delete()

    assert hasil["umum--1"] == hasil["rahasia"] == hasil["umum--2"]
    assert hasil["rahasia"][0] == 302


def test_signs_that_no_database_keeps_are_no_fault_of_ours(client_for, pakai):
    """PostgreSQL refuses NUL, and a lone half of a character is no text."""
    client = client_for(KepalaFactory(satker=pakai.penilaian.satker))
    pk = pakai.penilaian_id
    for nama, argumen, isi in (
        ("jawaban_edit", [pk, KODE], {"pilihan": "Ya", "versi_isi": "0", "catatan": "a\0b"}),
        ("jawaban_edit", [pk, KODE], {"pilihan": "Y\0a", "versi_isi": "\0"}),
        ("bukti_add_tautan", [pk, KODE], {"tautan": "https://contoh.id/\0", "nama": "a\0b"}),
        ("bukti_add_tautan", [pk, KODE], {"tautan": "https://contoh.id/a", "nama": "a\0b"}),
        ("bukti_edit", [pk, pakai.pk], {"halaman": "4\0", "dokumen": "\0"}),
        ("bukti_link", [pk, KODE], {"bukti": "1\0", "revisi": "\0"}),
    ):
        respons = client.post(reverse(nama, args=argumen), isi)
        assert respons.status_code in {302, 404, 422}, (nama, isi)
    for alamat in (
        reverse("bukti_list", args=[pk]) + "?q=%00&saring=semua&page=%00",
        reverse("bukti_detail", args=[pk, pakai.bukti_id]) + "?revisi=%00",
        reverse("bukti_add", args=[pk, KODE]) + "?dokumen=%00",
        reverse("lke_continue", args=[pk]) + "?sesudah=%00",
        f"/lke/{pk}/bukti/nomor/%00/tambah/",
    ):
        assert client.get(alamat).status_code in {200, 302, 404}, alamat
