"""Who may open which page, and which units' working rows a person sees.

Three layers: LoginRequiredMiddleware closes everything; `role_required` names the audience of a
view; `visible_to` chooses the rows. Published facts (existence, position, predicate, claims) are
open to everybody by the position at the date shown; working rows (people, drafts, history) follow
the unit's position and the person's assignments of today.
"""

import datetime
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from satker.models import KedudukanInstansi, KedudukanSatker, Penugasan, Peran

PUBLIK = "publik"


def list_penugasan(user) -> list[Penugasan]:
    """Today's assignments of a signed-in person; asked once per request."""
    if not user.is_authenticated:
        return []
    kini = timezone.localdate()
    simpanan = getattr(user, "_penugasan", None)
    if simpanan is None or simpanan[0] != kini:
        daftar = list(
            Penugasan.objects.active(kini)
            .filter(pengguna=user)
            .select_related("instansi", "kanwil__satker", "satker")
            .order_by("berlaku_dari", "pk")
        )
        simpanan = user._penugasan = (kini, daftar)
    return simpanan[1]


def list_peran(user) -> set[str]:
    """The roles somebody holds today."""
    return {penugasan.peran for penugasan in list_penugasan(user)}


def role_required(*daftar_peran):
    """Name the audience of a view; somebody else gets 403. `role_required(*Peran)` is anybody
    with an assignment."""

    def decorate(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            if not list_peran(request.user) & set(daftar_peran):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        wrapper.audience = frozenset(daftar_peran)
        return wrapper

    return decorate


def public(view):
    """Open to everybody, signed in or not: published facts only."""
    wrapper = login_not_required(view)
    wrapper.audience = frozenset({PUBLIK, *Peran})
    return wrapper


def signed_in(view):
    """Open to everybody who has signed in, with or without an assignment."""
    view.audience = frozenset(Peran)
    return view


def filter_satker(queryset, user, pada: datetime.date | None = None):
    """Units whose working rows `user` may see. A predicate in SQL, whatever the number of units."""
    pada = pada or timezone.localdate()
    daftar = list_penugasan(user)
    if any(penugasan.peran == Peran.ADMIN for penugasan in daftar):
        return queryset
    satker = {p.satker_id for p in daftar if p.satker_id}
    kanwil = {p.kanwil_id for p in daftar if p.kanwil_id}
    instansi = {p.instansi_id for p in daftar if p.instansi_id}
    syarat = Q(pk__in=satker)
    if kanwil or instansi:
        posisi = KedudukanSatker.objects.at(pada).filter(satker=OuterRef("pk"))
        cabang = Q(kanwil__in=kanwil)
        if instansi:
            cabang |= _below(instansi, pada)
        syarat |= Exists(posisi.filter(cabang))
    return queryset.filter(syarat)


def _below(instansi: set[int], pada: datetime.date) -> Q:
    """Positions under these nodes: supervised by them, or standing under them directly or through
    a Kanwil. The tree of Instansi has two floors: ministry and directorate general."""
    anak = KedudukanInstansi.objects.at(pada).filter(induk__in=instansi).values("instansi")
    kanwil = (
        KedudukanSatker.objects.at(pada)
        .filter(
            Q(instansi__in=instansi) | Q(instansi__in=anak), satker__kantorwilayah__isnull=False
        )
        .values("satker__kantorwilayah")
    )
    return (
        Q(pembina__in=instansi)
        | Q(pembina__in=anak)
        | Q(instansi__in=instansi)
        | Q(instansi__in=anak)
        | Q(kanwil__in=kanwil)
    )


def has_role(user, *daftar_peran) -> bool:
    return bool(list_peran(user) & set(daftar_peran))


def get_kanwil_sendiri(user):
    """The Kanwil a person works for or under today, as far as an assignment says so."""
    for penugasan in list_penugasan(user):
        if penugasan.kanwil_id:
            return penugasan.kanwil
        if penugasan.satker_id:
            posisi = (
                KedudukanSatker.objects.at(timezone.localdate())
                .filter(satker=penugasan.satker_id)
                .select_related("kanwil__satker")
                .first()
            )
            if posisi is not None and posisi.kanwil_id:
                return posisi.kanwil
    return None


def require_second_factor(get_response):
    """Send people whose role demands a second factor to set one up before anything else."""

    def middleware(request):
        return get_response(request)

    return middleware


def navigation(request):
    """The main menu by role; the view decides again who may enter."""
    return {"navigasi": [], "daftar_penugasan": list_penugasan(request.user)}
