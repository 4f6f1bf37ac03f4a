"""Addresses of what became of the agreements: values by quarter, their proof, their limits."""

from django.urls import path

from satker.views import capaian, capaian_impor, triwulan

urlpatterns = [
    path("kinerja/triwulan/", triwulan.triwulan_list, name="triwulan_list"),
    path("kinerja/triwulan.<bentuk:bentuk>", triwulan.triwulan_unduh, name="triwulan_unduh"),
    path("kinerja/batas/<int:tahun>/", triwulan.triwulan_batas, name="triwulan_batas"),
    path(
        "kinerja/impor/contoh.xlsx",
        capaian_impor.capaian_import_contoh,
        name="capaian_import_contoh",
    ),
    path("kinerja/<int:pk>/", capaian.capaian_detail, name="capaian_detail"),
    path("kinerja/<int:pk>/impor/", capaian_impor.capaian_import, name="capaian_import"),
    path(
        "kinerja/<int:pk>/impor/<slug:kunci>/",
        capaian_impor.capaian_import_preview,
        name="capaian_import_preview",
    ),
    path(
        "kinerja/<int:pk>/impor/<slug:kunci>/tulis/",
        capaian_impor.capaian_import_confirm,
        name="capaian_import_confirm",
    ),
    path("kinerja/<int:pk>/<slug:periode>/", capaian.triwulan_report, name="triwulan_report"),
    path("kinerja/<int:pk>/bukti/<int:realisasi>/", capaian.capaian_bukti, name="capaian_bukti"),
]
