"""Invented assessments of invented units, made by the steps that people take: one complete, two
begun, and last year's of one of them, to carry over from. Their evidence: demo_bukti."""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.berkas.buang import forget_berkas
from integritas.models import Berkas
from penilaian import demo_bukti
from penilaian.alur import area, instrumen, pembukaan, pengajuan, pengisian
from penilaian.instrumen import Pertanyaan, load_bawaan
from penilaian.models import (
    BuktiDukung,
    Jawaban,
    PemakaianBukti,
    Penilaian,
    Rekap,
    RevisiBukti,
    VersiInstrumen,
)
from satker import penugasan
from satker.models import Pengguna, Peran, SatuanKerja

LAPAS, KANIM, RUTAN = "00-lapas-a", "00-kanim-a", "00-rutan-a"
# Of every ten questions with options, how many steps below the best.
POLA_BAIK = (0, 0, 1, 0, 0, 0, 1, 0, 0, 0)
POLA_SEDANG = (0, 1, 0, 1, 2, 0, 1, 0, 2, 1)
CATATAN = "Contoh catatan, dikarang untuk percobaan: kegiatan berjalan menurut rencana kerja."
CATATAN_TIAP = 9
ANGKA = {
    "A.II.1.i.a": {"jumlah_agen": 6, "jumlah_perubahan": 6},
    "A.II.1.i.b": {"jumlah_perubahan": 6, "jumlah_terintegrasi": 5},
    "A.II.3.iii.a": {"pelanggaran_lalu": 4, "pelanggaran_ini": 1, "pelanggaran_disanksi": 1},
    "A.II.4.i.a": {"jumlah_sasaran": 8, "sasaran_tercapai": 7},
    "A.II.5.ii.a": {"aduan_wajib": 12, "aduan_proses": 1, "aduan_selesai": 11},
    "A.II.5.iii.a": {
        "lhkpn_kepala": 1,
        "lhkpn_pejabat": 4,
        "lhkpn_lainnya": 2,
        "lhkpn_sudah": 7,
    },
    "A.II.5.iii.b": {
        "lhkasn_administrator": 2,
        "lhkasn_pengawas": 9,
        "lhkasn_fungsional": 61,
        "lhkasn_sudah": 70,
    },
    "A.II.6.i.b": {"layanan_terdata": 12, "layanan_dipermudah": 9},
    "B.I.a": {"indeks": "3.71"},
    "B.II.a": {"indeks": "3.64"},
}


def load() -> int:
    """The assessments that are missing; returns how many were made."""
    awal = Penilaian.objects.count()
    instrumen.load_bawaan()
    versi = VersiInstrumen.objects.filter(kode=load_bawaan().kode).order_by("-versi")[0]
    tahun = timezone.localdate().year
    for kode, langkah in CERITA.items():
        satker = SatuanKerja.objects.get(kode=kode)
        for mundur in (1, 0) if kode == LAPAS else (0,):
            if not Penilaian.objects.filter(satker=satker, tahun=tahun - mundur).exists():
                # Whole or not at all: a second load mends nothing.
                with transaction.atomic():
                    (_tell_tahun_lalu if mundur else langkah)(satker, versi, tahun - mundur)
    return Penilaian.objects.count() - awal


def _get_akun(nama: str) -> Pengguna:
    return Pengguna.objects.get(email=f"{nama}@contoh.invalid")


def _open(satker, versi, tahun, target) -> Penilaian:
    hari = timezone.localdate()
    [penilaian] = pembukaan.open_many(
        [satker],
        tahun=tahun,
        target=target,
        versi=versi,
        buka_pada=hari - datetime.timedelta(days=45),
        tutup_pada=hari + datetime.timedelta(days=30),
        by=_get_akun("kanwil"),
    )
    return penilaian


def build_jawaban(pola, daftar: tuple[Pertanyaan, ...]) -> dict:
    """Answers in the exchanged shape, the same at every load."""
    return {
        satu.kode: satu.opsi[min(pola[satu.urutan % len(pola)], len(satu.opsi) - 1)].kode
        if satu.opsi
        else ANGKA[satu.kode]
        for satu in daftar
    }


def _fill(penilaian, pola, daftar_area, by, tanpa=0) -> None:
    """Answer these areas, but `tanpa` questions at the end of each."""
    for kode in daftar_area:
        daftar = penilaian.versi.bawaan.pertanyaan_area[kode]
        daftar = daftar[: len(daftar) - tanpa]
        pengisian.write_many(
            penilaian,
            build_jawaban(pola, daftar),
            by=by,
            catatan={satu.kode: CATATAN for satu in daftar if satu.urutan % CATATAN_TIAP == 0},
            sumber="contoh, dikarang untuk percobaan",
        )


