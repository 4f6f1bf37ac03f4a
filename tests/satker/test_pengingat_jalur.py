"""Steps bring their reminders along: each tells the maker, once it is kept, what has moved."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from satker.alur import batas_triwulan, capaian, penutupan, tindak_lanjut, upacara
from satker.alur.janji.dipa import record_dipa, record_dipa_many
from satker.models import Dipa, RealisasiIndikator, TindakLanjut
from satker.pengingat import tugas_susun
from tests.factories import (
    AdminFactory,
    InstansiFactory,
    PesertaFactory,
    SatkerFactory,
    UpacaraFactory,
)
from tests.factories.janji import make_perjanjian, sign
from tests.factories.ukur import IndikatorFactory, PerjanjianKinerjaFactory

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "berkas"
    settings.INTEGRITAS_SEMENTARA = tmp_path / "unggahan"


@pytest.fixture
def dipanggil(monkeypatch, django_capture_on_commit_callbacks):
    """What the maker is told by a step, after it."""

    def run(langkah, *argumen, **lain):
        daftar = []
        with monkeypatch.context() as ganti:
            ganti.setattr(
                tugas_susun.refresh_pengingat, "delay", lambda *kunci: daftar.append(kunci)
            )
            with django_capture_on_commit_callbacks(execute=True):
                langkah(*argumen, **lain)
                assert not daftar
        return sorted(daftar, key=str)

    return run


def test_ceremonies_that_end_and_what_follows_them(dipanggil):
    oleh = AdminFactory()
    satker = SatkerFactory()
    acara = UpacaraFactory(
        tuan_rumah=satker,
        peserta=[satker],
        status="berlangsung",
        tanggal=timezone.localdate(),
        dibuka_pada=timezone.now(),
    )
    PesertaFactory(upacara=acara, hadir_pada=timezone.now(), cara_hadir="kode")

    ditutup = dipanggil(penutupan.close, acara, by=oleh)
    satu = TindakLanjut.objects.order_by("pk").first()
    ditandai = dipanggil(tindak_lanjut.mark, satu, selesai=True, by=oleh)

    assert ditutup == [("tindak_lanjut", None), ("upacara", str(acara.pk))]
    assert ditandai == [("tindak_lanjut", str(satu.pk))]


def test_a_draft_of_a_ceremony_that_is_given_up(dipanggil):
    acara = UpacaraFactory(status="rencana", tanggal=timezone.localdate() + datetime.timedelta(9))

    assert dipanggil(upacara.cancel, acara, alasan="Batal", by=AdminFactory()) == [
        ("upacara", str(acara.pk))
    ]


def test_agreements_their_budget_and_their_quarters(dipanggil):
    oleh = AdminFactory()
    perjanjian = PerjanjianKinerjaFactory(berlaku=True, tahun=2026)
    indikator = IndikatorFactory(sasaran__perjanjian=perjanjian)
    satker = perjanjian.satker

    with time_machine.travel("2026-05-04T10:00:00+07:00"):
        dicatat = dipanggil(record_dipa, satker, 2026, D(2025, 12, 1), by=oleh)
        banyak = dipanggil(record_dipa_many, [SatkerFactory()], 2026, D(2025, 12, 1), by=oleh)
        dilaporkan = dipanggil(
            capaian.report, perjanjian, "b03", {indikator.pk: capaian.Isian(Decimal(1))}, by=oleh
        )
        diatur = dipanggil(
            batas_triwulan.set_batas,
            2026,
            {"b03": D(2026, 4, 10)},
            "Surat",
            by=oleh,
            instansi=InstansiFactory(),
        )

    assert dicatat == [("pk_batas", str(Dipa.objects.get(satker=satker).pk))]
    assert banyak == [("pk_batas", None)]
    assert dilaporkan == [("triwulan", f"2026:b03:{satker.pk}")]
    assert diatur == [("triwulan", "2026")]


def test_an_agreement_that_is_signed(dipanggil):
    draf = make_perjanjian()

    assert dipanggil(sign, draf, timezone.localdate()) == [
        ("pk_batas", None),
        ("triwulan", str(draf.tahun)),
    ]


def test_a_step_is_kept_though_the_queue_is_away(monkeypatch, django_capture_on_commit_callbacks):
    def refuse(*kunci):
        raise OSError("Connection refused")

    monkeypatch.setattr(tugas_susun.refresh_pengingat, "delay", refuse)
    perjanjian = PerjanjianKinerjaFactory(berlaku=True, tahun=2026)
    indikator = IndikatorFactory(sasaran__perjanjian=perjanjian)

    with (
        time_machine.travel("2026-05-04T10:00:00+07:00"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        isian = {indikator.pk: capaian.Isian(Decimal(1))}
        capaian.report(perjanjian, "b03", isian, by=AdminFactory())

    assert RealisasiIndikator.objects.count() == 1
