"""Findings are kept with what they speak of: found, gone, open again, accepted with a reason."""

import datetime
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from integritas.alur import AlurError
from penilaian import temuan
from penilaian.alur import pengisian
from penilaian.alur import temuan as alur
from penilaian.bukti import langkah
from penilaian.bukti.langkah import Rincian
from penilaian.instrumen import load_bawaan
from penilaian.models import (
    AreaPenilaian,
    Jawaban,
    PemakaianBukti,
    Penilaian,
    Rekap,
    RevisiBukti,
    Temuan,
)
from penilaian.versi import get_terpakai
from satker.models import Riwayat
from tests.factories import (
    BuktiFactory,
    KepalaFactory,
    OperatorFactory,
    PenilaianFactory,
    SatkerFactory,
    TimKanwilFactory,
)
from tests.penilaian.bukti.contoh import add_bukti
from tests.penilaian.isian_acak import fill

pytestmark = pytest.mark.django_db
SATU, DUA, ADUAN = "A.I.1.i.a", "A.I.1.i.b", "A.II.5.ii.a"
AGEN, MENYATU = "A.II.1.i.a", "A.II.1.i.b"
LEBIH = {"aduan_wajib": 12, "aduan_proses": 0, "aduan_selesai": 14}
WAJAR = {"aduan_wajib": 14, "aduan_proses": 0, "aduan_selesai": 14}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def penilaian():
    return PenilaianFactory()


@pytest.fixture
def operator(penilaian):
    return OperatorFactory(satker=penilaian.satker)


def save(penilaian, kode, mentah, catatan="", by=None):
    ada = Jawaban.objects.filter(penilaian=penilaian, pertanyaan__kode=kode).first()
    return pengisian.save_jawaban(
        penilaian,
        kode,
        mentah=mentah,
        catatan=catatan,
        versi_isi=ada.versi_isi if ada else 0,
        by=by,
    )


def list_aturan(penilaian):
    """What stands there, by rule and question."""
    return sorted(
        Temuan.objects.filter(penilaian=penilaian).values_list("aturan", "pertanyaan__kode")
    )


def get_jumlah(penilaian):
    rekap = Rekap.objects.get(penilaian=penilaian, lapis="satker")
    return rekap.jumlah_harus, rekap.jumlah_sebaiknya


def take(penilaian):
    kolom = ("aturan", "kunci", "tingkat", "pertanyaan", "fakta_satu", "fakta_dua", "alasan")
    daftar = Temuan.objects.filter(penilaian=penilaian).order_by("aturan", "kunci")
    return list(daftar.values_list(*kolom)), get_jumlah(penilaian)


def assert_same_as_anew(penilaian):
    """What steps left behind is what every rule finds when all run again."""
    sebelum = take(penilaian)
    assert alur.run_xray(penilaian) is False, sebelum
    assert take(penilaian) == sebelum


# --- found and gone -----------------------------------------------------------------------------
def test_an_answer_that_cannot_be_is_found_and_gone_when_mended(penilaian):
    save(penilaian, ADUAN, LEBIH)
    satu = Temuan.objects.get()
    assert (satu.aturan, satu.tingkat, satu.kunci) == ("angka_melebihi", "harus", ADUAN)
    assert satu.fakta_satu == "Jumlah pengaduan yang selesai ditindaklanjuti: 14"
    assert get_jumlah(penilaian) == (1, 0)

    save(penilaian, ADUAN, WAJAR)

    assert list_aturan(penilaian) == []
    assert get_jumlah(penilaian) == (0, 0)


def test_a_save_that_changes_no_finding_writes_none(penilaian, count_queries):
    save(penilaian, ADUAN, LEBIH)

    with count_queries() as daftar_sql:
        save(penilaian, ADUAN, LEBIH, "dihitung ulang")

    tulis = [satu for satu in daftar_sql if not satu.lstrip().startswith("SELECT")]
    assert [satu for satu in tulis if "penilaian_temuan" in satu] == []


