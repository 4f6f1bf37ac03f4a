"""All addresses."""

from django.urls import include, path

from integritas.views import sehat

urlpatterns = [
    path("sehat/", sehat, name="sehat"),
    path("akun/", include("satker.urls_masuk")),
    path("", include("satker.urls")),
    path("", include("penilaian.urls")),
]
