"""Pages of the instrument and of what an admin sets on it."""

import copy
import gzip
import json
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from penilaian.alur.instrumen import load_instrumen
from penilaian.models import DokumenDiminta, Pertanyaan, VersiInstrumen
from penilaian.versi import get_terpakai
from satker.models import Riwayat
from tests.factories import AdminFactory, OperatorFactory
from tests.factories.bukti import BuktiFactory
from tests.factories.lke import PenilaianFactory, build_jawaban, load_versi
from tests.penilaian.test_instrumen import ISI, get_node
from tests.penilaian.test_pengaturan import KODE, NOL, list_dokumen, list_pk, read_state

pytestmark = pytest.mark.django_db
LKE = "permenpanrb-90-2021"
# What a first visit loads beside the page: style sheets and htmx.
SELAIN_HALAMAN = 29_000


@pytest.fixture
def versi():
    return load_versi()


@pytest.fixture
def operator(client_for):
    return client_for(OperatorFactory())


@pytest.fixture
def admin(client_for):
    return client_for(AdminFactory())


def add_versi(**ubah) -> VersiInstrumen:
    isi = copy.deepcopy(ISI)
    get_node(isi, "A.I.1.i.a").update(ubah or {"label": "Apakah tim kerja sudah bertugas?"})
    return load_instrumen(json.dumps(isi)).versi


def strip(respons) -> str:
    """The page's words, one blank apart."""
    return " ".join(re.sub(r"<[^>]+>", " ", respons.text).split())


def read(client, nama, *argumen, **kueri):
    respons = client.get(reverse(nama, args=argumen), kueri)
    assert respons.status_code == 200
    return respons


# --- reading ------------------------------------------------------------------------------------
def test_the_list_tells_when_a_version_was_loaded_and_how_many_use_it(operator, versi):
    PenilaianFactory()
    add_versi()

    teks = strip(read(operator, "instrumen_list"))

    assert teks.index("permenpanrb-90-2021 versi 2") < teks.index("permenpanrb-90-2021 versi 1")
    assert re.search(r"versi 2 \d+ \w+ \d{4} 113 0 dengan versi 1", teks)
    assert re.search(r"versi 1 \d+ \w+ \d{4} 113 1 versi pertama", teks)


def test_an_empty_list_says_how_to_load_one(operator):
    assert "Belum ada instrumen" in read(operator, "instrumen_list").text


def test_the_tree_shows_exact_weights_and_their_sums(operator, versi):
    teks = strip(read(operator, "instrumen_detail", LKE, 1))

    assert "113 pertanyaan, bobot seluruhnya 100." in teks
    assert "Pengungkit, bobot 60 8 + 7 + 10 + 10 + 15 + 10 = 60" in teks
    assert "Hasil, bobot 40 22,5 + 17,5 = 40" in teks
    assert "A.I.1: 0,5 + 1 + 1 + 1,5 = 4" in teks
    assert "A.I.1.i, bobot 0,5, tiap pertanyaan 0,5 ÷ 2" in teks
    assert "Pemenuhan (A.I) 30, Reform (A.II) 30." in teks


def test_every_node_and_question_has_an_address(operator, versi):
    isi = versi.bawaan
    pohon = read(operator, "instrumen_detail", LKE, 1).text
    for simpul in isi.daftar_simpul:
        if simpul.level not in ("aspek_gabungan", "total"):
            assert pohon.count(f'id="{simpul.kode}"') == 1
    for area, daftar in isi.pertanyaan_area.items():
        halaman = read(operator, "instrumen_area", LKE, 1, area).text
        for satu in daftar:
            assert halaman.count(f'id="q{satu.urutan}"') == 1
            assert f"{reverse('instrumen_area', args=[LKE, 1, area])}#q{satu.urutan}" in pohon


