"""People of the roster, rounds, events, those expected and what they sign."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from satker.alur import naskah as alur_naskah
from satker.models import Naskah, Personel, Peserta, PesertaSatker, Putaran, Saksi, Upacara
from tests.factories.organisasi import KanwilFactory, SatkerFactory


class PersonelFactory(DjangoModelFactory):
    class Meta:
        model = Personel

    satker = factory.SubFactory(SatkerFactory)
    nama = factory.Sequence(lambda nomor: f"Orang Uji {nomor}")
    jenis = Personel.Jenis.ASN
    jabatan = "Pengelola data"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        personel = model_class(*args, **kwargs).fill_kunci()
        personel.save()
        return personel


class PutaranFactory(DjangoModelFactory):
    class Meta:
        model = Putaran

    kode = factory.Sequence(lambda nomor: f"putaran-{nomor}")
    kanwil = factory.SubFactory(KanwilFactory)
    nama = "Deklarasi Janji Kinerja"
    tahun = 2026


class UpacaraFactory(DjangoModelFactory):
    """A scheduled event of tomorrow at nine; `peserta=[satker, …]` takes units in."""

    class Meta:
        model = Upacara
        skip_postgeneration_save = True

    kode = factory.Sequence(lambda nomor: f"upacara-{nomor}")
    nama = "Deklarasi Janji Kinerja"
    tuan_rumah = factory.SubFactory(SatkerFactory)
    tempat = "Aula"
    tanggal = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=1))
    mulai_pada = factory.LazyAttribute(
        lambda satu: datetime.datetime.combine(satu.tanggal, datetime.time(2, tzinfo=datetime.UTC))
    )
    zona_waktu = "WIB"
    status = Upacara.Status.TERJADWAL
    uid = factory.LazyAttribute(lambda satu: f"{satu.kode}@uji")

    @factory.post_generation
    def peserta(self, create, daftar, **kwargs):
        PesertaSatker.objects.bulk_create(
            PesertaSatker(upacara=self, satker=satker) for satker in daftar or []
        )


class SaksiFactory(DjangoModelFactory):
    class Meta:
        model = Saksi

    upacara = factory.SubFactory(UpacaraFactory)
    lembaga = "Lembaga Contoh"
    nama = factory.Sequence(lambda nomor: f"Saksi Uji {nomor}")


class PesertaFactory(DjangoModelFactory):
    """Somebody of the host's roster, or a witness (`saksi=`)."""

    class Meta:
        model = Peserta

    upacara = factory.SubFactory(UpacaraFactory)
    saksi = None
    personel = factory.LazyAttribute(
        lambda satu: None if satu.saksi else PersonelFactory(satker=satu.upacara.tuan_rumah)
    )
    satker = factory.LazyAttribute(lambda satu: satu.personel.satker if satu.personel else None)


class NaskahFactory(DjangoModelFactory):
    """A unit's pact; `upacara=` makes it one of an event, `beku=True` can be signed."""

    class Meta:
        model = Naskah
        skip_postgeneration_save = True

    jenis = "pakta"
    upacara = None
    satker = factory.LazyAttribute(lambda satu: None if satu.upacara else SatkerFactory())
    tahun = 2026
    judul = "Pakta Integritas"
    teks = "Teks uji."
    persetujuan = "Saya telah membaca dan menyetujui naskah ini."

    @factory.post_generation
    def beku(self, create, beku, **kwargs):
        if beku:
            alur_naskah.freeze(self, by=None)
            self.refresh_from_db()
