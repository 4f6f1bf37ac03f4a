"""Agreements with goals, indicators and values, as rows; no document stands behind them."""

import datetime
import hashlib

import factory
from factory.django import DjangoModelFactory

from integritas.models import Berkas
from satker.models import IndikatorKinerja, PerjanjianKinerja, RealisasiIndikator, Sasaran
from tests.factories.organisasi import SatkerFactory


class BerkasFactory(DjangoModelFactory):
    """A row without bytes in the store."""

    class Meta:
        model = Berkas

    sha256 = factory.Sequence(lambda nomor: hashlib.sha256(f"janji {nomor}".encode()).hexdigest())
    ukuran = 10
    jenis = "pdf"
    mime = "application/pdf"


class PerjanjianKinerjaFactory(DjangoModelFactory):
    """A draft; `berlaku=True` is signed and in force."""

    class Meta:
        model = PerjanjianKinerja

    class Params:
        berlaku = factory.Trait(
            status="berlaku",
            nama_pertama="Pejabat Uji Satu",
            nama_kedua="Pejabat Uji Dua",
            tanggal=factory.LazyAttribute(lambda satu: datetime.date(satu.tahun, 1, 20)),
            cara="basah",
            sidik="0" * 64,
            berkas=factory.SubFactory(BerkasFactory),
        )

    satker = factory.SubFactory(SatkerFactory)
    tahun = 2026
    versi = 1
    alasan = factory.LazyAttribute(lambda satu: None if satu.versi == 1 else "pejabat")


class SasaranFactory(DjangoModelFactory):
    class Meta:
        model = Sasaran

    perjanjian = factory.SubFactory(PerjanjianKinerjaFactory, berlaku=True)
    urutan = factory.LazyAttribute(
        lambda satu: Sasaran.objects.filter(perjanjian=satu.perjanjian).count() + 1
    )
    nama = factory.LazyAttribute(lambda satu: f"Sasaran uji {satu.urutan}")


class IndikatorFactory(DjangoModelFactory):
    """`target` of the year alone; quarters by `target_b03=…`."""

    class Meta:
        model = IndikatorKinerja

    sasaran = factory.SubFactory(SasaranFactory)
    urutan = factory.LazyAttribute(
        lambda satu: IndikatorKinerja.objects.filter(sasaran=satu.sasaran).count() + 1
    )
    nama = factory.LazyAttribute(lambda satu: f"Indikator uji {satu.sasaran.urutan}.{satu.urutan}")
    satuan = "persen"
    target = 100


class RealisasiFactory(DjangoModelFactory):
    class Meta:
        model = RealisasiIndikator

    indikator = factory.SubFactory(IndikatorFactory)
    periode = "b03"
    nilai = 25
