"""Evidence as rows; the bytes themselves are not in the store."""

import hashlib

import factory

from integritas.models import Berkas
from penilaian.models import BuktiDukung, PemakaianBukti, RevisiBukti
from tests.factories.lke import PenilaianFactory


class BuktiFactory(factory.Factory):
    """A piece of evidence under question `kode` of `penilaian`: a stored file with the content
    `isi`, or an address with `tautan=…`. The same `isi` twice is the same file. `bukti=` links a
    piece that exists; returns the `PemakaianBukti`."""

    class Meta:
        model = PemakaianBukti

    penilaian = factory.SubFactory(PenilaianFactory)
    kode = "A.I.1.i.a"
    isi = factory.Sequence(lambda nomor: f"isi berkas {nomor}")
    nama = factory.Sequence(lambda nomor: f"Bukti uji {nomor}")
    tautan = None
    keadaan = RevisiBukti.Keadaan.BELUM
    bukti = None

    @classmethod
    def _create(
        cls, model_class, *args, penilaian, kode, isi, nama, tautan, keadaan, bukti, **kwargs
    ):
        if bukti is None:
            bukti = BuktiDukung.objects.create(satker=penilaian.satker, nama=nama)
            berkas = None if tautan else get_berkas(isi)
            RevisiBukti.objects.create(
                bukti=bukti, berkas=berkas, tautan=tautan, nama_berkas=nama, keadaan=keadaan
            )
        return model_class.objects.create(
            penilaian=penilaian,
            pertanyaan=penilaian.versi.pertanyaan_set.get(kode=kode),
            bukti=bukti,
            revisi=bukti.revisibukti_set.order_by("-nomor")[0],
            **kwargs,
        )


def get_berkas(isi: str) -> Berkas:
    """The stored file with that content, one for all."""
    return Berkas.objects.get_or_create(
        sha256=hashlib.sha256(isi.encode()).hexdigest(),
        defaults={"ukuran": len(isi), "jenis": "pdf", "mime": "application/pdf"},
    )[0]
