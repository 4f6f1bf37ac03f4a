"""The rules of the X-ray, one by one: what contradicts, what only looks so."""

import datetime
from decimal import Decimal

import pytest

from penilaian.instrumen import load_bawaan
from penilaian.jawaban import read_jawaban
from penilaian.models import Tingkat
from penilaian.xray import ATURAN, Lembar, Luar, Pakai, get_aturan, plan, run
from penilaian.xray.bukti import looks_back
from penilaian.xray.catatan import find_tahun
from penilaian.xray.sebutan import Unit, find_sebutan, is_lain

ISI = load_bawaan()
TAHUN = 2022
ADUAN, DISIPLIN, LHKPN = "A.II.5.ii.a", "A.II.3.iii.a", "A.II.5.iii.a"
AGEN, MENYATU, SASARAN = "A.II.1.i.a", "A.II.1.i.b", "A.II.4.i.a"
SATU, DUA, LAIN = "A.I.1.i.a", "A.I.1.i.b", "A.I.2.i.a"


def make_lembar(jawaban=None, **isi):
    jawab = {
        kode: read_jawaban(ISI.pertanyaan[kode], mentah) for kode, mentah in (jawaban or {}).items()
    }
    return Lembar(ISI, TAHUN, jawab, nama="Lapas Contoh A", **isi)


def find(lembar, *daftar_aturan):
    """Every finding of the whole LKE as (rule, level, question, first fact, second fact)."""
    semua = plan(ISI, ISI.pertanyaan, ISI.pertanyaan)
    hasil = [
        (aturan.kode, aturan.get_tingkat(temu), temu.kode, temu.satu, temu.dua)
        for aturan, temu in run(lembar, semua)
    ]
    return [satu for satu in hasil if not daftar_aturan or satu[0] in daftar_aturan]


def test_levels_are_those_of_the_model_and_codes_fit_their_column():
    assert {satu.tingkat for satu in ATURAN} == set(Tingkat.values)
    assert {satu.ringan for satu in ATURAN} == {"", "catatan"}
    assert len({satu.kode for satu in ATURAN}) == len(ATURAN)
    assert max(len(satu.kode) for satu in ATURAN) <= 40


def test_an_empty_lke_and_a_sound_one_say_nothing():
    assert find(make_lembar()) == []
    jawaban = {
        AGEN: {"jumlah_agen": 6, "jumlah_perubahan": 6},
        MENYATU: {"jumlah_perubahan": 6, "jumlah_terintegrasi": 5},
        ADUAN: {"aduan_wajib": 12, "aduan_proses": 1, "aduan_selesai": 11},
        DISIPLIN: {"pelanggaran_lalu": 4, "pelanggaran_ini": 1, "pelanggaran_disanksi": 1},
        SATU: "Tidak",
        LAIN: "B",
    }
    assert find(make_lembar(jawaban, catatan={SATU: "Rapat tahun 2022 di aula."})) == []


# --- counts -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kode", "isian", "satu", "dua"),
    [
        (
            ADUAN,
            {"aduan_wajib": 12, "aduan_proses": 0, "aduan_selesai": 14},
            "Jumlah pengaduan yang selesai ditindaklanjuti: 14",
            "Jumlah pengaduan yang harus ditindaklanjuti: 12",
        ),
        (
            ADUAN,
            {"aduan_wajib": 12, "aduan_proses": 3, "aduan_selesai": 10},
            "Jumlah pengaduan yang sedang diproses: 3 dan Jumlah pengaduan yang selesai "
            "ditindaklanjuti: 10, bersama 13",
            "Jumlah pengaduan yang harus ditindaklanjuti: 12",
        ),
        (
            LHKPN,
            {"lhkpn_kepala": 1, "lhkpn_pejabat": 4, "lhkpn_lainnya": 2, "lhkpn_sudah": 8},
            "Jumlah yang sudah melapor: 8",
            "Jumlah wajib lapor LHKPN: 7",
        ),
        (
            "A.II.5.iii.b",
            {
                "lhkasn_administrator": 2,
                "lhkasn_pengawas": 9,
                "lhkasn_fungsional": 1989,
                "lhkasn_sudah": 2001,
            },
            "Jumlah yang sudah melapor: 2.001",
            "Jumlah wajib lapor LHKASN/non-LHKPN: 2.000",
        ),
        (
            SASARAN,
            {"jumlah_sasaran": 8, "sasaran_tercapai": 9},
            "Banyaknya sasaran yang terpenuhi penuh (100% ke atas): 9",
            "Banyaknya sasaran kinerja satker: 8",
        ),
        (
            "A.II.6.i.b",
            {"layanan_terdata": 12, "layanan_dipermudah": 14},
            "Jumlah perizinan/layanan yang sudah dipermudah: 14",
            "Jumlah perizinan/layanan yang terdata: 12",
        ),
        (
            MENYATU,
            {"jumlah_perubahan": 0, "jumlah_terintegrasi": 1},
            "Jumlah perubahan yang sudah menyatu dalam sistem manajemen: 1",
            "Jumlah perubahan yang dihasilkan: 0",
        ),
    ],
)
def test_a_part_is_not_more_than_its_whole(kode, isian, satu, dua):
    assert find(make_lembar({kode: isian})) == [("angka_melebihi", "harus", kode, satu, dua)]