def test_a_save_asks_two_statements_more_when_one_finding_goes_and_another_comes(
    penilaian, count_queries
):
    save(penilaian, SATU, "Tidak", "Kegiatan tahun 2015")

    with count_queries() as daftar_sql:
        save(penilaian, SATU, "Ya", "Kegiatan")

    assert list_aturan(penilaian) == [("terbaik_tanpa_bukti", SATU)]
    # One is the test's own; a page asks four more, for who asks and for its assessment.
    assert len([satu for satu in daftar_sql if "SAVEPOINT" not in satu]) - 1 + 4 == 14


def test_a_number_under_one_question_is_a_finding_under_another(penilaian):
    save(penilaian, AGEN, {"jumlah_agen": 7, "jumlah_perubahan": 7})
    save(penilaian, MENYATU, {"jumlah_perubahan": 6, "jumlah_terintegrasi": 6})
    assert list_aturan(penilaian) == [("jumlah_beda", MENYATU)]

    hasil = save(penilaian, AGEN, {"jumlah_agen": 7, "jumlah_perubahan": 6})

    assert list_aturan(penilaian) == []
    assert hasil.daftar_temuan == {AGEN: [], MENYATU: []}


def test_a_save_tells_all_that_stands_under_its_question(penilaian):
    BuktiFactory(penilaian=penilaian, kode=SATU, tautan="https://a.invalid", keadaan="mati")
    alur.run_xray(penilaian)

    hasil = save(penilaian, SATU, "Ya", "Kegiatan tahun 2015")

    assert [satu.aturan for satu in hasil.daftar_temuan[SATU]] == [
        "tautan_tertutup",
        "catatan_tahun_lain",
    ]


def test_a_draft_says_nothing_yet(penilaian):
    save(penilaian, ADUAN, LEBIH, "tahun 2015")
    Jawaban.objects.update(draf=True)

    alur.run_xray(penilaian)

    assert list_aturan(penilaian) == []


def test_many_answers_at_once_are_looked_at_like_one(penilaian):
    pengisian.write_many(
        penilaian, {ADUAN: LEBIH, SATU: "Ya", DUA: "B"}, by=None, catatan={DUA: "tahun 2015"}
    )

    assert list_aturan(penilaian) == [
        ("angka_melebihi", ADUAN),
        ("catatan_tahun_lain", DUA),
        ("terbaik_tanpa_bukti", SATU),
    ]
    assert get_jumlah(penilaian) == (1, 2)
    assert_same_as_anew(penilaian)


def test_a_note_that_names_another_unit_is_told_by_the_register(penilaian):
    posisi = penilaian.satker.kedudukansatker_set.get()
    posisi.nama = "Lapas Kelas IIA Lahat"
    posisi.fill_cari().save()
    SatkerFactory(nama="Lapas Kelas I Jember", kanwil=posisi.kanwil)
    SatkerFactory(nama="Lapas Kelas IIA Maya", contoh=True)

    def note(teks):
        save(penilaian, SATU, "Tidak", teks)
        return [s.fakta_satu for s in Temuan.objects.filter(aturan="catatan_satker_lain")]

    assert note("Apel di Lapas Lahat dan Kanwil") == []
    assert note("Sama dengan Lapas Jember Kelas IIA") == [
        "Catatan menyebut “Lapas Jember Kelas IIA”"
    ]
    # Invented offices are none to copy from.
    assert note("Sama dengan Lapas Maya") == []
    assert_same_as_anew(penilaian)


# --- evidence -------------------------------------------------------------------------------------
def test_evidence_takes_the_finding_away_and_its_removal_brings_it_back(penilaian):
    save(penilaian, SATU, "Ya")
    assert get_jumlah(penilaian) == (0, 1)

    pakai = add_bukti(penilaian, SATU, "SK")
    assert (list_aturan(penilaian), get_jumlah(penilaian)) == ([], (0, 0))

    langkah.unlink(pakai, by=None)
    assert list_aturan(penilaian) == [("terbaik_tanpa_bukti", SATU)]
    assert get_jumlah(penilaian) == (0, 1)


