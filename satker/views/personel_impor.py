"""Import of a roster, in the two pages that every import has."""

from django.views.decorators.http import require_http_methods, require_POST, require_safe

from satker.access import role_required
from satker.impor_personel import SUBJEK
from satker.personel import ORANG_SATKER
from satker.views.impor import confirm, send_contoh, show_form, show_plan


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*ORANG_SATKER)
def personel_import(request):
    return show_form(request, SUBJEK)


@require_safe
@role_required(*ORANG_SATKER)
def personel_import_contoh(request):
    return send_contoh(SUBJEK)


@require_safe
@role_required(*ORANG_SATKER)
def personel_import_preview(request, kunci):
    return show_plan(request, SUBJEK, kunci)


@require_POST
@role_required(*ORANG_SATKER)
def personel_import_confirm(request, kunci):
    return confirm(request, SUBJEK, kunci)
