"""Nodes, units and their dated positions."""

import factory
from factory.django import DjangoModelFactory

from satker.models import (
    Instansi,
    JenisSatker,
    KantorWilayah,
    KedudukanInstansi,
    KedudukanSatker,
    SatuanKerja,
)

SUMBER = "daftar uji"


class InstansiFactory(DjangoModelFactory):
    """A ministry (`InstansiFactory(kode="kemenkumham")` is one and the same) or, with `induk`, a
    directorate general under it."""

    class Meta:
        model = Instansi
        django_get_or_create = ("kode",)

    kode = factory.Sequence(lambda nomor: f"instansi-{nomor}")
    nama = factory.LazyAttribute(lambda satu: f"Instansi {satu.kode}")
    singkatan = factory.LazyAttribute(lambda satu: satu.kode.title())
    induk = None

    @classmethod
    def _create(cls, model_class, *args, nama, singkatan, induk, **kwargs):
        instansi = super()._create(model_class, *args, **kwargs)
        KedudukanInstansi.objects.get_or_create(
            instansi=instansi,
            defaults={"nama": nama, "singkatan": singkatan, "induk": induk, "sumber": SUMBER},
        )
        return instansi


class JenisSatkerFactory(DjangoModelFactory):
    class Meta:
        model = JenisSatker
        django_get_or_create = ("kode",)

    kode = "lapas"
    nama = factory.LazyAttribute(
        lambda satu: "Lembaga Pemasyarakatan" if satu.kode == "lapas" else satu.kode.title()
    )
    singkatan = factory.LazyAttribute(lambda satu: satu.kode.title())
    urutan = 2


class KedudukanFactory(DjangoModelFactory):
    """One more position of a unit that exists; dates are the caller's."""

    class Meta:
        model = KedudukanSatker

    satker = factory.SubFactory("tests.factories.organisasi.SatkerFactory", kedudukan=False)
    nama = factory.Sequence(lambda nomor: f"Lapas Kelas IIA Uji {nomor}")
    jenis = factory.SubFactory(JenisSatkerFactory)
    kelas = "IIA"
    kanwil = None
    instansi = None
    pembina = None
    tempat = "Kota Uji"
    zona_waktu = "WIB"
    sumber = SUMBER

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kedudukan = model_class(*args, **kwargs).fill_cari()
        kedudukan.save()
        return kedudukan


class KanwilFactory(DjangoModelFactory):
    """A regional office: node, unit and position in one; returns the `KantorWilayah`."""

    class Meta:
        model = KantorWilayah

    kode = factory.Sequence(lambda nomor: f"w{nomor}-kanwil")
    contoh = False
    provinsi = factory.Sequence(lambda nomor: f"Provinsi Uji {nomor}")
    kode_bps = "99"
    data_per = None
    nama = factory.LazyAttribute(lambda satu: f"Kantor Wilayah {satu.provinsi}")
    instansi = factory.SubFactory(InstansiFactory, kode="kemenkumham")
    pembina = None

    @classmethod
    def _create(cls, model_class, *args, kode, contoh, nama, instansi, pembina, **kwargs):
        satker = SatuanKerja.objects.create(kode=kode, contoh=contoh)
        kanwil = model_class.objects.create(satker=satker, **kwargs)
        KedudukanFactory(
            satker=satker,
            nama=nama,
            jenis=JenisSatkerFactory(
                kode="kanwil", nama="Kantor Wilayah", singkatan="Kanwil", urutan=1
            ),
            kelas="",
            kanwil=kanwil,
            instansi=instansi,
            pembina=pembina,
        )
        return kanwil


class SatkerFactory(DjangoModelFactory):
    """A unit with one position since before the records; the position's fields are given here too.

    `pindah_ke` and `pindah_pada` give it a second position under another Kanwil from that day;
    `tutup_pada` ends it; `kedudukan=False` leaves the identity alone.
    """

    class Meta:
        model = SatuanKerja

    kode = factory.Sequence(lambda nomor: f"satker-{nomor}")
    contoh = False
    kanwil = factory.Maybe(
        "kedudukan", yes_declaration=factory.SubFactory(KanwilFactory), no_declaration=None
    )
    pindah_ke = None
    pindah_pada = None
    tutup_pada = None

    class Params:
        kedudukan = True

    @classmethod
    def _create(
        cls, model_class, *args, kode, contoh, pindah_ke, pindah_pada, tutup_pada, **posisi
    ):
        satker = model_class.objects.create(kode=kode, contoh=contoh)
        if posisi.get("kanwil") is None and posisi.get("instansi") is None:
            return satker
        pertama = KedudukanFactory(
            satker=satker, **{"berlaku_sampai": pindah_pada or tutup_pada, **posisi}
        )
        if pindah_ke is not None:
            KedudukanFactory(
                satker=satker,
                **{
                    "nama": pertama.nama,
                    "jenis": pertama.jenis,
                    **posisi,
                    "kanwil": pindah_ke,
                    "berlaku_dari": pindah_pada,
                    "berlaku_sampai": tutup_pada,
                },
            )
        return satker