def _list_area(penilaian) -> list[str]:
    return [satu.kode for satu in penilaian.versi.bawaan.daftar_area]


def _tell_lapas(satker, versi, tahun):
    """Three areas done or nearly so, the rest untouched."""
    penilaian = _open(satker, versi, tahun, "WBBM")
    operator = _get_akun("operator")
    _fill(penilaian, POLA_BAIK, ["A.1"], operator)
    kepala = _get_akun("kepala")
    area.assign_area(
        penilaian, "A.2", [operator], timezone.localdate() + datetime.timedelta(days=10), by=kepala
    )
    _fill(penilaian, POLA_SEDANG, ["A.2", "A.6"], operator, tanpa=3)
    demo_bukti.add_sedikit(penilaian, "Lapas Contoh A", "A.I.1.iii.b", operator)


def _tell_tahun_lalu(satker, versi, tahun):
    penilaian = _open(satker, versi, tahun, "WBBM")
    operator = _get_akun("operator")
    _fill(penilaian, POLA_SEDANG, _list_area(penilaian), operator)
    demo_bukti.add_semua(penilaian, "Lapas Contoh A", operator, paling_banyak=4)
    pengajuan.submit(penilaian, by=_get_akun("kepala"), setuju_kosong=True)
    _put_back(penilaian, datetime.datetime(tahun, 5, 20, 3, 0, tzinfo=datetime.UTC))


def _put_back(penilaian: Penilaian, saat: datetime.datetime) -> None:
    """Steps know today only; what was done last year is put back there."""
    tahun = penilaian.tahun
    Penilaian.objects.filter(pk=penilaian.pk).update(
        buka_pada=datetime.date(tahun, 3, 1),
        tutup_pada=datetime.date(tahun, 5, 31),
        diajukan_pada=saat,
    )
    Jawaban.objects.filter(penilaian=penilaian).update(diubah_pada=saat)
    Rekap.objects.filter(penilaian=penilaian).update(diubah_pada=saat)
    pakai = PemakaianBukti.objects.filter(penilaian=penilaian)
    bukti = BuktiDukung.objects.filter(pk__in=pakai.values("bukti"))
    RevisiBukti.objects.filter(bukti__in=bukti).update(dibuat_pada=saat)
    bukti.update(dibuat_pada=saat)
    pakai.update(dipasang_pada=saat)


def _tell_kanim(satker, versi, tahun):
    penilaian = _open(satker, versi, tahun, "WBK")
    _fill(penilaian, POLA_BAIK, _list_area(penilaian), None)
    demo_bukti.add_semua(penilaian, "Kanim Contoh A", None)
    # Somebody has to hand it in: a head who never signs in.
    kepala = penugasan.invite(
        "kepala-kanim@contoh.invalid",
        "Kepala Kanim Contoh",
        Peran.KEPALA_SATKER,
        satker,
        by=None,
        contoh=True,
        dasar="akun contoh",
    )
    pengajuan.submit(penilaian, by=kepala, setuju_kosong=True)


def _tell_rutan(satker, versi, tahun):
    penilaian = _open(satker, versi, tahun, "WBK")
    _fill(penilaian, POLA_SEDANG, ["A.1", "A.3"], None, tanpa=5)
    demo_bukti.add_sedikit(penilaian, "Rutan Contoh A", "A.I.3.i.a", None)


CERITA = {LAPAS: _tell_lapas, KANIM: _tell_kanim, RUTAN: _tell_rutan}


def remove() -> int:
    """Take away every assessment and piece of evidence of the invented units, and the files that
    nobody else has."""
    satker = SatuanKerja.objects.filter(contoh=True)
    penilaian = Penilaian.objects.filter(satker__in=satker)
    jumlah = penilaian.count()
    Jawaban.objects.filter(penilaian__in=penilaian).delete()
    penilaian.delete()
    revisi = RevisiBukti.objects.filter(bukti__satker__in=satker)
    berkas = list(Berkas.objects.filter(revisibukti__in=revisi).values_list("pk", flat=True))
    revisi.delete()
    BuktiDukung.objects.filter(satker__in=satker).delete()
    forget_berkas(berkas)
    return jumlah
