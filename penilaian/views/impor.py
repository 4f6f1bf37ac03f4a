"""Import of predicates; the pages are those of `satker/views/impor.py`."""

from django.views.decorators.http import require_http_methods, require_POST, require_safe

from penilaian.impor import SUBJEK
from satker.access import role_required
from satker.models import Peran
from satker.views.impor import confirm, send_contoh, show_form, show_plan

PENCATAT = (Peran.ADMIN, Peran.TPI)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*PENCATAT)
def predikat_import(request):
    return show_form(request, SUBJEK)


@require_safe
@role_required(*PENCATAT)
def predikat_import_contoh(request):
    return send_contoh(SUBJEK)


@require_safe
@role_required(*PENCATAT)
def predikat_import_preview(request, kunci):
    return show_plan(request, SUBJEK, kunci)


@require_POST
@role_required(*PENCATAT)
def predikat_import_confirm(request, kunci):
    return confirm(request, SUBJEK, kunci)
