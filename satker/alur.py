"""The life of an office: every change of name, place in the tree, class or existence, in one shape:
lock, refuse, change, record. Each change has the day it takes effect; what was true before stays
true of its time.
"""

import datetime
import re

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from integritas.alur import AlurError
from integritas.teks import format_tanggal
from satker.models import (
    Catatan,
    KantorWilayah,
    KedudukanSatker,
    KelasSatker,
    Riwayat,
    SatuanKerja,
    Silsilah,
)

KODE = re.compile(r"^[0-9a-z]+(-[0-9a-z]+)+$")
# A change may be entered ahead of its day, but not for a distant year (a slip of the keyboard).
PALING_JAUH = datetime.timedelta(days=366)


def _lock(*daftar_satker) -> dict[int, SatuanKerja]:
    """The units, locked in the order of their codes."""
    kunci = sorted({satker.kode for satker in daftar_satker})
    return {
        satker.pk: satker
        for satker in SatuanKerja.objects.select_for_update(of=("self",))
        .filter(kode__in=kunci)
        .order_by("kode")
    }


def _require(teks: str, kolom: str) -> str:
    if not teks or not teks.strip():
        raise AlurError(f"{kolom} wajib diisi.")
    return teks.strip()


def _refuse_distant(mulai: datetime.date) -> None:
    if mulai > timezone.localdate() + PALING_JAUH:
        raise AlurError(f"Berlaku mulai {format_tanggal(mulai)} terlalu jauh di depan.")


def get_posisi(satker, pada: datetime.date) -> KedudukanSatker | None:
    """Where a unit stood on a day, with its type and nodes."""
    return (
        KedudukanSatker.objects.at(pada)
        .filter(satker=satker)
        .select_related("satker", "jenis", "kanwil__satker", "instansi", "pembina")
        .first()
    )


def describe(posisi: KedudukanSatker) -> dict:
    """What the history keeps of a position."""
    return {
        "nama": posisi.nama,
        "jenis": posisi.jenis.kode,
        "kelas": posisi.kelas,
        "kanwil": posisi.kanwil.satker.kode if posisi.kanwil_id else None,
        "instansi": posisi.instansi.kode if posisi.instansi_id else None,
        "tempat": posisi.tempat,
        "zona_waktu": posisi.zona_waktu,
        "berlaku_dari": posisi.berlaku_dari,
        "berlaku_sampai": posisi.berlaku_sampai,
        "sumber": posisi.sumber,
    }


def _get_last(satker, mulai: datetime.date) -> KedudukanSatker:
    """The open position that a change from `mulai` on would follow; refuse disorder."""
    _refuse_distant(mulai)
    terakhir = (
        KedudukanSatker.objects.filter(satker=satker, berlaku_sampai__isnull=True)
        .select_related("satker", "jenis", "kanwil__satker", "instansi", "pembina")
        .first()
    )
    if terakhir is None:
        raise AlurError("Satker ini sudah ditutup.")
    if terakhir.berlaku_dari is not None and mulai <= terakhir.berlaku_dari:
        raise AlurError(
            f"Kedudukan sekarang baru berlaku mulai {format_tanggal(terakhir.berlaku_dari)}. "
            f"Pilih tanggal sesudahnya."
        )
    return terakhir


def _follow(satker, *, by, kejadian, mulai, alasan, sumber, **perubahan) -> KedudukanSatker:
    """End the last position on `mulai` and begin one with these differences."""
    satker = _lock(satker)[satker.pk]
    sumber = _require(sumber, "Sumber")
    lama = _get_last(satker, mulai)
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
    nama = _require(nama, "Nama")
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
        nama=_require(nama, "Nama"),
        pembina=jenis.pembina,
    )


def refuse_unknown_kelas(jenis, kelas: str) -> None:
    """A class must be one that the type knows; no class at all is allowed (not known yet)."""
    if not kelas:
        return
    dikenal = list(
        KelasSatker.objects.filter(jenis=jenis).order_by("kelas").values_list("kelas", flat=True)
    )
    if kelas not in dikenal:
        pilihan = ", ".join(dikenal) if dikenal else "tanpa kelas"
        raise AlurError(f'Kelas "{kelas}" tidak dikenal bagi {jenis.singkatan}: {pilihan}.')


@transaction.atomic
def close(satker, *, by, mulai, sumber, alasan="") -> KedudukanSatker:
    """The unit no longer exists from a day on."""
    satker = _lock(satker)[satker.pk]
    sumber = _require(sumber, "Sumber")
    lama = _get_last(satker, mulai)
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


@transaction.atomic
def open_satker(
    kode, *, by, nama, jenis, kelas="", kanwil, tempat="", zona_waktu, mulai=None, sumber, alasan=""
) -> SatuanKerja:
    """A new work unit under a Kanwil."""
    if jenis.kode == "kanwil":
        raise AlurError("Kanwil baru dibuat lewat formulir Kanwil.")
    if not jenis.mandiri:
        raise AlurError(f"{jenis.singkatan} bukan satker mandiri; catat pada kantor induknya.")
    refuse_unknown_kelas(jenis, kelas)
    if mulai is not None and get_posisi(kanwil.satker, mulai) is None:
        raise AlurError(f"{kanwil.satker.kode} tidak berdiri pada {format_tanggal(mulai)}.")
    satker = _make_identity(kode, contoh=kanwil.satker.contoh)
    _begin(
        satker,
        by=by,
        alasan=alasan,
        nama=_require(nama, "Nama"),
        jenis=jenis,
        kelas=kelas,
        kanwil=kanwil,
        pembina=jenis.pembina,
        tempat=tempat.strip(),
        zona_waktu=zona_waktu,
        berlaku_dari=mulai,
        sumber=_require(sumber, "Sumber"),
    )
    return satker


