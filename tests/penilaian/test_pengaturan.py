"""What an admin sets on a version: refused or recorded, and every kept score comes along."""

import copy
import json
from decimal import Decimal

import pytest

from integritas.alur import AlurError
from integritas.celery import app as celery_app
from penilaian import rekap, skor, tasks
from penilaian.alur import hitung_ulang, pengaturan, pengisian
from penilaian.alur.instrumen import load_instrumen
from penilaian.alur.pengajuan import submit
from penilaian.alur.pengaturan import IsiDokumen, UsangError
from penilaian.alur.temuan import run_xray
from penilaian.models import (
    DokumenDiminta,
    Jawaban,
    Penilaian,
    Pertanyaan,
    Rekap,
    Temuan,
    VersiInstrumen,
)
from penilaian.versi import get_terpakai
from satker.models import Riwayat
from tests.factories import AdminFactory, InstansiFactory, KepalaFactory
from tests.factories.lke import PenilaianFactory, build_jawaban, load_versi
from tests.penilaian.test_instrumen import ISI, get_node

pytestmark = pytest.mark.django_db
KODE = "A.II.4.i.a"
NOL = {"jumlah_sasaran": 0, "sasaran_tercapai": 0}


@pytest.fixture
def versi():
    return load_versi()


@pytest.fixture
def admin():
    return AdminFactory(instansi=InstansiFactory(kode="uji"))


@pytest.fixture
def instansi(admin):
    return admin.penugasan_set.get().instansi


@pytest.fixture
def set_nol(versi, admin, instansi):
    def call(nilai="0.5", kode=KODE, **isi):
        return pengaturan.set_penyebut_nol(
            versi,
            kode,
            nilai=Decimal(nilai),
            alasan=isi.pop("alasan", "Rapat TPI"),
            by=admin,
            instansi=instansi,
            **isi,
        )

    return call


@pytest.fixture
def set_dokumen(versi, admin, instansi):
    def call(daftar, kode="A.I.1.i.a", nomor=None):
        kini = VersiInstrumen.objects.get(pk=versi.pk)
        return pengaturan.set_dokumen(
            kini,
            kode,
            daftar,
            by=admin,
            instansi=instansi,
            pengaturan=kini.pengaturan if nomor is None else nomor,
        )

    return call


def list_dokumen(kode="A.I.1.i.a"):
    daftar = DokumenDiminta.objects.filter(pertanyaan__kode=kode).order_by("urutan", "pk")
    return [(satu.nama, satu.wajib, satu.berkala, satu.ditarik) for satu in daftar]


def read_state():
    """Everything a refused step must leave alone."""
    return (
        list(VersiInstrumen.objects.values_list("pengaturan")),
        list(Pertanyaan.objects.exclude(nilai_penyebut_nol=None).values_list("pk")),
        list(DokumenDiminta.objects.order_by("pk").values_list()),
        list(Rekap.objects.order_by("pk").values_list("total_nol", "total_abaikan")),
        Riwayat.objects.count(),
    )


def open_lke(diajukan=False, **isi):
    """A whole LKE of which the question has a base of zero."""
    penilaian = PenilaianFactory(jawaban=build_jawaban() | {KODE: NOL} | isi)
    if diajukan:
        submit(penilaian, by=KepalaFactory(satker=penilaian.satker))
    return penilaian


def assert_explained(penilaian):
    """The kept score is what its answers give under the rule that is shown."""
    terpakai = get_terpakai(VersiInstrumen.objects.get(pk=penilaian.versi_id))
    nilai = rekap.compute_nilai(terpakai, Jawaban.objects.filter(penilaian=penilaian))
    kept = Rekap.objects.get(penilaian=penilaian)
    for kosong in skor.Kosong:
        hasil = skor.compute_from_nilai(terpakai.isi, nilai, kosong)
        for simpul in rekap.KOLOM:
            assert rekap.get_nilai(kept, simpul, kosong) == hasil.nilai[simpul]


