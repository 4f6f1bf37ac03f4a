"""Reminders with their rule and step, due this morning unless said otherwise."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from satker import zona as zona_waktu
from satker.models import AturanPengingat, Kiriman, LangkahPengingat, Pengingat
from tests.factories.akun import PenggunaFactory
from tests.factories.organisasi import SatkerFactory


class AturanPengingatFactory(DjangoModelFactory):
    class Meta:
        model = AturanPengingat
        django_get_or_create = ("kode",)

    kode = "uji"
    sumber = "uji"
    nama = "Aturan uji"


class LangkahPengingatFactory(DjangoModelFactory):
    class Meta:
        model = LangkahPengingat
        django_get_or_create = ("aturan", "geser", "satuan", "bagian")

    aturan = factory.SubFactory(AturanPengingatFactory)
    geser = 0
    satuan = "kalender"
    bagian = ""
    daftar_peran = ["operator"]
    pesan = "Kerjakan."


class PengingatFactory(DjangoModelFactory):
    """`hari=-3` has a reference date three days ago."""

    class Meta:
        model = Pengingat

    class Params:
        hari = 0

    langkah = factory.SubFactory(LangkahPengingatFactory)
    objek = factory.Sequence(lambda nomor: f"uji:{nomor}")
    acuan = factory.LazyAttribute(
        lambda satu: timezone.localdate() + datetime.timedelta(days=satu.hari)
    )
    pengguna = factory.SubFactory(PenggunaFactory)
    satker = factory.SubFactory(SatkerFactory)
    judul = factory.Sequence(lambda nomor: f"Perkara uji {nomor}")
    pesan = "Kerjakan."
    url = "/pengingat/"
    tanggal = factory.LazyFunction(timezone.localdate)
    jatuh_pada = factory.LazyAttribute(
        lambda satu: zona_waktu.to_utc(satu.tanggal, datetime.time(0), "WIB")
    )
    berguna_sampai = factory.LazyAttribute(
        lambda satu: satu.jatuh_pada + datetime.timedelta(days=3)
    )


class KirimanFactory(DjangoModelFactory):
    class Meta:
        model = Kiriman

    jenis = "ringkasan"
    kunci = factory.Sequence(lambda nomor: f"ringkasan:{nomor}")
    pengguna = factory.SubFactory(PenggunaFactory)
    saluran = "surel"
    kirim_pada = factory.LazyFunction(timezone.now)
