"""Coverage of the integrity pact: signed / on the roster at a date (PermenPANRB 90/2021: the
condition of *pencanangan* is this coverage, not the event)."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from satker.models import CakupanPakta, Halangan, PaktaIntegritas, Personel, SatuanKerja


def find_pada(tahun: int) -> datetime.date:
    """The day that the rollup of a year stands for: today, and its last day once it is over."""
    return min(timezone.localdate(), datetime.date(tahun, 12, 31))


def with_pakta(personel, tahun: int, pada: datetime.date):
    """People with `sudah`: a pact of that year, signed by that day, stands."""
    pakta = PaktaIntegritas.objects.filter(personel=OuterRef("pk"), tahun=tahun, tanggal__lte=pada)
    return personel.annotate(sudah=Exists(pakta))


@transaction.atomic
def refresh(daftar_satker: Collection[int], tahun: int) -> None:
    """Count these units anew, in a number of statements that does not grow with them.

    Their rows are locked before anything is counted: who waited for another signature then counts
    it as well.
    """
    daftar_satker = set(daftar_satker)
    if len(_lock(daftar_satker, tahun)) < len(daftar_satker):
        CakupanPakta.objects.bulk_create(
            [CakupanPakta(satker_id=satker, tahun=tahun) for satker in sorted(daftar_satker)],
            ignore_conflicts=True,
            batch_size=2000,
        )
        _lock(daftar_satker, tahun)
    _count(CakupanPakta.objects.filter(satker__in=daftar_satker, tahun=tahun), tahun)


def refresh_all(tahun: int) -> int:
    """Count every unit anew, since people come and go by date; returns how many. Units that nobody
    has counted yet get their row, so that an empty roster can be told from an unknown one."""
    ada = CakupanPakta.objects.filter(satker=OuterRef("pk"), tahun=tahun)
    CakupanPakta.objects.bulk_create(
        [
            CakupanPakta(satker_id=satker, tahun=tahun)
            for satker in SatuanKerja.objects.filter(~Exists(ada))
            .order_by("pk")
            .values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )
    with transaction.atomic():
        semua = CakupanPakta.objects.filter(tahun=tahun)
        list(semua.select_for_update().order_by("satker").values_list("pk", flat=True))
        return _count(semua, tahun)


def _lock(daftar_satker: set[int], tahun: int) -> list[int]:
    return list(
        CakupanPakta.objects.select_for_update()
        .filter(satker__in=daftar_satker, tahun=tahun)
        .order_by("satker")
        .values_list("pk", flat=True)
    )


def _count(baris, tahun: int) -> int:
    """Set both figures of these rows, which the caller has locked, in one statement."""
    pada = find_pada(tahun)
    orang = Personel.objects.at(pada).filter(satker=OuterRef("satker"))
    return baris.update(
        jumlah_personel=_say_count(orang),
        jumlah_pakta=_say_count(
            orang.filter(paktaintegritas__tahun=tahun, paktaintegritas__tanggal__lte=pada)
        ),
        dihitung_pada=timezone.now(),
    )


def _say_count(orang):
    hitung = orang.order_by().values("satker").annotate(jumlah=Count("pk")).values("jumlah")
    return Coalesce(Subquery(hitung, output_field=IntegerField()), 0)


def count_at(satker, tahun: int, pada: datetime.date) -> list[dict]:
    """The roster of one unit at a day by kind: `jenis`, `jumlah`, `sudah`, `berhalangan` (of those
    who have not signed). One query."""
    return list(
        with_pakta(Personel.objects.at(pada).filter(satker=satker), tahun, pada)
        .annotate(terhalang=Exists(_absent(pada)))
        .values("jenis")
        .annotate(
            jumlah=Count("pk"),
            jumlah_sudah=Count("pk", filter=Q(sudah=True)),
            jumlah_berhalangan=Count("pk", filter=Q(sudah=False, terhalang=True)),
        )
        .order_by("jenis")
    )


def _absent(pada: datetime.date):
    return Halangan.objects.filter(personel=OuterRef("pk"), dari__lte=pada, sampai__gte=pada)


def with_halangan(personel, pada: datetime.date):
    """People with `halangan_jenis` and `halangan_sampai` of that day; the absence that lasts longest
    when there are several."""
    halangan = _absent(pada).order_by(F("sampai").desc(), "pk")
    return personel.annotate(
        halangan_jenis=Subquery(halangan.values("jenis")[:1]),
        halangan_sampai=Subquery(halangan.values("sampai")[:1]),
    )
