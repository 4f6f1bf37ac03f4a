"""Lineage: offices that merge, split or become another."""

import datetime

from django.db import transaction

from integritas.alur import AlurError, require
from integritas.teks import format_tanggal
from satker.alur.dasar import (
    get_posisi,
    lock,
    refuse_distant,
)
from satker.alur.kedudukan import close
from satker.models import (
    Catatan,
    Riwayat,
    Silsilah,
)


@transaction.atomic
def relate(
    jenis, daftar_asal, daftar_hasil, *, by, tanggal, dasar="", sumber, tutup_asal=True, alasan=""
) -> list[Silsilah]:
    """Merge, split or succession: who came from whom on a day. Origins that go on (a split that
    leaves the old office standing) are kept open with `tutup_asal=False`."""
    sumber = require(sumber, "Sumber")
    refuse_distant(tanggal)
    if not daftar_asal or not daftar_hasil:
        raise AlurError("Pilih sekurangnya satu satker asal dan satu satker hasil.")
    if {satker.pk for satker in daftar_asal} & {satker.pk for satker in daftar_hasil}:
        raise AlurError("Satker asal dan satker hasil tidak boleh sama.")
    _refuse_count(jenis, len(daftar_asal), len(daftar_hasil))
    terkunci = lock(*daftar_asal, *daftar_hasil)
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
