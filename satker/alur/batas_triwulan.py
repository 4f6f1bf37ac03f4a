"""By when the quarters of a year are to be reported. Lock, refuse, change, record."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from integritas.alur import AlurError, require
from satker import capaian
from satker.models import BatasTriwulan, Periode, Riwayat
from satker.pengingat import susun


@transaction.atomic
def set_batas(
    tahun: int, batas: Mapping[str, datetime.date | None], dasar: str, *, by, instansi
) -> list[BatasTriwulan]:
    """Say by when the quarters of a year are to be reported, and by what rule or letter; a quarter
    without a date has no limit."""
    dasar = require(dasar, "Dasar")
    if galat := capaian.refuse_batas(tahun, batas):
        raise AlurError(
            " ".join(f"Batas {Periode(kode).label} {apa}." for kode, apa in sorted(galat.items()))
        )
    tersimpan = {
        satu.periode: satu for satu in BatasTriwulan.objects.select_for_update().filter(tahun=tahun)
    }
    sebelum: dict = {}
    sesudah: dict = {}
    for periode, tanggal in batas.items():
        lama = tersimpan.get(periode)
        if (lama.tanggal, lama.dasar) == (tanggal, dasar) if lama else tanggal is None:
            continue
        if lama is not None:
            sebelum[periode.upper()] = {"tanggal": lama.tanggal, "dasar": lama.dasar}
        if tanggal is None:
            assert lama is not None, "no date after no date is no change"
            lama.delete()
            del tersimpan[periode]
            continue
        tersimpan[periode] = BatasTriwulan.objects.update_or_create(
            tahun=tahun, periode=periode, defaults={"tanggal": tanggal, "dasar": dasar}
        )[0]
        sesudah[periode.upper()] = {"tanggal": tanggal, "dasar": dasar}
    if not sebelum and not sesudah:
        raise AlurError("Tidak ada yang berubah.")
    Riwayat.record(
        instansi,
        f"batas laporan triwulan {tahun} diatur",
        by=by,
        objek=f"batas triwulan:{tahun}",
        sebelum=sebelum,
        sesudah=sesudah,
    )
    susun.refresh_objek("triwulan", str(tahun))
    return [tersimpan[periode] for periode in sorted(tersimpan)]
