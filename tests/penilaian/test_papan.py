"""The board of the year: who reads what, most behind first, figures that are doors."""

import csv
import datetime
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from penilaian.alur import area, pembukaan, pengajuan
from penilaian.models import LAPIS_SATKER, AreaPenilaian, LapisPenilaian, Penilaian, Rekap
from tests.factories import (
    AdminFactory,
    InstansiFactory,
    KanwilFactory,
    KepalaFactory,
    OperatorFactory,
    PemantauFactory,
    PimpinanFactory,
    SatkerFactory,
    TimKanwilFactory,
)
from tests.factories.lke import PenilaianFactory, build_jawaban, load_versi

pytestmark = pytest.mark.django_db
HARI = timezone.localdate()
HTMX = {"HX-Request": "true"}


@pytest.fixture
def kanwil():
    return KanwilFactory(provinsi="Sini")


@pytest.fixture
def client(kanwil, client_for):
    return client_for(TimKanwilFactory(kanwil=kanwil))


def make(kanwil, nama, jawaban=None, *, tutup=30, diajukan=False, **lain) -> Penilaian:
    penilaian = PenilaianFactory(
        satker=SatkerFactory(kanwil=kanwil, nama=nama), jawaban=jawaban, **lain
    )
    if diajukan:
        pengajuan.submit(penilaian, by=KepalaFactory(satker=penilaian.satker), setuju_kosong=True)
    Penilaian.objects.filter(pk=penilaian.pk).update(tutup_pada=HARI + datetime.timedelta(tutup))
    return penilaian


def list_nama(halaman) -> list[str]:
    teks = halaman.text.split('<section id="daftar"')[1]
    return re.findall(r'class="name" scope="row"><a href="[^"]*">([^<]*)', teks)


def list_unduh(client, **saringan) -> list[dict]:
    respons = client.get(reverse("papan_unduh", args=["csv"]), saringan)
    teks = b"".join(respons.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(teks)))


@pytest.fixture
def enam(kanwil):
    """In the order that the board should show them; the Kanwil itself was not opened."""
    make(kanwil, "Zulu", build_jawaban(), tutup=-3)
    make(kanwil, "Bravo")
    make(kanwil, "Alfa", {"A.I.1.i.a": "Ya"})
    make(kanwil, "Charlie", {"A.I.1.i.a": "Ya"})
    make(kanwil, "Delta", build_jawaban(), diajukan=True, tutup=-3)
    SatkerFactory(kanwil=kanwil, nama="Echo")


URUTAN = ["Zulu", "Bravo", "Alfa", "Charlie", "Delta", "Kantor Wilayah Sini", "Echo"]


def test_scores_of_another_layer_make_no_second_row(client, enam):
    """What reviewers will keep beside the unit's own."""
    lain = LapisPenilaian.objects.exclude(kode=LAPIS_SATKER)[0]
    for satu in Rekap.objects.all():
        satu.pk, satu.lapis = None, lain
        satu.save(force_insert=True)

    assert list_nama(client.get(reverse("lke_list"))) == URUTAN
    assert [satu["nama"] for satu in list_unduh(client)] == URUTAN


def test_most_behind_come_first_and_the_unopened_last(client, enam):
    assert list_nama(client.get(reverse("lke_list"))) == URUTAN
    assert [satu["nama"] for satu in list_unduh(client)] == URUTAN


def test_the_headline_counts_and_each_number_leads_to_its_rows(client, enam):
    halaman = client.get(reverse("lke_list"))
    judul = re.search(r"<h1.*?</h1>", halaman.text, re.DOTALL).group()

    assert re.sub(r"<[^>]+>", "", judul) == (
        f"4 satker mengisi LKE {HARI.year}, 1 sudah diajukan, 1 terlambat"
    )
    assert "2 dari 7 satker" in halaman.text
    for keadaan, nama in {
        "pengisian": ["Zulu", "Bravo", "Alfa", "Charlie"],
        "diajukan": ["Delta"],
        "terlambat": ["Zulu"],
        "belum": ["Kantor Wilayah Sini", "Echo"],
    }.items():
        alamat = f"{reverse('lke_list')}?tahun={HARI.year}&keadaan={keadaan}"
        assert f'href="{alamat.replace("&", "&amp;")}"' in halaman.text
        assert list_nama(client.get(alamat)) == nama
        assert [satu["nama"] for satu in list_unduh(client, keadaan=keadaan)] == nama