def test_the_floors_and_rules_of_eligibility_are_told(operator, versi):
    teks = strip(read(operator, "instrumen_detail", LKE, 1))

    assert "Total dari 100 75 85 Pengungkit dari 60 40 48" in teks
    assert "Manajemen Perubahan dari 8 4,8 60% 6 75%" in teks
    assert "15,75 indeks 3,6 15,75 indeks 3,6" in teks
    assert "WBBM hanya bagi pemegang WBK." in teks
    assert "Opini BPK (instansi) WTP WTP" in teks


def test_an_area_tells_options_formulas_zero_rules_and_documents(operator, versi):
    teks = strip(read(operator, "instrumen_area", LKE, 1, "A.3"))
    pelanggaran = teks[teks.index("A.II.3.iii.a") :]

    assert "Jawaban Kriteria Nilai A" in teks
    assert "lalu dibagi jumlah pelanggaran tahun lalu; paling kecil 0." in pelanggaran
    assert "sama-sama nol: 1 resmi: rumus lembar kerja untuk 0/0" in pelanggaran
    assert "lebih: 0 usulan" in pelanggaran
    assert "Dokumen yang diminta" in teks
    lhkpn = strip(read(operator, "instrumen_area", LKE, 1, "A.5"))
    assert (
        "Jumlah wajib lapor LHKPN = kepala satuan kerja + pejabat lain yang wajib LHKPN + "
        "wajib lapor lainnya." in lhkpn
    )
    assert "(0 sampai 4)" in strip(read(operator, "instrumen_area", LKE, 1, "B"))


def test_what_an_admin_set_is_what_is_shown(operator, versi):
    Pertanyaan.objects.filter(kode=KODE).update(nilai_penyebut_nol=Decimal("0.25"))
    satu = DokumenDiminta.objects.filter(pertanyaan__kode=KODE)[0]
    satu.wajib, satu.berkala = True, "bulan"
    satu.save()

    teks = strip(read(operator, "instrumen_area", LKE, 1, "A.4"))

    assert "kinerja satker nol: 0,25 usulan" in teks
    assert f"{satu.nama} (wajib) , tiap bulan" in teks


def test_only_an_admin_is_offered_the_settings(operator, admin, versi):
    alamat = reverse("penyebut_nol_set", args=[LKE, 1, KODE])

    assert alamat not in read(operator, "instrumen_area", LKE, 1, "A.4").text
    assert alamat in read(admin, "instrumen_area", LKE, 1, "A.4").text
    # An index has no base that could be zero.
    resmi = reverse("penyebut_nol_set", args=[LKE, 1, "B.I.a"])
    assert resmi not in read(admin, "instrumen_area", LKE, 1, "B").text


@pytest.mark.parametrize(
    ("kata", "jumlah"), [("LHKPN kepala", 1), ("101", 1), ("A.II.4.i.a", 1), ("zzz", 0)]
)
def test_questions_are_found_by_any_word(operator, versi, kata, jumlah):
    teks = strip(read(operator, "instrumen_detail", LKE, 1, q=kata))

    assert f"{jumlah} pertanyaan memuat &quot;{kata}&quot;" in teks or (
        f'{jumlah} pertanyaan memuat "{kata}"' in teks
    )


@pytest.mark.parametrize(
    ("nama", "argumen"),
    [
        ("instrumen_detail", [LKE, 9]),
        ("instrumen_detail", ["lain", 1]),
        ("instrumen_detail", [LKE, 10**30]),
        ("instrumen_area", [LKE, 1, "A.9"]),
        ("instrumen_diff", [LKE, 9]),
    ],
)
def test_what_is_not_there_is_not_found(operator, versi, nama, argumen):
    assert operator.get(reverse(nama, args=argumen)).status_code == 404


@pytest.mark.parametrize("nama", ["pohon", "A.5", "A.6"])
def test_a_first_visit_stays_small(admin, versi, nama):
    argumen = [LKE, 1] if nama == "pohon" else [LKE, 1, nama]
    halaman = "instrumen_detail" if nama == "pohon" else "instrumen_area"

    isi = read(admin, halaman, *argumen).content

    assert len(gzip.compress(isi)) + SELAIN_HALAMAN < 50_000