# --- the zero rule ------------------------------------------------------------------------------
def test_a_zero_rule_is_set_and_scores_follow(set_nol, versi):
    """Sub-unsur A.II.4.i weighs 2 and has one question."""
    penilaian, lain = open_lke(), open_lke(**{KODE: {"jumlah_sasaran": 4, "sasaran_tercapai": 1}})
    sebelum = Rekap.objects.get(penilaian=penilaian).a4_nol
    lain_sebelum = Rekap.objects.get(penilaian=lain)

    hasil = set_nol("0.5")

    assert (hasil.langsung, hasil.menyusul) == (1, 0)
    assert Pertanyaan.objects.get(versi=versi, kode=KODE).nilai_penyebut_nol == Decimal("0.5")
    assert VersiInstrumen.objects.get(pk=versi.pk).pengaturan == 1
    assert Rekap.objects.get(penilaian=penilaian).a4_nol == sebelum + 1
    assert Rekap.objects.get(penilaian=lain).diubah_pada == lain_sebelum.diubah_pada
    assert_explained(penilaian)
    assert_explained(lain)


def test_scores_handed_in_follow_with_a_line_of_history(set_nol, instansi):
    penilaian = open_lke(diajukan=True)

    set_nol("1", alasan="SE 3/2026")

    assert_explained(penilaian)
    baris = Riwayat.objects.of(penilaian.satker)[0]
    assert baris.kejadian == "nilai LKE dihitung ulang"
    assert baris.isi["alasan"] == (
        "Pembagi nol pada nomor 101 (A.II.4.i.a) kini bernilai 1: SE 3/2026"
    )
    naik = Decimal(baris.isi["sesudah"]["nilai_resmi"]) - Decimal(
        baris.isi["sebelum"]["nilai_resmi"]
    )
    assert naik == 2
    induk = Riwayat.objects.of(instansi)[0]
    assert (induk.kejadian, induk.isi["sebelum"], induk.isi["sesudah"]) == (
        "aturan pembagi nol diubah",
        {"nilai": "0"},
        {"instrumen": "permenpanrb-90-2021 versi 1", "nilai": "1", "jumlah_LKE": 1},
    )


def test_another_layer_and_drafts_are_told_apart(set_nol):
    """A draft does not count, so its score stays; a reviewer's layer has scores of its own."""
    penilaian = open_lke()
    Jawaban.objects.filter(penilaian=penilaian, pertanyaan__kode=KODE).update(draf=True)
    terpakai = get_terpakai(penilaian.versi)
    tpi = Jawaban.objects.create(
        penilaian=penilaian,
        pertanyaan_id=terpakai.id_dari[KODE],
        lapis_id="tpi",
        isian='{"jumlah_sasaran":"0","sasaran_tercapai":"0"}',
    )
    rekap.refresh(penilaian, terpakai, lapis="tpi")

    assert [satu.pk for satu in hitung_ulang.list_terdampak(terpakai, KODE)] == [tpi.pk]
    set_nol("0.5")

    assert Rekap.objects.get(penilaian=penilaian, lapis="tpi").a4_nol == 1


def test_only_the_proposed_part_of_a_fall_is_set(set_nol):
    """0/0 is the workbook's own rule; a rise from nothing is ours."""
    kode = "A.II.3.iii.a"
    isian = {"pelanggaran_lalu": 0, "pelanggaran_disanksi": 0}
    resmi = open_lke(**{kode: isian | {"pelanggaran_ini": 0}})
    naik = open_lke(**{kode: isian | {"pelanggaran_ini": 3}})
    awal = Rekap.objects.get(penilaian=resmi).a3_nol

    assert set_nol("0.25", kode).langsung == 1

    assert Rekap.objects.get(penilaian=resmi).a3_nol == awal
    assert Rekap.objects.get(penilaian=naik).a3_nol == awal - 2 + Decimal("0.5")


