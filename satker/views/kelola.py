"""What an administrator keeps, on one page."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from satker.access import role_required
from satker.menu import list_kelola
from satker.models import Peran


@require_safe
@role_required(Peran.ADMIN)
def kelola(request):
    return render(request, "satker/kelola.html", {"daftar": list_kelola(settings.MODE)})