def test_a_row_tells_scores_gates_findings_and_dates(client, kanwil):
    penilaian = make(kanwil, "Lapas Uji", {"A.I.1.i.a": "Ya"}, tutup=-2, target="WBBM")
    Rekap.objects.update(jumlah_harus=2, jumlah_sebaiknya=1)
    AreaPenilaian.objects.filter(area__in=["A.2", "A.4"]).update(
        tenggat=HARI - datetime.timedelta(4)
    )
    AreaPenilaian.objects.filter(area="A.4").update(
        diajukan_pada=timezone.now(), diajukan_oleh=KepalaFactory()
    )

    teks = client.get(reverse("lke_list"), {"q": "lapas uji"}).text

    assert f'href="{reverse("penilaian_detail", args=[penilaian.pk])}"' in teks
    assert f'href="{reverse("gerbang_detail", args=[penilaian.pk])}">13 gagal</a>' in teks
    assert "total, pengungkit, A.1, A.2 dan 9 lagi" in teks
    assert "1/113" in teks
    assert "<b>0,25</b>" in teks
    assert "resmi 0,50" in teks
    assert "2 harus" in teks
    assert "1 sebaiknya" in teks
    assert "terlambat 2 hari" in teks
    assert "lewat batas: A.2<" in teks
    [baris] = list_unduh(client, q="lapas uji")
    assert (baris["keadaan"], baris["nilai_resmi"], baris["area_lewat"]) == (
        *("Terlambat", "0.50", "A.2"),
    )


def test_what_is_submitted_is_late_no_more(client, kanwil):
    make(kanwil, "Lapas Uji", build_jawaban(), diajukan=True, tutup=-2)
    AreaPenilaian.objects.update(tenggat=HARI - datetime.timedelta(4))

    teks = client.get(reverse("lke_list"), {"keadaan": "diajukan"}).text

    assert "terlambat " not in teks.split('id="daftar"')[1]
    assert "lewat batas" not in teks


def test_only_units_of_the_own_scope_are_read(client, kanwil, client_for):
    make(KanwilFactory(), "Luar")
    make(kanwil, "Dalam")

    assert "Luar" not in client.get(reverse("lke_list")).text
    assert [satu["nama"] for satu in list_unduh(client)] == ["Dalam", "Kantor Wilayah Sini"]
    atas = client_for(PimpinanFactory(instansi=InstansiFactory(kode="kemenkumham")))
    assert {"Luar", "Dalam"} <= set(list_nama(atas.get(reverse("lke_list"))))


def test_a_wider_reader_filters_by_kanwil(kanwil, client_for):
    make(KanwilFactory(), "Luar")
    make(kanwil, "Dalam")
    client = client_for(AdminFactory())

    halaman = client.get(reverse("lke_list"), {"kanwil": kanwil.satker.kode})

    assert list_nama(halaman) == ["Dalam", "Kantor Wilayah Sini"]
    assert "1 satker</a> mengisi" in halaman.text
    assert client.get(reverse("lke_list"), {"kanwil": "99-kanwil"}).status_code == 404


def test_a_name_is_searched_as_people_type(client, enam, kanwil):
    SatkerFactory(kanwil=kanwil, nama="Rutan Kelas IIB Pagar Alam", tempat="Pagar Alam")

    halaman = client.get(reverse("lke_list"), {"q": "pagar"})

    assert list_nama(halaman) == ["Rutan Kelas IIB Pagar Alam"]
    assert "4 satker</a> mengisi" in halaman.text
    assert (
        "Tidak ada satker bernama “tiada”" in client.get(reverse("lke_list"), {"q": "tiada"}).text
    )


def test_another_year_is_another_board(client, kanwil):
    make(kanwil, "Lapas Uji", tahun=HARI.year - 1, buka_pada=HARI, tutup_pada=HARI)

    assert f"LKE {HARI.year} belum dibuka untuk satker mana pun" in (
        client.get(reverse("lke_list")).text
    )
    lalu = client.get(reverse("lke_list"), {"tahun": HARI.year - 1})
    assert f"1 satker</a> mengisi LKE {HARI.year - 1}" in lalu.text
    assert client.get(reverse("lke_list"), {"tahun": "1999"}).status_code == 404


def test_invented_units_stand_apart(client_for):
    contoh = KanwilFactory(contoh=True, provinsi="Contoh")
    dikarang = SatkerFactory(kanwil=contoh, contoh=True, nama="Lapas Contoh")
    PenilaianFactory(satker=dikarang)
    make(KanwilFactory(), "Lapas Nyata")
    admin, tim = client_for(AdminFactory()), client_for(TimKanwilFactory(kanwil=contoh))

    biasa, diminta = (
        admin.get(reverse("lke_list")),
        admin.get(reverse("lke_list"), {"contoh": "1"}),
    )

    assert "Lapas Nyata" in list_nama(biasa)
    assert "Lapas Contoh" not in biasa.text
    assert "1 satker</a> mengisi" in biasa.text
    assert "Lapas Nyata" not in diminta.text
    assert "contoh, bukan kantor nyata" in diminta.text
    for halaman in (diminta, tim.get(reverse("lke_list"))):
        assert list_nama(halaman) == ["Lapas Contoh", "Kantor Wilayah Contoh"]


