"""Addresses of one LKE: its hub, its areas, its answers."""

from django.urls import path

from penilaian.views import bawa, lke

urlpatterns = [
    path("<int:pk>/", lke.penilaian_detail, name="penilaian_detail"),
    path("<int:pk>/semua/", lke.lke_full, name="lke_full"),
    path("<int:pk>/lanjut/", lke.lke_continue, name="lke_continue"),
    path("<int:pk>/tahun-lalu/", bawa.penilaian_carry, name="penilaian_carry"),
    path("<int:pk>/area/<str:area>/", lke.area_detail, name="area_detail"),
    path("<int:pk>/jawab/<str:kode>/", lke.jawaban_edit, name="jawaban_edit"),
]
