"""Pages of the predicate's life: who may, what is asked, what is shown after."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from penilaian.models import (
    LaporanPemantauan,
    PernyataanTanpa,
    PerubahanPredikat,
    Predikat,
    UsulanCatatan,
)
from tests.factories import (
    AdminFactory,
    AturanFactory,
    KanwilFactory,
    OperatorFactory,
    PredikatFactory,
    SatkerFactory,
    TanpaFactory,
    TimKanwilFactory,
    TpiFactory,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 uji"
PENETAPAN = {
    "jenis": "WBK",
    "nomor_sk": "SK-1",
    "tanggal_sk": "2021-12-20",
    "tahun": "",
    "disebut_pada": "",
    "dasar": "tpn",
    "sumber": "SK Menteri",
    "keyakinan": "",
    "alasan_tanpa_wbk": "",
}
PERUBAHAN = {"tanggal": "2022-05-01", "nomor_surat": "S-1", "sumber": "surat", "keterangan": ""}


@pytest.fixture(autouse=True)
def aturan():
    AturanFactory()
    AturanFactory(kode="wbk-sebelum-wbbm", nilai=2)
    AturanFactory(kode="laporan-pemantauan", nilai=24, satuan="bulan")


@pytest.fixture
def kanwil():
    return KanwilFactory()


@pytest.fixture
def satker(kanwil):
    return SatkerFactory(kode="16-lapas-uji", nama="Lapas Uji", kanwil=kanwil)


@pytest.fixture
def tpi(client_for, satker):
    return client_for(TpiFactory(satker=satker))


def detail(satker):
    return reverse("satker_detail", args=[satker.kode])


def change(predikat, langkah):
    return reverse("predikat_change", args=[predikat.pk, langkah])


# --- grant ----------------------------------------------------------------------------------------
def test_the_inspector_records_a_grant_with_its_scan(tpi, satker):
    isi = PENETAPAN | {"pindaian": SimpleUploadedFile("sk menteri.pdf", PDF)}

    respons = tpi.post(reverse("predikat_grant", args=[satker.kode]), isi)

    assert (respons.status_code, respons.url) == (302, detail(satker))
    predikat = Predikat.objects.get()
    assert (predikat.jenis, predikat.berlaku_dari) == ("WBK", datetime.date(2021, 12, 20))
    halaman = tpi.get(detail(satker)).text
    assert "SK SK-1 tanggal 20 Desember 2021." in halaman
    assert "sk menteri.pdf" in halaman


@pytest.mark.parametrize(
    ("nama", "isi"),
    [
        ("sk.pdf", b"MZ\x90\x00 program"),
        ("sk.pdf", b"GIF89a%PDF-1.7"),
        ("sk.png", b"<svg onload=alert(1)>"),
        ("sk.pdf", b""),
    ],
)
def test_a_scan_that_is_not_what_its_name_says_is_refused(tpi, satker, nama, isi):
    respons = tpi.post(
        reverse("predikat_grant", args=[satker.kode]),
        PENETAPAN | {"pindaian": SimpleUploadedFile(nama, isi)},
    )

    assert respons.status_code == 422
    assert "Pindaian surat:" in respons.text
    assert not Predikat.objects.exists()


def test_a_refused_grant_stands_on_the_form_and_loses_nothing(tpi, satker):
    respons = tpi.post(reverse("predikat_grant", args=[satker.kode]), PENETAPAN | {"jenis": "WBBM"})

    assert respons.status_code == 422
    assert "WBBM hanya bagi pemegang WBK" in respons.text
    assert 'value="SK Menteri"' in respons.text
    assert not Predikat.objects.exists()


def test_an_early_wbbm_is_recorded_with_a_warning(tpi, satker):
    PredikatFactory(satker=satker)

    respons = tpi.post(
        reverse("predikat_grant", args=[satker.kode]),
        PENETAPAN | {"jenis": "WBBM", "tanggal_sk": "2022-12-20"},
        follow=True,
    )

    assert "pemeriksaan nasional meminta 2 tahun WBK sebelum WBBM" in respons.text
    assert Predikat.objects.get(jenis="WBBM").berlaku_sampai is None


# --- scans ----------------------------------------------------------------------------------------
def test_a_scan_leaves_only_to_people_within_reach(client, client_for, kanwil, satker, settings):
    predikat = PredikatFactory(satker=satker, pindaian=SimpleUploadedFile("sk.pdf", PDF))
    perubahan = PerubahanPredikat.objects.get(predikat=predikat)
    alamat = reverse("pindaian_download", args=[perubahan.pk])

    respons = client_for(OperatorFactory(satker=satker)).get(alamat)

    assert b"".join(respons.streaming_content) == PDF
    assert respons["Content-Type"] == "application/pdf"
    assert respons["Content-Disposition"].startswith("attachment")
    assert respons["X-Content-Type-Options"] == "nosniff"
    assert client_for(OperatorFactory()).get(alamat).status_code == 404
    assert client.get(alamat).status_code == 302
    assert "sk.pdf" not in client.get(detail(satker)).text


# --- changes --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("langkah", "jenis", "berlaku"),
    [
        ("klarifikasi", "KLARIFIKASI_DIBUKA", True),
        ("akhiri", "BERAKHIR", False),
        ("cabut", "DICABUT", False),
    ],
)
def test_a_change_is_recorded_with_its_letter(tpi, satker, langkah, jenis, berlaku):
    predikat = PredikatFactory(satker=satker)

    respons = tpi.post(change(predikat, langkah), PERUBAHAN | {"nama": "Lapas Uji"})

    assert respons.status_code == 302
    perubahan = PerubahanPredikat.objects.order_by("-pk")[0]
    assert (perubahan.jenis, perubahan.nomor_surat) == (jenis, "S-1")
    predikat.refresh_from_db()
    assert (predikat.berlaku_sampai is None) is berlaku


def test_a_revocation_wants_the_name_typed(tpi, satker):
    predikat = PredikatFactory(satker=satker)

    respons = tpi.post(change(predikat, "cabut"), PERUBAHAN | {"nama": "Lapas Lain"})

    assert respons.status_code == 422
    assert "Tidak sama dengan Lapas Uji." in respons.text
    predikat.refresh_from_db()
    assert predikat.berlaku_sampai is None


def test_a_change_before_its_predecessor_is_refused_on_the_form(tpi, satker):
    predikat = PredikatFactory(satker=satker)

    respons = tpi.post(change(predikat, "akhiri"), PERUBAHAN | {"tanggal": "2021-01-01"})

    assert respons.status_code == 422
    assert "mendahului perubahan sebelumnya" in respons.text
    assert PerubahanPredikat.objects.count() == 1


def test_no_other_change_exists(tpi, satker):
    predikat = PredikatFactory(satker=satker)

    assert tpi.get(change(predikat, "naikkan")).status_code == 404


def test_corrections_stay_visible_to_those_who_work_with_them(tpi, client, satker):
    predikat = PredikatFactory(satker=satker)
    tpi.post(reverse("predikat_cancel", args=[predikat.pk]), {"alasan": "salah satker"})

    assert "salah satker" in tpi.get(detail(satker)).text
    publik = client.get(detail(satker)).text
    assert "salah satker" not in publik
    assert "Belum diketahui" in publik


def test_a_change_is_taken_back(tpi, satker):
    predikat = PredikatFactory(satker=satker, dicabut=datetime.date(2022, 5, 1))
    cabut = PerubahanPredikat.objects.get(jenis="DICABUT")

    respons = tpi.post(reverse("perubahan_cancel", args=[cabut.pk]), {"alasan": "salah tanggal"})

    assert respons.status_code == 302
    predikat.refresh_from_db()
    assert predikat.berlaku_sampai is None


def test_a_decree_found_later_moves_the_beginning_back(tpi, satker):
    predikat = PredikatFactory(
        satker=satker, tanggal_sk=None, nomor_sk="", disebut_pada=datetime.date(2022, 1, 19)
    )

    tpi.post(
        reverse("predikat_complete", args=[predikat.pk]),
        {"nomor_sk": "SK-9", "tanggal_sk": "2021-12-20", "sumber": "arsip"},
    )

    predikat.refresh_from_db()
    assert (predikat.berlaku_dari, predikat.ketelitian) == (datetime.date(2021, 12, 20), "tanggal")


def test_attestation_and_its_cancellation(tpi, satker):
    tpi.post(
        reverse("predikat_attest", args=[satker.kode]), {"pada": "2022-01-19", "sumber": "koran"}
    )
    pernyataan = PernyataanTanpa.objects.get()

    tpi.post(reverse("pernyataan_cancel", args=[pernyataan.pk]), {"alasan": "keliru"})

    pernyataan.refresh_from_db()
    assert pernyataan.alasan_batal == "keliru"


def test_a_report_moves_the_next_due_date(tpi, satker):
    predikat = PredikatFactory(satker=satker)
    assert "20 Desember 2023" in tpi.get(reverse("pemantauan_list")).text

    tpi.post(
        reverse("laporan_record", args=[predikat.pk]),
        {"tanggal": "2023-12-01", "nomor_surat": "L-1", "hasil": "memenuhi", "catatan": ""},
    )

    assert LaporanPemantauan.objects.count() == 1
    assert "1 Desember 2025" in tpi.get(reverse("pemantauan_list")).text


def test_an_unknown_grant_date_makes_the_report_due_at_the_latest(tpi, satker):
    PredikatFactory(
        satker=satker, tanggal_sk=None, nomor_sk="", disebut_pada=datetime.date(2022, 1, 19)
    )

    assert "paling lambat 19 Januari 2024" in tpi.get(reverse("pemantauan_list")).text


# --- proposals ------------------------------------------------------------------------------------
def test_a_kanwil_proposes_and_the_inspector_records(client_for, kanwil, satker, tpi):
    tim = client_for(TimKanwilFactory(kanwil=kanwil))

    tim.post(reverse("predikat_propose", args=[satker.kode]), PENETAPAN)

    usulan = UsulanCatatan.objects.get()
    assert not Predikat.objects.exists()
    assert "Lapas Uji" in tpi.get(reverse("usulan_list")).text
    assert "SK Menteri" in tpi.get(reverse("usulan_detail", args=[usulan.pk])).text
    assert tim.post(reverse("usulan_accept", args=[usulan.pk])).status_code == 403
    assert tpi.post(reverse("usulan_accept", args=[usulan.pk])).url == detail(satker)
    assert Predikat.objects.get().tanggal_sk == datetime.date(2021, 12, 20)


def test_a_proposal_is_turned_down_with_a_reason(client_for, kanwil, satker, tpi):
    tim = client_for(TimKanwilFactory(kanwil=kanwil))
    tim.post(reverse("predikat_propose", args=[satker.kode]), PENETAPAN)
    usulan = UsulanCatatan.objects.get()

    tanpa = tpi.post(reverse("usulan_reject", args=[usulan.pk]), {"alasan": ""})
    tpi.post(reverse("usulan_reject", args=[usulan.pk]), {"alasan": "SK tidak ditemukan"})

    assert tanpa.status_code == 422
    usulan.refresh_from_db()
    assert (usulan.status, usulan.alasan_putusan) == ("ditolak", "SK tidak ditemukan")
    assert "SK tidak ditemukan" in tim.get(reverse("usulan_detail", args=[usulan.pk])).text


def test_an_accepted_proposal_that_no_longer_holds_says_why(client_for, kanwil, satker, tpi):
    client_for(TimKanwilFactory(kanwil=kanwil)).post(
        reverse("predikat_propose", args=[satker.kode]), PENETAPAN
    )
    TanpaFactory(satker=satker)
    usulan = UsulanCatatan.objects.get()

    respons = tpi.post(reverse("usulan_accept", args=[usulan.pk]), follow=True)

    assert "tanpa predikat pada 19 Januari 2022" in respons.text
    usulan.refresh_from_db()
    assert usulan.status == "diusulkan"


# --- who is offered what --------------------------------------------------------------------------
def test_steps_are_offered_by_role(client, client_for, kanwil, satker):
    catat = reverse("predikat_grant", args=[satker.kode])
    usul = reverse("predikat_propose", args=[satker.kode])
    ubah = reverse("satker_change", args=[satker.kode])

    def offered(pemakai):
        halaman = pemakai.get(detail(satker)).text
        return [alamat in halaman for alamat in (catat, usul, ubah)]

    assert offered(client) == [False, False, False]
    assert offered(client_for(OperatorFactory(satker=satker))) == [False, False, False]
    assert offered(client_for(TpiFactory(satker=satker))) == [True, False, False]
    assert offered(client_for(TimKanwilFactory(kanwil=kanwil))) == [False, True, True]
    assert offered(client_for(TimKanwilFactory())) == [False, False, False]
    assert offered(client_for(AdminFactory())) == [True, False, True]
