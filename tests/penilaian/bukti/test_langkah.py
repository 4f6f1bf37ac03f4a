"""Evidence added, linked, taken away, revised: the steps themselves."""

import datetime
import io

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from integritas.alur import AlurError
from integritas.models import Berkas
from penilaian.bukti import langkah
from penilaian.bukti.langkah import Rincian
from penilaian.models import (
    AreaPenilaian,
    BuktiDukung,
    DokumenDiminta,
    PemakaianBukti,
    Penilaian,
    RevisiBukti,
)
from satker.models import Riwayat
from tests.factories import OperatorFactory, PenilaianFactory
from tests.penilaian.bukti.contoh import add_bukti, build_pdf

pytestmark = pytest.mark.django_db
SATU, DUA, LAIN_AREA = "A.I.1.i.a", "A.I.1.i.b", "A.I.6.i.b"


def add(penilaian, kode, teks, by, nama="", **rincian):
    return langkah.add_berkas(
        penilaian,
        kode,
        io.BytesIO(build_pdf(teks)),
        nama or f"{teks}.pdf",
        by=by,
        rincian=Rincian(**rincian),
    )


def count_baris():
    return [
        model.objects.count()
        for model in (Berkas, BuktiDukung, RevisiBukti, PemakaianBukti, Riwayat)
    ]


def list_berkas(folder):
    return [satu for satu in (folder / "berkas").rglob("*") if satu.is_file()]


def test_a_file_becomes_evidence_under_its_question(penilaian, operator):
    hari = datetime.date(penilaian.tahun, 1, 1)

    hasil = add(
        penilaian,
        SATU,
        "SK tim",
        operator,
        nama="folder\\SK\u202etim .pdf",
        periode_dari=hari,
        periode_sampai=hari.replace(month=6, day=30),
        halaman=3,
    )

    pakai = PemakaianBukti.objects.get()
    assert pakai == hasil.pemakaian
    assert (pakai.bukti.nama, pakai.revisi.nomor, pakai.halaman) == ("SK tim .pdf", 1, 3)
    berkas = pakai.revisi.berkas
    assert (berkas.jenis, berkas.mime, berkas.ukuran) == (
        "pdf",
        "application/pdf",
        len(build_pdf("SK tim")),
    )
    kunci = f"bukti/{berkas.sha256[:2]}/{berkas.sha256[2:4]}/{berkas.sha256}"
    with default_storage.open(kunci) as isi:
        assert isi.read() == build_pdf("SK tim")
    riwayat = Riwayat.objects.of(penilaian.satker)[0]
    assert (riwayat.kejadian, riwayat.objek, riwayat.oleh_id) == (
        "bukti dukung ditambah",
        f"penilaian:{penilaian.pk}:{SATU}",
        operator.pk,
    )
    assert riwayat.isi["sesudah"]["periode"] == f"Januari sampai Juni {penilaian.tahun}"
    assert riwayat.isi["sesudah"]["sha256"] == berkas.sha256


def test_the_same_file_again_under_the_question_is_refused_plainly(penilaian, operator):
    add(penilaian, SATU, "SK", operator)
    ada = count_baris()

    with pytest.raises(AlurError, match=r"sudah ada di nomor 1 dengan nama “SK\.pdf”"):
        add(penilaian, SATU, "SK", operator, nama="lain.pdf")

    assert count_baris() == ada


def test_a_file_the_unit_has_is_not_stored_twice_but_offered(penilaian, operator, folder):
    pertama = add(penilaian, SATU, "SK", operator).pemakaian
    ada = count_baris()

    hasil = add(penilaian, DUA, "SK", operator)

    assert hasil.pemakaian is None
    assert hasil.dikenal.bukti_id == pertama.bukti_id
    assert hasil.dikenal.di_mana == f"LKE {penilaian.tahun} nomor 1"
    assert count_baris() == ada
    assert len(list_berkas(folder)) == 1


def test_a_file_of_another_unit_one_sees_is_told_and_kept_as_ones_own(penilaian, operator):
    lain = PenilaianFactory()
    operator.penugasan_set.create(
        peran="operator", satker=lain.satker, berlaku_dari=timezone.localdate()
    )
    add(lain, SATU, "SK", operator)

    hasil = add(penilaian, DUA, "SK", operator)

    assert hasil.pemakaian is not None
    assert [satu.kode_satker for satu in hasil.tempat_lain] == [lain.satker.kode]
    assert (Berkas.objects.count(), BuktiDukung.objects.count()) == (1, 2)


