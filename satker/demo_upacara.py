"""An invented round of *Kanwil Contoh*: one ceremony that is over, one that is announced, one that is
only planned, and units that are in none."""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.berkas.buang import forget_berkas
from satker.alur import acara as alur_acara
from satker.alur import berita_acara as alur_berita
from satker.alur import berkas_upacara as alur_berkas
from satker.alur import naskah as alur_naskah
from satker.alur import naskah_upacara as alur_lembar
from satker.alur import penutupan, pintu
from satker.alur import peserta as alur_peserta
from satker.alur import putaran as alur_putaran
from satker.alur import upacara as alur
from satker.alur.upacara import Jadwal
from satker.demo_personel import GORESAN
from satker.fakta_upacara import list_lazim
from satker.models import (
    BeritaAcara,
    BerkasUpacara,
    DokumenUpacara,
    JenisAcara,
    KantorWilayah,
    Langganan,
    Naskah,
    NaskahBaku,
    PaktaIntegritas,
    Peserta,
    Putaran,
    SatuanKerja,
    TandaTangan,
    Upacara,
)

NAMA = "Deklarasi Janji Kinerja dan Pencanangan Zona Integritas"
LALU, DEPAN, NANTI = (datetime.timedelta(days=hari) for hari in (-9, 12, 26))
GUGUS = {
    "Kota": ("00-lapas-a", "00-rutan-a", "00-bapas-a"),
    "Kabupaten": ("00-lapas-b", "00-rutan-b", "00-kanim-b"),
    "Imigrasi": ("00-kanim-a", "00-lpka-a"),
}
SAKSI = [
    ("Ombudsman RI Perwakilan Contoh", "Saksi Contoh Satu", "Kepala Perwakilan"),
    ("Pemerintah Kota Contoh", "Saksi Contoh Dua", "Asisten Pemerintahan"),
]


@transaction.atomic
def load() -> int:
    """The round when it is missing; returns how many events were made."""
    kanwil = KantorWilayah.objects.filter(satker__kode="00-kanwil", satker__contoh=True).first()
    tahun = timezone.localdate().year
    if kanwil is None or Putaran.objects.filter(kanwil=kanwil, tahun=tahun).exists():
        return 0
    satker = {satu.kode: satu for satu in SatuanKerja.objects.filter(contoh=True)}
    putaran = alur_putaran.create(kanwil, nama=f"{NAMA} {tahun}", tahun=tahun, by=None)
    for gugus, anggota in GUGUS.items():
        alur_putaran.set_gugus(putaran, [satker[kode] for kode in anggota], gugus, by=None)
    besok = timezone.localdate() + datetime.timedelta(days=1)
    jenis = list(JenisAcara.objects.filter(kode__in=list_lazim()).order_by("urutan"))
    lalu, depan, _ = alur.plan(
        putaran,
        [
            ("Kota", _build_jadwal(satker["00-lapas-a"], "Lapangan Lapas Contoh A", besok)),
            (
                "Kabupaten",
                _build_jadwal(
                    satker["00-lapas-b"], "Aula Lapas Contoh B", timezone.localdate() + DEPAN
                ),
            ),
            (
                "Imigrasi",
                _build_jadwal(satker["00-kanim-a"], "Kanim Contoh A", timezone.localdate() + NANTI),
            ),
        ],
        by=None,
        daftar_jenis=jenis,
    )
    for upacara in (lalu, depan):
        alur.schedule(upacara, by=None)
        for lembaga, nama, jabatan in SAKSI:
            alur_peserta.add_saksi(upacara, lembaga=lembaga, nama=nama, jabatan=jabatan, by=None)
    for dokumen in DokumenUpacara.objects.filter(upacara=depan).order_by("pk")[:2]:
        alur_acara.mark_dokumen(dokumen, siap=True, by=None)
    alur_peserta.confirm_saksi(depan.saksi_set.order_by("pk")[0], konfirmasi=True, by=None)
    alur_putaran.publish(putaran, by=None)
    _hold(lalu, [satker[kode] for kode in GUGUS["Kota"]])
    return len(GUGUS)


