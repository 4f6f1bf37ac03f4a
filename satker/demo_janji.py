"""Invented agreements of *Kanwil Contoh*: one signed in time, one late, one renewed, one whose
deadline nobody can tell, one still a draft."""

import datetime
import io
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from integritas.berkas.buang import forget_berkas
from satker import perjanjian as baca
from satker.alur import janji as alur
from satker.alur.janji.draf import PilihanPihak
from satker.demo import KANWIL
from satker.janji import Isi, IsiIndikator, IsiKegiatan, IsiSasaran, compute_sidik
from satker.laporan.janji import print_perjanjian
from satker.models import (
    Dipa,
    IndikatorKinerja,
    PerjanjianKinerja,
    RealisasiIndikator,
    SatuanKerja,
)

DRAF, TEPAT, TERLAMBAT, BERUBAH, TANPA_DIPA = (
    *("00-lapas-a", "00-lapas-b", "00-rutan-a", "00-rutan-b", "00-kanim-a"),
)
KAKANWIL = PilihanPihak(None, "Pejabat Contoh Kanwil", "Kepala Kantor Wilayah Contoh")
PUSAT = PilihanPihak(None, "Pejabat Contoh Pusat", "Sekretaris Jenderal Kementerian Contoh")


@transaction.atomic
def load() -> int:
    """Agreements of this year for the invented units that have none; how many were made."""
    tahun = timezone.localdate().year
    satker = {satu.kode: satu for satu in SatuanKerja.objects.filter(contoh=True)}
    if KANWIL not in satker or PerjanjianKinerja.objects.filter(satker__contoh=True).exists():
        return 0
    for kode in satker.keys() - {TANPA_DIPA, "00-bapas-a"}:
        tanggal = datetime.date(tahun - 1, 12, 19)
        alur.record_dipa(satker[kode], tahun, tanggal, f"DIPA-CONTOH-{tahun}", by=None)
    _sign(_draft(satker[KANWIL], tahun, PUSAT, _build_isi(92)), 8)
    _sign(_take_down(satker[TEPAT], tahun), 15)
    _sign(_take_down(satker[TERLAMBAT], tahun), 26)
    lama = _sign(_take_down(satker[BERUBAH], tahun), 16)
    keterangan = "Revisi DIPA ke-1: anggaran pembinaan ditambah"
    baru = alur.revise(lama, alasan="strategi", keterangan=keterangan, by=None)
    alur.save_isi(baru, _build_isi(95, Decimal("1400000000"), baca.read_isi(baru)), by=None)
    _sign(baru, 28)
    _sign(_draft(satker[TANPA_DIPA], tahun, KAKANWIL, _build_isi(90)), 14)
    _take_down(satker[DRAF], tahun)
    return PerjanjianKinerja.objects.filter(satker__contoh=True).count()


def _build_isi(target: int, anggaran=Decimal("1250000000"), lama: Isi | None = None) -> Isi:
    """Two goals; `lama` gives the keys of rows that are kept."""
    kunci = {
        satu.nama: satu.id
        for sasaran in (lama.daftar_sasaran if lama else ())
        for satu in sasaran.daftar_indikator
    }

    def make(nama, satuan, arah, nilai, *triwulan) -> IsiIndikator:
        daftar = tuple(Decimal(satu) for satu in triwulan) or (None,) * 4
        return IsiIndikator(nama, satuan, arah, Decimal(nilai), daftar, kunci.get(nama))

    return Isi(
        (
            IsiSasaran(
                "Meningkatnya kualitas layanan",
                (
                    make(
                        "Layanan selesai tepat waktu", "persen", "naik", target, 80, 85, 90, target
                    ),
                    make("Indeks kepuasan masyarakat", "indeks", "naik", "3.6"),
                ),
            ),
            IsiSasaran(
                "Terwujudnya kantor yang aman dan tertib",
                (make("Gangguan keamanan", "kejadian", "turun", 2, 0, 1, 1, 2),),
            ),
        ),
        (
            IsiKegiatan("Penyelenggaraan layanan", anggaran),
            IsiKegiatan("Dukungan manajemen", Decimal("800000000")),
        ),
    )


def _draft(satker, tahun: int, kedua: PilihanPihak, isi: Isi) -> PerjanjianKinerja:
    draf = alur.start(satker, tahun, by=None)
    posisi = baca.get_posisi(satker.pk, tahun)
    assert posisi is not None, "an invented unit has a position"
    pertama = PilihanPihak(None, f"Pejabat Contoh {satker.kode[3:]}", f"Kepala {posisi.nama}")
    draf = alur.choose_pihak(draf, pertama=pertama, kedua=kedua, tempat=posisi.tempat, by=None)
    return alur.save_isi(draf, isi, by=None)


def _take_down(satker, tahun: int) -> PerjanjianKinerja:
    """A draft with what the Kanwil promises, and the unit's own activities."""
    draf = _draft(satker, tahun, KAKANWIL, Isi((), _build_isi(0).daftar_kegiatan))
    sumber = IndikatorKinerja.objects.filter(
        sasaran__perjanjian__satker__kode=KANWIL, sasaran__perjanjian__tahun=tahun
    )
    alur.cascade(draf, list(sumber.values_list("pk", flat=True)), by=None)
    return draf


def _sign(draf: PerjanjianKinerja, hari: int) -> PerjanjianKinerja:
    """In January, as far as that has come."""
    tanggal = min(datetime.date(draf.tahun, 1, hari), timezone.localdate())
    draf = PerjanjianKinerja.objects.select_related("satker").get(pk=draf.pk)
    isi, posisi = baca.read_isi(draf), baca.get_posisi(draf.satker_id, draf.tahun)
    assert posisi is not None, "an invented unit has a position"
    lembar = print_perjanjian(
        isi,
        {yang: baca.get_pihak(draf, yang) for yang in baca.PIHAK},
        satker=posisi.nama,
        tahun=draf.tahun,
        versi=draf.versi,
        tempat=draf.tempat,
        tanggal=tanggal,
        sidik=compute_sidik(baca.build_dokumen(draf, isi, posisi.nama)),
        draf=False,
        pada=tanggal,
        catatan="Contoh, dikarang untuk percobaan",
    )
    nama = f"PK {draf.tahun} contoh.pdf"
    return alur.sign(
        draf, tanggal=tanggal, cara="basah", berkas=io.BytesIO(lembar), nama_berkas=nama, by=None
    )


def remove() -> None:
    """Agreements and days of DIPA of invented units, whoever made them."""
    daftar_satker = SatuanKerja.objects.filter(contoh=True)
    milik = PerjanjianKinerja.objects.filter(satker__in=daftar_satker)
    RealisasiIndikator.objects.filter(indikator__sasaran__perjanjian__in=milik).delete()
    berkas = list(milik.exclude(berkas=None).values_list("berkas", flat=True))
    milik.update(turunan_dari=None)
    milik.delete()
    Dipa.objects.filter(satker__in=daftar_satker).delete()
    forget_berkas(berkas)