def test_every_ratio_of_the_form_is_looked_at():
    rasio = [satu for satu in ISI.daftar_pertanyaan if satu.rumus and satu.rumus.jenis == "rasio"]
    for satu in rasio:
        isian = {m.kode: 9 if m.kode == satu.rumus.atas else 1 for m in satu.daftar_isian}
        aturan = {temu[0] for temu in find(make_lembar({satu.kode: isian}))}
        assert aturan == ({"perubahan_agen"} if satu.kode == AGEN else {"angka_melebihi"})
    assert len(rasio) == 7


def test_as_many_as_all_is_sound_and_a_missing_number_says_nothing():
    penuh = {"aduan_wajib": 12, "aduan_proses": 2, "aduan_selesai": 10}
    assert find(make_lembar({ADUAN: penuh})) == []
    assert find(make_lembar({ADUAN: {"aduan_wajib": 1, "aduan_selesai": 5}})) == []


def test_more_changes_than_agents_are_only_noted():
    lembar = make_lembar({AGEN: {"jumlah_agen": 5, "jumlah_perubahan": 7}})

    assert find(lembar) == [
        (
            "perubahan_agen",
            "catatan",
            AGEN,
            "Jumlah perubahan yang dihasilkan: 7 (dihitung paling banyak 100%)",
            "Jumlah agen perubahan: 5",
        )
    ]


def test_more_sanctions_than_violations_are_to_be_looked_at():
    isian = {"pelanggaran_lalu": 4, "pelanggaran_ini": 1, "pelanggaran_disanksi": 2}

    assert find(make_lembar({DISIPLIN: isian})) == [
        (
            "sanksi_melebihi",
            "sebaiknya",
            DISIPLIN,
            "Jumlah pelanggaran yang sudah diberi sanksi: 2",
            "Jumlah pelanggaran tahun ini: 1",
        )
    ]


def test_the_same_number_asked_twice_is_the_same():
    jawaban = {
        AGEN: {"jumlah_agen": 7, "jumlah_perubahan": 7},
        MENYATU: {"jumlah_perubahan": 6, "jumlah_terintegrasi": 6},
    }
    assert find(make_lembar(jawaban)) == [
        (
            "jumlah_beda",
            "harus",
            MENYATU,
            "Di nomor 88 jumlah perubahan yang dihasilkan 7",
            "Di nomor 89 jumlah perubahan yang dihasilkan 6",
        )
    ]
    # It is known as soon as both are typed, whatever else is missing.
    setengah = {AGEN: {"jumlah_perubahan": 7}, MENYATU: {"jumlah_perubahan": 6}}
    assert [satu[0] for satu in find(make_lembar(setengah))] == ["jumlah_beda"]
    assert find(make_lembar({AGEN: {"jumlah_perubahan": 7}})) == []


@pytest.mark.parametrize(
    ("kode", "isian", "tingkat", "dua"),
    [
        (
            LHKPN,
            dict.fromkeys(("lhkpn_kepala", "lhkpn_pejabat", "lhkpn_lainnya", "lhkpn_sudah"), 0),
            "sebaiknya",
            "dihitung 1,00 dari 1,00 menurut usulan, belum ada aturan resmi",
        ),
        (
            SASARAN,
            {"jumlah_sasaran": 0, "sasaran_tercapai": 0},
            "catatan",
            "dihitung 0,00 dari 1,00 menurut usulan, belum ada aturan resmi",
        ),
        (
            DISIPLIN,
            {"pelanggaran_lalu": 0, "pelanggaran_ini": 0, "pelanggaran_disanksi": 0},
            "catatan",
            "dihitung 1,00 dari 1,00 menurut rumus lembar kerja",
        ),
        (
            DISIPLIN,
            {"pelanggaran_lalu": 0, "pelanggaran_ini": 2, "pelanggaran_disanksi": 2},
            "catatan",
            "dihitung 0,00 dari 1,00 menurut usulan, belum ada aturan resmi",
        ),
    ],
)
def test_a_base_of_zero_is_told_with_what_it_is_worth_and_by_which_rule(kode, isian, tingkat, dua):
    [satu] = find(make_lembar({kode: isian}))

    assert satu[:3] == ("basis_nol", tingkat, kode)
    assert satu[3].endswith(": 0")
    assert satu[4] == f"Tidak dapat dibagi nol: {dua}"


