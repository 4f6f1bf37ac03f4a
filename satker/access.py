"""Who may open which page, and which units' working rows a person sees.

Three layers: LoginRequiredMiddleware closes everything; `role_required` names the audience of a
view; `visible_to` chooses the rows. Published facts (existence, position, predicate, claims) are
open to everybody by the position at the date shown; working rows (people, drafts, history) follow
the unit's position and the person's assignments of today.
"""

import datetime
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import redirect
from django.utils import timezone

from satker import penugasan_kini
from satker.models import (
    KedudukanInstansi,
    KedudukanSatker,
    Pengguna,
    Penugasan,
    Peran,
    SatuanKerja,
)

PUBLIK = "publik"
# Who may give which roles: an admin anything, a Kanwil the people of its units.
PERAN_DIBERIKAN: dict[str, tuple[Peran, ...]] = {
    Peran.ADMIN: tuple(Peran),
    Peran.TIM_KANWIL: (Peran.OPERATOR, Peran.KEPALA_SATKER),
}
# Open to somebody who still has to set up the second factor that the role demands.
SEBELUM_FAKTOR_KEDUA = {
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "sehat",
}


def list_penugasan(user) -> list[Penugasan]:
    """Today's assignments of a signed-in person; asked once per request."""
    if not user.is_authenticated or not user.is_active:
        return []
    kini = timezone.localdate()
    simpanan = getattr(user, "_penugasan", None)
    if simpanan is None or simpanan[0] != kini:
        daftar = penugasan_kini.read(user.pk, kini)
        simpanan = user._penugasan = (kini, daftar)
    return simpanan[1]


def forget_penugasan(user) -> None:
    """Ask again: what was kept with the assignments (the unread reminders) has changed."""
    user._penugasan = None


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
            # Rows of this page are those of the roles that open it. See filter_satker().
            request.user._peran_halaman = set(daftar_peran)
            return view(request, *args, **kwargs)

        wrapper.audience = frozenset(daftar_peran)  # type: ignore[attr-defined]
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


def filter_satker(queryset, user, pada: datetime.date | None = None, daftar_peran=None):
    """Units whose working rows `user` may see. A predicate in SQL, whatever the number of units.

    Only the roles that open the page count (or `daftar_peran`): whoever leads one Kanwil and is an
    operator under another does not change offices there.
    """
    pada = pada or timezone.localdate()
    daftar = list_penugasan(user)
    if daftar_peran is None:
        daftar_peran = getattr(user, "_peran_halaman", None)
    if daftar_peran is not None:
        daftar = [penugasan for penugasan in daftar if penugasan.peran in daftar_peran]
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
        syarat |= Q(Exists(posisi.filter(cabang)))
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


def reads_contoh(user, diminta: bool, daftar_peran=None) -> bool:
    """Invented units are never shown or counted among real ones: people whose own assignments (of
    these roles) all hang on invented nodes read those, anybody else on request only."""
    daftar = [
        tugas
        for tugas in list_penugasan(user)
        if daftar_peran is None or tugas.peran in daftar_peran
    ]
    if any(tugas.peran == Peran.ADMIN for tugas in daftar):
        return diminta
    simpul = [tugas.instansi or tugas.satker or tugas.kanwil.satker for tugas in daftar]
    return diminta or (bool(simpul) and all(satu.contoh for satu in simpul))


# --- people -------------------------------------------------------------------------------------
def list_peran_diberikan(user) -> list[Peran]:
    """The roles this person may give to others, in their fixed order."""
    milik = list_peran(user)
    boleh = {peran for giver in milik for peran in PERAN_DIBERIKAN.get(giver, ())}
    return [peran for peran in Peran if peran in boleh]


def list_kelolaan(user):
    """Units whose operators and heads this person manages: by the position of today."""
    return filter_satker(SatuanKerja.objects.all(), user, daftar_peran=PERAN_DIBERIKAN)


def can_assign(user, peran, lingkup) -> bool:
    """May this person give, or end, such a role on that node?"""
    if peran not in list_peran_diberikan(user):
        return False
    if has_role(user, Peran.ADMIN):
        return True
    return isinstance(lingkup, SatuanKerja) and list_kelolaan(user).filter(pk=lingkup.pk).exists()


def filter_penugasan(queryset, user):
    """Assignments that this person may give. See also can_assign()."""
    if has_role(user, Peran.ADMIN):
        return queryset
    if not (boleh := list_peran_diberikan(user)):
        return queryset.none()
    return queryset.filter(peran__in=boleh, satker__in=list_kelolaan(user))


def filter_pengguna(queryset, user):
    """People with an assignment, past ones included, that this person may give."""
    if has_role(user, Peran.ADMIN):
        return queryset
    milik = filter_penugasan(Penugasan.objects.filter(pengguna=OuterRef("pk")), user)
    return queryset.filter(Exists(milik))


def can_manage(user, pengguna) -> bool:
    """May this person act on the account itself? Only when no assignment of it is out of reach:
    a Kanwil does not hand out links to an account that is also an inspector's."""
    if has_role(user, Peran.ADMIN):
        return True
    milik = Penugasan.objects.filter(pengguna=pengguna).not_ended()
    luar = milik.exclude(pk__in=filter_penugasan(milik, user).values("pk"))
    return Pengguna.objects.filter(pk=pengguna.pk).visible_to(user).exists() and not luar.exists()


# --- second factor ------------------------------------------------------------------------------
def needs_second_factor(user) -> bool:
    """The role demands one. Invented accounts on one computer are free of it: they are for
    trying, and their passwords are printed."""
    if user.contoh and settings.MODE == "mandiri":
        return False
    return bool(list_peran(user) & set(settings.MFA_WAJIB_PERAN))


def require_second_factor(get_response):
    """Send people whose role demands a second factor to set one up before anything else.

    Others cost no query: roles are known for the page anyway.
    """

    def process_view(request, view_func, view_args, view_kwargs):
        if not settings.MFA_WAJIB_PERAN or not request.user.is_authenticated:
            return None
        if request.resolver_match.url_name in SEBELUM_FAKTOR_KEDUA:
            return None
        if not needs_second_factor(request.user):
            return None
        if any(penugasan.berfaktor for penugasan in list_penugasan(request.user)):
            return None
        return redirect("mfa_activate_totp")

    def middleware(request):
        return get_response(request)

    middleware.process_view = process_view
    return middleware
