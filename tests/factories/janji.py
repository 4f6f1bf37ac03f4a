"""Agreements through the product's own steps."""

import io
from decimal import Decimal

from django.utils import timezone

from satker.alur import janji as alur
from satker.alur.janji.draf import PilihanPihak
from satker.janji import Isi, IsiIndikator, IsiKegiatan, IsiSasaran
from tests.factories.akun import KepalaFactory
from tests.factories.organisasi import SatkerFactory
from tests.penilaian.bukti.contoh import build_pdf


def make_isi(**indikator) -> Isi:
    """A goal with two indicators, and an activity."""
    isi = {"nama": "Layanan tepat waktu", "satuan": "persen", "arah": "naik", "target": Decimal(90)}
    return Isi(
        (
            IsiSasaran(
                "Layanan pemasyarakatan membaik",
                (
                    IsiIndikator(**isi | indikator),
                    IsiIndikator("Gangguan keamanan", "kejadian", "turun", Decimal(2)),
                ),
            ),
        ),
        (IsiKegiatan("Pembinaan warga binaan", Decimal("1250000000")),),
    )


def make_perjanjian(satker=None, *, tahun=None, isi=None, tanggal=None, kepala=True):
    """A complete draft of a unit whose Kanwil has a head; signed on `tanggal` when that is given."""
    satker = satker or SatkerFactory()
    tahun = tahun or timezone.localdate().year
    if kepala:
        KepalaFactory(satker=satker)
        kanwil = satker.kedudukansatker_set.get(berlaku_sampai=None).kanwil
        if kanwil.satker_id != satker.pk and not kanwil.satker.penugasan_set.exists():
            KepalaFactory(satker=kanwil.satker)
    draf = alur.start(satker, tahun, by=None)
    if not draf.nama_kedua:
        luar = PilihanPihak(None, "Pejabat Pusat Uji", "Sekretaris Jenderal")
        sendiri = PilihanPihak(
            draf.pihak_pertama, draf.nama_pertama or "Kepala Uji", draf.jabatan_pertama or "Kepala"
        )
        draf = alur.choose_pihak(draf, pertama=sendiri, kedua=luar, tempat="Kota Uji", by=None)
    alur.save_isi(draf, isi or make_isi(), by=None)
    return sign(draf, tanggal) if tanggal else draf


def sign(draf, tanggal, **lain):
    """Signed by hand; every sheet is another file."""
    isi = io.BytesIO(build_pdf(f"PK {draf.pk}"))
    bawaan = {"cara": "basah", "berkas": isi, "nama_berkas": "PK.pdf", "by": None}
    return alur.sign(draf, tanggal=tanggal, **bawaan | lain)
