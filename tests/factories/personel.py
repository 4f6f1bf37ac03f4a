"""Absences and signatures of people of a roster."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from satker.alur import naskah as alur_naskah
from satker.models import Halangan
from tests.factories.upacara import PersonelFactory


class HalanganFactory(DjangoModelFactory):
    """Away today and until tomorrow."""

    class Meta:
        model = Halangan

    personel = factory.SubFactory(PersonelFactory)
    jenis = Halangan.Jenis.CUTI
    dari = factory.LazyFunction(timezone.localdate)
    sampai = factory.LazyAttribute(lambda satu: satu.dari + datetime.timedelta(days=1))


def sign_pakta(naskah, personel, **lain):
    """A signature under a frozen text by the personal link, or as `lain` says."""
    isi = {"cara": "tautan", "persetujuan": True, "by": None} | lain
    return alur_naskah.sign(naskah, personel=personel, **isi)