def test_the_value_of_the_file_again_is_no_setting(set_nol, versi):
    set_nol("0.5")
    set_nol("0")

    assert Pertanyaan.objects.get(versi=versi, kode=KODE).nilai_penyebut_nol is None
    assert VersiInstrumen.objects.get(pk=versi.pk).pengaturan == 2


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"nilai": "1.01"}, "Nilai harus 0 sampai 1, paling banyak dua desimal."),
        ({"nilai": "-0.1"}, "Nilai harus 0 sampai 1, paling banyak dua desimal."),
        ({"nilai": "0.333"}, "Nilai harus 0 sampai 1, paling banyak dua desimal."),
        ({"nilai": "NaN"}, "Nilai harus 0 sampai 1, paling banyak dua desimal."),
        ({"nilai": "0"}, "Nilainya sudah 0; tidak ada yang berubah."),
        ({"alasan": " "}, "Alasan wajib diisi."),
        (
            {"kode": "A.I.1.i.a"},
            "Nomor 1 (A.I.1.i.a) tidak membagi dengan isian, jadi tidak punya aturan pembagi nol.",
        ),
        (
            {"kode": "B.I.a"},
            "Nomor 111 (B.I.a) tidak membagi dengan isian, jadi tidak punya aturan pembagi nol.",
        ),
    ],
)
def test_a_zero_rule_that_cannot_be_is_refused_and_nothing_changes(set_nol, isi, pesan):
    open_lke()
    sebelum = read_state()

    with pytest.raises(AlurError) as error:
        set_nol(**isi)

    assert str(error.value) == pesan
    assert read_state() == sebelum


def test_an_official_rule_is_refused_and_nothing_changes(isi_resmi, admin, instansi):
    versi = isi_resmi
    sebelum = read_state()

    with pytest.raises(AlurError) as error:
        pengaturan.set_penyebut_nol(
            versi, KODE, nilai=Decimal("0.5"), alasan="uji", by=admin, instansi=instansi
        )

    assert str(error.value).endswith(
        "aturan pembagi nol ini resmi (PermenPANRB X), bukan usulan, jadi tidak diubah di sini."
    )
    assert read_state() == sebelum


@pytest.fixture
def isi_resmi():
    """A version in which a ministry has settled what was a proposal."""
    isi = copy.deepcopy(ISI)
    get_node(isi, KODE)["rumus"]["penyebut_nol"]["dasar"] = "PermenPANRB X"
    return load_instrumen(json.dumps(isi)).versi


def test_what_was_seen_must_still_hold(set_nol, versi):
    """The number of scores that change was another when the person said yes."""
    open_lke()
    terpakai = get_terpakai(versi)
    tanda = pengaturan.build_tanda(0, hitung_ulang.list_terdampak(terpakai, KODE))
    open_lke()
    sebelum = read_state()

    with pytest.raises(UsangError):
        set_nol(tanda=tanda)

    assert read_state() == sebelum
    assert set_nol(tanda="0.2").langsung == 2


def test_a_finding_tells_what_a_base_of_zero_is_worth_now(
    set_nol, django_capture_on_commit_callbacks
):
    penilaian = open_lke()
    run_xray(penilaian)
    lama = Temuan.objects.get(penilaian=penilaian, aturan="basis_nol")

    with django_capture_on_commit_callbacks() as menyusul:
        set_nol("0.5")
    celery_app.conf.task_always_eager = True
    for satu in menyusul:
        satu()
    celery_app.conf.task_always_eager = False

    baru = Temuan.objects.get(penilaian=penilaian, aturan="basis_nol")
    assert "dihitung 0,00 dari 1,00" in lama.fakta_dua
    assert "dihitung 0,50 dari 1,00" in baru.fakta_dua


@pytest.fixture
def antre(monkeypatch):
    """More than two scores wait for the queue, which runs at once after the commit."""
    monkeypatch.setattr(pengaturan, "LANGSUNG_PALING_BANYAK", 2)
    monkeypatch.setattr(hitung_ulang, "SEKALI_JALAN", 2)
    celery_app.conf.task_always_eager = True
    yield
    celery_app.conf.task_always_eager = False


def test_many_scores_follow_in_the_background(set_nol, antre, django_capture_on_commit_callbacks):
    daftar = [open_lke() for _ in range(3)]
    awal = Rekap.objects.get(penilaian=daftar[0]).a4_nol

    with django_capture_on_commit_callbacks() as menyusul:
        hasil = set_nol("0.5")

    assert (hasil.langsung, hasil.menyusul) == (0, 3)
    assert set(Rekap.objects.values_list("a4_nol", flat=True)) == {awal}
    for satu in menyusul:
        satu()
    for penilaian in daftar:
        assert_explained(penilaian)
    # Twice is once.
    jumlah = Riwayat.objects.count()
    assert hitung_ulang.recompute_later(hasil.versi.pk, KODE, by=None, alasan="uji") == 0
    assert Riwayat.objects.count() == jumlah