def _build_jadwal(satker, tempat: str, tanggal: datetime.date) -> Jadwal:
    return Jadwal(
        nama=NAMA,
        tuan_rumah=satker,
        tempat=tempat,
        tanggal=tanggal,
        mulai=datetime.time(9),
        selesai=datetime.time(11),
    )


def _hold(upacara, daftar_satker) -> None:
    """Prepared, held nine days ago, signed, and closed with people missing."""
    for saksi in upacara.saksi_set.order_by("pk"):
        alur_peserta.confirm_saksi(saksi, konfirmasi=True, by=None)
    for dokumen in DokumenUpacara.objects.filter(upacara=upacara):
        alur_acara.mark_dokumen(dokumen, siap=True, by=None)
    alur_peserta.add_personel(upacara, daftar_satker, by=None)
    # A plan is for days to come only; what the demonstration tells was before today.
    geser = LALU - datetime.timedelta(days=1)
    Upacara.objects.filter(pk=upacara.pk).update(
        tanggal=upacara.tanggal + geser,
        mulai_pada=upacara.mulai_pada + geser,
        selesai_pada=upacara.selesai_pada + geser,
    )
    upacara.refresh_from_db()
    naskah = alur_lembar.add_naskah(
        upacara,
        by=None,
        baku=NaskahBaku.objects.filter(jenis=NaskahBaku.Jenis.KOMITMEN).order_by("pk")[0],
    )
    naskah = alur_naskah.freeze(naskah, by=None)
    pintu.open_pintu(upacara, by=None)
    peserta = list(
        Peserta.objects.filter(upacara=upacara)
        .select_related("personel", "saksi")
        .order_by("satker__kode", "pk")
    )
    # Every eleventh was away.
    hadir = [satu for nomor, satu in enumerate(peserta) if nomor % 11 != 5]
    pintu.fill(upacara, {satu.pk for satu in hadir}, by=None)
    for satu in hadir:
        alur_naskah.sign(
            naskah,
            cara=TandaTangan.Cara.LAYAR,
            persetujuan=True,
            by=None,
            goresan=GORESAN,
            personel=satu.personel,
            saksi=satu.saksi,
        )
    alur_berkas.add_tautan(
        upacara,
        "https://contoh.invalid/berita/deklarasi",
        keterangan="Berita contoh, dikarang",
        by=None,
    )
    berita = penutupan.close(
        upacara, by=None, susulan_sampai=timezone.localdate() + datetime.timedelta(days=14)
    )
    alur_berita.publish(berita, by=None)


@transaction.atomic
def remove() -> None:
    """Rounds and events of invented units, whoever made them, with their files."""
    satker = SatuanKerja.objects.filter(contoh=True)
    putaran = Putaran.objects.filter(kanwil__satker__in=satker)
    upacara = Upacara.objects.filter(tuan_rumah__in=satker) | Upacara.objects.filter(
        putaran__in=putaran
    )
    kunci = list(upacara.values_list("pk", flat=True))
    tanda = TandaTangan.objects.filter(naskah__upacara__in=kunci)
    berita = BeritaAcara.objects.filter(upacara__in=kunci)
    berkas = [
        pk
        for daftar in (
            tanda.values_list("berkas", flat=True),
            berita.values_list("berita", flat=True),
            berita.values_list("daftar_hadir", flat=True),
            BerkasUpacara.objects.filter(upacara__in=kunci).values_list("berkas", flat=True),
        )
        for pk in daftar
        if pk is not None
    ]
    PaktaIntegritas.objects.filter(tanda_tangan__in=tanda).delete()
    tanda.delete()
    Naskah.objects.filter(upacara__in=kunci).delete()
    berita.delete()
    Upacara.objects.filter(pk__in=kunci).update(susulan_dari=None)
    Upacara.objects.filter(pk__in=kunci).delete()
    putaran.delete()
    Langganan.objects.filter(kanwil__satker__in=satker).delete()
    forget_berkas(berkas)