def test_a_hidden_file_answers_exactly_like_an_unknown_one(penilaian, operator, count_queries):
    lain = PenilaianFactory()
    add(lain, SATU, "rahasia", OperatorFactory(satker=lain.satker))
    add(penilaian, DUA, "lebih dulu", operator)

    with count_queries() as tersembunyi:
        kenal = add(penilaian, SATU, "rahasia", operator)
    with count_queries() as baru:
        asing = add(penilaian, SATU, "belum ada", operator)

    assert (kenal.dikenal, kenal.tempat_lain) == (asing.dikenal, asing.tempat_lain) == (None, [])
    assert [satu for satu in tersembunyi if "SAVEPOINT" not in satu] == [
        satu for satu in baru if "SAVEPOINT" not in satu
    ]
    assert Berkas.objects.count() == 3


def test_one_file_serves_many_questions(penilaian, operator):
    bukti = add(penilaian, SATU, "SK", operator).pemakaian.bukti

    langkah.link_bukti(penilaian, DUA, bukti, by=operator)
    langkah.link_bukti(penilaian, LAIN_AREA, bukti, by=operator, rincian=Rincian(halaman=9))

    assert PemakaianBukti.objects.filter(bukti=bukti).count() == 3
    assert Berkas.objects.count() == 1
    assert Riwayat.objects.of(penilaian.satker)[0].isi["sesudah"] == {
        "bukti": "SK.pdf",
        "revisi": 1,
        "halaman": 9,
    }


def test_linking_twice_or_from_another_unit_is_refused(penilaian, operator):
    bukti = add(penilaian, SATU, "SK", operator).pemakaian.bukti
    asing = add_bukti(PenilaianFactory(), SATU, "asing").bukti
    ada = count_baris()

    with pytest.raises(AlurError, match="sudah dipakai di nomor 1"):
        langkah.link_bukti(penilaian, SATU, bukti, by=operator)
    with pytest.raises(AlurError, match="milik satker lain"):
        langkah.link_bukti(penilaian, SATU, asing, by=operator)

    assert count_baris() == ada


def test_deleting_a_link_deletes_a_link(penilaian, operator, folder):
    satu = add(penilaian, SATU, "SK", operator).pemakaian
    dua = langkah.link_bukti(penilaian, DUA, satu.bukti, by=operator)

    langkah.unlink(satu, by=operator)
    langkah.unlink(dua, by=operator)

    assert not PemakaianBukti.objects.exists()
    assert BuktiDukung.objects.get() == satu.bukti
    assert len(list_berkas(folder)) == 1
    assert [satu.kejadian for satu in Riwayat.objects.of(penilaian.satker)[:2]] == [
        "bukti dukung dilepas"
    ] * 2
    with pytest.raises(AlurError, match="baru saja dilepas"):
        langkah.unlink(
            PemakaianBukti(pk=9**9, penilaian=penilaian, pertanyaan_id=dua.pertanyaan_id),
            by=operator,
        )


def test_a_revision_replaces_where_it_is_told_to_and_the_old_one_stays(penilaian, operator, folder):
    satu = add(penilaian, SATU, "SK", operator).pemakaian
    dua = langkah.link_bukti(penilaian, DUA, satu.bukti, by=operator)
    tiga = langkah.link_bukti(penilaian, LAIN_AREA, satu.bukti, by=operator)

    revisi = langkah.add_revisi(
        satu, io.BytesIO(build_pdf("SK baru")), "SK baru.pdf", by=operator, ikut=[tiga.pk]
    )

    assert revisi.nomor == 2
    nomor = dict(PemakaianBukti.objects.values_list("pk", "revisi__nomor"))
    assert nomor == {satu.pk: 2, dua.pk: 1, tiga.pk: 2}
    assert list(
        satu.bukti.revisibukti_set.values_list("nomor", "nama_berkas").order_by("nomor")
    ) == [
        (1, "SK.pdf"),
        (2, "SK baru.pdf"),
    ]
    assert len(list_berkas(folder)) == 2
    assert Riwayat.objects.of(penilaian.satker)[0].isi["sesudah"]["nomor"] == [1, 70]


