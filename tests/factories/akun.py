"""People by role. `OperatorFactory(satker=…)` is a person with that one assignment of today; the
assignment's own fields (`berlaku_dari`, `berlaku_sampai`, `jenis`, `daftar_area`) go along."""

import datetime

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory

from satker.models import Pengguna, Penugasan, Peran, Undangan
from tests.factories.organisasi import InstansiFactory, KanwilFactory, SatkerFactory

SANDI = "kunci-uji-yang-panjang"
LAMA = datetime.date(2020, 1, 1)


class PenggunaFactory(DjangoModelFactory):
    """A person with the password `SANDI`; `diundang=True` has none yet."""

    class Meta:
        model = Pengguna

    class Params:
        sandi = SANDI
        diundang = factory.Trait(sandi=None)

    email = factory.Sequence(lambda nomor: f"orang{nomor}@uji.invalid")
    nama = factory.Sequence(lambda nomor: f"Orang Uji {nomor}")
    password = factory.LazyAttribute(lambda satu: make_password(satu.sandi))


class PenugasanFactory(DjangoModelFactory):
    class Meta:
        model = Penugasan

    pengguna = factory.SubFactory(PenggunaFactory)
    peran = Peran.OPERATOR
    berlaku_dari = LAMA


KOLOM_PENUGASAN = {
    *("instansi", "kanwil", "satker"),
    *("berlaku_dari", "berlaku_sampai", "jenis", "daftar_area", "dasar"),
}


class BertugasFactory(PenggunaFactory):
    """A person with one assignment; subclasses name the role and its usual scope."""

    class Meta:
        abstract = True

    peran = None

    @classmethod
    def _create(cls, model_class, *args, peran, **kwargs):
        tugas = {nama: kwargs.pop(nama) for nama in KOLOM_PENUGASAN & kwargs.keys()}
        pengguna = super()._create(model_class, *args, **kwargs)
        PenugasanFactory(pengguna=pengguna, peran=peran, **tugas)
        return pengguna


class OperatorFactory(BertugasFactory):
    peran = Peran.OPERATOR
    satker = factory.SubFactory(SatkerFactory)


class KepalaFactory(BertugasFactory):
    peran = Peran.KEPALA_SATKER
    satker = factory.SubFactory(SatkerFactory)


class TimKanwilFactory(BertugasFactory):
    peran = Peran.TIM_KANWIL
    kanwil = factory.SubFactory(KanwilFactory)


class Eselon1Factory(BertugasFactory):
    peran = Peran.ESELON1
    instansi = factory.SubFactory(
        InstansiFactory,
        kode="ditjenpas",
        induk=factory.SubFactory(InstansiFactory, kode="kemenkumham"),
    )


class TpiFactory(BertugasFactory):
    """`TpiFactory(satker=…)` is assigned to one unit instead of the ministry."""

    peran = Peran.TPI
    satker = None
    instansi = factory.Maybe(
        "satker",
        yes_declaration=None,
        no_declaration=factory.SubFactory(InstansiFactory, kode="kemenkumham"),
    )


class PimpinanFactory(BertugasFactory):
    peran = Peran.PIMPINAN
    instansi = factory.SubFactory(InstansiFactory, kode="kemenkumham")


class AdminFactory(BertugasFactory):
    peran = Peran.ADMIN
    instansi = factory.SubFactory(InstansiFactory, kode="kemenkumham")


class PemantauFactory(BertugasFactory):
    """Time-boxed; `PemantauFactory(kanwil=…)` watches a whole Kanwil."""

    peran = Peran.PEMANTAU
    kanwil = None
    satker = factory.Maybe(
        "kanwil", yes_declaration=None, no_declaration=factory.SubFactory(SatkerFactory)
    )
    berlaku_sampai = factory.LazyFunction(
        lambda: timezone.localdate() + datetime.timedelta(days=90)
    )


class UndanganFactory(DjangoModelFactory):
    """An open invitation whose link ends in `token` (`undangan.token`, known to the test only)."""

    class Meta:
        model = Undangan

    pengguna = factory.SubFactory(PenggunaFactory, diundang=True)
    token = factory.Sequence(lambda nomor: f"token-uji-{nomor}")
    berlaku_sampai = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=7))

    @classmethod
    def _create(cls, model_class, *args, token, **kwargs):
        undangan = super()._create(model_class, *args, sidik=Undangan.hash_token(token), **kwargs)
        undangan.token = token
        return undangan
