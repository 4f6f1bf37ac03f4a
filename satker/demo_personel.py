"""Invented rosters and pacts of *Kanwil Contoh*: one unit with people missing, one complete, the
others empty, so that "belum diisi" can be seen too."""

import datetime
from collections import Counter

from django.db import transaction
from django.utils import timezone

from satker import cakupan
from satker.alur import naskah as alur_naskah
from satker.alur import pakta as alur_pakta
from satker.models import (
    Halangan,
    KedudukanSatker,
    Naskah,
    PaktaIntegritas,
    Pengguna,
    Personel,
    Riwayat,
    SatuanKerja,
    TandaTangan,
)

J = Personel.Jenis
# Unit, how many of each kind, how many of them have signed.
DAFTAR = [
    (
        "00-lapas-a",
        {J.ASN: 24, J.PPNPN: 5, J.PENGAMANAN: 4, J.KEBERSIHAN: 3, J.TAMAN: 2, J.PARKIR: 2},
        22,
    ),
    ("00-rutan-a", {J.ASN: 10, J.PPNPN: 3, J.PENGAMANAN: 2, J.KEBERSIHAN: 1}, 16),
    ("00-bapas-a", {J.ASN: 8, J.PPNPN: 2}, 0),
]
JABATAN = {
    J.ASN: ["Pengelola data", "Analis kepegawaian", "Petugas pelayanan", "Pengelola keuangan"],
    J.PPNPN: ["Pramubakti", "Pengemudi"],
    J.PENGAMANAN: ["Petugas pintu utama", "Petugas jaga malam"],
    J.KEBERSIHAN: ["Petugas kebersihan gedung"],
    J.TAMAN: ["Tukang kebun"],
    J.PARKIR: ["Juru parkir"],
}
AKUN = {
    "00-lapas-a": [
        ("kepala@contoh.invalid", "Kepala Lapas"),
        ("operator@contoh.invalid", "Operator Integritas"),
    ]
}
GORESAN = "M60 140L90 60L120 150L150 80L180 140L230 90L270 140L330 70L360 150L420 110L520 120"


@transaction.atomic
def load() -> int:
    """Rosters that are missing; returns how many people were added."""
    jumlah = sum(_load(*baris) for baris in DAFTAR)
    if jumlah:
        contoh = SatuanKerja.objects.filter(contoh=True)
        cakupan.refresh(set(contoh.values_list("pk", flat=True)), timezone.localdate().year)
    return jumlah


def _load(kode: str, susunan: dict, jumlah_sudah: int) -> int:
    satker = SatuanKerja.objects.filter(kode=kode, contoh=True).first()
    if satker is None or Personel.objects.filter(satker=satker).exists():
        return 0
    hari_ini = timezone.localdate()
    orang = Personel.objects.bulk_create(_list_orang(satker, susunan))
    _link_akun(kode, orang)
    for nomor, jenis in ((0, "cuti"), (1, "dinas"), (2, "sakit")):
        Halangan.objects.create(
            personel=orang[-1 - nomor],
            jenis=jenis,
            dari=hari_ini - datetime.timedelta(days=1),
            sampai=hari_ini + datetime.timedelta(days=4 + nomor),
        )
    cakupan.refresh({satker.pk}, hari_ini.year)
    Riwayat.record(
        satker,
        "roster diimpor",
        by=None,
        sesudah={"jumlah": len(orang), "personel": [satu.pk for satu in orang]},
        alasan="contoh",
    )
    if jumlah_sudah:
        _sign(satker, orang[:jumlah_sudah], hari_ini)
    return len(orang)


def _list_orang(satker, susunan) -> list[Personel]:
    urut: Counter = Counter()
    return [
        Personel(
            satker=satker,
            contoh=True,
            nama=f"{jenis.label} Contoh {urut[jenis]:02d}",
            jenis=jenis,
            jabatan=JABATAN[jenis][urut[jenis] % len(JABATAN[jenis])],
            nomor=f"1990{satker.pk:06d}{urut[jenis]:08d}" if jenis == J.ASN else None,
            berlaku_dari=datetime.date(2024, 1, 1),
        ).fill_kunci()
        for jenis, jumlah in susunan.items()
        for _ in range(jumlah)
        if urut.update([jenis]) is None
    ]


def _link_akun(kode: str, orang) -> None:
    """The unit's accounts are people of its roster who have not signed yet."""
    belum = [satu for satu in orang if satu.jenis == J.ASN][-2:]
    for (email, jabatan), personel in zip(AKUN.get(kode, ()), belum, strict=False):
        if akun := Pengguna.objects.filter(email=email).first():
            personel.pengguna, personel.nama, personel.jabatan = akun, akun.nama, jabatan
            personel.fill_kunci().save(update_fields=["pengguna", "nama", "jabatan", "kunci"])


def _sign(satker, orang, hari_ini) -> None:
    nama = KedudukanSatker.objects.at(hari_ini).get(satker=satker).nama
    isi = alur_pakta.suggest(nama, hari_ini.year)
    naskah = alur_pakta.save_naskah(satker, hari_ini.year, by=None, **isi)
    naskah = alur_naskah.freeze(naskah, by=None)
    for nomor, satu in enumerate(orang):
        cara = TandaTangan.Cara.LAYAR if nomor % 3 else TandaTangan.Cara.TAUTAN
        alur_naskah.sign(
            naskah,
            cara=cara,
            persetujuan=True,
            by=None,
            personel=satu,
            goresan=GORESAN if cara == TandaTangan.Cara.LAYAR else "",
        )


def remove(satker) -> None:
    """Take the rosters of these units away, with texts and signatures of their own."""
    orang = Personel.objects.filter(satker__in=satker)
    PaktaIntegritas.objects.filter(personel__in=orang).delete()
    TandaTangan.objects.filter(personel__in=orang).delete()
    Naskah.objects.filter(satker__in=satker).delete()
    orang.delete()