def test_an_admins_rule_for_zero_is_the_one_told():
    isi = ISI.with_aturan_nol({SASARAN: Decimal("0.5")})
    jawab = {SASARAN: {"jumlah_sasaran": Decimal(0), "sasaran_tercapai": Decimal(0)}}

    [(aturan, temu)] = run(Lembar(isi, TAHUN, jawab), plan(isi, [SASARAN]))

    assert aturan.get_tingkat(temu) == "sebaiknya"
    assert "dihitung 0,50 dari 1,00" in temu.dua


# --- evidence ---------------------------------------------------------------------------------------
def pakai(bukti=1, nama="SK", berkas=1, tahun=None, **isi):
    if tahun:
        dari, sampai = datetime.date(tahun, 1, 1), datetime.date(tahun, 12, 31)
        isi = {"dari": dari, "sampai": sampai, "periode": f"tahun {tahun}"} | isi
    return Pakai(bukti, nama, berkas, **isi)


@pytest.mark.parametrize(("kode", "jawaban"), [(SATU, "Ya"), (DUA, "A"), (LAIN, "A")])
def test_the_best_option_wants_evidence(kode, jawaban):
    temuan = ("terbaik_tanpa_bukti", "sebaiknya", kode)
    assert [satu[:3] for satu in find(make_lembar({kode: jawaban}))] == [temuan]
    assert find(make_lembar({kode: jawaban}, bukti={kode: [pakai()]})) == []
    assert find(make_lembar({kode: "Tidak" if kode == SATU else "B"})) == []


def test_an_index_wants_its_survey():
    jawaban = {"B.I.a": {"indeks": "3.7"}, "B.II.a": {"indeks": "3.641"}}
    assert find(make_lembar(jawaban, bukti={"B.II.a": [pakai()]})) == [
        (
            "indeks_tanpa_survei",
            "sebaiknya",
            "B.I.a",
            "Indeks survei 3,70",
            "Belum ada hasil survei sebagai bukti",
        )
    ]


def test_questions_that_look_back_are_known_by_the_instrument():
    assert [satu.kode for satu in ISI.daftar_pertanyaan if looks_back(satu)] == [DISIPLIN, "B.I.b"]


@pytest.mark.parametrize(
    ("kode", "isi", "tingkat"),
    [
        (SATU, {"tahun": 2022}, None),
        (SATU, {"tahun": 2021}, "catatan"),
        (SATU, {"tahun": 2020}, "sebaiknya"),
        (SATU, {"tahun": 2023}, "sebaiknya"),
        (DISIPLIN, {"tahun": 2021}, None),
        (DISIPLIN, {"tahun": 2020}, "sebaiknya"),
        (SATU, {"tahun": 2020, "berlaku": True}, None),
        # Touching the year is enough, and an end that is open touches it.
        (SATU, {"tahun": 2020, "sampai": datetime.date(2022, 1, 1)}, None),
        (SATU, {"tahun": 2020, "sampai": None}, None),
        (SATU, {"tahun": 2020, "dari": None}, "sebaiknya"),
        (SATU, {"tahun": 2023, "sampai": None}, "sebaiknya"),
        (SATU, {}, None),
    ],
)
def test_evidence_of_another_year(kode, isi, tingkat):
    hasil = find(make_lembar(bukti={kode: [pakai(**isi)]}))

    assert [satu[:3] for satu in hasil] == (
        [("bukti_luar_tahun", tingkat, kode)] if tingkat else []
    )


def test_a_link_that_nobody_opens():
    mati = pakai(nama="Foto", berkas=None, masalah="perlu masuk akun")
    assert find(make_lembar(bukti={SATU: [mati, pakai(2, berkas=None)]})) == [
        (
            "tautan_tertutup",
            "sebaiknya",
            SATU,
            "“Foto” hanya tautan, tidak tersimpan",
            "Tidak dapat dibuka peninjau: perlu masuk akun",
        )
    ]


