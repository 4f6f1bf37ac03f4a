"""All addresses."""

from django.urls import include, path, register_converter

from integritas.alamat import BentukConverter
from integritas.views import sehat

register_converter(BentukConverter, "bentuk")

urlpatterns = [
    path("sehat/", sehat, name="sehat"),
    path("akun/", include("satker.urls_masuk")),
    path("", include("satker.urls")),
    path("", include("penilaian.urls")),
]