def test_who_fills_one_lke_goes_straight_to_it(client_for, kanwil):
    penilaian = make(kanwil, "Lapas Uji")
    PenilaianFactory(satker=penilaian.satker, tahun=HARI.year - 1, buka_pada=HARI, tutup_pada=HARI)
    client = client_for(OperatorFactory(satker=penilaian.satker))
    alamat = reverse("lke_list")

    jawaban = client.get(alamat)

    assert (jawaban.status_code, jawaban["Location"]) == (
        302,
        reverse("penilaian_detail", args=[penilaian.pk]),
    )
    belum = client.get(alamat, {"tahun": HARI.year - 2})
    assert list_nama(belum) == ["Lapas Uji"]
    assert client_for(PemantauFactory(satker=penilaian.satker)).get(alamat).status_code == 403


def test_fragment_and_reload_show_the_same_rows(client, enam):
    alamat = reverse("lke_list") + "?keadaan=pengisian"

    potongan = client.get(alamat, headers=HTMX)

    assert potongan.text.strip() in client.get(alamat).text
    assert "HX-Request" in potongan["Vary"]


@pytest.mark.parametrize(("halaman", "jumlah"), [(1, 50), (2, 5), (9, 5)])
def test_pages_run_from_the_opened_into_the_unopened(client, kanwil, halaman, jumlah):
    for nomor in range(48):
        make(kanwil, f"Buka {nomor:02}")
    for nomor in range(6):
        SatkerFactory(kanwil=kanwil, nama=f"Tunggu {nomor}")

    nama = list_nama(client.get(reverse("lke_list"), {"page": halaman}))

    urutan = [f"Buka {n:02}" for n in range(48)]
    urutan += ["Kantor Wilayah Sini", *[f"Tunggu {n}" for n in range(6)]]
    assert nama == (urutan[:50] if halaman == 1 else urutan[50:])
    assert len(nama) == jumlah
    assert [satu["nama"] for satu in list_unduh(client)] == urutan


def test_a_unit_that_moved_or_closed_is_read_where_it_stands_today(client, kanwil, client_for):
    lain = KanwilFactory()
    pindah = SatkerFactory(
        kanwil=kanwil, nama="Pindah", pindah_ke=lain, pindah_pada=HARI - datetime.timedelta(9)
    )
    tutup = SatkerFactory(kanwil=kanwil, nama="Tutup", tutup_pada=HARI - datetime.timedelta(9))
    for satu in (pindah, tutup):
        PenilaianFactory(satker=satu)

    assert list_nama(client.get(reverse("lke_list"))) == ["Kantor Wilayah Sini"]
    baru = client_for(TimKanwilFactory(kanwil=lain))
    assert "Pindah" in list_nama(baru.get(reverse("lke_list")))


def test_the_year_beside_the_scores_is_that_of_the_assessment(kanwil):
    penilaian = make(kanwil, "Lapas Uji", {"A.I.1.i.a": "Ya"})
    area.submit_area(
        penilaian, "A.1", by=KepalaFactory(satker=penilaian.satker), setuju_kosong=True
    )

    assert [r.tahun for r in Rekap.objects.all()] == [penilaian.tahun]


@pytest.mark.parametrize("siapa", ["kanwil", "admin", "pimpinan"])
def test_the_board_costs_the_same_for_any_number_of_units(kanwil, client_for, count_queries, siapa):
    orang = {
        "kanwil": lambda: TimKanwilFactory(kanwil=kanwil),
        "admin": AdminFactory,
        "pimpinan": PimpinanFactory,
    }[siapa]()
    client, banyak = client_for(orang), []

    def count():
        client.get(reverse("lke_list"))
        with count_queries() as daftar_sql:
            client.get(reverse("lke_list"))
        banyak.append(len(daftar_sql))

    open_semua([kanwil.satker, *SatkerFactory.create_batch(9, kanwil=kanwil)])
    count()
    open_semua(SatkerFactory.create_batch(90, kanwil=kanwil))
    count()
    # A page that runs from the opened into the unopened.
    Penilaian.objects.filter(
        pk__in=list(Penilaian.objects.values_list("pk", flat=True)[40:])
    ).delete()
    count()

    assert banyak[0] == banyak[1] == {"kanwil": 6, "admin": 7, "pimpinan": 7}[siapa]
    assert banyak[2] <= 8


def open_semua(daftar_satker):
    pembukaan.open_many(
        daftar_satker,
        tahun=HARI.year,
        target="WBK",
        versi=load_versi(),
        buka_pada=HARI,
        tutup_pada=HARI,
        by=None,
    )


def test_the_page_of_a_unit_leads_to_its_lke(client, kanwil, client_for):
    penilaian = make(kanwil, "Lapas Uji")
    halaman = reverse("satker_detail", args=[penilaian.satker.kode])
    tautan = f'href="{reverse("penilaian_detail", args=[penilaian.pk])}"'

    assert tautan in client.get(halaman).text
    for orang in (
        OperatorFactory(),
        PemantauFactory(satker=penilaian.satker),
        TimKanwilFactory(),
    ):
        assert tautan not in client_for(orang).get(halaman).text
    assert tautan not in Client().get(halaman).text