def test_the_same_content_twice_under_one_question():
    daftar = [pakai(1, "SK"), pakai(2, "SK lagi"), pakai(3, "Foto", 2)]
    assert find(make_lembar(bukti={SATU: daftar})) == [
        (
            "bukti_kembar",
            "sebaiknya",
            SATU,
            "Isi “SK” dan “SK lagi” sama persis",
            "Terpasang 2 kali di nomor 1",
        )
    ]


def test_one_file_within_a_sub_unsur_is_noted_unless_its_pages_differ():
    def look(halaman_satu, halaman_dua, kode_dua=DUA):
        bukti = {SATU: [pakai(halaman=halaman_satu)], kode_dua: [pakai(halaman=halaman_dua)]}
        return find(make_lembar(bukti=bukti))

    assert look(None, None) == [
        (
            "berkas_berulang",
            "catatan",
            SATU,
            "“SK”, tanpa halaman, dipakai nomor 1 dan 2",
            "Pertanyaan dalam satu sub-unsur menanyakan hal yang berbeda",
        )
    ]
    assert [satu[0] for satu in look(3, 3)] == ["berkas_berulang"]
    assert look(3, 4) == look(None, 4) == look(None, None, LAIN) == []


def test_one_file_nearly_everywhere_without_a_page():
    kode = [satu.kode for satu in ISI.daftar_pertanyaan][:80:10]
    bukti = {satu: [pakai()] for satu in kode}
    assert [satu[:4] for satu in find(make_lembar(bukti=bukti), "berkas_banyak")] == [
        ("berkas_banyak", "catatan", SATU, "“SK” dipakai 8 pertanyaan")
    ]
    bukti[kode[3]] = [pakai(halaman=5)]
    assert find(make_lembar(bukti=bukti), "berkas_banyak") == []


def test_content_of_other_units_is_told_with_both_places():
    luar = {SATU: [Luar(pakai(), ["Rutan A (LKE 2022 nomor 3)"]), Luar(pakai(2), ["X"], True)]}
    aturan = get_aturan("berkas_satker_lain")

    satu, dua = aturan.periksa(make_lembar(luar=luar), SATU)

    assert (satu.satu, satu.dua) == (
        "“SK” di nomor 1",
        "Isi yang sama dipakai Rutan A (LKE 2022 nomor 3)",
    )
    assert dua.dua == "Isi yang sama dipakai X dan satker lain lagi"
    assert [aturan.get_tingkat(temu) for temu in (satu, dua)] == ["sebaiknya", "catatan"]
    assert find(make_lembar(luar=luar)) == []


# --- notes ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("catatan", "tahun"),
    [
        ("Rapat tahun 2021 dan 2020.", [2020, 2021]),
        ("Sesuai PermenPANRB Nomor 90 Tahun 2021.", []),
        ("Peraturan Menteri PANRB tentang ZI tahun 2021", []),
        ("PP 94 Tahun 2021; UU No. 5 Tahun 2014", []),
        ("SK nomor W6.PAS-12/2021 berlaku", []),
        ("SK Tim tahun 2021", [2021]),
        ("notula rapat sejak tahun 2019", [2019]),
        ("rapat 12/05/2021 dan 3-6-2020", [2020, 2021]),
        ("Renstra 2020-2024 dan 2020 s.d. 2024", []),
        ("Renstra 2015-2019", [2015, 2019]),
        ("telepon 0811202144, NIP 19850101 200903 1 001, Rp2.021.000, 2021,5", []),
        ("selesai Desember 2021, lalu Januari 2022.", [2021, 2022]),
    ],
)
def test_years_are_found_beside_numbers_of_letters(catatan, tahun):
    assert find_tahun(catatan, TAHUN) == tahun


@pytest.mark.parametrize(
    ("kode", "catatan", "tingkat"),
    [
        (SATU, "Kegiatan tahun 2022", None),
        (SATU, "Kegiatan tahun 2021", "catatan"),
        (SATU, "Naik dari 2021 ke 2022", None),
        (SATU, "Kegiatan tahun 2020", "sebaiknya"),
        (SATU, "Kegiatan tahun 2023", "sebaiknya"),
        (SATU, "2020, 2021 dan 2022", "sebaiknya"),
        (DISIPLIN, "Pelanggaran tahun 2021", None),
        (DISIPLIN, "Pelanggaran tahun 2019", "sebaiknya"),
    ],
)
def test_a_note_of_another_year(kode, catatan, tingkat):
    hasil = find(make_lembar(catatan={kode: catatan}))

    assert [satu[:3] for satu in hasil] == (
        [("catatan_tahun_lain", tingkat, kode)] if tingkat else []
    )


