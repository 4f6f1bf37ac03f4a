"""Addresses of the instrument: its versions, and what an admin sets on one."""

from django.urls import path

from penilaian.views import instrumen, pengaturan

urlpatterns = [
    path("", instrumen.instrumen_list, name="instrumen_list"),
    path("<str:kode>/<int:versi>/", instrumen.instrumen_detail, name="instrumen_detail"),
    path("<str:kode>/<int:versi>/banding/", instrumen.instrumen_diff, name="instrumen_diff"),
    path(
        "<str:kode>/<int:versi>/area/<str:area>/", instrumen.instrumen_area, name="instrumen_area"
    ),
    path(
        "<str:kode>/<int:versi>/nomor/<str:pertanyaan>/dokumen/",
        pengaturan.dokumen_edit,
        name="dokumen_edit",
    ),
    path(
        "<str:kode>/<int:versi>/nomor/<str:pertanyaan>/pembagi-nol/",
        pengaturan.penyebut_nol_set,
        name="penyebut_nol_set",
    ),
]