def test_every_step_on_evidence_is_looked_at(penilaian):
    lama = Rincian(
        periode_dari=datetime.date(2015, 1, 1), periode_sampai=datetime.date(2015, 6, 30)
    )
    pakai = add_bukti(
        penilaian, SATU, "SK", periode_dari=lama.periode_dari, periode_sampai=lama.periode_sampai
    )
    assert list_aturan(penilaian) == [("bukti_luar_tahun", SATU)]
    assert Temuan.objects.get().fakta_satu == "“SK.pdf” mencakup Januari sampai Juni 2015"

    pakai = langkah.edit_pemakaian(pakai, Rincian(), by=None)
    assert list_aturan(penilaian) == []

    langkah.link_bukti(penilaian, DUA, pakai.bukti, by=None)
    assert list_aturan(penilaian) == [("berkas_berulang", SATU)]

    langkah.edit_pemakaian(pakai, Rincian(halaman=3), by=None)
    assert list_aturan(penilaian) == []

    langkah.add_tautan(penilaian, SATU, "https://a.invalid/x", by=None, rincian=lama)
    assert list_aturan(penilaian) == [("bukti_luar_tahun", SATU)]
    assert_same_as_anew(penilaian)


def test_a_revision_with_the_content_of_another_piece_is_a_twin(penilaian):
    import io

    from tests.penilaian.bukti.contoh import build_pdf

    satu = add_bukti(penilaian, SATU, "SK")
    add_bukti(penilaian, SATU, "Foto")

    langkah.add_revisi(satu, io.BytesIO(build_pdf("Foto")), "SK baru.pdf", by=None)

    assert list_aturan(penilaian) == [("bukti_kembar", SATU)]
    assert_same_as_anew(penilaian)


def test_a_first_file_costs_what_it_did_where_nothing_is_found(penilaian, count_queries):
    add_bukti(penilaian, DUA, "lebih dulu")

    with count_queries() as daftar_sql:
        add_bukti(penilaian, SATU, "SK")

    assert [satu for satu in daftar_sql if 'FROM "penilaian_pemakaianbukti"' in satu] == []


def test_a_link_that_was_checked_is_told_under_every_question_that_shows_it(penilaian):
    pakai = BuktiFactory(penilaian=penilaian, kode=SATU, tautan="https://a.invalid")
    BuktiFactory(penilaian=penilaian, kode=DUA, bukti=pakai.bukti)
    lain = BuktiFactory(tautan="https://b.invalid")
    RevisiBukti.objects.filter(pk=pakai.revisi_id).update(keadaan="mati")

    assert alur.refresh_tautan([pakai.revisi_id, lain.revisi_id]) == 1

    assert list_aturan(penilaian) == [("tautan_tertutup", SATU), ("tautan_tertutup", DUA)]
    assert get_jumlah(penilaian) == (0, 2)
    assert alur.refresh_tautan([pakai.revisi_id]) == 0
    RevisiBukti.objects.update(keadaan="hidup")
    assert alur.refresh_tautan([pakai.revisi_id]) == 1
    assert (list_aturan(penilaian), get_jumlah(penilaian)) == ([], (0, 0))


