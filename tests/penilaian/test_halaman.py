"""The assessment of a page, read by hand-written SQL: the same as the queryset gives."""

import datetime
import operator

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from penilaian import rekap
from penilaian.halaman import (
    KOLOM_VERSI,
    lock_penilaian,
    read_jawaban,
    read_masa,
    read_penilaian,
    read_rekap,
)
from penilaian.models import (
    LAPIS_SATKER,
    AreaPenilaian,
    Jawaban,
    MasaPredikat,
    Penilaian,
    Rekap,
)
from satker.models import SatuanKerja
from tests.factories import (
    AdminFactory,
    KanwilFactory,
    OperatorFactory,
    PenggunaFactory,
    PredikatFactory,
    SatkerFactory,
    TimKanwilFactory,
)
from tests.factories.lke import PenilaianFactory, build_jawaban

pytestmark = pytest.mark.django_db


@pytest.fixture
def dunia():
    """Two units, one of which moved, each with an LKE; and people on all sides."""
    lama, baru = KanwilFactory(), KanwilFactory()
    pindah = SatkerFactory(kanwil=lama, pindah_ke=baru, pindah_pada=datetime.date(2024, 10, 21))
    tetap = SatkerFactory(kanwil=lama)
    for satker in (pindah, tetap):
        PenilaianFactory(satker=satker, jawaban=build_jawaban(pilih=1))
    return [
        PenggunaFactory(),
        AdminFactory(),
        OperatorFactory(satker=tetap),
        OperatorFactory(satker=pindah),
        TimKanwilFactory(kanwil=lama),
        TimKanwilFactory(kanwil=baru),
    ]


def flatten(penilaian):
    """What a page reads of it."""
    return [
        *(getattr(penilaian, satu.attname) for satu in Penilaian._meta.concrete_fields),
        *(getattr(penilaian.satker, satu.attname) for satu in SatuanKerja._meta.concrete_fields),
        *(getattr(penilaian.versi, kolom) for kolom in ("pk", *KOLOM_VERSI)),
        penilaian.nama,
        penilaian.satker.contoh is False,
    ]


def test_everybody_reads_the_same_as_from_the_queryset(dunia, count_queries):
    jumlah = 0
    for user in dunia:
        for kunci in Penilaian.objects.values_list("pk", flat=True):
            seharusnya = Penilaian.objects.visible_to(user).for_page().filter(pk=kunci).first()
            if seharusnya is None:
                with pytest.raises(Http404):
                    read_penilaian(user, kunci)
                continue
            with count_queries() as daftar_sql:
                hasil = read_penilaian(user, kunci)

            assert len(daftar_sql) == 1
            assert flatten(hasil) == flatten(seharusnya)
            jumlah += 1
    assert jumlah == 2 + 1 + 1 + 1 + 1


def test_a_unit_without_a_position_today_goes_by_its_last_name():
    satker = SatkerFactory()
    penilaian = PenilaianFactory(satker=satker)
    posisi = satker.kedudukansatker_set.get()
    posisi.berlaku_sampai = timezone.localdate() - datetime.timedelta(days=1)
    posisi.save()

    assert read_penilaian(AdminFactory(), penilaian.pk).nama == posisi.nama


@pytest.mark.parametrize("kunci", [0, 2**63 - 1, 2**63, 10**40])
def test_a_key_that_cannot_be_is_not_found(kunci):
    with pytest.raises(Http404):
        read_penilaian(AdminFactory(), kunci)


def test_the_text_of_the_version_is_read_only_when_it_is_asked_for(dunia):
    penilaian = read_penilaian(dunia[1], Penilaian.objects.first().pk)

    assert "teks" in penilaian.versi.get_deferred_fields()
    assert penilaian.versi.bawaan.daftar_pertanyaan


def test_kept_scores_are_read_as_they_were_written(dunia):
    penilaian = Penilaian.objects.first()

    hasil = read_rekap(penilaian)

    seharusnya = Rekap.objects.get(penilaian=penilaian, lapis=LAPIS_SATKER)
    for kolom in ("pk", *rekap.KOLOM_DIHITUNG):
        assert getattr(hasil, kolom) == getattr(seharusnya, kolom)
        assert type(getattr(hasil, kolom)) is type(getattr(seharusnya, kolom))


def test_answers_and_the_predicate_are_the_same_as_from_the_queryset(dunia):
    penilaian = Penilaian.objects.order_by("pk")[0]
    Jawaban.objects.filter(penilaian=penilaian, pilihan="B").update(draf=True)
    predikat = PredikatFactory(satker=penilaian.satker)

    daftar = read_jawaban(penilaian)

    seharusnya = Jawaban.objects.filter(penilaian=penilaian, lapis=LAPIS_SATKER)
    kolom = [satu.attname for satu in Jawaban._meta.concrete_fields]
    assert sorted(operator.attrgetter(*kolom)(satu) for satu in daftar) == sorted(
        seharusnya.values_list(*kolom)
    )
    assert not any(satu._state.adding for satu in daftar)
    masa = read_masa(penilaian)
    assert masa == MasaPredikat.objects.at(timezone.localdate()).get(satker=penilaian.satker)
    assert masa.predikat == predikat
    assert read_masa(Penilaian.objects.order_by("pk")[1]) is None


def test_a_locked_assessment_is_as_it_is_now_and_says_whether_an_area_is_in(dunia):
    lama = Penilaian.objects.order_by("pk")[0]
    Penilaian.objects.filter(pk=lama.pk).update(target="WBBM")
    AreaPenilaian.objects.filter(penilaian=lama, area="A.2").update(
        diajukan_pada=timezone.now(), diajukan_oleh=PenggunaFactory()
    )

    with transaction.atomic():
        daftar = [lock_penilaian(lama.pk, area) for area in ("A.1", "A.2")]

    assert [terkunci for _, terkunci in daftar] == [False, True]
    assert {satu.target for satu, _ in daftar} == {"WBBM"}
    assert {(satu.satker.kode, satu.versi.kode) for satu, _ in daftar} == {
        (lama.satker.kode, lama.versi.kode)
    }
