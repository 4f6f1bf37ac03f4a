"""Predicates made by the steps that make them in the product, and what was said publicly."""

import datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from penilaian import alur
from penilaian.models import AturanPredikat, KlaimAngka, PernyataanTanpa, Predikat
from tests.factories.organisasi import SUMBER, SatkerFactory


class PredikatFactory(factory.Factory):
    """A granted predicate. `klarifikasi`, `dicabut` and `berakhir` take the date of that change."""

    class Meta:
        model = Predikat

    satker = factory.SubFactory(SatkerFactory)
    jenis = "WBK"
    by = None
    sumber = SUMBER
    tanggal_sk = datetime.date(2021, 12, 20)
    nomor_sk = factory.Sequence(lambda nomor: f"SK-UJI-{nomor}")
    alasan_tanpa_wbk = factory.LazyAttribute(lambda satu: "uji" if satu.jenis == "WBBM" else "")
    klarifikasi = None
    dicabut = None
    berakhir = None

    @classmethod
    def _create(cls, model_class, *args, satker, jenis, klarifikasi, dicabut, berakhir, **kwargs):
        predikat = alur.grant(satker, jenis, **kwargs)
        for langkah, tanggal in (
            (alur.open_klarifikasi, klarifikasi),
            (alur.revoke, dicabut),
            (alur.end, berakhir),
        ):
            if tanggal is not None:
                langkah(predikat, by=kwargs["by"], tanggal=tanggal, sumber=SUMBER)
        predikat.refresh_from_db()
        return predikat


class TanpaFactory(factory.Factory):
    """A source says that the unit held nothing on `pada`."""

    class Meta:
        model = PernyataanTanpa

    satker = factory.SubFactory(SatkerFactory)
    by = None
    pada = datetime.date(2022, 1, 19)
    sumber = SUMBER

    @classmethod
    def _create(cls, model_class, *args, satker, **kwargs):
        return alur.attest_tanpa(satker, **kwargs)


class KlaimFactory(DjangoModelFactory):
    class Meta:
        model = KlaimAngka

    lingkup = factory.Sequence(lambda nomor: f"lingkup-{nomor}")
    ukuran = "satker"
    nilai = Decimal(29)
    waktu = "2022-01-19"
    waktu_dari = datetime.date(2022, 1, 19)
    waktu_sampai = factory.SelfAttribute("waktu_dari")
    sumber = "koran uji"


class AturanFactory(DjangoModelFactory):
    """A number of the rules; `load_fakta` brings the real ones."""

    class Meta:
        model = AturanPredikat
        django_get_or_create = ("kode", "berlaku_dari")

    kode = "larangan-sesudah-cabut"
    nama = factory.SelfAttribute("kode")
    nilai = 2
    satuan = "tahun"
    berlaku_dari = datetime.date(2019, 1, 1)
    sumber = SUMBER
