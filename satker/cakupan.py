"""Coverage of the integrity pact: signed / on the roster at a date (PermenPANRB 90/2021: the
condition of *pencanangan* is this coverage, not the event)."""

import datetime

from django.db.models import Count, Q
from django.utils import timezone

from satker.models import CakupanPakta, Personel


def refresh(daftar_satker: set[int], tahun: int, pada: datetime.date | None = None) -> None:
    """Count these units anew for today: three statements at any number."""
    pada = pada or timezone.localdate()
    personel = Personel.objects.at(pada).filter(satker__in=daftar_satker, dihapus_pada__isnull=True)
    hitung = {
        satker: (semua, sudah)
        for satker, semua, sudah in personel.values_list("satker").annotate(
            semua=Count("pk", distinct=True),
            sudah=Count("pk", distinct=True, filter=Q(paktaintegritas__tahun=tahun)),
        )
    }
    kini = timezone.now()
    CakupanPakta.objects.bulk_create(
        [
            CakupanPakta(
                satker_id=satker,
                tahun=tahun,
                jumlah_personel=hitung.get(satker, (0, 0))[0],
                jumlah_pakta=hitung.get(satker, (0, 0))[1],
                dihitung_pada=kini,
            )
            for satker in sorted(daftar_satker)
        ],
        update_conflicts=True,
        unique_fields=["satker", "tahun"],
        update_fields=["jumlah_personel", "jumlah_pakta", "dihitung_pada"],
        batch_size=2000,
    )
