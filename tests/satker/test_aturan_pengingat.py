"""Rules and holidays as an admin sets them, and what becomes of reminders made before."""

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from satker.models import AturanPengingat, HariLibur, LangkahPengingat, Pengingat, Riwayat
from satker.pengingat import muat, tugas_susun
from tests.factories import AdminFactory, LangkahPengingatFactory, PengingatFactory
from tests.integritas.berkas import make_csv

pytestmark = pytest.mark.django_db
D = datetime.date
SAH = {
    "jumlah": "7",
    "arah": "sebelum",
    "satuan": "kerja",
    "daftar_peran": ["operator", "tim_kanwil"],
    "pesan": "Siapkan semuanya.",
    "berguna_hari": "2",
    "aktif": "on",
}


@pytest.fixture
def client(client_for):
    return client_for(AdminFactory())


@pytest.fixture
def langkah():
    return LangkahPengingatFactory()


@pytest.fixture(autouse=True)
def disuruh(monkeypatch):
    """What was queued, instead of a queue."""
    daftar = []
    monkeypatch.setattr(
        tugas_susun.refresh_pengingat, "delay_on_commit", lambda *isi: daftar.append(isi)
    )
    monkeypatch.setattr(tugas_susun.make_pengingat, "delay_on_commit", lambda: daftar.append(()))
    return daftar


def read_riwayat():
    return list(Riwayat.objects.order_by("pk").values_list("kejadian", "objek"))


def test_a_new_step_is_kept_and_told_of(client, langkah, disuruh):
    alamat = reverse("langkah_pengingat_create", args=["uji"])

    respons = client.post(alamat, SAH)

    assert respons.status_code == 302
    baru = LangkahPengingat.objects.exclude(pk=langkah.pk).get()
    assert (baru.geser, baru.satuan, baru.sebutan) == (-7, "kerja", "H-7 hari kerja")
    assert (baru.daftar_peran, baru.mendesak, baru.aktif) == (
        ["operator", "tim_kanwil"],
        False,
        True,
    )
    assert read_riwayat() == [("langkah pengingat ditambah", "aturan-pengingat:uji")]
    assert disuruh == [("uji",)]


def test_another_setting_makes_what_nobody_got_anew(client, langkah):
    lain = PengingatFactory(langkah=langkah)
    ditunda = PengingatFactory(langkah=langkah, ditunda_sampai=D(2030, 1, 1))
    terkirim = PengingatFactory(langkah=langkah, status="terkirim")

    client.post(reverse("langkah_pengingat_edit", args=[langkah.pk]), SAH | {"arah": "sesudah"})

    langkah.refresh_from_db()
    assert (langkah.geser, langkah.pesan) == (7, "Siapkan semuanya.")
    assert not Pengingat.objects.filter(pk=lain.pk).exists()
    assert Pengingat.objects.filter(pk__in=[ditunda.pk, terkirim.pk]).count() == 2
    assert Riwayat.objects.get().isi["sebelum"]["langkah"] == "hari H"