def test_a_revision_with_the_same_bytes_is_refused(penilaian, operator):
    satu = add(penilaian, SATU, "SK", operator).pemakaian
    ada = count_baris()

    with pytest.raises(AlurError, match="sama persis"):
        langkah.add_revisi(satu, io.BytesIO(build_pdf("SK")), "SK2.pdf", by=operator)

    assert count_baris() == ada


def test_a_revision_never_reaches_into_another_years_assessment(penilaian, operator):
    lalu = PenilaianFactory(satker=penilaian.satker, tahun=penilaian.tahun - 1)
    lama = add(lalu, SATU, "SK", operator).pemakaian
    kini = langkah.link_bukti(penilaian, SATU, lama.bukti, by=operator)

    langkah.add_revisi(kini, io.BytesIO(build_pdf("baru")), "baru.pdf", by=operator, ikut=[lama.pk])

    lama.refresh_from_db()
    assert lama.revisi.nomor == 1


def test_a_link_is_kept_as_a_link(penilaian, operator):
    pakai = langkah.add_tautan(
        penilaian, SATU, " https://drive.example.id/berkas?id=1 ", by=operator, nama="Foto kegiatan"
    )

    assert (pakai.bukti.nama, pakai.revisi.tautan, pakai.revisi.keadaan) == (
        "Foto kegiatan",
        "https://drive.example.id/berkas?id=1",
        "belum",
    )
    assert pakai.revisi.berkas is None
    with pytest.raises(AlurError, match="Tautan ini sudah ada di nomor 1"):
        langkah.add_tautan(penilaian, SATU, "https://drive.example.id/berkas?id=1", by=operator)


@pytest.mark.parametrize(
    ("tautan", "pesan"),
    [
        ("", "belum diisi"),
        ("drive.google.com/x", "diawali http"),
        ("javascript:alert(1)", "diawali http"),
        ("ftp://contoh.id/x", "diawali http"),
        ("https://", "nama situs"),
        ("https://user:sandi@contoh.id/", "kata sandi"),
        ("https://contoh.id/a b", "spasi"),
        ("https://contoh.id:abc/", "tidak dapat dibaca"),
        ("https://contoh.id/" + "x" * 2000, "paling panjang 2000"),
    ],
)
def test_an_address_that_cannot_be_evidence_is_refused(penilaian, operator, tautan, pesan):
    ada = count_baris()

    with pytest.raises(AlurError, match=pesan):
        langkah.add_tautan(penilaian, SATU, tautan, by=operator)

    assert count_baris() == ada


@pytest.mark.parametrize(
    ("rincian", "pesan"),
    [
        (
            {
                "periode_dari": datetime.date(2025, 2, 1),
                "periode_sampai": datetime.date(2025, 1, 1),
            },
            "sebelum mulai 1 Februari 2025",
        ),
        ({"periode_dari": datetime.date(1025, 2, 1)}, "tahun 1025 tidak wajar"),
        ({"halaman": 0}, "paling kecil 1"),
        ({"dokumen": 10**9}, "tidak diminta pada nomor 1"),
    ],
)
def test_details_that_cannot_be_are_refused(penilaian, operator, rincian, pesan):
    with pytest.raises(AlurError, match=pesan):
        add(penilaian, SATU, "SK", operator, **rincian)

    assert not BuktiDukung.objects.exists()
    assert not Berkas.objects.exists()


def test_a_document_of_another_question_is_refused(penilaian, operator):
    lain = DokumenDiminta.objects.filter(pertanyaan__kode=DUA)[0]

    with pytest.raises(AlurError, match="tidak diminta pada nomor 1"):
        add(penilaian, SATU, "SK", operator, dokumen=lain.pk)

    assert not BuktiDukung.objects.exists()


