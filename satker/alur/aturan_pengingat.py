"""What an admin sets about reminders: rules on and off, their steps, and the holidays.

A change throws away rows that were made by the old setting and that nobody has got or put off; they
are made anew by the new one.
"""

import datetime
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from satker.models import (
    AturanPengingat,
    HariLibur,
    LangkahPengingat,
    Pengingat,
    Peran,
    Riwayat,
)
from satker.pengingat import tugas_susun

# Who can be reminded; somebody who only watches has nothing to do.
PERAN_DIINGATKAN = tuple(peran for peran in Peran if peran != Peran.PEMANTAU)
GESER_TERJAUH = 366
# As in tables; see integritas.tabel.nilai.
TAHUN_LIBUR = (1945, 2100)
BERGUNA_TERLAMA = 120


@dataclass(frozen=True)
class IsiLangkah:
    """A step as set."""

    geser: int
    satuan: str
    daftar_peran: list[str]
    pesan: str
    bagian: str = ""
    mendesak: bool = False
    berguna_hari: int = 3
    aktif: bool = True


def build_objek(aturan: AturanPengingat) -> str:
    return f"aturan-pengingat:{aturan.kode}"


def _forget(langkah) -> None:
    """Rows made by these steps that still wait to be sent for the first time."""
    Pengingat.objects.filter(
        langkah__in=langkah,
        status=Pengingat.Status.MENUNGGU,
        ditunda_sampai__isnull=True,
        isikiriman__isnull=True,
    ).delete()


@transaction.atomic
def set_aktif(aturan: AturanPengingat, aktif: bool, *, by, instansi) -> AturanPengingat:
    """Switch a rule on or off; what waits of one that is off is withdrawn."""
    aturan = AturanPengingat.objects.select_for_update().get(pk=aturan.pk)
    if aturan.aktif == aktif:
        raise AlurError(f"Aturan ini sudah {'aktif' if aktif else 'tidak aktif'}.")
    aturan.aktif = aktif
    aturan.save(update_fields=["aktif"])
    Riwayat.record(
        instansi,
        "aturan pengingat diubah",
        by=by,
        objek=build_objek(aturan),
        sebelum={"aturan": aturan.nama, "aktif": not aktif},
        sesudah={"aturan": aturan.nama, "aktif": aktif},
    )
    tugas_susun.refresh_pengingat.delay_on_commit(aturan.sumber)
    return aturan


@transaction.atomic
def set_langkah(
    aturan: AturanPengingat, langkah: LangkahPengingat | None, isi: IsiLangkah, *, by, instansi
) -> LangkahPengingat:
    """A new step, or another setting of one; raises AlurError, and nothing changes, when it cannot
    be."""
    aturan = AturanPengingat.objects.select_for_update().get(pk=aturan.pk)
    _check(isi)
    sebelum = {}
    if langkah is None:
        langkah = LangkahPengingat(aturan=aturan)
    else:
        langkah = LangkahPengingat.objects.select_for_update(of=("self",)).get(
            pk=langkah.pk, aturan=aturan
        )
        sebelum = _describe(langkah)
    for nama, nilai in asdict(isi).items():
        setattr(langkah, nama, nilai)
    sesudah = _describe(langkah)
    if sebelum == sesudah:
        raise AlurError("Tidak ada yang berubah.")
    try:
        with transaction.atomic():
            langkah.save()
    except IntegrityError as error:
        raise AlurError(
            f"Aturan ini sudah punya langkah {langkah.sebutan} untuk bagian yang sama. Ubah yang "
            "itu, atau pilih hari lain."
        ) from error
    _forget([langkah.pk])
    Riwayat.record(
        instansi,
        "langkah pengingat diubah" if sebelum else "langkah pengingat ditambah",
        by=by,
        objek=build_objek(aturan),
        sebelum=sebelum,
        sesudah={"aturan": aturan.nama, **sesudah},
    )
    tugas_susun.refresh_pengingat.delay_on_commit(aturan.sumber)
    return langkah


def _check(isi: IsiLangkah) -> None:
    require(isi.pesan, "Pesan")
    if abs(isi.geser) > GESER_TERJAUH:
        raise AlurError(f"Jarak paling jauh {GESER_TERJAUH} hari.")
    if not 0 <= isi.berguna_hari <= BERGUNA_TERLAMA:
        raise AlurError(f"Lama berguna 0 sampai {BERGUNA_TERLAMA} hari.")
    if isi.satuan not in LangkahPengingat.Satuan.values:
        raise AlurError("Hitungan harus hari kalender atau hari kerja.")
    if not isi.daftar_peran or not set(isi.daftar_peran) <= set(PERAN_DIINGATKAN):
        raise AlurError("Pilih paling sedikit satu peran yang diingatkan.")


def _describe(langkah: LangkahPengingat) -> dict:
    return {
        "langkah": langkah.sebutan,
        "bagian": langkah.bagian,
        "peran": list(langkah.daftar_peran),
        "pesan": langkah.pesan,
        "mendesak": langkah.mendesak,
        "berguna_hari": langkah.berguna_hari,
        "aktif": langkah.aktif,
    }


# --- holidays -----------------------------------------------------------------------------------
@transaction.atomic
def add_libur(tanggal: datetime.date, nama: str, sumber: str, *, by, instansi) -> HariLibur:
    nama, sumber = require(nama, "Nama"), require(sumber, "Sumber")
    if not TAHUN_LIBUR[0] <= tanggal.year <= TAHUN_LIBUR[1]:
        raise AlurError(f"Tahun {tanggal.year} tidak mungkin.")
    libur, baru = HariLibur.objects.get_or_create(
        tanggal=tanggal, defaults={"nama": nama, "sumber": sumber}
    )
    if not baru:
        raise AlurError(f"{format_tanggal(tanggal)} sudah tercatat sebagai {libur.nama}.")
    record_libur([libur], by=by, instansi=instansi)
    return libur


@transaction.atomic
def delete_libur(libur: HariLibur, *, by, instansi) -> None:
    Riwayat.record(
        instansi,
        "hari libur dihapus",
        by=by,
        objek=f"hari-libur:{libur.tanggal.year}",
        sebelum={"tanggal": libur.tanggal, "nama": libur.nama, "sumber": libur.sumber},
    )
    libur.delete()
    forget_hari_kerja()


def record_libur(daftar: list[HariLibur], *, by, instansi, berkas: str = "") -> None:
    """Tell of days that were written, one line a year, and count working days anew."""
    for tahun in sorted({satu.tanggal.year for satu in daftar}):
        Riwayat.record(
            instansi,
            "hari libur dicatat",
            by=by,
            objek=f"hari-libur:{tahun}",
            sesudah={
                "hari_libur": [
                    f"{format_tanggal(satu.tanggal)} {satu.nama}"
                    for satu in daftar
                    if satu.tanggal.year == tahun
                ],
                "berkas": berkas,
            },
        )
    forget_hari_kerja()


def forget_hari_kerja() -> None:
    """Reminders that count in working days are made anew."""
    langkah = LangkahPengingat.objects.filter(satuan=LangkahPengingat.Satuan.KERJA)
    _forget(langkah.values("pk"))
    tugas_susun.make_pengingat.delay_on_commit()
