"""What the steps of an agreement share. The unit's row is the lock of all its agreements."""

from integritas.alur import AlurError
from satker.alur.dasar import lock
from satker.models import PerjanjianKinerja


class BerubahError(AlurError):
    """Somebody else was quicker; what was typed is still on the page."""


def lock_perjanjian(perjanjian) -> PerjanjianKinerja:
    """The agreement as it is now, its unit locked."""
    lock(perjanjian.satker)
    return PerjanjianKinerja.objects.select_related(
        "satker", "pihak_pertama__pengguna", "pihak_kedua__pengguna"
    ).get(pk=perjanjian.pk)


def lock_draf(perjanjian) -> PerjanjianKinerja:
    perjanjian = lock_perjanjian(perjanjian)
    if not perjanjian.is_editable:
        raise AlurError(
            f"Perjanjian kinerja ini {perjanjian.get_status_display().lower()}, bukan draf lagi. "
            "Untuk mengubahnya, buat versi baru."
        )
    return perjanjian
