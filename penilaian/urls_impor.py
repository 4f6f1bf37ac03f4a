"""Addresses of the import of predicates."""

from django.urls import path

from penilaian.views import impor

urlpatterns = [
    path("impor/predikat/", impor.predikat_import, name="predikat_import"),
    path("impor/predikat/contoh.xlsx", impor.predikat_import_contoh, name="predikat_import_contoh"),
    path(
        "impor/predikat/<slug:kunci>/",
        impor.predikat_import_preview,
        name="predikat_import_preview",
    ),
    path(
        "impor/predikat/<slug:kunci>/tulis/",
        impor.predikat_import_confirm,
        name="predikat_import_confirm",
    ),
]
