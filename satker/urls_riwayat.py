"""Addresses of the history."""

from django.urls import path

from satker.views import riwayat

urlpatterns = [
    path("satker/<slug:kode>/riwayat/", riwayat.riwayat_list, name="riwayat_list"),
    path("satker/<slug:kode>/riwayat.<bentuk:bentuk>", riwayat.riwayat_unduh, name="riwayat_unduh"),
]