@pytest.mark.parametrize(
    ("salah", "kalimat"),
    [
        ({"jumlah": "367"}, "366"),
        ({"jumlah": "x"}, "Berapa hari"),
        ({"daftar_peran": []}, "Pilih paling sedikit satu peran."),
        ({"daftar_peran": ["pemantau"]}, "pemantau"),
        ({"pesan": " "}, "Pesan"),
        ({"berguna_hari": "-1"}, "Masih berguna"),
        ({"jumlah": "0", "satuan": "kalender", "langkah": "dua"}, "sudah punya langkah hari H"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_nothing_changes(client, langkah, salah, kalimat):
    sebelum = list(LangkahPengingat.objects.values())

    respons = client.post(reverse("langkah_pengingat_create", args=["uji"]), SAH | salah)

    assert respons.status_code == 422
    assert kalimat in respons.text
    assert list(LangkahPengingat.objects.values()) == sebelum
    assert read_riwayat() == []


def test_a_step_saved_as_it_was_is_no_change(client, langkah):
    isi = SAH | {"jumlah": "0", "satuan": "kalender", "daftar_peran": ["operator"]}

    respons = client.post(
        reverse("langkah_pengingat_edit", args=[langkah.pk]),
        isi | {"pesan": "Kerjakan.", "berguna_hari": "3"},
    )

    assert respons.status_code == 422
    assert "Tidak ada yang berubah." in respons.text


def test_a_rule_is_switched_off_and_on_and_not_twice(client, langkah, disuruh):
    alamat = reverse("aturan_pengingat_toggle", args=["uji"])

    for nilai in ("tidak", "tidak"):
        client.post(alamat, {"aktif": nilai})
    assert AturanPengingat.objects.get().aktif is False
    client.post(alamat, {"aktif": "ya"})

    assert AturanPengingat.objects.get().aktif is True
    assert read_riwayat() == [("aturan pengingat diubah", "aturan-pengingat:uji")] * 2
    assert len(disuruh) == 2


def test_parts_of_a_ceremony_are_chosen_by_name(client):
    muat.load_aturan()
    halaman = client.get(reverse("langkah_pengingat_create", args=["upacara"])).text
    assert "foto dan pindaian" in halaman

    client.post(reverse("langkah_pengingat_create", args=["upacara"]), SAH | {"bagian": "foto"})

    assert LangkahPengingat.objects.filter(aturan__kode="upacara", bagian="foto").count() == 2


@time_machine.travel("2026-05-04T03:00:00Z")
def test_rule_pages_say_which_year_has_no_holidays(client_for):
    client = client_for(AdminFactory())
    muat.load_aturan()
    tahun = 2026
    kalimat = f"alender libur {tahun} belum diisi, hanya Sabtu dan Minggu dihitung"
    halaman = [
        reverse("aturan_pengingat_list"),
        reverse("aturan_pengingat_detail", args=["triwulan"]),
        reverse("langkah_pengingat_create", args=["triwulan"]),
        reverse("hari_libur_list"),
    ]

    assert all(kalimat in client.get(satu).text for satu in halaman)
    # A rule that counts calendar days does not need them.
    assert kalimat not in client.get(reverse("aturan_pengingat_detail", args=["bukti"])).text
    HariLibur.objects.create(tanggal=D(tahun, 1, 1), nama="Tahun Baru", sumber="uji")
    assert not any("alender libur" in client.get(satu).text for satu in halaman)


@pytest.mark.parametrize("jumlah", [1, 3])
def test_rules_cost_the_same_at_any_length(client, count_queries, jumlah):
    for nomor in range(jumlah):
        LangkahPengingatFactory(aturan__kode=f"uji-{nomor}")
    client.get(reverse("aturan_pengingat_list"))

    with count_queries() as daftar_sql:
        client.get(reverse("aturan_pengingat_list"))

    assert len(daftar_sql) == 6


# --- holidays -----------------------------------------------------------------------------------
def test_a_holiday_is_added_once_and_removed(client, disuruh):
    kerja = PengingatFactory(langkah__satuan="kerja", langkah__geser=-3)
    kalender = PengingatFactory()
    alamat = reverse("hari_libur_list")
    isi = {"tanggal": "2027-01-01", "nama": "Tahun Baru", "sumber": "SKB uji"}

    satu = client.post(alamat, isi)
    dua = client.post(alamat, isi | {"nama": "Lain"})
    jauh = client.post(alamat, isi | {"tanggal": "9999-12-31"})

    assert jauh.status_code == 422
    assert "Tahun 9999 tidak mungkin." in jauh.text
    assert satu.url == f"{alamat}?tahun=2027"
    assert dua.status_code == 422
    assert "1 Januari 2027 sudah tercatat sebagai Tahun Baru." in dua.text
    assert HariLibur.objects.get().nama == "Tahun Baru"
    # Only what counts working days is made anew.
    assert list(Pengingat.objects.values_list("pk", flat=True)) == [kalender.pk]
    assert kerja.pk != kalender.pk

    client.post(reverse("hari_libur_delete", args=[HariLibur.objects.get().pk]))

    assert not HariLibur.objects.exists()
    assert read_riwayat() == [
        ("hari libur dicatat", "hari-libur:2027"),
        ("hari libur dihapus", "hari-libur:2027"),
    ]
    assert len(disuruh) == 2


JUDUL = ("tanggal", "nama", "sumber")


@pytest.fixture
def media(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }


def upload(client, *baris):
    berkas = SimpleUploadedFile("libur.csv", make_csv(JUDUL, *baris))
    return client.post(reverse("libur_import"), {"berkas": berkas})


def confirm(client, url, **isi):
    sidik = client.get(url).context["sidik"]
    return client.post(f"{url}tulis/", {"sidik": sidik} | isi)


def test_a_year_of_holidays_is_imported_after_a_preview(client, media):
    HariLibur.objects.create(tanggal=D(2026, 1, 1), nama="Tahun Baru", sumber="SKB uji")
    HariLibur.objects.create(tanggal=D(2026, 3, 19), nama="Nyepi", sumber="lama")
    pratinjau = upload(
        client,
        ("2026-01-01", "Tahun Baru", "SKB uji"),
        ("19/03/2026", "Hari Suci Nyepi", ""),
        ("25 Desember 2026", "Natal", "SKB uji"),
    ).url
    assert HariLibur.objects.count() == 2

    confirm(client, pratinjau)

    assert list(HariLibur.objects.order_by("tanggal").values_list("nama", "sumber")) == [
        ("Tahun Baru", "SKB uji"),
        ("Hari Suci Nyepi", "lama"),
        ("Natal", "SKB uji"),
    ]
    assert read_riwayat() == [("hari libur dicatat", "hari-libur:2026")]


def test_rows_that_cannot_be_are_refused_by_name_and_nothing_is_written(client, media):
    pratinjau = upload(
        client,
        ("2026-01-01", "Tahun Baru", "SKB"),
        ("2026-13-01", "Salah", "SKB"),
        ("2026-02-17", "", "SKB"),
        ("2026-05-01", "Buruh", "SKB"),
        ("2026-05-01", "Buruh lagi", "SKB"),
    ).url

    halaman = client.get(pratinjau).text
    ditolak = confirm(client, pratinjau)

    for kalimat in ("tidak ada di kalender", "kosong.", "1 Mei 2026 ada dua kali di berkas ini."):
        assert kalimat in halaman
    assert ditolak.status_code == 422
    assert not HariLibur.objects.exists()
    confirm(client, pratinjau, lewati="ya")
    assert HariLibur.objects.get().nama == "Tahun Baru"