def test_what_follows_later_uses_the_rule_of_then(
    set_nol, antre, django_capture_on_commit_callbacks
):
    """The rule changed once more before the queue came to it."""
    daftar = [open_lke() for _ in range(3)]

    with django_capture_on_commit_callbacks() as menyusul:
        set_nol("0.5")
        set_nol("0.25")
    for satu in menyusul:
        satu()

    for penilaian in daftar:
        assert_explained(penilaian)
    assert Riwayat.objects.filter(kejadian="nilai LKE dihitung ulang").count() == 3


def test_what_the_queue_never_heard_of_is_mended_and_reported(set_nol, antre, caplog):
    daftar = [open_lke() for _ in range(3)]
    set_nol("0.5")  # the queue is down: nothing runs after the commit

    tasks.check_rekap()

    for penilaian in daftar:
        assert_explained(penilaian)
    assert [satu.message for satu in caplog.records] == [
        "nilai tersimpan 3 LKE dihitung ulang: permenpanrb-90-2021 versi 1 A.II.4.i.a"
    ]
    caplog.clear()
    tasks.check_rekap()
    assert caplog.records == []


@pytest.mark.parametrize("jumlah", [1, 6])
def test_following_costs_the_same_at_any_number(set_nol, jumlah, count_queries):
    for _ in range(jumlah):
        open_lke()

    with count_queries() as daftar_sql:
        set_nol("0.5")

    sql = [satu for satu in daftar_sql if not satu.startswith(("SAVEPOINT", "RELEASE"))]
    # Heads of up to three chains are written one by one.
    kepala = [satu for satu in sql if satu.startswith('UPDATE "satker_rantairiwayat"')]
    assert len(sql) - len(kepala) <= 20


def test_a_save_under_an_older_setting_is_computed_anew(set_nol, versi):
    """The version was read before the setting changed, and the answer is saved after."""
    penilaian = open_lke(**{KODE: {"jumlah_sasaran": 4, "sasaran_tercapai": 1}})
    lama = get_terpakai(versi)
    set_nol("0.5")
    jawaban = Jawaban.objects.get(penilaian=penilaian, pertanyaan__kode=KODE)
    jawaban.set_jawab({"jumlah_sasaran": Decimal(0), "sasaran_tercapai": Decimal(0)})
    jawaban.save()

    rekap.refresh(penilaian, lama)

    assert_explained(penilaian)


