"""Addresses of an LKE's workbook and print sheet."""

from django.urls import path

from penilaian.views import lembar

urlpatterns = [
    path("<int:pk>/unduh.xlsx", lembar.lke_export, name="lke_export"),
    path("<int:pk>/cetak.pdf", lembar.lke_print, name="lke_print"),
    path("<int:pk>/lembar/", lembar.lke_import, name="lke_import"),
    path("<int:pk>/lembar/<slug:kunci>/", lembar.lke_import_preview, name="lke_import_preview"),
    path(
        "<int:pk>/lembar/<slug:kunci>/tulis/",
        lembar.lke_import_confirm,
        name="lke_import_confirm",
    ),
]