# --- beside each other --------------------------------------------------------------------------
def test_two_versions_are_compared_field_by_field(operator, versi):
    add_versi()

    teks = strip(read(operator, "instrumen_diff", LKE, 2))

    assert "Yang berubah sejak permenpanrb-90-2021 versi 1" in teks
    assert "1 berubah , 0 ditambah , 0 dihapus , 217 tetap" in teks
    assert (
        "kalimat dari Apakah tim kerja pembangunan ZI sudah dibentuk secara resmi di satker? → "
        "menjadi Apakah tim kerja sudah bertugas?" in teks
    )


def test_versions_of_different_rule_sets_are_compared_too(operator, versi):
    isi = copy.deepcopy(ISI)
    isi["kode"] = "lke-uji"
    load_instrumen(json.dumps(isi))

    teks = strip(read(operator, "instrumen_diff", "lke-uji", 1, dengan=f"{LKE}:1"))

    assert "Tidak ada yang berbeda dari permenpanrb-90-2021 versi 1" in teks


@pytest.mark.parametrize(
    ("dengan", "status"),
    [("1", 200), (f"{LKE}:1", 200), ("9", 404), ("lain:1", 404), ("x", 400), (f"{LKE}:x", 400)],
)
def test_the_other_version_is_named(operator, versi, dengan, status):
    add_versi()

    respons = operator.get(reverse("instrumen_diff", args=[LKE, 2]), {"dengan": dengan})

    assert respons.status_code == status


def test_a_single_version_has_nothing_to_be_compared_with(operator, versi):
    assert "Belum ada versi lain" in read(operator, "instrumen_diff", LKE, 1).text


# --- setting documents --------------------------------------------------------------------------
def build_post(versi, **ubah):
    """The form as it stands, with some fields filled otherwise."""
    data = {"pengaturan": versi.pengaturan}
    for nomor, pk in enumerate(list_pk(), 1):
        data |= {f"d{pk}-urutan": nomor, f"d{pk}-berkala": "sekali"}
    for nomor in (1, 2):
        data |= {f"baru{nomor}-urutan": 3 + nomor, f"baru{nomor}-berkala": "sekali"}
        data[f"baru{nomor}-nama"] = ""
    return data | ubah


def test_documents_are_saved_by_the_form(admin, versi):
    sk, _, notula = list_pk()
    alamat = reverse("dokumen_edit", args=[LKE, 1, "A.I.1.i.a"])
    data = build_post(
        versi,
        **{
            f"d{sk}-wajib": "on",
            f"d{sk}-berkala": "triwulan",
            f"d{notula}-ditarik": "on",
            "baru1-nama": "Foto apel",
        },
    )

    respons = admin.post(alamat, data)

    assert respons.status_code == 302
    assert respons["Location"] == f"{reverse('instrumen_area', args=[LKE, 1, 'A.1'])}#q1"
    assert list_dokumen() == [
        ("SK tim kerja ZI tahun berjalan", True, "triwulan", False),
        ("Undangan dan daftar hadir rapat pembentukan", False, "sekali", False),
        ("Notula rapat pembentukan", False, "sekali", True),
        ("Foto apel", False, "sekali", False),
    ]
    # What was saved is what the form shows, the withdrawn one last.
    teks = read(admin, "dokumen_edit", LKE, 1, "A.I.1.i.a").text
    assert teks.index("Foto apel") < teks.index("Notula rapat")


def test_a_refused_form_keeps_what_was_typed(admin, versi):
    alamat = reverse("dokumen_edit", args=[LKE, 1, "A.I.1.i.a"])
    sk = list_pk()[0]
    sebelum = read_state()

    respons = admin.post(
        alamat, build_post(versi, **{"baru1-nama": "Foto apel", f"d{sk}-urutan": "dua"})
    )

    assert respons.status_code == 422
    assert "Urutan SK tim kerja ZI tahun berjalan: Urutan harus bilangan bulat." in strip(respons)
    assert 'value="Foto apel"' in respons.text
    assert read_state() == sebelum