def test_details_are_changed_with_a_line_and_not_without_a_change(penilaian, operator):
    pakai = add(penilaian, SATU, "SK", operator, halaman=1).pemakaian
    dokumen = DokumenDiminta.objects.filter(pertanyaan__kode=SATU)[0]
    jumlah = Riwayat.objects.count()

    langkah.edit_pemakaian(pakai, Rincian(halaman=1), by=operator)
    assert Riwayat.objects.count() == jumlah
    langkah.edit_pemakaian(pakai, Rincian(halaman=4, dokumen=dokumen.pk), by=operator)

    pakai.refresh_from_db()
    assert (pakai.halaman, pakai.dokumen) == (4, dokumen)
    assert Riwayat.objects.of(penilaian.satker)[0].isi["sesudah"] == {
        "bukti": "SK.pdf",
        "halaman": 4,
        "dokumen": dokumen.nama,
    }


@pytest.mark.parametrize("tutup", ["jendela", "diajukan", "area"])
def test_nothing_changes_when_the_assessment_takes_no_changes(penilaian, operator, tutup):
    pakai = add(penilaian, SATU, "SK", operator).pemakaian
    if tutup == "jendela":
        Penilaian.objects.update(tutup_pada=timezone.localdate() - datetime.timedelta(days=1))
    elif tutup == "diajukan":
        Penilaian.objects.update(
            status="diajukan", diajukan_pada=timezone.now(), diajukan_oleh=operator
        )
    else:
        AreaPenilaian.objects.filter(area="A.1").update(
            diajukan_pada=timezone.now(), diajukan_oleh=operator
        )
    ada = count_baris()
    baru = io.BytesIO(build_pdf("baru"))

    for langkah_ini in (
        lambda: add(penilaian, SATU, "lagi", operator),
        lambda: langkah.add_tautan(penilaian, SATU, "https://contoh.id/", by=operator),
        lambda: langkah.link_bukti(penilaian, DUA, pakai.bukti, by=operator),
        lambda: langkah.unlink(pakai, by=operator),
        lambda: langkah.edit_pemakaian(pakai, Rincian(halaman=9), by=operator),
        lambda: langkah.add_revisi(pakai, baru, "baru.pdf", by=operator),
    ):
        with pytest.raises(AlurError, match=r"sudah (ditutup|diajukan)"):
            langkah_ini()

    assert count_baris() == ada


def test_a_revision_that_reaches_a_locked_area_is_refused_whole(penilaian, operator):
    satu = add(penilaian, SATU, "SK", operator).pemakaian
    lain = langkah.link_bukti(penilaian, LAIN_AREA, satu.bukti, by=operator)
    AreaPenilaian.objects.filter(area="A.6").update(
        diajukan_pada=timezone.now(), diajukan_oleh=operator
    )
    ada = count_baris()

    with pytest.raises(AlurError, match=r"Area A\.6 sudah diajukan"):
        langkah.add_revisi(
            satu, io.BytesIO(build_pdf("baru")), "baru.pdf", by=operator, ikut=[lain.pk]
        )

    assert count_baris() == ada
    assert set(PemakaianBukti.objects.values_list("revisi__nomor", flat=True)) == {1}


@pytest.mark.parametrize(
    ("nama", "disimpan"),
    [
        ("SK Tim Kerja", "SK Tim Kerja.pdf"),
        ("foto.JPG", "foto.pdf"),
        ("a.pdf.exe", "a.pdf.exe.pdf"),
    ],
)
def test_a_file_is_kept_under_a_name_that_ends_as_its_kind(penilaian, operator, nama, disimpan):
    hasil = add(penilaian, SATU, "isi", operator, nama=nama)

    assert hasil.pemakaian is not None
    revisi = hasil.pemakaian.revisi
    assert (hasil.nama, revisi.bukti.nama, revisi.nama_berkas) == (disimpan,) * 3


@pytest.mark.parametrize(
    ("isi", "nama", "pesan"),
    [
        (b"", "kosong.pdf", "isinya kosong"),
        (b"MZ\x90\0 bukan apa-apa", "surat.pdf", "tidak diterima"),
        (build_pdf("x") + b"halo", "surat.pdf", "ada data lain di belakang PDF"),
    ],
)
def test_a_file_that_is_refused_leaves_nothing(penilaian, operator, folder, isi, nama, pesan):
    ada = count_baris()

    with pytest.raises(AlurError, match=pesan):
        langkah.add_berkas(penilaian, SATU, io.BytesIO(isi), nama, by=operator)

    assert count_baris() == ada
    assert list_berkas(folder) == []