@transaction.atomic
def open_kanwil(
    kode,
    *,
    by,
    nama,
    jenis,
    instansi,
    provinsi,
    kode_bps,
    tempat="",
    zona_waktu,
    mulai=None,
    sumber,
    alasan="",
) -> KantorWilayah:
    """A new regional office under a ministry or a directorate general; it is a unit as well."""
    satker = _make_identity(kode, contoh=instansi.contoh)
    kanwil = KantorWilayah.objects.create(
        satker=satker, provinsi=_require(provinsi, "Provinsi"), kode_bps=kode_bps.strip()
    )
    _begin(
        satker,
        by=by,
        alasan=alasan,
        nama=_require(nama, "Nama"),
        jenis=jenis,
        kanwil=kanwil,
        instansi=instansi,
        pembina=instansi,
        tempat=tempat.strip(),
        zona_waktu=zona_waktu,
        berlaku_dari=mulai,
        sumber=_require(sumber, "Sumber"),
    )
    return kanwil


def _make_identity(kode: str, *, contoh: bool) -> SatuanKerja:
    if not KODE.match(kode) or len(kode) > 60:
        raise AlurError(
            f'Kode "{kode}" tidak bisa dipakai. Tulis seperti 16-lapas-palembang: huruf kecil, '
            "angka dan tanda hubung."
        )
    satker, baru = SatuanKerja.objects.get_or_create(kode=kode, defaults={"contoh": contoh})
    if not baru:
        raise AlurError(f"Kode {kode} sudah dipakai; kode tidak pernah dipakai ulang.")
    return satker


def _begin(satker, *, by, alasan, **isi) -> KedudukanSatker:
    if isi["berlaku_dari"] is not None:
        _refuse_distant(isi["berlaku_dari"])
    posisi = KedudukanSatker(satker=satker, **isi).fill_cari()
    posisi.save()
    Riwayat.record(
        satker,
        "satker didaftarkan",
        by=by,
        objek=f"kedudukan:{posisi.pk}",
        sesudah=describe(posisi),
        alasan=alasan,
    )
    return posisi


@transaction.atomic
def relate(
    jenis, daftar_asal, daftar_hasil, *, by, tanggal, dasar="", sumber, tutup_asal=True, alasan=""
) -> list[Silsilah]:
    """Merge, split or succession: who came from whom on a day. Origins that go on (a split that
    leaves the old office standing) are kept open with `tutup_asal=False`."""
    sumber = _require(sumber, "Sumber")
    _refuse_distant(tanggal)
    if not daftar_asal or not daftar_hasil:
        raise AlurError("Pilih sekurangnya satu satker asal dan satu satker hasil.")
    if {satker.pk for satker in daftar_asal} & {satker.pk for satker in daftar_hasil}:
        raise AlurError("Satker asal dan satker hasil tidak boleh sama.")
    _refuse_count(jenis, len(daftar_asal), len(daftar_hasil))
    terkunci = _lock(*daftar_asal, *daftar_hasil)
    for hasil in daftar_hasil:
        if get_posisi(hasil, tanggal) is None:
            raise AlurError(f"{hasil.kode} tidak berdiri pada {format_tanggal(tanggal)}.")
    for asal in daftar_asal:
        if get_posisi(asal, tanggal - datetime.timedelta(days=1)) is None:
            raise AlurError(f"{asal.kode} tidak berdiri sebelum {format_tanggal(tanggal)}.")
    baris = []
    for asal in daftar_asal:
        for hasil in daftar_hasil:
            silsilah, baru = Silsilah.objects.get_or_create(
                asal=terkunci[asal.pk],
                hasil=terkunci[hasil.pk],
                tanggal=tanggal,
                defaults={"jenis": jenis, "dasar": dasar.strip(), "sumber": sumber},
            )
            if not baru:
                raise AlurError(f"Silsilah {asal.kode} ke {hasil.kode} sudah tercatat.")
            baris.append(silsilah)
    if tutup_asal:
        for asal in sorted(daftar_asal, key=lambda satker: satker.kode):
            if get_posisi(asal, tanggal) is not None:
                close(asal, by=by, mulai=tanggal, sumber=sumber, alasan=alasan)
    isi = {
        "jenis": jenis,
        "tanggal": tanggal,
        "asal": sorted(satker.kode for satker in daftar_asal),
        "hasil": sorted(satker.kode for satker in daftar_hasil),
        "sumber": sumber,
    }
    Riwayat.record_many(
        [
            Catatan(satker, "silsilah dicatat", sesudah=isi, alasan=alasan)
            for satker in terkunci.values()
        ],
        by=by,
    )
    return baris


def _refuse_count(jenis, asal: int, hasil: int) -> None:
    if jenis == Silsilah.Jenis.BERGABUNG and hasil != 1:
        raise AlurError("Penggabungan menuju satu satker hasil.")
    if jenis == Silsilah.Jenis.PECAH and asal != 1:
        raise AlurError("Pemecahan berasal dari satu satker.")
    if jenis == Silsilah.Jenis.MENJADI and (asal, hasil) != (1, 1):
        raise AlurError("Perubahan menjadi satker lain: satu asal, satu hasil.")
