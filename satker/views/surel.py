"""Mail that an installation on one computer keeps as files instead of sending it."""

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from integritas import surel
from satker.access import role_required
from satker.models import Peran


def _get_folder() -> Path:
    if settings.MODE == "server":
        raise Http404("Di server surel dikirim, tidak disimpan.")
    return settings.VAR / "surel"


@require_safe
@never_cache
@role_required(Peran.ADMIN)
def surel_list(request):
    page = Paginator(surel.list_berkas(_get_folder()), 25).get_page(request.GET.get("page"))
    daftar = [surat for berkas in page for surat in surel.read_berkas(berkas)[:1]]
    return render(request, "satker/surel_list.html", {"page": page, "daftar_surat": daftar})


@require_safe
@never_cache
@role_required(Peran.ADMIN)
def surel_detail(request, nama):
    berkas = _get_folder() / f"{nama}.log"
    if berkas not in surel.list_berkas(_get_folder()):
        raise Http404("Surel ini tidak ada.")
    return render(request, "satker/surel_detail.html", {"daftar_surat": surel.read_berkas(berkas)})
