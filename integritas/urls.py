"""All addresses."""

from django.urls import include, path

from integritas.views import sehat

urlpatterns = [
    path("sehat/", sehat, name="sehat"),
    path("akun/", include("allauth.urls")),
    path("", include("satker.urls")),
    path("", include("penilaian.urls")),
]
