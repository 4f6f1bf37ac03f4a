"""Addresses of the year's board and of the steps on an assessment's window and areas."""

from django.urls import path

from penilaian.views import papan

urlpatterns = [
    path("lke/buka/", papan.lke_open, name="lke_open"),
]
