"""Changes of an office that exists: name, place in the tree, class, and its end."""

from django.db import transaction
from django.db.models import Q

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from satker.alur.dasar import describe, get_last, get_posisi, lock, refuse_unknown_kelas
from satker.models import (
    KantorWilayah,
    KedudukanSatker,
    Riwayat,
)


def _follow(satker, *, by, kejadian, mulai, alasan, sumber, **perubahan) -> KedudukanSatker:
    """End the last position on `mulai` and begin one with these differences."""
    satker = lock(satker)[satker.pk]
    sumber = require(sumber, "Sumber")
    lama = get_last(satker, mulai)
    if all(getattr(lama, kolom) == nilai for kolom, nilai in perubahan.items()):
        raise AlurError("Tidak ada yang berubah.")
    sebelum = describe(lama)
    lama.berlaku_sampai = mulai
    lama.save(update_fields=["berlaku_sampai"])
    baru = KedudukanSatker(
        satker=satker,
        **{
            kolom: getattr(lama, kolom)
            for kolom in (
                "nama", "jenis", "kelas", "kanwil", "instansi", "pembina", "tempat", "zona_waktu",
            )
        },
        berlaku_dari=mulai,
        sumber=sumber,
    )  # fmt: skip
    for kolom, nilai in perubahan.items():
        setattr(baru, kolom, nilai)
    baru.fill_cari().save()
    Riwayat.record(
        satker,
        kejadian,
        by=by,
        objek=f"kedudukan:{baru.pk}",
        sebelum=sebelum,
        sesudah=describe(baru),
        alasan=alasan,
    )
    return baru


@transaction.atomic
def rename(satker, *, by, nama, tempat=None, mulai, sumber, alasan="") -> KedudukanSatker:
    """The unit is called otherwise from a day on, and stands in another town if so given."""
    nama = require(nama, "Nama")
    lain = {"nama": nama} if tempat is None else {"nama": nama, "tempat": tempat.strip()}
    return _follow(
        satker, by=by, kejadian="ganti nama", mulai=mulai, sumber=sumber, alasan=alasan, **lain
    )


@transaction.atomic
def move(satker, *, by, kanwil, mulai, sumber, alasan="") -> KedudukanSatker:
    """The unit stands under another Kanwil from a day on."""
    if KantorWilayah.objects.filter(satker=satker).exists():
        raise AlurError("Kanwil tidak bisa dipindah ke bawah Kanwil lain.")
    if kanwil.satker.contoh != satker.contoh:
        raise AlurError("Satker contoh dan satker nyata tidak boleh bercampur.")
    if get_posisi(kanwil.satker, mulai) is None:
        raise AlurError(
            f"{kanwil.satker.kode} tidak berdiri pada {format_tanggal(mulai)}. Pilih Kanwil lain "
            "atau tanggal lain."
        )
    return _follow(
        satker,
        by=by,
        kejadian="pindah Kanwil",
        mulai=mulai,
        sumber=sumber,
        alasan=alasan,
        kanwil=kanwil,
        instansi=None,
    )


@transaction.atomic
def reclassify(satker, *, by, jenis, kelas, nama, mulai, sumber, alasan="") -> KedudukanSatker:
    """The unit has another type or class from a day on; its name usually says so too."""
    refuse_unknown_kelas(jenis, kelas)
    if KantorWilayah.objects.filter(satker=satker).exists() != (jenis.kode == "kanwil"):
        raise AlurError("Kanwil dan satker lain tidak bisa bertukar jenis; buat satker baru.")
    return _follow(
        satker,
        by=by,
        kejadian="ganti kelas",
        mulai=mulai,
        sumber=sumber,
        alasan=alasan,
        jenis=jenis,
        kelas=kelas,
        nama=require(nama, "Nama"),
        pembina=jenis.pembina,
    )


@transaction.atomic
def close(satker, *, by, mulai, sumber, alasan="") -> KedudukanSatker:
    """The unit no longer exists from a day on."""
    satker = lock(satker)[satker.pk]
    sumber = require(sumber, "Sumber")
    lama = get_last(satker, mulai)
    anak = (
        KedudukanSatker.objects.filter(kanwil__satker=satker)
        .filter(Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gt=mulai))
        .exclude(satker=satker)
        .count()
    )
    if anak:
        raise AlurError(f"Masih ada {anak} satker di bawah Kanwil ini. Pindahkan dulu.")
    sebelum = describe(lama)
    lama.berlaku_sampai = mulai
    lama.save(update_fields=["berlaku_sampai"])
    Riwayat.record(
        satker,
        "ditutup",
        by=by,
        objek=f"kedudukan:{lama.pk}",
        sebelum=sebelum,
        sesudah=describe(lama) | {"sumber": sumber},
        alasan=alasan,
    )
    return lama
