"""Pages of measured agreements: the form of a quarter, the chart and its figures, the proof."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from integritas.models import Berkas
from satker import demo_capaian
from satker.models import BatasTriwulan, RealisasiIndikator, Riwayat
from tests.factories import (
    AdminFactory,
    InstansiFactory,
    KanwilFactory,
    OperatorFactory,
    SatkerFactory,
    TimKanwilFactory,
)
from tests.factories.ukur import (
    IndikatorFactory,
    PerjanjianKinerjaFactory,
    RealisasiFactory,
    SasaranFactory,
)
from tests.penilaian.bukti.contoh import build_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel("2026-05-04T10:00:00+07:00"):
        yield


def build(jumlah=2, **lain):
    perjanjian = PerjanjianKinerjaFactory(berlaku=True, **lain)
    sasaran = SasaranFactory(perjanjian=perjanjian)
    return perjanjian, [
        IndikatorFactory(sasaran=sasaran, target_b03=20, target=100) for _ in range(jumlah)
    ]


def open_form(client, perjanjian, periode="b03"):
    alamat = reverse("triwulan_report", args=[perjanjian.pk, periode])
    page = client.get(alamat)
    return alamat, {"sidik": page.context["sidik"]}


def pdf(teks="bukti"):
    return SimpleUploadedFile(f"{teks}.pdf", build_pdf(teks), "application/pdf")


def test_a_quarter_is_reported_without_a_script_and_seen_at_once(client_for):
    perjanjian, (satu, dua) = build()
    client = client_for(OperatorFactory(satker=perjanjian.satker))
    alamat, isi = open_form(client, perjanjian)

    respons = client.post(
        alamat,
        isi
        | {
            f"nilai_{satu.pk}": "24,5",
            f"keterangan_{satu.pk}": "Dari aplikasi",
            f"berkas_{satu.pk}": pdf(),
            f"nilai_{dua.pk}": "0",
        },
    )

    assert respons.url == reverse("capaian_detail", args=[perjanjian.pk])
    page = client.get(respons.url)
    assert "1 dari 2 indikator mencapai target B03" in page.text
    assert "122,50%" in page.text
    assert "di bawah target" in page.text
    assert "belum bersumber" in page.text
    assert "Laporan B03 tersimpan: 2 nilai baru." in page.text
    realisasi = RealisasiIndikator.objects.get(indikator=satu)
    bukti = reverse("capaian_bukti", args=[perjanjian.pk, realisasi.pk])
    assert b"".join(client.get(bukti).streaming_content) == build_pdf("bukti")
    assert client_for(OperatorFactory()).get(bukti).status_code == 404
    lain, _ = build(satker=perjanjian.satker, tahun=2025)
    assert client.get(reverse("capaian_bukti", args=[lain.pk, realisasi.pk])).status_code == 404


def test_a_wrong_cell_is_named_and_nothing_typed_or_sent_is_lost(client_for):
    perjanjian, (satu, dua) = build()
    client = client_for(OperatorFactory(satker=perjanjian.satker))
    alamat, isi = open_form(client, perjanjian)
    isi |= {
        f"nilai_{satu.pk}": "12",
        f"berkas_{satu.pk}": pdf(),
        f"nilai_{dua.pk}": "lima",
        f"tautan_{dua.pk}": "gopher://x",
    }

    page = client.post(alamat, isi)

    assert page.status_code == 422
    assert "Indikator 1.2, realisasi: “lima” bukan angka" in page.text
    assert "Indikator 1.2, tautan bukti: Tautan harus diawali" in page.text
    assert 'value="lima"' in page.text
    assert "Sudah diterima: <b>bukti.pdf</b>" in page.text
    assert not RealisasiIndikator.objects.exists()
    # The file that was sent is not asked for again.
    titipan = page.context["daftar_kotak"][0]["titipan"]
    del isi[f"berkas_{satu.pk}"], isi[f"tautan_{dua.pk}"]
    client.post(alamat, isi | {f"nilai_{dua.pk}": "5", f"titipan_{satu.pk}": titipan})
    assert RealisasiIndikator.objects.get(indikator=satu).nama_berkas == "bukti.pdf"


def test_a_waiting_file_is_its_senders_alone_and_a_forged_one_is_refused(client_for):
    perjanjian, (satu, _) = build()
    client = client_for(OperatorFactory(satker=perjanjian.satker))
    alamat, isi = open_form(client, perjanjian)
    page = client.post(alamat, isi | {f"nilai_{satu.pk}": "x", f"berkas_{satu.pk}": pdf()})
    titipan = page.context["daftar_kotak"][0]["titipan"]
    lain = client_for(OperatorFactory(satker=perjanjian.satker))

    palsu = client.post(alamat, isi | {f"nilai_{satu.pk}": "1", f"titipan_{satu.pk}": "palsu"})
    lain.post(alamat, isi | {f"nilai_{satu.pk}": "1", f"titipan_{satu.pk}": titipan})

    assert palsu.status_code == 422
    assert RealisasiIndikator.objects.get().berkas is None


def test_a_harmful_file_is_refused_at_its_field(client_for):
    perjanjian, (satu, _) = build()
    client = client_for(OperatorFactory(satker=perjanjian.satker))
    alamat, isi = open_form(client, perjanjian)
    jahat = SimpleUploadedFile("laporan.pdf", b"MZ\x90\x00" + b"\0" * 200)

    page = client.post(alamat, isi | {f"nilai_{satu.pk}": "1", f"berkas_{satu.pk}": jahat})

    assert page.status_code == 422
    assert "Indikator 1.1, berkas bukti:" in page.text
    assert Berkas.objects.count() == 1


def test_a_form_that_is_behind_is_a_lost_race_and_shows_what_stands_there(client_for):
    perjanjian, (satu, _) = build()
    client = client_for(OperatorFactory(satker=perjanjian.satker))
    alamat, isi = open_form(client, perjanjian)
    client.post(alamat, isi | {f"nilai_{satu.pk}": "7"})

    page = client.post(alamat, isi | {f"nilai_{satu.pk}": "8"})

    assert page.status_code == 409
    assert 'value="8"' in page.text
    assert "Tercatat: 7" in page.text
    assert RealisasiIndikator.objects.get().nilai == 7
    assert (
        client.post(alamat, {"sidik": page.context["sidik"], f"nilai_{satu.pk}": "8"}).status_code
        == 302
    )
    assert Riwayat.objects.of(perjanjian.satker)[0].kejadian == "realisasi PK B03 diubah"


def test_a_quarter_that_cannot_be_reported_yet_says_from_when(client_for):
    perjanjian, (satu, _) = build()
    client = client_for(OperatorFactory(satker=perjanjian.satker))
    alamat = reverse("triwulan_report", args=[perjanjian.pk, "b09"])

    assert "B09 baru dapat dilaporkan mulai 1 September 2026." in client.get(alamat).text
    isi = {"sidik": client.get(alamat).context["sidik"], f"nilai_{satu.pk}": "1"}
    assert client.post(alamat, isi).status_code == 422
    assert client.get(reverse("triwulan_report", args=[perjanjian.pk, "b10"])).status_code == 404
    assert not RealisasiIndikator.objects.exists()


def test_a_kanwil_reports_for_itself_and_not_for_its_units(client_for):
    kanwil = KanwilFactory()
    sendiri, _ = build(satker=kanwil.satker)
    bawah, _ = build(satker=SatkerFactory(kanwil=kanwil))
    client = client_for(TimKanwilFactory(kanwil=kanwil))

    alamat = [reverse("triwulan_report", args=[satu.pk, "b03"]) for satu in (sendiri, bawah)]

    assert [client.get(satu).status_code for satu in alamat] == [200, 404]


def test_unknown_is_never_shown_as_none(client_for):
    perjanjian, _ = build()
    page = client_for(OperatorFactory(satker=perjanjian.satker)).get(
        reverse("capaian_detail", args=[perjanjian.pk])
    )

    assert "Capaian B03 belum diketahui" in page.text
    assert "chart-kosong" in page.text
    assert "0,00%" not in page.text


def test_a_goal_is_told_as_met_only_at_the_years_end(client_for):
    perjanjian, (satu,) = build(1)
    RealisasiFactory(indikator=satu, periode="b12", nilai=100)

    page = client_for(OperatorFactory(satker=perjanjian.satker)).get(
        reverse("capaian_detail", args=[perjanjian.pk])
    )

    assert "terpenuhi penuh: semua indikatornya" in page.text


@pytest.mark.parametrize("nama", ["capaian_detail", "triwulan_report"])
def test_a_page_of_one_agreement_costs_the_same_at_any_length(client_for, count_queries, nama):
    jumlah = []
    for banyak in (1, 3):
        perjanjian, daftar = build(banyak)
        for satu in daftar:
            RealisasiFactory(indikator=satu, berkas=perjanjian.berkas, nama_berkas="a.pdf")
        client = client_for(OperatorFactory(satker=perjanjian.satker))
        argumen = [perjanjian.pk, *(["b03"] if nama == "triwulan_report" else [])]
        client.get(reverse(nama, args=argumen))
        with count_queries() as daftar_sql:
            client.get(reverse(nama, args=argumen))
        jumlah.append(len(daftar_sql))

    assert jumlah[0] == jumlah[1] <= 10


# --- many units -----------------------------------------------------------------------------------
def set_batas(tanggal=datetime.date(2026, 4, 10)):
    BatasTriwulan.objects.create(tahun=2026, periode="b03", tanggal=tanggal, dasar="SE uji")


def report_at(indikator, saat):
    return RealisasiFactory(indikator=indikator, dilaporkan_pada=saat)


def open_list(client, **lain):
    return client.get(reverse("triwulan_list"), {"tahun": 2026, "periode": "b03"} | lain)


def test_the_list_says_who_has_who_has_not_and_who_was_late(client_for):
    set_batas()
    kanwil = KanwilFactory()
    satker = {
        nama: SatkerFactory(kanwil=kanwil, nama=f"Lapas {nama}", zona_waktu=zona)
        for nama, zona in [
            *(("tepat", "WIB"), ("telat", "WIT"), ("belum", "WIB")),
            ("tanpa", "WIB"),
        ]
    }
    for nama in ("tepat", "telat", "belum"):
        _, daftar = build(2, satker=satker[nama])
        for satu in daftar[: 1 if nama == "belum" else 2]:
            # 22.30 in Jakarta is half past midnight in Jayapura.
            report_at(satu, datetime.datetime.fromisoformat("2026-04-10T22:30:00+07:00"))
    client = client_for(TimKanwilFactory(kanwil=kanwil))

    page = open_list(client)

    baris = {satu.nama: satu for satu in page.context["page"].object_list}
    kata = {nama: [k.kata for _, k in satu.ketepatan][:1] for nama, satu in baris.items()}
    assert kata["Lapas tepat"] == ["tepat waktu"]
    assert kata["Lapas telat"] == ["terlambat 1 hari"]
    assert kata["Lapas belum"] == ["belum, 1 dari 2 indikator, lewat 24 hari"]
    assert kata["Lapas tanpa"] == []
    assert list(baris)[:2] == ["Lapas belum", "Lapas telat"]
    hitungan = page.context["hitungan"]
    assert (hitungan.belum, hitungan.terlambat, hitungan.tanpa, hitungan.sudah) == (1, 1, 2, 1)
    for keadaan, harap in [
        ("masuk", {"Lapas tepat", "Lapas telat"}),
        ("terlambat", {"Lapas telat"}),
        ("belum", {"Lapas belum"}),
    ]:
        tersaring = open_list(client, keadaan=keadaan).context["page"].object_list
        assert {satu.nama for satu in tersaring} == harap
    unduhan = client.get(reverse("triwulan_unduh", args=["csv"]), {"tahun": 2026})
    assert "belum ada PK berlaku" in b"".join(unduhan.streaming_content).decode()


def test_without_a_limit_nobody_is_late(client_for):
    kanwil = KanwilFactory()
    _, (satu,) = build(1, satker=SatkerFactory(kanwil=kanwil))
    report_at(satu, datetime.datetime.fromisoformat("2026-05-01T10:00:00+07:00"))

    page = open_list(client_for(TimKanwilFactory(kanwil=kanwil)))

    assert page.context["hitungan"].terlambat == 0
    assert "belum diatur, jadi tidak ada yang dihitung terlambat" in page.text
    assert "sudah, batas belum diatur" in page.text


def test_who_reports_for_one_agreement_goes_straight_to_it(client_for):
    perjanjian, _ = build()

    respons = open_list(client_for(OperatorFactory(satker=perjanjian.satker)))

    assert respons.url == reverse("capaian_detail", args=[perjanjian.pk])


@pytest.mark.parametrize("alamat", ["?tahun=abc", "?tahun=1000", "?kanwil=tidak-ada"])
def test_an_address_that_cannot_be_is_not_found(client_for, alamat):
    client = client_for(TimKanwilFactory())

    assert client.get(reverse("triwulan_list") + alamat).status_code == 404


def test_the_list_costs_the_same_at_any_length(client_for, count_queries):
    set_batas()
    jumlah = []
    for banyak in (1, 3):
        kanwil = KanwilFactory()
        for _ in range(banyak):
            _, (satu,) = build(1, satker=SatkerFactory(kanwil=kanwil))
            RealisasiFactory(indikator=satu)
        client = client_for(TimKanwilFactory(kanwil=kanwil))
        open_list(client)
        with count_queries() as daftar_sql:
            open_list(client)
        jumlah.append(len(daftar_sql))

    assert jumlah[0] == jumlah[1] <= 9


def test_the_table_alone_comes_for_a_swap(client_for):
    client = client_for(TimKanwilFactory())

    page = client.get(reverse("triwulan_list"), headers={"HX-Request": "true"})

    assert page.text.lstrip().startswith('<section id="daftar"')


def test_an_admin_sets_the_limits_with_their_source(client_for):
    client = client_for(AdminFactory(instansi=InstansiFactory(kode="kemenkumham")))
    alamat = reverse("triwulan_batas", args=[2026])

    salah = client.post(alamat, {"b03": "2026-02-01", "dasar": "SE 1"})
    benar = client.post(alamat, {"b03": "2026-04-10", "dasar": "SE 1"})

    assert salah.status_code == 422
    assert "Batas B03 mendahului bulan terakhir triwulannya." in salah.text
    assert benar.status_code == 302
    assert [(b.periode, b.dasar) for b in BatasTriwulan.objects.all()] == [("b03", "SE 1")]


def test_the_demonstration_fills_what_is_over_once_and_takes_it_away():
    _, (satu,) = build(1, satker=SatkerFactory(contoh=True))
    build(1)

    assert demo_capaian.load() == 1
    assert demo_capaian.load() == 0

    assert list(RealisasiIndikator.objects.values_list("indikator", "periode", "nilai")) == [
        (satu.pk, "b03", Decimal("20.4"))
    ]
    assert demo_capaian.remove() == 1