# --- all rules anew -------------------------------------------------------------------------------
@pytest.mark.parametrize("benih", range(6))
def test_steps_in_any_order_leave_what_all_rules_find(penilaian, benih):
    acak = random.Random(benih)
    daftar = load_bawaan().daftar_pertanyaan
    # Few enough that steps meet under the same question.
    kode = [SATU, DUA, ADUAN, AGEN, MENYATU, "A.II.3.iii.a", "B.I.a", "A.II.4.i.a"]
    kode += [satu.kode for satu in acak.sample(daftar, 6)]
    catatan = ["", "", "tahun 2015", f"tahun {penilaian.tahun - 1}", "Lapas Kelas IIA Uji"]

    def pick_rincian():
        tahun = penilaian.tahun - acak.choice([0, 0, 1, 3])
        return acak.choice(
            [
                Rincian(),
                Rincian(halaman=3),
                Rincian(datetime.date(tahun, 1, 1), datetime.date(tahun, 3, 31)),
            ]
        )

    def pick_pakai():
        return acak.choice(list(PemakaianBukti.objects.select_related("bukti").order_by("pk")))

    def run(satu):
        langkah_acak = acak.choice(
            ["jawab"] * 4 + ["banyak", "berkas", "tautan", "pakai", "ubah", "lepas"]
        )
        if langkah_acak == "jawab":
            mentah = fill(acak, 1).get(satu) if acak.random() < 0.9 else None
            save(penilaian, satu, mentah, acak.choice(catatan))
        elif langkah_acak == "banyak":
            semua = fill(acak, 0.5)
            pengisian.write_many(penilaian, {k: v for k, v in semua.items() if k in kode}, by=None)
        elif langkah_acak == "berkas":
            rincian = pick_rincian()
            add_bukti(
                penilaian,
                satu,
                f"isi {acak.random()}",
                periode_dari=rincian.periode_dari,
                periode_sampai=rincian.periode_sampai,
                halaman=rincian.halaman,
            )
        elif langkah_acak == "tautan":
            alamat = f"https://a.invalid/{acak.random()}"
            langkah.add_tautan(penilaian, satu, alamat, by=None, rincian=pick_rincian())
        elif PemakaianBukti.objects.exists():
            pakai = pick_pakai()
            if langkah_acak == "pakai":
                langkah.link_bukti(penilaian, satu, pakai.bukti, by=None, rincian=pick_rincian())
            elif langkah_acak == "ubah":
                langkah.edit_pemakaian(pakai, pick_rincian(), by=None)
            else:
                langkah.unlink(pakai, by=None)

    aturan = set()
    for _ in range(25):
        try:
            run(acak.choice(kode))
        except AlurError:
            # Refused, such as the same evidence twice: nothing is written.
            continue
        aturan |= set(Temuan.objects.values_list("aturan", flat=True))
    assert_same_as_anew(penilaian)
    assert len(aturan) >= 4


def test_run_xray_mends_what_strayed_and_may_run_twice(penilaian):
    lain = PenilaianFactory(tahun=2019)
    pengisian.write_many(penilaian, {ADUAN: LEBIH}, by=None)
    pengisian.write_many(lain, {ADUAN: LEBIH}, by=None)
    Temuan.objects.update(fakta_satu="lama", aturan="aturan_dulu")
    Rekap.objects.update(jumlah_harus=9, jumlah_sebaiknya=9)

    def run(*argumen):
        keluar = StringIO()
        call_command("run_xray", *argumen, stdout=keluar)
        return keluar.getvalue()

    assert run("--satker", penilaian.satker.kode) == "1 LKE diperiksa, 1 berubah temuannya.\n"
    assert list_aturan(penilaian) == [("angka_melebihi", ADUAN)]
    assert list_aturan(lain) == [("aturan_dulu", ADUAN)]
    assert run("--tahun", "2019") == "1 LKE diperiksa, 1 berubah temuannya.\n"
    assert get_jumlah(penilaian) == get_jumlah(lain) == (1, 0)
    assert run() == "2 LKE diperiksa, 0 berubah temuannya.\n"
    with pytest.raises(CommandError, match="Tidak ada LKE yang cocok"):
        run("--tahun", "2018")


# --- accepting ------------------------------------------------------------------------------------
@pytest.fixture
def peringatan(penilaian):
    save(penilaian, SATU, "Ya")
    return Temuan.objects.get()


def get_keadaan():
    model = (Temuan, Rekap, Riwayat)
    return [list(satu.objects.order_by("pk").values()) for satu in model]


