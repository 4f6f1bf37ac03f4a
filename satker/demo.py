"""Invented offices and accounts for trying the program, apart from every real one.

Everything hangs on the invented ministry `contoh` and carries `contoh=True`, so that one command
takes it away. Passwords are made at the first run and stand only in a file of this computer.
"""

import datetime
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from satker import demo_personel, penugasan
from satker.models import (
    Catatan,
    Instansi,
    JenisSatker,
    KantorWilayah,
    KedudukanInstansi,
    KedudukanSatker,
    Pengguna,
    Penugasan,
    Peran,
    Riwayat,
    SatuanKerja,
)

SUMBER = "contoh, dikarang untuk percobaan"
KEMENTERIAN, DITJEN, KANWIL = "contoh", "contoh-ditjen", "00-kanwil"
NAMA_INSTANSI = {
    KEMENTERIAN: ("Kementerian Contoh", "Contoh", None),
    DITJEN: ("Direktorat Jenderal Contoh", "Ditjen Contoh", KEMENTERIAN),
}
# Code, name, type, class, place.
DAFTAR_SATKER = [
    ("00-lapas-a", "Lapas Kelas I Contoh A", "lapas", "I", "Kota Contoh"),
    ("00-lapas-b", "Lapas Kelas IIA Contoh B", "lapas", "IIA", "Kabupaten Contoh"),
    ("00-rutan-a", "Rutan Kelas I Contoh A", "rutan", "I", "Kota Contoh"),
    ("00-rutan-b", "Rutan Kelas IIB Contoh B", "rutan", "IIB", "Kabupaten Contoh"),
    ("00-bapas-a", "Bapas Kelas I Contoh", "bapas", "I", "Kota Contoh"),
    ("00-kanim-a", "Kanim Kelas I TPI Contoh A", "kanim", "I TPI", "Kota Contoh"),
    ("00-kanim-b", "Kanim Kelas II Non TPI Contoh B", "kanim", "II Non TPI", "Kabupaten Contoh"),
    ("00-lpka-a", "LPKA Kelas II Contoh", "lpka", "II", "Kota Contoh"),
    ("00-rupbasan-a", "Rupbasan Kelas II Contoh", "rupbasan", "II", "Kota Contoh"),
]
# The account's name, its role, and the column and code of its node.
DAFTAR_AKUN = [
    ("operator", Peran.OPERATOR, "satker", "00-lapas-a"),
    ("kepala", Peran.KEPALA_SATKER, "satker", "00-lapas-a"),
    ("kanwil", Peran.TIM_KANWIL, "kanwil", KANWIL),
    ("eselon1", Peran.ESELON1, "instansi", DITJEN),
    ("tpi", Peran.TPI, "instansi", KEMENTERIAN),
    ("pimpinan", Peran.PIMPINAN, "instansi", KEMENTERIAN),
    ("admin", Peran.ADMIN, "instansi", KEMENTERIAN),
    ("pemantau", Peran.PEMANTAU, "kanwil", KANWIL),
]
# The database wants an end for somebody who only watches.
LAMA_PEMANTAU = datetime.timedelta(days=3 * 365)


def get_berkas() -> Path:
    """Where the passwords stand."""
    return settings.VAR / "rahasia" / "akun-demo.txt"


# --- offices --------------------------------------------------------------------------------------
@transaction.atomic
def load_satker() -> int:
    """The invented nodes and units that are missing; returns how many units were added."""
    instansi = {kode: _load_instansi(kode) for kode in NAMA_INSTANSI}
    baru = [posisi for posisi in [_load_kanwil(instansi)] if posisi]
    kanwil = KantorWilayah.objects.get(satker__kode=KANWIL)
    for kode, nama, kode_jenis, kelas, tempat in DAFTAR_SATKER:
        satker, dibuat = SatuanKerja.objects.get_or_create(kode=kode, defaults={"contoh": True})
        if dibuat:
            jenis = JenisSatker.objects.get(kode=kode_jenis)
            pembina = instansi[DITJEN]
            baru.append(_add(satker, nama, jenis, kelas, tempat, kanwil=kanwil, pembina=pembina))
    Riwayat.record_many(
        [
            Catatan(
                posisi.satker,
                "satker didaftarkan",
                f"kedudukan:{posisi.pk}",
                sesudah={"nama": posisi.nama, "kelas": posisi.kelas, "sumber": posisi.sumber},
            )
            for posisi in baru
        ],
        by=None,
    )
    return len(baru)


def _load_instansi(kode: str) -> Instansi:
    nama, singkatan, induk = NAMA_INSTANSI[kode]
    instansi, baru = Instansi.objects.get_or_create(kode=kode, defaults={"contoh": True})
    if baru:
        KedudukanInstansi.objects.create(
            instansi=instansi,
            nama=nama,
            singkatan=singkatan,
            induk=Instansi.objects.get(kode=induk) if induk else None,
            sumber=SUMBER,
        )
    return instansi


