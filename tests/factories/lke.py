"""Assessments with the packaged instrument, opened and answered by the steps of the product."""

import datetime

import factory
from django.utils import timezone

from penilaian.alur.instrumen import load_instrumen
from penilaian.instrumen import load_bawaan
from penilaian.instrumen.baca import BERKAS_BAWAAN
from penilaian.models import Penilaian, VersiInstrumen
from tests.factories.organisasi import SatkerFactory


def load_versi() -> VersiInstrumen:
    """The packaged instrument as a version of this database."""
    return load_instrumen(BERKAS_BAWAAN.read_text(encoding="utf-8")).versi


def build_jawaban(pilih=0, jumlah=5, indeks="3.71", tanpa=()) -> dict:
    """A whole LKE in the exchanged shape: the option number `pilih` everywhere (0 is the best),
    and counts that can be."""
    return {
        satu.kode: satu.opsi[min(pilih, len(satu.opsi) - 1)].kode
        if satu.opsi
        else {
            # Those in process are beside those done.
            m.kode: indeks if m.desimal else 0 if m.kode == "aduan_proses" else jumlah
            for m in satu.daftar_isian
        }
        for satu in load_bawaan().daftar_pertanyaan
        if satu.kode not in tanpa
    }


class PenilaianFactory(factory.Factory):
    """An assessment open today; `jawaban={kode: …}` fills it as `score_lke` reads answers."""

    class Meta:
        model = Penilaian

    satker = factory.SubFactory(SatkerFactory)
    tahun = factory.LazyFunction(lambda: timezone.localdate().year)
    target = "WBK"
    buka_pada = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=30))
    tutup_pada = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=30))
    jawaban = None
    by = None

    @classmethod
    def _create(cls, model_class, *args, satker, jawaban, by, **isi):
        from penilaian.alur import pembukaan, pengisian

        [penilaian] = pembukaan.open_many([satker], versi=load_versi(), by=by, **isi)
        if jawaban:
            pengisian.write_many(penilaian, jawaban, by=by)
        return penilaian
