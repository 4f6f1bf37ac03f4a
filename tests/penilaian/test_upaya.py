"""Effort and numbers within reach, as the unit sets them."""

import pytest
from django.utils import timezone

from penilaian.alur.upaya import UpayaError, save_upaya
from penilaian.models import Status, Upaya
from satker.models import Riwayat
from tests.factories import OperatorFactory, PenilaianFactory

pytestmark = pytest.mark.django_db
CUKUP = {"jumlah_agen": "4", "jumlah_perubahan": "4"}


def read(penilaian):
    return {
        satu.pertanyaan.kode: (satu.upaya, satu.jangkauan)
        for satu in Upaya.objects.filter(penilaian=penilaian).select_related("pertanyaan")
    }


def test_effort_and_reach_are_saved_with_one_history_line():
    penilaian = PenilaianFactory()
    operator = OperatorFactory(satker=penilaian.satker)

    jumlah = save_upaya(
        penilaian,
        {"A.I.1.i.a": "1", "A.I.1.i.b": " 7 ", "A.II.1.i.a": "3"},
        {"A.II.1.i.a": CUKUP, "B.I.a": {"indeks": "3.9"}, "B.II.a": {"indeks": ""}},
        by=operator,
    )

    assert jumlah == 3
    assert read(penilaian) == {
        "A.I.1.i.b": (7, ""),
        "A.II.1.i.a": (3, '{"jumlah_agen":"4","jumlah_perubahan":"4"}'),
        "B.I.a": (1, '{"indeks":"3.9"}'),
    }
    [riwayat] = [
        satu for satu in Riwayat.objects.of(penilaian.satker) if satu.kejadian == "upaya LKE diubah"
    ]
    assert riwayat.oleh_id == operator.pk
    assert riwayat.isi["sebelum"]["B.I.a"] == {"upaya": 1}
    assert riwayat.isi["sesudah"]["B.I.a"] == {"upaya": 1, "jangkauan": {"indeks": "3.9"}}


def test_saving_again_changes_what_stands_there_and_nothing_else():
    penilaian = PenilaianFactory()
    save_upaya(penilaian, {"B.I.a": "4"}, {"B.I.a": {"indeks": "3.9"}}, by=None)
    jumlah = Riwayat.objects.count()

    assert save_upaya(penilaian, {"B.I.a": "4"}, {"B.I.a": {"indeks": "3.9"}}, by=None) == 0
    assert Riwayat.objects.count() == jumlah
    assert save_upaya(penilaian, {"B.I.a": ""}, {"B.I.a": {"indeks": ""}}, by=None) == 1
    assert read(penilaian) == {"B.I.a": (1, "")}


@pytest.mark.parametrize(
    ("upaya", "jangkauan", "pesan"),
    [
        ({"A.I.1.i.b": "0"}, {}, "Nomor 2 (A.I.1.i.b): upaya harus bilangan bulat 1 sampai 9"),
        ({"A.I.1.i.b": "10"}, {}, "Nomor 2 (A.I.1.i.b): upaya harus bilangan bulat 1 sampai 9"),
        ({"A.I.1.i.b": "12"}, {}, "bukan '12'"),
        ({"A.I.1.i.b": "2,5"}, {}, "bukan '2,5'"),
        ({"A.I.1.i.b": "²"}, {}, "bukan '²'"),
        ({}, {"A.I.1.i.b": {"pilihan": "A"}}, "Nomor 2 (A.I.1.i.b): hanya persen dan indeks"),
        (
            {},
            {"A.II.1.i.a": {"jumlah_agen": "4"}},
            "Nomor 88 (A.II.1.i.a): isi semua angka yang dapat dijangkau",
        ),
        (
            {},
            {"A.II.1.i.a": CUKUP | {"jumlah_agen": "x"}},
            "Nomor 88 (A.II.1.i.a): isian 'jumlah_agen' berisi 'x', bukan angka.",
        ),
        ({}, {"B.I.a": {"indeks": "4.5"}}, "Nomor 111 (B.I.a): isian 'indeks' paling besar 4"),
    ],
)
def test_what_cannot_be_is_refused_by_its_number_and_nothing_is_written(upaya, jangkauan, pesan):
    penilaian = PenilaianFactory()
    jumlah = Riwayat.objects.count()

    with pytest.raises(UpayaError) as galat:
        save_upaya(penilaian, {"A.I.1.i.a": "5"} | upaya, jangkauan, by=None)

    assert pesan in str(galat.value)
    assert not Upaya.objects.exists()
    assert Riwayat.objects.count() == jumlah


def test_every_wrong_question_is_named_at_once():
    penilaian = PenilaianFactory()

    with pytest.raises(UpayaError) as galat:
        save_upaya(penilaian, {"A.I.1.i.a": "x", "A.I.1.i.b": "0"}, {}, by=None)

    assert list(galat.value.galat) == ["A.I.1.i.a", "A.I.1.i.b"]


def test_a_plan_may_change_after_submission():
    penilaian = PenilaianFactory()
    penilaian.status, penilaian.diajukan_pada = Status.DIAJUKAN, timezone.now()
    penilaian.diajukan_oleh = OperatorFactory(satker=penilaian.satker)
    penilaian.save(update_fields=["status", "diajukan_pada", "diajukan_oleh"])

    assert save_upaya(penilaian, {"A.I.1.i.a": "2"}, {}, by=None) == 1