def _load_kanwil(instansi) -> KedudukanSatker | None:
    satker, baru = SatuanKerja.objects.get_or_create(kode=KANWIL, defaults={"contoh": True})
    if not baru:
        return None
    kanwil = KantorWilayah.objects.create(
        satker=satker, provinsi="Contoh", kode_bps="00", data_per=timezone.localdate()
    )
    jenis = JenisSatker.objects.get(kode="kanwil")
    induk = instansi[KEMENTERIAN]
    return _add(
        satker, "Kantor Wilayah Contoh", jenis, "", "Kota Contoh", kanwil=kanwil, instansi=induk
    )


def _add(satker, nama, jenis, kelas, tempat, **induk) -> KedudukanSatker:
    posisi = KedudukanSatker(
        satker=satker,
        nama=nama,
        jenis=jenis,
        kelas=kelas,
        tempat=tempat,
        zona_waktu="WIB",
        sumber=SUMBER,
        keyakinan="dikarang",
        **induk,
    ).fill_cari()
    posisi.save()
    return posisi


# --- accounts -------------------------------------------------------------------------------------
def load_akun() -> int:
    """One account per role, and the file with its password; returns how many got a new one."""
    tercatat = _read_sandi()
    with transaction.atomic():
        baru = {
            email: _load_satu_akun(email, nama, peran, kolom, kode)
            for nama, peran, kolom, kode in DAFTAR_AKUN
            if (email := f"{nama}@contoh.invalid") not in tercatat
            or not Pengguna.objects.filter(email=email).exists()
        }
    if baru:
        _write_sandi(tercatat | baru)
    return len(baru)


def _load_satu_akun(email, nama, peran, kolom, kode) -> str:
    """Make the account, or give it a new password when the file has lost the old one."""
    pengguna = Pengguna.objects.filter(email=email).first()
    if pengguna is None:
        lingkup = {
            "satker": SatuanKerja.objects.filter(kode=kode),
            "kanwil": KantorWilayah.objects.filter(satker__kode=kode),
            "instansi": Instansi.objects.filter(kode=kode),
        }[kolom].get()
        sampai = timezone.localdate() + LAMA_PEMANTAU if peran == Peran.PEMANTAU else None
        pengguna = penugasan.invite(
            email,
            f"{peran.label} Contoh",
            peran,
            lingkup,
            by=None,
            contoh=True,
            berlaku_sampai=sampai,
            dasar="akun contoh",
        )
    sandi = f"contoh-{secrets.token_hex(5)}"
    pengguna.set_password(sandi)
    pengguna.save(update_fields=["password"])
    return sandi


def _read_sandi() -> dict[str, str]:
    """Passwords of the file by address; its lines are read back here, so keep their shape."""
    berkas = get_berkas()
    if not berkas.exists():
        return {}
    kolom = (baris.split() for baris in berkas.read_text().splitlines())
    return {satu[0]: satu[1] for satu in kolom if len(satu) > 1 and "@" in satu[0]}


def _write_sandi(sandi: dict[str, str]) -> None:
    berkas = get_berkas()
    berkas.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    baris = [
        f"{email:<28} {sandi[email]:<20} {peran.label}"
        for nama, peran, _, _ in DAFTAR_AKUN
        if (email := f"{nama}@contoh.invalid") in sandi
    ]
    penanda = os.open(berkas, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(penanda, "w") as keluaran:
        keluaran.write("\n".join(baris) + "\n")
    berkas.chmod(0o600)


# --- away again -----------------------------------------------------------------------------------
@transaction.atomic
def remove() -> dict[str, int]:
    """Take away every invented account, assignment, unit and node, and people who never worked
    anywhere else; the history lines stay."""
    satker = SatuanKerja.objects.filter(contoh=True)
    instansi = Instansi.objects.filter(contoh=True)
    kanwil = KantorWilayah.objects.filter(satker__in=satker)
    tugas = Penugasan.objects.filter(
        Q(satker__in=satker) | Q(kanwil__in=kanwil) | Q(instansi__in=instansi)
    )
    milik = Penugasan.objects.filter(pengguna=OuterRef("pk"))
    hanya_di_sini = Exists(milik) & ~Exists(milik.exclude(pk__in=tugas.values("pk")))
    akun = Pengguna.objects.filter(Q(contoh=True) | hanya_di_sini)
    jumlah = {"akun": akun.count(), "satker": satker.count(), "instansi": instansi.count()}
    # Accounts first: who they are is read from their assignments.
    akun.delete()
    tugas.delete()
    demo_personel.remove(satker)
    KedudukanSatker.objects.filter(satker__in=satker).delete()
    satker.delete()
    KedudukanInstansi.objects.filter(instansi__in=instansi).delete()
    instansi.delete()
    transaction.on_commit(lambda: get_berkas().unlink(missing_ok=True))
    return jumlah