def test_a_race_is_told_with_the_state_of_now(admin, versi):
    """Somebody added a document since; the next try goes on from there."""
    alamat = reverse("dokumen_edit", args=[LKE, 1, "A.I.1.i.a"])
    lama = build_post(versi, **{"baru1-nama": "Foto apel"})
    admin.post(alamat, build_post(versi, **{"baru1-nama": "Banner"}))
    sebelum = read_state()

    respons = admin.post(alamat, lama)

    assert respons.status_code == 409
    assert "berubah sejak halaman ini dibuka" in strip(respons)
    assert read_state() == sebelum
    assert 'name="pengaturan" value="1"' in respons.text
    assert 'value="Foto apel"' in respons.text
    assert "Banner" in respons.text


def test_an_empty_post_is_refused(admin, versi):
    sebelum = read_state()

    respons = admin.post(reverse("dokumen_edit", args=[LKE, 1, "A.I.1.i.a"]), {})

    assert respons.status_code == 422
    assert "Formulir tidak utuh" in respons.text
    assert read_state() == sebelum


# --- setting the zero rule ----------------------------------------------------------------------
def test_the_page_tells_how_many_scores_follow(admin, versi):
    PenilaianFactory(jawaban=build_jawaban() | {KODE: NOL})
    PenilaianFactory(jawaban=build_jawaban())

    teks = strip(read(admin, "penyebut_nol_set", LKE, 1, KODE))

    assert "1 LKE memakai aturan ini: 1 masih diisi, 0 sudah diajukan." in teks


def test_a_zero_rule_is_saved_by_the_form(admin, versi):
    PenilaianFactory(jawaban=build_jawaban() | {KODE: NOL})
    alamat = reverse("penyebut_nol_set", args=[LKE, 1, KODE])

    respons = admin.post(
        alamat, {"nilai": "0,5", "alasan": "Rapat TPI", "setuju": "on", "tanda": "0.1"}
    )

    assert respons.status_code == 302
    assert Pertanyaan.objects.get(kode=KODE).nilai_penyebut_nol == Decimal("0.5")
    assert "Nilai 1 LKE dihitung ulang." in admin.get(respons["Location"]).text


@pytest.mark.parametrize(
    ("ubah", "status", "pesan"),
    [
        ({"setuju": ""}, 422, "Centang bahwa nilai LKE itu dihitung ulang."),
        ({"nilai": "banyak"}, 422, "Tulis angka, misalnya 0,5."),
        ({"nilai": "2"}, 422, "Nilai harus 0 sampai 1, paling banyak dua desimal."),
        ({"nilai": "NaN"}, 422, "Tulis angka, misalnya 0,5."),
        ({"tanda": "0.7"}, 409, "berubah sejak halaman ini dibuka"),
    ],
)
def test_a_refused_zero_rule_changes_nothing(admin, versi, ubah, status, pesan):
    PenilaianFactory(jawaban=build_jawaban() | {KODE: NOL})
    sebelum = read_state()
    data = {"nilai": "0.5", "alasan": "uji", "setuju": "on", "tanda": "0.1"} | ubah

    respons = admin.post(reverse("penyebut_nol_set", args=[LKE, 1, KODE]), data)

    assert respons.status_code == status
    assert pesan in strip(respons)
    assert 'name="tanda" value="0.1"' in respons.text
    assert read_state() == sebelum


def test_without_scores_there_is_nothing_to_agree_to(admin, versi):
    respons = admin.post(
        reverse("penyebut_nol_set", args=[LKE, 1, KODE]),
        {"nilai": "0.5", "alasan": "uji", "tanda": "0.0"},
    )

    assert respons.status_code == 302
    assert Riwayat.objects.filter(kejadian="aturan pembagi nol diubah").count() == 1