def test_the_years_are_named():
    [satu] = find(make_lembar(catatan={SATU: "Tahun 2019, 2020, 2021"}))

    assert satu[3:] == ("Catatan menyebut tahun 2019, 2020 dan 2021", "Yang dinilai tahun 2022")


@pytest.mark.parametrize(
    ("catatan", "sebutan"),
    [
        ("Studi tiru ke Lapas Kelas IIA Muara Beliti kemarin", [("lapas", ("muara", "beliti"))]),
        ("LEMBAGA PEMASYARAKATAN PEREMPUAN PALEMBANG", [("lapas", ("palembang",))]),
        ("Rumah Tahanan Negara Kelas I Surabaya", [("rutan", ("surabaya",))]),
        ("Kanwil Kemenkumham Jawa Timur", [("kanwil", ("jawa", "timur"))]),
        ("Kantor Imigrasi Kelas II Non TPI Kota Kediri", [("kanim", ("kediri",))]),
        ("Bapas Jember dan LPKA Blitar", [("bapas", ("jember",)), ("lpka", ("blitar",))]),
        ("Lapas Kelas IIA telah rapat; lapas ini; Kanwil", []),
        ("Kepala rutan memimpin apel", []),
    ],
)
def test_names_of_units_are_a_type_and_a_place(catatan, sebutan):
    assert [(satu.jenis, satu.tempat) for satu in find_sebutan(catatan)] == sebutan


def test_only_a_name_of_another_unit_counts():
    daftar = [
        Unit(" lapas kelas 2a lahat sumatera ", milik=True),
        Unit(" lapas kelas 2a muara beliti narkotika ", milik=False),
        Unit(" rutan kelas 1 lahat ", milik=False),
        Unit(" kanwil kantor wilayah sumatera selatan ", milik=True),
    ]

    def look(teks):
        return [is_lain(satu, daftar) for satu in find_sebutan(teks)]

    assert look("Lapas Lahat Baik Sekali") == [False]
    assert look("Lapas Narkotika Muara Beliti") == [True]
    assert look("Rutan Lahat") == [True]
    assert look("Kanwil Sumatera Selatan") == [False]
    assert look("Lapas Entah Di Mana") == [False]


def test_a_note_that_names_another_unit():
    lembar = make_lembar(catatan={SATU: "…"}, sebutan={SATU: ["Lapas Jember"]})
    assert find(lembar) == [
        (
            "catatan_satker_lain",
            "sebaiknya",
            SATU,
            "Catatan menyebut “Lapas Jember”",
            "LKE ini milik Lapas Contoh A",
        )
    ]


def test_a_long_note_is_read_in_no_time():
    from time import perf_counter

    awal = perf_counter()
    for teks in ("2021/" * 800, "20" * 2000, "nomor " * 600, "Lapas Kelas " * 300, "a/" * 2000):
        find_tahun(teks, TAHUN)
        find_sebutan(teks)
    assert perf_counter() - awal < 1


# --- which rules run again --------------------------------------------------------------------------
def test_an_answer_runs_the_rules_that_read_it_under_its_question():
    rencana = plan(ISI, jawaban=[AGEN])

    assert rencana.bagian["angka_melebihi"] == {AGEN}
    assert rencana.bagian["jumlah_beda"] == {MENYATU}
    assert rencana.daftar_kode == {AGEN, MENYATU}
    assert rencana.seluruh == []
    for tidak in ("bukti_luar_tahun", "tautan_tertutup", "bukti_kembar", "berkas_berulang"):
        assert tidak not in rencana.bagian


def test_evidence_runs_the_rules_that_read_evidence():
    rencana = plan(ISI, bukti=[SATU])

    assert set(rencana.bagian) == {
        *("terbaik_tanpa_bukti", "indeks_tanpa_survei", "tautan_tertutup", "bukti_luar_tahun"),
        *("bukti_kembar", "berkas_berulang", "berkas_banyak"),
    }
    assert rencana.seluruh == ["berkas_berulang", "berkas_banyak"]
    assert rencana.holds("berkas_berulang", LAIN)
    assert rencana.holds("bukti_kembar", SATU)
    assert not rencana.holds("bukti_kembar", LAIN)
    assert not rencana.holds("catatan_tahun_lain", SATU)
