"""Addresses of the door of a ceremony."""

from django.urls import path

from satker.views import pintu, pintu_alat, pintu_daftar

urlpatterns = [
    path("pintu/", pintu.pintu_list, name="pintu_list"),
    path("pintu/sw.js", pintu_alat.pintu_sw, name="pintu_sw"),
    path("pintu/t/<str:token>/", pintu.pintu_token, name="pintu_token"),
    path("pintu/<int:pk>/", pintu.pintu_detail, name="pintu_detail"),
    path("pintu/<int:pk>/buka/", pintu.pintu_open, name="pintu_open"),
    path("pintu/<int:pk>/catat/", pintu_alat.pintu_record, name="pintu_record"),
    path("pintu/<int:pk>/hitung/", pintu_alat.pintu_count, name="pintu_count"),
    path("pintu/<int:pk>/orang/", pintu_alat.pintu_orang, name="pintu_orang"),
    path("pintu/<int:pk>/hadir/", pintu_daftar.pintu_hadir, name="pintu_hadir"),
    path("pintu/<int:pk>/percobaan/", pintu_daftar.pintu_pindaian, name="pintu_pindaian"),
    path("pintu/<int:pk>/daftar.pdf", pintu_daftar.pintu_print, name="pintu_print"),
    path("pintu/<int:pk>/isi/", pintu_daftar.pintu_fill, name="pintu_fill"),
    path("pintu/<int:pk>/batal/<int:peserta>/", pintu_daftar.pintu_undo, name="pintu_undo"),
]