def test_a_warning_is_accepted_with_a_reason(penilaian, operator, peringatan):
    alur.accept_temuan(penilaian, peringatan.pk, "  SK di papan  ", by=operator)

    peringatan.refresh_from_db()
    assert (peringatan.alasan, peringatan.diterima_oleh) == ("SK di papan", operator)
    assert get_jumlah(penilaian) == (0, 0)
    riwayat = Riwayat.objects.of(penilaian.satker)[0]
    assert (riwayat.kejadian, riwayat.oleh_id) == ("temuan LKE diterima", operator.pk)
    assert riwayat.objek == f"penilaian:{penilaian.pk}:{SATU}"
    assert riwayat.isi["alasan"] == "SK di papan"
    assert riwayat.isi["sesudah"] == {
        "aturan": "terbaik_tanpa_bukti",
        "fakta": ["Jawaban Ya, nilai penuh", "Belum ada bukti dukung"],
    }


def test_an_acceptance_is_withdrawn(penilaian, operator, peringatan):
    alur.accept_temuan(penilaian, peringatan.pk, "SK di papan", by=operator)

    alur.withdraw_temuan(penilaian, peringatan.pk, "SK ternyata lama", by=operator)

    peringatan.refresh_from_db()
    assert (peringatan.alasan, peringatan.diterima_pada) == ("", None)
    assert get_jumlah(penilaian) == (0, 1)
    riwayat = Riwayat.objects.of(penilaian.satker)[0]
    assert riwayat.kejadian == "penerimaan temuan LKE ditarik"
    assert riwayat.isi["alasan"] == "SK ternyata lama"


def test_the_same_facts_stay_accepted_and_others_are_open_again(penilaian, operator):
    save(penilaian, SATU, "Tidak", "rapat tahun 2015")
    satu = Temuan.objects.get()
    alur.accept_temuan(penilaian, satu.pk, "memang tahun itu", by=operator)

    save(penilaian, SATU, "Tidak", "rapat di tahun 2015")
    alur.run_xray(penilaian)
    satu.refresh_from_db()
    assert satu.alasan == "memang tahun itu"

    save(penilaian, SATU, "Tidak", "rapat di tahun 2015 dan 2016")
    satu.refresh_from_db()
    assert (satu.alasan, satu.diterima_pada, satu.diterima_oleh) == ("", None, None)
    assert get_jumlah(penilaian) == (0, 1)


def test_what_must_be_mended_is_not_accepted(penilaian, operator):
    save(penilaian, ADUAN, LEBIH)
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match="harus diperbaiki; alasan tidak menggantikannya"):
        alur.accept_temuan(penilaian, Temuan.objects.get().pk, "tidak apa", by=operator)

    assert get_keadaan() == sebelum


@pytest.mark.parametrize(
    ("alasan", "pesan"),
    [("", "Alasan wajib diisi"), ("  ", "Alasan wajib diisi"), ("x" * 401, "paling panjang 400")],
)
def test_a_reason_is_needed_and_not_endless(penilaian, operator, peringatan, alasan, pesan):
    sebelum = get_keadaan()

    with pytest.raises(AlurError, match=pesan):
        alur.accept_temuan(penilaian, peringatan.pk, alasan, by=operator)

    assert get_keadaan() == sebelum


def test_only_who_fills_the_area_accepts(penilaian, peringatan):
    sebelum = get_keadaan()
    for orang in (
        OperatorFactory(satker=penilaian.satker, daftar_area=["A.2"]),
        OperatorFactory(),
        TimKanwilFactory(kanwil=penilaian.satker.kedudukansatker_set.get().kanwil),
    ):
        with pytest.raises(AlurError, match=r"Area A\.1 bukan bagian Anda"):
            alur.accept_temuan(penilaian, peringatan.pk, "uji", by=orang)
    assert get_keadaan() == sebelum

    alur.accept_temuan(penilaian, peringatan.pk, "uji", by=KepalaFactory(satker=penilaian.satker))


