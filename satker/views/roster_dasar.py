"""What the pages of rosters and pacts share: the unit, its name, the day, and who may change."""

import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from satker.models import KedudukanSatker, Personel, SatuanKerja
from satker.personel import is_orang_satker


def get_satker(request, kode) -> SatuanKerja:
    """A unit whose working rows this person sees, with `nama` as of today or as it was last called."""
    satker = get_object_or_404(SatuanKerja.objects.visible_to(request.user), kode=kode)
    return name_satker(satker)


def name_satker(satker) -> SatuanKerja:
    posisi = (
        KedudukanSatker.objects.filter(satker=satker)
        .order_by("pk")
        .values_list("nama", "berlaku_dari")
    )
    urut = sorted(posisi, key=lambda satu: (satu[1] is not None, satu[1] or datetime.date.min))
    kini = timezone.localdate()
    sudah = [nama for nama, dari in urut if dari is None or dari <= kini]
    satker.nama = sudah[-1] if sudah else (urut[0][0] if urut else satker.kode)
    return satker


def get_personel(request, pk) -> Personel:
    """Somebody on a roster that this person sees; an erased one is not there any more."""
    personel = get_object_or_404(
        Personel.objects.visible_to(request.user).select_related("satker", "pengguna"),
        pk=pk,
        dihapus_pada__isnull=True,
    )
    name_satker(personel.satker)
    return personel


def can_manage(request, satker_id: int) -> bool:
    return is_orang_satker(request.user, satker_id)


def read_pada(request) -> tuple[datetime.date, str]:
    """The day that the page is asked for, and what was wrong with it; today without one."""
    teks = request.GET.get("pada", "").strip()
    if not teks:
        return timezone.localdate(), ""
    try:
        pada = datetime.date.fromisoformat(teks)
    except ValueError:
        return timezone.localdate(), f"Tanggal “{teks[:20]}” tidak dikenal; ini keadaan hari ini."
    if not is_tahun(pada.year):
        return timezone.localdate(), f"Tahun {pada.year} tidak mungkin; ini keadaan hari ini."
    return pada, ""


def read_tahun(request, bawaan: int) -> int:
    teks = request.GET.get("tahun", "")
    if not (teks.isascii() and teks.isdigit() and len(teks) == 4):
        return bawaan
    return int(teks) if is_tahun(int(teks)) else bawaan


def is_tahun(tahun: int) -> bool:
    return 2000 <= tahun <= 2100


def check_tahun(tahun: int) -> None:
    """A year in an address that no pact can be of does not exist."""
    if not is_tahun(tahun):
        raise Http404
