"""The pages of handing in, giving out areas, and the Kanwil's steps."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from penilaian.alur import area, pengisian
from penilaian.models import AreaPenilaian, Penilaian, Pertanyaan, Temuan
from tests.factories import KepalaFactory, OperatorFactory, TimKanwilFactory
from tests.factories.lke import PenilaianFactory, build_jawaban

pytestmark = pytest.mark.django_db
HARI = timezone.localdate()


@pytest.fixture
def penilaian():
    return PenilaianFactory(jawaban=build_jawaban(tanpa=("A.I.1.i.b", "A.I.2.i.a")))


@pytest.fixture
def kepala(penilaian, client_for):
    return client_for(KepalaFactory(satker=penilaian.satker))


@pytest.fixture
def operator(penilaian, client_for):
    return client_for(OperatorFactory(satker=penilaian.satker))


@pytest.fixture
def kanwil(penilaian, client_for):
    posisi = penilaian.satker.kedudukansatker_set.get()
    return client_for(TimKanwilFactory(kanwil=posisi.kanwil))


def read_tanda(halaman) -> str:
    return halaman.text.split('name="tanda" value="')[1].split('"')[0]


def is_shut(kode="A.1"):
    return AreaPenilaian.objects.get(area=kode).diajukan_pada is not None


def test_an_area_is_handed_in_after_its_checklist(operator, penilaian):
    url = reverse("area_submit", args=[penilaian.pk, "A.1"])

    halaman = operator.get(url)

    assert "Ajukan area 1, Manajemen Perubahan?" in halaman.text
    assert f'href="{reverse("area_detail", args=[penilaian.pk, "A.1"])}#q2"' in halaman.text
    assert "1 pertanyaan kosong dihitung nol" in halaman.text

    tanpa_centang = operator.post(url, {"tanda": read_tanda(halaman)})
    assert tanpa_centang.status_code == 422
    assert not is_shut()

    jawaban = operator.post(url, {"tanda": read_tanda(halaman), "setuju_kosong": "on"}, follow=True)
    assert "Area 1, Manajemen Perubahan diajukan ke kepala satker." in jawaban.text
    assert is_shut()
    assert "sudah diajukan pada" in operator.get(url).text
    assert 'name="tanda"' not in operator.get(url).text


def test_a_change_in_between_shows_the_list_again(kepala, penilaian):
    url = reverse("penilaian_submit", args=[penilaian.pk])
    tanda = read_tanda(kepala.get(url))
    pengisian.write_many(penilaian, {"A.I.1.i.b": "A"}, by=None)

    jawaban = kepala.post(url, {"tanda": tanda, "setuju_kosong": "on"})

    assert jawaban.status_code == 409
    assert "Isi LKE berubah sejak halaman ini dibuka." in jawaban.text
    assert read_tanda(jawaban) != tanda
    assert Penilaian.objects.get().status == "pengisian"


def test_the_whole_is_handed_in_by_the_head(kepala, penilaian):
    url = reverse("penilaian_submit", args=[penilaian.pk])
    halaman = kepala.get(url)
    assert "2 pertanyaan kosong dihitung nol" in halaman.text
    assert "Area yang belum diajukan petugasnya" in halaman.text

    jawaban = kepala.post(url, {"tanda": read_tanda(halaman), "setuju_kosong": "on"}, follow=True)

    assert f"LKE {penilaian.tahun} diajukan ke Tim Kanwil." in jawaban.text
    assert Penilaian.objects.get().status == "diajukan"


def test_what_must_be_mended_comes_first_and_leaves_no_button(kepala, penilaian):
    pertanyaan = Pertanyaan.objects.get(versi=penilaian.versi, kode="A.I.1.i.a")
    Temuan.objects.create(
        penilaian=penilaian,
        pertanyaan=pertanyaan,
        aturan="uji",
        kunci="uji",
        tingkat="harus",
        fakta_satu="14 dilaporkan",
        fakta_dua="12 terdata",
    )

    halaman = kepala.get(reverse("penilaian_submit", args=[penilaian.pk])).text

    assert halaman.index("Nomor 1: 14 dilaporkan") < halaman.index("Pertanyaan kosong")
    assert 'name="tanda"' not in halaman


def test_an_area_is_given_to_people_of_the_unit(kepala, penilaian):
    petugas = OperatorFactory(satker=penilaian.satker)
    url = reverse("area_assign", args=[penilaian.pk, "A.2"])
    assert petugas.nama in kepala.get(url).text

    jawaban = kepala.post(
        url, {"daftar_petugas": [petugas.pk], "tenggat": HARI.isoformat()}, follow=True
    )

    assert "Petugas dan batas area disimpan." in jawaban.text
    baris = AreaPenilaian.objects.get(area="A.2")
    assert (list(baris.daftar_petugas.all()), baris.tenggat) == ([petugas], HARI)
    assert re.search(f'value="{petugas.pk}"[^>]* checked', kepala.get(url).text)


def test_somebody_elses_person_is_refused(kepala, penilaian):
    url = reverse("area_assign", args=[penilaian.pk, "A.2"])

    jawaban = kepala.post(url, {"daftar_petugas": [OperatorFactory().pk]})

    assert jawaban.status_code == 422
    assert not AreaPenilaian.objects.get(area="A.2").daftar_petugas.exists()


def test_a_handed_in_area_is_returned_with_a_reason(kepala, penilaian):
    area.submit_area(
        penilaian, "A.1", by=KepalaFactory(satker=penilaian.satker), setuju_kosong=True
    )
    url = reverse("area_return", args=[penilaian.pk, "A.1"])

    assert kepala.post(url, {"alasan": ""}).status_code == 422
    assert is_shut()
    kepala.post(url, {"alasan": "lengkapi bukti"})
    assert not is_shut()


def test_the_kanwil_extends_reopens_and_changes_the_target(kanwil, kepala, penilaian):
    akhir = HARI + datetime.timedelta(90)

    kanwil.post(
        reverse("penilaian_extend", args=[penilaian.pk]),
        {"tutup_pada": akhir.isoformat(), "alasan": "banjir"},
    )
    jawaban = kanwil.post(
        reverse("penilaian_target", args=[penilaian.pk]),
        {"target": "WBBM", "alasan": "permintaan"},
        follow=True,
    )
    assert "belum tercatat memegang WBK" in jawaban.text
    url = reverse("penilaian_submit", args=[penilaian.pk])
    kepala.post(url, {"tanda": read_tanda(kepala.get(url)), "setuju_kosong": "on"})
    kanwil.post(
        reverse("penilaian_reopen", args=[penilaian.pk]),
        {"daftar_area": ["A.1"], "tutup_pada": "", "alasan": "bukti kurang"},
    )

    kini = Penilaian.objects.get()
    assert (kini.tutup_pada, kini.target, kini.status) == (akhir, "WBBM", "pengisian")
    assert (is_shut("A.1"), is_shut("A.2")) == (False, True)


def test_the_hub_offers_each_what_they_may(kepala, operator, kanwil, penilaian):
    hub = reverse("penilaian_detail", args=[penilaian.pk])
    daftar_aksi = {
        nama: reverse(nama, args=[penilaian.pk])
        for nama in (
            *("penilaian_submit", "penilaian_extend", "penilaian_reopen", "penilaian_target"),
        )
    } | {nama: reverse(nama, args=[penilaian.pk, "A.1"]) for nama in ("area_assign", "area_return")}

    def list_aksi(client):
        halaman = client.get(hub).text
        return {nama for nama, url in daftar_aksi.items() if f'href="{url}"' in halaman}

    assert list_aksi(operator) == set()
    assert list_aksi(kepala) == {"penilaian_submit", "area_assign"}
    assert list_aksi(kanwil) == {"penilaian_extend", "penilaian_target", "area_assign"}
    area.submit_area(
        penilaian, "A.1", by=KepalaFactory(satker=penilaian.satker), setuju_kosong=True
    )
    assert list_aksi(kepala) == {"penilaian_submit", "area_assign", "area_return"}
    Penilaian.objects.update(
        status="diajukan", diajukan_pada=timezone.now(), diajukan_oleh=KepalaFactory()
    )
    assert list_aksi(kepala) == set()
    assert list_aksi(kanwil) == {"penilaian_reopen"}


def test_the_page_of_an_area_offers_to_hand_it_in(operator, kanwil, penilaian):
    halaman = reverse("area_detail", args=[penilaian.pk, "A.1"])
    tautan = f'href="{reverse("area_submit", args=[penilaian.pk, "A.1"])}"'

    assert tautan in operator.get(halaman).text
    assert tautan not in kanwil.get(halaman).text