def test_a_refused_setting_is_not_remembered_by_the_process(set_nol, versi, monkeypatch):
    """What was read inside a transaction that failed must not answer for a later setting with the
    same number."""
    open_lke()

    def fail(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(rekap, "write_many", fail)
        with pytest.raises(RuntimeError):
            set_nol("0.75")
    set_nol("0.25")

    terpakai = get_terpakai(VersiInstrumen.objects.get(pk=versi.pk))
    assert terpakai.isi.pertanyaan[KODE].rumus.nol == Decimal("0.25")


def test_saving_goes_on_with_the_new_rule(set_nol):
    penilaian = open_lke()
    set_nol("0.5")

    pengisian.save_jawaban(
        Penilaian.objects.get(pk=penilaian.pk),
        "A.I.1.i.a",
        mentah="Tidak",
        catatan="",
        versi_isi=1,
        by=None,
    )

    assert_explained(penilaian)


# --- documents ----------------------------------------------------------------------------------
AWAL = [
    ("SK tim kerja ZI tahun berjalan", False, "sekali", False),
    ("Undangan dan daftar hadir rapat pembentukan", False, "sekali", False),
    ("Notula rapat pembentukan", False, "sekali", False),
]


def list_pk(kode="A.I.1.i.a"):
    return list(
        DokumenDiminta.objects.filter(pertanyaan__kode=kode)
        .order_by("urutan", "pk")
        .values_list("pk", flat=True)
    )


def test_documents_are_set_ordered_added_and_withdrawn(set_dokumen, instansi, versi):
    sk, undangan, notula = list_pk()
    assert list_dokumen() == AWAL

    set_dokumen(
        [
            IsiDokumen("", wajib=True, urutan=2, pk=sk),
            IsiDokumen("", ditarik=True, urutan=9, pk=undangan),
            IsiDokumen("", berkala="bulan", urutan=1, pk=notula),
            IsiDokumen("Foto apel", wajib=True, berkala="triwulan", urutan=3),
        ]
    )

    assert list_dokumen() == [
        ("Notula rapat pembentukan", False, "bulan", False),
        ("SK tim kerja ZI tahun berjalan", True, "sekali", False),
        ("Foto apel", True, "triwulan", False),
        ("Undangan dan daftar hadir rapat pembentukan", False, "sekali", True),
    ]
    kini = VersiInstrumen.objects.get(pk=versi.pk)
    assert kini.pengaturan == 1
    assert [satu.nama for satu in get_terpakai(kini).dokumen["A.I.1.i.a"]] == [
        "Notula rapat pembentukan",
        "SK tim kerja ZI tahun berjalan",
        "Foto apel",
    ]
    baris = Riwayat.objects.of(instansi)[0]
    assert (baris.kejadian, baris.objek) == (
        "dokumen diminta diatur",
        f"versi:{versi.pk}:A.I.1.i.a",
    )
    assert [satu["nama"] for satu in baris.isi["sebelum"]["dokumen"]] == [satu[0] for satu in AWAL]
    assert [satu["ditarik"] for satu in baris.isi["sesudah"]["dokumen"]] == [False] * 3 + [True]


def test_a_withdrawn_document_comes_back(set_dokumen):
    sk = list_pk()[0]
    set_dokumen([IsiDokumen("", ditarik=True, urutan=1, pk=sk)])
    set_dokumen([IsiDokumen("", ditarik=False, urutan=1, pk=sk)])

    assert list_dokumen() == AWAL


@pytest.mark.parametrize(
    ("daftar", "pesan"),
    [
        ([IsiDokumen(" ")], "Nama dokumen wajib diisi."),
        ([IsiDokumen("x" * 201)], "Nama dokumen paling panjang 200 huruf."),
        (
            [IsiDokumen("notula RAPAT pembentukan")],
            "Dokumen notula RAPAT pembentukan sudah ada.",
        ),
        ([IsiDokumen("Baru"), IsiDokumen("baru")], "Dokumen baru sudah ada."),
        ([IsiDokumen("Baru", berkala="minggu")], "Baru: pilih sekali, triwulan, atau bulan."),
        ([IsiDokumen(f"D {n}") for n in range(28)], "Satu pertanyaan paling banyak 30 dokumen."),
        ([], "Tidak ada yang berubah."),
    ],
)
def test_documents_that_cannot_be_are_refused_and_nothing_changes(set_dokumen, daftar, pesan):
    sebelum = read_state()

    with pytest.raises(AlurError) as error:
        set_dokumen(daftar)

    assert str(error.value) == pesan
    assert read_state() == sebelum


def test_a_withdrawn_name_is_told_when_it_is_added_again(set_dokumen):
    set_dokumen([IsiDokumen("", ditarik=True, urutan=1, pk=list_pk()[0])])

    with pytest.raises(AlurError, match="sudah ada dan sudah ditarik; batalkan penarikannya"):
        set_dokumen([IsiDokumen(AWAL[0][0])])


def test_of_two_who_set_the_second_is_told(set_dokumen):
    set_dokumen([IsiDokumen("Baru")])
    sebelum = read_state()

    with pytest.raises(UsangError):
        set_dokumen([IsiDokumen("Lain")], nomor=0)

    assert read_state() == sebelum


def test_a_document_of_another_question_is_refused(set_dokumen):
    sebelum = read_state()

    with pytest.raises(UsangError):
        set_dokumen([IsiDokumen("", wajib=True, pk=list_pk("A.I.1.i.b")[0])])

    assert read_state() == sebelum
