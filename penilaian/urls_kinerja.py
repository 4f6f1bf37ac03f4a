"""Addresses of what the Perjanjian Kinerja proposes for an LKE."""

from django.urls import path

from penilaian.views import kinerja

urlpatterns = [
    path("<int:pk>/usulan-kinerja/", kinerja.kinerja_usulan, name="kinerja_usulan"),
    path("<int:pk>/usulan-kinerja/<str:kode>/ambil/", kinerja.kinerja_take, name="kinerja_take"),
]
