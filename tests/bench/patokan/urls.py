"""The one page."""

from django.shortcuts import render
from django.urls import path

from tests.bench.patokan.models import Baris


def daftar(request):
    daftar = Baris.objects.filter(jenis="lapas").order_by("nama", "pk")[:50]
    return render(request, "daftar.html", {"daftar": daftar})


urlpatterns = [path("", daftar)]
