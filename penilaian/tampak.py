"""What of the published facts is shown to whom.

Everybody sees existence, position, predicate and claims of real offices. Invented offices are for
people who sign in on them; a clarification and cancelled records are for people with a role, since
publicly a holder in clarification is a holder (a setting shows it to all).
"""

from django.conf import settings

from satker.access import has_role, list_penugasan
from satker.models import Peran


def may_see_keadaan(user) -> bool:
    return settings.KLARIFIKASI_TAMPIL_PUBLIK or bool(list_penugasan(user))


def may_see_contoh(user) -> bool:
    """Administrators, and people whose own assignment hangs on an invented node."""
    return any(
        penugasan.peran == Peran.ADMIN
        or (penugasan.satker_id and penugasan.satker.contoh)
        or (penugasan.kanwil_id and penugasan.kanwil.satker.contoh)
        or (penugasan.instansi_id and penugasan.instansi.contoh)
        for penugasan in list_penugasan(user)
    )


def list_langkah(user) -> frozenset[str]:
    """The kinds of steps this person is offered on a unit within reach; the views decide again."""
    hasil = set()
    if has_role(user, Peran.ADMIN, Peran.TPI):
        hasil.add("catat")
    elif has_role(user, Peran.TIM_KANWIL):
        hasil.add("usul")
    if has_role(user, Peran.ADMIN, Peran.TIM_KANWIL):
        hasil.add("ubah")
    if has_role(user, Peran.ADMIN):
        hasil.add("pindah")
    return frozenset(hasil)


def may_confirm(user, kanwil) -> bool:
    """Administrators, and the team of that very Kanwil."""
    return any(
        penugasan.peran == Peran.ADMIN
        or (penugasan.peran == Peran.TIM_KANWIL and penugasan.kanwil_id == kanwil.pk)
        for penugasan in list_penugasan(user)
    )
