"""Addresses of the import of offices."""

from django.urls import path

from satker.views import impor

urlpatterns = [
    path("impor/satker/", impor.satker_import, name="satker_import"),
    path("impor/satker/contoh.xlsx", impor.satker_import_contoh, name="satker_import_contoh"),
    path("impor/satker/<slug:kunci>/", impor.satker_import_preview, name="satker_import_preview"),
    path(
        "impor/satker/<slug:kunci>/tulis/",
        impor.satker_import_confirm,
        name="satker_import_confirm",
    ),
]
