"""The day a unit's budget document was approved."""

import datetime

from django.db import transaction
from django.utils import timezone

from integritas.alur import AlurError
from integritas.teks import format_tanggal
from satker.alur.dasar import lock
from satker.models import Catatan, Dipa, Riwayat, SatuanKerja
from satker.pengingat import susun


def refuse_tanggal(tahun: int, tanggal: datetime.date) -> None:
    """A budget is approved in its year or the year before, and not tomorrow."""
    if tanggal > timezone.localdate():
        raise AlurError(f"Tanggal DIPA {format_tanggal(tanggal)} masih di masa depan.")
    if tanggal.year not in (tahun - 1, tahun):
        raise AlurError(
            f"Tanggal DIPA {format_tanggal(tanggal)} bukan untuk tahun {tahun}. DIPA {tahun} "
            f"disahkan pada {tahun - 1} atau {tahun}."
        )


@transaction.atomic
def record_dipa(satker, tahun: int, tanggal: datetime.date, nomor: str = "", *, by) -> Dipa:
    """Record the day, or correct it; the history keeps what stood there."""
    refuse_tanggal(tahun, tanggal)
    satker = lock(satker)[satker.pk]
    lama = Dipa.objects.filter(satker=satker, tahun=tahun).first()
    nomor = nomor.strip()
    if lama is not None and (lama.tanggal, lama.nomor) == (tanggal, nomor):
        return lama
    sebelum = {"tanggal": lama.tanggal, "nomor": lama.nomor} if lama else {}
    dipa = lama or Dipa(satker=satker, tahun=tahun)
    dipa.tanggal, dipa.nomor = tanggal, nomor
    dipa.dicatat_pada, dipa.dicatat_oleh = timezone.now(), by
    dipa.save()
    Riwayat.record(
        satker,
        "tanggal DIPA dibetulkan" if lama else "tanggal DIPA dicatat",
        by=by,
        objek=f"dipa:{tahun}",
        sebelum=sebelum,
        sesudah={"tahun": tahun, "tanggal": tanggal, "nomor": nomor},
    )
    susun.refresh_objek("pk_batas", str(dipa.pk))
    return dipa


@transaction.atomic
def record_dipa_many(daftar_satker, tahun: int, tanggal: datetime.date, *, by) -> int:
    """The same day for many units that have none yet; how many got it. What somebody recorded for
    one of them in the meantime stays."""
    refuse_tanggal(tahun, tanggal)
    if not daftar_satker:
        raise AlurError("Pilih satuan kerja lebih dulu.")
    terkunci = lock(*daftar_satker)
    ada = set(
        Dipa.objects.filter(satker__in=terkunci, tahun=tahun).values_list("satker", flat=True)
    )
    baru: list[SatuanKerja] = [satker for pk, satker in terkunci.items() if pk not in ada]
    Dipa.objects.bulk_create(
        [Dipa(satker=satu, tahun=tahun, tanggal=tanggal, dicatat_oleh=by) for satu in baru]
    )
    Riwayat.record_many(
        [
            Catatan(
                satu,
                "tanggal DIPA dicatat",
                f"dipa:{tahun}",
                sesudah={"tahun": tahun, "tanggal": tanggal},
            )
            for satu in baru
        ],
        by=by,
    )
    susun.refresh_objek("pk_batas")
    return len(baru)
