"""A whole pack: what lies in it, where, and what it says of itself."""

import io
import json
import re
import zipfile
from urllib.parse import unquote

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from integritas.berkas.simpan import build_kunci
from penilaian.alur import pengisian
from penilaian.bukti import langkah
from penilaian.models import PaketBukti, RevisiBukti
from tests.factories import OperatorFactory, PenilaianFactory
from tests.penilaian.bukti.contoh import add_bukti, build_pdf
from tests.penilaian.bukti.paket_uji import hash_isi, make_paket, open_paket, read_paket

pytestmark = pytest.mark.django_db
SATU, DUA, LAIN_AREA, HASIL = "A.I.1.i.a", "A.I.1.i.b", "A.I.6.i.b", "B.I.b"
FOLDER_SATU = "01 Manajemen Perubahan/001 A.I.1.i.a Apakah tim kerja pembangunan ZI"
FOLDER_DUA = "01 Manajemen Perubahan/002 A.I.1.i.b Apakah anggota tim ditentukan"


def read_teks(paket, nama):
    with open_paket(paket) as arsip:
        return arsip.read(nama).decode("utf-8-sig")


def read_hrefs(teks):
    return [unquote(satu) for satu in re.findall(r'href="([^"#][^"]*)"', teks)]


@pytest.fixture(params=["disk", "s3"])
def penyimpanan(request, folder):
    if request.param == "s3":
        request.getfixturevalue("di_s3")


def test_a_pack_holds_every_file_once_in_the_folder_of_its_question(
    penyimpanan, penilaian, operator
):
    pakai = add_bukti(penilaian, SATU, "SK tim", by=operator)
    langkah.link_bukti(penilaian, DUA, pakai.bukti, by=operator)
    langkah.link_bukti(penilaian, LAIN_AREA, pakai.bukti, by=operator)
    add_bukti(penilaian, DUA, "undangan", by=operator, halaman=3)

    paket = make_paket(penilaian, by=operator)

    assert (paket.keadaan, paket.jumlah, paket.selesai, paket.pesan) == ("selesai", 2, 2, "")
    isi = read_paket(paket)
    assert (paket.sha256, paket.ukuran) == (hash_isi(isi), len(isi))
    lain = "06 Peningkatan Kualitas Pelayanan Publik"
    with open_paket(paket) as arsip:
        assert arsip.testzip() is None
        nama = [satu for satu in arsip.namelist() if not satu.startswith(lain)]
        assert nama == [
            f"{FOLDER_SATU}/SK tim.pdf",
            f"{FOLDER_DUA}/undangan.pdf",
            f"{FOLDER_DUA}/Bukti lain.txt",
            "indeks.html",
            "manifest.json",
            "periksa.py",
            "manifest.sha256",
        ]
        assert arsip.read(f"{FOLDER_SATU}/SK tim.pdf") == build_pdf("SK tim")
        manifest = arsip.read("manifest.sha256").decode()
        assert manifest == "".join(
            f"{hash_isi(arsip.read(satu))}  {satu}\n" for satu in arsip.namelist()[:-1]
        )
        assert {
            satu.compress_type for satu in arsip.infolist() if satu.filename.endswith("pdf")
        } == {zipfile.ZIP_STORED}
        [catatan] = [satu for satu in arsip.namelist() if satu.startswith(lain)]
        assert arsip.read(catatan).decode("utf-8-sig").replace("\r\n", "\n") == (
            f"Bukti nomor {pakai.penilaian.versi.pertanyaan_set.get(kode=LAIN_AREA).urutan} "
            f"({LAIN_AREA}) yang tidak ada di folder ini:\n\n- SK tim.pdf\n"
            f"  dipakai beberapa nomor, tersimpan sekali di: {FOLDER_SATU}/SK tim.pdf\n"
        )


