"""All addresses and /gaya/, which the product mounts only with DEBUG."""

from django.urls import path

from integritas.urls import urlpatterns as semua
from penilaian.views.gaya import gaya

urlpatterns = [*semua, path("gaya/", gaya, name="gaya")]
