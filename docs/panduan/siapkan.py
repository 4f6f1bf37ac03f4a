"""Run by buat.py in the shell of its own installation: what the demo does not have of itself (a door
that is open today, reminders, a beat); prints the addresses that differ each time, as JSON."""

import datetime
import json
import sys
import uuid

from django.utils import timezone

from satker.alur import naskah, naskah_upacara, pakta, peserta, pindai, pintu, upacara
from satker.models import (
    JenisAcara,
    Pengguna,
    Pengingat,
    PerjanjianKinerja,
    Personel,
    Peserta,
    Putaran,
    SatuanKerja,
    Upacara,
)
from satker.pengingat import susun
from satker.pengingat.nama import DETAK_MULAI, DETAK_SELESAI
from satker.pengingat.tugas import beat

kepala = Pengguna.objects.get(email="kepala@contoh.invalid")
lapas = SatuanKerja.objects.get(kode="00-lapas-a")
kini, sehari = timezone.localtime(), datetime.timedelta(days=1)
putaran = Putaran.objects.get(kanwil__satker__kode="00-kanwil", tahun=kini.year)
lalu, depan = Upacara.objects.filter(putaran=putaran).order_by("tanggal")[:2]

# A plan is for days to come only; this one is of today whatever the hour.
hari_ini = upacara.create(
    upacara.Jadwal(
        nama="Penandatanganan Pakta Integritas",
        tuan_rumah=lapas,
        tempat="Aula Lapas Contoh A",
        tanggal=kini.date() + sehari,
        mulai=datetime.time(9),
    ),
    by=kepala,
    daftar_satker=[lapas],
    daftar_jenis=[JenisAcara.objects.get(kode="penandatanganan-pakta")],
)
upacara.schedule(hari_ini, by=kepala)
peserta.add_personel(hari_ini, [lapas], by=kepala)
Upacara.objects.filter(pk=hari_ini.pk).update(
    tanggal=kini.date(), mulai_pada=hari_ini.mulai_pada - sehari
)
hari_ini.refresh_from_db()
teks = naskah_upacara.add_naskah(
    hari_ini,
    by=kepala,
    jenis="pakta",
    untuk="semua",
    **pakta.suggest("Lapas Kelas I Contoh A", kini.year),
)
naskah.freeze(teks, by=kepala)
pintu.open_pintu(hari_ini, by=kepala)
daftar = list(Peserta.objects.filter(upacara=hari_ini).order_by("pk"))
for satu in [*daftar[:17], daftar[3]]:
    pindai.record(
        hari_ini, pindai.Percobaan(kunci=uuid.uuid4(), teks=satu.kode, cara="kode"), by=kepala
    )
susun.make()
beat(DETAK_MULAI)
beat(DETAK_SELESAI)

pk = PerjanjianKinerja.objects.get(satker__kode="00-lapas-b", tahun=kini.year, status="berlaku")
belum = Personel.objects.filter(satker=lapas, jenis="pengamanan").order_by("pk").first()
ingat = Pengingat.objects.due().filter(pengguna__email="operator@contoh.invalid").first()
sys.stdout.write(
    json.dumps(
        {
            "CAPAIAN": f"/kinerja/{pk.pk}/#sasaran-1",
            "PAKTA": f"/p/{belum.token}/#id_persetujuan",
            "PUTARAN": f"/putaran/{putaran.kode}/",
            "DEPAN": f"/upacara/{depan.kode}/",
            "LALU": f"/upacara/{lalu.kode}/",
            "PINTU": f"/pintu/{hari_ini.pk}/",
            "TAMU": f"/u/{daftar[0].token}/#id_n{teks.pk}-persetujuan",
            "PENGINGAT": f"/pengingat/{ingat.pk}/",
        }
    )
)