def test_the_index_links_every_use_and_tells_answer_note_and_what_is_missing(penilaian, operator):
    pakai = add_bukti(penilaian, SATU, "SK #1 50%", by=operator)
    langkah.link_bukti(penilaian, DUA, pakai.bukti, by=operator, rincian=langkah.Rincian(halaman=9))
    pengisian.save_jawaban(
        penilaian, SATU, mentah="Ya", catatan="Baris satu\n<b>dua</b>", versi_isi=0, by=operator
    )

    teks = read_teks(make_paket(penilaian, by=operator), "indeks.html")

    jalur = f"{FOLDER_SATU}/SK #1 50%.pdf"
    assert read_hrefs(teks).count(jalur) == 2
    assert (
        teks.count(f'href="{jalur.replace("%", "%25").replace(" ", "%20").replace("#", "%23")}"')
        == 2
    )
    soal = teks[teks.index('id="q1"') : teks.index('id="q2"')]
    assert "<dd>Ya. Tim kerja ZI sudah ada di satker</dd>" in soal
    assert "Baris satu\n&lt;b&gt;dua&lt;/b&gt;" in soal
    assert "Juga dipakai nomor 2." in soal
    assert "Halaman 9, juga dipakai nomor 1." in teks
    assert "111 dari 113 pertanyaan belum berbukti." in teks
    assert teks.count("Belum ada bukti.") == 111
    assert f"diminta {operator.nama}" in teks
    assert "<script" not in teks
    assert set(re.findall(r'(?:src|href)="(?!#)([^"]{0,4})', teks)) == {"01%2"}


def test_hostile_words_stay_words_in_the_index(penilaian, operator):
    pakai = add_bukti(penilaian, SATU, "SK", by=operator)
    jahat = '"><script>alert(1)</script>'
    pakai.bukti.nama = pakai.revisi.nama_berkas = f"{jahat}/../../x.pdf"
    pakai.bukti.save()
    pakai.revisi.save()

    paket = make_paket(penilaian, by=operator)

    teks = read_teks(paket, "indeks.html")
    assert "<script" not in teks
    assert "&lt;script&gt;" in teks
    with open_paket(paket) as arsip:
        assert arsip.namelist()[0] == f"{FOLDER_SATU}/___script_alert(1)__script__.._.._x.pdf"


def test_links_are_told_as_not_stored_with_their_last_check(penilaian, operator):
    pakai = langkah.add_tautan(
        penilaian, SATU, "https://drive.google.com/a?b=1&c=2", nama="Foto apel", by=operator
    )
    RevisiBukti.objects.filter(pk=pakai.revisi_id).update(
        keadaan="mati", diperiksa_pada=timezone.now().replace(2026, 5, 3, 5)
    )

    paket = make_paket(penilaian, by=operator)

    assert (paket.keadaan, paket.jumlah) == ("selesai", 0)
    teks = read_teks(paket, "indeks.html")
    assert '<a href="https://drive.google.com/a?b=1&amp;c=2" rel="noopener noreferrer' in teks
    assert (
        'tautan, tidak tersimpan</span>: <span class="buruk">Mati</span>, diperiksa 3 Mei 2026'
        in (teks)
    )
    assert (
        "tautan, tidak tersimpan: https://drive.google.com/a?b=1&c=2 (Mati, diperiksa 3 Mei 2026)"
        in (read_teks(paket, f"{FOLDER_SATU}/Bukti lain.txt"))
    )
    [tautan] = json.loads(read_teks(paket, "manifest.json"))["tautan"]
    assert (tautan["pertanyaan"], tautan["keadaan"]) == (SATU, "mati")


def test_the_pack_holds_the_revisions_that_are_shown_and_no_other(penilaian, operator):
    satu = add_bukti(penilaian, SATU, "lama", by=operator)
    langkah.link_bukti(penilaian, HASIL, satu.bukti, by=operator)
    langkah.add_revisi(satu, io.BytesIO(build_pdf("baru")), "baru.pdf", by=operator)
    add_bukti(PenilaianFactory(), SATU, "asing")
    dilepas = add_bukti(penilaian, DUA, "dilepas", by=operator)
    langkah.unlink(dilepas, by=operator)

    paket = make_paket(penilaian, by=operator)

    with open_paket(paket) as arsip:
        isi = {satu: arsip.read(satu) for satu in arsip.namelist() if satu.endswith(".pdf")}
    assert {nama.rpartition("/")[2]: teks for nama, teks in isi.items()} == {
        "baru.pdf": build_pdf("baru"),
        "lama.pdf": build_pdf("lama"),
    }


