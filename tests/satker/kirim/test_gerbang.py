"""The gateway, over a socket: what it gets, and what its answers do."""

import datetime

import pytest
from django.utils import timezone

from integritas.lingkungan import PengaturanSalahError, read_gerbang
from satker.models import Kiriman, PilihanSaluran
from satker.pengingat import kirim, surat
from satker.pengingat.saluran.gerbang import fill
from satker.pengingat.surat import Surat, register_surat
from tests.factories.kirim import KirimanFactory
from tests.satker.kirim.sink import GerbangPalsu, find_port

TEMPLAT = '{"kepada": "{ke}", "pesan": {"isi": "*{perihal}*\\n{teks}"}, "id": "{id}", "v": 2}'


@pytest.fixture
def gerbang(settings):
    with GerbangPalsu() as gerbang:
        settings.GERBANG = read_gerbang(gerbang.url, "Authorization: Bearer rahasia", TEMPLAT)
        yield gerbang


@pytest.fixture
def kiriman(db, monkeypatch):
    monkeypatch.setattr(surat, "_penulis", dict(surat._penulis))
    register_surat("uji", lambda kiriman: Surat("Perihal", 'Isi "{ke}".'))
    satu = KirimanFactory(saluran=Kiriman.Saluran.GERBANG)
    PilihanSaluran.objects.create(pengguna=satu.pengguna, gerbang=True, alamat_gerbang="0812")
    return satu


def run(kiriman):
    hasil = kirim.Pengirim().run(60)
    kiriman.refresh_from_db()
    return hasil


def test_a_message_goes_as_the_template_says_with_its_id(gerbang, kiriman):
    assert run(kiriman) == kirim.Jumlah(terkirim=1)

    [(kepala, isi)] = gerbang.daftar
    assert isi == {
        "kepada": "0812",
        "pesan": {"isi": '*Perihal*\nIsi "{ke}".'},
        "id": kiriman.message_id,
        "v": 2,
    }
    assert kepala["Authorization"] == "Bearer rahasia"
    assert kepala["Idempotency-Key"] == kiriman.message_id
    assert (kiriman.status, kiriman.alamat) == ("terkirim", "0812")


@pytest.mark.parametrize(
    ("jawab", "status", "galat"),
    [
        ((400, {}, "nomor salah"), "gagal", "Ditolak gerbang pesan: 400 nomor salah"),
        ((503, {}, "sibuk"), "antre", "Gerbang pesan menunda: 503 sibuk"),
        ((429, {"Retry-After": "900"}, ""), "antre", "Gerbang pesan menunda: 429"),
        ((302, {"Location": "https://lain.invalid/"}, ""), "antre", "Gerbang pesan menunda: 302"),
        ((401, {}, "kunci"), "antre", "Gerbang pesan menolak kunci: 401 kunci"),
    ],
)
def test_an_answer_decides_what_becomes_of_the_message(gerbang, kiriman, jawab, status, galat):
    gerbang.jawab.append(jawab)

    run(kiriman)

    assert (kiriman.status, kiriman.galat, len(gerbang.daftar)) == (status, galat, 1)
    if jawab[0] == 429:
        sisa = kiriman.coba_lagi_pada - timezone.now()
        assert datetime.timedelta(minutes=14) < sisa <= datetime.timedelta(minutes=15)
    # Sent again, it is the same message to the gateway.
    Kiriman.objects.update(coba_lagi_pada=None)
    run(kiriman)
    ids = {kepala["Idempotency-Key"] for kepala, _ in gerbang.daftar}
    assert ids == {kiriman.message_id}
    assert kiriman.status == ("gagal" if status == "gagal" else "terkirim")


def test_a_gateway_that_is_away_or_not_set_up_loses_nothing(settings, kiriman):
    settings.GERBANG = read_gerbang(f"http://127.0.0.1:{find_port()}/", "", TEMPLAT)
    run(kiriman)
    assert (kiriman.status, kiriman.percobaan) == ("antre", 1)
    assert kiriman.galat.startswith("Gerbang pesan tidak menjawab: ")

    settings.GERBANG = None
    Kiriman.objects.update(coba_lagi_pada=None)
    run(kiriman)
    assert (kiriman.status, kiriman.percobaan) == ("antre", 1)
    assert kiriman.galat == "Gerbang pesan belum diatur (INTEGRITAS_GERBANG_URL)."


def test_marks_are_filled_in_once_wherever_a_text_stands():
    nilai = {"ke": "{teks}", "teks": "isi", "perihal": "", "id": "1"}

    assert fill(["{ke} {lain}", 1, None, {"a": "{teks}{id}"}], nilai) == [
        "{teks} {lain}",
        1,
        None,
        {"a": "isi1"},
    ]


@pytest.mark.parametrize(
    ("isi", "nama"),
    [
        (("ftp://x/", "", TEMPLAT), "INTEGRITAS_GERBANG_URL"),
        (("https://x/", "tanpa titik dua", TEMPLAT), "INTEGRITAS_GERBANG_KEPALA"),
        (("https://x/", "A: b\r\nC: d\u00e9", TEMPLAT), "INTEGRITAS_GERBANG_KEPALA"),
        (("https://x/", "", "{ke} {teks}"), "INTEGRITAS_GERBANG_TEMPLAT"),
        (("https://x/", "", '{"a": "{ke}"}'), "INTEGRITAS_GERBANG_TEMPLAT"),
    ],
)
def test_a_wrong_setting_is_named(isi, nama):
    with pytest.raises(PengaturanSalahError, match=f"^{nama}: "):
        read_gerbang(*isi)


def test_without_an_address_there_is_no_gateway():
    assert read_gerbang("", "", "bukan JSON") is None
