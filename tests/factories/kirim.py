"""Rules' steps, reminders and messages. `PengingatFactory()` has been due since a minute."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from satker.models import AturanPengingat, Kiriman, LangkahPengingat, Pengingat
from tests.factories.akun import PenggunaFactory


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
        django_get_or_create = ("aturan", "geser")

    aturan = factory.SubFactory(AturanPengingatFactory)
    geser = -7
    pesan = "Siapkan daftar hadir."


class PengingatFactory(DjangoModelFactory):
    class Meta:
        model = Pengingat

    langkah = factory.SubFactory(LangkahPengingatFactory)
    objek = factory.Sequence(lambda nomor: f"uji:{nomor}")
    acuan = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=7))
    pengguna = factory.SubFactory(PenggunaFactory)
    judul = factory.Sequence(lambda nomor: f"Upacara {nomor}")
    pesan = "Siapkan daftar hadir."
    url = "/upacara/uji/"
    tanggal = factory.LazyFunction(timezone.localdate)
    jatuh_pada = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(minutes=1))
    berguna_sampai = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=3))


class KirimanFactory(DjangoModelFactory):
    class Meta:
        model = Kiriman

    jenis = "uji"
    kunci = factory.Sequence(lambda nomor: f"uji:{nomor}")
    pengguna = factory.SubFactory(PenggunaFactory)
    saluran = Kiriman.Saluran.SUREL
    kirim_pada = factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(minutes=1))