def test_the_manifest_says_who_when_and_by_which_instrument(penilaian, operator):
    add_bukti(penilaian, SATU, "SK", by=operator)
    paket = make_paket(penilaian, by=operator)

    manifest = json.loads(read_teks(paket, "manifest.json"))

    assert manifest["satker"]["kode"] == penilaian.satker.kode
    assert manifest["instrumen"] == {
        "kode": penilaian.versi.bawaan.kode,
        "versi": penilaian.versi.versi,
        "judul": penilaian.versi.bawaan.judul,
        "sha256": penilaian.versi.sha256,
    }
    assert manifest["diminta_oleh"] == operator.nama
    assert manifest["diminta_pada"] == paket.diminta_pada.isoformat()
    assert manifest["berkas"] == [
        {
            "jalur": f"{FOLDER_SATU}/SK.pdf",
            "sha256": hash_isi(build_pdf("SK")),
            "ukuran": len(build_pdf("SK")),
            "jenis": "pdf",
            "pertanyaan": [SATU],
        }
    ]
    assert len(manifest["tanpa_bukti"]) == 112


def test_a_file_that_is_gone_or_changed_is_named_and_the_rest_is_packed(
    penyimpanan, penilaian, operator, caplog
):
    hilang = add_bukti(penilaian, SATU, "hilang", by=operator)
    berubah = add_bukti(penilaian, SATU, "berubah", by=operator)
    add_bukti(penilaian, SATU, "utuh", by=operator)
    default_storage.delete(build_kunci(hilang.revisi.berkas.sha256))
    kunci = build_kunci(berubah.revisi.berkas.sha256)
    default_storage.delete(kunci)
    default_storage.save(kunci, io.BytesIO(b"lain sekali"))

    paket = make_paket(penilaian, by=operator)

    assert paket.keadaan == "selesai"
    assert paket.pesan == "2 berkas tidak ada atau berubah di penyimpanan; disebut pada indeks."
    teks = read_teks(paket, "indeks.html")
    assert "hilang.pdf: tidak ada di penyimpanan" in teks
    assert "berubah.pdf. Berkas ini isinya di penyimpanan sudah lain" in teks
    with open_paket(paket) as arsip:
        nama = [satu.rpartition("/")[2] for satu in arsip.namelist() if satu.endswith(".pdf")]
        assert nama == ["berubah.pdf", "utuh.pdf"]
    manifest = json.loads(read_teks(paket, "manifest.json"))
    assert [satu["masalah"] for satu in manifest["bermasalah"]] == [
        "tidak ada di penyimpanan",
        "isinya di penyimpanan sudah lain daripada saat diunggah",
    ]
    assert manifest["berkas"][0]["ukuran"] == len(b"lain sekali")


def test_files_and_packs_beyond_the_old_limits_of_zip_get_the_wider_form(
    penilaian, operator, monkeypatch
):
    add_bukti(penilaian, SATU, "besar", by=operator)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 300)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)

    paket = make_paket(penilaian, by=operator)
    monkeypatch.undo()

    with open_paket(paket) as arsip:
        assert arsip.read(arsip.namelist()[0]) == build_pdf("besar")
        assert arsip.infolist()[0].extract_version == zipfile.ZIP64_VERSION


def test_the_same_evidence_gives_the_same_names_and_bytes(penilaian, operator):
    for nomor in range(3):
        add_bukti(penilaian, SATU, f"foto {nomor}", by=operator, nama="Foto.pdf")

    satu, dua = (make_paket(penilaian, by=operator) for _ in range(2))

    with open_paket(satu) as arsip, open_paket(dua) as lain:
        assert arsip.namelist() == lain.namelist()
        assert [satu.rpartition("/")[2] for satu in arsip.namelist()[:3]] == [
            "Foto.pdf",
            "Foto (2).pdf",
            "Foto (3).pdf",
        ]
        assert [satu.date_time for satu in arsip.infolist()[:3]] == [
            satu.date_time for satu in lain.infolist()[:3]
        ]


def test_a_pack_of_many_files_asks_the_database_as_often_as_one_of_few(
    penilaian, count_queries, client_for
):
    operator = OperatorFactory(satker=penilaian.satker)

    def count():
        with count_queries() as daftar:
            make_paket(penilaian, by=operator)
        return len([satu for satu in daftar if "SAVEPOINT" not in satu])

    add_bukti(penilaian, SATU, "satu")
    make_paket(penilaian, by=operator)
    sedikit = count()
    for nomor in range(6):
        add_bukti(penilaian, LAIN_AREA, f"lagi {nomor}")

    assert count() == sedikit
    assert PaketBukti.objects.count() == 3