def test_an_official_rule_shows_why_and_no_form(admin, versi):
    respons = read(admin, "penyebut_nol_set", LKE, 1, "A.I.1.i.a")

    assert "tidak punya aturan pembagi nol." in respons.text
    assert 'name="nilai"' not in respons.text


# --- the calendar -------------------------------------------------------------------------------
@pytest.fixture
def penilaian(versi):
    return PenilaianFactory(tahun=2024)


def ask_monthly():
    """One document each month, one each quarter."""
    sk, undangan, _ = list_pk()
    DokumenDiminta.objects.filter(pk=sk).update(berkala="bulan", wajib=True)
    DokumenDiminta.objects.filter(pk=undangan).update(berkala="triwulan")
    VersiInstrumen.objects.update(pengaturan=1)
    return sk, undangan


def test_without_periodic_documents_the_calendar_says_so(client_for, penilaian):
    client = client_for(OperatorFactory(satker=penilaian.satker))

    assert "Tidak ada dokumen berkala" in read(client, "kalender_bukti", penilaian.pk).text


def test_the_calendar_shows_what_is_late_and_what_is_there(client_for, penilaian):
    bulanan, _ = ask_monthly()
    BuktiFactory(
        penilaian=penilaian,
        dokumen_id=bulanan,
        periode_dari="2024-01-01",
        periode_sampai="2024-06-30",
    )
    client = client_for(OperatorFactory(satker=penilaian.satker))

    teks = strip(read(client, "kalender_bukti", penilaian.pk))

    assert "10 bukti berkala terlambat" in teks
    assert "nomor 1, tiap bulan, wajib 6 dari 12 terisi, 6 terlambat Jan terisi" in teks
    assert "0 dari 4 terisi, 4 terlambat Triwulan I terlambat" in teks
    assert reverse("kalender_bukti", args=[penilaian.pk]) in (
        read(client, "penilaian_detail", penilaian.pk).text
    )


# --- statements ---------------------------------------------------------------------------------
@pytest.mark.parametrize("jumlah", [1, 4])
def test_pages_cost_the_same_at_any_number(client_for, versi, jumlah, count_queries):
    penilaian, dokumen = PenilaianFactory(), ask_monthly()[0]
    for nomor in range(jumlah):
        PenilaianFactory(jawaban={KODE: NOL})
        add_versi(label=f"Kalimat {nomor}")
        BuktiFactory(penilaian=penilaian, dokumen_id=dokumen)
    client = client_for(AdminFactory())
    banyak = {}

    for nama, argumen in [
        ("instrumen_list", []),
        ("instrumen_detail", [LKE, 2]),
        ("instrumen_area", [LKE, 2, "A.1"]),
        ("instrumen_diff", [LKE, 2]),
        ("dokumen_edit", [LKE, 2, "A.I.1.i.a"]),
        ("penyebut_nol_set", [LKE, 1, KODE]),
        ("kalender_bukti", [penilaian.pk]),
    ]:
        alamat = reverse(nama, args=argumen)
        client.get(alamat)
        with count_queries() as daftar_sql:
            assert client.get(alamat).status_code == 200
        banyak[nama] = len(daftar_sql)

    # Three of each are the session, the person and the assignments.
    assert banyak == {
        "instrumen_list": 4,
        "instrumen_detail": 4,
        "instrumen_area": 4,
        "instrumen_diff": 7,
        "dokumen_edit": 5,
        "penyebut_nol_set": 6,
        "kalender_bukti": 5,
    }


def test_a_setting_is_seen_by_the_next_page(operator, admin, versi):
    read(operator, "instrumen_area", LKE, 1, "A.4")
    admin.post(
        reverse("penyebut_nol_set", args=[LKE, 1, KODE]),
        {"nilai": "1", "alasan": "uji", "tanda": "0.0"},
    )

    assert "satker nol: 1 usulan" in strip(read(operator, "instrumen_area", LKE, 1, "A.4"))
    assert get_terpakai(VersiInstrumen.objects.get()).isi.pertanyaan[KODE].rumus.nol == 1
