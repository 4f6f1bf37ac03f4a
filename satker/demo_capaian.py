"""Invented values of the invented agreements: what was reported so far this year, one quarter short
of its target. Agreements themselves are the matter of whoever makes them."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from satker import capaian
from satker.models import IndikatorKinerja, Periode, PerjanjianKinerja, RealisasiIndikator

# Of each quarter's target, or of the year's where there is none.
BAGIAN = {
    "b03": Decimal("1.02"),
    "b06": Decimal("0.95"),
    "b09": Decimal("1"),
    "b12": Decimal("1.01"),
}
SESUDAH = datetime.timedelta(days=6)


@transaction.atomic
def load() -> int:
    """Values of the quarters that are over, where none stand yet; returns how many were added."""
    kini = timezone.now()
    baru = []
    for satu in IndikatorKinerja.objects.filter(
        sasaran__perjanjian__in=PerjanjianKinerja.objects.current().filter(satker__contoh=True),
        realisasiindikator__isnull=True,
    ).select_related("sasaran__perjanjian"):
        for periode in Periode:
            akhir = capaian.get_akhir(satu.sasaran.perjanjian.tahun, periode)
            pada = timezone.make_aware(datetime.datetime.combine(akhir, datetime.time(9))) + SESUDAH
            if pada > kini:
                break
            target = satu.get_target(periode)
            if target is None:
                target = satu.target
            # Events are counted, they have no parts.
            bulat = Decimal(1) if satu.satuan == "kejadian" else Decimal("0.01")
            nilai = (target * BAGIAN[periode]).quantize(bulat)
            baru.append(
                RealisasiIndikator(
                    indikator=satu,
                    periode=periode,
                    nilai=nilai,
                    keterangan="Contoh, dikarang untuk percobaan.",
                    dilaporkan_pada=pada,
                )
            )
    RealisasiIndikator.objects.bulk_create(baru)
    return len(baru)


def remove() -> int:
    """Take the values of the invented agreements away; before the agreements, which they hold."""
    return RealisasiIndikator.objects.filter(
        indikator__sasaran__perjanjian__satker__contoh=True
    ).delete()[0]