def test_nothing_is_accepted_or_withdrawn_when_the_assessment_is_shut(
    penilaian, operator, peringatan
):
    terima = {"by": operator}
    kemarin = timezone.localdate() - datetime.timedelta(days=1)
    for shut, pesan in (
        (lambda: Penilaian.objects.update(tutup_pada=kemarin), "sudah ditutup"),
        (
            lambda: (
                Penilaian.objects.update(tutup_pada=penilaian.tutup_pada),
                AreaPenilaian.objects.filter(area="A.1").update(
                    diajukan_pada=timezone.now(), diajukan_oleh=operator
                ),
            ),
            r"Area A\.1 sudah diajukan",
        ),
    ):
        shut()
        sebelum = get_keadaan()
        with pytest.raises(AlurError, match=pesan):
            alur.accept_temuan(penilaian, peringatan.pk, "uji", **terima)
        with pytest.raises(AlurError, match=pesan):
            alur.withdraw_temuan(penilaian, peringatan.pk, "uji", **terima)
        assert get_keadaan() == sebelum


def test_a_finding_that_changed_or_is_gone_is_read_again(penilaian, operator, peringatan):
    sebelum = get_keadaan()
    with pytest.raises(alur.TemuanBerubahError):
        alur.accept_temuan(penilaian, peringatan.pk, "uji", by=operator, tanda="lain")
    with pytest.raises(AlurError, match="belum diterima"):
        alur.withdraw_temuan(penilaian, peringatan.pk, "uji", by=operator)
    assert get_keadaan() == sebelum
    alur.accept_temuan(penilaian, peringatan.pk, "uji", by=operator, tanda=peringatan.tanda)
    with pytest.raises(AlurError, match="sudah diterima"):
        alur.accept_temuan(penilaian, peringatan.pk, "uji", by=operator)

    save(penilaian, SATU, "Tidak")

    with pytest.raises(AlurError, match="sudah tidak ada"):
        alur.accept_temuan(penilaian, peringatan.pk, "uji", by=operator)


def test_a_finding_of_another_assessment_is_none_of_this_one(penilaian, operator):
    lain = PenilaianFactory(satker=penilaian.satker, tahun=2019)
    save(lain, SATU, "Ya")

    with pytest.raises(AlurError, match="sudah tidak ada"):
        alur.accept_temuan(penilaian, Temuan.objects.get().pk, "uji", by=operator)


def test_accepted_findings_leave_the_checklist_and_the_numbers(penilaian, operator, peringatan):
    from penilaian.alur.pengajuan import build_checklist

    assert len(build_checklist(penilaian).daftar_sebaiknya) == 1

    alur.accept_temuan(penilaian, peringatan.pk, "uji", by=operator)

    assert build_checklist(penilaian).daftar_sebaiknya == []
    assert temuan.list_temuan(operator, penilaian, get_terpakai(penilaian.versi))[SATU] == [
        peringatan
    ]


# --- workbooks ------------------------------------------------------------------------------------
def test_a_workbook_is_looked_at_with_its_links(penilaian):
    from penilaian.alur import lembar
    from penilaian.lembar.rencana import Mode
    from tests.penilaian.lke_xlsx import make_n
    from tests.penilaian.test_import_lke import read

    BuktiFactory(penilaian=penilaian, kode=DUA, tautan="https://mati.id/x", keadaan="mati")
    alur.run_xray(penilaian)
    hasil = read(
        make_n(
            {SATU: "Ya", DUA: "A", "A.I.1.ii.a": "Ya", ADUAN: LEBIH},
            ubah={"N6": "https://mati.id/x"},
        )
    )

    lembar.import_lembar(penilaian, hasil, mode=Mode.TIMPA, by=None)

    assert list_aturan(penilaian) == [
        ("angka_melebihi", ADUAN),
        ("tautan_tertutup", SATU),
        ("tautan_tertutup", DUA),
        ("terbaik_tanpa_bukti", "A.I.1.ii.a"),
    ]
    assert get_jumlah(penilaian) == (1, 3)
    assert_same_as_anew(penilaian)
